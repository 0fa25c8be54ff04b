"""The schema: what it refuses, and the bytes it writes."""

import json

import pandas as pd
import pytest

from analysis.columns import FIELDS, KINDS, SLIPS, Column
from analysis.tables import TABLES, SchemaError, Table, csv_bytes, dangling, datapackage, dictionary, shape

SMALL = Table(
    "small",
    "a thing",
    ("name",),
    (
        Column("name", "string", "what it is called"),
        Column("sort", "string", "which sort", null="unknown", enum=("big", "small")),
        Column("weight_kg", "number", "how heavy", "kg", null="not weighed"),
        Column("pieces", "integer", "how many", null="not counted"),
        Column("made_date", "date", "when", "day", null="unknown"),
        Column("is_sold", "boolean", "whether it is sold"),
    ),
)
ROWS = [
    {"name": "b", "sort": "big", "weight_kg": 2e9, "pieces": 3, "made_date": "2026-04-10", "is_sold": True},
    {"name": "a", "sort": None, "weight_kg": 0.1406, "pieces": None, "made_date": None, "is_sold": False},
]  # fmt: skip


def frame(**changed: object) -> pd.DataFrame:
    return pd.DataFrame([{**ROWS[0], **changed}, ROWS[1]])


def test_shape_orders_rows_and_columns_and_types() -> None:
    shuffled = frame()[["is_sold", "pieces", "name", "made_date", "weight_kg", "sort"]].assign(extra=1)
    shaped = shape(SMALL, shuffled)
    assert list(shaped.columns) == SMALL.names
    assert shaped["name"].tolist() == ["a", "b"]
    assert [str(dtype) for dtype in shaped.dtypes] == ["str", "str", "float64", "Int64", "str", "bool"]


def test_a_missing_column_is_empty() -> None:
    assert shape(SMALL, frame().drop(columns="sort"))["sort"].isna().all()


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"name": None}, "small.name"),
        ({"name": "a"}, "one key"),
        ({"sort": "huge"}, "small.sort"),
        ({"made_date": "2026-13-45"}, "small.made_date"),
        ({"made_date": "2026-4-1"}, "small.made_date"),
        ({"made_date": "April 2026"}, "small.made_date"),
    ],
)
def test_shape_refuses(changed: dict[str, object], column: str) -> None:
    with pytest.raises(SchemaError, match=column):
        shape(SMALL, frame(**changed))


def test_bytes_of_a_table() -> None:
    assert csv_bytes(SMALL, shape(SMALL, frame())) == (
        b"name,sort,weight_kg,pieces,made_date,is_sold\na,,0.1406,,,false\nb,big,2000000000,3,2026-04-10,true\n"
    )


def test_text_with_commas_quotes_and_lines_survives() -> None:
    text = 'a "b", c\nd'
    assert csv_bytes(SMALL, shape(SMALL, frame(name=text))).decode().count('"a ""b"", c\nd"') == 1


def test_dangling_keys_are_named(built) -> None:
    tables = dict(built.tables)
    assert dangling(tables) == []
    tables["rounds"] = tables["rounds"].iloc[1:]
    found = dangling(tables)
    assert any(sentence.startswith("reports.round_id names") for sentence in found)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_table_is_well_described(table: Table) -> None:
    assert set(table.key) <= set(table.names)
    assert len(set(table.names)) == len(table.names)
    for column, other, there in table.foreign_keys:
        assert column in table.names
        assert there in TABLES[other].names
    for column in table.columns:
        assert column.description, column.name
        assert column.type in ("string", "number", "integer", "date", "boolean"), column.name
        assert column.name not in table.key or table.name == "problems" or not column.null, column.name
        assert "|" not in column.description + column.null + column.derived, (
            "breaks the table of the dictionary"
        )


def test_words_are_used_alike() -> None:
    def enum(table: str, name: str) -> tuple[str, ...]:
        return next(column.enum for column in TABLES[table].columns if column.name == name)

    assert enum("reports", "kind") == enum("rounds", "kind") == KINDS
    assert enum("conflicts", "field") == FIELDS
    assert enum("conflicts", "probably") == SLIPS


def test_datapackage_describes_every_column() -> None:
    package = json.loads(datapackage("2026-11-23"))
    assert package["created"] == "2026-11-23"
    described = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    assert described == {table.name: table.names for table in TABLES.values()}
    rounds = next(r for r in package["resources"] if r["name"] == "rounds")
    assert rounds["schema"]["primaryKey"] == ["round_id"]
    fields = {field["name"]: field for field in rounds["schema"]["fields"]}
    assert fields["kind"]["constraints"] == {"required": True, "enum": list(KINDS)}
    assert fields["usd_stated"]["unit"] == "USD"
    assert fields["usd_stated"]["nullMeans"]
    assert "required" not in fields["usd_stated"]["constraints"]


def test_the_dictionary_has_a_line_for_every_column() -> None:
    text = dictionary("2026-11-23", dict.fromkeys(TABLES, 1234))
    assert "2026-11-23" in text
    for table in TABLES.values():
        section = text.split(f"## {table.name}.csv\n")[1].split("\n## ")[0]
        assert "1,234 rows" in section
        lines = [line for line in section.splitlines() if line.startswith("| `")]
        assert [line.split("`")[1] for line in lines] == table.names
        assert {line.count(" | ") for line in lines} == {6}
