"""The amount and the leads of an event, from what its reports say.

The best supported value wins. A value is disputed when the runner-up has at least half its support, and
intervals then span both.
"""

from collections.abc import Sequence
from math import isnan, nan
from typing import NamedTuple

import numpy as np

from analysis.clean.ledger import AT_MOST, ORDER, UNDISCLOSED, Leads, Telling
from analysis.clean.quotes import Quote, group_quotes, is_same_figure, no_quote, voices
from analysis.clean.voting import (
    HALF,
    HIGH,
    LOW,
    UNKNOWN,
    Option,
    Sources,
    backers,
    choose,
    count_origins,
    is_first,
    no_numbers,
    senior,
    support,
    vote,
)


class AmountChoice(NamedTuple):
    """A chosen amount; the interval spans the alternatives.

    Attributes:
        source: the quote that it was taken from; `source.report` is UNKNOWN where there is none.
        report: the report that it was taken from.
        n_origins, points: who backs it.
        against: a quote of the runner-up, and its support.
        is_disputed: whether the runner-up has at least half the support.
        qualifier: UNDISCLOSED when that is what most reports say, UNKNOWN when nothing was reported.
    """

    source: Quote
    report: int
    n_origins: int
    points: float
    against: Quote
    against_points: float
    is_disputed: bool
    currency: int
    stated: float
    low: float
    high: float
    qualifier: int


def no_amount() -> AmountChoice:
    """Return what stands for an amount that no report tells."""
    return AmountChoice(no_quote(), UNKNOWN, 0, 0.0, no_quote(), 0.0, False, UNKNOWN, nan, nan, nan, UNKNOWN)


def choose_currency(found: Sequence[Quote], best: Sequence[Quote], home: int, sources: Sources) -> int:
    """Return the currency in which independent sources agree best.

    Support for the figures of the best group counts, support for its vague words counts by half, support
    for other figures in the same currency counts against by half, and the currency of the company's seat
    counts as a source of low reliability and wins a tie.
    """
    inside, currencies = voices(best), [quote.currency for quote in best]
    chosen, best_score = UNKNOWN, (0.0, 0, 0)
    for place, currency in enumerate(currencies):
        if currency == UNKNOWN or not is_first(place, currencies):
            continue
        ours = [other for other in found if other.currency == currency]
        figures = [other.report for other in ours if not isnan(other.stated)]
        vague = [other.report for other in ours if isnan(other.stated) and other.report in inside]
        agreed = support([report for report in figures if report in inside], sources)
        against = support([report for report in figures if report not in inside], sources)
        is_home = int(currency == home)
        points = agreed + HALF * support(vague, sources) - HALF * against + is_home
        score = (points, is_home, -currency)
        if chosen == UNKNOWN or score > best_score:
            chosen, best_score = currency, score
    return chosen


def choose_amount(
    found: Sequence[Quote], undisclosed: Sequence[int], home: int, sources: Sources
) -> tuple[AmountChoice, list[int]]:
    """Choose an amount from the quotes of an event, slips already left out.

    Args:
        found: quotes that may be right.
        undisclosed: reports that say that the amount was not disclosed.
        home: currency of the company's seat.
        sources: how much each report counts.

    Returns:
        The choice, and the reports that agree with it.
    """
    groups = group_quotes(found, sources)
    silent = support(undisclosed, sources)
    points = support(voices(groups[0]), sources) if len(groups) > 0 else 0.0
    is_told_reliably = False
    for quote in found:
        is_told_reliably = is_told_reliably or sources.weight[quote.report] > LOW
    if len(groups) == 0 or (silent > points and not is_told_reliably):
        return _not_disclosed(undisclosed, points, sources), no_numbers()
    best = groups[0]
    currency = choose_currency(found, best, home, sources)
    own = [quote for quote in best if quote.currency == currency]
    figure = _figure(own, sources)
    told = [quote for quote in own if is_same_figure(quote, figure)]
    source = told[0]
    for quote in told:
        if sources.seniority[quote.report] < sources.seniority[source.report]:
            source = quote
    lows, highs = _wording_ends(own, source, sources)
    is_rivalled = False
    for group in groups[1:]:
        if support(voices(group), sources) >= HALF * points:
            is_rivalled = True
            for quote in group:
                low, high = _ends_in(quote, source)
                lows.append(low)
                highs.append(high)
    against, against_points = no_quote(), 0.0
    if len(groups) > 1:
        against, against_points = groups[1][0], support(voices(groups[1]), sources)
    chosen = AmountChoice(
        source,
        source.report,
        count_origins(voices(best), sources),
        points,
        against,
        against_points,
        is_rivalled or silent >= HALF * points,
        currency,
        figure.stated,
        _lowest(lows),
        _highest(highs),
        vote([quote.qualifier for quote in told], voices(told), sources)[0].value,
    )
    return chosen, voices(best)


def _not_disclosed(undisclosed: Sequence[int], points: float, sources: Sources) -> AmountChoice:
    """Return the choice where figures, of so many points, do not outweigh those that say nothing."""
    if len(undisclosed) == 0:
        return no_amount()
    silent = support(undisclosed, sources)
    return AmountChoice(
        no_quote(),
        senior(undisclosed, sources),
        count_origins(undisclosed, sources),
        silent,
        no_quote(),
        0.0,
        points > 0 and points >= HALF * silent,
        UNKNOWN,
        nan,
        nan,
        nan,
        UNDISCLOSED,
    )


def _figure(own: Sequence[Quote], sources: Sources) -> Quote:
    """Return a quote of the best supported figure; one with a stated value refines a vague word."""
    ranked = vote(_first_alike(own, False), voices(own), sources)
    best = own[ranked[0].value]
    if isnan(best.stated):
        for option in ranked:
            if not isnan(own[option.value].stated):
                if option.points >= HALF * ranked[0].points:
                    best = own[option.value]
                break
    return best


def _first_alike(quotes: Sequence[Quote], is_by_wording: bool) -> list[int]:
    """Return for each quote the place of the first with its figure, or with its figure and qualifier."""
    places = []
    for place, quote in enumerate(quotes):
        first = place
        for earlier in range(place):
            other = quotes[earlier]
            is_alike = is_same_figure(quote, other)
            if is_alike and (quote.qualifier == other.qualifier or not is_by_wording):
                first = earlier
                break
        places.append(first)
    return places


def _wording_ends(own: Sequence[Quote], source: Quote, sources: Sources) -> tuple[list[float], list[float]]:
    """Return lower and upper bounds of the credible wordings of one value."""
    lows, highs = [source.low], [source.high]
    wordings = _first_alike(own, True)
    ranked = vote(wordings, voices(own), sources)
    for option in ranked:
        quote = own[option.value]
        # "Tens of millions" or "up to 50 million" are vaguer words for a stated 50 million, no alternative.
        is_vaguer = not isnan(source.stated) and (quote.qualifier == ORDER or quote.qualifier == AT_MOST)
        if option.points >= HALF * ranked[0].points and not is_vaguer:
            for place, other in enumerate(own):
                if wordings[place] == option.value:
                    lows.append(other.low)
                    highs.append(other.high)
    return lows, highs


def _ends_in(quote: Quote, source: Quote) -> tuple[float, float]:
    """Return the bounds of `quote` in the currency of `source`; nan where a rate is missing."""
    if quote.currency == source.currency or quote.currency == UNKNOWN or source.currency == UNKNOWN:
        return quote.low, quote.high
    low, high = quote.low * quote.rate / source.rate, quote.high * quote.rate / source.rate
    return float(np.rint(low)), float(np.rint(high))


def _lowest(values: Sequence[float]) -> float:
    """Return the least, nan (open) if one of them is."""
    least = values[0]
    for value in values:
        if isnan(value) or value < least:
            least = value
    return least


def _highest(values: Sequence[float]) -> float:
    """Return the greatest, nan (open) if one of them is."""
    greatest = values[0]
    for value in values:
        if isnan(value) or value > greatest:
            greatest = value
    return greatest


def choose_leads(
    reports: Sequence[int], ledger: Sequence[Telling], leads: Leads, sources: Sources
) -> tuple[Option, int, bool, list[int]]:
    """Choose the lead investors, best supported first.

    Entities of one group agree. Beside the best supported lead stand those that a report names together
    with it, if it is a reliable one or if they have half the support. A lead that no report names
    together with the first one is a rival: it disputes the choice and does not join it.

    Returns:
        The best supported group (UNKNOWN when no lead is named) with the report that the leads were taken
        from, its independent origins, whether it is disputed, and the leads.
    """
    claims = [
        (place, report)
        for report in reports
        for place in range(ledger[report].first_lead, ledger[report].end_lead)
    ]
    chosen = no_numbers()
    if len(claims) == 0:
        return Option(UNKNOWN, 0.0, UNKNOWN), 0, False, chosen
    told_by = [report for _, report in claims]
    groups = [leads.group[place] for place, _ in claims]
    ranked = vote(groups, told_by, sources)
    best = ranked[0]
    behind = backers(best.value, groups, told_by)
    beside = [group for group, report in zip(groups, told_by) if report in behind]  # noqa: B905
    vouched = [
        group
        for group, report in zip(groups, told_by)  # noqa: B905
        if report in behind and sources.weight[report] == HIGH
    ]
    chosen_groups = no_numbers()
    is_disputed = False
    for option in ranked:
        is_strong = option.points >= HALF * best.points
        is_beside = option.value in beside
        is_disputed = is_disputed or (is_strong and not is_beside)
        if is_beside and (is_strong or option.value in vouched):
            chosen_groups.append(option.value)
            entities = [leads.investor[place] for place, _ in claims if leads.group[place] == option.value]
            chosen.append(choose(entities, backers(option.value, groups, told_by), sources).value)
    source, most = behind[0], -1
    for report in behind:
        n_named = _count_named(report, chosen_groups, ledger, leads)
        is_senior = sources.seniority[report] < sources.seniority[source]
        if n_named > most or (n_named == most and is_senior):
            source, most = report, n_named
    return Option(best.value, best.points, source), count_origins(behind, sources), is_disputed, chosen


def _count_named(report: int, groups: Sequence[int], ledger: Sequence[Telling], leads: Leads) -> int:
    """Return how many of `groups` a report names as leads."""
    count = 0
    for group in groups:
        for place in range(ledger[report].first_lead, ledger[report].end_lead):
            if leads.group[place] == group:
                count += 1
                break
    return count
