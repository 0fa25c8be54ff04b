"""What the words around a sum say about it: hedges, valuations, mere parts."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from analysis.parse.quotes import Quote, UnreadableError
from analysis.parse.vocabulary import Token

# How far "about" and "nearly" reach, a convention of this project.
_ABOUT = (Decimal("0.9"), Decimal("1.1"))
_NEARLY = Decimal("0.8")
_QUIET = ("filler", "link", "raise", "valuation", "valued", "basis", "currency", "between", "clause")


def level(tokens: Sequence[Token], start: int, end: int) -> list[Token]:
    """Return the tokens from one place to another without the brackets between them and what these hold."""
    depth, outside = 0, []
    for token in tokens[start:end]:
        depth += token.text == "("
        if depth <= 0 and token.text != ")":
            outside.append(token)
        depth -= token.text == ")"
    return outside


def qualifier_of(quote: Quote, tokens: Sequence[Token], taken: Collection[int], *, main: bool) -> str:
    """Return the qualifier that the words next to a quote give it; "exact" if they give none.

    Args:
        quote: the sum.
        tokens: the whole text.
        taken: the places that belong to quotes.
        main: whether the quote is the amount itself, so that words behind a bracketed conversion are its own.

    Raises:
        UnreadableError: words that contradict each other.
    """
    found = {
        word
        for token in quote.hedges
        for role in ("before", "bare", "after")
        for word in token.roles.get(role, ())
    }
    found |= _before(quote, tokens, taken, main=main)
    found |= _after(quote, tokens, taken, main=main)
    if quote.form == "range" and found <= {"about", "nearly"}:
        return "exact"
    if len(found) > 1:
        # "about 100 million or more" still says no more than the bound.
        found.discard("about")
    if found == {"nearly", "at_most"}:
        found = {"at_most"}
    if len(found) > 1:
        raise UnreadableError("hedges that contradict each other")
    return found.pop() if found else "exact"


def _before(quote: Quote, tokens: Sequence[Token], taken: Collection[int], *, main: bool) -> set[str]:
    found: set[str] = set()
    for place in range(quote.start - 1, -1, -1):
        token = tokens[place]
        if place in taken or (quote.form == "range" and token.has("between")):
            break
        if token.has("before"):
            found |= set(token.roles["before"])
        elif token.has("bare") and quote.unnumbered:
            found |= set(token.roles["bare"])
        elif not (token.has(*_QUIET) or token.text == ":" or (main and token.text == "(")):
            break
    return found


def _after(quote: Quote, tokens: Sequence[Token], taken: Collection[int], *, main: bool) -> set[str]:
    found: set[str] = set()
    depth = 0
    for place in range(quote.end, len(tokens)):
        token = tokens[place]
        if token.text == "(" and main:
            depth += 1
        elif depth:
            depth -= token.text == ")"
        elif (
            place in taken or (token.has("before") and place + 1 in taken) or _far_plus(tokens, place, quote)
        ):
            break
        elif token.has("after"):
            found |= set(token.roles["after"])
        elif not token.has("filler", "basis", "valuation"):
            break
    return found


def _far_plus(tokens: Sequence[Token], place: int, quote: Quote) -> bool:
    """Whether a "+" belongs to something else than the quote, as in "50 million A+ round"."""
    return tokens[place].text == "+" and place > quote.end and tokens[place - 1].text != ")"


def valuations(quotes: Sequence[Quote], tokens: Sequence[Token]) -> set[Quote]:
    """Return the quotes that a word like "valuation" claims, with their conversions.

    Such a word claims the sum that follows it, or the one right before it ("a $2 billion valuation").

    Raises:
        UnreadableError: the word touches two sums and may belong to either.
    """
    claimed: set[Quote] = set()
    depth = 0
    for place, token in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if not token.has("valuation", "valued", "basis"):
            continue
        before = next((q for q in reversed(quotes) if q.end <= place and q.depth <= depth), None)
        after = next((q for q in quotes if q.start > place), None)
        left = before is not None and token.has("valuation", "basis") and _leans_back(before, tokens, place)
        direct, loose = _leads_to(after, tokens, place)
        if left and direct and after is not None and _touching(before, after, place, token):
            raise UnreadableError("a valuation between two sums")
        if (direct or (loose and not left)) and after is not None:
            claimed |= _with_conversions(after, quotes, tokens)
        elif left and before is not None:
            claimed |= _with_conversions(before, quotes, tokens)
    return claimed


def _leans_back(quote: Quote, tokens: Sequence[Token], place: int) -> bool:
    between = level(tokens, quote.end, place)
    quiet = ("filler", "basis", "valuation", "link", "class", "after")
    return all(
        (token.has(*quiet) and not token.has("clause", "and", "plus")) or token.text == "-"
        for token in between
    )


def _leads_to(quote: Quote | None, tokens: Sequence[Token], place: int) -> tuple[bool, bool]:
    """Whether a word leads to a quote over quiet words only, and whether at least without a break."""
    if quote is None:
        return False, False
    between = [token for token in tokens[place + 1 : quote.start] if token.text not in (":", "(", "-")]
    loose = all(token.text not in (",", ";", ".", ")") for token in between)
    direct = loose and all(token.has("before", *_QUIET) and not token.has("raise") for token in between)
    return direct, loose


def _touching(before: Quote | None, after: Quote, place: int, token: Token) -> bool:
    """Whether only this one word, of a language with blanks, stands between two sums."""
    return (
        before is not None and before.end == place and after.start == place + 1 and token.text[-1].isascii()
    )


def _with_conversions(quote: Quote, quotes: Sequence[Quote], tokens: Sequence[Token]) -> set[Quote]:
    claimed, last = {quote}, quote
    for other in quotes:
        if other.start < quote.end:
            continue
        between = tokens[last.end : other.start]
        appended = all(
            token.text == ","
            or (token.has("filler", "before", "join") and not token.has("raise", "clause", "valuation"))
            for token in between
        )
        if other.depth > quote.depth or (appended and other.units != quote.units):
            claimed.add(other)
            last = other
        else:
            break
    return claimed


Bounds: TypeAlias = tuple[Decimal | None, Decimal | None, Decimal | None, str]


def bounds_of(quote: Quote, qualifier: str) -> Bounds:
    """Return stated, low, high and the final qualifier.

    Raises:
        UnreadableError: a hedge on a range or an order that leaves no sure bounds.
    """
    value = quote.low
    if quote.form == "order" and quote.unnumbered and not quote.classed and qualifier != "exact":
        quote = replace(quote, form="number")
    if quote.form == "order" and qualifier in ("exact", "about"):
        return None, quote.low, quote.high, "order"
    if quote.form == "range" and qualifier == "exact":
        return None, quote.low, quote.high, "range"
    if quote.form != "number" and (quote.form, qualifier) != ("order", "at_least"):
        raise UnreadableError("a hedge on a range")
    if quote.form == "order":
        return None, value, None, "at_least"
    if qualifier == "exact":
        # "3亿级" is a class around 300 million, as no power of ten names its order.
        qualifier = "about" if quote.classed else "exact"
    bounds: dict[str, Bounds] = {
        "exact": (value, value, value, "exact"),
        "about": (value, value * _ABOUT[0], value * _ABOUT[1], "about"),
        "nearly": (value, value * _NEARLY, value, "nearly"),
        "at_least": (value, value, None, "at_least"),
        "at_most": (None, None, value, "at_most"),
    }
    return bounds[qualifier]


def without_parts(tokens: Sequence[Token]) -> list[Token]:
    """Leave out what tells of a part of the sum: from "of which" to the end of its bracket or sentence."""
    kept: list[Token] = []
    depth: int | None = None
    level_now = 0
    for token in tokens:
        level_now += token.text == "("
        if depth is not None and (token.text in ";." or (token.text == ")" and level_now == depth)):
            depth = None
        if depth is None and token.has("part") and any(before.kind == "digits" for before in kept):
            depth = level_now
        level_now -= token.text == ")"
        if depth is None:
            kept.append(token)
    return kept
