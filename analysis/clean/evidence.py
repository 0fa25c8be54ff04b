"""How much speaks for two reports telling of the same event.

Five kinds of evidence are weighed separately and added: when, how much, which label, at what
valuation, and who paid. Positive points speak for the same event, negative ones against it, zero
means that one of the two reports says nothing. The points are rough log-odds: +3 is "hardly a
coincidence", -4 is "hardly the same".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.clean.quotes import SAME_CONVERTED, SAME_VALUE
from analysis.parse.round_labels import RoundLabel, parse_round_label

Matrix = NDArray[np.float64]
Columns = Mapping[str, NDArray[Any]]

COARSE_DAYS = 100  # a date wider than a quarter


@dataclass(frozen=True)
class Evidence:
    """Points for each pair of n reports, by kind; all matrices are symmetric and n by n."""

    time: Matrix
    amount: Matrix
    label: Matrix
    valuation: Matrix
    investors: Matrix

    @cached_property
    def total(self) -> Matrix:
        """The sum of all points, with a zero diagonal."""
        total = self.time + self.amount + self.label + self.valuation + self.investors
        np.fill_diagonal(total, 0.0)
        return total

    def reasons(self, i: int, j: int) -> str:
        """Say in words what joins reports `i` and `j`, the strongest first."""
        said = [
            (self.time[i, j], "dates fit"),
            (self.amount[i, j], "same amount"),
            (self.label[i, j], "same round name"),
            (self.valuation[i, j], "same valuation"),
            (self.investors[i, j], "same investors"),
        ]
        return ", ".join(
            f"{text} ({points:+.1f})" for points, text in sorted(said, reverse=True) if points > 0
        )


def compare(reports: Columns) -> Evidence:
    """Weigh every pair of `reports`: the accepted reports of one company, as `as_columns` returns them."""
    return Evidence(
        time=_time(reports),
        amount=_amount(reports),
        label=_label(reports),
        valuation=_valuation(reports),
        investors=_investors(reports),
    )


def _steps(values: Matrix, bounds: Sequence[float], points: Sequence[float]) -> Matrix:
    """Return `points[k]` where `values` is at most `bounds[k]`, the last point beyond all bounds."""
    return np.asarray(points, dtype=float)[np.searchsorted(np.asarray(bounds, dtype=float), values)]


DAYS = {
    "date_start": "day_start",
    "date_end": "day_end",
    "published_start": "page_start",
    "published_end": "page_end",
}


def as_columns(reports: pd.DataFrame) -> Columns:
    """Return the columns of typed reports as arrays: figures as floats, text as objects with None.

    Beside them stand the columns named in `DAYS`, in days since 1970. Unknown numbers and days are nan.
    """
    columns: dict[str, NDArray[Any]] = {}
    for name in map(str, reports):
        values = reports[name]
        if pd.api.types.is_numeric_dtype(values):
            columns[name] = values.to_numpy("float64", na_value=np.nan)
        else:
            columns[name] = values.astype(object).where(values.notna(), None).to_numpy()
    for name, day in DAYS.items():
        days = pd.to_datetime(reports[name]).to_numpy("datetime64[D]").astype("float64")
        columns[day] = np.where(reports[name].isna().to_numpy(), np.nan, days)
    return columns


def _time(reports: Columns) -> Matrix:
    stated = reports["date_basis"] == "announced"
    start, end, page_start, page_end = (reports[name] for name in DAYS.values())
    width = end - start

    gap = np.fmax(np.fmax(start[:, None] - end[None, :], start[None, :] - end[:, None]), 0)
    widest = np.fmax(width[:, None], width[None, :])
    both = np.where(
        gap == 0,
        _steps(widest, [10, 31], [2.0, 1.5, 0.8]),
        _steps(gap, [10, 20, 31, 62, 120, 250], [1.5, 0.5, -0.5, -1.5, -3.5, -4.5, -5.0])
        - ((widest > 31) & (gap <= 31)),
    )
    # A page cannot tell of an event before it happened; a late page says little.
    early = start[:, None] - page_end[None, :]
    late = np.fmax(page_start[None, :] - end[:, None], 0)
    one = np.where(
        early > 7,
        _steps(early, [31, 90], [-1.0, -2.5, -4.0]),
        _steps(late, [14, 45, 120], [1.5, 1.0, 0.0, -0.5]),
    )
    pages = np.fmax(
        np.fmax(page_start[:, None] - page_end[None, :], page_start[None, :] - page_end[:, None]), 0
    )
    neither = _steps(pages, [10, 45, 120], [1.2, 0.8, 0.0, -0.7])

    # A year alone says when it was not; when it was, the page's own date says better, if it is known.
    paged, dated = ~np.isnan(page_end), stated[:, None] & stated[None, :]
    one = np.where(paged[None, :], one, np.where(dated, both, 0.0))
    neither = np.where(paged[:, None] & paged[None, :], neither, np.where(dated, both, 0.0))
    fine = stated & ~(width > COARSE_DAYS)
    points = np.where(
        fine[:, None] & fine[None, :],
        both,
        np.where(fine[:, None], one, np.where(fine[None, :], one.T, neither)),
    )
    points = np.where(dated & (gap > 0), np.fmin(points, both), points)
    unknown = np.isnan(start) & np.isnan(page_end)
    points[unknown, :] = 0.0
    points[:, unknown] = 0.0
    return np.nan_to_num(points)


def _ratio(low: Matrix, high: Matrix) -> Matrix:
    """Return by what factor two intervals miss each other: 1 where they meet, nan where unknown."""
    with np.errstate(divide="ignore", invalid="ignore"):
        miss = np.fmax(low[:, None] / high[None, :], low[None, :] / high[:, None])
    known = ~np.isnan(low) & ~np.isnan(high)
    return np.where(known[:, None] & known[None, :], np.fmax(miss, 1.0), np.nan)


def _bounds(reports: Columns, prefix: str) -> tuple[Matrix, Matrix, Matrix]:
    """Return stated, low and high as floats; an open upper end is infinite, an open lower end zero."""
    stated, low, high = (reports[f"{prefix}{end}"].copy() for end in ("stated", "low", "high"))
    some = ~(np.isnan(low) & np.isnan(high))
    low[some & np.isnan(low)] = 0.0
    high[some & np.isnan(high)] = np.inf
    return stated, low, high


def _apart(stated: Matrix) -> Matrix:
    """Return the factor between two stated values, nan where one is missing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.exp(np.abs(np.log(stated[:, None]) - np.log(stated[None, :]))))


def _amount(reports: Columns) -> Matrix:
    first, second = reports["amount_currency"], reports["second_currency"]
    ours, theirs = _bounds(reports, "amount_"), _bounds(reports, "second_")
    missed = np.full((len(first), len(first)), np.nan)
    apart = missed.copy()
    has_amount = ~np.isnan(ours[1])
    nameless = has_amount & pd.isna(first)
    for currency in sorted({c for c in [*first, *second] if isinstance(c, str)}):
        # Like with like: a quote in this currency, first or in brackets, or one that names no currency.
        pick_first, pick_second = (first == currency) | nameless, (second == currency) & (first != currency)
        stated, low, high = (
            np.where(pick_first, a, np.where(pick_second, b, np.nan))
            for a, b in zip(ours, theirs, strict=True)
        )
        missed = np.fmin(missed, _ratio(low, high))
        apart = np.fmin(apart, _apart(stated))
    usd, alike = _bounds(reports, "usd_"), ~np.isnan(missed)
    converted = SAME_CONVERTED / SAME_VALUE
    missed = np.where(alike, missed, np.maximum(_ratio(usd[1], usd[2]) / converted, 1.0))
    apart = np.where(alike, apart, np.maximum(_apart(usd[0]) / converted, 1.0))

    meets = _steps(
        np.nan_to_num(apart, nan=1.2), [1.005, SAME_VALUE, 1.35, 2.0, 3.0], [3.0, 2.0, 1.0, -0.5, -1.5, -3.0]
    )
    points = np.where(
        missed <= SAME_VALUE, meets, _steps(missed, [1.1, 1.35, 1.6, 3.0], [-0.5, -1.0, -2.5, -3.0, -4.0])
    )
    slip = _is_power_of_ten(_apart(usd[0])) | _same_number(ours[0], first)
    points = np.where(slip & (points < -0.5), -0.5, points)
    return np.where(np.isnan(missed), 0.0, points)


def _is_power_of_ten(apart: Matrix) -> NDArray[np.bool_]:
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.log10(apart)
    nearest = np.round(power)
    close = np.abs(power - nearest) < np.log10(SAME_CONVERTED)
    return np.asarray(close & (nearest >= 1) & (nearest <= 3))


def _same_number(stated: Matrix, currency: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Whether two amounts are one number in two currencies, the mark of a currency slip."""
    return np.asarray((_apart(stated) < 1.01) & (currency[:, None] != currency[None, :]))


def _valuation(reports: Columns) -> Matrix:
    stated, low, high = _bounds(reports, "valuation_usd_")
    missed, apart = _ratio(low, high), np.nan_to_num(_apart(stated), nan=1.2)
    meets = _steps(apart, [SAME_VALUE, 1.35], [2.0, 0.7, 0.0])
    points = np.where(missed <= SAME_CONVERTED, meets, _steps(missed, [1.3, 2.0], [-0.3, -1.0, -1.5]))
    points = np.where(_is_power_of_ten(_apart(stated)), 0.0, points)
    return np.where(np.isnan(missed), 0.0, points)


def _label(reports: Columns) -> Matrix:
    codes, texts = pd.factorize(np.where(pd.isna(reports["round"]), "", reports["round"]))
    labels = [parse_round_label(text) for text in texts]
    table = np.array([[_compare_labels(a, b) for b in labels] for a in labels], dtype=float)
    return np.asarray(table[np.ix_(codes, codes)])


def _compare_labels(a: RoundLabel, b: RoundLabel) -> float:
    one = [stage for stage in a.stages if stage.family != "Strategic"]
    other = [stage for stage in b.stages if stage.family != "Strategic"]
    if not one or not other:
        return 0.0
    if set(one) & set(other):
        return 2.5
    if {(s.family, s.pre) for s in one} & {(s.family, s.pre) for s in other}:
        # A plain letter is often short for the step ("Series A" for A+); two steps are two rounds.
        plain = any(not s.step for s in one) or any(not s.step for s in other)
        return 0.5 if plain else -2.0
    return -3.0


def _incidence(groups: Iterable[Iterable[str]]) -> Matrix:
    """Return reports by names: 1 where the report names the investor."""
    named: list[list[str]] = [list(g) for g in groups]
    names = {name: k for k, name in enumerate(sorted({n for g in named for n in g}))}
    matrix = np.zeros((len(named), max(len(names), 1)))
    for row, found in enumerate(named):
        matrix[row, [names[n] for n in found]] = 1.0
    return matrix


def _investors(reports: Columns) -> Matrix:
    leads = _incidence(reports["lead_groups"])
    everyone = _incidence(reports["investor_groups"])
    shared_leads = leads @ leads.T
    n_leads, n_all = leads.sum(1), everyone.sum(1)
    shared = everyone @ everyone.T
    points = np.select([shared >= 3, shared == 2, shared == 1], [1.0, 0.8, 0.5], 0.0)
    fewest = np.fmin(n_all[:, None], n_all[None, :])
    points = np.where(shared == 0, _steps(fewest, [0, 1], [0.0, -0.3, -1.5]), points)
    led = (n_leads[:, None] > 0) & (n_leads[None, :] > 0)
    return np.where(led & (shared_leads > 0), np.fmax(points, 1.5), np.where(led, points - 2.0, points))
