"""Where the sums of money stand in a cut text, and which of its words each of them takes in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from analysis.parse.currencies import Unit
from analysis.parse.vocabulary import Token

# Powers of ten up to this one build numbers (hundred, thousand, 十百千); larger ones size sums.
SMALL_POWER = 3
# A number this large needs no magnitude to be a sum.
SMALLEST_BARE = 10_000


class UnreadableError(ValueError):
    """A text has no sure reading."""


@dataclass(frozen=True, slots=True, eq=False)
class Quote:
    """A sum as written, tokens `start` up to `end`, in brackets `depth` deep.

    `low` and `high` are its ends, apart only for a range or an order ("hundreds of millions").
    """

    start: int
    end: int
    depth: int
    parts: tuple[Token, ...]
    units: tuple[Unit, ...]
    hedges: tuple[Token, ...]
    classed: bool = False
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    form: str = "number"

    @property
    def sized(self) -> bool:
        """Whether a magnitude belongs to the sum."""
        return any(part.has("power", "glued", "figures", "vague") for part in self.parts)

    @property
    def bare(self) -> bool:
        """Whether the sum is a number alone."""
        return not self.sized and not self.units

    @property
    def small(self) -> bool:
        """Whether the sum has no magnitude and too few digits to do without."""
        return not self.sized and self.high < SMALLEST_BARE

    @property
    def unnumbered(self) -> bool:
        """Whether a magnitude stands alone, as in "billion-dollar"."""
        return all(part.has("power", "class") for part in self.parts)


@dataclass(slots=True)
class _Reader:
    """Collects one quote from the tokens after a place."""

    tokens: Sequence[Token]
    after_between: bool
    parts: list[Token] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    hedges: list[Token] = field(default_factory=list)
    classed: bool = False
    closed: bool = False

    def token(self, place: int) -> Token | None:
        return self.tokens[place] if place < len(self.tokens) else None

    def read(self, start: int) -> int | None:
        """Return the place after the quote that starts at a token, None if none starts there."""
        place = start
        while (width := self._take(place)) > 0:
            place += width
        return place if self.parts else None

    def _take(self, place: int) -> int:
        """Take the token at a place into the quote; how many tokens it used, 0 at the quote's end."""
        token = self.token(place)
        if token is None:
            return 0
        if token.has("currency") and self._own_currency(place, token):
            self.units.append(token.value("currency") or _any_unit(token))
            self.closed = bool(self.parts)
            return 1
        if not self.parts:
            return self._open(place, token)
        following = self.token(place + 1)
        if token.has("class"):
            self.classed = True
            return 1
        if self.closed:
            return 0
        if self._continues(token, following):
            self.parts.append(token)
            return 1
        return self._skip(place, token, following)

    def _open(self, place: int, token: Token) -> int:
        if self._starts(place, token):
            self.parts.append(token)
        elif self.units and token.has("before", "bare"):
            self.hedges.append(token)
        else:
            return 0
        return 1

    def _starts(self, place: int, token: Token) -> bool:
        if token.kind == "digits" or token.has("vague"):
            return True
        following, then = self.token(place + 1), self.token(place + 2)
        sized = following is not None and following.has("power", "figures", "vague", "class")
        if token.has("power"):
            return (
                sized
                or len(token.text) > SMALL_POWER
                or (not token.text[0].isascii() and not token.text[0].islower())
            )
        counted = following is not None and (following.has("number") or following.text == "-")
        if following is not None and then is not None and then.has("number"):
            counted |= following.has("join", "and")  # "five to six million", "between two and three hundred"
        return token.has("number") and (sized or (counted and not token.has("filler")))

    def _continues(self, token: Token, following: Token | None) -> bool:
        last = self.parts[-1]
        more = following is not None and following.has("power")
        if token.has("power", "glued"):
            return token.has("power") or last.end == token.start
        if token.has("figures"):
            return True
        if token.has("vague"):
            return last.has("vague")
        if token.kind == "digits":
            return more and last.has("power")
        if token.has("number"):
            if any(part.kind == "digits" or part.has("vague") for part in self.parts):
                return False
            small = last.has("number") or all(power <= SMALL_POWER for power in last.roles.get("power", {}))
            return (
                small
                or more
                or (following is not None and following.has("number") and not token.text.isascii())
            )
        return False

    def _skip(self, place: int, token: Token, following: Token | None) -> int:
        """Pass over what only holds a quote together: "-", "of", "plus" in "300-plus million", "(yuan)"."""
        if following is None:
            return 0
        own = following.has("currency") and self._own_currency(place + 1, following)
        sized = following.has("power", "figures", "class")
        if token.text == "-":
            words = self.parts[-1].has("number") and following.has("number")
            return int(sized or own or words)
        if token.has("link"):
            return int(sized or own or (following.has("vague") and self.parts[-1].has("vague")))
        if token.has("and") and not self.after_between and self.parts[-1].has("power", "number"):
            small = not self.parts[-1].has("power") or all(
                p <= SMALL_POWER for p in self.parts[-1].roles["power"]
            )
            return int(small and following.has("number") and self.parts[-1].kind != "digits")
        if token.has("after") and (sized or own):
            self.hedges.append(token)
            return 1
        closing = self.token(place + 2)
        if token.text == "(" and own and not self.units and closing is not None and closing.text == ")":
            self.units.append(following.value("currency") or _any_unit(following))
            self.closed = True
            return 3
        return 0

    def _own_currency(self, place: int, token: Token) -> bool:
        """Whether a currency word belongs to this quote and not to the number after it."""
        following = self.token(place + 1)
        if not self.parts:
            return not token.has("filler", "raise")
        if following is None or not (following.kind == "digits" or following.has("vague")):
            return True
        before = self.token(place - 1)
        if before is not None and before.text == "-":
            return False
        right, left = token.end == following.start, before is not None and before.end == token.start
        if right and left:
            return token.text[-1].isalpha()
        return left or (not right and not self.units)


def _any_unit(token: Token) -> Unit:
    """The unit of a word that several languages share, the loosest of them."""
    units: list[Unit] = sorted(token.roles["currency"], key=lambda unit: (unit.kind == "named", unit.codes))
    return units[0]


def quotes_in(tokens: Sequence[Token]) -> list[Quote]:
    """Return the sums of a text in reading order, not yet valued and the ends of a range apart."""
    found: list[Quote] = []
    place = depth = 0
    while place < len(tokens):
        depth += {"(": 1, ")": -1}.get(tokens[place].text, 0)
        reader = _Reader(tokens, after_between=opened(tokens, place))
        end = reader.read(place)
        if end is None:
            place += 1
            continue
        found.append(
            Quote(
                place,
                end,
                depth,
                tuple(reader.parts),
                tuple(reader.units),
                tuple(reader.hedges),
                reader.classed,
            )
        )
        place = end
    return found


def opened(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word like "between" stands before a place, hedges and currency aside."""
    while place > 0 and tokens[place - 1].has("before", "currency") and not tokens[place - 1].has("between"):
        place -= 1
    return place > 0 and tokens[place - 1].has("between")
