"""The charts of notebook 04: tables of boards."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts import model_leaders, model_prices
from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import lines, ranks
from analysis.charts.house import Mark, Theme
from analysis.charts.language import product, say, term
from analysis.charts.model_prices import BOARDS, CLIPS, NOTEBOOK, dot, model_rows, rated, score
from analysis.charts.words import count, day, period, sentence
from analysis.measures import model_rankings as measures

Row = Mapping[Hashable, Any]


# The latest tables with intervals


def _board(tables: Tables) -> pd.DataFrame:
    return measures.latest(rated(tables))


def _board_title(frame: pd.DataFrame) -> str:
    firsts = frame.drop_duplicates("modality").to_dict("records")
    told = [
        say(
            "{model} leads {clips} ({alike})",
            model=row["model"],
            clips=term(CLIPS[row["modality"]]),
            alike=_alike(row),
        )
        for row in firsts
    ]
    return say("; ").join(told)


def _alike(row: Row) -> str:
    """How many models a table cannot tell apart from one."""
    if row["n_models"] == 1:
        return say("the only model")
    if not row["n_overlapping"]:
        return say("none of {all} not told apart from it", all=row["n_models"] - 1)
    return say("{n} of {all} not told apart from it", n=row["n_overlapping"], all=row["n_models"] - 1)


def _board_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Arena score with its interval, {models} of the latest tables with intervals, {when}; "
        "the scale does not begin at zero. Models whose intervals overlap are not told apart. "
        "Figures: Arena, CC BY 4.0",
        models=count(int(frame["rank"].max()), "first model"),
        when=period(frame["day"].min(), frame["day"].max()),
    )


def _board_alt(frame: pd.DataFrame) -> str:
    columns = []
    for modality, rows in frame.groupby("modality", sort=False):
        named = [
            say("{rank} {model} {score}", rank=row["rank"], model=row["model"], score=_interval(row))
            for row in rows[rows["family"].ne("")].head(3).to_dict("records")
        ]
        (first,) = rows.head(1).to_dict("records")
        told = [
            say(
                "{clips}: first {model} {score}, {alike}",
                clips=term(CLIPS[str(modality)]),
                model=first["model"],
                score=_interval(first),
                alike=_alike(first),
            )
        ]
        if named:
            told.append(say("backed by Alibaba {list}", list=say(", ").join(named)))
        columns.append(say("; ").join(told))
    return say(
        "Scores with intervals, a column for each kind of clip. {columns}.", columns=say(". ").join(columns)
    )


def _interval(row: Row) -> str:
    """A score with its interval, if it has one."""
    if pd.isna(row["score_low"]):
        return score(row["score"])
    low, high = score(row["score_low"]), score(row["score_high"])
    return say("{score} ({low}–{high})", score=score(row["score"]), low=low, high=high)


def _board_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    marks = [
        (frame["family"].ne(""), dot(say("Alibaba’s, or backed by it"), theme.accent)),
        (frame["family"].eq(""), dot(say("others"), theme.other)),
        (~frame["is_firm"], dot(say("preliminary"), theme.muted, theme.paper)),
    ]
    band = {"marker": "s", "markersize": 11, "color": theme.faint, "ls": ""}
    return [*(mark for occurs, mark in marks if occurs.any()), Mark(say("interval of the first"), band)]


def _board_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the ranks."""
    is_backed = frame["family"].ne("")
    shown = frame.groupby("modality")["rank"].transform("max")
    columns = [
        say("{clips}, first {n} of {all}", clips=term(CLIPS[clips]), n=n, all=n_models)
        for clips, n, n_models in zip(frame["modality"], shown, frame["n_models"], strict=True)
    ]
    return frame.rename(columns={"score": "value", "score_low": "low", "score_high": "high"}).assign(
        name=frame["model"],
        column=sentence(pd.Series(columns, frame.index)),
        color=is_backed.map({True: theme.accent, False: theme.other}),
        is_bold=is_backed,
    )


def _draw_board(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    ranks.draw(figure, body, _board_view(frame, theme), theme, score)


# Where the Alibaba-backed models stand


def _standing(tables: Tables) -> pd.DataFrame:
    return measures.standings(rated(tables))


def _standing_title(frame: pd.DataFrame) -> str:
    latest = frame[frame["day"].eq(frame.groupby(measures.POOL)["day"].transform("max"))]
    best = latest.groupby(measures.POOL)["rank"].min()
    span = str(best.min())
    if best.min() < best.max():
        span = say("{first} to {last}", first=span, last=best.max())
    if len(best) == 1:
        return say(
            "On the latest table the best model that Alibaba makes or backs is number {rank}", rank=span
        )
    return say(
        "On the {n} latest tables the best model that Alibaba makes or backs is number {rank}",
        n=len(best),
        rank=span,
    )


def _standing_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Rank of the best model of each family on the last whole table of a month, {when}; whiskers span the "
        "ranks that its interval leaves open; points of one day stand side by side. "
        "Figures: Arena, CC BY 4.0; Artificial Analysis",
        when=period(frame["day"].min(), frame["day"].max()),
    )


def _standing_alt(frame: pd.DataFrame) -> str:
    panels = []
    for _, rows in frame.groupby(measures.POOL, sort=False):
        last = rows[rows["day"].eq(rows["day"].max())].to_dict("records")
        told = [
            say("{model} {rank} of {all}", model=row["model"], rank=row["rank"], all=row["n_models"])
            for row in last
        ]
        panels.append(
            say(
                "{pool} on {day}: {list}",
                pool=_pool(last[0]),
                day=day(last[0]["day"]),
                list=say(", ").join(told),
            )
        )
    return say(
        "Ranks over time of the best models that Alibaba makes or backs. {panels}.",
        panels=say(". ").join(panels),
    )


def _pool(row: Row) -> str:
    """A pool in words."""
    board = BOARDS.get(row["board"], row["board"])
    return say("{board}, {clips}", board=board, clips=term(CLIPS[row["modality"]]))


def _standing_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    known = frame["rank_low"].notna()
    marks = [
        (known, dot(say("rank, with the ranks that its interval leaves open"), theme.accent)),
        (~known, dot(say("no interval on record"), theme.accent, theme.paper)),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


def _standing_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the lines."""
    sound = {True: say("one pool, with and without sound"), False: say("silent clips")}
    return frame.assign(
        panel=[_pool(row) for row in frame.to_dict("records")],
        panel_note=frame["sound"].eq("mixed").map(sound),
        series=frame["family"].map(product),
        date=frame["day"],
        value=frame["rank"].astype(float),
        low=frame["rank_low"].astype("float64"),
        high=frame["rank_high"].astype("float64"),
        label="",
        color=theme.accent,
        line_color=theme.accent,
        is_firm=frame["rank_low"].notna(),
        is_dashed=frame["family"].isin(measures.STARTUPS),
    )


def _draw_standing(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    lines.draw(figure, body, _standing_view(frame, theme), theme, tick=score, is_reversed=True, dodge=4)


CHARTS = (
    *model_leaders.CHARTS,
    Chart(
        name="rankings_board",
        notebook=NOTEBOOK,
        measure=_board,
        title=_board_title,
        subtitle=_board_subtitle,
        alt=_board_alt,
        rows=model_rows,
        key=_board_key,
        draw=_draw_board,
        size=(800, 720),
        sizes={"column": (480, 1340), "slide": (1280, 720)},
        native=lambda frame, theme: ranks.native(_board_view(frame, theme), theme, score),
    ),
    Chart(
        name="rankings_standing",
        notebook=NOTEBOOK,
        measure=_standing,
        title=_standing_title,
        subtitle=_standing_subtitle,
        alt=_standing_alt,
        rows=model_rows,
        key=_standing_key,
        draw=_draw_standing,
        size=(800, 680),
        sizes={"column": (480, 1140), "slide": (1280, 720), "page": (670, 1000)},
        native=lambda frame, theme: lines.native(
            _standing_view(frame, theme), theme, tick=score, is_reversed=True
        ),
    ),
    *model_prices.CHARTS,
)
