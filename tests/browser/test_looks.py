"""Dark mode and print."""

from pathlib import PurePosixPath

import pytest
from playwright.sync_api import Page, expect

PAGES = [
    "index",
    "charts/alibaba_rounds",
    "notebooks/02_alibaba_portfolio",
    "rounds/index",
    "rounds/pixverse-2026-07",
]
# What is left of a sheet of A4 between margins of 1 cm, in CSS pixels.
SHEET = {"width": 718, "height": 1047}

BRIGHTNESS = """() => {
    const colour = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).slice(0, 3).map(Number);
    return Math.max(...colour) / 255;
}"""
CUT = """() => {
    const edge = document.querySelector('article').getBoundingClientRect().right + 1;
    return [...document.querySelectorAll('article *')].filter(
        one => one.checkVisibility() && one.getBoundingClientRect().right > edge
    ).map(one => one.outerHTML.slice(0, 80));
}"""
INK = """() => Math.max(...getComputedStyle(document.querySelector('article p')).color.match(/\\d+/g))"""


def brightness(page: Page) -> float:
    """Of the background, 0 for black."""
    told: float = page.evaluate(BRIGHTNESS)
    return told


def test_the_button_switches_to_dark_and_the_next_page_stays_dark(site, open_page) -> None:
    with open_page(color_scheme="light") as (page, trouble):
        page.goto((site / "index.html").as_uri())
        assert brightness(page) > 0.9
        page.get_by_role("button", name="Color mode").first.click()
        page.get_by_role("button", name="Dark", exact=True).first.click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        assert brightness(page) < 0.2
        page.goto((site / "method.html").as_uri())
        assert brightness(page) < 0.2
        assert trouble.take() == []


@pytest.mark.parametrize("name", PAGES)
def test_a_reader_who_prefers_dark_gets_dark(site, open_page, name: str) -> None:
    with open_page(color_scheme="dark") as (page, trouble):
        page.goto((site / f"{name}.html").as_uri())
        assert brightness(page) < 0.2
        assert trouble.take() == []


@pytest.mark.parametrize("name", ["index", "charts/alibaba_rounds", "notebooks/02_alibaba_portfolio"])
@pytest.mark.parametrize(
    ("width", "scheme", "ending"),
    [
        (1280, "light", ""), (1280, "dark", "_dark"),
        (400, "light", "_column"), (400, "dark", "_column_dark"),
    ],
)  # fmt: skip
def test_the_picture_fits_the_screen_and_the_theme(
    site, open_page, name: str, width: int, scheme: str, ending: str
) -> None:
    with open_page(viewport={"width": width, "height": 900}, color_scheme=scheme) as (page, trouble):
        page.goto((site / f"{name}.html").as_uri())
        picture = page.get_by_role("main").locator("picture.chart img:visible").first
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("one => one.naturalWidth") > 0
        assert PurePosixPath(picture.evaluate("one => one.currentSrc")).stem == f"alibaba_rounds{ending}"
        assert trouble.take() == []


@pytest.mark.parametrize("name", PAGES)
def test_print_shows_the_text_alone_and_cuts_nothing(site, open_page, name: str) -> None:
    with open_page(viewport=SHEET, color_scheme="dark") as (page, trouble):
        page.goto((site / f"{name}.html").as_uri())
        page.emulate_media(media="print")
        assert brightness(page) == 1
        assert page.evaluate(INK) < 128
        assert page.evaluate(CUT) == []
        assert [one for one in page.locator("h1").all() if one.is_visible()]
        assert [one for one in page.locator("nav, header, form").all() if one.is_visible()] == []
        assert trouble.take() == []
