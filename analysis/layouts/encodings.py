"""The encoding of a file, decided by its bytes and told with the reason; what stays open is refused."""

import codecs
import re
from dataclasses import dataclass

from analysis.layouts.layout import DETECT

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_ASIAN = ("gb18030", "big5", "shift_jis", "euc_kr")
_RUN = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# What stands alone between plain letters in a text of Western Europe.
_WESTERN = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ€£¥©®™°·«»‘’“”„‹›–—…§¿¡\u00a0]*")
_SAMPLE = 1_000_000  # bytes that tell one encoding from another
_DAMAGED = 0.9  # share of sound UTF-8 among the signs of a file that is UTF-8 with some damage


@dataclass(frozen=True)
class Decoded:
    """The text of a file, lines ended by "\\n", or why there is none.

    Attributes:
        text: None where `reason` says why the bytes were not read.
        encoding: the one that was used.
        how: how it was found, for people.
        reason: what is wrong; "" if nothing.
        line: the line of the first byte that is not text; 0 if none is meant.
    """

    text: str | None
    encoding: str
    how: str
    reason: str = ""
    line: int = 0


def decode(data: bytes, encoding: str, words: frozenset[str] = frozenset()) -> Decoded:
    """Return the text of a file.

    Args:
        data: its bytes.
        encoding: a name, or "detect".
        words: words of headers; one that stands in the first lines speaks for the encoding that shows it.

    >>> decode("公司,金额\\n".encode("gb18030"), "detect", frozenset({"公司"})).encoding
    'gb18030'
    """
    if encoding != DETECT:
        return _decoded(data, encoding, "named in the layout")
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data, name, "it begins with the mark of this encoding")
    try:
        data.decode()
    except UnicodeDecodeError:
        return _guessed(data, words)
    how = "no sign beyond ASCII" if data.isascii() else "every byte is sound in it"
    return _decoded(data, "utf-8", how)


def _decoded(data: bytes, encoding: str, how: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Decoded(None, encoding, how, f"not {encoding}: byte 0x{data[error.start]:02x}", line)
    # A mark of byte order inside the text is debris of files that were put together.
    return Decoded(text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n"), encoding, how)


def _guessed(data: bytes, words: frozenset[str]) -> Decoded:
    sample = data[:_SAMPLE]
    repaired = sample.decode(errors="replace")
    lost = repaired.count("\ufffd")
    sound = sum(not sign.isascii() for sign in repaired) - lost
    if sound > _DAMAGED * (sound + lost):
        return _decoded(data, "utf-8", "nearly every byte is sound in it")
    shown = {name: text for name in _ASIAN if (text := _sample(sample, name)) is not None}
    top = {name: "\n".join(text.split("\n")[:20]) for name, text in shown.items()}
    speaking = {
        name: next(word for word in sorted(words) if not word.isascii() and word in text)
        for name, text in top.items()
        if any(not word.isascii() and word in text for word in words)
    }
    if len(speaking) == 1:
        [(name, word)] = speaking.items()
        return _decoded(data, name, f"its header reads {word} in it")
    runs = _RUN.findall(sample)
    western = _sample(sample, "cp1252")
    if western is not None and sum(len(run) == 1 for run in runs) >= 0.8 * len(runs):
        beyond = "".join(sign for sign in western if not sign.isascii())
        if _WESTERN.fullmatch(beyond):
            return _decoded(data, "cp1252", "signs beyond ASCII stand alone and are those of Western Europe")
    likely = ", ".join(shown) or "cp1250, cp1251"
    return Decoded(None, "", "", f"not UTF-8, and nothing decides which encoding it is ({likely} …)")


def _sample(data: bytes, encoding: str) -> str | None:
    """The text in an encoding, None if it is none; the last sign may be cut in two."""
    text, used = "", 0
    try:
        text, used = codecs.getincrementaldecoder(encoding)().decode(data), len(data)
    except UnicodeDecodeError:
        return None
    return text if used and not _CONTROL.search(text) else None
