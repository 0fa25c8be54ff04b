"""Values on rows: filled or hollow, over the chosen interval, on a scale that holds them."""

from math import nan

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.charts import house
from analysis.charts.forms import spread
from analysis.charts.house import LIGHT, Texts

Row = tuple[int, float, float, float, bool, float, float, float]
VALUES: list[Row] = [
    (0, 100, 100, 100, False, 80, 100, 100),
    (0, 1000, 1000, 1000, True, 80, 100, 100),
    (1, 200, nan, nan, False, 200, 200, nan),
    (2, nan, nan, nan, False, nan, nan, nan),
]


def drawn(rows: list[Row]) -> tuple[Figure, Axes]:
    """A page with rows of values."""
    columns = ["lane", "value_low", "value", "value_high", "is_hollow", *spread.BOUNDS]
    frame = pd.DataFrame(rows, columns=columns).assign(name="Aye", note="", remark="", color=LIGHT.accent)
    with house.style():
        figure, body = house.page((800, 400), Texts("Title", "Subtitle", "Source"))
        spread.draw(figure, body, frame, LIGHT)
    return figure, figure.axes[0]


def points(line: Line2D) -> tuple[list[float], list[float]]:
    """Where a line goes."""
    return list(map(float, line.get_xdata())), list(map(float, line.get_ydata()))  # type: ignore[arg-type]


def test_each_figure_is_a_dot_and_a_slip_is_hollow() -> None:
    _, axes = drawn(VALUES)
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [points(dot) for dot in dots] == [([100], [0]), ([1000], [0])]
    assert [dot.get_markerfacecolor() for dot in dots] == [LIGHT.accent, LIGHT.paper]


def test_the_chosen_value_is_a_stroke_over_its_bounds() -> None:
    _, axes = drawn(VALUES)
    strokes = [points(line)[0] for line in axes.lines if line.get_color() == LIGHT.ink]
    assert strokes == [[100, 100], [200, 200]]
    bands = [band.get_paths()[0].get_extents() for band in axes.collections]
    assert [(band.x0, band.x1) for band in bands] == [
        (80, 100),
        (200, pytest.approx(axes.get_xlim()[1])),
    ]


def test_bounds_without_a_figure_are_a_line_to_the_edge() -> None:
    _, axes = drawn(VALUES)
    (line,) = [
        points(line) for line in axes.lines if line.get_color() == LIGHT.accent and line.get_ls() == "-"
    ]
    assert line == ([200, pytest.approx(axes.get_xlim()[1])], [1, 1])


def test_the_scale_holds_every_value() -> None:
    _, axes = drawn(VALUES)
    first, last = axes.get_xlim()
    assert 0 < first < 80
    assert last > 1000
    assert axes.get_xscale() == "log"


def test_without_any_amount_there_is_no_scale() -> None:
    _, axes = drawn([VALUES[-1]])
    assert list(axes.get_xticks()) == []
