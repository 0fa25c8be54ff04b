"""What the players of notebook 03 earn, as reported.

A run rate is the revenue of a short time told as that of a year. It is no revenue, and no two companies
need to count alike. Figures are what sources say, in US dollars as printed.
"""

import pandas as pd

from analysis.measures import video_players

RUN_RATE = r"(?i)^(?:arr\b(?! added)|run rate|annuali[sz]ed revenue|年化收入)"
"""Metrics that are a run rate in every case; "ARR added" is what a rate rose by."""
OF_A_YEAR = r"(?i)^annual revenue"
"""A metric that is a run rate where it is told for less than half a year."""
ESTIMATE = r"(?i)estimate|产品榜"
"""Words by which a source says that the figure is no company's own."""
QUARTER, HALF_A_YEAR = 92, 183
"""Days from which a time is too long to place a rate, or a year's revenue is no rate."""

RATE_COLUMNS = [
    "company", "is_trio", "date_start", "date_end", "usd_low", "usd_stated", "usd_high", "is_firm",
    "n_sources", "publisher", "url",
]  # fmt: skip


def run_rates(usage_metrics: pd.DataFrame, companies: pd.DataFrame) -> pd.DataFrame:
    """The run rates of players that are no larger firms, and of Kling: one row a company and month.

    What several sources say of one month is one row: its bounds span them, and the stated figure is missing
    where they differ. Rates without a time, or of a time longer than a quarter, are left out.

    Returns: The columns of `RATE_COLUMNS`, companies with the highest latest lower bound first, each in order
        of time. `is_firm` says that at least two sources tell of the rate, that they agree, and that not all
        are of low reliability or estimates by others. `publisher` and `url` are the most reliable source's.
    """
    told = _told(usage_metrics, companies)
    days = (told["period_end"] - told["period_start"]).dt.days + 1
    by_month = told[days.le(QUARTER)].groupby(["company", told["period_end"].dt.to_period("M")])
    rows = [_one_rate(tellings) for _, tellings in by_month]
    frame = pd.DataFrame(rows, columns=RATE_COLUMNS)
    latest = frame.sort_values("date_end").groupby("company")["usd_low"].last()
    order = frame["company"].map(latest.rank(ascending=False, method="first"))
    return (
        frame.assign(order=order).sort_values(["order", "date_end"], ignore_index=True).drop(columns="order")
    )


def n_without_time(usage_metrics: pd.DataFrame, companies: pd.DataFrame) -> int:
    """How many reported run rates `run_rates` leaves out, since their time is not known to the quarter."""
    told = _told(usage_metrics, companies)
    days = (told["period_end"] - told["period_start"]).dt.days + 1
    return int((~days.le(QUARTER)).sum())


def kling_quarters(usage_metrics: pd.DataFrame) -> pd.DataFrame:
    """Kling's revenue by quarter in yuan, as reported.

    Returns: One row a quarter in order of time: `quarter` ("Q1 2026"), `cny_low` and `cny_high` (NaN: open
        end) over all sources that give it in yuan, and `n_sources`.
    """
    days = (usage_metrics["period_end"] - usage_metrics["period_start"]).dt.days + 1
    told = usage_metrics[
        usage_metrics["company_id"].eq("kuaishou")
        & usage_metrics["metric"].isin(["revenue", "收入", "营业收入", "单季度收入"])
        & usage_metrics["value_currency"].eq("CNY")
        & usage_metrics["value_low"].notna()
        & days.between(89, QUARTER)
    ]
    quarter = told["period_start"].dt.to_period("Q")
    grouped = told.groupby(quarter)
    frame = pd.DataFrame(
        {
            "cny_low": grouped["value_low"].min(),
            "cny_high": grouped["value_high"].max(),
            "n_sources": grouped["publisher"].nunique(),
        }
    )
    frame.index = frame.index.map(lambda period: f"Q{period.quarter} {period.year}")
    return frame.rename_axis("quarter").reset_index()


def _told(usage_metrics: pd.DataFrame, companies: pd.DataFrame) -> pd.DataFrame:
    """The run rates in dollars that sources tell of, with `company` and `is_trio`."""
    players = video_players.players(companies)
    of_kling = usage_metrics["company_id"].eq("kuaishou")
    known = usage_metrics.drop(columns="company").assign(
        company_id=usage_metrics["company_id"].mask(of_kling, "kling")
    )
    known = known.merge(players[players["group"].ne(video_players.LARGER)], on="company_id")
    days = (known["period_end"] - known["period_start"]).dt.days + 1
    of_short = known["metric"].str.contains(OF_A_YEAR) & days.lt(HALF_A_YEAR)
    is_rate = known["metric"].str.contains(RUN_RATE) | of_short
    is_known = known["value_currency"].eq("USD") & known["value_low"].notna()
    return known[is_rate & is_known].reset_index(drop=True)


def _one_rate(tellings: pd.DataFrame) -> dict[str, object]:
    """One run rate from what sources say of one company and time."""
    rank = tellings["reliability"].map(["high", "medium", "low"].index)
    row = tellings.assign(rank=rank).sort_values(["rank", "record_id"]).iloc[0]
    low, high = tellings["value_low"].min(), tellings["value_high"].max(skipna=False)
    stated, n_sources = tellings["value_stated"].unique(), tellings["publisher"].nunique()
    is_weak = tellings["reliability"].eq("low") | (tellings["metric"] + tellings["value"]).str.contains(
        ESTIMATE
    )
    return {
        **row[["company", "is_trio", "publisher", "url"]],
        "date_start": tellings["period_start"].min(),
        "date_end": tellings["period_end"].max(),
        "usd_low": low,
        "usd_stated": stated[0] if len(stated) == 1 else float("nan"),
        "usd_high": high,
        "is_firm": bool(n_sources > 1 and len(stated) == 1 and not is_weak.all()),
        "n_sources": n_sources,
    }
