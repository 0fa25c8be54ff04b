"""Amounts that may hold an earlier round: series told for extensions, and sums told as rounds."""

from collections.abc import Sequence
from math import isnan, nan
from typing import Any

from numpy.typing import NDArray

from analysis.clean.book import Book, claims_of, own_reports
from analysis.clean.chosen import Chosen
from analysis.clean.ledger import ROUND, TOTAL
from analysis.clean.losing import AMOUNT, Outcome, is_shown_alike, lose_money
from analysis.clean.quotes import Quote, agrees
from analysis.clean.slips import SERIES_FOR_EXTENSION, SUM_FOR_ROUND
from analysis.clean.voting import HALF, UNKNOWN, Sources, backers, no_numbers, support

HELD_DAYS = 366  # how long before a round an earlier one can be that it holds


def hold_earlier(
    event: int,
    order: Sequence[int],
    first_loss: int,
    totals: Sequence[Quote],
    book: Book,
    sources: Sources,
    chosen: Chosen,
    outcome: Outcome,
) -> None:
    """Dispute an amount that may hold an earlier round, and lower its bound to what is left without it.

    That is so for an extension that reports call the series itself as often (PixVerse's Series C), and
    for a round that other reports tell of as a sum over rounds. A reported total of both settles it.
    """
    ledger, events, amount, dates = book.ledger, book.events, chosen.amount, chosen.date
    stated = amount["stated"][event]
    if isnan(stated) or dates["start"][event] == UNKNOWN:
        return
    reports = [report for report in own_reports(events[event])]  # noqa: C416
    series = _disputed_series(event, book, sources)
    sums = [report for report in reports if ledger[report].kind == TOTAL]
    if series == UNKNOWN and len(sums) == 0:
        return
    for other in order:
        if other == event or events[other].kind != ROUND or events[other].is_talks:
            continue
        part, ended = amount["stated"][other], dates["end"][other]
        is_within_a_year = ended != UNKNOWN and 0 < dates["start"][event] - ended <= HELD_DAYS
        is_less = amount["currency"][other] == amount["currency"][event] and part < stated
        is_called_so = series != UNKNOWN and chosen.label["value"][other] == series
        if not (is_within_a_year and is_less and (len(sums) > 0 or is_called_so)):
            continue
        if _is_told(_source(event, stated + part, nan, amount), totals):
            continue
        rest = stated - part
        alone = _source(event, rest, rest, amount)
        if not (amount["low"][event] <= rest):
            amount["low"][event] = rest
        amount["is_disputed"][event] = True
        outcome.holdings.append((event, other))
        named = _take_back(event, alone, first_loss, outcome)  # one row, also when a report says it
        behind = [
            r for r in reports if r in sums or (series != UNKNOWN and ledger[r].label == series) or r in named
        ]
        verdict = SERIES_FOR_EXTENSION if series != UNKNOWN else SUM_FOR_ROUND
        lose_money(event, AMOUNT, alone, behind, verdict, sources, outcome)


def _source(event: int, stated: float, bound: float, amount: NDArray[Any]) -> Quote:
    """Return the quote that an amount was taken from, with another stated value."""
    return Quote(
        stated,
        bound,
        bound,
        amount["currency"][event],
        amount["source_qualifier"][event],
        amount["source_rate"][event],
        amount["report"][event],
    )


def _is_told(quote: Quote, totals: Sequence[Quote]) -> bool:
    for total in totals:  # noqa: SIM110 (the compiler knows no generators)
        if total.stated > 0 and agrees(quote, total):
            return True
    return False


def _take_back(event: int, quote: Quote, first_loss: int, outcome: Outcome) -> list[int]:
    """Take a figure of an event out of its losses; return the reports that tell it."""
    named = no_numbers()
    for place in range(len(outcome.losses) - 1, first_loss - 1, -1):
        loss = outcome.losses[place]
        told = Quote(loss.stated, loss.low, loss.high, loss.currency, UNKNOWN, nan, UNKNOWN)
        if loss.event == event and loss.field == AMOUNT and is_shown_alike(told, quote):
            named.extend(outcome.behind[loss.first : loss.end])
            outcome.losses.pop(place)
    return named


def _disputed_series(event: int, book: Book, sources: Sources) -> int:
    """Return "Series C" where reports call the event that and its extension, both with support."""
    ledger = book.ledger
    claims = [r for r in claims_of(book.events[event], book) if ledger[r].label != UNKNOWN]
    labels = [ledger[report].label for report in claims]
    for label in labels:
        plain = book.plain_labels[label]
        if plain != UNKNOWN and plain in labels:
            one = support(backers(label, labels, claims), sources)
            other = support(backers(plain, labels, claims), sources)
            if min(one, other) >= HALF * max(one, other):
                return plain
    return UNKNOWN
