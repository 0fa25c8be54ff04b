"""What a value that was not chosen most likely is.

A value that is recognised as a slip gives no support and disputes nothing.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analysis.clean.quotes import SAME_CONVERTED, SAME_VALUE, Quote, agrees
from analysis.clean.voting import HALF, support

ROUNDED = 1.1  # "$300 million" for 308
FAR_RATES = 1.5  # currencies whose units are worth so different that a conversion shows
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
    return _apart(a, b)


def is_tenfold(one: Quote, other: Quote) -> bool:
    """Whether two stated values are one, two or three powers of ten apart."""
    slack = SAME_VALUE if one.currency == other.currency else SAME_CONVERTED
    factor = apart(one, other)
    return any(max(factor / 10**k, 10**k / factor) <= slack for k in (1, 2, 3))


def classify(quote: Quote, chosen: Quote, around: Surroundings, weak: bool = True) -> tuple[str, str]:
    """Return what `quote` probably is beside the chosen one, and the rule that says so.

    `weak` is whether it has less than half the support of the chosen one: only then can it be put down
    to a sum that no report tells of.
    """
    if _same_number(quote, chosen):
        return "currency slip", "the number of the chosen value in another currency"
    if agrees(chosen, quote):
        if quote.currency != chosen.currency:
            return "rounding", "a conversion of the chosen value, within 9 %"
        return "rounding", "within 5 % of the chosen value"
    if is_tenfold(quote, chosen):
        return "tenfold slip", "a power of ten off the better supported value"
    if any(agrees(part, quote) and not agrees(part, chosen) for part in around.parts):
        return "part for whole", "equals a reported part of this round"
    if any(apart(talk, quote) <= SAME_VALUE for talk in around.talks):
        return "talks for closing", "equals a figure of the talks before it"
    usd, ours = quote.usd(quote.stated), chosen.usd(chosen.stated)
    if usd is not None and ours is not None and usd > ours:
        if any(agrees(total, quote) for total in around.totals):
            return "total for round", "equals a reported sum over several rounds"
        if weak and around.earlier_usd and _near(usd, ours + sum(around.earlier_usd)):
            return "total for round", "equals this round and the earlier ones together"
        if weak and any(_near(usd, ours + part) for part in stated_usd(around.parts)):
            return "total for round", "equals this round and a part told beside it"
    if apart(quote, chosen) <= ROUNDED:
        return "rounding", "within 10 % of the chosen value"
    return "other", "less independent support than the chosen value"


def _same_number(quote: Quote, chosen: Quote) -> bool:
    """Whether `quote` has the number that the chosen value has in another, differently worth currency."""
    if not (quote.stated and quote.rate and chosen.rate):
        return False
    number = chosen.stated if chosen.stated is not None else chosen.low
    for figure, currency, rate in (
        (number, chosen.currency, chosen.rate),
        (chosen.usd(chosen.stated), "USD", 1.0),
    ):
        far = max(quote.rate / rate, rate / quote.rate) > FAR_RATES
        if figure and currency != quote.currency and far and _apart(quote.stated, figure) <= SAME_VALUE:
            return True
    return False


def _apart(a: float, b: float) -> float:
    return max(a / b, b / a)


def _near(a: float, b: float) -> bool:
    return _apart(a, b) <= SUMMED


def without_slips(groups: Sequence[Sequence[Quote]], around: Surroundings) -> list[Quote]:
    """Return the quotes of `groups` (best supported first) that may be right.

    A better supported group can itself be the slip when the talks before it back the other value.
    """
    if not groups:
        return []
    best = groups[0]
    backed = [talk for talk in around.talks if is_tenfold(talk, best[0])]
    if backed and support(q.report for q in backed) > support(q.report for q in best):
        return without_slips(groups[1:], around)
    kept = list(best)
    seed = next((q for q in best if q.stated is not None), best[0])
    points = support(q.report for q in best)
    for group in groups[1:]:
        weak = support(q.report for q in group) < HALF * points
        kept += [quote for quote in group if classify(quote, seed, around, weak)[0] in ("other", "rounding")]
    return kept


def stated_usd(quotes: Iterable[Quote]) -> list[float]:
    """Return the stated dollars of `quotes` where they are known."""
    return [usd for quote in quotes if (usd := quote.usd(quote.stated)) is not None]
