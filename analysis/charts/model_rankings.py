"""The charts of notebook 04: tables of boards."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts import model_prices
from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import lines, ranks
from analysis.charts.house import Mark, Theme
from analysis.charts.model_prices import BOARDS, CLIPS, NOTEBOOK, dot, model_rows, score
from analysis.charts.words import count, day, listing, period, sentence
from analysis.measures import model_rankings as measures

_ENDS = {
    measures.LEADER: "leader",
    "own": listing(measures.OWN).replace(" and ", " or "),
    "startup": listing(measures.STARTUPS).replace(" and ", " or "),
}
"""What stands at the ends of the lines."""

Row = Mapping[Hashable, Any]


def _tables(tables: Tables) -> pd.DataFrame:
    return measures.tables(tables.table("leaderboard_scores"))


# The leader and the best Alibaba-backed models over time


def _leaders(tables: Tables) -> pd.DataFrame:
    return measures.leaders(_tables(tables))


def _leaders_title(frame: pd.DataFrame) -> str:
    first = frame[frame["modality"].eq(frame["modality"].iloc[0])].iloc[-1]
    where = f"{CLIPS[first['modality']]} on {BOARDS[first['board']]}"
    backed = [who for who in measures.BACKED if not pd.isna(first[who])]
    if first["leader"] in [first[who] for who in backed]:
        return f"{first['leader']}, Alibaba’s or backed by it, leads {where}"
    if not backed:
        return f"{first['leader']} leads {where}"
    best = max(backed, key=lambda who: first[f"{who}_score"])
    ahead = first["leader_score"] - first[f"{best}_score"]
    return f"{first['leader']} leads {where}, {count(round(ahead), 'point')} ahead of {first[best]}"


def _leaders_subtitle(frame: pd.DataFrame) -> str:
    return (
        "Arena score (votes on pairs of clips) of the first model and of the best ones that Alibaba makes or "
        f"backs, {count(len(frame), 'whole table')}, {period(frame['day'].min(), frame['day'].max())}; "
        "each panel is one anchoring. Figures: Arena, CC BY 4.0"
    )


def _leaders_alt(frame: pd.DataFrame) -> str:
    panels = []
    for modality, tables in frame.groupby("modality", sort=False):
        ends = [
            f"{day(row['day'])} "
            + ", ".join(f"{row[who]} {score(row[f'{who}_score'])}" for who in _ENDS if not pd.isna(row[who]))
            for row in tables.iloc[[0, -1]].drop_duplicates("day").to_dict("records")
        ]
        panels.append(f"{CLIPS[str(modality)]}: {'; '.join(ends)}")
    return (
        "Stepped lines of the scores of the first model and of the best that Alibaba makes or backs, a panel "
        f"for each kind of clip. {'. '.join(panels)}."
    )


def _leaders_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    named = {
        header: ["–" if pd.isna(row[who]) else f"{row[who]} {score(row[f'{who}_score'])}" for row in rows]
        for who, header in zip(_ENDS, ("Leader", "Alibaba’s own best", "Best it backs"), strict=True)
    }
    clips, days = frame["modality"].map(CLIPS), [period(row["day"], row["day"]) for row in rows]
    return pd.DataFrame({"Clips": clips, "Day": days, "Models": frame["n_models"].astype(str), **named})


def _leaders_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the lines: a series for the leader and for each group."""
    series = []
    for who, end in _ENDS.items():
        points = frame.assign(
            series=end, model=frame[who], value=frame[f"{who}_score"], low=frame[f"{who}_low"],
            high=frame[f"{who}_high"], color=theme.other if who == measures.LEADER else theme.accent,
            is_dashed=who == "startup",
        )  # fmt: skip
        is_new = points["model"].ne(points.groupby("modality")["model"].shift())
        is_twice = (who == measures.LEADER) & frame[list(measures.BACKED)].eq(frame[who], axis=0).any(axis=1)
        series.append(points.assign(label=points["model"].where(is_new & ~is_twice, "")))
    view = pd.concat(series).assign(date=lambda rows: rows["day"])
    names = view["modality"].map(CLIPS)
    return view.assign(
        panel=sentence(names),
        panel_note="Arena score; one anchoring since " + view["anchored"].map(day),
        line_color=view["color"],
        is_firm=view["low"].notna(),
        label=view["label"].fillna(""),
    )


def _leaders_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    backed = frame[list(measures.BACKED)].notna().any(axis=None)
    has_whisker = frame["leader_low"].notna()
    return [
        *([dot("Alibaba’s, or backed by it", theme.accent)] if backed else []),
        dot("leader", theme.other),
        *([dot("no interval on record", theme.muted, theme.paper)] if not has_whisker.all() else []),
    ]


def _draw_leaders(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    lines.draw(figure, body, _leaders_view(frame, theme), theme, tick=score, is_stepped=True)


# The latest tables with intervals


def _board(tables: Tables) -> pd.DataFrame:
    return measures.latest(_tables(tables))


def _board_title(frame: pd.DataFrame) -> str:
    firsts = frame.drop_duplicates("modality").to_dict("records")
    told = [f"{row['model']} leads {CLIPS[row['modality']]} ({_alike(row)})" for row in firsts]
    return "; ".join(told)


def _alike(row: Row) -> str:
    """How many models a table cannot tell apart from one."""
    if row["n_models"] == 1:
        return "the only model"
    return f"{row['n_overlapping'] or 'none'} of {row['n_models'] - 1} not told apart from it"


def _board_subtitle(frame: pd.DataFrame) -> str:
    n = int(frame["rank"].max())
    return (
        f"Arena score with its interval, {count(n, 'first model')} of the latest tables with intervals, "
        f"{period(frame['day'].min(), frame['day'].max())}; the scale does not begin at zero. Models whose "
        "intervals overlap are not told apart. Figures: Arena, CC BY 4.0"
    )


def _board_alt(frame: pd.DataFrame) -> str:
    columns = []
    for modality, rows in frame.groupby("modality", sort=False):
        backed = rows[rows["family"].ne("")].head(3)
        named = [f"{row['rank']} {row['model']} {_interval(row)}" for row in backed.to_dict("records")]
        (first,) = rows.head(1).to_dict("records")
        columns.append(
            f"{CLIPS[str(modality)]}: first {first['model']} {_interval(first)}, {_alike(first)}"
            + (f"; backed by Alibaba {', '.join(named)}" if named else "")
        )
    return f"Scores with intervals, a column for each kind of clip. {'. '.join(columns)}."


def _interval(row: Row) -> str:
    """A score with its interval, if it has one."""
    if pd.isna(row["score_low"]):
        return score(row["score"])
    return f"{score(row['score'])} ({score(row['score_low'])}–{score(row['score_high'])})"


def _board_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    marks = [
        (frame["family"].ne(""), dot("Alibaba’s, or backed by it", theme.accent)),
        (frame["family"].eq(""), dot("others", theme.other)),
        (~frame["is_firm"], dot("preliminary", theme.muted, theme.paper)),
    ]
    band = {"marker": "s", "markersize": 11, "color": theme.faint, "ls": ""}
    return [*(mark for occurs, mark in marks if occurs.any()), Mark("interval of the first", band)]


def _draw_board(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    is_backed = frame["family"].ne("")
    clips, n = frame["modality"].map(CLIPS), frame.groupby("modality")["rank"].transform("max").astype(str)
    view = frame.rename(columns={"score": "value", "score_low": "low", "score_high": "high"}).assign(
        name=frame["model"],
        column=sentence(clips) + ", first " + n + " of " + frame["n_models"].astype(str),
        color=is_backed.map({True: theme.accent, False: theme.other}),
        is_bold=is_backed,
    )
    ranks.draw(figure, body, view, theme, score)


# Where the Alibaba-backed models stand


def _standing(tables: Tables) -> pd.DataFrame:
    return measures.standings(_tables(tables))


def _standing_title(frame: pd.DataFrame) -> str:
    latest = frame[frame["day"].eq(frame.groupby(measures.POOL)["day"].transform("max"))]
    best = latest.groupby(measures.POOL)["rank"].min()
    span = f"{best.min()} to {best.max()}" if best.min() < best.max() else f"{best.min()}"
    where = f"the {len(best)} latest tables" if len(best) > 1 else "the latest table"
    return f"On {where} the best model that Alibaba makes or backs is number {span}"


def _standing_subtitle(frame: pd.DataFrame) -> str:
    return (
        "Rank of the best model of each family on the last whole table of a month, "
        f"{period(frame['day'].min(), frame['day'].max())}; whiskers span the ranks that its interval leaves "
        "open; points of one day stand side by side. Figures: Arena, CC BY 4.0; Artificial Analysis"
    )


def _standing_alt(frame: pd.DataFrame) -> str:
    panels = []
    for _, rows in frame.groupby(measures.POOL, sort=False):
        last = rows[rows["day"].eq(rows["day"].max())].to_dict("records")
        told = [f"{row['model']} {row['rank']} of {row['n_models']}" for row in last]
        panels.append(f"{_pool(last[0])} on {day(last[0]['day'])}: {', '.join(told)}")
    return f"Ranks over time of the best models that Alibaba makes or backs. {'. '.join(panels)}."


def _pool(row: Row) -> str:
    """A pool in words."""
    return f"{BOARDS.get(row['board'], row['board'])}, {CLIPS.get(row['modality'], row['modality'])}"


def _standing_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    known = frame["rank_low"].notna()
    marks = [
        (known, dot("rank, with the ranks that its interval leaves open", theme.accent)),
        (~known, dot("no interval on record", theme.accent, theme.paper)),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


def _draw_standing(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    silent = frame["sound"].ne("mixed").map({True: "silent clips", False: "one pool, with and without sound"})
    view = frame.assign(
        panel=[_pool(row) for row in frame.to_dict("records")],
        panel_note=silent,
        series=frame["family"],
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
    lines.draw(figure, body, view, theme, tick=score, columns=2, is_reversed=True, dodge=4)


CHARTS = (
    Chart(
        name="rankings_leaders",
        notebook=NOTEBOOK,
        measure=_leaders,
        title=_leaders_title,
        subtitle=_leaders_subtitle,
        alt=_leaders_alt,
        rows=_leaders_rows,
        key=_leaders_key,
        draw=_draw_leaders,
        size=(800, 900),
    ),
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
    ),
    *model_prices.CHARTS,
)
