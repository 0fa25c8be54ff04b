"""From an exported table to rows of reports: nothing is lost, nothing wrong in silence."""

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.clean.reports import COLUMNS
from analysis.clean.sheets import DELIMITERS
from analysis.layouts.layout import Money
from analysis.layouts.source import Source, read_source
from tests.layouts.made_up import layout, read, table, told

HEADER = ["company", "amount", "date", "investors"]
words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12)


def accounted(source: Source) -> bool:
    """Whether every row of the file is a report, a further investor of one, or named as set aside."""
    lost = sum("set aside" in problem.action for problem in source.problems)
    return source.n_rows == len(source.rows) + source.n_merged + lost


@settings(max_examples=50)
@given(
    st.lists(st.tuples(words, words), min_size=1, max_size=8, unique=True),
    st.sampled_from(sorted(DELIMITERS)),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "cp1252", "shift_jis"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_was_written_in_any_encoding_and_delimiter_is_read(
    rows: list[tuple[str, str]], delimiter: str, encoding: str, end: str
) -> None:
    text = table([("note", "company", "other"), *((b, a, "") for a, b in rows)], delimiter, end)
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        assume(False)
    assume(data.decode(encoding).removeprefix("\ufeff") == text and "\\x" not in text)
    assume(("note", "company") not in [(b, a) for a, b in rows])
    found = read_source(
        layout(columns={"company": "company", "note": "note"}, delimiter=delimiter, encoding=encoding),
        data,
        "x.csv",
    )
    assert accounted(found)
    shifted = {problem.line for problem in found.problems if "a sum of money" in problem.reason}
    expected = {(a, b) for place, (a, b) in enumerate(rows, 2) if place not in shifted}
    again = [problem for problem in found.problems if "a row above" in problem.reason]
    assert len(found.rows) == len(expected) - len(again)
    assert set(zip(found.rows["company"], found.rows["note"], strict=True)) <= expected


def test_a_row_becomes_a_row_of_reports() -> None:
    found = read([HEADER, ["Acme", "$5,000,000", "3/14/2025", "North, South"]])
    [row] = found.rows.to_dict("records")
    assert list(found.rows.columns) == [*COLUMNS, "country", "line"]
    assert (row["company"], row["amount"], row["announced"], row["investors"], row["line"]) == (
        "Acme", "$5,000,000", "2025-03-14", "North, South", 2,
    )  # fmt: skip
    assert (row["publisher"], row["seen_as"], row["collected"]) == ("List", "digest", "2026-11-23")
    assert found.columns["announced"] == "date"
    assert found.told == (
        "encoding utf-8: no sign beyond ASCII",
        "dates of date: month first: 1 can only be read month first (line 2: 3/14/2025); "
        "no cell speaks against it",
        "sums of amount: in whole units",
    )


def test_ids_are_made_of_the_content_alone() -> None:
    rows = [["Acme", "$5 million", "2025", ""], ["Bolt", "", "2024", ""], ["Coda", "", "", "North"]]
    ids = dict(zip("ABC", read([HEADER, *rows]).rows["report_id"], strict=True))
    turned = read([HEADER, ["New", "", "", ""], *rows[::-1]], fixed={"collected": "2027-01-01"})
    assert list(turned.rows["report_id"][1:]) == [ids["C"], ids["B"], ids["A"]]
    # The ids of rounds and decisions hang on them: they must not change with a library either.
    assert ids["A"] == "r529761db60f16ccea33862b215bc7177"
    columns = {"id": "company", "company": "amount"}
    assert read([HEADER, *rows], columns=columns).rows["report_id"].is_unique


def test_merged_cells_fill_down_in_named_columns_only() -> None:
    rows = [["Acme", "$5 million", "2025", ""], ["", "$7 million", "", ""], ["Bolt", "", "", ""]]
    filled = read([HEADER, *rows], fill_down=("company",)).rows
    assert list(filled["company"]) == ["Acme", "Acme", "Bolt"]
    assert list(filled["announced"]) == ["2025", "", ""]
    assert list(read([HEADER, *rows]).rows["company"]) == ["Acme", "", "Bolt"]


def test_nothing_is_filled_down_across_a_row_that_was_lost() -> None:
    text = 'company,amount,date,investors\nAcme,,,\nBolt,"x"y,,\n,$7 million,,\nCoda,,,\n,$8 million,,\n'
    found = read_source(layout(fill_down=("company",)), text.encode(), "x.csv")
    assert list(found.rows["company"]) == ["Acme", "", "Coda", "Coda"]
    assert (4, "company", "an empty cell below a row that was not read, which may have filled it") in told(
        found
    )


def test_rows_of_several_investors_become_one_round() -> None:
    rows = [
        ["Acme", "$5 million", "2025", "North"], ["Bolt", "$5 million", "2025", "North"],
        ["Acme", "$5 million", "2025", "South, Inc."], ["Acme", "$6 million", "2025", "North"],
        ["Acme", "$5 million", "2025", "North"],
    ]  # fmt: skip
    found = read([HEADER, *rows], one_per_investor=True)
    assert list(found.rows["investors"]) == ["North; South, Inc.", "North", "North"]
    assert found.n_merged == 2
    assert accounted(found)
    assert len(read([HEADER, *rows]).rows) == 4


def test_a_row_that_says_nothing_new_is_set_aside() -> None:
    found = read([[*HEADER, "seen"], ["Acme", "", "", "", "1"], ["Acme", "", "", "", "2"]])
    assert told(found) == [(3, "", "says what a row above says, in every column that the layout reads")]
    assert found.problems[0].text == "Acme, as line 2"
    assert accounted(found)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["Acme", "Upsparks", "2025", "$1200000"], "investors"),
        (["Acme", "", "2025", "$Undisclosed"], "investors"),
        (["Acme", "Seed", "2025", "1000000\t#REF!"], "investors"),
        (["$5,000,000", "", "2025", ""], "company"),
    ],
)
def test_shifted_rows_are_refused(row: list[str], column: str) -> None:
    found = read([HEADER, row])
    assert told(found) == [(2, column, "a sum of money in a column of words: the cells are shifted")]
    assert accounted(found)


def test_a_sum_among_the_investors_is_left_out_where_the_amount_is_told() -> None:
    found = read([HEADER, ["Acme", "$2000000", "2025", "2000000"], ["Bolt", "$2000000", "2025", "100X.VC"]])
    assert list(found.rows["investors"]) == ["", "100X.VC"]
    assert told(found) == [(2, "investors", "a sum of money in a column of words")]


def test_a_company_may_be_called_by_a_number() -> None:
    assert list(read([HEADER, ["17173", "", "2025", ""]]).rows["company"]) == ["17173"]


def test_an_address_that_is_none_gives_way_to_that_of_the_layout() -> None:
    rows = [["company", "url"], ["Acme", "example.com/a"], ["Bolt", "https://example.com/b"], ["Coda", ""]]
    found = read(rows, columns={"company": "company", "url": "url"})
    assert list(found.rows["url"]) == [
        "https://example.org/list", "https://example.com/b", "https://example.org/list",
    ]  # fmt: skip
    assert told(found) == [(2, "url", "not an address that begins with http:// or https://")]


def test_debris_of_encodings_is_blanks_and_signs() -> None:
    rows = [r"Byju\xe2\x80\x99s \xc2\xa0Lab," + "\ufeffNorth\u00a0 Fund\ufeff", r"Acme,a\xffb\x1b[2J", ""]
    text = "\n".join(["company,investors", *rows])
    found = read_source(
        layout(columns={"company": "company", "investors": "investors"}), text.encode(), "x.csv"
    )
    assert list(found.rows["company"]) == ["Byju’s Lab", "Acme"]
    assert list(found.rows["investors"]) == ["North Fund", "a\\xffb\\x1b[2J"]


def test_a_line_break_stands_between_investors() -> None:
    found = read([HEADER, ["Ac\nme", "", "", "North\nSouth\n"]])
    assert found.rows[["company", "investors"]].to_numpy().tolist() == [["Ac me", "North, South"]]


def test_of_several_columns_the_first_filled_cell_counts() -> None:
    rows = [["name", "a", "b"], ["Acme", "Series A", "Seed"], ["Bolt", "", "Seed"]]
    found = read(rows, columns={"company": "name", "round": ("a", "b")})
    assert list(found.rows["round"]) == ["Series A", "Seed"]
    assert found.columns["round"] == "a, b"


def test_words_of_status_must_be_explained_and_those_of_kind_need_not() -> None:
    rows = [["c", "s", "k"], ["A", "Completed", "Debt"], ["B", "Failed", "Series A"], ["C", "", "ipo"]]
    found = read(
        rows,
        columns={"company": "c", "status": "s", "kind": "k"},
        status={"completed": "closed"},
        kind={"debt": "debt"},
    )
    assert list(found.rows["status"]) == ["closed", "Failed", "closed"]
    assert list(found.rows["kind"]) == ["debt", "round", "ipo"]


def test_an_open_order_of_dates_stops_and_says_what_to_write() -> None:
    found = read([HEADER, ["Acme", "", "1/2/2025", ""]])
    [problem] = found.problems
    assert (problem.fatal, problem.column) == (True, "date")
    assert 'write order = one of "ymd" (year first), "mdy" (month first)' in problem.action
    assert list(read([HEADER, ["Acme", "", "1/2/2025", ""]], date_order="dmy").rows["announced"]) == [
        "2025-02-01"
    ]


def test_a_date_against_the_named_order_is_left_out_and_named() -> None:
    found = read([HEADER, ["Acme", "", "13/2/2025", ""]], date_order="mdy")
    assert told(found) == [(2, "date", "no date that can be read month first")]
    assert list(found.rows["announced"]) == [""]


def test_a_decimal_comma_stops_a_column_that_can_mean_two_sums() -> None:
    rows = [HEADER, ["Acme", "12,5", "", ""], ["Bolt", "1,234", "", ""]]
    [problem] = read(rows, amount=Money("million", "EUR")).problems
    assert problem.fatal
    assert 'write decimal = "," or "." under [amount]' in problem.action
    found = read(rows, amount=Money("million", "EUR", ","))
    assert list(found.rows["amount"]) == ["EUR 12.5 million", "EUR 1.234 million"]


def test_small_sums_without_a_unit_are_left_out() -> None:
    found = read([HEADER, ["Acme", "12.5", "", ""]], amount=Money(currency="USD"))
    assert told(found) == [(2, "amount", "a sum below 1,000")]
    assert list(found.rows["amount"]) == [""]


def test_a_column_that_is_missing_or_stands_twice_is_fatal() -> None:
    missing = read([["Company", "amount", "date", "investors"], ["Acme", "", "", ""]])
    assert told(missing) == [(1, "company", "the column company is missing")]
    assert "did you mean Company?" in missing.problems[0].action
    twice = read([["company", *HEADER], ["Acme", "", "", "", ""]])
    assert told(twice) == [(1, "company", "the column company stands here twice")]
    # Columns that are not read may be called as they like.
    assert len(read([["", "", "x", "x", *HEADER], ["", "", "", "", "Acme", "", "", ""]]).rows) == 1


def test_the_header_may_stand_below_a_preface() -> None:
    text = "List of May\n\n" + table([HEADER, ["Acme", "", "", ""]])
    found = read_source(layout(header=3), text.encode(), "x.csv")
    assert list(found.rows["line"]) == [4]


def test_an_empty_file_is_a_problem() -> None:
    found = read_source(layout(), b"", "x.csv")
    assert [problem.fatal for problem in found.problems] == [True]
    assert found.rows.empty


def test_other_delimiters_are_named() -> None:
    [problem] = read_source(layout(), table([HEADER], ";").encode(), "x.csv").problems
    assert problem.action == "nothing was read; name the sign in the layout (delimiter = ';')"


@settings(max_examples=50)
@given(st.binary(max_size=300))
def test_no_bytes_are_lost_or_break_the_reader(data: bytes) -> None:
    found = read_source(layout(columns={"company": "a"}), b"a,b\n" + data, "x.csv")
    assert found.problems or accounted(found)
    assert isinstance(found.rows, pd.DataFrame)
