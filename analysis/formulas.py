"""Texts that a spreadsheet would take for formulas, and how they stand in a CSV file.

A cell that begins like a formula is run when the file is opened. An apostrophe before it makes it text. Files
with semicolons or tabs between cells are the custom of many countries, and a spreadsheet set to one splits
there: what follows such a sign inside a text begins a cell too.
"""

import re

# Full-width signs are taken for the narrow ones where Chinese or Japanese is written. Apostrophes that stand
# there already get one more, so that taking one away gives every text back.
_FORMULA = r"'*[=+\-@＝＋－＠\t\r\n]"
_BEGINS = rf"(?:(?<=\A)|(?<=[;\t\r\n]))(?={_FORMULA})"
_RUN = re.compile(_BEGINS)
_DISARMED = re.compile(_BEGINS + "'")
SUSPECT = rf"(?:\A|[;\t\r\n]){_FORMULA}"
"""The pattern of every text that `disarmed` changes, without looking around, as Arrow searches for it."""


def disarmed(text: str) -> str:
    r"""Return a text with an apostrophe wherever a spreadsheet would begin a formula.

    >>> [disarmed(text) for text in ("=1+1", "Vidu", "-5%", "'=1", "'Over' 2bn", "a;=1+1")]
    ["'=1+1", 'Vidu', "'-5%", "''=1", "'Over' 2bn", "a;'=1+1"]
    """
    return _RUN.sub("'", text)


def as_written(text: str) -> str:
    """Return the text that `disarmed` was given.

    >>> [as_written(text) for text in ("'=1+1", "Vidu", "''=1", "'Over' 2bn", "a;'=1+1")]
    ['=1+1', 'Vidu', "'=1", "'Over' 2bn", 'a;=1+1']
    """
    return _DISARMED.sub("", text) if "'" in text else text
