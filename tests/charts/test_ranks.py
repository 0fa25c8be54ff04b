"""Ranked things with intervals, by what is drawn."""

from collections.abc import Callable
from math import nan

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts import house
from analysis.charts.forms import ranks
from analysis.charts.house import LIGHT, Texts

Thing = tuple[str, float, float, float, bool]
THINGS: list[Thing] = [
    ("Left", 1500, 1490, 1510, True),
    ("Left", 1495, 1480, 1512, False),
    ("Right", 90, nan, nan, True),
]


def drawing(things: list[Thing], name: str = "Model") -> Figure:
    """A page with the things in their columns."""
    frame = pd.DataFrame(things, columns=["column", "value", "low", "high", "is_firm"]).assign(
        name=name, color=LIGHT.accent, is_bold=False
    )
    frame["rank"] = frame.groupby("column").cumcount() + 1
    with house.style():
        figure, body = house.page((800, 640), Texts("Title", "Subtitle", "Source"))
        ranks.draw(figure, body, frame, LIGHT, lambda value: f"{value:.0f}")
    return figure


def test_values_and_intervals_stand_where_they_are() -> None:
    left, right = drawing(THINGS).axes
    points = [line for line in left.lines if line.get_marker() == "o"]
    assert [np.asarray(point.get_xdata()).tolist() for point in points] == [[1500], [1495]]
    assert [point.get_markerfacecolor() for point in points] == [LIGHT.accent, LIGHT.paper]
    spans = [np.asarray(line.get_xdata()).tolist() for line in left.lines if line.get_marker() == "None"]
    assert spans == [[1490, 1510], [1480, 1512]]
    assert len(right.lines) == 1


def test_the_interval_of_the_first_runs_through_its_column() -> None:
    left, right = drawing(THINGS).axes
    (band,) = [patch for patch in left.patches if isinstance(patch, Rectangle)]
    assert (band.get_x(), band.get_x() + band.get_width()) == (1490, 1510)
    assert list(right.patches) == []


def test_columns_have_scales_of_their_own() -> None:
    left, right = drawing(THINGS).axes
    assert left.get_xlim()[0] > right.get_xlim()[1]


def test_long_names_and_many_rows_keep_apart(collisions: Callable[[Figure], list[tuple[str, str]]]) -> None:
    things: list[Thing] = [
        (side, 1500 - n, 1490 - n, 1510 - n, True) for side in ("a" * 90, "b") for n in range(25)
    ]
    assert collisions(drawing(things, name="A name that is long " * 9)) == []
