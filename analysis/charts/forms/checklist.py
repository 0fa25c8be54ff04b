"""Statements in groups, each with the mark of its verdict and a bar for a count."""

from collections.abc import Sequence
from math import ceil
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import SOURCE, Mark, Theme

HEAD = 58
"""Pixels for the names of the columns."""
COLUMN, COUNT = 74, 84
"""Widths of a column of marks and of the bars."""
LINE, AIR, GROUP = 15.0, 8.0, 28.0
"""Heights of a line of text, of the room between statements and of the head of a group."""
WIDE, SIDE, WIDE_COLUMN = 900, 170, 96
"""From this width on, the names of groups stand at the left of their statements, and columns are wider."""
SET = 760
"""The width on which a statement takes two lines at most."""
MOST = 1.35
"""How much looser than this rows may stand where there is room."""
MARK = 24
"""Pixels for a mark before its statement, where there is no room for columns."""


def draw(
    figure: Figure, body: Bbox, frame: pd.DataFrame, columns: Sequence[Mark], counted: str, theme: Theme
) -> None:
    """Draw a row a statement, the first on top.

    The marks stand in a column a verdict; where there is little room, before the statements, under a key.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: `group`, `text`, `column` (the meaning of one of the columns), `n` and `is_firm` (else the
            bar is hollow), with each group in one piece.
        columns: what the columns mean, from the left, and how their marks are drawn.
        counted: what `n` counts.
        theme: colours.
    """
    axes = figure.add_axes(house.fraction(figure, body), facecolor="none")
    axes.set_xlim(0, body.width)
    axes.set_ylim(body.height, 0)
    axes.set_axis_off()
    is_narrow = body.width < house.NARROW
    side, column = (SIDE, WIDE_COLUMN) if body.width >= WIDE else (0, COLUMN)
    if is_narrow:
        left, width = MARK, body.width - MARK - COUNT
        centers = {mark.meaning: 7.0 for mark in columns}
        _key(figure, body, frame, columns, theme)
    else:
        left, width = side, body.width - side - len(columns) * column - COUNT
        centers = {mark.meaning: left + width + (n + 0.5) * column for n, mark in enumerate(columns)}
        _heads(figure, body, frame, centers, column, theme)
    what = house.put(
        figure, body.x1 - COUNT + 8, body.y1 - 17, "", theme.muted, SOURCE, va="top", linespacing=1.1
    )
    what.set_text(house.wrap(what, counted, COUNT - 8, lines=2))

    styles = {mark.meaning: mark.style for mark in columns}
    texts = [
        house.put(figure, body.x0 + left, 0, "", theme.ink, SOURCE, va="center", linespacing=1.2)
        for _ in frame.index
    ]
    lines = max(2, ceil(2 * SET / body.width))
    for text, statement in zip(texts, frame["text"], strict=True):
        text.set_text(house.wrap(text, statement, width - 14, lines))
    heights = [LINE * (text.get_text().count("\n") + 1) + AIR for text in texts]
    over = 0.0 if side else GROUP
    needed = sum(heights) + over * frame["group"].nunique()
    scale = min(MOST, (body.height - HEAD) / needed)
    y, group = float(HEAD), None
    most = max(frame["n"].max(), 1)
    for row, text, height in zip(frame.to_dict("records"), texts, heights, strict=True):
        middle = y + scale * (over + height / 2)
        if row["group"] != group:
            group = row["group"]
            line = y if side else y + scale * (GROUP - 10) + 10
            axes.plot([0, body.width], [line, line], color=theme.ink, linewidth=0.8, zorder=0)
            _group(figure, body, middle if side else line - 10, str(group), side or body.width, theme)
            y += scale * over
        else:
            middle -= scale * over
        text.set_y((body.y1 - middle) / figure.bbox.height)
        axes.plot([centers[row["column"]]], [middle], **styles[row["column"]])
        _bar(axes, body.width - COUNT + 8, middle, row["n"] / most, row, theme)
        y += scale * height
        axes.plot([side, body.width], [y, y], color=theme.faint, linewidth=0.8, zorder=0)


def _heads(
    figure: Figure, body: Bbox, frame: pd.DataFrame, centers: dict[str, float], width: float, theme: Theme
) -> None:
    """Write what the columns mean, with how many statements each has."""
    for meaning, center in centers.items():
        x, n = body.x0 + center, int(frame["column"].eq(meaning).sum())
        house.put(figure, x, body.y1, str(n), theme.ink, ha="center", va="top", weight="bold")
        name = house.put(
            figure, x, body.y1 - 17, "", theme.muted, SOURCE, ha="center", va="top", linespacing=1.1
        )
        name.set_text(house.wrap(name, meaning, width - 4, lines=3))


def _key(figure: Figure, body: Bbox, frame: pd.DataFrame, columns: Sequence[Mark], theme: Theme) -> None:
    """Write what the marks mean in two rows, with how many statements each has."""
    width, height = figure.bbox.size
    left = right = body.x0
    for n, mark in enumerate(columns):
        if n % 2 == 0:
            left = right
        x, y = left, body.y1 - 9 - n % 2 * 20
        figure.add_artist(Line2D([(x + 7) / width], [y / height], transform=figure.transFigure, **mark.style))
        told = str(int(frame["column"].eq(mark.meaning).sum()))
        number = house.put(figure, x + 20, y, told, theme.ink, va="center_baseline", weight="bold")
        start = house.extent(number).x1 + 5
        name = house.put(figure, start, y, "", theme.muted, SOURCE, va="center_baseline")
        name.set_text(house.wrap(name, mark.meaning, body.x1 - COUNT - start, lines=1))
        right = max(right, house.extent(name).x1 + 16)


def _group(figure: Figure, body: Bbox, middle: float, name: str, room: float, theme: Theme) -> None:
    """Write the name of a group."""
    text = house.put(figure, body.x0, body.y1 - middle, "", theme.ink, SOURCE, va="center", weight="bold")
    text.set_text(house.wrap(text, name, room - 10, lines=1))


def _bar(axes: Axes, x: float, y: float, share: float, row: dict[Any, Any], theme: Theme) -> None:
    """Draw the count of a row from zero, as a share of the room, with the number behind it."""
    length, color = (COUNT - 30) * share, theme.other if row["is_firm"] else theme.paper
    axes.barh([y], [length], left=x, height=7, color=color, edgecolor=theme.other, linewidth=1)
    axes.text(x + length + 5, y, str(row["n"]), color=theme.ink, fontsize=SOURCE, va="center")
