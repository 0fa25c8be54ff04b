"""The chart of notebook 03 that draws what the players earn."""

import math

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import timeline
from analysis.charts.house import Theme
from analysis.charts.video_models import NOTEBOOK
from analysis.charts.words import bare, bounds, count, figure, month, period
from analysis.measures import video_revenue as measures


def _rates(tables: Tables) -> pd.DataFrame:
    return measures.run_rates(tables.table("usage_metrics"), tables.companies())


def _title(frame: pd.DataFrame) -> str:
    first = frame.iloc[0]
    latest = frame.groupby("company").tail(1).iloc[1:]
    beside = f", {latest['company'].iloc[0]}’s {_rate(latest.iloc[0])}" if len(latest) else ""
    top = frame[frame["company"].eq(first["company"])].iloc[-1]
    when = period(top["date_start"], top["date_end"])
    return f"{top['company']}’s run rate was {_rate(top)} in {when}{beside}"


def _rate(row: "pd.Series[float]") -> str:
    low, stated, high = row["usd_low"], row["usd_stated"], row["usd_high"]
    return bounds(low, high) if math.isnan(stated) else figure(low, stated, high)


def _subtitle(frame: pd.DataFrame) -> str:
    first, last = frame["date_start"].min(), frame["date_end"].max()
    return (
        f"Revenue of a short time told as that of a year, as reported for {month(first)} to {month(last)}; "
        "US dollars as printed; companies may count in different ways"
    )


def _alt(frame: pd.DataFrame) -> str:
    frame = frame.assign(
        told=[f"{_rate(row)} ({period(row['date_start'], row['date_end'])})" for _, row in frame.iterrows()]
    )
    told = [
        f"{company}: {', '.join(rates['told'])}" for company, rates in frame.groupby("company", sort=False)
    ]
    return (
        f"Timeline of run rates, one lane a company, as high as the rate. {_title(frame)}. "
        f"{count(len(frame), 'rate')} of {count(len(told), 'player')}. {'; '.join(told)}."
    )


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Company": frame["company"],
            "When": [period(row["date_start"], row["date_end"]) for _, row in frame.iterrows()],
            "US dollars a year": [bare(_rate(row)) for _, row in frame.iterrows()],
            "Sources": frame["n_sources"].astype(str),
            "Best source": frame["publisher"],
        }
    )


def _view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the timeline."""
    color = frame["is_trio"].map({True: theme.accent, False: theme.other})
    return frame.assign(lane=frame["company"], lane_note="", label="", color=color)


def _draw(figure_: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    timeline.draw(figure_, body, _view(frame, theme), theme)


CHARTS = (
    Chart(
        name="video_run_rates",
        notebook=NOTEBOOK,
        measure=_rates,
        title=_title,
        subtitle=_subtitle,
        alt=_alt,
        rows=_rows,
        key=lambda frame, theme: timeline.key(_view(frame, theme), theme),
        draw=_draw,
        size=(800, 800),
    ),
)
