"""Shares of sums that are known within bounds, against shares worked out by hand."""

from math import nan

import pandas as pd
import pytest

from analysis.measures import shares

EXACT, ABOUT, OPEN, HIDDEN = (60, 60, 60), (10, 20, 40), (30, 50, nan), (nan, nan, nan)


def rounds(*money: tuple[float, float, float], company: str = "A") -> pd.DataFrame:
    """Rounds of given low, stated and high amounts."""
    frame = pd.DataFrame(money, columns=["usd_low", "usd_stated", "usd_high"], dtype="float64")
    return frame.assign(round_id=[f"{company}-{n}" for n in range(len(money))], company=company)


@pytest.mark.parametrize(
    ("part", "rest", "expected"),
    [
        # What is certain: 60 of 120, at any bound.
        ([EXACT], [EXACT], [0.5, 0.5, 0.5, 0.5, 0.5]),
        # The part at 10 with the rest at 60, then at 40.
        ([ABOUT], [EXACT], [10 / 70, 10 / 70, 0.4, 10 / 70, 0.4]),
        ([EXACT], [ABOUT], [0.6, 60 / 70, 60 / 70, 0.6, 60 / 70]),
        # An open end of the part leaves the high end unknown; by what was told it is 50.
        ([OPEN], [EXACT], [30 / 90, 30 / 90, nan, 30 / 90, 50 / 110]),
        # One of the rest leaves the low end unknown.
        ([EXACT], [OPEN], [nan, 60 / 90, 60 / 90, 60 / 110, 60 / 90]),
        ([OPEN], [OPEN], [nan, 0.5, nan, 30 / 80, 50 / 80]),
        # Undisclosed rounds are in neither.
        ([EXACT, HIDDEN], [EXACT, HIDDEN], [0.5] * 5),
        ([HIDDEN], [EXACT], [nan] * 5),
        # All of it, and nothing of it.
        ([OPEN], [], [1.0] * 5),
        ([OPEN], [HIDDEN], [1.0] * 5),
        ([], [OPEN], [0.0] * 5),
        ([], [], [nan] * 5),
    ],
)
def test_shares(part: list, rest: list, expected: list[float]) -> None:
    found = shares.share(rounds(*part), rounds(*rest, company="B"))
    assert list(found) == shares.SHARE
    assert list(found.values()) == pytest.approx(expected, nan_ok=True)


def test_a_share_lies_between_its_ends() -> None:
    found = shares.share(rounds(ABOUT, EXACT), rounds(ABOUT, OPEN, company="B"))
    assert found["told_low"] <= found["share"] <= found["told_high"]


@pytest.fixture
def three() -> pd.DataFrame:
    """Companies with 70 to 100, 60 and nothing known, and one with 30 and no upper end."""
    parts = [
        rounds(EXACT, ABOUT, company="A"),
        rounds(EXACT, company="B"),
        rounds(HIDDEN, company="C"),
        rounds(OPEN, company="D"),
    ]
    return pd.concat(parts, ignore_index=True)


def test_the_largest_go_by_lower_bound_and_are_never_unknown(three: pd.DataFrame) -> None:
    assert shares.largest(three, "company", 1)["company"].unique().tolist() == ["A"]
    assert shares.largest(three, "company", 9)["company"].unique().tolist() == ["A", "B", "D"]
    # Of the two rounds of 60 the first by name.
    assert shares.largest(three, "round_id", 1)["round_id"].tolist() == ["A-0"]


def test_concentration_is_the_share_of_the_largest(three: pd.DataFrame) -> None:
    one = shares.concentration(three, "company", 1)
    assert one["share"] == pytest.approx(70 / 160)
    assert one["share_high"] == pytest.approx(100 / 190)
    assert one["told_low"] == pytest.approx(70 / 180)
    assert pd.isna(one["share_low"])
    assert shares.concentration(three, "company", 3)["share"] == 1


def test_nothing_is_the_largest_where_nothing_is_known() -> None:
    assert shares.largest(rounds(HIDDEN), "company", 1).empty
