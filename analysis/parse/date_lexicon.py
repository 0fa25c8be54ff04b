"""The words of dates in every language, and the readings of a text in them.

A token is a kind and a value. Kinds, as the grammar in date_phrases writes them:
Y year, M month, D day, W weekday, Q quarter, H half, S season, P part (early, mid, late), N number,
O ordinal, C number word, n number before a slashed year, y m w d q h the units, R relative, A last/this/next,
L latest, G ago, g ago before its number, a number and unit ago, B before, K since, E earlier, T to, J and, F between, "-" dash, "/" between two
whole dates, i filler, "!" never a date of this calendar, "?" not understood.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product
from typing import Any

from analysis.parse.language import words

Token = tuple[str, Any]
Meaning = tuple[Token, ...]

_LOCALES = {"zh": ("zh", "zh_Hant")}  # others are their own locale
_LISTS: dict[str, Token] = {
    "fill": ("i", None), "until": ("T", "until"), "to": ("T", "to"), "and": ("J", None), "between": ("F", None),
    "since": ("K", None), "before": ("B", None), "after": ("!", None), "ago": ("G", None), "ago_first": ("g", None),
    "earlier": ("E", None), "fiscal": ("!", None), "last": ("A", -1), "this": ("A", 0), "next": ("A", 1),
    "latest": ("L", -1),
}  # fmt: skip
_TABLES = {"months": "M", "weekdays": "W", "numbers": "C", "ordinals": "O", "quarters": "Q", "halves": "H"}
_UNITS = {"year": "y", "month": "m", "week": "w", "day": "d", "quarter": "q", "half": "h"}
UNITS = {letter: unit for unit, letter in _UNITS.items()}

_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−〜～~", "-"),
        **dict.fromkeys("’‘`´", "'"),
        **dict.fromkeys("[{【", "("),
        **dict.fromkeys("]}】", ")"),
        "°": "o",
    }
)
_TIME = re.compile(
    r"(?<=\d)(?:t|,?\s+)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:z|utc|gmt|[ap]m)?(?:\s?[+-]\d\d:?\d\d)?(?!\d)"
)
_WRITTEN_DAY = re.compile(r"(?<!\d)(\d{1,2})[-/]([^\W\d_]+)\.?[-/](?=\d{2,4}(?!\d))")
_CJK_DIGITS = {
    sign: value
    for value, signs in enumerate(("〇零", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
_CJK_NUMBER = re.compile(
    r"(?<![上下这這本周週期拜])[〇零一二两兩三四五六七八九十廿]{1,4}(?=\s*(?:[年月日号號天周週个個季星礼禮]|か月|ヶ月|カ月))"
)
MOST_MEANINGS = 256  # readings of one text; a real one has a handful


def _cjk_number(match: re.Match[str]) -> str:
    signs = match[0].replace("廿", "二十")
    if "十" not in signs:
        return "".join(str(_CJK_DIGITS[sign]) for sign in signs)
    tens, _, ones = signs.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return match[0]
    return str(10 * _CJK_DIGITS.get(tens, 1) + _CJK_DIGITS.get(ones, 0))


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in parts if unicodedata.category(sign) != "Mn"))


def fold(text: str) -> str:
    """One spelling for comparison: no case, no accents, plain dashes and brackets, numbers as digits."""
    text = text.strip().lstrip("~〜～≈")
    if not text.isascii():
        text = _without_marks(unicodedata.normalize("NFKC", text).translate(_SIGNS).casefold())
        text = _eras().sub(_era_year, text)
        text = _CJK_NUMBER.sub(_cjk_number, text)
    else:
        text = text.translate(_SIGNS).casefold()
    return _WRITTEN_DAY.sub(r"\1 \2 ", _TIME.sub("", text)).strip()


@cache
def _eras() -> re.Pattern[str]:
    names = "|".join(_era_starts()) or "(?!)"
    return re.compile(rf"({names})\s*(\d{{1,3}}|元)\s*年")


@cache
def _era_starts() -> dict[str, int]:
    return {
        _without_marks(era): start
        for table in words("dates").values()
        for era, start in table.get("eras", {}).items()
    }


def _era_year(match: re.Match[str]) -> str:
    return f"{_era_starts()[match[1]] + (1 if match[2] == '元' else int(match[2]))}年"


def _key(word: str) -> str:
    return " ".join(re.findall(r"\w+", _without_marks(unicodedata.normalize("NFKC", word).casefold())))


def _calendar_names(language: str) -> Iterator[tuple[str, Token]]:
    # The stand-alone context is left out: where a locale inherits it, Babel answers with the names of whichever
    # locale was read first. Languages that inflect list their nominatives.
    from babel.core import Locale

    for name in _LOCALES.get(language, (language,)):
        locale = Locale.parse(name)
        for width in ("wide", "abbreviated"):
            for month, word in locale.months["format"][width].items():
                yield word, ("M", month)
            for day, word in locale.days["format"][width].items():
                if len(word) > 1:  # 月 and 日 are Monday and Sunday, and month and day
                    yield word, ("W", day + 1)


def _listed(table: dict[str, Any]) -> Iterator[tuple[str, Token]]:
    for name, token in _LISTS.items():
        for word in table.get(name, ()):
            yield word, token
    for name, kind in _TABLES.items():
        for number, found in table.get(name, {}).items():
            for word in found:
                yield word, (kind, int(number))
    for unit, found in table.get("units", {}).items():
        for word in found:
            yield word, (_UNITS[unit], None)
    for unit, found in table.get("one_ago", {}).items():
        for word in found:
            yield word, ("a", (1, unit))
    for season, found in table.get("seasons", {}).items():
        for word in found:
            yield word, ("S", season)
    for key, found in table.get("parts", {}).items():
        part, _, unit = key.partition(" ")
        for word in found:
            yield word, ("P", (part, unit or None))
    for key, found in table.get("relative", {}).items():
        unit, _, offset = key.partition(" ")
        for word in found:
            yield word, ("R", (unit, int(offset)))


@cache
def _lexicon() -> dict[str, dict[str, tuple[Meaning, ...]]]:
    """Every word with its meanings by language."""
    found: dict[str, dict[str, dict[Meaning, None]]] = defaultdict(lambda: defaultdict(dict))
    for language, table in words("dates").items():
        for word, token in (*_calendar_names(language), *_listed(table)):
            found[_key(word)][language][(token,)] = None
        for key, weeks in table.get("relative", {}).items():
            unit, _, offset = key.partition(" ")
            if unit == "week":
                for weekday, signs in table.get("week_signs", {}).items():
                    for word, sign in product(weeks, signs):
                        found[_key(word + sign)][language][
                            (("R", (unit, int(offset))), ("W", int(weekday)))
                        ] = None
    return {
        word: {language: tuple(meanings) for language, meanings in by.items()} for word, by in found.items()
    }


@cache
def _day_first() -> frozenset[str]:
    return frozenset(language for language, table in words("dates").items() if table.get("day_first"))


@cache
def _suffixes() -> dict[str, list[str]]:
    """The languages of each ending that makes a number an ordinal."""
    found: dict[str, list[str]] = defaultdict(list)
    for language, table in words("dates").items():
        for suffix in table.get("ordinal_suffixes", ()):
            found[_key(suffix)].append(language)
    return found


@cache
def _scanner() -> re.Pattern[str]:
    suffix = "|".join(sorted(_suffixes(), key=len, reverse=True))
    return re.compile(
        rf"""
        (?P<ymd>(\d{{4}})\s?([-./])\s?(\d{{1,2}})\s?\3\s?(\d{{1,2}})(?!\d)\.?)
        |(?P<dmy>(\d{{1,2}})\s?([-./])\s?(\d{{1,2}})\s?\8\s?(\d{{4}}|\d\d)(?!\d))
        |(?P<ym>(\d{{4}})(?:[-/]|\.\s?)(\d{{1,2}})(?!\d|[-./]\d)\.?)
        |(?P<my>(\d{{1,2}})[-./](\d{{4}})(?!\d|[-./]\d))
        |(?P<dm>(\d{{1,2}})/(\d{{1,2}})(?!\d|/)|(\d{{1,2}})\.\s?(\d{{1,2}})\.(?!\d))
        |(?P<year>\d{{4}}|\d\d(?=\s*[年년]\s*\d{{1,2}}\s*[月월]))\s*[年년]
        |(?P<month>\d{{1,2}})\s*(?:月份|月|월|(?=[-至到]\s*\d{{1,2}}\s*[月월]))
        |(?P<day>\d{{1,2}})\s*[日号號일]
        |'(?P<short>\d\d)(?!\d)
        |(?P<ordinal>\d{{1,2}}-?(?P<suffix>{suffix})(?!\w))
        |(?P<label>[a-z]\d{{1,2}}(?!\w)|\d[a-z](?![a-z]))
        |(?P<number>\d+)
        |(?P<signs>[{_CJK}]+)
        |(?P<word>(?:(?![{_CJK}])[^\W\d_])+)
        |(?P<dash>-)
        |(?P<slash>/)
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


def _by_language(every: tuple[Meaning, ...], by_day: tuple[Meaning, ...]) -> dict[str, tuple[Meaning, ...]]:
    return {"": every, **dict.fromkeys(_day_first(), by_day)}


def _slashed(text: str) -> dict[str, tuple[Meaning, ...]]:
    """The orders in which day, month and year can be read; the day first where a language or a dot says so."""
    a, b, c = map(int, re.findall(r"\d+", text))
    if c > 99:
        orders = [(c, b, a)] if "." in text else [(c, b, a), (c, a, b)]
    else:
        orders = [(2000 + c, b, a), (2000 + a, b, c)] + ([] if "." in text else [(2000 + c, a, b)])
    valid = [order for order in orders if _valid(*order)]
    every = tuple(dict.fromkeys(_date(*order) for order in valid)) or (_NEVER,)
    by_day = every[:1] if c > 99 else every
    return _by_language(every, by_day)


def _numeric(match: re.Match[str]) -> dict[str, tuple[Meaning, ...]] | None:
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
        meanings = tuple((("M", month), ("D", day)) for day, month in orders) or (_NEVER,)
        return _by_language(meanings, meanings[:1])
    elif kind in ("year", "short"):
        meanings = ((("Y", first + (2000 if first < 100 else 0)),),)
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


_UNKNOWN: dict[str, tuple[Meaning, ...]] = {"": ((("?", None),),)}
_LONGEST = 6  # pieces of a phrase, signs of an unspaced word


def _signs(run: str) -> Iterator[dict[str, tuple[Meaning, ...]]]:
    """The longest known words of a run without spaces, from left to right."""
    at = 0
    while at < len(run):
        for size in range(min(_LONGEST, len(run) - at), 0, -1):
            if found := _lexicon().get(run[at : at + size]):
                yield found
                break
        else:
            yield _UNKNOWN
        at += size


def _pieces(text: str) -> list[dict[str, tuple[Meaning, ...]]]:
    matches = [match for match in _scanner().finditer(text) if match.lastgroup != "blank"]
    found: list[dict[str, tuple[Meaning, ...]]] = []
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
        elif kind != "slash" or not re.match(r"/\d{4}(?!\d)", text[match.start() :]):
            found.append(_UNKNOWN)
        at += size
    return found


def _phrase(matches: list[re.Match[str]], at: int) -> tuple[dict[str, tuple[Meaning, ...]] | None, int]:
    """The longest known phrase that starts here, hyphens between its words not counting."""
    pieces: list[str] = []
    best: dict[str, tuple[Meaning, ...]] | None = None
    size = 1
    for ahead in range(at, min(at + 2 * _LONGEST, len(matches))):
        kind = matches[ahead].lastgroup
        if kind == "dash":
            continue
        if kind not in ("word", "label", "number"):
            break
        pieces.append(matches[ahead][0])
        if found := _lexicon().get(" ".join(pieces)):
            best, size = found, ahead - at + 1
    return best, size


def _known(pieces: list[dict[str, tuple[Meaning, ...]]]) -> frozenset[str]:
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
    knows every word, the words of all languages are read together, under the key "". A text without words is in
    the languages of the text around it.
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
