"""Claims about products, boards and plans: what was released, when, how openly, and where it ranks."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analysis.clean.article import (
    CONFIRMED,
    CONTRADICTED,
    NOT_FOUND,
    RELIABILITY,
    WITH_NUANCE,
    Article,
    Claim,
    Days,
    Finding,
    Record,
    Row,
    days,
    days_in,
    listed,
    sentence,
)
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


def check_release(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold a claimed time against the releases of the product, or of the field, that the claim names."""
    wanted = days_in(claim.value)
    product = _product(claim, record)
    field = _field(claim)
    if wanted is None or not (product or field):
        return Finding(NOT_FOUND, sentence("the record does not know the product"))
    events = _credible(
        event
        for event in _events(claim, record)
        if event.released
        and (fold(event.product) == fold(product) if product else field and _is_in(field, event, record))
    )
    past = [event for event in events if article.is_past(event.days)]
    inside = [e for e in past if wanted.start <= e.days.start and e.days.end <= wanted.end]
    outside = [e for e in past if e.days.end < wanted.start or wanted.end < e.days.start]
    if inside:
        # A product comes out once; a field goes on, and what came out at other times takes nothing away.
        dissent = f"other reports give {listed(str(e.days) for e in outside)}" if product and outside else ""
        text = sentence(_names(inside), dissent)
        return Finding(WITH_NUANCE if dissent else CONFIRMED, text, _places(inside))
    if outside and product:
        return Finding(CONTRADICTED, sentence(_names(outside)), _places(outside))
    return Finding(NOT_FOUND, sentence(f"the record dates no such release of {claim.subject}"))


def check_exists(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Look for products of the subject, in the field of the claim, that were out when the article was written."""
    field = _field(claim)
    events = _credible(
        event
        for event in _events(claim, record)
        if event.released and article.is_past(event.days) and field and _is_in(field, event, record)
    )
    if not events:
        return Finding(NOT_FOUND, sentence(f"the record has no such product of {claim.subject}"))
    return Finding(CONFIRMED, sentence(_names(events)), _places(events))


def check_product_order(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold "before X" against the first days on which both products were open to everybody."""
    product, other = _product(claim, record), claim.value.split(maxsplit=1)[-1]
    if product is None:
        return Finding(NOT_FOUND, sentence("the record does not know the product"))
    own = [e for e in _events(claim, record) if _mentions(e.product, product)]
    rival = [e for e in _events(None, record) if _mentions(e.product, other)]
    first, second = _earliest(e for e in own if e.widely), _earliest(e for e in rival if e.widely)
    if first is None or second is None:
        return Finding(NOT_FOUND, sentence("the record does not date the wide release of both"))
    ahead, behind = (second, first) if claim.value.startswith("after") else (first, second)
    verdict = (
        CONFIRMED
        if ahead.days.end < behind.days.start
        else CONTRADICTED
        if behind.days.end < ahead.days.start
        else NOT_FOUND
    )
    shown = [_earliest(e for e in events if _SHOWN.search(e.text)) for events in (own, rival)]
    seen = "first shown: " + ", ".join(
        f"{name} {event.days}" for name, event in zip((product, other), shown, strict=True) if event
    )
    text = sentence(f"wide release: {product} {first.days}, {other} {second.days}", seen)
    evidence = [
        e
        for events, found in ((own, first), (rival, second))
        for e in events
        if e.widely and e.days.start <= found.days.end and found.days.start <= e.days.end
    ]
    return Finding(verdict, text, _places(evidence, len(evidence)))


def check_shutdown(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Look for the end of the product, announced or done, on the day of the article."""
    names = re.findall(r"\b[A-Z]\w+", claim.text)
    events = _credible(
        event
        for event in _events(claim, record)
        if _ENDED.search(str(event.row.get("event")))
        and any(_mentions(event.product, name) for name in names)
    )
    known = [event for event in events if article.is_past(event.days)]
    ends = [event for event in events if article.day and event.days.start > article.day]
    if not events:
        return Finding(NOT_FOUND, sentence("the record tells of no end of the product"))
    if not known:
        return Finding(CONTRADICTED, sentence(f"its end came later: {_names(ends)}"), _places(events))
    announced = _earliest(e for e in known if _ENDING.search(str(e.row["event"])))
    done = [e for e in known if not _ENDING.search(str(e.row["event"]))]
    text = sentence(
        f"announced on {announced.days}" if announced else "",
        f"ended by then: {_names(done)}" if done else "",
        f"still to end after the article: {_names(ends)}" if ends else "",
    )
    return Finding(WITH_NUANCE if ends or not done else CONFIRMED, text, (*_places(known), *_places(ends)))


def check_open_weights(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Look for products of the field whose weights are recorded as released when the article was written."""
    field = _field(claim)
    events = [
        e
        for e in _events(claim, record)
        if e.row.get("open_weights") and article.is_past(e.days) and field and _is_in(field, e, record)
    ]
    opened = [e for e in events if e.row["open_weights"].startswith("yes")]
    names = {fold(_bare(e.product)) for e in opened}
    closed = [e for e in events if fold(_bare(e.product)) not in names]
    if not opened:
        text = (
            f"weights are not recorded as released: {_names(closed)}"
            if closed
            else "the record says nothing of weights"
        )
        return Finding(CONTRADICTED if closed else NOT_FOUND, sentence(text), _places(closed))
    later = [e for e in closed if e.days.start > max(o.days.end for o in opened)]
    text = sentence(
        f"open weights: {_names(opened)}",
        f"newer ones without, or only said to be open: {_names(later)}" if later else "",
    )
    return Finding(WITH_NUANCE if later else CONFIRMED, text, (*_places(opened), *_places(later)))


def check_rank(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold "top" against the last complete table of each board before the article: rank of so many models."""
    product = _product(claim, record)
    day = article.day.isoformat() if article.day else "9999"
    tables: dict[tuple[str, str, str], list[Row]] = {}
    for row in record.leaderboard_scores:
        if row["coverage"] == "complete" and row["snapshot_end"] and row["snapshot_end"] <= day:
            tables.setdefault((row["board"], row["modality"], row["snapshot_end"]), []).append(row)
    newest = {key[:2]: key for key in sorted(tables, key=lambda key: key[2])}
    places = [
        (row, len(tables[key]))
        for key in newest.values()
        for row in tables[key]
        if row["rank"] and product and fold(row["model"]) == fold(product)
    ]
    if not places:
        return Finding(
            NOT_FOUND, sentence("no complete table of a board before the article holds the product")
        )
    shares = [row["rank"] / size for row, size in places]
    verdict = CONFIRMED if max(shares) <= _TOP else CONTRADICTED if min(shares) > _UPPER else WITH_NUANCE
    told = [
        f"{row['board']}, {row['modality']}{', ' + row['audio'] if row['audio'] else ''}: "
        f"rank {row['rank']:.0f} of {size} on {days(row, 'snapshot_')}"
        for row, size in places
    ]
    evidence = tuple(f"leaderboard_scores:{row['line']}" for row, _ in places)
    return Finding(verdict, sentence(*told), evidence)


def check_scope(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Look for a fact that names every field of the plan; products of a field say nothing of a plan."""
    sides = [re.compile(_FIELDS[word], re.I) for word in _FIELDS if re.search(rf"\b{word}\b", claim.value)]
    facts = [f for f in _facts(claim, record) if sides and all(side.search(f["value"]) for side in sides)]
    return _stated(facts, claim, record, "plan")


def check_partners(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Look for a fact that names partners in the field of the claim."""
    field = _field(claim)
    facts = [
        f
        for f in _facts(claim, record)
        if _PARTNERS.search(f"{f['fact']} {f['value']}")
        and field
        and re.search(_FIELDS[field], f["value"], re.I)
    ]
    return _stated(facts, claim, record, "partner")


def _facts(claim: Claim, record: Record) -> list[Row]:
    return [row for row in record.company_facts if record.is_by(claim, row) and row["fact"] != "alias"]


def _stated(facts: list[Row], claim: Claim, record: Record, thing: str) -> Finding:
    if facts:
        text = listed(f"{row['publisher']}: {row['value']}" for row in facts)
        return Finding(CONFIRMED, sentence(text), tuple(f"company_facts:{row['line']}" for row in facts))
    words = [word for word in _FIELDS if re.search(rf"\b{word}\b", claim.value)]
    related = {
        word: [e for e in _events(claim, record) if e.released and _is_in(word, e, record)] for word in words
    }
    text = sentence(
        f"the record holds no statement of a {thing} of {claim.subject} in this field",
        *(f"its products that are {word}: {_names(found)}" for word, found in related.items() if found),
    )
    return Finding(
        NOT_FOUND, text, _places({e.place: e for found in related.values() for e in found}.values())
    )


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


CHECKS: dict[tuple[str, str], Callable[[Claim, Article, Record, str | None], Finding]] = {
    ("product", "release"): check_release,
    ("product", "exists"): check_exists,
    ("product", "order"): check_product_order,
    ("product", "shutdown"): check_shutdown,
    ("product", "open_weights"): check_open_weights,
    ("leaderboard", "rank"): check_rank,
    ("strategy", "scope"): check_scope,
    ("strategy", "partners"): check_partners,
}
