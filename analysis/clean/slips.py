"""What a value that was not chosen most likely is.

A value that is recognised as a slip gives no support and disputes nothing.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analysis.clean.quotes import SAME_CONVERTED, SAME_VALUE, Quote, agrees
from analysis.clean.voting import support

ROUNDED = 1.1  # "$300 million" for 308
SUMMED = 1.07  # a sum of rounds, each rounded and converted


@dataclass(frozen=True)
class Surroundings:
    """What else is known about a company while one of its events is judged.

    Attributes:
        parts: quotes of reports of a part of this event.
        totals: quotes of sums over the company's rounds.
        talks: quotes from the talks that became this event.
        earlier_usd: stated dollars of the company's earlier closed rounds.
    """

    parts: Sequence[Quote] = ()
    totals: Sequence[Quote] = ()
    talks: Sequence[Quote] = ()
    earlier_usd: Sequence[float] = field(default_factory=tuple)


def apart(one: Quote, other: Quote) -> float:
    """Return the factor between two stated values (in dollars across currencies), inf when unknown."""
    if one.currency == other.currency:
        a, b = one.stated, other.stated
    else:
        a, b = one.usd(one.stated), other.usd(other.stated)
    if a is None or b is None or a <= 0 or b <= 0:
        return math.inf
    return max(a / b, b / a)


def is_tenfold(one: Quote, other: Quote) -> bool:
    """Whether two stated values are one, two or three powers of ten apart."""
    slack = SAME_VALUE if one.currency == other.currency else SAME_CONVERTED
    factor = apart(one, other)
    return any(max(factor / 10**k, 10**k / factor) <= slack for k in (1, 2, 3))


def classify(quote: Quote, chosen: Quote, around: Surroundings) -> tuple[str, str]:
    """Return what `quote` probably is beside the chosen one, and the rule that says so."""
    if agrees(chosen, quote):
        return "rounding", "within 5 % of the chosen value, or 9 % across currencies"
    if is_tenfold(quote, chosen):
        return "tenfold slip", "a power of ten off the better supported value"
    if quote.currency != chosen.currency and _same_number(quote, chosen):
        return "currency slip", "the number of the chosen value in another currency"
    if any(agrees(part, quote) and not agrees(part, chosen) for part in around.parts):
        return "part for whole", "equals a reported part of this round"
    if any(apart(talk, quote) <= SAME_VALUE for talk in around.talks):
        return "talks for closing", "equals a figure of the talks before it"
    usd, ours = quote.usd(quote.stated), chosen.usd(chosen.stated)
    if usd is not None and ours is not None and usd > ours:
        if any(agrees(total, quote) for total in around.totals):
            return "total for round", "equals a reported sum over several rounds"
        if around.earlier_usd and _near(usd, ours + sum(around.earlier_usd)):
            return "total for round", "equals this round and the earlier ones together"
        if any(_near(usd, ours + part) for part in stated_usd(around.parts)):
            return "total for round", "equals this round and a part told beside it"
    if apart(quote, chosen) <= ROUNDED:
        return "rounding", "within 10 % of the chosen value"
    return "other", "less independent support than the chosen value"


def _same_number(quote: Quote, chosen: Quote) -> bool:
    """Whether `quote` has the figures of the chosen value, in its own currency or in dollars."""
    figures = [chosen.stated, chosen.usd(chosen.stated) if quote.currency != "USD" else None]
    return quote.stated is not None and any(
        figure is not None and max(quote.stated / figure, figure / quote.stated) <= SAME_VALUE
        for figure in figures
        if figure and quote.stated
    )


def _near(a: float, b: float) -> bool:
    return max(a / b, b / a) <= SUMMED


def without_slips(groups: Sequence[Sequence[Quote]], around: Surroundings) -> list[Quote]:
    """Return the quotes of `groups` (best supported first) that may be right.

    A better supported group can itself be the slip when the talks before it back the other value.
    """
    if not groups:
        return []
    best = groups[0]
    backed = [talk for talk in around.talks if is_tenfold(talk, best[0])]
    if backed and support(q.report for q in backed) > support(q.report for q in best):
        return without_slips([g for g in groups[1:] if not is_tenfold(g[0], best[0])], around)
    kept = list(best)
    seed = next((q for q in best if q.stated is not None), best[0])
    for group in groups[1:]:
        kept += [quote for quote in group if classify(quote, seed, around)[0] in ("other", "rounding")]
    return kept


def stated_usd(quotes: Iterable[Quote]) -> list[float]:
    """Return the stated dollars of `quotes` where they are known."""
    return [usd for quote in quotes if (usd := quote.usd(quote.stated)) is not None]
