"""Amounts, counts and dates in words."""

import math
from collections.abc import Sequence

import pandas as pd

UNIT = "nominal US dollars at the ECB rate of the day"


def dollars(amount: float) -> str:
    """Three significant figures and the unit that fits.

    >>> [dollars(amount) for amount in (0, 950_000, 13.93e6, 60e6, 439e6, 999.6e6, 1_681e6, 23e9)]
    ['$0', '$0.95m', '$13.9m', '$60m', '$439m', '$1bn', '$1.68bn', '$23bn']
    """
    # Rounding first keeps 999.6 million from becoming "$1000m".
    rounded = float(f"{amount:.3g}")
    if rounded == 0:
        return "$0"
    unit, letter = (1e9, "bn") if abs(rounded) >= 1e9 else (1e6, "m")
    return f"${rounded / unit:.10g}{letter}"


def bounds(low: float, high: float) -> str:
    """What is known of an amount; NaN is an end that is not known.

    >>> nan = math.nan
    >>> bounds(60e6, 60e6), bounds(160e6, 200e6), bounds(14e6, nan)
    ('$60m', '$160m–$200m', '$14m or more')
    >>> bounds(0, 5e8), bounds(nan, nan), bounds(0, 0)
    ('up to $500m', 'undisclosed', '$0')
    """
    if math.isnan(low) and math.isnan(high):
        return "undisclosed"
    if math.isnan(high):
        return f"{dollars(low)} or more"
    if math.isnan(low) or low == 0 < high:
        return f"up to {dollars(high)}"
    ends = dict.fromkeys([dollars(low), dollars(high)])
    return "–".join(ends)


def figure(low: float, stated: float, high: float) -> str:
    """The figure that was told, short, with its vagueness: for labels beside a mark that shows the bounds.

    >>> nan = math.nan
    >>> figure(60e6, 60e6, 60e6), figure(160e6, 200e6, 200e6)
    ('$60m', '~$200m')
    >>> figure(14e6, 14e6, nan), figure(14e6, nan, 139e6)
    ('$14m+', '$14m–$139m')
    """
    if math.isnan(stated):
        return bounds(low, high)
    if math.isnan(high):
        return f"{dollars(stated)}+"
    return dollars(stated) if low == stated == high else f"~{dollars(stated)}"


def short(low: float, high: float) -> str:
    """Bounds as short as they can be said: for cells.

    >>> nan = math.nan
    >>> short(60e6, 60e6), short(2.91e9, 3.28e9), short(891e6, 1.2e9), short(14e6, nan)
    ('$60m', '$2.91–3.28bn', '$891m–1.2bn', '$14m+')
    >>> short(0, 5e8), short(nan, nan)
    ('$0–500m', 'undisclosed')
    """
    if math.isnan(low) and math.isnan(high):
        return "undisclosed"
    if math.isnan(high):
        return f"{dollars(low)}+"
    least, most = dollars(0 if math.isnan(low) else low), dollars(high)
    if least == most:
        return most
    unit = most.lstrip("$0123456789.")
    return f"{least.removesuffix(unit)}–{most.removeprefix('$')}"


def percent(share: float) -> str:
    """A share to two significant digits.

    >>> [percent(share) for share in (0.457, 0.0410, 1, 0.999, 0.00051, 0)]
    ['46%', '4.1%', '100%', '100%', '0.051%', '0%']
    """
    return f"{float(f'{100 * share:.2g}'):g}%"


def bare(amount: str) -> str:
    """An amount without its sign: the header has the unit, and notebooks take two signs for a formula.

    >>> bare("$160m–$200m")
    '160m–200m'
    """
    return amount.replace("$", "")


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "round"), count(3, "round"), count(0, "round"), count(2, "company")
    ('1 round', '3 rounds', 'no rounds', '2 companies')
    """
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number or 'no'} {noun if number == 1 else several}"


def sentence(words: "pd.Series[str]") -> "pd.Series[str]":
    """Words with a capital at the start; the rest stays as it is.

    >>> sentence(pd.Series(["largest AI round", "Q3 2026"])).tolist()
    ['Largest AI round', 'Q3 2026']
    """
    return words.str[0].str.upper() + words.str[1:]


def listing(words: Sequence[str]) -> str:
    """Words with commas and an "and".

    >>> listing(["ShengShu"]), listing(["ShengShu", "PixVerse", "Tripo AI"])
    ('ShengShu', 'ShengShu, PixVerse and Tripo AI')
    """
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def day(date: pd.Timestamp) -> str:
    """A day in full.

    >>> day(pd.Timestamp("2026-03-09"))
    '9 March 2026'
    """
    return f"{date.day} {date:%B %Y}"


def month(date: pd.Timestamp) -> str:
    """A month in full.

    >>> month(pd.Timestamp("2026-03-09"))
    'March 2026'
    """
    return f"{date:%B %Y}"


def period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """The days from start to end, as short as they can be said.

    >>> dates = [pd.Timestamp(date) for date in ("2026-03-01", "2026-03-12", "2026-03-31", "2026-12-31")]
    >>> period(dates[1], dates[1]), period(dates[0], dates[2]), period(dates[1], dates[2])
    ('12 Mar 2026', 'Mar 2026', '12–31 Mar 2026')
    >>> period(pd.Timestamp("2026-01-01"), dates[3]), period(dates[0], dates[3]), period(pd.NaT, pd.NaT)
    ('2026', 'Mar–Dec 2026', 'unknown')
    """
    if pd.isna(start) or pd.isna(end):
        return "unknown"
    if start == end:
        return f"{start.day} {start:%b %Y}"
    is_whole = start.is_month_start and end.is_month_end
    if is_whole and start.is_year_start and end.is_year_end and start.year == end.year:
        return f"{start.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%b %Y}" if is_whole else f"{start.day}–{end.day} {start:%b %Y}"
    if is_whole and start.year == end.year:
        return f"{start:%b}–{end:%b %Y}"
    return f"{start.day} {start:%b %Y} – {end.day} {end:%b %Y}"
