"""Cells: a matrix on a wide page, lists on a narrow one."""

from collections.abc import Callable
from math import nan

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from analysis.charts import house
from analysis.charts.forms import cells
from analysis.charts.house import LIGHT, Texts

FRAME = pd.DataFrame(
    [
        ("Robots", "2024", "$1bn\n3 rounds", 0.2),
        ("Robots", "2025", "undisclosed\n1 round", nan),
        ("Video", "2024", "", nan),
        ("Video", "2025", "$5bn\n35 rounds\n6 of a size that nobody has told", 1.0),
    ],
    columns=["row", "column", "label", "shade"],
).assign(color=LIGHT.accent, row_note="Outer ring, so much or more than that")


def page(width: int, frame: pd.DataFrame = FRAME) -> Figure:
    """A page with the cells."""
    with house.style():
        figure, body = house.page((width, 500), Texts("Title", "Subtitle", "Source"))
        cells.draw(figure, body, frame, LIGHT)
    return figure


def written(figure: Figure, drawn: Callable[[Figure], list[Text]]) -> list[str]:
    return [text.get_text() for text in drawn(figure)]


def test_a_narrow_page_names_the_column_of_every_cell_that_holds_something(drawn: Callable) -> None:
    texts = written(page(480), drawn)
    assert (texts.count("2024"), texts.count("2025")) == (1, 2)
    assert {"$1bn · 3 rounds", "undisclosed · 1 round"} <= set(texts)


def test_lines_of_a_cell_without_room_behind_one_another_stay_apart(drawn: Callable) -> None:
    (label,) = [text for text in written(page(480), drawn) if text.startswith("$5bn")]
    assert label.split("\n")[0] == "$5bn · 35 rounds"


def test_a_wide_page_has_a_column_for_each_name(drawn: Callable) -> None:
    texts = written(page(800), drawn)
    assert (texts.count("2024"), texts.count("2025")) == (1, 1)
    assert "$1bn\n3 rounds" in texts


@pytest.mark.parametrize("width", [480, 800])
def test_a_cell_is_filled_only_where_it_has_a_shade(width: int) -> None:
    patches = [patch for patch in page(width).axes[0].patches if isinstance(patch, Rectangle)]
    assert len(patches) == FRAME["shade"].notna().sum()


def test_no_words_overlap_on_a_narrow_page(collisions: Callable[[Figure], list[tuple[str, str]]]) -> None:
    long = FRAME.assign(row="A segment whose name never ends", column="in a year of many words", row_note="")
    assert collisions(page(480)) == []
    assert collisions(page(480, long.assign(row=long.index.astype(str) + long["row"]))) == []
