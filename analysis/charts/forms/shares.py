"""Parts of a whole, a row a part, on a scale of percent from zero, with a whisker over what is possible."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import Mark, Theme
from analysis.charts.words import percent

FOOT, GAP, ARROW = 24, 10, 26
"""Pixels under the rows for the scale, before a label, and of the arrow that an unknown end is drawn as."""
THICK = 26
"""Pixels of a bar, where the rows leave room for it."""
NAME_SHARE, LABEL_SHARE = 0.34, 0.3
"""The parts of the width that names, and the words behind the bars, may take."""


def key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    """What the marks that occur in the frame mean."""
    bar = {"marker": "s", "markersize": 9, "color": theme.other, "ls": ""}
    tick = {"marker": "|", "markersize": 11, "markeredgewidth": 1.6, "color": theme.ink, "ls": ""}
    arrow = {"marker": ">", "markersize": 7, "color": theme.ink, "ls": ""}
    is_unknown = frame["share"].notna() & (frame["share_low"].isna() | frame["share_high"].isna())
    marks = [
        (frame["told_low"].gt(0), Mark("least, by what was told", bar)),
        (frame["told_high"].gt(frame["told_low"]), Mark("most, by what was told", tick)),
        (frame["share"].notna(), Mark("share of the lower bounds", _diamond(theme))),
        (is_unknown, Mark("may lie beyond: open ends", arrow)),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


def draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    """Draw a row a part, the first on top.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: `name`, `name_note` (under it), `label` (behind the bar), `note` (under that), `color`, and the
            columns of `measures.shares.share`.
        theme: colours.
    """
    rows = frame.to_dict("records")
    pitch = (body.height - FOOT) / len(rows)
    middles = [body.y1 - (n + 0.5) * pitch for n in range(len(rows))]
    room = NAME_SHARE * body.width
    names = [_pair(figure, body.x0, row["name"], row["name_note"], room, theme) for row in rows]
    for (name, note), y in zip(names, middles, strict=True):
        for text in (name, note):
            text.set_y(y / figure.bbox.height)
    left = max(house.extent(text).x1 for pair in names for text in pair) + 14
    inside = Bbox([[left, body.y0 + FOOT], [body.x1, body.y1]])
    axes = figure.add_axes(house.fraction(figure, inside), facecolor="none")
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks([])
    room = LABEL_SHARE * body.width
    labels = [_pair(figure, 0, row["label"], row["note"], room, theme, weight="regular") for row in rows]
    _scale(axes, frame, labels, inside.width)
    pixel = axes.get_xlim()[1] / inside.width
    axes.barh(
        range(len(rows)), frame["told_low"].fillna(0), height=min(0.5, THICK / pitch), color=frame["color"]
    )
    for place, (row, label) in enumerate(zip(rows, labels, strict=True)):
        end = _whisker(axes, place, row, pixel, theme)
        for text in label:
            text.set_transform(axes.transData)
            text.set_position((end + GAP * pixel, place))
            house.clear(text, theme)
    axes.axvline(0, color=theme.ink, linewidth=1)
    axes.grid(axis="x", color=theme.faint)
    axes.tick_params(axis="x", colors=theme.muted)


def _pair(
    figure: Figure, x: float, name: str, note: str, room: float, theme: Theme, weight: str = "bold"
) -> tuple[Text, Text]:
    """Write words and a note under them; the height comes later."""
    first = house.put(figure, x, 0, "", theme.ink, va="bottom", weight=weight)
    first.set_text(house.wrap(first, name, room, lines=1))
    second = house.put(figure, x, 0, "", theme.muted, house.SOURCE, va="top", linespacing=1.15)
    second.set_text(house.wrap(second, note, room, lines=2))
    return first, second


def _scale(axes: Axes, frame: pd.DataFrame, labels: list[tuple[Text, Text]], room: float) -> None:
    """Choose the end of the axis so that every label fits behind its bar."""
    taken = [max(house.extent(text).width for text in pair) + 2 * GAP + ARROW for pair in labels]
    ends = frame[["share", "told_high"]].max(axis=1).fillna(0)
    needed = (ends * room / (room - pd.Series(taken, frame.index)).clip(lower=room / 10)).max()
    axes.set_xlim(0, needed * 1.01 or 1)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    # A scale that ends beyond the whole has room for labels there, and no ticks.
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value) if value <= 1 else ""))


def _whisker(axes: Axes, place: int, row: Mapping[Hashable, Any], pixel: float, theme: Theme) -> float:
    """Draw the interval and the share of one row; return where its marks end."""
    if row["share"] != row["share"]:
        return 0.0
    low, high = row["told_low"], row["told_high"]
    end = max(row["share"], high)
    line: dict[str, Any] = {"color": theme.ink, "zorder": 3}
    axes.plot([low, high], [place, place], **line)
    arrow = {"arrowstyle": "-|>", "color": theme.ink, "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0}
    if row["share_low"] != row["share_low"]:
        axes.annotate("", (max(low - ARROW * pixel, 0), place), (low, place), arrowprops=arrow)
    if row["share_high"] != row["share_high"]:
        axes.annotate("", (high + ARROW * pixel, place), (high, place), arrowprops=arrow)
        end = high + ARROW * pixel
    elif high > low:
        axes.plot([high], [place], marker="|", markersize=11, markeredgewidth=1.6, **line)
    axes.plot([row["share"]], [place], **{**_diamond(theme), "zorder": 4})
    return float(end)


def _diamond(theme: Theme) -> dict[str, Any]:
    """How the share of the lower bounds is drawn."""
    return {
        "marker": "D", "markersize": 7, "markerfacecolor": theme.paper, "markeredgecolor": theme.ink,
        "markeredgewidth": 1.4, "ls": "",
    }  # fmt: skip
