"""The workbook inside an editable chart: what "Edit data" opens.

Whiskers and places of labels are formulas over the bounds, so that they follow when a number is edited.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from analysis.charts.language import say
from analysis.charts.native import Bars, Plot

EPOCH = datetime(1980, 1, 1)
"""The time that every file is said to be made at, so that the same input gives the same bytes."""
SHEET = "Sheet1"
"""As python-pptx refers to it from a chart."""


def of_bars(bars: Bars) -> bytes:
    """A row a bar: name, what the bar, the outline and the label stand at, upper bound, whisker, label."""
    rows = bars.rows
    header = ["", *bars.terms[:2], say("label"), bars.terms[2], say("whisker"), say("words")]
    table: list[list[Any]] = [header]
    for n, row in enumerate(rows.to_dict("records"), start=2):
        whisker = f"=E{n}-B{n}" if row["high"] > row["low"] else None
        cells = [row["name"], row["low"], row["stated"], f"=MAX(B{n},C{n},E{n})", row["high"], whisker]
        table.append([*cells, row["label"]])
    values = {("D", n): value for n, value in enumerate(furthest(rows), start=2)}
    values |= {("F", n): value for n, value in enumerate(rows["high"] - rows["low"], start=2)}
    return _written(table, values)


def of_plot(plot: Plot) -> bytes:
    """A block of rows for each series: x, y, bounds of y, whiskers down and up, words.

    All blocks are as long as the longest, with empty rows at their end: LibreOffice loses the values of a
    series that stands before a longer one.
    """
    header = [say("lower bound"), say("upper bound"), say("down"), say("up"), say("words")]
    table: list[list[Any]] = []
    values: dict[tuple[str, int], float] = {}
    for series in plot.series:
        table.append(["x", series.name or "y", *header])
        for row in series.points.to_dict("records"):
            n = len(table) + 1
            formulas = {"E": f"=B{n}-C{n}", "F": f"=D{n}-B{n}"}
            sizes = dict(zip(formulas, reaches(row), strict=True))
            values |= {(letter, n): size for letter, size in sizes.items()}
            whiskers = [formula if sizes[letter] > 0 else None for letter, formula in formulas.items()]
            table.append([row["x"], row["y"], row["low"], row["high"], *whiskers, row["label"]])
        table += [[]] * (block_rows(plot) - 1 - len(series.points))
    return _written(table, values)


def block_rows(plot: Plot) -> int:
    """Rows from the header of a series to the next one."""
    return max(len(series.points) for series in plot.series) + 2


def furthest(rows: pd.DataFrame) -> "pd.Series[float]":
    """Where the last mark of each bar stands."""
    return rows[["low", "stated", "high"]].max(axis=1).fillna(0)


def reaches(point: Any) -> tuple[float, float]:
    """How far the whiskers of a point reach down and up; 0 where a bound is not known."""
    down, up = point["y"] - point["low"], point["high"] - point["y"]
    return (float(down) if down > 0 else 0.0), (float(up) if up > 0 else 0.0)


def _written(table: Sequence[Sequence[Any]], values: dict[tuple[str, int], float]) -> bytes:
    """Rows of cells as a workbook, with the values of formulas by column and row; NaN and None stay empty."""
    out = BytesIO()
    # Texts are written as texts: no names begin a formula or a link.
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": EPOCH})
    sheet: Worksheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, 28)
    for n, row in enumerate(table):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and cell.startswith("=") and (chr(65 + place), n + 1) in values:
                sheet.write_formula(n, place, cell, None, values[chr(65 + place), n + 1])
            elif isinstance(cell, str):
                sheet.write_string(n, place, cell)
            elif cell is not None and cell == cell:
                sheet.write_number(n, place, cell)
    book.close()
    return out.getvalue()
