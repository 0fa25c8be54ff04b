"""The events of a company as they are put together, and the groups of claims that tell of one event."""

from collections.abc import Sequence
from math import inf, isnan, nan
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.clean.evidence import COARSE_DAYS, Evidence
from analysis.clean.register import Claim
from analysis.clean.voting import UNKNOWN

ENOUGH = 0.4  # average points above which two groups of claims are one event
WHYS = ("nearest", "same series", "to closing", "to talks", "sum", "part", "total", "same", "different")
(
    NEAREST, SAME_SERIES, TO_CLOSING, TO_TALKS, AS_SUM, AS_PART, AS_TOTAL, JUDGED_SAME, JUDGED_OTHER,
) = range(len(WHYS))  # fmt: skip
LINK = np.dtype(
    [(name, "i8") for name in ("event", "kind", "is_talks", "became", "why", "judgement", "nearest")]
    + [(name, "f8") for name in ("time", "amount", "label", "valuation", "investors", "besides")]
)
"""What linking says of a claim.

event, became: numbers of events; became is -1 unless the event is talks that turned into another one.
kind: as in KINDS.
why: as in WHYS, with the judgement that said so, and the points besides the amount of a part.
nearest: place of the claim of the same event that most speaks for it (-1 alone), and the points by kind.
"""


class Case(NamedTuple):
    """The claims of a company, the evidence between them, and the events that they are put into.

    An event is a place in these lists; one that has no members left is none.

    Attributes:
        claims: those of the company.
        evidence: points between each two of them.
        links: what is said of each claim; `why` is filled in on the way (dtype LINK).
        kind, is_talks, became: of each event; became is a place, -1 for none.
        members: claims of each event.
    """

    claims: Sequence[Claim]
    evidence: Evidence
    links: NDArray[Any]
    kind: list[int]
    is_talks: list[int]
    became: list[int]
    members: list[list[int]]


def add_event(case: Case, kind: int, is_talks: int, members: list[int]) -> None:
    """Put claims into an event of their own."""
    case.kind.append(kind)
    case.is_talks.append(is_talks)
    case.became.append(UNKNOWN)
    case.members.append(members)


def move(event: int, target: int, why: int, case: Case) -> None:
    """Put all claims of an event into another one."""
    for member in case.members[event]:
        case.links["why"][member] = why
        case.members[target].append(member)
    case.members[event].clear()


def closings(case: Case, kind: int) -> list[int]:
    """Return the closed events of a kind."""
    return [
        event
        for event in range(len(case.kind))
        if case.kind[event] == kind and not case.is_talks[event] and len(case.members[event]) > 0
    ]


def mean(matrix: NDArray[np.float64], one: Sequence[int], other: Sequence[int]) -> float:
    """Return the average points between two groups of claims."""
    total = 0.0
    for row in one:
        for column in other:
            total += matrix[row, column]
    return total / (len(one) * len(other))


def support(members: Sequence[int], claims: Sequence[Claim]) -> float:
    """Return points of claims: each independent origin once, at its best reliability."""
    points = 0.0
    for place, member in enumerate(members):
        best = 0.0
        for other in members[:place]:
            if claims[other].origin == claims[member].origin:
                best = max(best, claims[other].weight)
        points += max(claims[member].weight - best, 0.0)
    return points


def stated_usd(members: Sequence[int], claims: Sequence[Claim]) -> float:
    """Return the median of the stated dollars of claims, nan without any."""
    told = [claims[member].usd_stated for member in members if not isnan(claims[member].usd_stated)]
    if len(told) == 0:
        return nan
    told.sort()
    half = len(told) // 2
    return told[half] if len(told) % 2 == 1 else (told[half - 1] + told[half]) / 2


def window(members: Sequence[int], claims: Sequence[Claim]) -> tuple[float, float]:
    """Return the first and the last day on which an event may have been news, nan if they are unknown."""
    is_dated, is_fine = False, False
    for member in members:
        claim = claims[member]
        is_dated = is_dated or bool(claim.is_dated)
        is_fine = is_fine or (bool(claim.is_dated) and claim.news_end - claim.news_start <= COARSE_DAYS)
    first, last = inf, -inf
    for member in members:
        claim = claims[member]
        if is_dated:
            is_wide = claim.news_end - claim.news_start > COARSE_DAYS
            if claim.is_dated and not (is_fine and is_wide):
                first, last = min(first, claim.news_start), max(last, claim.news_end)
        elif claim.news_end < last or (last == -inf and not isnan(claim.news_end)):
            first, last = claim.news_start, claim.news_end  # the event is no later than the first page
    return (first, last) if last > -inf else (nan, nan)


def cluster(rows: Sequence[int], total: NDArray[np.float64], enough: float = ENOUGH) -> list[list[int]]:
    """Join claims by average linkage while the best average of `total` is above `enough`.

    Args:
        rows: the claims, in order.
        total: points between each two of all claims.
        enough: in points.

    Returns:
        The groups by their first claims; members in order.
    """
    n = len(rows)
    sums = np.empty((n, n))
    for one in range(n):
        for other in range(n):
            sums[one, other] = total[rows[one], rows[other]]
    groups = [[row] for row in rows]
    best = [_best_beyond(one, sums, groups) for one in range(n)]
    while True:
        keep, gone, most = 0, 0, enough
        for one in range(n):
            if best[one][1] > most:
                keep, gone, most = one, best[one][0], best[one][1]
        if gone == 0:
            return [sorted(group) for group in groups if len(group) > 0]
        groups[keep].extend(groups[gone])
        groups[gone].clear()
        for other in range(n):
            sums[keep, other] += sums[gone, other]
            sums[other, keep] = sums[keep, other]
        best[gone] = (0, -inf)
        for one in range(gone):
            if len(groups[one]) > 0 and (one == keep or best[one][0] == keep or best[one][0] == gone):
                best[one] = _best_beyond(one, sums, groups)
            elif len(groups[one]) > 0 and one < keep:
                average = sums[one, keep] / (len(groups[one]) * len(groups[keep]))
                if average > best[one][1] or (average == best[one][1] and keep < best[one][0]):
                    best[one] = (keep, average)


def _best_beyond(one: int, sums: NDArray[np.float64], groups: Sequence[Sequence[int]]) -> tuple[int, float]:
    """Return the group behind `one` with the best average to it, and that average; (0, -inf) for none."""
    place, most = 0, -inf
    for other in range(one + 1, len(groups)):
        if len(groups[other]) > 0:
            average = sums[one, other] / (len(groups[one]) * len(groups[other]))
            if average > most:
                place, most = other, average
    return place, most
