"""The parts of a chart in DrawingML, the markup of charts in presentations.

Their order inside one another is that of the standard (ECMA-376, dml-chart.xsd); of the many options
of the standard those that are left out keep their defaults.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker
from matplotlib.transforms import Bbox

from analysis.charts.house import Theme
from analysis.charts.language import spoken
from analysis.charts.scales import Axis
from analysis.charts.slides.workbooks import SHEET

_NAMESPACES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
C = ElementMaker(namespace=_NAMESPACES["c"], nsmap=_NAMESPACES)
A = ElementMaker(namespace=_NAMESPACES["a"], nsmap=_NAMESPACES)
C15 = ElementMaker(
    namespace="http://schemas.microsoft.com/office/drawing/2012/chart",
    nsmap={"c15": "http://schemas.microsoft.com/office/drawing/2012/chart"},
)
EMU = 12700
"""Units of the markup in a point."""
IDS = 1, 2
"""The numbers of the two axes of a chart."""

TAGS = {"en": "en-GB", "zh": "zh-CN"}
"""The languages, as PowerPoint knows them."""
Element = Any
Look = tuple[float, str, str, str | None]
Run = tuple[str, str, bool]
"""Words, their colour, and whether they are bold."""


def tag() -> str:
    """The language of the moment, as PowerPoint knows it."""
    return TAGS[spoken().code]


def setting(name: str, value: object) -> Element:
    """An element that only holds a value."""
    text = ("0", "1")[value] if isinstance(value, bool) else str(value)
    return getattr(C, name)(val=text)


def fill(color: str | None, opacity: float = 1.0) -> Element:
    """A colour as #rrggbb, or none."""
    alpha = [A.alpha(val=str(round(100000 * opacity)))] if opacity < 1 else []
    return A.noFill() if color is None else A.solidFill(A.srgbClr(*alpha, val=color[1:]))


def line(color: str | None, width: float = 1.0, *, is_dashed: bool = False, opacity: float = 1.0) -> Element:
    """A line of a width in points."""
    dash = [A.prstDash(val="sysDash")] if is_dashed else []
    return A.ln(fill(color, opacity), *dash, w=str(round(width * EMU)), cap="flat")


def shape(inside: str | None, border: Element) -> Element:
    """How an area looks."""
    return C.spPr(fill(inside), border)


def text_look(size: float, color: str) -> Element:
    """The type of an axis or a chart."""
    look = A.defRPr(fill(color), sz=str(round(100 * size)), b="0")
    return C.txPr(A.bodyPr(), A.lstStyle(), A.p(A.pPr(look), A.endParaRPr()))


def text(paragraphs: Sequence[Sequence[Run]], size: float, align: str = "l") -> Element:
    """Words as they stand, in the way that titles and labels hold them."""
    body = A.bodyPr(wrap="none", lIns="38100", tIns="0", rIns="38100", bIns="0", anchor="ctr")
    return C.tx(C.rich(body, A.lstStyle(), *(_paragraph(runs, size, align) for runs in paragraphs)))


def _paragraph(runs: Sequence[Run], size: float, align: str) -> Element:
    return A.p(
        A.pPr(algn=align),
        *(
            A.r(
                A.rPr(fill(color), lang=tag(), sz=str(round(100 * size)), b="1" if is_bold else "0"),
                A.t(words),
            )
            for words, color, is_bold in runs
        ),
    )


def plot_area(box: Bbox) -> Element:
    """A layout for the data, in parts of the chart from its upper left."""
    sides = {"x": box.x0, "y": box.y0, "w": box.width, "h": box.height}
    modes = [setting("layoutTarget", "inner"), setting("xMode", "edge"), setting("yMode", "edge")]
    return C.layout(C.manualLayout(*modes, *(setting(name, f"{side:.5f}") for name, side in sides.items())))


def numbers(column: str, first: int, values: Iterable[float]) -> Element:
    """Values of cells under one another; NaN is an empty cell."""
    values = list(values)
    points = [C.pt(C.v(repr(float(value))), idx=str(n)) for n, value in enumerate(values) if value == value]
    cache = C.numCache(C.formatCode("General"), setting("ptCount", len(values)), *points)
    return C.numRef(C.f(_cells(column, first, len(values))), cache)


def words(column: str, first: int, values: Sequence[str]) -> Element:
    """Texts of cells under one another."""
    points = [C.pt(C.v(value), idx=str(n)) for n, value in enumerate(values)]
    cache = C.strCache(setting("ptCount", len(values)), *points)
    return C.strRef(C.f(_cells(column, first, len(values))), cache)


def _cells(column: str, first: int, n: int) -> str:
    end = f":${column}${first + n - 1}" if n > 1 else ""
    return f"{SHEET}!${column}${first}{end}"


def whiskers(
    direction: str | None, down: Element | None, up: Element, look: Element, *, has_ends: bool
) -> Element:
    """Error bars of their own length at each point."""
    along = [setting("errDir", direction)] if direction else []
    kind = "plus" if down is None else "both"
    lengths = [C.plus(up), *([] if down is None else [C.minus(down)])]
    return C.errBars(
        *along,
        setting("errBarType", kind),
        setting("errValType", "cust"),
        setting("noEndCap", not has_ends),
        *lengths,
        C.spPr(look),
    )


def label(
    n: int,
    lines: Sequence[Sequence[Run]],
    size: float,
    where: str,
    move: tuple[float, float] = (0.0, 0.0),
    paper: str | None = None,
) -> Element:
    """The words at point n.

    Args:
        n: the number of the point.
        lines: runs of words, line by line.
        size: of the type.
        where: r, l, t, b or outEnd.
        move: the way from there to the right and down, in parts of the chart.
        paper: the colour that keeps lines out of the words, or None.
    """
    ways = [setting(name, f"{way:.5f}") for name, way in zip("xy", move, strict=True)]
    return C.dLbl(
        setting("idx", n),
        *([C.layout(C.manualLayout(*ways))] if any(move) else []),
        text(lines, size),
        shape(paper, line(None)),
        setting("dLblPos", where),
        *_shown(value=True),
    )


def labels(each: Iterable[Element], leader: str) -> Element:
    """The labels of a series: only those that are given, with a thin line of a colour to those moved away."""
    lines = C15.leaderLines(C.spPr(line(leader, 0.5)))
    extension = C.ext(C15.showLeaderLines(val="1"), lines, uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}")
    return C.dLbls(*each, *_shown(value=False), C.extLst(extension))


def _shown(*, value: bool) -> list[Element]:
    others = ("showCatName", "showSerName", "showPercent", "showBubbleSize")
    return [
        setting("showLegendKey", False),
        setting("showVal", value),
        *(setting(name, False) for name in others),
    ]


def marker(symbol: str, size: int, inside: str | None, border: Element) -> Element:
    """How a point is drawn."""
    return C.marker(setting("symbol", symbol), setting("size", size), shape(inside, border))


def value_axis(
    axis: Axis, ids: tuple[int, int], where: str, crosses: str, look: Look, *, has_grid: bool
) -> Element:
    """A scale of values.

    Args:
        axis: the scale.
        ids: its number among the axes of the chart, and that of the axis that it crosses.
        where: b or l.
        crosses: the end of the other axis that it stands at, min or max.
        look: size and colour of its words, colour of its grid, colour of its line or None.
        has_grid: whether lines run through the plot.
    """
    size, color, grid, edge = look
    scaling = [setting("logBase", axis.step)] if axis.is_log else []
    name = C.title(text([[(axis.name, color, False)]], size), setting("overlay", False))
    return C.valAx(
        setting("axId", ids[0]),
        C.scaling(
            *scaling,
            setting("orientation", "maxMin" if axis.is_reversed else "minMax"),
            setting("max", f"{axis.high:.10g}"),
            setting("min", f"{axis.low:.10g}"),
        ),
        setting("delete", False),
        setting("axPos", where),
        *([C.majorGridlines(C.spPr(line(grid, 0.75)))] if has_grid else []),
        *([name] if axis.name else []),
        C.numFmt(formatCode=axis.number_format or "General", sourceLinked="0"),
        setting("majorTickMark", "none"),
        setting("minorTickMark", "none"),
        setting("tickLblPos", "nextTo" if axis.number_format else "none"),
        C.spPr(line(edge)),
        text_look(size, color),
        setting("crossAx", ids[1]),
        setting("crosses", crosses),
        setting("crossBetween", "midCat"),
        setting("majorUnit", f"{axis.step:.10g}"),
    )


def name_axis(ids: tuple[int, int], size: float, color: str) -> Element:
    """The names of rows, the first on top."""
    return C.catAx(
        setting("axId", ids[0]),
        C.scaling(setting("orientation", "maxMin")),
        setting("delete", False),
        setting("axPos", "l"),
        setting("majorTickMark", "none"),
        setting("minorTickMark", "none"),
        setting("tickLblPos", "low"),
        C.spPr(line(color)),
        text_look(size, color),
        setting("crossAx", ids[1]),
        setting("crosses", "min"),
        setting("auto", False),
        setting("lblAlgn", "ctr"),
        setting("lblOffset", 40),
        setting("noMultiLvlLbl", True),
    )


def head(n: int, column: str, row: int, name: str) -> list[Element]:
    """What every series begins with: its number and the cell of its name."""
    return [setting("idx", n), setting("order", n), C.tx(words(column, row, [name]))]


def chart(inside: Sequence[Element], inner: Bbox, size: tuple[float, float], theme: Theme) -> bytes:
    """A whole chart.

    Args:
        inside: plots and axes.
        inner: the box of the data in points from the lower left.
        size: width and height in points.
        theme: colours.
    """
    width, height = size
    box = Bbox([[inner.x0 / width, 1 - inner.y1 / height], [inner.x1 / width, 1 - inner.y0 / height]])
    space = C.chartSpace(
        setting("date1904", False),
        setting("roundedCorners", False),
        C.chart(
            setting("autoTitleDeleted", True),
            C.plotArea(plot_area(box), *inside, C.spPr(fill(None))),
            setting("plotVisOnly", True),
            setting("dispBlanksAs", "gap"),
        ),
        shape(None, line(None)),
        text_look(12, theme.ink),
    )
    written: bytes = etree.tostring(space, encoding="UTF-8", xml_declaration=True, standalone=True)
    return written
