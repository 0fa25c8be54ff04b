"""The page of a round says all that is known of it: what was chosen, what lost, and every report."""

import re
from collections.abc import Mapping

import pandas as pd
import pytest
from docutils import nodes

from analysis import charts
from analysis.charts.chart import Chart
from analysis.provenance import Provenance
from analysis.site import markup, rounds
from analysis.site.pictures import Plotted
from tests.site.conftest import HOSTILE, addresses, cells_under, read

Pages = Mapping[str, nodes.document]
CLOSED, TALKS = "rounds/acme-2026-04.md", "rounds/acme-2026-03-talks.md"


@pytest.fixture(scope="module")
def told(record: Mapping[str, pd.DataFrame]) -> Provenance:
    return Provenance(record, record["corrections"])


@pytest.fixture(scope="module")
def plotted() -> Mapping[str, Plotted]:
    """A chart whose rows are the deal, and one whose only row is a sum that holds it."""
    alone = pd.DataFrame({"round_id": ["acme-2026-04", "acme-2024-02"]})
    in_a_sum = pd.DataFrame({"round_ids": ["acme-2024-02; acme-2026-04"]})
    chart = next(iter(charts.CHARTS.values()))
    named = {"alone": alone, "in_a_sum": in_a_sum}
    return {name: Plotted(_titled(chart, name), frame, frame, ()) for name, frame in named.items()}


def _titled(chart: Chart, name: str) -> Chart:
    from dataclasses import replace

    return replace(chart, name=name, title=lambda _: f"The chart {name}")


@pytest.fixture(scope="module")
def sources(
    record: Mapping[str, pd.DataFrame], told: Provenance, plotted: Mapping[str, Plotted]
) -> dict[str, str]:
    return rounds.pages(told, record["rounds"], plotted)


@pytest.fixture(scope="module")
def pages(sources: Mapping[str, str]) -> Pages:
    return {name: read(source) for name, source in sources.items()}


def test_every_event_has_a_page(record: Mapping[str, pd.DataFrame], pages: Pages) -> None:
    assert set(pages) == {f"rounds/{round_id}.md" for round_id in record["rounds"]["round_id"]}
    assert {CLOSED, TALKS} < set(pages)


def test_a_page_begins_with_what_was_raised_and_how_sure_that_is(pages: Pages) -> None:
    page = pages[CLOSED]
    assert page["title"] == "Acme <i>AI</i>, Series B, 2026-04-10"
    amount, evidence = (node.astext() for node in list(page.findall(nodes.paragraph))[:2])
    assert re.fullmatch(r"CNY 2 billion.*, in dollars USD 285\.7 million.*\. Closed, 2026-04-10\.", amount), (
        amount
    )
    assert evidence.startswith("4 reports, 4 independent, the best of high reliability. As of 2026-11-23.")
    assert "../companies/acme.md" in addresses(page)


def test_a_disputed_value_is_said_to_be_so_before_anything_else(told: Provenance, pages: Pages) -> None:
    for name, page in pages.items():
        values = told.explain(name.removeprefix("rounds/").removesuffix(".md")).values
        disputed = [value.field.replace("_", " ") for value in values if value.disputed]
        second = list(page.findall(nodes.paragraph))[1].astext()
        assert second.startswith("Disputed: ") == bool(disputed)
        assert all(field in second for field in disputed)


def test_a_page_says_everything_that_explain_says(told: Provenance, pages: Pages) -> None:
    for name, page in pages.items():
        explained = told.explain(name.removeprefix("rounds/").removesuffix(".md"))
        words = page.astext()
        said = [
            *(text for v in explained.values for text in (v.value, v.publisher, v.as_written, v.why)),
            *(text for lost in explained.lost for text in (lost.value, lost.probably, lost.rule)),
            *(text for stake in explained.stakes for text in (stake.investor, stake.role, stake.cheque)),
            *(event.date for event in explained.talks),
        ]
        for report in explained.reports:
            said += [report.publisher, report.nature, report.link_reason, report.note, *report.said.values()]
            said += [c.page_text for c in report.corrections] + [c.reason for c in report.corrections]
        for text in said:
            assert markup.plain(text) in words


def test_values_that_lost_stand_with_what_they_probably_are(pages: Pages) -> None:
    lost = cells_under(pages[CLOSED], "Values that lost")
    (slip,) = [row for row in lost if "USD 2.9 billion" in row[1]]
    assert slip[:1] + slip[2:3] == ["Amount", "tenfold slip"]
    assert slip[-1] == "Paper r3"


def test_raw_text_does_nothing(pages: Pages) -> None:
    allowed = re.compile(r"https://example\.org/r\d|\.\./(companies|charts|method)|[\w-]+\.md|#r\d")
    for page in pages.values():
        assert not list(page.findall(nodes.raw))
        assert [address for address in addresses(page) if not allowed.match(address)] == []
    assert HOSTILE in pages[CLOSED].astext()


def test_reports_lead_to_their_pages_and_values_to_their_reports(pages: Pages) -> None:
    page = pages[CLOSED]
    assert {f"https://example.org/r{k}" for k in (1, 2, 4)} < addresses(page)
    assert {"r1", "r2", "r3", "r4"} <= set(page.ids)
    first = next(cell for cell in page.findall(nodes.entry) if cell.astext() == "早报")
    assert [link["refuri"] for link in first.findall(nodes.reference)] == ["#r1"]


def test_talks_lead_to_the_closing_and_back(pages: Pages) -> None:
    assert "acme-2026-04.md" in addresses(pages[TALKS])
    assert "Talks are never money." in pages[TALKS].astext()
    assert "acme-2026-03-talks.md" in addresses(pages[CLOSED])
    assert cells_under(pages[CLOSED], "Talks that became it")[0][1] == "up to USD 280 million"


def test_parts_are_told_apart_from_the_round(pages: Pages) -> None:
    assert "$100 million (North Fund), Paper r4" in pages[CLOSED].astext()


def test_a_correction_says_what_the_page_said(pages: Pages) -> None:
    assert (
        "Corrected company: the page says “Agme”, read as “Bolt”" in pages["rounds/bolt-2025-05.md"].astext()
    )


def test_a_round_names_the_charts_that_show_it(sources: Mapping[str, str]) -> None:
    assert "[The chart alone](../charts/alone.md)" in sources[CLOSED]
    assert "[The chart in\\_a\\_sum](../charts/in_a_sum.md)" in sources[CLOSED]
    assert "## Charts" not in sources[TALKS]


def test_an_id_that_could_leave_the_folder_stops_the_build(told: Provenance) -> None:
    rows = pd.DataFrame({"round_id": pd.Series(["../../etc"], dtype="str")})
    with pytest.raises(ValueError, match="cannot name a page"):
        rounds.pages(told, rows, {})
