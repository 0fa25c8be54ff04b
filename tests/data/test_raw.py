"""The raw files as they are committed."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from analysis.build import RATES, RAW, SHEETS, Built, read_raw
from analysis.clean.joining import JUDGED


def rows(name: str) -> list[dict[str, str]]:
    with (RAW / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_nothing_but_the_known_files() -> None:
    assert {path.name for path in RAW.iterdir()} - {"README.md"} == {*SHEETS, RATES}


@pytest.mark.parametrize("name", SHEETS)
def test_every_line_is_read(name: str) -> None:
    sheets, problems, _ = read_raw(RAW)
    assert [problem for problem in problems if problem.file == name] == []
    assert len(sheets[name]) == len(rows(name))


@pytest.mark.parametrize("path", sorted(RAW.glob("*.csv")), ids=lambda path: path.name)
def test_plain_files(path: Path) -> None:
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert len(data) < 1_000_000
    data.decode("utf-8")


def test_every_report_has_an_id_and_an_address_of_its_own_form() -> None:
    ids = Counter(row["report_id"] for row in rows("funding_reports.csv"))
    assert max(ids.values()) == 1
    assert all(re.fullmatch(r"r[0-9a-f]{8}", name) for name in ids)


def test_no_problem_is_fatal_and_every_row_is_accepted(built: Built) -> None:
    assert not any(problem.fatal for problem in built.problems)
    assert built.n_set_aside == 0


def test_every_correction_is_used(built: Built) -> None:
    after = built.reports.set_index("report_id").astype("object").fillna("")
    for row in rows("corrections.csv"):
        assert row["expected_text"] != row["corrected_text"], row
        assert after.at[row["report_id"], row["field"]] == row["corrected_text"], row
        assert len(row["reason"]) > 30, row


def test_every_judgement_is_heeded_and_gives_a_reason(built: Built) -> None:
    home = built.tables["reports"].set_index("report_id")["round_id"]
    for row in rows("judgements.csv"):
        assert row["judgement"] in ("same", "different"), row
        assert (home[row["report_id"]] == home[row["round"]]) == (row["judgement"] == "same"), row
        assert len(row["reason"]) > 30, row
    assert JUDGED > 20  # more than all other evidence together


def test_a_judgement_decides_what_the_rules_would_not(built: Built, unjudged: Built) -> None:
    """A judgement that the rules have caught up with is dead weight; at most a third may be."""
    home = unjudged.tables["reports"].set_index("report_id")["round_id"]
    needed = [
        (home[row["report_id"]] == home[row["round"]]) != (row["judgement"] == "same")
        for row in rows("judgements.csv")
    ]
    assert sum(needed) >= 2 * len(needed) / 3


def test_every_segment_of_a_company_is_read_with_a_reason() -> None:
    readings = {row["segment"]: row for row in rows("segment_readings.csv")}
    assert set(readings) == {row["segment"] for row in rows("companies.csv")}
    assert len(readings) == len(rows("segment_readings.csv"))
    assert all(len(row["reason"]) > 30 and row["reason"].endswith(".") for row in readings.values())
    # A world model proper is what the companies compared as such build.
    cohort = {row["segment"] for row in rows("companies.csv") if row["cohort"] == "world-model"}
    assert {segment for segment, row in readings.items() if row["ring"] == "inner"} == cohort
