"""The claims of an article against the tables: a verdict each, the figures behind it, and where they stand."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from analysis.clean import product_claims, round_claims
from analysis.clean.article import NOT_FOUND, Article, Claim, Finding, Record
from analysis.clean.reports import Directory

CHECKS = {**round_claims.CHECKS, **product_claims.CHECKS}


def check_claims(
    claims: pd.DataFrame, tables: Mapping[str, pd.DataFrame], directory: Directory, rates: pd.DataFrame
) -> pd.DataFrame:
    """Return the claims with their verdicts, computed from the tables alone.

    Args:
        claims: claim_id, subject, topic, aspect, value and claim, in the order of the article: a claim
            without a sum is about the round of the last sum told of the company.
        tables: rounds, reports, round_investors, product_events, model_capabilities,
            leaderboard_scores and company_facts.
        directory: spellings of companies and investors.
        rates: dollars for a unit of each currency, from `read_rates`.

    Returns:
        The claims with company_id, verdict, round_id, evidence ("; " between report ids or table:line)
        and nuance. A kind of claim without a check is not found.
    """
    record = Record(tables, directory, rates)
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
        company_id=[claim.company_id for claim in told],
        verdict=[found.verdict for found in findings],
        round_id=[found.round_id for found in findings],
        evidence=["; ".join(found.evidence) or None for found in findings],
        nuance=[found.nuance for found in findings],
    )


def _check(position: int, claim: Claim, article: Article, record: Record) -> Finding:
    check = CHECKS.get((claim.topic, claim.aspect))
    if check is None:
        return Finding(NOT_FOUND, "The record has nothing to hold this kind of claim against.")
    return check(claim, article, record, article.round_at(position, claim.company_id))


def _article(told: list[Claim], record: Record) -> Article:
    sums = {at: claim for at, claim in enumerate(told) if (claim.topic, claim.aspect) == round_claims.AMOUNT}
    rounds = {at: round_claims.match_round(claim, record) for at, claim in sums.items()}
    dated = [
        dt.date.fromisoformat(row["date_end"])
        for found in rounds.values()
        if found and (row := record.rounds[found])["date_basis"] == "announced"
    ]
    return Article(rounds, {at: claim.company_id for at, claim in sums.items()}, max(dated, default=None))
