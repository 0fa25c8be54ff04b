"""Sums of money as sources write them.

A sum is read as what the text bounds it to: "over 600 million yuan" is at least 600 million, "hundreds of
millions" lies between 100 and 999 million. Whatever has no sure reading is "unreadable": a wrong
number is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from analysis.parse.currencies import CurrencyConflictError, absurd_above, home_currency, settle
from analysis.parse.language import words
from analysis.parse.qualifiers import bounds_of, level, qualifier_of, valuations, without_parts
from analysis.parse.quotes import SMALLEST_BARE, Quote, UnreadableError
from analysis.parse.shapes import ByShape
from analysis.parse.sums import counts, quotes_of
from analysis.parse.vocabulary import Token, fold, separators_of, shape_of, spoken_tokens, tokens_of

if TYPE_CHECKING:
    import pandas as pd

# Longer cells are articles, not amounts.
LONGEST_TEXT = 500
COLUMNS = ("stated", "low", "high", "currency", "qualifier", "text")
# Two figures this close are the same sum said twice.
_SAME = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as a text bounds it, in units of `currency`.

    Attributes:
        stated: the figure that the text gives; None for a range, an order, an upper bound, or no figure.
        low: the least that the text allows; None where it sets no lower bound.
        high: the most that the text allows; None where it sets no upper bound.
        currency: ISO 4217 code, None when nothing says it.
        qualifier: exact, about, nearly, at_least, at_most, range, order, undisclosed or unreadable.
        text: the text that was read.
        second: the same sum in another currency, if the text gives it.
    """

    stated: float | None
    low: float | None
    high: float | None
    currency: str | None
    qualifier: str
    text: str
    second: Amount | None = None


class ExactAmount(NamedTuple):
    """A sum of money as `Amount` has it, with its figures not yet rounded to what a float holds."""

    stated: Decimal | None
    low: Decimal | None
    high: Decimal | None
    currency: str | None
    qualifier: str
    text: str
    second: ExactAmount | None = None


def parse_amount(text: str, default_currency: str | None = None) -> Amount:
    """Return the sum of money that a text states, in any of the known languages.

    A valuation beside a sum is not the sum; a text that is a valuation as a whole gives its figure.

    Args:
        text: a cell such as "2 billion yuan ($290 million)".
        default_currency: ISO 4217 code for texts that name no currency or use a shared sign ("¥", "元").

    >>> parse_amount("近20亿元 (约2.8亿美元)").high
    2000000000.0
    >>> parse_amount("hundreds of millions of yuan")
    Amount(stated=None, low=100000000.0, high=999000000.0, currency='CNY', qualifier='order', \
text='hundreds of millions of yuan', second=None)
    """
    return _rounded(exact_amount(text, default_currency))


def exact_amount(
    text: str,
    default_currency: str | None,
    marked: Callable[[list[Token]], list[Token]] = lambda tokens: tokens,
) -> ExactAmount:
    """Return what `parse_amount` does before it is rounded, read from the tokens as `marked` returns them."""
    if len(text) > LONGEST_TEXT:
        return _without_figure("unreadable", text)
    folded = fold(text)
    if _is_empty(folded):
        return _without_figure("undisclosed", text)
    try:
        return _Reading(text, folded, default_currency, marked).amount()
    except (UnreadableError, CurrencyConflictError):
        return _without_figure("unreadable", text)


def _rounded(exact: ExactAmount) -> Amount:
    stated, low, high = (None if value is None else float(value) for value in exact[:3])
    second = _rounded(exact.second) if exact.second else None
    return Amount(stated, low, high, exact.currency, exact.qualifier, exact.text, second)


def valuation_basis(text: str) -> str | None:
    """Return "pre" or "post" as a text calls a valuation pre- or post-money, None if it says neither or both.

    >>> valuation_basis("投前估值已达70亿元")
    'pre'
    """
    return None if len(text) > LONGEST_TEXT else _basis(shape_of(fold(text)))


@lru_cache(1 << 16)
def _basis(shape: str) -> str | None:
    bases = {basis for token in tokens_of(shape) for basis in token.roles.get("basis", {})}
    return bases.pop() if len(bases) == 1 else None


def parse_amounts(texts: pd.Series, default_currency: str | pd.Series | None = None) -> pd.DataFrame:
    """Return `parse_amount` of each text, row by row; texts of one shape and default are read once.

    A missing text counts as an empty one. Columns: stated, low, high (float, missing where unknown),
    currency, qualifier, text, and all but the text again with the prefix second_. The index is as in `texts`.

    Args:
        texts: the cells.
        default_currency: one code for all, or a series of codes with the index of `texts`.
    """
    import pandas as pd

    cells = texts.astype(object).where(texts.notna(), "").astype(str)
    if isinstance(default_currency, pd.Series):
        defaults = default_currency.astype(object).reindex(texts.index).where(lambda codes: codes.notna(), "")
        keys = pd.MultiIndex.from_arrays([cells.to_numpy(), defaults.to_numpy()])
        places, pairs = pd.factorize(keys)
        read = [(text, default or None) for text, default in pairs]
    else:
        places, distinct = pd.factorize(cells.to_numpy(dtype=object))
        read = [(text, default_currency) for text in distinct]
    figures, words_of = _by_shape().read(read)
    currency, qualifier, second_currency, second_qualifier = zip(*words_of, strict=True) if read else [()] * 4
    first, second = (dict(zip(("stated", "low", "high"), sums, strict=True)) for sums in figures)
    table = pd.DataFrame(
        {
            **first, "currency": currency, "qualifier": qualifier, "text": [text for text, _ in read],
            **{f"second_{name}": values for name, values in second.items()},
            "second_currency": second_currency, "second_qualifier": second_qualifier,
        }
    )  # fmt: skip
    return table.take(places).set_axis(texts.index)


@cache
def _by_shape() -> ByShape:
    return ByShape(exact_amount)


def _without_figure(qualifier: str, text: str, currency: str | None = None) -> ExactAmount:
    return ExactAmount(None, None, None, currency, qualifier, text)


def _is_empty(folded: str) -> bool:
    return not folded or any(folded.lower() in table.get("empty", ()) for table in words("amounts").values())


class _Reading:
    """One text while it is read: its tokens, its sums, and which of them is the amount."""

    def __init__(
        self, text: str, folded: str, default: str | None, marked: Callable[[list[Token]], list[Token]]
    ) -> None:
        self.text, self.default = text, default
        tokens, self.languages = spoken_tokens(folded)
        self.tokens = without_parts(marked(tokens))
        if any(token.kind == "garbled" for token in self.tokens):
            raise UnreadableError("digits grown together with something unknown")
        found = quotes_of(self.tokens, self.languages, separators_of(self.languages))
        self.quotes = [quote for quote in found if not counts(quote, self.tokens)]
        self.taken = {place for quote in found for place in range(quote.start, quote.end)}

    def amount(self) -> ExactAmount:
        """Return the amount of the text.

        Raises:
            UnreadableError: no sure reading.
            CurrencyConflictError: two currencies in one sum.
        """
        quotes = self._of_the_sum()
        if not quotes:
            return self._without_quote()
        first, *others = quotes
        self._check(first)
        second = self._conversion(first, others)
        worth = (first.high, second.high) if second and self._code(second) == "USD" else None
        amount = self._bounded(first, self._code(first, self.default, worth), self.text, main=True)
        if second is None:
            return amount
        text = " ".join(token.text for token in self.tokens[second.start : second.end])
        code = self._code(second, None, (second.high, first.high) if self._code(first) == "USD" else None)
        # A second "$" beside dollars is some other country's.
        code = None if code == self._code(first) else code
        try:
            return amount._replace(second=self._bounded(second, code, text, main=False))
        except UnreadableError:
            return amount

    def _any(self, *roles: str) -> bool:
        return any(token.has(*roles) for token in self.tokens)

    def _code(
        self, quote: Quote, default: str | None = None, worth: tuple[Decimal, Decimal] | None = None
    ) -> str | None:
        return settle(quote.units, default, home_currency(self.text, self.languages), worth)

    def _of_the_sum(self) -> list[Quote]:
        """The quotes that tell of the sum; those of a valuation only if the text is nothing but one."""
        if not self.quotes:
            return []
        if self._any("change"):
            raise UnreadableError("the text compares sums or denies one")
        claimed = valuations(self.quotes, self.tokens)
        free = [quote for quote in self.quotes if quote not in claimed]
        hidden = next((place for place, token in enumerate(self.tokens) if token.has("undisclosed")), None)
        if free:
            if hidden is not None and hidden < free[0].start and not claimed and not self._any("valuation"):
                raise UnreadableError("undisclosed, yet a sum is named")
            return free
        if hidden is not None:
            return []
        if self._any("raise"):
            raise UnreadableError("a valuation, but no sum, of a round")
        return self.quotes

    def _without_quote(self) -> ExactAmount:
        if not self._any("undisclosed"):
            raise UnreadableError("no sum of money")
        if self.quotes:
            return _without_figure("undisclosed", self.text)
        units = [unit for token in self.tokens for unit in token.roles.get("currency", ())]
        return _without_figure(
            "undisclosed", self.text, settle(units, None, home_currency(self.text, self.languages), None)
        )

    def _check(self, quote: Quote) -> None:
        """Demand what makes a quote the sum: no unknown word before it, and a currency or only known words.

        Raises:
            UnreadableError: it is not met.
        """
        before = self.tokens[quote.start - 1] if quote.start else None
        after = self.tokens[quote.end] if quote.end < len(self.tokens) else None
        if before is not None:
            touches = before.end == self.tokens[quote.start].start
            if before.text == "-" and (touches or quote.start == 1):
                raise UnreadableError("a negative sum")
            if before.has("plus") or (before.text == ")" and quote.unnumbered) or self._unknown_before(quote):
                raise UnreadableError(f"an unknown word before the sum: {before.text}")
        if after is not None and (after.has("rate") or (after.kind == "unknown" and quote.small)):
            raise UnreadableError("a price, or a magnitude that is not known")
        if after is not None and self._goes_on(quote, after):
            raise UnreadableError("a number that goes on: 1亿半, 一亿五")
        if not quote.units:
            if quote.high < SMALLEST_BARE:
                raise UnreadableError("too small for a sum without a currency")
            own = {place for kept in self.quotes for place in range(kept.start, kept.end)}
            for place, token in enumerate(self.tokens):
                known = token.kind not in ("unknown", "digits") and not token.has("count", "currency")
                if place not in own and not known:
                    raise UnreadableError("a number that nothing marks as money")

    def _goes_on(self, quote: Quote, after: Token) -> bool:
        touches = self.tokens[quote.end - 1].end == after.start and not after.text.isascii()
        return any(part < 1 or touches for part in after.roles.get("number", ()))

    def _unknown_before(self, quote: Quote) -> bool:
        """Whether a word that may be a hedge or a part of the number stands before a quote, "of" aside."""
        place = quote.start - 1
        while place > 0 and self.tokens[place].has("link"):
            place -= 1
        token, earlier = self.tokens[place], self.tokens[place - 1] if place else None
        if token.kind == "unknown":
            # The letter of a round ("Series C $50M") is none.
            return not (len(token.text) == 1 and earlier is not None and earlier.has("filler"))
        # "一点五亿": the part of a number that was not read.
        return (
            token.has("count") and earlier is not None and (earlier.kind == "digits" or earlier.has("number"))
        )

    def _conversion(self, first: Quote, others: Sequence[Quote]) -> Quote | None:
        """The same sum in another currency, None if there is none.

        Raises:
            UnreadableError: another sum stands beside the first.
        """
        second: Quote | None = None
        for quote in others:
            within = quote.start < first.end
            bracketed = quote.depth > first.depth
            if quote.unnumbered and bracketed:
                raise UnreadableError("a magnitude away from its number")
            ends = first.form == "range" and quote.form != "range" and bracketed
            if within or ends or (bracketed and not quote.units):
                continue
            between = level(self.tokens, first.end, quote.start)
            added = any(
                token.has("plus") or token.text == ";" or (token.has("and") and not token.has("join"))
                for token in between
            )
            if (added and not bracketed) or not (quote.units and (first.units or bracketed)):
                raise UnreadableError("several sums")
            if self._code(first) == self._code(quote):
                if abs(first.high - quote.high) <= first.high * _SAME:
                    continue
                alone = self.tokens[quote.start - 1].text == "(" and self.tokens[quote.end : quote.end + 1]
                dearer = quote.low > first.high and all(unit.kind == "usual" for unit in quote.units)
                if not (dearer and alone and alone[0].text == ")"):
                    raise UnreadableError("several sums in one currency")
            second = second or quote
        return second

    def _bounded(self, quote: Quote, currency: str | None, text: str, *, main: bool) -> ExactAmount:
        cap = absurd_above(currency)
        if not 0 < quote.high <= cap:
            raise UnreadableError("an absurd sum")
        qualifier = qualifier_of(quote, self.tokens, self.taken, main=main)
        stated, low, high, final = bounds_of(quote, qualifier)
        return ExactAmount(stated, low, high, currency, final, text)
