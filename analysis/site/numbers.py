"""The plotted numbers of a chart as a table whose every number leads to what is behind it."""

import re
from collections.abc import Sequence
from html import escape

import pandas as pd

from analysis.charts import tabulate
from analysis.site.markup import is_web
from analysis.site.pictures import Plotted

_CELL = re.compile(r"<td([^>]*)>([^<]*)</td>")
# A figure stands alone: neither "A1" nor the number of a character reference is one.
_FIGURE = re.compile(r"(?<![\w#.])\d+(?:[.,]\d+)*")
SHORT = 16
"""A text of so many signs stays on one line, and is a link as a whole."""


def round_ids(frame: pd.DataFrame) -> list[list[str]]:
    """The events behind each plotted row, [] where there are none."""
    for column in ("round_id", "round_ids"):
        if column in frame:
            return [cell.split("; ") if isinstance(cell, str) and cell else [] for cell in frame[column]]
    return [[] for _ in range(len(frame))]


def pages_read(frame: pd.DataFrame) -> list[str]:
    """The address of the page that each plotted row was read on, "" where none can be linked."""
    if "url" not in frame:
        return [""] * len(frame)
    return [url if isinstance(url, str) and is_web(url) else "" for url in frame["url"]]


def targets(plotted: Plotted, root: str) -> list[str]:
    """Where the numbers of each row lead: to its round; for several rounds to the row on the page of the
    chart, which lists them; else to the page that the row was read on; "" where nothing is known.

    Args:
        plotted: the chart.
        root: the way from the page to the first page of the site, as "../".
    """
    behind = zip(round_ids(plotted.frame), pages_read(plotted.frame), strict=True)
    return [
        f"{root}rounds/{ids[0]}.html"
        if len(ids) == 1
        else f"{root}charts/{plotted.name}.html#row-{place}"
        if ids
        else url
        for place, (ids, url) in enumerate(behind, start=1)
    ]


def linked(table: str, targets: Sequence[str], label: str) -> str:
    """A table of `tabulate.html` whose numbers lead to the target of their row.

    Args:
        table: HTML; cells that hold more than text stay as they are.
        targets: an address for each row of the body, "" for none.
        label: what the table is, for those who do not see it.

    Raises:
        ValueError: the body has another number of rows than there are targets.
    """
    head, *rows = re.split(r"(?=<tr><td)", table)
    if len(rows) != len(targets):
        raise ValueError(f"{len(targets)} targets for the {len(rows)} rows of a table")
    body = "".join(_linked(row, target) for row, target in zip(rows, targets, strict=True))
    return boxed(head + body, label)


def _linked(row: str, target: str) -> str:
    """The cells of a row: those that hold text alone are measured, and their numbers and addresses linked."""

    def link(text: str) -> str:
        return f'<a href="{escape(target)}">{text}</a>' if target else text

    def cell(found: re.Match[str]) -> str:
        attributes, text = found.groups()
        if is_web(text):
            return f'<td{attributes}><a href="{text}">{text}</a></td>'
        if len(text) > SHORT:
            return f"<td{attributes}>{_FIGURE.sub(lambda figure: link(figure[0]), text)}</td>"
        has_number = _FIGURE.search(text)
        return f'<td{attributes} class="short">{link(text) if has_number else text}</td>'

    return _CELL.sub(cell, row)


def boxed(table: str, label: str) -> str:
    """A table in a box that scrolls sideways, by keys too, so that the page around it does not."""
    # Full-text search sees the text without its tags: a line break keeps the words of two cells apart.
    table = re.sub(r"(</t[dh]>)(?=<)", r"\1\n", table)
    box = f'<div class="table-box" role="region" aria-label="{escape(label)}" tabindex="0">'
    return table.replace("<table>", f"{box}<table>").replace("</table>", "</table></div>")


def label(plotted: Plotted) -> str:
    """What the table of a chart is."""
    return f"Numbers: {plotted.title}"


def table(plotted: Plotted, root: str) -> str:
    """The plotted numbers with an anchor for each row; a last column lists what no single link can say."""
    ids, urls = round_ids(plotted.frame), pages_read(plotted.frame)
    named = plotted.frame.get("publisher", pd.Series(urls)).fillna("page")
    ends = [_behind(*row, root) for row in zip(ids, urls, named, strict=True)]
    leads = [
        "" if len(several) > 1 else target
        for several, target in zip(ids, targets(plotted, root), strict=True)
    ]
    head, *rows = re.split(r"(?=<tr><td)", linked(tabulate.html(plotted.rows), leads, label(plotted)))
    is_said = all(len(several) <= 1 for several in ids) and not any(urls)
    last = "" if is_said else '<th style="text-align: left">Behind it</th>'
    body = "".join(
        _anchored(row, place, f'<td class="rounds">{end}</td>' if last else "")
        for place, (row, end) in enumerate(zip(rows, ends, strict=True), start=1)
    )
    return head.replace("</tr></thead>", f"{last}</tr></thead>").replace("<details>", "<details open>") + body


def _anchored(row: str, place: int, last: str) -> str:
    """A row with its anchor and its last cell."""
    return row.replace("<tr>", f'<tr id="row-{place}">').replace("</tr>", f"{last}</tr>")


def _behind(ids: Sequence[str], url: str, publisher: str, root: str) -> str:
    """Links to rounds, several of them at a click, or to the page that was read."""
    if len(ids) > 1:
        rounds = "\n".join(f'<a href="{root}rounds/{id_}.html">{id_}</a>' for id_ in ids)
        return f"<details><summary>{len(ids)} rounds</summary>{rounds}</details>"
    if ids:
        return f'<a href="{root}rounds/{ids[0]}.html">1 round</a>'
    return url and f'<a href="{escape(url)}">{escape(publisher)}</a>'
