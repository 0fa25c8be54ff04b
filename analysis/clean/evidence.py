"""How much speaks for two reports telling of the same event.

Five kinds of evidence are weighed separately and added: when, how much, which label, at what
valuation, and who paid. Positive points speak for the same event, negative ones against it, zero
means that one of the two reports says nothing. The points are rough log-odds: +3 is "hardly a
coincidence", -4 is "hardly the same". The order of the two reports makes no difference.
"""

from collections.abc import Sequence
from math import inf, isnan, nan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.clean.quotes import SAME_CONVERTED, SAME_VALUE
from analysis.clean.register import Claim, Groups, Labels
from analysis.clean.voting import UNKNOWN

COARSE_DAYS = 100  # a date wider than a quarter
_CONVERTED = SAME_CONVERTED / SAME_VALUE
_VAGUE = 1.2  # what an amount without a figure counts as apart from another


class Points(NamedTuple):
    """Points between two reports, by kind of evidence."""

    time: float
    amount: float
    label: float
    valuation: float
    investors: float


class Evidence(NamedTuple):
    """Points for each pair of n claims; all matrices are symmetric and n by n, zero on the diagonal.

    Attributes:
        total: the sum of all kinds.
        time, amount, valuation: those that are asked for alone.
    """

    total: NDArray[np.float64]
    time: NDArray[np.float64]
    amount: NDArray[np.float64]
    valuation: NDArray[np.float64]


def compare_all(claims: Sequence[Claim], groups: Groups, labels: Labels) -> Evidence:
    """Weigh every pair of the claims of a company."""
    n = len(claims)
    evidence = Evidence(np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n)))
    for one in range(n):
        for other in range(one):
            points = compare(claims[one], claims[other], groups, labels)
            total = points.time + points.amount + points.label + points.valuation + points.investors
            evidence.total[one, other] = evidence.total[other, one] = total
            evidence.time[one, other] = evidence.time[other, one] = points.time
            evidence.amount[one, other] = evidence.amount[other, one] = points.amount
            evidence.valuation[one, other] = evidence.valuation[other, one] = points.valuation
    return evidence


def compare(a: Claim, b: Claim, groups: Groups, labels: Labels) -> Points:
    """Weigh what speaks for two claims telling of one event."""
    return Points(
        _time(a, b),
        _amount(a, b),
        labels.points[a.label, b.label],
        _valuation(a, b),
        _investors(a, b, groups),
    )


def _step(value: float, bounds: Sequence[float], points: Sequence[float]) -> float:
    """Return the points of the first bound that `value` does not exceed, the last beyond all bounds."""
    for place, bound in enumerate(bounds):
        if value <= bound:
            return points[place]
    return points[-1]


def _time(a: Claim, b: Claim) -> float:
    if (isnan(a.start) and isnan(a.page_end)) or (isnan(b.start) and isnan(b.page_end)):
        return 0.0
    is_dated = bool(a.is_dated and b.is_dated)
    gap, both = 0.0, 0.0
    if is_dated:
        gap, both = _gap(a.start, a.end, b.start, b.end), _both_dated(a, b)
    # A year alone says when it was not; when it was, the page's own date says better, if it is known.
    if _is_fine(a) and _is_fine(b):
        points = both
    elif _is_fine(a):
        points = both if isnan(b.page_end) else _one_dated(a, b)
    elif _is_fine(b):
        points = both if isnan(a.page_end) else _one_dated(b, a)
    elif isnan(a.page_end) or isnan(b.page_end):
        points = both
    else:
        pages = _gap(a.page_start, a.page_end, b.page_start, b.page_end)
        points = _step(pages, (10.0, 45.0, 120.0), (1.2, 0.8, 0.0, -0.7))
    return min(points, both) if gap > 0 else points


def _is_fine(claim: Claim) -> bool:
    return bool(claim.is_dated) and claim.end - claim.start <= COARSE_DAYS


def _gap(start: float, end: float, other_start: float, other_end: float) -> float:
    """Return the days between two spans, 0 where they meet."""
    return max(start - other_end, other_start - end, 0.0)


def _both_dated(a: Claim, b: Claim) -> float:
    gap, widest = _gap(a.start, a.end, b.start, b.end), max(a.end - a.start, b.end - b.start)
    if gap == 0:
        return _step(widest, (10.0, 31.0), (2.0, 1.5, 0.8))
    points = _step(gap, (10.0, 20.0, 31.0, 62.0, 120.0, 250.0), (1.5, 0.5, -0.5, -1.5, -3.5, -4.5, -5.0))
    return points - 1.0 if widest > 31 and gap <= 31 else points


def _one_dated(dated: Claim, page: Claim) -> float:
    """A page cannot tell of an event before it happened; a late page says little."""
    early = dated.start - page.page_end
    if early > 7:
        return _step(early, (31.0, 90.0), (-1.0, -2.5, -4.0))
    late = max(page.page_start - dated.end, 0.0)
    return _step(late, (14.0, 45.0, 120.0), (1.5, 1.0, 0.0, -0.5))


def _missed(low: float, high: float, other_low: float, other_high: float) -> float:
    """Return by what factor two intervals miss each other: 1 where they meet, nan where one is unknown."""
    if isnan(low) or isnan(other_low):
        return nan
    miss = 1.0
    if low > other_high:
        miss = low / other_high if other_high > 0 else inf
    elif other_low > high:
        miss = other_low / high if high > 0 else inf
    return miss


def _apart(one: float, other: float) -> float:
    """Return the factor between two stated values, nan where one is missing."""
    if isnan(one) or isnan(other) or one == other:
        return one / other if one > 0 else nan
    least, most = min(one, other), max(one, other)
    return most / least if least > 0 else inf


def _in_currency(claim: Claim, currency: int) -> tuple[float, float, float]:
    """Return what a claim says in a currency: first, in brackets, or without naming one."""
    if claim.currency == currency or claim.currency == UNKNOWN:
        return claim.amount_stated, claim.amount_low, claim.amount_high
    if claim.second_currency == currency:
        return claim.second_stated, claim.second_low, claim.second_high
    return nan, nan, nan


def _amount(a: Claim, b: Claim) -> float:
    # Like with like; only where no currency is shared, by dollars.
    missed, apart = nan, nan
    for currency in (a.currency, a.second_currency, b.currency, b.second_currency):
        if currency != UNKNOWN or a.currency == b.currency:
            one, other = _in_currency(a, currency), _in_currency(b, currency)
            missed = _less(missed, _missed(one[1], one[2], other[1], other[2]))
            apart = _less(apart, _apart(one[0], other[0]))
    in_dollars = _apart(a.usd_stated, b.usd_stated)
    if isnan(missed):
        missed = _at_least_one(_missed(a.usd_low, a.usd_high, b.usd_low, b.usd_high) / _CONVERTED)
        apart = _at_least_one(in_dollars / _CONVERTED)
    if isnan(missed):
        return 0.0
    if missed <= SAME_VALUE:
        if isnan(apart):
            apart = _VAGUE
        points = _step(apart, (1.005, SAME_VALUE, 1.35, 2.0, 3.0), (3.0, 2.0, 1.0, -0.5, -1.5, -3.0))
    else:
        points = _step(missed, (1.1, 1.35, 1.6, 3.0), (-0.5, -1.0, -2.5, -3.0, -4.0))
    # One number in two currencies is the mark of a currency slip.
    is_same_number = a.currency != b.currency and _apart(a.amount_stated, b.amount_stated) < 1.01
    if points < -0.5 and (is_same_number or _is_power_of_ten(in_dollars)):
        return -0.5
    return points


def _less(one: float, other: float) -> float:
    """Return the lesser factor, nan only where both are."""
    return other if isnan(one) or other < one else one


def _at_least_one(factor: float) -> float:
    return 1.0 if factor < 1.0 else factor


def _is_power_of_ten(apart: float) -> bool:
    for power in (10.0, 100.0, 1000.0):  # noqa: SIM110 (the compiler knows no generators)
        if power / SAME_CONVERTED < apart < power * SAME_CONVERTED:
            return True
    return False


def _valuation(a: Claim, b: Claim) -> float:
    missed = _missed(a.valuation_usd_low, a.valuation_usd_high, b.valuation_usd_low, b.valuation_usd_high)
    if isnan(missed):
        return 0.0
    apart = _apart(a.valuation_usd_stated, b.valuation_usd_stated)
    if _is_power_of_ten(apart):
        return 0.0
    if missed > SAME_CONVERTED:
        return _step(missed, (1.3, 2.0), (-0.3, -1.0, -1.5))
    return _step(_VAGUE if isnan(apart) else apart, (SAME_VALUE, 1.35), (2.0, 0.7, 0.0))


def _count_shared(numbers: Sequence[int], first: int, end: int, other_first: int, other_end: int) -> int:
    """Return how many numbers stand in two stretches of `numbers`, each in order."""
    count, one, other = 0, first, other_first
    while one < end and other < other_end:
        if numbers[one] == numbers[other]:
            count += 1
            one += 1
            other += 1
        elif numbers[one] < numbers[other]:
            one += 1
        else:
            other += 1
    return count


def _investors(a: Claim, b: Claim, groups: Groups) -> float:
    shared = _count_shared(groups.everyone, a.first_group, a.end_group, b.first_group, b.end_group)
    fewest = min(a.end_group - a.first_group, b.end_group - b.first_group)
    if shared > 0:
        points = _step(float(shared), (1.0, 2.0), (0.5, 0.8, 1.0))
    else:
        points = _step(float(fewest), (0.0, 1.0), (0.0, -0.3, -1.5))
    if a.first_lead < a.end_lead and b.first_lead < b.end_lead:
        if _count_shared(groups.leads, a.first_lead, a.end_lead, b.first_lead, b.end_lead) > 0:
            return max(points, 1.5)
        return points - 2.0
    return points
