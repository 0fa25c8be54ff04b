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
from analysis.charts.language import say
from analysis.charts.native import Bars, Native
from analysis.charts.scales import axis
from analysis.charts.words import percent

FOOT, GAP, ARROW = 24, 10, 26
"""Pixels under the rows for the scale, before a label, and of the arrow that an unknown end is drawn as."""
THICK = 26
"""Pixels of a bar, where the rows leave room for it."""
NAME_SHARE, LABEL_SHARE = 0.34, 0.3
"""The parts of the width that names, and the words behind the bars, may take beside the bars."""
NAME_OVER, LABEL_OVER = 0.58, 0.38
"""The same, where there is so little room that all words stand over the bars."""
OVER, UNDER = 0.18, 0.28
"""How far, in rows, words then stand over the middle of a row, and bars under it."""


def key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    """What the marks that occur in the frame mean."""
    bar = {"marker": "s", "markersize": 9, "color": theme.other, "ls": ""}
    tick = {"marker": "|", "markersize": 11, "markeredgewidth": 1.6, "color": theme.ink, "ls": ""}
    arrow = {"marker": ">", "markersize": 7, "color": theme.ink, "ls": ""}
    is_unknown = frame["share"].notna() & (frame["share_low"].isna() | frame["share_high"].isna())
    marks = [
        (frame["told_low"].gt(0), Mark(say("least, by what was told"), bar)),
        (frame["told_high"].gt(frame["told_low"]), Mark(say("most, by what was told"), tick)),
        (frame["share"].notna(), Mark(say("share of the lower bounds"), _diamond(theme))),
        (is_unknown, Mark(say("may lie beyond: open ends"), arrow)),
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
    is_narrow = body.width < house.NARROW
    over, under = (OVER, UNDER) if is_narrow else (0, 0)
    lines = 1 if is_narrow else 2
    pitch = (body.height - FOOT) / len(rows)
    middles = [(body.y1 - (n + 0.5 - over) * pitch) / figure.bbox.height for n in range(len(rows))]
    room = (NAME_OVER if is_narrow else NAME_SHARE) * body.width
    names = [_pair(figure, body.x0, row["name"], row["name_note"], room, lines, theme) for row in rows]
    for pair, y in zip(names, middles, strict=True):
        for text in pair:
            text.set_y(y)
            if is_narrow:
                house.clear(text, theme)
    left = body.x0 if is_narrow else max(house.extent(text).x1 for pair in names for text in pair) + 14
    inside = Bbox([[left, body.y0 + FOOT], [body.x1, body.y1]])
    axes = figure.add_axes(house.fraction(figure, inside), facecolor="none")
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks([])
    room = (LABEL_OVER if is_narrow else LABEL_SHARE) * body.width
    labels = [
        _pair(figure, body.x1, row["label"], row["note"], room, lines, theme, weight="regular")
        for row in rows
    ]
    _scale(axes, frame, [] if is_narrow else labels, inside.width)
    pixel = axes.get_xlim()[1] / inside.width
    places = [place + under for place in range(len(rows))]
    thick = min(0.3 if is_narrow else 0.5, THICK / pitch)
    axes.barh(places, frame["told_low"].fillna(0), height=thick, color=frame["color"])
    for place, row, label, y in zip(places, rows, labels, middles, strict=True):
        end = _whisker(axes, place, row, pixel, theme)
        for text in label:
            if is_narrow:
                text.set(y=y, ha="right")
            else:
                text.set_transform(axes.transData)
                text.set_position((end + GAP * pixel, place))
            house.clear(text, theme)
    axes.axvline(0, color=theme.ink, linewidth=1)
    axes.grid(axis="x", color=theme.faint)
    axes.tick_params(axis="x", colors=theme.muted)


def _pair(
    figure: Figure,
    x: float,
    name: str,
    note: str,
    room: float,
    lines: int,
    theme: Theme,
    weight: str = "bold",
) -> tuple[Text, Text]:
    """Write words and a note of so many lines under them; the height comes later."""
    first = house.put(figure, x, 0, "", theme.ink, va="bottom", weight=weight)
    first.set_text(house.wrap(first, name, room, lines=1))
    second = house.put(figure, x, 0, "", theme.muted, house.SOURCE, va="top", linespacing=1.15)
    second.set_text(house.wrap(second, note, room, lines))
    return first, second


def _scale(axes: Axes, frame: pd.DataFrame, labels: list[tuple[Text, Text]], room: float) -> None:
    """Choose the end of the axis so that every arrow, and every label behind its bar, has room."""
    words = [max(house.extent(text).width for text in pair) for pair in labels] or [0.0] * len(frame)
    taken = pd.Series(words, frame.index) + 2 * GAP + ARROW
    ends = frame[["share", "told_high"]].max(axis=1).fillna(0)
    needed = (ends * room / (room - taken).clip(lower=room / 10)).max()
    axes.set_xlim(0, needed * 1.01 or 1)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    # A scale that ends beyond the whole has room for labels there, and no ticks.
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value) if value <= 1 else ""))


def _whisker(axes: Axes, place: float, row: Mapping[Hashable, Any], pixel: float, theme: Theme) -> float:
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


def native(frame: pd.DataFrame, theme: Theme) -> Native:
    """The same rows, as `draw` takes them, as a chart that can be edited."""
    is_known = frame["share"].notna()
    left, right = (is_known & frame[end].isna() for end in ("share_low", "share_high"))
    arrows = left.map({True: "←", False: ""}) + right.map({True: "→", False: ""})
    rows = pd.DataFrame(
        {
            "name": frame["name"] + "\n" + frame["name_note"],
            "color": frame["color"],
            "low": frame["told_low"],
            "stated": frame["share"],
            "high": frame["told_high"],
            "label": (arrows + " " + frame["label"]).str.lstrip() + "\n" + frame["note"],
        }
    )
    terms = say("least"), say("share of the lower bounds"), say("most")
    top = rows[["low", "stated", "high"]].max().max()
    return Native((Bars(rows, terms, theme.ink, axis(0, top if top > 0 else 1, percent)),))
