"""Claims of when rounds came: how far apart, and in which order."""

import re

from analysis.clean.claims.article import (
    CONFIRMED,
    CONTRADICTED,
    NOT_FOUND,
    WITH_NUANCE,
    Article,
    Claim,
    Finding,
    Record,
    Row,
    counted,
    days,
    reported,
    sentence,
)

_MONTH = 30.4
# Days of a unit and of the next larger one.
_UNITS = {"day": (1, 7), "week": (7, _MONTH), "month": (_MONTH, 365.25), "year": (365.25, 3652.5)}
_FITS, _STRETCHED = 2, 3  # from so many of the larger unit on, nobody speaks of the smaller, or only loosely


def check_interval(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold a unit of time ("weeks") against the days between the two rounds of which the article tells."""
    told = [record.rounds[name] for name in article.rounds_of(claim.company_id)]
    dated = sorted((when.start, row["round_id"], when) for row in told if (when := reported(row)))
    unit = next((unit for unit in _UNITS if re.search(rf"\b{unit}s?\b", claim.value)), None)
    if len(dated) != 2 or unit is None:
        return Finding(NOT_FOUND, sentence("the article does not tell of two rounds with a day on record"))
    (_, first_id, first), (_, last_id, last) = dated
    least, most = (last.start - first.end).days, (last.end - first.start).days
    small, large = _UNITS[unit]
    if most < small or least >= _STRETCHED * large:
        verdict = CONTRADICTED
    elif least >= 2 * small and most < _FITS * large:
        verdict = CONFIRMED
    else:
        verdict = WITH_NUANCE
    apart = f"{least}" if least == most else f"{least} to {most}"
    months = f", about {counted(round(most / _MONTH), 'month')}" if most >= _MONTH else ""
    text = f"{apart} days lie between {first} and {last}{months}"
    evidence = tuple(record.rounds[name]["date_report_id"] for name in (first_id, last_id))
    return Finding(verdict, sentence(text), evidence, last_id)


def check_order(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold "before X" or "after X" against the days of the round and of the newest round of X in the article.

    Every other company that the sentence names is compared as well; the claimed one decides.
    """
    others = [
        max(
            (record.rounds[name] for name in article.rounds_of(company)),
            key=lambda row: row["date_end"] or "",
        )
        for company in _companies(claim, record)
        if article.rounds_of(company)
    ]
    if round_id is None or not others:
        return Finding(NOT_FOUND, sentence("the article does not tell of two rounds that are on record"))
    row = record.rounds[round_id]
    before = "before" in f"{claim.aspect} {claim.value}"
    outcomes = [_came_first(row, other) if before else _came_first(other, row) for other in others]
    if outcomes[0] is None:
        verdict = NOT_FOUND
    elif False in outcomes:
        verdict = CONTRADICTED
    else:
        verdict = WITH_NUANCE if None in outcomes else CONFIRMED
    text = "; ".join(f"{each['company']}: {_when(each)}" for each in (row, *others))
    evidence = tuple(each["date_report_id"] for each in (row, *others) if each["date_report_id"])
    return Finding(verdict, sentence(text), evidence, round_id)


def _came_first(one: Row, other: Row) -> bool | None:
    """Whether one round came before the other, None where their days leave it open.

    A round that no report dates happened on or before the day of the first page that tells of it.
    """
    first, second = days(one), days(other)
    if first is None or second is None:
        return None
    if reported(other) and first.end < second.start:
        return True
    if reported(one) and second.end < first.start:
        return False
    return None


def _when(row: Row) -> str:
    told = days(row)
    if told is None:
        return "not dated"
    return str(told) if reported(row) else f"dated by no report, first told in {told}"


def _companies(claim: Claim, record: Record) -> list[str]:
    """The other companies that a claim names, those of its value first."""
    found: dict[str | None, None] = {}
    for text in (claim.value, claim.text):
        words = re.findall(r"[\w.&-]*\w", text)
        spans = [words[at : at + size] for at in range(len(words)) for size in (3, 2, 1)]
        found |= dict.fromkeys(record.directory.companies.resolve(" ".join(span)) for span in spans)
    return [name for name in found if name and name != claim.company_id]
