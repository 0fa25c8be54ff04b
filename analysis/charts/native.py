"""What a chart is as an editable one on a slide: pure data, which `slides` writes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.charts.house import Theme
from analysis.charts.language import name, say
from analysis.charts.scales import Axis

FILLED, HOLLOW, CROSSED, NONE = "filled", "hollow", "crossed", "none"
"""How a point is marked; a hollow one is not firm."""
POINT = ["x", "y", "low", "high", "label", "color", "mark"]
BAND = 0.25
"""The opacity of what covers an interval: some programs draw it over the points, others under them."""


@dataclass(frozen=True)
class Bars:
    """Horizontal bars from zero, a row each, the first on top.

    Attributes:
        rows: `name`, `color`, `low` (the bar), `stated` (an outline from zero), `high` (the end of a
            whisker), `label` (behind; lines after the first are a note). NaN where something is not known.
        terms: what `low`, `stated` and `high` hold, for whoever edits the data.
        edge: the colour of outlines and whiskers.
        axis: from zero.
        heading: what stands above.
        note: what stands behind the heading.
    """

    rows: pd.DataFrame
    terms: tuple[str, str, str]
    edge: str
    axis: Axis
    heading: str = ""
    note: str = ""


@dataclass(frozen=True)
class Series:
    """Points of one kind, the line that joins them and the upright whiskers through them.

    Attributes:
        name: for whoever edits the data.
        points: the columns of POINT in the order of the line, which is broken where x and y are NaN; `low`
            and `high` are bounds of y and may be NaN, labels may be "".
        line: its colour; None for no line.
        is_dashed: whether the line is.
        whisker: the colour of what reaches from the lower bounds to the upper; None for no whiskers.
        width: of the line and of the whiskers, in points.
        opacity: of the line, from 0 to 1.
        has_ends: whether whiskers end in a tick.
        side: where the labels stand, r or l of the points; None for where there is room.
    """

    name: str
    points: pd.DataFrame
    line: str | None = None
    is_dashed: bool = False
    whisker: str | None = None
    width: float = 1.5
    opacity: float = 1.0
    has_ends: bool = True
    side: str | None = None


@dataclass(frozen=True)
class Plot:
    """Points between two scales.

    Attributes:
        series: the first is drawn first.
        across: the horizontal scale.
        up: the upward scale; with `names`, that of `row_axis`.
        names: `name` (lines after the first are a note) and `is_bold` of rows, the first on top, in place of
            the values of the upward scale.
        heading: what stands above.
        note: what stands behind the heading.
    """

    series: tuple[Series, ...]
    across: Axis
    up: Axis
    names: pd.DataFrame | None = None
    heading: str = ""
    note: str = ""


@dataclass(frozen=True)
class Native:
    """Editable charts that stand for a drawn one.

    Attributes:
        panels: in the order of reading.
        columns: panels side by side.
    """

    panels: tuple[Bars | Plot, ...]
    columns: int = 1


def points(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of POINT; bounds that are missing are not known, labels empty, marks filled."""
    empty = {"label": "", "mark": FILLED}
    missing = {name: empty.get(name, np.nan) for name in POINT if name not in frame}
    return frame.assign(**missing)[POINT].reset_index(drop=True)


def marks_of(is_firm: "pd.Series[bool]") -> "pd.Series[str]":
    """How points are marked that are firm or not."""
    return is_firm.map({True: FILLED, False: HOLLOW})


def spans(frame: pd.DataFrame, name: str, color: str, width: float = 1.5, opacity: float = 1.0) -> Series:
    """Level lines from `x_low` to `x_high`, a line a row at `y`.

    They are lines since LibreOffice draws no whiskers of their own lengths across.
    """
    known = frame.dropna(subset=["x_low", "x_high"]).reset_index(drop=True)
    ends = [known.assign(x=known["x_low"]), known.assign(x=known["x_high"]), known.assign(x=np.nan, y=np.nan)]
    rows = pd.concat(ends).sort_index(kind="stable")[["x", "y"]]
    return Series(name, points(rows.assign(mark=NONE, color=color)), line=color, width=width, opacity=opacity)


def by_color(frame: pd.DataFrame, theme: Theme, width: float = 1.5) -> tuple[Series, ...]:
    """A series for each colour and mark, with whiskers, and with spans where rows have `x_low` and `x_high`.

    Alibaba's come last, on top of the others. LibreOffice marks all points of a series alike.
    """
    others = say("others")
    names = {
        theme.muted: others, theme.other: others,
        theme.accent_soft: say("Alibaba took part"), theme.accent: name("Alibaba"),
    }  # fmt: skip
    series: list[Series] = []
    for color in [*(color for color in frame["color"].unique() if color not in names), *names]:
        own, term = frame[frame["color"].eq(color)], names.get(color, "")
        if "x_low" in own and own["x_low"].lt(own["x_high"]).any():
            of = say("{name}, from and to", name=term)
            series.append(spans(own[own["x_low"].lt(own["x_high"])], of, color, width))
        for mark, marked in own.groupby("mark"):
            of = say("{name}, not firm", name=term) if mark == HOLLOW else term
            series.append(Series(of, points(marked), whisker=color, width=width))
    return tuple(series)
