"""The reader: types, missing cells, errors that say what to do."""

from pathlib import Path

import pandas as pd
import pytest

from analysis import load
from analysis.tables import TABLES


def write(folder: Path, name: str, *rows: dict[str, str]) -> None:
    """Write a table of data/processed with only some cells filled."""
    filled = [{**dict.fromkeys(TABLES[name].names, ""), **row} for row in rows]
    pd.DataFrame(filled, columns=TABLES[name].names).to_csv(folder / f"{name}.csv", index=False)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that load reads."""
    monkeypatch.setenv("WORLD_MODEL_DATA", str(tmp_path))
    return tmp_path


def test_columns_have_the_types_of_the_schema(data: Path) -> None:
    write(
        data,
        "rounds",
        {"round_id": "a", "date_start": "2026-04-10", "usd_low": "1.5", "n_reports": "3", "company": "N/A"},
        {"round_id": "b"},
    )
    rounds = load.rounds()
    types = {"string": "str", "number": "float64", "integer": "Int64", "date": "datetime64[s]"}
    wanted = {column.name: types[column.type] for column in TABLES["rounds"].columns}
    assert {column: str(dtype) for column, dtype in rounds.dtypes.items()} == wanted
    first, second = rounds.to_dict("records")
    assert first["date_start"] == pd.Timestamp("2026-04-10")
    assert (first["usd_low"], first["n_reports"], first["company"]) == (1.5, 3, "N/A")
    assert all(pd.isna(value) for name, value in second.items() if name != "round_id")


def test_truth_values_are_booleans(data: Path) -> None:
    truths = [{"investor_id": text, "is_resolved": text} for text in ("true", "True", "false", "")]
    write(data, "investors", *truths)
    assert load.table("investors")["is_resolved"].tolist() == [True, True, False, pd.NA]


@pytest.mark.parametrize("name", TABLES)
def test_every_committed_table_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORLD_MODEL_DATA", raising=False)
    frame = load.table(name)
    assert len(frame) == load.counts()[name] > 0
    assert list(frame.columns) == TABLES[name].names


def test_only_closed_rounds_are_money(data: Path) -> None:
    events = [
        ("a", "round", "closed"),
        ("b", "ipo", "closed"),
        ("c", "round", "in talks"),
        ("d", "part", "closed"),
        ("e", "total", "closed"),
        ("f", "debt", "closed"),
        ("g", "round", "cancelled"),
    ]
    write(
        data, "rounds", *({"round_id": id_, "kind": kind, "status": status} for id_, kind, status in events)
    )
    assert load.closed_rounds()["round_id"].tolist() == ["a", "b"]
    assert load.closed_rounds(("debt",))["round_id"].tolist() == ["f"]


def test_the_day_of_the_record_is_the_newest_collection(data: Path) -> None:
    write(data, "reports", *({"collected": day} for day in ("2026-11-23", "2026-11-25", "2026-11-24")))
    assert load.as_of() == pd.Timestamp("2026-11-25")


def test_a_table_that_was_not_built_says_what_to_run(data: Path) -> None:
    with pytest.raises(FileNotFoundError, match="run `make`, or `python -m analysis build`"):
        load.rounds()


def test_a_table_of_another_version_says_what_to_run(data: Path) -> None:
    (data / "rounds.csv").write_text("round_id,amount\n", encoding="utf-8")
    with pytest.raises(ValueError, match="another version: run `make`"):
        load.rounds()


def test_an_unknown_table_names_those_that_exist() -> None:
    with pytest.raises(ValueError, match=r"no table 'round'\. There are: reports, rounds,"):
        load.table("round")


def test_the_folder_does_not_depend_on_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORLD_MODEL_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    assert (load.directory() / "rounds.csv").exists()
