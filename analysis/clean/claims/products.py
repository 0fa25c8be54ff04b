"""Claims of products: released, when, in which order, how openly, and whether they ended."""

import re

from analysis.clean.claims.article import *
from analysis.clean.claims.events import *
from analysis.parse.names import fold


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
