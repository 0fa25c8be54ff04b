"""The key of an editable chart on a slide: what its marks mean."""

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from analysis.charts import house
from analysis.charts.house import Mark, Theme
from analysis.charts.slides.boxes import LINE, rgb, textbox, write

SIZE = 11.0
"""Points of the words."""
SHAPES = {
    "s": MSO_SHAPE.RECTANGLE, "o": MSO_SHAPE.OVAL, ">": MSO_SHAPE.RIGHT_ARROW, "x": MSO_SHAPE.MATH_MULTIPLY,
    # Bars have no diamonds: what a diamond marks is an outline there.
    "D": MSO_SHAPE.RECTANGLE,
}  # fmt: skip
"""The shape in the key for a mark; others are lines."""


def draw(slide: Slide, key: Sequence[Mark], page: Figure, room: Bbox, theme: Theme) -> Bbox:
    """Draw what the marks mean in rows from the left; return the room that is left."""
    if not key:
        return room
    group = slide.shapes.add_group_shape()
    group.name = "Key"
    x, y, row = room.x0, room.y0, LINE * SIZE + 5
    for mark in key:
        text = house.put(page, 0, 0, mark.meaning, theme.muted, SIZE)
        width = house.extent(text).width * 1.03 + 4
        if x > room.x0 and x + 16 + width > room.x1:
            x, y = room.x0, y + row
        _sign(group, mark, x, y + LINE * SIZE / 2)
        box = textbox(group, mark.meaning)
        write(box, mark.meaning, Bbox.from_bounds(x + 16, y, width, LINE * SIZE), theme.muted, SIZE)
        box.text_frame.word_wrap = False
        x += 16 + width + 14
    return Bbox([[room.x0, y + row + 4], [room.x1, room.y1]])


def _sign(group: Any, mark: Mark, x: float, y: float) -> None:
    """Draw a mark of the key: its left edge and its middle are given."""
    look, kind = mark.style, mark.style.get("marker")
    edge, inside = (
        look[part] if part in look else look["color"] for part in ("markeredgecolor", "markerfacecolor")
    )
    wide, high = {"|": (1.5, 11.0), ">": (11.0, 8.0), "s": (9.0, 9.0), "D": (11.0, 8.0), "o": (8.0, 8.0),
                  "x": (12.0, 12.0)}.get(str(kind), (12.0, 1.5))  # fmt: skip
    shape = group.shapes.add_shape(
        SHAPES.get(str(kind), MSO_SHAPE.RECTANGLE), Pt(x + 6 - wide / 2), Pt(y - high / 2), Pt(wide), Pt(high)
    )
    # The style of a shape brings shadows along.
    shape._element.remove(shape._element.find(qn("p:style")))
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(inside)
    if kind in ("o", "D"):
        shape.line.color.rgb = rgb(edge)
        shape.line.width = Pt(1.5)
    else:
        shape.line.fill.background()
