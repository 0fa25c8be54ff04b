"""Events to rounds: the choice for every field, company after company.

This and the modules that it imports from are plain functions over numbers, so that they can be compiled
(`analysis.clean.compiled`) where there are many reports.
"""

from collections.abc import Sequence
from math import isnan, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.clean.book import Book, claims_of, own_reports
from analysis.clean.choosing import choose_amount, choose_leads
from analysis.clean.chosen import Chosen, keep_choice, keep_date, keep_sum
from analysis.clean.dating import choose_date
from analysis.clean.holding import hold_earlier
from analysis.clean.ledger import (
    ANNOUNCED,
    CLOSED,
    IN_TALKS,
    PART,
    ROUND,
    TOTAL,
    UNDISCLOSED,
    Seat,
)
from analysis.clean.losing import (
    AMOUNT,
    VALUATION,
    Loss,
    Outcome,
    lose_dates,
    lose_labels,
    lose_leads,
    lose_quotes,
    lose_statuses,
)
from analysis.clean.quotes import (
    Quote,
    amounts,
    conversions,
    group_quotes,
    name_currencies,
    usd,
    valuations,
)
from analysis.clean.slips import (
    Surroundings,
    is_tenfold,
    without_slips,
)
from analysis.clean.voting import (
    UNKNOWN,
    Sources,
    choose,
    count_origins,
    no_numbers,
    senior,
)

EARLY_DAYS = 7  # a page dated a week before the announcement told of what was planned


def settle(
    companies: Sequence[Seat], book: Book, sources: Sources, chosen: Chosen, is_valued: bool
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Fill in the choices of all events.

    Args:
        companies: whose events.
        book: what they are settled from.
        sources: how much each report counts.
        chosen: where the choices are written, one row an event.
        is_valued: whether valuations are chosen, which nothing else hangs on.

    Returns:
        The whole numbers of the losses (one row a loss: event, field, value, currency, verdict, first, end),
        their floats (stated, low, high, points), the reports behind them, the holdings (two columns), and
        the lead investors.
    """
    outcome = Outcome(
        [Loss(0, 0, 0, nan, nan, nan, 0, 0.0, 0, 0, 0) for _ in range(0)],
        no_numbers(),
        [(0, 0) for _ in range(0)],
        no_numbers(),
    )
    for company in companies:
        _settle_company(company, book, sources, chosen, is_valued, outcome)
    whole = np.empty((len(outcome.losses), 7), np.int64)
    floats = np.empty((len(outcome.losses), 4), np.float64)
    for row, loss in enumerate(outcome.losses):
        whole[row, 0], whole[row, 1], whole[row, 2] = loss.event, loss.field, loss.value
        whole[row, 3], whole[row, 4] = loss.currency, loss.verdict
        whole[row, 5], whole[row, 6] = loss.first, loss.end
        floats[row, 0], floats[row, 1] = loss.stated, loss.low
        floats[row, 2], floats[row, 3] = loss.high, loss.points
    holdings = np.empty((len(outcome.holdings), 2), np.int64)
    for row, (event, held) in enumerate(outcome.holdings):
        holdings[row, 0], holdings[row, 1] = event, held
    return whole, floats, np.array(outcome.behind, np.int64), holdings, np.array(outcome.leads, np.int64)


def _settle_company(
    company: Seat, book: Book, sources: Sources, chosen: Chosen, is_valued: bool, outcome: Outcome
) -> None:
    ledger, events = book.ledger, book.events
    reports = range(events[company.first].first, events[company.end - 1].end)
    totals = amounts([report for report in reports if ledger[report].kind == TOTAL], ledger)
    for event in range(company.first, company.end):
        keep_date(event, choose_date(claims_of(events[event], book), ledger, sources), chosen.date)
        _note_early(event, book, chosen.date)
    order = _in_order(company, book, chosen.date)
    all_talks = [event for event in order if events[event].is_talks]
    first_loss = len(outcome.losses)
    earlier_usd = nan
    # Talks first: a closing is held against the figures of the talks before it.
    for is_talks in (1, 0):
        for event in order:
            happening = events[event]
            if happening.is_talks != is_talks:
                continue
            talks = _talks_of(event, all_talks, book)
            around = Surroundings(
                amounts([r for r in own_reports(happening) if ledger[r].kind == PART], ledger),
                totals[: 0 if happening.kind == TOTAL else len(totals)],
                amounts(talks, ledger),
                earlier_usd,
            )
            claims = claims_of(happening, book)
            brought = _settle_amount(event, claims, company.home, around, book, sources, chosen, outcome)
            if is_valued:
                _settle_valuation(event, claims, company.home, around, talks, book, sources, chosen, outcome)
            _settle_words(event, claims, book, sources, chosen, outcome)
            if happening.kind == ROUND and not is_talks and not isnan(brought):
                earlier_usd = brought if isnan(earlier_usd) else earlier_usd + brought
    for event in order:
        if events[event].kind == ROUND and not events[event].is_talks:
            hold_earlier(event, order, first_loss, totals, book, sources, chosen, outcome)


def _note_early(event: int, book: Book, dates: NDArray[Any]) -> None:
    """Mark the reports of a closing that were published before it was announced: they tell of plans."""
    if book.events[event].is_talks or dates["basis"][event] != ANNOUNCED:
        return
    first = dates["start"][event] - EARLY_DAYS
    for report in claims_of(book.events[event], book):
        published = book.ledger[report].published_end
        if published != UNKNOWN and published < first:
            book.is_early[report] = True


def _in_order(company: Seat, book: Book, dates: NDArray[Any]) -> list[int]:
    """Return the events of a company by date, undated ones last, then by the id of their first report."""
    order = no_numbers()
    for event in range(company.first, company.end):
        rank = len(order)
        while rank > 0 and _is_before(event, order[rank - 1], book, dates):
            rank -= 1
        order.insert(rank, event)
    return order


def _is_before(one: int, other: int, book: Book, dates: NDArray[Any]) -> bool:
    starts, others = dates["start"][one], dates["start"][other]
    if starts != others:
        return bool(others == UNKNOWN or (starts != UNKNOWN and starts < others))
    ledger, events = book.ledger, book.events
    return ledger[events[one].first].id_rank < ledger[events[other].first].id_rank


def _talks_of(event: int, all_talks: Sequence[int], book: Book) -> list[int]:
    """Return the reports of the talks that became an event, and those that told of it too early."""
    found = no_numbers()
    for talks in all_talks:
        if book.events[talks].became == event:
            found.extend(claims_of(book.events[talks], book))
    found.extend([report for report in own_reports(book.events[event]) if book.is_early[report]])
    return found


def _settle_amount(
    event: int,
    claims: Sequence[int],
    home: int,
    around: Surroundings,
    book: Book,
    sources: Sources,
    chosen: Chosen,
    outcome: Outcome,
) -> float:
    """Choose the amount of an event; return its stated dollars, nan when they are unknown."""
    ledger = book.ledger
    named = name_currencies(amounts(claims, ledger), home, ledger, sources)
    kept = without_slips(group_quotes(named, sources), around, sources)
    undisclosed = [report for report in claims if ledger[report].amount_qualifier == UNDISCLOSED]
    choice, _ = choose_amount(kept, undisclosed, home, sources)
    low = choice.low
    known = _known_parts(around.parts, choice.currency, sources)
    if known > low and (isnan(choice.high) or known <= choice.high):
        low = known
    keep_sum(event, choice, low, False, chosen.amount)
    early = amounts([report for report in own_reports(book.events[event]) if book.is_early[report]], ledger)
    lose_quotes(event, AMOUNT, named + early + conversions(claims, ledger), choice, around, sources, outcome)
    return usd(choice.source)


def _known_parts(parts: Sequence[Quote], currency: int, sources: Sources) -> float:
    """Return what a round holds at least: the different parts that one source tells of, added up."""
    told = [part for part in parts if part.currency == currency and part.low > 0]
    most = 0.0
    for teller in told:
        lows = [0.0 for _ in range(0)]
        for part in told:
            is_of_teller = sources.origin[part.report] == sources.origin[teller.report]
            if is_of_teller and part.low not in lows:
                lows.append(part.low)
        most = max(most, sum(lows))
    return most


def _settle_valuation(
    event: int,
    claims: Sequence[int],
    home: int,
    around: Surroundings,
    talks: Sequence[int],
    book: Book,
    sources: Sources,
    chosen: Chosen,
    outcome: Outcome,
) -> None:
    ledger = book.ledger
    named = name_currencies(valuations(claims, ledger), home, ledger, sources)
    none = named[:0]
    from_talks = valuations(talks, ledger)
    groups = group_quotes(named, sources)
    kept = without_slips(groups, Surroundings(none, none, from_talks, nan), sources)
    choice, agreeing = choose_amount(kept, no_numbers(), home, sources)
    is_from_talks = choice.source.report == UNKNOWN and len(named) > 0 and len(from_talks) > 0
    if is_from_talks:
        backed = [quote for quote in from_talks if is_tenfold(quote, named[0])]
        choice, agreeing = choose_amount(backed, no_numbers(), home, sources)
    keep_sum(event, choice, choice.low, is_from_talks, chosen.valuation)
    based = [report for report in agreeing if ledger[report].valuation_basis != UNKNOWN]
    basis = choose([ledger[report].valuation_basis for report in based], based, sources)
    chosen.whole["valuation_basis"][event] = basis.value
    talked = Surroundings(none, none, around.talks, nan)
    lose_quotes(event, VALUATION, named, choice, talked, sources, outcome)


def _settle_words(
    event: int, claims: Sequence[int], book: Book, sources: Sources, chosen: Chosen, outcome: Outcome
) -> None:
    ledger, happening, whole = book.ledger, book.events[event], chosen.whole
    labelled = [report for report in claims if ledger[report].label != UNKNOWN]
    label = choose([ledger[report].label for report in labelled], labelled, sources)
    keep_choice(event, label, chosen.label)

    reports = [report for report in own_reports(happening)]  # noqa: C416
    of_kind = [report for report in reports if ledger[report].kind == happening.kind]
    if len(of_kind) == 0:
        of_kind = reports
    whole["kind_report"][event] = senior(of_kind, sources)
    whole["n_of_kind"][event] = len(of_kind)
    whole["n_origins"][event] = count_origins(reports, sources)

    stages = claims
    if happening.is_talks:
        stages = [report for report in reports if ledger[report].status != CLOSED]
    told = [ledger[report].status if happening.is_talks else CLOSED for report in stages]
    if len(stages) == 0:  # those who told of talks are left out, those who took them for a closing are not
        stages, told = reports, [IN_TALKS for _ in reports]
    status = choose(told, stages, sources)
    keep_choice(event, status, chosen.status)

    best, n_origins, is_disputed, leads = choose_leads(claims, ledger, book.leads, sources)
    whole["leads_report"][event] = best.report
    whole["leads_origins"][event] = n_origins
    whole["leads_points"][event] = best.points
    whole["is_leads_disputed"][event] = is_disputed
    whole["first_lead"][event] = len(outcome.leads)
    outcome.leads.extend(leads)
    whole["end_lead"][event] = len(outcome.leads)

    start, end = chosen.date["start"][event], chosen.date["end"][event]
    lose_dates(event, claims, start, end, ledger, sources, outcome)
    lose_labels(event, claims, label.value, ledger, sources, outcome)
    lose_leads(event, claims, leads, ledger, book.leads, sources, outcome)
    lose_statuses(event, happening, status.value, ledger, sources, outcome)
