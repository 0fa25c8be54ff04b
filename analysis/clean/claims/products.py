"""Claims of products: released, when, in which order, how openly, and whether they ended."""

import re

from analysis.clean.claims.article import (
    CONFIRMED,
    CONTRADICTED,
    NOT_FOUND,
    WITH_NUANCE,
    Article,
    Claim,
    Finding,
    Record,
    days_in,
    listed,
    sentence,
)
from analysis.clean.claims.events import (
    Event,
    credible,
    events,
    fields_of,
    mentions,
    named_product,
    places,
    told,
    trusted_first,
)
from analysis.parse.names import fold

_ENDED = re.compile(r"shut ?down|discontinu|retire|sunset", re.IGNORECASE)
_TO_COME = re.compile(r"announced|scheduled|timeline", re.IGNORECASE)


def check_release(claim: Claim, article: Article, record: Record) -> Finding:
    """Hold a time against the releases of the product that the claim names, else of its field."""
    wanted = days_in(claim.value)
    product = named_product(claim, record)
    found = _released(claim, article, record)
    if product:
        found = [e for e in found if fold(e.product) == fold(product)]
    else:
        found = _of_field(claim, record, found)
    if wanted is None or not found:
        return Finding(NOT_FOUND, sentence(f"the record dates no such release of {claim.subject}"))
    # A product comes out once. A field goes on: what came out at other times neither denies nor qualifies.
    inside = [e for e in found if wanted.start <= e.days.start and e.days.end <= wanted.end]
    outside = [e for e in found if e.days.end < wanted.start or wanted.end < e.days.start]
    if not inside:
        verdict = CONTRADICTED if product and outside else NOT_FOUND
        return Finding(verdict, sentence(told(found)), places(found))
    dissent = f"other sources give {listed(str(e.days) for e in outside)}" if product and outside else ""
    return Finding(WITH_NUANCE if dissent else CONFIRMED, sentence(told(inside), dissent), places(inside))


def check_exists(claim: Claim, article: Article, record: Record) -> Finding:
    """Look for products of the field that were out when the article was written."""
    found = _of_field(claim, record, _released(claim, article, record))
    if not found:
        return Finding(NOT_FOUND, sentence(f"the record has no such product of {claim.subject}"))
    return Finding(CONFIRMED, sentence(told(found)), places(found))


def check_order(claim: Claim, article: Article, record: Record) -> Finding:
    """Hold "before X" or "after X" against the first days on which everybody could have the products."""
    relation, _, other = claim.value.partition(" ")
    product = named_product(claim, record) or claim.subject
    own = [e for e in events(record, claim) if mentions(e.product, product)]
    rival = [e for e in events(record) if mentions(e.product, other)]
    first = min((e for e in own if e.widely), key=trusted_first, default=None)
    second = min((e for e in rival if e.widely), key=trusted_first, default=None)
    if first is None or second is None or relation not in ("before", "after"):
        return Finding(NOT_FOUND, sentence("the record does not date the wide release of both"))
    ahead, behind = (first, second) if relation == "before" else (second, first)
    if ahead.days.end < behind.days.start:
        verdict = CONFIRMED
    else:
        verdict = CONTRADICTED if behind.days.end < ahead.days.start else NOT_FOUND
    seen = [min((e for e in group if e.shown), key=trusted_first) for group in (own, rival)]
    text = sentence(
        f"wide release: {product} {first.days}, {other} {second.days}",
        f"first shown: {product} {seen[0].days}, {other} {seen[1].days}",
    )
    same = (
        [e for e in own if e.widely and _overlap(e, first)],
        [e for e in rival if e.widely and _overlap(e, second)],
    )
    return Finding(verdict, text, (*places(same[0]), *places(same[1])))


def check_shutdown(claim: Claim, article: Article, record: Record) -> Finding:
    """Look for the end of the product, announced or done, on the day of the article."""
    names = re.findall(r"\b[A-Z]\w+", claim.text)
    found = credible(
        e
        for e in events(record, claim)
        if _ENDED.search(e.event) and any(mentions(e.product, name) for name in names)
    )
    known = [e for e in found if article.is_past(e.days)]
    to_come = [e for e in found if article.day and e.days.start > article.day]
    if not known:
        text = (
            f"its end came after the article: {told(to_come)}"
            if to_come
            else "the record tells of no end of it"
        )
        return Finding(CONTRADICTED if to_come else NOT_FOUND, sentence(text), places(to_come))
    announced = [e for e in known if _TO_COME.search(e.event)]
    done = [e for e in known if not _TO_COME.search(e.event)]
    text = sentence(
        f"announced on {min(announced, key=trusted_first).days}" if announced else "",
        f"ended by then: {told(done)}" if done else "",
        f"to end after the article: {told(to_come)}" if to_come else "",
    )
    nuance = bool(to_come) or not done
    return Finding(WITH_NUANCE if nuance else CONFIRMED, text, (*places(known), *places(to_come)))


def check_open_weights(claim: Claim, article: Article, record: Record) -> Finding:
    """Look for products of the field whose weights were out when the article was written."""
    past = [e for e in events(record, claim) if article.is_past(e.days) and e.row.get("open_weights")]
    found = _of_field(claim, record, past)
    opened = [e for e in found if e.row["open_weights"].startswith("yes")]
    names = {fold(e.name) for e in opened}
    others = [e for e in found if fold(e.name) not in names]
    if not opened:
        text = (
            f"no weights are recorded as open: {told(others)}"
            if others
            else "the record says nothing of weights"
        )
        return Finding(CONTRADICTED if others else NOT_FOUND, sentence(text), places(others))
    newer = [e for e in others if e.days.start > max(o.days.end for o in opened)]
    text = sentence(
        f"open weights: {told(opened)}",
        f"newer ones without, or only said to be open: {told(newer)}" if newer else "",
    )
    return Finding(WITH_NUANCE if newer else CONFIRMED, text, (*places(opened), *places(newer)))


def _released(claim: Claim, article: Article, record: Record) -> list[Event]:
    return credible(e for e in events(record, claim) if e.released and article.is_past(e.days))


def _of_field(claim: Claim, record: Record, found: list[Event]) -> list[Event]:
    """The events in the field that the claim names, in its value or else in its sentence."""
    fields = fields_of(claim.value) or fields_of(claim.text)
    return [e for e in found if any(e.is_in(field, record) for field in fields)]


def _overlap(one: Event, other: Event) -> bool:
    return one.days.start <= other.days.end and other.days.start <= one.days.end
