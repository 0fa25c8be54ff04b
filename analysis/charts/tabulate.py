"""Small tables of text: numbers to the right, words to the left."""

import re
from collections.abc import Hashable, Mapping
from html import escape

import pandas as pd

FOLDED = 16
"""A table of more rows opens at a click."""

_MATH = re.compile(r"[$\\]")


def plain(rows: pd.DataFrame) -> str:
    """Aligned columns under a ruled header.

    >>> print(plain(pd.DataFrame({"Company": ["ShengShu", "Vast"], "Rounds": ["3", "12"]})))
    Company   Rounds
    --------  ------
    ShengShu       3
    Vast          12
    """
    columns = []
    for header, cells in rows.items():
        width = max(map(len, [str(header), *cells]))
        side = ">" if _is_numeric(cells) else "<"
        columns.append([f"{cell:{side}{width}}" for cell in (str(header), "-" * width, *cells)])
    return "\n".join("  ".join(line).rstrip() for line in zip(*columns, strict=True))


def html(rows: pd.DataFrame) -> str:
    """The same for the browser, folded where it is long.

    Each cell says its side because notebooks are shown without our styles.
    """
    # JupyterLab puts every cell to the right and GitHub, which drops styles, to the left.
    sides = {
        header: 'align="right"' if _is_numeric(cells) else 'style="text-align: left"'
        for header, cells in rows.items()
    }

    def line(tag: str, cells: Mapping[Hashable, str]) -> str:
        return "".join(f"<{tag} {sides[header]}>{text(cell)}</{tag}>" for header, cell in cells.items())

    head = line("th", {header: str(header) for header in rows})
    body = "\n".join(f"<tr>{line('td', cells)}</tr>" for cells in rows.to_dict("records"))
    table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    if len(rows) <= FOLDED:
        return table
    return f"<details>\n<summary>{len(rows)} rows of numbers</summary>\n{table}\n</details>"


def listed(reports: pd.DataFrame) -> str:
    """Reports as lines: a round, and the publishers that tell of it.

    >>> print(listed(pd.DataFrame({"round_id": ["vast-2026-04"] * 2, "publisher": ["CNBC", "36Kr"]})))
    vast-2026-04: CNBC, 36Kr
    """
    told = reports.assign(publisher=reports["publisher"].fillna("unknown"))
    lines = told.groupby("round_id", sort=False)["publisher"].agg(", ".join)
    return "\n".join(f"{round_id}: {publishers}" for round_id, publishers in lines.items())


def links(reports: pd.DataFrame) -> str:
    """Reports as a list for the browser: an item a round, in it each publisher with a link to its page."""
    items = []
    for round_id, told in reports.groupby("round_id", sort=False):
        pages = [link(*page) for page in zip(told["publisher"], told["url"], strict=True)]
        items.append(f"<li><b>{escape(str(round_id))}</b>: {', '.join(pages)}</li>")
    return "<ul>\n" + "\n".join(items) + "\n</ul>"


def link(publisher: str | float, url: str | float) -> str:
    """A publisher with a link to its page on the web; either may be missing, as NaN.

    >>> link("36Kr", "https://36kr.com/p/1"), link(float("nan"), "javascript:alert(1)")
    ('<a href="https://36kr.com/p/1">36Kr</a>', 'unknown')
    """
    named = text(publisher) if isinstance(publisher, str) else "unknown"
    is_web = isinstance(url, str) and url.startswith(("http://", "https://"))
    return f'<a href="{escape(str(url))}">{named}</a>' if is_web else named


def text(words: str) -> str:
    """Words as HTML that is no formula: notebooks see one between two dollar signs and at a backslash.

    >>> text("<b> $7"), text("$x$")
    ('&lt;b&gt; $7', '<span>$</span>x<span>$</span>')
    """
    shown = escape(words)
    is_math = "\\" in words or words.count("$") > 1
    return _MATH.sub(r"<span>\g<0></span>", shown) if is_math else shown


def _is_numeric(cells: "pd.Series[str]") -> bool:
    """Whether a column holds numbers or money: a digit, a dollar sign or a dash at the start of each cell."""
    return bool(cells.str.match(r"[\d$–]").all() and cells.str.contains(r"\d").any())
