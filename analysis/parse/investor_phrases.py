"""The words around the names in a list of investors, in every language of words/."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from analysis.parse.language import words

Role = Literal["lead", "participant"]

EDGES = ' \t\r\n\u00a0\u3000,，、;；:："“”„«»*•·-–—'
_LONGEST_PHRASE = 80  # characters; a longer text is no generic phrase
# Scripts that set words without spaces or glue endings to them; beside them, and beside signs that
# are no letters, a phrase has no boundary.
_GLUED = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_UNSPACED = re.compile(rf"[{_GLUED}\W]")


@cache
def listed(key: str) -> tuple[str, ...]:
    """Return the phrases of one kind in all languages."""
    return tuple(sorted({phrase for table in words("names").values() for phrase in table.get(key, ())}))


def any_of(phrases: Iterable[str], opens: bool = False) -> str:
    """Return the pattern of whole phrases, the longest first.

    A phrase that `opens` a sentence may have a capital; a very short one with a capital is part of a
    name (Do Ventures).
    """
    found: dict[tuple[str, str], list[str]] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        capital = opens and len(phrase) > 3 and phrase[0].isalpha()
        first = f"[{phrase[0]}{phrase[0].upper()}]" if capital else re.escape(phrase[0])
        before = "" if _UNSPACED.match(phrase[0]) else r"(?<![\w-])"
        after = "" if _UNSPACED.match(phrase[-1]) else r"(?![\w-])"
        found.setdefault((before, after), []).append(first + re.escape(phrase[1:]))
    bounded = (f"{before}(?:{'|'.join(some)}){after}" for (before, after), some in found.items())
    return "|".join(bounded) or r"(?!)"


@cache
def cut_pattern() -> re.Pattern[str]:
    """Return the pattern of every place where a list may be cut; not every one of them does."""
    with_colon = set(listed("before_colon"))
    kinds = []
    for kind in ("lead_before", "participant_before", "including"):
        phrases = set(listed(kind))
        kinds.append(rf"(?P<{kind}_colon>(?:{any_of(phrases & with_colon, opens=True)})\s*[:：])")
        kinds.append(rf"(?P<{kind}>(?:{any_of(phrases - with_colon, opens=True)})\s*[:：]?)")
    for kind in ("beside", "lead_after", "participant_after"):
        kinds.append(rf"(?P<{kind}>{any_of(listed(kind))})")
    kinds += [r"(?P<clause>[;；|•\n\r。])", r"(?P<comma>(?<!\d)[,，]|[,，](?!\d)|[、､]|\s[/+]\s)"]
    kinds.append(rf"(?P<spaced>\s(?:{any_of(listed('conjunctions'))})(?=\s))")
    tight = rf"(?P<tight>{'|'.join(map(re.escape, listed('tight_conjunctions')))})"
    # Of these, all but the tight ones, none begins within a word: most places are passed over at once.
    return re.compile(rf"(?:(?=[{_GLUED}\W])|(?<![\w-]))(?:{'|'.join(kinds)})|{tight}")


@cache
def opening(key: str) -> re.Pattern[str]:
    """Return the pattern of phrases before a name; what follows is the name."""
    return re.compile(
        rf"(?:{any_of(listed(key), opens=key == 'introducers')})(?:\s*[:：]\s*|\s+|(?<=[{_GLUED}]))(?=\S)"
    )


@cache
def further_investors() -> re.Pattern[str]:
    """Return the pattern of a name with a last part that may stand for others ("A & other angels")."""
    joints = rf"\s(?:&|{any_of(listed('conjunctions'))})\s|{any_of(listed('others_before'))}"
    return re.compile(rf"(?P<name>.*\S)(?:{joints})(?P<last>.+)")


@cache
def others_after() -> re.Pattern[str]:
    """Return the pattern of what a list ends in when it is not complete ("among others")."""
    return re.compile(rf"(?<=\S)\s*(?:{any_of(listed('others_after'))})$")


@cache
def role_notes() -> dict[str, Role]:
    """Return the roles by the notes in brackets that say them."""
    roles: tuple[tuple[str, Role], ...] = (("lead_notes", "lead"), ("participant_notes", "participant"))
    return {note.casefold(): role for key, role in roles for note in listed(key)}


@cache
def own_amount() -> re.Pattern[str]:
    """Return the pattern of a name and, behind it, a sum or a share."""
    number = r"\d[\d.,]*\s*"
    units, currencies = (
        rf"(?:{'|'.join(re.escape(word) for word in sorted(listed(key), key=len, reverse=True))})(?![a-z])"
        for key in ("amount_units", "amount_currencies")
    )
    money = (
        rf"(?:[A-Z]{{1,3}})?[$€£¥₩₹]\s?{number}(?:{units})?|{number}{units}\s*(?:{currencies})?"
        rf"|{number}{currencies}|{number}(?:%|per ?cent\b)"
    )
    return re.compile(rf"(?P<name>.*\S)(?:\s*[:：–—-]\s*|\s+|(?<=[{_GLUED}]))(?P<note>{money})", re.I)


@cache
def _generic() -> re.Pattern[str]:
    """Phrases that name nobody, in any one language.

    Either every word is a generic one and the last a noun ("11 cornerstone investors"), or the
    opening says that nobody is named ("undisclosed Dubai-based angels").
    """
    found = []
    for table in words("names").values():
        if nouns := [noun.casefold() for noun in table.get("nobody_nouns", ())]:
            noun = any_of(nouns)
            filler = any_of([*nouns, *(word.casefold() for word in table["nobody_fillers"])])
            counter = any_of(table["counters"]) if "counters" in table else r"(?!\d)"
            found.append(rf"(?:(?:{filler}|\d+(?:{counter}))[\W_]*)*(?:{noun})[\W_]*")
            first = any_of(table.get("nobody_openings", ()))
            joint = any_of(table.get("conjunctions", ()))
            found.append(rf"(?:{first})\s(?:(?!{joint})[\w-]+\s){{1,4}}(?:{noun})")
    return re.compile("|".join(found))


@cache
def names_nobody(text: str) -> bool:
    """Say whether a phrase stands for investors without naming one.

    >>> names_nobody("several strategic investors"), names_nobody("Founders Fund")
    (True, False)
    """
    phrase = text.strip(EDGES).casefold()
    if len(phrase) > _LONGEST_PHRASE:
        return False
    return (
        not re.search(r"\w", phrase)
        or phrase in listed("nobody_phrases")
        or phrase in listed("others_after")
        or phrase.endswith(tuple(listed("nobody_endings")))
        or bool(_generic().fullmatch(phrase))
    )


def are_others(text: str) -> bool:
    """Say whether a phrase means further investors, and is not the rest of a name ("Ventures")."""
    return names_nobody(text) and text.strip(EDGES).casefold() not in listed("nobody_phrases")
