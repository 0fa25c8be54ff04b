"""Numbers of a choice to the sentences that explain it."""

from collections.abc import Sequence
from functools import cache
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.clean.drafts import Drafts, iso_days
from analysis.clean.ledger import PUBLISHED, UNDISCLOSED, currency_code
from analysis.clean.voting import UNKNOWN

Texts = list[str | None]


@cache
def count(n_origins: int, points: float) -> str:
    """Return "3 independent sources, 6 points"."""
    ending = "" if points == 1 else "s"
    return f"{n_origins} independent source{'s' if n_origins > 1 else ''}, {points:g} point{ending}"


def show_money(currency: int, stated: float, low: float, high: float) -> str:
    """Return a sum as "CNY 2,000,000,000" or "USD 50,000,000 to 75,000,000"."""
    if isnan(stated):
        ends = (0.0 if isnan(low) else low, high)
        number = " to ".join("open" if isnan(end) else f"{end:,.0f}" for end in ends)
    else:
        number = f"{stated:,.0f}"
    return f"{currency_code(currency) or 'unknown currency'} {number}"


def show_sums(sums: NDArray[Any]) -> Texts:
    """Return the figures that amounts or valuations were taken from, None where there is none."""
    columns = ("qualifier", "currency", "stated", "source_low", "source_high")
    return [
        None if qualifier in (UNKNOWN, UNDISCLOSED) else show_money(currency, stated, low, high)
        for qualifier, currency, stated, low, high in zip(
            *(sums[name].tolist() for name in columns), strict=True
        )
    ]


def words_why(choices: NDArray[Any], words: Sequence[str]) -> Texts:
    """Say why a word was chosen, None where there is none."""
    columns = ("value", "n_origins", "points", "against", "against_points")
    why: Texts = []
    for value, n_origins, points, against, others in zip(
        *(choices[n].tolist() for n in columns), strict=True
    ):
        if value == UNKNOWN:
            why.append(None)
            continue
        said = count(n_origins, points)
        if against != UNKNOWN:
            said += f", against {words[against]} with {others:g}"
            if others == points:
                said += "; the more reliable or earlier source decides"
        why.append(said)
    return why


def dates_why(dates: NDArray[Any]) -> Texts:
    """Say why a date was chosen, None where there is none."""
    columns = ("basis", "n_origins", "points", "compatible_points")
    return [
        None
        if basis == UNKNOWN
        else "earliest publication; no report says when"
        if basis == PUBLISHED
        else f"{count(n_origins, points)} name it, {compatible:g} points are compatible"
        for basis, n_origins, points, compatible in zip(*(dates[n].tolist() for n in columns), strict=True)
    ]


def sums_why(sums: NDArray[Any]) -> Texts:
    """Say why an amount or a valuation was chosen, None where there is none."""
    columns = (
        "qualifier", "n_origins", "points", "is_from_talks", "against_points", "against_currency",
        "against_stated", "against_low", "against_high",
    )  # fmt: skip
    why: Texts = []
    for qualifier, n_origins, points, is_from_talks, others, *against in zip(
        *(sums[name].tolist() for name in columns), strict=True
    ):
        if qualifier == UNKNOWN:
            why.append(None)
            continue
        said = count(n_origins, points)
        if qualifier == UNDISCLOSED:
            said += " say that it was not disclosed"
        elif others:
            said += f", against {show_money(*against)} with {others:g}"
        if is_from_talks:
            said = f"from the talks, since the closing's own figure is a power of ten off; {said}"
        why.append(said)
    return why


def amounts_why(drafts: Drafts) -> Texts:
    """Say why an amount was chosen, and which earlier rounds it may hold."""
    amount, dates = drafts.chosen.amount, drafts.chosen.date
    why = sums_why(amount)
    held = drafts.holdings[:, 1]
    shown, days = show_sums(amount[held]), iso_days(dates["start"][held])
    for event, earlier, day in zip(drafts.holdings[:, 0].tolist(), shown, days, strict=True):
        why[event] = f"{why[event]}; disputed whether it holds the {earlier} of {day}"
    return why


def leads_why(whole: NDArray[Any]) -> Texts:
    """Say why lead investors were chosen, None where there is none."""
    columns = ("leads_report", "leads_origins", "leads_points")
    return [
        None if report == UNKNOWN else count(n_origins, points)
        for report, n_origins, points in zip(*(whole[name].tolist() for name in columns), strict=True)
    ]


def kinds_why(drafts: Drafts) -> Texts:
    """Say how many of the reports of an event call it what it is."""
    events = drafts.ledger.events
    n_reports = (events["end"] - events["first"]).tolist()
    told = drafts.chosen.whole["n_of_kind"].tolist()
    return [f"told by {n} of its {of} reports" for n, of in zip(told, n_reports, strict=True)]


def words_of(numbers: NDArray[np.int64], words: Sequence[str]) -> NDArray[np.object_]:
    """Return the word behind each number, None for UNKNOWN."""
    return np.array([*words, None], dtype=object)[numbers]
