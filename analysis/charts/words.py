"""Amounts, counts and dates in words, in the language of the moment."""

import math
from collections.abc import Sequence

import pandas as pd

from analysis.charts.language import ENGLISH, counted, say, spoken


def unit() -> str:
    """The unit of every sum of dollars."""
    return say("nominal US dollars at the ECB rate of the day")


def dollars(amount: float, digits: int = 3) -> str:
    """A sum of dollars, to so many significant digits.

    >>> [dollars(amount) for amount in (0, 950_000, 13.93e6, 60e6, 439e6, 999.6e6, 1_681e6, 23e9)]
    ['$0', '$0.95m', '$13.9m', '$60m', '$439m', '$1bn', '$1.68bn', '$23bn']
    """
    return say("${amount}", amount=quantity(amount, digits))


def quantity(amount: float, digits: int = 3) -> str:
    """A sum without its currency, to so many significant digits, in the scale that fits.

    >>> quantity(2e9), quantity(292_895_820), quantity(292_895_820, 4)
    ('2bn', '293m', '292.9m')
    """
    # Rounding first keeps 999.6 million from becoming "1000m".
    rounded = float(f"{amount:.{digits}g}")
    if rounded == 0:
        return "0"
    scales = spoken().scales
    scale, written = next((step for step in scales if abs(rounded) >= step[0]), scales[-1])
    return written.format(f"{rounded / scale:.10g}")


def bounds(low: float, high: float) -> str:
    """What is known of an amount; NaN is an end that is not known.

    >>> nan = math.nan
    >>> bounds(60e6, 60e6), bounds(160e6, 200e6), bounds(14e6, nan)
    ('$60m', '$160m–$200m', '$14m or more')
    >>> bounds(0, 5e8), bounds(nan, nan), bounds(0, 0)
    ('up to $500m', 'undisclosed', '$0')
    """
    if math.isnan(low) and math.isnan(high):
        return say("undisclosed")
    if math.isnan(high):
        return say("{amount} or more", amount=dollars(low))
    if math.isnan(low) or low == 0 < high:
        return say("up to {amount}", amount=dollars(high))
    if spoken() is not ENGLISH:
        # Where the unit is a word, the press says it once.
        return short(low, high)
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
        return say("{amount}+", amount=dollars(stated))
    return dollars(stated) if low == stated == high else say("~{amount}", amount=dollars(stated))


def short(low: float, high: float) -> str:
    """Bounds as short as they can be said: for cells.

    >>> nan = math.nan
    >>> short(60e6, 60e6), short(2.91e9, 3.28e9), short(891e6, 1.2e9), short(14e6, nan)
    ('$60m', '$2.91–3.28bn', '$891m–1.2bn', '$14m+')
    >>> short(0, 5e8), short(nan, nan)
    ('$0–500m', 'undisclosed')
    """
    if math.isnan(low) and math.isnan(high):
        return say("undisclosed")
    if math.isnan(high):
        return say("{amount}+", amount=dollars(low))
    least, most = dollars(0 if math.isnan(low) else low), dollars(high)
    if least == most:
        return most
    # What both end with is said once: the unit, or behind another unit the currency.
    own = most.lstrip("$0123456789.")
    shared = next(own[i:] for i in range(len(own) + 1) if least.endswith(own[i:]))
    return f"{least.removesuffix(shared)}–{most.removeprefix('$')}"


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
    if spoken() is not ENGLISH:
        return counted(noun, number)
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number or 'no'} {noun if number == 1 else several}"


def tally(number: int) -> str:
    """A number that stands without its noun; English has a word for nothing.

    >>> tally(3), tally(0)
    ('3', 'none')
    """
    return str(number) if number or spoken() is not ENGLISH else "none"


def capital(text: str) -> str:
    """A text with a capital at the start; the rest stays as it is.

    >>> capital("none of the AI rounds"), capital("Q3 2026")
    ('None of the AI rounds', 'Q3 2026')
    """
    return text[:1].upper() + text[1:]


def sentence(words: "pd.Series[str]") -> "pd.Series[str]":
    """Words with a capital at the start each.

    >>> sentence(pd.Series(["largest AI round", "Q3 2026"])).tolist()
    ['Largest AI round', 'Q3 2026']
    """
    return words.map(capital)


def listing(words: Sequence[str]) -> str:
    """Words with commas and an "and".

    >>> listing(["ShengShu"]), listing(["ShengShu", "PixVerse", "Tripo AI"])
    ('ShengShu', 'ShengShu, PixVerse and Tripo AI')
    """
    *most, last = words
    return say("{most} and {last}", most=say(", ").join(most), last=last) if most else last


def day(date: pd.Timestamp) -> str:
    """A day in full.

    >>> day(pd.Timestamp("2026-03-09"))
    '9 March 2026'
    """
    return say("{day} {month}", day=date.day, month=month(date))


def month(date: pd.Timestamp) -> str:
    """A month in full.

    >>> month(pd.Timestamp("2026-03-09"))
    'March 2026'
    """
    return say("{month_name} {year}", month_name=f"{date:%B}", month=date.month, year=date.year)


def short_month(date: pd.Timestamp) -> str:
    """A month as short as it can be said.

    >>> short_month(pd.Timestamp("2026-03-09"))
    'Mar 2026'
    """
    return say("{month_name} {year}", month_name=f"{date:%b}", month=date.month, year=date.year)


def period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """The days from start to end, as short as they can be said.

    >>> dates = [pd.Timestamp(date) for date in ("2026-03-01", "2026-03-12", "2026-03-31", "2026-12-31")]
    >>> period(dates[1], dates[1]), period(dates[0], dates[2]), period(dates[1], dates[2])
    ('12 Mar 2026', 'Mar 2026', '12–31 Mar 2026')
    >>> period(pd.Timestamp("2026-01-01"), dates[3]), period(dates[0], dates[3]), period(pd.NaT, pd.NaT)
    ('2026', 'Mar–Dec 2026', 'unknown')
    """
    if pd.isna(start) or pd.isna(end):
        return say("unknown")
    whole = start.is_month_start and end.is_month_end
    if start == end:
        return _short_day(start)
    if whole and start.is_year_start and end.is_year_end and start.year == end.year:
        return say("{year}", year=start.year)
    parts = {
        "day": start.day, "month_name": f"{start:%b}", "month": start.month, "year": start.year,
        "last_day": end.day, "last_name": f"{end:%b}", "last_month": end.month,
    }  # fmt: skip
    if (start.year, start.month) == (end.year, end.month):
        return short_month(start) if whole else say("{day}–{last_day} {month_name} {year}", **parts)
    if whole and start.year == end.year:
        return say("{month_name}–{last_name} {year}", **parts)
    return say("{first} – {last}", first=_short_day(start), last=_short_day(end))


def _short_day(date: pd.Timestamp) -> str:
    """A day as short as it can be said."""
    return say("{day} {month}", day=date.day, month=short_month(date))
