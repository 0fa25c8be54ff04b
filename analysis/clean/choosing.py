"""The value of each field of an event, from what its reports say.

Support is counted in independent origins, each at its best reliability (high 3, medium 2, low 1).
The best supported value wins; ties go to the more reliable, then to the earlier source. A value is
disputed when the runner-up has at least half its support, and intervals then span both.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from analysis.clean.evidence import SAME_CONVERTED, SAME_VALUE
from analysis.clean.linking import RELIABILITY_WEIGHT

Report = Mapping[str, Any]
V = TypeVar("V", bound=Hashable)

HALF = 0.5
VAGUE_FACTOR = 1.35  # "over X" still tells of a sum up to a third above X
NARROW_DAYS = 31  # dates at most a month apart are spanned when disputed


@dataclass(frozen=True)
class Quote:
    """An amount or valuation of one report, with its dollars.

    Attributes:
        stated, low, high: whole units of `currency`; None when unknown.
        rate: dollars for one unit, None when unknown.
        report: the row that says it.
    """

    stated: float | None
    low: float | None
    high: float | None
    currency: str | None
    qualifier: str
    rate: float | None
    report: Report

    @property
    def figure(self) -> tuple[float | None, float | None, float | None]:
        """What makes two quotes the same figure: the stated value, else the bounds."""
        return (self.stated, None, None) if self.stated is not None else (None, self.low, self.high)

    def usd(self, value: float | None) -> float | None:
        """Return `value` in dollars."""
        return None if value is None or self.rate is None else value * self.rate


@dataclass
class Choice:
    """The chosen value of a field.

    Attributes:
        value: the value, None when nothing was reported.
        report_id: the report that it was taken from.
        why: the rule that decided, in a sentence.
        disputed: whether the runner-up has at least half the support.
        support: points of the chosen value.
    """

    value: Any = None
    report_id: str | None = None
    why: str | None = None
    disputed: bool = False
    support: float = 0.0


@dataclass
class AmountChoice(Choice):
    """A chosen amount: `value` is the quote that it was taken from; the interval spans the alternatives."""

    currency: str | None = None
    stated: float | None = None
    low: float | None = None
    high: float | None = None
    qualifier: str | None = None
    agreeing: list[Quote] = field(default_factory=list)


def support(reports: Iterable[Report]) -> float:
    """Return points of `reports`: each origin once, at its best reliability."""
    best: dict[str, float] = {}
    for report in reports:
        origin, weight = report["origin_key"], RELIABILITY_WEIGHT[report["reliability"]]
        best[origin] = max(best.get(origin, 0.0), weight)
    return sum(best.values())


def seniority(report: Report) -> tuple[float, str, str]:
    """Sort key of the tie rule: the more reliable, then the earlier source, then the id."""
    published = report["published_end"]
    return -RELIABILITY_WEIGHT[report["reliability"]], str(published or "9999"), report["report_id"]


def vote(claims: Iterable[tuple[V, Report]]) -> list[tuple[V, list[Report]]]:
    """Return the distinct values with the reports behind them, best supported first."""
    behind: dict[V, list[Report]] = {}
    for value, report in claims:
        behind.setdefault(value, []).append(report)
    return sorted(behind.items(), key=lambda item: (-support(item[1]), min(map(seniority, item[1]))))


def choose(claims: Iterable[tuple[V, Report]], show: Callable[[V], str] = str) -> Choice:
    """Choose the best supported of the distinct values in `claims`."""
    ranked = vote(claims)
    if not ranked:
        return Choice()
    value, behind = ranked[0]
    points = support(behind)
    runner_up = support(ranked[1][1]) if len(ranked) > 1 else 0.0
    why = _count(behind, points)
    if runner_up:
        why += f", against {show(ranked[1][0])} with {runner_up:g}"
        if runner_up == points:
            why += "; the more reliable or earlier source decides"
    return Choice(value, min(behind, key=seniority)["report_id"], why, runner_up >= HALF * points, points)


def _count(reports: Sequence[Report], points: float) -> str:
    origins = len({report["origin_key"] for report in reports})
    return f"{origins} independent source{'s' if origins > 1 else ''}, {points:g} points"


# --- amounts -------------------------------------------------------------------------------------


def quotes(reports: Iterable[Report], prefix: str = "amount_") -> list[Quote]:
    """Return the first quote of every report that gives one ("amount_" or "valuation_")."""
    return [
        Quote(
            report[f"{prefix}stated"],
            report[f"{prefix}low"],
            report[f"{prefix}high"],
            report[f"{prefix}currency"],
            report[f"{prefix}qualifier"],
            report[f"{prefix}rate"],
            report,
        )
        for report in reports
        if report[f"{prefix}qualifier"] not in (None, "unreadable", "undisclosed")
    ]


def agrees(seed: Quote, other: Quote) -> bool:
    """Whether `other` tells the value of `seed` (within 5 %, or 9 % across currencies)."""
    if seed.currency == other.currency or None in (seed.currency, other.currency):
        slack, a, b = SAME_VALUE, seed, other
        one = (a.stated, a.low, a.high)
        two = (b.stated, b.low, b.high)
    else:
        slack = SAME_CONVERTED
        if seed.rate is None or other.rate is None:
            return False
        one = (seed.usd(seed.stated), seed.usd(seed.low), seed.usd(seed.high))
        two = (other.usd(other.stated), other.usd(other.low), other.usd(other.high))
    if one[0] is not None and two[0] is not None:
        apart = max(one[0] / two[0], two[0] / one[0]) if one[0] > 0 and two[0] > 0 else math.inf
        if apart <= slack:
            return True
        open_end = two if other.qualifier == "at_least" else one if seed.qualifier == "at_least" else None
        upper = one if open_end is two else two
        return open_end is not None and open_end[0] <= upper[0] <= open_end[0] * VAGUE_FACTOR  # type: ignore[operator]
    return (one[1] or 0.0) <= (two[2] or math.inf) * slack and (two[1] or 0.0) <= (one[2] or math.inf) * slack


def name_currencies(found: list[Quote], home: str | None, page_currency: Mapping[str, str]) -> list[Quote]:
    """Give quotes without a currency the currency of a quote of the same number.

    A number that nobody else names is in the company's home currency if that is also the currency of
    the page's language (a Chinese page on a Chinese company); otherwise its currency stays unknown.
    """
    named = [quote for quote in found if quote.currency]
    result = []
    for quote in found:
        if quote.currency is None:
            same = [other for other in named if agrees(other, quote) and other.stated is not None]
            if same:
                twin = min(same, key=lambda other: seniority(other.report))
                quote = _in_currency(quote, twin.currency, twin.rate)
            elif home and page_currency.get(quote.report["language"]) == home:
                quote = _in_currency(quote, home, quote.report["home_rate"])
        result.append(quote)
    return result


def _in_currency(quote: Quote, currency: str | None, rate: float | None) -> Quote:
    return Quote(quote.stated, quote.low, quote.high, currency, quote.qualifier, rate, quote.report)


def group_quotes(found: Sequence[Quote]) -> list[list[Quote]]:
    """Return quotes in groups of one value each, best supported first.

    The seed of a group is the figure that most support agrees with; stated figures go before vague ones.
    """
    left, groups = list(found), []
    while left:
        seeds = [quote for quote in left if quote.stated is not None] or left
        seed = min(
            seeds,
            key=lambda s: (
                -support(q.report for q in left if agrees(s, q)),
                -support(q.report for q in left if q.figure == s.figure),
                seniority(s.report),
            ),
        )
        groups.append([quote for quote in left if agrees(seed, quote)])
        left = [quote for quote in left if not agrees(seed, quote)]
    return sorted(groups, key=lambda g: (-support(q.report for q in g), min(seniority(q.report) for q in g)))


def choose_currency(found: Sequence[Quote], best: Sequence[Quote], home: str | None) -> str | None:
    """Return the currency in which independent sources agree best.

    Support for the figures of the best group counts, support for other figures in the same currency
    counts against by half, and the currency of the company's seat counts as a source of low reliability.
    """
    inside = {id(quote) for quote in best}

    def score(currency: str) -> float:
        ours = [quote for quote in found if quote.currency == currency and quote.stated is not None]
        agreed = support(quote.report for quote in ours if id(quote) in inside)
        against = support(quote.report for quote in ours if id(quote) not in inside)
        return agreed - HALF * against + (currency == home)

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
            f"{_count(undisclosed, silent)} say that it was not disclosed",
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
    credible = [quote for quote in own if (quote.figure, quote.qualifier) in likely or quote.figure == figure]
    rivals = [group for group in groups[1:] if support(q.report for q in group) >= HALF * points]
    ends = [(quote.low, quote.high) for quote in credible]
    ends += [_ends_in(quote, source) for group in rivals for quote in group]
    why = _count([q.report for q in best], points)
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
    """Return the bounds of `quote` in the currency of `source`."""
    if quote.currency == source.currency or None in (quote.currency, source.currency):
        return quote.low, quote.high
    low, high = quote.usd(quote.low), quote.usd(quote.high)
    rate = source.rate or math.nan
    return (None if low is None else low / rate), (None if high is None else high / rate)


def _lowest(values: Iterable[float | None]) -> float | None:
    found = list(values)
    return None if None in found else min(value for value in found if value is not None)


def _highest(values: Iterable[float | None]) -> float | None:
    found = list(values)
    return None if None in found else max(value for value in found if value is not None)


def show_quote(quote: Quote) -> str:
    """Return a quote as "CNY 2,000,000,000" or "USD 50,000,000 to 75,000,000"."""
    if quote.stated is not None:
        number = f"{quote.stated:,.0f}"
    else:
        number = " to ".join(
            "open" if end is None else f"{end:,.0f}" for end in (quote.low or 0.0, quote.high)
        )
    return f"{quote.currency or 'unknown currency'} {number}"


# --- dates ---------------------------------------------------------------------------------------


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
    why = f"{_count(behind, points)} name it, {best_support:g} points are compatible"
    return Choice(
        (start, end, precision, "announced"), min(behind, key=seniority)["report_id"], why, disputed, points
    )


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _width(report: Report) -> int:
    return _day(report["date_end"]) - _day(report["date_start"])


# --- investors -----------------------------------------------------------------------------------


def choose_leads(reports: Sequence[Report]) -> Choice:
    """Choose the lead investors; `value` is a tuple of investor ids, best supported first.

    Entities of one group agree. Beside the best supported lead stand those with at least half its
    support and those that a reliable report names beside it.
    """
    claims = [(investor, r) for r in reports for investor in r["leads"]]
    if not claims:
        return Choice()
    groups = vote((group, r) for (_, group), r in claims)
    entity = {group: vote((i, r) for (i, g), r in claims if g == group)[0][0] for group, _ in groups}
    top, behind = groups[0]
    points = support(behind)
    beside = {group for r in behind if r["reliability"] == "high" for _, group in r["leads"]}
    chosen = [g for g, told in groups if g == top or support(told) >= HALF * points or g in beside]
    rivals = [
        g
        for g, told in groups
        if g in chosen and not {r["report_id"] for r in told} & {r["report_id"] for r in behind}
    ]
    value = tuple(entity[group] for group in chosen)
    source = max(behind, key=lambda r: (len({g for _, g in r["leads"]} & set(chosen)), [-seniority(r)[0]]))
    return Choice(value, source["report_id"], _count(behind, points), bool(rivals), points)
