"""Texts of one shape, which differ only in their numbers, are read together.

The first of them is parsed with numbers that note how each figure of the answer follows from them, and what
was asked of them on the way. Where the numbers of another text answer the same questions alike, its figures
follow in the same way. All is reckoned for many texts at once, and exactly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from analysis.parse.vocabulary import Token

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from analysis.parse.amounts import ExactAmount
    from analysis.parse.numbers import Separators

# Digits with all that may belong to them.
_RUN = re.compile(r"([.,'’½¼¾]*[0-9][0-9.,'’½¼¾]*)")
# One mark, or groups as the West or India writes them; other marks are for the parser to judge.
_USUAL = re.compile(r"[0-9]+(?:[.,][0-9]+)?|[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]+)?")
_SHORT_DECIMAL = re.compile(r"([0-9]+)([.,])([0-9]{1,2})")
# Years, days without separators, nothing, and numbers with a needless zero in front are words of their own.
_WORD = re.compile(r"0|0[0-9].*|0[.,]0*|(?:19|20)[0-9]{2}.*|2100")
_DIGIT = re.compile("[0-9]")
# Without one of these between them two runs may be one number ("1 234").
_APART = re.compile(r"[^\W_]|[-–—~～$€£¥￥₹()（）]")
_LONGEST_RUN = 13
_LONGEST_TEXT = 400  # as long as the first text of its shape may be, give or take its digits
_KEPT = 1 << 16  # texts and shapes
_VARIANTS = 8  # ways to read the texts of one shape
_EXACT = 2.0**53  # whole numbers below this are floats, and so are their sums
_CLEAR = 1e-9  # a difference of this share of its terms is no error of rounding
_LARGEST_POWER = 22  # of ten, that is a float

# The words of an answer: currency and qualifier of the sum and of its conversion.
Words = tuple[str | None, str, str | None, str | None]
_Terms = Mapping[int, Decimal]
_CONSTANT = -1


class UntraceableError(Exception):
    """A number was asked something that its text alone answers."""


class Traced(Decimal):
    """A number that is a sum of multiples of a text's numbers, and notes what it is compared with.

    Attributes:
        terms: the multiple of each number, by its place among the numbers; that of one under -1.
        asked: differences that were asked for, as such multiples, with their signs.
    """

    __slots__ = ("asked", "terms")
    terms: _Terms
    asked: list[tuple[_Terms, int]]

    @classmethod
    def of(cls, value: Decimal, terms: _Terms, asked: list[tuple[_Terms, int]]) -> Traced:
        """Return a value that is the sum of these terms."""
        traced = cls(value)
        traced.terms, traced.asked = terms, asked
        return traced

    def _plus(self, other: Decimal | int, sign: int) -> Traced:
        terms = dict(self.terms)
        for place, factor in _terms(other).items():
            terms[place] = terms.get(place, Decimal(0)) + sign * factor
        return self.of(_plain(self) + sign * _plain(other), terms, self.asked)

    def _sign(self, other: Decimal | int) -> int:
        """The sign of the difference to another number, noted."""
        difference = self._plus(other, -1)
        value = _plain(difference)
        sign = (value > 0) - (value < 0)
        self.asked.append((difference.terms, sign))
        return sign

    def __add__(self, other: Decimal | int) -> Traced:
        return self._plus(other, 1)

    __radd__ = __add__

    def __sub__(self, other: Decimal | int) -> Traced:
        return self._plus(other, -1)

    def __mul__(self, other: Decimal | int) -> Traced:
        if isinstance(other, Traced):
            raise UntraceableError("a product of two numbers")
        terms = {place: factor * other for place, factor in self.terms.items()}
        return self.of(_plain(self) * other, terms, self.asked)

    __rmul__ = __mul__

    def __abs__(self) -> Traced:
        return self * -1 if self._sign(0) < 0 else self

    def __lt__(self, other: Decimal | int) -> bool:  # type: ignore[override]
        return self._sign(other) < 0

    def __le__(self, other: Decimal | int) -> bool:  # type: ignore[override]
        return self._sign(other) <= 0

    def __gt__(self, other: Decimal | int) -> bool:  # type: ignore[override]
        return self._sign(other) > 0

    def __ge__(self, other: Decimal | int) -> bool:  # type: ignore[override]
        return self._sign(other) >= 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decimal | int) and self._sign(other) == 0

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __bool__(self) -> bool:
        return self._sign(0) != 0

    __hash__ = None  # type: ignore[assignment]

    def _untraceable(self, *_: object) -> int:
        raise UntraceableError("digits, or the shape of a number, were asked for")

    __int__ = __float__ = __round__ = __neg__ = __rsub__ = _untraceable  # type: ignore[assignment]
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _untraceable  # type: ignore[assignment]
    __mod__ = __rmod__ = __pow__ = __rpow__ = _untraceable  # type: ignore[assignment]
    adjusted = to_integral_value = _untraceable  # type: ignore[assignment]


def _plain(number: Decimal | int) -> Decimal:
    return Decimal(number)


def _terms(number: Decimal | int) -> _Terms:
    return number.terms if isinstance(number, Traced) else {_CONSTANT: Decimal(number)}


@dataclass(frozen=True, slots=True)
class _TracedToken(Token):
    """Digits whose value notes what it is asked; `place` is theirs among the numbers of the text."""

    place: int
    unit_free: int
    asked: list[tuple[_Terms, int]]

    def number(self, separators: Separators, sized: bool) -> Decimal | None:
        value = Token.number(self, separators, sized)
        return value and Traced.of(value, {self.place: value / self.unit_free}, self.asked)


class _Meaning:
    """What texts of a shape say while their numbers answer some questions alike."""

    def __init__(self, amount: ExactAmount, asked: list[tuple[_Terms, int]], count: int) -> None:
        self.words = _words(amount)
        signs = {_multiples(terms, count)[0]: sign for terms, sign in asked if not _is_positive(terms)}
        self._questions = np.array(list(signs), dtype=float).reshape(-1, count + 1)
        self._signs = np.array(list(signs.values()), dtype=float).reshape(-1, 1)
        figures = _figures(amount)
        multiples = [_multiples(_terms(value or 0), count) for value in figures]
        if any(abs(power) > _LARGEST_POWER for _, power in multiples):
            raise UntraceableError("a power of ten that no float is")
        self._factors = np.array([row for row, _ in multiples], dtype=float)
        self._up = np.array([[float(f"1e{max(power, 0)}")] for _, power in multiples])
        self._down = np.array([[float(f"1e{max(-power, 0)}")] for _, power in multiples])
        self._is_given = np.array([[1.0 if value is not None else np.nan] for value in figures])

    def holds(self, numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether numbers (a column for each text) answer all questions alike and give exact figures."""
        differences, sizes = self._questions @ numbers, np.abs(self._questions) @ numbers
        is_sure = (sizes < _EXACT) | (np.abs(differences) > _CLEAR * sizes)
        is_exact = (np.abs(self._factors) @ numbers < _EXACT).all(axis=0)
        alike: NDArray[np.bool_] = (is_sure & (np.sign(differences) == self._signs)).all(axis=0) & is_exact
        return alike

    def figures(self, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        """The figures (six rows) of texts with these numbers: one rounding of an exact whole number."""
        figures: NDArray[np.float64] = self._factors @ numbers * self._up / self._down * self._is_given
        return figures


def _is_positive(terms: _Terms) -> bool:
    """Whether a sum is above zero whatever its numbers, which all are."""
    return all(factor > 0 for factor in terms.values())


def _multiples(terms: _Terms, count: int) -> tuple[tuple[int, ...], int]:
    """Whole multiples of so many numbers, and of one, and the power of ten that makes them these terms."""
    shown = {place: factor.normalize() for place, factor in terms.items() if factor}
    power = min((int(factor.as_tuple().exponent) for factor in shown.values()), default=0)
    places = (*range(count), _CONSTANT)
    return tuple(int(shown[place].scaleb(-power)) if place in shown else 0 for place in places), power


class ByShape:
    """Reads texts as a parser does, those of one shape together.

    The last texts and shapes are kept, so that a file of many parts is read as fast as one of one.

    Args:
        parse: reads a text with a default currency; its third argument, where given, marks the tokens first.
    """

    def __init__(self, parse: Callable[..., ExactAmount]) -> None:
        self._parse = parse
        self._parsed_alone = lru_cache(_KEPT)(parse)
        self._known: dict[tuple[str | None, ...], list[_Meaning] | None] = {}

    def read(self, texts: Sequence[tuple[str, str | None]]) -> tuple[NDArray[np.float64], list[Words]]:
        """Return the figures and words of texts with their default currencies.

        Returns:
            stated, low and high of the sum and of its conversion (2 x 3 x texts, NaN where not given), and
            the words of each text.
        """
        figures = np.full((6, len(texts)), np.nan)
        words: list[Words] = [(None, "", None, None)] * len(texts)
        groups: dict[tuple[str | None, ...], list[tuple[int, ...]]] = defaultdict(list)
        alone: list[int] = []
        for row, (text, default) in enumerate(texts):
            pieces: list[str | None] = [*_RUN.split(text), default]
            inner = pieces[2:-2:2]
            if (
                len(pieces) == 2
                or len(text) > _LONGEST_TEXT
                or "\\" in text
                or not all(map(_is_apart, inner))
            ):
                alone.append(row)
                continue
            runs = [_shape_of_run(run) for run in pieces[1:-1:2]]
            pieces[1:-1:2] = [shape for shape, _ in runs]
            groups[tuple(pieces)].append((row, *(number for _, number in runs)))
        for shape, members in groups.items():
            table = np.array(members, dtype=float).T
            rows, numbers = table[0].astype(int), np.vstack([table[1:], np.ones(len(members))])
            for meaning, found in self._sorted(shape, [texts[row] for row in rows], numbers):
                if meaning is None:
                    alone += rows[found].tolist()
                    continue
                figures[:, rows[found]] = meaning.figures(numbers[:, found])
                for row in rows[found]:
                    words[row] = meaning.words
        for row in alone:
            amount = self._parsed_alone(*texts[row])
            figures[:, row] = [np.nan if value is None else float(value) for value in _figures(amount)]
            words[row] = _words(amount)
        return figures.reshape(2, 3, -1), words

    def _sorted(
        self, shape: tuple[str | None, ...], texts: list[tuple[str, str | None]], numbers: NDArray[np.float64]
    ) -> list[tuple[_Meaning | None, NDArray[np.int64]]]:
        """Sort the texts of a shape by what they say; those under None are to be parsed one by one."""
        if len(self._known) > _KEPT:
            self._known.clear()
        meanings = self._known.setdefault(shape, [])
        left, found = np.arange(len(texts)), []
        tried = 0
        while meanings is not None and len(left):
            if tried == len(meanings):
                if tried == _VARIANTS:
                    break
                made = self._traced(*texts[left[0]])
                if made is None:
                    self._known[shape] = None
                    break
                meanings.append(made)
            is_alike = meanings[tried].holds(numbers[:, left])
            found.append((meanings[tried], left[is_alike]))
            left = left[~is_alike]
            tried += 1
        return [*found, (None, left)]

    def _traced(self, text: str, default: str | None) -> _Meaning | None:
        """What a text says, and when others of its shape say it; None where its numbers alone cannot tell."""
        asked: list[tuple[_Terms, int]] = []
        runs = _RUN.findall(text)

        def marked(tokens: list[Token]) -> list[Token]:
            if [token.text for token in tokens if token.kind == "digits"] != runs:
                raise UntraceableError("the parser cuts the numbers otherwise")
            places = iter(range(len(runs)))
            return [
                _traced_token(token, next(places), asked) if token.kind == "digits" else token
                for token in tokens
            ]

        try:
            return _Meaning(self._parse(text, default, marked), asked, len(runs))
        except UntraceableError:
            return None


def _figures(amount: ExactAmount) -> list[Decimal | None]:
    return [*amount[:3], *(amount.second[:3] if amount.second else (None,) * 3)]


def _words(amount: ExactAmount) -> Words:
    second = amount.second
    return amount.currency, amount.qualifier, second and second.currency, second and second.qualifier


@lru_cache(_KEPT)
def _is_apart(piece: str | None) -> bool:
    return piece is not None and _APART.search(piece) is not None


@lru_cache(_KEPT)
def _shape_of_run(run: str) -> tuple[str, int]:
    """How a number is written, and its digits as one number; a word of its own as it is, with a zero."""
    if len(run) > _LONGEST_RUN or not _USUAL.fullmatch(run) or _WORD.fullmatch(run):
        return run, 0
    if decimal := _SHORT_DECIMAL.fullmatch(run):
        whole, mark, tail = decimal.groups()
        return f"#{mark}#", int(whole + tail.ljust(2, "0"))
    shape = "#" if run.isdecimal() else _DIGIT.sub("#", run.replace("0", "_", 1) if run[0] == "0" else run)
    return shape, int(re.sub("[.,]", "", run))


def _traced_token(token: Token, place: int, asked: list[tuple[_Terms, int]]) -> Token:
    number = _shape_of_run(token.text)[1]
    if not number:
        return token
    return _TracedToken(token.kind, token.text, token.start, token.end, token.roles, place, number, asked)
