"""Bars with bounds, by where their words stand."""

from collections.abc import Callable
from math import nan

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.charts import house
from analysis.charts.forms import range_bars
from analysis.charts.house import LIGHT, Texts

NOTE = "2 rounds, 1 undisclosed; led none; 1 by one source"
BARS = pd.DataFrame(
    [
        ("Aye\nrobots", NOTE, 2e9, 2.5e9, 3e9),
        ("Bee\nvideo", "1 round", 1e9, nan, nan),
        ("", NOTE, nan, nan, nan),
    ],
    columns=["name", "note", "usd_low", "usd_stated", "usd_high"],
).assign(color=LIGHT.accent)


def drawing(size: tuple[int, int]) -> Figure:
    """A page with the bars."""
    with house.style():
        figure, body = house.page(size, Texts("Title", "Subtitle", "Source"))
        range_bars.draw(figure, body, BARS, LIGHT)
    return figure


def test_names_stand_beside_bars_on_a_wide_page_and_above_them_on_a_narrow_one(
    drawn: Callable[[Figure], list[Text]],
) -> None:
    wide, narrow = ({text.get_text() for text in drawn(drawing(size))} for size in ((800, 500), (480, 500)))
    assert {"Aye\nrobots", NOTE} <= wide
    assert {"Aye · robots", NOTE} <= narrow


@pytest.mark.parametrize("size", [(800, 500), (480, 500), (480, 300), (960, 540)])
def test_words_keep_apart(
    size: tuple[int, int], collisions: Callable[[Figure], list[tuple[str, str]]]
) -> None:
    assert collisions(drawing(size)) == []


@pytest.mark.parametrize("size", [(800, 500), (480, 500)])
def test_bars_reach_from_zero_to_the_lower_bound(size: tuple[int, int]) -> None:
    (bars,) = drawing(size).axes[0].containers
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(0, 2e9), (0, 1e9), (0, 0)]
