"""Ranked things in columns, each with its interval, and the interval of the first through all rows."""

from collections.abc import Callable, Hashable, Mapping
from math import ceil
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import SOURCE, Theme
from analysis.charts.language import say
from analysis.charts.native import BAND, Native, Plot, by_color, marks_of, spans
from analysis.charts.scales import axis, row_axis

ABOVE, HEAD, FOOT, GAP = 6, 26, 22, 28
"""Pixels above the name of a column, from there to the rows, under them for the scale, between columns."""
NARROWEST = 280
"""Pixels of width of a column; where there are fewer, columns stand below each other."""
RANK, NAME_SHARES = 24, (0.46, 0.6)
"""Pixels for the rank, and the part of a column's width that names take, and may take where they are long."""
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
    abreast = max(1, min(len(names), int((body.width + GAP) // (NARROWEST + GAP))))
    width = (body.width - GAP * (abreast - 1)) / abreast
    longest, high = int(frame["column"].value_counts().max()), body.height / ceil(len(names) / abreast)
    pitch = min(MOST, (high - ABOVE - HEAD - FOOT) / longest)
    name_width = _name_width(figure, frame, width, theme)
    for n, name in enumerate(names):
        row, column = divmod(n, abreast)
        left, top = body.x0 + column * (width + GAP), body.y1 - row * high - ABOVE
        things = frame[frame["column"].eq(name)]
        head = house.put(figure, left, top, "", theme.ink, va="top", weight="bold")
        head.set_text(house.wrap(head, str(name), width, lines=1))
        top -= HEAD
        room = Bbox([[left + RANK + name_width + 8, top - pitch * len(things)], [left + width, top]])
        axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
        axes.set_ylim(len(things) - 0.5, -0.5)
        axes.set_yticks([])
        _scale(axes, things, tick, theme)
        rows = things.to_dict("records")
        for place, thing in enumerate(rows):
            _words(figure, left, name_width, top - (place + 0.5) * pitch, thing, theme)
            _thing(axes, place, thing, theme)
        if rows[0]["low"] < rows[0]["high"]:
            axes.axvspan(rows[0]["low"], rows[0]["high"], color=theme.faint, linewidth=0, zorder=0.5)


def _name_width(figure: Figure, frame: pd.DataFrame, width: float, theme: Theme) -> float:
    """The pixels for names in a column of a width."""
    texts = [_name(figure, 0, 0, row, theme) for row in frame.to_dict("records")]
    widest = max(house.extent(text).width for text in texts)
    for text in texts:
        text.remove()
    least, most = NAME_SHARES
    return float(min(max(widest, least * width), most * width))


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
    figure: Figure, left: float, name_width: float, y: float, row: Mapping[Hashable, Any], theme: Theme
) -> None:
    """Write the rank and the name of a row."""
    house.put(figure, left + RANK - 8, y, str(row["rank"]), theme.muted, SOURCE, ha="right", va="center")
    name = _name(figure, left + RANK, y, row, theme)
    name.set_text(house.wrap(name, row["name"], name_width, lines=1))


def _name(figure: Figure, x: float, y: float, row: Mapping[Hashable, Any], theme: Theme) -> Text:
    """Write the name of a row."""
    weight = "bold" if row["is_bold"] else "regular"
    return house.put(figure, x, y, row["name"], theme.ink, SOURCE, va="center", weight=weight)


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


def native(frame: pd.DataFrame, theme: Theme, tick: Tick) -> Native:
    """The same columns, as `draw` takes them, as charts that can be edited."""
    return Native(
        tuple(_panel(things, str(name), theme, tick) for name, things in frame.groupby("column", sort=False)),
        columns=frame["column"].nunique(),
    )


def _panel(things: pd.DataFrame, heading: str, theme: Theme, tick: Tick) -> Plot:
    """A column as a chart."""
    rows = things.drop(columns=["low", "high"]).assign(
        y=range(1, len(things) + 1), x=things["value"], x_low=things["low"], x_high=things["high"], label="",
        mark=marks_of(things["is_firm"]),
    )  # fmt: skip
    first = rows.iloc[0]
    band = rows.assign(x_low=first["x_low"], x_high=first["x_high"])
    series = [spans(band, say("interval of the first"), theme.other, 9, BAND)]
    values = things[["low", "value", "high"]]
    names = pd.DataFrame(
        {"name": things["rank"].astype(str) + "  " + things["name"], "is_bold": things["is_bold"]}
    )
    return Plot(
        (*(series if first["x_low"] < first["x_high"] else []), *by_color(rows, theme)),
        axis(values.min().min(), values.max().max(), tick, most=4),
        row_axis(len(things)),
        names,
        heading,
    )
