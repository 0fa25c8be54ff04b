"""Cells of rows and columns: a matrix, or on a narrow page what each row holds, one cell under another."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.forms import matrix
from analysis.charts.house import SOURCE, Theme

NAME_SHARE, HEAD_SHARE = 0.26, 0.22
"""The parts of the width that names of rows and of columns may take."""
LINE, PAD, GAP = 15.0, 7.0, 2.0
"""Pixels of a line of text, of what is kept free around words in a cell, and between cells."""
APART = 12.0
"""Pixels between rows at most, and between words that stand beside one another."""
LINES = 3
"""Lines of a name or a cell at most."""


@dataclass(frozen=True)
class _Cell:
    """The words of a cell, whose height on the page comes later, and how it is filled."""

    words: tuple[Text, Text]
    height: float
    shade: float
    color: str


def draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    """Draw the cells of a frame as `matrix.draw` takes it; on a narrow page the empty ones are left out."""
    if body.width < house.NARROW:
        _draw_lists(figure, body, frame, theme)
    else:
        matrix.draw(figure, body, frame, theme)


def _draw_lists(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    """Draw a name for each row and its cells beside it, each with the name of its column."""
    left = body.x0 + NAME_SHARE * body.width + APART
    held = frame[frame["label"].ne("")]
    probe = house.put(figure, 0, 0, "", "none", SOURCE, linespacing=1.15)
    columns = held["column"].unique()
    heads = {name: house.wrap(probe, name, HEAD_SHARE * body.width, LINES) for name in columns}
    probe.set_text("\n".join(heads.values()))
    tab = left + PAD + float(house.extent(probe).width) + APART
    probe.remove()
    held = held.assign(head=held["column"].map(heads))
    rows = [
        (_name(figure, body, own.iloc[0].to_dict(), left, theme), _cells(figure, body, own, left, tab, theme))
        for _, own in held.groupby("row", sort=False)
    ]
    heights = [max(_height(name), sum(cell.height + GAP for cell in cells)) for name, cells in rows]
    spare = (body.height - sum(heights)) / max(len(rows) - 1, 1)
    axes = figure.add_axes(house.fraction(figure, body), facecolor="none")
    axes.set_xlim(body.x0, body.x1)
    axes.set_ylim(body.y0, body.y1)
    axes.set_axis_off()
    top = body.y1
    for (name, cells), height in zip(rows, heights, strict=True):
        y = top - 4
        for text in name:
            text.set_y(y / figure.bbox.height)
            y = float(house.extent(text).y0) - 3
        _fill(figure, axes, cells, Bbox([[left, top - height], [body.x1, top]]), theme)
        top -= height + min(spare, APART)


def _name(figure: Figure, body: Bbox, row: dict[Any, Any], left: float, theme: Theme) -> list[Text]:
    """Write the name of a row, and the note under it, whose height comes later."""
    told = [(row["row"], theme.ink), (row.get("row_note", ""), theme.muted)]
    texts = []
    for words, color in told:
        text = house.put(figure, body.x0, 0, "", color, SOURCE, va="top", linespacing=1.15)
        text.set_text(house.wrap(text, words, left - APART - body.x0, LINES))
        texts.append(text)
    return [text for text in texts if text.get_text()]


def _height(name: list[Text]) -> float:
    """Pixels that a name with its note takes."""
    return sum(float(house.extent(text).height) + 3 for text in name) + 4


def _cells(
    figure: Figure, body: Bbox, own: pd.DataFrame, left: float, tab: float, theme: Theme
) -> list[_Cell]:
    """Write the cells of a row, each with the name of its column."""
    cells = []
    for cell in own.to_dict("records"):
        shade, fill = cell["shade"], to_rgb(theme.paper)
        if shade == shade:
            fill = matrix.tint(cell["color"], shade, theme.paper)
        ink = _ink(fill, theme)
        head = house.put(figure, left + PAD, 0, cell["head"], ink, SOURCE, linespacing=1.15)
        label = house.put(figure, tab, 0, "", ink, SOURCE, linespacing=1.15)
        label.set_text(_run_on(label, cell["label"], body.x1 - tab - PAD))
        n_lines = [text.get_text().count("\n") + 1 for text in (head, label)]
        for text, n in zip((head, label), n_lines, strict=True):
            # Single lines stand on one base line whatever their letters.
            text.set(va="center_baseline" if n == 1 else "center")
        cells.append(_Cell((head, label), max(n_lines) * LINE + PAD, shade, cell["color"]))
    return cells


def _run_on(text: Text, label: str, room: float) -> str:
    """The lines of a label, behind one another where they have room."""
    first, *others = label.split("\n")
    lines = [first]
    for line in others:
        together = f"{lines[-1]} · {line}"
        text.set_text(together)
        if house.extent(text).width <= room:
            lines[-1] = together
        else:
            lines.append(line)
    return "\n".join(house.wrap(text, line, room, LINES) for line in lines)


def _ink(fill: tuple[float, float, float], theme: Theme) -> str:
    """The colour that can be read on a fill."""
    return max((theme.ink, theme.paper), key=lambda color: matrix.contrast(to_rgb(color), fill))


def _fill(figure: Figure, axes: Axes, cells: list[_Cell], box: Bbox, theme: Theme) -> None:
    """Put the cells of a row under one another and fill them."""
    top = box.y1
    for cell in cells:
        bottom = top - cell.height
        for text in cell.words:
            text.set_y((top + bottom) / 2 / figure.bbox.height)
        if cell.shade == cell.shade:
            color = matrix.tint(cell.color, cell.shade, theme.paper)
            axes.add_patch(
                Rectangle((box.x0, bottom), box.width, cell.height, facecolor=color, linewidth=0, zorder=1)
            )
        else:
            axes.plot([box.x0, box.x1], [bottom, bottom], color=theme.faint, linewidth=0.8, zorder=0)
        top = bottom - GAP
