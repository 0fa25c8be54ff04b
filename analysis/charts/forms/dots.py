"""Dots on rows, with whiskers over what is possible and a line to hold them against."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import Theme
from analysis.charts.words import dollars

FOOT = 24
"""Pixels under the rows for the scale."""
GAP = 10
ARROW = 26
NAME_SHARE, NOTE_SHARE = 0.3, 0.2
"""The parts of the width that names and the notes behind them may take."""


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
    heights = [body.y1 - (row + 0.5) * pitch for row in range(len(frame))]
    rows = frame.to_dict("records")
    left = body.x0
    for row, y in zip(rows, heights, strict=True):
        left = max(
            left, _name(figure, body, y, str(row["name"]), str(row["note"]), row["is_reference"], theme)
        )
    labels = [house.put(figure, 0, 0, row["label"], theme.ink, va="center") for row in rows]
    room = Bbox([[left + 16, body.y0 + FOOT], [body.x1, body.y1]])
    axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
    axes.set_ylim(len(frame) - 0.5, -0.5)
    axes.set_yticks([])
    pixel = _scale(axes, frame, labels, room.width, theme)
    for place, (row, label) in enumerate(zip(rows, labels, strict=True)):
        end = _dot(axes, place, row, pixel, theme)
        label.set_transform(axes.transData)
        label.set_position((end + GAP * pixel, place))
        house.clear(label, theme)
    axes.tick_params(axis="x", colors=theme.muted)


def _name(figure: Figure, body: Bbox, y: float, name: str, note: str, is_bold: bool, theme: Theme) -> float:
    """Write a name and the note behind it; return where they end."""
    weight = "bold" if is_bold else "regular"
    text = house.put(figure, body.x0, y, "", theme.ink, va="center", weight=weight)
    text.set_text(house.wrap(text, name, NAME_SHARE * body.width, lines=1))
    end = float(house.extent(text).x1)
    if note:
        behind = house.put(figure, end + 6, y, "", theme.muted, va="center")
        behind.set_text(house.wrap(behind, note, NOTE_SHARE * body.width, lines=1))
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
    return (high - low) / room


def _dot(axes: Axes, place: int, row: dict[Any, Any], pixel: float, theme: Theme) -> float:
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
