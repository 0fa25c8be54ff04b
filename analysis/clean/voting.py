"""Support: how many independent sources say something, and which of several values they back.

Points are counted in independent origins, each at its best reliability (high 3, medium 2, low 1). Ties
go to the more reliable, then to the earlier source.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

RELIABILITY_WEIGHT = {"high": 3.0, "medium": 2.0, "low": 1.0}
HALF = 0.5  # a runner-up with half the support of the winner disputes it

Report = Mapping[str, Any]
V = TypeVar("V", bound=Hashable)


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
    why = count(behind, points)
    if runner_up:
        why += f", against {show(ranked[1][0])} with {runner_up:g}"
        if runner_up == points:
            why += "; the more reliable or earlier source decides"
    return Choice(value, min(behind, key=seniority)["report_id"], why, runner_up >= HALF * points, points)


def count(reports: Sequence[Report], points: float) -> str:
    """Return "3 independent sources, 6 points"."""
    origins = len({report["origin_key"] for report in reports})
    ending = "" if points == 1 else "s"
    return f"{origins} independent source{'s' if origins > 1 else ''}, {points:g} point{ending}"
