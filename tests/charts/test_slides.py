"""Slides: real texts, charts that can be edited with the numbers of the frame, the same bytes every time."""

import re
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation

from analysis import charts, load
from analysis.charts import slides
from analysis.charts.forms import dots, range_bars, timeline
from analysis.charts.house import DARK, LIGHT, Texts, Theme
from analysis.charts.language import get, speaking
from analysis.charts.native import Native
from analysis.load import Once
from tests.charts.conftest import Record

RECORD = Once(Record())
TEXTS = Texts("One finding", "Measure, unit", "Source: 3 reports")
HOSTILE = '=HYPERLINK("http://x")<b>&amp;'
MONEY = ["usd_low", "usd_stated", "usd_high"]
BARS = pd.DataFrame(
    [(60e6, 70e6, 80e6), (14e6, None, None), (None, None, None)], columns=MONEY, dtype="float64"
).assign(name=["Aye", "Bee", HOSTILE], note="1 undisclosed", color=[LIGHT.accent, LIGHT.other, LIGHT.other])
DOTS = BARS.assign(
    usd_stated=[70e6, 14e6, None], label="$1m", is_firm=[True, False, True], is_reference=False
)
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"

# What stands inside the elements of a chart, in order (ECMA-376, dml-chart.xsd): PowerPoint takes no other.
ORDER = {
    "chartSpace": "date1904 roundedCorners chart spPr txPr externalData",
    "chart": "autoTitleDeleted plotArea plotVisOnly dispBlanksAs",
    "plotArea": "layout barChart scatterChart catAx valAx spPr",
    "manualLayout": "layoutTarget xMode yMode x y w h",
    "barChart": "barDir grouping varyColors ser gapWidth overlap axId",
    "scatterChart": "scatterStyle varyColors ser axId",
    "ser": "idx order tx spPr invertIfNegative marker dPt dLbls errBars cat val xVal yVal smooth",
    "dPt": "idx invertIfNegative marker bubble3D spPr",
    "marker": "symbol size spPr",
    "dLbls": "dLbl showLegendKey showVal showCatName showSerName showPercent showBubbleSize extLst",
    "dLbl": "idx layout tx spPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize",
    "errBars": "errDir errBarType errValType noEndCap plus minus spPr",
    "catAx": "axId scaling delete axPos majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses "
    "auto lblAlgn lblOffset noMultiLvlLbl",
    "valAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
    "spPr txPr crossAx crosses crossBetween majorUnit",
    "scaling": "logBase orientation max min",
}


def no_picture(size: tuple[int, int]) -> bytes:
    """What an editable chart must not ask for."""
    raise AssertionError


def deck(native: Native | None, theme: Theme = LIGHT, **more: Any) -> bytes:
    """A presentation of one chart."""
    given = {"key": [], "alt": "A & B", "notes": "Licence: CC BY", "picture": no_picture, **more}
    return slides.pptx(TEXTS, native=native, screen_px=(800, 500), theme=theme, **given)


def slide_of(content: bytes) -> Any:
    """The slide of a presentation, as it is read again."""
    presentation = Presentation(BytesIO(content))
    assert (presentation.slide_width, presentation.slide_height) == (12192000, 6858000)
    (slide,) = presentation.slides
    return slide


def charts_of(content: bytes) -> list[Any]:
    """The editable charts of a presentation."""
    return [shape.chart for shape in slide_of(content).shapes if shape.has_chart]


def cells(chart: Any) -> dict[str, str]:
    """What the cells of the workbook inside a chart hold: texts and numbers, and formulas as such."""
    book = ZipFile(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    strings = ["".join(item.itertext()) for item in etree.fromstring(book.read("xl/sharedStrings.xml"))]
    held = {}
    for cell in etree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter("{*}c"):
        formula, value = cell.find("{*}f"), cell.findtext("{*}v")
        text = strings[int(value)] if cell.get("t") == "s" else value
        held[cell.get("r")] = f"formula {formula.text}" if formula is not None else text
    return held


@pytest.fixture(scope="module")
def bars() -> bytes:
    return deck(range_bars.native(BARS, LIGHT), key=range_bars.key(BARS, LIGHT))


def test_texts_are_where_outlines_and_screen_readers_look(bars: bytes) -> None:
    slide = slide_of(bars)
    assert slide.shapes.title.text_frame.text == "One finding"
    assert slide.slide_layout.name == "Title Only"
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert texts == ["One finding", "Measure, unit", "Source: 3 reports"]
    assert slide.notes_slide.notes_text_frame.text == "Licence: CC BY"
    assert [
        shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in slide.shapes if shape.has_chart
    ] == ["A & B"]
    (group,) = [shape for shape in slide.shapes if shape.name == "Key"]
    key = [shape.text_frame.text for shape in group.shapes if shape.has_text_frame and shape.text_frame.text]
    assert key == [mark.meaning for mark in range_bars.key(BARS, LIGHT)]


def test_bars_have_the_numbers_of_the_frame_and_whiskers_to_the_upper_bound(bars: bytes) -> None:
    (chart,) = charts_of(bars)
    low, stated, _ = chart.plots[0].series
    assert list(chart.plots[0].categories) == ["Aye", "Bee", HOSTILE]
    assert list(low.values) == [60e6, 14e6, None]
    assert list(stated.values) == [70e6, None, None]
    up = [float(value.text) for value in low._element.iterfind(f"{C}errBars/{C}plus//{C}v")]
    assert up == [20e6]
    fills = [point.find(f"{C}spPr")[0][0].get("val") for point in low._element.iterfind(f"{C}dPt")]
    assert fills == [color[1:] for color in BARS["color"]]
    held = cells(chart)
    assert [held["A2"], float(held["B2"]), float(held["C2"]), float(held["E2"])] == ["Aye", 60e6, 70e6, 80e6]
    assert held["F2"] == "formula E2-B2"
    assert "F3" not in held


def test_raw_texts_are_shown_as_texts(bars: bytes) -> None:
    (chart,) = charts_of(bars)
    assert cells(chart)["A4"] == HOSTILE
    labels = [
        "".join(run.text for run in label.iter("{*}t"))
        for label in chart.plots[0].series[2]._element.iter(f"{C}dLbl")
    ]
    assert labels == [
        "$60m–$80m  1 undisclosed",
        "→ $14m or more  1 undisclosed",
        "undisclosed  1 undisclosed",
    ]


def test_dots_are_points_with_hollow_ones_lighter_and_names_at_their_rows() -> None:
    (chart,) = charts_of(deck(dots.native(DOTS, LIGHT)))
    points = {series.name: list(zip(*_values(series), strict=True)) for series in chart.plots[0].series}
    assert points["Alibaba"] == [(70e6, 1)]
    assert points["others, not firm"] == [(14e6, 2)]
    assert points["names"][0][1] == 1
    assert f"{HOSTILE}\n1 undisclosed" in cells(chart).values()
    (hollow,) = [series for series in chart.plots[0].series if series.name == "others, not firm"]
    fill, edge = hollow._element.iterfind(f"{C}marker/{C}spPr//{{*}}srgbClr")
    assert edge.get("val") == LIGHT.other[1:]
    assert fill.get("val") not in (LIGHT.other[1:], LIGHT.paper[1:])


def _values(series: Any) -> tuple[list[float], list[float]]:
    """The x and y of the points of a series."""
    sides = [series._element.find(f"{C}{name}") for name in ("xVal", "yVal")]
    x, y = ([float(value.text) for value in side.iter(f"{C}v")] for side in sides)
    return x, y


def test_dates_are_dates_and_amounts_are_in_the_words_of_the_chart() -> None:
    frame = BARS.assign(
        lane="Aye", lane_note="", label="A", is_firm=True, date_start=pd.Timestamp("2024-03-01"),
        date_end=pd.Timestamp("2026-03-01"),
    )  # fmt: skip
    (chart,) = charts_of(deck(timeline.native(frame, LIGHT)))
    across, up = chart._chartSpace.iter(f"{C}valAx")
    assert across.find(f"{C}numFmt").get("formatCode") == "yyyy"
    assert up.find(f"{C}numFmt").get("formatCode") == '[>=19800000]"$"0,,"m";"$0"'


def test_a_scale_of_dollars_in_chinese_is_in_its_units() -> None:
    chinese = get("zh", load.companies())
    with speaking(chinese):
        content = deck(range_bars.native(BARS.assign(usd_high=8e8), LIGHT))
    (chart,) = charts_of(content)
    (axis,) = chart._chartSpace.iter(f"{C}valAx")
    assert "亿美元" in axis.find(f"{C}numFmt").get("formatCode")
    (run, *_) = slide_of(content).shapes.title.text_frame.paragraphs[0].runs
    assert run._r.rPr.get("lang") == "zh-CN"


@pytest.mark.parametrize("name", ["alibaba_rounds", "alibaba_capital", "article_dollars", "disagree_dates"])
def test_elements_stand_in_the_order_of_the_standard(name: str) -> None:
    chart = charts.get(name)
    frame = charts.frame(name, RECORD)
    assert chart.native is not None
    for drawn in charts_of(deck(chart.native(frame, LIGHT))):
        for element in drawn._chartSpace.iter(f"{C}*"):
            parent = etree.QName(element).localname
            if parent in ORDER:
                order = ORDER[parent].split()
                places = [order.index(etree.QName(child).localname) for child in element]
                assert all(one <= other for one, other in pairwise(places)), parent


def test_a_chart_that_powerpoint_has_not_is_a_picture_of_twice_its_pixels() -> None:
    asked = []

    def picture(size: tuple[int, int]) -> bytes:
        asked.append(size)
        out = BytesIO()
        Image.new("RGB", (2 * size[0], 2 * size[1])).save(out, "png")
        return out.getvalue()

    slide = slide_of(deck(None, picture=picture))
    (shape,) = [shape for shape in slide.shapes if shape.name == "Chart"]
    assert shape._element.xpath(".//p:cNvPr")[0].get("descr") == "A & B"
    ((wide, high),) = asked
    seen = (1 - 2 * shape.crop_left) * wide / ((1 - 2 * shape.crop_top) * high)
    assert seen == pytest.approx(shape.width / shape.height, rel=0.01)
    assert shape.top > slide.shapes.title.top + slide.shapes.title.height


def test_face_and_colours_are_the_themes(bars: bytes) -> None:
    for theme, content in ((LIGHT, bars), (DARK, deck(range_bars.native(BARS, DARK), DARK))):
        written = ZipFile(BytesIO(content)).read("ppt/theme/theme1.xml").decode()
        assert f'<a:lt1><a:srgbClr val="{theme.paper[1:]}"/></a:lt1>' in written
        assert f'<a:accent1><a:srgbClr val="{theme.accent[1:]}"/></a:accent1>' in written
        assert written.count('<a:latin typeface="Lato"/>') == 2


def test_words_fit_their_room(bars: bytes) -> None:
    slide = slide_of(bars)
    boxes = sorted((shape.top, shape.top + shape.height) for shape in slide.shapes if shape.name != "Key")
    assert all(low <= top for (_, low), (top, _) in pairwise(boxes))
    assert boxes[-1][1] <= 6858000


def test_no_file_in_it_has_a_time(bars: bytes) -> None:
    assert deck(range_bars.native(BARS, LIGHT), key=range_bars.key(BARS, LIGHT)) == bars
    archive = ZipFile(BytesIO(bars))
    assert {info.date_time[0] for info in archive.infolist()} == {1980}
    (book,) = [name for name in archive.namelist() if name.endswith(".xlsx")]
    for core in (archive, ZipFile(BytesIO(archive.read(book)))):
        years = re.findall(rb"(\d{4})-\d\d-\d\dT", core.read("docProps/core.xml"))
        assert set(years) == {b"1980"}
