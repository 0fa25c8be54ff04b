"""Claims of who invested: as the lead, or at all."""

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
    counted,
    ids,
    listed,
    sentence,
    stories,
    weakness,
)

Listing = list[tuple[Row, set[str]]]


def check_lead(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold a claimed lead investor against those that the reports of the round call its leads."""
    return _check(claim, record, round_id, leads=True)


def check_investor(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold a claimed investor against those that the reports of the round name.

    That no report names one is not found, never contradicted: a list of investors may be short.
    """
    return _check(claim, record, round_id, leads=False)


def _check(claim: Claim, record: Record, round_id: str | None, *, leads: bool) -> Finding:
    if round_id is None:
        return Finding(
            NOT_FOUND, sentence(f"the article tells of no round of {claim.subject} that is on record")
        )
    known = {row["investor_id"]: row for row in record.round_investors if row["round_id"] == round_id}
    same = _same(claim, known, record)
    reports = record.reports_of(round_id)
    listing = [
        (report, names)
        for report in reports
        if (names := _ids(report, "lead_investor_ids" if leads else "investor_ids") & set(known))
    ]
    naming = [report for report, names in listing if names & same]
    others = [(report, names) for report, names in listing if not names & same]
    role = "the lead" if leads else "an investor"
    if not naming:
        named = f" ({_called(others, known)})" if others else ""
        text = f"of {counted(len(reports), 'report')}, {len(others)} name {role}{named}, none {claim.value}"
        return Finding(
            CONTRADICTED if leads and others else NOT_FOUND,
            sentence(text),
            ids(r for r, _ in others),
            round_id,
        )
    told = sorted(
        ((stories(r for r, names in listing if name in names), name) for name in same), reverse=True
    )
    parties = listed(
        f"{known[name]['investor']} ({counted(number, 'independent report')})"
        for number, name in told
        if number
    )
    if not leads:  # a report that names the lead alone denies nobody else
        others = [(report, names) for report, names in others if names - _ids(report, "lead_investor_ids")]
    notes = [
        f"named instead by {listed(r['publisher'] for r, _ in others)}: {_called(others, known)}"
        if others
        else "",
        weakness(naming),
    ]
    if leads and all(known[name]["role"] != "lead" for name in same):
        return Finding(CONTRADICTED, sentence(f"named as {role}: {parties}", *notes), ids(naming), round_id)
    nuance = any(notes) or told[0][1] != record.directory.investors.resolve(claim.value).investor_id
    return Finding(
        WITH_NUANCE if nuance else CONFIRMED,
        sentence(f"named as {role}: {parties}", *notes),
        ids(naming),
        round_id,
    )


def _same(claim: Claim, known: dict[str, Row], record: Record) -> set[str]:
    """The investors of a round that are the claimed one, or of its group."""
    wanted = record.directory.investors.resolve(claim.value)
    return {
        name
        for name, row in known.items()
        if name == wanted.investor_id or (wanted.parent_group and row["parent_group"] == wanted.parent_group)
    }


def _ids(report: Row, column: str) -> set[str]:
    return set((report[column] or "").split("; ")) - {""}


def _called(listing: Listing, known: dict[str, Row]) -> str:
    return listed(known[name]["investor"] for _, names in listing for name in sorted(names))
