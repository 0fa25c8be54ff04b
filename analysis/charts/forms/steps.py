"""A total for each of several things as it steps from one known figure to the next, with its bounds."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.forms import timeline
from analysis.charts.house import Mark, Theme
from analysis.charts.language import say
from analysis.charts.native import NONE, Native, Series, points
from analysis.charts.scales import Axis

ENDS = ["usd_low", "usd_stated", "usd_high"]


def key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    """What the marks that occur in the frame mean."""
    return timeline.key(frame, theme)


def draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    """Draw a lane for each name, in order of their first row, on one scale of time and of dollars.

    A step begins at a figure and ends at the next one, the last at the edge. It is as high as the stated
    figure, or as the middle of its bounds, and a band covers them; above an open end there is none.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: as `timeline.draw` takes it, one row a figure. Rows without any amount make no step.
        theme: colours.
    """
    timeline.draw(figure, body, frame, theme, under=_steps)


def _steps(axes: Axes, events: pd.DataFrame, theme: Theme) -> list[Bbox]:
    """Draw the steps of a lane; return the boxes of their lines, in pixels."""
    known = events[events[ENDS].notna().any(axis=1)]
    if known.empty:
        return []
    middles = known["date_start"] + (known["date_end"] - known["date_start"]) / 2
    known = known.assign(middle=middles).sort_values("middle", kind="stable")
    ends = [axes.convert_xunits(middle) for middle in known["middle"].iloc[1:]]  # type: ignore[no-untyped-call]
    lines, before = [], 0.0
    for row, right in zip(known.to_dict("records"), [*ends, axes.get_xlim()[1]], strict=True):
        left = axes.convert_xunits(row["middle"])  # type: ignore[no-untyped-call]
        amounts = [row[end] for end in ENDS if row[end] == row[end]]
        height = row["usd_stated"] if row["usd_stated"] == row["usd_stated"] else sum(amounts) / len(amounts)
        axes.fill_between([left, right], 0, height, color=theme.faint, alpha=0.6, linewidth=0, zorder=0)
        axes.fill_between(
            [left, right], amounts[0], amounts[-1], color=theme.other, alpha=0.35, linewidth=0, zorder=1
        )
        axes.plot([left, left], [before, height], color=theme.muted, linewidth=1.2, zorder=1)
        axes.plot([left, right], [height, height], color=theme.muted, linewidth=1.2, zorder=1)
        (x0, y), (x1, _) = axes.transData.transform([(left, height), (right, height)])
        lines.append(Bbox([[x0, y - 2], [x1, y + 2]]))
        before = height
    return lines


def native(frame: pd.DataFrame, theme: Theme) -> Native:
    """The same lanes, as `draw` takes them, as charts that can be edited; bounds are whiskers."""
    return timeline.native(frame, theme, _corners)


def _corners(dots: pd.DataFrame, across: Axis, theme: Theme) -> Series:
    """The line of a lane from figure to figure, from zero to the edge of the scale."""
    known = dots.loc[dots["y"] > 0, ["x", "y"]]
    corners = [pd.DataFrame({"x": known["x"], "y": known["y"].shift(fill_value=0)}), known]
    line = pd.concat(corners).sort_index(kind="stable").sort_values("x", kind="stable")
    end = known.tail(1).assign(x=across.high)
    bare = pd.concat([line, end]).assign(mark=NONE, color=theme.muted)
    return Series(say("steps"), points(bare), line=theme.muted)
