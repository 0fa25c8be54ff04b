"""Amounts as reports quote them: which quotes tell the same value, and in which currency."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.clean.voting import Report, seniority, support

SAME_VALUE = 1.05  # values within 5 % are the same value
SAME_CONVERTED = 1.09  # two currencies of one deal, converted by different rates and roundings
VAGUE_FACTOR = 1.35  # "over X" still tells of a sum up to a third above X


@dataclass(frozen=True)
class Quote:
    """An amount or valuation of one report, with its dollars.

    Attributes:
        stated, low, high: whole units of `currency`; None when unknown.
        rate: dollars for one unit, None when unknown.
        report: the row that says it.
    """

    stated: float | None
    low: float | None
    high: float | None
    currency: str | None
    qualifier: str
    rate: float | None
    report: Report

    @property
    def figure(self) -> tuple[float | None, float | None, float | None]:
        """What makes two quotes the same figure: the stated value, else the bounds."""
        return (self.stated, None, None) if self.stated is not None else (None, self.low, self.high)

    def usd(self, value: float | None) -> float | None:
        """Return `value` in dollars."""
        return None if value is None or self.rate is None else value * self.rate


def quotes(reports: Iterable[Report], prefix: str = "amount_") -> list[Quote]:
    """Return the first quote of every report that gives one ("amount_" or "valuation_")."""
    return [
        Quote(
            report[f"{prefix}stated"],
            report[f"{prefix}low"],
            report[f"{prefix}high"],
            report[f"{prefix}currency"],
            report[f"{prefix}qualifier"],
            report[f"{prefix}rate"],
            report,
        )
        for report in reports
        if report[f"{prefix}qualifier"] not in (None, "unreadable", "undisclosed")
    ]


Ends = tuple[float | None, float | None, float | None]


def agrees(seed: Quote, other: Quote) -> bool:
    """Whether `other` tells the value of `seed`.

    Stated figures agree within 5 %, or 9 % across currencies; a hedged one also with a figure that lies
    within its bounds. Where one states no figure, the intervals have to meet.
    """
    if seed.currency == other.currency or None in (seed.currency, other.currency):
        slack = SAME_VALUE
        one: Ends = (seed.stated, seed.low, seed.high)
        two: Ends = (other.stated, other.low, other.high)
    else:
        if seed.rate is None or other.rate is None:
            return False
        slack = SAME_CONVERTED
        one = (seed.usd(seed.stated), seed.usd(seed.low), seed.usd(seed.high))
        two = (other.usd(other.stated), other.usd(other.low), other.usd(other.high))
    if one[0] is not None and two[0] is not None:
        near = one[0] > 0 and two[0] > 0 and max(one[0] / two[0], two[0] / one[0]) <= slack
        return near or _holds(seed, one, two[0]) or _holds(other, two, one[0])
    return (one[1] or 0.0) <= (two[2] or math.inf) * slack and (two[1] or 0.0) <= (one[2] or math.inf) * slack


def _holds(quote: Quote, ends: Ends, value: float) -> bool:
    """Whether the hedge of `quote` leaves room for `value`."""
    stated, low, high = ends
    if quote.qualifier == "at_least" and stated is not None:
        return stated <= value <= stated * VAGUE_FACTOR
    if quote.qualifier in ("nearly", "about") and low is not None and high is not None:
        return low <= value <= high
    return False


def name_currencies(found: list[Quote], home: str | None, page_currency: Mapping[str, str]) -> list[Quote]:
    """Give quotes without a currency the currency of a quote of the same number.

    A number that nobody else names is in the company's home currency if that is also the currency of
    the page's language (a Chinese page on a Chinese company); otherwise its currency stays unknown.
    """
    named = [quote for quote in found if quote.currency]
    result = []
    for quote in found:
        if quote.currency is None:
            same = [other for other in named if agrees(other, quote) and other.stated is not None]
            if same:
                twin = min(same, key=lambda other: seniority(other.report))
                quote = _in_currency(quote, twin.currency, twin.rate)
            elif home and page_currency.get(quote.report["language"]) == home:
                quote = _in_currency(quote, home, quote.report["home_rate"])
        result.append(quote)
    return result


def _in_currency(quote: Quote, currency: str | None, rate: float | None) -> Quote:
    return Quote(quote.stated, quote.low, quote.high, currency, quote.qualifier, rate, quote.report)


def group_quotes(found: Sequence[Quote]) -> list[list[Quote]]:
    """Return quotes in groups of one value each, best supported first.

    The seed of a group is the figure that most support agrees with; stated figures go before vague ones.
    """
    left, groups = list(found), []
    while left:
        seeds = [quote for quote in left if quote.stated is not None] or left
        seed = min(
            seeds,
            key=lambda s: (
                -support(q.report for q in left if agrees(s, q)),
                -support(q.report for q in left if q.figure == s.figure),
                seniority(s.report),
            ),
        )
        groups.append([quote for quote in left if agrees(seed, quote)])
        left = [quote for quote in left if not agrees(seed, quote)]
    return sorted(groups, key=lambda g: (-support(q.report for q in g), min(seniority(q.report) for q in g)))


def show_quote(quote: Quote) -> str:
    """Return a quote as "CNY 2,000,000,000" or "USD 50,000,000 to 75,000,000"."""
    if quote.stated is not None:
        number = f"{quote.stated:,.0f}"
    else:
        number = " to ".join(
            "open" if end is None else f"{end:,.0f}" for end in (quote.low or 0.0, quote.high)
        )
    return f"{quote.currency or 'unknown currency'} {number}"
