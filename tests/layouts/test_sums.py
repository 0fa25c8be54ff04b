"""Cells of sums: the text for the parser, and what the parser makes of it."""

import pandas as pd
import pytest

from analysis.layouts.layout import Money
from analysis.layouts.sums import odd_commas, sum_text, sum_texts
from analysis.parse.amounts import parse_amount

USD, MILLIONS, WAN = Money(currency="USD"), Money("million", "USD"), Money("万", "CNY")


@pytest.mark.parametrize(
    ("cell", "code", "money", "expected"),
    [
        ("250000", "", Money(), (250_000, None)),
        ("250000", "USD", Money(), (250_000, "USD")),
        ("250000", "", USD, (250_000, "USD")),
        ("₹40,000,000", "", USD, (40_000_000, "INR")),
        ("₹ 4 crore", "", USD, (40_000_000, "INR")),
        ("$1,200,000", "", Money(), (1_200_000, "USD")),
        ("$$100,000", "", Money(), (100_000, "USD")),
        ("200000.0", "USD", Money(), (200_000, "USD")),
        ("13,00,000", "", USD, (1_300_000, "USD")),
        ("$100.3", "", Money("billion"), (100.3e9, "USD")),
        ("140", "", Money("billion", "USD"), (140e9, "USD")),
        ("12.5", "", MILLIONS, (12.5e6, "USD")),
        ("12.5 USD", "", Money("million"), (12.5e6, "USD")),
        ("$12.5M", "", MILLIONS, (12.5e6, "USD")),
        ("5,000", "", WAN, (50e6, "CNY")),
        ("5000元", "", WAN, (50e6, "CNY")),
        ("约5000", "CNY", Money("万"), (50e6, "CNY")),
        ("1.5亿", "CNY", Money("万"), (150e6, "CNY")),
        ("1.5亿美元", "", Money(), (150e6, "USD")),
        ("1.234,5", "", Money("million", "EUR", ","), (1234.5e6, "EUR")),
        ("1,234", "", Money("million", "EUR", ","), (1.234e6, "EUR")),
        ("1,234", "", Money("million", "EUR", "."), (1234e6, "EUR")),
        ("5000000", "人民币", Money(), (5e6, "CNY")),
        ("1.5 million", "", USD, (1.5e6, "USD")),
    ],
)
def test_a_sum_is_what_header_cell_and_layout_say(
    cell: str, code: str, money: Money, expected: tuple[float, str | None]
) -> None:
    amount = parse_amount(sum_text(cell, code, money) or "")
    assert (amount.stated, amount.currency) == expected


@pytest.mark.parametrize(
    ("cell", "money"),
    [
        ("1.5", USD),
        ("$140", Money()),
        ("0", USD),
        ("999", Money()),
        ("5000 (2019)", MILLIONS),
        ("1.5", Money()),
    ],
)
def test_a_sum_whose_unit_is_not_told_is_left_out(cell: str, money: Money) -> None:
    assert sum_text(cell, "", money) is None


@pytest.mark.parametrize(
    ("cell", "code"), [("€5,000,000", "USD"), ("Series C", "USD"), ("5,000,000", "Bitcoin"), ("$", "")]
)
def test_contradictions_are_left_to_be_refused(cell: str, code: str) -> None:
    assert parse_amount(sum_text(cell, code, Money()) or "").qualifier == "unreadable"


@pytest.mark.parametrize("cell", ["undisclosed", "$Undisclosed", "—", "未透露", "n.m.", "N/A", "0"])
def test_marks_of_an_unknown_sum(cell: str) -> None:
    money = Money("million", "USD", undisclosed=frozenset({"n.m.", "0"}))
    assert parse_amount(sum_text(cell, "", money) or "").qualifier == "undisclosed"


def test_more_than_is_a_lower_bound() -> None:
    amount = parse_amount(sum_text("14342000+", "", USD) or "")
    assert (amount.qualifier, amount.low, amount.currency) == ("at_least", 14_342_000, "USD")
    amount = parse_amount(sum_text("10-20", "", MILLIONS) or "")
    assert (amount.qualifier, amount.low, amount.high) == ("range", 10e6, 20e6)


def test_a_column_is_read_cell_by_cell() -> None:
    cells = pd.Series(["5", "", "5", "x"], index=[3, 1, 4, 9], dtype="str")
    codes = pd.Series(["USD", "USD", "EUR", ""], index=cells.index, dtype="str")
    texts, unsure = sum_texts(cells, codes, Money("million"))
    assert texts.to_dict() == {3: "USD 5 million", 1: "", 4: "EUR 5 million", 9: "x"}
    assert not unsure.any()
    assert list(sum_texts(cells, codes, Money())[1]) == [True, False, True, False]


def test_one_odd_comma_does_not_stop_a_column_that_shows_its_commas() -> None:
    assert odd_commas(pd.Series(["$100,00", "$1,200,000", "$5,000"])) == (["$100,00"], None)
    assert odd_commas(pd.Series(["1.200.000,50", "12,5", "1.234"])) == ([], ("1.200.000,50", "1.234"))
    assert odd_commas(pd.Series(["1,234", "13,00,000", "2,00,00,000", "1.5", ""])) == ([], None)
