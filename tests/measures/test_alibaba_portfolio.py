"""The frames of notebook 02, on hand-made tables."""

from math import nan

import pandas as pd
import pytest

from analysis.measures import alibaba_portfolio as portfolio

COMPANIES = pd.DataFrame(
    [("a", "Aye", "alibaba-trio"), ("b", "Bee", "alibaba-trio"), ("c", "Cee", "video-rival")],
    columns=["company_id", "name", "cohort"],
)
INVESTORS = pd.DataFrame(
    [
        ("a-2", "Alibaba", "lead", 20.0),
        ("a-2", "Alibaba", "participant", 5.0),
        ("a-1", "Ant Group", "lead", nan),
        ("b-1", "Alibaba", "participant", nan),
        ("c-1", "Alibaba", "lead", 70.0),
    ],
    columns=["round_id", "parent_group", "role", "known_cheque_usd"],
)
GAPS = pd.DataFrame(
    [
        ("a", "angel round of 2023, led by a fund"),
        ("a", "A2 to A4 rounds of 2024"),
        ("a", "lead of the March 2026 round"),
        ("b", "full investor list and holdings of Series C"),
        ("c", "Series A of 2024"),
    ],
    columns=["company_id", "what_is_missing"],
)


def closed_rounds() -> pd.DataFrame:
    """Four rounds of three companies, one of them a rival."""
    rows = [
        ("a-2", "a", "Aye", "2026-04-10", 100.0, 100.0, nan, 3, "high", nan),
        ("a-1", "a", "Aye", "2024-01-01", nan, nan, nan, 1, "high", nan),
        ("b-1", "b", "Bee", "2025-06-01", 10.0, nan, 99.0, 2, "low", nan),
        ("c-1", "c", "Cee", "2025-01-01", 70.0, 70.0, 70.0, 2, "high", nan),
        ("b-2", "b", "Bee", "2026-05-01", 40.0, 50.0, 50.0, 2, "high", "amount; date"),
    ]
    columns = ["round_id", "company_id", "company", "date_start", "usd_low", "usd_stated", "usd_high",
               "n_independent", "reliability", "disputed_fields"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns).astype(
        {"date_start": "datetime64[s]", "n_independent": "Int64"}
    )
    return frame.assign(
        date_end=frame["date_start"], round_label="", lead_investors="", n_reports=3, date_basis="announced"
    )


@pytest.fixture
def rounds() -> pd.DataFrame:
    """The trio's rounds."""
    return portfolio.trio_rounds(closed_rounds(), COMPANIES, INVESTORS)


def test_rounds_are_the_trios_in_order_of_time(rounds: pd.DataFrame) -> None:
    assert list(rounds.columns) == portfolio.ROUND_COLUMNS
    assert rounds["round_id"].tolist() == ["a-1", "b-1", "a-2", "b-2"]


def test_alibaba_leads_joins_or_is_not_named(rounds: pd.DataFrame) -> None:
    assert rounds["alibaba"].tolist() == ["not named", "joined", "led", "not named"]


def test_a_round_is_firm_with_two_agreeing_sources(rounds: pd.DataFrame) -> None:
    # One source; low reliability; three sources; disputed.
    assert rounds["is_firm"].tolist() == [False, False, True, False]


def test_rounds_have_their_place_in_their_company(rounds: pd.DataFrame) -> None:
    places = portfolio.numbered(rounds)
    assert places["round_id"].tolist() == ["a-1", "a-2", "b-1", "b-2"]
    assert places["number"].tolist() == [1, 2, 1, 2]


def test_a_gap_that_asks_who_took_part_is_no_missing_round() -> None:
    assert portfolio.missing_rounds(GAPS)["company_id"].tolist() == ["a", "a", "c"]


def test_capital_comes_with_bounds_and_what_it_leaves_out(rounds: pd.DataFrame) -> None:
    missing = portfolio.missing_rounds(GAPS)
    capital = portfolio.capital_by_company(rounds, COMPANIES, missing).set_index("company")
    assert list(capital.index) == ["Aye", "Bee"]
    assert capital.loc["Aye", ["usd_low", "usd_stated"]].tolist() == [100, 100]
    assert pd.isna(capital.loc["Aye", "usd_high"])
    assert capital.loc["Bee", ["usd_low", "usd_high"]].tolist() == [50, 149]
    assert pd.isna(capital.loc["Bee", "usd_stated"])
    assert capital["n_undisclosed"].tolist() == [1, 0]
    assert capital["n_gaps"].tolist() == [2, 0]


def test_alibabas_part_is_told_in_three_views(rounds: pd.DataFrame) -> None:
    part = portfolio.alibaba_part(rounds, INVESTORS).set_index("view")
    assert list(part.index) == list(portfolio.VIEWS)
    assert part.loc[portfolio.LED, ["usd_low", "n_rounds"]].tolist() == [100, 1]
    assert part.loc[portfolio.IN_IT, ["usd_low", "n_rounds"]].tolist() == [110, 2]
    # Two entities of the group put in 20 and 5; the cheque in b-1 is not known.
    assert part.loc[portfolio.CHEQUES, ["usd_low", "usd_high", "n_rounds", "n_undisclosed"]].tolist() == [
        25,
        25,
        2,
        1,
    ]


def test_without_alibaba_its_part_is_nothing(rounds: pd.DataFrame) -> None:
    part = portfolio.alibaba_part(rounds.assign(alibaba="not named"), INVESTORS)
    assert part["n_rounds"].tolist() == [0, 0, 0]
    assert part["usd_low"].isna().all()
