"""The chart of notebook 03 that draws what the players earn."""

import math

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import timeline
from analysis.charts.house import Theme
from analysis.charts.language import name, say
from analysis.charts.video_models import NOTEBOOK
from analysis.charts.words import bare, bounds, count, figure, month, period
from analysis.measures import video_revenue as measures


def _rates(tables: Tables) -> pd.DataFrame:
    return measures.run_rates(tables.table("usage_metrics"), tables.companies())


def _title(frame: pd.DataFrame) -> str:
    first = frame.iloc[0]
    latest = frame.groupby("company").tail(1).iloc[1:]
    top = frame[frame["company"].eq(first["company"])].iloc[-1]
    told = {
        "company": name(top["company"]),
        "rate": _rate(top),
        "when": period(top["date_start"], top["date_end"]),
    }
    if latest.empty:
        return say("{company}’s run rate was {rate} in {when}", **told)
    return say(
        "{company}’s run rate was {rate} in {when}, {other}’s {other_rate}",
        **told,
        other=name(latest["company"].iloc[0]),
        other_rate=_rate(latest.iloc[0]),
    )


def _rate(row: "pd.Series[float]") -> str:
    low, stated, high = row["usd_low"], row["usd_stated"], row["usd_high"]
    return bounds(low, high) if math.isnan(stated) else figure(low, stated, high)


def _subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Revenue of a short time told as that of a year, as reported for {first} to {last}; "
        "US dollars as printed; companies may count in different ways",
        first=month(frame["date_start"].min()),
        last=month(frame["date_end"].max()),
    )


def _alt(frame: pd.DataFrame) -> str:
    lanes = []
    for company, rates in frame.groupby("company", sort=False):
        told = [
            say("{amount} ({when})", amount=_rate(row), when=period(row["date_start"], row["date_end"]))
            for _, row in rates.iterrows()
        ]
        lanes.append(say("{name}: {list}", name=name(str(company)), list=say(", ").join(told)))
    return say(
        "Timeline of run rates, one lane a company, as high as the rate. {finding}. {rates} of {players}. "
        "{lanes}.",
        finding=_title(frame),
        rates=count(len(frame), "rate"),
        players=count(len(lanes), "player"),
        lanes=say("; ").join(lanes),
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
    return frame.assign(lane=frame["company"].map(name), lane_note="", label="", color=color)


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
        sizes={"slide": (1280, 720)},
        native=lambda frame, theme: timeline.native(_view(frame, theme), theme),
    ),
)
