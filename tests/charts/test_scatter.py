"""Two measures against each other, by what is drawn."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.charts import house
from analysis.charts.forms import scatter
from analysis.charts.house import LIGHT, Texts


def drawing(*points: tuple[float, float, bool], label: str = "name", half: float = 8) -> Figure:
    """A page with a point for each (across, up, is on the edge); those on the edge have labels."""
    frame = pd.DataFrame(points, columns=["across", "up", "is_on_edge"]).assign(
        color=LIGHT.other, is_firm=True
    )
    frame["low"], frame["high"] = frame["up"] - half, frame["up"] + half
    frame["label"] = frame["is_on_edge"].map({True: label, False: ""})
    with house.style():
        figure, body = house.page((800, 500), Texts("Title", "Subtitle", "Source"))
        money, score = (lambda value: f"${value:g}"), (lambda value: f"{value:.0f}")
        scatter.draw(figure, body, frame, LIGHT, names=("across", "up"), ticks=(money, score))
    return figure


def test_points_stand_at_both_measures_with_whiskers() -> None:
    (axes,) = drawing((3, 1232, True), (14.4, 1354, True), (9, 1100, False)).axes
    points = [line for line in axes.lines if line.get_marker() == "o"]
    assert [(*point.get_xdata(), *point.get_ydata()) for point in points] == [
        (3, 1232),
        (14.4, 1354),
        (9, 1100),
    ]  # type: ignore[misc]
    whiskers = [
        line for line in axes.lines if len(set(np.asarray(line.get_xdata()))) == 1 and line not in points
    ]
    assert [np.asarray(line.get_ydata()).tolist() for line in whiskers] == [
        [1224, 1240],
        [1346, 1362],
        [1092, 1108],
    ]
    assert axes.get_xscale() == "log"


def test_the_edge_is_a_stepped_line_through_its_points() -> None:
    (axes,) = drawing((14.4, 1354, True), (3, 1232, True), (9, 1100, False)).axes
    (edge,) = [line for line in axes.lines if line.get_drawstyle() == "steps-post"]
    assert np.asarray(edge.get_xdata()).tolist() == [3, 14.4]


@pytest.mark.parametrize("n", [1, 2, 12])
def test_awkward_points_keep_their_texts_apart(
    n: int, collisions: Callable[[Figure], list[tuple[str, str]]]
) -> None:
    points = [(3 + i, 1200.0 + i, True) for i in range(n)]
    assert collisions(drawing(*points, label="A label that fits nowhere at all " * 3, half=0)) == []
