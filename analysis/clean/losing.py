"""The values of an event that were not chosen, and what each probably is."""

from collections.abc import Sequence
from math import isnan, nan
from typing import NamedTuple

import numpy as np

from analysis.clean.choosing import AmountChoice
from analysis.clean.ledger import ANNOUNCED, CLOSED, UNDISCLOSED, WAYS, Happening, Leads, Telling
from analysis.clean.quotes import Quote, is_same_figure, voices
from analysis.clean.slips import (
    NOT_DISCLOSED,
    OTHER,
    OTHER_DATE,
    TALKS_TOLD_AS_CLOSED,
    TENFOLD_OF_ANOTHER,
    TENFOLD_OF_TALKS,
    Surroundings,
    classify,
    is_tenfold,
)
from analysis.clean.voting import HALF, UNKNOWN, Sources, backers, no_numbers, support
from analysis.columns import FIELDS

LABEL, STATUS, DATE, AMOUNT, VALUATION, LEADS = (
    FIELDS.index(name) for name in ("label", "status", "date", "amount", "valuation", "lead_investors")
)
SPAN = 2**20  # a range of days as one number: its first day times this, plus the days to its last


class Loss(NamedTuple):
    """A value that was not chosen.

    Attributes:
        event: place of the event.
        field: place in FIELDS.
        value: number of the word, the investor or the range of days; nothing for money.
        stated, low, high, currency: the money, nan and UNKNOWN for anything else.
        points: the support of the value.
        verdict: what it probably is, a place in VERDICTS.
        first, end: its reports are those from the first to before the end in `Outcome.behind`.
    """

    event: int
    field: int
    value: int
    stated: float
    low: float
    high: float
    currency: int
    points: float
    verdict: int
    first: int
    end: int


class Outcome(NamedTuple):
    """What grows while events are settled.

    Attributes:
        losses: values that were not chosen.
        behind: reports behind them, one loss after the other.
        holdings: pairs of events: the amount of the first may hold that of the second.
        leads: lead investors, one event after the other.
    """

    losses: list[Loss]
    behind: list[int]
    holdings: list[tuple[int, int]]
    leads: list[int]


def lose_money(
    event: int,
    field: int,
    quote: Quote,
    lost: Sequence[int],
    verdict: int,
    sources: Sources,
    outcome: Outcome,
) -> None:
    """Note an amount or a valuation that was not chosen, told by the reports `lost`."""
    first = len(outcome.behind)
    outcome.behind.extend(lost)
    outcome.losses.append(
        Loss(
            event, field, UNKNOWN, quote.stated, quote.low, quote.high, quote.currency,
            support(lost, sources), verdict, first, len(outcome.behind),
        )
    )  # fmt: skip


def lose_quotes(
    event: int,
    field: int,
    found: Sequence[Quote],
    choice: AmountChoice,
    around: Surroundings,
    sources: Sources,
    outcome: Outcome,
) -> None:
    """Note those quotes of an event that do not tell its chosen amount or valuation."""
    lost = [quote for quote in found if not _is_told_by(quote, choice)]
    for place, quote in enumerate(lost):
        if _is_shown_before(place, lost):
            continue
        alike = [other for other in lost[place:] if is_shown_alike(quote, other)]
        points = support(voices(alike), sources)
        if choice.qualifier == UNDISCLOSED:
            verdict = NOT_DISCLOSED
        elif choice.source.report == UNKNOWN:
            verdict = TENFOLD_OF_TALKS
        else:
            verdict = classify(quote, choice.source, around, points < HALF * choice.points)
            if verdict == OTHER:
                better = [other.report for other in found if is_tenfold(other, quote)]
                if len(better) > 0 and support(better, sources) > points:
                    verdict = TENFOLD_OF_ANOTHER
        lose_money(event, field, quote, voices(alike), verdict, sources, outcome)


def _is_told_by(quote: Quote, choice: AmountChoice) -> bool:
    """Whether a quote gives the chosen figure, or a vague word in the same currency holds it."""
    if choice.source.report == UNKNOWN:
        return False
    if quote.currency == choice.currency and is_same_figure(quote, choice.source):
        return True
    is_comparable = quote.currency == choice.currency or quote.currency == UNKNOWN
    if not is_comparable or not isnan(quote.stated):
        return False
    is_above = isnan(quote.low) or quote.low <= choice.stated
    return is_above and (choice.stated <= quote.high or (isnan(quote.high) and not isnan(choice.stated)))


def is_shown_alike(one: Quote, other: Quote) -> bool:
    """Whether two quotes read alike, in whole units of one currency."""
    if one.currency != other.currency or isnan(one.stated) != isnan(other.stated):
        return False
    if not isnan(one.stated):
        return bool(np.rint(one.stated) == np.rint(other.stated))
    return _in_units(one.low, 0.0) == _in_units(other.low, 0.0) and (
        _in_units(one.high, -1.0) == _in_units(other.high, -1.0)
    )


def _in_units(value: float, instead: float) -> float:
    return instead if isnan(value) else float(np.rint(value))


def _is_shown_before(place: int, quotes: Sequence[Quote]) -> bool:
    for earlier in range(place):  # noqa: SIM110 (the compiler knows no generators)
        if is_shown_alike(quotes[earlier], quotes[place]):
            return True
    return False


def lose_dates(
    event: int,
    claims: Sequence[int],
    start: int,
    end: int,
    ledger: Sequence[Telling],
    sources: Sources,
    outcome: Outcome,
) -> None:
    """Note the announced dates that lie outside the chosen range."""
    lost = [
        report
        for report in claims
        if ledger[report].basis == ANNOUNCED
        and start != UNKNOWN
        and (ledger[report].date_start > end or ledger[report].date_end < start)
    ]
    spans = [
        ledger[report].date_start * SPAN + ledger[report].date_end - ledger[report].date_start
        for report in lost
    ]
    _lose_words(event, DATE, spans, lost, OTHER_DATE, sources, outcome)


def lose_labels(
    event: int,
    claims: Sequence[int],
    chosen: int,
    ledger: Sequence[Telling],
    sources: Sources,
    outcome: Outcome,
) -> None:
    """Note the names of the round that were not chosen."""
    lost = [r for r in claims if ledger[r].label != UNKNOWN and ledger[r].label != chosen]
    _lose_words(event, LABEL, [ledger[r].label for r in lost], lost, OTHER, sources, outcome)


def lose_leads(
    event: int,
    claims: Sequence[int],
    chosen: Sequence[int],
    ledger: Sequence[Telling],
    leads: Leads,
    sources: Sources,
    outcome: Outcome,
) -> None:
    """Note the leads of groups none of whose entities was chosen."""
    named = [(p, r) for r in claims for p in range(ledger[r].first_lead, ledger[r].end_lead)]
    groups = [leads.group[place] for place, _ in named if leads.investor[place] in chosen]
    lost = [(place, report) for place, report in named if leads.group[place] not in groups]
    investors = [leads.investor[place] for place, _ in lost]
    _lose_words(event, LEADS, investors, [r for _, r in lost], OTHER, sources, outcome)


def lose_statuses(
    event: int,
    happening: Happening,
    chosen: int,
    ledger: Sequence[Telling],
    sources: Sources,
    outcome: Outcome,
) -> None:
    """Note the statuses that were not chosen; talks that some tell as closed are talks."""
    for status in range(len(WAYS)):
        lost = [r for r in range(happening.first, happening.end) if ledger[r].status == status != chosen]
        is_called_closed = happening.is_talks and status == CLOSED
        verdict = TALKS_TOLD_AS_CLOSED if is_called_closed else OTHER
        _lose_words(event, STATUS, [status for _ in lost], lost, verdict, sources, outcome)


def _lose_words(
    event: int,
    field: int,
    values: Sequence[int],
    reports: Sequence[int],
    verdict: int,
    sources: Sources,
    outcome: Outcome,
) -> None:
    """Note words that were not chosen, in the order of the alphabet."""
    distinct = no_numbers()
    for value in values:
        if value not in distinct:
            distinct.append(value)
    distinct.sort()
    for value in distinct:
        lost = backers(value, values, reports)
        first = len(outcome.behind)
        outcome.behind.extend(lost)
        outcome.losses.append(
            Loss(
                event, field, value, nan, nan, nan, UNKNOWN,
                support(lost, sources), verdict, first, len(outcome.behind),
            )
        )  # fmt: skip
