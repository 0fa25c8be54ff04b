"""The claims of an article against the tables: a verdict each, the figures behind it, their places."""

import datetime as dt
from collections.abc import Callable, Mapping

import pandas as pd

from analysis.clean.claims import investors, order, products, standing, sums
from analysis.clean.claims.article import NOT_FOUND, Article, Claim, Finding, Record
from analysis.clean.directory import Directory

_DIGITS = 20  # of the longest claim_id, so that a9 comes before a10
_SUM = ("round", "amount")
_OF_ROUNDS: dict[tuple[str, str], Callable[[Claim, Article, Record, str | None], Finding]] = {
    _SUM: sums.check_amount,
    ("round", "lead"): investors.check_lead,
    ("round", "investor"): investors.check_investor,
    ("round", "interval"): order.check_interval,
    ("round", "order"): order.check_order,
    ("order", "before"): order.check_order,
    ("order", "after"): order.check_order,
}
_OF_PRODUCTS: dict[tuple[str, str], Callable[[Claim, Article, Record], Finding]] = {
    ("product", "release"): products.check_release,
    ("product", "exists"): products.check_exists,
    ("product", "order"): products.check_order,
    ("product", "shutdown"): products.check_shutdown,
    ("product", "open_weights"): products.check_open_weights,
    ("leaderboard", "rank"): standing.check_rank,
    ("strategy", "scope"): standing.check_scope,
    ("strategy", "partners"): standing.check_partners,
}


def check_claims(
    claims: pd.DataFrame, tables: Mapping[str, pd.DataFrame], directory: Directory, rates: pd.DataFrame
) -> pd.DataFrame:
    """Return the claims with their verdicts, computed from the tables alone.

    Args:
        claims: claim_id, subject, topic, aspect, value and claim. The ids number the claims in the order
            of the article: a claim without a sum is about the round of the last sum told of the company.
        tables: rounds, reports, round_investors, product_events, model_capabilities,
            leaderboard_scores and company_facts.
        directory: spellings of companies and investors.
        rates: dollars for a unit of each currency, from `read_rates`.

    Returns:
        The claims with company_id, verdict, round_id, evidence (report ids or table:record_id, separated by
        "; ") and nuance. A kind of claim for which there is no check is not found.
    """
    record = Record(tables, directory, rates)
    claims = claims.sort_values("claim_id", key=lambda ids: ids.str.zfill(_DIGITS))
    told = [
        Claim(
            row["subject"],
            directory.companies.resolve(row["subject"]),
            row["topic"],
            row["aspect"],
            row["value"],
            row["claim"],
        )
        for row in claims.to_dict("records")
    ]
    article = _article(told, record)
    findings = [_check(position, claim, article, record) for position, claim in enumerate(told)]
    return claims.assign(
        company_id=pd.Series([claim.company_id for claim in told], claims.index, dtype=object),
        verdict=[found.verdict for found in findings],
        round_id=pd.Series([found.round_id for found in findings], claims.index, dtype=object),
        evidence=pd.Series(
            ["; ".join(found.evidence) or None for found in findings], claims.index, dtype=object
        ),
        nuance=[found.nuance for found in findings],
    )


def _check(position: int, claim: Claim, article: Article, record: Record) -> Finding:
    kind = claim.topic, claim.aspect
    if kind in _OF_ROUNDS:
        return _OF_ROUNDS[kind](claim, article, record, article.round_at(position, claim.company_id))
    if kind in _OF_PRODUCTS:
        return _OF_PRODUCTS[kind](claim, article, record)
    return Finding(NOT_FOUND, "The record has nothing to hold this kind of claim against.")


def _article(told: list[Claim], record: Record) -> Article:
    with_sum = {at: claim for at, claim in enumerate(told) if (claim.topic, claim.aspect) == _SUM}
    rounds = {at: sums.match_round(claim, record) for at, claim in with_sum.items()}
    dated = [
        dt.date.fromisoformat(row["date_end"])
        for found in rounds.values()
        if found and (row := record.rounds[found])["date_basis"] == "announced"
    ]
    companies = {at: claim.company_id for at, claim in with_sum.items()}
    return Article(rounds, companies, max(dated, default=None))
