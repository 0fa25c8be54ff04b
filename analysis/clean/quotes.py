"""Amounts as reports quote them: which quotes tell the same value, and in which currency."""

from collections.abc import Sequence
from math import inf, isnan, nan
from typing import NamedTuple

from analysis.clean.ledger import ABOUT, AT_LEAST, NEARLY, SECOND, UNREADABLE, Telling
from analysis.clean.voting import UNKNOWN, Sources, senior, support

SAME_VALUE = 1.05  # values within 5 % are the same value
SAME_CONVERTED = 1.09  # two currencies of one deal, converted by different rates and roundings
VAGUE_FACTOR = 1.35  # "over X" still tells of a sum up to a third above X


class Quote(NamedTuple):
    """An amount or valuation of one report.

    Attributes:
        stated, low, high: whole units of `currency`; nan when unknown.
        currency: its number in the ledger, UNKNOWN when none is named.
        qualifier: its number in the ledger.
        rate: dollars for one unit, nan when unknown.
        report: the report that says it.
    """

    stated: float
    low: float
    high: float
    currency: int
    qualifier: int
    rate: float
    report: int


class Ends(NamedTuple):
    """A stated value and its bounds, in whatever money two quotes are compared."""

    stated: float
    low: float
    high: float


def no_quote() -> Quote:
    """Return what stands for a quote where there is none."""
    return Quote(nan, nan, nan, UNKNOWN, UNKNOWN, nan, UNKNOWN)


def amounts(reports: Sequence[int], ledger: Sequence[Telling]) -> list[Quote]:
    """Return the first amount of every report that gives one."""
    return [
        Quote(
            ledger[report].amount_stated,
            ledger[report].amount_low,
            ledger[report].amount_high,
            ledger[report].amount_currency,
            ledger[report].amount_qualifier,
            ledger[report].amount_rate,
            report,
        )
        for report in reports
        if ledger[report].amount_qualifier > UNREADABLE
    ]


def conversions(reports: Sequence[int], ledger: Sequence[Telling]) -> list[Quote]:
    """Return the second quotes of the reports ("7亿元（约1亿美元）"), as quotes of their own."""
    return [
        Quote(
            ledger[report].second_stated,
            ledger[report].second_low,
            ledger[report].second_high,
            ledger[report].second_currency,
            SECOND,
            ledger[report].second_rate,
            report,
        )
        for report in reports
        if ledger[report].second_currency != UNKNOWN
        and not (isnan(ledger[report].second_low) and isnan(ledger[report].second_high))
    ]


def valuations(reports: Sequence[int], ledger: Sequence[Telling]) -> list[Quote]:
    """Return the valuation of every report that gives one."""
    return [
        Quote(
            ledger[report].valuation_stated,
            ledger[report].valuation_low,
            ledger[report].valuation_high,
            ledger[report].valuation_currency,
            ledger[report].valuation_qualifier,
            ledger[report].valuation_rate,
            report,
        )
        for report in reports
        if ledger[report].valuation_qualifier > UNREADABLE
    ]


def voices(quotes: Sequence[Quote]) -> list[int]:
    """Return the reports behind `quotes`."""
    return [quote.report for quote in quotes]


def usd(quote: Quote) -> float:
    """Return the stated dollars of a quote, nan when they are unknown."""
    return quote.stated * quote.rate


def _is_same(one: float, other: float) -> bool:
    return one == other or (isnan(one) and isnan(other))


def is_same_figure(one: Quote, other: Quote) -> bool:
    """Whether two quotes give the same figure: the same stated value, else the same bounds."""
    if not isnan(one.stated) or not isnan(other.stated):
        return one.stated == other.stated
    return _is_same(one.low, other.low) and _is_same(one.high, other.high)


def agrees(seed: Quote, other: Quote) -> bool:
    """Whether `other` tells the value of `seed`.

    Stated figures agree within 5 %, or 9 % across currencies; a hedged one also with a figure that lies
    within its bounds. Where one states no figure, the intervals have to meet.
    """
    if seed.currency == other.currency or seed.currency == UNKNOWN or other.currency == UNKNOWN:
        slack = SAME_VALUE
        one = Ends(seed.stated, seed.low, seed.high)
        two = Ends(other.stated, other.low, other.high)
    else:
        if isnan(seed.rate) or isnan(other.rate):
            return False
        slack = SAME_CONVERTED
        one = Ends(usd(seed), seed.low * seed.rate, seed.high * seed.rate)
        two = Ends(usd(other), other.low * other.rate, other.high * other.rate)
    if not isnan(one.stated) and not isnan(two.stated):
        is_near = (
            one.stated > 0
            and two.stated > 0
            and max(one.stated / two.stated, two.stated / one.stated) <= slack
        )
        return is_near or _holds(seed, one, two.stated) or _holds(other, two, one.stated)
    return _floor(one) <= _ceiling(two) * slack and _floor(two) <= _ceiling(one) * slack


def _floor(ends: Ends) -> float:
    return 0.0 if isnan(ends.low) else ends.low


def _ceiling(ends: Ends) -> float:
    return inf if isnan(ends.high) or ends.high == 0 else ends.high


def _holds(quote: Quote, ends: Ends, value: float) -> bool:
    """Whether the hedge of `quote` leaves room for `value`."""
    if quote.qualifier == AT_LEAST:
        return ends.stated <= value <= ends.stated * VAGUE_FACTOR
    if quote.qualifier == NEARLY or quote.qualifier == ABOUT:
        return ends.low <= value <= ends.high
    return False


def name_currencies(
    found: Sequence[Quote], home: int, ledger: Sequence[Telling], sources: Sources
) -> list[Quote]:
    """Give quotes without a currency the currency of a quote of the same number.

    A number that nobody else names is in the company's home currency if that is also the currency of
    the page's language (a Chinese page on a Chinese company); otherwise its currency stays unknown.
    """
    result = [quote for quote in found if quote.currency == UNKNOWN and quote.currency != UNKNOWN]
    for quote in found:
        if quote.currency != UNKNOWN:
            result.append(quote)
            continue
        twin = no_quote()
        for other in found:
            is_twin = other.currency != UNKNOWN and not isnan(other.stated) and agrees(other, quote)
            if is_twin and (
                twin.report == UNKNOWN or sources.seniority[other.report] < sources.seniority[twin.report]
            ):
                twin = other
        if twin.report != UNKNOWN:
            result.append(_in_currency(quote, twin.currency, twin.rate))
        elif home != UNKNOWN and ledger[quote.report].page_currency == home:
            result.append(_in_currency(quote, home, ledger[quote.report].home_rate))
        else:
            result.append(quote)
    return result


def _in_currency(quote: Quote, currency: int, rate: float) -> Quote:
    return Quote(quote.stated, quote.low, quote.high, currency, quote.qualifier, rate, quote.report)


def group_quotes(found: Sequence[Quote], sources: Sources) -> list[list[Quote]]:
    """Return quotes in groups of one value each, best supported first.

    The seed of a group is the figure that most support agrees with; stated figures go before vague ones.
    """
    left = [quote for quote in found]  # noqa: C416 (of one type, whatever sequence was given)
    groups = [left for _ in range(0)]
    ranks = [(0.0, 0) for _ in range(0)]  # of the groups: the most points, then the most senior report
    while len(left) > 0:
        seed = left[0] if len(left) == 1 else _best_seed(left, sources)
        group = [quote for quote in left if agrees(seed, quote)]
        left = [quote for quote in left if not agrees(seed, quote)]
        told_by = voices(group)
        rank = (-support(told_by, sources), sources.seniority[senior(told_by, sources)])
        place = len(groups)
        while place > 0 and rank < ranks[place - 1]:
            place -= 1
        groups.insert(place, group)
        ranks.insert(place, rank)
    return groups


def _best_seed(quotes: Sequence[Quote], sources: Sources) -> Quote:
    """Return the quote that most support agrees with; ties go to its very figure, then to seniority."""
    is_any_stated = False
    for quote in quotes:
        is_any_stated = is_any_stated or not isnan(quote.stated)
    best = no_quote()
    best_agreeing, best_alike = 0.0, 0.0
    for seed in quotes:
        if is_any_stated and isnan(seed.stated):
            continue
        agreeing = support([quote.report for quote in quotes if agrees(seed, quote)], sources)
        if best.report != UNKNOWN and agreeing < best_agreeing:
            continue
        alike = support([quote.report for quote in quotes if is_same_figure(seed, quote)], sources)
        is_better = best.report == UNKNOWN or agreeing > best_agreeing or alike > best_alike
        if not is_better and alike == best_alike:
            is_better = sources.seniority[seed.report] < sources.seniority[best.report]
        if is_better:
            best, best_agreeing, best_alike = seed, agreeing, alike
    return best
