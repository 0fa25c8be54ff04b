"""The words of dates in every language: what each can mean, and one spelling to find it by.

A word means tokens, each a kind and a value. Kinds, as the grammar in date_phrases writes them:
Y year, M month, D day, W weekday, Q quarter, H half, S season, P part (early, mid, late), N number,
O ordinal, C number word, n number before a slashed year, y m w d q h the units, R relative,
A last/this/next, L latest, G ago, g ago before its number, a number and unit ago, B before, K since,
E earlier, T to, J and, F between, "-" dash, i filler, "!" what fixes no date, "?" not understood.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

from analysis.parse.language import words

Token = tuple[str, Any]
Meaning = tuple[Token, ...]

_LOCALES = {"zh": ("zh", "zh_Hant")}  # others are their own locale
_LISTS: dict[str, Token] = {
    "fill": ("i", None), "until": ("T", "until"), "to": ("T", "to"), "and": ("J", None),
    "between": ("F", None), "since": ("K", None), "before": ("B", None), "after": ("!", None),
    "ago": ("G", None), "ago_first": ("g", None), "earlier": ("E", None), "fiscal": ("!", None),
    "last": ("A", -1), "this": ("A", 0), "next": ("A", 1), "latest": ("L", -1),
}  # fmt: skip
_TABLES = {"months": "M", "weekdays": "W", "numbers": "C", "ordinals": "O", "quarters": "Q", "halves": "H"}
_UNITS = {"year": "y", "month": "m", "week": "w", "day": "d", "quarter": "q", "half": "h"}
UNITS = {letter: unit for unit, letter in _UNITS.items()}

CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("〜～~", " - "),
        **dict.fromkeys("’‘`´", "'"),
        **dict.fromkeys("[{【", "("),
        **dict.fromkeys("]}】", ")"),
        "°": "o",
    }
)
_TIME = re.compile(
    r"(?<=\d)(?:t|,?\s+)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:z|utc|gmt|[ap]m)?(?:\s?[+-]\d\d:?\d\d)?(?!\d)"
    r"|\d{1,2}\s*[点點时時시](?:\s*\d{1,2}\s*[分분])?"
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


def key(word: str) -> str:
    """The spelling of a word or phrase in the lexicon."""
    return " ".join(re.findall(r"\w+", _without_marks(unicodedata.normalize("NFKC", word).casefold())))


def _calendar_names(language: str) -> Iterator[tuple[str, Token]]:
    # The stand-alone context is left out: where a locale inherits it, Babel answers with the names of
    # whichever locale was read first. Languages that inflect list their nominatives.
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
    for name, found in table.get("parts", {}).items():
        part, _, unit = name.partition(" ")
        for word in found:
            yield word, ("P", (part, unit or None))
    for name, found in table.get("relative", {}).items():
        unit, _, offset = name.partition(" ")
        for word in found:
            yield word, ("R", (unit, int(offset)))


@cache
def lexicon() -> dict[str, dict[str, tuple[Meaning, ...]]]:
    """Every word with its meanings by language."""
    found: dict[str, dict[str, dict[Meaning, None]]] = defaultdict(lambda: defaultdict(dict))
    for language, table in words("dates").items():
        for word, token in (*_calendar_names(language), *_listed(table)):
            found[key(word)][language][(token,)] = None
        for name, weeks in table.get("relative", {}).items():
            unit, _, offset = name.partition(" ")
            if unit == "week":
                for weekday, signs in table.get("week_signs", {}).items():
                    for word, sign in product(weeks, signs):
                        found[key(word + sign)][language][
                            (("R", (unit, int(offset))), ("W", int(weekday)))
                        ] = None
    return {
        word: {language: tuple(meanings) for language, meanings in by.items()} for word, by in found.items()
    }
