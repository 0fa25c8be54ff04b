"""Drafts to tables: rounds, their investors, and the conflicts they left behind."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.clean.choosing import AmountChoice
from analysis.clean.drafts import Draft
from analysis.clean.rates import Rate, usd_per_unit
from analysis.clean.voting import Report, choose, seniority
from analysis.columns import FIELDS

MIDDLE = 0.5
"""Where in a range of days the reference rate is taken: halfway."""

MONEY_KINDS = ("round", "ipo", "debt", "secondary", "part")


def rounds_table(
    drafts: Sequence[Draft],
    companies: Mapping[str, str],
    investors: Mapping[str, str],
    rates: pd.DataFrame,
    moment: float = MIDDLE,
) -> pd.DataFrame:
    """Return the table rounds, one row a draft.

    Args:
        drafts: events with their choices.
        companies: names by id.
        investors: names by id.
        rates: dollars for one unit of each currency by day.
        moment: where in the range of its days an event takes its rate, from 0 (first) to 1 (last).
    """
    names = {draft.event: draft.round_id for draft in drafts}
    return pd.DataFrame([_round_row(d, names, companies, investors, rates, moment) for d in drafts])


def _round_row(
    draft: Draft,
    names: Mapping[int, str],
    companies: Mapping[str, str],
    investors: Mapping[str, str],
    rates: pd.DataFrame,
    moment: float,
) -> dict[str, Any]:
    amount, dated = draft.amount, draft.choices["date"]
    start, end, precision, basis = dated.value or (None, None, "none", None)
    rate = _rate(amount.currency, start, end, rates, moment)
    valuation = draft.choices["valuation"]
    assert isinstance(valuation, AmountChoice)
    valued = _rate(valuation.currency, start, end, rates, moment)
    leads = draft.choices["lead_investors"].value or ()
    row: dict[str, Any] = {
        "round_id": draft.round_id,
        "company_id": draft.company_id,
        "company": companies[draft.company_id],
        "round_label": draft.choices["label"].value,
        "kind": draft.kind,
        "status": draft.choices["status"].value,
        "became_round_id": names.get(draft.became) if draft.became is not None else None,
        "date_start": start,
        "date_end": end,
        "date_precision": precision,
        "date_basis": basis,
        "currency": amount.currency,
        "amount_stated": amount.stated,
        "amount_low": amount.low,
        "amount_high": amount.high,
        "amount_qualifier": amount.qualifier,
        "usd_per_unit": rate.usd_per_unit if rate else None,
        "rate_date": rate.rate_date.isoformat() if rate and rate.rate_date else None,
        "valuation_basis": draft.choices["valuation_basis"].value,
        "lead_investors": "; ".join(investors[i] for i in leads) or None,
        "n_reports": len(draft.reports),
        "n_independent": len({r["origin_key"] for r in draft.reports}),
        "reliability": min(draft.reports, key=seniority)["reliability"],
        "disputed_fields": "; ".join(name for name in FIELDS if draft.choices[name].disputed) or None,
    }
    for end_name in ("stated", "low", "high"):
        row[f"usd_{end_name}"] = _times(getattr(amount, end_name), rate)
        row[f"valuation_usd_{end_name}"] = _times(getattr(valuation, end_name), valued)
    for name in FIELDS:
        row[f"{name}_report_id"] = draft.choices[name].report_id
        row[f"{name}_why"] = draft.choices[name].why
    return row


def _rate(
    currency: str | None, start: str | None, end: str | None, rates: pd.DataFrame, moment: float
) -> Rate | None:
    if currency == "USD" and start is None:
        return Rate(1.0, None)
    if currency is None or start is None or end is None:
        return None
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    return usd_per_unit(currency, (first + moment * (last - first)).date(), rates)


def _times(value: float | None, rate: Rate | None) -> float | None:
    return None if value is None or rate is None else round(value * rate.usd_per_unit)


def conflicts_table(drafts: Sequence[Draft], investors: Mapping[str, str]) -> pd.DataFrame:
    """Return the table conflicts, one row a value that was not chosen."""
    return pd.DataFrame(
        [
            {
                "round_id": draft.round_id,
                **row,
                "value": investors.get(row["value"], row["value"]),
                "chosen": "; ".join(investors.get(name, name) for name in (row["chosen"] or "").split("; "))
                or None,
            }
            for draft in drafts
            for row in draft.conflicts
        ]
    )


def round_investors_table(drafts: Sequence[Draft], investors: pd.DataFrame) -> pd.DataFrame:
    """Return the table round_investors: who is named in a closed event that brought money."""
    known = investors.set_index("investor_id")
    rows = []
    for draft in drafts:
        if draft.is_talks or draft.kind not in MONEY_KINDS:
            continue
        leads = set(draft.choices["lead_investors"].value or ())
        naming: dict[str, list[Report]] = defaultdict(list)
        for report in draft.reports:
            if report["status"] == "closed" and report["kind"] != "total":
                for investor, _ in report["named"]:
                    naming[investor].append(report)
        for investor, behind in sorted(naming.items()):
            rows.append(
                {
                    "round_id": draft.round_id,
                    "investor_id": investor,
                    "investor": known.at[investor, "investor"],
                    "parent_group": known.at[investor, "parent_group"],
                    "role": "lead" if investor in leads else "participant",
                    "n_independent": len({r["origin_key"] for r in behind}),
                    "known_cheque_usd": _cheque(investor, behind),
                    "report_ids": "; ".join(sorted({r["report_id"] for r in behind})),
                }
            )
    return pd.DataFrame(rows)


def _cheque(investor: str, behind: Sequence[Report]) -> float | None:
    """Return what the investor put in: the best supported of the sums named for it alone."""
    told = []
    for report in behind:
        alone = report["kind"] == "part" and [i for i, _ in report["named"]] == [investor]
        if alone and report["usd_stated"] is not None:
            told.append((report["usd_stated"], report))
        told += [(sum_usd, report) for name, sum_usd in report["cheques"] if name == investor]
    value: float | None = choose(told).value
    return value
