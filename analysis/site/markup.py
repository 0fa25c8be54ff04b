"""Texts as MyST Markdown: raw words stay words, links lead to the web or to another page.

The one place where raw texts enter a page. Everything else on a page is written by this package.
"""

import re
import string
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote, urlsplit

from analysis.parse.addresses import LONGEST, is_id

# All of ASCII's punctuation but what begins nothing in MyST, whatever stands before or after it.
_PUNCTUATION = str.maketrans({sign: f"\\{sign}" for sign in string.punctuation if sign not in ",;?/'"})
# Signs that steer what is shown, or that no page can hold. Joiners stay: scripts and emoji need them.
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
_ILLEGAL = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_DAY = len("2026-04-10")
_URL_SIGNS = "%/:?#[]@!$&'()*+,;=~-._"


def plain(text: str) -> str:
    r"""Return a text as one line: every run of white space or of control signs is a blank.

    >>> plain("  7\u00a0million\r\n\x1b[31m ")
    '7 million [31m'
    """
    legal = _ILLEGAL.sub("\ufffd", _STEERING.sub(" ", text))
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in legal).split())


def text(words: str) -> str:
    r"""Return any text for a place inside a paragraph, a heading or a cell, where it is shown as it is.

    >>> print(text("# <b>7</b> | *not* {ref}`x`"))
    \# \<b\>7\</b\> \| \*not\* \{ref\}\`x\`
    """
    return plain(words).translate(_PUNCTUATION)


def strong(words: str) -> str:
    """Return any text in bold: between blanks or punctuation, where Markdown takes the stars for bold."""
    return f"**{text(words)}**" if plain(words) else ""


def link(label: str, url: str) -> str:
    """Return a link to a page of the web; the label alone where the address is none of http or https.

    >>> link("36Kr", "https://36kr.com/p/1?a=1&b=2"), link("x", "javascript:alert(1)")
    ('[36Kr](<https://36kr.com/p/1?a=1\\\\&b=2>)', 'x')
    """
    if not is_web(url):
        return text(label)
    address = quote(plain(url), safe=_URL_SIGNS).replace("&", "\\&")
    return f"[{text(label)}](<{address}>)"


def is_web(url: str) -> bool:
    """Whether an address is one of http or https."""
    try:
        parts = urlsplit(plain(url))
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # brackets that hold no address
        return False


def reference(label: str, target: str) -> str:
    """Return a link to a page of the site or to an anchor (`#x`), "" without a label.

    >>> reference("round", "../rounds/x.md"), reference("Series A extension", "#x")
    ('[round](../rounds/x.md){.short}', '[Series A extension](#x)')
    """
    whole = "{.short}" if len(label) <= _DAY else ""  # such a label stays on one line
    return f"[{text(label)}]({target}){whole}" if label else ""


def name(identifier: str) -> str:
    """Return an id that is to name a page.

    Raises:
        ValueError: it could not be the name of a file, or could lead to another folder.
    """
    if not is_id(identifier, 2 * LONGEST):
        raise ValueError(f"{identifier!r} cannot name a page: it is not of small letters, digits, - and _.")
    return identifier


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table without the columns that are empty in every row; "" without rows.

    Args:
        header: names of the columns, as plain text.
        rows: cells as markup, one line each.
    """
    filled = list(rows)
    used = [place for place in range(len(header)) if any(row[place] for row in filled)]
    lines = [[text(name) for name in header], ["---"] * len(header), *filled]
    return "\n".join(f"| {' | '.join(line[place] for place in used)} |" for line in lines) if filled else ""


def page(title: str, parts: Iterable[str]) -> str:
    """Return the source of a page: its title (plain text), then its parts with blank lines between."""
    return "\n\n".join([f"# {text(title)}", *filter(None, parts)]) + "\n"


def section(title: str, *parts: str) -> tuple[str, ...]:
    """Return a heading of the second level and what stands under it; nothing without any part."""
    return (f"## {text(title)}", *parts) if any(parts) else ()


def html(markup: str) -> str:
    """Return HTML as a block that is handed on as it is. Full-text search does not see it."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", markup)), default=0))
    return f"{fence}{{raw}} html\n{markup}\n{fence}"


def cell(words: str) -> str:
    """Return any text for a place in HTML, where it is shown as it is.

    >>> cell('<b>"7"</b>')
    '&lt;b&gt;&quot;7&quot;&lt;/b&gt;'
    """
    return escape(plain(words))
