"""Values that were told of one thing, a row a thing, over the interval that was made of them."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullLocator
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import Mark, Theme
from analysis.charts.words import dollars

FOOT = 24
NAME_WIDTH, REMARK_WIDTH, GAP = 160, 200, 16
"""Pixels for the names at the left, for the remarks at the right, and beside both."""
HALF_HEIGHT = 9
"""Half the height of an interval, in pixels."""
FEW = 30
"""Ends of a scale that are less than this factor apart have ticks at 1, 2 and 5, others at powers of ten."""
VALUES = ["value_low", "value", "value_high"]
BOUNDS = ["usd_low", "usd_stated", "usd_high"]


def key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    """What the marks of intervals in a frame with `VALUES` and `BOUNDS` mean."""
    band = {"marker": "s", "markersize": 11, "color": theme.faint, "ls": ""}
    tick = {"marker": "|", "markersize": 14, "markeredgewidth": 1.6, "color": theme.ink, "ls": ""}
    is_wide = frame["usd_low"].notna() & ~frame["usd_low"].eq(frame["usd_high"])
    line = {"marker": "_", "markersize": 14, "markeredgewidth": 1.6, "color": theme.other, "ls": ""}
    only_bounds = frame["value"].isna() & frame[["value_low", "value_high"]].notna().any(axis=1)
    marks = [
        (only_bounds, Mark("reported bounds", line)),
        (frame["usd_stated"].notna(), Mark("chosen value", tick)),
        (is_wide, Mark("its bounds", band)),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


def filled(color: str) -> dict[str, Any]:
    """How a value is drawn."""
    return {"marker": "o", "markersize": 8, "color": color, "markeredgecolor": color, "ls": ""}


def hollow(color: str, theme: Theme) -> dict[str, Any]:
    """How a value that was not believed is drawn."""
    return {**filled(color), "markerfacecolor": theme.paper, "markeredgewidth": 1.8}


def draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    """Draw a row for each lane, in order of their first value.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: one row a value: `value`, or only `value_low` and `value_high` where no figure was told,
            `color` and `is_hollow` of its mark; and, the same for all values of a `lane`, its `name`, `note`
            (under the name), `remark` (at the right) and chosen `usd_low`, `usd_stated`, `usd_high`.
        theme: colours.
    """
    lanes = frame.drop_duplicates("lane").to_dict("records")
    left, right = body.x0 + NAME_WIDTH + GAP, body.x1 - REMARK_WIDTH - GAP
    room = Bbox([[left, body.y0 + FOOT], [right, body.y1]])
    axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
    _scale(axes, frame, theme)
    axes.set_ylim(len(lanes) - 0.5, -0.5)
    axes.set_yticks([])
    height = room.height / len(lanes)
    for row, lane in enumerate(lanes):
        _words(figure, body, room.y1 - (row + 0.5) * height, lane, theme)
        axes.axhline(row, color=theme.faint, linewidth=0.8, zorder=0)
        _interval(axes, row, lane, HALF_HEIGHT / height, theme)
        for value in frame[frame["lane"].eq(lane["lane"])].to_dict("records"):
            _value(axes, row, value, theme)


def _words(figure: Figure, body: Bbox, y: float, lane: Mapping[Hashable, Any], theme: Theme) -> None:
    """Write the name and the note of a lane at the left, its remark at the right."""
    name = house.put(figure, body.x0, y + 1, "", theme.ink, va="bottom", weight="bold")
    name.set_text(house.wrap(name, lane["name"], NAME_WIDTH, lines=1))
    note = house.put(figure, body.x0, y - 2, "", theme.muted, house.SOURCE, va="top")
    note.set_text(house.wrap(note, lane["note"], NAME_WIDTH, lines=1))
    remark = house.put(figure, body.x1 - REMARK_WIDTH, y, "", theme.ink, house.SOURCE, va="center")
    remark.set_text(house.wrap(remark, lane["remark"], REMARK_WIDTH, lines=2))


def _scale(axes: Axes, frame: pd.DataFrame, theme: Theme) -> None:
    """Choose the ends of the axis, where equal distances are equal factors, and its ticks."""
    known = pd.concat([frame[column] for column in (*VALUES, *BOUNDS)])
    known = known[known > 0]
    if known.empty:
        axes.set_xlim(0, 1)
        axes.set_xticks([])
        return
    low, high = float(known.min()), float(known.max())
    pad = max((high / low) ** 0.06, 1.1)
    first, last = low / pad, high * pad
    axes.set_xscale("log")
    subs = (1.0, 2.0, 5.0) if last / first < FEW else (1.0,)
    ticks = LogLocator(subs=subs).tick_values(first, last)
    axes.xaxis.set_major_locator(FixedLocator([tick for tick in ticks if first <= tick <= last]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlim(first, last)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: dollars(value)))
    axes.grid(axis="x", color=theme.faint)
    axes.tick_params(axis="x", colors=theme.muted)


def _interval(axes: Axes, row: int, lane: Mapping[Hashable, Any], half: float, theme: Theme) -> None:
    """Draw the chosen value of a lane and its bounds, to the edge of the scale where an end is open."""
    low, stated, high = (lane[name] for name in BOUNDS)
    if not (pd.isna(low) and pd.isna(high)):
        ends = _ends(axes, low, high)
        axes.fill_between(ends, row - half, row + half, color=theme.faint, linewidth=0, zorder=1)
    if not pd.isna(stated):
        axes.plot([stated, stated], [row - half, row + half], color=theme.ink, linewidth=1.6, zorder=2)


def _value(axes: Axes, row: int, value: Mapping[Hashable, Any], theme: Theme) -> None:
    """Draw one value: a dot, or a line where only bounds were told."""
    low, stated, high = (value[name] for name in VALUES)
    if not pd.isna(stated):
        look = hollow(value["color"], theme) if value["is_hollow"] else filled(value["color"])
        axes.plot([stated], [row], zorder=4 if value["is_hollow"] else 3, clip_on=False, **look)
    elif not (pd.isna(low) and pd.isna(high)):
        axes.plot(_ends(axes, low, high), [row, row], color=value["color"], linewidth=1.6, zorder=2.5)


def _ends(axes: Axes, low: float, high: float) -> tuple[float, float]:
    """Where an interval begins and ends on the scale."""
    first, last = axes.get_xlim()
    return low if low > first else first, last if pd.isna(high) else high
