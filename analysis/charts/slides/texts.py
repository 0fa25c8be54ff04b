"""Words in a chart on a slide: their lines, their size and the room that they take, in points."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure

from analysis.charts import house
from analysis.charts.house import Theme
from analysis.charts.slides.markup import Run

LABEL, SMALL = 12.0, 9.0
"""The usual size, and the least where rows are many."""
LINE = 1.25
"""Height of a line in parts of its size."""

Lines = Sequence[Sequence[Run]]


def type_size(pitch: float) -> tuple[float, bool]:
    """The size of words in rows of a height, and whether two lines of it fit."""
    two = pitch / (2 * LINE)
    return (min(two, LABEL), True) if two >= SMALL else (min(max(pitch / LINE, SMALL), LABEL), False)


def lines_of(words: str, theme: Theme, *, has_lines: bool) -> Lines:
    """The first line in ink, the others muted below it or, without lines, behind it; none for no words."""
    if not words:
        return []
    first, *rest = (line for line in words.split("\n") if line)
    looks = [(first, theme.ink, False), *((line, theme.muted, False) for line in rest)]
    return [[run] for run in looks] if has_lines else _in_a_line(looks)


def name_of(
    row: Mapping[Any, Any], page: Figure, room: float, size: float, theme: Theme, *, has_lines: bool
) -> Lines:
    """The name of a row and its note, each cut to the room."""
    first, _, note = row["name"].partition("\n")
    looks = [(wrapped(first, page, room, size, 1), theme.ink, bool(row["is_bold"]))]
    if note:
        looks.append((wrapped(note, page, room, size, 1), theme.muted, False))
    return [[run] for run in looks] if has_lines else _in_a_line(looks)


def _in_a_line(runs: Sequence[Run]) -> Lines:
    return [
        [(f"  {words}" if n else words, color, is_bold) for n, (words, color, is_bold) in enumerate(runs)]
    ]


def extent(lines: Lines, page: Figure, size: float) -> tuple[float, float]:
    """Width and height of words."""
    widths = [sum(_width(words, page, size, is_bold) for words, _, is_bold in runs) for runs in lines]
    return max(widths, default=0.0), LINE * size * len(lines)


def _width(words: str, page: Figure, size: float, is_bold: bool) -> float:
    text = house.put(page, 0, 0, words, "#000000", size, weight="bold" if is_bold else "regular")
    width = float(house.extent(text).width)
    text.remove()
    return width


def wrapped(words: str, page: Figure, room: float, size: float, lines: int) -> str:
    """Words in lines that fit the room; those that have lines keep them, each cut to it."""
    text = house.put(page, 0, 0, "", "#000000", size, weight="bold")
    own = words.split("\n")
    fitted = "\n".join(house.wrap(text, line, room, lines if len(own) == 1 else 1) for line in own)
    text.remove()
    return fitted
