"""Claims of sums: which round is meant, and what its reports give."""

from collections import Counter

import pandas as pd

from analysis.clean.claims.article import (
    CONFIRMED,
    CONTRADICTED,
    NOT_FOUND,
    WITH_NUANCE,
    Article,
    Claim,
    Days,
    Finding,
    Record,
    Row,
    counted,
    ids,
    listed,
    reported,
    sentence,
    stories,
    weakness,
)
from analysis.clean.quotes import SAME_CONVERTED, SAME_VALUE
from analysis.clean.rates import usd_per_unit
from analysis.parse.amounts import parse_amount

_NEAR = 1.5  # a round whose sum is further off is another round, unless digits slipped
_NARROW = 2.0  # a sum known only between wider bounds cannot bear out a figure
_HEDGES = {"nearly": "nearly", "about": "about", "at_least": "over", "at_most": "up to"}
_CALLED = {"USD": "dollars", "CNY": "yuan"}
_SCALE = ((1e9, " billion"), (1e6, " million"))

Span = tuple[float, float]


def money(value: float, currency: str) -> str:
    """Return a sum to four digits.

    >>> money(292_895_820, "USD"), money(2e9, "CNY"), money(50_000, "EUR")
    ('$292.9 million', '2 billion yuan', '50,000 EUR')
    """
    size, word = next(((size, word) for size, word in _SCALE if value >= size), (1.0, ""))
    text = f"{value / size:.4g}{word}" if word else f"{value:,.0f}"
    return f"${text}" if currency == "USD" else f"{text} {_CALLED.get(currency, currency)}"


def match_round(claim: Claim, record: Record) -> str | None:
    """Return the closed round that a claimed sum is about, None when no round of the company is near.

    A round of that sum comes first, then one of which a report gives it, then the nearest.
    """
    claimed = parse_amount(claim.value)
    wanted = _span(claimed.stated, claimed.low, claimed.high)
    if claimed.currency is None or wanted is None:
        return None
    ranked = []
    for row in record.rounds.values():
        if (
            row["company_id"] != claim.company_id
            or row["status"] != "closed"
            or row["kind"] in ("part", "total")
        ):
            continue
        found, tolerance = _sum_in(claimed.currency, row, record)
        gap = _gap(wanted, found) if found else float("inf")
        told = any(_gap(wanted, span) <= SAME_VALUE for _, span in _reports_in(claimed.currency, row, record))
        order = 0 if gap <= tolerance else 1 if told else 2 if gap <= _NEAR or _slipped(gap, tolerance) else 3
        ranked.append((order, gap if order == 2 else 1.0, -row["n_independent"], row["round_id"]))
    best = min(ranked, default=None)
    return best[-1] if best and best[0] < 3 else None


def check_amount(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold a claimed sum against that of the round, and against what the reports give in its currency."""
    claimed = parse_amount(claim.value)
    wanted = _span(claimed.stated, claimed.low, claimed.high)
    if round_id is None or claimed.currency is None or wanted is None:
        return Finding(
            NOT_FOUND, sentence(f"no closed round of {claim.subject} is reported at {claim.value}")
        )
    row = record.rounds[round_id]
    found, tolerance = _sum_in(claimed.currency, row, record)
    told = _reports_in(claimed.currency, row, record)
    agreeing = [report for report, span in told if _gap(wanted, span) <= tolerance]
    disputed = "amount" in (row["disputed_fields"] or "").split("; ")
    if found is None or _gap(wanted, found) > tolerance:
        text = f"the record holds {_chosen(row)}; reports of {claim.value}: {len(agreeing)}"
        verdict = WITH_NUANCE if agreeing and disputed else CONTRADICTED
        return Finding(verdict, sentence(text), ids(agreeing or record.reports_of(round_id)), round_id)
    own = claimed.currency == row["currency"]
    notes = [
        "" if own else _converted(claimed.currency, row, found, told),
        _hedged(agreeing, claimed.currency) if own else "",
        _others(wanted, told, claimed.currency) if own else "",
        "the sum is disputed" if disputed else "",
        weakness(agreeing),
        "" if reported(row) else "no report says when",
    ]
    if any(notes):
        evidence = ids(agreeing if own else [report for report, _ in told])
        return Finding(WITH_NUANCE, sentence(*notes), evidence, round_id)
    text = f"{counted(stories(agreeing), 'independent report')} with {claim.value}"
    return Finding(CONFIRMED, sentence(text), ids(agreeing), round_id)


def _span(stated: float | None, low: float | None, high: float | None) -> Span | None:
    """The figure itself, else bounds that lie close enough together to say one."""
    if stated:
        return stated, stated
    return (low, high) if low and high and high <= _NARROW * low else None


def _gap(one: Span, other: Span) -> float:
    """How many times larger one sum is than the other, 1 where the spans overlap."""
    return max(1.0, one[0] / other[1], other[0] / one[1])


def _slipped(gap: float, tolerance: float) -> bool:
    """Whether two sums differ by nothing but one zero or two."""
    return any(power / tolerance <= gap <= power * tolerance for power in (10, 100))


def _sum_in(currency: str, row: Row, record: Record) -> tuple[Span | None, float]:
    """The sum of a round in a currency, and how many times larger another may be and still be the same."""
    span = _span(row["amount_stated"], row["amount_low"], row["amount_high"])
    if row["currency"] == currency:
        return span, SAME_VALUE
    if span is None or row["usd_per_unit"] is None:
        return None, SAME_CONVERTED
    rate = usd_per_unit(currency, pd.Timestamp(row["rate_date"]).date(), record.rates)
    factor = row["usd_per_unit"] / rate.usd_per_unit if rate else None
    return (span[0] * factor, span[1] * factor) if factor else None, SAME_CONVERTED


def _reports_in(currency: str, row: Row, record: Record) -> list[tuple[Row, Span]]:
    """The reports of a round that give its sum in a currency, each with that sum."""
    return [
        (report, span)
        for report in record.reports_of(row["round_id"])
        for prefix in ("amount_", "second_")
        if report[f"{prefix}currency"] == currency
        and (span := _span(*(report[f"{prefix}{end}"] for end in ("stated", "low", "high"))))
    ]


def _chosen(row: Row) -> str:
    known = row["amount_stated"] or row["amount_low"] or row["amount_high"]
    return money(known, row["currency"] or "") if known else "no sum"


def _converted(currency: str, row: Row, found: Span, told: list[tuple[Row, Span]]) -> str:
    """The sum of the deal, the figures that reports made of it, and the one at the reference rate."""
    parts = [f"the sum that sources agree on is {_chosen(row)}"]
    if told:
        ends = min(span[0] for _, span in told), max(span[1] for _, span in told)
        run = " to ".join(dict.fromkeys(money(value, currency) for value in ends))
        parts.append(f"figures in {_CALLED.get(currency, currency)} run from {run}")
    day = pd.Timestamp(row["rate_date"]).date()
    parts.append(f"at the ECB rate of {Days(day, day)} it is {money(found[0], currency)}")
    return "; ".join(parts)


def _hedged(agreeing: list[Row], currency: str) -> str:
    """How many of the reports with a figure say "nearly" or "over"."""
    words = Counter(_HEDGES[r["amount_qualifier"]] for r in agreeing if r["amount_qualifier"] in _HEDGES)
    parts = [f'{number} {"says" if number == 1 else "say"} "{word}"' for word, number in words.most_common()]
    name = _CALLED.get(currency, currency)
    return (
        f"of {counted(len(agreeing), 'report')} with that figure in {name}, {listed(parts)}" if parts else ""
    )


def _others(wanted: Span, told: list[tuple[Row, Span]], currency: str) -> str:
    """How many reports give another sum, and which."""
    others = sorted(span for _, span in told if _gap(wanted, span) > SAME_VALUE)
    figures = [money(low, currency) for low, _ in others]
    return f"{counted(len(figures), 'report')} with another sum: {listed(figures)}" if figures else ""
