"""Every mistake that a row can hold, and how it is named: cases/mistakes.csv.

The cases were written down as the program names them and then read, row by row, for the right column and for
what stops a build: they keep wording and behaviour from changing unseen. A case without a sentence is a sound
row that another one repeats.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from analysis.build import BuildError, make
from analysis.clean.sheets import Problem
from tests.conftest import write_raw

CASES = Path(__file__).parents[1] / "cases" / "mistakes.csv"
SOUND: Mapping[str, list[dict[str, str]]] = {
    "companies.csv": [{"company_id": "acme", "name": "Acme", "name_zh": "极致", "country": "US"}],
    "company_aliases.csv": [{"alias": "Acme Labs", "company_id": "acme"}],
    "investor_aliases.csv": [{"alias": "North", "investor": "North Fund", "parent_group": "North"}],
    "segment_readings.csv": [{}],
    "funding_reports.csv": [
        {
            "report_id": report_id,
            "amount": "$5 million",
            "announced": "2026-11-20",
            "investors": "North",
            "publisher": f"Paper {report_id}",
            "url": f"https://example.org/{report_id}",
            "published": "2026-11-21",
        }
        for report_id in ("r1", "r2")
    ],
}
RATES = ["2026-11-19,1.1,8", "2026-11-20,1.1,8"]


def cases() -> dict[str, list[dict[str, str]]]:
    """The cases by stage: what a stage finds fatal keeps the later ones from looking."""
    found: dict[str, list[dict[str, str]]] = {}
    with CASES.open(encoding="utf-8", newline="") as file:
        for case in csv.DictReader(file):
            found.setdefault(case["stage"], []).append(case)
    return found


def added(file: str, rows: list[str], folder: Path) -> None:
    """Append raw lines to a file."""
    with (folder / file).open("a", encoding="utf-8", newline="") as handle:
        handle.writelines(f"{row}\n" for row in rows)


def problems_of(folder: Path) -> list[Problem]:
    try:
        return make(folder).problems
    except BuildError as error:
        return error.problems


@pytest.mark.parametrize("stage", cases())
def test_each_mistake_is_named_in_full(stage: str, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_raw(raw, SOUND, RATES)
    expected = []
    for file in dict.fromkeys(case["file"] for case in cases()[stage]):
        own = [case for case in cases()[stage] if case["file"] == file]
        first = len((raw / file).read_text(encoding="utf-8").splitlines()) + 1
        rows = list(dict.fromkeys(case["row"] for case in own))
        added(file, rows, raw)
        for case in own:
            if case["reason"]:
                said = (case[name] for name in ("column", "text", "reason", "action"))
                expected.append(Problem(file, first + rows.index(case["row"]), *said, case["fatal"] == "yes"))
    assert sorted(problems_of(raw), key=str) == sorted(expected, key=str)


def test_the_sound_rows_have_no_problem(tmp_path: Path) -> None:
    write_raw(tmp_path / "raw", SOUND, RATES)
    assert make(tmp_path / "raw").problems == []
