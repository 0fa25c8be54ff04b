"""Bars from zero to what is certain, with a whisker over what is possible."""

from collections.abc import Hashable, Iterable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import Mark, Theme
from analysis.charts.words import bounds, dollars

ARROW = 26
"""Pixels of the arrow that an open end is drawn as."""
GAP = 10
HALF_TICK = 8
"""Pixels at the right for a tick at the very end, whose words reach half their width beyond the axis."""
NAME_SHARE = 0.3
"""The part of the width that names may take."""


def key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    """What the marks that occur in the frame mean."""
    tick = {"marker": "|", "markersize": 11, "markeredgewidth": 1.6, "color": theme.ink, "ls": ""}
    arrow = {"marker": ">", "markersize": 7, "color": theme.ink, "ls": ""}
    marks = [
        (
            frame["usd_low"].gt(0),
            Mark("lower bounds added up", {"marker": "s", "markersize": 9, "color": theme.accent, "ls": ""}),
        ),
        (frame["usd_stated"].notna(), Mark("stated figures added up", _stated(theme))),
        (frame["usd_high"].gt(frame["usd_low"]), Mark("upper bounds added up", tick)),
        (_is_open(frame), Mark("open end", arrow)),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


def draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    """Draw a row a bar, the first on top.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: `name`, `note` (what stands under the amount), `color`, `usd_low`, `usd_stated`, `usd_high`.
        theme: colours.
    """
    foot = 24
    names = _names(figure, body, frame["name"], theme)
    left = max(house.extent(name).x1 for name in names) + 12
    room = Bbox([[left, body.y0 + foot], [body.x1 - HALF_TICK, body.y1]])
    axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
    rows = range(len(frame))
    axes.set_ylim(len(frame) - 0.5, -0.5)
    axes.set_yticks([])
    for name, row in zip(names, rows, strict=True):
        name.set_y((room.y1 - (row + 0.5) * room.height / len(frame)) / figure.bbox.height)

    thick = min(0.5, 30 * len(frame) / room.height)
    axes.barh(rows, frame["usd_low"].fillna(0), height=thick, color=frame["color"])
    labels = [_label(figure, values, room.width / 2, theme) for values in frame.to_dict("records")]
    widths = [max(house.extent(line).width for line in label) for label in labels]
    _scale(axes, frame, widths, room.width)
    pixel = axes.get_xlim()[1] / room.width
    for row, (label, values) in enumerate(zip(labels, frame.to_dict("records"), strict=True)):
        end = _whisker(axes, row, values, pixel, theme)
        for line in label:
            line.set_transform(axes.transData)
            line.set_position((end + GAP * pixel, row))

    axes.grid(axis="x", color=theme.faint)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: dollars(value)))
    if not frame[["usd_low", "usd_stated", "usd_high"]].gt(0).any(axis=None):
        axes.set_xticks([])
    axes.tick_params(axis="x", colors=theme.muted)
    axes.axvline(0, color=theme.ink, linewidth=1)


def _names(figure: Figure, body: Bbox, names: Iterable[str], theme: Theme) -> list[Text]:
    """Write the names, broken into two lines where they are long; the height comes later."""
    texts = [house.put(figure, body.x0, 0, "", theme.ink, va="center", weight="bold") for _ in names]
    for text, name in zip(texts, names, strict=True):
        text.set_text(house.wrap(text, name, NAME_SHARE * body.width, lines=2))
    return texts


def _label(figure: Figure, values: dict[Hashable, Any], room: float, theme: Theme) -> tuple[Text, Text]:
    """Write the amount of a row, and the note under it."""
    amount = house.put(figure, 0, 0, bounds(values["usd_low"], values["usd_high"]), theme.ink, va="bottom")
    note = house.put(figure, 0, 0, "", theme.muted, va="top")
    note.set_text(house.wrap(note, values["note"], room, lines=1))
    house.clear(amount, theme)
    house.clear(note, theme)
    return amount, note


def _scale(axes: Axes, frame: pd.DataFrame, widths: list[float], room: float) -> None:
    """Choose the end of the axis so that every label fits behind its whisker."""
    ends = frame[["usd_low", "usd_stated", "usd_high"]].max(axis=1).fillna(0)
    taken = pd.Series(widths, frame.index) + 2 * GAP + _is_open(frame) * ARROW
    needed = (ends * room / (room - taken).clip(lower=room / 10)).max()
    axes.set_xlim(0, needed * 1.01 or 1)


def _is_open(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Whether an amount has a lower bound only."""
    return frame["usd_high"].isna() & frame["usd_low"].notna()


def _whisker(axes: Axes, row: int, values: dict[Hashable, Any], pixel: float, theme: Theme) -> float:
    """Draw the interval and the stated sum of one row; return where its marks end."""
    low, stated, high = values["usd_low"], values["usd_stated"], values["usd_high"]
    end = max((value for value in (low, stated, high) if value == value), default=0.0)
    if low == low and high != high:
        axes.annotate( "", (end + ARROW * pixel, row), (low, row), arrowprops={"arrowstyle": "-|>", "color":
            theme.ink, "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip
        end += ARROW * pixel
    elif high > low:
        axes.plot([low, high], [row, row], color=theme.ink)
        axes.plot([high], [row], marker="|", markersize=11, markeredgewidth=1.6, color=theme.ink)
    if stated == stated:
        axes.plot([stated], [row], clip_on=False, zorder=4, **_stated(theme))
    return float(end)


def _stated(theme: Theme) -> dict[str, Any]:
    """How the sum of the stated figures is drawn."""
    return {
        "marker": "D", "markersize": 7, "markerfacecolor": theme.paper, "markeredgecolor": theme.ink,
        "markeredgewidth": 1.4, "ls": "",
    }  # fmt: skip
