"""The readings of segments: one for each segment of a company, in words that are known."""

import pandas as pd
import pytest

from analysis.clean.segments import COLUMNS, FILE, check_segments

READING = {
    "segment": "robots", "name": "robots", "ring": "outer", "digital_or_physical": "physical",
    "human_level_need": "none", "reason": "They act on things.",
}  # fmt: skip


def check(*rows: dict[str, str], segments: tuple[str, ...] = ("robots", "robots")) -> list[tuple]:
    """The file, line, column, text and weight of each problem of made-up sheets."""
    readings = pd.DataFrame([READING | row for row in rows], columns=list(COLUMNS), dtype="str")
    companies = pd.DataFrame({"segment": segments}, dtype="str")
    sheets = {"companies.csv": companies, FILE: readings}
    numbered = {name: sheet.assign(line=range(2, len(sheet) + 2)) for name, sheet in sheets.items()}
    return [(p.file, p.line, p.column, p.text, p.fatal) for p in check_segments(numbered)]


def test_one_reading_for_each_segment_is_sound() -> None:
    assert check({}) == []
    assert check({}, {"segment": "video"}, segments=("video", "robots", "")) == []


def test_a_segment_without_a_reading_is_named_where_it_stands_first() -> None:
    expected = [("companies.csv", 3, "segment", "video", True)]
    assert check({}, segments=("robots", "video", "video")) == expected


def test_a_segment_that_is_read_twice_is_fatal_once() -> None:
    assert check({}, {"ring": "inner"}) == [(FILE, 3, "segment", "robots", True)]


def test_a_reading_of_no_segment_is_told_and_does_not_stop() -> None:
    assert check({}, {"segment": "boats"}) == [(FILE, 3, "segment", "boats", False)]


@pytest.mark.parametrize(
    ("column", "word"),
    [("ring", "middle"), ("digital_or_physical", ""), ("human_level_need", "Reasoning")],
)
def test_a_word_that_is_not_known_is_fatal(column: str, word: str) -> None:
    assert check({column: word}) == [(FILE, 2, column, word, True)]


def test_the_remedy_names_what_can_be_chosen() -> None:
    sheets = {
        "companies.csv": pd.DataFrame({"segment": ["video"], "line": [2]}),
        FILE: pd.DataFrame([READING | {"ring": "middle"}]).assign(line=2),
    }
    missing, _, wrong = check_segments(sheets)
    assert missing.action == "add one, or take a segment that it reads: robots"
    assert wrong.action == "choose from inner, outer, outside"
