"""What Alibaba has built in world models: the frames of notebook 02.

The trio are the companies of cohort "alibaba-trio" (ShengShu, PixVerse, Tripo AI). Money is nominal US
dollars. Alibaba is every investor whose parent group is Alibaba; Ant Group is a group of its own.
"""

import pandas as pd

from analysis.measures import sums
from analysis.measures.sums import VagueConvention

TRIO = "alibaba-trio"
ALIBABA = "Alibaba"
ROLES = ("led", "joined", "not named")
LED, IN_IT, CHEQUES = VIEWS = ("rounds it led", "rounds it was in", "its known cheques")

ROUND_COLUMNS = [
    "round_id", "company", "round_label", "date_start", "date_end", "usd_low", "usd_stated", "usd_high",
    "alibaba", "lead_investors", "n_reports", "n_independent", "disputed_fields", "is_firm",
]  # fmt: skip


def trio_rounds(
    closed_rounds: pd.DataFrame, companies: pd.DataFrame, round_investors: pd.DataFrame
) -> pd.DataFrame:
    """The closed rounds of the trio in order of time: one row a round.

    Returns: The columns of `ROUND_COLUMNS`. `alibaba` is "led", "joined" or "not named"; `is_firm` says
        that at least two independent reports tell of the round, one of them more than low in reliability,
        and that they agree.
    """
    trio = companies.loc[companies["cohort"].eq(TRIO), "company_id"]
    rounds = closed_rounds[closed_rounds["company_id"].isin(trio)].copy()
    alibaba = round_investors[round_investors["parent_group"].eq(ALIBABA)]
    rounds["alibaba"] = "not named"
    rounds.loc[rounds["round_id"].isin(alibaba["round_id"]), "alibaba"] = "joined"
    rounds.loc[rounds["round_id"].isin(alibaba.loc[alibaba["role"].eq("lead"), "round_id"]), "alibaba"] = (
        "led"
    )
    rounds["is_firm"] = (
        rounds["n_independent"].ge(2) & rounds["reliability"].ne("low") & rounds["disputed_fields"].isna()
    ).astype(bool)
    order = ["date_end", "date_start", "round_id"]
    return rounds.sort_values(order)[ROUND_COLUMNS].reset_index(drop=True)


def capital_by_company(
    trio_rounds: pd.DataFrame,
    companies: pd.DataFrame,
    known_gaps: pd.DataFrame,
    vague: VagueConvention = "bounds only",
) -> pd.DataFrame:
    """What each company of the trio raised in closed rounds, most (by lower bound) first.

    Returns: `company`, the columns of `sums`, and `n_gaps`: events believed to exist for which no source
        was found, in no sum. A company without a round is missing.
    """
    capital = sums.by(trio_rounds, "company", vague)
    names = companies.set_index("company_id")["name"]
    gaps = known_gaps["company_id"].map(names).value_counts()
    capital["n_gaps"] = capital["company"].map(gaps).fillna(0).astype(int)
    return capital.sort_values(["usd_low", "company"], ascending=[False, True], ignore_index=True)


def alibaba_part(
    trio_rounds: pd.DataFrame, round_investors: pd.DataFrame, vague: VagueConvention = "bounds only"
) -> pd.DataFrame:
    """Alibaba's part in the trio, from three sides; none of them is another's share.

    Returns: Three rows with `view` and the columns of `sums`: "rounds it led" and "rounds it was in" (led
        ones included) are whole rounds, other investors' money with them; "its known cheques" is its own
        money, where a source says it, and `n_undisclosed` counts the rounds it was in without a known
        cheque.
    """
    in_it = trio_rounds[trio_rounds["alibaba"].ne("not named")]
    own = round_investors[round_investors["parent_group"].eq(ALIBABA)]
    cheques = own.groupby("round_id")["known_cheque_usd"].sum(min_count=1)
    known = in_it["round_id"].map(cheques)
    views = {
        LED: trio_rounds[trio_rounds["alibaba"].eq("led")],
        IN_IT: in_it,
        CHEQUES: in_it.assign(usd_low=known, usd_stated=known, usd_high=known),
    }
    rows = [sums.total(rounds, vague).rename(view) for view, rounds in views.items()]
    part = pd.DataFrame(rows).rename_axis("view").reset_index()
    return part.astype(dict.fromkeys(sums.COUNTS, int))
