"""Boxes of words on a slide; in points from the upper left."""

from typing import Any

from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Pt

from analysis.charts import house
from analysis.charts.slides.markup import tag

LINE = 1.2
"""Height of a line in parts of its type."""


def fitted(
    page: Figure, words: str, room: float, size: float, lines: int, *, is_bold: bool = False
) -> tuple[str, float]:
    """Words cut to a number of lines, and the height that they fill."""
    text = house.put(page, 0, 0, "", "#000000", size, weight="bold" if is_bold else "regular")
    # Programs break lines a little differently.
    wrapped = house.wrap(text, words, 0.98 * room, lines)
    return (words if not wrapped.endswith("…") else wrapped.replace("\n", " ")), LINE * size * (
        1 + wrapped.count("\n")
    )


def textbox(parent: Any, name: str) -> Any:
    """An empty box for words; `_write` gives it its place."""
    box = parent.shapes.add_textbox(Pt(0), Pt(0), Pt(0), Pt(0))
    box.name = name
    return box


def write(shape: Any, words: str, box: Bbox, color: str, size: float, *, is_bold: bool = False) -> None:
    """Put words into a shape with a place in points from the upper left."""
    shape.left, shape.top, shape.width, shape.height = (
        Pt(side) for side in (box.x0, box.y0, box.width, box.height)
    )
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    add_run(paragraph, words, color, size, is_bold=is_bold)


def add_run(paragraph: Any, words: str, color: str, size: float, *, is_bold: bool = False) -> None:
    """Write words at the end of a paragraph."""
    run = paragraph.add_run()
    run.text = words
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), is_bold, rgb(color)
    run._r.get_or_add_rPr().set("lang", tag())


def describe(shape: Any, alt: str) -> None:
    """Give a shape its alt text."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def rgb(color: str) -> RGBColor:
    """A colour that is given as #rrggbb."""
    return RGBColor(*bytes.fromhex(color[1:]))  # type: ignore[no-untyped-call]
