"""A page for each event: what was raised and how sure that is, then the reports behind it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import pandas as pd

from analysis.charts.words import count, listing
from analysis.provenance import UNTOLD, Event, Explanation, Provenance, Telling, Value
from analysis.site import markup, numbers
from analysis.site.markup import link, reference, section, strong, text
from analysis.site.pictures import Plotted
from analysis.wording import rows

APART = {
    "acquisition": "An acquisition is the price of a company. It is never added to rounds.",
    "secondary": "In a secondary sale shares change hands. It is never added to rounds.",
    "debt": "Debt is never added to rounds.",
    "part": "This is one investor's share of a round. It is never added to rounds.",
    "total": "This is a sum over rounds as reports tell it. It is never added to rounds.",
    "in talks": "Talks are never money.",
    "rumoured": "A rumour is never money.",
    "cancelled": "A cancelled deal is never money.",
}
"""Why an event of a kind or status is no money raised."""


def pages(record: Provenance, rounds: pd.DataFrame, plotted: Mapping[str, Plotted]) -> dict[str, str]:
    """The source of a page for each event.

    Args:
        record: what explains the events.
        rounds: the table of events.
        plotted: the charts by name.
    """
    charts = _charts_by_round(plotted)
    return {
        f"rounds/{markup.name(row['round_id'])}.md": _page(
            record.explain(row["round_id"]), row, charts[row["round_id"]]
        )
        for row in rows(rounds)
    }


def _charts_by_round(plotted: Mapping[str, Plotted]) -> Mapping[str, list[Plotted]]:
    """The charts in which each event is plotted, alone or in a sum."""
    charts: dict[str, list[Plotted]] = defaultdict(list)
    for chart in plotted.values():
        for round_id in dict.fromkeys(chain.from_iterable(numbers.round_ids(chart.frame))):
            charts[round_id].append(chart)
    return charts


def _page(told: Explanation, row: Mapping[str, Any], charts: Sequence[Plotted]) -> str:
    values = {value.field: value for value in told.values}
    status = "" if told.status == "closed" else told.status
    title = ", ".join(filter(None, [told.company, told.name or row["kind"], status, values["date"].value]))
    return markup.page(
        title,
        [
            *_headline(told, row, values),
            *section("Values", _values(told)),
            *section("Values that lost", _lost(told)),
            *section("These talks became", _events([told.became] if told.became else [])),
            *section("Talks that became it", _events(told.talks)),
            *section("Parts of it, never added to it", _parts(told.parts)),
            *section("Investors", _stakes(told)),
            *section("Reports", *(part for report in told.reports for part in _report(report, told))),
            *section("Charts that show it", _charts(charts)),
        ],
    )


def _headline(told: Explanation, row: Mapping[str, Any], values: Mapping[str, Value]) -> Iterable[str]:
    amount = values["amount"].value or "No amount reported"
    in_dollars = f", in dollars {text(told.dollars.amount)}" if told.dollars else ""
    when = values["date"].value or "date unknown"
    yield f"{strong(amount)}{in_dollars}. {text(told.status.capitalize())}, {text(when)}."
    disputed = [_words(value.field) for value in told.values if value.disputed]
    if disputed:
        yield (
            f"**Disputed: {listing(disputed)}.** "
            "Another value has at least half the support of the chosen one."
        )
    yield " ".join(APART[word] for word in (row["kind"], row["status"]) if word in APART)
    company = f"../companies/{markup.name(row['company_id'])}.md"
    yield (
        f"{count(len(told.reports), 'report')}, {told.n_independent} independent, "
        f"the best of {text(row['reliability'])} reliability. As of {told.as_of}. "
        f"All rounds of {reference(told.company, company)}. "
        "How values are chosen: [method](../method.md)."
    )


def _values(told: Explanation) -> str:
    lines = []
    for value in told.values:
        disputed = " **(disputed)**" if value.disputed else ""
        source = (
            reference(value.publisher or value.report_id, f"#{value.report_id}") if value.report_id else ""
        )
        elsewhere = (
            ""
            if value.source_round_id in ("", told.round_id)
            else f" on {_round(value.source_round_id, value.source_round_id)}"
        )
        lines.append(
            (
                _words(value.field).capitalize(),
                text(value.value or UNTOLD) + disputed,
                source + elsewhere,
                text(value.as_written),
                _cited(value.why, told),
            )
        )
        if value.field == "amount" and told.dollars:
            lines.append(("In dollars", text(told.dollars.amount), "", "", f"at {text(told.dollars.rate)}"))
    return markup.table(("What", "Value", "Taken from", "As written", "Why"), lines)


def _lost(told: Explanation) -> str:
    if not told.lost:
        return "None: no report says otherwise."
    lines = (
        (
            _words(lost.field).capitalize(),
            text(lost.value),
            text(lost.probably),
            f"{_cited(lost.rule, told)}; {count(int(lost.points), 'point')}",
            _named(lost.report_ids, told),
        )
        for lost in told.lost
    )
    return markup.table(("What", "Value", "Probably", "Why it lost", "Told by"), lines)


def _events(events: Sequence[Event]) -> str:
    lines = (
        (
            _round(event.date or event.round_id, event.round_id),
            _round(event.amount, event.round_id),
            text(event.status),
            count(event.n_reports, "report"),
        )
        for event in events
    )
    return markup.table(("Date", "Amount", "Status", "Reports"), lines)


def _parts(parts: Sequence[Telling]) -> str:
    return "\n".join(
        f"- {reference(part.amount or 'no amount', f'#{part.report_id}')} ({text(part.whose)}), "
        f"{text(part.publisher)}"
        for part in parts
    )


def _stakes(told: Explanation) -> str:
    lines = [
        (
            text(stake.investor),
            text(stake.parent_group),
            stake.role,
            text(stake.cheque),
            str(stake.n_independent),
            _named(stake.report_ids, told),
        )
        for stake in told.stakes
    ]
    header = ("Investor", "Group", "Role", "Put in", "Independent reports", "Named by")
    return markup.table(header, lines)


def _report(report: Telling, told: Explanation) -> Iterable[str]:
    yield f"({markup.name(report.report_id)})="
    yield f"### {text(report.publisher)}, {text(report.published) or 'no date'}"
    if report.said:
        said = (f"{name}: {strong(words)}" for name, words in report.said.items())
        yield f"> {' · '.join(said)}"
    lines = [
        link(report.url, report.url),
        text(f"{report.report_id}: {report.nature}"),
        text(f"Gives the {', '.join(map(_words, report.chosen_for))}") if report.chosen_for else "",
        f"Joined: {_cited(report.link_reason, told)}",
        *(
            f"**Corrected** {_words(correction.field)}: the page says “{text(correction.page_text)}”, "
            f"read as “{text(correction.corrected_text)}”: {text(correction.reason)}"
            for correction in report.corrections
        ),
        f"Note: {text(report.note)}" if report.note else "",
    ]
    yield "\n".join(f"- {line}" for line in lines if line)


def _charts(charts: Sequence[Plotted]) -> str:
    return "\n".join(f"- {reference(plotted.title, f'../charts/{plotted.name}.md')}" for plotted in charts)


def _words(field: str) -> str:
    return text(field.replace("_", " "))


def _round(label: str, round_id: str) -> str:
    return reference(label, f"{markup.name(round_id)}.md")


def _named(report_ids: Iterable[str], told: Explanation) -> str:
    """The publishers of reports, each with a link to its report."""
    publishers = {report.report_id: report.publisher for report in told.reports}
    return ", ".join(reference(publishers.get(id_) or id_, f"#{id_}") for id_ in report_ids)


def _cited(words: str, told: Explanation) -> str:
    """Words in which the ids of the reports lead to the reports."""
    anchors = {text(report.report_id): f"#{report.report_id}" for report in told.reports}
    ids = "|".join(map(re.escape, anchors))
    return re.sub(rf"\b({ids})\b", lambda found: f"[{found[1]}]({anchors[found[1]]})", text(words))
