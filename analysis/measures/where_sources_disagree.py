"""How far reports of one event are apart: the frames of notebook 07.

A quote is a sum of money as one page states it. Quotes are in nominal US dollars: those in the currency of
the round at the round's rate, those in dollars as they stand, others at the rate of the report's own date.
"""

from math import inf, isnan

import pandas as pd

from analysis.measures import sums, video_players, world_model_field
from analysis.measures.alibaba_portfolio import ALIBABA, TRIO
from analysis.measures.sums import VagueConvention

SLIPS = ("tenfold slip", "currency slip")
TIERS = ("high", "medium", "low")
AGREEING = "rounding"
"""The verdict on a value that is the chosen one but for its rounding or conversion."""
BASES = ("announced", "published")
WIDTHS = {"one day": 1, "up to a week": 7, "up to a month": 31, "up to half a year": 184, "wider": inf}
"""Classes of date ranges by their last width in days."""
UNDATED = "no date"
PARTIAL = ("part", "total")
"""Reports that do not tell of the whole of one round."""

OURS = "as chosen"
"""The policy by which the rounds of every notebook have their values."""
ONE_FIGURE: dict[VagueConvention, str] = {
    "lower bound": "vague amounts at their lower bound",
    "midpoint": "vague amounts at their midpoint",
}
"""What is done where sums are given without bounds."""
RULES = (OURS, "reliability", "independence", "bounds", "currency day")
TOTALS = (
    "rounds of the trio", "rounds of the trio led by Alibaba", "rounds of makers of video and images",
    "rounds of the world-model field", "all closed rounds",
)  # fmt: skip
"""What is added up: the trio of notebook 02, the companies of notebook 03 but for larger firms, the field of
notebook 05, and everybody."""
TOTAL_COLUMNS = ["total", "rule", "policy", *sums.MONEY, *sums.COUNTS, "change", "round_ids"]

ROUND = ["round_id", "company", "is_trio", "date_start", "date_end"]
CHOSEN = ["usd_low", "usd_stated", "usd_high"]
QUOTED = ["value_low", "value", "value_high"]
ENDS = ("low", "stated", "high")
DIGITS = 3
"""Significant digits to which dollars are the same value: "$293 million" and 292.9 million."""


def quotes(rounds: pd.DataFrame, reports: pd.DataFrame, conflicts: pd.DataFrame) -> pd.DataFrame:
    """Every sum that reports of the rounds state for the whole of the round, in dollars.

    Args:
        rounds: the rounds to look at.
        reports: all reports; those of a part of a round or of a total over several are left out.
        conflicts: all conflicts.

    Returns: One row a quote with `round_id`, `report_id`, `value_low`, `value`, `value_high` and `probably`,
        what a value that was not chosen most likely is (missing where the value agrees). A page that gives
        a sum in two currencies has two quotes. Quotes without a rate or a currency are left out.
    """
    told = reports[~reports["kind"].isin(PARTIAL)]
    told = told.merge(rounds[["round_id", "currency", "usd_per_unit"]], on="round_id")
    first, second = _in_dollars(told, "amount"), _in_dollars(told, "second")
    first[QUOTED] = first[QUOTED].fillna(told[CHOSEN].set_axis(QUOTED, axis=1))
    found = pd.concat([first, second], ignore_index=True)
    lost = conflicts[conflicts["field"].eq("amount") & ~conflicts["probably"].eq(AGREEING)]
    lost = _by_report(lost)[["round_id", "report_id", "value", "probably"]]
    found = found.merge(
        lost.rename(columns={"value": "words"}), on=["round_id", "report_id", "words"], how="left"
    )
    return found[found[QUOTED].notna().any(axis=1)].drop(columns="words").reset_index(drop=True)


def spread(
    rounds: pd.DataFrame,
    reports: pd.DataFrame,
    conflicts: pd.DataFrame,
    companies: pd.DataFrame,
    n_rounds: int = 12,
) -> pd.DataFrame:
    """What was reported of the rounds with most independent reports, widest spread first.

    Returns: One row a different value of a round: the round's `round_id`, `company`, `is_trio`, dates, chosen
        `usd_low`, `usd_stated`, `usd_high` and `n_independent`; `factor`, its highest stated value over its
        lowest; the value to three significant digits (`value_low` and `value_high` differ from `value` only
        where none was stated), with its `n_reports` and `probably`. A round without a quote has one row
        without a value.
    """
    order = ["n_independent", "n_reports", "round_id"]
    top = rounds.sort_values(order, ascending=[False, False, True]).head(n_rounds)
    found = quotes(top, reports, conflicts)
    found[QUOTED] = found[QUOTED].map(_rounded)
    # Hedges around a stated figure do not make another value of it.
    for end in ("value_low", "value_high"):
        found[end] = found[end].mask(found["value"].notna(), found["value"])
    counted = found.groupby(["round_id", *QUOTED, "probably"], dropna=False)["report_id"].nunique()
    values = top.drop(columns="n_reports").merge(
        counted.rename("n_reports").reset_index(), on="round_id", how="left"
    )
    stated = values.groupby("round_id")["value"]
    values["factor"] = stated.transform("max") / stated.transform("min")
    values["n_reports"] = values["n_reports"].fillna(0).astype(int)
    values["is_trio"] = _is_trio(values, companies)
    columns = [*ROUND, *CHOSEN, "n_independent", "factor", *QUOTED, "n_reports", "probably"]
    return values.sort_values(
        ["factor", "round_id", "value", "value_low"], ascending=[False, True, True, True], ignore_index=True
    )[columns]


def slips(
    rounds: pd.DataFrame, reports: pd.DataFrame, conflicts: pd.DataFrame, companies: pd.DataFrame
) -> pd.DataFrame:
    """Figures in reports that are a power of ten, or a currency, off the better supported value.

    Returns: One row a report and field, tenfold slips first: `probably`, `field` (amount or valuation), the
        `report_id`, `publisher`, `url`, `reliability`, what was `reported` and that in dollars (`value`,
        missing where it is a conversion by the page), and the round's `round_id`, `company`, `is_trio`,
        `status`, dates and chosen `usd_low`, `usd_stated`, `usd_high`.
    """
    rounds = rounds.assign(is_trio=_is_trio(rounds, companies))
    found = _by_report(conflicts[conflicts["probably"].isin(SLIPS)]).rename(columns={"value": "reported"})
    frames = []
    for field, prefix in (("amount", ""), ("valuation", "valuation_")):
        usd, currency = f"{prefix}usd_stated", f"{field}_currency"
        told = reports[["report_id", "publisher", "url", "reliability", usd, currency]]
        chosen = rounds[[*ROUND, "status", *(prefix + name for name in CHOSEN)]]
        chosen = chosen.rename(columns={prefix + name: name for name in CHOSEN})
        slipped = found.loc[
            found["field"].eq(field), ["probably", "field", "round_id", "report_id", "reported"]
        ]
        slipped = slipped.merge(told.rename(columns={usd: "value", currency: "currency"}), on="report_id")
        # The dollars of a report are those of its first quote.
        is_first = slipped["reported"].str[:3].eq(slipped.pop("currency"))
        slipped["value"] = slipped["value"].where(is_first)
        frames.append(slipped.merge(chosen, on="round_id"))
    order = ["probably", "company", "date_start", "field", "report_id"]
    ascending = [False, True, True, True, True]
    return pd.concat(frames).sort_values(order, ascending=ascending, ignore_index=True)


def verdicts(conflicts: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """What the values that were not chosen most likely are, by the best reliability behind them.

    Returns: One row a verdict, most frequent first: `probably`, the number of values in each of `TIERS`,
        `n_values`, and the `round_ids` behind them, with "; " between.
    """
    told = _by_report(conflicts).merge(reports[["report_id", "reliability"]], on="report_id")
    rank = told["reliability"].map(TIERS.index)
    best = rank.groupby([told["round_id"], told["field"], told["value"], told["probably"]]).min()
    tiers = best.map(dict(enumerate(TIERS))).rename("tier").reset_index()
    counted = tiers.groupby("probably")["tier"].value_counts().unstack(fill_value=0)
    counted = counted.reindex(columns=TIERS, fill_value=0).astype(int)
    counted["n_values"] = counted.sum(axis=1)
    counted["round_ids"] = tiers.groupby("probably")["round_id"].agg(lambda ids: "; ".join(sorted(set(ids))))
    return (
        counted.reset_index()
        .rename_axis(columns=None)
        .sort_values(["n_values", "probably"], ascending=[False, True], ignore_index=True)
    )


def dates(rounds: pd.DataFrame) -> pd.DataFrame:
    """How finely the dates of rounds are known.

    Returns: One row a class of `WIDTHS` that occurs, finest first: `width`, the number of rounds whose date
        is `announced` (a report says when) or `published` (only the day of the first page is known, and the
        round is not later), `n_rounds`, and the `round_ids`, with "; " between.
    """
    days = (rounds["date_end"] - rounds["date_start"]).dt.days + 1
    width = pd.cut(days, [0, *WIDTHS.values()], labels=list(WIDTHS))
    width = width.cat.add_categories(UNDATED).fillna(UNDATED)
    grouped = rounds.groupby(width.rename("width"), observed=True)
    counted = grouped["date_basis"].value_counts().unstack(fill_value=0)
    sizes = grouped.size().rename("n_rounds")
    counted = counted.reindex(index=sizes.index, columns=BASES, fill_value=0).astype(int)
    ids = grouped["round_id"].agg("; ".join).rename("round_ids")
    frame = pd.concat([counted, sizes, ids], axis=1).rename_axis(columns=None)
    return frame.reset_index().astype({"width": "str"})


def policy_totals(
    closed_rounds: pd.DataFrame,
    round_policies: pd.DataFrame,
    companies: pd.DataFrame,
    investors: pd.DataFrame,
    readings: pd.DataFrame,
) -> pd.DataFrame:
    """The five main totals by our rules of choosing, and with another rule in the place of one of them.

    Args:
        closed_rounds: the events that are money, as chosen.
        round_policies: the same and other events by other rules.
        companies: all companies.
        investors: all investors; those of the group of Alibaba tell which rounds it led.
        readings: how each segment is read.

    Returns: One row a policy and total, ours first: the columns of `TOTAL_COLUMNS`. `change` is the larger
        relative change of an end of the interval (NaN where neither end is known before and after); sums
        given as one figure have no bounds and no change.
    """
    ours = closed_rounds.assign(rule=OURS, policy=OURS)
    every = pd.concat([ours[round_policies.columns], round_policies], ignore_index=True)
    every = every[every["status"].eq("closed")].merge(
        closed_rounds[["round_id", "company_id"]], on="round_id"
    )
    rows = []
    for (rule, policy), rounds in every.groupby(["rule", "policy"], sort=False):
        for name, chosen in _totals(rounds, companies, investors, readings).items():
            rows.append({"total": name, "rule": rule, "policy": policy, **sums.total(chosen)})
    for convention, policy in ONE_FIGURE.items():
        for name, chosen in _totals(ours, companies, investors, readings).items():
            figure = sums.total(chosen, convention)
            figure[["usd_low", "usd_high"]] = float("nan")
            rows.append({"total": name, "rule": "bounds", "policy": policy, **figure})
    made = pd.DataFrame(rows).astype(dict.fromkeys(sums.COUNTS, int))
    before = made[made["policy"].eq(OURS)].set_index("total")
    changes = [made[end] / made["total"].map(before[end]) - 1 for end in ("usd_low", "usd_high")]
    low, high = changes
    made["change"] = low.where(high.isna() | low.abs().ge(high.abs()), high)
    order = made["rule"].map(RULES.index)
    return made.iloc[order.argsort(kind="stable")][TOTAL_COLUMNS].reset_index(drop=True)


def _totals(
    rounds: pd.DataFrame, companies: pd.DataFrame, investors: pd.DataFrame, readings: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """The rounds of each of the five totals."""
    cohort = rounds["company_id"].map(companies.set_index("company_id")["cohort"])
    players, field = video_players.players(companies), world_model_field.field_companies(companies, readings)
    makers = players.loc[players["group"].ne(video_players.LARGER), "company_id"]
    of_alibaba = set(investors.loc[investors["parent_group"].eq(ALIBABA), "investor"])
    leads = rounds["lead_investors"].fillna("").str.split("; ")
    led = leads.map(lambda names: bool(of_alibaba & set(names)))
    masks = (
        cohort.eq(TRIO), cohort.eq(TRIO) & led, rounds["company_id"].isin(makers),
        rounds["company_id"].isin(field["company_id"]), cohort.notna(),
    )  # fmt: skip
    return {name: rounds[mask] for name, mask in zip(TOTALS, masks, strict=True)}


def _is_trio(rounds: pd.DataFrame, companies: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each round is one of Alibaba's three companies."""
    return rounds["company_id"].isin(companies.loc[companies["cohort"].eq(TRIO), "company_id"])


def _by_report(conflicts: pd.DataFrame) -> pd.DataFrame:
    """A row for each report behind each conflict."""
    return conflicts.assign(report_id=conflicts["report_ids"].str.split("; ")).explode("report_id")


def _in_dollars(told: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """The amount or second quote of reports, in dollars where its currency is the round's or the dollar."""
    currency = told[f"{prefix}_currency"]
    rate = told["usd_per_unit"].where(currency.eq(told["currency"])).mask(currency.eq("USD"), 1.0)
    money = {name: told[f"{prefix}_{end}"] * rate for name, end in zip(QUOTED, ENDS, strict=True)}
    ends = [told[f"{prefix}_{end}"] for end in ENDS]
    words = [_words(*values) for values in zip(currency, *ends, strict=True)]
    return told[["round_id", "report_id"]].assign(**money, words=words)


def _words(currency: str, low: float, stated: float, high: float) -> str:
    """A quote as the table of conflicts spells it."""
    if not isnan(stated):
        return f"{currency} {stated:,.0f}"
    return f"{currency} {0 if isnan(low) else low:,.0f} to {'open' if isnan(high) else f'{high:,.0f}'}"


def _rounded(amount: float) -> float:
    return float(f"{amount:.{DIGITS}g}")
