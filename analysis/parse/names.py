"""Names of companies and investors: one spelling for comparison, aliases, "did you mean …?".

Two names are the same only when their folded forms are equal or the alias table says so. Likeness
is a hint for a person, never a reason to merge.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from analysis.parse.language import words

# Letters that carry no combining mark in Unicode and still are one letter with a stroke.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe"})
# Signs that stand for a word; other punctuation carries no meaning in a name.
_SIGNS = str.maketrans({"&": " and ", "+": " plus ", "'": "", "’": "", "‘": "", "`": ""})
_ACRONYM = re.compile(r"(?<!\w)(?:\w\.)+\w(?!\w)")
_TOKEN = re.compile(r"(?:\w(?<!_)|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad])+")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_CUTOFF = 80  # likeness in percent under which a suggestion helps nobody
_SHORT = 4  # letters; that a shorter name is like another is chance (an ideograph counts double)


@cache
def _legal_forms(place: str) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(form.split()) for table in words("names").values() for form in table.get(f"legal_{place}", ())
    )


@cache
def _legal_affixes() -> tuple[str, ...]:
    """Legal forms written without a space (有限公司), longest first."""
    found = {form for table in words("names").values() for form in table.get("legal_unspaced", ())}
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


@cache
def look_alikes() -> dict[int, str]:
    """Return the Latin letter for each small letter of another script that looks like it, by code point."""
    tables = (table.get("look_alikes", {}) for table in words("names").values())
    return str.maketrans({sign: latin for table in tables for sign, latin in table.items()})


@cache
def _simplified(ideograph: str) -> str:
    """One ideograph in simplified script; sign by sign, so that neighbours never change the result."""
    return _converter()(ideograph)


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # dictionaries are read for Chinese names only

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def _without_accents(text: str) -> str:
    """Latin letters without their marks (é -> e); marks of other scripts tell letters apart and stay."""
    if text.isascii():
        return text
    kept: list[str] = []
    base = ""
    for sign in unicodedata.normalize("NFD", text):
        if unicodedata.combining(sign):
            if base.isascii() and base.isalpha():
                continue
        else:
            base = sign
        kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))


@cache
def _longest_legal_form() -> int:
    """How many words the longest of them has."""
    return max(map(len, _legal_forms("suffixes") | _legal_forms("prefixes")), default=0)


def _without_legal_forms(tokens: list[str]) -> list[str]:
    suffixes, prefixes, longest = _legal_forms("suffixes"), _legal_forms("prefixes"), _longest_legal_form()
    trimmed = True
    while trimmed:
        trimmed = False
        for size in range(min(longest, len(tokens) - 1), 0, -1):
            if tuple(tokens[-size:]) in suffixes:
                tokens, trimmed = tokens[:-size], True
                break
            if tuple(tokens[:size]) in prefixes:
                tokens, trimmed = tokens[size:], True
                break
    return tokens


def is_legal_form(text: str) -> bool:
    """Say whether a text is nothing but legal forms, such as "Ltd." or "Inc., LLC"."""
    return bool(_TOKEN.search(text)) and _tokens(f"x {text}") == ["x"]


def _without_legal_affix(folded: str) -> str:
    forms = _legal_affixes()
    if not (folded.endswith(forms) or folded.startswith(forms)):
        return folded
    for form in forms:
        for rest in (folded.removesuffix(form), folded.removeprefix(form)):
            if rest and rest != folded:
                return rest
    return folded


def _tokens(name: str) -> list[str]:
    """Words of a name in comparable letters, legal forms left out."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    text = _without_accents(text.translate(_STROKES).translate(_SIGNS))
    if _IDEOGRAPH.search(text):
        text = _IDEOGRAPH.sub(lambda found: _simplified(found[0]), text)
    text = _ACRONYM.sub(lambda found: found[0].replace(".", ""), text)
    return _without_legal_forms(_TOKEN.findall(text))


@cache
def fold(name: str) -> str:
    """Return the form in which two spellings of one name are equal.

    Compatibility forms (full width), case, Latin accents, spaces, punctuation, legal forms and
    traditional against simplified script make no difference. Letters of another script do, however
    alike they look, and so do invisible signs: such a name stays unknown and gets a suggestion.

    >>> fold("Ａlibaba Group Ltd.") == fold("alibaba group")
    True
    >>> fold("螞蟻集團股份有限公司") == fold("蚂蚁集团")
    True
    """
    folded = "".join(_tokens(name))
    while (rest := _without_legal_affix(folded)) != folded:
        folded = rest
    return folded


@cache
def slug(name: str) -> str:
    """Return an id made of a name: its folded words joined by hyphens, in the name's own script.

    >>> slug("Qiming Venture Partners")
    'qiming-venture-partners'
    """
    tokens = _tokens(name)
    return fold(name) if len(tokens) < 2 else "-".join(tokens)


@cache
def _skeleton(name: str) -> str:
    """Folded name as the eye reads it: no invisible signs, Latin letters for their look-alikes."""
    visible = "".join(sign for sign in name.casefold() if unicodedata.category(sign) != "Cf")
    return fold(visible.translate(look_alikes()))


class Aliases:
    """Spellings of known names, each with the id it stands for.

    Raises:
        ValueError: two spellings that fold to the same form stand for different ids.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a spelling and the id it stands for."""
        self.ids: dict[str, str] = {}
        self._folded: dict[str, tuple[str, str]] = {}
        for alias, meaning in pairs:
            first, known = self._folded.setdefault(fold(alias), (alias, meaning))
            if known != meaning:
                raise ValueError(f"ambiguous alias: {first!r} is {known!r} but {alias!r} is {meaning!r}")
            self.ids[alias] = meaning

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.resolve(name) is not None

    def resolve(self, name: str) -> str | None:
        """Return the id a name stands for, or None when no spelling folds to the same form."""
        found = self._folded.get(fold(name))
        return self.ids.get(name) or (found[1] if found and found[0] else None)

    def suggest(self, name: str, limit: int = 3) -> list[str]:
        """Return known spellings that look like `name`, the best first, at most one for each id."""
        from rapidfuzz import fuzz

        wanted = _skeleton(name)
        best: dict[str, tuple[float, str]] = {}
        for alias, meaning in self.ids.items():
            form = _skeleton(alias)
            likeness = fuzz.ratio(wanted, form)
            shorter, longer = sorted((wanted, form), key=len)
            if _weight(shorter) < _SHORT:
                likeness = 100.0 * (shorter == longer)
            elif shorter in longer:
                likeness = max(likeness, _CUTOFF + likeness / 10)
            if likeness >= _CUTOFF and likeness > best.get(meaning, (0.0, ""))[0]:
                best[meaning] = (likeness, alias)
        ranked = sorted(best.values(), key=lambda hit: (-hit[0], hit[1]))
        return [alias for _, alias in ranked[:limit]]


def _weight(folded: str) -> int:
    """Length of a name, an ideograph counted as two letters."""
    return len(folded) + len(_IDEOGRAPH.findall(folded))
