"""What the record tells of products: their names, their events, and the fields they belong to."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.clean.claims.article import Claim, Days, Record, Row, days, days_in, listed
from analysis.columns import RELIABILITIES
from analysis.parse.names import fold

# Words of the people who collected the events; they wrote English.
_RELEASED = re.compile(
    r"launch|releas|unveil|availab|public access|public test|open.?(?:sourc|weights)", re.IGNORECASE
)
_NOT_DONE = re.compile(r"\b(?:planned|paused|postponed|cancell?ed|withdrawn|scheduled)\b", re.IGNORECASE)
_LIMITED = re.compile(
    r"\b(?:previews?|unveiled|announced|betas?|tests?|testing|invite|invitation|limited|wait-?list"
    r"|waiting list|stealth|anonymous|papers?)\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(rf"{_RELEASED.pattern}|preview|announce|introduc", re.IGNORECASE)
# Words of a claim, and the words by which the record speaks of that field.
FIELDS = {
    "video": re.compile(r"video", re.IGNORECASE),
    "robots": re.compile(r"robot|embodied|\bVLA\b|manipulation", re.IGNORECASE),
    "embodied": re.compile(r"robot|embodied|\bVLA\b", re.IGNORECASE),
    "digital": re.compile(r"digital|video|\bgames?\b", re.IGNORECASE),
    "physical": re.compile(r"physical|robot|embodied|driving", re.IGNORECASE),
}
_FEW = 3


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event of a product: what the row says of it, and where the row stands."""

    product: str
    days: Days
    event: str
    text: str
    row: Row
    place: str

    @property
    def released(self) -> bool:
        """Whether people outside could have the product, if only some of them."""
        said = f"{self.event} {self.product}"
        return bool(_RELEASED.search(said)) and not _NOT_DONE.search(said)

    @property
    def widely(self) -> bool:
        """Whether everybody could have it."""
        return self.released and not _LIMITED.search(self.text)

    @property
    def shown(self) -> bool:
        """Whether it was seen at all."""
        return bool(_SHOWN.search(self.text))

    @property
    def name(self) -> str:
        """The product without a note in brackets."""
        return re.sub(r"\s*\(.*?\)", "", self.product) or self.product

    def is_in(self, field: str, record: Record) -> bool:
        """Say whether it is of a field, by the words of the row or because a board of the field ranks it."""
        words, name = FIELDS[field], fold(self.name)
        return bool(words.search(self.text)) or any(
            model.startswith(name) for model, modality in record.ranked if words.search(modality)
        )


def events(record: Record, claim: Claim | None = None) -> list[Event]:
    """Return the dated events of products and the release days of models, the oldest first.

    Args:
        record: the tables.
        claim: only those of its subject; without it, those of everybody.
    """
    found = []
    for row in record.product_events:
        when = days(row) if row["product"] and row["event"] else None
        if when and (claim is None or record.is_by(claim, row)):
            text = f"{row['event']} {row['product']} {row['detail'] or ''}"
            place = f"product_events:{row['record_id']}"
            found.append(Event(row["product"], when, row["event"], text, row, place))
    for row in record.model_capabilities:
        if (
            row["attribute"] == "release_date"
            and row["model"]
            and row["value"]
            and (claim is None or record.is_by(claim, row))
        ):
            when = days_in(row["value"], row["as_of"])
            text = f"release {row['model']} {row['note'] or ''}"
            place = f"model_capabilities:{row['record_id']}"
            if when:
                found.append(Event(row["model"], when, "release", text, row, place))
    return sorted(found, key=lambda event: (event.days.start, event.days.end, event.place))


def named_product(claim: Claim, record: Record) -> str | None:
    """Return the longest name of a product of the subject that the claim contains."""
    tables = (
        (record.product_events, "product"),
        (record.model_capabilities, "model"),
        (record.leaderboard_scores, "model"),
    )
    names = {
        row[column] for table, column in tables for row in table if row[column] and record.is_by(claim, row)
    }
    return max((name for name in sorted(names) if mentions(claim.text, name)), key=len, default=None)


def mentions(text: str, name: str) -> bool:
    """Say whether a text contains a name as words of its own, joined by spaces or hyphens."""
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", name))
    return bool(re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE))


def fields_of(text: str) -> list[str]:
    """Return the fields that a text names."""
    return [field for field in FIELDS if mentions(text, field)]


def trusted_first(event: Event) -> tuple[int, dt.date, dt.date]:
    """Return the key that puts the most reliable event first, then the earliest."""
    trust = event.row["reliability"] or "low"  # nobody judged the source
    return RELIABILITIES.index(trust), event.days.end, event.days.start


def credible(found: Iterable[Event]) -> list[Event]:
    """Return the events without those of low reliability, unless there are no others."""
    found = list(found)
    return [event for event in found if event.row["reliability"] != "low"] or found


def told(found: Iterable[Event]) -> str:
    """Return the first few products of some events, each once with its most trusted day."""
    by_name: dict[str, list[Event]] = {}
    for event in found:
        by_name.setdefault(fold(event.name), []).append(event)
    best = [min(group, key=trusted_first) for group in by_name.values()]
    more = len(best) - _FEW
    return listed([f"{event.name} ({event.days})" for event in best[:_FEW]] + [f"{more} more"] * (more > 0))


def places(found: Iterable[Event], most: int = 5) -> tuple[str, ...]:
    """Return where the most trusted of some events stand."""
    return tuple(event.place for event in sorted(found, key=trusted_first)[:most])
