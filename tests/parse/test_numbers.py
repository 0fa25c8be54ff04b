"""Numbers: digits with their separators, and words of number and magnitude put together."""

from decimal import Decimal

import pytest

from analysis.parse.numbers import Number, Power, Separators, compose, read_digits

ENGLISH = Separators(point_groups=False, comma_groups=True)
GERMAN = Separators(point_groups=True, comma_groups=False)
MIXED = Separators(None, None)


@pytest.mark.parametrize(
    ("digits", "separators", "sized", "value"),
    [
        ("290", MIXED, False, "290"),
        (".5", MIXED, True, "0.5"),
        ("1 234 567,5", MIXED, False, "1234567.5"),
        ("1'234'567", MIXED, False, "1234567"),
        ("1,234,567.89", GERMAN, False, "1234567.89"),  # two marks decide for themselves
        ("1.234.567,89", ENGLISH, False, "1234567.89"),
        ("1,20,00,000", MIXED, False, "12000000"),
        ("1,20,00,000.5", MIXED, False, "12000000.5"),
        ("1.234.567", ENGLISH, False, "1234567"),
        ("1,234,56", MIXED, False, None),  # neither the West nor India groups so
        ("12,34.5", MIXED, False, None),
        ("1.234,567,89", MIXED, False, None),
        # One mark and three digits: a group or a decimal.
        ("1,250", MIXED, False, "1250"),  # without a magnitude no sum has three decimals
        ("1,250", GERMAN, False, "1250"),
        ("1,250", ENGLISH, True, "1250"),
        ("1,250", GERMAN, True, "1.250"),
        ("1,250", MIXED, True, None),
        ("1.250", GERMAN, True, "1250"),
        ("1.250", GERMAN, False, "1250"),
        ("1.250", ENGLISH, True, "1.250"),
        ("1.250", ENGLISH, False, None),
        ("1.250", MIXED, True, None),
        ("0.125", GERMAN, True, "0.125"),  # no group begins with a nought
        ("1234.567", GERMAN, True, "1234.567"),  # nor has four digits
        ("999.125", ENGLISH, True, "999.125"),
        # One mark and another number of digits.
        ("1.25", GERMAN, False, "1.25"),
        ("1,25", ENGLISH, True, "1.25"),
        ("1,25", GERMAN, False, "1.25"),
        ("1,25", ENGLISH, False, None),
        ("1,25", MIXED, False, None),
        ("9" * 24, MIXED, False, "9" * 24),
        ("9" * 25, MIXED, False, None),
    ],
)
def test_digits(digits: str, separators: Separators, sized: bool, value: str | None) -> None:
    assert read_digits(digits, separators, sized) == (None if value is None else Decimal(value))


def word(value: str) -> Number:
    return Number(Decimal(value), word=True)


def digits(value: str) -> Number:
    return Number(Decimal(value), word=False)


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ([digits("290"), Power(6)], "290000000"),
        ([Power(9)], "1000000000"),  # "billion-dollar"
        ([word("2"), Power(2), Power(6)], "200000000"),  # two hundred million
        ([word("20"), word("5"), Power(6)], "25000000"),  # twenty five million
        ([word("1"), word("0.5"), Power(9)], "1500000000"),  # one and a half billion
        ([digits("1"), digits("0.5"), Power(9)], "1500000000"),
        ([digits("1.5"), digits("0.5"), Power(9)], None),
        ([word("20"), word("15")], None),
        ([word("20"), word("10")], None),
        ([word("20"), word("0")], None),
        ([word("25"), word("5")], None),
        ([word("10"), word("5")], None),
        ([digits("20"), word("5")], None),
        ([word("20"), digits("5")], None),
        ([word("0"), word("5")], "5"),  # 〇五
        ([digits("0"), word("5")], None),
        ([word("0"), digits("5")], None),
        # Magnitudes fall, and each takes all that is smaller before it.
        ([word("1"), Power(8), word("5"), Power(3), Power(4)], "150000000"),  # 一亿五千万
        ([digits("2"), Power(7), digits("50"), Power(5)], "25000000"),  # 2 crore 50 lakh
        ([word("3"), Power(2), word("20"), word("5"), Power(6)], "325000000"),
        ([digits("5"), Power(6), digits("2"), Power(6)], None),
        ([digits("5"), Power(6), digits("2000000")], None),
        ([digits("5"), Power(6), Power(6)], None),
        ([digits("5"), Power(6), Power(3)], "5001000"),  # a small power counts as one: 五百万一千, 五百万千
        # Ones at the end.
        ([word("1"), Power(2), word("5")], "105"),  # one hundred five
        ([word("1"), Power(3), word("5")], "1005"),
        ([word("1"), Power(2), word("0.5")], "100.5"),
        ([word("1"), Power(4), word("5")], None),  # 一万五 is 15,000
        ([word("1"), Power(8), word("5")], None),  # 一亿五 is 150 million
        ([digits("1"), Power(2), digits("5")], None),
    ],
)
def test_parts(parts: list[Number | Power], value: str | None) -> None:
    assert compose(parts) == (None if value is None else Decimal(value))
