"""Rates: the last business day on or before, at most a week old, or none."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.clean.rates import Rate, extract_rates, read_rates, usd_per_unit, usd_rates

COMMITTED = (Path(__file__).parents[2] / "data" / "raw" / "ecb_reference_rates.csv").read_bytes()
ECB, _ = read_rates(COMMITTED)
# A Thursday, a Friday without won, the Monday after; then nothing until ten days later.
SMALL, _ = read_rates(
    b"date,USD_per_EUR,CNY_per_EUR,KRW_per_EUR\n"
    b"2026-04-09,1.20,8.00,1600\n"
    b"2026-04-10,1.10,8.80,\n"
    b"2026-04-13,1.25,5.00,1250\n"
    b"2026-04-23,1.50,6.00,1500\n"
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("currency", "asked", "rate", "rate_date"),
    [
        ("CNY", "2026-04-09", 0.15, "2026-04-09"),  # the first day
        ("CNY", "2026-04-10", 0.125, "2026-04-10"),
        ("CNY", "2026-04-12", 0.125, "2026-04-10"),  # Sunday: Friday, not the Monday that is nearer
        ("KRW", "2026-04-10", 0.00075, "2026-04-09"),  # none printed that day: the day before
        ("EUR", "2026-04-13", 1.25, "2026-04-13"),
        ("EUR", "2026-04-20", 1.25, "2026-04-13"),  # seven days old
        ("CNY", "2026-04-23", 0.25, "2026-04-23"),  # the last day
        ("CNY", "2026-04-30", 0.25, "2026-04-23"),
        ("USD", "1999-01-01", 1.0, "1999-01-01"),
        ("USD", "2026-04-12", 1.0, "2026-04-12"),
    ],
)
def test_the_last_rate_within_a_week(currency, asked, rate, rate_date):
    found = usd_per_unit(currency, day(asked), SMALL)
    assert found == Rate(pytest.approx(rate), day(rate_date))


@pytest.mark.parametrize(
    ("currency", "asked"),
    [
        ("CNY", "2026-04-08"),  # before the first day
        ("CNY", "2026-04-21"),  # eight days old
        ("CNY", "2026-05-01"),  # past the last day by more than a week
        ("KRW", "2026-04-08"),
        ("TWD", "2026-04-10"),
        ("", "2026-04-10"),
    ],
)
def test_no_rate_is_none(currency, asked):
    assert usd_per_unit(currency, day(asked), SMALL) is None


@pytest.mark.parametrize(
    ("currency", "asked", "units", "dollars", "rate_date"),
    [  # as the bank prints them: units for a euro, dollars for a euro
        ("CNY", "2026-04-10", 7.9967, 1.1711, "2026-04-10"),
        ("EUR", "2026-01-01", 1, 1.175, "2025-12-31"),  # New Year's Day
        ("JPY", "2026-04-06", 183.94, 1.1525, "2026-04-02"),  # Easter Monday
        ("CNY", "2015-01-04", 7.4759, 1.2043, "2015-01-02"),  # the first rate of the file
    ],
)
def test_rates_of_the_bank(currency, asked, units, dollars, rate_date):
    assert usd_per_unit(currency, day(asked), ECB) == Rate(pytest.approx(dollars / units), day(rate_date))


def test_the_ends_of_the_table():
    last = ECB.index[-1].date()
    assert usd_per_unit("CNY", dt.date(2015, 1, 1), ECB) is None
    assert usd_per_unit("CNY", last + dt.timedelta(days=7), ECB) == usd_per_unit("CNY", last, ECB)
    assert usd_per_unit("CNY", last + dt.timedelta(days=8), ECB) is None


days = st.dates(dt.date(2014, 12, 20), dt.date(2026, 12, 31)) | st.none()
currencies = st.sampled_from([*ECB.columns, "USD", "TWD"]) | st.none()


@given(st.lists(st.tuples(currencies, days), max_size=12), st.booleans())
def test_a_column_is_converted_as_its_cells_are(asked, small):
    rates = SMALL if small else ECB
    frame = pd.DataFrame(
        {
            "currency": pd.Series([currency for currency, _ in asked], dtype="str"),
            "date": pd.Series([date for _, date in asked], dtype="datetime64[ns]"),
        }
    ).set_axis([f"row {i}" for i in range(len(asked))][::-1])
    found = usd_rates(frame, rates)
    assert found.index.equals(frame.index)
    for (currency, date), row in zip(asked, found.itertuples(), strict=True):
        rate = usd_per_unit(currency, date, rates) if currency and date else None
        if currency == "USD" and date is None:
            assert row.usd_per_unit == 1.0  # a dollar is a dollar on any day
            assert row.rate_date is pd.NaT
        elif rate is None:
            assert np.isnan(row.usd_per_unit)
            assert row.rate_date is pd.NaT
        else:
            assert (row.usd_per_unit, row.rate_date.date()) == rate


def test_the_committed_rates_are_those_of_the_package():
    """The package may know later days; for those in the file it prints the same."""
    currencies = set(ECB.columns) - {"EUR"}
    lines = COMMITTED.decode().split("\n")
    again = extract_rates(currencies).to_csv(index=False, lineterminator="\n").split("\n")
    assert again[: len(lines) - 1] == lines[:-1]
    assert lines[-1] == ""
    assert len(COMMITTED) < 1_000_000


def test_extracted_rates_are_the_text_of_the_bank():
    rates = extract_rates(["TWD", "EUR", "CNY", "USD"], since="2026-04-02")
    assert rates.columns.tolist() == ["date", "USD_per_EUR", "CNY_per_EUR"]
    assert rates["date"].is_monotonic_increasing
    assert rates.iloc[0, :2].tolist() == ["2026-04-02", "1.1525"]


def test_a_day_without_a_rate_is_an_empty_cell():
    """The bank stopped the rouble on 1 March 2022."""
    rates = extract_rates(["RUB"], since="2022-03-01").set_index("date")["RUB_per_EUR"]
    assert rates["2022-03-01"] == "117.201"
    assert rates["2022-03-02"] == ""


# --- damaged files -----------------------------------------------------------------------------------

LINES = COMMITTED.decode().splitlines()[:1] + COMMITTED.decode().splitlines()[-40:]


def damaged(lines: list[str], end: str = "\n"):
    return read_rates((end.join(lines) + end).encode())


def test_the_committed_rates_are_whole():
    assert read_rates(COMMITTED)[1] == []
    assert damaged(LINES)[1] == []
    assert damaged([LINES[0], *LINES[:0:-1]], "\r\n")[0].equals(damaged(LINES)[0])  # the order says nothing


def test_a_table_gives_dollars_of_each_day():
    rates, problems = read_rates(
        b"date,USD_per_EUR,CNY_per_EUR\n2026-04-10,1.10,\n2026-04-09,1.20,8.00\n2026-04-13,1.25,5.00\n"
    )
    days = pd.DatetimeIndex(["2026-04-09", "2026-04-10", "2026-04-13"], name="date").as_unit("s")
    expected = pd.DataFrame({"EUR": [1.2, 1.1, 1.25], "CNY": [0.15, np.nan, 0.25]}, days)
    pd.testing.assert_frame_equal(rates, expected)
    assert problems == []


def test_missing_days_are_named():
    rates, [problem] = damaged([*LINES[:10], *LINES[13:]])
    missing = [line[:10] for line in LINES[10:13]]
    assert len(rates) == 37
    assert (problem.line, problem.column, problem.text) == (11, "date", LINES[13][:10])
    assert problem.reason.startswith("3 business days")
    assert problem.reason.endswith(f"the first is {missing[0]}")
    assert "refresh-rates" in problem.action
    assert not problem.fatal


def test_holidays_of_the_bank_are_not_missed():
    """Good Friday, Easter Monday, 1 May; Christmas and New Year."""
    days = ["2026-04-02", "2026-04-07", *(f"2026-04-{day:02}" for day in (8, 9, 10))]
    assert damaged(["date,USD_per_EUR", *(f"{day},1.1" for day in days)])[1] == []
    days = ["2026-12-24", "2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-04"]
    assert damaged(["date,USD_per_EUR", *(f"{day},1.1" for day in days)])[1] == []


@pytest.mark.parametrize(
    ("cell", "reason"),
    [*((cell, "not a rate") for cell in ("NaN", "inf", "-1.1", "0", "1e999", "1,1")),
     ("1" + "0" * 30, "far from"), ("11.5", "far from")],
)  # fmt: skip
def test_a_cell_that_is_no_rate_is_left_out(cell, reason):
    row = LINES[20].split(",")
    row[1] = f'"{cell}"'
    rates, problems = damaged([*LINES[:20], ",".join(row), *LINES[21:]])
    assert rates.iloc[19].isna().all()
    assert np.isfinite(rates.drop(rates.index[19])).all(axis=None)
    assert [(p.line, p.column, p.text) for p in problems if reason in p.reason] == [(21, "USD_per_EUR", cell)]


@pytest.mark.parametrize("day", ["0015-03-04", "1201-03-04", "3026-03-04", "2025-02-29", "04/03/2026", ""])
def test_a_day_that_cannot_be_sets_its_row_aside(day):
    rates, problems = damaged([*LINES, f"{day}{LINES[-1][10:]}"])
    assert len(rates) == 40
    assert [problem.line for problem in problems] == [42]


def test_a_day_stands_once():
    rates, [problem] = damaged([*LINES, f"{LINES[20][:10]},9.9{LINES[20][16:]}"])
    assert rates.equals(damaged(LINES)[0])
    assert (problem.line, problem.column, problem.reason) == (42, "date", "the day stands here twice")


def test_a_row_that_is_cut_is_set_aside():
    rates, [problem] = damaged([*LINES, "2026-11-02,1.1"])
    assert len(rates) == 40
    assert problem.line == 42


@pytest.mark.parametrize(
    "data", [b"", b"nothing\n", b"date;USD_per_EUR\n", b"date,USD_per_EUR\n", b"\xff\xff\xff"]
)
def test_what_is_no_table_of_rates_is_fatal(data):
    rates, problems = read_rates(data)
    assert rates.empty
    assert [problem.fatal for problem in problems] == [True] * len(problems) != []
    assert all(problem.line for problem in problems)
