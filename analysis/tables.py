"""The schema of every table in data/processed.

One place for names, types, units and meanings: validation, datapackage.json and the data dictionary
are all made from `TABLES`.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from analysis import __version__
from analysis import columns as c
from analysis.columns import Column
from analysis.writing import csv_chunks


@dataclass(frozen=True)
class Table:
    """A table of data/processed.

    Attributes:
        name: file name without ".csv".
        grain: what one row is.
        key: columns that together name a row.
        columns: in file order.
        foreign_keys: (column, table, column there).
        source: raw file that the rows come from.
        order: columns by which the rows are sorted before the key, where that is no word for readers.
    """

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    foreign_keys: tuple[tuple[str, str, str], ...] = ()
    source: str = ""
    order: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """Column names in file order."""
        return [column.name for column in self.columns]


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "reports",
            "an accepted report: one source's telling of one financing event",
            ("report_id",),
            c.REPORTS,
            (("round_id", "rounds", "round_id"), ("company_id", "companies", "company_id")),
            "funding_reports.csv",
        ),
        Table(
            "rounds",
            "a financing event",
            ("round_id",),
            c.ROUNDS,
            (
                ("company_id", "companies", "company_id"),
                ("became_round_id", "rounds", "round_id"),
                *((name, "reports", "report_id") for name in c.CHOSEN_FROM),
            ),
            "funding_reports.csv",
        ),
        Table(
            "round_investors",
            "an investor in a round",
            ("round_id", "investor_id"),
            c.ROUND_INVESTORS,
            (("round_id", "rounds", "round_id"), ("investor_id", "investors", "investor_id")),
            "funding_reports.csv",
        ),
        Table(
            "round_policies",
            "a round as another rule of choosing would have it",
            ("policy", "round_id"),
            c.ROUND_POLICIES,
            (("round_id", "rounds", "round_id"),),
            "funding_reports.csv",
        ),
        Table(
            "conflicts",
            "a value that was reported for a round and not chosen",
            ("round_id", "field", "value"),
            c.CONFLICTS,
            (("round_id", "rounds", "round_id"),),
            "funding_reports.csv",
        ),
        Table(
            "problems",
            "a raw row or cell that was not understood",
            ("file", "line", "column", "reason"),
            c.PROBLEMS,
            (),
            "all raw files",
        ),
        Table(
            "companies",
            "a company",
            ("company_id",),
            c.COMPANIES,
            (("segment", "segment_readings", "segment"),),
            "companies.csv",
        ),
        Table(
            "investors",
            "an investor named in a report",
            ("investor_id",),
            c.INVESTORS,
            (),
            "investor_aliases.csv",
        ),
        Table(
            "article_checks",
            "a claim of the article of April 2026, with what the record says",
            ("claim_id",),
            c.ARTICLE_CHECKS,
            (("company_id", "companies", "company_id"), ("round_id", "rounds", "round_id")),
            "article_claims.csv",
        ),
        Table(
            "product_events",
            "a launch, version, release or shutdown as one source reports it",
            ("record_id",),
            c.PRODUCT_EVENTS,
            (),
            "product_events.csv",
            ("company_id", "date_start", "product"),
        ),
        Table(
            "usage_metrics",
            "a figure of users, revenue or run rate as one source reports it",
            ("record_id",),
            c.USAGE_METRICS,
            (),
            "usage_metrics.csv",
            ("company_id", "period_start", "metric"),
        ),
        Table(
            "leaderboard_scores",
            "a model's score on a board on a day",
            ("record_id",),
            c.LEADERBOARD_SCORES,
            (),
            "leaderboard_scores.csv",
            ("board", "modality", "snapshot_start", "rank"),
        ),
        Table(
            "model_capabilities",
            "a property of a model as one source reports it",
            ("record_id",),
            c.MODEL_CAPABILITIES,
            (),
            "model_capabilities.csv",
            ("company_id", "model", "attribute"),
        ),
        Table(
            "company_facts",
            "a fact about one of the three companies",
            ("record_id",),
            c.COMPANY_FACTS,
            (),
            "company_facts.csv",
            ("company", "fact"),
        ),
        Table(
            "known_gaps",
            "something believed to have happened, a round or who was in it, for which no source was found",
            ("record_id",),
            c.KNOWN_GAPS,
            (),
            "known_gaps.csv",
            ("company_id", "period"),
        ),
        Table(
            "segment_readings",
            "how the authors read a segment of companies: an interpretation, no source says it",
            ("segment",),
            c.SEGMENT_READINGS,
            (),
            "segment_readings.csv",
        ),
    )
}


class SchemaError(ValueError):
    """A table breaks its schema; the message names the column and the rows."""


def shape(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with the table's columns, types and row order, checked.

    Raises:
        SchemaError: a null where none may be, a word that is not allowed, a date that is no day, or two
            rows with one key.
    """
    typed = pd.DataFrame({c.name: _typed(frame, c) for c in table.columns})
    typed = in_order(table, typed)
    if found := violations(table, typed):
        raise SchemaError("; ".join(found))
    return typed


def in_order(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with its rows in the order of the table, whatever order they came in."""
    by = [*table.order, *table.key]
    return frame.sort_values(by, kind="stable", na_position="first").reset_index(drop=True)


def violations(table: Table, frame: pd.DataFrame) -> list[str]:
    """Return a sentence for everything in which `frame` breaks the schema of `table`."""
    if list(frame.columns) != table.names:
        return [f"{table.name} has the columns {list(frame.columns)}, not {table.names}"]
    found = []
    for column in table.columns:
        values = frame[column.name]
        wrong = {"is empty": values.isna()} if not column.null else {}
        if column.enum:
            wrong[f"is none of {', '.join(column.enum)}"] = values.notna() & ~values.isin(column.enum)
        if column.type == "date":
            days = pd.to_datetime(values, format="%Y-%m-%d", errors="coerce")
            wrong["is no day"] = values.notna() & (days.isna() | (values.str.len() != 10))
        found += [
            f"{table.name}.{column.name} {what}: {_rows(table, frame[where])}"
            for what, where in wrong.items()
            if where.any()
        ]
    twice = frame.duplicated(list(table.key), keep=False)
    if twice.any():
        found.append(f"{table.name} has rows with one key: {_rows(table, frame[twice])}")
    return found


def _rows(table: Table, rows: pd.DataFrame) -> str:
    shown = [
        ", ".join(map(str, key)) for key in rows[list(table.key)].head(10).itertuples(index=False, name=None)
    ]
    return f"{'; '.join(shown)} ({len(rows)} row{'s' if len(rows) > 1 else ''})"


def _typed(frame: pd.DataFrame, column: Column) -> pd.Series:
    values = frame[column.name] if column.name in frame else pd.Series([None] * len(frame), index=frame.index)
    if column.type == "number":
        return pd.to_numeric(values).astype("float64")
    if column.type == "integer":
        return pd.to_numeric(values).astype("Int64")
    if column.type == "boolean":
        return values.astype("bool")
    return values.where(values.notna(), None).astype("str")


def dangling(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return a sentence for every foreign key between these tables that points to no row."""
    found = []
    for table in TABLES.values():
        for column, other, there in table.foreign_keys:
            if table.name not in tables or other not in tables:
                continue
            known = set(tables[other][there].to_numpy(dtype=object))
            lost = sorted(set(tables[table.name][column].dropna().unique()) - known)
            if lost:
                found.append(f"{table.name}.{column} names {', '.join(lost[:5])}, not in {other}.{there}")
    return found


FORMATS = ("csv", "parquet")
"""What tables can be written as."""


def files_of_others(form: str) -> list[str]:
    """Return the names that tables have in every other format."""
    return [f"{name}.{other}" for name in TABLES for other in FORMATS if other != form]


def content(table: Table, frame: pd.DataFrame, form: str) -> bytes:
    """Return a shaped table as a file of one of `FORMATS`."""
    return csv_bytes(table, frame) if form == "csv" else parquet_bytes(table, frame)


def parquet_bytes(table: Table, frame: pd.DataFrame) -> bytes:
    """Return the table as Parquet: texts as they are, days as dates, null where there is no value."""
    kinds = {
        "string": pa.string(),
        "number": pa.float64(),
        "integer": pa.int64(),
        "date": pa.date32(),
        "boolean": pa.bool_(),
    }
    schema = pa.schema([(column.name, kinds[column.type]) for column in table.columns])
    dates = [column.name for column in table.columns if column.type == "date"]
    days = {name: pd.to_datetime(frame[name]) for name in dates}
    arrow = pa.Table.from_pandas(frame.assign(**days), schema, preserve_index=False)
    written = io.BytesIO()
    parquet.write_table(arrow.replace_schema_metadata(), written)
    return written.getvalue()


def csv_bytes(table: Table, frame: pd.DataFrame) -> bytes:
    """Return the table as CSV: UTF-8, LF, whole numbers without a decimal point, no cell for null.

    No text is one that a spreadsheet would run; `formulas.as_written` gives it back.
    """
    types = {column.name: column.type for column in table.columns}
    return b"".join(csv_chunks(frame, types))


QUOTED = (
    "An apostrophe stands before a text, or a part of it behind a semicolon, a tab or a line break, that "
    "begins with =, +, - or @, so that no spreadsheet runs it as a formula. It is no part of the text."
)
"""What those who read the files without `load` have to know of texts."""


def datapackage(as_of: str, form: str = "csv", files: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the Frictionless description of all tables as JSON.

    Args:
        as_of: newest day of collection.
        form: one of `FORMATS`.
        files: of tables that lie in several files.
    """
    package: dict[str, Any] = {
        "name": "world-model-funding",
        "title": "Who funds world models and AI video, and how sure that is",
        "description": QUOTED,
        "version": __version__,
        "created": as_of,
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [_resource(table, form, (files or {}).get(table.name)) for table in TABLES.values()],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table, form: str, files: Sequence[str] | None) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": list(files) if files else f"{table.name}.{form}",
        "description": f"One row is {table.grain}.",
        "format": form,
        "encoding": "utf-8",
        "rawFile": table.source,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": other, "fields": [there]}}
                for column, other, there in table.foreign_keys
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.null else {"required": True}
    if column.enum:
        constraints["enum"] = list(column.enum)
    return {
        "name": column.name,
        "type": column.type,
        "description": column.description,
        "unit": column.unit,
        "nullMeans": column.null,
        "calledInSource": column.source,
        "derivedBy": column.derived,
        "constraints": constraints,
    }


def dictionary(as_of: str, rows: Mapping[str, int], form: str = "csv") -> str:
    """Return the data dictionary as Markdown.

    Args:
        as_of: newest day of collection.
        rows: number of rows of each table.
        form: one of `FORMATS`.
    """
    parts = [
        "# Data dictionary",
        f"Written by `python -m analysis build`; do not edit. As of {as_of}. All money is nominal and in "
        "whole units of its currency. An empty cell is a null; the column *empty means* says what of. "
        f"{QUOTED}",
    ]
    for table in TABLES.values():
        parts.append(
            f"## {table.name}.{form}\n\nOne row is {table.grain}. {rows[table.name]:,} rows, "
            f"key: {', '.join(table.key)}. From {table.source}."
        )
        lines = [
            "| column | type | unit | what it says | empty means | in the source | how it was made |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        ]
        for column in table.columns:
            meaning = column.description + (f" ({', '.join(column.enum)})" if column.enum else "")
            cells = (
                f"`{column.name}`",
                column.type,
                column.unit,
                meaning,
                column.null or "never empty",
                f"`{column.source}`" if column.source else "",
                column.derived,
            )
            lines.append(f"| {' | '.join(cells)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
