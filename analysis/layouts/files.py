"""The cells of a CSV file or a workbook as text, with the lines on which they stand."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile

import pandas as pd

from analysis.clean.sheets import Problem, Sheet, header_cells, read_export, read_rows, visible
from analysis.layouts.encodings import decode
from analysis.layouts.layout import Layout

WORKBOOK = ".xlsx"
# The sign that a format of numbers shows: [$€-407]#,##0 or "$"#,##0, but not the language [$-409].
_SIGN = re.compile(r"\[\$([^\]\-]+)|([$€£¥₹])")


@dataclass(frozen=True)
class Export:
    """A file before its columns have a meaning.

    Attributes:
        text: that of a CSV file, lines ended by "\\n".
        rows: those of a workbook's sheet, cells as text; None for a CSV file.
        how: how the text was found, for people.
        problems: why there is neither.
    """

    text: str
    rows: list[list[str]] | None
    how: str
    problems: tuple[Problem, ...] = ()


def open_export(data: bytes, file: str, encoding: str, sheet: str, words: frozenset[str]) -> Export:
    """Return the text of a CSV file or the cells of a workbook, told apart by the name.

    Args:
        data: the bytes of the file.
        file: its name.
        encoding: one that Python knows, or "detect".
        sheet: the sheet of a workbook; "" for the first.
        words: words of headers, which tell encodings apart.
    """
    if file.casefold().endswith(WORKBOOK):
        return _workbook(data, file, sheet)
    found = decode(data, encoding, words)
    if found.text is None:
        action = 'nothing was read; write encoding = "…" under [file] of the layout, or save it as UTF-8'
        return Export("", None, "", (Problem(file, found.line, "", "", found.reason, action, True),))
    return Export(found.text, None, f"encoding {found.encoding}: {found.how}")


def header_names(export: Export, line: int, delimiter: str) -> list[str]:
    """Return the cells of a line, counted from 1; none if there is no such line."""
    if export.rows is not None:
        return [" ".join(name.split()) for name in export.rows[line - 1]] if line <= len(export.rows) else []
    lines = export.text.split("\n")
    return header_cells(lines[line - 1], delimiter) if line <= len(lines) else []


def read_cells(export: Export, file: str, layout: Layout) -> Sheet:
    """Return the columns that the layout names, and every row that could not be read."""
    if export.problems:
        nothing = pd.DataFrame(columns=[*layout.names, "line"], dtype="str").astype({"line": "int64"})
        return Sheet(nothing, export.problems)
    if export.rows is None:
        return read_export(export.text, file, layout.names, layout.delimiter, layout.header)
    return read_rows(export.rows, file, layout.names, layout.header)


def _workbook(data: bytes, file: str, sheet: str) -> Export:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    def refused(reason: str, remedy: str) -> Export:
        return Export("", None, "", (Problem(file, 0, "", "", reason, f"nothing was read; {remedy}", True),))

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        if sheet and sheet not in book.sheetnames:
            listed = ", ".join(book.sheetnames)
            return refused(f"no sheet {visible(sheet)!r}", f"choose from {visible(listed)}")
        chosen = book[sheet] if sheet else book.worksheets[0]
        rows = list(_texts(chosen.iter_rows()))
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        return refused(f"no workbook: {visible(str(error))}", "save it anew as .xlsx or as CSV UTF-8")
    return Export("", rows, f"sheet {chosen.title!r} of a workbook")


def _texts(rows: Iterable[Iterable[Any]]) -> Iterator[list[str]]:
    for row in rows:
        yield [_cell_text(cell.value, getattr(cell, "number_format", "")) for cell in row]


def _cell_text(value: Any, shown_as: str) -> str:
    """A cell as a reader of the sheet sees it, numbers without rounding.

    >>> _cell_text(5e6, '"$"#,##0'), _cell_text(datetime(2024, 5, 1), "dd/mm/yy"), _cell_text(0.1, "0%")
    ('$5000000', '2024-05-01', '0.1')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        digits = f"{Decimal(repr(value)):f}".removesuffix(".0")
        sign = _SIGN.search(re.sub(r"\[\$-[^\]]*\]", "", shown_as or ""))
        word = (sign[1] or sign[2]).strip() if sign else ""
        return f"{word} {digits}" if word.isalpha() else f"{word}{digits}"
    return str(value)
