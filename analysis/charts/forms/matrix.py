"""Cells where rows and columns meet, filled as strongly as what they hold."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from analysis.charts import house
from analysis.charts.house import LABEL, SOURCE, Theme

NAME_SHARE, LEAST_NAME = 0.32, 0.24
"""The part of the width that names of rows may take, and that they may take from what cells hold."""
HEAD_LINES, LINE, SET = 3, 14.0, 17.0
"""Lines of a column's name at most, and the pixels of a line of text, alone and set under another."""
SCREEN = 700
"""With less width than this, names may take a line more."""
MANY = 6
"""From so many columns on, names with a word that is wider than its column stand upright."""
GAP = 2.0
"""Pixels between cells."""


def draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    """Draw a row and a column for each name, in the order in which they come first; a note wants 34 pixels.

    Where columns are too narrow for what cells hold, rows and columns change places if that helps.

    Args:
        figure: the page.
        body: its room for data, in pixels.
        frame: one row a cell: `row`, `column`, `label` (what stands in the cell), `shade` (0 to 1, how
            strongly it is filled; NaN leaves it empty), `color`; optionally `row_note` (under the name).
        theme: colours.
    """
    widest = _widest(figure, frame["label"])
    if _is_better_turned(frame, widest, body):
        frame = _turned(frame)
    rows, columns = list(dict.fromkeys(frame["row"])), list(dict.fromkeys(frame["column"]))
    notes = frame.set_index("row")["row_note"].to_dict() if "row_note" in frame else {}
    axes = figure.add_axes(house.fraction(figure, body), facecolor="none")
    axes.set_xlim(body.x0, body.x1)
    axes.set_ylim(body.y0, body.y1)
    axes.set_axis_off()

    # Names give way to what cells hold, but not beyond legibility.
    spare = body.width - 12 - len(columns) * (widest + 8)
    room = min(NAME_SHARE * body.width, max(spare, LEAST_NAME * body.width))
    is_upright = len(columns) >= MANY and _is_cut(figure, body, rows, columns, room)
    head_height = _widest(figure, pd.Series(columns)) + 8 if is_upright else _head_lines(body) * SET
    top = body.y1 - head_height - 4
    pitch = (top - body.y0) / len(rows)
    middles = {name: top - (n + 0.5) * pitch for n, name in enumerate(rows)}
    ends = [
        _name(figure, body, middles[name], pitch, name, notes.get(name, ""), room, theme) for name in rows
    ]
    left = max(ends) + 12
    width = (body.x1 - left) / len(columns)
    centers = {name: left + (n + 0.5) * width for n, name in enumerate(columns)}
    for name, x in centers.items():
        head = house.put(
            figure, x, top + 4, "", theme.muted, SOURCE, ha="center", va="bottom", linespacing=1.1
        )
        if is_upright:
            head.set(text=name, rotation=90)
        else:
            head.set_text(house.wrap(head, name, width - 4 * GAP, _head_lines(body)))
    filled = frame.loc[frame["shade"].notna(), ["row", "column"]].itertuples(index=False, name=None)
    for row, column in sorted({(row, column) for row in rows for column in columns} - set(filled)):
        ends_x, y = (centers[column] - width / 2, centers[column] + width / 2), middles[row]
        axes.plot(ends_x, [y, y], color=theme.faint, linewidth=0.8, zorder=0)
    for cell in frame.to_dict("records"):
        box = Bbox.from_bounds(
            centers[cell["column"]] - width / 2 + GAP / 2,
            middles[cell["row"]] - pitch / 2 + GAP / 2,
            width - GAP,
            pitch - GAP,
        )
        _cell(figure, axes, box, str(cell["label"]), cell["shade"], cell["color"], theme)


def tint(color: str, shade: float, paper: str) -> tuple[float, float, float]:
    """A colour as strong as a shade from 0 (the paper) to 1 (the colour)."""
    red, green, blue = (
        under + shade * (over - under) for under, over in zip(to_rgb(paper), to_rgb(color), strict=True)
    )
    return red, green, blue


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """How well one colour can be read on another, from 1 to 21 (WCAG 2).

    >>> round(contrast((1, 1, 1), (0, 0, 0)), 6), contrast((1, 0, 0), (1, 0, 0))
    (21.0, 1.0)
    """
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: tuple[float, float, float]) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _head_lines(body: Bbox) -> int:
    """Lines of a column's name at most."""
    return HEAD_LINES + (body.width < SCREEN)


def _is_cut(figure: Figure, body: Bbox, rows: Sequence[str], columns: Sequence[str], room: float) -> bool:
    """Whether a word in the name of a column is wider than the column beside the names of the rows."""
    names = min(_widest(figure, pd.Series(rows), LABEL), room)
    words = pd.Series([word for name in columns for word in house.BREAK.split(name)])
    return _widest(figure, words) > (body.width - names - 12) / len(columns) - 4 * GAP


def _widest(figure: Figure, labels: "pd.Series[str]", size: float = SOURCE) -> float:
    """Pixels of the widest line of labels."""
    text = house.put(figure, 0, 0, "\n".join(labels.astype(str)), "none", size)
    width = float(house.extent(text).width)
    text.remove()
    return width


def _is_better_turned(frame: pd.DataFrame, widest: float, body: Bbox) -> bool:
    """Whether what cells hold fits into rows that are columns, and not into columns as they are."""
    n_rows, n_columns = frame["row"].nunique(), frame["column"].nunique()
    room = (1 - LEAST_NAME / 2) * body.width
    n_lines = frame["label"].astype(str).str.count("\n").max() + 1
    pitch = (body.height - _head_lines(body) * SET) / n_columns
    return room / n_columns < widest <= room / n_rows and pitch >= n_lines * SET


def _turned(frame: pd.DataFrame) -> pd.DataFrame:
    """The same cells with rows for columns; what is told of a row stands under the name of its column."""
    heads = frame["row"] + "\n" + frame["row_note"] if "row_note" in frame else frame["row"]
    return frame.assign(row=frame["column"], column=heads).drop(columns="row_note", errors="ignore")


def _name(
    figure: Figure, body: Bbox, y: float, pitch: float, name: str, note: str, room: float, theme: Theme
) -> float:
    """Write the name of a row, and the note under it; return where they end."""
    text = house.put(figure, body.x0, y, "", theme.ink, va="center", linespacing=1.1)
    lines = 2 if body.width >= SCREEN or pitch < 3.3 * LINE else 3
    text.set_text(house.wrap(text, name, room, lines=1 if note or pitch < 2.3 * LINE else lines))
    end = float(house.extent(text).x1)
    if note:
        under = house.put(figure, body.x0, y - 0.6 * LINE, "", theme.muted, SOURCE, va="center")
        under.set_text(house.wrap(under, note, room, lines=2 if pitch > 3.2 * SET else 1))
        n_lines = under.get_text().count("\n") + 1
        text.set_y((y + 0.6 * LINE * n_lines) / figure.bbox.height)
        end = max(end, float(house.extent(under).x1))
    return end


def _cell(figure: Figure, axes: Axes, box: Bbox, label: str, shade: float, color: str, theme: Theme) -> None:
    """Fill a cell and write what it holds, in the colour that can be read on it."""
    fill = to_rgb(theme.paper)
    if shade == shade:
        fill = tint(color, shade, theme.paper)
        axes.add_patch(Rectangle(box.min, box.width, box.height, facecolor=fill, linewidth=0, zorder=1))
    if not label:
        return
    ink = max((theme.ink, theme.paper), key=lambda color: contrast(to_rgb(color), fill))
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    text = house.put(figure, x, y, "", ink, SOURCE, ha="center", va="center", linespacing=1.15)
    text.set_text(house.wrap(text, label, box.width - 4, lines=max(1, int(box.height // SET))))
    if shade != shade:
        house.clear(text, theme)
