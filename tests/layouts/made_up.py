"""Small tables and layouts that no vendor made."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.layouts.layout import Layout
from analysis.layouts.source import Source, read_source

FIXED = {
    "publisher": "List", "url": "https://example.org/list", "collected": "2026-11-23", "status": "closed",
    "kind": "round", "seen_as": "digest", "reliability": "medium", "language": "en",
}  # fmt: skip


def layout(fixed: Mapping[str, str] | None = None, **told: Any) -> Layout:
    """A layout of a table whose columns are called as the fields are, or as `columns` says."""
    columns = told.pop("columns", {name: name for name in ("company", "amount", "date", "investors")})
    named = {name: (column,) if isinstance(column, str) else column for name, column in columns.items()}
    return Layout(columns=named, fixed={**FIXED, **(fixed or {})}, **told)


def table(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n") -> str:
    """The text of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


def read(rows: Sequence[Sequence[str]], file: str = "list.csv", **told: Any) -> Source:
    """What a table below a header of its own gives."""
    return read_source(layout(**told), table(rows).encode(), file)


def told(source: Source) -> list[tuple[int, str, str]]:
    """Line, column and reason of each problem."""
    return [(problem.line, problem.column, problem.reason) for problem in source.problems]
