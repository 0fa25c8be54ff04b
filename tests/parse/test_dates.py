import csv
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from babel.core import Locale
from hypothesis import given
from hypothesis import strategies as st

from analysis.parse.dates import EARLIEST_YEAR, LATEST_YEAR, MOST_SIGNS, DateRange, parse_date, parse_dates

CASES = Path(__file__).parents[1] / "cases"
LANGUAGES = ["en", "zh", "zh_Hant", "ja", "ko", "de", "fr", "es", "pt", "it", "vi", "id", "ru", "pl"]
BACKWARD = [
    "yesterday", "last week", "two weeks ago", "last month", "last year", "Thursday", "last Thursday",
    "March", "12 March", "3月2日", "上周三", "去年", "先月", "지난해", "18th", "earlier this year",
    "last May", "last quarter", "Feb 29", "vor drei Tagen", "il y a deux mois", "el mes pasado", "ontem",
    "ieri", "năm ngoái", "kemarin", "вчера", "wczoraj",
]  # fmt: skip
TEXTS = [
    *BACKWARD,
    "this week",
    "March 2024",
    "mid-March 2024",
    "mid-2024",
    "2024",
    "Q1 2025",
    "summer",
    "since 2024",
    "2024年底",
    "TBA",
]

FILES = ("dates.csv", "raw_dates.csv", "more_dates.csv")

days = st.dates(date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31))


def _cases(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{name} {line}: {case['text']}")
        for name in FILES
        for line, case in enumerate(_cases(name), 2)
    ],
)
def test_labelled(case: dict[str, str]) -> None:
    found = parse_date(case["text"], case["ref"] or None)
    low, high = (day.isoformat() if day else "" for day in (found.start, found.end))
    assert (low, high, found.precision) == (case["low"], case["high"], case["precision"])


def test_every_raw_date_is_labelled() -> None:
    with (CASES.parents[1] / "data" / "raw" / "funding_reports.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        texts = {row["announced"] for row in csv.DictReader(file)} - {""}
    assert texts <= {case["text"] for case in _cases("raw_dates.csv")}


@given(days)
def test_iso_day_is_itself(day: date) -> None:
    assert parse_date(day.isoformat()) == DateRange(day, day, "day", "stated", day.isoformat())


@given(days)
def test_spreadsheet_number_is_its_day(day: date) -> None:
    number = str((day - date(1899, 12, 30)).days)
    assert parse_date(number).start == day


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_name(language: str, month: int) -> None:
    months = Locale.parse(language).months["format"]
    for width in ("wide", "abbreviated"):
        for written in (months[width][month], months[width][month].upper(), months[width][month].rstrip(".")):
            found = parse_date(f"{written} 2024")
            assert (found.start, found.precision) == (date(2024, month, 1), "month"), written


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("weekday", range(7))
def test_every_weekday_name(language: str, weekday: int) -> None:
    name = Locale.parse(language).days["format"]["wide"][weekday]
    assert parse_date(name, "2025-03-16").start == date(2025, 3, 10) + timedelta(weekday)


@given(st.sampled_from(TEXTS), days)
def test_start_is_not_after_end(text: str, day: date) -> None:
    found = parse_date(text, day)
    assert (
        (found.start is None) == (found.end is None) == (found.precision == "none") == (found.basis == "none")
    )
    if found.start and found.end:
        assert found.start <= found.end


@given(st.sampled_from(BACKWARD), days)
def test_what_is_past_begins_before_the_reference(text: str, day: date) -> None:
    found = parse_date(text, day)
    assert found.start is None or found.start <= day
    if text != "March":  # a month that has begun may not be over
        assert found.end is None or found.end <= day


@given(st.sampled_from(TEXTS), days, st.integers(0, 60))
def test_a_wider_reference_does_not_lose_days(text: str, day: date, width: int) -> None:
    wide = parse_date(text, DateRange(day, day + timedelta(width), "range", "stated", ""))
    end = parse_date(text, day + timedelta(width))
    if wide.start and wide.end and end.start and end.end:
        assert wide.start <= end.start <= end.end <= wide.end


@given(st.sampled_from(TEXTS), days, days)
def test_a_note_only_narrows(text: str, said_on: date, day: date) -> None:
    window = parse_date(day.strftime("%Y-%m"))
    found = parse_date(f"{text} ({day:%Y-%m})", said_on)
    assert window.start
    assert window.end
    if found.start and found.end and "since" not in text:
        assert window.start <= found.start <= found.end <= window.end


PIECES = """
    12 2024 march 3月 12日 年 初 last week month ago two 1/2/2024 ( ) - to until since q1 half of mar
    do a 上周 前 2 31 0 99999 早 地 지난 вчера до tháng năm early ' / . 2024-02-30 29 february end the
    year mid before next
"""
WORDS = st.sampled_from(PIECES.split())


@given(
    st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=9).map(" ".join)),
    st.one_of(st.none(), st.text(max_size=10), days),
)
def test_never_raises(text: str, reference: str | date | None) -> None:
    found = parse_date(text, reference)
    assert found.text == text
    if found.start and found.end:
        assert found.start.year > 1900
        assert found.start <= found.end


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10**6,
        "mar " * 10**5,
        "1/" * 10**5,
        "ago mar do " * 18,
        "a-" * 100,
        "日" * 200,
        "\x00",
        "00000101",
        "20250230",
        "0000年3月",
        "99999999",
        "2024" + " " * 300,
    ],
)
def test_hostile_text_has_no_date(text: str) -> None:
    assert parse_date(text).precision == "none"


@pytest.mark.parametrize("text", ["2026-05 -29", "2026-05\n-29", "2026-05 - 13", "2026-05 - 00"])
def test_a_range_that_ends_in_no_month_has_no_date(text: str) -> None:
    assert parse_date(text, "2026-05-31").precision == "none"


def test_longest_text_is_read() -> None:
    assert parse_date("March 2024".ljust(MOST_SIGNS)).precision == "month"
    assert parse_date("March 2024".ljust(MOST_SIGNS + 1)).precision == "none"


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "soon",
        "2026-13-45",
        "0000",
        "0000-00-00",
        "2026-02-30",
        date(1, 1, 1),
        date(9999, 12, 31),
        DateRange(None, None, "none", "none", ""),
    ],
)
def test_useless_reference_counts_nothing(reference: str | DateRange) -> None:
    assert parse_date("yesterday", reference).precision == "none"
    assert parse_date("March 2024", reference).precision == "month"


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("March 2024", "stated"),
        ("18th (December 2025)", "stated"),
        ("Dec 18", "relative"),
        ("since 2024", "relative"),
        ("TBA", "none"),
    ],
)
def test_basis(text: str, basis: str) -> None:
    assert parse_date(text, "2025-12-19").basis == basis


def test_series_equals_single() -> None:
    cases = [case for name in FILES for case in _cases(name)]
    texts = pd.Series([case["text"] for case in cases], index=range(7, 7 + len(cases)))
    said_on = pd.Series([case["ref"] or None for case in cases], index=texts.index, dtype=object)
    table = parse_dates(texts, said_on)
    assert list(table.columns) == ["start", "end", "precision", "basis", "text"]
    assert table.index.equals(texts.index)
    for row, case in zip(table.itertuples(index=False), cases, strict=True):
        assert DateRange(*row) == parse_date(case["text"], case["ref"] or None)


def test_series_of_mixed_references() -> None:
    texts = pd.Series(["yesterday", "yesterday", "yesterday", None, float("nan"), ""])
    said_on = pd.Series(
        [date(2025, 3, 12), pd.Timestamp("2025-03-12 10:00"), parse_date("2025-03-12"), None, pd.NaT, "2025"],
        dtype=object,
    )
    table = parse_dates(texts, said_on)
    assert list(table["start"]) == [date(2025, 3, 11)] * 3 + [None] * 3
    assert list(table["precision"]) == ["day"] * 3 + ["none"] * 3
    assert list(parse_dates(texts)["precision"]) == ["none"] * 6


def test_series_may_be_empty() -> None:
    assert parse_dates(pd.Series([], dtype=object)).empty


def test_series_aligns_its_reference() -> None:
    texts = pd.Series(["yesterday", "March 2024"], index=["a", "b"])
    table = parse_dates(texts, pd.Series(["2024-04-01", "2025-03-12"], index=["b", "a"]))
    assert table.loc["a", "start"] == date(2025, 3, 11)


@given(st.integers(0, 9999), st.none() | st.integers(0, 13), st.none() | st.integers(0, 32), st.dates())
def test_only_the_year_of_its_reference_counts_for_a_date_as_it_stands(
    year: int, month: int | None, day: int | None, said_on: date
) -> None:
    text = "-".join(
        f"{part:0{width}}" for part, width in ((year, 4), (month, 2), (day, 2)) if part is not None
    )
    told = parse_dates(pd.Series([text]), pd.Series([said_on], dtype=object))
    assert DateRange(*told.iloc[0]) == parse_date(text, said_on)
