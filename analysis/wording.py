"""Amounts, dates and rounds as a sentence says them: "CNY 2 billion", "by 2026-04", "Series A, debt"."""

import math
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

_UNITS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+")
_OPEN_LOW = re.compile(r"\b([A-Z]{3}|unknown currency) 0 to ([\d,]+)")
_OPEN_HIGH = re.compile(r"\b([A-Z]{3}|unknown currency) ([\d,]+) to open\b")
_WORDING = {"about": "about ", "nearly": "nearly ", "at_least": "at least "}


def number_in_words(value: float, digits: int | None = None) -> str:
    """Return a number with its unit, exactly or to `digits` significant digits.

    >>> number_in_words(2e9), number_in_words(1_234_567_890), number_in_words(5e5)
    ('2 billion', '1.23456789 billion', '500,000')
    >>> number_in_words(292_895_800, digits=4)
    '292.9 million'
    """
    if digits is not None:
        value = float(f"{value:.{digits}g}")
    for unit, name in _UNITS:
        if abs(value) >= unit:
            return f"{value / unit:.12g} {name}"
    return f"{value:,.10g}"


def dollars_in_words(value: float) -> str:
    """Return dollars that were converted, to four significant digits.

    >>> dollars_in_words(13_932_357)
    'USD 13.93 million'
    """
    return f"USD {number_in_words(value, digits=4)}"


def figures_in_words(text: str) -> str:
    """Return a text with the long figures in it as words, and bounds that are open as "up to" or "at least".

    >>> figures_in_words("against CNY 1,500,000,000 to 2,000,000,000 with 2")
    'against CNY 1.5 billion to 2 billion with 2'
    >>> figures_in_words("USD 0 to 540,000,000"), figures_in_words("USD 600,000,000 to open")
    ('up to USD 540 million', 'at least USD 600 million')
    """
    text = _OPEN_LOW.sub(r"up to \1 \2", _OPEN_HIGH.sub(r"at least \1 \2", text))
    return _FIGURE.sub(lambda found: number_in_words(float(found[0].replace(",", ""))), text)


def amount_in_words(
    stated: float, low: float, high: float, currency: str, qualifier: str, digits: int | None = None
) -> str:
    """Return what is known of an amount (NaN: unknown), in words.

    >>> nan = math.nan
    >>> amount_in_words(2e9, 2e9, 2e9, "CNY", "exact")
    'CNY 2 billion'
    >>> amount_in_words(439e6, 139e6, 439e6, "USD", "exact")
    'USD 439 million (bounds: 139 million to 439 million)'
    >>> amount_in_words(6e8, 6e8, nan, "CNY", "at_least"), amount_in_words(nan, 0, 5e8, "USD", "at_most")
    ('at least CNY 600 million', 'up to USD 500 million')
    >>> amount_in_words(nan, 1e8, 9.99e8, "CNY", "order"), amount_in_words(nan, nan, nan, "", "undisclosed")
    ('CNY 100 million to 999 million', 'undisclosed')
    """
    money = f"{currency or 'unknown currency'} "

    def words(value: float) -> str:
        return number_in_words(value, digits)

    if math.isnan(stated):
        if math.isnan(low) and math.isnan(high):
            return "undisclosed" if qualifier == "undisclosed" else ""
        if math.isnan(high):
            return f"at least {money}{words(low)}"
        if math.isnan(low) or low == 0:
            return f"up to {money}{words(high)}"
        return f"{money}{words(low)} to {words(high)}"
    figure = f"{_WORDING.get(qualifier, '')}{money}{words(stated)}"
    if low == stated == high or (math.isnan(low) and math.isnan(high)):
        return figure
    if low == stated and math.isnan(high):
        return figure if qualifier == "at_least" else f"{figure} or more"
    if math.isnan(high):
        return f"{figure} (bounds: {words(low)} or more)"
    if math.isnan(low):
        return f"{figure} (bounds: up to {words(high)})"
    return f"{figure} (bounds: {words(low)} to {words(high)})"


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table; a missing text is ""."""
    texts = {name: table[name].fillna("") for name in table.columns if table[name].dtype == "str"}
    return table.assign(**texts).to_dict("records")  # type: ignore[return-value]


def day_in_words(moment: pd.Timestamp) -> str:
    """Return a day as ISO 8601."""
    return f"{moment:%Y-%m-%d}"


def date_in_words(row: Mapping[str, Any]) -> str:
    """Return the date of a round as finely as it is known, "" when it is not.

    >>> span = {"date_start": pd.Timestamp("2026-04-01"), "date_end": pd.Timestamp("2026-04-30")}
    >>> date_in_words({**span, "date_precision": "month", "date_basis": "announced"})
    '2026-04'
    >>> date_in_words({**span, "date_precision": "range", "date_basis": "published"})
    'by 2026-04-30'
    """
    if pd.isna(row["date_start"]):
        return ""
    length = {"month": 7, "year": 4}.get(row["date_precision"], 10)
    start, end = day_in_words(row["date_start"])[:length], day_in_words(row["date_end"])[:length]
    if row["date_basis"] == "published":
        return f"by {end}"
    return start if start == end else f"{start} to {end}"


def round_amount(row: Mapping[str, Any], bounds: bool = True) -> str:
    """Return the amount of a row of the table rounds in words."""
    ends = (row["amount_stated"], row["amount_low"], row["amount_high"])
    if not bounds and not math.isnan(row["amount_stated"]):
        ends = (row["amount_stated"],) * 3
    return amount_in_words(*ends, row["currency"], row["amount_qualifier"])


def round_dollars(row: Mapping[str, Any], bounds: bool = True) -> str:
    """Return the amount of a row of the table rounds in dollars, to four significant digits."""
    ends = (row["usd_stated"], row["usd_low"], row["usd_high"])
    if not bounds and not math.isnan(row["usd_stated"]):
        ends = (row["usd_stated"],) * 3
    return amount_in_words(*ends, "USD", row["amount_qualifier"], digits=4)


def round_valuation(row: Mapping[str, Any]) -> str:
    """Return the valuation of a row of the table rounds in dollars, "" where no report says it."""
    ends = (row["valuation_usd_stated"], row["valuation_usd_low"], row["valuation_usd_high"])
    if all(pd.isna(end) for end in ends):
        return ""
    words = amount_in_words(*ends, "USD", "", digits=4)
    return f"{words}, {row['valuation_basis']}-money" if row["valuation_basis"] else words


def round_name(row: Mapping[str, Any]) -> str:
    """Return the label of a row of the table rounds, and its kind where that is no plain round.

    >>> round_name({"round_label": "Series A", "kind": "round"})
    'Series A'
    >>> round_name({"round_label": "IPO", "kind": "ipo"}), round_name({"round_label": "", "kind": "debt"})
    ('IPO', 'debt')
    """
    named = "" if row["kind"] in ("round", row["round_label"].casefold()) else row["kind"]
    return ", ".join(filter(None, [row["round_label"], named]))
