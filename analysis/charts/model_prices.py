"""The charts of notebook 04: prices and open weights against scores."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import lines, ranks, scatter
from analysis.charts.house import Mark, Theme
from analysis.charts.words import count, day, period
from analysis.measures import model_prices as measures
from analysis.measures import model_rankings

NOTEBOOK = "04_model_rankings"
BOARDS = {model_rankings.ARENA: "Arena", model_rankings.ANALYSIS: "Artificial Analysis"}
CLIPS = {model_rankings.TEXT: "text to video", model_rankings.IMAGE: "image to video"}
FIRST = 40
"""Ranks whose prices are shown."""
TOP = 10
"""Ranks whose prices the title compares."""

Row = Mapping[Hashable, Any]


def score(value: float) -> str:
    """A score of votes or a rank without decimals, a score of tests with them.

    >>> score(1388.55), score(87.41), score(3.0)
    ('1389', '87.41', '3')
    """
    return f"{value:.0f}" if value >= 100 else f"{value:g}"


def dot(meaning: str, color: str, fill: str | None = None) -> Mark:
    """What a colour of points means; filled with the colour unless told otherwise."""
    return Mark(meaning, ranks.point(color, fill or color))


def model_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """A model of a table a row as text, with the ranks that its interval leaves open."""
    overlaps = frame["n_overlapping"].astype("str").where(frame["n_overlapping"].notna(), "–")
    return pd.DataFrame(
        {
            "Board": frame["board"].replace(BOARDS),
            "Clips": frame["modality"].replace(CLIPS),
            "Day": [period(date, date) for date in frame["day"]],
            "Model": frame["model"],
            "Rank": [f"{row['rank']} of {row['n_models']}" for row in frame.to_dict("records")],
            "Open ranks": _spans(frame["rank_low"], frame["rank_high"]),
            "Score": frame["score"].map(score),
            "Interval": _spans(frame["score_low"], frame["score_high"]),
            "Overlaps": overlaps,
        }
    )


def _spans(low: "pd.Series[Any]", high: "pd.Series[Any]") -> list[str]:
    """From low to high, a dash where they are not known."""
    return [
        "–" if pd.isna(first) else score(first) if first == last else f"{score(first)}–{score(last)}"
        for first, last in zip(low, high, strict=True)
    ]


# Price against score


def _prices(tables: Tables) -> pd.DataFrame:
    rated = model_rankings.tables(tables.table("leaderboard_scores"))
    return measures.prices(rated, tables.table("model_capabilities"), FIRST)


def _prices_title(frame: pd.DataFrame) -> str:
    top = frame[frame["rank"].le(TOP)]
    top = top if len(top) else frame
    low, high = _price(top["usd_per_minute"].min()), _price(top["usd_per_minute"].max())
    if len(top) == 1:
        return f"{top['model'].iloc[0]} costs {low} a minute of video"
    spread = f"cost {low} to {high}" if low != high else f"all cost {low}"
    (first,) = top.nsmallest(1, "rank").to_dict("records")
    return (
        f"The {len(top)} best models with a price {spread} a minute of video; number {first['rank']}, "
        f"{first['model']}, {_price(first['usd_per_minute'])}"
    )


def _prices_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Score with its interval against the list price in US dollars a minute, {len(frame)} of the first "
        f"{FIRST} models of {int(frame['n_models'].max())} on {day(frame['day'].max())}; text to video, "
        "silent clips. Resolutions differ. Figures: Artificial Analysis"
    )


def _prices_alt(frame: pd.DataFrame) -> str:
    edge = [
        f"{row['model']} {_price(row['usd_per_minute'])} for {score(row['score'])}"
        for row in frame[frame["is_on_edge"]].to_dict("records")
    ]
    return (
        f"Points of score against price a minute for {count(len(frame), 'model')}. No cheaper model has a "
        f"higher score than: {'; '.join(edge[-8:])}."
    )


def _prices_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = model_rows(frame).drop(columns=["Board", "Clips", "Day", "Open ranks", "Overlaps"])
    rows.insert(1, "US dollars a minute", frame["usd_per_minute"].map(lambda price: f"{price:.2f}"))
    rows["None better for less"] = frame["is_on_edge"].map({True: "yes", False: "–"})
    return rows


def _price(dollars: float) -> str:
    """A price as short as it can be said.

    >>> _price(3.0), _price(22.44), _price(14.4)
    ('$3', '$22.44', '$14.40')
    """
    return f"${dollars:.0f}" if dollars == round(dollars) else f"${dollars:.2f}"


def _prices_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    step = {"marker": "_", "markersize": 12, "markeredgewidth": 1.2, "color": theme.muted, "ls": ""}
    return [*_colors_key(frame, theme), Mark("no cheaper model has a higher score", step)]


def _draw_prices(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    is_backed = frame["family"].ne("")
    view = frame.rename(columns={"score": "up", "score_low": "low", "score_high": "high"}).assign(
        across=frame["usd_per_minute"],
        label=frame["model"].where(is_backed | frame["is_on_edge"], ""),
        color=is_backed.map({True: theme.accent, False: theme.other}),
    )
    names = "US dollars a minute (equal distances are equal factors)", "Score"
    scatter.draw(figure, body, view, theme, names=names, ticks=(_price, score))


# Open weights


def _weights(tables: Tables) -> pd.DataFrame:
    rated = model_rankings.tables(tables.table("leaderboard_scores"))
    frame = measures.weights(rated, tables.table("model_capabilities"))
    return frame[frame["is_best"]].reset_index(drop=True)


def _weights_title(frame: pd.DataFrame) -> str:
    best = {row["weights"]: row for row in frame.groupby("weights").tail(1).to_dict("records")}
    if measures.OPEN not in best:
        return f"{frame['model'].iloc[-1]} leads; the board links to no weights of a model of the table"
    first = best[measures.OPEN]
    place = f"{first['model']}, the best with open weights, is number {first['rank']} of {first['n_models']}"
    if measures.NO_LINK not in best:
        return place
    gap = round(best[measures.NO_LINK]["score"] - first["score"])
    return f"{place}, {count(abs(gap), 'point')} {'below' if gap >= 0 else 'above'} the best of the others"


def _weights_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Best score among the models out by then, with open weights and without a link to them, by release "
        f"date; all scores from one table of {day(frame['day'].max())}, text to video, silent clips. "
        "Figures: Artificial Analysis"
    )


def _weights_alt(frame: pd.DataFrame) -> str:
    kinds = []
    for kind, rows in frame.groupby("weights", sort=False):
        told = [
            f"{row['model']} {score(row['score'])} ({period(row['released'], row['released'])})"
            for row in rows.tail(4).to_dict("records")
        ]
        kinds.append(f"{kind}, latest steps: {', '.join(told)}")
    return f"Stepped lines of the best score by release date. {'. '.join(kinds)}."


def _weights_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = model_rows(frame).drop(columns=["Board", "Clips", "Day", "Open ranks", "Overlaps"])
    rows.insert(0, "Weights", frame["weights"])
    rows.insert(1, "Released", [period(day_, day_) for day_ in frame["released"]])
    return rows


def _draw_weights(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    is_open = frame["weights"].eq(measures.OPEN)
    view = frame.rename(columns={"score": "value", "score_low": "low", "score_high": "high"}).assign(
        panel="Score on one table",
        panel_note="",
        series=frame["weights"],
        date=frame["released"],
        label=frame["model"],
        color=frame["family"].ne("").map({True: theme.accent, False: theme.other}),
        line_color=is_open.map({True: theme.ink, False: theme.other}),
        is_dashed=is_open,
    )
    lines.draw(figure, body, view, theme, tick=score, is_stepped=True)


def _colors_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    marks = [
        (frame["family"].ne(""), dot("Alibaba’s, or backed by it", theme.accent)),
        (frame["family"].eq(""), dot("others", theme.other)),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


CHARTS = (
    Chart(
        name="rankings_prices",
        notebook=NOTEBOOK,
        measure=_prices,
        title=_prices_title,
        subtitle=_prices_subtitle,
        alt=_prices_alt,
        rows=_prices_rows,
        key=_prices_key,
        draw=_draw_prices,
        size=(800, 640),
    ),
    Chart(
        name="rankings_weights",
        notebook=NOTEBOOK,
        measure=_weights,
        title=_weights_title,
        subtitle=_weights_subtitle,
        alt=_weights_alt,
        rows=_weights_rows,
        key=_colors_key,
        draw=_draw_weights,
        size=(800, 640),
    ),
)
