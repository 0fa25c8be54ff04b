"""Texts of one shape: those that differ only in the digits of one number are read once.

What a text means hangs on how its number is written ("1.250", "20,00,000", "2024") and on how many digits it
has, since every limit of the grammar is a power of ten. Given these, its bounds grow with the number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.parse.amounts import Amount

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
# One mark, or groups as the West or India writes them; other marks are for the parser to judge.
_USUAL = re.compile(r"[0-9]+(?:[.,][0-9]+)?|[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]+)?")
_MARKS = ".,'’½¼¾"
_DIGIT = re.compile("[0-9]")
# Years, days without separators, powers of ten and numbers with a zero in front are words of their own.
_WORD = re.compile(r"0.*|1?[.,0]*|(?:19|20)[0-9]{2}.*")
_KEPT = 1 << 16  # texts and shapes
_LONGEST = 15  # digits that a float holds for certain
# Two numbers of one shape: what a text says of both in proportion, it says of all.
_PROBES = ("3", "7")

# What texts of a shape say, and their bounds for each unit of the number.
_Meaning = tuple["Amount", tuple[Decimal | None, ...]]


class ByShape:
    """Reads texts as a parser does, by an earlier text of their shape where there was one.

    The last texts and shapes are kept, so that a file of many parts is read as fast as one of one.
    """

    def __init__(self, parse: Callable[[str, str | None], Amount]) -> None:
        self._parse = lru_cache(_KEPT)(parse)
        self._known_meaning = lru_cache(_KEPT)(self._meaning)

    def read(self, text: str, default_currency: str | None = None) -> Amount:
        """Return what the parser makes of a text and a default currency."""
        number = _NUMBER.search(text)
        if number is None or _is_word(number, text):
            return self._parse(text, default_currency)
        before, after = text[: number.start()], text[number.end() :]
        shape = before, _DIGIT.sub("0", number[0]), after, default_currency
        meaning = self._known_meaning(*shape)
        if meaning is None:
            return self._parse(text, default_currency)
        amount, factors = meaning
        value = _value(number[0])
        stated, low, high = (None if factor is None else float(value * factor) for factor in factors)
        return type(amount)(stated, low, high, amount.currency, amount.qualifier, text)

    def _meaning(self, before: str, number: str, after: str, default: str | None) -> _Meaning | None:
        """What texts of a shape say; None if they give no sum, or one out of proportion."""
        found = []
        for digit in _PROBES:
            probe = number.replace("0", digit)
            amount = self._parse(before + probe + after, default)
            bounds = (amount.stated, amount.low, amount.high)
            factors = tuple(None if b is None else Decimal(repr(b)) / _value(probe) for b in bounds)
            found.append((replace(amount, text="", stated=None, low=None, high=None), factors))
        # A second sum may be held against the first.
        is_sure = found[0] == found[1] and any(found[0][1]) and found[0][0].second is None
        return found[0] if is_sure else None


def _is_word(number: re.Match[str], text: str) -> bool:
    """Whether no other number may stand for the first one of a text."""
    before, after = text[number.start() - 1 : number.start()], text[number.end() :]
    return bool(
        _DIGIT.search(after)
        or len(number[0]) > _LONGEST
        or not _USUAL.fullmatch(number[0])
        or _WORD.fullmatch(number[0])
        or (before and before in _MARKS)
        or after[:1] in tuple(_MARKS)
        or "\\" in text
    )


def _value(number: str) -> Decimal:
    return Decimal(number.replace(",", "").replace(".", ""))
