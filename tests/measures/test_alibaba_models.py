"""Alibaba's own models and ShengShu's two sides, on hand-made tables."""

import pandas as pd
import pytest

from analysis.measures import alibaba_models

Told = tuple[str, str | None, str, str, str | None, str, str]

EVENTS: list[Told] = [
    ("Alibaba", None, "Wan 2.1", "launch", None, "2025-02-25", "medium"),
    ("Kuaishou", None, "Kling 2.0", "launch", None, "2025-04-15", "high"),
    ("Alibaba Token Hub", None, "Happy Oyster", "launch", "wait-list access", "2026-04-16", "medium"),
    ("Alibaba", None, "HappyOyster 1.0", "launch", None, "2026-06-17", "low"),
    ("Alibaba DAMO Academy", None, "RynnBrain", "unveiled", None, "2026-01-10", "medium"),
    ("Alibaba DAMO Academy", None, "RynnBrain", "open release", None, "2026-02", "high"),
    ("Alibaba DAMO Academy", None, "RynnBrain", "release", None, "2026-02-10", "medium"),
    ("Alibaba Qwen team", None, "Qwen-Robot Suite", "announcement", None, "2026-06-16", "medium"),
    ("Alibaba Qwen team", None, "Qwen-RobotNav", "release", None, "2026-06", "medium"),
    ("Alibaba Qwen team", None, "Qwen-VLA", "analysis", None, "2026-06-02", "high"),
    ("Ant Group", None, "LingBot-VLA", "release", None, "2026-01", "high"),
    ("ShengShu", "shengshu", "Vidu unveiled April 27, 2024", "launch", None, "2024-04-27", "high"),
    ("ShengShu", "shengshu", "Vidu 1.0 global launch end of July", "launch", None, "2024-07", "high"),
    ("ShengShu", "shengshu", "Motus open-source model for robots", "launch", None, "2025", "low"),
    ("ShengShu", "shengshu", "Turbo open-sourced late 2025", "launch", None, "2025", "medium"),
    ("ShengShu", "shengshu", "Robot video", "launch", None, "2026-01", "medium"),
]  # fmt: skip
CAPABILITIES = pd.DataFrame(
    [
        ("shengshu", "Vidu Q1", "release_date", "2025-04-21", "high"),
        ("shengshu", "Vidu Q1", "release_date", "2025-04-20", "medium"),
        ("shengshu", "Vidu", "release_date", "4月27日", "high"),
        ("shengshu", "Vidu Q2", "price", "$1 per minute", "high"),
        ("kuaishou", "Kling", "release_date", "2024-06-06", "high"),
    ],
    columns=["company_id", "model", "attribute", "value", "reliability"],
).assign(publisher="Board", url="https://example.org/", record_id=list("01234"))


@pytest.fixture
def product_events() -> pd.DataFrame:
    """What pages tell of products."""
    columns = ["developer", "company_id", "product", "event", "detail", "when", "reliability"]
    frame = pd.DataFrame(EVENTS, columns=columns)
    periods = [pd.Period(when) for when in frame.pop("when")]
    frame["date_start"] = pd.to_datetime([period.start_time for period in periods])
    frame["date_end"] = pd.to_datetime([period.end_time.normalize() for period in periods])
    publishers = [f"Page {n}" for n in range(len(frame))]
    return frame.assign(
        publisher=publishers, url="https://example.org/", record_id=[str(n) for n in range(len(frame))]
    )


def test_own_models_are_alibabas_by_field(product_events: pd.DataFrame) -> None:
    models = alibaba_models.own_models(product_events)
    assert models[["field", "model", "mark"]].values.tolist() == [
        ["video", "Wan", "launch"],
        # A wait-list is no launch; the launch is told by a source of low reliability only.
        ["interactive worlds", "HappyOyster", "preview"],
        ["robots", "RynnBrain", "preview"],
        ["robots", "RynnBrain", "launch"],
        # Announced within the month of the launch.
        ["robots", "Qwen-Robot", "launch"],
    ]


def test_an_event_has_its_finest_date_and_its_best_source(product_events: pd.DataFrame) -> None:
    (launch,) = (
        alibaba_models.own_models(product_events)
        .query("model == 'RynnBrain' and mark == 'launch'")
        .to_dict("records")
    )
    assert launch["date_start"] == launch["date_end"] == pd.Timestamp("2026-02-10")
    assert (launch["publisher"], launch["reliability"], launch["n_sources"]) == ("Page 5", "high", 2)


def test_sides_are_read_from_the_words(product_events: pd.DataFrame) -> None:
    sides = alibaba_models.two_sides(product_events, CAPABILITIES)
    assert list(sides.columns) == alibaba_models.SIDE_COLUMNS
    assert sides[["side", "product", "mark"]].values.tolist() == [
        ["digital", "Vidu", "shown"],
        ["digital", "Vidu 1.0", "launched"],
        ["digital", "Vidu Q1", "launched"],
        ["physical", "Motus", "launched"],
        # Robots win over video.
        ["physical", "Robot video", "launched"],
        ["side not told", "Turbo", "launched"],
    ]
    assert sides.set_index("product")["date_start"]["Vidu Q1"] == pd.Timestamp("2025-04-21")


def test_other_companies_have_no_side(product_events: pd.DataFrame) -> None:
    assert alibaba_models.two_sides(product_events, CAPABILITIES, "pixverse").empty
