"""Statements in groups, each with a mark in the column of its verdict and a bar for a count."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import SOURCE, Mark, Theme

HEAD = 58
"""Pixels for the names of the columns."""
COLUMN, COUNT = 74, 84
"""Widths of a column of marks and of the bars."""
LINE, AIR, GROUP = 15.0, 8.0, 28.0
"""Heights of a line of text, of the room between statements and of the head of a group."""


def draw(
    figure: Figure, body: Bbox, frame: pd.DataFrame, columns: Sequence[Mark], counted: str, theme: Theme
) -> None:
    """Draw a row a statement, the first on top.

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
    width = body.width - len(columns) * COLUMN - COUNT
    centers = {mark.meaning: width + (n + 0.5) * COLUMN for n, mark in enumerate(columns)}
    styles = {mark.meaning: mark.style for mark in columns}
    _head(figure, body, frame, centers, counted, theme)

    texts = [
        house.put(figure, body.x0, 0, "", theme.ink, SOURCE, va="center", linespacing=1.2)
        for _ in frame.index
    ]
    for text, statement in zip(texts, frame["text"], strict=True):
        text.set_text(house.wrap(text, statement, width - 14, lines=2))
    heights = [LINE * (text.get_text().count("\n") + 1) + AIR for text in texts]
    needed = sum(heights) + GROUP * frame["group"].nunique()
    shrink = min(1.0, (body.height - HEAD) / needed)
    y, group = float(HEAD), None
    most = max(frame["n"].max(), 1)
    for row, text, height in zip(frame.to_dict("records"), texts, heights, strict=True):
        if row["group"] != group:
            group = row["group"]
            _group(figure, axes, body, y + shrink * (GROUP - 10), str(group), theme)
            y += shrink * GROUP
        middle = y + shrink * height / 2
        text.set_y((body.y1 - middle) / figure.bbox.height)
        axes.plot([centers[row["column"]]], [middle], **styles[row["column"]])
        _bar(axes, body.width - COUNT + 8, middle, row["n"] / most, row, theme)
        y += shrink * height
        axes.plot([0, body.width], [y, y], color=theme.faint, linewidth=0.8, zorder=0)


def _head(
    figure: Figure, body: Bbox, frame: pd.DataFrame, centers: dict[str, float], counted: str, theme: Theme
) -> None:
    """Write what the columns mean, with how many statements each has."""
    for meaning, center in centers.items():
        x, n = body.x0 + center, int(frame["column"].eq(meaning).sum())
        house.put(figure, x, body.y1, str(n), theme.ink, ha="center", va="top", weight="bold")
        name = house.put(
            figure, x, body.y1 - 17, "", theme.muted, SOURCE, ha="center", va="top", linespacing=1.1
        )
        name.set_text(house.wrap(name, meaning, COLUMN - 4, lines=3))
    what = house.put(
        figure, body.x1 - COUNT + 8, body.y1 - 17, "", theme.muted, SOURCE, va="top", linespacing=1.1
    )
    what.set_text(house.wrap(what, counted, COUNT - 8, lines=2))


def _group(figure: Figure, axes: Axes, body: Bbox, middle: float, name: str, theme: Theme) -> None:
    """Write the name of a group over a line."""
    text = house.put(figure, body.x0, body.y1 - middle, "", theme.ink, SOURCE, va="center", weight="bold")
    text.set_text(house.wrap(text, name, body.width, lines=1))
    axes.plot([0, body.width], [middle + 10, middle + 10], color=theme.ink, linewidth=0.8, zorder=0)


def _bar(axes: Axes, x: float, y: float, share: float, row: dict[Any, Any], theme: Theme) -> None:
    """Draw the count of a row from zero, as a share of the room, with the number behind it."""
    length, color = (COUNT - 30) * share, theme.other if row["is_firm"] else theme.paper
    axes.barh([y], [length], left=x, height=7, color=color, edgecolor=theme.other, linewidth=1)
    axes.text(x + length + 5, y, str(row["n"]), color=theme.ink, fontsize=SOURCE, va="center")
