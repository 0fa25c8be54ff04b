"""Cells of a column of sums as the texts that a report would have: with currency and unit."""

import re
import unicodedata

import pandas as pd

from analysis.layouts.layout import Money
from analysis.parse.amounts import parse_amount

SMALLEST = 1000
"""A sum of money below this is one whose unit is not told."""
_FIGURE = re.compile(r"\d(?:[\d.,'’ ]*\d)?")
# What may follow a figure that is no unit: the end, a sign, a currency.
_NO_UNIT = re.compile(
    r"\s*(?:$|[^\w\s]|[A-Z]{3}\b|元|円|원|人民币|美元|港元|欧元|日元|(?:dollars?|euros?|yuan)\b)"
)
_BETWEEN = re.compile(r"\s*(?:[-–—~～至到]|to)\s*")
_BARE = re.compile(r"[\d.,'’ +~-]+")
_COMMA_DECIMAL = re.compile(r"\D*\d{1,3}(?:[.' ]?\d{3})*,\d{1,2}(?!\d)(?!,)\D*")
_THOUSANDS = re.compile(r"\D*\d{1,3}(?:,\d{2,3})*,\d{3}(?:,\d{3}|\.\d+)\D*")
_THREE = re.compile(r"\D*\d{1,3}[.,]\d{3}(?!\d)[^\d.,]*|\D*\d+\.\d{1,2}(?!\d)[^\d.,]*")


def sum_text(cell: str, code: str, money: Money) -> str | None:
    """Return a cell with what header and layout say about it, None where that makes no sum that is sure.

    Args:
        cell: the text of the cell.
        code: what the column of the currency says of this row; "" if it says nothing.
        money: how the column is written.

    >>> sum_text("5,000", "CNY", Money(unit="万"))
    'CNY 5,000万'
    >>> sum_text("$140", "", Money(unit="billion")), sum_text("1.5 million", "", Money(currency="USD"))
    ('$140 billion', 'USD 1.5 million')
    >>> sum_text("1.5", "USD", Money()) is None
    True
    """
    text = cell.strip()
    if text.casefold() in money.undisclosed:
        return "undisclosed"
    figures = list(_FIGURE.finditer(text))
    if figures:
        if money.decimal:
            text = _FIGURE.sub(lambda found: _plain(found[0], money.decimal), text)
            figures = list(_FIGURE.finditer(text))
        end = figures[-1].end()
        if _NO_UNIT.match(text, end):
            if money.unit:
                ends = [found.span() for found in figures]
                if len(ends) > 2 or (len(ends) == 2 and not _BETWEEN.fullmatch(text, ends[0][1], ends[1][0])):
                    return None
                gap, rest = (" ", text[end:]) if money.unit.isascii() else ("", text[end:].lstrip())
                rest = f" {rest}" if money.unit.isascii() and rest[:1].isalpha() else rest
                text = f"{text[:end]}{gap}{money.unit}{rest}"
            elif all(_is_small(found[0]) for found in figures):
                return None
    if code:
        return f"{code} {text}" if text else ""
    return f"{money.currency} {text}" if money.currency and _names_no_currency(text) else text


def sum_texts(cells: pd.Series, codes: pd.Series | None, money: Money) -> tuple[pd.Series, pd.Series]:
    """Return `sum_text` of each cell, "" where there is none, and where that is; each pair is read once."""
    table = pd.DataFrame({"cell": cells, "code": "" if codes is None else codes})
    table.loc[table["cell"] == "", "code"] = ""
    places = table.groupby(["cell", "code"], sort=False).ngroup()
    pairs = table.drop_duplicates()
    texts = [sum_text(cell, code, money) for cell, code in pairs.itertuples(index=False, name=None)]
    made = pd.Series(texts, dtype="str").take(places.to_numpy()).set_axis(cells.index)
    return made.fillna("").astype("str"), made.isna()


def odd_commas(cells: pd.Series) -> tuple[list[str], tuple[str, str] | None]:
    """Return the cells that break the column's own use of commas, and two that leave that use open.

    A column with a sum such as "1,200,000" has commas between thousands, and "100,00" is odd in it. Without
    one, "12,5" shows decimal commas, and then "1,234" can mean two sums.

    >>> odd_commas(pd.Series(["$100,00", "$1,200,000"])), odd_commas(pd.Series(["13,00,000", "1,234"]))
    ((['$100,00'], None), ([], None))
    >>> odd_commas(pd.Series(["12,5", "1,234"]))
    ([], ('12,5', '1,234'))
    """
    texts = [text for text in cells.unique() if text]
    decimal = [text for text in texts if _COMMA_DECIMAL.fullmatch(text)]
    if not decimal or any(_THOUSANDS.fullmatch(text) for text in texts):
        return decimal, None
    either = next((text for text in texts if _THREE.fullmatch(text)), None)
    return [], (decimal[0], either) if either else None


def _plain(figure: str, decimal: str) -> str:
    """A figure without signs between thousands and with a decimal point; as it stands if it has two."""
    grouping = "".join({",", ".", "'", "’", " "} - {decimal})
    plain = figure.translate(dict.fromkeys(map(ord, grouping)))
    return figure if plain.count(decimal) > 1 else plain.replace(decimal, ".")


def _is_small(figure: str) -> bool:
    """Whether a figure is below `SMALLEST`, whichever of its signs is the decimal one."""
    whole = re.split(r"[.,](?=\d{1,2}$|\d{4,}$)", figure)[0]
    return len(re.sub(r"\D", "", whole).lstrip("0")) < len(str(SMALLEST))


def _names_no_currency(text: str) -> bool:
    if _BARE.fullmatch(text):
        return True
    if any(unicodedata.category(sign) == "Sc" for sign in text):
        return False
    amount = parse_amount(text)
    return amount.currency is None and (amount.low is not None or amount.high is not None)
