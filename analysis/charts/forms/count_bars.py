"""Counts of two kinds of classes: a row a class, a column of bars for each of the other."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import Theme

NAME_WIDTH, HEAD, GAP, COUNT_WIDTH = 200, 44, 18, 40
"""Pixels for the names at the left, for the heads of the columns, between columns, and for a count."""


def draw(
    figure: Figure, body: Bbox, frame: pd.DataFrame, heads: Mapping[str, tuple[str, str]], theme: Theme
) -> None:
    """Draw a row of bars for each row of the frame, on one scale from zero.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: `name`, `color`, and a column of counts for each of the heads.
        heads: column -> head and note under it.
        theme: colours.
    """
    columns = list(heads)
    top = max(int(frame[columns].max().max()), 1)
    width = (body.width - NAME_WIDTH) / len(columns)
    for n, column in enumerate(columns):
        left = body.x0 + NAME_WIDTH + n * width
        room = Bbox([[left, body.y0], [left + width - GAP, body.y1 - HEAD]])
        axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
        axes.set_xlim(0, top * room.width / (room.width - COUNT_WIDTH))
        axes.set_ylim(len(frame) - 0.5, -0.5)
        axes.set_axis_off()
        axes.barh(range(len(frame)), frame[column], height=0.62, color=frame["color"])
        axes.axvline(0, color=theme.ink, linewidth=1)
        head, note = heads[column]
        house.put(figure, left, body.y1 - 2, head, theme.ink, va="top", weight="bold")
        house.put(figure, left, body.y1 - 20, note, theme.muted, house.SOURCE, va="top")
        for row, number in enumerate(frame[column]):
            x = left + number / axes.get_xlim()[1] * room.width + 6
            y = room.y1 - (row + 0.5) * room.height / len(frame)
            color = theme.ink if number else theme.muted
            house.put(figure, x, y, f"{number:,}", color, va="center_baseline")
            if n == 0:
                name = house.put(figure, body.x0, y, "", theme.ink, va="center_baseline")
                name.set_text(house.wrap(name, frame["name"].iloc[row], NAME_WIDTH - 12, lines=1))
