"""The charts of notebook 02: models."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.alibaba_portfolio import NOTEBOOK
from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import swim_lanes
from analysis.charts.house import Mark, Theme
from analysis.charts.words import count, listing, month, period, sentence
from analysis.measures import alibaba_models as measures
from analysis.measures.video_players import LAUNCH

_OWN_MEANINGS = {
    swim_lanes.HOLLOW: "preview or early access",
    swim_lanes.FILLED: "launch or new version",
}
_SIDE_MEANINGS = {
    swim_lanes.HOLLOW: "only shown, or told by a source of low reliability",
    swim_lanes.FILLED: "launched",
}

Row = Mapping[Hashable, Any]


# Its own models


def _own(tables: Tables) -> pd.DataFrame:
    return measures.own_models(tables.product_events())


def _own_title(frame: pd.DataFrame) -> str:
    models = frame.drop_duplicates("model")["field"].value_counts(sort=False)
    counted = [f"{models[field]} for {field}" for field in measures.FIELDS if field in models]
    return f"Alibaba’s own lines of models on record: {listing(counted)}"


def _own_subtitle(frame: pd.DataFrame) -> str:
    first, last = month(frame["date_start"].min()), month(frame["date_end"].max())
    return (
        f"{count(len(frame), 'event')}, {first} to {last}, by sources of at least medium reliability; labels "
        "are versions. A line runs on where no end is on record"
    )


def _own_alt(frame: pd.DataFrame) -> str:
    lanes = []
    for model, events in frame.groupby("model", sort=False):
        told = [f"{row['version']} {row['mark']} {_days(row)}".strip() for row in events.to_dict("records")]
        lanes.append(f"{model} ({events['field'].iloc[0]}): {listing(told)}")
    return f"Timeline with a lane for each of {count(len(lanes), 'model')} of Alibaba. {'; '.join(lanes)}."


def _own_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Model": frame["model"],
            "For": frame["field"],
            "Event": frame["mark"],
            "Version": frame["version"].replace("", "–"),
            "When": [_days(row) for row in frame.to_dict("records")],
            "Sources": frame["n_sources"].astype(str),
            "Best source": frame["publisher"].fillna("unknown"),
            "Reliability": frame["reliability"],
        }
    )


def _own_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of lanes."""
    kinds = frame["mark"].eq(LAUNCH).map({True: swim_lanes.FILLED, False: swim_lanes.HOLLOW})
    return frame.assign(
        lane=frame["model"], lane_note=frame["field"], label=frame["version"], kind=kinds, color=theme.accent
    )


def _draw_own(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    swim_lanes.draw(figure, body, _own_view(frame, theme), theme)


# ShengShu's two sides


def _sides(tables: Tables) -> pd.DataFrame:
    return measures.two_sides(tables.product_events(), tables.table("model_capabilities"))


def _sides_title(frame: pd.DataFrame) -> str:
    digital, physical = (frame[frame["side"].eq(side)] for side in (measures.DIGITAL, measures.PHYSICAL))
    told = f"ShengShu’s digital side has {count(len(digital), 'event')} on record, its physical side"
    is_weak = physical["reliability"].eq("low").all() and len(physical)
    return f"{told} {len(physical) or 'none'}{', from a source of low reliability' if is_weak else ''}"


def _sides_subtitle(frame: pd.DataFrame) -> str:
    first, last = month(frame["date_start"].min()), month(frame["date_end"].max())
    return (
        f"Launches and first showings of ShengShu, {first} to {last}. The split is our reading: robots, "
        "embodiment and driving are physical; Vidu, video, games and film are digital"
    )


def _sides_alt(frame: pd.DataFrame) -> str:
    lanes = [
        f"{side}: {listing([_product(row) for row in told.to_dict('records')])}"
        for side, told in frame.groupby("side", sort=False)
    ]
    return f"Timeline with a lane for each side of what ShengShu makes. {'; '.join(lanes)}."


def _product(row: Row) -> str:
    low = ", low reliability" if row["reliability"] == "low" else ""
    return f"{row['product']} {row['mark']} {_days(row)}{low}"


def _sides_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Side": frame["side"],
            "Product": frame["product"],
            "Event": frame["mark"],
            "When": [_days(row) for row in frame.to_dict("records")],
            "Publisher": frame["publisher"].fillna("unknown"),
            "Reliability": frame["reliability"],
        }
    )


def _sides_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of lanes."""
    is_firm = frame["mark"].eq(measures.OUT) & frame["reliability"].ne("low")
    n = frame.groupby("side")["product"].transform("size")
    return frame.assign(
        lane=sentence(frame["side"]),
        lane_note=[count(number, "event") for number in n],
        label=frame["product"],
        kind=is_firm.map({True: swim_lanes.FILLED, False: swim_lanes.HOLLOW}),
        color=theme.accent,
    )


def _draw_sides(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    swim_lanes.draw(figure, body, _sides_view(frame, theme), theme)


def _days(row: Row) -> str:
    return period(row["date_start"], row["date_end"])


def _own_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    return swim_lanes.key(_own_view(frame, theme), _OWN_MEANINGS, theme)


def _sides_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    return swim_lanes.key(_sides_view(frame, theme), _SIDE_MEANINGS, theme)


CHARTS = (
    Chart(
        name="alibaba_models",
        notebook=NOTEBOOK,
        measure=_own,
        title=_own_title,
        subtitle=_own_subtitle,
        alt=_own_alt,
        rows=_own_rows,
        key=_own_key,
        draw=_draw_own,
        size=(800, 560),
    ),
    Chart(
        name="shengshu_sides",
        notebook=NOTEBOOK,
        measure=_sides,
        title=_sides_title,
        subtitle=_sides_subtitle,
        alt=_sides_alt,
        rows=_sides_rows,
        key=_sides_key,
        draw=_draw_sides,
        size=(800, 480),
    ),
)
