"""A chart on a page: its picture, and links to its files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

import pandas as pd

from analysis.charts import sizes
from analysis.charts.chart import Chart

_FILE = re.compile(
    r"(?P<name>\w+?)(?:_(?P<sources>sources))?(?:_(?P<language>zh))?(?:_(?P<size>column|slide|page))?"
    r"(?:_(?P<theme>dark|print))?\.(?P<format>png|svg|pdf|pptx|csv|txt)"
)
_FORMATS = {"png": "PNG", "svg": "SVG", "pdf": "PDF", "pptx": "PowerPoint", "csv": "CSV", "txt": "Text"}
_WORDS = {
    "zh": "Chinese",
    "column": "narrow column",
    "slide": "slide",
    "page": "printed page",
    "dark": "dark",
    "print": "one ink",
}


@dataclass(frozen=True)
class Plotted:
    """A chart with its numbers and what was exported of it.

    Attributes:
        chart: its entry in the registry.
        frame: the plotted rows.
        rows: the same rows in words.
        files: names of the exported files.
    """

    chart: Chart
    frame: pd.DataFrame
    rows: pd.DataFrame
    files: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the chart."""
        return self.chart.name

    @cached_property
    def title(self) -> str:
        """What the chart found."""
        return self.chart.title(self.frame)

    @cached_property
    def alt(self) -> str:
        """What the picture shows, for those who do not see it."""
        return self.chart.alt(self.frame)


def files_by_chart(names: Iterable[str], files: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The exported files of each chart among other files, sorted.

    >>> files_by_chart(["a", "a_b"], ["a_b_zh.png", "a.png", "a_b_sources.csv", "notes.txt", "a_old.png"])
    {'a': ('a.png',), 'a_b': ('a_b_sources.csv', 'a_b_zh.png')}
    """
    found: dict[str, tuple[str, ...]] = dict.fromkeys(names, ())
    for file in sorted(files):
        parts = _FILE.fullmatch(file)
        if parts and parts["name"] in found:
            found[parts["name"]] += (file,)
    return found


def picture(plotted: Plotted, charts: str, is_read: bool = True) -> str:
    """The picture of a chart as HTML, for light and for dark pages.

    Args:
        plotted: the chart.
        charts: the way from the page to the folder of charts, as "../charts/".
        is_read: whether its words are to be read, on narrow screens too; else it is a small image of itself.
    """
    alt, size = escape(plotted.alt), _pixels(sizes.layout(plotted.chart, "screen"))
    themes = [theme for theme in ("", "_dark") if _file(plotted, theme)]
    drawn = []
    for theme in themes:
        # A picture that is loaded late is missing on paper, where pages are light.
        late = "" if is_read and not theme else ' loading="lazy"'
        image = f'<img class="dark-light" src="{charts}{_file(plotted, theme)}" alt="{alt}" {size}{late}>'
        narrow = _narrow(plotted, charts, theme) if is_read else ""
        drawn.append(f'<picture class="{_shown(theme, themes)}">{narrow}{image}</picture>')
    return "".join(drawn)


def _shown(theme: str, themes: list[str]) -> str:
    """The class that shows a picture in its theme alone, where it has a sister."""
    return "chart" if len(themes) == 1 else f"chart only-{theme.strip('_') or 'light'}"


def _narrow(plotted: Plotted, charts: str, theme: str) -> str:
    """The picture for narrow screens, if it was exported."""
    file = _file(plotted, f"_column{theme}")
    if not file:
        return ""
    size = _pixels(sizes.layout(plotted.chart, "column"))
    return f'<source media="(max-width: 600px)" srcset="{charts}{file}" {size}>'


def _file(plotted: Plotted, variant: str) -> str:
    """The picture of a variant, as "_dark"; "" if it was not exported."""
    files = (f"{plotted.name}{variant}.{format_}" for format_ in ("png", "svg"))
    return next((file for file in files if file in plotted.files), "")


def _pixels(size: tuple[int, int]) -> str:
    """Width and height as attributes, so that a page does not jump while its pictures load."""
    return f'width="{size[0]}" height="{size[1]}"'


def downloads(plotted: Plotted, charts: str) -> str:
    """Links to every file of a chart as an HTML list, an item a language, size and theme."""
    groups: dict[tuple[bool, int, bool, str], dict[str, str]] = {}
    for file in plotted.files:
        parts = _FILE.fullmatch(file)
        assert parts is not None
        group, format_ = _group(parts.groupdict()), parts["format"]
        groups.setdefault(group, {})[format_] = _link(charts, file)
    items = []
    for group, links in sorted(groups.items()):
        buttons = " ".join(links[format_] for format_ in _FORMATS if format_ in links)
        items.append(f"<li><span>{group[-1]}</span> {buttons}</li>")
    return f'<ul class="downloads">{"".join(items)}</ul>'


def main_downloads(plotted: Plotted, charts: str) -> str:
    """Links to the English pictures of usual size and to the numbers, for a line under the picture."""
    usual = [f"{plotted.name}.{format_}" for format_ in _FORMATS if format_ != "txt"]
    return " ".join(_link(charts, file) for file in usual if file in plotted.files)


def _link(charts: str, file: str) -> str:
    """A button for one file."""
    label = _FORMATS[file.rpartition(".")[2]]
    return f'<a class="download" href="{charts}{file}" download aria-label="{label}: {file}">{label}</a>'


def _group(parts: Mapping[str, str | None]) -> tuple[bool, int, bool, str]:
    """What a file has in common with others, in words after the keys of its order: the plain ones first."""
    if parts["sources"]:
        return True, 0, False, "Reports behind it"
    kinds = [_WORDS[kind] for kind in (parts["size"], parts["theme"]) if kind]
    return (
        False,
        len(kinds),
        parts["language"] == "zh",
        ", ".join([_WORDS["zh"] if parts["language"] else "English", *kinds]),
    )
