"""The chart of notebook 03 that draws what the players are worth."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import timeline
from analysis.charts.house import Theme
from analysis.charts.language import name, say
from analysis.charts.video_models import NOTEBOOK
from analysis.charts.words import bare, bounds, listing, month, period
from analysis.measures import sums
from analysis.measures import video_players as measures

Row = Mapping[Hashable, Any]


def _valued(tables: Tables) -> pd.DataFrame:
    return measures.valuations(measures.video_rounds(tables.closed_rounds(), tables.companies()))


def _title(frame: pd.DataFrame) -> str:
    latest = frame.groupby("company", sort=False).tail(1)
    top = latest.nlargest(1, "valuation_usd_stated").iloc[0]
    first = frame[frame["company"].eq(top["company"])].iloc[0]
    told = {"company": name(top["company"]), "valuation": _valuation(top), "month": month(top["date_end"])}
    if first["round_id"] == top["round_id"]:
        return say("{company} was valued at {valuation} in {month}", **told)
    return say(
        "{company} was valued at {valuation} in {month}, after {first_valuation} in {first_month}",
        **told,
        first_valuation=_valuation(first),
        first_month=month(first["date_end"]),
    )


def _subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Valuation at closed rounds, the {n} companies with most valuations on record, larger firms left "
        "out; nominal US dollars, before or after the new money as reported",
        n=frame["company"].nunique(),
    )


def _alt(frame: pd.DataFrame) -> str:
    lanes = []
    for company, rounds in frame.groupby("company", sort=False):
        told = [
            say("{amount} ({when})", amount=_valuation(row), when=period(row["date_start"], row["date_end"]))
            for row in rounds.to_dict("records")
        ]
        lanes.append(say("{name}: {list}", name=name(str(company)), list=listing(told)))
    return say(
        "Timeline of valuations, one lane a company, as high as the valuation. {lanes}.",
        lanes=say("; ").join(lanes),
    )


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Company": frame["company"],
            "When": [period(row["date_start"], row["date_end"]) for row in rows],
            "Round": frame["round_label"].fillna("unnamed"),
            "Valuation, US dollars": [bare(_valuation(row)) for row in rows],
            "Independent": frame["n_independent"].astype(str),
        }
    )


def _valuation(row: "Row | pd.Series[Any]") -> str:
    """A valuation with its bounds."""
    return bounds(row["valuation_usd_low"], row["valuation_usd_high"])


def _view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the timeline."""
    amounts = {f"valuation_{name}": name for name in sums.MONEY}
    return frame.rename(columns=amounts).assign(
        lane=frame["company"].map(name),
        lane_note="",
        label=frame["round_label"].fillna("").map(name),
        color=theme.other,
    )


def _draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    timeline.draw(figure, body, _view(frame, theme), theme)


CHARTS = (
    Chart(
        name="video_valuations",
        notebook=NOTEBOOK,
        measure=_valued,
        title=_title,
        subtitle=_subtitle,
        alt=_alt,
        rows=_rows,
        key=lambda frame, theme: timeline.key(_view(frame, theme), theme),
        draw=_draw,
        size=(800, 820),
        native=lambda frame, theme: timeline.native(_view(frame, theme), theme),
    ),
)
