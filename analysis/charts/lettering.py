"""Texts that keep their language in every line.

matplotlib hands the language of a text on to what draws it only if the text has one line. Without it, Chinese
signs and characters would be drawn in the forms of another region.
"""

from dataclasses import dataclass
from typing import Any

import matplotlib.text


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

    def draw(self, renderer: Any) -> None:
        """Draw the text."""
        told: Any = _Renderer(renderer, self)
        super().draw(told)
