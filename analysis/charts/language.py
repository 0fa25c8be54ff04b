"""The language that charts speak: English as it stands in the code, others from a catalogue.

`say` takes a sentence as it is written in the code, `term` a word from a table or a constant, `name` the name
of a company or an investor. All three are looked up in the language of the moment, which `speaking` sets. The
catalogue is a PO file, as gettext and every translator's editor know it.
"""

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from unicodedata import category

import pandas as pd

TERM, COUNT = "term", "count"
"""The contexts, in the catalogue, of words from tables and constants and of nouns that are counted."""

Catalogue = Mapping[tuple[str, str], str]
"""Translations by context ("" for sentences) and English text."""


class UntranslatedError(KeyError):
    """A text that the catalogue of a language lacks."""


@dataclass(frozen=True)
class Language:
    """A language for charts.

    Attributes:
        code: as in file names and on the command line.
        tag: as in documents, BCP 47.
        scales: of large numbers and how each is written, the largest first.
        catalogue: what texts are in this language; None where the code is written in it.
        names: companies by their name in the tables.
    """

    code: str
    tag: str
    scales: tuple[tuple[float, str], ...]
    catalogue: Catalogue | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def letters(self) -> frozenset[str]:
        """The letters of the catalogue and of the names."""
        return frozenset("".join([*(self.catalogue or {}).values(), *self.names.values()]))


ENGLISH = Language("en", "en", ((1e9, "{}bn"), (1e6, "{}m")))
LANGUAGES = ("en", "zh")

_spoken: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)


def get(code: str, companies: pd.DataFrame) -> Language:
    """Return a language by its code.

    Args:
        code: one of LANGUAGES.
        companies: the table of companies, for their names.

    Raises:
        ValueError: there is no such language.
    """
    if code not in LANGUAGES:
        raise ValueError(f"There is no language {code!r}. There are: {', '.join(LANGUAGES)}.")
    if code == ENGLISH.code:
        return ENGLISH
    named = companies.dropna(subset=["name_zh"])
    names = dict(zip(named["name"], named["name_zh"], strict=True))
    return Language("zh", "zh-Hans", ((1e8, "{}亿"), (1e4, "{}万")), catalogue("zh"), names)


@cache
def catalogue(code: str) -> Catalogue:
    """The translations of a language."""
    # Most charts are drawn in English, which needs no catalogue.
    from babel.messages.pofile import read_po

    with (files("analysis.charts") / f"{code}.po").open("rb") as file:
        messages = read_po(file, ignore_obsolete=True, abort_invalid=True)
    return {
        (message.context or "", str(message.id)): str(message.string)
        for message in messages
        if message.id and message.string
    }


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Let everything that is written inside be in a language."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> Language:
    """The language of the moment."""
    return _spoken.get()


def say(text: str, /, **parts: object) -> str:
    """A text with its parts filled in, in the language of the moment.

    The text is written out at the call, as translators find it there; `{n}` stands for a part.

    Raises:
        UntranslatedError: the catalogue lacks the text.

    >>> say("{n} of {all} rounds", n=3, all=15)
    '3 of 15 rounds'
    """
    return _translated("", text).format(**parts)


def term(word: Hashable) -> str:
    """A word of a table or a constant, in the language of the moment.

    Raises:
        UntranslatedError: the catalogue lacks the word.
    """
    return _translated(TERM, str(word))


def counted(noun: str, n: int) -> str:
    """A number with its noun, in a language that is not English.

    Raises:
        UntranslatedError: the catalogue lacks the noun.
    """
    return _translated(COUNT, noun).format(n=n)


def name(proper: Hashable) -> str:
    """The name of a company, an investor or a product in one line; one without another name stays."""
    language, named = spoken(), in_a_line(str(proper))
    if language.catalogue is None:
        return named
    return language.names.get(named) or language.catalogue.get((TERM, named), named)


def product(proper: str) -> str:
    """The name of a product or a part of one; unlike `name`, never that of a company that is called alike."""
    catalogue, named = spoken().catalogue, in_a_line(proper)
    return named if catalogue is None else catalogue.get((TERM, named), named)


def in_a_line(words: str) -> str:
    r"""Words in one line, without signs that steer what is shown.

    >>> in_a_line("Tripo\n AI\u202e!")
    'Tripo AI!'
    """
    return "".join(sign for sign in " ".join(words.split()) if category(sign) not in ("Cc", "Cf"))


def _translated(context: str, text: str) -> str:
    language = spoken()
    if language.catalogue is None:
        return text
    try:
        return language.catalogue[context, text]
    except KeyError:
        raise UntranslatedError(f"{language.code}.po has no translation of {text!r}") from None
