"""Drafts to tables: rounds, their investors, and the conflicts they left behind."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.clean import reasons
from analysis.clean.drafts import Drafts, Settled, iso_days, weights
from analysis.clean.ledger import BASES, CLOSED, PART, PRICED, QUALIFIERS, TOTAL, WAYS, currency_code
from analysis.clean.losing import AMOUNT, DATE, LABEL, LEADS, SPAN, STATUS, VALUATION
from analysis.clean.rates import usd_rates
from analysis.clean.reasons import words_of
from analysis.clean.slips import VERDICTS
from analysis.clean.voting import RELIABILITY_WEIGHT, UNKNOWN
from analysis.columns import FIELDS, KINDS, PRECISIONS

MIDDLE = 0.5
"""Where in a range of days the reference rate is taken: halfway."""

KEY = ["event", "investor"]
MONEY_KINDS = ("round", "ipo", "debt", "secondary", "part")


def rounds_table(
    drafts: Drafts, companies: Mapping[str, str], investors: Mapping[str, str], rates: pd.DataFrame
) -> pd.DataFrame:
    """Return the table rounds, one row a draft.

    Args:
        drafts: events with their choices.
        companies: names by id.
        investors: names by id.
        rates: dollars for one unit of each currency by day.
    """
    ledger, chosen = drafts.ledger, drafts.chosen
    events, amount, dates, whole = ledger.events, chosen.amount, chosen.date, chosen.whole
    company = ledger.reports["company_id"].iloc[events["first"]]
    precision = words_of(dates["precision"], PRECISIONS)
    grades = {points: grade for grade, points in RELIABILITY_WEIGHT.items()}
    best = np.maximum.reduceat(weights(ledger), events["first"])
    columns: dict[str, Any] = {
        "round_id": drafts.round_ids,
        "company_id": company.to_numpy(),
        "company": company.map(dict(companies)).to_numpy(),
        "round_label": words_of(chosen.label["value"], ledger.labels),
        "kind": words_of(events["kind"], KINDS),
        "status": words_of(chosen.status["value"], WAYS),
        "became_round_id": words_of(events["became"], drafts.round_ids.tolist()),
        "date_start": iso_days(dates["start"]),
        "date_end": iso_days(dates["end"]),
        "date_precision": np.where(dates["precision"] == UNKNOWN, "none", precision),
        "date_basis": words_of(dates["basis"], BASES),
        "currency": currency_codes(amount["currency"]),
        "amount_stated": amount["stated"],
        "amount_low": amount["low"],
        "amount_high": amount["high"],
        "amount_qualifier": words_of(amount["qualifier"], QUALIFIERS),
        **dollars(amount, dates, rates),
        "valuation_basis": words_of(whole["valuation_basis"], PRICED),
        "lead_investors": drafts.lead_names(investors),
        "n_reports": events["end"] - events["first"],
        "n_independent": whole["n_origins"],
        "reliability": [grades[points] for points in best],
        "disputed_fields": _disputed(drafts),
    }
    valued = dollars(chosen.valuation, dates, rates)
    columns |= {f"valuation_{name}": valued[name] for name in ("usd_stated", "usd_low", "usd_high")}
    taken_from = (
        chosen.label["report"],
        whole["kind_report"],
        chosen.status["report"],
        dates["report"],
        amount["report"],
        chosen.valuation["report"],
        whole["leads_report"],
    )
    ids = ledger.reports["report_id"].tolist()
    for name, report in zip(FIELDS, taken_from, strict=True):
        columns[f"{name}_report_id"] = words_of(report, ids)
    for name, why in zip(
        FIELDS,
        (
            reasons.words_why(chosen.label, ledger.labels),
            reasons.kinds_why(drafts),
            reasons.words_why(chosen.status, WAYS),
            reasons.dates_why(dates),
            reasons.amounts_why(drafts),
            reasons.sums_why(chosen.valuation),
            reasons.leads_why(whole),
        ),
        strict=True,
    ):
        columns[f"{name}_why"] = why
    return pd.DataFrame(columns).iloc[drafts.in_order].reset_index(drop=True)


def currency_codes(numbers: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return the ISO 4217 code of each number, None for none."""
    distinct, places = np.unique(numbers, return_inverse=True)
    return np.array([currency_code(number) for number in distinct], dtype=object)[places]


def dollars(
    sums: NDArray[Any], dates: NDArray[Any], rates: pd.DataFrame, moment: float = MIDDLE
) -> dict[str, Any]:
    """Return sums in dollars, with the rate and its day.

    Args:
        sums: amounts or valuations of events.
        dates: the dates of these events.
        rates: dollars for one unit of each currency by day.
        moment: where in the range of its days an event takes its rate, from 0 (first) to 1 (last).
    """
    start, end = dates["start"], dates["end"]
    day = (start + np.floor(moment * (end - start)).astype(np.int64)).astype("datetime64[D]")
    asked = pd.DataFrame({"currency": currency_codes(sums["currency"]), "date": day})
    asked["date"] = asked["date"].where(start != UNKNOWN)
    rate = usd_rates(asked, rates)
    rate_day = rate["rate_date"].to_numpy("datetime64[D]")
    per_unit = rate["usd_per_unit"].to_numpy(np.float64)
    return {
        "usd_per_unit": per_unit,
        "rate_date": iso_days(np.where(np.isnat(rate_day), UNKNOWN, rate_day.astype(np.int64))),
        **{f"usd_{end}": np.rint(sums[end] * per_unit) for end in ("stated", "low", "high")},
    }


def _disputed(drafts: Drafts) -> list[str | None]:
    chosen = drafts.chosen
    disputed = {
        "label": chosen.label["is_disputed"],
        "status": chosen.status["is_disputed"],
        "date": chosen.date["is_disputed"],
        "amount": chosen.amount["is_disputed"],
        "valuation": chosen.valuation["is_disputed"],
        "lead_investors": chosen.whole["is_leads_disputed"],
    }
    return [
        "; ".join(name for name, is_so in zip(disputed, row, strict=True) if is_so) or None
        for row in zip(*(column.tolist() for column in disputed.values()), strict=True)
    ]


def conflicts_table(drafts: Drafts, investors: Mapping[str, str]) -> pd.DataFrame:
    """Return the table conflicts, one row a value that was not chosen."""
    chosen, losses, ledger = drafts.chosen, drafts.losses, drafts.ledger
    names = {place: investors.get(name, name) for place, name in enumerate(ledger.investors)}
    value, shown = np.empty((2, len(losses.event)), dtype=object)

    def of(field: int) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
        is_field = losses.field == field
        return is_field, losses.value[is_field], losses.event[is_field]

    for field, words, choices in ((LABEL, ledger.labels, chosen.label), (STATUS, WAYS, chosen.status)):
        where, lost, event = of(field)
        value[where], shown[where] = words_of(lost, words), words_of(choices["value"][event], words)
    where, lost, event = of(DATE)
    value[where] = spans(lost // SPAN, lost // SPAN + lost % SPAN)
    shown[where] = spans(chosen.date["start"][event], chosen.date["end"][event])
    where, lost, event = of(LEADS)
    value[where] = [names[investor] for investor in lost.tolist()]
    led = np.array(drafts.lead_names(dict(zip(ledger.investors, names.values(), strict=True))), dtype=object)
    shown[where] = led[event]
    for field, sums in ((AMOUNT, chosen.amount), (VALUATION, chosen.valuation)):
        where, _, event = of(field)
        money = (losses.currency, losses.stated, losses.low, losses.high)
        value[where] = [
            reasons.show_money(*row)
            for row in zip(*(column[where].tolist() for column in money), strict=True)
        ]
        shown[where] = reasons.show_sums(sums[event])
    verdicts = [VERDICTS[verdict] for verdict in losses.verdict.tolist()]
    table = pd.DataFrame(
        {
            "round_id": drafts.round_ids[losses.event],
            "field": words_of(losses.field, FIELDS),
            "value": value,
            "chosen": shown,
            "report_ids": _report_ids(drafts, drafts.behind, losses.first, losses.end),
            "support": losses.points,
            "probably": [probably for probably, _ in verdicts],
            "rule": [rule for _, rule in verdicts],
        }
    )
    return table.sort_values("round_id", kind="stable", ignore_index=True)


def spans(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> list[str]:
    """Return ranges of days as "2026-04-01" or "2026-04-01 to 2026-04-30"."""
    return [
        start if start == end else f"{start} to {end}"
        for start, end in zip(iso_days(starts), iso_days(ends), strict=True)
    ]


def _report_ids(
    settled: Settled, reports: NDArray[np.int64], first: NDArray[np.int64], end: NDArray[np.int64]
) -> list[str]:
    """Return the ids of runs of reports, each once, separated by "; "."""
    ids = settled.ledger.reports["report_id"].to_numpy(object)[reports].tolist()
    return [
        ids[a] if b == a + 1 else "; ".join(sorted(set(ids[a:b])))
        for a, b in zip(first.tolist(), end.tolist(), strict=True)
    ]


def round_investors_table(drafts: Drafts, investors: pd.DataFrame) -> pd.DataFrame:
    """Return the table round_investors: who is named in a closed event that brought money."""
    naming = _naming(drafts)
    told = naming.groupby(KEY, sort=False)
    first = np.flatnonzero(~naming.duplicated(KEY))
    stakes = pd.MultiIndex.from_frame(naming.iloc[first][KEY])
    event, investor = (stakes.get_level_values(name) for name in KEY)
    known = investors.set_index("investor_id").loc[investor]
    leads = pd.MultiIndex.from_arrays(
        [drafts.event_of_lead, words_of(drafts.leads, drafts.ledger.investors)], names=KEY
    )
    return pd.DataFrame(
        {
            "round_id": drafts.round_ids[event],
            "investor_id": investor,
            "investor": known["investor"].to_numpy(),
            "parent_group": known["parent_group"].to_numpy(),
            "role": np.where(stakes.isin(leads), "lead", "participant"),
            "n_independent": told["origin"].nunique().to_numpy(),
            "known_cheque_usd": _cheques(drafts, naming).reindex(stakes).to_numpy(),
            "report_ids": _report_ids(
                drafts, naming["report"].to_numpy(), first, np.append(first, len(naming))[1:]
            ),
        }
    )


def _naming(drafts: Drafts) -> pd.DataFrame:
    """Return who is named by which report of a closed event that brought money.

    Returns:
        Columns event, investor, report (its place in the ledger) and origin, sorted.
    """
    ledger, tellings = drafts.ledger, drafts.ledger.tellings
    is_money = np.isin(ledger.events["kind"], [KINDS.index(kind) for kind in MONEY_KINDS])
    is_money &= ledger.events["is_talks"] == 0
    told = is_money[ledger.event_of] & (tellings["status"] == CLOSED) & (tellings["kind"] != TOTAL)
    reports = np.flatnonzero(told)
    named = ledger.reports["named"].iloc[reports]
    report = np.repeat(reports, named.map(len).to_numpy())
    naming = pd.DataFrame(
        {
            "event": ledger.event_of[report],
            "investor": pd.Series([name for found in named for name, _ in found], dtype=object),
            "report": report,
            "origin": np.asarray(drafts.sources.origin)[report],
        }
    )
    return naming.sort_values([*KEY, "report"], ignore_index=True)


def _cheques(drafts: Drafts, naming: pd.DataFrame) -> pd.Series:
    """Return what investors put in themselves: the best supported of the sums named for each alone.

    Returns:
        Dollars by event and investor.
    """
    reports, sources = drafts.ledger.reports, drafts.sources
    is_alone = (drafts.ledger.tellings["kind"] == PART) & (reports["named"].map(len) == 1).to_numpy()
    alone = naming[is_alone[naming["report"]]]
    alone = alone.assign(usd=reports["usd_stated"].to_numpy(np.float64)[alone["report"]])
    noted = pd.DataFrame(
        [(place, investor, usd) for place, found in enumerate(reports["cheques"]) for investor, usd in found],
        columns=["report", "investor", "usd"],
    ).astype({"report": "int64", "investor": object, "usd": "float64"})
    told = pd.concat([alone, naming.merge(noted, on=["report", "investor"])]).dropna(subset="usd")
    told["points"] = np.asarray(sources.weight)[told["report"]]
    told["seniority"] = np.asarray(sources.seniority)[told["report"]]
    value = [*KEY, "usd"]
    best = told.sort_values("points", ascending=False).drop_duplicates([*value, "origin"])
    votes = best.groupby(value)["points"].sum().to_frame()
    votes["seniority"] = told.groupby(value)["seniority"].min()
    votes = votes.reset_index().sort_values(["points", "seniority"], ascending=[False, True])
    usd: pd.Series = votes.drop_duplicates(KEY).set_index(KEY)["usd"]
    return usd
