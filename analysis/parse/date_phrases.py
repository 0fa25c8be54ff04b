"""Grammar of date phrases: a sequence of tokens to what it says.

The order of words differs from language to language, so little of it counts: neighbours that belong together
are joined by the rules ("last" and "month", "first" and "quarter"), one word such as "to" splits a range, and
the rest is a set of fields. Whatever is left over makes the text unreadable.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final, Literal

from analysis.parse.date_lexicon import UNITS, Meaning, Token
from analysis.parse.date_spans import Phrase
from analysis.parse.date_tokens import readings

# A statement about dates that fixes none: a bound, a fiscal year, 31 February.
BLOCKED: Final = "blocked"
Reading = Phrase | Literal["blocked"] | None

_Join = Callable[[list[Token]], Token | None]


def _value(tokens: list[Token], kinds: str) -> Any:
    return next(value for kind, value in tokens if kind in kinds)


def _numbered(kind: str, most: int, tokens: list[Token]) -> Token | None:
    number = _value(tokens, "NOCn")
    return (kind, number) if 1 <= number <= most else None


def _only(kinds: str, result: str, tokens: list[Token]) -> Token:
    return result, _value(tokens, kinds)


def _count(kind: str, tokens: list[Token]) -> Token:
    return kind, (_value(tokens, "NOC"), UNITS[next(k for k, _ in tokens if k in UNITS)])


def _offset(tokens: list[Token]) -> Token:
    return ("R", (UNITS[next(kind for kind, _ in tokens if kind in UNITS)], _value(tokens, "A")))


def _weeks_ago(tokens: list[Token]) -> Token | None:
    return ("a", (tokens[0][1], "week")) if tokens[1][1] == ("week", -1) else None


_RULES: list[tuple[re.Pattern[str], _Join]] = [
    (re.compile(pattern), join)
    for pattern, join in (
        ("P-(?=[MYSQRAy])", partial(_only, "P", "P")),  # mid-March, mid-year
        ("g[NCO][ymwd]|[NCO][ymwd]G", partial(_count, "a")),
        ("^DG$", lambda tokens: ("a", (tokens[0][1], "day"))),  # 3일 전
        ("[NC]R", _weeks_ago),  # dua minggu lalu
        ("[NCO][ymwd]B", partial(_count, "b")),
        ("[NOC]q|q[NOCn]", partial(_numbered, "Q", 4)),
        ("[NOC]h|h[NOCn]", partial(_numbered, "H", 2)),
        ("[NOC]w", lambda tokens: ("?", None)),  # the second week of March
        ("mn|n", partial(_numbered, "M", 12)),
        ("yY|Yy", partial(_only, "Y", "Y")),
        ("mM|Mm", partial(_only, "M", "M")),
        ("dD|Dd", partial(_only, "D", "D")),
        ("dW|Wd", partial(_only, "W", "W")),
        ("d[NO]", partial(_only, "NO", "D")),
        ("A[ymwdqh]|[ymwdqh]A", _offset),
        ("P[ym]$", lambda tokens: ("P", (tokens[0][1][0], UNITS[tokens[1][0]]))),  # the end of the month
    )
]


def _joined(tokens: list[Token]) -> list[Token]:
    kinds = "".join(kind for kind, _ in tokens)
    for pattern, join in _RULES:
        at = 0
        while match := pattern.search(kinds, at):
            start, end = match.span()
            found = join(tokens[start:end])
            if found:
                tokens = [*tokens[:start], found, *tokens[end:]]
                kinds = kinds[:start] + found[0] + kinds[end:]
            at = start + 1
    return tokens


_FIELDS = {"Y": "year", "M": "month", "D": "day", "W": "weekday", "Q": "quarter", "H": "half", "S": "season",
           "R": "relative", "a": "ago", "A": "turn", "L": "turn"}  # fmt: skip


def _fields(tokens: list[Token], in_range: bool = False) -> Reading:
    """The phrase that one side of a range, or a whole text, makes; None when it is none."""
    found: dict[str, Any] = {}
    number: Token | None = None
    for kind, value in tokens:
        if kind in _FIELDS:
            name = _FIELDS[kind]
            if found.setdefault(name, value) != value:
                return None
        elif kind == "P":
            if "part" in found:
                return None
            found["part"], found["part_of"] = value
        elif kind in "NO" and number is None:
            number = (kind, value)
        elif kind in "KEw":
            found[{"K": "since", "E": "earlier", "w": "week"}[kind]] = True
        elif kind in "B!":
            return BLOCKED
        else:
            return None
    if number:
        # A bare number is a day beside a month or in a range; 18th is one anywhere.
        if "day" in found or not ("month" in found or number[0] == "O" or in_range):
            return None
        found["day"] = number[1]
    if not 1 <= found.get("day", 1) <= 31 or not 1 <= found.get("month", 1) <= 12:
        return BLOCKED
    phrase = Phrase(**found)
    return phrase if in_range or _sensible(phrase) else None


def _sensible(phrase: Phrase) -> bool:
    """Whether the fields go together."""
    unit = phrase.relative[0] if phrase.relative else None
    in_month = bool(phrase.month) or unit == "month"
    in_some_year = phrase.year is not None or unit == "year"
    within = [phrase.quarter, phrase.season, in_month, phrase.day and not in_month]
    rest = (phrase.month, phrase.day, phrase.weekday, phrase.part, phrase.quarter, phrase.half, phrase.season)
    if phrase.ago:
        return not any((*rest, phrase.year, unit, phrase.turn is not None, phrase.week, phrase.earlier))
    if phrase.year is not None and (unit or phrase.turn is not None):
        return False
    if sum(map(bool, within)) > 1 or (
        phrase.half and (phrase.quarter or phrase.season or phrase.day or phrase.part)
    ):
        return False
    if in_some_year and not in_month and (phrase.day or phrase.weekday):
        return False
    if unit == "month" and phrase.month:
        return False
    if unit in ("week", "day") and any(rest[:2] + rest[3:]):
        return False
    if unit in ("quarter", "half") and any(rest):
        return False
    if phrase.weekday and (phrase.part or phrase.quarter or phrase.half or phrase.season):
        return False
    if phrase.part:
        if (
            phrase.day
            or (phrase.part_of == "year" and in_month)
            or (phrase.part_of == "month" and in_some_year and not in_month)
        ):
            return False
        if phrase.part_of is None and not (in_month or in_some_year or phrase.quarter or phrase.season):
            return False
    if phrase.week and not phrase.day:
        return False
    if phrase.earlier and not (unit or in_some_year):
        return False
    if phrase.turn == 1 and (phrase.day or phrase.rhythm == "week"):
        return False
    return phrase.year is not None or unit is not None or any(rest)


def _range(left: list[Token], right: list[Token]) -> Reading:
    start, end = _fields(left, in_range=True), _fields(right, in_range=True)
    if BLOCKED in (start, end):
        return BLOCKED
    if not isinstance(start, Phrase) or not isinstance(end, Phrase):
        return None
    if start.since or end.since or start.ago or end.ago or start.turn is not None or end.turn is not None:
        return None
    if start.day and end.day:  # 28-29 January, January 28-29
        start, end = (
            replace(start, month=start.month or end.month),
            replace(end, month=end.month or start.month),
        )
        if not start.month:
            return None
    elif start.year and start.month and end == Phrase(day=end.day):  # 2026-02 or 03
        end = Phrase(month=end.day)
    if end.relative:  # March to May last year
        start = replace(start, relative=start.relative or end.relative)
        if start.relative != end.relative:
            return None
    year = start.year if end.year is None else end.year
    end = replace(end, relative=None, year=year)
    if start.relative and (start.relative[0] != "year" or year is not None):
        return None
    open_start = replace(start, year=year) if start.year is None else start
    for side in (open_start, replace(end, relative=start.relative)):
        if not _sensible(side) or (side.rhythm != "year" and side.years == [] and side.relative is None):
            return None
    return replace(start, upto=end)


def _parse(meaning: Meaning) -> Reading:
    tokens = _joined([token for token in meaning if token[0] != "i"])
    kinds = "".join(kind for kind, _ in tokens)
    if "?" in kinds:
        return BLOCKED if "B" in kinds or "!" in kinds else None
    if before := re.fullmatch("b(.+)", kinds):
        anchor = _fields(tokens[before.start(1) :])
        return (
            Phrase(ago=tokens[0][1], anchor=anchor)
            if isinstance(anchor, Phrase) and anchor.absolute
            else BLOCKED
        )
    if re.fullmatch("[^TJ-]+[TJ-][^TJ-]+T", kinds) and tokens[-1][1] == "until":
        tokens, kinds = tokens[:-1], kinds[:-1]  # 3월부터 5월까지
    if split := re.fullmatch("[FK]?([^TJFK-]+)[TJ-]([^TJFK-]+)", kinds):
        return _range(tokens[split.start(1) : split.end(1)], tokens[split.start(2) :])
    if tokens and ("T", "until") in (tokens[0], tokens[-1]):
        return BLOCKED
    return _fields(tokens)


def phrases(text: str, around: frozenset[str] = frozenset()) -> set[Phrase] | Literal["blocked"]:
    """Everything that a folded text can say; BLOCKED when it speaks of dates and fixes none.

    Args:
        around: languages of the text that it stands in.
    """
    found: set[Phrase] = set()
    blocked = False
    for meanings in readings(text, around).values():
        parsed = [_parse(meaning) for meaning in meanings]
        said = {reading for reading in parsed if isinstance(reading, Phrase)}
        blocked = blocked or (not said and BLOCKED in parsed)
        found |= said
    return BLOCKED if blocked else found
