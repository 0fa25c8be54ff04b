"""The reports of a company as arrays, and the groups of reports that tell of one event."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from analysis.clean.evidence import COARSE_DAYS, Columns, Evidence, Matrix, compare
from analysis.clean.voting import RELIABILITY_WEIGHT
from analysis.parse.round_labels import parse_round_label

ENOUGH = 0.4  # average points above which two groups of reports are one event


@dataclass
class Event:
    """A group of reports of one event; `members` are row positions in the company's block."""

    kind: str
    talks: bool
    members: list[int]
    became: "Event | None" = None
    why: dict[int, str] = field(default_factory=dict)


class Block:
    """The reports of one company as arrays, with the evidence between them."""

    def __init__(self, reports: Columns) -> None:
        self.ids: list[str] = reports["report_id"].tolist()
        self.kind = reports["kind"]
        self.closed = reports["status"] == "closed"
        self.reliable = reports["reliability"] != "low"
        self.weight = np.array([RELIABILITY_WEIGHT[grade] for grade in reports["reliability"]])
        self.origin: list[str] = reports["origin_key"].tolist()
        self.page_end = reports["page_end"]
        self.stated = reports["date_basis"] == "announced"
        self.news_start = np.where(
            np.isnan(reports["day_start"]), reports["page_start"], reports["day_start"]
        )
        self.news_end = np.where(np.isnan(reports["day_end"]), reports["page_end"], reports["day_end"])
        self.series = [
            {stage for stage in parse_round_label(text).stages if len(stage.family) == 1}
            for text in reports["round_label"]
        ]
        self.usd_stated = reports["usd_stated"]
        self.usd_low = reports["usd_low"]
        self.usd_high = np.where(np.isnan(reports["usd_high"]), reports["usd_stated"], reports["usd_high"])
        self.evidence: Evidence = compare(reports)

    def support(self, rows: Iterable[int]) -> float:
        """Return points of the reports: each independent origin once, at its best reliability."""
        best: dict[str, float] = {}
        for row in rows:
            best[self.origin[row]] = max(best.get(self.origin[row], 0.0), self.weight[row])
        return sum(best.values())

    def window(self, event: Event) -> tuple[float, float]:
        """Return the first and the last day on which the event may have been news (nan if unknown)."""
        rows = np.array(event.members)
        stated = rows[self.stated[rows]]
        fine = stated[self.news_end[stated] - self.news_start[stated] <= COARSE_DAYS]
        known = fine if fine.size else stated if stated.size else rows[~np.isnan(self.news_end[rows])]
        if not known.size:
            return np.nan, np.nan
        if not stated.size:  # only pages: the event is no later than the first of them
            known = known[[int(np.argmin(self.news_end[known]))]]
        return float(self.news_start[known].min()), float(self.news_end[known].max())


def cluster(total: Matrix, enough: float = ENOUGH) -> list[list[int]]:
    """Join n items by average linkage while the best average of `total` (n by n) is above `enough`."""
    groups = [[k] for k in range(len(total))]
    sums = total.copy()
    np.fill_diagonal(sums, -np.inf)
    sizes = np.ones(len(total))
    while len(groups) > 1:
        average = sums / np.outer(sizes, sizes)
        one, other = divmod(int(np.argmax(average)), len(groups))
        if not average[one, other] > enough:
            break
        keep, gone = min(one, other), max(one, other)
        groups[keep] += groups.pop(gone)
        sums[keep] += sums[gone]
        sums[:, keep] += sums[:, gone]
        sums[keep, keep] = -np.inf
        sums = np.delete(np.delete(sums, gone, 0), gone, 1)
        sizes[keep] += sizes[gone]
        sizes = np.delete(sizes, gone)
    return [sorted(group) for group in groups]
