"""Texts of one shape are read as each of them alone."""

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.parse.amounts import Amount, exact_amount, parse_amount
from analysis.parse.shapes import ByShape, Traced, UntraceableError
from tests.parse.test_amounts import labelled

LABELLED = sorted({case.values[0]["text"] for case in labelled()})  # type: ignore[attr-defined]
READER = ByShape(exact_amount)
"""One for all examples: what it has learnt of one must not harm another."""
NUMBERS = st.one_of(
    st.integers(0, 999).map(str),
    st.integers(0, 10**9).map(str),
    st.integers(1000, 10**9).map("{:,}".format),
    st.decimals(0, 2000, places=1).map(str),
    st.decimals(0, 99, places=2).map(lambda number: str(number).replace(".", ",")),
    st.decimals(0, 9, places=3).map(str),
)


def answer(amount: Amount) -> list[object]:
    """The figures and words of an amount and of its conversion, None where there are none."""
    pair = (amount, amount.second)
    figures = [getattr(sum_, name, None) for sum_ in pair for name in ("stated", "low", "high")]
    return [*figures, *(getattr(sum_, name, None) for sum_ in pair for name in ("currency", "qualifier"))]


def read(texts: list[str], default: str | None = None, reader: ByShape = READER) -> list[list[object]]:
    figures, words = reader.read([(text, default) for text in texts])
    shown = np.where(np.isnan(figures), None, figures.astype(object)).reshape(6, -1).T.tolist()
    return [[*row, *said] for row, said in zip(shown, words, strict=True)]


@pytest.fixture
def counted() -> tuple[list[str], Callable[[list[str]], list[list[object]]]]:
    """The texts that are parsed, and a reader of texts by their shape."""
    parsed: list[str] = []

    def parse(text: str, *others: object) -> object:
        parsed.append(text)
        return exact_amount(text, *others)  # type: ignore[arg-type]

    reader = ByShape(parse)  # type: ignore[arg-type]
    return parsed, lambda texts: read(texts, reader=reader)


@settings(deadline=None, max_examples=300)  # the words of all languages are loaded with the first text
@given(st.sampled_from(LABELLED), st.lists(st.lists(NUMBERS, min_size=8, max_size=8), min_size=1, max_size=6))
def test_labelled_texts_with_other_numbers(text: str, numbers: list[list[str]]) -> None:
    pieces = re.split(r"\d+(?:[.,]\d+)*", text)
    others = ["".join(p + n for p, n in zip(pieces, [*fresh[: len(pieces) - 1], *"........"], strict=False))
              for fresh in numbers]  # fmt: skip
    others = [other[:-1] for other in others]
    assert read([text, *others], "CNY") == [answer(parse_amount(one, "CNY")) for one in [text, *others]]


@settings(deadline=None)
@given(st.sampled_from(LABELLED), st.lists(st.text("0123456789", min_size=40, max_size=40), max_size=4))
def test_labelled_texts_with_other_digits(text: str, digits: list[str]) -> None:
    others = []
    for fresh in digits:
        signs = iter(fresh * 50)
        others.append(re.sub(r"\d", lambda _, signs=signs: next(signs), text))
    assert read(others) == [answer(parse_amount(other)) for other in others]


def test_a_shape_is_parsed_for_its_first_text_alone(counted) -> None:
    parsed, read = counted
    texts = [f"over ${number}.5 million" for number in range(23, 990)]
    assert [row[:3] for row in read(texts)] == [
        [1e6 * (number + 0.5)] * 2 + [None] for number in range(23, 990)
    ]
    assert parsed == texts[:1]


def test_two_numbers_are_held_against_each_other_as_in_the_text(counted) -> None:
    parsed, read = counted
    texts = [f"${low} million to ${high} million" for low in range(3, 60, 3) for high in range(4, 60, 5)]
    assert read(texts) == [answer(parse_amount(text)) for text in texts]
    assert len(set(parsed)) == 3  # rising, falling, level: the last two have no sure reading


def test_rates_decide_the_currency_of_each_text() -> None:
    texts = [f"¥{yen} million (${dollars} million)" for yen in range(30, 900, 7) for dollars in (5, 6, 7)]
    found = read(texts)
    assert found == [answer(parse_amount(text)) for text in texts]
    assert {row[6] for row in found} == {"CNY", "JPY", None}


@pytest.mark.parametrize(
    "text",
    [
        "1亿级", "9-figure sum in dollars",  # the digits name an order
        r"5\xe4\xba\xbf元", "$" + "7" * 16, "undisclosed",
        "½62.70$", ".40¥", "$12.6597,00,848", "$5'000 million", "$5½ million",  # the parser cuts it otherwise
        "$1 234 million", "Series B2 $5 million",
    ],
)  # fmt: skip
def test_what_a_shape_does_not_decide_is_parsed(text: str, counted) -> None:
    parsed, read = counted
    for _ in range(3):
        assert read([text]) == [answer(parse_amount(text))]
    assert parsed.count(text) <= 2  # once as the first of its shape, once alone, and then kept


@pytest.mark.parametrize("other", ["2024", "20240115", "199912", "2100", "$0", "$05 million", "$0.0 million"])
def test_years_and_zeros_are_no_numbers_of_a_shape(other: str, counted) -> None:
    _, read = counted
    texts = [re.sub(r"[0-9.]+", number, other) for number in ("35000000", "20240116", "7", "0.7")]
    assert read([*texts, other]) == [answer(parse_amount(text)) for text in [*texts, other]]


def test_figures_are_rounded_once() -> None:
    texts = [f"about ${number:,}.{number % 97:02}" for number in range(10_007, 10**9, 9_999_991)]
    assert read(texts) == [answer(parse_amount(text)) for text in texts]


def test_another_default_is_another_shape() -> None:
    found = [read(["¥25 million"], code)[0][6] for code in ("JPY", "CNY", None)]
    assert found == ["JPY", "CNY", None]


def test_a_traced_number_notes_what_it_is_asked() -> None:
    asked: list[object] = []
    number = Traced.of(Decimal(5), {0: Decimal(1)}, asked)
    total = Decimal(2) * number + 3 - Traced.of(Decimal(4), {1: Decimal("0.5")}, asked)
    assert total > 8
    assert total != 10
    assert abs(number - 7) == 2
    rest = {0: Decimal(2), 1: Decimal("-0.5")}
    assert asked[:2] == [({**rest, -1: Decimal(-5)}, 1), ({**rest, -1: Decimal(-7)}, -1)]
    assert asked[2] == ({0: Decimal(1), -1: Decimal(-7)}, -1)


@pytest.mark.parametrize(
    "question",
    [
        int, float, hash, operator.methodcaller("adjusted"), operator.methodcaller("to_integral_value"),
        *(partial(ask, 2) for ask in (operator.mod, operator.truediv, operator.sub)),
        partial(operator.mul, Traced.of(Decimal(3), {1: Decimal(1)}, [])),
    ],
    ids=["int", "float", "hash", "adjusted", "integral", "modulo", "quotient", "difference", "product"],
)  # fmt: skip
def test_a_traced_number_refuses_what_it_cannot_note(question: Callable[[Decimal], object]) -> None:
    with pytest.raises((UntraceableError, TypeError)):
        question(Traced.of(Decimal(5), {0: Decimal(1)}, []))
