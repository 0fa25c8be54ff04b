"""What the record tells of products: their names, their events, and their fields."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.clean.claims.article import *
from analysis.parse.names import fold

# What the record's words for events say. They are those of the people who collected it, in English.
_RELEASED = re.compile(
    r"launch|releas|unveil|availab|public access|public test|open[- ]?(?:sourc|weights)|general access", re.I
)
_NOT_DONE = re.compile(r"\b(?:planned|paused|postponed|cancell?ed|withdrawn|scheduled|put on hold)\b", re.I)
_LIMITED = re.compile(
    r"\b(?:previews?|previewed|unveiled|announced|betas?|tests?|testing|invite|invite-only|invitation|limited"
    r"|wait-?list|waiting list|stealth|anonymous|papers?)\b",
    re.I,
)
_SHOWN = re.compile(rf"{_RELEASED.pattern}|preview|announce|introduc", re.I)
_ENDED = re.compile(r"shut ?down|discontinu|retire|sunset", re.I)
_ENDING = re.compile(r"announced|scheduled|timeline", re.I)
_PARTNERS = re.compile(r"partner|customer|client|cooperat|collaborat", re.I)
# Words of a claim, and the words by which the record speaks of that field.
_FIELDS = {
    "video": r"video",
    "robots": r"robot|embodied|\bVLA\b|manipulation",
    "embodied": r"robot|embodied|\bVLA\b",
    "digital": r"digital|video|\bgames?\b",
    "physical": r"physical|robot|embodied|driving",
}
_TOP, _UPPER = 0.1, 0.25  # share of a board that is its top, and its upper part
_FEW = 3


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event of a product: the row that tells it, and where that stands."""

    product: str
    days: Days
    text: str
    row: Row
    place: str

    @property
    def released(self) -> bool:
        """Whether people outside could have the product, if only some of them."""
        said = f"{self.row.get('event', 'release')} {self.product}"
        return bool(_RELEASED.search(said)) and not _NOT_DONE.search(said)

    @property
    def widely(self) -> bool:
        """Whether everybody could have it."""
        return self.released and not _LIMITED.search(self.text)


def _events(claim: Claim | None, record: Record) -> list[Event]:
    """The dated product events and release dates of models, of the subject of a claim or of everybody."""
    events = []
    for row in record.product_events:
        if (claim is None or record.is_by(claim, row)) and (when := days(row)):
            text = f"{row['event']} {row['product']} {row['detail'] or ''}"
            events.append(Event(row["product"], when, text, row, f"product_events:{row['line']}"))
    for row in record.model_capabilities:
        if row["attribute"] == "release_date" and (claim is None or record.is_by(claim, row)):
            if when := days_in(row["value"], row["as_of"]):
                text = f"{row['model']} release {row['note'] or ''}"
                events.append(Event(row["model"], when, text, row, f"model_capabilities:{row['line']}"))
    return sorted(events, key=lambda e: (e.days.start, e.days.end, e.place))


def _product(claim: Claim, record: Record) -> str | None:
    """The longest name of a product of the subject that the claim contains."""
    tables = (
        (record.product_events, "product"),
        (record.model_capabilities, "model"),
        (record.leaderboard_scores, "model"),
    )
    names = {row[column] for table, column in tables for row in table if record.is_by(claim, row)}
    return max((name for name in sorted(names) if _mentions(claim.text, name)), key=len, default=None)


def _mentions(text: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I))


def _field(claim: Claim) -> str | None:
    """The field that a claim names, in its value or else in its sentence."""
    return next(
        (
            word
            for text in (claim.value, claim.text)
            for word in _FIELDS
            if re.search(rf"\b{word}\b", text, re.I)
        ),
        None,
    )


def _is_in(field: str, event: Event, record: Record) -> bool:
    """Whether an event is of a field, by its words or because a board of the field ranks the product."""
    words = re.compile(_FIELDS[field], re.I)
    product = fold(_bare(event.product))
    return bool(words.search(event.text)) or any(
        model.startswith(product) for model, modality in record.ranked if words.search(modality)
    )


def _bare(product: str) -> str:
    """A product without the note in brackets."""
    return re.sub(r"\s*\(.*?\)", "", product) or product


def _rank(event: Event) -> tuple[int, dt.date, dt.date]:
    """Order of trust, then of time."""
    return RELIABILITY[event.row["reliability"]], event.days.end, event.days.start


def _credible(events: Iterable[Event]) -> list[Event]:
    """The events without those of low reliability, unless there are no others."""
    found = list(events)
    return [event for event in found if event.row["reliability"] != "low"] or found


def _earliest(events: Iterable[Event]) -> Event | None:
    """The earliest event among those of the best reliability."""
    return min(events, key=_rank, default=None)


def _names(events: Iterable[Event]) -> str:
    """The products of some events with their days, each once, the first few."""
    told_of: dict[str, list[Event]] = {}
    for event in events:
        told_of.setdefault(fold(_bare(event.product)), []).append(event)
    best = [min(found, key=_rank) for found in told_of.values()]
    told = [f"{_bare(e.product)} ({e.days})" for e in best]
    more = len(told) - _FEW
    return listed(told[:_FEW] + [f"{more} more"] * (more > 0))


def _places(events: Iterable[Event], most: int = 5) -> tuple[str, ...]:
    """Where the most reliable of some events stand."""
    return tuple(event.place for event in sorted(events, key=_rank)[:most])
