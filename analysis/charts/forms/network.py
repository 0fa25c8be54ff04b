"""Names in three columns with lines from the middle one to both sides, ordered so that few lines cross."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.forms.crossings import BLOCK, arranged, n_rows
from analysis.charts.house import LABEL, SOURCE, Mark, Theme

SIDE_SHARE, MIDDLE_SHARE = 0.24, 0.27
"""The parts of the width that the names of a side and of the middle may take."""
HEAD, LINE = 26.0, 16.0
"""Pixels over the columns for their headings, and of a line of text; headings take two where they are long,
names where their column has room for it."""
GAP = 7.0
"""Pixels between a name and the end of its lines."""
PITCH = 36.0
"""Pixels at most between names that stand under one another."""
WIDE, THIN = 2.6, 1.1
"""Widths of lines in points."""
DASHES = Path([(-1, 0), (-0.3, 0), (0.3, 0), (1, 0)], [Path.MOVETO, Path.LINETO, Path.MOVETO, Path.LINETO])
"""A dashed line as a mark of the key."""


def draw(
    figure: Figure,
    body: Bbox,
    frame: pd.DataFrame,
    heads: tuple[str, str, str],
    bold: Collection[str],
    theme: Theme,
) -> None:
    """Draw a line for each row of the frame.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: one row a line: `side` and `middle` (the names it joins), `is_left` (whether the side's name
            stands in the left column), `block` (the heading under which the middle's name stands), and how
            the line is drawn: `color`, `is_wide`, `is_dashed`. Later rows are drawn over earlier ones.
        heads: what stands over the left, the middle and the right column.
        bold: names that are set in bold.
        theme: colours.
    """
    left, middle, right = arranged(frame)
    axes = figure.add_axes(house.fraction(figure, body), facecolor="none")
    axes.set_xlim(body.x0, body.x1)
    axes.set_ylim(body.y0, body.y1)
    axes.set_axis_off()
    center = (body.x0 + body.x1) / 2
    blocks = dict(zip(frame["middle"], frame["block"], strict=True))
    rows = max(len(left), len(right), n_rows(blocks))
    head_lines = 1
    for x, head, side in zip((body.x0, center, body.x1), heads, ("left", "center", "right"), strict=True):
        put = house.put(figure, x, body.y1, "", theme.ink, LABEL, ha=side, va="top", weight="bold")
        put.set_text(house.wrap(put, head, body.width / 3 - 2 * GAP, lines=2))
        head_lines = max(head_lines, put.get_text().count("\n") + 1)
    top = body.y1 - HEAD - (head_lines - 1) * LINE
    height = min(top - body.y0, PITCH * rows)

    ends = {}
    for edge, column in (("left", left), ("right", right)):
        heights = {name: top - y * height for name, y in column.items()}
        texts, width = _names(
            figure, SIDE_SHARE * body.width, heights, height / max(len(heights), 1), bold, theme
        )
        x = body.x0 + width if edge == "left" else body.x1 - width
        for text in texts:
            # Names end, or begin, where their lines do.
            side = "right" if edge == "left" else "left"
            text.set(x=x / figure.bbox.width, ha=side, multialignment=side)
        at = x + GAP if edge == "left" else x - GAP
        ends[edge] = {name: (at, y) for name, y in heights.items()}
    heights = {name: top - y * height for name, y in middle.items()}
    texts, width = _names(figure, MIDDLE_SHARE * body.width, heights, height / n_rows(blocks), bold, theme)
    for text in texts:
        text.set(x=center / figure.bbox.width, ha="center")
    half = width / 2 + GAP
    _blocks(figure, center, heights, blocks, BLOCK * height / n_rows(blocks), theme)
    for line in frame.to_dict("records"):
        edge = "left" if line["is_left"] else "right"
        end = (center - half if line["is_left"] else center + half, heights[line["middle"]])
        _line(axes, ends[edge][line["side"]], end, {str(name): value for name, value in line.items()})
    _dots(axes, frame, ends, heights, (center, half), theme)


def mark(meaning: str, color: str, *, is_wide: bool = False, is_dashed: bool = False) -> Mark:
    """A sign of the key for a kind of line."""
    width = WIDE if is_wide else THIN
    marker = DASHES if is_dashed else "_"
    return Mark(
        meaning, {"marker": marker, "markersize": 14, "markeredgewidth": width, "color": color, "ls": ""}
    )


def _names(
    figure: Figure,
    room: float,
    heights: Mapping[str, float],
    pitch: float,
    bold: Collection[str],
    theme: Theme,
) -> tuple[list[Text], float]:
    """Write the names of a column, whose place comes later; return them and the width of the widest."""
    texts, width, lines = [], 0.0, 2 if pitch >= 2 * LINE else 1
    for name, y in heights.items():
        weight = "bold" if name in bold else "regular"
        text = house.put(figure, 0, y, "", theme.ink, SOURCE, va="center_baseline", weight=weight)
        text.set_text(house.wrap(text, name, room, lines))
        if "\n" in text.get_text():
            text.set(va="center", linespacing=1.1)
        texts.append(text)
        width = max(width, float(house.extent(text).width))
    return texts, width


def _blocks(
    figure: Figure,
    x: float,
    heights: Mapping[str, float],
    blocks: Mapping[str, str],
    room: float,
    theme: Theme,
) -> None:
    """Write the headings of the middle column over their first names."""
    firsts: dict[str, float] = {}
    for name, y in heights.items():
        firsts[blocks[name]] = max(y, firsts.get(blocks[name], y))
    for block, y in firsts.items():
        head = house.put(figure, x, y + 0.62 * room, block, theme.muted, SOURCE, ha="center", va="center")
        house.clear(head, theme)


def _line(axes: Axes, start: tuple[float, float], end: tuple[float, float], line: Mapping[str, Any]) -> None:
    """Draw a line that leaves both names level."""
    half = (start[0] + end[0]) / 2
    path = Path(
        [start, (half, start[1]), (half, end[1]), end], [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    )
    style = (0, (2.4, 1.8)) if line["is_dashed"] else "solid"
    width = WIDE if line["is_wide"] else THIN
    axes.add_patch(
        PathPatch(path, facecolor="none", edgecolor=line["color"], linewidth=width, linestyle=style)
    )


def _dots(
    axes: Axes,
    frame: pd.DataFrame,
    ends: Mapping[str, Mapping[str, tuple[float, float]]],
    heights: Mapping[str, float],
    middle: tuple[float, float],
    theme: Theme,
) -> None:
    """Mark where lines end."""
    center, half = middle
    points = [point for column in ends.values() for point in column.values()]
    for is_left, x in ((True, center - half), (False, center + half)):
        joined = frame.loc[frame["is_left"].eq(is_left), "middle"].unique()
        points += [(x, heights[name]) for name in joined]
    x_of, y_of = zip(*points, strict=True)
    axes.scatter(x_of, y_of, s=9, color=theme.muted, linewidth=0, zorder=3)
