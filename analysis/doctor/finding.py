"""One thing that was looked at, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "note", "warning", "error"]
LEVELS: tuple[Level, ...] = ("ok", "note", "warning", "error")
_FEW = 5


@dataclass(frozen=True)
class Finding:
    """What was found about one subject.

    Attributes:
        level: "ok"; "note" for what may well be as it should; "warning" for what can mislead a reader;
            "error" for what keeps a command from working.
        subject: what was looked at, in a word or two.
        what: what was found.
        advice: a command to run or another way to mend it; empty where all is well.
    """

    level: Level
    subject: str
    what: str
    advice: str = ""


def some(names: Sequence[str]) -> str:
    """Return names with commas, the first few of many.

    >>> some(["a", "b"]), some(list("abcdefg"))
    ('a, b', 'a, b, c, d, e and 2 more')
    """
    rest = len(names) - _FEW
    return ", ".join(names[:_FEW]) + (f" and {rest} more" if rest > 0 else "")
