"""The frames of notebook 01, on hand-made tables."""

from math import nan

import pandas as pd
import pytest

from analysis.measures import article

CHECKS = pd.DataFrame(
    [
        ("a1", "aye", "product", "confirmed", None, "product_events:7; product_events:8"),
        ("a2", "aye", "round", "confirmed with a nuance", "aye-2", "r1; r2; r3"),
        ("a3", None, "strategy", "not found", None, None),
        ("a4", "bee", "order", "contradicted", "bee-1", "r4"),
        ("a5", "aye", "round", "confirmed", "aye-1", "r5"),
    ],
    columns=["claim_id", "company_id", "topic", "verdict", "round_id", "evidence"],
).assign(claim="It is so.", nuance="It was.")
COMPANIES = pd.DataFrame({"company_id": ["aye", "bee"], "name": ["Aye", "Bee"]})


def reports() -> pd.DataFrame:
    """Five reports, two of them one story, and one that no claim is about."""
    rows = [
        ("r1", "aye-2", "Paper", "wire", "CNY", 2e9, "USD", 290.0, 290.0),
        ("r2", "aye-2", "Site", "wire", "CNY", 2e9, "USD", 290.0, 261.0),
        ("r3", "aye-2", "Gazette", "gazette", "USD", 300.0, None, nan, nan),
        ("r4", "bee-1", "Paper", "paper", "USD", 50.0, None, nan, nan),
        ("r5", "aye-1", "Paper", "paper", "CNY", 6e8, None, nan, nan),
        ("r6", "aye-2", "Post", "post", "CNY", 2e9, None, nan, nan),
    ]
    columns = ["report_id", "round_id", "publisher", "origin_key", "amount_currency", "amount_stated",
               "second_currency", "second_stated", "second_low"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(
        amount_low=frame["amount_stated"], amount_high=frame["amount_stated"], reliability="high",
        second_high=frame["second_stated"], url="https://example.org/" + frame["report_id"], origin=None,
    )  # fmt: skip


def rounds() -> pd.DataFrame:
    """The round of the claims on Aye's money, the one before and the one of Bee, which no report dates."""
    frame = pd.DataFrame(
        {"round_id": ["aye-1", "aye-2", "bee-1"], "date_basis": ["announced"] * 2 + ["published"]}
    )
    return frame.assign(
        amount_stated=2e9, currency="CNY", rate_date=pd.Timestamp("2026-04-10"),
        usd_low=234.0, usd_stated=293.0, usd_high=293.0,
    )  # fmt: skip


@pytest.fixture
def evidence() -> pd.DataFrame:
    """The pieces behind the claims."""
    events = pd.DataFrame({"record_id": ["7", "8", "9"], "publisher": ["Blog", "Blog", "Other"]})
    return article.evidence(
        CHECKS, reports(), {"product_events": events.assign(reliability="low", url="https://example.org/")}
    )


def test_evidence_is_found_in_reports_and_in_other_tables(evidence: pd.DataFrame) -> None:
    places = evidence.groupby("claim_id")["place"].agg(list).to_dict()
    assert places == {
        "a1": ["product_events:7", "product_events:8"],
        "a2": ["r1", "r2", "r3"],
        "a4": ["r4"],
        "a5": ["r5"],
    }
    assert evidence["origin"].tolist() == ["Blog", "Blog", "wire", "wire", "gazette", "paper", "paper"]
    assert evidence["publisher"].notna().all()


def test_claims_on_rounds_come_first_and_each_group_in_one_piece(evidence: pd.DataFrame) -> None:
    claims = article.claims(CHECKS, COMPANIES, evidence)
    assert claims["claim_id"].tolist() == ["a2", "a5", "a4", "a1", "a3"]
    assert claims["group"].tolist() == [
        "Rounds of Aye", "Rounds of Aye", "Rounds of Bee", "Products and rankings", "Strategy",
    ]  # fmt: skip


def test_a_story_counts_once_however_often_it_is_told(evidence: pd.DataFrame) -> None:
    claims = article.claims(CHECKS, COMPANIES, evidence).set_index("claim_id")
    assert claims["n_evidence"].to_dict() == {"a2": 3, "a5": 1, "a4": 1, "a1": 2, "a3": 0}
    assert claims["n_independent"].to_dict() == {"a2": 2, "a5": 1, "a4": 1, "a1": 1, "a3": 0}


def test_dollar_figures_stand_under_the_conversion_highest_first() -> None:
    figures = article.dollar_figures(CHECKS, rounds(), reports())
    assert figures["kind"].tolist() == [article.CONVERSION] + [article.REPORTED] * 3
    assert figures["usd_stated"].tolist() == [293, 300, 290, 290]
    assert figures["told_by"].tolist()[1:] == ["Gazette", "Paper", "Site"]
    # Only the site gives its figure as approximate.
    assert figures["usd_low"].tolist() == [234, 300, 290, 261]
    assert figures["n_reports"].tolist() == [0, 1, 1, 1]
    assert figures["amount_stated"].eq(2e9).all()
    assert figures["round_id"].eq("aye-2").all()


def test_without_a_figure_in_dollars_the_conversion_stands_alone() -> None:
    figures = article.dollar_figures(CHECKS, rounds(), reports().query("report_id == 'r6'"))
    assert figures["kind"].tolist() == [article.CONVERSION]


def test_a_round_that_no_report_dates_says_so() -> None:
    trio = rounds()[["round_id"]].assign(round_label=["A", "B", "C"])
    told = article.article_rounds(CHECKS, pd.concat([trio, trio.assign(round_id="cee-1")]), rounds())
    assert told["round_id"].tolist() == ["aye-1", "aye-2", "bee-1"]
    assert told["round_label"].tolist() == ["A", "B", article.UNDATED]
