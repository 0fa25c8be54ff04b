"""What a header says: which field a column is, and currency and unit of its sums."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.layouts.dates import readings
from analysis.layouts.layout import UNITS, Money
from analysis.parse.addresses import is_web
from analysis.parse.amounts import parse_amount
from analysis.parse.currencies import iso_codes
from analysis.parse.dates import parse_date

_WORDS = Path(__file__).parent / "headers.toml"
_SAMPLE = 200  # distinct cells of a column that are tried
_ENOUGH = 0.5  # share of cells that must be of a field's kind
# Longer signs first: 美元 holds 元.
_SIGNS = {
    "美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY", "人民币": "CNY", "元": "CNY",
    "us$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "₹": "INR",
}  # fmt: skip
_SHORT_UNITS = {
    "k": "thousand", "thousands": "thousand", "m": "million", "mn": "million", "mm": "million",
    "mil": "million", "millions": "million", "b": "billion", "bn": "billion", "billions": "billion",
    "cr": "crore", "crores": "crore", "lakhs": "lakh", "lacs": "lakh",
}  # fmt: skip
_HANZI_UNITS = tuple(unit for unit in sorted(UNITS, key=len, reverse=True) if not unit.isascii())


@dataclass(frozen=True)
class Guess:
    """What a column seems to be.

    Attributes:
        column: its name in the table.
        evidence: header words and the share of cells that read so, for people.
        score: how well the header fits, the more the better.
    """

    column: str
    evidence: str
    score: float


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Return the known headers of each field, in plain form, the surest first."""
    told = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return {name: tuple(plain(word) for word in known) for name, known in told.items()}


def plain(header: str) -> str:
    """Return a header in small letters without signs and what stands in brackets.

    >>> plain("Amount($)"), plain("Company_Brand"), plain("AmountInUSD"), plain("融资金额（万元）")
    ('amount', 'company brand', 'amount in usd', '融资金额')
    """
    text = unicodedata.normalize("NFKC", header)
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text)
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def money_of(header: str) -> Money:
    """Return unit and currency that a header tells of its sums.

    >>> money_of("Valuation ($B)"), money_of("融资金额（万元）")
    (Money(unit='billion', currency='USD', decimal='', undisclosed=frozenset()), \
Money(unit='万', currency='CNY', decimal='', undisclosed=frozenset()))
    >>> money_of("AmountInUSD").currency, money_of("Money Raised")
    ('USD', Money(unit='', currency='', decimal='', undisclosed=frozenset()))
    """
    text = unicodedata.normalize("NFKC", header)
    unit = currency = ""
    for word in re.findall(
        r"[A-Z]{3}(?![a-z])|[A-Za-z]+|[$€£₹]|[^\W\d_]+", re.sub("(?<=[a-z])(?=[A-Z])", " ", text)
    ):
        small = word.casefold()
        for hanzi in _HANZI_UNITS:
            if not unit and hanzi in word:
                unit, word = hanzi, word.replace(hanzi, "")
        unit = unit or (small if small in UNITS else _SHORT_UNITS.get(small, ""))
        known = word if word in iso_codes() else _SIGNS.get(small, "")
        currency = currency or known or next((code for sign, code in _SIGNS.items() if sign in word), "")
    return Money(unit, currency)


def guess_columns(cells: pd.DataFrame) -> dict[str, Guess]:
    """Return for each field the column that seems to be it, if one does; each column is one field.

    Args:
        cells: the columns of a table as text.
    """
    guesses = [
        (guess.score, name, guess)
        for column in cells.columns
        for name, known in words().items()
        if (guess := _guess(str(column), cells[column], name, known))
    ]
    found: dict[str, Guess] = {}
    taken: set[str] = set()
    for _, name, guess in sorted(guesses, key=lambda item: -item[0]):
        if name not in found and guess.column not in taken:
            found[name] = guess
            taken.add(guess.column)
    if "date" not in found:
        days = [column for column in cells.columns if column not in taken and _holds_days(cells[column])]
        if len(days) == 1:
            found["date"] = Guess(str(days[0]), "the only column whose cells are days", 0.0)
    return {name: found[name] for name in words() if name in found}


def _holds_days(cells: pd.Series) -> bool:
    filled = [text.strip() for text in cells.unique() if text.strip()][:_SAMPLE]
    return bool(filled) and all(readings(text) for text in filled)


def _guess(column: str, cells: pd.Series, name: str, known: tuple[str, ...]) -> Guess | None:
    header = plain(column)
    if header in known:
        fit, said = 2.0 - known.index(header) / 100, f"the header is {header!r}"
    else:
        inside = [word for word in known[:8] if re.search(rf"(?:^| ){re.escape(word)}(?: |$)", header)]
        if not inside:
            return None
        fit, said = 1.0 - known.index(inside[0]) / 100, f"the header has {inside[0]!r}"
    share = _share(cells, name)
    if share is None:
        return Guess(column, said, fit)
    if share < _ENOUGH:
        return None
    return Guess(column, f"{said}, {share:.0%} of the cells read so", fit + share / 10)


def _share(cells: pd.Series, name: str) -> float | None:
    """The share of filled cells that are of a field's kind; None for a field of words or an empty column."""
    tests = {"amount": _is_sum, "valuation": _is_sum, "date": _is_date, "published": _is_date, "url": is_web}
    filled = [text for text in cells.unique() if text.strip()][:_SAMPLE]
    if name not in tests or not filled:
        return None
    return sum(tests[name](text.strip()) for text in filled) / len(filled)


def _is_sum(text: str) -> bool:
    return parse_amount(text, "USD").qualifier != "unreadable" or bool(re.fullmatch(r"\W{0,2}[\d.,]+", text))


def _is_date(text: str) -> bool:
    return bool(readings(text)) or parse_date(text).start is not None
