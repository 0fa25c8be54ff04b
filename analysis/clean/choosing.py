"""The value of each field of an event, from what its reports say.

The best supported value wins. A value is disputed when the runner-up has at least half its support, and
intervals then span both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.clean.quotes import Quote, group_quotes, show_quote
from analysis.clean.voting import HALF, Choice, Report, count, seniority, support, vote

NARROW_DAYS = 31  # dates at most a month apart are spanned when disputed


@dataclass
class AmountChoice(Choice):
    """A chosen amount: `value` is the quote that it was taken from; the interval spans the alternatives."""

    currency: str | None = None
    stated: float | None = None
    low: float | None = None
    high: float | None = None
    qualifier: str | None = None
    agreeing: list[Quote] = field(default_factory=list)


def choose_currency(found: Sequence[Quote], best: Sequence[Quote], home: str | None) -> str | None:
    """Return the currency in which independent sources agree best.

    Support for the figures of the best group counts, support for its vague words counts by half, support
    for other figures in the same currency counts against by half, and the currency of the company's seat
    counts as a source of low reliability and wins a tie.
    """
    inside = {id(quote) for quote in best}

    def score(currency: str) -> tuple[float, bool]:
        ours = [quote for quote in found if quote.currency == currency]
        figures = [quote for quote in ours if quote.stated is not None]
        agreed = support(quote.report for quote in figures if id(quote) in inside)
        vague = support(quote.report for quote in ours if quote.stated is None and id(quote) in inside)
        against = support(quote.report for quote in figures if id(quote) not in inside)
        return agreed + HALF * vague - HALF * against + (currency == home), currency == home

    named = sorted({quote.currency for quote in best if quote.currency})
    return max(named, key=score) if named else None


def choose_amount(found: Sequence[Quote], undisclosed: Sequence[Report], home: str | None) -> AmountChoice:
    """Choose an amount from the quotes of an event, slips already left out.

    Args:
        found: quotes that may be right.
        undisclosed: reports that say that the amount was not disclosed.
        home: currency of the company's seat.
    """
    groups = group_quotes(found)
    silent = support(undisclosed)
    told_reliably = any(q.report["reliability"] != "low" for group in groups for q in group)
    if not groups or (silent > support(q.report for q in groups[0]) and not told_reliably):
        if not undisclosed:
            return AmountChoice()
        return AmountChoice(
            None,
            min(undisclosed, key=seniority)["report_id"],
            f"{count(undisclosed, silent)} say that it was not disclosed",
            bool(groups) and support(q.report for q in groups[0]) >= HALF * silent,
            silent,
            qualifier="undisclosed",
        )
    best = groups[0]
    points = support(q.report for q in best)
    currency = choose_currency(found, best, home)
    own = [quote for quote in best if quote.currency == currency]
    ranked = vote((quote.figure, quote.report) for quote in own)
    stated = [item for item in ranked if item[0][0] is not None]
    figure, behind = ranked[0]
    if figure[0] is None and stated and support(stated[0][1]) >= HALF * support(behind):
        figure, behind = stated[0]  # a figure refines a vague word that it does not contradict
    told = [quote for quote in own if quote.figure == figure]
    source = min(told, key=lambda q: seniority(q.report))
    wordings = vote(((q.figure, q.qualifier), q.report) for q in own)
    likely = {wording for wording, heard in wordings if support(heard) >= HALF * support(wordings[0][1])}
    # "Tens of millions" or "up to 50 million" are vaguer words for a stated 50 million, no alternative to it.
    vague = ("order", "at_most") if figure[0] is not None else ()
    credible = [q for q in own if (q.figure, q.qualifier) in likely and q.qualifier not in vague]
    credible.append(source)
    rivals = [group for group in groups[1:] if support(q.report for q in group) >= HALF * points]
    ends = [(quote.low, quote.high) for quote in credible]
    ends += [_ends_in(quote, source) for group in rivals for quote in group]
    why = count([q.report for q in best], points)
    if len(groups) > 1:
        why += f", against {show_quote(groups[1][0])} with {support(q.report for q in groups[1]):g}"
    qualifier = vote((q.qualifier, q.report) for q in told)[0][0]
    return AmountChoice(
        source,
        source.report["report_id"],
        why,
        bool(rivals) or silent >= HALF * points,
        points,
        currency,
        figure[0],
        _lowest(low for low, _ in ends),
        _highest(high for _, high in ends),
        qualifier,
        list(best),
    )


def _ends_in(quote: Quote, source: Quote) -> tuple[float | None, float | None]:
    """Return the bounds of `quote` in the currency of `source`; none where a rate is missing."""
    if quote.currency == source.currency or None in (quote.currency, source.currency):
        return quote.low, quote.high
    rate = source.rate
    if rate is None:
        return None, None
    low, high = quote.usd(quote.low), quote.usd(quote.high)
    return (None if low is None else round(low / rate)), (None if high is None else round(high / rate))


def _lowest(values: Iterable[float | None]) -> float | None:
    found = list(values)
    return None if None in found else min(value for value in found if value is not None)


def _highest(values: Iterable[float | None]) -> float | None:
    found = list(values)
    return None if None in found else max(value for value in found if value is not None)


def choose_date(reports: Sequence[Report]) -> Choice:
    """Choose the date range of an event; `value` is (start, end, precision, basis).

    The finest range that at least half of the best support is compatible with wins. Without any
    announced date the event is known to lie on or before the earliest publication.
    """
    announced = [r for r in reports if r["date_basis"] == "announced"]
    if not announced:
        dated = [r for r in reports if r["published_end"]]
        if not dated:
            return Choice()
        first = min(dated, key=lambda r: (r["published_end"], -_day(r["published_start"]), r["report_id"]))
        value = (first["published_start"], first["published_end"], first["published_precision"], "published")
        return Choice(
            value, first["report_id"], "earliest publication; no report says when", False, support([first])
        )

    def overlapping(seed: Report) -> list[Report]:
        return [
            r
            for r in announced
            if r["date_start"] <= seed["date_end"] and seed["date_start"] <= r["date_end"]
        ]

    best_support = max(support(overlapping(r)) for r in announced)
    able = [r for r in announced if support(overlapping(r)) >= HALF * best_support]
    finest = min(_width(r) for r in able)
    level = 0 if finest == 0 else 31 if finest <= 31 else 366
    seeds = [r for r in able if _width(r) <= level] or able
    ranked = vote(((r["date_start"], r["date_end"], r["date_precision"]), r) for r in seeds)
    ranked.sort(key=lambda item: -support(overlapping(item[1][0])))
    (start, end, precision), behind = ranked[0]
    points = support(behind)
    disputed = False
    for (other_start, other_end, _), others in ranked[1:]:
        apart = other_start > end or other_end < start
        if apart and support(others) >= HALF * points:
            disputed = True
            if abs(_day(other_start) - _day(start)) <= NARROW_DAYS:
                start, end, precision = min(start, other_start), max(end, other_end), "range"
    earliest = min((r["published_end"] for r in reports if r["published_end"]), default=None)
    if earliest and start <= earliest < end and level == 366:
        end, precision = earliest, "range"  # a page cannot tell of an event before it happened
    why = f"{count(behind, points)} name it, {best_support:g} points are compatible"
    return Choice(
        (start, end, precision, "announced"), min(behind, key=seniority)["report_id"], why, disputed, points
    )


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _width(report: Report) -> int:
    return _day(report["date_end"]) - _day(report["date_start"])


def choose_leads(reports: Sequence[Report]) -> Choice:
    """Choose the lead investors; `value` is a tuple of investor ids, best supported first.

    Entities of one group agree. Beside the best supported lead stand those that a report names together
    with it, if it is a reliable one or if they have half the support. A lead that no report names
    together with the first one is a rival: it disputes the choice and does not join it.
    """
    claims = [(investor, r) for r in reports for investor in r["leads"]]
    if not claims:
        return Choice()
    groups = vote((group, r) for (_, group), r in claims)
    entity = {group: vote((i, r) for (i, g), r in claims if g == group)[0][0] for group, _ in groups}
    behind = groups[0][1]
    points = support(behind)
    beside = {group for r in behind for _, group in r["leads"]}
    vouched = {group for r in behind if r["reliability"] == "high" for _, group in r["leads"]}
    strong = {group for group, told in groups if support(told) >= HALF * points}
    chosen = [group for group, _ in groups if group in beside and group in vouched | strong]
    source = min(behind, key=lambda r: (-len({g for _, g in r["leads"]} & set(chosen)), seniority(r)))
    value = tuple(entity[group] for group in chosen)
    return Choice(value, source["report_id"], count(behind, points), bool(strong - beside), points)
