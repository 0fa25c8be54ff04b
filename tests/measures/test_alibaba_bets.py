"""Alibaba's other companies and valuations, on hand-made tables."""

from math import nan

import pandas as pd
import pytest

from analysis.measures import alibaba_bets

COMPANIES = pd.DataFrame(
    [
        ("a", "Aye", "alibaba-trio", "video-generation"),
        ("b", "Bee", "foundation-model", "foundation-model"),
        ("c", "Cee", "embodied-ai", "embodied-ai"),
        ("d", "Dee", "context", "sea-farming"),
        ("e", "Eee", "world-model", "world-model"),
    ],
    columns=["company_id", "name", "cohort", "segment"],
)
INVESTORS = pd.DataFrame(
    [
        ("a-1", "Alibaba", "lead", 3),
        ("b-1", "Alibaba", "lead", 2),
        ("b-2", "Alibaba", "participant", 1),
        ("c-1", "Alibaba", "participant", 2),
        ("c-1", "Alibaba", "participant", 1),
        ("d-1", "Alibaba", "lead", 1),
        ("e-1", "Ant Group", "lead", 4),
    ],
    columns=["round_id", "parent_group", "role", "n_independent"],
)


def closed_rounds() -> pd.DataFrame:
    """Rounds of five companies, with valuations of 10 times the stated figure where there is one."""
    rows = [
        ("b-0", "b", "Bee", "2021-05-01", 5.0, 5.0, 5.0, 2, None),
        ("a-1", "a", "Aye", "2024-01-01", 10.0, 10.0, 10.0, 3, None),
        ("b-1", "b", "Bee", "2024-02-01", 60.0, 60.0, nan, 2, "valuation; date"),
        ("b-2", "b", "Bee", "2025-02-01", 40.0, 50.0, 50.0, 1, None),
        ("c-1", "c", "Cee", "2025-03-01", nan, nan, nan, 3, None),
        ("d-1", "d", "Dee", "2025-04-01", 7.0, 7.0, 7.0, 2, None),
        ("e-1", "e", "Eee", "2025-05-01", 900.0, 900.0, 900.0, 2, None),
    ]
    columns = ["round_id", "company_id", "company", "date_start", "usd_low", "usd_stated", "usd_high",
               "n_independent", "disputed_fields"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns).astype(
        {"date_start": "datetime64[s]", "disputed_fields": "str"}
    )
    for end in ("low", "stated", "high"):
        frame[f"valuation_usd_{end}"] = 10 * frame[f"usd_{end}"]
    return frame.assign(
        date_end=frame["date_start"], round_label="", date_basis="announced", n_reports=3,
        valuation_basis=None,
    )  # fmt: skip


@pytest.fixture
def its_rounds() -> pd.DataFrame:
    """The rounds that Alibaba is named in."""
    return alibaba_bets.bet_rounds(closed_rounds(), COMPANIES, INVESTORS)


def test_its_rounds_are_those_it_is_named_in_whatever_the_company(its_rounds: pd.DataFrame) -> None:
    assert list(its_rounds.columns) == alibaba_bets.BET_COLUMNS
    assert its_rounds["round_id"].tolist() == ["a-1", "b-1", "b-2", "c-1", "d-1"]
    assert its_rounds["field"].tolist() == [
        "one of the three",
        "AI models",
        "AI models",
        "robots",
        "sea farming",
    ]
    # Two of its companies in one round are not two sources.
    assert its_rounds["n_named"].tolist() == [3, 2, 1, 2, 1]


def test_bets_leave_the_trio_out(its_rounds: pd.DataFrame) -> None:
    bets = alibaba_bets.bets(its_rounds).set_index("company")
    assert bets.index.tolist() == ["Bee", "Cee", "Dee"]
    assert bets["usd_low"].fillna(-1).tolist() == [100, -1, 7]
    assert bets["usd_high"].fillna(-1).tolist() == [-1, -1, 7]
    assert bets["n_undisclosed"].tolist() == [0, 1, 0]
    assert bets["n_led"].tolist() == [1, 0, 1]
    assert bets["n_alone"].tolist() == [1, 0, 1]
    assert bets["round_ids"].tolist() == ["b-1; b-2", "c-1", "d-1"]


def test_without_other_companies_the_trio_is_what_it_is_in(its_rounds: pd.DataFrame) -> None:
    assert alibaba_bets.bets(its_rounds.head(1))["company"].tolist() == ["Aye"]


def test_valuations_begin_with_the_year_of_the_trio_and_keep_it_first() -> None:
    valuations = alibaba_bets.valuations(closed_rounds(), COMPANIES, INVESTORS, n_others=1)
    assert list(valuations.columns) == alibaba_bets.VALUATION_COLUMNS
    assert valuations["round_id"].tolist() == ["a-1", "b-1", "b-2"]
    assert valuations["alibaba"].tolist() == ["led", "led", "joined"]
    # One is disputed, one told by a single source.
    assert valuations["is_firm"].tolist() == [True, False, False]


def test_companies_without_alibaba_have_no_valuation_here() -> None:
    valuations = alibaba_bets.valuations(closed_rounds(), COMPANIES, INVESTORS, n_others=9)
    assert valuations["company"].unique().tolist() == ["Aye", "Bee", "Dee"]
