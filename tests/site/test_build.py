"""A small site as a whole: its links, its pictures, and what becomes of the old one."""

import json
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis import charts
from analysis.provenance import Provenance
from analysis.site import build, companies, dictionary, gallery, home, listings, notebooks, rounds
from analysis.site.build import SOURCES, SiteError, publish
from analysis.site.pictures import Plotted
from analysis.tables import TABLES

# What the theme and the reader of MyST will have to change before another version of Sphinx.
pytestmark = pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")

README = "## How to read the numbers\n\n[c](data/processed/rounds.csv)\n\n## Method in ten lines\n\n1. A\n"
WORDS = {"questions": [("notebooks/01_acme", "Who?")], "as_of": "23 November 2026"}


class Page(HTMLParser):
    """What a page links to, and what it is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.leads: list[str] = []
        self.loads: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        self.ids |= {value for name in ("id", "name") if (value := has.get(name))}
        if tag == "a" and (href := has.get("href")):
            self.leads.append(href)
        loads = [has.get("src"), has.get("srcset"), has.get("href") if tag == "link" else None]
        self.loads += [address for address in loads if address]
        if tag == "img":
            self.images.append(has)


@pytest.fixture(scope="module")
def sources(record: Mapping[str, pd.DataFrame], plotted: Callable[..., Plotted]) -> dict[str, str]:
    """The sources of the site of a small record with one chart and one notebook."""
    chart = plotted()
    picture = new_output("display_data", {"image/png": "iVBORw0KGgo=", "text/plain": chart.alt})
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Who?\n\n- **Acme.** [Rounds](../rounds/index.md)"),
            new_code_cell('charts.show("acme", x, y)', outputs=[picture]),
        ],
        metadata={"language_info": {"name": "python"}},
    )
    summaries = [notebooks.summary("01_acme", notebook)]
    tables = {name: record[name] for name in TABLES}
    sizes = {f"{name}.csv": 1000 for name in TABLES}
    return {
        **{path.name: path.read_text(encoding="utf-8") for path in SOURCES.glob("*.md")},
        "changelog.md": "# Changelog",
        **home.parts(chart, summaries, README, record["reports"]),
        **notebooks.pages({"01_acme": notebook}, {"acme": chart}, frozenset(record["rounds"]["round_id"])),
        **gallery.pages({"acme": chart}, summaries, record["reports"]),
        **rounds.pages(Provenance(tables, record["corrections"]), record["rounds"], {"acme": chart}),
        **companies.pages(tables),
        **listings.pages(tables),
        **dictionary.pages({name: len(table) for name, table in tables.items()}, sizes),
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What stands beside its pages."""
    path = tmp_path_factory.mktemp("files") / "file"
    path.write_bytes(b"7")
    tables = [f"data/processed/{name}" for name in (*(f"{name}.csv" for name in TABLES), "datapackage.json")]
    return dict.fromkeys([*tables, "charts/acme.png", "charts/acme.csv"], path)


@pytest.fixture(scope="module")
def site(sources: dict[str, str], files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site, which took the place of an older one."""
    out = tmp_path_factory.mktemp("out") / "site"
    out.mkdir()
    for name in ("searchindex.js", "old.html"):
        (out / name).touch()
    publish(sources, files, out, WORDS)
    return out


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    """The pages of the site by their path."""
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }


def test_there_is_a_page_for_each_source_and_the_old_site_is_gone(
    site: Path, pages: dict[str, Page], sources: dict[str, str]
) -> None:
    written = {name.rpartition(".")[0] + ".html" for name in sources if not name.startswith("parts/")}
    assert set(pages) == written | {"search.html"}
    assert not (site / "old.html").exists()
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_every_link_within_the_site_resolves(site: Path, pages: dict[str, Page]) -> None:
    broken = []
    for name, page in pages.items():
        for lead in page.leads:
            parts = urlsplit(lead)
            if parts.scheme in ("http", "https"):
                continue
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            there = pages.get(target.resolve().relative_to(site.resolve()).as_posix())
            if not target.is_file() or (there and parts.fragment and parts.fragment not in there.ids):
                broken.append(f"{name} -> {lead}")
    assert not broken


def test_a_title_is_text_wherever_a_page_repeats_it(site: Path) -> None:
    page = (site / "companies" / "acme.html").read_text(encoding="utf-8")
    assert "<i>AI" not in page
    assert "<h1>Acme &lt;i&gt;AI&lt;/i&gt; 爱克米</h1>" in page.partition('id="jb-print-docs-body"')[2][:200]


def test_nothing_is_loaded_from_elsewhere_and_all_of_it_is_there(site: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for address in page.loads:
            parts = urlsplit(address)
            assert not parts.scheme, f"{name} loads {address}"
            assert not parts.netloc, f"{name} loads {address}"
            assert ((site / name).parent / unquote(parts.path)).exists(), f"{name} loads {address}"


def test_every_picture_says_what_it_shows(pages: dict[str, Page]) -> None:
    images = [image for page in pages.values() for image in page.images]
    assert {"index.html", "notebooks/01_acme.html", "charts/acme.html", "charts/index.html"} <= {
        name for name, page in pages.items() if page.images
    }
    assert all(image.get("alt") for image in images)


def test_names_can_be_searched_for(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    found = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))
    assert {"爱克米", "acm"} <= set(found["titleterms"])
    assert "5m" in found["terms"]


def test_the_list_on_the_left_shows_where_a_page_stands(site: Path) -> None:
    page = (site / "charts" / "acme.html").read_text(encoding="utf-8")
    [here] = [line for line in page.split("<li ") if "current active" in line]
    assert ">Charts</a>" in here


def test_the_same_sources_give_the_same_bytes(
    site: Path, sources: dict[str, str], files: dict[str, Path], tmp_path: Path
) -> None:
    publish(sources, files, tmp_path / "again", WORDS)
    first, second = (
        {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        for out in (site, tmp_path / "again")
    )
    assert first == second


def test_a_broken_link_is_an_error_and_the_old_site_stays(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "searchindex.js").write_text("old", encoding="utf-8")
    with pytest.raises(SiteError, match=r"index\.md:3: .*gone"):
        publish({"index.md": "# Acme\n\n[Bolt](gone.md)"}, {}, tmp_path / "site", WORDS)
    assert (tmp_path / "site" / "searchindex.js").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(SiteError, match="holds something else than a site"):
        publish({"index.md": "# Acme"}, {}, tmp_path, WORDS)
    assert (tmp_path / "thesis.txt").exists()


@pytest.mark.parametrize("files", [{}, {"acme.png": "", "acme.txt": "Alt text: Of last year."}])
def test_a_chart_without_a_picture_of_today_names_the_command(
    plotted: Callable[..., Plotted], files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "CHARTS", {"acme": plotted().chart})
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(SiteError, match=r"no picture of acme.*export --all"):
        build.build(tmp_path / "site", tmp_path)
