"""The charts of notebook 03: models."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import swim_lanes
from analysis.charts.house import Mark, Theme
from analysis.charts.language import name, product, say, term
from analysis.charts.words import count, month, period
from analysis.measures import video_players as measures

NOTEBOOK = "03_video_players"

Row = Mapping[Hashable, Any]

_KINDS = {
    measures.PREVIEW: swim_lanes.HOLLOW,
    measures.LAUNCH: swim_lanes.FILLED,
    measures.CLOSING: swim_lanes.BARRED,
    measures.END: swim_lanes.CROSSED,
}
_MEANINGS = {
    swim_lanes.HOLLOW: "preview or announcement",
    swim_lanes.FILLED: "launch or new version",
    swim_lanes.BARRED: "end announced",
    swim_lanes.CROSSED: "end",
}


def _models(tables: Tables) -> pd.DataFrame:
    return measures.model_events(tables.product_events())


def _models_title(frame: pd.DataFrame) -> str:
    n_models = frame["model"].nunique()
    ended = frame[frame["mark"].eq(measures.END)].drop_duplicates("model", keep="last")
    launched = frame[frame["mark"].eq(measures.LAUNCH)].groupby("model")["date_start"].min()
    if len(ended) != 1 or ended["model"].iloc[0] not in launched:
        return say("{models} of {n} came to an end", models=count(len(ended), "model"), n=n_models)
    (last,) = ended.to_dict("records")
    return say(
        "{model}, launched in {start}, ended in {end}: the only end on record among {models}",
        model=product(last["model"]),
        start=month(launched[last["model"]]),
        end=month(last["date_end"]),
        models=count(n_models, "model"),
    )


def _models_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "{events} of the main video models, {first} to {last}; labels are versions. "
        "A line runs on where no end is on record",
        events=count(len(frame), "event"),
        first=month(frame["date_start"].min()),
        last=month(frame["date_end"].max()),
    )


def _models_alt(frame: pd.DataFrame) -> str:
    lanes = []
    for model, events in frame.groupby("model", sort=False):
        first, *more = [_event(row) for row in events.to_dict("records")]
        told = say("{first} to {last}", first=first, last=more[-1]) if more else first
        lanes.append(say("{name}: {list}", name=product(str(model)), list=told))
    return say(
        "Timeline with a lane for each of {models}. {lanes}.",
        models=count(len(lanes), "model"),
        lanes=say("; ").join(lanes),
    )


def _event(row: Row) -> str:
    """An event with its date."""
    mark, when = term(row["mark"]), period(row["date_start"], row["date_end"])
    if not row["version"]:
        return say("{mark} {when}", mark=mark, when=when)
    return say("{version} {mark} {when}", version=product(row["version"]), mark=mark, when=when)


def _models_rows(frame: pd.DataFrame) -> pd.DataFrame:
    dates = [period(row["date_start"], row["date_end"]) for row in frame.to_dict("records")]
    return pd.DataFrame(
        {
            "Model": frame["model"],
            "Developer": frame["developer"],
            "Event": frame["mark"],
            "Version": frame["version"].replace("", "–"),
            "When": dates,
            "Sources": frame["n_sources"].astype(str),
            "Best source": frame["publisher"].fillna("unknown"),
        }
    )


def _models_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    meanings = {kind: term(meaning) for kind, meaning in _MEANINGS.items()}
    marks = swim_lanes.key(frame.assign(kind=frame["mark"].map(_KINDS)), meanings, theme)
    backed = square(say("Alibaba’s, or backed by it"), theme.accent)
    return [backed, *marks] if frame["model"].isin(measures.ALIBABA_BACKED).any() else marks


def _models_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the lanes."""
    is_backed = frame["model"].isin(measures.ALIBABA_BACKED)
    return frame.assign(
        lane=frame["model"].map(product),
        lane_note=frame["developer"].map(name),
        label=frame["version"].map(product),
        kind=frame["mark"].map(_KINDS),
        color=is_backed.map({True: theme.accent, False: theme.other}),
    )


def _draw_models(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    swim_lanes.draw(figure, body, _models_view(frame, theme), theme)


def square(meaning: str, color: str) -> Mark:
    """What a colour of bars or lanes means."""
    return Mark(meaning, {"marker": "s", "markersize": 9, "color": color, "ls": ""})


CHARTS = (
    Chart(
        name="video_models",
        notebook=NOTEBOOK,
        measure=_models,
        title=_models_title,
        subtitle=_models_subtitle,
        alt=_models_alt,
        rows=_models_rows,
        key=_models_key,
        draw=_draw_models,
        size=(800, 940),
        sizes={"page": (670, 940)},
        native=lambda frame, theme: swim_lanes.native(_models_view(frame, theme), theme),
    ),
)
