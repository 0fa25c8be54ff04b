"""The words that money texts use, in all languages together, and how a text is cut into them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, TypeAlias

from analysis.parse.currencies import currency_words, iso_codes
from analysis.parse.language import words
from analysis.parse.numbers import DIGITS, Separators, read_digits

# What a word can do: role -> value -> the languages in which it does so.
Roles: TypeAlias = Mapping[str, Mapping[Any, frozenset[str]]]

_PLAIN_ROLES = (
    "between", "join", "and", "class", "figures", "link", "clause", "raise", "plus", "part", "change", "rate",
    "count", "valuation", "valued", "undisclosed", "filler",
)  # fmt: skip
_ANY = "any"
_IDEOGRAPH = "\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_UNSPACED = re.compile(f"[{_IDEOGRAPH}]")
_BLANK_WITHIN = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff]) (?=[\u3040-\u30ff\u3400-\u9fff])")
_UNKNOWN = re.compile(rf"[^\W_{_IDEOGRAPH}](?:[^\W{_IDEOGRAPH}]|')*|[{_IDEOGRAPH}]|.")
_DIGIT = re.compile("[0-9]")
_KEPT = 1 << 16  # shapes of texts
_ESCAPED_BYTES = re.compile(r"(?:\\+x[0-9a-fA-F]{2})+")
_WIDTH_FORMS = ("<wide>", "<narrow>", "<noBreak>", "<compat>", "<square>")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("〜～∼", "~"), **dict.fromkeys("’‘`´′", "'"),
        **dict.fromkeys("\"“”„«»‹›「」『』《》\u200b\u200c\u200d\u2060\ufeff", " "),
        **dict.fromkeys("[【〔{", "("), **dict.fromkeys("]】〕}", ")"), 
        "½": ".5", "¼": ".25", "¾": ".75", "İ": "I", "、": ";", "。": ".",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text: digits, a known word with its roles, an unknown word, or a sign.

    `start` and `end` are places in the folded text; two tokens touch where one ends and the other starts.
    """

    kind: str
    text: str
    start: int
    end: int
    roles: Roles

    def has(self, *roles: str) -> bool:
        """Whether the token can play one of these roles."""
        return bool(self.roles) and not self.roles.keys().isdisjoint(roles)

    def value(self, role: str) -> Any:
        """Return the one value that the token has in a role, None without the role or with several values."""
        values = self.roles.get(role, {})
        return next(iter(values)) if len(values) == 1 else None

    def spoken_in(self, languages: frozenset[str]) -> "Token":
        """Return the token with the roles that it has in these languages."""
        if not self.roles:
            return self
        return Token(self.kind, self.text, self.start, self.end, in_languages(self.roles, languages))

    def number(self, separators: Separators, sized: bool) -> Decimal | None:
        """Return the value of digits, as `read_digits` does."""
        return read_digits(self.text, separators, sized)


def _refold_decoded(match: re.Match[str]) -> str:
    return bytes.fromhex(re.sub(r"\\+x", "", match[0])).decode("utf-8", "replace").replace("\ufffd", " ")


@cache
def _simplified() -> dict[int, str]:
    return {
        ord(pair[0]): pair[1] for table in words("amounts").values() for pair in table.get("traditional", [])
    }


def fold(text: str) -> str:
    """Return a text with one form for each sign: width, dashes, quotes, blanks, simplified script.

    Unlike NFKC it leaves superscripts and fractions alone, so that "10²" never becomes 102. Case is kept.
    """
    text = _ESCAPED_BYTES.sub(_refold_decoded, text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = "".join(
            unicodedata.normalize("NFKC", sign)
            if unicodedata.decomposition(sign).startswith(_WIDTH_FORMS)
            else sign
            for sign in text
        )
        text = unicodedata.normalize("NFC", text).translate(_SIGNS).translate(_simplified())
    text = " ".join(text.translate(_SIGNS).split())
    return _BLANK_WITHIN.sub("", text)


def _entries() -> Iterator[tuple[str, str, Any, str]]:
    """Every word of the language files with its role, value and language."""
    for language, table in words("amounts").items():
        for role in _PLAIN_ROLES:
            yield from ((word, role, None, language) for word in table.get(role, []))
        for role in ("before", "after", "bare", "basis"):
            for value, listed in table.get(role, {}).items():
                yield from ((word, role, value, language) for word in listed)
        for value, listed in table.get("numbers", {}).items():
            yield from ((word, "number", Decimal(value), language) for word in listed)
        for role, key in (("power", "powers"), ("glued", "glued"), ("vague", "vague")):
            for value, listed in table.get(key, {}).items():
                yield from ((word, role, int(value), language) for word in listed)
    for word, unit, language in currency_words():
        yield word, "currency", unit, language


@cache
def _vocabulary() -> tuple[dict[str, Roles], dict[str, tuple[int, ...]]]:
    """The roles of each folded word, and the lengths of the words that start with a sign, longest first."""
    found: dict[str, dict[str, dict[Any, set[str]]]] = {}
    for word, role, value, language in _entries():
        roles = found.setdefault(fold(word).lower(), {})
        roles.setdefault(role, {}).setdefault(value, set()).add(language)
    lengths: dict[str, set[int]] = {}
    for word in found:
        lengths.setdefault(word[0], set()).add(len(word))
    frozen: dict[str, Roles] = {
        word: {
            role: {value: frozenset(spoken) for value, spoken in values.items()}
            for role, values in roles.items()
        }
        for word, roles in found.items()
    }
    return frozen, {sign: tuple(sorted(sizes, reverse=True)) for sign, sizes in lengths.items()}


def _spelled(sign: str) -> bool:
    """Whether a sign is a letter of a script that puts blanks between words."""
    return sign.isalpha() and not _UNSPACED.match(sign)


def _known_word(lower: str, start: int, after_digits: bool) -> str | None:
    """The longest known word at a place, None where only a part of a longer word would fit."""
    vocabulary, lengths = _vocabulary()
    for length in lengths.get(lower[start], ()):
        word = lower[start : start + length]
        roles = vocabulary.get(word)
        if roles is None:
            continue
        following = lower[start + length : start + length + 1]
        if _spelled(word[-1]):
            if following and _spelled(following):
                continue
            if following.isdigit() and not ("currency" in roles or "before" in roles):
                continue
        if (
            after_digits
            and _spelled(word[0])
            and not roles.keys() & {"power", "glued", "currency", "count", "after"}
        ):
            continue
        return word
    return None


def _goes_on(tokens: list[Token], place: int) -> bool:
    """Whether digits at a place are the rest of a number that begins in an unknown word: "million1,200"."""
    if len(tokens) < 2 or tokens[-1].text not in (".", ",") or tokens[-1].end != place:
        return False
    word, mark = tokens[-2:]
    return word.kind == "unknown" and word.end == mark.start and word.text[-1].isdigit()


def tokens_of(folded: str) -> list[Token]:
    """Cut a folded text into tokens, longest known word first; nothing but blanks is left out.

    Digits grown together with unknown letters or signs ("3D", "10^30") are unknown, not numbers.
    """
    lower, vocabulary = folded.lower(), _vocabulary()[0]
    tokens: list[Token] = []
    place = 0
    while place < len(lower):
        if lower[place] == " ":
            place += 1
            continue
        digits = DIGITS.match(lower, place)
        after_digits = bool(tokens) and tokens[-1].kind == "digits" and tokens[-1].end == place
        if digits:
            kind = "garbled" if _goes_on(tokens, place) else "digits"
            token = Token(kind, digits[0], place, digits.end(), {})
        elif word := _known_word(lower, place, after_digits):
            token = Token("word", word, place, place + len(word), vocabulary[word])
        elif lower[place] in "().,;:-!/" and not (after_digits and lower[place] == "/"):
            token = Token(lower[place], lower[place], place, place + 1, {})
        else:
            run = _UNKNOWN.match(lower, place)
            end = run.end() if run else place + 1
            unit = iso_codes().get(folded[place:end])
            if unit:
                token = Token("word", lower[place:end], place, end, {"currency": {unit: frozenset([_ANY])}})
            else:
                kind = "garbled" if after_digits and not _UNSPACED.match(lower[place]) else "unknown"
                token = Token(kind, lower[place:end], place, end, {})
        tokens.append(token)
        place = token.end
    return tokens


def languages_of(tokens: list[Token]) -> frozenset[str]:
    """Return the languages that most words of a text belong to; empty if its words tell nothing."""
    votes: Counter[str] = Counter()
    for token in tokens:
        if not token.roles:
            continue
        spoken = {
            name for values in token.roles.values() for languages in values.values() for name in languages
        }
        if _ANY not in spoken:
            votes.update(spoken)
    most = max(votes.values(), default=0)
    return frozenset(language for language, count in votes.items() if count == most)


def shape_of(folded: str) -> str:
    """Return a folded text with a zero for each digit: its words are the same for all digits."""
    return _DIGIT.sub("0", folded)


def spoken_tokens(folded: str) -> tuple[list[Token], frozenset[str]]:
    """Cut a folded text into tokens with the roles that they have in its languages; return these, too."""
    tokens, languages = _spoken_tokens(shape_of(folded))
    lower = folded.lower()
    own = [
        token
        if token.kind == "word"
        else Token(token.kind, lower[token.start : token.end], token.start, token.end, token.roles)
        for token in tokens
    ]
    return own, languages


@lru_cache(_KEPT)
def _spoken_tokens(shape: str) -> tuple[list[Token], frozenset[str]]:
    tokens = tokens_of(shape)
    languages = languages_of(tokens)
    return [token.spoken_in(languages) for token in tokens], languages


def in_languages(roles: Roles, languages: frozenset[str]) -> Roles:
    """Return the roles that a word has in these languages, all of them if it has none there."""
    wanted = languages | {_ANY}
    kept: dict[str, Mapping[Any, frozenset[str]]] = {}
    for role, values in roles.items():
        meant = {value: spoken for value, spoken in values.items() if spoken & wanted}
        if meant:
            kept[role] = meant
    return kept or roles


@cache
def separators_of(languages: frozenset[str]) -> Separators:
    """Return what points and commas do in all of these languages, by CLDR; English where nothing is known."""
    from babel import Locale

    settled = ["en"] if not languages or "en" in languages else sorted(languages)
    symbols = [Locale.parse(language).number_symbols["latn"] for language in settled]

    def groups(mark: str) -> bool | None:
        uses = {
            "groups" if sign["group"] == mark else "decimal" if sign["decimal"] == mark else ""
            for sign in symbols
        }
        return uses == {"groups"} if uses in ({"groups"}, {"decimal"}) else None

    return Separators(groups("."), groups(","))
