"""The charts of notebook 04: prices and open weights against scores."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import lines, ranks, scatter
from analysis.charts.house import Mark, Theme
from analysis.charts.language import say, term
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


def rated(tables: Tables) -> pd.DataFrame:
    """The ranked models of every whole table."""
    return model_rankings.tables(tables.table("leaderboard_scores"))


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
    return measures.prices(rated(tables), tables.table("model_capabilities"), FIRST)


def _prices_title(frame: pd.DataFrame) -> str:
    top = frame[frame["rank"].le(TOP)]
    top = top if len(top) else frame
    low, high = _price(top["usd_per_minute"].min()), _price(top["usd_per_minute"].max())
    if len(top) == 1:
        return say("{model} costs {price} a minute of video", model=top["model"].iloc[0], price=low)
    (first,) = top.nsmallest(1, "rank").to_dict("records")
    told = {
        "n": len(top),
        "low": low,
        "rank": first["rank"],
        "model": first["model"],
        "price": _price(first["usd_per_minute"]),
    }
    if low == high:
        return say(
            "The {n} best models with a price all cost {low} a minute of video; number {rank}, {model}, "
            "{price}",
            **told,
        )
    return say(
        "The {n} best models with a price cost {low} to {high} a minute of video; number {rank}, {model}, "
        "{price}",
        **told,
        high=high,
    )


def _prices_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Score with its interval against the list price in US dollars a minute, {n} of the first {first} "
        "models of {all} on {day}; text to video, silent clips. Resolutions differ. "
        "Figures: Artificial Analysis",
        n=len(frame),
        first=FIRST,
        all=int(frame["n_models"].max()),
        day=day(frame["day"].max()),
    )


def _prices_alt(frame: pd.DataFrame) -> str:
    edge = [
        say(
            "{model} {price} for {score}",
            model=row["model"], price=_price(row["usd_per_minute"]), score=score(row["score"]),
        )
        for row in frame[frame["is_on_edge"]].to_dict("records")
    ]  # fmt: skip
    return say(
        "Points of score against price a minute for {models}. No cheaper model has a higher score than: "
        "{list}.",
        models=count(len(frame), "model"),
        list=say("; ").join(edge[-8:]),
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
    return say("${amount}", amount=f"{dollars:.0f}" if dollars == round(dollars) else f"{dollars:.2f}")


def _prices_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    step = {"marker": "_", "markersize": 12, "markeredgewidth": 1.2, "color": theme.muted, "ls": ""}
    return [*_colors_key(frame, theme), Mark(say("no cheaper model has a higher score"), step)]


def _prices_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the points."""
    is_backed = frame["family"].ne("")
    return frame.rename(columns={"score": "up", "score_low": "low", "score_high": "high"}).assign(
        across=frame["usd_per_minute"],
        label=frame["model"].where(is_backed | frame["is_on_edge"], ""),
        color=is_backed.map({True: theme.accent, False: theme.other}),
    )


def _scales() -> dict[str, Any]:
    """What the scales of the points measure, and their words."""
    across = say("US dollars a minute (equal distances are equal factors)")
    return {"names": (across, say("Score")), "ticks": (_price, score)}


def _draw_prices(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    scatter.draw(figure, body, _prices_view(frame, theme), theme, **_scales())


# Open weights


def _weights(tables: Tables) -> pd.DataFrame:
    frame = measures.weights(rated(tables), tables.table("model_capabilities"))
    return frame[frame["is_best"]].reset_index(drop=True)


def _weights_title(frame: pd.DataFrame) -> str:
    best = {row["weights"]: row for row in frame.groupby("weights").tail(1).to_dict("records")}
    if measures.OPEN not in best:
        return say(
            "{model} leads; the board links to no weights of a model of the table",
            model=frame["model"].iloc[-1],
        )
    first = best[measures.OPEN]
    told = {"model": first["model"], "rank": first["rank"], "all": first["n_models"]}
    if measures.NO_LINK not in best:
        return say("{model}, the best with open weights, is number {rank} of {all}", **told)
    gap = round(best[measures.NO_LINK]["score"] - first["score"])
    points = count(abs(gap), "point")
    if gap < 0:
        return say(
            "{model}, the best with open weights, is number {rank} of {all}, "
            "{points} above the best of the others",
            **told,
            points=points,
        )
    return say(
        "{model}, the best with open weights, is number {rank} of {all}, "
        "{points} below the best of the others",
        **told,
        points=points,
    )


def _weights_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Best score among the models out by then, with open weights and without a link to them, by release "
        "date; all scores from one table of {day}, text to video, silent clips. Figures: Artificial Analysis",
        day=day(frame["day"].max()),
    )


def _weights_alt(frame: pd.DataFrame) -> str:
    kinds = []
    for kind, rows in frame.groupby("weights", sort=False):
        told = [
            say(
                "{model} {score} ({when})",
                model=row["model"],
                score=score(row["score"]),
                when=period(row["released"], row["released"]),
            )
            for row in rows.tail(4).to_dict("records")
        ]
        kinds.append(say("{kind}, latest steps: {list}", kind=term(str(kind)), list=say(", ").join(told)))
    return say("Stepped lines of the best score by release date. {list}.", list=say(". ").join(kinds))


def _weights_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = model_rows(frame).drop(columns=["Board", "Clips", "Day", "Open ranks", "Overlaps"])
    rows.insert(0, "Weights", frame["weights"])
    rows.insert(1, "Released", [period(day_, day_) for day_ in frame["released"]])
    return rows


def _weights_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the lines."""
    is_open = frame["weights"].eq(measures.OPEN)
    return frame.rename(columns={"score": "value", "score_low": "low", "score_high": "high"}).assign(
        panel=say("Score on one table"),
        panel_note="",
        series=frame["weights"].map(term),
        date=frame["released"],
        label=frame["model"],
        color=frame["family"].ne("").map({True: theme.accent, False: theme.other}),
        line_color=is_open.map({True: theme.ink, False: theme.other}),
        is_dashed=is_open,
    )


def _draw_weights(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    lines.draw(figure, body, _weights_view(frame, theme), theme, tick=score, is_stepped=True)


def _colors_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    marks = [
        (frame["family"].ne(""), dot(say("Alibaba’s, or backed by it"), theme.accent)),
        (frame["family"].eq(""), dot(say("others"), theme.other)),
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
        native=lambda frame, theme: scatter.native(_prices_view(frame, theme), theme, **_scales()),
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
        sizes={"column": (480, 860)},
        native=lambda frame, theme: lines.native(
            _weights_view(frame, theme), theme, tick=score, is_stepped=True
        ),
    ),
)
