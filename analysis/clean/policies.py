"""Rounds as other rules of choosing would have them: how much a total hangs on each rule.

Which reports tell of the same event stays as it is; the values of each event are chosen anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.clean.drafts import Draft, draft_rounds
from analysis.clean.quotes import Quote
from analysis.clean.rounds import MIDDLE, rounds_table
from analysis.clean.voting import Report
from analysis.columns import ROUND_POLICIES


@dataclass(frozen=True)
class Policy:
    """Another rule in place of one of ours.

    Attributes:
        rule: what it is about.
        name: what it does instead.
        see: a report as it sees it, None for one that it leaves out; None for all as they are.
        is_spanning: whether bounds span every credible report, or are those of the chosen report alone.
        moment: where in the date range the reference rate is taken, from 0 (first day) to 1 (last day).
    """

    rule: str
    name: str
    see: Callable[[Report], Report | None] | None = None
    is_spanning: bool = True
    moment: float = MIDDLE


POLICIES = (
    Policy(
        "reliability",
        "every source weighs the same",
        lambda report: {**report, "reliability": "medium"},
    ),
    Policy(
        "reliability",
        "reports of low reliability are left out",
        lambda report: None if report["reliability"] == "low" else report,
    ),
    Policy(
        "independence",
        "every report counts, copies too",
        lambda report: {**report, "origin_key": report["report_id"]},
    ),
    Policy(
        "independence",
        "every publisher counts once",
        lambda report: {**report, "origin_key": report["publisher"]},
    ),
    Policy("bounds", "bounds of the chosen report alone", is_spanning=False),
    Policy("currency day", "rate of the first day of the date", moment=0.0),
    Policy("currency day", "rate of the last day of the date", moment=1.0),
)


def round_policies_table(
    reports: Sequence[Report],
    links: pd.DataFrame,
    drafts: Sequence[Draft],
    names: tuple[Mapping[str, str], Mapping[str, str]],
    home_currency: Mapping[str, str],
    rates: pd.DataFrame,
) -> pd.DataFrame:
    """Return the table round_policies: one row a round and policy; a round that loses all reports has none.

    Args:
        reports: as `clean.drafts.as_records` returns them.
        links: one row a report.
        drafts: the rounds as they were chosen.
        names: of companies and of investors by id.
        home_currency: currency of each company's seat.
        rates: dollars for one unit of each currency by day.
    """
    round_ids = {draft.event: draft.round_id for draft in drafts}
    made = []
    for policy in POLICIES:
        others = list(drafts)
        if policy.see is not None:
            seen = [report for report in map(policy.see, reports) if report is not None]
            others = draft_rounds(seen, links.loc[[report["report_id"] for report in seen]], home_currency)
            for draft in others:
                draft.round_id = round_ids[draft.event]
        if not policy.is_spanning:
            others = [_with_own_bounds(draft) for draft in others]
        rounds = rounds_table(others, *names, rates, policy.moment)
        made.append(rounds.assign(rule=policy.rule, policy=policy.name))
    return pd.concat(made, ignore_index=True)[[column.name for column in ROUND_POLICIES]]


def _with_own_bounds(draft: Draft) -> Draft:
    """The draft with the bounds of the report that its amount was taken from."""
    amount, source = draft.amount, draft.amount.value
    if not isinstance(source, Quote):
        return draft
    return replace(
        draft, choices={**draft.choices, "amount": replace(amount, low=source.low, high=source.high)}
    )
