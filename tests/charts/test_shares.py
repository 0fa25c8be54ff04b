"""Shares: bars from zero to the least, whiskers and arrows over what is possible."""

import re
from collections.abc import Callable
from math import nan

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts import house
from analysis.charts.forms import shares
from analysis.charts.house import LIGHT, Texts

FRAME = pd.DataFrame(
    {
        "name": ["Largest", "Three", "Nobody"],
        "name_note": ["Aye", "Aye, Bee, Cee", "of a country"],
        "label": ["43%–46%", "4%–6%", "undisclosed"],
        "note": ["not above 46%", "neither end", "no amount"],
        "color": [LIGHT.other, LIGHT.accent, LIGHT.other],
        "share_low": [nan, nan, nan],
        "share": [0.46, 0.041, nan],
        "share_high": [0.46, nan, nan],
        "told_low": [0.43, 0.04, nan],
        "told_high": [0.46, 0.06, nan],
    }
)


def page(frame: pd.DataFrame = FRAME, size: tuple[int, int] = (800, 400)) -> Figure:
    """A page with a row for each part."""
    with house.style():
        figure, body = house.page(size, Texts("Title", "Subtitle", "Source"), shares.key(frame, LIGHT))
        shares.draw(figure, body, frame, LIGHT)
    return figure


def test_bars_are_the_least_from_zero() -> None:
    (axes,) = page().axes
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert [bar.get_width() for bar in bars] == [0.43, 0.04, 0]
    assert {bar.get_x() for bar in bars} == {0}
    assert axes.get_xlim()[0] == 0


def test_diamonds_are_the_shares_and_arrows_the_unknown_ends() -> None:
    (axes,) = page().axes
    diamonds = [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "D"]  # type: ignore[index]
    arrows = [text for text in axes.texts if getattr(text, "arrow_patch", None)]
    assert diamonds == [0.46, 0.041]
    assert len(arrows) == 3


def test_the_key_has_the_marks_that_occur() -> None:
    assert len(shares.key(FRAME, LIGHT)) == 4
    sure = FRAME.head(1).assign(share_low=0.46, told_low=0.46)
    assert [mark.meaning for mark in shares.key(sure, LIGHT)] == [
        "least, by what was told",
        "share of the lower bounds",
    ]


def test_no_tick_is_beyond_the_whole(drawn: Callable) -> None:
    texts = [text.get_text() for text in drawn(page(FRAME.head(1).assign(share=1.0, told_high=1.0)))]
    percents = [float(text.rstrip("%")) for text in texts if re.fullmatch(r"[\d.]+%", text)]
    assert max(percents) == 100


@pytest.mark.parametrize("n", [1, 3, 9])
def test_no_words_overlap(n: int, collisions: Callable[[Figure], list[tuple[str, str]]]) -> None:
    frame = pd.concat([FRAME] * 3, ignore_index=True).head(n)
    long = frame.assign(name="Long-winded " * 9, name_note="of somewhere " * 9, note="by whom " * 20)
    assert collisions(page(frame, (800, 660))) == []
    assert collisions(page(long, (800, 660))) == []
