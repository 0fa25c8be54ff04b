"""The form of lanes over time, by what it draws."""

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.charts import house
from analysis.charts.forms import swim_lanes
from analysis.charts.house import LIGHT, Texts
from tests.charts.conftest import texts_of

EVENTS = [
    ("Sora", "", "2024-02-15", "2024-02-16", swim_lanes.HOLLOW),
    ("Sora", "", "2024-12-09", "2024-12-09", swim_lanes.FILLED),
    ("Sora", "app", "2026-04-26", "2026-04-26", swim_lanes.CROSSED),
    ("Sora", "API", "2026-09-24", "2026-09-24", swim_lanes.CROSSED),
    ("Kling", "2.5", "2025-07-01", "2025-12-31", swim_lanes.FILLED),
]


def drawn(*events: tuple[str, str, str, str, str]) -> Figure:
    """A page with lanes."""
    frame = pd.DataFrame(events, columns=["lane", "label", "date_start", "date_end", "kind"])
    frame = frame.astype(dict.fromkeys(["date_start", "date_end"], "datetime64[s]"))
    with house.style():
        figure, body = house.page((800, 400), Texts("Lanes", "", ""))
        swim_lanes.draw(figure, body, frame.assign(lane_note="Maker", color=LIGHT.other), LIGHT)
    return figure


def lines(figure: Figure, marker: str) -> list[Line2D]:
    """The lines of the axes with a marker."""
    return [line for line in figure.axes[0].lines if line.get_marker() == marker]


def xs(figure: Figure, line: Line2D) -> list[float]:
    """Where the points of a line lie, in days."""
    return [float(figure.axes[0].convert_xunits(x)) for x in line.get_xdata()]  # type: ignore[union-attr,no-untyped-call]


def test_each_event_is_a_mark_of_its_kind() -> None:
    figure = drawn(*EVENTS)
    fills = [dot.get_markerfacecolor() for dot in lines(figure, "o")]
    assert fills == [LIGHT.paper, LIGHT.other, LIGHT.other]
    assert len(lines(figure, "x")) == 2


def test_a_lane_ends_with_its_last_cross_or_runs_on() -> None:
    figure = drawn(*EVENTS)
    sora, kling = (line for line in figure.axes[0].lines if line.get_linewidth() == 3)
    assert xs(figure, sora)[1] == pytest.approx(xs(figure, lines(figure, "x")[-1])[0])
    assert xs(figure, kling)[1] == pytest.approx(figure.axes[0].get_xlim()[1])


def test_only_a_date_that_is_wider_than_a_month_has_a_line_of_its_own() -> None:
    figure = drawn(*EVENTS)
    plain = [line for line in lines(figure, "None") if line.get_color() == LIGHT.other]
    (span,) = (line for line in plain if line.get_linewidth() < 3)
    assert xs(figure, span)[1] - xs(figure, span)[0] == 183


def test_the_key_explains_what_occurs() -> None:
    frame = pd.DataFrame({"kind": [swim_lanes.CROSSED, swim_lanes.FILLED]})
    marks = swim_lanes.key(frame, dict.fromkeys(swim_lanes.KINDS, "meaning"), LIGHT)
    assert [mark.style["marker"] for mark in marks] == ["o", "x"]


def test_the_line_of_a_wide_date_does_not_run_through_its_label() -> None:
    figure = drawn(("Motus", "Motus", "2025-01-01", "2025-12-31", swim_lanes.FILLED), *EVENTS)
    (label,) = (
        text for text in texts_of(figure) if text.get_text() == "Motus" and text.get_weight() != "bold"
    )
    (dot, *_) = lines(figure, "o")
    middle = figure.axes[0].transData.transform((0, dot.get_ydata()[0]))[1]  # type: ignore[index]
    box = house.extent(label)
    assert not box.y0 < middle < box.y1
