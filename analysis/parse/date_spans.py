"""Spans of days: what a year, a quarter, "early" or the third Thursday back is on the calendar."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

Precision = Literal["day", "week", "third", "month", "quarter", "season", "half", "year", "range", "none"]

# First month and number of months; the year's parts are as long as a quarter, its middle as a half.
_YEAR_PARTS = {"early": (1, 3), "mid": (4, 6), "late": (10, 3)}
_SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3)}  # northern
_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_LEAP_CYCLE = 4  # years in which every date occurs at least once, from 1990 on


class Span(NamedTuple):
    """Days from start to end, both included, and how the text named them."""

    start: date
    end: date
    precision: Precision

    def meet(self, other: "Span") -> "Span | None":
        """The days in both spans, as precise as the span that it equals; None when they are apart."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        if start > end:
            return None
        for span in (self, other):
            if (start, end) == span[:2]:
                return span
        return Span(start, end, "day" if start == end else "range")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a date text says, before a reference fills in what it leaves out.

    Attributes:
        weekday: ISO number, Monday is 1.
        part: early, mid or late, of the month or year that is named, or of `part_of`.
        week: the Monday to Sunday around the day.
        relative: unit and offset from the reference: ("month", -1) is last month.
        ago: number and unit, counted back from `anchor`, else from the reference.
        turn: which occurrence is meant: -1 last May, 0 this May, 1 next May.
        since: up to the reference.
        earlier: from the start of the relative unit to the reference.
        upto: the other end of a range.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    part_of: str | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    week: bool = False
    relative: tuple[str, int] | None = None
    ago: tuple[int, str] | None = None
    anchor: "Phrase | None" = None
    turn: int | None = None
    since: bool = False
    earlier: bool = False
    upto: "Phrase | None" = None

    @property
    def years(self) -> list[int]:
        """Every year that is written out."""
        inner = [year for phrase in (self.anchor, self.upto) if phrase for year in phrase.years]
        return inner if self.year is None else [self.year, *inner]

    @property
    def absolute(self) -> bool:
        """Whether the text alone fixes the days."""
        return bool(self.years) and self.relative is None and not self.since

    @property
    def bare(self) -> "Phrase":
        """What remains when nothing may be counted from the reference."""
        return replace(self, relative=None, ago=None, turn=None, earlier=False, since=False)

    @property
    def rhythm(self) -> str:
        """How often it occurs when the year is left open: week, month or year."""
        if self.month or self.quarter or self.half or self.season or self.upto or self.part_of == "year":
            return "year"
        return "month" if self.day or self.part else "week"


def _months(year: int, first: int, count: int, precision: Precision) -> Span:
    last = first + count - 1
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision)


def _week(day: date) -> Span:
    monday = day - timedelta(day.weekday())
    return Span(monday, monday + timedelta(6), "week")


def hull(spans: Iterable[Span | None]) -> Span | None:
    """The smallest span around all that are known; "range" unless they are one and the same."""
    known = [span for span in spans if span]
    if not known:
        return None
    if len(set(known)) == 1:
        return known[0]
    return Span(min(span.start for span in known), max(span.end for span in known), "range")


def _day_in(phrase: Phrase, year: int, month: int, day: int) -> Span | None:
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    found = date(year, month, day)
    if phrase.weekday not in (None, found.isoweekday()):
        return None
    return _week(found) if phrase.week else Span(found, found, "day")


def in_month(phrase: Phrase, year: int, month: int) -> Span | None:
    """The days of `phrase` in one month; None when it has no such day."""
    whole = _months(year, month, 1, "month")
    if phrase.day:
        return _day_in(phrase, year, month, phrase.day)
    if phrase.weekday:
        first = whole.start + timedelta((phrase.weekday - whole.start.isoweekday()) % 7)
        last = whole.end - timedelta((whole.end.isoweekday() - phrase.weekday) % 7)
        return Span(first, last, "range")
    if phrase.half:
        middle = whole.start.replace(day=15)
        if phrase.half == 1:
            return Span(whole.start, middle, "range")
        return Span(middle + timedelta(1), whole.end, "range")
    if phrase.part:
        first_day, last_day = _THIRDS[phrase.part]
        return Span(
            whole.start.replace(day=first_day), whole.start.replace(day=min(last_day, whole.end.day)), "third"
        )
    return whole


def in_year(phrase: Phrase, year: int) -> Span | None:
    """The days of `phrase` in one year, its own year going first; None when it has no such day."""
    if phrase.upto:
        start, end = in_year(replace(phrase, upto=None), year), in_year(phrase.upto, year)
        wraps = phrase.year is None and not (phrase.month and phrase.month == phrase.upto.month)
        if start and end and start.start > end.end and wraps:
            start = in_year(replace(phrase, upto=None), end.start.year - 1)  # November to February 2024
        return Span(start.start, end.end, "range") if start and end and start.start <= end.end else None
    year = phrase.year or year
    if phrase.month:
        return in_month(phrase, year, phrase.month) if phrase.month <= 12 else None
    if phrase.quarter:
        return _months(year, 3 * phrase.quarter - 2, 3, "quarter")
    if phrase.half:
        return _months(year, 6 * phrase.half - 5, 6, "half")
    if phrase.season:
        return _months(year, *_SEASONS[phrase.season], "season")
    if phrase.part:
        return _months(year, *_YEAR_PARTS[phrase.part], "season")
    return _months(year, 1, 12, "year")


def occurrences(phrase: Phrase, start: date, end: date) -> Iterator[Span]:
    """Every occurrence of a phrase without a year that may touch the days from start to end, in order."""
    found: Iterable[Span | None]
    if phrase.rhythm == "year":
        found = (in_year(phrase, year) for year in range(start.year, end.year + 1))
    elif phrase.rhythm == "month":
        count = (end.year - start.year) * 12 + end.month - start.month + 1
        found = (in_month(phrase, *_month(start, offset)) for offset in range(count))
    else:
        first = start.toordinal() + ((phrase.weekday or 1) - start.isoweekday()) % 7
        days = (date.fromordinal(day) for day in range(first, end.toordinal() + 1, 7))
        found = (Span(day, day, "day") for day in days)
    return (span for span in found if span and span.start <= end and span.end >= start)


def _month(day: date, offset: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + offset, 12)
    return year, month + 1


def _unit(unit: str, day: date, offset: int) -> Span:
    """The unit of the calendar that lies `offset` units from the one around `day`."""
    if unit == "day":
        return Span(day + timedelta(offset), day + timedelta(offset), "day")
    if unit == "week":
        return _week(day + timedelta(7 * offset))
    if unit == "month":
        return _months(*_month(day, offset), 1, "month")
    if unit == "year":
        return _months(day.year + offset, 1, 12, "year")
    size, precision = {"quarter": (3, "quarter"), "half": (6, "half")}[unit]
    year, index = divmod(day.year * (12 // size) + (day.month - 1) // size + offset, 12 // size)
    return _months(year, index * size + 1, size, precision)  # type: ignore[arg-type]


def _before(count: int, unit: str, day: date) -> Span:
    if unit == "week":
        middle = day - timedelta(7 * count)
        return Span(middle - timedelta(3), middle + timedelta(3), "week")
    return _unit(unit, day, -count)


def _relative(phrase: Phrase, unit: str, offset: int, day: date) -> Span | None:
    whole = _unit(unit, day, offset)
    if phrase.earlier:
        if not whole.start <= day <= whole.end:
            return whole
        return Span(whole.start, day, "range" if whole.start < day else "day")
    if unit == "year":
        return in_year(replace(phrase, relative=None), whole.start.year)
    if unit == "month":
        return in_month(phrase, whole.start.year, whole.start.month)
    if phrase.weekday:
        return next(occurrences(Phrase(weekday=phrase.weekday), whole.start, whole.end), None)
    return whole


def counted(phrase: Phrase, day: date) -> Span | None:
    """What a phrase that leaves its year open means when it is said on `day`."""
    if phrase.ago:
        return _before(*phrase.ago, day)
    if phrase.relative:
        return _relative(phrase, *phrase.relative, day)
    if phrase.turn == 0:
        return _relative(phrase, "week" if phrase.rhythm == "week" else "year", 0, day)
    if phrase.turn == 1:
        return next(
            (s for s in occurrences(phrase, day, day.replace(year=day.year + 1, day=1)) if s.start > day),
            None,
        )
    if phrase.part:
        # "The end of the month" is said of what was and of what will be.
        month = 12 if phrase.part_of == "year" else day.month
        rest = occurrences(phrase, day, date(day.year, month, monthrange(day.year, month)[1]))
        if any(span.start > day for span in rest):
            return None
    # A weekday beside a day and month may move it back one year, not more.
    earliest = date(day.year - (1 if phrase.weekday else _LEAP_CYCLE), 1, 1)
    if phrase.rhythm == "week":
        earliest = day - timedelta(13)
    limit = day
    if phrase.turn == -1 and not phrase.day:
        limit = day - timedelta(1)
    found = [span for span in occurrences(phrase, earliest, limit) if span.start <= limit]
    if phrase.turn == -1:
        found = [span for span in found if span.end <= limit]
    return found[-1] if found else None
