"""Every company that Alibaba is in, and what some were valued at: frames of notebook 02.

The money of these rounds is that of all their investors, never Alibaba's own.
"""

import pandas as pd

from analysis.measures import sums
from analysis.measures.alibaba_portfolio import ALIBABA, is_of_trio, role_of_alibaba
from analysis.measures.sums import VagueConvention

THREE, MODELS, ROBOTS, VIDEO, DEVICES = FIELDS = (
    "one of the three", "AI models", "robots", "AI video", "devices",
)  # fmt: skip
_FIELD_OF_SEGMENT = {
    "foundation-model": MODELS,
    "embodied-ai": ROBOTS,
    "video-generation": VIDEO,
    "devices": DEVICES,
}
BET_COLUMNS = [
    "round_id", "company", "field", "round_label", "date_start", "date_end", "date_basis", *sums.MONEY,
    "alibaba", "n_named", "n_reports",
]  # fmt: skip
VALUATION_COLUMNS = [
    "round_id", "company", "is_trio", "round_label", "date_start", "date_end", "valuation_usd_low",
    "valuation_usd_stated", "valuation_usd_high", "valuation_basis", "alibaba", "n_independent", "is_firm",
]  # fmt: skip


def bet_rounds(
    closed_rounds: pd.DataFrame, companies: pd.DataFrame, round_investors: pd.DataFrame
) -> pd.DataFrame:
    """The closed rounds in which Alibaba is named, of any company, in order of time.

    Returns: The columns of `BET_COLUMNS`: `field` is `THREE` for the trio and else what the company makes,
        `n_named` how many independent reports name one of Alibaba's companies in the round.
    """
    rounds = closed_rounds.assign(
        alibaba=role_of_alibaba(closed_rounds, round_investors), is_trio=is_of_trio(closed_rounds, companies)
    )
    rounds = rounds[rounds["alibaba"].ne("not named")]
    own = round_investors[round_investors["parent_group"].eq(ALIBABA)]
    segment = rounds["company_id"].map(companies.set_index("company_id")["segment"])
    rounds = rounds.assign(
        n_named=rounds["round_id"].map(own.groupby("round_id")["n_independent"].max()),
        field=segment.map(_FIELD_OF_SEGMENT)
        .fillna(segment.str.replace("-", " "))
        .mask(rounds["is_trio"], THREE),
    )
    order = ["date_end", "date_start", "round_id"]
    return rounds.sort_values(order)[BET_COLUMNS].reset_index(drop=True)


def bets(bet_rounds: pd.DataFrame, vague: VagueConvention = "bounds only") -> pd.DataFrame:
    """The same by company, without the trio: by what they make, then most (by lower bound) first.

    Returns: `company`, `field`, the columns of `sums`, `n_led` (rounds that Alibaba led) and `n_alone`
        (rounds in which a single independent report names it). Where there is no other company, the trio.
    """
    is_other = bet_rounds["field"].ne(THREE)
    if is_other.any():
        bet_rounds = bet_rounds[is_other]
    counted = bet_rounds.assign(n_led=bet_rounds["alibaba"].eq("led"), n_alone=bet_rounds["n_named"].lt(2))
    of_company = counted.groupby("company")
    found = sums.by(bet_rounds, "company", vague)
    found["field"] = found["company"].map(of_company["field"].first())
    for name in ("n_led", "n_alone"):
        found[name] = found["company"].map(of_company[name].sum()).astype(int)
    place = found["field"].map({name: n for n, name in enumerate(FIELDS)}).fillna(len(FIELDS))
    found = found.assign(place=place).sort_values(
        ["place", "usd_low", "company"], ascending=[True, False, True], ignore_index=True
    )
    return found[["company", "field", *sums.MONEY, *sums.COUNTS, "n_led", "n_alone", "round_ids"]]


def valuations(
    closed_rounds: pd.DataFrame,
    companies: pd.DataFrame,
    round_investors: pd.DataFrame,
    n_others: int = 3,
) -> pd.DataFrame:
    """The valuations since the year of the trio's first round: of the trio, and of others with Alibaba in.

    Args:
        closed_rounds: all closed rounds.
        companies: all companies.
        round_investors: all investors in rounds.
        n_others: how many other companies to keep, those with most valuations (then the highest) first.

    Returns: The columns of `VALUATION_COLUMNS`, the trio first, each company in order of time, Alibaba in
        the round or not. `is_firm` says that at least two independent reports tell of the round and that
        they agree on the valuation.
    """
    ends = ["valuation_usd_low", "valuation_usd_stated", "valuation_usd_high"]
    rounds = closed_rounds.assign(
        is_trio=is_of_trio(closed_rounds, companies), alibaba=role_of_alibaba(closed_rounds, round_investors)
    )
    backed = rounds.loc[rounds["alibaba"].ne("not named"), "company_id"]
    since = pd.Timestamp(rounds.loc[rounds["is_trio"], "date_start"].min().year, 1, 1)
    known = rounds[
        rounds[ends].notna().any(axis=1)
        & rounds["date_end"].ge(since)
        & (rounds["is_trio"] | rounds["company_id"].isin(backed))
    ]
    is_disputed = known["disputed_fields"].fillna("").str.contains("valuation")
    known = known.assign(
        is_firm=(known["n_independent"].ge(2) & ~is_disputed).astype(bool), top=known[ends].max(axis=1)
    )
    ranked = known.groupby("company").agg(
        is_trio=("is_trio", "first"), n=("round_id", "size"), top=("top", "max")
    )
    ranked = ranked.sort_values(["is_trio", "n", "top"], ascending=False)
    kept = ranked[ranked["is_trio"] | (~ranked["is_trio"]).cumsum().le(n_others)].index
    place = known["company"].map({company: n for n, company in enumerate(kept)})
    shown = known.assign(place=place).dropna(subset="place")
    shown = shown.sort_values(["place", "date_end", "date_start", "round_id"], ignore_index=True)
    return shown[VALUATION_COLUMNS]
