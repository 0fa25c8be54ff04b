"""A chart as a slide of PowerPoint: real texts and, where there is one, a chart whose numbers can be edited.

The same input gives the same bytes on every run.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.slide import Slide
from pptx.util import Pt

from analysis.charts import house
from analysis.charts.house import Mark, Texts, Theme
from analysis.charts.native import Bars, Native, Plot
from analysis.charts.slides import bars, plots, signs, workbooks
from analysis.charts.slides.boxes import LINE, add_run, describe, fitted, textbox, write
from analysis.charts.slides.workbooks import EPOCH

WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 36.0
"""Points of a slide and of the room around it."""
TITLE, SUBTITLE, HEADING, SOURCE = 22.0, 14.0, 12.0, 10.0
"""Points of the words around a chart."""
GAP = 20.0
"""Points between panels."""
HAN_FACE = "Microsoft YaHei"
"""The face for Chinese characters, as every PowerPoint has it."""
A = "http://schemas.openxmlformats.org/drawingml/2006/main"

DENSITY, LEAST, MOST = 0.65, 1.25, 1.75
"""Pixels of a picture for each of the chart on a screen; the least and the most for a point of the slide."""
EDGE = 20
"""Pixels around a picture that are paper and cut off."""


@dataclass(frozen=True)
class ChartData:
    """A chart and its workbook, as `add_chart` of python-pptx takes them."""

    xml: bytes
    xlsx_blob: bytes

    def xml_bytes(self, chart_type: object) -> bytes:
        """The chart, whose type stands in it."""
        return self.xml


def pptx(
    texts: Texts,
    key: Sequence[Mark],
    alt: str,
    notes: str,
    native: Native | None,
    picture: Callable[[tuple[int, int]], bytes],
    screen_px: tuple[int, int],
    theme: Theme,
) -> bytes:
    """A presentation of one slide.

    Args:
        texts: title, subtitle and source.
        key: what the marks of an editable chart mean.
        alt: what a reader who cannot see the chart should know.
        notes: what stands in the notes: source, licence, how to cite.
        native: the editable chart; None where the form of the chart is no chart of PowerPoint's.
        picture: draws the chart with its key, without words around it, on a page of a size in pixels, as a
            PNG of any resolution; used where there is no native.
        screen_px: the size of the chart on a screen.
        theme: colours.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    del deck.element.sldSz.attrib["type"]
    _house(deck, theme)
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    page = Figure((WIDTH / 72, HEIGHT / 72), dpi=72)
    FigureCanvasAgg(page)
    with house.style():
        room = _words(slide, texts, page, theme)
        if native is None:
            _picture(slide, picture, screen_px, alt, room)
        else:
            room = signs.draw(slide, key, page, room, theme)
            _panels(slide, native, alt, page, room, theme)
    slide.notes_slide.notes_text_frame.text = notes
    own = deck.core_properties
    own.title, own.comments, own.last_modified_by = texts.title[:255], "", ""
    own.created = own.modified = EPOCH
    out = BytesIO()
    deck.save(out)
    return _timeless(out)


def _house(deck: Any, theme: Theme) -> None:
    """Make face and colours those of the house, for what is added later too; drop what is not used."""
    package = deck.part.package
    for relation in [each for each in package.iter_rels() if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        package.drop_rel(relation.rId)
    for layout in list(deck.slide_layouts):
        if layout.name != "Title Only":
            deck.slide_layouts.remove(layout)
    master = deck.slide_master
    for shape in [*master.placeholders, *deck.slide_layouts[0].placeholders]:
        if shape.placeholder_format.type != PP_PLACEHOLDER.TITLE:
            shape.element.getparent().remove(shape.element)
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = etree.fromstring(part.blob)
    colors = {
        "dk1": theme.ink, "lt1": theme.paper, "dk2": theme.muted, "lt2": theme.faint, "accent1": theme.accent,
        "accent2": theme.accent_soft, "accent3": theme.other, "hlink": theme.accent, "folHlink": theme.muted,
    }  # fmt: skip
    for name, color in colors.items():
        (slot,) = root.iter(f"{{{A}}}{name}")
        slot[:] = [etree.Element(f"{{{A}}}srgbClr", val=color[1:])]
    for name in ("majorFont", "minorFont"):
        (faces,) = root.iter(f"{{{A}}}{name}")
        faces[0].set("typeface", house.FACE)
        faces[1].set("typeface", HAN_FACE)
    part._blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _words(slide: Slide, texts: Texts, page: Figure, theme: Theme) -> Bbox:
    """Write title, subtitle and source; return the room between them, from the upper left."""
    width, top = WIDTH - 2 * MARGIN, MARGIN - 8
    title = slide.shapes.title
    words, height = fitted(page, texts.title, width, TITLE, 2, is_bold=True)
    write(title, words, Bbox.from_bounds(MARGIN, top, width, height), theme.ink, TITLE, is_bold=True)
    top += height + 6
    words, height = fitted(page, texts.subtitle, width, SUBTITLE, 2)
    subtitle = textbox(slide, "Subtitle")
    write(subtitle, words, Bbox.from_bounds(MARGIN, top, width, height), theme.muted, SUBTITLE)
    top += height + 10
    words, height = fitted(page, texts.source, width, SOURCE, 2)
    source = textbox(slide, "Source")
    bottom = HEIGHT - 22 - height
    write(source, words, Bbox.from_bounds(MARGIN, bottom, width, height), theme.muted, SOURCE)
    return Bbox([[MARGIN, top], [WIDTH - MARGIN, bottom - 8]])


def _panels(slide: Slide, native: Native, alt: str, page: Figure, room: Bbox, theme: Theme) -> None:
    """Put the panels side by side and below one another."""
    columns = min(native.columns, len(native.panels))
    rows = ceil(len(native.panels) / columns)
    width, height = (room.width - GAP * (columns - 1)) / columns, (room.height - GAP * (rows - 1)) / rows
    for n, panel in enumerate(native.panels):
        row, column = divmod(n, columns)
        left, top = room.x0 + column * (width + GAP), room.y0 + row * (height + GAP)
        head = _heading(slide, panel, Bbox.from_bounds(left, top, width, LINE * HEADING), page, theme)
        data: Any = _data(panel, (width, height - head), theme, page)
        shape: Any = slide.shapes.add_chart(
            XL_CHART_TYPE.BAR_CLUSTERED, Pt(left), Pt(top + head), Pt(width), Pt(height - head), data
        )
        shape.name = panel.heading or "Chart"
        # The first tells of all of them.
        describe(shape, alt if n == 0 else panel.heading)


def _data(panel: Bars | Plot, size: tuple[float, float], theme: Theme, page: Figure) -> ChartData:
    """A panel as a chart of a size in points, with its workbook."""
    if isinstance(panel, Bars):
        return ChartData(bars.chart(panel, size, theme, page), workbooks.of_bars(panel))
    plot = plots.with_names(panel)
    return ChartData(plots.chart(plot, size, theme, page), workbooks.of_plot(plot))


def _heading(slide: Slide, panel: Bars | Plot, box: Bbox, page: Figure, theme: Theme) -> float:
    """Write what stands above a panel; return its height."""
    if not panel.heading:
        return 0.0
    head, _ = fitted(page, panel.heading, box.width, HEADING, 1, is_bold=True)
    shape = textbox(slide, "Heading")
    write(shape, head, box, theme.ink, HEADING, is_bold=True)
    used = house.extent(house.put(page, 0, 0, head, theme.ink, HEADING, weight="bold")).width
    if panel.note and box.width - used > 60:
        note, _ = fitted(page, panel.note, box.width - used - 12, HEADING - 2, 1)
        add_run(shape.text_frame.paragraphs[0], f"   {note}", theme.muted, HEADING - 2)
    return LINE * HEADING + 2


def _picture(
    slide: Slide,
    picture: Callable[[tuple[int, int]], bytes],
    screen_px: tuple[int, int],
    alt: str,
    room: Bbox,
) -> None:
    """Put a picture into its room, laid out with the more pixels the higher the chart is on a screen."""
    density = min(max(DENSITY * screen_px[1] / room.height, LEAST), MOST)
    wide, high = (round(density * side) + 2 * EDGE for side in (room.width, room.height))
    sides = (Pt(side) for side in (room.x0, room.y0, room.width, room.height))
    shape = slide.shapes.add_picture(BytesIO(picture((wide, high))), *sides)
    shape.crop_left = shape.crop_right = EDGE / wide
    shape.crop_top = shape.crop_bottom = EDGE / high
    shape.name = "Chart"
    describe(shape, alt)


def _timeless(deck: BytesIO) -> bytes:
    """The same files in an archive without times."""
    out = BytesIO()
    with ZipFile(deck) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, EPOCH.timetuple()[:6]), old.read(name), ZIP_DEFLATED)
    return out.getvalue()
