"""Rounds as other rules of choosing would have them: how much a total hangs on each rule.

Which reports tell of the same event stays as it is; the values of each event are chosen anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.clean.drafts import Drafts, Settled, settle, weights
from analysis.clean.ledger import COLUMNS, UNDISCLOSED, WAYS, count_sources, write_ledger
from analysis.clean.reasons import words_of
from analysis.clean.rounds import MIDDLE, dollars
from analysis.clean.voting import RELIABILITY_WEIGHT, UNKNOWN
from analysis.columns import ROUND_POLICIES


@dataclass(frozen=True)
class Policy:
    """Another rule in place of one of ours.

    Attributes:
        rule: what it is about.
        name: what it does instead.
        reliability: what every report is taken for, None for what each is.
        leaves_out: the reliability of the reports that are left out.
        origin: the column that tells independent reports apart.
        is_spanning: whether bounds span every credible report, or are those of the chosen report alone.
        moment: where in the date range the reference rate is taken, from 0 (first day) to 1 (last day).
    """

    rule: str
    name: str
    reliability: str | None = None
    leaves_out: str | None = None
    origin: str = "origin_key"
    is_spanning: bool = True
    moment: float = MIDDLE

    @property
    def is_choosing(self) -> bool:
        """Whether values have to be chosen anew."""
        return bool(self.reliability or self.leaves_out or self.origin != "origin_key")


POLICIES = (
    Policy("reliability", "every source weighs the same", reliability="medium"),
    Policy("reliability", "reports of low reliability are left out", leaves_out="low"),
    Policy("independence", "every report counts, copies too", origin="report_id"),
    Policy("independence", "every publisher counts once", origin="publisher"),
    Policy("bounds", "bounds of the chosen report alone", is_spanning=False),
    Policy("currency day", "rate of the first day of the date", moment=0.0),
    Policy("currency day", "rate of the last day of the date", moment=1.0),
)


def round_policies_table(
    reports: pd.DataFrame,
    links: pd.DataFrame,
    drafts: Drafts,
    investors: Mapping[str, str],
    home_currency: Mapping[str, str],
    rates: pd.DataFrame,
) -> pd.DataFrame:
    """Return the table round_policies: one row a round and policy; a round that loses all reports has none.

    Args:
        reports: typed reports.
        links: one row a report.
        drafts: the rounds as they were chosen.
        investors: names by id.
        home_currency: currency of each company's seat.
        rates: dollars for one unit of each currency by day.
    """
    round_ids = dict(zip(drafts.ledger.event_numbers.tolist(), drafts.round_ids, strict=True))
    made = []
    for policy in POLICIES:
        settled: Settled = drafts
        if policy.is_choosing:
            settled = _settled_by(policy, reports, links, drafts, home_currency)
        amount = settled.chosen.amount if policy.is_spanning else _with_own_bounds(settled.chosen.amount)
        columns = {
            "rule": policy.rule,
            "policy": policy.name,
            "round_id": [round_ids[event] for event in settled.ledger.event_numbers.tolist()],
            "status": words_of(settled.chosen.status["value"], WAYS),
            **dollars(amount, settled.chosen.date, rates, policy.moment),
            "lead_investors": settled.lead_names(investors),
        }
        made.append(pd.DataFrame(columns))
    return pd.concat(made, ignore_index=True)[[column.name for column in ROUND_POLICIES]]


def _settled_by(
    policy: Policy,
    reports: pd.DataFrame,
    links: pd.DataFrame,
    drafts: Drafts,
    home_currency: Mapping[str, str],
) -> Settled:
    """Choose the values of every event anew, by another rule."""
    ledger = drafts.ledger
    if policy.leaves_out:
        kept = (reports["reliability"] != policy.leaves_out).to_numpy()
        ledger = write_ledger(reports[list(COLUMNS)][kept], links[kept], home_currency)
    weight = weights(ledger)
    if policy.reliability:
        weight = np.full(len(weight), RELIABILITY_WEIGHT[policy.reliability])
    counted = count_sources(ledger, weight, ledger.reports[policy.origin])
    return settle(ledger, counted, is_valued=False)


def _with_own_bounds(amount: NDArray[Any]) -> NDArray[Any]:
    """Return amounts with the bounds of the reports that they were taken from."""
    own = amount.copy()
    is_told = ~np.isin(amount["qualifier"], [UNKNOWN, UNDISCLOSED])
    for end in ("low", "high"):
        own[end] = np.where(is_told, amount[f"source_{end}"], amount[end])
    return own
