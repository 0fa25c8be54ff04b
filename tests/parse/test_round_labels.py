"""Round labels: every text of the raw reports as a person reads it, and phrases that are not among them."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.parse.round_labels import RoundLabel, Stage, parse_round_label

ROOT = Path(__file__).parents[2]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES = read(ROOT / "tests" / "cases" / "round_labels.csv")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_labels_of_the_reports(case: dict[str, str]) -> None:
    assert str(parse_round_label(case["text"])) == case["label"]


def test_every_label_of_the_reports_is_a_case() -> None:
    raw = {row["round"] for row in read(ROOT / "data" / "raw" / "funding_reports.csv")} - {""}
    assert raw == {case["text"] for case in CASES}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Pre-Seed", "Pre-Seed"),
        ("preseed round", "Pre-Seed"),
        ("Pre-Angel", "Pre-Angel"),
        ("Pre-B++轮", "Pre-B++"),
        ("Seed+", "Seed+"),
        ("Series Seed", "Seed"),
        ("Series A-1", "Series A1"),
        ("B-2轮", "Series B2"),
        ("C2轮", "Series C2"),
        ("late Series B", "Series B"),
        ("Series C (second close)", "Series C"),
        ("D round extension", "Series D extension"),
        ("Series A extended round", "Series A extension"),
        ("B-Runde", "Series B"),
        ("runda C", "Series C"),
        ("раунд B", "Series B"),
        ("vòng A", "Series A"),
        ("シリーズA", "Series A"),
        ("시드", "Seed"),
        ("战略轮", "Strategic"),
        ("Pre IPO round", "Pre-IPO"),
        # Several in one label.
        ("Series A and B", "Series A and Series B"),
        ("Series A, B and C", "Series A and Series B and Series C"),
        ("A、B轮", "Series A and Series B"),
        ("A/B轮", "Series A and Series B"),
        ("Series A+ & B", "Series A+ and Series B"),
        ("seed and Series A", "Seed and Series A"),
        ("seed to Series A", "Seed and Series A"),
        ("Pre-IPO and angel round", "Pre-IPO and Angel"),
        ("Pre-IPO strategic round", "Pre-IPO and Strategic"),
        ("Series A strategic and seed round", "Series A and Seed"),  # "strategic" only describes it
        ("Pre-A extension", "Pre-A extension"),
        ("Series A1 extension", "Series A1"),
        ("x " * 96 + "Series A", "Series A"),
        ("x " * 96 + " Series A", ""),  # nobody reads that far
        # A letter alone is no series.
        ("B", "Series B"),
        ("A and B", ""),
        ("A round", "Series A"),
        ("a round", "Series A"),
        ("raised a round", ""),
        ("a round of financing", ""),
        ("A round of financing", ""),
        ("a series of rounds", ""),
        ("a series A round", "Series A"),
        ("Series B and a new investor", "Series B"),
        ("Series B - 3 investors", "Series B"),
        ("plan B", ""),
        ("E-2024", ""),
        ("第二轮融资", ""),
        ("financiación del equipo", ""),
        ("delisting", ""),
        ("Round of 2024", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_other_labels(text: str | None, label: str) -> None:
    assert str(parse_round_label(text)) == label


def test_stages_in_the_order_of_the_text() -> None:
    assert parse_round_label("种子轮; 天使轮").stages == (Stage("Seed"), Stage("Angel"))
    assert parse_round_label("pre-IPO Series F").stages == (Stage("Pre-IPO"), Stage("F"))
    assert parse_round_label("Series A and Series A") == RoundLabel((Stage("A"),))
    assert parse_round_label("Pre-A+輪").stages == (Stage("A", "+", pre=True),)


@given(st.sampled_from(CASES))
def test_a_label_reads_as_itself(case: dict[str, str]) -> None:
    label = parse_round_label(case["text"])
    assert parse_round_label(str(label)) == label


@given(st.text(max_size=40))
def test_any_text_is_read_without_failing(text: str) -> None:
    label = parse_round_label(text)
    assert parse_round_label(str(label)).stages == label.stages


@pytest.mark.parametrize("text", ["+" * 5000, "a " * 5000, "pre" * 5000, "round" * 5000])
def test_long_texts_take_no_time(text: str) -> None:
    parse_round_label(text)
