"""The explanation of a round on a terminal."""

from typing import TYPE_CHECKING

from analysis.commands.terminal import columns, console, count, paragraph
from analysis.provenance import UNTOLD

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.provenance import Event, Explanation, Telling


def show(told: "Explanation") -> None:
    """Print an explanation, the values first, then what lost, then the reports."""
    out = console()
    paragraph(out, told.title, style="bold")
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
        paragraph(out, f"{name}: {value.value or UNTOLD}{disputed}", 2)
        if value.field == "amount" and told.dollars:
            paragraph(out, f"in dollars: {told.dollars.amount}, at {told.dollars.rate}", 6)
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
            paragraph(
                out, f"{part.amount or 'no amount'} ({part.whose}), {part.report_id} ({part.publisher})", 2
            )


def _event(event: "Event") -> tuple[str, ...]:
    reports = count(event.n_reports, "report")
    return event.round_id, event.date, event.amount, event.status, reports


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
            for stake in told.stakes
        ),
        indent=2,
    )


def _report(out: "Console", report: "Telling") -> None:
    paragraph(out, f"{report.report_id}  {report.publisher}  {report.published or 'no date'}", 2, "bold")
    paragraph(out, report.nature, 6)
    paragraph(out, report.url, 6)
    paragraph(out, "; ".join(f'{name}: "{text}"' for name, text in report.said.items()), 6)
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
