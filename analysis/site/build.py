"""Build the site: the only writer of its pages."""

import io
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from analysis import charts, load
from analysis.build import RAW, SHEETS
from analysis.charts.language import in_a_line
from analysis.charts.words import day
from analysis.clean.sheets import read_sheet
from analysis.notebooks import paths
from analysis.provenance import Provenance
from analysis.site import companies, datatables, dictionary, gallery, home, listings, notebooks, rounds
from analysis.site.faces import faces
from analysis.site.pictures import Plotted, files_by_chart
from analysis.swap import replaced
from analysis.tables import TABLES

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "site"
"""What is written by hand: configuration, first page, method, looks."""
MAIN_CHART = "alibaba_rounds"

_CORRECTIONS = "corrections.csv"
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


class SiteError(Exception):
    """The site cannot be built: what is missing, or what Sphinx complains about."""


def build(out: Path, exports: Path, workers: int | None = None) -> int:
    """Build the site from data/processed, the committed notebooks and the exported charts.

    Args:
        out: folder of the finished site; the site that is there is replaced, and stays if anything fails.
        exports: folder with the files of every chart.
        workers: how many processes work at the same time, by default as many as there are processors.

    Returns:
        How many pages there are.

    Raises:
        SiteError: a chart has no picture among the exports, or as for `publish`.
        FileNotFoundError: the tables have not been built yet.
        SwapError, OSError: `out` cannot be written.
    """
    plotted = _plotted(exports)
    read = {path.stem: nbformat.read(path, as_version=4) for path in paths()}  # type: ignore[no-untyped-call]
    summaries = [notebooks.summary(stem, notebook) for stem, notebook in read.items()]
    tables = {name: load.table(name) for name in TABLES}
    corrections = read_sheet((RAW / _CORRECTIONS).read_bytes(), _CORRECTIONS, *SHEETS[_CORRECTIONS]).rows
    downloads = {f"{dictionary.FOLDER}/{path.name}": path for path in _table_files()}
    sizes = {path.name: path.stat().st_size for path in downloads.values()}
    pages = {
        **{path.name: path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.md"))},
        "changelog.md": (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
        **home.parts(
            plotted[MAIN_CHART],
            summaries,
            (ROOT / "README.md").read_text(encoding="utf-8"),
            tables["reports"],
        ),
        **notebooks.pages(read, plotted, frozenset(tables["rounds"]["round_id"])),
        **gallery.pages(plotted, summaries, tables["reports"]),
        **rounds.pages(Provenance(tables, corrections), tables["rounds"], plotted),
        **companies.pages(tables),
        **listings.pages(tables),
        **dictionary.pages({name: len(table) for name, table in tables.items()}, sizes),
    }
    pictures = {f"charts/{file}": exports / file for chart in plotted.values() for file in chart.files}
    questions = [(f"notebooks/{summary.stem}", summary.question) for summary in summaries]
    words = {"questions": questions, "as_of": day(load.as_of())}
    publish(pages, {**downloads, **pictures}, out, words, workers)
    return sum(not name.startswith(home.FOLDER) for name in pages)


def _plotted(exports: Path) -> dict[str, Plotted]:
    """Every chart with its numbers and its files."""
    tables = load.Once(load)
    found = files_by_chart(charts.CHARTS, [path.name for path in exports.glob("*.*")])
    plotted = {
        name: Plotted(chart, frame := charts.frame(name, tables), chart.rows(frame), found[name])
        for name, chart in charts.CHARTS.items()
    }
    if missing := [name for name, chart in plotted.items() if not _is_exported(chart, exports)]:
        raise SiteError(
            f"{exports} has no picture of {', '.join(missing)} as the tables are now. "
            f"Run `python -m analysis export --all --out {exports}`."
        )
    return plotted


def _is_exported(plotted: Plotted, exports: Path) -> bool:
    """Whether there is a picture of a chart, and the text beside it says what the chart says now."""
    picture, words = f"{plotted.name}.png", f"{plotted.name}.txt"
    if not {picture, words} <= set(plotted.files):
        return False
    return in_a_line(plotted.alt) in (exports / words).read_text(encoding="utf-8")


def _table_files() -> list[Path]:
    """The files of data/processed that can be downloaded."""
    return [load.directory() / name for name in (*(f"{name}.csv" for name in TABLES), "datapackage.json")]


def publish(
    pages: Mapping[str, str],
    files: Mapping[str, Path],
    out: Path,
    words: Mapping[str, Any],
    workers: int | None = None,
) -> None:
    """Make a site of sources and files, and put it where the old one was.

    Args:
        pages: sources by their path: MyST, or notebooks.
        files: what stands beside the pages, by its path.
        out: folder of the finished site.
        words: what the templates say: `questions` (page and title of each notebook) and `as_of`.
        workers: as for `build`.

    Raises:
        SiteError: `out` holds something else than a site, or Sphinx warns of something.
        SwapError, OSError: `out` cannot be written.
    """
    if out.is_dir() and any(out.iterdir()) and not (out / "searchindex.js").exists():
        raise SiteError(f"{out} holds something else than a site. Choose another folder, or empty this one.")
    with replaced(out, keep=False) as site:
        # Sphinx writes beside its pages too.
        work = site / ".work"
        sources, html = work / "sources", work / "html"
        for name, page in pages.items():
            _write(sources / name, page.encode())
        static = {**faces("".join(pages.values())), datatables.LIBRARY: datatables.library().encode()}
        _run_sphinx(sources, html, words, workers or os.cpu_count() or 1)
        for path in html.iterdir():
            path.rename(site / path.name)
        shutil.rmtree(work)
        for name, content in static.items():
            _write(site / "_static" / name, content)
        for name, path in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, site / name)


def _run_sphinx(sources: Path, html: Path, words: Mapping[str, Any], workers: int) -> None:
    """Make pages of sources."""
    warnings = io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            sources,
            SOURCES,
            html,
            sources.with_name("doctrees"),
            "html",
            confoverrides={f"html_context.{name}": word for name, word in words.items()},
            status=None,
            warning=warnings,
            parallel=workers,
        )
        try:
            app.build()
        except SphinxError as error:  # a worker that cannot write, among others
            raise SiteError(f"Sphinx could not make the pages: {error}") from error
    if complaints := _COLOUR.sub("", warnings.getvalue()).strip():
        raise SiteError(complaints.replace(f"{sources}{os.sep}", ""))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
