"""Claims of a product's rank on the boards, and of a company's plans and partners."""

import re
from statistics import median

from analysis.clean.claims.article import (
    CONFIRMED,
    CONTRADICTED,
    NOT_FOUND,
    WITH_NUANCE,
    Article,
    Claim,
    Finding,
    Record,
    Row,
    days,
    listed,
    sentence,
)
from analysis.clean.claims.events import FIELDS, events, fields_of, named_product, places, told
from analysis.parse.names import fold

_TOP, _UPPER = 0.1, 0.25
_PARTNERS = re.compile(r"partner|customer|client|cooperat|collaborat", re.IGNORECASE)


def check_rank(claim: Claim, article: Article, record: Record) -> Finding:
    """Hold "top" against the last complete table of each board before the article.

    The top tenth of every board is top; the upper quarter of the middle board is so with a nuance.
    """
    product = named_product(claim, record)
    tables: dict[tuple[str, str], dict[str, list[Row]]] = {}
    for row in record.leaderboard_scores:
        seen = days(row, "snapshot_")
        if row["coverage"] == "complete" and row["rank"] and row["model"] and seen and article.is_past(seen):
            board = tables.setdefault((row["board"], row["modality"]), {})
            board.setdefault(row["snapshot_end"], []).append(row)
    ranks = [
        (row, len(board[max(board)]))
        for _, board in sorted(tables.items())
        for row in board[max(board)]
        if product and fold(row["model"]) == fold(product)
    ]
    if not ranks:
        return Finding(
            NOT_FOUND, sentence("no complete table of a board before the article ranks the product")
        )
    shares = [row["rank"] / size for row, size in ranks]
    verdict = WITH_NUANCE if median(shares) <= _UPPER else CONTRADICTED
    if max(shares) <= _TOP:
        verdict = CONFIRMED
    figures = [
        f"{row['board']}, {row['modality']}: rank {row['rank']:.0f} of {size} on {days(row, 'snapshot_')}"
        for row, size in ranks
    ]
    return Finding(
        verdict, sentence(*figures), tuple(f"leaderboard_scores:{row['record_id']}" for row, _ in ranks)
    )


def check_scope(claim: Claim, article: Article, record: Record) -> Finding:
    """Look for a fact that names every field of the plan; that products of a field exist tells no plan."""
    fields = fields_of(claim.value)
    facts = [
        f for f in _facts(claim, record) if fields and all(FIELDS[word].search(f["value"]) for word in fields)
    ]
    return _stated(facts, claim, record, "plan")


def check_partners(claim: Claim, article: Article, record: Record) -> Finding:
    """Look for a fact that names partners in the field of the claim."""
    fields = fields_of(claim.value)
    facts = [
        f
        for f in _facts(claim, record)
        if _PARTNERS.search(f"{f['fact']} {f['value']}")
        and any(FIELDS[word].search(f["value"]) for word in fields)
    ]
    return _stated(facts, claim, record, "partner")


def _facts(claim: Claim, record: Record) -> list[Row]:
    return [
        row
        for row in record.company_facts
        if record.is_by(claim, row) and row["value"] and row["fact"] != "alias"
    ]


def _stated(facts: list[Row], claim: Claim, record: Record, thing: str) -> Finding:
    if facts:
        text = listed(f"{row['publisher']}: {row['value']}" for row in facts)
        return Finding(CONFIRMED, sentence(text), tuple(f"company_facts:{row['record_id']}" for row in facts))
    released = [event for event in events(record, claim) if event.released]
    related = {field: [e for e in released if e.is_in(field, record)] for field in fields_of(claim.value)}
    text = sentence(
        f"the record holds no statement of such a {thing} of {claim.subject}",
        *(f"its {field} products: {told(found)}" for field, found in related.items() if found),
    )
    evidence = dict.fromkeys(place for found in related.values() for place in places(found, 2))
    return Finding(NOT_FOUND, text, tuple(evidence))
