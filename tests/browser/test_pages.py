"""Every page of the site, opened from its folder on a narrow screen."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

NARROW = {"width": 400, "height": 800}

FACTS = """() => {
    const all = (what, tell) => [...document.querySelectorAll(what)].map(tell);
    const named = one => one.srcset.split(',').map(
        part => new URL(part.trim().split(/\\s/)[0], one.baseURI).href);
    const scrolls = one => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
    const whole = one => one.matches('main, .bd-article-container');
    const boxed = one => !whole(one) && (scrolls(one) || boxed(one.parentElement));
    const beyond = one => one.checkVisibility() && one.getBoundingClientRect().right > window.innerWidth + 1;
    return {
        title: document.title,
        heading: document.querySelector('h1')?.innerText ?? '',
        ids: all('[id]', one => one.id),
        links: all('a[href]', one => one.href),
        files: [
            ...all('link[href]', one => one.href), ...all('script[src], img[src]', one => one.src),
            ...all('[srcset]', named).flat(),
        ],
        mute: all('img', one => one).filter(one => !one.alt.trim()).map(one => one.getAttribute('src')),
        cut: [...document.querySelectorAll('main *')].filter(one => beyond(one) && !boxed(one)).map(
            one => one.outerHTML.slice(0, 80)),
        wider: document.documentElement.scrollWidth - window.innerWidth,
    };
}"""


@dataclass(frozen=True)
class Visit:
    """What a page holds.

    Attributes:
        links, files: whole addresses; those of files are what the page itself loads.
        mute: pictures without alt text.
        cut: what the edge of the screen cuts off, except in boxes that scroll by themselves.
        wider: by how many pixels the page is wider than the screen.
    """

    title: str
    heading: str
    ids: list[str]
    links: list[str]
    files: list[str]
    mute: list[str]
    cut: list[str]
    wider: int
    trouble: list[str]


def pages(site: Path) -> list[Path]:
    return sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)


@pytest.fixture(scope="module")
def visits(site, open_page) -> dict[Path, Visit]:
    """What every page of the site holds."""
    found = {}
    with open_page(viewport=NARROW) as (page, trouble):
        for path in pages(site):
            page.goto(path.as_uri())
            found[path] = Visit(**page.evaluate(FACTS), trouble=trouble.take())
    return found


def local(address: str) -> tuple[Path, str]:
    """The file and the place in it that an address of the site names."""
    path, place = urldefrag(address)
    return Path(unquote(urlsplit(path).path)), unquote(place)


def within(visits: dict[Path, Visit]) -> Iterator[tuple[Path, Path, str]]:
    """Every link from a page to a file: the page, the file, the place in it."""
    for page, visit in visits.items():
        for link in visit.links:
            if link.startswith("file:"):
                yield page, *local(link)


def test_there_are_the_pages_that_readers_look_for(site, visits) -> None:
    names = {path.relative_to(site).as_posix() for path in visits}
    assert {
        "index.html",
        "search.html",
        "investors.html",
        "data.html",
        "method.html",
        "changelog.html",
    } <= names
    counts = {
        folder: sum(name.startswith(f"{folder}/") for name in names) for folder in ("charts", "notebooks")
    }
    assert counts["notebooks"] == 7
    assert counts["charts"] > 40
    assert [path for path, visit in visits.items() if not (visit.heading and visit.title)] == []


def test_no_page_has_an_error_or_asks_another_host(visits) -> None:
    assert {path: visit.trouble for path, visit in visits.items() if visit.trouble} == {}


def test_every_link_leads_to_a_file_and_a_place_in_it(site, visits) -> None:
    broken = {
        (page.name, str(file), place)
        for page, file, place in within(visits)
        if not file.is_relative_to(site)
        or not file.is_file()
        or file.stat().st_size == 0
        or (place and place not in visits[file].ids)
    }
    assert broken == set()


def test_a_link_out_of_the_site_is_one_to_the_web(visits) -> None:
    others = {link for visit in visits.values() for link in visit.links if not link.startswith("file:")}
    assert others
    assert {link for link in others if urlsplit(link).scheme not in ("http", "https")} == set()


def test_every_picture_script_and_style_is_a_file_of_the_site(site, visits) -> None:
    missing = {
        (page.name, address)
        for page, visit in visits.items()
        for address in visit.files
        if not address.startswith(("data:", "blob:"))
        and not (local(address)[0].is_file() and local(address)[0].is_relative_to(site))
    }
    assert missing == set()


def test_every_page_is_reached_from_the_first(site, visits) -> None:
    leads: dict[Path, set[Path]] = {page: set() for page in visits}
    for page, file, _ in within(visits):
        leads[page].add(file)
    reached, new = set(), {site / "index.html"}
    while new:
        reached |= new
        new = {file for page in new for file in leads.get(page, ())} - reached
    assert set(visits) - reached - {site / "search.html"} == set()


def test_every_download_is_linked(site, visits) -> None:
    linked = {file for _, file, _ in within(visits)}
    files = [*(site / "charts").glob("*.*"), *(site / "data").rglob("*.*")]
    assert len(files) > 100
    assert [file.name for file in files if file not in linked] == []


def test_every_picture_has_alt_text(visits) -> None:
    assert {path: visit.mute for path, visit in visits.items() if visit.mute} == {}


def test_no_page_scrolls_sideways_on_a_narrow_screen(visits) -> None:
    assert {path: visit.wider for path, visit in visits.items() if visit.wider > 0} == {}
    assert {path: visit.cut for path, visit in visits.items() if visit.cut} == {}
