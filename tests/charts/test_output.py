"""What leaves the house: files with the same bytes every time, notebook outputs with alt text."""

import re
import xml.etree.ElementTree as ET
from base64 import b64decode
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from analysis import __version__, charts, load
from analysis.charts import about, files, house, tabulate
from analysis.load import Once
from tests.charts.conftest import FIRST_OF_NOTEBOOKS, Record, mostly_slow

RECORD, COMMITTED = Once(Record()), Once(load)


@pytest.fixture
def outputs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, str], dict[str, dict[str, str]]]]:
    """What a notebook cell would show: data and metadata."""
    shown: list[tuple[dict[str, str], dict[str, dict[str, str]]]] = []

    def display(
        data: dict[str, str], *, metadata: dict[str, dict[str, str]] | None = None, raw: bool
    ) -> None:
        assert raw
        shown.append((data, metadata or {}))

    monkeypatch.setattr(charts, "display", display)
    return shown


each_notebook = pytest.mark.parametrize("name", FIRST_OF_NOTEBOOKS.values())


@mostly_slow
@pytest.mark.parametrize(
    "formats",
    [["svg", "csv"], pytest.param([*charts.FORMATS], marks=pytest.mark.slow)],
    ids=["drawing and numbers", "every format"],
)
@pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.slow)])
def test_an_export_has_the_same_bytes_every_time(
    name: str, formats: list[str], lang: str, tmp_path: Path
) -> None:
    first = charts.export(name, COMMITTED, tmp_path / "first", formats, lang=lang)
    second = charts.export(name, COMMITTED, tmp_path / "second", formats, lang=lang)
    stem = name if lang == "en" else f"{name}_{lang}"
    drawn = [f"{name if format_ == 'csv' else stem}.{format_}" for format_ in formats]
    assert [path.name for path in first] == [*drawn, f"{stem}.txt", f"{name}_sources.csv"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize(
    ("size", "pixels"),
    [("screen", (1600, 880)), ("column", (960, 1056)), ("slide", (2560, 1440)), ("page", (1340, 968))],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_picture_has_twice_the_pixels_of_its_size(
    size: str, pixels: tuple[int, int], lang: str, tmp_path: Path, record: Record
) -> None:
    path, *_ = charts.export("alibaba_capital", record, tmp_path, ["png"], size=size, lang=lang)
    ends = ("" if lang == "en" else f"_{lang}") + ("" if size == "screen" else f"_{size}")
    assert path.name == f"alibaba_capital{ends}.png"
    with Image.open(path) as picture:
        assert picture.size == pixels


def test_a_picture_has_the_themes_colours(tmp_path: Path, record: Record) -> None:
    path, *_ = charts.export("alibaba_capital", record, tmp_path, ["png"])
    with Image.open(path) as picture:
        colors = {color for _, color in picture.convert("RGB").getcolors(2**24)}
    assert (255, 255, 255) in colors
    assert (0xC8, 0x48, 0x0A) in colors


def test_an_svg_keeps_its_text_and_has_no_date(tmp_path: Path, record: Record) -> None:
    path, *_ = charts.export("alibaba_capital", record, tmp_path, ["svg"])
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    texts = ["".join(text.itertext()).strip() for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any("Aye and Bee raised" in text for text in texts)
    faces = re.findall(r"font-weight:(\d+);src:url\(data:font/woff;base64,(.+?)\)", path.read_text("utf-8"))
    assert [weight for weight, _ in faces] == ["400", "700"]
    for _, data in faces:
        held = TTFont(BytesIO(b64decode(data))).getBestCmap()
        assert {ord(letter) for text in texts for letter in text} <= set(held)
    assert b"<dc:date>" not in path.read_bytes()


def test_a_csv_holds_the_plotted_rows_for_excel(tmp_path: Path, record: Record) -> None:
    path, *_ = charts.export("alibaba_capital", record, tmp_path, ["csv"])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    again = pd.read_csv(StringIO(path.read_text(encoding="utf-8-sig")))
    assert again["company"].tolist() == charts.frame("alibaba_capital", record)["company"].tolist()


def test_a_pdf_holds_its_fonts_and_no_date(tmp_path: Path, record: Record) -> None:
    path, *_ = charts.export("alibaba_capital", record, tmp_path, ["pdf"])
    content = path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert b"/FontFile2" in content
    assert b"/CreationDate" not in content


def test_words_and_sources_stand_beside_a_chart(tmp_path: Path, record: Record) -> None:
    *_, text, sources = charts.export("alibaba_capital", record, tmp_path, ["svg"])
    chart, frame = charts.get("alibaba_capital"), charts.frame("alibaba_capital", record)
    words = text.read_text(encoding="utf-8")
    for part in (chart.title(frame), chart.alt(frame), "23 November 2026", "CC BY 4.0", "_sources.csv"):
        assert part in words
    listed = pd.read_csv(sources)
    assert listed["report_id"].tolist() == record.closed_rounds()["round_id"].tolist()
    assert listed["url"].str.startswith("https://").all()


def test_the_words_cite_as_the_citation_file_does() -> None:
    cited = (load.directory().parents[1] / "CITATION.cff").read_text(encoding="utf-8")
    for part in (about.AUTHORS, f'"{about.TITLE}"', f"version: {__version__}"):
        assert part in cited


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_spreadsheet_runs_no_text(start: str) -> None:
    rows = pd.read_csv(BytesIO(files.csv(pd.DataFrame({"a": [f"{start}cmd()"], "b": [-1.5]}))))
    assert rows.iloc[0].tolist() == [f"'{start}cmd()", -1.5]


@pytest.mark.parametrize("theme", house.THEMES)
@each_notebook
def test_every_theme_draws_on_its_own_paper(name: str, theme: str, tmp_path: Path) -> None:
    path, *_ = charts.export(name, RECORD, tmp_path, ["svg"], theme)
    assert path.name == (f"{name}.svg" if theme == "light" else f"{name}_{theme}.svg")
    colors = house.THEMES[theme]
    drawn = path.read_text(encoding="utf-8")
    assert colors.paper in drawn
    others = {other.accent for other in house.THEMES.values()} - {colors.accent, colors.ink, colors.paper}
    assert not [color for color in others if color in drawn]


def test_an_unknown_theme_is_named(tmp_path: Path, record: Record) -> None:
    with pytest.raises(ValueError, match=r"no theme 'neon'\. There are: light, dark, print"):
        charts.export("alibaba_capital", record, tmp_path, ["svg"], "neon")


def test_an_unknown_format_writes_nothing(tmp_path: Path, record: Record) -> None:
    with pytest.raises(ValueError, match=r"no format 'jpg'\. There are: png, svg, pdf, csv"):
        charts.export("alibaba_capital", record, tmp_path / "out", ["png", "jpg"])
    assert not (tmp_path / "out").exists()


@each_notebook
def test_a_shown_chart_is_the_exported_picture_with_its_alt_text(
    name: str, tmp_path: Path, outputs: list[tuple[dict[str, str], dict[str, dict[str, str]]]]
) -> None:
    frame = charts.frame(name, RECORD)
    charts.show(name, frame, RECORD.reports())
    ((data, metadata),) = outputs
    alt = charts.CHARTS[name].alt(frame)
    assert metadata == {"image/png": {"alt": alt, "width": charts.CHARTS[name].size[0]}}
    assert data["text/plain"] == alt
    exported, *_ = charts.export(name, RECORD, tmp_path, ["png"])
    assert b64decode(data["image/png"]) == exported.read_bytes()
    assert Image.open(exported).format == "PNG"


def test_a_table_is_shown_as_text_and_for_the_browser(
    record: Record, outputs: list[tuple[dict[str, str], dict[str, dict[str, str]]]]
) -> None:
    charts.table("alibaba_capital", charts.frame("alibaba_capital", record))
    ((data, _),) = outputs
    assert data["text/plain"].splitlines()[0].split()[:2] == ["Company", "At"]
    ET.fromstring(data["text/html"])


def test_sources_link_to_every_page(
    record: Record, outputs: list[tuple[dict[str, str], dict[str, dict[str, str]]]]
) -> None:
    charts.sources(charts.frame("alibaba_rounds", record), record.reports())
    ((data, _),) = outputs
    links = ET.fromstring(data["text/html"]).iter("a")
    assert [link.get("href") for link in links] == ["https://example.org/?a=1&b=2"] * 5
    closed = record.closed_rounds()["round_id"]
    assert data["text/plain"].splitlines() == [f"{name}: 某报" for name in closed]


@pytest.mark.parametrize(("n", "tag"), [(tabulate.FOLDED, "table"), (tabulate.FOLDED + 1, "details")])
def test_a_long_table_is_folded(n: int, tag: str) -> None:
    root = ET.fromstring(tabulate.html(pd.DataFrame({"Rounds": [str(row) for row in range(n)]})))
    assert root.tag == tag
    assert len(list(root.iter("td"))) == n


def test_a_table_escapes_what_a_browser_would_read() -> None:
    rows = pd.DataFrame({"Name": ["<b>A & B</b>"], "Rounds": ["3"]})
    cells = [cell.text for cell in ET.fromstring(tabulate.html(rows)).iter("td")]
    assert cells == ["<b>A & B</b>", "3"]


def test_a_png_is_small(record: Record) -> None:
    frame = charts.frame("alibaba_rounds", record)
    picture = files.png(charts.draw("alibaba_rounds", frame, record.reports()), charts.LIGHT, 1600)
    assert len(picture) < 120_000
    assert Image.open(BytesIO(picture)).mode == "P"
