"""Claims to events, company after company: the rules of linking.

Like the rules of choosing these are plain functions over numbers, to be compiled where there are many
reports (`analysis.clean.compiled`).
"""

from collections.abc import Sequence
from math import inf, isnan
from typing import Any

from numpy.typing import NDArray

from analysis.clean.events import (
    AS_PART,
    AS_SUM,
    AS_TOTAL,
    ENOUGH,
    JUDGED_OTHER,
    JUDGED_SAME,
    SAME_SERIES,
    TO_CLOSING,
    TO_TALKS,
    Case,
    add_event,
    closings,
    cluster,
    mean,
    move,
    stated_usd,
    support,
    window,
)
from analysis.clean.evidence import compare, compare_all
from analysis.clean.ledger import PART, ROUND, TOTAL
from analysis.clean.register import Claim, Groups, Holder, Judgement, Labels
from analysis.clean.voting import UNKNOWN, no_numbers
from analysis.columns import KINDS

JUDGED = 50.0  # points of a human decision
SAME_AMOUNT = 0.9  # average amount points from which two groups tell of the same sum
SERIES_DAYS = 31
TALKS_LAST_DAYS = 270  # talks that did not close within nine months became nothing
LATE_DAYS = 7  # talks are still told of for a week after the closing
EARLY_DAYS = 20  # a closing can be told before the last word of the talks
SUMMED = 1.15  # a sum of rounds, each rounded and converted, one perhaps told twice
_IPO = KINDS.index("ipo")


def join(
    holders: Sequence[Holder],
    claims: Sequence[Claim],
    groups: Groups,
    labels: Labels,
    judgements: Sequence[Judgement],
    links: NDArray[Any],
) -> None:
    """Fill in `links` (dtype LINK), one row a claim; events are numbered through all companies."""
    n_events = 0
    for holder in holders:
        own = claims[holder.first : holder.end]
        decided = [
            Judgement(judged.claim - holder.first, judged.other - holder.first, judged.is_same)
            for judged in judgements[holder.first_judgement : holder.end_judgement]
        ]
        case = Case(
            own,
            compare_all(own, groups, labels),
            links[holder.first : holder.end],
            no_numbers(),
            no_numbers(),
            no_numbers(),
            [no_numbers() for _ in range(0)],
        )
        _join_company(case, labels, decided, holder.first_judgement)
        n_events = _write(case, groups, labels, n_events, holder.first)


def _join_company(case: Case, labels: Labels, judgements: Sequence[Judgement], first_judgement: int) -> None:
    claims, total = case.claims, case.evidence.total
    for judged in judgements:
        points = JUDGED if judged.is_same else -JUDGED
        total[judged.claim, judged.other] += points
        total[judged.other, judged.claim] += points
    for kind in range(len(KINDS)):
        for is_talks in (0, 1):
            rows = [
                row
                for row in range(len(claims))
                if claims[row].kind == kind and claims[row].is_closed != is_talks
            ]
            if len(rows) > 0 and kind != PART and kind != TOTAL:
                for members in cluster(rows, total):
                    add_event(case, kind, is_talks, members)
    _join_series(case, labels)
    _return_to_talks(case)
    _return_sums(case)
    for talks in _all_talks(case):
        case.became[talks] = _closing_of(talks, UNKNOWN, case)
    for row in range(len(claims)):
        if claims[row].kind == PART:
            _place_part(row, case)
    _place_totals(case)
    _apply_judgements(judgements, first_judgement, case)


def _all_talks(case: Case) -> list[int]:
    return [event for event, members in enumerate(case.members) if case.is_talks[event] and len(members) > 0]


def _join_series(case: Case, labels: Labels) -> None:
    """Join closings that name the same series within a month: no company closes two Series D at once."""
    for event in closings(case, ROUND):
        for other in closings(case, ROUND):
            if event != other and _names_same_series(case.members[event], case.members[other], case, labels):
                move(event, other, SAME_SERIES, case)


def _names_same_series(one: Sequence[int], other: Sequence[int], case: Case, labels: Labels) -> bool:
    for row in one:
        a = case.claims[row]
        for column in other:
            b = case.claims[column]
            if (
                labels.is_same_series[a.label, b.label]
                and a.news_end - a.news_start <= SERIES_DAYS
                and b.news_end - b.news_start <= SERIES_DAYS
                and b.news_start - SERIES_DAYS <= a.news_end
                and a.news_start - SERIES_DAYS <= b.news_end
            ):
                return True
    return False


def _closing_of(talks: int, other_than: int, case: Case) -> int:
    """Return the closed event that talks most likely became, UNKNOWN for none."""
    members, evidence = case.members[talks], case.evidence
    last = window(members, case.claims)[1]
    held = inf  # by then they were under way
    for member in members:
        for day in (case.claims[member].news_end, case.claims[member].page_end):
            if day < held:
                held = day
    best, best_points = UNKNOWN, -3.0
    for event in closings(case, case.kind[talks]):
        start, end = window(case.members[event], case.claims)
        if event == other_than or not (start <= last + TALKS_LAST_DAYS and held - LATE_DAYS <= end):
            continue
        points = mean(evidence.total, members, case.members[event])
        points -= mean(evidence.time, members, case.members[event])
        points -= max(start - last, 0.0) / 120
        if points > best_points:
            best, best_points = event, points
    return best


def _return_to_talks(case: Case) -> None:
    """Move closings that only tell talks as done: to the real closing of that amount, else to the talks."""
    amount, claims = case.evidence.amount, case.claims
    for talks in _all_talks(case):
        talks_first, talks_last = window(case.members[talks], claims)
        for event in closings(case, case.kind[talks]):
            members = case.members[event]
            first, last = window(members, claims)
            is_near = talks_first - EARLY_DAYS <= first and last <= talks_last + 45
            if not is_near or mean(amount, members, case.members[talks]) < SAME_AMOUNT:
                continue
            is_weaker = support(members, claims) < support(case.members[talks], claims)
            if not is_weaker or _is_vouched(members, case.members[talks], claims):
                continue
            closing = _closing_of(talks, event, case)
            if closing != UNKNOWN and mean(amount, members, case.members[closing]) >= SAME_AMOUNT:
                move(event, closing, TO_CLOSING, case)
            else:
                move(event, talks, TO_TALKS, case)


def _is_vouched(members: Sequence[int], talks: Sequence[int], claims: Sequence[Claim]) -> bool:
    """Whether a reliable page tells of a closing after the last page that tells of talks."""
    latest = -inf
    for row in talks:
        if claims[row].page_end > latest:
            latest = claims[row].page_end
    for row in members:  # noqa: SIM110 (the compiler knows no generators)
        if claims[row].is_reliable and claims[row].page_end > latest:
            return True
    return False


def _return_sums(case: Case) -> None:
    """Move an event whose amount is the sum of a round and the ones before it to that round."""
    rounds = _by_first_day(closings(case, ROUND), case)
    for event in rounds:
        told = stated_usd(case.members[event], case.claims)
        for known in rounds:
            members = case.members[event]
            if event == known or len(members) == 0 or len(case.members[known]) == 0 or isnan(told):
                continue
            if not support(case.members[known], case.claims) > support(members, case.claims):
                continue
            first = window(case.members[known], case.claims)[0]
            is_same_price = mean(case.evidence.valuation, members, case.members[known]) >= 1.0
            if not (is_same_price and window(members, case.claims)[0] >= first - 31):
                continue
            total = 0.0
            for earlier in rounds:
                if earlier != event and len(case.members[earlier]) > 0:
                    usd = stated_usd(case.members[earlier], case.claims)
                    if window(case.members[earlier], case.claims)[0] <= first and not isnan(usd):
                        total += usd
            is_told = stated_usd(case.members[known], case.claims) > 0
            if is_told and total > 0 and told > 0 and max(told / total, total / told) <= SUMMED:
                move(event, known, AS_SUM, case)


def _by_first_day(events: Sequence[int], case: Case) -> list[int]:
    """Return events by the first day on which they may have been news, undated ones last."""
    order, days = no_numbers(), [0.0 for _ in range(0)]
    for event in events:
        day = window(case.members[event], case.claims)[0]
        day = inf if isnan(day) else day
        rank = len(order)
        while rank > 0 and day < days[rank - 1]:
            rank -= 1
        order.insert(rank, event)
        days.insert(rank, day)
    return order


def _place_part(row: int, case: Case) -> None:
    """Put one investor's share or one tranche into its round, or into an event of its own."""
    evidence, claims = case.evidence, case.claims
    best, best_points = UNKNOWN, 0.0
    for kind in (_IPO, ROUND):
        for event in closings(case, kind):
            wholes = [member for member in case.members[event] if claims[member].kind != PART]
            points = mean(evidence.total, [row], wholes) - mean(evidence.amount, [row], wholes)
            most = -inf
            for whole in wholes:
                if claims[whole].usd_top > most:
                    most = claims[whole].usd_top
            if most > -inf and claims[row].usd_low > most * 1.05:
                points -= 4.0
            if points > best_points:
                best, best_points = event, points
    if best != UNKNOWN:
        case.members[best].append(row)
        case.links["why"][row] = AS_PART
        case.links["besides"][row] = best_points
        return
    for event, members in enumerate(case.members):
        if case.kind[event] == PART and mean(evidence.total, [row], members) > ENOUGH:
            members.append(row)
            return
    add_event(case, PART, 1 - claims[row].is_closed, [row])


def _place_totals(case: Case) -> None:
    """Put a sum beside the round that has its amount and date, the others into events of kind total."""
    evidence = case.evidence
    left = no_numbers()
    for row in range(len(case.claims)):
        if case.claims[row].kind != TOTAL:
            continue
        home = UNKNOWN
        for event in closings(case, ROUND):
            members = case.members[event]
            is_alike = mean(evidence.amount, [row], members) >= 1.5
            if home == UNKNOWN and is_alike and mean(evidence.total, [row], members) >= 2.0:
                home = event
        if home == UNKNOWN:
            left.append(row)
        else:
            case.members[home].append(row)
            case.links["why"][row] = AS_TOTAL
    for members in cluster(left, evidence.total):
        add_event(case, TOTAL, 0, members)


def _apply_judgements(judgements: Sequence[Judgement], first_judgement: int, case: Case) -> None:
    for number, judged in enumerate(judgements):
        row = judged.claim
        home, meant = _home_of(row, case), _home_of(judged.other, case)
        if bool(judged.is_same) == (home == meant):
            continue
        case.members[home].remove(row)
        case.links["judgement"][row] = first_judgement + number
        if judged.is_same:
            case.members[meant].append(row)
            case.links["why"][row] = JUDGED_SAME
            if len(case.members[home]) == 0:
                _follow(home, meant, case)
        else:
            add_event(case, case.claims[row].kind, 1 - case.claims[row].is_closed, [row])
            case.links["why"][row] = JUDGED_OTHER


def _home_of(row: int, case: Case) -> int:
    for event, members in enumerate(case.members):
        if row in members:
            return event
    return UNKNOWN


def _follow(gone: int, target: int, case: Case) -> None:
    """Let talks that became an event that is no more point to the one that it was judged to be."""
    for event in range(len(case.became)):
        if case.became[event] == gone:
            case.became[event] = UNKNOWN if case.is_talks[target] else target


def _write(case: Case, groups: Groups, labels: Labels, n_events: int, first_claim: int) -> int:
    """Write what is said of each claim; return the number of events so far."""
    numbers = no_numbers()
    for members in case.members:
        numbers.append(n_events)
        n_events += int(len(members) > 0)
    links = case.links
    for event, members in enumerate(case.members):
        for row in members:
            links["event"][row] = numbers[event]
            links["kind"][row] = case.kind[event]
            links["is_talks"][row] = case.is_talks[event]
            became = case.became[event]
            links["became"][row] = UNKNOWN if became == UNKNOWN else numbers[became]
            nearest = _nearest(row, members, case)
            links["nearest"][row] = UNKNOWN if nearest == UNKNOWN else first_claim + nearest
            if nearest != UNKNOWN:
                points = compare(case.claims[row], case.claims[nearest], groups, labels)
                links["time"][row], links["amount"][row] = points.time, points.amount
                links["label"][row], links["valuation"][row] = points.label, points.valuation
                links["investors"][row] = points.investors
    return n_events


def _nearest(row: int, members: Sequence[int], case: Case) -> int:
    """Return the claim of an event that most speaks for another one being in it, UNKNOWN alone."""
    best, most = UNKNOWN, -inf
    for other in members:
        points = case.evidence.total[row, other]
        if other != row and (points > most or (points == most and other > best)):
            best, most = other, points
    return best
