"""The tables of boards in notebook 04, on hand-made scores."""

from math import nan

import pandas as pd
import pytest

from analysis.measures import model_rankings as rankings
from analysis.measures.model_rankings import ANALYSIS, ARENA, IMAGE, TEXT

WHOLE = "complete overall table from a file"
Scored = tuple[str, float, float]


def table(
    day: str,
    *models: Scored,
    board: str = ARENA,
    modality: str = TEXT,
    audio: str = "mixed (one pool)",
    coverage: str = "complete",
    note: str | None = None,
) -> pd.DataFrame:
    """A table of models with score and half the width of the interval, the first on top."""
    frame = pd.DataFrame(models, columns=["model", "score", "half"]).assign(
        board=board, modality=modality, audio=audio, coverage=coverage, note=note, snapshot_start=day,
        developer=None, publisher="Paper", reliability="high", url=f"https://example.org/{day}",
    )  # fmt: skip
    frame["rank"] = pd.array(range(1, len(frame) + 1), dtype="Int64")
    frame["score_low"], frame["score_high"] = frame["score"] - frame["half"], frame["score"] + frame["half"]
    return frame.astype({"snapshot_start": "datetime64[s]", "note": "str"})


def tables(*parts: pd.DataFrame) -> pd.DataFrame:
    return rankings.tables(pd.concat(parts, ignore_index=True))


def test_only_whole_tables_and_ranked_models_count() -> None:
    old = table("2026-01-01", ("A", 1200, nan), ("B", 1100, nan), ("A old", 1000, nan))
    old["rank"] = old["rank"].where(old["model"].ne("A old"))
    found = tables(
        old,
        table("2026-02-01", ("A", 1200, nan), ("B", 1101, nan), coverage="single", note=WHOLE),
        table("2026-03-01", ("A", 1200, nan), coverage="single", note="single mention"),
        table("2026-04-01", ("A", 1200, nan), coverage="top_n"),
    )
    assert found["model"].tolist() == ["A", "B", "A", "B"]
    assert found["n_models"].tolist() == [2, 2, 2, 2]
    assert found["coverage"].tolist() == ["complete", "complete", "single", "single"]


def test_a_table_that_repeats_the_one_before_is_no_new_one() -> None:
    same = [("A", 1200.0, 5.0), ("B", 1100.0, 5.0)]
    found = tables(
        table("2026-01-01", *same),
        table("2026-01-02", *same),
        table("2026-01-03", *same, ("C", 1000.0, 5.0)),
    )
    assert found["day"].dt.day.unique().tolist() == [1, 3]


def test_models_with_and_without_sound_share_a_pool_where_one_is_mixed() -> None:
    arena = table("2026-01-01", ("A", 1200, 5), ("B", 1100, 5))
    arena.loc[0, "audio"] = "with audio"
    apart = [table("2026-01-01", ("A", 1200, 5), board=ANALYSIS, audio=sound) for sound in ("x", "y")]
    found = tables(arena, *apart)
    assert found.groupby(rankings.POOL).size().tolist() == [2, 1, 1]
    assert found["sound"].tolist() == ["mixed", "mixed", "x", "y"]


def test_intervals_leave_ranks_open_and_touching_ones_overlap() -> None:
    found = tables(table("2026-01-01", ("A", 1200, 10), ("B", 1185, 5), ("C", 1150, 5), ("D", 1100, 60)))
    assert found["n_overlapping"].tolist() == [1, 1, 1, 1]
    assert found["rank_low"].tolist() == [1, 1, 3, 3]
    assert found["rank_high"].tolist() == [2, 2, 4, 4]


def test_nothing_overlaps_on_a_table_that_lacks_an_interval() -> None:
    found = tables(table("2026-01-01", ("A", 1200, 10), ("B", 1185, nan)))
    assert found[["n_overlapping", "rank_low", "rank_high"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("moves", "is_anew"),
    [
        ((2.0, 2.0, -2.0), False),
        ((2.1, 2.1, 2.1), True),
        ((30.0, 0.0, 1.0), False),
        ((-8.0, 9.0, 0.0), True),
    ],
)
def test_a_new_anchoring_begins_where_the_typical_model_moves(
    moves: tuple[float, float, float], is_anew: bool
) -> None:
    before = [("A", 1200.0, 5.0), ("B", 1100.0, 5.0), ("C", 1000.0, 5.0)]
    after = [(name, score + up, half) for (name, score, half), up in zip(before, moves, strict=True)]
    found = tables(table("2026-01-01", *before), table("2026-02-01", *after))
    (step,) = rankings.moves(found).to_dict("records")
    assert (step["is_anchored_anew"], step["n_shared"]) == (is_anew, 3)
    assert found["anchored"].dt.month.tolist() == [1, 1, 1] + [2 if is_anew else 1] * 3


def test_an_anchoring_ends_by_a_note_or_without_a_shared_model_and_lasts_until_the_next() -> None:
    found = tables(
        table("2026-01-01", ("A", 1200, 5)),
        table("2026-02-01", ("A", 1201, 5), note="pool re-estimated, do not compare"),
        table("2026-03-01", ("A", 1202, 5)),
        table("2026-04-01", ("B", 1202, 5)),
    )
    assert found["anchored"].dt.month.tolist() == [1, 2, 2, 4]
    assert rankings.moves(found)["is_noted"].tolist() == [True, False, False]


def test_leaders_come_with_the_best_that_alibaba_makes_and_backs() -> None:
    found = tables(
        table("2026-01-01", ("A", 1300, 5), ("Wan 2", 1250, 5), ("Vidu Q1", 1200, 5), ("PixVerse", 1100, 5)),
        table("2026-02-01", ("A", 1301, 5), ("Wan 2", 1251, 5)),
        table("2026-02-01", ("vidu-q2", 1301, 5), modality=IMAGE),
        table("2026-02-01", ("Z", 1301, 5), modality="video-edit"),
    )
    first, second, image = rankings.leaders(found).to_dict("records")
    assert (first["leader"], first["own"], first["startup"]) == ("A", "Wan 2", "Vidu Q1")
    assert (first["own_gap"], first["startup_gap"], first["startup_rank"]) == (50, 100, 3)
    assert (second["own_score"], pd.isna(second["startup"])) == (1251, True)
    assert (image["leader"], image["startup"], image["leader_gap"]) == ("vidu-q2", "vidu-q2", 0)


def test_leaders_are_those_of_the_last_anchoring() -> None:
    found = tables(table("2026-01-01", ("A", 1300, 5)), table("2026-02-01", ("A", 1310, 5)))
    assert rankings.leaders(found)["day"].dt.month.tolist() == [2]


def test_the_latest_table_is_the_last_with_an_interval_for_every_model() -> None:
    found = tables(
        table("2026-01-01", ("A", 1300, 5), ("B", 1200, 5)),
        table("2026-02-01", ("A", 1301, 5), ("B", 1201, nan)),
    )
    latest = rankings.latest(found, n_first=1)
    assert (latest["model"].tolist(), latest["day"].dt.month.tolist()) == (["A"], [1])


def test_standings_take_the_best_of_a_family_on_the_last_table_of_a_month() -> None:
    found = tables(
        table("2025-12-01", ("Vidu Q1", 1300, 5)),
        table("2026-01-01", ("Vidu Q1", 1301, 5)),
        table("2026-01-20", ("A", 1400, 5), ("Vidu Q2", 1302, 5), ("Vidu Q1", 1300, 5), ("Wan", 1200, 5)),
        table("2026-01-10", ("Wan", 1200, 5), modality="video-edit"),
    )
    assert rankings.standings(found)["model"].tolist() == ["Vidu Q2", "Wan"]
    on_day = rankings.standings_on(found, "2026-01-15")
    assert on_day["model"].tolist() == ["Vidu Q1", "Wan"]
    assert on_day["day"].dt.day.tolist() == [1, 10]


def test_tables_made_from_text_come_first() -> None:
    found = tables(
        table("2026-01-01", ("Wan", 1, 5), modality=IMAGE), table("2026-01-01", ("Wan", 1, 5), modality=TEXT)
    )
    assert rankings.standings(found)["modality"].tolist() == [TEXT, IMAGE]


def test_benchmarks_have_no_models_that_others_worked_on() -> None:
    scored = table(
        "2026-01-01", ("Wan 2†", 70, nan), ("Wan 2", 60, nan), ("Wan 1", 50, nan),
        board="WorldScore", audio="n/a", coverage="single",
    )  # fmt: skip
    votes = table("2026-01-01", ("Wan 2", 1200, 5))
    (best,) = rankings.benchmarks(pd.concat([scored, votes])).to_dict("records")
    assert (best["model"], best["rank"], best["n_models"]) == ("Wan 2", 2, 3)
    assert pd.isna(best["score_low"])


def test_a_preliminary_score_is_not_firm() -> None:
    found = tables(table("2026-01-01", ("A", 1200, 5), note="board date; preliminary; rank spread 1-2"))
    assert found["is_firm"].tolist() == [False]


@pytest.mark.parametrize(
    ("model", "family"),
    [
        ("HappyHorse-1.1", "HappyHorse"),
        ("wan-v2.2-a14b", "Wan"),
        ("pixverse-v5.6", "PixVerse"),
        ("Kling", ""),
    ],
)
def test_families_are_told_by_the_name(model: str, family: str) -> None:
    assert rankings.family(model) == family
