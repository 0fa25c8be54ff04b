"""The raw files beside the funding reports."""

import pandas as pd
import pytest

from analysis.build import RAW, Built
from analysis.clean.records import COLUMNS, read_records
from analysis.parse.names import Aliases

KNOWN = Aliases([("Acme", "acme"), ("Acme AI", "acme")])


def read(name: str, *rows: dict[str, str]):
    blank = dict.fromkeys(COLUMNS[name], "")
    judged = {"reliability": "high"} if "reliability" in blank else {}
    filled = [blank | judged | row for row in rows]
    lines = pd.Series(range(2, len(rows) + 2), dtype="int64")
    return read_records(name, pd.DataFrame(filled, dtype="str").assign(line=lines), KNOWN, "2026-11-23")


def test_dates_have_both_ends_and_companies_their_id() -> None:
    frame, problems = read(
        "product_events",
        {"developer": "Acme AI", "date": "June 2025"},
        {"developer": "Nobody", "date": "2025-06-03"},
        {"developer": "", "date": ""},
    )
    assert frame["company_id"].tolist()[:1] == ["acme"]
    assert frame["company_id"].isna().tolist() == [False, True, True]
    assert frame["date_start"].tolist()[:2] == ["2025-06-01", "2025-06-03"]
    assert frame["date_end"].tolist()[:2] == ["2025-06-30", "2025-06-03"]
    assert frame["date_precision"].tolist() == ["month", "day", "none"]
    assert problems == []


def test_an_unread_date_is_a_problem_and_the_row_stays() -> None:
    frame, [problem] = read("product_events", {"date": "2025-06-03"}, {"date": "2026-13-45"})
    assert len(frame) == 2
    assert (problem.file, problem.line, problem.column, problem.text) == (
        "product_events.csv", 3, "date", "2026-13-45",
    )  # fmt: skip
    assert not problem.fatal


def test_a_period_counts_from_the_page() -> None:
    frame, _ = read("usage_metrics", {"period": "last month", "published": "2026-03-10"})
    assert frame.loc[0, ["period_start", "period_end"]].tolist() == ["2026-02-01", "2026-02-28"]


@pytest.mark.parametrize(
    ("text", "stated", "low", "currency"),
    [
        ("over 100 million yuan", 100e6, 100e6, "CNY"),
        ("$20 million", 20e6, 20e6, "USD"),
        ("more than 160,000", 160e3, 160e3, None),
    ],
)
def test_metrics_are_read_like_amounts(text: str, stated: float, low: float, currency: str | None) -> None:
    frame, _ = read("usage_metrics", {"value": text})
    row = frame.iloc[0]
    assert (row["value_stated"], row["value_low"]) == (stated, low)
    assert row["value_currency"] == currency or (currency is None and pd.isna(row["value_currency"]))


@pytest.mark.parametrize(
    ("score", "interval", "low", "high"),
    [
        ("1247", "-7/+9", 1240, 1256),
        ("1247", "+9/-7", 1240, 1256),
        ("1247", "+/-8", 1239, 1255),
        ("52.3", "51.2-53.4", 51.2, 53.4),
        ("52.3", "-1.1/+1.2", 51.2, 53.5),
        ("1247", "", None, None),
        ("", "-7/+9", None, None),
    ],
)
def test_intervals_of_scores(score: str, interval: str, low: float | None, high: float | None) -> None:
    frame, problems = read("leaderboard_scores", {"score": score, "interval": interval})
    found = frame.loc[0, ["score_low", "score_high"]].tolist()
    assert [None if pd.isna(x) else x for x in found] == [low, high]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,247", 1247), ("~1247", 1247), ("#3", 3), ("87.5%", 87.5), ("1 247", 1247), ("", None)],
)
def test_scores(text: str, number: float | None) -> None:
    frame, problems = read("leaderboard_scores", {"score": text})
    assert frame["score"].isna().all() if number is None else frame["score"].tolist() == [number]
    assert problems == []


@pytest.mark.parametrize(
    ("column", "text"),
    [("score", "near 1,247"), ("score", ","), ("rank", "first"), ("votes", "1.2.3"), ("interval", "±8"),
     ("interval", "+/-1..2"), ("interval", "51.2.3-53"), ("score", "1.247"), ("score", "12,5"),
     ("score", "-4"), ("score", "1" + "0" * 30), ("score", "1e999"), ("score", "inf"), ("score", "0"),
     ("rank", "1.5"), ("rank", "1" + "0" * 30), ("votes", "-5"), ("votes", "²")],
)  # fmt: skip
def test_an_unread_figure_is_a_problem_and_the_row_stays(column: str, text: str) -> None:
    frame, problems = read("leaderboard_scores", {"score": "1247", column: text}, {"score": "1100"})
    assert [(p.line, p.column, p.text) for p in problems] == [(2, column, text)]
    assert len(frame) == 2
    assert frame.loc[1, "score"] == 1100


@pytest.mark.parametrize(
    ("name", "column", "text", "reason"),
    [
        ("leaderboard_scores", "snapshot_date", "2026-11-24", "later than 2026-11-23"),
        ("leaderboard_scores", "published", "2026-12-01", "later than 2026-11-23"),
        ("usage_metrics", "published", "3026-03-04", "not a date"),
        ("usage_metrics", "published", "2025-02-29", "not a date"),
    ],
)
def test_days_that_cannot_be_are_left_out(name: str, column: str, text: str, reason: str) -> None:
    frame, [problem] = read(name, {column: text})
    start = {"snapshot_date": "snapshot_start"}.get(column, column)
    assert frame[start].isna().all()
    assert (problem.line, problem.column, problem.text) == (2, column, text)
    assert reason in problem.reason


def test_a_reliability_that_is_no_known_word_sets_the_row_aside() -> None:
    frame, [problem] = read("company_facts", {"reliability": "https://x"}, {"fact": "seat"})
    assert frame["fact"].tolist() == ["seat"]
    assert (problem.line, problem.column, problem.fatal) == (2, "reliability", False)
    assert "set aside" in problem.action


def test_a_gap_of_a_known_company_has_its_id() -> None:
    frame, problems = read(
        "known_gaps", {"company_id": "ＡＣＭＥ"}, {"company_id": " other-1 "}, {"company_id": "a/b"}
    )
    assert frame["company_id"].tolist() == ["acme", "other-1", "a/b"]
    assert [(p.line, p.column, p.text) for p in problems] == [(4, "company_id", "a/b")]


@pytest.mark.parametrize("name", COLUMNS)
def test_no_row_of_a_raw_file_is_lost(name: str, built: Built) -> None:
    raw = pd.read_csv(RAW / f"{name}.csv", dtype="str", keep_default_na=False)
    assert len(built.tables[name]) == len(raw) > 0
    assert built.tables[name]["record_id"].is_unique


def test_what_is_unread_is_little(built: Built) -> None:
    problems = built.tables["problems"]
    unread = problems["file"].isin([f"{name}.csv" for name in COLUMNS]).sum()
    assert unread <= 0.02 * sum(len(built.tables[name]) for name in COLUMNS)
