"""Dots on rows, by what is drawn."""

from collections.abc import Callable
from math import nan

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.charts import house
from analysis.charts.forms import dots
from analysis.charts.house import LIGHT, Texts


def drawing(*money: tuple[float, float, float], name: str = "Paper", note: str = "") -> Figure:
    """The first row is the reference and firm, the others are not."""
    frame = pd.DataFrame(money, columns=["usd_low", "usd_stated", "usd_high"], dtype="float64").assign(
        name=name, note=note, label="$1m", color=LIGHT.other
    )
    frame["is_firm"] = frame["is_reference"] = frame.index == 0
    with house.style():
        figure, body = house.page((800, 60 * len(frame) + 120), Texts("Title", "Subtitle", "Source"))
        dots.draw(figure, body, frame, LIGHT)
    return figure


def dollars_of(line: Line2D) -> list[float]:
    """Where the points of a line lie."""
    return [float(x) for x in np.asarray(line.get_xdata(), dtype=float)]


def test_a_dot_stands_at_its_figure_and_is_hollow_where_it_is_not_firm() -> None:
    figure = drawing((200e6, 290e6, 290e6), (276e6, 276e6, 276e6))
    marks = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [dollars_of(line) for line in marks] == [[290e6], [276e6]]
    assert [line.get_markerfacecolor() for line in marks] == [LIGHT.other, LIGHT.paper]


def test_a_whisker_covers_the_bounds_and_an_open_end_is_an_arrow() -> None:
    figure = drawing((200e6, 290e6, 290e6), (276e6, 276e6, nan))
    axes = figure.axes[0]
    assert [dollars_of(line) for line in axes.lines if line.get_marker() == "|"] == [[200e6, 290e6]]
    assert len([text for text in axes.texts if getattr(text, "arrow_patch", None)]) == 1


def test_the_reference_runs_through_all_rows() -> None:
    axes = drawing((200e6, 290e6, 290e6), (276e6, 276e6, 276e6)).axes[0]
    (line,) = [line for line in axes.lines if line.is_dashed()]
    assert set(dollars_of(line)) == {290e6}


@pytest.mark.parametrize("money", [[(nan, nan, nan)], [(0.0, 0.0, 0.0)], [(5e6, 5e6, 5e6)] * 3])
def test_awkward_rows_keep_their_texts_apart(
    money: list[tuple[float, float, float]], collisions: Callable[[Figure], list[tuple[str, str]]]
) -> None:
    assert collisions(drawing(*money, name="A very long name " * 9, note="after somebody else " * 9)) == []
