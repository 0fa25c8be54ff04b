"""Claims of rank on the boards, of plans and of partners."""

import re

from analysis.clean.claims.article import *
from analysis.clean.claims.events import *
from analysis.parse.names import fold


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
