"""What linking compares, as flat columns of numbers: the reports of a company side by side, by report_id.

Words stand in it as numbers, -1 for none; days count from 1970; nan is an unknown number or day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.clean.ledger import ANNOUNCED, BASES, CLOSED, WAYS, currencies, numbered
from analysis.clean.voting import LOW, RELIABILITY_WEIGHT, UNKNOWN
from analysis.columns import KINDS
from analysis.parse.round_labels import Stage, parse_round_label


class Claim(NamedTuple):
    """A row: what one report says.

    Attributes:
        kind: as in KINDS.
        is_closed: 1 unless it tells of talks, a rumour or a deal called off.
        weight: points of its reliability.
        is_reliable: 1 unless its reliability is low.
        origin: number of the story it repeats.
        is_dated: 1 if it says when, 0 if only the day of its page is known.
        start, end: the first and the last day that it may mean.
        page_start, page_end: the same for the day of its page.
        news_start, news_end: the days that it says, else those of its page.
        label: number of the stages that it names.
        currency, second_currency: of its amount, and of the figure in brackets.
        amount_stated, …: whole units; an open lower end is 0, an open upper end infinite.
        usd_top: the most dollars that it may mean, nan if that is open and no figure is given.
        first_lead, end_lead: its leads' groups stand from the first to before the end in `Groups.leads`.
        first_group, end_group: the groups of all its investors, likewise in `Groups.everyone`.
    """

    kind: int
    is_closed: int
    weight: float
    is_reliable: int
    origin: int
    is_dated: int
    start: float
    end: float
    page_start: float
    page_end: float
    news_start: float
    news_end: float
    label: int
    currency: int
    second_currency: int
    amount_stated: float
    amount_low: float
    amount_high: float
    second_stated: float
    second_low: float
    second_high: float
    usd_stated: float
    usd_low: float
    usd_high: float
    usd_top: float
    valuation_usd_stated: float
    valuation_usd_low: float
    valuation_usd_high: float
    first_lead: int
    end_lead: int
    first_group: int
    end_group: int


CLAIM = np.dtype([(name, "i8" if kind is int else "f8") for name, kind in Claim.__annotations__.items()])
_SUMS = ("amount_", "second_", "usd_", "valuation_usd_")


class Groups(NamedTuple):
    """The groups of investors that reports name, report after report, each once and in order."""

    leads: Sequence[int]
    everyone: Sequence[int]


class Labels(NamedTuple):
    """What two labels have to do with each other, by their numbers; both tables are symmetric.

    Attributes:
        points: how much they speak for one event.
        is_same_series: 1 if both name the same letter and step.
    """

    points: NDArray[np.float64]
    is_same_series: NDArray[np.int64]


class Holder(NamedTuple):
    """A company: its claims and judgements, each from the first to before the end."""

    first: int
    end: int
    first_judgement: int
    end_judgement: int


class Judgement(NamedTuple):
    """A human decision about two claims (their places): the same event, or two of them."""

    claim: int
    other: int
    is_same: int


HOLDER, JUDGEMENT = (np.dtype([(name, "i8") for name in row._fields]) for row in (Holder, Judgement))


@dataclass(frozen=True)
class Register:
    """The claims of all companies.

    Attributes:
        order: for each claim the place of its report in the table that it came from.
        report_ids: of each claim.
        claims: sorted by company and report_id (dtype CLAIM).
        groups, labels: what stands behind numbers in them.
        holders: the companies (dtype HOLDER).
        judgements: those of a company side by side (dtype JUDGEMENT).
        reasons: why each judgement was made.
    """

    order: NDArray[np.intp]
    report_ids: NDArray[np.object_]
    claims: NDArray[Any]
    groups: Groups
    labels: Labels
    holders: NDArray[Any]
    judgements: NDArray[Any]
    reasons: list[str]


def write_register(reports: pd.DataFrame, judgements: pd.DataFrame) -> Register:
    """Return typed reports and the decisions about them as numbers.

    Args:
        reports: as `clean.reports.read_reports` returns them.
        judgements: rows report_id, round, judgement, reason; those about other reports are left out.
    """
    company = pd.factorize(reports["company_id"], sort=True)[0]
    rank = np.empty(len(reports), np.int64)
    rank[np.argsort(reports["report_id"].to_numpy(object), kind="stable")] = np.arange(len(reports))
    order = np.lexsort((rank, company))
    reports, company = reports.iloc[order], company[order]
    report_ids = reports["report_id"].to_numpy(object)

    first = np.flatnonzero(np.diff(company, prepend=UNKNOWN))
    holders = np.zeros(len(first), HOLDER)
    holders["first"], holders["end"] = first, np.append(first, len(company))[1:]
    judged, reasons = _judgements(judgements, report_ids)
    whose = company[judged["claim"]]
    holders["first_judgement"] = np.searchsorted(whose, np.arange(len(first)))
    holders["end_judgement"] = np.searchsorted(whose, np.arange(len(first)), side="right")

    claims = _claims(reports)
    claims["label"], labels = _labels(reports["round"])
    leads, ends = _groups(reports["lead_groups"])
    claims["first_lead"], claims["end_lead"] = ends[:-1], ends[1:]
    everyone, ends = _groups(reports["investor_groups"])
    claims["first_group"], claims["end_group"] = ends[:-1], ends[1:]
    numbers: Any = (leads, everyone)
    return Register(order, report_ids, claims, Groups(*numbers), labels, holders, judged, reasons)


def _claims(reports: pd.DataFrame) -> NDArray[Any]:
    """Return the columns that need no table of words."""
    claims = np.zeros(len(reports), CLAIM)
    claims["kind"] = numbered(reports["kind"], KINDS)
    claims["is_closed"] = numbered(reports["status"], WAYS) == CLOSED
    claims["weight"] = reports["reliability"].map(RELIABILITY_WEIGHT)
    claims["is_reliable"] = claims["weight"] > LOW
    claims["origin"] = pd.factorize(reports["origin_key"])[0]
    claims["is_dated"] = numbered(reports["date_basis"], BASES) == ANNOUNCED
    for day, name in (("", "date"), ("page_", "published")):
        for end in ("start", "end"):
            claims[day + end] = _days(reports[f"{name}_{end}"])
    for end in ("start", "end"):
        claims[f"news_{end}"] = np.where(np.isnan(claims[end]), claims[f"page_{end}"], claims[end])
    claims["currency"] = currencies(reports["amount_currency"])
    claims["second_currency"] = currencies(reports["second_currency"])
    for name in (f"{kind}{end}" for kind in _SUMS for end in ("stated", "low", "high")):
        claims[name] = reports[name].to_numpy(np.float64, na_value=np.nan)
    claims["usd_top"] = np.where(np.isnan(claims["usd_high"]), claims["usd_stated"], claims["usd_high"])
    for kind in _SUMS:
        low, high = claims[f"{kind}low"], claims[f"{kind}high"]
        is_open_below, is_open_above = np.isnan(low) & ~np.isnan(high), np.isnan(high) & ~np.isnan(low)
        low[is_open_below], high[is_open_above] = 0.0, np.inf
    return claims


def _days(column: pd.Series) -> NDArray[np.float64]:
    codes, found = pd.factorize(column)
    days = np.array([*found, "NaT"], "datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.float64))[codes]


def _groups(column: pd.Series) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the groups of all reports as numbers, and where those of each report end."""
    named = [sorted(set(found)) for found in column]
    codes = pd.factorize(np.array(list(chain.from_iterable(named)), dtype=object), sort=True)[0]
    return codes.astype(np.int64), np.cumsum([0, *map(len, named)])


def _labels(column: pd.Series) -> tuple[NDArray[np.int64], Labels]:
    """Return the number of the stages that each cell names, and how these compare."""
    codes, texts = pd.factorize(column)
    stages = [parse_round_label(text).stages for text in [*texts, None]]
    kinds = list(dict.fromkeys(stages))
    numbers = np.array([kinds.index(found) for found in stages], np.int64)
    points = [[compare_stages(one, other) for other in kinds] for one in kinds]
    same = [[bool(_series(one) & _series(other)) for other in kinds] for one in kinds]
    return numbers[codes], Labels(np.array(points), np.array(same, np.int64))


def _series(stages: Sequence[Stage]) -> set[Stage]:
    return {stage for stage in stages if len(stage.family) == 1}


def compare_stages(a: Sequence[Stage], b: Sequence[Stage]) -> float:
    """Return how much two labels speak for one event, by the stages that they name."""
    one = [stage for stage in a if stage.family != "Strategic"]
    other = [stage for stage in b if stage.family != "Strategic"]
    if not one or not other:
        return 0.0
    if set(one) & set(other):
        return 2.5
    if {(s.family, s.pre) for s in one} & {(s.family, s.pre) for s in other}:
        # A plain letter is often short for the step ("Series A" for A+); two steps are two rounds.
        plain = any(not s.step for s in one) or any(not s.step for s in other)
        return 0.5 if plain else -2.0
    return -3.0


def _judgements(judgements: pd.DataFrame, report_ids: NDArray[np.object_]) -> tuple[NDArray[Any], list[str]]:
    """Return the decisions about these reports in the order of their claims, and the reason for each."""
    place = pd.Index(report_ids)
    claim, other = (place.get_indexer(pd.Index(judgements[name])) for name in ("report_id", "round"))
    heeded = np.flatnonzero((claim >= 0) & (other >= 0))
    heeded = heeded[np.argsort(claim[heeded], kind="stable")]
    found = np.zeros(len(heeded), JUDGEMENT)
    found["claim"], found["other"] = claim[heeded], other[heeded]
    found["is_same"] = (judgements["judgement"] == "same").to_numpy()[heeded]
    return found, judgements["reason"].iloc[heeded].tolist()


def as_rows(register: Register) -> tuple[Any, ...]:
    """Return claims, groups, holders and judgements as lists, which are quicker to read one by one."""
    groups: Any = register.groups
    return (
        list(map(Claim._make, register.claims.tolist())),
        Groups(groups.leads.tolist(), groups.everyone.tolist()),
        list(map(Holder._make, register.holders.tolist())),
        list(map(Judgement._make, register.judgements.tolist())),
    )
