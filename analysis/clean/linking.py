"""Which reports tell of the same event.

Within a company, claims of the same kind are joined by average linkage over the evidence of
`analysis.clean.evidence`, closed deals and talks apart. Then talks are tied to the closing that they
became, closings told too early fall back to the talks, sums told as a round fall back to the round,
and parts and totals find theirs. A human decision in judgements.csv wins over all of it.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.clean.events import ENOUGH, Block, Event, cluster
from analysis.clean.evidence import Matrix, as_columns

JUDGED = 50.0  # points of a human decision
SAME_AMOUNT = 0.9  # average amount points from which two groups tell of the same sum
SERIES_DAYS = 31
TALKS_LAST_DAYS = 270  # talks that did not close within nine months became nothing
LATE_DAYS = 7  # talks are still told of for a week after the closing
EARLY_DAYS = 20  # a closing can be told before the last word of the talks
SUMMED = 1.15  # a sum of rounds, each rounded and converted, one perhaps told twice

Judgements = Sequence[Mapping[Hashable, str]]


def link(reports: pd.DataFrame, judgements: pd.DataFrame) -> pd.DataFrame:
    """Group reports into events.

    Args:
        reports: typed reports of all companies, as `clean.reports.read_reports` returns them.
        judgements: rows report_id, round (a report that tells of the round meant), judgement
            ("same" or "different"), reason.

    Returns:
        One row a report, indexed by report_id: event (an arbitrary number), became_event (the
        event that talks turned into, or missing), event_kind, is_talks, link_reason.
    """
    rows: list[dict[str, object]] = []
    number = 0
    columns = as_columns(reports)
    judged = judgements.to_dict("records")
    in_order = reports.reset_index(drop=True).sort_values("report_id")
    for _, places in sorted(in_order.groupby("company_id").indices.items()):
        at = in_order.index[places]
        block = Block({name: values[at] for name, values in columns.items()})
        own = [row for row in judged if {row["report_id"], row["round"]} <= set(block.ids)]
        events = _events(block, own)
        numbers = {id(event): number + k for k, event in enumerate(events)}
        number += len(events)
        for event in events:
            rows += [
                {
                    "report_id": block.ids[member],
                    "event": numbers[id(event)],
                    "became_event": numbers[id(event.became)] if event.became else None,
                    "event_kind": event.kind,
                    "is_talks": event.talks,
                    "link_reason": event.why.get(member) or _why(member, event, block),
                }
                for member in event.members
            ]
    linked = pd.DataFrame(rows).set_index("report_id")
    return linked.astype({"became_event": "Int64"}).loc[reports["report_id"]]


def _events(block: Block, judgements: Judgements) -> list[Event]:
    events: list[Event] = []
    for judged in judgements:
        row, anchor = block.ids.index(judged["report_id"]), block.ids.index(judged["round"])
        points = JUDGED if judged["judgement"] == "same" else -JUDGED
        block.evidence.total[[row, anchor], [anchor, row]] += points
    for kind in sorted(set(block.kind) - {"part", "total"}):
        for talks in (False, True):
            rows = np.flatnonzero((block.kind == kind) & (block.closed != talks))
            events += [Event(kind, talks, group) for group in _clusters(rows, block)]
    _join_series(events, block)
    _return_to_talks(events, block)
    _return_sums(events, block)
    for talks_event in [event for event in events if event.talks]:
        talks_event.became = _closing_of(talks_event, events, block)
    for part in np.flatnonzero(block.kind == "part"):
        _place_part(int(part), events, block)
    _place_totals(events, block)
    _apply_judgements(events, block, judgements)
    return [event for event in events if event.members]


def _clusters(rows: NDArray[np.intp], block: Block) -> list[list[int]]:
    return [[int(rows[k]) for k in group] for group in cluster(block.evidence.total[np.ix_(rows, rows)])]


def _mean(matrix: Matrix, one: Sequence[int], other: Sequence[int]) -> float:
    return float(matrix[np.ix_(one, other)].mean())


def _move(event: Event, target: Event, why: str) -> None:
    target.why.update(dict.fromkeys(event.members, why))
    target.members += event.members
    event.members = []


def _closed(events: Iterable[Event], *kinds: str) -> list[Event]:
    return [e for e in events if e.members and not e.talks and e.kind in kinds]


def _join_series(events: list[Event], block: Block) -> None:
    """Join closings that name the same series within a month: no company closes two Series D at once."""
    fine = block.news_end - block.news_start <= SERIES_DAYS
    for event in _closed(events, "round"):
        for other in _closed(events, "round"):
            alike = any(
                fine[a]
                and fine[b]
                and block.series[a] & block.series[b]
                and block.news_start[b] - SERIES_DAYS <= block.news_end[a]
                and block.news_start[a] - SERIES_DAYS <= block.news_end[b]
                for a in event.members
                for b in other.members
            )
            if event is not other and alike:
                _move(event, other, "the same series in the same month")


def _closing_of(
    talks: Event, events: list[Event], block: Block, other_than: Event | None = None
) -> Event | None:
    """Return the closed event that `talks` most likely became."""
    last = block.window(talks)[1]
    known = np.fmin(block.news_end, block.page_end)[talks.members]
    held = float(np.nanmin(known, initial=np.inf))  # by then they were under way
    best, best_points = None, -3.0
    for event in _closed(events, talks.kind):
        start, end = block.window(event)
        if event is other_than or not (start <= last + TALKS_LAST_DAYS and held - LATE_DAYS <= end):
            continue
        points = _mean(block.evidence.total - block.evidence.time, talks.members, event.members)
        points -= max(start - last, 0.0) / 120
        if points > best_points:
            best, best_points = event, points
    return best


def _return_to_talks(events: list[Event], block: Block) -> None:
    """Move closings that only tell talks as done: to the real closing of that amount, else to the talks."""
    for talks in [e for e in events if e.talks]:
        talks_first, talks_last = block.window(talks)
        for event in _closed(events, talks.kind):
            first, last = block.window(event)
            near = talks_first - EARLY_DAYS <= first and last <= talks_last + 45
            if not near or _mean(block.evidence.amount, event.members, talks.members) < SAME_AMOUNT:
                continue
            weaker = block.support(event.members) < block.support(talks.members)
            latest = np.nanmax(block.page_end[talks.members], initial=-np.inf)
            vouched = any(block.reliable[row] and block.page_end[row] > latest for row in event.members)
            if not weaker or vouched:
                continue
            closing = _closing_of(talks, events, block, other_than=event)
            if closing and _mean(block.evidence.amount, event.members, closing.members) >= SAME_AMOUNT:
                _move(event, closing, "tells the talks before this round as closed")
            else:
                _move(event, talks, "tells these talks as closed")


def _return_sums(events: list[Event], block: Block) -> None:
    """Move an event whose amount is the sum of a round and the ones before it to that round."""
    rounds = sorted(_closed(events, "round"), key=lambda e: block.window(e)[0])
    for event in rounds:
        told = _stated(event, block)
        for known in rounds:
            if event is known or not (event.members and known.members) or told is None:
                continue
            first = block.window(known)[0]
            stronger = block.support(known.members) > block.support(event.members)
            same_price = _mean(block.evidence.valuation, event.members, known.members) >= 1.0
            if not (stronger and same_price and block.window(event)[0] >= first - 31):
                continue
            until = [
                _stated(e, block)
                for e in rounds
                if e is not event and e.members and block.window(e)[0] <= first
            ]
            total = sum(amount for amount in until if amount is not None)
            if _stated(known, block) and total and max(told / total, total / told) <= SUMMED:
                _move(event, known, "tells the sum of this round and the earlier ones as the round")


def _stated(event: Event, block: Block) -> float | None:
    """Return the median of the stated dollars of an event."""
    told = block.usd_stated[event.members]
    told = told[~np.isnan(told)]
    return float(np.median(told)) if told.size else None


def _place_part(row: int, events: list[Event], block: Block) -> None:
    """Put one investor's share or one tranche into its round, or into an event of its own."""
    besides = block.evidence.total - block.evidence.amount
    best, best_points = None, 0.0
    for event in _closed(events, "round", "ipo"):
        wholes = [k for k in event.members if block.kind[k] != "part"]
        points = _mean(besides, [row], wholes)
        if block.usd_low[row] > np.nanmax(block.usd_high[wholes], initial=-np.inf) * 1.05 and any(
            ~np.isnan(block.usd_high[wholes])
        ):
            points -= 4.0
        if points > best_points:
            best, best_points = event, points
    if best is not None:
        best.members.append(row)
        best.why[row] = f"a part of this round ({best_points:+.1f} besides the amount)"
        return
    for event in events:
        if event.kind == "part" and _mean(block.evidence.total, [row], event.members) > ENOUGH:
            event.members.append(row)
            return
    events.append(Event("part", not block.closed[row], [row]))


def _place_totals(events: list[Event], block: Block) -> None:
    """Put a sum beside the round that has its amount and date, the others into events of kind total."""
    left = []
    for row in map(int, np.flatnonzero(block.kind == "total")):
        for event in _closed(events, "round"):
            same = _mean(block.evidence.amount, [row], event.members) >= 1.5
            if same and _mean(block.evidence.total, [row], event.members) >= 2.0:
                event.members.append(row)
                event.why[row] = "a sum equal to this round"
                break
        else:
            left.append(row)
    events += [Event("total", False, group) for group in _clusters(np.array(left, dtype=np.intp), block)]


def _apply_judgements(events: list[Event], block: Block, judgements: Judgements) -> None:
    for judged in judgements:
        row, anchor = block.ids.index(judged["report_id"]), block.ids.index(judged["round"])
        home = next(event for event in events if row in event.members)
        meant = next(event for event in events if anchor in event.members)
        if judged["judgement"] == "same" and home is not meant:
            home.members.remove(row)
            meant.members.append(row)
            meant.why[row] = f"judged the same round: {judged['reason']}"
            if not home.members:
                _follow(home, meant, events)
        elif judged["judgement"] == "different" and home is meant:
            home.members.remove(row)
            why = {row: f"judged another round: {judged['reason']}"}
            events.append(Event(block.kind[row], not block.closed[row], [row], why=why))


def _follow(gone: Event, target: Event, events: Iterable[Event]) -> None:
    """Let talks that became an event that is no more point to the one that it was judged to be."""
    for event in events:
        if event.became is gone:
            event.became = None if target.talks else target


def _why(member: int, event: Event, block: Block) -> str:
    others = [k for k in event.members if k != member]
    if not others:
        return "the only report"
    nearest = max(others, key=lambda k: (block.evidence.total[member, k], block.ids[k]))
    reasons = block.evidence.reasons(member, nearest) or "nothing speaks against it"
    return f"with {block.ids[nearest]}: {reasons}"
