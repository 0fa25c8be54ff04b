"""Tokens of a date text: the numbers and words in it, with every meaning that they can have."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product

from analysis.parse.date_lexicon import CJK, Meaning, key, lexicon
from analysis.parse.language import words

Meanings = dict[str, tuple[Meaning, ...]]  # by language; under "" in all others

MOST_MEANINGS = 256  # readings of one text; a real one has a handful


@cache
def _day_first() -> frozenset[str]:
    return frozenset(language for language, table in words("dates").items() if table.get("day_first"))


@cache
def _suffixes() -> dict[str, list[str]]:
    """The languages of each ending that makes a number an ordinal."""
    found: dict[str, list[str]] = defaultdict(list)
    for language, table in words("dates").items():
        for suffix in table.get("ordinal_suffixes", ()):
            found[key(suffix)].append(language)
    return found


@cache
def _scanner() -> re.Pattern[str]:
    suffix = "|".join(sorted(_suffixes(), key=len, reverse=True))
    return re.compile(
        rf"""
        (?P<ymd>\d{{4}}([-/]|\.\s?)\d{{1,2}}(?:\2|\.\s)\d{{1,2}}(?!\d)\.?)
        |(?P<dmy>\d{{1,2}}([-/]|\.\s?)\d{{1,2}}(?:\4|\.\s)(?:\d{{4}}|\d\d)(?!\d))
        |(?P<ym>\d{{4}}(?:[-/]|\.\s?)\d{{1,2}}(?!\d|[-./]\d)\.?)
        |(?P<my>\d{{1,2}}[-./]\d{{4}}(?!\d|[-./]\d))
        |(?P<dm>\d{{1,2}}/\d{{1,2}}(?!\d|/)|\d{{1,2}}\.\s?\d{{1,2}}\.(?!\d))
        |(?P<year>\d{{4}}|\d\d(?=\s*[年년]\s*\d{{1,2}}\s*[月월]))\s*[年년]
        |(?P<month>\d{{1,2}})\s*(?:月份|月|월|(?=\s*[-至到]\s*\d{{1,2}}\s*[月월]))
        |(?P<day>\d{{1,2}})\s*[日号號일]
        |'(?P<short>\d\d)(?!\d)
        |(?P<ordinal>\d{{1,2}}-?(?P<suffix>{suffix})(?!\w))
        |(?P<label>[a-z]\d{{1,2}}(?!\w)|\d[a-z](?![a-z]))
        |(?P<number>\d+)
        |(?P<signs>[{CJK}]+)
        |(?P<word>(?:(?![{CJK}])[^\W\d_])+)
        |(?P<dash>-)
        |(?P<slash>/)
        |(?P<and>、)
        |(?P<blank>[\s.,:"]+|'(?!\d\d(?!\d)))
        |(?P<other>.)
        """,
        re.VERBOSE | re.DOTALL,
    )


_NEVER: Meaning = (("!", None),)
_NUMERIC = {"ymd", "ym", "my", "dm", "year", "month", "day", "short", "ordinal", "number"}


def _valid(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _date(year: int, month: int, day: int) -> Meaning:
    return (("D", day), ("M", month), ("Y", year)) if _valid(year, month, day) else _NEVER


def _by_language(every: tuple[Meaning, ...], by_day: tuple[Meaning, ...]) -> Meanings:
    return {"": every, **dict.fromkeys(_day_first(), by_day)}


def _slashed(text: str) -> Meanings:
    """The orders in which day, month and year can be read; day first where a language or a dot says so."""
    a, b, c = map(int, re.findall(r"\d+", text))
    if c > 99:
        orders = [(c, b, a)] if "." in text else [(c, b, a), (c, a, b)]
    else:
        orders = [(2000 + c, b, a), (2000 + a, b, c)] + ([] if "." in text else [(2000 + c, a, b)])
    valid = [order for order in orders if _valid(*order)]
    every = tuple(dict.fromkeys(_date(*order) for order in valid)) or (_NEVER,)
    by_day = every[:1] if c > 99 else every
    return _by_language(every, by_day)


def _numeric(match: re.Match[str]) -> Meanings | None:
    """The meanings of a number, by language where it matters ("" elsewhere); None for anything else."""
    kind = match.lastgroup
    if kind == "dmy":
        return _slashed(match[0])
    if kind not in _NUMERIC:
        return None
    first, *others = (int(number) for number in re.findall(r"\d+", match[0]))
    meanings: tuple[Meaning, ...]
    if kind == "ymd":
        meanings = (_date(first, others[0], others[1]),)
    elif kind == "ym":
        meanings = ((("Y", first), ("M", others[0])) if 1 <= others[0] <= 12 else _NEVER,)
    elif kind == "my":
        meanings = ((("n", first), ("Y", others[0])),)
    elif kind == "dm":
        orders = {
            order: None
            for order in ((first, others[0]), (others[0], first))
            if _valid(2000, order[1], order[0])
        }
        meanings = tuple((("D", day), ("M", month)) for day, month in orders) or (_NEVER,)
        return _by_language(meanings, meanings[:1])
    elif kind in ("year", "short"):
        meanings = ((("Y", first + (2000 if len(match[kind]) == 2 else 0)),),)
    elif kind == "ordinal" and first < 100:
        languages = _suffixes()[match["suffix"]]
        return dict.fromkeys(languages, ((("O", first),),))
    elif kind in ("month", "day"):
        meanings = ((("M" if kind == "month" else "D", first),),)
    elif 1000 <= first <= 9999:
        meanings = ((("Y", first),),)
    else:
        meanings = ((("N", first),),) if first < 100 else (_NEVER,)
    return {"": meanings}


_UNKNOWN: Meanings = {"": ((("?", None),),)}
_LONGEST = 6  # pieces of a phrase, signs of an unspaced word


def _signs(run: str) -> Iterator[Meanings]:
    """The longest known words of a run without spaces, from left to right."""
    at = 0
    while at < len(run):
        for size in range(min(_LONGEST, len(run) - at), 0, -1):
            if found := lexicon().get(run[at : at + size]):
                yield found
                break
        else:
            yield _UNKNOWN
        at += size


def _pieces(text: str) -> list[Meanings]:
    matches = [match for match in _scanner().finditer(text) if match.lastgroup != "blank"]
    found: list[Meanings] = []
    at = 0
    while at < len(matches):
        match = matches[at]
        kind = match.lastgroup
        size = 1
        if kind in ("word", "label", "number"):
            pieces, size = _phrase(matches, at)
            if pieces:
                found.append(pieces)
                at += size
                continue
        quarter = found and next(iter(found[-1].values()))[0][-1][0] in "QH"
        if kind == "number" and len(match[0]) == 2 and quarter:
            found.append({"": ((("Y", 2000 + int(match[0])),),)})  # 1Q25
        elif numeric := _numeric(match):
            found.append(numeric)
        elif kind == "signs":
            found.extend(_signs(match[0]))
        elif kind == "dash":
            found.append({"": ((("-", None),),)})
        elif kind == "slash" and at and matches[at - 1].lastgroup == "ymd":
            found.append({"": ((("T", "to"),),)})
        elif kind == "and" or (
            kind == "slash" and at + 1 < len(matches) and matches[at + 1].lastgroup == "word"
        ):
            found.append({"": ((("J", None),),)})
        elif kind != "slash" or not re.match(r"/\d{4}(?!\d)", text[match.start() :]):
            found.append(_UNKNOWN)
        at += size
    return found


def _phrase(matches: list[re.Match[str]], at: int) -> tuple[Meanings | None, int]:
    """The longest known phrase that starts here, hyphens between its words not counting."""
    pieces: list[str] = []
    best: Meanings | None = None
    size = 1
    for ahead in range(at, min(at + 2 * _LONGEST, len(matches))):
        kind = matches[ahead].lastgroup
        if kind == "dash":
            continue
        if kind not in ("word", "label", "number"):
            break
        pieces.append(matches[ahead][0])
        if found := lexicon().get(" ".join(pieces)):
            best, size = found, ahead - at + 1
    return best, size


def _known(pieces: list[Meanings]) -> frozenset[str]:
    known = frozenset(words("dates"))
    for piece in pieces:
        if "" not in piece:
            known &= piece.keys()
    return known


def spoken(text: str) -> frozenset[str]:
    """The languages that know every word of a folded text; none when it has no words of its own."""
    known = _known(_pieces(text))
    return known if known != frozenset(words("dates")) else frozenset()


def readings(text: str, around: frozenset[str] = frozenset()) -> dict[str, list[Meaning]]:
    """The token sequences that a folded text can stand for, by the language that knows all its words.

    Languages share words and differ in what they mean by them ("mar" is March and mardi). Where no language
    knows every word, the words of all languages are read together, under the key "". A text without
    words is in the languages of the text around it.
    """
    pieces = _pieces(text)
    known = _known(pieces)
    if known == frozenset(words("dates")):
        known = around
    result: dict[str, list[Meaning]] = {}
    for language in sorted(known) or [""]:
        choices = []
        for piece in pieces:
            choice = piece.get(language) or piece.get("") or ()
            if not choice:
                choice = tuple(dict.fromkeys(meaning for meanings in piece.values() for meaning in meanings))
            choices.append(choice)
        count = 1
        for choice in choices:
            count *= len(choice)
        if pieces and count <= MOST_MEANINGS:
            result[language] = [sum(choice, ()) for choice in product(*choices)]
    return result
