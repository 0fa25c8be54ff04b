"""Date texts in thirteen languages: the days that a text can mean, and how it says so.

Words are data (words/*.toml), month and weekday names CLDR's. Nothing is guessed: a text that is not
understood to its last word, or that can mean two different days, has no date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

from analysis.parse.date_lexicon import fold
from analysis.parse.date_phrases import BLOCKED, phrases
from analysis.parse.date_spans import Phrase, Precision, Span, counted, hull, in_year, occurrences
from analysis.parse.date_tokens import spoken

if TYPE_CHECKING:
    import pandas as pd

Basis = Literal["stated", "relative", "none"]

EARLIEST_YEAR = 1990
# The year after the newest evidence: the last year that a text without a reference may name.
LATEST_YEAR = 2027
MOST_SIGNS = 200  # no date phrase is longer
_SPREADSHEET_EPOCH = date(1899, 12, 30)
_NOTE = re.compile(r"\(([^()]*)\)")
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_LAST_REFERENCE = 2100
_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days that a text can mean.

    Attributes:
        start: first day, None when nothing is known.
        end: last day, included; None when nothing is known.
        precision: how the text names them; "range" for any stretch that is no unit of the calendar.
        basis: whether the text says it or it is counted from the reference.
        text: as it was written.
    """

    start: date | None
    end: date | None
    precision: Precision
    basis: Basis
    text: str


def _reference(value: "date | str | DateRange | None") -> Span | None:
    """The days on which the text may have been written; None when nothing useful is known."""
    span = None
    if isinstance(value, DateRange):
        span = Span(value.start, value.end, value.precision) if value.start and value.end else None
    elif isinstance(value, date):
        day = date(value.year, value.month, value.day)  # a datetime is a date with a time
        span = Span(day, day, "day")
    elif isinstance(value, str) and (found := _ISO.fullmatch(value.strip())):
        year, month, day_of_month = (int(part) if part else None for part in found.groups())
        if month is None or 1 <= month <= 12:
            span = in_year(Phrase(month=month, day=day_of_month), year or 1)
    return span if span and EARLIEST_YEAR <= span.start.year <= span.end.year <= _LAST_REFERENCE else None


def _resolved(phrase: Phrase, reference: Span | None) -> Span | None:
    """The days of a phrase, what it leaves open being counted from the reference."""
    if phrase.since:
        start = _resolved(
            replace(phrase, since=False), reference and Span(reference.start, reference.start, "day")
        )
        if not start or not reference or start.start > reference.end:
            return None
        return Span(start.start, reference.end, "range")
    if phrase.anchor:
        anchor = _resolved(phrase.anchor, None)
        return hull(counted(replace(phrase, anchor=None), day) for day in anchor[:2]) if anchor else None
    if phrase.absolute:
        return in_year(phrase, phrase.years[0])
    if not reference:
        return None
    ends = [reference.start, reference.end]
    if not (phrase.ago or phrase.relative or phrase.turn is not None or phrase.rhythm == "week"):
        ends = ends[1:]
    return hull(counted(phrase, day) for day in ends)


def _within(phrase: Phrase, window: Span, reference: Span | None) -> Span | None:
    """The days of a phrase that lie in the window which the other half of the text gives."""
    if phrase.since:
        start = _within(replace(phrase, since=False), window, reference)
        return (
            Span(start.start, reference.end, "range")
            if start and reference and start.start <= reference.end
            else None
        )
    own = _resolved(phrase, reference)
    if phrase.absolute or phrase.anchor:
        return own.meet(window) if own else None
    bare = phrase.bare
    if phrase.ago or phrase.relative or phrase.turn is not None:
        if own and (met := own.meet(window)):
            return met
        if bare == Phrase():
            return window
    found = [met for span in occurrences(bare, window.start, window.end) if (met := span.meet(window))]
    near = [span for span in found if own and span.meet(own)]
    past = [span for span in found if reference and span.start <= reference.end]
    return hull(near or past or found)


def _merged(main: Phrase, note: Phrase) -> Phrase | None:
    """One phrase of a weekday or month and a day, when neither has a year: quarta-feira (12)."""
    if main == Phrase(weekday=main.weekday) and note == Phrase(month=note.month, day=note.day):
        return replace(note, weekday=main.weekday) if note.day else None
    if note == Phrase(day=note.day) and main == Phrase(month=main.month):
        return replace(main, day=note.day)
    return None


def _combined(main: Phrase, note: Phrase, reference: Span | None) -> Span | None:
    """The main phrase narrowed by the note, whichever of the two fixes a year."""
    if merged := _merged(main, note):
        return _resolved(merged, reference)
    if note.absolute or (not main.absolute and note.anchor):
        outer, inner = note, main
    else:
        outer, inner = main, note
    window = _resolved(outer, reference)
    return _within(inner, window, reference) if window else None


def _undivided(text: str) -> date | None:
    """The day of a text that is one number: yyyymmdd, or a spreadsheet's count of days."""
    if re.fullmatch(r"\d{5}", text):
        return _SPREADSHEET_EPOCH + timedelta(int(text))
    if not re.fullmatch(r"\d{8}", text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def _note(texts: list[str], around: frozenset[str]) -> set[Phrase]:
    """What the first readable note says; a bare number in it is a day: quarta-feira (12)."""
    for text in texts:
        said = {Phrase(day=int(text))} if _DAY.fullmatch(text) else phrases(text, around)
        if said and said != BLOCKED:
            return said
    return set()


def _spans(text: str, reference: Span | None, latest: int) -> Iterator[tuple[Span, Basis]]:
    """Every span that the text can mean."""
    folded = fold(text)
    if day := _undivided(folded):
        if EARLIEST_YEAR <= day.year <= latest:
            yield Span(day, day, "day"), "stated"
        return
    notes, outside = _NOTE.findall(folded), _NOTE.sub(" ", folded).strip()
    main = phrases(outside)
    if main == BLOCKED:
        return
    note = _note(notes, spoken(outside)) if notes else set()
    if not all(EARLIEST_YEAR <= year <= latest for phrase in main | note for year in phrase.years):
        return
    if _DAY.fullmatch(outside) and all(phrase.month for phrase in note):
        main = {Phrase(day=int(outside))} if note else set()
    if main and note:
        for phrase, narrowing in product(main, note):
            if span := _combined(phrase, narrowing, reference):
                yield span, "stated" if _combined(phrase, narrowing, None) == span else "relative"
        return
    unread = any(sign.isdigit() for sign in "".join(notes))
    for phrase in main or note:
        fixed = phrase.absolute or phrase.anchor is not None
        # A note with a number that is not understood may have said which day was meant.
        if (fixed or note or not unread) and (span := _resolved(phrase, reference)):
            yield span, "stated" if fixed else "relative"


def parse_date(text: str | None, reference: "date | str | DateRange | None" = None) -> DateRange:
    """Return the days that `text` can mean.

    Args:
        text: a date as it was written, in any of the languages.
        reference: when it was written: a date, an ISO text (only "2026-03" or "2026" when no more is
            known), or a DateRange. Relative words are counted from both of its ends. Years up to the one
            after it are readable.

    >>> parse_date("12月30日", "2026-01-04").start
    datetime.date(2025, 12, 30)
    >>> found = parse_date("mid-March 2024")
    >>> found.start.day, found.end.day, found.precision
    (11, 20, 'third')
    >>> parse_date("04/05/2025").precision
    'none'
    """
    said_on = _reference(reference)
    return _read("" if text is None else str(text), said_on, _latest(said_on))


def _latest(reference: Span | None) -> int:
    """The last year that a text may name."""
    return reference.end.year + 1 if reference else LATEST_YEAR


def _read(written: str, reference: Span | None, latest: int) -> DateRange:
    nothing = DateRange(None, None, "none", "none", written)
    if not written.strip() or len(written) > MOST_SIGNS:
        return nothing
    found = dict(_spans(written, reference, latest))
    if len(found) != 1:
        return nothing
    span, basis = found.popitem()
    return DateRange(*span, basis, written)


def parse_dates(texts: "pd.Series[Any]", reference: "pd.Series[Any] | None" = None) -> "pd.DataFrame":
    """Return start, end, precision, basis and text of each text, each distinct pair read once.

    Args:
        texts: date texts; missing ones have no date.
        reference: for each text when it was written, by the same index labels.
    """
    import pandas as pd

    said_on = pd.Series(None, index=texts.index, dtype=object) if reference is None else reference
    if not said_on.index.equals(texts.index):
        said_on = said_on.reindex(texts.index)
    text_places, distinct_texts = pd.factorize(texts.to_numpy(dtype=object))
    day_places, distinct_days = pd.factorize(said_on.to_numpy(dtype=object))
    # Where nothing stands the place is -1: that of the last, which is put there for it.
    written, spans = [*map(str, distinct_texts), ""], [*map(_reference, distinct_days), None]
    places, pairs = pd.factorize(text_places * len(spans) + day_places % len(spans))
    read = cache(_read)
    found = []
    for pair in pairs.tolist():
        text, span = written[pair // len(spans)], spans[pair % len(spans)]
        # Of the reference no more than its year counts for a text that is a date as it stands.
        found.append(read(text, None if _ISO.fullmatch(text) else span, _latest(span)))
    columns = {
        name: pd.Series([getattr(row, name) for row in found], dtype=object)
        for name in ("start", "end", "precision", "basis", "text")
    }
    return pd.DataFrame(columns).take(places).set_axis(texts.index)
