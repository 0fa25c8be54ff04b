"""Addresses and ids: what may become a link, and what may become the name of a page."""

import re
from urllib.parse import urlsplit

_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
# Windows opens a device under these names, whatever the ending of the file is.
_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
# Addresses that need no closer look.
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[!-~]*)?")
LONGEST = 64
"""Signs of the longest id in a raw file; ids of rounds are ids of companies and a little more."""


def is_web(text: str) -> bool:
    r"""Whether a text is an address of http or https without blanks and signs that are not seen.

    >>> [is_web(text) for text in ("https://36kr.com/p/1", "javascript:alert(1)", "//36kr.com", "https://x")]
    [True, False, False, False]
    >>> is_web("https://36kr.com/\u202egnp.exe")
    False
    """
    if _PLAIN.fullmatch(text):
        return True
    try:
        parts = urlsplit(text)
    except ValueError:  # brackets that hold no address
        return False
    is_whole = text.isprintable() and " " not in text
    return parts.scheme in ("http", "https") and "." in parts.netloc and is_whole


def is_id(text: str, longest: int = LONGEST) -> bool:
    """Whether a text can name a page and a file anywhere: small letters and digits, with - and _ between.

    >>> [is_id(text) for text in ("shengshu", "01-ai", "../x", "A", "con", "x" * 65)]
    [True, True, False, False, False, False]
    """
    return len(text) <= longest and bool(_ID.fullmatch(text)) and not _DEVICE.fullmatch(text)
