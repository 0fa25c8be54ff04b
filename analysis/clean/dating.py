"""The date of an event, from what its reports say."""

from collections.abc import Sequence
from typing import NamedTuple

from analysis.clean.ledger import ANNOUNCED, PUBLISHED, SPANNED, Telling
from analysis.clean.voting import HALF, UNKNOWN, Option, Sources, backers, count_origins, support, vote

NARROW_DAYS = 31  # dates at most a month apart are spanned when disputed
MONTH_DAYS, YEAR_DAYS = 31, 366


class DateChoice(NamedTuple):
    """The chosen range of days of an event, both ends in days since 1970; UNKNOWN without any.

    Attributes:
        precision: as in PRECISIONS.
        basis: as in BASES; published when no report says when.
        report: the report that it was taken from.
        n_origins, points: who names the chosen date.
        compatible_points: who names a date that is compatible with it.
        is_disputed: whether a date that excludes it has at least half the support.
    """

    start: int
    end: int
    precision: int
    basis: int
    report: int
    n_origins: int
    points: float
    compatible_points: float
    is_disputed: bool


def choose_date(reports: Sequence[int], ledger: Sequence[Telling], sources: Sources) -> DateChoice:
    """Choose the date range of an event.

    The finest range that at least half of the best support is compatible with wins. Without any
    announced date the event is known to lie on or before the earliest publication.
    """
    announced = [report for report in reports if ledger[report].basis == ANNOUNCED]
    first = _first_page(reports, ledger)
    if len(announced) == 0:
        return _by_page(first, ledger, sources)
    compatible = [support(_overlapping(seed, announced, ledger), sources) for seed in announced]
    most = max(compatible)
    able = [place for place, points in enumerate(compatible) if points >= HALF * most]
    finest = min([_width(announced[place], ledger) for place in able])
    level = 0 if finest == 0 else MONTH_DAYS if finest <= MONTH_DAYS else YEAR_DAYS
    seeds = [place for place in able if _width(announced[place], ledger) <= level]
    if len(seeds) == 0:
        seeds = able
    told_by = [announced[place] for place in seeds]
    values = _first_alike(told_by, ledger)
    ranked = vote(values, told_by, sources)
    ranked = _by_compatible(ranked, [compatible[seeds[option.value]] for option in ranked])
    best = ranked[0]
    told = ledger[told_by[best.value]]
    start, end, precision = told.date_start, told.date_end, told.date_precision
    is_disputed = False
    for option in ranked[1:]:
        other = ledger[told_by[option.value]]
        is_apart = other.date_start > end or other.date_end < start
        if is_apart and option.points >= HALF * best.points:
            is_disputed = True
            if abs(other.date_start - start) <= NARROW_DAYS:
                start, end, precision = min(start, other.date_start), max(end, other.date_end), SPANNED
    if first != UNKNOWN and start <= ledger[first].published_end < end and level == YEAR_DAYS:
        # A page cannot tell of an event before it happened.
        end, precision = ledger[first].published_end, SPANNED
    n_origins = count_origins(backers(best.value, values, told_by), sources)
    return DateChoice(
        start, end, precision, ANNOUNCED, best.report, n_origins, best.points, most, is_disputed
    )


def _first_page(reports: Sequence[int], ledger: Sequence[Telling]) -> int:
    """Return the report that was published first, of several the one whose day is known best."""
    first = UNKNOWN
    key = (0, 0)
    for report in reports:
        telling = ledger[report]
        if telling.published_end != UNKNOWN:
            own_key = (telling.published_end, -telling.published_start)
            if first == UNKNOWN or own_key < key:
                first, key = report, own_key
    return first


def _by_page(first: int, ledger: Sequence[Telling], sources: Sources) -> DateChoice:
    """Return the date of an event of which no report says when it was."""
    if first == UNKNOWN:
        return DateChoice(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 0, 0.0, 0.0, False)
    page = ledger[first]
    return DateChoice(
        page.published_start,
        page.published_end,
        page.published_precision,
        PUBLISHED,
        first,
        1,
        sources.weight[first],
        0.0,
        False,
    )


def _overlapping(seed: int, reports: Sequence[int], ledger: Sequence[Telling]) -> list[int]:
    return [
        report
        for report in reports
        if ledger[report].date_start <= ledger[seed].date_end
        and ledger[seed].date_start <= ledger[report].date_end
    ]


def _width(report: int, ledger: Sequence[Telling]) -> int:
    return ledger[report].date_end - ledger[report].date_start


def _first_alike(reports: Sequence[int], ledger: Sequence[Telling]) -> list[int]:
    """Return for each report the place of the first that gives its date."""
    places = []
    for place, report in enumerate(reports):
        first = place
        for earlier in range(place):
            one, other = ledger[report], ledger[reports[earlier]]
            if (
                one.date_start == other.date_start
                and one.date_end == other.date_end
                and one.date_precision == other.date_precision
            ):
                first = earlier
                break
        places.append(first)
    return places


def _by_compatible(ranked: Sequence[Option], points: Sequence[float]) -> list[Option]:
    """Return dates by the support that is compatible with each, in the order given where that is equal."""
    result = [option for option in ranked[:0]]  # noqa: C416
    result_points = [0.0 for _ in range(0)]
    for place, option in enumerate(ranked):
        rank = len(result)
        while rank > 0 and points[place] > result_points[rank - 1]:
            rank -= 1
        result.insert(rank, option)
        result_points.insert(rank, points[place])
    return result
