"""The article of April 2026 against the record: the frames of notebook 01.

A verdict says what the record holds. "Not found" is not "false": nothing was found either way.
"""

from collections.abc import Mapping

import pandas as pd

VERDICTS = ("confirmed", "confirmed with a nuance", "contradicted", "not found")
RECORDS = ("product_events", "model_capabilities", "leaderboard_scores", "company_facts")
"""The tables besides reports that evidence may stand in, named there as "table:record_id"."""
CONVERSION, REPORTED = "conversion", "reported"
UNDATED = "day not on record"

ROUNDS_OF = "Rounds of "
"""What a group of claims about the rounds of a company is called, with the name behind it."""

_PRODUCTS = "Products and rankings"
_MONEY = ["usd_low", "usd_stated", "usd_high"]


def evidence(
    article_checks: pd.DataFrame, reports: pd.DataFrame, records: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """What each claim was held against: one row a claim and a piece of evidence, in the order of the claims.

    Args:
        article_checks: the claims.
        reports: all reports.
        records: the tables of `RECORDS` by name.

    Returns: `claim_id`, `place` (report id, or table:record_id), `publisher`, `reliability`, `url` and
        `origin`: pieces of one origin are not independent. The origin of a row of another table is its
        publisher.
    """
    pages = [reports.assign(place=reports["report_id"], origin=reports["origin_key"])]
    for name, rows in records.items():
        pages.append(rows.assign(place=name + ":" + rows["record_id"], origin=rows["publisher"]))
    found = pd.concat([page[["place", "publisher", "reliability", "url", "origin"]] for page in pages])
    places = article_checks[["claim_id"]].assign(place=article_checks["evidence"].str.split("; "))
    told = places.explode("place").dropna(subset="place")
    return told.merge(found, on="place", how="left", validate="many_to_one")


def claims(article_checks: pd.DataFrame, companies: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """The claims by what they are about: the rounds of each company, then products, then all else.

    Returns: `claim_id`, `group`, `claim`, `verdict`, `nuance`, `round_id`, `n_evidence` (pieces) and
        `n_independent` (different origins). Of a claim that is not found these are the pieces that might
        have told of it.
    """
    names = companies.set_index("company_id")["name"]
    company, topic = article_checks["company_id"].map(names).fillna("others"), article_checks["topic"]
    is_round, is_product = topic.isin(["round", "order"]), topic.isin(["product", "leaderboard"])
    group = topic.str.capitalize().mask(is_product, _PRODUCTS).mask(is_round, ROUNDS_OF + company)
    rank = group.map({name: n for n, name in enumerate(group.unique())}) - 1000 * is_round - 500 * is_product
    pieces = evidence.groupby("claim_id")
    counts = {"n_evidence": pieces["place"].nunique(), "n_independent": pieces["origin"].nunique()}
    told = article_checks.assign(
        group=group,
        **{name: article_checks["claim_id"].map(n).fillna(0).astype(int) for name, n in counts.items()},
    )
    columns = ["claim_id", "group", "claim", "verdict", "nuance", "round_id", *counts]
    return told.loc[rank.sort_values(kind="stable").index, columns].reset_index(drop=True)


def dollar_figures(article_checks: pd.DataFrame, rounds: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Every dollar figure for the round that the article opens with, against the sum itself.

    Returns: First the sum at the reference rate of the day (`kind` "conversion"), then one row a figure and
        publisher (`kind` "reported"), highest figure first: `told_by`, `url`, `origin` (whose story it
        tells, where the publisher says), `n_reports`, `usd_low`, `usd_stated`, `usd_high` (apart where the
        figure is an approximate one); and on every row the `round_id` with its `amount_stated`, `currency`
        and `rate_date`.
    """
    round_id = article_checks["round_id"].dropna().iloc[0]
    event = rounds[rounds["round_id"].eq(round_id)].assign(kind=CONVERSION)
    told = reports[reports["round_id"].eq(round_id)]
    in_dollars = []
    for prefix in ("amount", "second"):
        own = told[told[f"{prefix}_currency"].eq("USD") & told[f"{prefix}_stated"].notna()]
        in_dollars.append(
            own.assign(**{f"usd_{end}": own[f"{prefix}_{end}"] for end in ("low", "stated", "high")})
        )
    grouped = pd.concat(in_dollars).groupby(["usd_stated", "publisher"], as_index=False)
    figures = grouped.agg(
        usd_low=("usd_low", "min"), usd_high=("usd_high", "max"), url=("url", "first"),
        origin=("origin", "first"), n_reports=("report_id", "nunique"),
    )  # fmt: skip
    figures = figures.rename(columns={"publisher": "told_by"})
    figures = figures.sort_values(["usd_stated", "told_by"], ascending=[False, True])
    shared = ["round_id", "amount_stated", "currency", "rate_date"]
    both = pd.concat([event[["kind", *shared, *_MONEY]], figures.assign(kind=REPORTED)], ignore_index=True)
    both[shared] = both[shared].ffill()
    return both.assign(n_reports=both["n_reports"].fillna(0).astype(int))


def article_rounds(
    article_checks: pd.DataFrame, trio_rounds: pd.DataFrame, rounds: pd.DataFrame
) -> pd.DataFrame:
    """The rounds that the article speaks of, in order of time.

    Returns: Rows of `trio_rounds`; the `round_label` of a round that no report dates is `UNDATED`, for its
        days are those of the first page that tells of it.
    """
    told = trio_rounds[trio_rounds["round_id"].isin(article_checks["round_id"])].reset_index(drop=True)
    undated = rounds.loc[rounds["date_basis"].ne("announced"), "round_id"]
    return told.assign(round_label=told["round_label"].mask(told["round_id"].isin(undated), UNDATED))
