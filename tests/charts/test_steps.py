"""The form of steps, by what it draws."""

from collections.abc import Callable
from math import nan

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.charts import house
from analysis.charts.forms import steps
from analysis.charts.house import LIGHT, Texts
from tests.charts.conftest import texts_of

Figures = tuple[str, str, tuple[float, float, float]]

KNOWN: list[Figures] = [
    ("Aye", "2024-02-01", (2e9, 2.5e9, 3e9)),
    ("Aye", "2025-02-01", (10e9, nan, 12e9)),
    ("Aye", "2026-02-01", (16e9, 20e9, nan)),
    ("Bee", "2025-06-01", (1e9, 1e9, 1e9)),
]


def drawn_steps(*known: Figures, label: str = "post-money") -> Figure:
    """A page with a lane for each name."""
    money = pd.DataFrame([figures for *_, figures in known], columns=steps.ENDS, dtype="float64")
    days = pd.to_datetime([day for _, day, _ in known])
    frame = money.assign(
        lane=[lane for lane, *_ in known], lane_note="", label=label, color=LIGHT.other, is_firm=True,
        date_start=days, date_end=days,
    )  # fmt: skip
    with house.style():
        figure, body = house.page((800, 600), Texts("Steps", "", ""))
        steps.draw(figure, body, frame, LIGHT)
    return figure


def levels(figure: Figure, lane: int) -> list[tuple[float, float, float]]:
    """The level lines of a lane: height, first and last day."""
    axes = figure.axes[lane]

    def ends(line: Line2D) -> tuple[float, float, float]:
        x0, x1 = (float(axes.convert_xunits(x)) for x in line.get_xdata())  # type: ignore[union-attr,no-untyped-call]
        return float(np.asarray(line.get_ydata())[0]), x0, x1

    plain = [line for line in axes.lines if line.get_color() == LIGHT.muted and line.get_marker() == "None"]
    return [ends(line) for line in plain if len(set(np.asarray(line.get_ydata()).tolist())) == 1]


def test_a_step_lasts_until_the_next_figure_and_the_last_to_the_edge() -> None:
    figure = drawn_steps(*KNOWN)
    heights, starts, ends = zip(*levels(figure, 0), strict=True)
    # A figure that was not stated is as high as the middle of its bounds.
    assert heights == (2.5e9, 11e9, 20e9)
    assert ends[:-1] == starts[1:]
    assert ends[-1] == pytest.approx(figure.axes[0].get_xlim()[1])


def test_lanes_share_one_scale_from_zero() -> None:
    figure = drawn_steps(*KNOWN)
    limits = {axes.get_ylim() for axes in figure.axes}
    assert len(limits) == 1
    assert limits.pop()[0] == 0


def test_a_band_covers_the_bounds() -> None:
    figure = drawn_steps(*KNOWN[:1])
    area, band = figure.axes[0].collections
    heights = [np.asarray(some.get_paths()[0].vertices)[:, 1] for some in (area, band)]
    assert [(ys.min(), ys.max()) for ys in heights] == [(0, 2.5e9), (2e9, 3e9)]


def test_a_row_without_an_amount_makes_no_step() -> None:
    figure = drawn_steps(*KNOWN[:1], ("Aye", "2025-01-01", (nan, nan, nan)))
    assert len(levels(figure, 0)) == 1


@pytest.mark.parametrize("known", [KNOWN, KNOWN[:1], [("Aye", "2025-01-01", (nan, nan, nan))]])
def test_texts_keep_apart(
    known: list[Figures], collisions: Callable[[Figure], list[tuple[str, str]]]
) -> None:
    assert collisions(drawn_steps(*known)) == []


def test_labels_keep_off_the_steps() -> None:
    figure = drawn_steps(*KNOWN)
    axes = figure.axes[0]
    boxes = [house.extent(text) for text in texts_of(figure) if "post-money" in text.get_text()]
    for height, start, end in levels(figure, 0):
        (x0, y), (x1, _) = axes.transData.transform([(start, height), (end, height)])
        assert not [box for box in boxes if box.x0 < x1 and box.x1 > x0 and box.y0 < y - 2 < box.y1 - 2]
