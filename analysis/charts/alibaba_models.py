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
from analysis.charts.language import name, say, term
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
    counted = [
        say("{n} for {field}", n=models[field], field=term(field))
        for field in measures.FIELDS
        if field in models
    ]
    return say("Alibaba’s own lines of models on record: {list}", list=listing(counted))


def _own_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "{events}, {first} to {last}, by sources of at least medium reliability; labels are versions. "
        "A line runs on where no end is on record",
        events=count(len(frame), "event"),
        first=month(frame["date_start"].min()),
        last=month(frame["date_end"].max()),
    )


def _own_alt(frame: pd.DataFrame) -> str:
    lanes = []
    for model, events in frame.groupby("model", sort=False):
        told = [_version(row) for row in events.to_dict("records")]
        lanes.append(
            say(
                "{model} ({field}): {list}",
                model=name(model),
                field=term(events["field"].iloc[0]),
                list=listing(told),
            )
        )
    return say(
        "Timeline with a lane for each of {models} of Alibaba. {lanes}.",
        models=count(len(lanes), "model"),
        lanes=say("; ").join(lanes),
    )


def _version(row: Row) -> str:
    """What happened to a model, and when."""
    told = {"event": term(row["mark"]), "when": _days(row)}
    if not row["version"]:
        return say("{event} {when}", **told)
    return say("{version} {event} {when}", version=row["version"], **told)


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
        lane=frame["model"].map(name),
        lane_note=frame["field"].map(term),
        label=frame["version"],
        kind=kinds,
        color=theme.accent,
    )


def _draw_own(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    swim_lanes.draw(figure, body, _own_view(frame, theme), theme)


# ShengShu's two sides


def _sides(tables: Tables) -> pd.DataFrame:
    return measures.two_sides(tables.product_events(), tables.table("model_capabilities"))


def _sides_title(frame: pd.DataFrame) -> str:
    digital, physical = (frame[frame["side"].eq(side)] for side in (measures.DIGITAL, measures.PHYSICAL))
    events = count(len(digital), "event")
    if physical.empty:
        return say("ShengShu’s digital side has {events} on record, its physical side none", events=events)
    if physical["reliability"].eq("low").all():
        return say(
            "ShengShu’s digital side has {events} on record, its physical side {n}, from a source of low "
            "reliability",
            events=events,
            n=len(physical),
        )
    return say(
        "ShengShu’s digital side has {events} on record, its physical side {n}",
        events=events,
        n=len(physical),
    )


def _sides_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Launches and first showings of ShengShu, {first} to {last}. The split is our reading: robots, "
        "embodiment and driving are physical; Vidu, video, games and film are digital",
        first=month(frame["date_start"].min()),
        last=month(frame["date_end"].max()),
    )


def _sides_alt(frame: pd.DataFrame) -> str:
    lanes = [
        say(
            "{name}: {list}",
            name=term(side),
            list=listing([_product(row) for row in told.to_dict("records")]),
        )
        for side, told in frame.groupby("side", sort=False)
    ]
    return say(
        "Timeline with a lane for each side of what ShengShu makes. {lanes}.", lanes=say("; ").join(lanes)
    )


def _product(row: Row) -> str:
    told = {"product": name(row["product"]), "event": term(row["mark"]), "when": _days(row)}
    if row["reliability"] == "low":
        return say("{product} {event} {when}, low reliability", **told)
    return say("{product} {event} {when}", **told)


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
        lane=sentence(frame["side"].map(term)),
        lane_note=[count(number, "event") for number in n],
        label=frame["product"].map(name),
        kind=is_firm.map({True: swim_lanes.FILLED, False: swim_lanes.HOLLOW}),
        color=theme.accent,
    )


def _draw_sides(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    swim_lanes.draw(figure, body, _sides_view(frame, theme), theme)


def _days(row: Row) -> str:
    return period(row["date_start"], row["date_end"])


def _own_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    return swim_lanes.key(
        _own_view(frame, theme), {kind: term(told) for kind, told in _OWN_MEANINGS.items()}, theme
    )


def _sides_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    return swim_lanes.key(
        _sides_view(frame, theme), {kind: term(told) for kind, told in _SIDE_MEANINGS.items()}, theme
    )


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
        native=lambda frame, theme: swim_lanes.native(_own_view(frame, theme), theme),
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
        sizes={"column": (480, 760)},
        native=lambda frame, theme: swim_lanes.native(_sides_view(frame, theme), theme),
    ),
)
