"""Texts that keep their language in every line, and hold nothing but letters that can be drawn.

matplotlib hands the language of a text on to what draws it only if the text has one line. Without it, Chinese
signs and characters would be drawn in the forms of another region.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

import matplotlib as mpl
import matplotlib.text
from matplotlib.font_manager import FontProperties, findfont, get_font

BOX = "□"
"""What stands for a letter that no face has."""


def drawable(words: str, letters: frozenset[str]) -> str:
    r"""Return words in letters that can be drawn: a sign that steers is a blank or nothing, any other a box.

    >>> drawable("Vidu\t生\u202e!", frozenset("Vidu!"))
    'Vidu □!'
    """
    if letters.issuperset(words):
        return words
    return "".join(sign if sign in letters else _stand_in(sign) for sign in words)


def _stand_in(sign: str) -> str:
    if sign.isspace():
        return "\n" if sign == "\n" else " "
    return "" if unicodedata.category(sign) in ("Cc", "Cf") else BOX


def _letters() -> frozenset[str]:
    """The letters of the faces of the moment."""
    return _held(tuple(mpl.rcParams["font.family"]))


@cache
def _held(families: tuple[str, ...]) -> frozenset[str]:
    faces = [get_font(findfont(FontProperties(family=family))) for family in families]
    return frozenset(chr(sign) for face in faces for sign in face.get_charmap())


@dataclass(frozen=True)
class _Speech:
    """What is asked of a text to choose its glyphs.

    It is false, so that nothing takes it for a text whose place is that of the line.
    """

    text: matplotlib.text.Text

    def __bool__(self) -> bool:
        return False

    def get_language(self) -> Any:
        return self.text.get_language()

    def get_fontfeatures(self) -> Any:
        return self.text.get_fontfeatures()


class _Renderer:
    """A renderer that is told the language of each line."""

    def __init__(self, renderer: Any, text: matplotlib.text.Text) -> None:
        self._renderer, self._speech = renderer, _Speech(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._renderer, name)

    def draw_text(self, *line: Any, ismath: bool = False, mtext: matplotlib.text.Text | None = None) -> None:
        self._renderer.draw_text(*line, ismath=ismath, mtext=mtext or self._speech)


class Text(matplotlib.text.Text):
    """A text of one line or more in one language."""

    def set_text(self, s: object) -> None:
        """Take words, as far as they can be drawn."""
        super().set_text(drawable(str(s), _letters()))

    def draw(self, renderer: Any) -> None:
        """Draw the text."""
        told: Any = _Renderer(renderer, self)
        super().draw(told)
