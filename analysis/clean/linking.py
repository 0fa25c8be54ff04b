"""Which reports tell of the same event.

Within a company, claims of the same kind are joined by average linkage over the evidence of
`analysis.clean.evidence`, closed deals and talks apart. Then talks are tied to the closing that they
became, closings told too early fall back to the talks, sums told as a round fall back to the round,
and parts and totals find theirs (`analysis.clean.joining`). A human decision in judgements.csv wins over all
of it.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.clean import joining
from analysis.clean.compiled import MANY, compiled
from analysis.clean.events import (
    AS_PART,
    AS_SUM,
    AS_TOTAL,
    JUDGED_OTHER,
    JUDGED_SAME,
    LINK,
    NEAREST,
    SAME_SERIES,
    TO_CLOSING,
    TO_TALKS,
)
from analysis.clean.register import Register, as_rows, write_register
from analysis.clean.voting import UNKNOWN
from analysis.columns import KINDS

_SAID = {
    SAME_SERIES: "the same series in the same month",
    TO_CLOSING: "tells the talks before this round as closed",
    TO_TALKS: "tells these talks as closed",
    AS_SUM: "tells the sum of this round and the earlier ones as the round",
    AS_TOTAL: "a sum equal to this round",
}
_EVIDENCE = {
    "time": "dates fit",
    "amount": "same amount",
    "label": "same round name",
    "valuation": "same valuation",
    "investors": "same investors",
}


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
    register = write_register(reports, judgements)
    links = np.zeros(len(register.claims), LINK)
    if len(links) < MANY:
        claims, groups, holders, judged = as_rows(register)
        joining.join(holders, claims, groups, register.labels, judged, links)
    else:
        compiled(joining.join)(
            register.holders, register.claims, register.groups, register.labels, register.judgements, links
        )
    linked = pd.DataFrame(
        {
            "event": links["event"],
            "became_event": pd.array(links["became"], dtype="Int64"),
            "event_kind": np.array(KINDS, dtype=object)[links["kind"]],
            "is_talks": links["is_talks"].astype(bool),
            "link_reason": _reasons(links, register),
        },
        index=pd.Index(register.report_ids, name="report_id"),
    )
    linked.loc[linked["became_event"] == UNKNOWN, "became_event"] = pd.NA
    in_turn = np.empty(len(links), np.intp)
    in_turn[register.order] = np.arange(len(links))
    return linked.iloc[in_turn]


def _reasons(links: NDArray[Any], register: Register) -> list[str]:
    """Say in words why each claim stands in its event."""
    reasons = np.full(len(links), "the only report", dtype=object)
    why = links["why"]
    near = np.flatnonzero((why == NEAREST) & (links["nearest"] != UNKNOWN))
    nearest = register.report_ids[links["nearest"][near]]
    reasons[near] = [
        f"with {name}: {said}" for name, said in zip(nearest, _evidence(links[near]), strict=True)
    ]
    for number, said in _SAID.items():
        reasons[why == number] = said
    for row in np.flatnonzero(why == AS_PART):
        reasons[row] = f"a part of this round ({links['besides'][row]:+.1f} besides the amount)"
    for row in np.flatnonzero((why == JUDGED_SAME) | (why == JUDGED_OTHER)):
        same = "the same round" if why[row] == JUDGED_SAME else "another round"
        reasons[row] = f"judged {same}: {register.reasons[links['judgement'][row]]}"
    return reasons.tolist()


def _evidence(links: NDArray[Any]) -> NDArray[np.object_]:
    """Say in words what joins each claim to its nearest one, the strongest first."""
    points = pd.DataFrame({name: links[name] for name in _EVIDENCE})
    number = points.groupby(list(_EVIDENCE), sort=False).ngroup()
    texts = []
    for row in points.loc[~number.duplicated()].to_dict("records"):
        said = sorted(((row[name], text) for name, text in _EVIDENCE.items() if row[name] > 0), reverse=True)
        joined = ", ".join(f"{text} ({value:+.1f})" for value, text in said)
        texts.append(joined or "nothing speaks against it")
    return np.array([*texts, ""], dtype=object)[number.to_numpy()]
