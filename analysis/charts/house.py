"""The house style: what stands on every chart around the data.

A page has a finding as its title, a grey subtitle with measure, unit and coverage, a key of marks where the
form needs one, the body that a form draws into, and a footer with the sources. Everything is placed in
pixels of a fixed size.
"""

import locale
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import as_file, files
from math import ceil
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.style
import pandas as pd
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter
from matplotlib.transforms import Bbox

from analysis.charts import lettering
from analysis.charts.language import ENGLISH, Language, say, spoken
from analysis.charts.words import count, day

FACE, HAN_FACE = "Lato", "Noto Sans CJK"
"""The face, and the one for letters that it lacks in other languages."""
WEIGHTS = {"regular": 400, "bold": 700}
DPI = 100
MARGIN = 20
"""Pixels around the page."""
SCREEN = 800
"""Pixels of width on which a title takes two lines at most."""
NARROW = 520
"""Rows with less room than this, in pixels, have their names over them."""

_HAN, _CLOSING = "\u3400-\u9fff", "、，。；：！？）》」』”’%％"
BREAK = re.compile(
    rf"\s+|(?<=[A-Za-z])-(?=[A-Za-z])|(?<=[{_HAN}{_CLOSING}])(?=[^{_CLOSING}\s])(?!(?<=美)元)"
    rf"|(?<=[A-Za-z])(?=[{_HAN}（《「“])|(?<=–)(?=[\d.]+[亿万])"
)
"""Where a line may end: at a blank, behind a hyphen, and between Chinese characters, but neither before a
closing sign nor between a number and its unit, nor in the dollar; and between two Chinese sums."""

TITLE, SUBTITLE, LABEL, SOURCE = 16.0, 10.5, 10.0, 9.0
"""Font sizes in points; nothing on a page is smaller than SOURCE."""


@dataclass(frozen=True)
class Theme:
    """The colours of a page.

    Attributes:
        paper: background.
        ink: titles, labels.
        muted: subtitle, ticks, source.
        faint: grid lines.
        accent: Alibaba and its companies, on every chart.
        accent_soft: where Alibaba took part without leading.
        other: everyone else.
    """

    paper: str
    ink: str
    muted: str
    faint: str
    accent: str
    accent_soft: str
    other: str

    @property
    def marks(self) -> tuple[str, ...]:
        """The colours that data are drawn in."""
        return self.accent, self.accent_soft, self.other


# Orange and blue-grey stay apart for every kind of colour vision; the three marks fall on different greys.
LIGHT = Theme("#ffffff", "#1c2530", "#5b6672", "#e2e6ea", "#c8480a", "#f5bd98", "#95a2b0")
DARK = Theme("#12171d", "#f3f5f7", "#b3bdc8", "#2c353f", "#ff8c4f", "#8f5334", "#7d8b9a")
# One ink: the darker, the closer to Alibaba; black is left for words and bounds.
PRINT = Theme("#ffffff", "#000000", "#4d4d4d", "#e0e0e0", "#555555", "#8e8e8e", "#c8c8c8")
THEMES = {"light": LIGHT, "dark": DARK, "print": PRINT}


@dataclass(frozen=True)
class Mark:
    """A sign of the key: what a form draws, and what it means."""

    meaning: str
    style: dict[str, Any]


@dataclass(frozen=True)
class Texts:
    """The words around a chart."""

    title: str
    subtitle: str
    source: str


@contextmanager
def style() -> Iterator[None]:
    """Apply the house style; a character that the faces lack is an error, not a box.

    Raises:
        ModuleNotFoundError: the faces of the language of the moment are not installed.
    """
    language = spoken()
    for face in faces(language):
        _register(face)
    with (
        as_file(files("analysis.charts") / "house.mplstyle") as sheet,
        mpl.style.context([sheet, {"font.family": list(faces(language)), "text.language": language.tag}]),
        warnings.catch_warnings(),
        _no_country(),
    ):
        warnings.filterwarnings("error", message=r"Glyph .* missing")
        yield


@contextmanager
def _no_country() -> Iterator[None]:
    """Measure texts alike everywhere: they are measured by the forms of letters of the user's country."""
    before = locale.setlocale(locale.LC_CTYPE)
    locale.setlocale(locale.LC_CTYPE, "C")
    try:
        yield
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def faces(language: Language) -> tuple[str, ...]:
    """The faces that a language is set in: the first for what it has, the second for the rest."""
    return (FACE,) if language is ENGLISH else (FACE, HAN_FACE)


@cache
def _register(face: str) -> None:
    """Make the weights of a face known to matplotlib."""
    for weight, value in WEIGHTS.items():
        path = str(_font_file(face, weight.capitalize()))
        font_manager.fontManager.ttflist.append(font_manager.FontEntry(path, name=face, weight=value))


def _font_file(face: str, weight: str) -> Path:
    """The file of a face in its package."""
    if face == FACE:
        package, file = "fontpkg_lato", f"files/{FACE}-{weight}.ttf"
    else:
        # It holds the forms of all regions; text.language chooses those of simplified Chinese.
        package, file = f"cvttf_NotoSansCJK_{weight}", f"NotoSansCJKtc-{weight}.otf"
    try:
        folder = import_module(package).__file__
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"Chinese charts need the package {package}: pip install 'world-model-funding[chinese]'"
        ) from error
    assert folder is not None
    return Path(folder).parent / file


def face_path(face: str, weight: str) -> Path:
    """The file that text of a face and weight is set in."""
    wanted = font_manager.FontProperties(family=face, weight=weight)
    return Path(font_manager.findfont(wanted, fallback_to_default=False))


def page(
    size: tuple[int, int], texts: Texts, key: Sequence[Mark] = (), theme: Theme = LIGHT
) -> tuple[Figure, Bbox]:
    """Return a figure with everything around the data, and the room left for the data in pixels.

    Args:
        size: width and height in pixels.
        texts: title (two lines at most on a screen, more on a narrower page, then cut with an ellipsis),
            subtitle and source (wrapped).
        key: what the marks of the form mean.
        theme: colours.
    """
    width, height = size
    figure = Figure((width / DPI, height / DPI), dpi=DPI, facecolor=theme.paper)
    FigureCanvasAgg(figure)
    room, narrow = width - 2 * MARGIN, max(1.0, SCREEN / width)
    top = float(height - MARGIN)
    title = put(figure, MARGIN, top, texts.title, theme.ink, TITLE, va="top", weight="bold", linespacing=1.2)
    title.set_text(wrap(title, texts.title, room, lines=ceil(2 * narrow)))
    title.set_gid("title")
    top = extent(title).y0 - 7
    subtitle = put(figure, MARGIN, top, "", theme.muted, SUBTITLE, va="top", linespacing=1.35)
    subtitle.set_text(wrap(subtitle, texts.subtitle, room, lines=ceil(3 * narrow)))
    subtitle.set_gid("subtitle")
    top = extent(subtitle).y0 - 12
    if key:
        top = _draw_key(figure, key, top, room, theme) - 6
    source = put(figure, MARGIN, MARGIN - 4, "", theme.muted, SOURCE, va="bottom", linespacing=1.35)
    source.set_text(wrap(source, texts.source, room, lines=ceil(3 * narrow)))
    source.set_gid("source")
    bottom = extent(source).y1 + 12
    return figure, Bbox([[MARGIN, bottom], [width - MARGIN, top]])


def put(figure: Figure, x: float, y: float, text: str, color: str, size: float = LABEL, **more: Any) -> Text:
    """Write text at a place given in pixels from the lower left."""
    width, height = figure.bbox.size
    written = lettering.Text(x / width, y / height, text, color=color, fontsize=size, **more)
    figure.add_artist(written)
    return written


def clear(text: Text, theme: Theme) -> None:
    """Keep grid lines out of a text."""
    text.set_bbox({"facecolor": theme.paper, "edgecolor": "none", "pad": 1})


def extent(text: Text) -> Bbox:
    """The box that a text fills, in pixels."""
    figure = text.get_figure(root=True)
    assert figure is not None
    return text.get_window_extent(figure.canvas.get_renderer())  # type: ignore[attr-defined]


def settle(figure: Figure) -> None:
    """Write the labels of scales, which matplotlib else makes as late as a file is written.

    They are words in the language of the moment.
    """
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        formatter, ticks = axis.get_major_formatter(), list(axis.get_majorticklocs())
        if isinstance(formatter, FuncFormatter):
            labels = formatter.format_ticks(ticks)
            axis.set_major_locator(FixedLocator(ticks))
            axis.set_major_formatter(FixedFormatter(labels))


def fraction(figure: Figure, box: Bbox) -> tuple[float, float, float, float]:
    """A box of pixels as left, bottom, width and height in parts of the figure, as axes are placed."""
    width, height = figure.bbox.size
    return box.x0 / width, box.y0 / height, box.width / width, box.height / height


def wrap(text: Text, words: str, room: float, lines: int) -> str:
    """Break words into lines that fit the room in the type of the text; the rest becomes an ellipsis."""

    def fits(line: str) -> bool:
        text.set_text(line)
        return extent(text).width <= room

    before = text.get_text()
    # The widest line in letters is found by halving: type is proportional, so letters alone do not say.
    wrapped: list[str] = []
    rest = words
    while rest and len(wrapped) < lines:
        # Most words fit as they are.
        low, high = (len(rest), len(rest)) if fits(rest) else (1, len(rest) - 1)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if fits(rest[:middle].rstrip()) else (low, middle - 1)
        last = len(wrapped) == lines - 1
        # A word that is longer than the room is cut.
        end = (
            low if low == len(rest) else max((m.end() for m in BREAK.finditer(rest, 0, low + 1)), default=low)
        )
        line, left = rest[: min(end, low)].rstrip(), rest[min(end, low) :].lstrip()
        if last and left:
            while line and not fits(f"{line}…"):
                line = line[:-1]
            line, left = f"{line.rstrip(' ,;，；、')}…", ""
        wrapped.append(line)
        rest = left
    text.set_text(before)
    return "\n".join(wrapped)


def _draw_key(figure: Figure, key: Sequence[Mark], top: float, room: float, theme: Theme) -> float:
    """Write the marks and their meanings in rows from the left; return where the next thing may begin."""
    width, height = figure.bbox.size
    x, y = float(MARGIN), top - 8
    for mark in key:
        text = put(figure, x + 18, y, mark.meaning, theme.muted, va="center_baseline")
        if extent(text).x1 > MARGIN + room and x > MARGIN:
            x, y = float(MARGIN), y - 20
            text.set_position(((x + 18) / width, y / height))
        center = [(x + 7) / width], [y / height]
        figure.add_artist(Line2D(*center, transform=figure.transFigure, **mark.style))
        x = extent(text).x1 + 18
    return y - 10


def behind(frame: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """The reports that plotted rows come from.

    Args:
        frame: rows, each with the `round_id` or the `round_ids` (with "; " between) that it comes from.
        reports: all reports.
    """
    ids = frame["round_id"] if "round_id" in frame else frame["round_ids"].str.split("; ").explode()
    return reports[reports["round_id"].isin(ids)]


def told(frame: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """What sources say behind plotted rows: their reports, or the rows where each has a publisher."""
    return frame if "publisher" in frame else behind(frame, reports)


def source_line(frame: pd.DataFrame, reports: pd.DataFrame) -> str:
    """Say how many reports stand behind plotted rows, and the day of the record: the newest `collected`."""
    sources = told(frame, reports)
    return say(
        "Source: {reports} from {publishers}, collected by {day}",
        reports=count(len(sources), "report"),
        publishers=count(sources["publisher"].nunique(), "publisher"),
        day=day(reports["collected"].max()),
    )
