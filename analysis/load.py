"""Read the processed tables: what notebooks and exports start from.

Every function returns a fresh frame whose columns have the types of `tables.py`: text as str, numbers as
float64 with NaN, whole numbers as Int64, dates as datetime64[s], truth values as boolean. Money is nominal
and in whole units.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.formulas import as_written
from analysis.tables import TABLES, in_order

ROUND_KINDS = ("round", "ipo")
"""Events in which a company raises equity; parts and totals of them are never added to them."""

_DTYPES = {"string": "str", "number": "float64", "integer": "Int64", "boolean": "boolean"}


def directory() -> Path:
    """The folder of the tables: $WORLD_MODEL_DATA where it is set, else data/processed beside the package."""
    chosen = os.environ.get("WORLD_MODEL_DATA")
    return Path(chosen) if chosen else Path(__file__).parents[1] / "data" / "processed"


def table(name: str, folder: Path | None = None) -> pd.DataFrame:
    """Return a table of data/processed by its name in `tables.TABLES`.

    Raises:
        ValueError: no table has that name, or the file has other columns than the schema.
        FileNotFoundError: the table has not been built yet.
    """
    if name not in TABLES:
        raise ValueError(f"There is no table {name!r}. There are: {', '.join(TABLES)}.")
    path = (folder or directory()) / f"{name}.csv"
    in_parquet = path.with_suffix(".parquet")
    if not path.exists() and not in_parquet.exists():
        raise FileNotFoundError(f"{path} does not exist yet: run `make`, or `python -m analysis build`.")
    types = {column.name: column.type for column in TABLES[name].columns}
    frame = _read_csv(path, types) if path.exists() else _read_parquet(name, in_parquet)
    if list(frame.columns) != list(types):
        raise ValueError(f"{path} was built by another version: run `make`, or `python -m analysis build`.")
    dates = [column for column, type_ in types.items() if type_ == "date"]
    frame[dates] = frame[dates].astype("datetime64[s]")
    return frame.astype({column: _DTYPES[type_] for column, type_ in types.items() if type_ != "date"})


def _read_parquet(name: str, path: Path) -> pd.DataFrame:
    """The rows of a file, or of a folder of files, in the order of the table."""
    frame = pd.read_parquet(path)
    return in_order(TABLES[name], frame) if path.is_dir() else frame


def _read_csv(path: Path, types: Mapping[str, str]) -> pd.DataFrame:
    """The texts and truth values of a CSV file; numbers are texts still."""
    # Only an empty cell is missing: "N/A" and "none" are what a source wrote.
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
    texts = [name for name, type_ in types.items() if type_ == "string" and name in frame]
    truths = [name for name, type_ in types.items() if type_ == "boolean" and name in frame]
    frame[texts] = frame[texts].map(as_written, na_action="ignore")
    frame[truths] = frame[truths].apply(lambda column: column.str.lower().map({"true": True, "false": False}))
    return frame


def reports() -> pd.DataFrame:
    """One row a report: one source's telling of one financing event."""
    return table("reports")


def rounds() -> pd.DataFrame:
    """One row a financing event of any kind and status; `closed_rounds` keeps those that are money."""
    return table("rounds")


def closed_rounds(kinds: tuple[str, ...] = ROUND_KINDS) -> pd.DataFrame:
    """The events that count as money raised: closed, and of one of the kinds."""
    events = rounds()
    return events[events["status"].eq("closed") & events["kind"].isin(kinds)].reset_index(drop=True)


def round_investors() -> pd.DataFrame:
    """One row an investor in an event."""
    return table("round_investors")


def companies() -> pd.DataFrame:
    """One row a company, with segment, country and the cohort in which it is compared."""
    return table("companies")


def known_gaps() -> pd.DataFrame:
    """One row something that is believed to have happened and has no source: a round, or who was in it."""
    return table("known_gaps")


def conflicts() -> pd.DataFrame:
    """One row a value that was reported for an event and not chosen, with what it probably is."""
    return table("conflicts")


def product_events() -> pd.DataFrame:
    """One row a launch, version, release or shutdown as one source reports it."""
    return table("product_events")


def as_of() -> pd.Timestamp:
    """The day of the record: the newest day on which a report was collected."""
    return pd.Timestamp(reports()["collected"].max())


def counts() -> dict[str, int]:
    """How many rows each table has."""
    return {name: len(table(name)) for name in TABLES}


class Once:
    """Tables that are read once, for those who make many charts: `Once(load)` gives what `load` gives."""

    def __init__(self, tables: Any) -> None:
        """Take this module, or anything with the same functions."""
        self._tables = tables
        self._read: dict[tuple[str, ...], pd.DataFrame] = {}

    def __getattr__(self, name: str) -> Callable[..., pd.DataFrame]:
        """Return a function that gives a fresh copy of what it gave first."""

        def read(*arguments: str) -> pd.DataFrame:
            key = name, *arguments
            if key not in self._read:
                self._read[key] = getattr(self._tables, name)(*arguments)
            return self._read[key].copy()

        return read
