"""How large the world-model field is, and which way it leans: the frames of notebook 05.

The field is what segment_readings.csv puts into its rings: the inner one of companies that build world
models, the outer one of their neighbours in video, 3D, robots and driving. Platforms that notebook 03 sets
apart as larger firms, and companies that are in the record as context, are in no ring. Money is nominal US
dollars, and of closed rounds alone; talks stand beside it.
"""

from typing import Any

import pandas as pd

from analysis.columns import SEGMENT_WORDS
from analysis.measures import alibaba_portfolio, shares, sums, video_players
from analysis.measures.sums import VagueConvention

INNER, OUTER = RINGS = ("inner", "outer")
SIDES = SEGMENT_WORDS["digital_or_physical"]
NEEDS = SEGMENT_WORDS["human_level_need"]
FIELD = "the whole field"
NO_YEAR = "not known"

COMPANY_COLUMNS = ["company_id", "company", "country", "segment", "ring", "side", "is_trio"]
ROUND_COLUMNS = [
    "round_id", *COMPANY_COLUMNS, "round_label", "date_start", "date_end", *sums.MONEY, "alibaba",
    "n_reports", "n_independent", "is_firm",
]  # fmt: skip
SHARE_COLUMNS = ["part", "whole", "where", "is_trio", "companies", *shares.SHARE, "round_ids"]

TRIO, LARGEST = "Alibaba’s three", "largest company"
OTHERS, SAME_SIDE, SAME_COUNTRY = (
    f"the field without the {LARGEST}", "companies of their side", "companies of their country",
)  # fmt: skip
"""What the trio is held against, besides the whole field."""


def field_companies(companies: pd.DataFrame, readings: pd.DataFrame) -> pd.DataFrame:
    """The companies of the field, with the columns of `COMPANY_COLUMNS`; `segment` is in words.

    Args:
        companies: all companies.
        readings: how each segment is read.
    """
    players = video_players.players(companies)
    larger = players.loc[players["group"].eq(video_players.LARGER), "company_id"]
    own = companies[~companies["company_id"].isin(larger) & companies["cohort"].ne("context")]
    own = own.rename(columns={"name": "company"}).merge(readings, on="segment")
    own = own[own["ring"].isin(RINGS)].assign(
        segment=own["name"],
        side=own["digital_or_physical"],
        is_trio=own["cohort"].eq(alibaba_portfolio.TRIO),
    )
    return own[COMPANY_COLUMNS].reset_index(drop=True)


def field_rounds(
    closed_rounds: pd.DataFrame,
    companies: pd.DataFrame,
    readings: pd.DataFrame,
    round_investors: pd.DataFrame,
) -> pd.DataFrame:
    """The closed rounds of the field in order of time, with the columns of `ROUND_COLUMNS`."""
    own = field_companies(companies, readings)
    rounds = closed_rounds.drop(columns="company").merge(own, on="company_id")
    rounds = rounds.assign(
        alibaba=alibaba_portfolio.role_of_alibaba(rounds, round_investors),
        is_firm=alibaba_portfolio.is_firm(rounds),
    )
    order = ["date_end", "date_start", "round_id"]
    return rounds.sort_values(order)[ROUND_COLUMNS].reset_index(drop=True)


def funding_by_segment_and_year(
    field_rounds: pd.DataFrame, as_of: pd.Timestamp, vague: VagueConvention = "bounds only"
) -> pd.DataFrame:
    """What was raised by segment and year.

    Returns: `ring`, `segment`, `year`, `until` (the last day of the year that the record covers) and the
        columns of `sums`. The whole field comes first, with every year of the others; then the inner ring,
        then the outer one, in each the segment with most money (by lower bound) first. Rounds that may lie in
        either of two years are in the year `NO_YEAR`, after the others.
    """
    first, last = field_rounds["date_start"].dt.year, field_rounds["date_end"].dt.year
    is_one = first.eq(last)
    rounds = field_rounds.assign(year=last.where(is_one).astype("Int64").astype("str").where(is_one, NO_YEAR))
    raised = sums.by(rounds, "segment").set_index("segment")["usd_low"].fillna(0)
    ring = rounds.drop_duplicates("segment").set_index("segment")["ring"].to_dict()
    parts = []
    for segment, own in [(FIELD, rounds), *rounds.groupby("segment")]:
        found = sums.by(own, "year", vague)
        parts.append(found.assign(segment=segment, ring=ring.get(segment, "both")))
    frame = pd.concat(parts, ignore_index=True)
    ends = pd.to_datetime(frame["year"].where(frame["year"].ne(NO_YEAR)) + "-12-31")
    frame["until"] = ends.mask(ends > as_of, as_of)
    frame["place"] = frame["ring"].map({"both": 0, INNER: 1, OUTER: 2})
    frame["raised"] = -frame["segment"].map(raised).fillna(0)
    frame = frame.sort_values(["place", "raised", "segment", "year"], ignore_index=True)
    return frame[["ring", "segment", "year", "until", *sums.MONEY, *sums.COUNTS, "round_ids"]]


def funding_by_side(field_rounds: pd.DataFrame, vague: VagueConvention = "bounds only") -> pd.DataFrame:
    """What companies of each side and ring raised, sides with most money (by lower bound) first.

    Returns: `side`, `ring`, `segments` (in words, with ", " between), `n_companies`, `largest` (the company
        with most money by lower bound, "" for none) and the columns of `sums`.
    """
    pairs = field_rounds.assign(pair=field_rounds["side"] + " " + field_rounds["ring"])
    found = _with_companies(sums.by(pairs, "pair", vague), pairs, "pair")
    one = pairs.groupby("pair")
    found["side"], found["ring"] = (found["pair"].map(one[name].first()) for name in ("side", "ring"))
    found["segments"] = found["pair"].map(one["segment"].agg(lambda names: ", ".join(dict.fromkeys(names))))
    raised = -found.groupby("side")["usd_low"].transform("sum")
    order = found.assign(raised=raised, place=found["ring"].map(RINGS.index))
    columns = ["side", "ring", "segments", "n_companies", "largest", *sums.MONEY, *sums.COUNTS, "round_ids"]
    return order.sort_values(["raised", "side", "place"], ignore_index=True)[columns]


def funding_by_country(field_rounds: pd.DataFrame, vague: VagueConvention = "bounds only") -> pd.DataFrame:
    """What companies of each country raised, most (by lower bound) first.

    Returns: `country`, `n_companies`, `largest` (as in `funding_by_side`) and the columns of `sums`.
    """
    found = _with_companies(sums.by(field_rounds, "country", vague), field_rounds, "country")
    found = found.sort_values(["usd_low", "country"], ascending=[False, True], ignore_index=True)
    return found[["country", "n_companies", "largest", *sums.MONEY, *sums.COUNTS, "round_ids"]]


def _with_companies(found: pd.DataFrame, rounds: pd.DataFrame, column: str) -> pd.DataFrame:
    """Sums with the number of companies behind each, and the largest of them."""
    companies = rounds.groupby(column)["company"].nunique()
    top = {
        name: ", ".join(shares.largest(own, "company", 1)["company"].unique())
        for name, own in rounds.groupby(column)
    }
    return found.assign(
        n_companies=found[column].map(companies).astype(int), largest=found[column].map(top).astype("str")
    )


def largest_rounds(field_rounds: pd.DataFrame, n_rounds: int = 12) -> pd.DataFrame:
    """The rounds with the highest lower bound, with the columns of `ROUND_COLUMNS`."""
    order = ["usd_low", "usd_stated", "round_id"]
    ordered = field_rounds.sort_values(order, ascending=[False, False, True])
    return ordered.head(n_rounds).reset_index(drop=True)


def parts_of_the_field(field_rounds: pd.DataFrame) -> pd.DataFrame:
    """The share of the largest and of the trio in the field.

    Returns: The columns of `SHARE_COLUMNS`: `part` of `whole`; `where`, the side or country of the trio where
        the whole is that; the companies that the part is; and the columns of `shares.share`. ", " stands
        between names. Companies are the largest by lower bound. Parts without a round are missing.
    """
    top = shares.largest(field_rounds, "company", 1)
    trio = field_rounds["is_trio"]
    others = field_rounds[~field_rounds["company"].isin(top["company"])]
    sides = field_rounds.loc[trio, "side"].unique()
    countries = field_rounds.loc[trio, "country"].unique()
    own = field_rounds[trio]
    cuts = [
        ("largest round", FIELD, shares.largest(field_rounds, "round_id", 1), field_rounds),
        (LARGEST, FIELD, top, field_rounds),
        ("three largest companies", FIELD, shares.largest(field_rounds, "company", 3), field_rounds),
        (TRIO, FIELD, own, field_rounds),
        (TRIO, OTHERS, own[own["company"].isin(others["company"])], others),
        (TRIO, SAME_SIDE, own, field_rounds[field_rounds["side"].isin(sides)]),
        (TRIO, SAME_COUNTRY, own, field_rounds[field_rounds["country"].isin(countries)]),
    ]
    where = {SAME_SIDE: ", ".join(sides), SAME_COUNTRY: ", ".join(countries)}
    rows = [_part(*cut) | {"where": where.get(cut[1], "")} for cut in cuts if len(cut[2])]
    return pd.DataFrame(rows, columns=SHARE_COLUMNS)


def _part(name: str, whole: str, part: pd.DataFrame, rounds: pd.DataFrame) -> dict[str, Any]:
    """One share; its companies are those of the part, the largest first."""
    order = sums.by(part, "company").sort_values(["usd_low", "company"], ascending=[False, True])
    return {
        "part": name,
        "whole": whole,
        "is_trio": name == TRIO,
        "companies": ", ".join(order["company"]),
        **shares.share(part, rounds[~rounds["round_id"].isin(part["round_id"])]),
        "round_ids": "; ".join(part["round_id"]),
    }


def funding_by_need(
    closed_rounds: pd.DataFrame,
    companies: pd.DataFrame,
    readings: pd.DataFrame,
    vague: VagueConvention = "bounds only",
) -> pd.DataFrame:
    """What all companies of the record raised, in the field or not, by the need of human-level AI they meet.

    Returns: One row for each of `NEEDS`, in that order: `need`, `segments` (in words, with ", " between),
        `n_companies` (with a closed round), `largest` and the columns of `sums`. A need for which no closed
        round was raised has bounds of zero.
    """
    own = companies[["company_id", "segment"]].merge(readings[["segment", "name", "human_level_need"]])
    rounds = closed_rounds.merge(own[["company_id", "name", "human_level_need"]], on="company_id")
    rows = []
    for need in NEEDS:
        part = rounds[rounds["human_level_need"].eq(need)]
        total = sums.total(part, vague)
        if part.empty:
            total[["usd_low", "usd_high"]] = 0.0
        named = own.loc[own["human_level_need"].eq(need), "name"]
        segments = ", ".join(dict.fromkeys(named))
        top = ", ".join(shares.largest(part, "company", 1)["company"].unique()) if len(part) else ""
        counted = {"n_companies": part["company_id"].nunique(), "largest": top}
        rows.append({"need": need, "segments": segments, **counted, **total})
    return pd.DataFrame(rows).astype(dict.fromkeys(sums.COUNTS, int))
