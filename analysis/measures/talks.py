"""Talks about rounds, held against the closings that they became. Talks are never money."""

import math

import pandas as pd

from analysis.measures import sums

BECAME, OPEN, CANCELLED = OUTCOMES = ("became a round", "no closing on record", "cancelled")
MORE, COMPATIBLE, LESS, NO_FIGURE = COMPARISONS = ("more", "compatible", "less", "not both known")
VALUATION = ["valuation_usd_low", "valuation_usd_stated", "valuation_usd_high"]

CLOSED_COLUMNS = ["closed_id", "closed_start", "closed_end", *(f"closed_{n}" for n in sums.MONEY + VALUATION)]
TALK_COLUMNS = [
    "talks_id", "company", "is_trio", "date_start", "date_end", *sums.MONEY, *VALUATION, "n_independent",
    "outcome", *CLOSED_COLUMNS, "amount", "valuation", "round_ids",
]  # fmt: skip


def talks(rounds: pd.DataFrame, companies: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """The talks of companies about rounds and listings, and the closings that they became.

    Args:
        rounds: all events.
        companies: the companies to look at, with `company_id`, `company` and `is_trio`.
        reports: all reports; they tell whether the valuation of a closing is that of its own reports.

    Returns: One row an event of talks with the columns of `TALK_COLUMNS`, those that became a round first, in
        order of closing. `usd_*` and `valuation_usd_*` were talked of, `closed_*` is the closing. `amount`
        and `valuation` say how the closing compares, by `COMPARISONS`: more or less only where the bounds do
        not meet, an open end meeting everything above it. A valuation that the closing has from the talks
        themselves is left out.
    """
    own = rounds.drop(columns="company").merge(companies, on="company_id")
    told = own[own["status"].ne("closed") & own["kind"].isin(["round", "ipo"])]
    closed = own[own["status"].eq("closed")].copy()
    source = closed["valuation_report_id"].map(reports.set_index("report_id")["round_id"])
    closed.loc[source.notna() & source.ne(closed["round_id"]), VALUATION] = float("nan")
    closed = closed.rename(
        columns={
            "round_id": "closed_id", "date_start": "closed_start", "date_end": "closed_end",
            **{name: f"closed_{name}" for name in sums.MONEY + VALUATION},
        }
    )  # fmt: skip
    told = told.rename(columns={"round_id": "talks_id"}).merge(
        closed[CLOSED_COLUMNS], left_on="became_round_id", right_on="closed_id", how="left"
    )
    outcome = pd.Series(OPEN, told.index, dtype="str").mask(told["status"].eq("cancelled"), CANCELLED)
    told["outcome"] = outcome.mask(told["closed_id"].notna(), BECAME)
    for name, ends in (("amount", sums.MONEY), ("valuation", VALUATION)):
        told[name] = [
            _comparison(before, after)
            for before, after in zip(
                told[ends].to_numpy().tolist(),
                told[[f"closed_{end}" for end in ends]].to_numpy().tolist(),
                strict=True,
            )
        ]
    told["round_ids"] = told["talks_id"] + ("; " + told["closed_id"]).fillna("")
    place = told["outcome"].map(OUTCOMES.index)
    order = ["place", "closed_end", "closed_id", "date_end", "talks_id"]
    return told.assign(place=place).sort_values(order)[TALK_COLUMNS].reset_index(drop=True)


def _comparison(before: list[float], after: list[float]) -> str:
    """How a closing compares with the talks, each as low, stated and high."""
    if any(all(math.isnan(end) for end in ends) for ends in (before, after)):
        return NO_FIGURE
    (low, high), (closed_low, closed_high) = _closed_ends(before), _closed_ends(after)
    if closed_low > high:
        return MORE
    return LESS if closed_high < low else COMPATIBLE


def _closed_ends(ends: list[float]) -> tuple[float, float]:
    """The ends of what is possible: nothing at the least, and no limit where none is known."""
    low, _, high = ends
    return 0.0 if math.isnan(low) else low, math.inf if math.isnan(high) else high
