"""The frames of notebook 03, on hand-made tables."""

from math import nan

import pandas as pd
import pytest

from analysis.measures import video_players as players

COMPANIES = pd.DataFrame(
    [
        ("v", "Vee", "US", "video-generation", "video-rival"),
        ("t", "Tee", "CN", "3d-generation", "alibaba-trio"),
        ("kuaishou", "Kuaishou", "CN", "video-generation", "video-rival"),
        ("f", "Eff", "CN", "foundation-model", "video-rival"),
        ("n", "None", "US", "avatar-video", "video-rival"),
        ("w", "World", "US", "world-model", "world-model"),
    ],
    columns=["company_id", "name", "country", "segment", "cohort"],
)
GAPS = pd.DataFrame({"company_id": ["t", "t", "w"]})


@pytest.fixture
def rounds() -> pd.DataFrame:
    """The rounds of the players, out of those of six companies."""
    rows = [
        ("w-1", "w", "World", "2025-01-01", 900.0, 900.0, 900.0),
        ("t-1", "t", "Tee", "2026-01-01", 50.0, nan, 90.0),
        ("v-2", "v", "Vee", "2025-06-01", nan, nan, nan),
        ("v-1", "v", "Vee", "2024-06-01", 70.0, 70.0, nan),
        ("k-1", "kuaishou", "Kuaishou", "2019-12-01", 800.0, 800.0, 800.0),
        ("f-1", "f", "Eff", "2025-12-01", 500.0, 500.0, 500.0),
    ]
    columns = ["round_id", "company_id", "company", "date_start", "usd_low", "usd_stated", "usd_high"]
    closed = pd.DataFrame(rows, columns=columns).astype({"date_start": "datetime64[s]"})
    return players.video_rounds(closed.assign(date_end=closed["date_start"]), COMPANIES)


def test_rounds_are_those_of_players_in_order_of_time(rounds: pd.DataFrame) -> None:
    assert rounds["round_id"].tolist() == ["k-1", "v-1", "v-2", "f-1", "t-1"]


def test_larger_firms_stand_apart_whatever_their_segment(rounds: pd.DataFrame) -> None:
    assert rounds.loc[rounds["group"].eq(players.LARGER), "company"].tolist() == ["Kuaishou", "Eff"]
    capital = players.capital_by_player(rounds, COMPANIES, GAPS)
    assert list(capital.columns) == players.CAPITAL_COLUMNS
    assert capital["company"].tolist() == ["Vee", "Tee"]
    assert capital["is_trio"].tolist() == [False, True]


def test_capital_comes_with_bounds_country_and_what_it_leaves_out(rounds: pd.DataFrame) -> None:
    vee, tee = players.capital_by_player(rounds, COMPANIES, GAPS).to_dict("records")
    assert (vee["usd_low"], vee["n_rounds"], vee["n_undisclosed"], vee["n_open"]) == (70, 2, 1, 1)
    assert pd.isna(vee["usd_high"])
    assert (tee["usd_low"], tee["usd_high"], tee["n_vague"], tee["n_gaps"]) == (50, 90, 1, 2)
    assert (vee["country"], tee["country"]) == ("US", "CN")


def test_groups_come_in_one_order_with_their_companies(rounds: pd.DataFrame) -> None:
    groups = players.capital_by_group(rounds)
    assert groups["group"].tolist() == [players.VIDEO, players.SPACES, players.LARGER]
    assert groups["n_companies"].tolist() == [1, 1, 2]
    assert groups["usd_low"].tolist() == [70, 50, 1300]


def test_a_round_counts_in_a_quarter_that_holds_all_its_days(rounds: pd.DataFrame) -> None:
    wide = rounds.copy()
    wide.loc[wide["round_id"].eq("v-1"), "date_end"] = pd.Timestamp("2024-07-01")
    quarters = players.capital_by_quarter(wide)
    assert quarters["quarter"].tolist() == ["Q2 2025", "Q1 2026", players.NO_QUARTER]
    assert quarters["round_ids"].tolist() == ["v-2", "t-1", "v-1"]
    assert players.capital_by_quarter(rounds)["quarter"].tolist() == ["Q2 2024", "Q2 2025", "Q1 2026"]


def test_valuations_are_those_of_the_companies_with_most_of_them(rounds: pd.DataFrame) -> None:
    valued = rounds.assign(
        round_label="", valuation_usd_stated=[9e9, 10.0, 40.0, nan, 30.0], n_independent=2,
        disputed_fields=["", nan, "amount; valuation", nan, nan],
    )  # fmt: skip
    for bound in ("low", "high"):
        valued[f"valuation_usd_{bound}"] = valued["valuation_usd_stated"]
    shown = players.valuations(valued)
    assert shown["round_id"].tolist() == ["v-1", "v-2", "t-1"]
    assert shown["is_firm"].tolist() == [True, False, True]
    assert players.valuations(valued, n_companies=1)["company"].unique().tolist() == ["Vee"]


def test_players_without_a_round_are_named(rounds: pd.DataFrame) -> None:
    assert players.without_rounds(rounds, COMPANIES) == ["None"]


def events(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """Tellings: product, event, first day, last day, reliability."""
    frame = pd.DataFrame(rows, columns=["product", "event", "date_start", "date_end", "reliability"])
    frame = frame.astype(dict.fromkeys(["date_start", "date_end"], "datetime64[s]"))
    names = [f"Paper {n}" for n in range(len(frame))]
    return players.model_events(
        frame.assign(publisher=names, url="", record_id=[str(n) for n in range(len(frame))])
    )


def test_tellings_of_one_event_are_one_row_by_the_finest_date_and_the_best_source() -> None:
    (event,) = events(
        ("Sora", "public launch", "2024-12-01", "2024-12-31", "high"),
        ("Sora Turbo", "public launch", "2024-12-09", "2024-12-09", "medium"),
        ("Sora", "launch", "2024-12-20", "2024-12-20", "low"),
    ).to_dict("records")
    assert (event["date_start"], event["date_end"]) == (pd.Timestamp("2024-12-09"),) * 2
    assert (event["model"], event["developer"], event["mark"]) == ("Sora", "OpenAI", players.LAUNCH)
    assert (event["publisher"], event["n_sources"]) == ("Paper 0", 2)


def test_days_that_differ_are_both_kept() -> None:
    (event,) = events(
        ("Sora", "preview", "2024-02-15", "2024-02-15", "medium"),
        ("Sora", "preview", "2024-02-16", "2024-02-16", "high"),
    ).to_dict("records")
    assert event["date_start"] < event["date_end"]


def test_versions_and_parts_are_events_of_their_own() -> None:
    found = events(
        ("Kling 2.6", "version release", "2025-12-01", "2025-12-31", "medium"),
        ("Kling O1", "version release", "2025-12-01", "2025-12-31", "medium"),
        ("可灵 2.1", "version release", "2025-05-29", "2025-05-29", "medium"),
        ("Sora app", "shutdown", "2026-04-26", "2026-04-26", "medium"),
        ("Sora 2 and Videos API", "shutdown", "2026-09-24", "2026-09-24", "high"),
        ("Sora 2 API", "shutdown", "2026-09-24", "2026-09-24", "medium"),
    )
    assert found[["model", "version"]].apply(" ".join, axis=1).tolist() == [
        "Kling 2.1",
        "Kling 2.6",
        "Kling O1",
        "Sora app",
        "Sora API",
    ]
    assert found["n_sources"].tolist() == [1, 1, 1, 1, 2]


def test_years_apart_the_same_words_are_two_events() -> None:
    found = events(
        ("Sora", "launch", "2024-12-09", "2024-12-09", "high"),
        ("Sora", "launch", "2025-09-30", "2025-09-30", "high"),
    )
    assert len(found) == 2


@pytest.mark.parametrize(
    "row",
    [
        ("Sora", "launch", "2025-09-30", "2025-09-30", "low"),
        ("Tripo 1.0; Sora 2.0", "launch", "2024-10-01", "2024-10-31", "high"),
        ("Sora 2; Veo 3", "launch", "2025-09-30", "2025-09-30", "high"),
        ("Sora", "lawsuit", "2025-09-30", "2025-09-30", "high"),
        ("Soraya", "launch", "2025-09-30", "2025-09-30", "high"),
        ("Wan2.2-S2V", "open-source release", "2025-08-26", "2025-08-26", "high"),
    ],
)
def test_what_is_no_event_of_a_main_model_is_left_out(row: tuple[str, str, str, str, str]) -> None:
    assert events(row, ("Veo 3", "launch", "2025-05-01", "2025-05-31", "high"))["model"].tolist() == ["Veo"]


def test_unveiling_is_a_preview_whatever_the_event_is_called() -> None:
    (event,) = events(("Vidu unveiled at a forum", "launch", "2024-04-27", "2024-04-27", "high")).to_dict(
        "records"
    )
    assert event["mark"] == players.PREVIEW
