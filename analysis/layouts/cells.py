"""Text columns of an exported table without the debris that programs leave in cells."""

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_BLANKS = re.compile("[\\s\u200b\ufeff]+")
# In the words of RE2, which Arrow runs over whole columns.
_UNCLEAN = "^\\s|\\s$|\\s\\s|[\\n\\r\\t\u00a0\u200b\u2007\u202f\u3000\ufeff]|\\\\x[0-9a-fA-F]{2}"
_ESCAPED = re.compile(r"(?:\\x[0-9a-fA-F]{2})+")


def cleaned(cells: pd.Series, between: str) -> pd.Series:
    r"""Return cells without blanks that say nothing and debris of an encoding.

    Args:
        cells: texts.
        between: what a line break inside a cell becomes.

    >>> list(cleaned(pd.Series([" North\u00a0 Fund\nSouth ", r"Byju\xe2\x80\x99s", "a"]), ", "))
    ['North Fund, South', 'Byju’s', 'a']
    """

    def clean(text: str) -> str:
        text = _ESCAPED.sub(_unescaped, text)
        return _BLANKS.sub(" ", between.join(filter(str.strip, text.split("\n")))).strip()

    is_unclean = np.asarray(pc.match_substring_regex(pa.array(cells), pattern=_UNCLEAN), dtype=bool)
    unclean = cells[is_unclean]
    return cells.mask(is_unclean, unclean.map({text: clean(text) for text in unclean.unique()}))


def _unescaped(found: re.Match[str]) -> str:
    r"""The signs whose UTF-8 was written out: "\xc2\xa0" is a blank; as it stands if it is no UTF-8."""
    try:
        signs = bytes.fromhex(found[0].replace("\\x", "")).decode()
    except UnicodeDecodeError:
        return found[0]
    is_text = all(sign.isprintable() or sign.isspace() for sign in signs)
    return signs if is_text else found[0]  # no cell brings in a sign that steers a terminal
