"""Series over time in panels, by what is drawn."""

from collections.abc import Callable
from itertools import pairwise
from math import nan

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.charts import house
from analysis.charts.forms import lines
from analysis.charts.house import LIGHT, Texts

Point = tuple[str, str, str, float, float, float, str]
POINTS: list[Point] = [
    ("One", "first", "2026-01-29", 1392, 1376, 1409, "alpha"),
    ("One", "first", "2026-04-07", 1450, nan, nan, "beta"),
    ("One", "second", "2026-04-07", 1349, nan, nan, "gamma"),
    ("Two", "first", "2026-02-27", 1406, nan, nan, ""),
]


def drawing(
    points: list[Point], *, is_stepped: bool = False, is_reversed: bool = False, dodge: float = 0
) -> Figure:
    """A page with panels side by side."""
    columns = ["panel", "series", "date", "value", "low", "high", "label"]
    frame = pd.DataFrame(points, columns=columns).astype({"date": "datetime64[s]"}).assign(
        panel_note="a note", color=LIGHT.accent, line_color=LIGHT.other, is_dashed=False
    )  # fmt: skip
    frame["is_firm"] = frame["low"].notna()
    with house.style():
        figure, body = house.page((800, 500), Texts("Title", "Subtitle", "Source"))
        lines.draw(
            figure, body, frame, LIGHT, tick=lambda value: f"{value:.0f}",
            is_stepped=is_stepped, is_reversed=is_reversed, dodge=dodge,
        )  # fmt: skip
    return figure


def marks(axes: Axes, marker: str) -> list[Line2D]:
    return [line for line in axes.lines if line.get_marker() == marker]


def heights(line: Line2D) -> list[float]:
    return [float(y) for y in np.asarray(line.get_ydata(), dtype=float)]


def test_each_value_is_a_point_filled_where_it_is_firm() -> None:
    one, two = drawing(POINTS).axes
    assert [heights(point) for point in marks(one, "o")] == [[1392], [1450], [1349]]
    assert [point.get_markerfacecolor() for point in marks(one, "o")] == [LIGHT.accent, *[LIGHT.paper] * 2]
    assert [heights(point) for point in marks(two, "o")] == [[1406]]


def test_a_whisker_spans_low_to_high_and_is_missing_where_they_are() -> None:
    one, two = drawing(POINTS).axes
    assert [heights(whisker) for whisker in marks(one, "_")] == [[1376, 1409]]
    assert marks(two, "_") == []


def test_steps_hold_a_value_until_the_next() -> None:
    (joined, _) = (
        line for line in drawing(POINTS, is_stepped=True).axes[0].lines if line.get_marker() == "None"
    )
    assert joined.get_drawstyle() == "steps-post"
    assert heights(joined) == [1392, 1450]


def test_panels_share_the_time_and_have_their_own_values() -> None:
    one, two = drawing(POINTS).axes
    assert one.get_xlim() == two.get_xlim()
    assert one.get_ylim() != two.get_ylim()


def test_ranks_stand_with_the_first_on_top() -> None:
    ranks: list[Point] = [("One", "a", "2026-01-01", 1, 1, 2, ""), ("One", "a", "2026-06-01", 25, 20, 30, "")]
    (axes,) = drawing(ranks, is_reversed=True).axes
    bottom, top = axes.get_ylim()
    assert top < 1 < 30 < bottom
    assert axes.get_yticks()[0] == 1


def test_series_stand_apart_by_the_pixels_asked_for() -> None:
    same: list[Point] = [("One", name, "2026-01-01", 5, 1, 9, "") for name in ("a", "b")]
    axes = drawing(same, dodge=6).axes[0]
    days = [axes.convert_xunits(point.get_xdata())[0] for point in marks(axes, "o")]  # type: ignore[no-untyped-call]
    left, right = (axes.transData.transform((day, 5))[0] for day in days)
    assert right - left == pytest.approx(6, abs=0.5)


def test_dates_and_values_that_are_not_known_are_left_out() -> None:
    (axes,) = drawing(
        [("One", "a", "2026-01-01", nan, nan, nan, ""), ("One", "a", "2026-01-02", 3, 1, 4, "")]
    ).axes
    assert len(marks(axes, "o")) == 1


def test_names_at_the_ends_keep_a_line_apart_and_inside() -> None:
    ends = lines._apart([400.0, 399.0, 398.0, 20.0], 16, 410)
    assert all(above - below >= lines.LINE for above, below in pairwise(ends))
    assert ends[-1] >= 16
    assert ends[0] <= 410 + 2 * lines.LINE


@pytest.mark.parametrize("span", [0, 40, 200, 900, 4000])
def test_awkward_cases_keep_their_texts_apart(
    span: int, collisions: Callable[[Figure], list[tuple[str, str]]]
) -> None:
    days = [f"{pd.Timestamp('2020-12-20') + pd.Timedelta(days=span * part):%Y-%m-%d}" for part in (0, 0.5, 1)]
    points: list[Point] = [
        ("A panel of a very long name " * 4, f"A series of a long name {n} " * 3, date, 5 + n, 1, 9, "")
        for n in range(9)
        for date in days
    ]
    labelled: Point = ("Two", "one", days[0], 5, 1, 9, "a label that fits nowhere " * 4)
    assert collisions(drawing([*points, labelled])) == []
