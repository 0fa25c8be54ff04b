"""Reading sheets: sound ones cell by cell as the csv module does, damaged ones with nothing else lost."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.clean import sheets
from analysis.clean.sheets import LONGEST_CELL, Sheet, read_sheet, without_repeats

COLUMNS = ["report_id", "company", "amount", "valuation", "publisher", "url", "note"]


def written(rows: list[list[str]], header: list[str] = COLUMNS, **options: object) -> bytes:
    out = io.StringIO()
    csv.writer(out, **{"lineterminator": "\n", **options}).writerows([header, *rows])
    return out.getvalue().encode()


def cells(sheet: Sheet) -> list[list[str]]:
    return sheet.rows.drop(columns="line").to_numpy().tolist()


def row(number: int) -> list[str]:
    return [f"r{number:08x}", "生数科技", "20亿元, 约2.9亿美元", "N/A", "", f"https://x/{number}", 'says "B"']


def sheet_lines() -> list[str]:
    return written([row(i) for i in range(1, 6)]).decode().splitlines()


def read_lines(lines: list[str], **options: list[str]) -> Sheet:
    return read_sheet("\n".join(lines).encode(), "raw.csv", COLUMNS, **options)


# --- sound sheets -------------------------------------------------------------------------------------------

words = st.text(st.sampled_from('ab 7亿é"N/A\t;　'), max_size=8)
one_line = st.lists(st.lists(words, min_size=7, max_size=7), max_size=6)
# Cells of several lines, each with the few commas that a line of prose holds.
prose = st.lists(st.lists(words, max_size=3).map(",".join), max_size=3).map("\n".join)
any_lines = st.lists(st.lists(prose, min_size=7, max_size=7), max_size=6)
quoting = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])


def readable(rows: list[list[str]]) -> list[list[str]]:
    return [cells for cells in rows if any(cell.strip(' \t\n　"') for cell in cells)]


@given(
    any_lines.map(readable), quoting, st.sampled_from(["\n", "\r\n"]), st.sampled_from([b"", b"\xef\xbb\xbf"])
)
def test_a_sound_sheet_reads_as_the_csv_module_reads_it(rows, quoting, line_end, mark):
    sheet = read_sheet(mark + written(rows, quoting=quoting, lineterminator=line_end), "raw.csv", COLUMNS)
    assert sheet.problems == ()
    assert cells(sheet) == rows


@given(one_line.map(readable).filter(bool), quoting)
def test_both_ways_of_reading_agree_on_a_sound_sheet(rows, quoting):
    text = written(rows, quoting=quoting).decode()
    fast = sheets._read_sound(text.split("\n"), 0, COLUMNS, COLUMNS, [], sheets._grammar(","))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "_read_sound", lambda *_: None)
        slow = read_sheet(text.encode(), "raw.csv", COLUMNS).rows
    assert fast is not None
    pd.testing.assert_frame_equal(fast, slow)


signs = st.text(st.sampled_from('a","\n, \0\ufeff\u0085\u2028\u3000\t\x0bé'), max_size=20)
odd_lines = st.lists(st.lists(signs | words, min_size=1, max_size=4).map(",".join), max_size=5).map("\n".join)


@given(odd_lines, st.sampled_from(sorted(sheets.DELIMITERS)), st.booleans())
def test_what_is_read_at_full_speed_is_what_the_careful_reading_reads(text, delimiter, needs_id):
    lines = ["id,note".replace(",", delimiter), *text.replace(",", delimiter).split("\n")]
    columns, required = ["id", "note"], ["id"] if needs_id else []
    grammar = sheets._grammar(delimiter)
    fast = sheets._read_sound(lines, 0, columns, columns, required, grammar)
    rows = list(sheets._rows(lines, 1, columns, required, grammar))
    if fast is not None:
        assert [(start + 1, cells) for start, _, cells in rows] == [
            (line, cells) for *cells, line in fast.itertuples(index=False, name=None)
        ]


def test_what_says_nothing_is_not_all_one():
    sheet = read_sheet(written([["r1", "N/A", "", "undisclosed", "NULL", "nan", " - "]]), "raw.csv", COLUMNS)
    assert cells(sheet) == [["r1", "N/A", "", "undisclosed", "NULL", "nan", " - "]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding, line_end):
    data = line_end.join([*sheet_lines(), ""]).encode(encoding)
    assert cells(read_sheet(data, "raw.csv", COLUMNS)) == [row(i) for i in range(1, 6)]


def test_columns_come_in_the_order_asked_for():
    sheet = read_sheet(b"note,id\nfirst,1\n", "raw.csv", ["id", "note"])
    assert list(sheet.rows.columns) == ["id", "note", "line"]
    assert cells(sheet) == [["1", "first"]]


def test_lines_are_those_of_the_file():
    lines = ["id,note", "", '1,"two', 'lines"', "   ", "2,b", ""]
    sheet = read_sheet("\n".join(lines).encode(), "raw.csv", ["id", "note"])
    assert sheet.rows["line"].tolist() == [3, 6]
    assert cells(sheet) == [["1", "two\nlines"], ["2", "b"]]


def test_blank_lines_before_the_header():
    sheet = read_sheet(b"\n\nid,note\n1,a\n", "raw.csv", ["id", "note"])
    assert sheet.rows["line"].tolist() == [4]


def test_a_sheet_without_rows_has_its_columns():
    sheet = read_sheet(b"id,note\n", "raw.csv", ["id", "note"])
    assert sheet.problems == ()
    assert sheet.rows.dtypes.equals(read_sheet(b"id,note\n1,a\n", "raw.csv", ["id", "note"]).rows.dtypes)


# --- damaged rows -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damaged", "column", "reason"),
    [
        ('r3,Run"way,$1,,P,https://x,', "company", "character 7: the cell does not begin with a quote"),
        ('r3,"Runway,$1,,P,https://x,', "company", "character 4: the cell it opens is not closed"),
        ('r3,"Run"way,$1,,P,https://x,', "company", "character 8: text follows it"),
        ('r3,Runway,$1,,P,https://x,"', "note", "character 27: the cell it opens is not closed"),
        ('r3,"A, "B", C",$1,,P,https://x,', "company", "character 8: text follows it"),
        ("r3,Runway,$1,,P,https://x", "", "6 cells where the header has 7"),
        ("r3,Runway,$1,000,,P,https://x,", "", "8 cells where the header has 7"),
        ("r3,Runway,$1,,P,https://x,,,", "", "9 cells where the header has 7; those too many are empty"),
        ("r3,Run\x00way,$1,,P,https://x,", "company", "control character U+0000, character 7"),
        ("r3,Runway,$1\x1a,,P,https://x,", "amount", "control character U+001A, character 13"),
        ("\ufeffr3,Runway,$1,,P,https://x,", "report_id", "byte order mark inside the text, character 1"),
        (",,,,,,", "", "a row of empty cells"),
        ("r3 and nothing more", "", "1 cells where the header has 7"),
    ],
)
def test_a_damaged_row_is_named_and_nothing_else_is_lost(damaged, column, reason):
    lines = sheet_lines()
    lines[3] = damaged
    sheet = read_lines(lines)
    assert cells(sheet) == [row(i) for i in (1, 2, 4, 5)]
    assert sheet.rows["line"].tolist() == [2, 3, 5, 6]
    (problem,) = sheet.problems
    assert (problem.file, problem.line, problem.column, problem.fatal) == ("raw.csv", 4, column, False)
    assert reason in problem.reason
    assert problem.text == damaged.replace("\x00", "\\u0000").replace("\x1a", "\\u001a").replace(
        "\ufeff", "\\ufeff"
    )


def test_two_stray_quotes_in_one_column_do_not_join_the_rows_between():
    lines = [f"r{i},Runway,$1,,P,https://x,plain" for i in range(6)]
    lines[1] = lines[1].replace("plain", '"plain')
    lines[4] = lines[4].replace("plain", 'plain"')
    sheet = read_lines([",".join(COLUMNS), *lines])
    assert [cells[0] for cells in cells(sheet)] == ["r0", "r2", "r3", "r5"]
    assert [problem.line for problem in sheet.problems] == [3, 6]


def test_an_unclosed_quote_does_not_reach_for_a_cell_of_several_lines_below():
    lines = sheet_lines()
    lines[2] = 'r2,"Runway,$1,,P,https://x,'
    lines[4] = 'r4,Pika,"$1\nor more",,P,https://x,'
    sheet = read_lines(lines)
    assert cells(sheet) == [row(1), row(3), ["r4", "Pika", "$1\nor more", "", "P", "https://x", ""], row(5)]
    assert sheet.rows["line"].tolist() == [2, 4, 5, 7]
    (problem,) = sheet.problems
    assert (problem.line, problem.column, problem.text) == (3, "company", lines[2])
    assert "character 4: the cell it opens is not closed" in problem.reason


def test_a_row_of_several_lines_is_set_aside_as_one():
    sheet = read_sheet(b'id,note\n1,"a\nb\x00"\n2,c\n', "raw.csv", ["id", "note"])
    assert cells(sheet) == [["2", "c"]]
    (problem,) = sheet.problems
    assert (problem.line, problem.column, problem.text) == (3, "note", '1,"a\nb\\u0000"')


def test_a_required_cell_that_is_blank_sets_the_row_aside():
    lines = sheet_lines()
    lines[2] = "r2,Runway,$1,,P, ,"
    sheet = read_lines(lines, required=["url"])
    assert cells(sheet) == [row(i) for i in (1, 3, 4, 5)]
    assert [(problem.line, problem.column) for problem in sheet.problems] == [(3, "url")]


plain = [f"r{i},Runway,$1,,P,https://x/{i},plain" for i in range(6)]
splinters = st.sampled_from(['"', '""', ",", "\n", "\x00", '"\n', ',"', '",', "\ufeff", "x"])


@given(
    st.sampled_from([plain, sheet_lines()[1:]]),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 60), splinters), min_size=1, max_size=4),
)
def test_lines_that_were_not_struck_are_read_and_each_line_is_accounted_for_once(lines, damage):
    struck = dict(enumerate(lines))
    for number, at, splinter in damage:
        line = struck[number % len(lines)]
        struck[number % len(lines)] = line[:at] + splinter + line[at:]
    text = "\n".join([",".join(COLUMNS), *struck.values()])
    sheet = read_lines([text])

    sound = [line for i, line in enumerate(lines) if struck[i] == line]
    expected = cells(read_lines([",".join(COLUMNS), *sound]))
    assert [row for row in cells(sheet) if row in expected] == expected

    assert not any(problem.fatal for problem in sheet.problems)
    in_rows = []
    for start, row in zip(sheet.rows["line"], cells(sheet), strict=True):
        in_rows += text.split("\n")[start - 1 :][: 1 + sum(cell.count("\n") for cell in row)]
    in_problems = [line for problem in sheet.problems for line in problem.text.split("\n")]
    escaped = text.replace("\x00", "\\u0000").replace("\ufeff", "\\ufeff")
    assert sorted(filter(str.strip, in_rows + in_problems)) == sorted(
        filter(str.strip, escaped.split("\n")[1:])
    )


def test_an_unclosed_quote_costs_one_row_of_many():
    lines = [
        ",".join(COLUMNS),
        'r0,"Runway,$1,,P,https://x,',
        *(f"r{i},Runway,$1,,P,https://x," for i in range(1, 9000)),
    ]
    sheet = read_lines(lines)
    assert len(sheet.rows) == 8999
    assert [problem.line for problem in sheet.problems] == [2]


# --- damaged sheets -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "line", "column", "reason", "action"),
    [
        (b"", 1, "", "the sheet is empty", "id, company"),
        (b"id,compnay\n1,a\n", 1, "compnay", "unknown column 'compnay'", "did you mean company?"),
        (b"id\n1\n", 1, "company", "the column company is missing", "add it"),
        (b"id,company,id\n1,a,1\n", 1, "id", "stands here twice", "rename"),
        (b"id,company,zzz\n1,a,1\n", 1, "zzz", "unknown column 'zzz'", "delete it"),
        (b"id,company,,\n1,a,,\n", 1, "", "columns without a name, as a spreadsheet adds", "delete"),
        (b"id;company\n1;a\n", 1, "", "separated by semicolons", "commas"),
        (b"id\tcompany\n1\ta\n", 1, "", "separated by tabs", "commas"),
        (b"\xef\xbb\xbf\xef\xbb\xbfid,company\n1,a\n", 1, "", "byte order mark", "delete it"),
        (b'id,com"pany\n1,a\n', 1, "", "a stray quote, character 7", "doubled"),
        ("id,company\n1,é\n2,aé\n".encode("cp1252"), 2, "", "not UTF-8, character 3: byte 0xe9", "CSV UTF-8"),
        ("id,company\n1,a\n2,爱诗科技\n".encode("gb18030"), 3, "", "not UTF-8, character 3", "CSV UTF-8"),
        ("id,company\n1,a\n".encode("utf-16")[:-1], 2, "", "not UTF-16-LE, character 4", "UTF-8"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_where_and_what_to_do(data, line, column, reason, action):
    sheet = read_sheet(data, "raw.csv", ["id", "company"])
    assert sheet.rows.empty
    problem = sheet.problems[0]
    assert problem.fatal
    assert (problem.line, problem.column) == (line, column)
    assert reason in problem.reason
    assert action in problem.action


def test_the_header_again_is_no_row():
    lines = sheet_lines()
    sheet = read_lines([*lines[:3], lines[0], *lines[3:]])
    assert cells(sheet) == [row(i) for i in range(1, 6)]
    assert [(p.line, p.reason) for p in sheet.problems] == [(4, "the header stands here again")]


def test_a_cell_too_long_to_be_a_phrase_sets_its_row_aside():
    lines = sheet_lines()
    lines[2] = f"r2,Runway,{'9' * 10_000_000},,P,https://x,"
    sheet = read_lines(lines)
    assert cells(sheet) == [row(i) for i in (1, 3, 4, 5)]
    (problem,) = sheet.problems
    assert (problem.line, problem.column) == (3, "amount")
    assert problem.reason == "a cell of 10,000,000 characters"
    assert problem.text.endswith("… (10,000,024 characters)")
    assert len(problem.text) < 3_000
    lines[2] = f"r2,Runway,{'9' * LONGEST_CELL},,P,https://x,"
    assert read_lines(lines).problems == ()


@pytest.mark.parametrize("name", ["c", ""])
def test_a_million_columns_are_one_problem(name):
    header = b"id,company" + b"".join(b",%s%d" % (name.encode(), i) for i in range(1_000_000))
    (problem,) = read_sheet(header + b"\n1,a\n", "raw.csv", ["id", "company"]).problems
    assert problem.fatal
    assert "1000000 unknown columns" in problem.reason
    assert len(problem.text) < 3_000


def test_an_unknown_column_has_a_name_of_bounded_length():
    (problem,) = read_sheet(b"id," + b"x" * 1_000_000 + b"\n", "raw.csv", ["id"]).problems
    assert len(problem.reason) + len(problem.column) < 300


def test_repeated_rows_are_set_aside():
    rows = read_sheet(b"id,note\n1,a\n2,b\n1,a\n1,c\n", "raw.csv", ["id", "note"]).rows
    kept, problems = without_repeats(rows, "raw.csv")
    assert kept["line"].tolist() == [2, 3, 5]
    assert [(p.line, p.column, p.text, p.reason) for p in problems] == [
        (4, "", "1,a", "the same row stands in line 2")
    ]
    kept, problems = without_repeats(rows, "raw.csv", "id")
    assert kept["line"].tolist() == [2, 3]
    assert [(p.line, p.column, p.reason) for p in problems] == [
        (4, "", "the same row stands in line 2"),
        (5, "id", "the same id stands in line 2"),
    ]
    assert all("set aside" in p.action and not p.fatal for p in problems)
