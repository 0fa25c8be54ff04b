"""The explanation of a round on a terminal."""

from typing import TYPE_CHECKING

from analysis.commands.terminal import columns, console, count, paragraph

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.provenance import Event, Explanation, Telling


def show(told: "Explanation") -> None:
    """Print an explanation, the values first, then what lost, then the reports."""
    out = console()
    paragraph(out, ", ".join(filter(None, [told.company, told.name, told.status])), style="bold")
    paragraph(out, f"{told.round_id}, as of {told.as_of}")
    _values(out, told)
    _lost(out, told)
    _line_of_events(out, told)
    _stakes(out, told)
    _heading(out, f"{count(len(told.reports), 'report')}, {told.n_independent} independent, oldest first")
    for report in told.reports:
        _report(out, report)


def _heading(out: "Console", text: str) -> None:
    out.print()
    paragraph(out, text, style="bold")


def _values(out: "Console", told: "Explanation") -> None:
    _heading(out, "Values")
    for value in told.values:
        name = value.field.replace("_", " ")
        disputed = " (DISPUTED)" if value.disputed else ""
        paragraph(out, f"{name}: {value.value or 'no report says it'}{disputed}", 2)
        if value.field == "amount" and told.dollars:
            rate = told.dollars
            paragraph(
                out,
                f"in dollars: {rate.amount}, at {rate.currency} {1 / rate.usd_per_unit:.6g} for USD 1, "
                f"the ECB's reference rate of {rate.rate_date}",
                6,
            )
        if value.report_id:
            written = f', as written: "{value.as_written}"' if value.as_written else ""
            elsewhere = "" if value.source_round_id == told.round_id else f" on {value.source_round_id}"
            paragraph(out, f"from {value.report_id} ({value.publisher}){elsewhere}{written}", 6)
        if value.why:
            paragraph(out, f"because: {value.why}", 6)


def _lost(out: "Console", told: "Explanation") -> None:
    _heading(out, "Values that lost")
    if not told.lost:
        paragraph(out, "none: no report says otherwise", 2)
    for lost in told.lost:
        paragraph(out, f"{lost.field.replace('_', ' ')}: {lost.value}  probably: {lost.probably}", 2)
        paragraph(out, f"{lost.rule}; {count(lost.points, 'point')}, from {', '.join(lost.report_ids)}", 6)


def _line_of_events(out: "Console", told: "Explanation") -> None:
    if told.became:
        _heading(out, "These talks became")
        columns(out, [_event(told.became)], indent=2)
    if told.talks:
        _heading(out, "Talks that became it")
        columns(out, map(_event, told.talks), indent=2)
    if told.parts:
        _heading(out, "Parts of it, never added to it")
        for part in told.parts:
            who = "; ".join(filter(None, [part.lead_investors, part.investors])) or "whose is not said"
            paragraph(out, f"{part.amount or 'no amount'} ({who}), {part.report_id} ({part.publisher})", 2)


def _event(event: "Event") -> tuple[str, ...]:
    reports = count(event.n_reports, "report")
    return event.round_id, event.date, event.amount or "no amount reported", event.status, reports


def _stakes(out: "Console", told: "Explanation") -> None:
    if not told.stakes:
        return
    _heading(out, "Investors")
    columns(
        out,
        (
            (
                stake.investor,
                stake.parent_group,
                stake.role,
                count(stake.n_independent, "independent source"),
                f"put in {stake.cheque}" if stake.cheque else "",
            )
            for stake in sorted(told.stakes, key=lambda s: (s.role != "lead", -s.n_independent, s.investor))
        ),
        indent=2,
    )


def _report(out: "Console", report: "Telling") -> None:
    origin = f", repeats {report.origin}" if report.origin else ""
    paragraph(out, f"{report.report_id}  {report.publisher}  {report.published or 'no date'}", 2, "bold")
    paragraph(
        out,
        f"reliability {report.reliability}{origin}, {report.kind}, {report.status}, "
        f"seen as {report.seen_as or 'not recorded'}, funding_reports.csv line {report.line}",
        6,
    )
    paragraph(out, report.url, 6)
    cells = {
        "round": report.label,
        "amount": report.amount,
        "valuation": report.valuation,
        "announced": report.announced,
        "led by": report.lead_investors,
        "investors": report.investors,
    }
    paragraph(out, "; ".join(f'{name}: "{text}"' for name, text in cells.items() if text), 6)
    if report.chosen_for:
        paragraph(out, f"gives the {', '.join(report.chosen_for).replace('_', ' ')}", 6)
    paragraph(out, f"joined: {report.link_reason}", 6)
    for correction in report.corrections:
        paragraph(
            out,
            f'CORRECTED {correction.field}: the page says "{correction.page_text}", '
            f'read as "{correction.corrected_text}": {correction.reason}',
            6,
        )
    if report.note:
        paragraph(out, f"note: {report.note}", 6)
