"""The page of the tables: downloads, and what every column means."""

from collections.abc import Mapping, Sequence

from analysis.columns import Column
from analysis.site.markup import cell, html, text
from analysis.site.numbers import boxed
from analysis.tables import QUOTED, TABLES, Table

FOLDER = "data/processed"
"""Where the tables stand in the repository and on the site."""


def pages(rows: Mapping[str, int], sizes: Mapping[str, int]) -> dict[str, str]:
    """The source of the page.

    Args:
        rows: the number of rows of each table.
        sizes: bytes of each file of data/processed that can be downloaded.
    """
    parts = [
        "# Data",
        "Every table as CSV (UTF-8). All money is nominal and in whole units of its currency. "
        f"An empty cell is a null; *empty means* says what of. {text(QUOTED)}",
        _downloads(rows, sizes),
        f'<a href="{FOLDER}/datapackage.json" download>datapackage.json</a> describes the same columns for '
        "programs (Frictionless Data).",
        *(part for table in TABLES.values() for part in _meanings(table)),
    ]
    return {"data.md": "\n\n".join(parts)}


def _downloads(rows: Mapping[str, int], sizes: Mapping[str, int]) -> str:
    lines = [
        [
            f'<a href="{FOLDER}/{name}.csv" download>{name}.csv</a>',
            cell(table.grain),
            f"{rows[name]:,}",
            f"{max(1, round(sizes[f'{name}.csv'] / 1000)):,} kB",
        ]
        for name, table in TABLES.items()
    ]
    return _table(["Table", "One row is", "Rows", "Size"], lines, "Tables", numbers=(2, 3))


def _meanings(table: Table) -> list[str]:
    lines = [
        [
            f"<code>{column.name}</code><small>{_kind(column)}</small>",
            _meaning(column),
            cell(column.null or "never empty"),
            _made(column),
        ]
        for column in table.columns
    ]
    return [
        f"## {text(table.name)}\\.csv",
        f"One row is {text(table.grain)}. Key: {text(', '.join(table.key))}. From {text(table.source)}.",
        _table(
            ["Column", "What it says", "Empty means", "How it was made"], lines, f"Columns of {table.name}"
        ),
    ]


def _kind(column: Column) -> str:
    """The type, and the unit where there is one."""
    return cell(f"{column.type}, {column.unit}" if column.unit else column.type)


def _meaning(column: Column) -> str:
    return cell(f"{column.description} ({', '.join(column.enum)})" if column.enum else column.description)


def _made(column: Column) -> str:
    """The column of the raw file, and what was done with it."""
    source = f"from <code>{cell(column.source)}</code>" if column.source else ""
    return ", ".join(filter(None, [source, cell(column.derived)]))


def _table(
    header: Sequence[str], lines: Sequence[Sequence[str]], label: str, numbers: Sequence[int] = ()
) -> str:
    """A table of HTML cells; the columns at some places stand to the right."""

    def line(tag: str, cells: Sequence[str]) -> str:
        return "".join(
            f'<{tag} class="number short">{shown}</{tag}>' if place in numbers else f"<{tag}>{shown}</{tag}>"
            for place, shown in enumerate(cells)
        )

    body = "\n".join(f"<tr>{line('td', cells)}</tr>" for cells in lines)
    head = f"<thead><tr>{line('th', header)}</tr></thead>"
    return html(boxed(f"<table>{head}<tbody>\n{body}\n</tbody></table>", label))
