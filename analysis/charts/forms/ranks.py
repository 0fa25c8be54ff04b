"""Ranked things in columns, each with its interval, and the interval of the first through all rows."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import SOURCE, Theme

ABOVE, HEAD, FOOT, GAP = 6, 26, 22, 28
"""Pixels above the name of a column, from there to the rows, under them for the scale, between columns."""
RANK, NAME_SHARE = 24, 0.46
"""Pixels for the rank, and the part of a column's width that names may take."""
MOST = 24
"""Pixels of the highest row."""

Tick = Callable[[float], str]


def point(color: str, fill: str) -> dict[str, Any]:
    """How a value is drawn."""
    return {
        "marker": "o", "markersize": 6, "markerfacecolor": fill,
        "markeredgecolor": color, "markeredgewidth": 1.5, "ls": "",
    }  # fmt: skip


def draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme, tick: Tick) -> None:
    """Draw a column for each name, in order of their first row, each on a scale of its own.

    The scale need not begin at zero.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: one row a thing, the first of a column on top: `column`, `rank`, `name`, `value`, `low`,
            `high`, `color`, `is_firm` (else hollow), `is_bold`.
        theme: colours.
        tick: words of a value on the scale.
    """
    names = frame["column"].unique()
    width = (body.width - GAP * (len(names) - 1)) / len(names)
    longest = int(frame["column"].value_counts().max())
    pitch = min(MOST, (body.height - ABOVE - HEAD - FOOT) / longest)
    for n, name in enumerate(names):
        left = body.x0 + n * (width + GAP)
        things = frame[frame["column"].eq(name)]
        head = house.put(figure, left, body.y1 - ABOVE, "", theme.ink, va="top", weight="bold")
        head.set_text(house.wrap(head, str(name), width, lines=1))
        top = body.y1 - ABOVE - HEAD
        room = Bbox([[left + RANK + NAME_SHARE * width + 8, top - pitch * len(things)], [left + width, top]])
        axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
        axes.set_ylim(len(things) - 0.5, -0.5)
        axes.set_yticks([])
        _scale(axes, things, tick, theme)
        rows = things.to_dict("records")
        for place, row in enumerate(rows):
            _words(figure, left, width, top - (place + 0.5) * pitch, row, theme)
            _thing(axes, place, row, theme)
        if rows[0]["low"] < rows[0]["high"]:
            axes.axvspan(rows[0]["low"], rows[0]["high"], color=theme.faint, linewidth=0, zorder=0.5)


def _scale(axes: Axes, things: pd.DataFrame, tick: Tick, theme: Theme) -> None:
    """Choose the ends of the axis and mark a few values."""
    values = things[["low", "value", "high"]]
    low, high = values.min().min(), values.max().max()
    pad = 0.06 * (high - low) or 1.0
    axes.set_xlim(low - pad, high + pad)
    axes.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    axes.grid(axis="x", color=theme.faint)
    axes.tick_params(axis="x", colors=theme.muted, labelsize=SOURCE)


def _words(
    figure: Figure, left: float, width: float, y: float, row: Mapping[Hashable, Any], theme: Theme
) -> None:
    """Write the rank and the name of a row."""
    house.put(figure, left + RANK - 8, y, str(row["rank"]), theme.muted, SOURCE, ha="right", va="center")
    weight = "bold" if row["is_bold"] else "regular"
    name = house.put(figure, left + RANK, y, "", theme.ink, SOURCE, va="center", weight=weight)
    name.set_text(house.wrap(name, row["name"], NAME_SHARE * width, lines=1))


def _thing(axes: Axes, place: int, row: Mapping[Hashable, Any], theme: Theme) -> None:
    """Draw the interval and the value of one row."""
    if row["low"] < row["high"]:
        axes.plot([row["low"], row["high"]], [place, place], color=row["color"], linewidth=1.4)
    axes.plot(
        [row["value"]],
        [place],
        zorder=3,
        **point(row["color"], row["color"] if row["is_firm"] else theme.paper),
    )
