"""The chart of notebook 04 that follows the leader and the best Alibaba-backed models over time."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import lines
from analysis.charts.house import Mark, Theme
from analysis.charts.language import product, say, term
from analysis.charts.model_prices import BOARDS, CLIPS, NOTEBOOK, dot, rated, score
from analysis.charts.words import count, day, period, sentence
from analysis.measures import model_rankings as measures

Row = Mapping[Hashable, Any]


def _leaders(tables: Tables) -> pd.DataFrame:
    return measures.leaders(rated(tables))


def _title(frame: pd.DataFrame) -> str:
    first = frame[frame["modality"].eq(frame["modality"].iloc[0])].iloc[-1]
    told = {
        "model": first["leader"],
        "clips": term(CLIPS[first["modality"]]),
        "board": BOARDS[first["board"]],
    }
    backed = [who for who in measures.BACKED if not pd.isna(first[who])]
    if first["leader"] in [first[who] for who in backed]:
        return say("{model}, Alibaba’s or backed by it, leads {clips} on {board}", **told)
    if not backed:
        return say("{model} leads {clips} on {board}", **told)
    best = max(backed, key=lambda who: first[f"{who}_score"])
    ahead = first["leader_score"] - first[f"{best}_score"]
    return say(
        "{model} leads {clips} on {board}, {points} ahead of {best}",
        **told,
        points=count(round(ahead), "point"),
        best=first[best],
    )


def _subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Arena score (votes on pairs of clips) of the first model and of the best ones that Alibaba makes or "
        "backs, {tables}, {when}; each panel is one anchoring. Figures: Arena, CC BY 4.0",
        tables=count(len(frame), "whole table"),
        when=period(frame["day"].min(), frame["day"].max()),
    )


def _alt(frame: pd.DataFrame) -> str:
    panels = []
    for modality, tables in frame.groupby("modality", sort=False):
        ends = [_scores_on(row) for row in tables.iloc[[0, -1]].drop_duplicates("day").to_dict("records")]
        panels.append(say("{name}: {list}", name=term(CLIPS[str(modality)]), list=say("; ").join(ends)))
    return say(
        "Stepped lines of the scores of the first model and of the best that Alibaba makes or backs, a panel "
        "for each kind of clip. {panels}.",
        panels=say(". ").join(panels),
    )


def _scores_on(row: Row) -> str:
    """The models of a day with their scores."""
    told = [f"{row[who]} {score(row[f'{who}_score'])}" for who in _ends() if not pd.isna(row[who])]
    return say("{day} {scores}", day=day(row["day"]), scores=say(", ").join(told))


def _ends() -> dict[str, str]:
    """What stands at the ends of the lines."""
    families = {
        who: say("{one} or {other}", one=product(one), other=product(other))
        for who, (one, other) in measures.BACKED.items()
    }
    return {measures.LEADER: say("leader"), **families}


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    named = {
        header: ["–" if pd.isna(row[who]) else f"{row[who]} {score(row[f'{who}_score'])}" for row in rows]
        for who, header in zip(_ends(), ("Leader", "Alibaba’s own best", "Best it backs"), strict=True)
    }
    clips, days = frame["modality"].map(CLIPS), [period(row["day"], row["day"]) for row in rows]
    return pd.DataFrame({"Clips": clips, "Day": days, "Models": frame["n_models"].astype(str), **named})


def _view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the lines: a series for the leader and for each group."""
    series = []
    for who, end in _ends().items():
        points = frame.assign(
            series=end, model=frame[who], value=frame[f"{who}_score"], low=frame[f"{who}_low"],
            high=frame[f"{who}_high"], color=theme.other if who == measures.LEADER else theme.accent,
            is_dashed=who == "startup",
        )  # fmt: skip
        is_new = points["model"].ne(points.groupby("modality")["model"].shift())
        is_twice = (who == measures.LEADER) & frame[list(measures.BACKED)].eq(frame[who], axis=0).any(axis=1)
        series.append(points.assign(label=points["model"].where(is_new & ~is_twice, "")))
    view = pd.concat(series).assign(date=lambda rows: rows["day"])
    return view.assign(
        panel=sentence(view["modality"].map(CLIPS).map(term)),
        panel_note=[
            say("Arena score; one anchoring since {day}", day=day(date)) for date in view["anchored"]
        ],
        line_color=view["color"],
        is_firm=view["low"].notna(),
        label=view["label"].fillna(""),
    )


def _key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    backed = frame[list(measures.BACKED)].notna().any(axis=None)
    has_whisker = frame["leader_low"].notna()
    return [
        *([dot(say("Alibaba’s, or backed by it"), theme.accent)] if backed else []),
        dot(say("leader"), theme.other),
        *([dot(say("no interval on record"), theme.muted, theme.paper)] if not has_whisker.all() else []),
    ]


def _draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    lines.draw(figure, body, _view(frame, theme), theme, tick=score, is_stepped=True)


CHARTS = (
    Chart(
        name="rankings_leaders",
        notebook=NOTEBOOK,
        measure=_leaders,
        title=_title,
        subtitle=_subtitle,
        alt=_alt,
        rows=_rows,
        key=_key,
        draw=_draw,
        size=(800, 900),
        sizes={"column": (480, 1240), "page": (670, 960)},
        native=lambda frame, theme: lines.native(_view(frame, theme), theme, tick=score, is_stepped=True),
    ),
)
