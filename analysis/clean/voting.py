"""Support: how many independent sources say something, and which of several values they back.

Points are counted in independent origins, each at its best reliability (high 3, medium 2, low 1). Ties
go to the more reliable, then to the earlier source.

A report is known by its place in the ledger (`analysis.clean.ledger`), a value by a number.
"""

from collections.abc import MutableSequence, Sequence
from typing import NamedTuple

RELIABILITY_WEIGHT = {"high": 3.0, "medium": 2.0, "low": 1.0}
HIGH, LOW = RELIABILITY_WEIGHT["high"], RELIABILITY_WEIGHT["low"]
HALF = 0.5  # a runner-up with half the support of the winner disputes it
UNKNOWN = -1  # stands for a word, a day or a report that there is none of


class Sources(NamedTuple):
    """How much each report counts, by its place in the ledger.

    Attributes:
        weight: points of its reliability.
        origin: number of the story it repeats; two companies may use one number for two stories.
        seniority: its place in the tie rule: the more reliable, then the earlier source, then the id.
        tally: a zero for each number of a story, to count on and to clear again.
    """

    weight: Sequence[float]
    origin: Sequence[int]
    seniority: Sequence[int]
    tally: MutableSequence[float]


class Option(NamedTuple):
    """One of several values: its support, and the most senior report behind it."""

    value: int
    points: float
    report: int


class Choice(NamedTuple):
    """The chosen value of a field.

    Attributes:
        value: the value, UNKNOWN when nothing was reported.
        report: the report that it was taken from.
        n_origins: independent origins behind it.
        points: its support.
        against: the runner-up, UNKNOWN when there is none.
        against_points: the support of the runner-up.
        is_disputed: whether the runner-up has at least half the support.
    """

    value: int
    report: int
    n_origins: int
    points: float
    against: int
    against_points: float
    is_disputed: bool


def no_numbers() -> list[int]:
    """Return an empty list: the compiler has to know of what."""
    return [0 for _ in range(0)]


def support(reports: Sequence[int], sources: Sources) -> float:
    """Return points of `reports`: each origin once, at its best reliability."""
    points = 0.0
    for report in reports:
        origin, weight = sources.origin[report], sources.weight[report]
        if weight > sources.tally[origin]:
            points += weight - sources.tally[origin]
            sources.tally[origin] = weight
    for report in reports:
        sources.tally[sources.origin[report]] = 0.0
    return points


def count_origins(reports: Sequence[int], sources: Sources) -> int:
    """Return how many independent origins `reports` have."""
    count = 0
    for report in reports:
        origin = sources.origin[report]
        count += int(sources.tally[origin] == 0)
        sources.tally[origin] = 1.0
    for report in reports:
        sources.tally[sources.origin[report]] = 0.0
    return count


def senior(reports: Sequence[int], sources: Sources) -> int:
    """Return the most senior of `reports`."""
    best = reports[0]
    for report in reports:
        if sources.seniority[report] < sources.seniority[best]:
            best = report
    return best


def vote(values: Sequence[int], reports: Sequence[int], sources: Sources) -> list[Option]:
    """Return the distinct values as options, best supported first.

    Args:
        values: what each of `reports` says.
        reports: as many reports; one may stand here twice.
        sources: how much each counts.
    """
    options = [Option(UNKNOWN, 0.0, UNKNOWN) for _ in range(0)]
    for place, value in enumerate(values):
        if not is_first(place, values):
            continue
        behind = backers(value, values, reports)
        option = Option(value, support(behind, sources), senior(behind, sources))
        rank = len(options)
        while rank > 0 and _is_better(option, options[rank - 1], sources):
            rank -= 1
        options.insert(rank, option)
    return options


def is_first(place: int, values: Sequence[int]) -> bool:
    """Whether none of `values` before a place is the one that stands there."""
    for earlier in range(place):  # noqa: SIM110 (the compiler knows no generators)
        if values[earlier] == values[place]:
            return False
    return True


def _is_better(one: Option, other: Option, sources: Sources) -> bool:
    if one.points != other.points:
        return one.points > other.points
    return sources.seniority[one.report] < sources.seniority[other.report]


def backers(value: int, values: Sequence[int], reports: Sequence[int]) -> list[int]:
    """Return those of `reports` that say `value`."""
    return [reports[place] for place in range(len(values)) if values[place] == value]


def choose(values: Sequence[int], reports: Sequence[int], sources: Sources) -> Choice:
    """Choose the best supported of `values`, which `reports` say one by one."""
    ranked = vote(values, reports, sources)
    if len(ranked) == 0:
        return Choice(UNKNOWN, UNKNOWN, 0, 0.0, UNKNOWN, 0.0, False)
    first = ranked[0]
    n_origins = count_origins(backers(first.value, values, reports), sources)
    if len(ranked) == 1:
        return Choice(first.value, first.report, n_origins, first.points, UNKNOWN, 0.0, False)
    rival = ranked[1]
    is_disputed = rival.points >= HALF * first.points
    return Choice(first.value, first.report, n_origins, first.points, rival.value, rival.points, is_disputed)
