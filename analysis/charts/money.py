"""Amounts of dollars in words."""

import math


def dollars(amount: float) -> str:
    """Three significant figures and the unit that fits.

    >>> [dollars(amount) for amount in (0, 950_000, 13.93e6, 60e6, 439e6, 999.6e6, 1_681e6, 23e9)]
    ['$0', '$0.95m', '$13.9m', '$60m', '$439m', '$1bn', '$1.68bn', '$23bn']
    """
    # Rounding first keeps 999.6 million from becoming "$1000m".
    rounded = float(f"{amount:.3g}")
    if rounded == 0:
        return "$0"
    unit, letter = (1e9, "bn") if abs(rounded) >= 1e9 else (1e6, "m")
    return f"${rounded / unit:.10g}{letter}"


def bounds(low: float, high: float) -> str:
    """What is known of an amount; NaN is an end that is not known.

    >>> nan = math.nan
    >>> bounds(60e6, 60e6), bounds(160e6, 200e6), bounds(14e6, nan)
    ('$60m', '$160m–$200m', '$14m or more')
    >>> bounds(0, 5e8), bounds(nan, nan)
    ('up to $500m', 'undisclosed')
    """
    if math.isnan(low) and math.isnan(high):
        return "undisclosed"
    if math.isnan(high):
        return f"{dollars(low)} or more"
    if low == 0 or math.isnan(low):
        return f"up to {dollars(high)}"
    ends = dict.fromkeys([dollars(low), dollars(high)])
    return "–".join(ends)


def figure(low: float, stated: float, high: float) -> str:
    """The figure that was told, short, with its vagueness: for labels beside a mark that shows the bounds.

    >>> nan = math.nan
    >>> figure(60e6, 60e6, 60e6), figure(160e6, 200e6, 200e6), figure(14e6, 14e6, nan), figure(14e6, nan, 139e6)
    ('$60m', '~$200m', '$14m+', '$14m–$139m')
    """
    if math.isnan(stated):
        return bounds(low, high)
    if math.isnan(high):
        return f"{dollars(stated)}+"
    return dollars(stated) if low == stated == high else f"~{dollars(stated)}"


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "round"), count(3, "round"), count(0, "round")
    ('1 round', '3 rounds', 'no rounds')
    """
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
