"""Claims about rounds: which round is meant, its sum, its investors, and what came when."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

import pandas as pd

from analysis.clean.article import (
    CONFIRMED,
    CONTRADICTED,
    NOT_FOUND,
    RELIABILITY,
    WITH_NUANCE,
    Article,
    Claim,
    Days,
    Finding,
    Record,
    Row,
    counted,
    days,
    listed,
    sentence,
)
from analysis.clean.quotes import SAME_CONVERTED, SAME_VALUE
from analysis.clean.rates import usd_per_unit
from analysis.parse.amounts import Amount, parse_amount

_NEAR = 1.5  # a round whose sum is further off is another round
_NARROW = 2.0  # a sum known only between wider bounds cannot bear out a figure
_QUALIFIED = {"nearly": "nearly", "about": "about", "at_least": "over", "at_most": "up to"}
# Days of a unit, of the next larger unit, and how many of the larger still pass for "only" so many of the smaller.
_UNITS = {"day": (1, 7), "week": (7, 30.4), "month": (30.4, 365.25), "year": (365.25, 3652.5)}
_FITS, _STRETCHED = 2, 3
_SCALE = ((1e9, " billion"), (1e6, " million"), (1e3, ",000"))

Span = tuple[float, float]


def money(value: float, currency: str) -> str:
    """Return a sum to four digits.

    >>> money(292_895_820, "USD"), money(2e9, "CNY")
    ('$292.9 million', '2 billion yuan')
    """
    size, word = next(((size, word) for size, word in _SCALE if value >= size), (1.0, ""))
    text = f"{value / size:.4g}{word}"
    return f"${text}" if currency == "USD" else f"{text} {'yuan' if currency == 'CNY' else currency}"


def match_round(claim: Claim, record: Record) -> str | None:
    """Return the closed round of the company whose sum is nearest to the claimed one, None when none is near."""
    claimed = parse_amount(claim.value)
    if claimed.currency is None or (wanted := _span(claimed.stated, claimed.low, claimed.high)) is None:
        return None
    ranked = []
    for row in _closed(claim, record):
        found, tolerance = _in_currency(row, claimed.currency, record)
        told = any(_gap(wanted, span) <= SAME_VALUE for span in _told(row, claimed.currency, record))
        gap = _gap(wanted, found) if found else None
        if gap is not None and (gap <= _NEAR or _tenfold(wanted, found, tolerance)) or told:
            off = 0.0 if gap is not None and gap <= tolerance else 0.5 if told else gap or 0.5
            ranked.append((off, -row["n_independent"], row["round_id"]))
    return min(ranked)[2] if ranked else None


def check_amount(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold a claimed sum against the sum of the round, and against what the reports say in its currency."""
    claimed = parse_amount(claim.value)
    if round_id is None or claimed.currency is None:
        return Finding(
            NOT_FOUND, sentence(f"no closed round of {claim.subject} is reported at {claim.value}")
        )
    row, currency = record.rounds[round_id], claimed.currency
    wanted = _span(claimed.stated, claimed.low, claimed.high) or (0, 0)
    found, tolerance = _in_currency(row, currency, record)
    told = _reports_in(row, currency, record)
    agreeing = [report for report, span in told if _gap(wanted, span) <= tolerance]
    notes = [
        _deal_sum(row, currency, found, [span for _, span in told])
        if currency != row["currency"]
        else _wording(agreeing, currency),
        _other_sums(wanted, told, currency) if currency == row["currency"] else "",
        "the sum is disputed" if "amount" in (row["disputed_fields"] or "") else "",
        _weak(agreeing),
        "" if _dated(row) else "no report says when",
    ]
    if found is None or _gap(wanted, found) > tolerance:
        chosen = money(row["amount_stated"] or row["amount_low"], row["currency"])
        held = f"{counted(len(agreeing), 'report')} give it, and the record holds {chosen} instead"
        verdict = WITH_NUANCE if agreeing and "amount" in (row["disputed_fields"] or "") else CONTRADICTED
        return Finding(verdict, sentence(held), _ids(agreeing or [r for r, _ in told]), round_id)
    plain = f"{counted(_stories(agreeing), 'independent report')} give {claim.value}"
    return Finding(
        WITH_NUANCE if any(notes) else CONFIRMED,
        sentence(*notes) if any(notes) else sentence(plain),
        _ids([report for report, _ in told] if currency != row["currency"] else agreeing),
        round_id,
    )


def check_lead(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold the claimed lead investor against those that the reports of the round call its leads."""
    return _check_named(claim, record, round_id, "lead_investor_ids", "the lead")


def check_investor(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold a claimed investor against those that the reports of the round name."""
    return _check_named(claim, record, round_id, "investor_ids", "an investor")


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


def _closed(claim: Claim, record: Record) -> list[Row]:
    return [
        row
        for row in record.rounds.values()
        if row["company_id"] == claim.company_id
        and row["status"] == "closed"
        and row["kind"] not in ("part", "total")
    ]


def _span(stated: float | None, low: float | None, high: float | None) -> Span | None:
    """The figure itself, else bounds that lie close enough together to say one."""
    if stated:
        return stated, stated
    return (low, high) if low and high and high <= _NARROW * low else None


def _gap(one: Span, other: Span) -> float:
    """How many times larger one sum is than the other, 1 where the spans overlap."""
    return max(1.0, one[0] / other[1], other[0] / one[1])


def _tenfold(one: Span, other: Span | None, tolerance: float) -> bool:
    if other is None:
        return False
    return any(abs(_gap(one, other) / power - 1) <= tolerance - 1 for power in (10.0, 100.0))


def _in_currency(row: Row, currency: str, record: Record) -> tuple[Span | None, float]:
    """The sum of a round in a currency, and how far another sum may be off and still be the same."""
    span = _span(row["amount_stated"], row["amount_low"], row["amount_high"])
    if span is None or row["currency"] == currency:
        return span, SAME_VALUE
    if row["usd_per_unit"] is None:
        return None, SAME_CONVERTED
    rate = usd_per_unit(currency, pd.Timestamp(row["rate_date"]).date(), record.rates)
    if rate is None:
        return None, SAME_CONVERTED
    factor = row["usd_per_unit"] / rate.usd_per_unit
    return (span[0] * factor, span[1] * factor), SAME_CONVERTED


def _reports_in(row: Row, currency: str, record: Record) -> list[tuple[Row, Span]]:
    """The reports of a round that give its sum in a currency, with the sum."""
    return [
        (report, span)
        for report in record.reports_of(row["round_id"])
        for prefix in ("amount_", "second_")
        if report[f"{prefix}currency"] == currency
        and (span := _span(*(report[f"{prefix}{end}"] for end in ("stated", "low", "high"))))
    ]


def _told(row: Row, currency: str, record: Record) -> list[Span]:
    return [span for _, span in _reports_in(row, currency, record)]


def _deal_sum(row: Row, currency: str, found: Span | None, told: list[Span]) -> str:
    """What the deal was struck in, and the figures that it became in another currency."""
    own = f"the sum that sources agree on is {money(row['amount_stated'], row['currency'])}"
    figures = dict.fromkeys(money(value, currency) for value in (min(told)[0], max(told)[1])) if told else ()
    run = f"figures in {currency} run from {' to '.join(figures)}" if told else ""
    day = Days(*(pd.Timestamp(row["rate_date"]).date(),) * 2)
    rate = f"at the ECB rate of {day} it is {money(found[0], currency)}" if found else ""
    return "; ".join(filter(None, (own, run, rate)))


def _wording(agreeing: list[Row], currency: str) -> str:
    """How many of the agreeing reports hedge the figure."""
    hedged = Counter(
        _QUALIFIED[r["amount_qualifier"]] for r in agreeing if r["amount_qualifier"] in _QUALIFIED
    )
    parts = [f'{number} say "{word}"' for word, number in hedged.most_common()]
    return (
        f"of {counted(len(agreeing), 'report')} with that figure in {currency}, {listed(parts)}"
        if parts
        else ""
    )


def _other_sums(wanted: Span, told: list[tuple[Row, Span]], currency: str) -> str:
    others = [span for _, span in told if _gap(wanted, span) > SAME_VALUE]
    figures = listed(money(span[0], currency) for span in sorted(others)) if others else ""
    return f"{counted(len(others), 'report')} give another sum: {figures}" if others else ""


def _weak(reports: list[Row]) -> str:
    if not reports or min(RELIABILITY[report["reliability"]] for report in reports) == 0:
        return ""
    return f"none of its {counted(len(reports), 'report')} is of high reliability"


def _stories(reports: Iterable[Row]) -> int:
    return len({report["origin_key"] for report in reports})


def _ids(reports: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(report["report_id"] for report in reports))


def _check_named(claim: Claim, record: Record, round_id: str | None, column: str, role: str) -> Finding:
    if round_id is None:
        return Finding(
            NOT_FOUND, sentence(f"no round of {claim.subject} is known that the article speaks of")
        )
    wanted = record.directory.investors.resolve(claim.value)
    known = {row["investor_id"]: row for row in record.round_investors if row["round_id"] == round_id}
    same = {
        name
        for name, row in known.items()
        if name == wanted.investor_id or (wanted.parent_group and row["parent_group"] == wanted.parent_group)
    }
    listing = [(report, _names(report, column)) for report in record.reports_of(round_id) if report[column]]
    naming = [report for report, names in listing if same & names]
    if not naming:
        others = (
            listed(known[name]["investor"] for _, names in listing for name in sorted(names))
            if listing
            else ""
        )
        text = f"of {counted(len(record.reports_of(round_id)), 'report')}, {len(listing)} name {role}"
        verdict = CONTRADICTED if listing and role == "the lead" else NOT_FOUND
        return Finding(
            verdict,
            sentence(f"{text}{f' ({others})' if others else ''}, none {claim.value}"),
            _ids(r for r, _ in listing),
            round_id,
        )
    parties = sorted(
        ((_stories(r for r, names in listing if name in names), name) for name in same), reverse=True
    )
    told = [
        f"{known[name]['investor']} ({counted(number, 'independent report')})"
        for number, name in parties
        if number
    ]
    entity = parties[0][1] != wanted.investor_id
    notes = [
        f"named as {role}: {listed(told)}" if entity else "",
        _without(listing, same, known, role),
        _weak(naming),
    ]
    text = sentence(*notes) if any(notes) else sentence(f"named as {role}: {listed(told)}")
    return Finding(WITH_NUANCE if any(notes) else CONFIRMED, text, _ids(naming), round_id)


def _names(report: Row, column: str) -> set[str]:
    return set(report[column].split("; "))


def _without(listing: list[tuple[Row, set[str]]], same: set[str], known: dict[str, Row], role: str) -> str:
    """The reports that list the investors (leads, more than leads) of the round without the claimed one."""
    dissent = [
        (report, names)
        for report, names in listing
        if not same & names
        and (
            role == "the lead" or names - _names(report, "lead_investor_ids")
            if report["lead_investor_ids"]
            else names
        )
    ]
    if not dissent:
        return ""
    who = listed(report["publisher"] for report, _ in dissent)
    others = listed(known[name]["investor"] for _, names in dissent for name in sorted(names))
    naming = _stories(report for report, names in listing if same & names)
    return f"{counted(naming, 'independent report')} name it, {who} lists {others} without it"


def _dated(row: Row) -> Days | None:
    """The days of a round, None where its date is only that of the first page."""
    return days(row) if row["date_basis"] == "announced" else None


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


AMOUNT = ("round", "amount")
CHECKS: dict[tuple[str, str], Callable[[Claim, Article, Record, str | None], Finding]] = {
    AMOUNT: check_amount,
    ("round", "lead"): check_lead,
    ("round", "investor"): check_investor,
    ("round", "interval"): check_interval,
    ("round", "order"): check_order,
    ("order", "before"): check_order,
    ("order", "after"): check_order,
}
