"""Made-up reports by name, and the rules of choosing asked about them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from analysis.clean import choosing, dating, quotes, reasons, voting
from analysis.clean.chosen import CHOICE, DATE, SUM, keep_choice, keep_date, keep_sum
from analysis.clean.ledger import (
    BASES,
    QUALIFIERS,
    Leads,
    Telling,
    currency_code,
    currency_number,
)
from analysis.clean.voting import RELIABILITY_WEIGHT, UNKNOWN, Sources
from analysis.columns import PRECISIONS
from analysis.parse.amounts import parse_amount

RATE = {"USD": 1.0, "CNY": 0.14, "HKD": 0.128, "EUR": 1.1}
Report = dict[str, Any]
NOTHING = Telling(
    **{name: float("nan") if k is float else UNKNOWN for name, k in Telling.__annotations__.items()}
)


class Said(NamedTuple):
    """A quote, and the report that gives it."""

    quote: quotes.Quote
    report: Report


class Answer(NamedTuple):
    """A choice in words."""

    value: Any = None
    report_id: str | None = None
    why: str | None = None
    disputed: bool = False
    support: float = 0.0
    currency: str | None = None
    stated: float | None = None
    low: float | None = None
    high: float | None = None
    qualifier: str | None = None


def report(
    name: str, reliability: str = "medium", origin: str = "", published: str | None = None, **more: Any
) -> Report:
    """A report of a name; `more` are columns of the ledger."""
    return {
        "report_id": name, "reliability": reliability, "origin": origin or name,
        "published": published, **more,
    }  # fmt: skip


def said(stated: float, currency: str, teller: Report) -> Said:
    """An exact figure."""
    number = currency_number(currency)
    return Said(
        quotes.Quote(stated, stated, stated, number, QUALIFIERS.index("exact"), RATE[currency], UNKNOWN),
        teller,
    )


def quote(text: str, name: str = "r1", reliability: str = "medium", origin: str = "", **more: Any) -> Said:
    """What a report that says `text` quotes."""
    amount = parse_amount(text)
    bounds = (np.nan if end is None else end for end in (amount.stated, amount.low, amount.high))
    rate = RATE.get(amount.currency or "", np.nan)
    place = QUALIFIERS.index(amount.qualifier)
    found = quotes.Quote(*bounds, currency_number(amount.currency), place, rate, UNKNOWN)
    return Said(found, report(name, reliability, origin, **more))


def told(*texts: str, reliability: str = "medium") -> list[Said]:
    """What so many reports, r1, r2, …, quote."""
    return [quote(text, f"r{k}", reliability) for k, text in enumerate(texts, 1)]


def days(text: str | None) -> int:
    """A day since 1970."""
    return UNKNOWN if text is None else int(np.datetime64(text).astype(int))


def counted(reports: Sequence[Report]) -> Sources:
    """How much reports count, each by its place."""
    weight = [RELIABILITY_WEIGHT[r["reliability"]] for r in reports]
    origins = sorted({r["origin"] for r in reports})
    ranked = sorted(
        range(len(reports)),
        key=lambda k: (-weight[k], reports[k]["published"] or "9999", reports[k]["report_id"]),
    )
    seniority = [ranked.index(k) for k in range(len(reports))]
    return Sources(weight, [origins.index(r["origin"]) for r in reports], seniority, [0.0] * len(origins))


def tellings(reports: Sequence[Report]) -> list[Telling]:
    """Reports as rows of a ledger."""
    found = []
    for row in reports:
        own = {name: value for name, value in row.items() if name in Telling._fields}
        day = days(row["published"])
        page = {
            "published_start": day,
            "published_end": day,
            "published_precision": 0 if day > 0 else UNKNOWN,
        }
        found.append(NOTHING._replace(**page, **own))
    return found


def placed(found: Sequence[Said], more: Sequence[Report] = ()) -> tuple[list[quotes.Quote], list[Report]]:
    """Quotes by the places of their reports, and the reports, each once, with `more` behind them."""
    reports: list[Report] = []
    for row in [*(one.report for one in found), *more]:
        if row not in reports:
            reports.append(row)
    return [one.quote._replace(report=reports.index(one.report)) for one in found], reports


def known(value: float) -> float | None:
    """None for nan."""
    return None if np.isnan(value) else value


def support(reports: Sequence[Report]) -> float:
    """Points of reports."""
    return voting.support(range(len(reports)), counted(reports))


def choose(claims: Sequence[tuple[str, Report]]) -> Answer:
    """The best supported of some words."""
    words = sorted({value for value, _ in claims})
    reports = [row for _, row in claims]
    table = np.zeros(1, CHOICE)
    choice = voting.choose([words.index(value) for value, _ in claims], range(len(reports)), counted(reports))
    keep_choice(0, choice, table)
    [why] = reasons.words_why(table, words)
    if choice.value == UNKNOWN:
        return Answer(None, None, why, choice.is_disputed, choice.points)
    return Answer(
        words[choice.value], reports[choice.report]["report_id"], why, choice.is_disputed, choice.points
    )


def choose_amount(
    found: Sequence[Said], undisclosed: Sequence[Report] = (), home: str | None = "USD"
) -> Answer:
    """The amount that some quotes give."""
    placed_quotes, reports = placed(found, undisclosed)
    silent = [reports.index(row) for row in undisclosed]
    choice, _ = choosing.choose_amount(placed_quotes, silent, currency_number(home), counted(reports))
    table = np.zeros(1, SUM)
    keep_sum(0, choice, choice.low, False, table)
    [why] = reasons.sums_why(table)
    return Answer(
        None if choice.source.report == UNKNOWN else reports[choice.source.report]["report_id"],
        None if choice.report == UNKNOWN else reports[choice.report]["report_id"],
        why,
        choice.is_disputed,
        choice.points,
        currency_code(choice.currency),
        known(choice.stated),
        known(choice.low),
        known(choice.high),
        None if choice.qualifier == UNKNOWN else QUALIFIERS[choice.qualifier],
    )


def choose_currency(found: Sequence[Said], best: Sequence[Said], home: str | None) -> str | None:
    """The currency of a deal."""
    placed_quotes, reports = placed(found)
    inside = [placed_quotes[found.index(one)] for one in best]
    return currency_code(
        choosing.choose_currency(placed_quotes, inside, currency_number(home), counted(reports))
    )


def choose_date(reports: Sequence[Report]) -> Answer:
    """The date of an event; the value is start, end, precision and basis."""
    choice = dating.choose_date(range(len(reports)), tellings(reports), counted(reports))
    table = np.zeros(1, DATE)
    keep_date(0, choice, table)
    [why] = reasons.dates_why(table)
    if choice.basis == UNKNOWN:
        return Answer(why=why)
    ends = (str(np.datetime64(day, "D")) for day in (choice.start, choice.end))
    return Answer(
        (*ends, PRECISIONS[choice.precision], BASES[choice.basis]),
        reports[choice.report]["report_id"], why, choice.is_disputed, choice.points,
    )  # fmt: skip


def choose_leads(reports: Sequence[Report]) -> Answer:
    """The lead investors; each report names its own as pairs of entity and group in `leads`."""
    pairs = [pair for row in reports for pair in row["leads"]]
    investors, groups = sorted({i for i, _ in pairs}), sorted({g for _, g in pairs})
    ends = np.cumsum([0, *(len(row["leads"]) for row in reports)]).tolist()
    ledger = [NOTHING._replace(first_lead=first, end_lead=end) for first, end in pairwise(ends)]
    named = Leads([investors.index(i) for i, _ in pairs], [groups.index(g) for _, g in pairs])
    best, _, is_disputed, chosen = choosing.choose_leads(range(len(reports)), ledger, named, counted(reports))
    if best.value == UNKNOWN:
        return Answer()
    value = tuple(investors[place] for place in chosen)
    return Answer(value, reports[best.report]["report_id"], None, is_disputed, best.points)
