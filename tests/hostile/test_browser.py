"""In a browser no script of a cell runs: no dialog, no marker, no request, no element of a payload."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Opener
from tests.browser.jupyterlab import SECONDS, TOKEN, serving
from tests.hostile.payloads import HOST, TEXTS, text
from tests.hostile.project import Project
from tests.hostile.record import KINDS, company_id

pytestmark = pytest.mark.slow

SHOWN = ("02_alibaba_portfolio", "04_model_rankings")
"""Notebooks that are opened in JupyterLab."""
CHARTS = ("video_capital", "network_money", "rankings_board", "field_rounds", "article_claims")
# What a payload made of a page. The theme and JupyterLab have frames and handlers of their own nowhere.
MADE = """host => {
    const all = what => [...document.querySelectorAll(what)].map(one => one.outerHTML.slice(0, 120));
    return [
        ...Object.keys(window).filter(name => name.startsWith('hostile')),
        ...all('[onerror], [onload], [onmouseover], [srcdoc], object, embed, base, meta[http-equiv=refresh]'),
        ...all('foreignObject, mjx-container, .MathJax'),
        ...all(`[src*="${host}"], link[href*="${host}"], a[href*="${host}"]`),
        ...[...document.links].map(one => one.href).filter(href => !/^(https?|file|blob):/.test(href)),
    ];
}"""


@contextmanager
def watched(open_page: Opener, within: str, **settings: object) -> Iterator[tuple[Page, list[str]]]:
    """Open an empty page; give it and what went wrong on it, dialogs and requests among that.

    Args:
        open_page: the fixture.
        within: the beginning of every address that may be asked for.
        settings: as for the fixture.
    """
    with open_page(**settings) as (page, trouble):

        def see(request: Request) -> None:
            if not request.url.startswith((within, "data:", "blob:")):
                trouble.found.append(f"asked for {request.url}")

        page.on("dialog", lambda dialog: (trouble.found.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", see)
        yield page, trouble.found


def faults(page: Page, trouble: list[str]) -> list[str]:
    """What a payload did on the page, and what went wrong since the last time."""
    found = [*page.evaluate(MADE, HOST), *trouble]
    trouble.clear()
    return found


def pages(site: Path) -> list[Path]:
    """The pages on which hostile texts are shown."""
    names = [
        "index", "data", "investors", "rounds/index", "companies/index", "charts/index",
        *(f"notebooks/{path.stem}" for path in sorted((site / "notebooks").glob("*.html"))),
        *(f"charts/{name}" for name in CHARTS),
        *(f"companies/{name}" for name in ("shengshu", "pixverse", "tripo", *map(company_id, KINDS))),
        *(f"rounds/{company_id(kind)}-2026-11" for kind in KINDS),
    ]  # fmt: skip
    return [site / f"{name}.html" for name in names]


def test_a_payload_that_is_no_text_is_noticed(tmp_path: Path, open_page: Opener) -> None:
    """The control: on a page that holds them as they are, payloads run, and each way is seen."""
    hostile = [text(kind, n) for n, kind in enumerate(TEXTS) if kind not in ("refresh", "end", "long")]
    page_file = tmp_path / "control.html"
    page_file.write_text(f"<!doctype html><meta charset=utf-8>{' '.join(hostile)}", encoding="utf-8")
    with watched(open_page, tmp_path.as_uri()) as (page, trouble):
        page.goto(page_file.as_uri())
        page.wait_for_timeout(500)
        found = faults(page, trouble)
    for sign in ("hostile_0", "dialog 1", f"asked for http://{HOST}/", "<img", "<iframe", "onload"):
        assert any(sign in fault for fault in found), sign


def test_no_page_of_the_site_runs_or_loads_a_payload(spoilt: Project, open_page: Opener) -> None:
    site = spoilt.root / "site" / "build"
    seen = {}
    with watched(open_page, site.as_uri()) as (page, trouble):
        for path in pages(site):
            page.goto(path.as_uri())
            seen[path.name] = faults(page, trouble)
    assert len(seen) > 80
    assert {name: found for name, found in seen.items() if found} == {}


def test_what_scripts_of_the_site_show_is_text(spoilt: Project, open_page: Opener) -> None:
    """Search results and tables are made in the browser."""
    site = spoilt.root / "site" / "build"
    with watched(open_page, site.as_uri()) as (page, trouble):
        page.goto(f"{(site / 'search.html').as_uri()}?q=hostile")
        expect(page.locator("#search-results")).to_contain_text("<script>window.hostile_")
        assert faults(page, trouble) == []
        for name in ("rounds/index", "companies/index", "investors"):
            page.goto((site / f"{name}.html").as_uri())
            page.get_by_label("Search this table").fill("<script>window.hostile")
            expect(page.locator("table.listing tbody tr").first).to_contain_text("<script>")
            page.locator("table.listing th").nth(1).click()
            choice = page.locator(".listing-filters select").first
            choice.select_option(index=1)
            assert faults(page, trouble) == []


def opened(lab: str, path: Path, open_page: Opener, is_trusted: bool) -> list[str]:
    """Open a notebook in JupyterLab and wait until its outputs are there; return what went wrong."""
    with watched(open_page, lab, host=lab, viewport={"width": 1280, "height": 900}) as (page, trouble):
        page.set_default_timeout(SECONDS * 1000)
        page.goto(f"{lab}lab/workspaces/{path.stem}/tree/{path.name}?token={TOKEN}")
        outputs = page.locator(".jp-RenderedHTML.jp-mod-trusted" if is_trusted else ".jp-RenderedHTML")
        expect(outputs.last).not_to_be_empty(timeout=SECONDS * 1000)
        page.wait_for_timeout(1000)
        return faults(page, trouble)


@pytest.mark.parametrize("is_trusted", [False, True], ids=["strange", "trusted"])
def test_no_output_in_jupyterlab_runs_or_loads_a_payload(
    spoilt: Project, tmp_path: Path, open_page: Opener, is_trusted: bool
) -> None:
    """As strangers open a notebook, and as those who trust it: then what would run is noticed."""
    folder, home = tmp_path / "notebooks", tmp_path / "home"
    folder.mkdir()
    (home / "data").mkdir(parents=True)
    running = nbformat.v4.new_output("display_data", {"text/html": text("attribute", 7)})
    control = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", outputs=[running])])
    nbformat.write(control, folder / "control.ipynb")
    for stem in SHOWN:
        shutil.copyfile(spoilt.root / "notebooks" / f"{stem}.ipynb", folder / f"{stem}.ipynb")
    paths = [folder / f"{stem}.ipynb" for stem in ("control", *SHOWN)]
    if is_trusted:
        notary = NotebookNotary(data_dir=str(home / "data"))
        for path in paths:
            notary.sign(nbformat.read(path, as_version=4))
    with serving(home, folder) as lab:
        found = {path.stem: opened(lab, path, open_page, is_trusted) for path in paths}
    assert any("hostile_7" in fault for fault in found.pop("control")) == is_trusted
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
