"""Claims of when rounds came: how far apart, and in which order."""

import re

from analysis.clean.claims.article import *

# Days of a unit and of the next larger one.
_UNITS = {"day": (1, 7), "week": (7, 30.4), "month": (30.4, 365.25), "year": (365.25, 3652.5)}
_FITS, _STRETCHED = 2, 3  # so many of the larger unit, and nobody says "only" so many of the smaller


def check_interval(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold a claimed unit of time ("weeks") against the days between the two rounds that the article names."""
    told = sorted(
        (when.start, round_id, when)
        for round_id in article.rounds_of(claim.company_id)
        if (when := _dated(record.rounds[round_id]))
    )
    unit = next((unit for unit in _UNITS if re.search(rf"\b{unit}s?\b", claim.value)), None)
    if len(told) != 2 or unit is None:
        return Finding(NOT_FOUND, sentence("the record does not date two rounds of which the article speaks"))
    (_, first_id, first), (_, round_id, last) = told
    least, most = (last.start - first.end).days, (last.end - first.start).days
    small, large = _UNITS[unit]
    verdict = (
        CONTRADICTED
        if most < small or least >= _STRETCHED * large
        else CONFIRMED
        if small * 2 <= least and most < _FITS * large
        else WITH_NUANCE
    )
    apart = f"{least}" if least == most else f"{least} to {most}"
    months = f", about {counted(round(most / 30.4), 'month')}" if most >= _UNITS["month"][0] else ""
    text = f"{apart} days lie between {first} and {last}{months}"
    evidence = tuple(record.rounds[at]["date_report_id"] for at in (first_id, round_id))
    return Finding(verdict, sentence(text), evidence, round_id)


def check_order(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold "before X" or "after X" against the dates of the round and of the newest round of X in the article.

    Every other company that the sentence names is compared as well.
    """
    if round_id is None:
        return Finding(
            NOT_FOUND, sentence(f"no round of {claim.subject} is known that the article speaks of")
        )
    row = record.rounds[round_id]
    before = "before" in f"{claim.aspect} {claim.value}"
    others = [
        max((record.rounds[told] for told in article.rounds_of(other)), key=lambda r: r["date_end"] or "")
        for other in _companies(claim, record)
        if article.rounds_of(other)
    ]
    outcomes = [_comes_first(row, other) if before else _comes_first(other, row) for other in others]
    verdict = (
        NOT_FOUND
        if not outcomes or outcomes[0] is None
        else CONTRADICTED
        if False in outcomes
        else WITH_NUANCE
        if None in outcomes
        else CONFIRMED
    )
    text = "; ".join(f"{r['company']}: {_when(r)}" for r in (row, *others))
    evidence = tuple(r["date_report_id"] for r in (row, *others) if r["date_report_id"])
    return Finding(verdict, sentence(text), evidence, round_id)


def _comes_first(one: Row, other: Row) -> bool | None:
    """Whether one round came before the other, None where their dates leave it open.

    A round that no report dates happened on or before the day of its first page.
    """
    first, second = days(one), days(other)
    if first is None or second is None:
        return None
    if _dated(other) and first.end < second.start:
        return True
    if _dated(one) and second.end < first.start:
        return False
    return None


def _when(row: Row) -> str:
    told = days(row)
    if told is None:
        return "not dated"
    return str(told) if _dated(row) else f"dated by no report, first told in {told}"


def _companies(claim: Claim, record: Record) -> list[str]:
    """The other companies that a claim names, the claimed value's first."""
    found = []
    for text in (claim.value, claim.text):
        words = re.findall(r"[\w.&-]+", text)
        for size in (3, 2, 1):
            for at in range(len(words) - size + 1):
                found.append(record.directory.companies.resolve(" ".join(words[at : at + size])))
    return [name for name in dict.fromkeys(found) if name and name != claim.company_id]
