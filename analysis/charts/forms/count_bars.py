"""Counts of two kinds of classes: a row a class, a column of bars for each of the other."""

from collections.abc import Mapping
from math import nan

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import Theme
from analysis.charts.native import Bars, Native
from analysis.charts.scales import Axis

NAME_WIDTH, HEAD, GAP, COUNT_WIDTH = 200, 44, 18, 40
"""Pixels for the names at the left, for the heads of the columns, between columns, and for a count."""
BESIDE, UNDER = (0.0, 0.62), (0.2, 0.4)
"""How far below the middle of its row a bar lies, and how thick it is: beside its name and under it."""


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
    is_narrow = body.width < house.NARROW
    names = 0 if is_narrow else NAME_WIDTH
    below, thick = UNDER if is_narrow else BESIDE
    middles = [row + below for row in range(len(frame))]
    width = (body.width - names) / len(columns)
    for n, column in enumerate(columns):
        left = body.x0 + names + n * width
        room = Bbox([[left, body.y0], [left + width - GAP, body.y1 - HEAD]])
        axes = figure.add_axes(house.fraction(figure, room), facecolor="none")
        axes.set_xlim(0, top * room.width / (room.width - COUNT_WIDTH))
        axes.set_ylim(len(frame) - 0.5, -0.5)
        axes.set_axis_off()
        axes.barh(middles, frame[column], thick, color=frame["color"])
        if is_narrow:
            # A line from top to bottom would run through the names.
            ends = [middle - thick / 2 for middle in middles], [middle + thick / 2 for middle in middles]
            axes.vlines([0] * len(middles), *ends, color=theme.ink, linewidth=1)
        else:
            axes.axvline(0, color=theme.ink, linewidth=1)
        head, note = heads[column]
        house.put(figure, left, body.y1 - 2, head, theme.ink, va="top", weight="bold")
        house.put(figure, left, body.y1 - 20, note, theme.muted, house.SOURCE, va="top")
        for row, number in enumerate(frame[column]):
            x = left + number / axes.get_xlim()[1] * room.width + 6
            y = room.y1 - (middles[row] + 0.5) * room.height / len(frame)
            color = theme.ink if number else theme.muted
            house.put(figure, x, y, f"{number:,}", color, va="center_baseline")
            if n == 0:
                over = 2 * below * room.height / len(frame)
                name = house.put(figure, body.x0, y + over, "", theme.ink, va="center_baseline")
                name.set_text(house.wrap(name, frame["name"].iloc[row], (names or body.width) - 12, lines=1))


def native(frame: pd.DataFrame, heads: Mapping[str, tuple[str, str]], theme: Theme) -> Native:
    """The same rows, as `draw` takes them, as charts that can be edited, a column each."""
    top = max(int(frame[list(heads)].max().max()), 1)
    unknown = dict.fromkeys(["stated", "high"], nan)
    panels = [
        Bars(
            frame[["name", "color"]].assign(
                low=frame[column], label=[f"{number:,}" for number in frame[column]], **unknown
            ),
            (head, "", ""),
            theme.ink,
            # The counts behind the bars are scale enough.
            Axis(0, top, top, ""),
            head,
            note,
        )
        for column, (head, note) in heads.items()
    ]
    return Native(tuple(panels), columns=len(panels))
