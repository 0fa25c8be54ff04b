"""Tables that others laid out, tables whose cells are told apart, and lines where a sheet may be cut."""

import pandas as pd
import pytest

from analysis.clean.sheets import (
    LONGEST_CELL,
    Sheet,
    header_cells,
    is_left_open,
    is_one_row,
    read_cells,
    read_export,
    read_rows,
)

EXPORT = 'list of May\nname;raised;x\nAcme;"1;5";-\n\n"Bo\nlt";2;-\n'


def told(sheet: Sheet) -> list[tuple]:
    return list(sheet.rows.itertuples(index=False, name=None))


def faults(sheet: Sheet) -> list[tuple]:
    return [(p.file, p.line, p.column, p.text, p.reason, p.action, p.fatal) for p in sheet.problems]


def frame(**columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(columns, dtype="str")


# --- exports ------------------------------------------------------------------------------------------------


def test_an_export_gives_the_columns_asked_for_with_the_lines_of_the_file() -> None:
    sheet = read_export(EXPORT, "x.csv", ["raised", "name"], ";", 2)
    assert list(sheet.rows) == ["raised", "name", "line"]
    assert told(sheet) == [("1;5", "Acme", 3), ("2", "Bo\nlt", 5)]
    assert sheet.problems == ()


def test_an_export_has_commas_and_its_header_on_top_unless_it_is_said() -> None:
    assert told(read_export("name,x\nAcme,1\n", "x.csv", ["name"])) == [("Acme", 2)]


def test_a_damaged_row_of_an_export_is_set_aside_alone() -> None:
    sheet = read_export("name,x\nAcme,1\nBolt\nCask,3\n", "x.csv", ["name"])
    assert told(sheet) == [("Acme", 2), ("Cask", 4)]
    assert [(p.file, p.line, p.fatal) for p in sheet.problems] == [("x.csv", 3, False)]


@pytest.mark.parametrize("header", [3, 9])
def test_a_header_below_the_end_of_an_export_is_fatal(header: int) -> None:
    sheet = read_export("name,x\nAcme,1", "x.csv", ["name"], ",", header)
    assert told(sheet) == []
    assert [(p.file, p.fatal) for p in sheet.problems] == [("x.csv", True)]


def test_a_column_that_an_export_lacks_is_named_with_what_it_has() -> None:
    sheet = read_export("nane,x,,y\nAcme,1,,2\n", "x.csv", ["name"])
    [problem] = sheet.problems
    assert (problem.file, problem.line, problem.column, problem.fatal) == ("x.csv", 1, "name", True)
    assert problem.action == (
        "nothing was read; did you mean nane? mend the name in the layout or delete it there; "
        "the header has nane, x, y"
    )
    [problem] = read_export("a,b\n1,2\n", "x.csv", ["raised"]).problems
    assert problem.action == (
        "nothing was read; mend the name in the layout or delete it there; the header has a, b"
    )


# --- rows of cells ------------------------------------------------------------------------------------------


def test_rows_of_cells_give_the_columns_asked_for() -> None:
    rows = [
        ["list of May"],
        [" raised\n in  USD ", "x", "name"],
        ["5", "-", "Acme"],
        ["", " "],
        ["7"],
        ["8", "", "B", "C"],
    ]
    sheet = read_rows(rows, "x.xlsx", ["name", "raised in USD"], 2)
    assert list(sheet.rows) == ["name", "raised in USD", "line"]
    assert told(sheet) == [("Acme", "5", 3), ("", "7", 5), ("B", "8", 6)]
    assert sheet.problems == ()
    assert told(read_rows([["name"], ["Acme"]], "x.xlsx", ["name"])) == [("Acme", 2)]


@pytest.mark.parametrize("header", [1, 2])
def test_rows_of_cells_without_a_column_are_not_read(header: int) -> None:
    sheet = read_rows([["nam", "x"]], "x.xlsx", ["name"], header)
    assert told(sheet) == []
    assert list(sheet.rows) == ["name", "line"]
    [problem] = sheet.problems
    assert (problem.file, problem.line, problem.column, problem.fatal) == ("x.xlsx", header, "name", True)
    assert problem.text == ("nam,x" if header == 1 else "")


# --- columns of cells ---------------------------------------------------------------------------------------


def test_columns_of_cells_come_in_the_order_asked_for() -> None:
    given = frame(name=["Acme", "", "Bolt"], id=["1", "", ""])
    sheet = read_cells(given, "x.parquet", ["id", "name"], 12)
    assert list(sheet.rows) == ["id", "name", "line"]
    assert told(sheet) == [("1", "Acme", 12), ("", "Bolt", 14)]
    assert sheet.rows.index.tolist() == [0, 1]
    assert sheet.problems == ()


@pytest.mark.parametrize(("columns", "column"), [(["id"], "name"), (["id", "name", "more"], "more")])
def test_other_columns_of_cells_are_fatal(columns: list[str], column: str) -> None:
    sheet = read_cells(frame(**{name: ["1"] for name in columns}), "x.parquet", ["id", "name"], 12)
    assert told(sheet) == []
    assert list(sheet.rows) == ["id", "name", "line"]
    [problem] = sheet.problems
    assert (problem.file, problem.line, problem.column, problem.fatal) == ("x.parquet", 1, column, True)
    assert problem.text == ",".join(columns)


@pytest.mark.parametrize("cell", ["a\0b", "a\x1bb", "x" * (LONGEST_CELL + 1)])
@pytest.mark.parametrize("column", ["id", "name"])
def test_a_cell_that_cannot_be_sets_its_row_aside(cell: str, column: str) -> None:
    given = frame(id=["1", "2", "3"], name=["Acme", "Bolt", "Cask"])
    given.loc[1, column] = cell
    sheet = read_cells(given, "x.parquet", ["id", "name"], 12)
    assert told(sheet) == [("1", "Acme", 12), ("3", "Cask", 14)]
    [problem] = sheet.problems
    assert (problem.file, problem.line, problem.column, problem.fatal) == ("x.parquet", 13, column, False)
    assert problem.reason
    assert problem.action.startswith("set aside; ")
    assert "," in problem.text
    assert "\0" not in problem.text


def test_the_longest_cell_that_may_be_is_read() -> None:
    given = frame(id=["1"], name=["x" * LONGEST_CELL])
    assert read_cells(given, "x.parquet", ["id", "name"], 2).problems == ()


# --- lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "is_open"),
    [
        ("1,Acme", False),
        ('1,"Acme, Inc."', False),
        ('1,"Acme', True),
        ('1,"Acme""', True),
        ('1,Acme"', False),
        ('1,"Ac"me', False),
        ("", False),
    ],
)
def test_a_line_that_opens_a_cell_is_left_open(line: str, is_open: bool) -> None:
    assert is_left_open(line) is is_open


@pytest.mark.parametrize(
    ("lines", "n_columns", "is_row"),
    [
        ('1,"Ac\nme",3', 3, True),
        ('1,"Ac\nme",3', 2, False),
        ('1,"Ac\nme', 2, False),
        ('1,"Ac\nme"x,3', 3, False),
        # One quote of the first line and one of the fourth: so many commas between them are rows.
        ('1,"Ac,3,4,5,6\n2,b,3,4,5,6\n3,c",3,4,5,6', 6, False),
        ('1,"Ac\n2,b,3\n3,c",3,4,5,6', 6, True),
    ],
)
def test_lines_are_one_row_with_the_cells_of_the_header(lines: str, n_columns: int, is_row: bool) -> None:
    assert is_one_row(lines, n_columns) is is_row


def test_cells_of_a_header() -> None:
    assert header_cells('a,"b, c",d;e') == ["a", "b, c", "d;e"]
    assert header_cells("a,b;c", ";") == ["a,b", "c"]
    assert header_cells('a,"b') == []
