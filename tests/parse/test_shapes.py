"""Texts of one shape are read as each of them alone."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.parse.amounts import Amount, parse_amount
from analysis.parse.shapes import ByShape
from tests.parse.test_amounts import labelled

LABELLED = sorted({case.values[0]["text"] for case in labelled()})  # type: ignore[attr-defined]


@pytest.fixture
def counted() -> tuple[list[str], Callable[..., Amount]]:
    """The texts that are parsed, and a reader of texts by their shape."""
    parsed: list[str] = []

    def parse(text: str, default: str | None) -> Amount:
        parsed.append(text)
        return parse_amount(text, default)

    return parsed, ByShape(parse).read


@settings(deadline=None)  # the words of all languages are loaded with the first text
@given(st.sampled_from(LABELLED), st.lists(st.text("0123456789", min_size=40, max_size=40), max_size=4))
def test_labelled_texts_with_other_digits(text: str, digits: list[str]) -> None:
    read = ByShape(parse_amount).read
    for fresh in digits:
        others = iter(fresh * 50)
        other = re.sub(r"\d", lambda _, others=others: next(others), text)
        assert read(other, "CNY") == parse_amount(other, "CNY")


def test_a_shape_is_parsed_for_its_first_texts_alone(counted) -> None:
    parsed, read = counted
    amounts = [read(f"over ${number}.5 million") for number in range(23, 99)]
    assert [amount.low for amount in amounts] == [1e6 * (number + 0.5) for number in range(23, 99)]
    assert {(amount.stated == amount.low, amount.high, amount.qualifier) for amount in amounts} == {
        (True, None, "at_least")
    }
    assert parsed == ["over $33.3 million", "over $77.7 million"]


@pytest.mark.parametrize(
    "text",
    [
        "$100 million", "1亿级", "$1.0 million",  # may name an order
        "2024", "20240115", "199912", "$2024.5 million",  # may be a date
        "$0.5 million", "$0", "$05 million",  # below one, or no number
        "$5 million to $10 million", "5千万（约700万美元）",  # one number is held against another
        "9-figure sum in dollars",  # 10 figures are ten times that
        r"5\xe4\xba\xbf元", "$" + "7" * 16, "undisclosed",
        "½62.70$", ".40¥", "$12.6597,00,848", "$5'000 million", "$5½ million",  # the parser cuts it otherwise
        "$1.5 million, about a million ¥",
    ],
)  # fmt: skip
def test_what_a_shape_does_not_decide_is_parsed(text: str, counted) -> None:
    parsed, read = counted
    for _ in range(2):
        assert read(text) == parse_amount(text)
    assert parsed.count(text) == 1  # and kept


def test_another_default_is_another_shape() -> None:
    read = ByShape(parse_amount).read
    assert [read("¥25 million", code).currency for code in ("JPY", "CNY", None)] == ["JPY", "CNY", None]
