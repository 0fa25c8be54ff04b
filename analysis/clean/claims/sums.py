"""Claims of sums: which round is meant, and what its reports give."""

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from analysis.clean.claims.article import *
from analysis.clean.quotes import SAME_CONVERTED, SAME_VALUE
from analysis.clean.rates import usd_per_unit
from analysis.parse.amounts import parse_amount

_NEAR = 1.5  # a round whose sum is further off is another round
_NARROW = 2.0  # a sum known only between wider bounds cannot bear out a figure
_QUALIFIED = {"nearly": "nearly", "about": "about", "at_least": "over", "at_most": "up to"}
_CALLED = {"USD": "dollars", "CNY": "yuan"}
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
