"""Corrections apply exactly as written or fail by name."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.clean.corrections import COLUMNS, Corrected, apply_corrections
from analysis.clean.sheets import read_sheet

RAW = Path(__file__).parents[2] / "data" / "raw"
REPORTS = pd.DataFrame(
    {
        "report_id": ["r1", "r2", "r3", "r3"],
        "company": ["Agibot", "AgiBot", "Agibot", "Runway"],
        "amount": ["$140 million", "", "$1", "$2"],
        "line": [2, 3, 4, 5],
    }
)


def corrected(*corrections: tuple[str, str, str, str]) -> Corrected:
    sheet = pd.DataFrame([(*row, "why") for row in corrections], columns=list(COLUMNS), dtype="str")
    return apply_corrections(REPORTS, sheet.assign(line=range(2, len(sheet) + 2)))


def test_one_cell_changes_and_nothing_else():
    before = REPORTS.copy()
    result = corrected(("r1", "company", "Agibot", "X Square Robot"), ("r2", "amount", "", "undisclosed"))
    assert result.problems == ()
    expected = before.copy()
    expected.loc[0, "company"] = "X Square Robot"
    expected.loc[1, "amount"] = "undisclosed"
    pd.testing.assert_frame_equal(result.reports, expected)
    pd.testing.assert_frame_equal(REPORTS, before)


def test_of_two_rows_with_one_id_the_first_is_corrected():
    result = corrected(("r3", "company", "Agibot", "X"))
    assert result.problems == ()
    assert result.reports["company"].tolist() == ["Agibot", "AgiBot", "X", "Runway"]


def test_the_audit_lists_what_was_applied():
    result = corrected(("r1", "company", "Agibot", "X"), ("r9", "company", "a", "b"))
    assert result.audit.to_dict("list") == {
        "report_id": ["r1"],
        "field": ["company"],
        "expected_text": ["Agibot"],
        "corrected_text": ["X"],
        "reason": ["why"],
        "line": [2],
    }


def test_two_fields_of_one_report():
    result = corrected(("r1", "company", "Agibot", "X"), ("r1", "amount", "$140 million", "$1"))
    assert result.problems == ()
    assert result.reports.loc[0].tolist()[:3] == ["r1", "X", "$1"]


@pytest.mark.parametrize(
    ("correction", "column", "text", "said"),
    [
        (("r9", "company", "Agibot", "X"), "report_id", "r9", "no report has this id"),
        (("r1", "compnay", "Agibot", "X"), "field", "compnay", "did you mean company?"),
        (("r1", "line", "2", "3"), "field", "line", "no such column"),
        (("r1", "report_id", "r1", "r7"), "field", "report_id", "no such column"),
        (("r1", "company", "AgiBot", "X"), "expected_text", "AgiBot", "the cell now reads 'Agibot'"),
    ],
)
def test_a_correction_that_does_not_fit_is_fatal(correction, column, text, said):
    result = corrected(("r2", "company", "AgiBot", "Agibot"), correction)
    (problem,) = result.problems
    assert problem.fatal
    assert (problem.file, problem.line, problem.column, problem.text) == ("corrections.csv", 3, column, text)
    assert said in f"{problem.reason}; {problem.action}"
    assert result.audit["report_id"].tolist() == ["r2"]


def test_a_cell_cannot_be_corrected_twice():
    result = corrected(("r1", "company", "Agibot", "X"), ("r1", "company", "Agibot", "Y"))
    (problem,) = result.problems
    assert (problem.line, problem.column, problem.fatal) == (3, "field", True)
    assert "line 2 corrects the same cell" in problem.reason


def test_the_corrections_of_the_project_fit_its_reports():
    reports = (RAW / "funding_reports.csv").read_bytes()
    header = reports.split(b"\n")[0].decode().split(",")
    sheet = read_sheet(
        (RAW / "corrections.csv").read_bytes(), "corrections.csv", COLUMNS, required=COLUMNS[:2]
    )
    rows = read_sheet(reports, "funding_reports.csv", header).rows
    result = apply_corrections(rows, sheet.rows)
    assert (sheet.problems, result.problems) == ((), ())
    assert len(result.audit) == len(sheet.rows) > 0
    assert (sheet.rows["reason"].str.len() > 20).all()
