"""The long tables: every row, keys that sort it, links to its pages, and raw text that does nothing."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest

from analysis.site import datatables, listings

Pages = Mapping[str, "Table"]


class Table(HTMLParser):
    """The head and the rows of the one table of a page: a cell is its attributes, `text` and `links`."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.rows: list[list[dict[str, Any]]] = []
        self.tags: set[str] = set()
        self.scripts: list[str] = []
        self._open: dict[str, Any] | None = None
        self.feed(source)
        self.head = [cell["text"] for cell in self.rows.pop(0)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._open = {**dict(attrs), "text": "", "links": []}
            self.rows[-1].append(self._open)
        elif tag == "a" and self._open is not None:
            self._open["links"].append(dict(attrs)["href"])
        elif tag == "script":
            self.scripts.append(str(dict(attrs)["src"]))

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open["text"] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = None

    def row(self, first: str) -> dict[str, dict[str, Any]]:
        """The only row that begins with a text, its cells by column."""
        (found,) = [row for row in self.rows if row[0]["text"] == first]
        return dict(zip(self.head, found, strict=True))


@pytest.fixture(scope="module")
def pages(record: Mapping[str, pd.DataFrame]) -> Pages:
    return {name: Table(source) for name, source in listings.pages(record).items()}


@pytest.fixture(scope="module")
def rounds(pages: Pages) -> Table:
    return pages["rounds/index.md"]


def test_every_round_company_and_investor_has_a_row(pages: Pages, record: Mapping[str, pd.DataFrame]) -> None:
    for page, table in (
        ("rounds/index", "rounds"),
        ("companies/index", "companies"),
        ("investors", "investors"),
    ):
        assert len(pages[f"{page}.md"].rows) == len(record[table])


def test_rounds_stand_newest_first_and_sort_by_day(rounds: Table) -> None:
    days = [int(row[0]["data-order"]) for row in rounds.rows]
    assert days == sorted(days, reverse=True)
    assert rounds.row("2026-03-02")["Status"]["text"] == "in talks"


def test_amounts_sort_by_the_stated_figure_else_the_lower_bound_and_unknown_ones_by_nothing(
    rounds: Table,
) -> None:
    keys = {row[0]["text"]: row[rounds.head.index("US dollars")]["data-order"] for row in rounds.rows}
    assert keys == {
        "2026-04-10": "285714286",  # 2 billion yuan
        "2026-03-02": "0",  # up to $280 million
        "2025-12-01": "50000000",
        "2025-05": "10000000",  # over $10 million, or $30 million
        "2024-02": "",  # undisclosed
    }
    assert rounds.row("2024-02")["US dollars"]["text"] == "undisclosed"


def test_every_number_of_a_round_leads_to_its_page(rounds: Table) -> None:
    row = rounds.row("2026-04-10")
    numbers = [cell for cell in row.values() if any(map(str.isdigit, cell["text"]))]
    assert len(numbers) >= 4
    assert all(cell["links"] == ["acme-2026-04.html"] for cell in numbers)
    assert row["Company"]["links"] == ["../companies/acme.html"]


def test_a_company_is_found_by_its_chinese_name(rounds: Table) -> None:
    assert rounds.row("2026-04-10")["Company"]["data-search"] == "Acme <i>AI</i> 爱克米"


def test_companies_show_closed_rounds_and_count_the_rest(pages: Pages) -> None:
    row = pages["companies/index.md"].row("Acme <i>AI</i>")
    shown = {name: cell["text"] for name, cell in row.items()}
    assert shown["Raised, US dollars"] == "$286m"
    assert [shown[name] for name in ("Closed rounds", "Of unknown size", "Talks")] == ["2", "1", "1"]
    nothing = pages["companies/index.md"].row("Coda")["Raised, US dollars"]
    assert (nothing["text"], nothing["data-order"]) == ("none", "")


def test_an_investor_leads_to_each_round_that_names_it(pages: Pages) -> None:
    row = pages["investors.md"].row("North Fund")
    assert row["Closed rounds"]["text"] == "1"
    assert row["Named in"]["text"] == "Acme <i>AI</i> 2026-03 (in talks), 2026-04 (lead)"
    events = ["rounds/acme-2026-03-talks.html", "rounds/acme-2026-04.html"]
    assert row["Named in"]["links"] == ["companies/acme.html", *events]


def test_raw_text_does_nothing(pages: Pages) -> None:
    for name, table in pages.items():
        root = "../" if "/" in name else ""
        assert table.scripts == [f"{root}_static/{datatables.LIBRARY}"]
        assert table.tags == {"div", "table", "thead", "tbody", "tr", "th", "td", "a", "span", "script"} - (
            {"span"} if name == "companies/index.md" else set()
        )
