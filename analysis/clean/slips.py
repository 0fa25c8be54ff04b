"""What a value that was not chosen most likely is.

A value that is recognised as a slip gives no support and disputes nothing.
"""

from collections.abc import Sequence
from math import inf, isnan, nan
from typing import NamedTuple

from analysis.clean.ledger import USD
from analysis.clean.quotes import SAME_CONVERTED, SAME_VALUE, Quote, agrees, usd, voices
from analysis.clean.voting import HALF, Sources, support

ROUNDED = 1.1  # "$300 million" for 308
FAR_RATES = 1.5  # currencies whose units are worth so different that a conversion shows
SUMMED = 1.07  # a sum of rounds, each rounded and converted

# What a lost value probably is, and the rule that says so; `classify` returns places in it.
VERDICTS = (
    ("other", "less independent support than the chosen value"),
    ("rounding", "within 5 % of the chosen value"),
    ("rounding", "a conversion of the chosen value, within 9 %"),
    ("rounding", "within 10 % of the chosen value"),
    ("currency slip", "the number of the chosen value in another currency"),
    ("tenfold slip", "a power of ten off the better supported value"),
    ("part for whole", "equals a reported part of this round"),
    ("talks for closing", "equals a figure of the talks before it"),
    ("total for round", "equals a reported sum over several rounds"),
    ("total for round", "equals this round and the earlier ones together"),
    ("total for round", "equals this round and a part told beside it"),
    ("tenfold slip", "a power of ten off a better supported value"),
    ("tenfold slip", "a power of ten off the better supported figure of the talks"),
    ("other", "outweighed by reports that say that it was not disclosed"),
    ("talks for closing", "less independent support than the chosen value"),
    ("other date", "less independent support than the chosen value"),
    (
        "whole series for extension",
        "derived: the chosen sum without the earlier round that these reports may count in",
    ),
    (
        "total for round",
        "derived: the chosen sum without the earlier round that these reports may count in",
    ),
)
(
    OTHER, WITHIN_5, CONVERTED, WITHIN_10, CURRENCY_SLIP, TENFOLD, PART_FOR_WHOLE, TALKS_FOR_CLOSING,
    REPORTED_TOTAL, EARLIER_TOGETHER, PART_BESIDE, TENFOLD_OF_ANOTHER, TENFOLD_OF_TALKS, NOT_DISCLOSED,
    TALKS_TOLD_AS_CLOSED, OTHER_DATE, SERIES_FOR_EXTENSION, SUM_FOR_ROUND,
) = range(len(VERDICTS))  # fmt: skip
# Verdicts up to WITHIN_10 leave a value in the running.


class Surroundings(NamedTuple):
    """What else is known about a company while one of its events is judged.

    Attributes:
        parts: quotes of reports of a part of this event.
        totals: quotes of sums over the company's rounds.
        talks: quotes from the talks that became this event.
        earlier_usd: stated dollars of the company's earlier closed rounds together, nan without any.
    """

    parts: Sequence[Quote] = ()
    totals: Sequence[Quote] = ()
    talks: Sequence[Quote] = ()
    earlier_usd: float = nan


def apart(one: Quote, other: Quote) -> float:
    """Return the factor between two stated values (in dollars across currencies), inf when unknown."""
    if one.currency == other.currency:
        return _apart(one.stated, other.stated)
    return _apart(usd(one), usd(other))


def _apart(a: float, b: float) -> float:
    return max(a / b, b / a) if a > 0 and b > 0 else inf


def is_tenfold(one: Quote, other: Quote) -> bool:
    """Whether two stated values are one, two or three powers of ten apart."""
    slack = SAME_VALUE if one.currency == other.currency else SAME_CONVERTED
    factor = apart(one, other)
    for power in (10.0, 100.0, 1000.0):  # noqa: SIM110 (the compiler knows no generators)
        if max(factor / power, power / factor) <= slack:
            return True
    return False


def classify(quote: Quote, chosen: Quote, around: Surroundings, is_weak: bool = True) -> int:
    """Return what `quote` probably is beside the chosen one, as a place in VERDICTS.

    `is_weak` is whether it has less than half the support of the chosen one: only then can it be put down
    to a sum that no report tells of.
    """
    if _is_same_number(quote, chosen):
        return CURRENCY_SLIP
    if agrees(chosen, quote):
        return WITHIN_5 if quote.currency == chosen.currency else CONVERTED
    if is_tenfold(quote, chosen):
        return TENFOLD
    for part in around.parts:
        if agrees(part, quote) and not agrees(part, chosen):
            return PART_FOR_WHOLE
    for talk in around.talks:
        if apart(talk, quote) <= SAME_VALUE:
            return TALKS_FOR_CLOSING
    told, ours = usd(quote), usd(chosen)
    if told > ours:
        for total in around.totals:
            if agrees(total, quote):
                return REPORTED_TOTAL
        if is_weak and _apart(told, ours + around.earlier_usd) <= SUMMED:
            return EARLIER_TOGETHER
        for part in around.parts:
            if is_weak and _apart(told, ours + usd(part)) <= SUMMED:
                return PART_BESIDE
    return WITHIN_10 if apart(quote, chosen) <= ROUNDED else OTHER


def _is_same_number(quote: Quote, chosen: Quote) -> bool:
    """Whether `quote` has the number that the chosen value has in another, differently worth currency."""
    if isnan(chosen.rate):
        return False
    number = chosen.low if isnan(chosen.stated) else chosen.stated
    return _is_number_of(quote, number, chosen.currency, chosen.rate) or _is_number_of(
        quote, usd(chosen), USD, 1.0
    )


def _is_number_of(quote: Quote, number: float, currency: int, rate: float) -> bool:
    is_far = max(quote.rate / rate, rate / quote.rate) > FAR_RATES
    return quote.currency != currency and is_far and _apart(quote.stated, number) <= SAME_VALUE


def without_slips(groups: Sequence[Sequence[Quote]], around: Surroundings, sources: Sources) -> list[Quote]:
    """Return the quotes of `groups` (best supported first) that may be right.

    A better supported group can itself be the slip when the talks before it back the other value.
    """
    first = 0
    while first < len(groups) and _is_slip_of_talks(groups[first], around, sources):
        first += 1
    kept = [quote for group in groups[first : first + 1] for quote in group]
    if len(kept) == 0:
        return kept
    points = support(voices(kept), sources)
    seed = kept[0]
    for quote in kept:
        if not isnan(quote.stated):
            seed = quote
            break
    for group in groups[first + 1 :]:
        is_weak = support(voices(group), sources) < HALF * points
        for quote in group:
            if classify(quote, seed, around, is_weak) <= WITHIN_10:
                kept.append(quote)
    return kept


def _is_slip_of_talks(group: Sequence[Quote], around: Surroundings, sources: Sources) -> bool:
    backed = [talk.report for talk in around.talks if is_tenfold(talk, group[0])]
    return len(backed) > 0 and support(backed, sources) > support(voices(group), sources)
