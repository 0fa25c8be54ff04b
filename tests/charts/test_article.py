"""The charts of notebook 01 by what they say, and the table of claims by its links."""

import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from analysis import charts
from analysis.charts import article
from tests.charts.conftest import EVENTS, Record


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What a notebook cell would show."""
    outputs: list[dict[str, str]] = []
    monkeypatch.setattr(article, "display", lambda data, raw: outputs.append(data))
    return outputs


def test_the_table_of_claims_links_to_the_pages_of_each(shown: list[dict[str, str]]) -> None:
    record = Record()
    article.verdicts(charts.frame("article_claims", record), article.evidence(record))
    (data,) = shown
    lines = list(ET.fromstring(data["text/html"]).iter("tr"))[1:]
    links = [[link.get("href") for link in line.iter("a")] for line in lines]
    assert links == [["https://example.org/?a=1&b=2"]] * len(record.events)
    assert "USD 50 million" in data["text/plain"]
    assert "$" not in data["text/plain"] + data["text/html"]


def test_a_page_that_tells_twice_is_linked_once_and_a_claim_without_one_has_a_dash(
    shown: list[dict[str, str]],
) -> None:
    claims = charts.frame("article_claims", Record()).head(2)
    told = {"publisher": ["<Paper>", "<Paper>"], "url": ["https://example.org/"] * 2}
    article.verdicts(claims, pd.DataFrame({"claim_id": claims["claim_id"].iloc[0], **told}))
    first, second = list(ET.fromstring(shown[0]["text/html"]).iter("tr"))[1:]
    assert [link.text for link in first.iter("a")] == ["<Paper>"]
    assert [cell.text for cell in second.iter("td")][-1] == "–"


def test_titles_count_what_is_drawn() -> None:
    record = Record()
    claims = charts.frame("article_claims", record)
    title = charts.get("article_claims").title(claims)
    assert title == "5 claims: 2 confirmed, 1 with a nuance, 1 contradicted, 1 not found"
    unfound = claims.assign(verdict="not found")
    assert "none confirmed" in charts.get("article_claims").title(unfound)


def test_the_title_of_the_sum_counts_its_figures_in_dollars() -> None:
    figures = charts.frame("article_dollars", Record(EVENTS[1:2]))
    assert figures["usd_stated"].tolist() == [290e6, 2900e6]
    title = charts.get("article_dollars").title
    assert title(figures) == "One sum of 2.03bn yuan, 1 figure in dollars: $2.9bn"
    two = pd.concat([figures, figures.tail(1).assign(usd_stated=276e6)])
    assert title(two) == "One sum of 2.03bn yuan, 2 figures in dollars: $276m to $2.9bn"
    assert title(figures.head(1)) == "One sum of 2.03bn yuan, and no figure in dollars"


def test_two_rounds_of_a_company_are_so_many_days_apart() -> None:
    days = pd.to_datetime(["2026-02-05", "2026-04-10", "2026-04-01"])
    rounds = pd.DataFrame({"company": ["Aye", "Aye", "Bee"], "round_id": ["1", "2", "3"]})
    title = charts.get("article_rounds").title(rounds.assign(date_start=days, date_end=days))
    assert title == "Aye’s two rounds are 64 days apart"
