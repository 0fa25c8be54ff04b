"""The order of a column of dates: right by evidence, or refused."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.layouts.dates import decide, in_order, readings

FORMS = {
    "mdy": ["{m}{s}{d}{s}{y}", "{m:02}{s}{d:02}{s}{y}"],
    "dmy": ["{d}{s}{m}{s}{y}", "{d:02}{s}{m:02}{s}{y}"],
    "ymd": ["{y}{s}{m}{s}{d}"],
}
days = st.lists(st.dates(date(1995, 1, 1), date(2026, 12, 31)), min_size=1, max_size=30)


def column(*texts: str) -> tuple[pd.Series, pd.Series]:
    return pd.Series(texts, dtype="str"), pd.Series(range(2, len(texts) + 2))


@given(days, st.sampled_from(sorted(FORMS)), st.data())
def test_a_column_of_one_order_is_read_right_or_refused(found: list[date], order: str, data) -> None:
    texts = []
    for day in found:
        form = data.draw(st.sampled_from(FORMS[order]))
        sign = data.draw(st.sampled_from(["/", "-", ".", " / ", "//"]))
        clock = data.draw(st.sampled_from(["", " 00:00", "T10:30:00Z", " 9:05 PM"]))
        texts.append(form.format(y=day.year, m=day.month, d=day.day, s=sign) + clock)
    cells, lines = column(*texts)
    decided = decide(cells, lines)
    if decided.is_open:
        assert all(day.day <= 12 for day in found)
    else:
        read, unfit = in_order(cells, decided.order)
        assert list(read) == [day.isoformat() for day in found]
        assert not unfit.any()


@given(days, st.sampled_from(["mdy", "dmy", "ymd"]))
def test_years_of_two_digits_are_never_read_wrong(found: list[date], order: str) -> None:
    form = {"mdy": "%m/%d/%y", "dmy": "%d/%m/%y", "ymd": "%y/%m/%d"}[order]
    cells, lines = column(*(day.strftime(form) for day in found))
    decided = decide(cells, lines)
    if not decided.is_open:
        assert list(in_order(cells, decided.order)[0]) == [day.isoformat() for day in found]


def test_damaged_separators_are_one_column_with_one_order() -> None:
    cells, lines = column("04-07-2017", "12-01-2012", "1/23/2014", "12/30/2014")
    decided = decide(cells, lines)
    assert (decided.order, decided.is_open) == ("mdy", False)
    assert decided.told == (
        "month first: 2 can only be read month first (line 4: 1/23/2014, line 5: 12/30/2014); "
        "no cell speaks against it"
    )
    assert list(in_order(cells, "mdy")[0]) == ["2017-04-07", "2012-12-01", "2014-01-23", "2014-12-30"]


def test_cells_that_contradict_each_other_are_refused_with_their_lines() -> None:
    decided = decide(*column("1/23/2014", "23/1/2014", "1/2/2014"))
    assert decided.is_open
    assert "1 can only be read day first (line 3: 23/1/2014)" in decided.told
    assert "1 can only be read month first (line 2: 1/23/2014)" in decided.told


def test_without_evidence_no_order_is_taken() -> None:
    assert decide(*column("1/2/2014", "03-04-2015")).is_open


@pytest.mark.parametrize(
    "texts",
    [("2014-01-02", "2015/3/4"), ("in May", ""), ("5/5/2014", "06.06.2015"), ("March 5, 2020", "2020年3月")],
)
def test_dates_that_need_no_order_ask_for_none(texts: tuple[str, ...]) -> None:
    decided = decide(*column(*texts))
    assert not decided.is_open


def test_a_cell_that_no_order_reads_decides_nothing_and_is_left_out() -> None:
    cells, lines = column("13/13/2014", "31/1/2014", "1/2/2014", "01/07/015")
    decided = decide(cells, lines)
    assert decided.order == "dmy"
    read, unfit = in_order(cells, "dmy")
    assert list(read[1:3]) == ["2014-01-31", "2014-02-01"]
    assert list(unfit) == [True, False, False, True]


def test_a_cell_against_the_named_order_is_left_out() -> None:
    assert list(in_order(column("13/2/2014", "2/13/2014", "2014-02-13")[0], "mdy")[1]) == [True, False, False]


def test_a_month_by_name_settles_its_own_place() -> None:
    cells, lines = column("27-Sep-17", "31-Oct-19")
    assert list(in_order(cells, decide(cells, lines).order)[0]) == ["2017-09-27", "2019-10-31"]


@pytest.mark.parametrize("text", ["2014/13/45", "30/2/2014", "1/2/1850", "1/2/2099", "1/2/3", "1.5"])
def test_what_is_no_day_has_no_reading(text: str) -> None:
    assert readings(text) == {}
