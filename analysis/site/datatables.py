"""Long tables as HTML, which site/assets/tables.js makes sortable; without it they are plain tables."""

import math
import re
from collections.abc import Sequence
from html import escape
from importlib.resources import files

from analysis.site import markup
from analysis.site.markup import cell

LIBRARY = "datatables.js"
"""Where the pages expect the script of `library`, beside tables.js."""

_EXPORTS = re.compile(r"export\s*\{[^}]*?([\w$]+) as default\b[^}]*\};?")
_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


def library() -> str:
    """DataTables, as the package itables holds it, as a plain script that sets `window.DataTable`.

    A browser loads no module into a page that was opened from a folder.

    Raises:
        ValueError: the package holds something else than one module whose default export it is.
    """
    bundle = files("itables").joinpath("html", "dt_bundle.js").read_text(encoding="utf-8")
    code, *rest = _EXPORTS.split(bundle)
    if len(rest) != 2:
        raise ValueError("dt_bundle.js of itables does not export DataTables as it did.")
    name, licences = rest
    return f'(() => {{\n"use strict";\n{code}window.DataTable = {name};{licences}}})();\n'


def listing(title: str, header: Sequence[str], lines: Sequence[Sequence[str]], root: str) -> str:
    """A table in a box that scrolls sideways, and the library that lets tables.js sort it."""
    body = "\n".join(f"<tr>{''.join(line)}</tr>" for line in lines)
    return markup.html(
        f'<div class="table-box listing-box"><table class="listing" aria-label="{title}">\n'
        f"<thead><tr>{''.join(header)}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>\n"
        f'<script defer src="{root}_static/{LIBRARY}"></script>'
    )


def th(name: str, look: str = "", *marks: str) -> str:
    """A header cell.

    Args:
        name: the name of the column.
        look: "number" or "date" for a column that sorts by the keys of its cells, those without one last.
        marks: "filter" for a column to choose by, "visible=false" for one that only serves to choose, and
            "orderable=false" for one that does not sort, as DataTables calls them.
    """
    keyed = f' class="{look}" data-type="unknown-last"' if look else ""
    return f'<th scope="col"{keyed}{"".join(f" data-{mark}" for mark in marks)}>{name}</th>'


def td(words: str, page: str = "", key: float | None = None, look: str = "number") -> str:
    """A cell of plain text, with a link to a page, and with what it sorts by: a number, NaN if unknown."""
    shown = anchor(words, page) if page and words else cell(words)
    if key is None:
        return f"<td>{shown}</td>"
    order = "" if math.isnan(key) else f"{key:.0f}"
    return f'<td class="{look}" data-order="{order}">{shown}</td>'


def anchor(words: str, page: str) -> str:
    """A link in which days do not wrap."""
    shown = _DAY.sub(lambda day: f'<span class="short">{day[0]}</span>', cell(words))
    return f'<a href="{escape(page)}">{shown}</a>'
