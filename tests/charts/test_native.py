"""Editable charts, by their data: nothing that a drawn chart says of doubt is lost."""

from math import nan

import pandas as pd
import pytest

from analysis import charts
from analysis.charts.forms import (
    count_bars,
    dots,
    lines,
    range_bars,
    ranks,
    scatter,
    shares,
    spread,
    steps,
    swim_lanes,
    timeline,
)
from analysis.charts.house import LIGHT
from analysis.charts.native import CROSSED, FILLED, HOLLOW, NONE, Bars, Plot, Series
from analysis.charts.scales import log_axis, number_format, serial, time_axis
from analysis.charts.words import dollars
from analysis.load import Once
from tests.charts.conftest import undisclosed

MONEY = ["usd_low", "usd_stated", "usd_high"]


def plots(native: charts.chart.Native) -> list[Plot]:
    """The panels, all of which are plots."""
    return [panel for panel in native.panels if isinstance(panel, Plot)]


def bars(native: charts.chart.Native) -> list[Bars]:
    """The panels, all of which are bars."""
    return [panel for panel in native.panels if isinstance(panel, Bars)]


def marked(plot: Plot) -> list[tuple[float, float, str]]:
    """The points that are drawn: x, y and their mark."""
    return [
        (point["x"], point["y"], point["mark"])
        for series in plot.series
        for point in series.points.to_dict("records")
        if point["mark"] != NONE
    ]


def whiskers(plot: Plot) -> list[tuple[float, float, float]]:
    """The upright whiskers: x, and their ends."""
    return [
        (point["x"], point["low"], point["high"])
        for series in plot.series
        if series.whisker is not None
        for point in series.points.to_dict("records")
        if point["low"] < point["high"]
    ]


def spans(series: Series) -> list[tuple[float, float, float]]:
    """The level lines of a series: y, and their ends."""
    rows = series.points.dropna(subset=["x"])
    left, right = rows.iloc[::2], rows.iloc[1::2]
    return list(zip(left["y"], left["x"], right["x"], strict=True))


def labels(plot: Plot) -> list[str]:
    """The words at points."""
    return [label for series in plot.series for label in series.points["label"] if label]


def event_rows(*events: tuple[str, str, tuple[float, float, float], bool]) -> pd.DataFrame:
    """Events of one lane: first and last day, amounts, whether they are firm."""
    money = pd.DataFrame([event[2] for event in events], columns=MONEY, dtype="float64")
    return money.assign(
        lane="Aye", lane_note="2 rounds", label="Series A", color=LIGHT.accent,
        is_firm=[event[3] for event in events],
        date_start=pd.to_datetime([event[0] for event in events]),
        date_end=pd.to_datetime([event[1] for event in events]),
    )  # fmt: skip


def test_bars_keep_bounds_figures_open_ends_and_counts() -> None:
    frame = pd.DataFrame(
        [(60e6, 70e6, 80e6), (14e6, nan, nan), (nan, nan, nan)], columns=MONEY, dtype="float64"
    ).assign(name=["Aye", "Bee", "Cee"], note="1 undisclosed", color=LIGHT.accent)
    (panel,) = bars(range_bars.native(frame, LIGHT))
    numbers = panel.rows[["low", "stated", "high"]].set_axis(MONEY, axis="columns")
    pd.testing.assert_frame_equal(numbers, frame[MONEY])
    assert panel.rows["label"].tolist() == [
        "$60m–$80m\n1 undisclosed",
        "→ $14m or more\n1 undisclosed",
        "undisclosed\n1 undisclosed",
    ]
    assert panel.axis.low == 0
    assert panel.axis.high >= 80e6


def test_shares_keep_both_ends_and_say_which_is_open() -> None:
    frame = pd.DataFrame(
        {
            "name": ["Largest", "Three"], "name_note": "Aye", "label": "4%–6%", "note": "",
            "color": LIGHT.other, "share_low": [nan, 0.03], "share": [0.46, 0.041], "share_high": [0.46, nan],
            "told_low": [0.43, 0.04], "told_high": [0.46, 0.06],
        }
    )  # fmt: skip
    (panel,) = bars(shares.native(frame, LIGHT))
    assert panel.rows[["low", "stated", "high"]].to_numpy().tolist() == [
        [0.43, 0.46, 0.46],
        [0.04, 0.041, 0.06],
    ]
    assert [label.split("\n")[0] for label in panel.rows["label"]] == ["← 4%–6%", "→ 4%–6%"]
    assert panel.axis.number_format == "0%"


def test_counts_are_panels_on_one_scale() -> None:
    frame = pd.DataFrame(
        {"name": ["Slip", "Rounding"], "low": [5, 40], "high": [0, 12], "color": LIGHT.other}
    )
    left, right = bars(count_bars.native(frame, {"low": ("Low", "45"), "high": ("High", "12")}, LIGHT))
    assert [left.rows["low"].tolist(), right.rows["low"].tolist()] == [[5, 40], [0, 12]]
    assert [left.rows["label"].tolist(), right.rows["label"].tolist()] == [["5", "40"], ["0", "12"]]
    assert left.axis == right.axis
    assert (left.heading, left.note) == ("Low", "45")


def test_dots_keep_what_is_vague_open_or_unknown() -> None:
    frame = pd.DataFrame(
        [(230e6, 290e6, 300e6), (276e6, 276e6, 276e6), (14e6, 14e6, nan), (nan, nan, nan)],
        columns=MONEY, dtype="float64",
    ).assign(name="Paper", note="", label="$1m", color=LIGHT.other)  # fmt: skip
    frame["is_firm"], frame["is_reference"] = frame.index != 1, frame.index == 0
    (plot,) = plots(dots.native(frame, LIGHT))
    assert sorted(marked(plot)) == [(14e6, 3, FILLED), (276e6, 2, HOLLOW), (290e6, 1, FILLED)]
    assert spans(plot.series[1]) == [(1, 230e6, 300e6)]
    assert labels(plot) == ["$1m", "$1m", "→ $1m", "$1m"]
    assert plot.series[0].points["x"].tolist() == [290e6, 290e6]


def test_ranks_are_a_panel_a_column_with_intervals() -> None:
    things = [
        ("Left", 1500, 1490, 1510, True),
        ("Left", 1495, 1480, 1512, False),
        ("Right", 90, nan, nan, True),
    ]
    frame = pd.DataFrame(things, columns=["column", "value", "low", "high", "is_firm"]).assign(
        name="Model", color=LIGHT.accent, is_bold=False, rank=[1, 2, 1]
    )
    native = ranks.native(frame, LIGHT, lambda value: f"{value:.0f}")
    left, right = plots(native)
    assert native.columns == 2
    assert marked(left) == [(1500, 1, FILLED), (1495, 2, HOLLOW)]
    band, own, *_ = left.series
    assert spans(band) == [(1, 1490, 1510), (2, 1490, 1510)]
    assert spans(own) == [(1, 1490, 1510), (2, 1480, 1512)]
    assert marked(right) == [(90, 1, FILLED)]


def test_lanes_of_values_have_a_log_scale_bounds_and_slips() -> None:
    rows = [(0, 100e6, 100e6, False, 80e6, 100e6, 200e6), (0, nan, 1e9, True, 80e6, 100e6, 200e6),
            (1, 200e6, nan, False, 200e6, 200e6, nan)]  # fmt: skip
    columns = ["lane", "value_low", "value", "is_hollow", *MONEY]
    frame = pd.DataFrame(rows, columns=columns).assign(
        value_high=nan, name="Aye", note="note", remark="agreed", color=LIGHT.accent
    )
    (plot,) = plots(spread.native(frame, LIGHT))
    assert plot.across.is_log
    assert sorted(marked(plot)) == [(100e6, 1, FILLED), (1e9, 1, HOLLOW)]
    band, chosen, reported, *_ = plot.series
    # An open end reaches to the edge.
    assert spans(band) == [(1, 80e6, 200e6), (2, 200e6, plot.across.high)]
    assert chosen.points["x"].tolist() == [100e6, 200e6]
    assert chosen.points["y"].between(chosen.points["low"], chosen.points["high"], inclusive="neither").all()
    assert spans(reported) == [(2, 200e6, plot.across.high)]


@pytest.mark.parametrize("is_stepped", [False, True])
def test_lines_keep_dates_whiskers_and_names(is_stepped: bool) -> None:
    days = pd.to_datetime(["2026-01-29", "2026-04-07"])
    frame = pd.DataFrame(
        {"panel": "One", "panel_note": "note", "series": "first", "date": days, "value": [1392.0, 1450.0],
         "low": [1376, nan], "high": [1409, nan], "label": ["alpha", "beta"], "color": LIGHT.accent,
         "line_color": LIGHT.other, "is_dashed": True, "is_firm": [True, False]}
    )  # fmt: skip
    (plot,) = plots(lines.native(frame, LIGHT, tick=lambda value: f"{value:.0f}", is_stepped=is_stepped))
    first, second = map(serial, days)
    assert marked(plot) == [(first, 1392, FILLED), (second, 1450, HOLLOW)]
    assert whiskers(plot) == [(first, 1376, 1409)]
    assert labels(plot) == ["alpha", "first\nbeta"]
    line = plot.series[0]
    corner = [(second, 1392)] if is_stepped else []
    way = [(x, y) for x, y in line.points[["x", "y"]].to_numpy()]
    assert way == [(first, 1392), *corner, (second, 1450)]
    assert (line.line, line.is_dashed) == (LIGHT.other, True)


def test_points_stand_at_both_measures_on_a_scale_of_factors() -> None:
    frame = pd.DataFrame([(3, 1232), (14.4, 1354)], columns=["across", "up"]).assign(
        label="name", color=LIGHT.other, is_firm=True, is_on_edge=True
    )
    frame["low"], frame["high"] = frame["up"] - 8, frame["up"] + 8
    (plot,) = plots(
        scatter.native(frame, LIGHT, names=("price", "score"), ticks=(dollars, lambda value: f"{value:.0f}"))
    )
    assert marked(plot) == [(3, 1232, FILLED), (14.4, 1354, FILLED)]
    assert whiskers(plot) == [(3, 1224, 1240), (14.4, 1346, 1362)]
    assert plot.series[0].points[["x", "y"]].to_numpy().tolist() == [[3, 1232], [14.4, 1232], [14.4, 1354]]
    assert (plot.across.is_log, plot.across.name, plot.up.name) == (True, "price", "score")


def test_a_timeline_keeps_bounds_dates_and_undisclosed_rounds() -> None:
    frame = event_rows(
        ("2024-03-01", "2024-03-11", (100e6, 120e6, 140e6), False),
        ("2025-01-01", "2025-12-31", (nan, nan, nan), True),
        ("2026-01-01", "2026-01-01", (14e6, nan, nan), True),
    )
    (plot,) = plots(timeline.native(frame, LIGHT))
    first, last = serial(pd.Timestamp("2025-01-01")), serial(pd.Timestamp("2025-12-31"))
    march = serial(pd.Timestamp("2024-03-06"))
    assert marked(plot) == [((first + last) / 2, 0, CROSSED), (march, 120e6, HOLLOW)]
    assert (march, 100e6, 140e6) in whiskers(plot)
    assert [(0, first, last)] in [spans(series) for series in plot.series if series.line]
    assert sorted(labels(plot)) == ["undisclosed\nSeries A", "~$120m\nSeries A", "↑ $14m or more\nSeries A"]
    assert (plot.heading, plot.note) == ("Aye", "2 rounds")


def test_steps_run_from_figure_to_figure_to_the_edge() -> None:
    frame = event_rows(
        ("2024-03-01", "2024-03-01", (1e9, 1e9, 1e9), True),
        ("2025-03-01", "2025-03-01", (2e9, 2e9, 3e9), True),
    )
    (plot,) = plots(steps.native(frame, LIGHT))
    first, second = (serial(pd.Timestamp(day)) for day in ("2024-03-01", "2025-03-01"))
    assert plot.series[0].points[["x", "y"]].to_numpy().tolist() == [
        [first, 0], [first, 1e9], [second, 1e9], [second, 2e9], [plot.across.high, 2e9],
    ]  # fmt: skip


def test_lanes_of_events_end_where_the_product_does() -> None:
    frame = pd.DataFrame(
        [("Sora", "", "2024-02-15", swim_lanes.HOLLOW), ("Sora", "API", "2026-09-24", swim_lanes.CROSSED),
         ("Kling", "2.5", "2025-07-01", swim_lanes.FILLED)],
        columns=["lane", "label", "date_start", "kind"],
    ).assign(lane_note="Maker", color=LIGHT.other)  # fmt: skip
    frame["date_start"] = frame["date_end"] = pd.to_datetime(frame["date_start"])
    (plot,) = plots(swim_lanes.native(frame, LIGHT))
    shown, ended, kling = map(serial, frame["date_start"])
    assert sorted(marked(plot)) == [(shown, 1, HOLLOW), (kling, 2, FILLED), (ended, 1, CROSSED)]
    assert spans(plot.series[0]) == [(1, shown, ended), (2, kling, plot.across.high)]
    assert labels(plot) == ["API", "2.5"]


def test_every_editable_chart_is_one_where_no_amount_is_known_too() -> None:
    record = Once(undisclosed())
    for name, chart in charts.CHARTS.items():
        if chart.native is not None:
            frame = charts.frame(name, record)
            assert frame.empty or chart.native(frame, LIGHT).panels, name


def test_only_grids_lists_and_networks_are_pictures() -> None:
    pictures = {name for name, chart in charts.CHARTS.items() if chart.native is None}
    assert pictures == {
        "article_claims", "alibaba_roles", "alibaba_backers", "field_segments", "network_trio", "network_map",
        "network_rivals", "network_fields", "network_standing", "disagree_policies",
    }  # fmt: skip


def test_the_formats_of_scales_say_what_words_say() -> None:
    assert (
        number_format([0, 5e8, 1e9, 1.5e9], dollars)
        == '[>=990000000]"$"0.0,,,"bn";[>=495000000]"$"0,,"m";"$0"'
    )
    assert number_format([1200, 1300], lambda value: f"{value:.0f}") == "0"
    assert number_format([1, 2], lambda value: "many") == "General"


def test_a_scale_of_time_is_marked_where_years_and_months_begin() -> None:
    for first, last in [
        ("2022-05-04", "2026-02-01"),
        ("2025-11-20", "2026-09-30"),
        ("2023-01-01", "2023-01-02"),
    ]:
        axis = time_axis(pd.Timestamp(first), pd.Timestamp(last))
        assert axis.low <= serial(pd.Timestamp(first)) + 3
        assert serial(pd.Timestamp(last)) <= axis.high
        n = round((axis.high - axis.low) / axis.step)
        marks = [
            pd.Timestamp("1899-12-30") + pd.Timedelta(days=axis.low + i * axis.step) for i in range(n + 1)
        ]
        assert {mark.day for mark in marks} <= {1, 2, 3, 4, 5}
        assert 2 <= len(marks) <= 8
        if axis.number_format == "yyyy":
            assert {mark.month for mark in marks} == {1}


def test_a_scale_of_factors_begins_at_a_power_and_holds_all() -> None:
    axis = log_axis(14e6, 12e9, dollars)
    assert (axis.low, axis.step) == (10e6, 10)
    assert 12e9 < axis.high < 100e9
    assert log_axis(1e6, 1e6, dollars).high > 1e6
