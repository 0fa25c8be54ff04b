"""The tables of rounds, companies and investors sort and filter, by mouse and by keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from analysis import load


@pytest.fixture
def listing(site, open_page) -> Iterator[Page]:
    """The table of all rounds."""
    with open_page() as (page, trouble):
        page.goto((site / "rounds" / "index.html").as_uri())
        yield page
        assert trouble.take() == []


def shown(page: Page) -> list[str]:
    """The ids of the rounds in the order shown: every row leads to the page of its round."""
    links = page.locator("table.listing tbody tr").evaluate_all(
        "rows => rows.map(row => row.querySelector('td:first-child a').getAttribute('href'))"
    )
    return [Path(link).stem for link in links]


def header(page: Page, name: str) -> Locator:
    return page.locator("table.listing th").filter(has_text=re.compile(rf"^{name}$"))


def amounts() -> pd.Series:
    """What the rounds sort by: the stated dollars, else the lower bound, 0 below an upper one alone."""
    rounds = load.rounds().set_index("round_id")
    floor = rounds["usd_low"].fillna(rounds["usd_high"] * 0)
    return rounds["usd_stated"].fillna(floor)


def test_every_round_is_listed_once(listing) -> None:
    assert sorted(shown(listing)) == sorted(load.rounds()["round_id"])


def test_amounts_sort_both_ways_with_the_unknown_last(listing) -> None:
    known = amounts()
    head = header(listing, "US dollars")
    for direction in ("descending", "ascending"):
        head.click()
        expect(head).to_have_attribute("aria-sort", direction)
        order = known[shown(listing)]
        n_known = int(known.notna().sum())
        assert 0 < n_known < len(known)
        assert order[:n_known].notna().all()
        if direction == "ascending":
            assert order[:n_known].is_monotonic_increasing
        else:
            assert order[:n_known].is_monotonic_decreasing


def test_the_keyboard_reaches_a_header_and_sorts(listing) -> None:
    focused = "document.activeElement.closest('th')?.querySelector('.dt-column-title').textContent"
    listing.get_by_label("Search this table").focus()
    for _ in range(20):
        listing.keyboard.press("Tab")
        if listing.evaluate(focused) == "Date":
            break
    head, dates = header(listing, "Date"), load.rounds().set_index("round_id")["date_start"]
    for direction in ("descending", "ascending"):
        listing.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", direction)
        order = dates[shown(listing)].dropna()
        assert order.is_monotonic_increasing if direction == "ascending" else order.is_monotonic_decreasing


def test_a_search_leaves_the_rounds_of_one_company(listing) -> None:
    rounds = load.rounds()
    wanted = set(rounds.loc[rounds["company"] == "Tripo AI", "round_id"])
    listing.get_by_label("Search this table").fill("Tripo AI")
    expect(listing.locator(".dt-info")).to_contain_text(f"{len(wanted)} rows of {len(rounds)}")
    assert set(shown(listing)) == wanted
    listing.get_by_label("Search this table").fill("xyzzyplugh")
    expect(listing.locator("table.listing tbody")).to_contain_text("No row fits")
    listing.get_by_label("Search this table").fill("")
    expect(listing.locator("table.listing tbody tr")).to_have_count(len(rounds))


def test_a_filter_leaves_the_talks(listing) -> None:
    rounds = load.rounds()
    listing.get_by_role("combobox", name="Status").select_option("in talks")
    wanted = set(rounds.loc[rounds["status"] == "in talks", "round_id"])
    assert 0 < len(wanted) < len(rounds)
    expect(listing.locator("table.listing tbody tr")).to_have_count(len(wanted))
    assert set(shown(listing)) == wanted


@pytest.mark.parametrize(
    ("path", "column", "n_rows"),
    [
        ("companies/index.html", "Closed rounds", len(load.companies())),
        ("investors.html", "Companies", len(load.table("investors"))),
    ],
)
def test_the_other_tables_sort_by_number(site, open_page, path: str, column: str, n_rows: int) -> None:
    with open_page() as (page, trouble):
        page.goto((site / path).as_uri())
        rows, head = page.locator("table.listing tbody tr"), header(page, column)
        expect(rows).to_have_count(n_rows)
        head.click()
        expect(head).to_have_attribute("aria-sort", "descending")
        place = head.evaluate("head => head.cellIndex")
        numbers = [int(row.locator("td").nth(place).inner_text()) for row in rows.all()[:30]]
        assert numbers == sorted(numbers, reverse=True)
        assert numbers[0] > numbers[-1]
        assert trouble.take() == []


def test_without_scripts_every_row_is_there(site, open_page) -> None:
    with open_page(java_script_enabled=False) as (page, _):
        page.goto((site / "rounds" / "index.html").as_uri())
        assert page.locator("table.listing tbody tr").count() == len(load.rounds())
