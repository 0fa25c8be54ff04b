"""What the sums in a text are worth, and which two of them are the ends of a range."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.parse.currencies import Unit, comma_currencies
from analysis.parse.numbers import Number, Power, Separators, compose
from analysis.parse.quotes import SMALL_POWER, SMALLEST_BARE, Quote, UnreadableError, opened, quotes_in
from analysis.parse.vocabulary import Token, in_languages

# The two ends of a range that only "and" joins lie close together; sums further apart are two sums.
_NEARBY = Decimal("1.5")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}")


def quotes_of(tokens: Sequence[Token], languages: frozenset[str], separators: Separators) -> list[Quote]:
    """Return the sums of a text in reading order with their values, the two ends of a range as one.

    Raises:
        UnreadableError: digits or words of number that have no sure value.
    """
    found = quotes_in(tokens)
    if not languages and any(unit.codes[0] in comma_currencies() for quote in found for unit in quote.units):
        separators = Separators(None, None)
    return [_valued(quote, languages, separators) for quote in _joined(found, tokens, languages, separators)]


def _joined(
    found: list[Quote], tokens: Sequence[Token], languages: frozenset[str], separators: Separators
) -> Iterator[Quote]:
    """Make one quote of the two ends of each range."""
    waiting = list(reversed(found))
    while waiting:
        quote = waiting.pop()
        inner = []
        while waiting and waiting[-1].depth > quote.depth:
            inner.append(waiting.pop())
        other = waiting[-1] if waiting and waiting[-1].depth == quote.depth else None
        if other is not None and (link := _link(quote, other, tokens)):
            both = _range(quote, other, link, tokens, languages, separators)
            if both is not None:
                waiting.pop()
                yield both
                continue
        yield quote
        yield from _joined(inner, tokens, languages, separators)


def _link(quote: Quote, other: Quote, tokens: Sequence[Token]) -> str:
    """What joins two quotes: "join" (to, -), "and", or nothing that makes a range."""
    depth, between = 0, []
    for token in tokens[quote.end : other.start]:
        depth += token.text == "("
        if depth == 0:
            between.append(token)
        depth -= token.text == ")"
    if any(not (token.has("join", "and", "before", "between") or token.text in "-,~") for token in between):
        return ""
    if any(token.has("join") or token.text == "-" for token in between):
        return "join"
    return "and" if any(token.has("and") for token in between) else ""


def _range(
    quote: Quote,
    other: Quote,
    link: str,
    tokens: Sequence[Token],
    languages: frozenset[str],
    separators: Separators,
) -> Quote | None:
    """The range from one quote to another, None if they are two sums.

    Raises:
        UnreadableError: joined like a range, but not in rising order or without a common magnitude.
    """
    if quote.units and other.units and not _agree(quote.units, other.units):
        return None
    if other.bare and not quote.bare:
        if _year(other):
            return None
        raise UnreadableError("the upper end has no magnitude")
    if other.sized and (shared := _shared_magnitude(quote, other)):
        quote = replace(quote, parts=quote.parts + shared)
    low, high = (_valued(end, languages, separators) for end in (quote, other))
    if link == "and" and not opened(tokens, quote.start) and high.high > low.low * _NEARBY:
        return None
    if not low.low < high.high:
        raise UnreadableError("a range that does not rise")
    return Quote(
        quote.start, other.end, quote.depth, quote.parts + other.parts, quote.units + other.units, (),
        low=low.low, high=high.high, form="range",
    )  # fmt: skip


def _shared_magnitude(quote: Quote, other: Quote) -> tuple[Token, ...]:
    """The magnitudes at the upper end that the lower leaves out: "2-3 million", "1 to 2 hundred million"."""
    limit = SMALL_POWER if not quote.parts[-1].text.isascii() else SMALL_POWER - 1
    own = [power for part in quote.parts for power in part.roles.get("power", {})]
    if any(part.has("figures", "glued") for part in quote.parts) or any(power > limit for power in own):
        return ()
    if not quote.sized:
        return tuple(part for part in other.parts if part.has("power", "glued", "figures"))
    return tuple(part for part in other.parts if any(power > limit for power in part.roles.get("power", {})))


def _agree(left: tuple[Unit, ...], right: tuple[Unit, ...]) -> bool:
    return any(set(a.codes) & set(b.codes) for a in left for b in right)


def _year(quote: Quote) -> bool:
    text = quote.parts[0].text
    return len(quote.parts) == 1 and len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= 2100


def _valued(quote: Quote, languages: frozenset[str], separators: Separators) -> Quote:
    if quote.form == "range":
        return quote
    numbers = [
        _number(part, before, languages, separators, sized=quote.sized)
        for before, part in zip((None, *quote.parts), quote.parts, strict=False)
        if not part.has("figures")
    ]
    value = compose(numbers)
    if value is None:
        raise UnreadableError("words of number that do not fit together")
    if any(part.has("figures") for part in quote.parts):
        if not (value == int(value) and 1 <= value <= 15):
            raise UnreadableError("not a count of figures")
        value = Decimal(10) ** (int(value) - 1)
        return _order(quote, value)
    vague = any(isinstance(number, Power) and number.vague for number in numbers)
    if vague and any(isinstance(number, Number) for number in numbers):
        raise UnreadableError("both a number and a vague word")
    if value and (vague or _names_order(quote, value)):
        return _order(quote, value)
    return replace(quote, low=value, high=value)


def _names_order(quote: Quote, value: Decimal) -> bool:
    """Whether a magnitude stands for its whole order: "billion-dollar", 亿级; not 百万."""
    if quote.classed:
        return value == Decimal(10) ** value.adjusted()
    first = quote.parts[0]
    spelled = first.text[0].isascii() or first.text[0].islower()
    return quote.unnumbered and spelled and value > Decimal(10) ** SMALL_POWER and not _small_power(first)


def _small_power(token: Token) -> bool:
    return any(power <= SMALL_POWER for power in token.roles.get("power", {}))


def _order(quote: Quote, value: Decimal) -> Quote:
    """10^k up to 10^(k+1) less one of the unit below: 100 to 999 million, 1 to 9 billion."""
    exponent = value.adjusted()
    low = Decimal(10) ** exponent
    return replace(quote, low=low, high=low * 10 - Decimal(1000) ** (exponent // 3), form="order")


def _number(
    part: Token, before: Token | None, languages: frozenset[str], separators: Separators, *, sized: bool
) -> Number | Power:
    """The number or power of one word; a word of several languages means what the text's languages agree on.

    Raises:
        UnreadableError: nothing decides.
    """
    if part.kind == "digits":
        value = part.number(separators, sized)
        if value is None:
            raise UnreadableError(f"no sure reading of {part.text}")
        return Number(value, word=False)
    roles = in_languages(part.roles, languages)
    role = next(role for role in ("vague", "number", "power", "glued") if role in part.roles)
    values = roles.get(role, part.roles[role])
    foreign = not any(spoken & languages for spoken in values.values())
    if "glued" in roles and ("en" in languages or foreign):
        if before is None or before.end != part.start:
            raise UnreadableError(f"{part.text} means different things")
        values = roles["glued"]
    decimal_comma = before is not None and _DECIMAL_COMMA.fullmatch(before.text)
    if len(values) > 1 and ("en" in languages or foreign) and not decimal_comma:
        values = {meaning: spoken for meaning, spoken in values.items() if "en" in spoken}
    if len(values) != 1:
        raise UnreadableError(f"{part.text} means different things")
    meaning = next(iter(values))
    return Number(meaning, word=True) if role == "number" else Power(meaning, vague=role == "vague")


def counts(quote: Quote, tokens: Sequence[Token]) -> bool:
    """Whether a quote is no money: a count of things, a year, a small number alone, part of a name."""
    following = tokens[quote.end] if quote.end < len(tokens) else None
    if following is not None and following.has("count") and not quote.units:
        return True
    if quote.units:
        return False
    if quote.bare:
        digits = quote.parts[0].text
        plain = digits.replace(".0", "")
        if quote.form == "range" or (not digits[0].isdecimal() and digits[0] != "."):
            return quote.low < SMALLEST_BARE
        return (quote.low < SMALLEST_BARE and "," not in digits) or (plain.isdecimal() and _date(plain))
    if all(part.kind == "word" for part in quote.parts):
        near = [tokens[place] for place in (quote.start - 1, quote.end) if 0 <= place < len(tokens)]
        return any(token.kind == "unknown" for token in near)
    return False


def _date(digits: str) -> bool:
    """Whether digits without separators read as a day or month of this age ("20240115")."""
    if len(digits) not in (6, 8) or digits[:2] not in ("19", "20"):
        return False
    month, day = int(digits[4:6]), int(digits[6:] or 1)
    return 1 <= month <= 12 and 1 <= day <= 31
