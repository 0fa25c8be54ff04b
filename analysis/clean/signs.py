"""Signs that the eye does not see or takes for others: a cell with one is read as it stands, and named."""

import re
import unicodedata
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.clean.sheets import Problem, visible
from analysis.parse.names import look_alikes

_INVISIBLE = (
    "[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufff9-\ufffd\ue000-\uf8ff]"
)
# Blanks that no line breaks at stand between thousands, and between a number and what it counts.
_BLANK = "[\u00a0\u202f]"
_UNUSUAL = rf"{_BLANK}(?!\d{{3}}(?!\d)|[^\W\d]|[$€£¥])"
_UNSEEN = re.compile(f"{_INVISIBLE}|{_UNUSUAL}")
_OTHER = "[\u0370-\u052f]"  # Greek and Cyrillic
_LATIN = "[A-Za-z]"
# UTF-8 that was read as cp1252: a lead byte, and bytes that only stand behind one.
_CP1252 = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MANGLED = re.compile(rf"[À-ß][{_CP1252}]|[à-ï][{_CP1252}]{{2}}|[ð-ô][{_CP1252}]{{3}}")
# What programs leave in the place of signs that an encoding does not have. People write "?" and "??" for
# what they do not know, and addresses hold a "?".
_LOST = re.compile(r"\?{3,}|(?<=\w)\?(?=\w)|&#x?[0-9a-fA-F]+;")
# Every text that may hold one of these, without looking around, as Arrow searches for it.
_SUSPECT = rf"[\n?]|{_INVISIBLE}|{_BLANK}|&#|{_OTHER}|{_MANGLED.pattern}"
_MIXED = re.compile(rf"(?<={_LATIN}){_OTHER}|{_OTHER}(?={_LATIN})")
_LETTER = re.compile(_OTHER)
_AS_IT_STANDS = "the cell is read as it stands"


def check_signs(rows: pd.DataFrame, file: str) -> list[Problem]:
    """Return a problem for each invisible sign, look-alike letter, line break and trace of a wrong encoding.

    Args:
        rows: text columns and `line`.
        file: name used in the problems.
    """
    problems = []
    for column in rows.columns.drop("line"):
        texts = pa.array(rows[column].astype("str"))
        suspects = rows.loc[
            np.asarray(pc.match_substring_regex(texts, _SUSPECT), dtype=bool), ["line", column]
        ]
        found = {text: tuple(_found(text)) for text in suspects[column].unique()}
        problems += [
            Problem(file, int(line), column, visible(text), reason, f"{_AS_IT_STANDS}; {remedy}")
            for line, text in suspects.itertuples(index=False, name=None)
            for reason, remedy in found[text]
        ]
    return problems


def _found(text: str) -> Iterator[tuple[str, str]]:
    if sign := _UNSEEN.search(text):
        name = unicodedata.name(sign[0], "a sign of private use").lower()
        yield f"U+{ord(sign[0]):04X} ({name}), character {sign.start() + 1}", "delete the sign"
    if letter := _MIXED.search(text) or _disguised(text):
        name = unicodedata.name(letter[0], "unnamed").lower()
        reason = f"U+{ord(letter[0]):04X} ({name}) looks like another letter, character {letter.start() + 1}"
        yield reason, "type the word anew, unless its name is written so"
    if "\n" in text:
        yield f"a line break inside the cell, character {text.index(chr(10)) + 1}", "write it on one line"
    if "://" not in text and (lost := _LOST.search(text)):
        reason = (
            f"{lost[0]!r}, character {lost.start() + 1}: what an encoding leaves of signs it does not have"
        )
        yield reason, "copy the text anew from the source"
    if any(_decoded(found[0]) for found in _MANGLED.finditer(text)):
        yield "UTF-8 that was read as another encoding", "copy the text anew from the source"


def _disguised(text: str) -> re.Match[str] | None:
    """The first of some letters that could all be Latin ones: no word of Greek or Russian has no other."""
    letters = [letter.lower() for letter in _LETTER.findall(text)]
    return (
        _LETTER.search(text) if letters and all(ord(letter) in look_alikes() for letter in letters) else None
    )


def _decoded(text: str) -> str | None:
    """The one sign whose UTF-8 a text of cp1252 was, None if it is none."""
    try:
        data = bytes(ord(sign) if ord(sign) < 256 else sign.encode("cp1252")[0] for sign in text)
        return data.decode()
    except UnicodeError:
        return None
