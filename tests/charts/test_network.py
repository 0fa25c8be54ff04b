"""The form of names joined by lines, by what it draws."""

from collections.abc import Callable
from itertools import product

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.text import Text

from analysis.charts import house
from analysis.charts.forms import crossings, network
from analysis.charts.house import LIGHT, Texts
from tests.charts.conftest import texts_of

COLUMNS = ["side", "middle", "block", "is_left", "color", "is_wide", "is_dashed"]


def frame(*lines: tuple[str, str, bool], block: str = "Block") -> pd.DataFrame:
    """Plain lines."""
    rows = [(side, middle, block, is_left, LIGHT.other, False, False) for side, middle, is_left in lines]
    return pd.DataFrame(rows, columns=COLUMNS)


def drawing(lines: pd.DataFrame, *bold: str) -> Figure:
    """A page with a network."""
    with house.style():
        figure, body = house.page((800, 600), Texts("Title", "Subtitle", "Source"))
        network.draw(figure, body, lines, ("Left", "Middle", "Right"), bold, LIGHT)
    return figure


def text_of(figure: Figure, words: str) -> Text:
    (text,) = [text for text in texts_of(figure) if text.get_text() == words]
    return text


def n_crossings(lines: pd.DataFrame) -> int:
    """How many pairs of lines of a side cross, as the form arranges them."""
    left, middle, right = crossings.arranged(lines)
    crossed = 0
    for heights, own in ((left, lines[lines["is_left"]]), (right, lines[~lines["is_left"]])):
        ends = [(heights[side], middle[name]) for side, name in zip(own["side"], own["middle"], strict=True)]
        crossed += sum((a - c) * (b - d) < 0 for (a, b), (c, d) in product(ends, ends)) // 2
    return crossed


def test_lines_that_need_not_cross_do_not() -> None:
    lines = frame(*((side, side.lower(), n % 2 == 0) for n, side in enumerate("QWERTZUIOP")))
    turned = lines.iloc[::-1].assign(middle=lines["middle"])
    assert n_crossings(lines) == 0
    assert n_crossings(turned) == 0


def test_a_crossing_that_must_be_is_the_only_one() -> None:
    assert n_crossings(frame(*((side, name, True) for side, name in product("AB", "xy")))) == 1


def test_the_same_lines_stand_the_same_way() -> None:
    lines = frame(*((side, name, side < "C") for side, name in product("ABCD", "xyz") if side != name))
    assert crossings.arranged(lines) == crossings.arranged(lines.copy())


def test_names_of_a_block_stand_together_under_its_heading() -> None:
    lines = pd.concat(
        [
            frame(("A", "x", True), ("B", "z", True), block="First"),
            frame(("A", "y", True), ("B", "w", True), block="Second"),
        ]
    )
    figure = drawing(lines)
    ys = {
        words: text_of(figure, words).get_position()[1] for words in ("First", "x", "z", "Second", "y", "w")
    }
    blocks = [{"x", "z"}, {"y", "w"}]
    order = [name for name in sorted(ys, key=lambda name: -ys[name]) if len(name) == 1]
    assert {*order[:2]} in blocks
    assert ys["First"] > max(ys["x"], ys["z"])
    assert ys["Second"] > max(ys["y"], ys["w"])


def test_a_line_is_drawn_as_its_row_says() -> None:
    lines = frame(("A", "x", True), ("B", "x", False))
    lines[["is_wide", "is_dashed", "color"]] = [[True, False, LIGHT.accent], [False, True, LIGHT.other]]
    paths = [patch for patch in drawing(lines).axes[0].patches if isinstance(patch, PathPatch)]
    assert [path.get_linewidth() for path in paths] == [network.WIDE, network.THIN]
    assert [path.get_linestyle() == "solid" for path in paths] == [True, False]


def test_bold_names_are_bold() -> None:
    figure = drawing(frame(("A", "x", True), ("B", "x", False)), "A")
    assert [text_of(figure, name).get_weight() for name in ("A", "B")] == ["bold", "regular"]


@pytest.mark.parametrize(
    "lines",
    [
        frame(("A", "x", True)),
        frame(("A", "x", False)),
        frame(*((f"{n} side with a very long name " * 3, f"{n} middle " * 9, n % 2 == 0) for n in range(24))),
        frame(*((side, name, side < "C") for side, name in product("ABCD", "uvwxyz"))),
    ],
)
def test_awkward_networks_keep_their_texts_apart(
    lines: pd.DataFrame, collisions: Callable[[Figure], list[tuple[str, str]]]
) -> None:
    assert collisions(drawing(lines)) == []
