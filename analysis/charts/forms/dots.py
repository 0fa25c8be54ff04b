"""Dots on rows, with whiskers over what is possible and a line to hold them against."""

from collections.abc import Hashable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import Theme
from analysis.charts.language import say
from analysis.charts.native import NONE, Native, Plot, Series, by_color, marks_of, points
from analysis.charts.scales import axis, row_axis
from analysis.charts.words import dollars

FOOT = 24
"""Pixels under the rows for the scale."""
GAP = 10
ARROW = 26
EDGE = 18
"""Pixels between the last tick and the end of the scale, for half its label."""
NAME_SHARE, NOTE_SHARE = 0.3, 0.2
"""The parts of the width that names and the notes behind them may take, beside the dots."""
OVER, UNDER = 0.25, 0.22
"""How far, in rows, names stand over the middle of a row and dots under it, where there is little room."""


def draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    """Draw a row a dot, the first on top; the scale need not begin at zero.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: `name`, `note` (behind the name, may be empty), `label` (behind the dot), `color`, `is_firm`
            (a hollow dot is not), `is_reference` (bold, with a line through all rows), `usd_low`,
            `usd_stated`, `usd_high`.
        theme: colours.
    """
    pitch = (body.height - FOOT) / len(frame)
    rows = frame.to_dict("records")
    is_narrow = body.width < house.NARROW
    over, under = (OVER, UNDER) if is_narrow else (0, 0)
    heights = [body.y1 - (place + 0.5 - over) * pitch for place in range(len(frame))]
    ends = [_name(figure, body, y, row, is_narrow, theme) for y, row in zip(heights, rows, strict=True)]
    left = body.x0 if is_narrow else max(ends)
    labels = [house.put(figure, 0, 0, row["label"], theme.ink, va="center") for row in rows]
    room = Bbox([[left + 16, body.y0 + FOOT], [body.x1, body.y1]])
    axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
    axes.set_ylim(len(frame) - 0.5, -0.5)
    axes.set_yticks([])
    pixel = _scale(axes, frame, labels, room.width, theme)
    for place, (row, label) in enumerate(zip(rows, labels, strict=True)):
        end = _dot(axes, place + under, row, pixel, theme)
        label.set_transform(axes.transData)
        label.set_position((end + GAP * pixel, place + under))
        house.clear(label, theme)
    axes.tick_params(axis="x", colors=theme.muted)


def _name(
    figure: Figure, body: Bbox, y: float, row: dict[Hashable, Any], is_narrow: bool, theme: Theme
) -> float:
    """Write a name and the note behind it; return where they end."""
    share = 2 if is_narrow else 1
    weight = "bold" if row["is_reference"] else "regular"
    text = house.put(figure, body.x0, y, "", theme.ink, va="center", weight=weight)
    text.set_text(house.wrap(text, str(row["name"]), share * NAME_SHARE * body.width, lines=1))
    house.clear(text, theme)
    end = float(house.extent(text).x1)
    if row["note"]:
        behind = house.put(figure, end + 6, y, "", theme.muted, va="center")
        behind.set_text(house.wrap(behind, str(row["note"]), share * NOTE_SHARE * body.width - 6, lines=1))
        house.clear(behind, theme)
        end = float(house.extent(behind).x1)
    return end


def _scale(axes: Axes, frame: pd.DataFrame, labels: list[Text], room: float, theme: Theme) -> float:
    """Choose the ends of the axis so that every label fits behind its dot; return dollars a pixel."""
    money = frame[["usd_low", "usd_stated", "usd_high"]]
    first, last = money.min().min(), money.max().max()
    if pd.isna(first):
        first = last = 0.0
        axes.set_xticks([])
    else:
        axes.grid(axis="x", color=theme.faint)
        axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: dollars(value)))
    span = (last - first) or (0.1 * last) or 1.0
    widest = max(house.extent(label).width for label in labels) + 2 * GAP + ARROW
    start = first - 0.06 * span
    end = start + (last - start) * room / max(room - widest, room / 10)
    axes.set_xlim(start, end if end > start else start + span)
    low, high = axes.get_xlim()
    pixel = (high - low) / room
    ticks = axes.get_xticks()
    axes.xaxis.set_major_locator(FixedLocator([x for x in ticks if low <= x <= high - EDGE * pixel]))
    return pixel


def _dot(axes: Axes, place: float, row: dict[Any, Any], pixel: float, theme: Theme) -> float:
    """Draw the interval and the figure of one row; return where its marks end."""
    low, stated, high = row["usd_low"], row["usd_stated"], row["usd_high"]
    end = max((value for value in (low, stated, high) if value == value), default=axes.get_xlim()[0])
    if row["is_reference"] and stated == stated:
        axes.axvline(stated, color=theme.ink, linewidth=1, linestyle=(0, (2, 2)), zorder=1)
    if low == low and high != high:
        arrow = {"arrowstyle": "-|>", "color": row["color"], "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0}
        end += ARROW * pixel
        axes.annotate("", (end, place), (low, place), arrowprops=arrow)
    elif low < high:
        axes.plot([low, high], [place, place], color=row["color"])
        axes.plot([low, high], [place, place], marker="|", markersize=11, markeredgewidth=1.6, ls="",
                  color=row["color"])  # fmt: skip
    if stated == stated:
        axes.plot([stated], [place], zorder=3, **mark(row["color"], row["is_firm"], theme))
    return float(end)


def mark(color: str, is_firm: bool, theme: Theme) -> dict[str, Any]:
    """How a figure is drawn."""
    return {
        "marker": "o", "markersize": 8.5, "markerfacecolor": color if is_firm else theme.paper,
        "markeredgecolor": color, "markeredgewidth": 1.8, "ls": "",
    }  # fmt: skip


def native(frame: pd.DataFrame, theme: Theme) -> Native:
    """The same rows, as `draw` takes them, as a chart that can be edited."""
    money, n = frame[["usd_low", "usd_stated", "usd_high"]], len(frame)
    is_open = frame["usd_low"].notna() & frame["usd_high"].isna()
    low, high = (0.0, 1.0) if money.isna().all(axis=None) else (money.min().min(), money.max().max())
    scale = axis(low, high, dollars)
    dots = frame.assign(
        y=range(1, n + 1), x=frame["usd_stated"].fillna(frame["usd_low"]).fillna(frame["usd_high"]),
        x_low=frame["usd_low"], x_high=frame["usd_high"], label="",
        mark=marks_of(frame["is_firm"]).where(frame["usd_stated"].notna(), NONE),
    )  # fmt: skip
    behind = dots.assign(
        x=money.max(axis=1).fillna(scale.low), label=is_open.map({True: "→ ", False: ""}) + frame["label"],
        mark=NONE,
    )  # fmt: skip
    lines = [
        Series(row["name"], points(pd.DataFrame({"x": row["usd_stated"], "y": [0.5, n + 0.5], "mark": NONE,
               "color": theme.ink})), line=theme.muted, is_dashed=True, width=0.75)
        for row in frame[frame["is_reference"] & frame["usd_stated"].notna()].to_dict("records")
    ]  # fmt: skip
    names = pd.DataFrame(
        {"name": (frame["name"] + "\n" + frame["note"]).str.rstrip("\n"), "is_bold": frame["is_reference"]}
    )
    words = Series(say("label"), points(behind), side="r")
    series = (*lines, *by_color(dots[dots["x"].notna()], theme), words)
    return Native((Plot(series, scale, row_axis(n), names),))
