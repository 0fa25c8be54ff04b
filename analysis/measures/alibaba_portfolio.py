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
    "alibaba", "lead_investors", "n_reports", "n_independent", "disputed_fields", "is_firm", "date_basis",
]  # fmt: skip
_NO_ROUND = r"^(?:full )?(?:investors?|leads?|pricing|split|talks)\b"
"""How a gap begins that is no missing round: who took part in one, how it was priced or split, mere talks."""


def trio_rounds(
    closed_rounds: pd.DataFrame, companies: pd.DataFrame, round_investors: pd.DataFrame
) -> pd.DataFrame:
    """The closed rounds of the trio in order of time: one row a round.

    Returns: The columns of `ROUND_COLUMNS`. `alibaba` is "led", "joined" or "not named"; `is_firm` says
        that at least two independent reports tell of the round, one of them more than low in reliability,
        and that they agree; `date_basis` is "published" where the days are those of the first page that
        tells of the round, which may be earlier.
    """
    rounds = closed_rounds[is_of_trio(closed_rounds, companies)]
    rounds = rounds.assign(
        alibaba=role_of_alibaba(rounds, round_investors),
        is_firm=is_firm(rounds),
    )
    order = ["date_end", "date_start", "round_id"]
    return rounds.sort_values(order)[ROUND_COLUMNS].reset_index(drop=True)


def is_of_trio(rounds: pd.DataFrame, companies: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each round is of one of the three companies."""
    return rounds["company_id"].isin(companies.loc[companies["cohort"].eq(TRIO), "company_id"])


def role_of_alibaba(rounds: pd.DataFrame, round_investors: pd.DataFrame) -> "pd.Series[str]":
    """What Alibaba did in each round, by `ROLES`: it led where any of its companies did."""
    alibaba = round_investors[round_investors["parent_group"].eq(ALIBABA)]
    led = rounds["round_id"].isin(alibaba.loc[alibaba["role"].eq("lead"), "round_id"])
    is_in = rounds["round_id"].isin(alibaba["round_id"])
    return pd.Series("not named", rounds.index, dtype="str").mask(is_in, "joined").mask(led, "led")


def is_firm(rounds: pd.DataFrame) -> "pd.Series[bool]":
    """Whether two independent reports, not all of low reliability, tell of each round and agree."""
    is_told_twice = rounds["n_independent"].ge(2) & rounds["reliability"].ne("low")
    return (is_told_twice & rounds["disputed_fields"].isna()).astype(bool)


def numbered(trio_rounds: pd.DataFrame) -> pd.DataFrame:
    """The rounds company by company, each with `number`, its place among those on record of the company."""
    number = trio_rounds.groupby("company").cumcount() + 1
    order = trio_rounds["company"].map({name: n for n, name in enumerate(trio_rounds["company"].unique())})
    return trio_rounds.assign(number=number).iloc[order.argsort(kind="stable")].reset_index(drop=True)


def missing_rounds(known_gaps: pd.DataFrame) -> pd.DataFrame:
    """The gaps that are rounds without a source; one entry may stand for several rounds.

    The others ask of a round that is in the record who took part, or how it was priced or split.
    """
    return known_gaps[~known_gaps["what_is_missing"].str.contains(_NO_ROUND)].reset_index(drop=True)


def capital_by_company(
    trio_rounds: pd.DataFrame,
    companies: pd.DataFrame,
    known_gaps: pd.DataFrame,
    vague: VagueConvention = "bounds only",
) -> pd.DataFrame:
    """What each company of the trio raised in closed rounds, most (by lower bound) first.

    Args:
        trio_rounds: the rounds.
        companies: all companies.
        known_gaps: the gaps to count, such as `missing_rounds`.
        vague: what a round without a stated figure adds to the stated sum.

    Returns: `company`, the columns of `sums`, and `n_gaps`, the gaps, which are in no sum. A company without
        a round is missing.
    """
    capital = sums.by(trio_rounds, "company", vague)
    names = companies.set_index("company_id")["name"]
    gaps = known_gaps["company_id"].map(names).value_counts()
    capital["n_gaps"] = capital["company"].map(gaps).fillna(0).astype(int)
    return capital.sort_values(["usd_low", "company"], ascending=[False, True], ignore_index=True)


def alibaba_part(
    rounds: pd.DataFrame, round_investors: pd.DataFrame, vague: VagueConvention = "bounds only"
) -> pd.DataFrame:
    """Alibaba's part in rounds, from three sides; none of them is another's share.

    Args:
        rounds: the rounds, each with `alibaba`, its role by `ROLES`.
        round_investors: all investors in rounds.
        vague: what a round without a stated figure adds to the stated sum.

    Returns: Three rows with `view` and the columns of `sums`: "rounds it led" and "rounds it was in" (led
        ones included) are whole rounds, other investors' money with them; "its known cheques" is its own
        money, where a source says it, and `n_undisclosed` counts the rounds it was in without a known
        cheque.
    """
    in_it = rounds[rounds["alibaba"].ne("not named")]
    own = round_investors[round_investors["parent_group"].eq(ALIBABA)]
    cheques = own.groupby("round_id")["known_cheque_usd"].sum(min_count=1)
    known = in_it["round_id"].map(cheques)
    views = {
        LED: rounds[rounds["alibaba"].eq("led")],
        IN_IT: in_it,
        CHEQUES: in_it.assign(usd_low=known, usd_stated=known, usd_high=known),
    }
    rows = [sums.total(chosen, vague).rename(view) for view, chosen in views.items()]
    part = pd.DataFrame(rows).rename_axis("view").reset_index()
    return part.astype(dict.fromkeys(sums.COUNTS, int))
