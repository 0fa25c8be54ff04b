"""Sums of money that is known within bounds.

A sum is an interval in nominal dollars with the rounds that it cannot hold beside it:

- `usd_low`: the lower bounds added up; what was raised is at least this;
- `usd_high`: the upper bounds added up; NaN when a round has an open end ("more than …");
- `usd_stated`: the stated figures added up; NaN when a round has none ("hundreds of millions");
- `round_ids`: the rounds themselves, with "; " between;
- `n_rounds`, and of these `n_undisclosed` without any amount in dollars (they are in no bound), `n_vague`
  with bounds but no stated figure, `n_open` with an open end.

Low, stated and high are NaN where no round has an amount.
"""

from typing import Any, Literal

import pandas as pd

VagueConvention = Literal["bounds only", "lower bound", "midpoint"]
"""What a vague amount adds to the stated sum: nothing (the sum then has no stated figure), its lower bound,
or the middle of its bounds."""

MONEY = ["usd_low", "usd_stated", "usd_high"]
COUNTS = ["n_rounds", "n_undisclosed", "n_vague", "n_open"]


def by(rounds: pd.DataFrame, column: str, vague: VagueConvention = "bounds only") -> pd.DataFrame:
    """Add up rounds within each value of a column.

    Args:
        rounds: one row a round that counts, with `round_id`, `usd_low`, `usd_stated` and `usd_high`.
        column: what to group by; groups come in the order of their first round.
        vague: what a round without a stated figure adds to `usd_stated`.
    """
    flagged = rounds[[column, "round_id"]].assign(**_addends(rounds, vague))
    grouped = flagged.groupby(column, sort=False, dropna=False)
    money = pd.concat({name: grouped[name].sum(min_count=1) for name in MONEY}, axis=1)
    counts = grouped[COUNTS].sum()
    # One addend without the bound takes it from the sum.
    money["usd_high"] = money["usd_high"].mask(counts["n_open"] > 0)
    money["usd_stated"] = money["usd_stated"].mask(grouped["lacks_stated"].any())
    ids = grouped["round_id"].agg("; ".join).rename("round_ids")
    return pd.concat([money, counts, ids], axis=1).reset_index()


def total(rounds: pd.DataFrame, vague: VagueConvention = "bounds only") -> "pd.Series[Any]":
    """Add up all rounds: one row of what `by` returns; for no rounds, NaN money and zero counts."""
    if rounds.empty:
        return pd.Series({**dict.fromkeys(MONEY, float("nan")), **dict.fromkeys(COUNTS, 0), "round_ids": ""})
    return by(rounds.assign(all_of_them="total"), "all_of_them", vague).drop(columns="all_of_them").iloc[0]


def is_undisclosed(rounds: pd.DataFrame) -> "pd.Series[bool]":
    """Whether a round has no amount in dollars at all."""
    return rounds[MONEY].isna().all(axis=1)


def _addends(rounds: pd.DataFrame, vague: VagueConvention) -> dict[str, "pd.Series[float]"]:
    """What each round adds to the money and to the counts of its sum."""
    low, stated, high = (rounds[name] for name in MONEY)
    undisclosed = is_undisclosed(rounds)
    is_vague = stated.isna() & ~undisclosed
    match vague:
        case "bounds only":
            filled = stated
        case "lower bound":
            filled = stated.where(~is_vague, low.fillna(0))
        case "midpoint":
            filled = stated.where(~is_vague, (low.fillna(0) + high) / 2)
    return {
        "usd_low": low,
        "usd_stated": filled,
        "usd_high": high,
        "n_rounds": pd.Series(1, rounds.index),
        "n_undisclosed": undisclosed.astype(int),
        "n_vague": is_vague.astype(int),
        "n_open": (high.isna() & ~undisclosed).astype(int),
        "lacks_stated": filled.isna() & ~undisclosed,
    }
