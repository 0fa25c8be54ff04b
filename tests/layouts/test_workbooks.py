"""Workbooks: cells as a reader of the sheet sees them."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from analysis.layouts.layout import Money
from analysis.layouts.source import Source, read_source
from tests.layouts.made_up import layout, told

HEADER = ["company", "amount", "date", "investors"]


def workbook(rows: list[list[Any]], formats: dict[str, str] | None = None, merged: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Rounds"
    for row in rows:
        sheet.append(row)
    for cell, shown in (formats or {}).items():
        sheet[cell].number_format = shown
    if merged:
        sheet.merge_cells(merged)
    book.create_sheet("Notes").append(["company"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(data: bytes, **said: Any) -> Source:
    return read_source(layout(**said), data, "list.xlsx")


def test_cells_of_every_kind_become_text() -> None:
    rows = [
        HEADER,
        ["Acme", 5_000_000, datetime(2025, 3, 4), "North"],
        ["Bolt", 1234567.5, date(2025, 4, 3), None],
        ["Coda", "$5 million", "March 2025", True],
        ["Dodo", 7_000_000, None, None],
        ["Emu", 8_000_000, None, None],
    ]
    found = read(
        workbook(
            rows, {"B2": '"$"#,##0', "B3": "[$€-407]#,##0.00", "B5": "[$-409]#,##0", "B6": "[$USD] #,##0"}
        )
    )
    assert list(found.rows["amount"]) == ["$5000000", "€1234567.5", "$5 million", "7000000", "USD 8000000"]
    assert list(found.rows["announced"]) == ["2025-03-04", "2025-04-03", "March 2025", "", ""]
    assert list(found.rows["line"]) == [2, 3, 4, 5, 6]
    assert found.told[0] == "sheet 'Rounds' of a workbook"


def test_merged_cells_are_filled_down_where_the_layout_says_so() -> None:
    data = workbook([HEADER, ["Acme", 5e6, None, "North"], [None, 6e6, None, "South"]], merged="A2:A3")
    assert list(read(data, fill_down=("company",)).rows["company"]) == ["Acme", "Acme"]
    assert list(read(data).rows["company"]) == ["Acme", ""]


def test_a_preface_and_blank_rows_keep_the_lines_of_the_sheet() -> None:
    data = workbook([["Search of May"], [], HEADER, [], ["Acme", 12.5, None, None], ["© List"]])
    found = read(data, header=3, amount=Money("million", "USD"))
    assert list(found.rows["line"]) == [5, 6]
    assert list(found.rows["amount"]) == ["USD 12.5 million", ""]


def test_what_keeps_a_workbook_from_being_read_is_told() -> None:
    assert told(read(b"no zip"))[0][2].startswith("no workbook")
    data = workbook([HEADER])
    [problem] = read(data, sheet="Deals").problems
    assert (problem.reason, problem.action) == (
        "no sheet 'Deals'",
        "nothing was read; choose from Rounds, Notes",
    )
    [problem] = read(data, sheet="Notes", columns={"company": "Company"}).problems
    assert problem.reason == "the column Company is missing"
    [problem] = read(data, header=9, columns={"company": "company"}).problems
    assert problem.fatal


@pytest.mark.parametrize("value", ["=1+1", "<script>alert(1)</script>", "\u202egnp"])
def test_hostile_cells_stay_text(value: str) -> None:
    data = workbook([HEADER, ["Acme", None, None, value]])
    found = read(data)
    assert list(found.rows["company"]) == ["Acme"]
    assert found.rows["investors"][0] in (value, "")
