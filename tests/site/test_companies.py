"""The page of a company: sums of closed rounds alone, everything else beside them with its source."""

from collections.abc import Mapping

import pandas as pd
import pytest
from docutils import nodes

from analysis.measures import sums
from analysis.site import companies
from tests.site.conftest import HOSTILE, addresses, cells_under, read

Pages = Mapping[str, nodes.document]


@pytest.fixture(scope="module")
def pages(record: Mapping[str, pd.DataFrame]) -> Pages:
    return {name: read(source) for name, source in companies.pages(record).items()}


@pytest.fixture(scope="module")
def acme(pages: Pages) -> nodes.document:
    return pages["companies/acme.md"]


def paragraphs(document: nodes.document) -> list[str]:
    return [node.astext() for node in document.findall(nodes.paragraph)]


def test_every_company_has_a_page_with_both_its_names(pages: Pages, acme: nodes.document) -> None:
    assert set(pages) == {f"companies/{name}.md" for name in ("acme", "bolt", "coda")}
    assert acme["title"] == "Acme <i>AI</i> 爱克米"
    assert paragraphs(acme)[0] == "China, video. Cohort: video-rival."


def test_only_closed_rounds_are_added_up(acme: nodes.document, record: Mapping[str, pd.DataFrame]) -> None:
    rounds = record["rounds"].set_index("round_id").loc[["acme-2026-04", "acme-2024-02"]].reset_index()
    total = sums.total(rounds)
    assert (total["n_rounds"], total["n_undisclosed"]) == (2, 1)
    assert total["usd_low"] == pytest.approx(2e9 / 7)
    assert paragraphs(acme)[1].startswith("Closed rounds add up to $286m: 2 rounds, 1 undisclosed.")


def test_a_company_without_a_closed_round_is_said_to_have_none(pages: Pages) -> None:
    assert paragraphs(pages["companies/coda.md"])[1] == "No closed round is on record."


def test_deals_and_talks_stand_apart_from_rounds(acme: nodes.document) -> None:
    dates = {
        heading: [row[0] for row in cells_under(acme, heading)]
        for heading in ("Closed rounds", "Other deals, never added to rounds", "Talks, never money")
    }
    assert list(dates.values()) == [["2026-04-10", "2024-02"], ["2025-12-01"], ["2026-03-02"]]
    assert cells_under(acme, "Talks, never money")[0][-1] == "became acme-2026-04"


def test_every_number_of_a_round_leads_to_its_page(acme: nodes.document) -> None:
    table = next(acme.findall(nodes.tbody))
    for row, page in zip(table.findall(nodes.row), ("acme-2026-04", "acme-2024-02"), strict=True):
        numbers = [cell for cell in row.findall(nodes.entry) if any(map(str.isdigit, cell.astext()))]
        assert len(numbers) >= 2
        for cell in numbers:
            (link,) = cell.findall(nodes.reference)
            assert link["refuri"] == f"../rounds/{page}.md"


def test_a_disputed_round_says_what_is_disputed(pages: Pages) -> None:
    (row,) = cells_under(pages["companies/bolt.md"], "Closed rounds")
    assert row[-1] == "amount"


def test_investors_are_listed_with_the_rounds_that_name_them(acme: nodes.document) -> None:
    assert cells_under(acme, "Investors") == [
        ["North Fund", "North", "2026-04 (lead)"],
        ["South Fund", "", "2026-04"],
    ]


def test_what_is_told_stands_as_told_with_its_source(acme: nodes.document) -> None:
    assert cells_under(acme, "Products, as told") == [["2026-01-13", HOSTILE, "launch", "Daily (high)"]]
    assert cells_under(acme, "Usage and revenue, as told")[0][-2:] == ["over 1 million users", "Daily (low)"]
    assert cells_under(acme, "Facts, as told") == [["founded in", "March 2023", "2024", "Daily (high)"]]
    assert {"https://example.org/product", "https://example.org/fact"} < addresses(acme)


def test_known_gaps_are_said(acme: nodes.document) -> None:
    assert "angel round of 2023 (2023)" in paragraphs(acme)


def test_raw_text_does_nothing(pages: Pages) -> None:
    for page in pages.values():
        assert not list(page.findall(nodes.raw))
        assert all(address.startswith(("../rounds/", "https://example.org/")) for address in addresses(page))
