"""Co-investors and cheques, on hand-made tables."""

from math import nan

import pandas as pd
import pytest

from analysis.measures import alibaba_backers

INVESTORS = pd.DataFrame(
    [
        ("a-1", "Fund", None, "participant", nan),
        ("a-1", "City Fund One", "City", "participant", nan),
        ("a-2", "Alibaba Cloud", "Alibaba", "lead", 20.0),
        ("a-2", "Alibaba Group", "Alibaba", "participant", 5.0),
        ("b-1", "City Fund Two", "City", "lead", nan),
        ("b-1", "Alibaba Group", "Alibaba", "participant", nan),
        ("b-1", "Angel", None, "participant", nan),
        ("c-1", "Alibaba Group", "Alibaba", "lead", 70.0),
        ("c-1", "Fund", None, "lead", nan),
    ],
    columns=["round_id", "investor", "parent_group", "role", "known_cheque_usd"],
)


def trio_rounds() -> pd.DataFrame:
    """Two rounds of Aye, one of Bee; what Cee raised is no round of the trio."""
    rows = [("a-1", "Aye", "2024-01-05"), ("b-1", "Bee", "2025-01-05"), ("a-2", "Aye", "2026-01-05")]
    frame = pd.DataFrame(rows, columns=["round_id", "company", "date_start"])
    frame = frame.astype({"date_start": "datetime64[s]"})
    return frame.assign(date_end=frame["date_start"], date_basis="announced")


def closed_rounds() -> pd.DataFrame:
    """The rounds of the trio and one more, with bounds."""
    other = trio_rounds().tail(1).assign(round_id="c-1", company="Cee")
    return pd.concat([trio_rounds(), other], ignore_index=True).assign(
        usd_low=80.0, usd_stated=100.0, usd_high=100.0
    )


@pytest.fixture
def backers() -> pd.DataFrame:
    """Who is named in the rounds."""
    return alibaba_backers.backers(trio_rounds(), INVESTORS)


def test_those_in_most_companies_come_first_by_group(backers: pd.DataFrame) -> None:
    assert list(backers.columns) == alibaba_backers.BACKER_COLUMNS
    assert backers[["backer", "round_id", "role"]].values.tolist() == [
        ["Alibaba", "b-1", "participant"],
        ["Alibaba", "a-2", "lead"],
        ["City", "a-1", "participant"],
        ["City", "b-1", "lead"],
        ["Angel", "b-1", "participant"],
        ["Fund", "a-1", "participant"],
    ]
    assert backers["n_companies"].tolist() == [2, 2, 2, 2, 1, 1]
    assert backers["n_rounds"].tolist() == [2, 2, 2, 2, 1, 1]


def test_two_companies_of_a_group_are_one_backer(backers: pd.DataFrame) -> None:
    assert backers.set_index("round_id")["investors"]["a-2"] == "Alibaba Cloud; Alibaba Group"


def test_shared_backers_are_in_each_of_the_companies(backers: pd.DataFrame) -> None:
    assert alibaba_backers.shared(backers, "Aye", "Bee") == ["Alibaba", "City"]
    assert alibaba_backers.shared(backers, "Aye", "Cee") == []


def test_nobody_named_leaves_no_row() -> None:
    backers = alibaba_backers.backers(trio_rounds(), INVESTORS.head(0))
    assert backers.empty
    assert list(backers.columns) == alibaba_backers.BACKER_COLUMNS


def test_cheques_stand_beside_their_rounds_largest_first() -> None:
    cheques = alibaba_backers.cheques(closed_rounds(), INVESTORS)
    assert list(cheques.columns) == alibaba_backers.CHEQUE_COLUMNS
    assert cheques["round_id"].tolist() == ["c-1", "c-1", "a-2", "a-2"]
    assert cheques["of"].tolist() == 2 * [alibaba_backers.ROUND, alibaba_backers.CHEQUE]
    # Two entities of the group put in 20 and 5.
    assert cheques["usd_low"].tolist() == [80, 70, 80, 25]
    assert cheques["usd_high"].tolist() == [100, 70, 100, 25]


def test_without_a_known_cheque_its_rounds_stand_with_unknown_ones() -> None:
    cheques = alibaba_backers.cheques(closed_rounds(), INVESTORS.assign(known_cheque_usd=nan))
    assert cheques["round_id"].unique().tolist() == ["b-1", "a-2", "c-1"]
    assert cheques.loc[cheques["of"].eq(alibaba_backers.CHEQUE), "usd_low"].isna().all()
