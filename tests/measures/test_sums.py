"""Sums of money within bounds."""

from math import isnan, nan

import pandas as pd
import pytest

from analysis.measures import sums

EXACT = (60.0, 60.0, 60.0)
NEARLY = (80.0, 100.0, 100.0)
AT_LEAST = (14.0, 14.0, nan)
AT_MOST = (0.0, nan, 50.0)
HUNDREDS = (100.0, nan, 999.0)
UNDISCLOSED = (nan, nan, nan)


def rounds(*amounts: tuple[float, float, float], company: str = "A") -> pd.DataFrame:
    """Rounds of one company by lower bound, stated figure and upper bound."""
    frame = pd.DataFrame(amounts, columns=["usd_low", "usd_stated", "usd_high"], dtype="float64")
    return frame.assign(company=company, round_id=[f"{company}-{n}" for n in range(len(amounts))])


@pytest.mark.parametrize(
    ("amounts", "low", "stated", "high", "n_undisclosed", "n_vague", "n_open"),
    [
        ([EXACT, NEARLY], 140, 160, 160, 0, 0, 0),
        ([EXACT, AT_LEAST], 74, 74, nan, 0, 0, 1),
        ([EXACT, HUNDREDS], 160, nan, 1059, 0, 1, 0),
        ([EXACT, AT_MOST], 60, nan, 110, 0, 1, 0),
        ([EXACT, UNDISCLOSED], 60, 60, 60, 1, 0, 0),
        ([UNDISCLOSED, UNDISCLOSED], nan, nan, nan, 2, 0, 0),
        ([HUNDREDS, AT_LEAST, UNDISCLOSED], 114, nan, nan, 1, 1, 1),
    ],
)
def test_bounds_add_up(
    amounts: list[tuple[float, float, float]],
    low: float, stated: float, high: float, n_undisclosed: int, n_vague: int, n_open: int,
) -> None:  # fmt: skip
    total = sums.total(rounds(*amounts))
    assert total[sums.MONEY].tolist() == pytest.approx([low, stated, high], nan_ok=True)
    assert total[sums.COUNTS].tolist() == [len(amounts), n_undisclosed, n_vague, n_open]
    assert total["round_ids"] == "; ".join(f"A-{n}" for n in range(len(amounts)))


@pytest.mark.parametrize(
    ("vague", "stated"), [("bounds only", nan), ("lower bound", 160), ("midpoint", 609.5)]
)
def test_the_convention_for_vague_amounts_is_chosen(vague: sums.VagueConvention, stated: float) -> None:
    total = sums.total(rounds(EXACT, HUNDREDS, UNDISCLOSED), vague)
    assert total["usd_stated"] == pytest.approx(stated, nan_ok=True)
    assert (total["usd_low"], total["usd_high"], total["n_vague"]) == (160, 1059, 1)


def test_groups_keep_their_order_and_their_bounds_apart() -> None:
    both = pd.concat([rounds(EXACT, company="Z"), rounds(AT_LEAST, company="A"), rounds(EXACT, company="Z")])
    by_company = sums.by(both, "company").set_index("company")
    assert list(by_company.index) == ["Z", "A"]
    assert by_company["usd_low"].tolist() == [120, 14]
    assert by_company.loc["Z", "usd_high"] == 120
    assert isnan(by_company.loc["A", "usd_high"])


def test_no_rounds_have_no_money_and_zero_counts() -> None:
    total = sums.total(rounds())
    assert total[sums.MONEY].isna().all()
    assert total[sums.COUNTS].tolist() == [0, 0, 0, 0]
