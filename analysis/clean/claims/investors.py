"""Claims of who invested: as the lead, or at all."""

from analysis.clean.claims.article import *


def check_lead(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold the claimed lead investor against those that the reports of the round call its leads."""
    return _check_named(claim, record, round_id, "lead_investor_ids", "the lead")


def check_investor(claim: Claim, article: Article, record: Record, round_id: str | None) -> Finding:
    """Hold a claimed investor against those that the reports of the round name."""
    return _check_named(claim, record, round_id, "investor_ids", "an investor")


def _check_named(claim: Claim, record: Record, round_id: str | None, column: str, role: str) -> Finding:
    if round_id is None:
        return Finding(
            NOT_FOUND, sentence(f"no round of {claim.subject} is known that the article speaks of")
        )
    wanted = record.directory.investors.resolve(claim.value)
    known = {row["investor_id"]: row for row in record.round_investors if row["round_id"] == round_id}
    same = {
        name
        for name, row in known.items()
        if name == wanted.investor_id or (wanted.parent_group and row["parent_group"] == wanted.parent_group)
    }
    listing = [(report, _names(report, column)) for report in record.reports_of(round_id) if report[column]]
    naming = [report for report, names in listing if same & names]
    if not naming:
        others = (
            listed(known[name]["investor"] for _, names in listing for name in sorted(names))
            if listing
            else ""
        )
        text = f"of {counted(len(record.reports_of(round_id)), 'report')}, {len(listing)} name {role}"
        verdict = CONTRADICTED if listing and role == "the lead" else NOT_FOUND
        return Finding(
            verdict,
            sentence(f"{text}{f' ({others})' if others else ''}, none {claim.value}"),
            _ids(r for r, _ in listing),
            round_id,
        )
    parties = sorted(
        ((_stories(r for r, names in listing if name in names), name) for name in same), reverse=True
    )
    told = [
        f"{known[name]['investor']} ({counted(number, 'independent report')})"
        for number, name in parties
        if number
    ]
    entity = parties[0][1] != wanted.investor_id
    notes = [
        f"named as {role}: {listed(told)}" if entity else "",
        _without(listing, same, known, role),
        _weak(naming),
    ]
    text = sentence(*notes) if any(notes) else sentence(f"named as {role}: {listed(told)}")
    return Finding(WITH_NUANCE if any(notes) else CONFIRMED, text, _ids(naming), round_id)


def _names(report: Row, column: str) -> set[str]:
    return set(report[column].split("; "))


def _without(listing: list[tuple[Row, set[str]]], same: set[str], known: dict[str, Row], role: str) -> str:
    """The reports that list the investors (leads, more than leads) of the round without the claimed one."""
    dissent = [
        (report, names)
        for report, names in listing
        if not same & names
        and (
            role == "the lead" or names - _names(report, "lead_investor_ids")
            if report["lead_investor_ids"]
            else names
        )
    ]
    if not dissent:
        return ""
    who = listed(report["publisher"] for report, _ in dissent)
    others = listed(known[name]["investor"] for _, names in dissent for name in sorted(names))
    naming = _stories(report for report, names in listing if same & names)
    return f"{counted(naming, 'independent report')} name it, {who} lists {others} without it"
