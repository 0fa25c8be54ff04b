"""Whose models lead: the tables of boards in the frames of notebook 04.

A pool is the models that a board estimates together: board, modality and, where the board keeps silent clips
apart, sound. Scores of two pools are never compared. A table is a pool on a day; only whole tables count,
and in them only models that the board ranks. Models that Alibaba makes or backs are known by their names.
"""

import re
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.measures.video_players import ALIBABA_BACKED

ARENA, ANALYSIS = "Arena (LMArena)", "Artificial Analysis Video Arena"
TEXT, IMAGE = "text-to-video", "image-to-video"
OWN, STARTUPS = ("Wan", "HappyHorse"), ("Vidu", "PixVerse")
"""Alibaba's own families of models, and those of companies that it backs."""
STILL = 2.0
"""Points that the typical model of two tables may move while they count as one anchoring."""

POOL = ["board", "modality", "sound"]
TABLE = [*POOL, "day"]
TABLE_COLUMNS = [
    *TABLE, "anchored", "model", "developer", "family", "rank", "n_models", "score", "score_low",
    "score_high", "rank_low", "rank_high", "n_overlapping", "is_firm", "is_noted", "coverage", "publisher",
    "reliability", "url",
]  # fmt: skip
MOVE_COLUMNS = [*TABLE, "day_before", "n_shared", "shift", "typical_move", "is_noted", "is_anchored_anew"]

_MIXED = "mixed (one pool)"
_WHOLE = "complete overall table"
_ANEW, _PRELIMINARY = "re-estimated", "preliminary"
_TESTS = ("VBench", "WorldScore", "Physics-IQ", "World-In-World")
_OTHERS_WORK = "[+†]"
"""Marks a model that somebody else trained further or steered."""
_FAMILIES = {
    name: re.compile(rf"{name.replace('Horse', ' ?Horse')}(?![a-z])", re.I) for name in ALIBABA_BACKED
}
LEADER, BACKED = "leader", {"own": OWN, "startup": STARTUPS}
_RATED = ["rank", "score", "score_low", "score_high"]


def family(model: str) -> str:
    """The family of an Alibaba-backed model, "" for any other.

    >>> family("vidu-q3-pro"), family("Happy Horse 1.0"), family("wan3.0"), family("Wanderer")
    ('Vidu', 'HappyHorse', 'Wan', '')
    """
    return next((name for name, spelling in _FAMILIES.items() if spelling.match(model)), "")


def tables(leaderboard_scores: pd.DataFrame) -> pd.DataFrame:
    """The ranked models of every whole table, pool by pool in order of time and rank.

    A table is whole where the record calls it complete or its note says that it is the complete overall
    table. One that repeats all scores of the table before is a copy and left out.

    Returns: The columns of `TABLE_COLUMNS`. `sound` is "mixed" where models with and without sound share a
        pool; `anchored` is the first day of the stretch of tables whose scores can be compared (see `moves`);
        `rank_low` and `rank_high` are the best and worst rank that the intervals leave open, and
        `n_overlapping` counts the other models whose interval overlaps: missing unless every model of the
        table has an interval. `is_firm` is false for a score that the board calls preliminary, `is_noted`
        true where a note says that the pool was estimated anew.
    """
    note = leaderboard_scores["note"].fillna("")
    is_whole = leaderboard_scores["coverage"].eq("complete") | note.str.contains(_WHOLE, regex=False)
    rows = leaderboard_scores[is_whole & leaderboard_scores["rank"].notna()].rename(
        columns={"snapshot_start": "day"}
    )
    place = [rows[name] for name in ("board", "modality", "day")]
    is_mixed = rows["audio"].eq(_MIXED).groupby(place).transform("any")
    rows["sound"] = rows["audio"].mask(is_mixed, "mixed").fillna("not stated")
    rows["family"] = rows["model"].map(family)
    rows["is_firm"] = ~rows["note"].fillna("").str.contains(_PRELIMINARY, regex=False)
    rows["is_noted"] = rows["note"].fillna("").str.contains(_ANEW, regex=False)
    rows["rank"] = rows["rank"].astype(int)
    rows = _without_copies(rows.sort_values([*TABLE, "rank"]))
    rows["n_models"] = rows.groupby(TABLE)["model"].transform("size")
    rows = rows.merge(_anchors(moves(rows)), on=TABLE, how="left")
    first = rows.groupby(POOL)["day"].transform("min")
    rows["anchored"] = rows["anchored"].fillna(first)
    found = [_with_overlaps(table) for _, table in rows.groupby(TABLE, sort=False)]
    return pd.concat(found or [rows.reindex(columns=TABLE_COLUMNS)], ignore_index=True)[TABLE_COLUMNS]


def moves(rows: pd.DataFrame) -> pd.DataFrame:
    """How the models moved that two tables of a pool in a row share: one row a table after the first.

    Scores are compared within one anchoring only. It ends where a note says that the pool was estimated
    anew, and where the typical model moved by more than `STILL` points, whether all went the same way or
    apart: what moves the typical model is the scale.

    Args:
        rows: the models of tables.

    Returns: The columns of `MOVE_COLUMNS`: `shift` is the median move, `typical_move` the median of the moves
        without their sign.
    """
    found = []
    for pool, rated in rows.groupby(POOL):
        scores = rated.pivot(index="model", columns="day", values="score")
        noted = rated.groupby("day")["is_noted"].any()
        for before, day in pairwise(scores.columns):
            step = (scores[day] - scores[before]).dropna()
            typical = step.abs().median()
            is_anew = bool(noted[day] or not typical <= STILL)
            found.append((*pool, day, before, len(step), step.median(), typical, bool(noted[day]), is_anew))
    return pd.DataFrame(found, columns=MOVE_COLUMNS)


def leaders(
    tables: pd.DataFrame, board: str = ARENA, modalities: tuple[str, ...] = (TEXT, IMAGE)
) -> pd.DataFrame:
    """The leader of each table since a board was last anchored, with the best models that Alibaba backs.

    Returns: One row a table: `TABLE`, `anchored`, `n_models`, `publisher`, `url`; and for the leader, for
        Alibaba's own best model (`own`) and for the best of the companies that it backs (`startup`), missing
        where there is none, the model under that name, its `_rank`, `_score`, `_low`, `_high`, and `_gap`,
        the points that it is behind the leader.
    """
    chosen = tables[tables["board"].eq(board) & tables["modality"].isin(modalities)]
    chosen = chosen[chosen["anchored"].eq(chosen.groupby(POOL)["anchored"].transform("max"))]
    order = chosen["modality"].map({name: n for n, name in enumerate(modalities)})
    ranked = chosen.assign(order=order).sort_values(["order", *TABLE, "rank"])
    frame = ranked.drop_duplicates(TABLE)[[*TABLE, "anchored", "n_models", "publisher", "url"]]
    backed = {who: ranked[ranked["family"].isin(names)] for who, names in BACKED.items()}
    for who, models in {LEADER: ranked, **backed}.items():
        best = models.drop_duplicates(TABLE)
        names = {"model": who, **{name: f"{who}_{name.removeprefix('score_')}" for name in _RATED}}
        frame = frame.merge(best[[*TABLE, *names]].rename(columns=names), on=TABLE, how="left")
        frame[f"{who}_gap"] = frame[f"{LEADER}_score"] - frame[f"{who}_score"]
    return frame


def latest(
    tables: pd.DataFrame,
    board: str = ARENA,
    modalities: tuple[str, ...] = (TEXT, IMAGE),
    n_first: int = 25,
) -> pd.DataFrame:
    """The first models of the latest tables of a board on which every model has an interval, by rank."""
    known = tables[tables["board"].eq(board) & tables["n_overlapping"].notna()]
    found = [known[known["modality"].eq(modality)] for modality in modalities]
    tops = [rows[rows["day"].eq(rows["day"].max()) & rows["rank"].le(n_first)] for rows in found]
    return pd.concat(tops).reset_index(drop=True)


def standings(
    tables: pd.DataFrame, since: str = "2026-01-01", modalities: tuple[str, ...] = (TEXT, IMAGE)
) -> pd.DataFrame:
    """Where the best model of each Alibaba-backed family stood on the last table of each month.

    Returns: The columns of `TABLE_COLUMNS`, pool by pool, in order of time and rank; families that are not
        on a table are missing from it.
    """
    late = tables[tables["day"].ge(pd.Timestamp(since)) & tables["modality"].isin(modalities)]
    backed = _best_of_families(_last(late, [*POOL, late["day"].dt.to_period("M")]))
    return backed.sort_values(["board", "modality"], key=_in_order, kind="stable", ignore_index=True)


def standings_on(tables: pd.DataFrame, day: str | pd.Timestamp) -> pd.DataFrame:
    """Where the best model of each Alibaba-backed family stood on the last table of each pool up to a day."""
    known = tables[tables["day"].le(pd.Timestamp(day))]
    backed = _best_of_families(_last(known, POOL))
    return backed.sort_values(["board", "modality"], key=_in_order, kind="stable", ignore_index=True)


def benchmarks(leaderboard_scores: pd.DataFrame) -> pd.DataFrame:
    """Where Alibaba-backed models stand on boards that score tests: the best of each family on each.

    Nothing says that these tables are whole: `n_models` is the last rank seen. Models that somebody else
    trained further or steered are left out.

    Returns: The columns of `TABLE_COLUMNS`, without any interval.
    """
    is_test = leaderboard_scores["board"].str.startswith(_TESTS) & leaderboard_scores["rank"].notna()
    rows = leaderboard_scores[is_test].rename(columns={"snapshot_start": "day", "audio": "sound"})
    rows["family"], rows["rank"] = rows["model"].map(family), rows["rank"].astype(int)
    rows["n_models"] = rows.groupby(TABLE, dropna=False)["rank"].transform("max")
    rows = rows[~rows["model"].str.contains(_OTHERS_WORK)]
    rows = rows.assign(anchored=rows["day"], is_firm=True, is_noted=False).reindex(columns=TABLE_COLUMNS)
    return _best_of_families(rows)


def _last(tables: pd.DataFrame, keys: list[Any]) -> pd.DataFrame:
    """The latest table of each group."""
    return tables[tables["day"].eq(tables.groupby(keys)["day"].transform("max"))]


def _in_order(names: "pd.Series[str]") -> "pd.Series[str]":
    """Boards by name, and clips made from text first."""
    return names.where(names.ne(TEXT), "")


def _best_of_families(rows: pd.DataFrame) -> pd.DataFrame:
    """The best Alibaba-backed model of each family on each table, in order of time and rank."""
    backed = rows[rows["family"].ne("")].sort_values([*TABLE, "rank"])
    return backed.drop_duplicates([*TABLE, "family"]).reset_index(drop=True)


def _without_copies(rows: pd.DataFrame) -> pd.DataFrame:
    """The tables of a pool but for those with the same models and scores as the one before."""
    kept = []
    for _, rated in rows.groupby(POOL):
        scores = rated.pivot(index="model", columns="day", values="score")
        copies = [day for before, day in pairwise(scores.columns) if scores[day].equals(scores[before])]
        kept.append(rated[~rated["day"].isin(copies)])
    return pd.concat(kept) if kept else rows


def _anchors(moves: pd.DataFrame) -> pd.DataFrame:
    """The first day of the anchoring of each table, missing for those before the first change."""
    days = moves["day"].where(moves["is_anchored_anew"].astype(bool))
    pools = [moves[name] for name in POOL]
    return moves[TABLE].assign(anchored=days.groupby(pools).ffill().astype("datetime64[s]"))


def _with_overlaps(table: pd.DataFrame) -> pd.DataFrame:
    """Add to the models of one table what their intervals leave open."""
    low, high = (table[name].to_numpy() for name in ("score_low", "score_high"))
    is_known = pd.Series(bool(table[["score_low", "score_high"]].notna().all(axis=None)), table.index)
    better, worse = low[None, :] > high[:, None], high[None, :] < low[:, None]
    counts = {
        "rank_low": 1 + better.sum(axis=1),
        "rank_high": len(table) - worse.sum(axis=1),
        "n_overlapping": (~better & ~worse).sum(axis=1) - 1,
    }
    columns = {name: pd.Series(n, table.index, dtype="Int64") for name, n in counts.items()}
    return table.assign(**{name: n.where(is_known) for name, n in columns.items()})
