"""Full-text search works from the folder, by name in either script."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("words", ["生数科技", "ShengShu"])
def test_a_name_is_found_from_any_page_and_its_company_opens(site, open_page, words: str) -> None:
    with open_page() as (page, trouble):
        page.goto((site / "rounds" / "pixverse-2026-07.html").as_uri())
        page.keyboard.press("Control+k")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(page.locator(".search-summary")).to_contain_text(re.compile(r"found [1-9]\d* pages?"))
        page.locator("#search-results a[href$='companies/shengshu.html']").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("ShengShu 生数科技")
        assert trouble.take() == []


def test_the_search_page_takes_words_and_says_when_nothing_is_found(site, open_page) -> None:
    with open_page() as (page, trouble):
        page.goto((site / "search.html").as_uri())
        box = page.get_by_role("main").get_by_role("searchbox")
        box.fill("xyzzyplugh")
        box.press("Enter")
        expect(page.locator("#search-results")).to_contain_text("did not match any documents")
        assert page.locator("#search-results a").count() == 0
        assert trouble.take() == []
