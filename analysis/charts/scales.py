"""Scales of editable charts: their ends, their marked values, and how spreadsheets say them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from analysis.charts.language import say

EPOCH, DAY = pd.Timestamp("1899-12-30"), pd.Timedelta(days=1)
MONTH_DAYS = 365.25 / 12
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months from one marked date to the next."""

Words = Callable[[float], str]


@dataclass(frozen=True)
class Axis:
    """A scale.

    Attributes:
        low: where it begins.
        high: where it ends.
        step: from one marked value to the next; on a scale of factors the factor.
        number_format: of the marked values, as spreadsheets write it; "" for none.
        name: what it measures, where nothing else says so.
        is_log: whether equal distances are equal factors.
        is_reversed: whether small values stand on top, or at the right.
    """

    low: float
    high: float
    step: float
    number_format: str = "General"
    name: str = ""
    is_log: bool = False
    is_reversed: bool = False


def axis(low: float, high: float, words: Words, *, most: int = 6, is_reversed: bool = False) -> Axis:
    """A scale over values, with a few round ones marked in the words of the chart.

    >>> axis(0, 1.7e9, lambda value: f"${value / 1e9:g}bn")
    Axis(low=0.0, high=2000000000.0, step=500000000.0, number_format='[>=495000000]"$"0.0,,,"bn";"$0bn"', name='', is_log=False, is_reversed=False)
    """  # noqa: E501
    ticks = MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    step = float(f"{ticks[1] - ticks[0]:.6g}")
    return Axis(float(ticks[0]), float(ticks[-1]), step, number_format(ticks, words), is_reversed=is_reversed)


def log_axis(low: float, high: float, words: Words, base: int = 10) -> Axis:
    """A scale over values above zero on which equal distances are equal factors, from a power of the base on.

    >>> log_axis(14e6, 12e9, lambda value: f"${value / 1e6:g}m").low
    10000000.0
    """
    first = float(np.floor(np.log(low) / np.log(base) + 1e-9))
    least = float(base) ** first
    end = float(f"{max(high * (high / low) ** 0.05, least * base):.3g}")
    ticks = [least * float(base) ** n for n in range(int(np.log(end / least) / np.log(base)) + 1)]
    return Axis(least, end, base, number_format(ticks, words), is_log=True)


def time_axis(first: pd.Timestamp, last: pd.Timestamp, most: int = 7) -> Axis:
    """A scale of days as spreadsheets count them, marked where months or years begin.

    >>> time_axis(pd.Timestamp("2022-05-04"), pd.Timestamp("2026-02-01")).number_format
    'yyyy'
    """
    months = [12 * day.year + day.month - 1 for day in (first, last)]
    # The name of a month with its year is wider than that of a year.
    step = next(
        step for step in STEPS
        if months[1] // step - months[0] // step + 2 <= (most if step % 12 == 0 else 2 * most / 3)
    )  # fmt: skip
    begin, n = months[0] // step * step, months[1] // step - months[0] // step + 1
    # Months and years have unlike lengths and the marks do not: a little later, each falls into its own.
    later = 1 if step % 12 == 0 else 2.5
    low = serial(pd.Timestamp(begin // 12, begin % 12 + 1, 1)) + later
    format_ = "yyyy" if step % 12 == 0 else f"[$-409]{say('mmm yyyy')}"
    return Axis(low, low + n * step * MONTH_DAYS, step * MONTH_DAYS, format_)


def row_axis(n: int) -> Axis:
    """The upward scale of n rows, the first of which is number 1, on top."""
    return Axis(0.5, n + 0.5, 1, "", is_reversed=True)


def serial(date: pd.Timestamp) -> float:
    """A date as spreadsheets count days.

    >>> serial(pd.Timestamp("2026-01-01"))
    46023.0
    """
    return (date - EPOCH) / DAY


def number_format(values: Iterable[float], words: Words) -> str:
    """The format of spreadsheets that says values as words do.

    >>> number_format([0, 0.25, 0.5], lambda share: f"{100 * share:g}%")
    '0%'
    >>> number_format([0, 5e8, 1e9], lambda value: f"{value / 1e8:g}亿美元")
    '[>=495000000]0\\\\.00,,"亿美元";"0亿美元"'
    """
    zero = ""
    scales: dict[tuple[str, str, int], tuple[int, float]] = {}
    for value in values:
        match = re.fullmatch(r"(\D*)([\d.,]+)(\D*)", words(value).lstrip("-−"))
        if not match:
            return "General"
        before, digits, behind = match.groups()
        number = float(digits.replace(",", ""))
        if number == 0:
            zero = f'"{before}{digits}{behind}"'
            continue
        scale = round(float(np.log10(abs(value) / number)))
        places, least = scales.get((before, behind, scale), (0, np.inf))
        scales[before, behind, scale] = (
            max(places, len(digits.partition(".")[2])), min(least, abs(value)),
        )  # fmt: skip
    largest_first = sorted(scales.items(), key=lambda item: -item[1][1])[:2]
    sections = [_section(*scale, places) for scale, (places, _) in largest_first]
    # Percentages, counts and scores need no other words for zero.
    if len(sections) == 1 and largest_first[0][0][2] <= 0:
        return sections[0]
    limits = [f"[>={0.99 * least:.10g}]" for _, (_, least) in largest_first]
    return ";".join(
        [f"{limit}{section}" for limit, section in zip(limits, sections, strict=True)] + [zero or "General"]
    )


def _section(before: str, behind: str, scale: int, places: int) -> str:
    """A format of one unit: a comma divides by a thousand, a point set as text shifts the rest."""
    commas, shift = divmod(max(scale, 0), 3)
    if shift:
        digits = "0\\." + shift * "0" + commas * ","
    else:
        digits = "0" + ("." + places * "0" if places else "") + commas * ","
    behind = behind if behind == "%" else f'"{behind}"' if behind else ""
    return (f'"{before}"' if before else "") + digits + behind
