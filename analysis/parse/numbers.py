"""Numbers as texts write them: digits with separators, and words of number and magnitude put together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

# Groups of three behind a blank or an apostrophe first, then any run of digits, points and commas.
DIGITS = re.compile(
    r"[0-9]{1,3}(?:([ '])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?(?![0-9])|[0-9]+(?:[.,][0-9]+)*|\.[0-9]+"
)
_WESTERN = re.compile(r"[0-9]{1,3}(?:_[0-9]{3})+")
_INDIAN = re.compile(r"[0-9]{1,2}(?:_[0-9]{2})*_[0-9]{3}")
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Separators:
    """What "." and "," may be in the language of a text; None where its languages disagree."""

    point_groups: bool | None
    comma_groups: bool | None


def read_digits(digits: str, separators: Separators, sized: bool) -> Decimal | None:
    """Return the value of a run of digits with its separators, None if it has no sure reading.

    Args:
        digits: a match of `DIGITS`.
        separators: the habits of the text's language; they decide "1.250" and "1,250" alone.
        sized: whether a magnitude ("million") follows. Without one a sum of money has no three decimals.

    >>> read_digits("1.234.567,89", Separators(None, None), sized=False)
    Decimal('1234567.89')
    >>> read_digits("1,20,00,000", Separators(None, None), sized=False)
    Decimal('12000000')
    """
    if len(digits) > _LONGEST:
        return None
    if digits[0] == ".":
        return Decimal(digits)
    if " " in digits or "'" in digits:
        return Decimal(re.sub("[ ']", "", digits).replace(",", "."))
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        decimal_mark = digits[max(digits.rfind("."), digits.rfind(","))]
        group_mark = "," if decimal_mark == "." else "."
        whole, _, decimals = digits.partition(decimal_mark)
        grouped = _grouped(whole.replace(group_mark, "_"))
        return Decimal(f"{grouped}.{decimals}") if grouped and decimals.isdecimal() else None
    if points + commas == 0:
        return Decimal(digits)
    mark = "." if points else ","
    if points + commas > 1:
        grouped = _grouped(digits.replace(mark, "_"))
        return Decimal(grouped) if grouped else None
    return _one_mark(digits, mark, separators, sized)


def _grouped(text: str) -> str | None:
    """The digits without their "_" if these part groups as the West or India does."""
    valid = _WESTERN.fullmatch(text) or _INDIAN.fullmatch(text)
    return text.replace("_", "") if valid else None


def _one_mark(digits: str, mark: str, separators: Separators, sized: bool) -> Decimal | None:
    whole, _, tail = digits.partition(mark)
    decimal, integer = Decimal(f"{whole}.{tail}"), Decimal(whole + tail)
    groups = separators.point_groups if mark == "." else separators.comma_groups
    if len(tail) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        if not sized and mark == ",":
            return integer
        if groups is None or (not sized and not groups):
            return None
        return integer if groups else decimal
    if mark == "." or sized:
        return decimal
    # A comma before one or two digits is a decimal mark only where the language uses it as one.
    return decimal if groups is False else None


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a compound, from digits or from a word."""

    value: Decimal
    word: bool


@dataclass(frozen=True, slots=True)
class Power:
    """A power of ten in a compound; a vague one ("several", "tens of") leaves its factor open."""

    exponent: int
    vague: bool = False


def compose(parts: Sequence[Number | Power]) -> Decimal | None:
    """Return the value of numbers and powers of ten in reading order, None if they do not fit together.

    A power multiplies all smaller terms before it, as in every language that counts by tens. A leading power
    without a number counts as one of itself.

    >>> compose([Number(Decimal(2), word=True), Power(2), Power(6)])
    Decimal('200000000')
    """
    terms: list[tuple[Decimal, int]] = []
    for before, part in zip([None, *parts], parts, strict=False):
        if isinstance(part, Number):
            if isinstance(before, Number):
                if not _continues(before, part):
                    return None
                value, _ = terms.pop()
                terms.append((value + part.value, 0))
            elif terms and part.value >= Decimal(10) ** terms[-1][1]:
                return None
            else:
                terms.append((part.value, 0))
            continue
        smaller = []
        while terms and terms[-1][1] < part.exponent:
            smaller.append(terms.pop()[0])
        if terms and (terms[-1][1] == part.exponent or (not smaller and part.exponent > 3)):
            return None  # "5 million 2 million" are two sums
        factor = sum(smaller, Decimal(0)) if smaller else Decimal(1)
        terms.append((factor * Decimal(10) ** part.exponent, part.exponent))
    if len(terms) > 1 and terms[-1][1] == 0 and not _ends_in_words(terms, parts):
        return None
    return sum((value for value, _ in terms), Decimal(0))


def _continues(before: Number, part: Number) -> bool:
    """Whether two numbers in a row are one: "twenty five", "one and a half"."""
    if before.value == 0:
        return before.word and part.word
    if 0 < part.value < 1:
        return before.value == before.value.to_integral_value()
    return before.word and part.word and before.value >= 20 and before.value % 10 == 0 and 0 < part.value < 10


def _ends_in_words(terms: list[tuple[Decimal, int]], parts: Sequence[Number | Power]) -> bool:
    """Whether a last number without a power stands for ones: "one hundred five", not 一亿五 (1.5亿)."""
    last = parts[-1]
    return isinstance(last, Number) and last.word and (terms[-2][1] <= 3 or 0 < last.value < 1)
