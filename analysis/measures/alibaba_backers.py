"""Who else is in the rounds, and what Alibaba is known to have put in: frames of notebook 02.

A backer is the corporate group of an investor where it has one, else the investor itself.
"""

import pandas as pd

from analysis.measures import sums
from analysis.measures.alibaba_portfolio import ALIBABA, role_of_alibaba

BACKER_COLUMNS = [
    "backer", "investors", "company", "role", "round_id", "date_start", "date_end", "date_basis",
    "n_companies", "n_rounds",
]  # fmt: skip
CHEQUE_COLUMNS = ["round_id", "company", "date_start", "date_end", "alibaba", "of", *sums.MONEY]
ROUND, CHEQUE = "the whole round", "Alibaba’s cheque"


def backers(trio_rounds: pd.DataFrame, round_investors: pd.DataFrame) -> pd.DataFrame:
    """Who is named in the rounds: one row a backer and round, those in most companies and rounds first.

    Returns: The columns of `BACKER_COLUMNS`: `investors` are the companies of the group that are named in the
        round, `role` is "lead" where one of them led, and `n_companies` and `n_rounds` count those the
        backer is named in.
    """
    when = ["round_id", "company", "date_start", "date_end", "date_basis"]
    named = round_investors.merge(trio_rounds[when], on="round_id")
    named["backer"] = named["parent_group"].fillna(named["investor"])
    # "lead" comes before "participant".
    grouped = named.sort_values("investor").groupby(["backer", *when], as_index=False, dropna=False)
    told = grouped.agg(investors=("investor", "; ".join), role=("role", "min"))
    of_backer = told.groupby("backer")
    told = told.assign(
        n_companies=of_backer["company"].transform("nunique"),
        n_rounds=of_backer["round_id"].transform("nunique"),
    )
    order = ["n_companies", "n_rounds", "backer", "date_end", "round_id"]
    ascending = [False, False, True, True, True]
    return told.sort_values(order, ascending=ascending, ignore_index=True)[BACKER_COLUMNS]


def shared(backers: pd.DataFrame, *companies: str) -> list[str]:
    """The backers that are named in rounds of each of the companies."""
    sets = [set(backers.loc[backers["company"].eq(company), "backer"]) for company in companies]
    return sorted(set.intersection(*sets))


def cheques(closed_rounds: pd.DataFrame, round_investors: pd.DataFrame) -> pd.DataFrame:
    """Alibaba's known cheques anywhere in the record, against the rounds they were part of.

    Returns: Two rows a round with a known cheque, largest cheque first, with the columns of
        `CHEQUE_COLUMNS`: `of` is `ROUND` (the bounds of the round) or `CHEQUE`. Where no cheque is on record
        at all, the rounds that Alibaba was in, their cheques undisclosed.
    """
    own = round_investors[round_investors["parent_group"].eq(ALIBABA)]
    known = own.groupby("round_id")["known_cheque_usd"].sum(min_count=1)
    rounds = closed_rounds[
        closed_rounds["round_id"].isin(known.dropna().index if known.any() else known.index)
    ]
    rounds = rounds.assign(
        alibaba=role_of_alibaba(rounds, round_investors), cheque=rounds["round_id"].map(known)
    ).sort_values(["cheque", "date_end", "round_id"], ascending=[False, True, True], ignore_index=True)
    cheque = dict.fromkeys(sums.MONEY, rounds["cheque"])
    both = pd.concat([rounds.assign(of=ROUND), rounds.assign(of=CHEQUE, **cheque)])
    return both.sort_index(kind="stable")[CHEQUE_COLUMNS].reset_index(drop=True)
