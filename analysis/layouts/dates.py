"""The order of day, month and year in a column of dates, decided by the column as a whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.layouts.layout import ORDERS
from analysis.parse.dates import EARLIEST_YEAR, LATEST_YEAR

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Separators are often damaged, the numbers between them seldom.
_TIME = r"(?:[T ]+\d{1,2}:\d{2}[\d:.]*(?: ?[AP]M)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_NUMBERS = re.compile(rf"(\d+)\s*[-/.]+\s*(\d+)\s*[-/.]+\s*(\d+){_TIME}", re.IGNORECASE)
_NAMED = re.compile(rf"(\d{{1,2}})[-/. ]+([a-z]{{3}})[a-z]*[-/., ]+(\d{{2}}){_TIME}", re.IGNORECASE)
_FEW = 3  # lines that are named for one order


@dataclass(frozen=True)
class DateOrder:
    """What the cells of a column say about their order.

    Attributes:
        order: one of `ORDERS`; "" if no cell needs one, or nothing decides.
        is_open: some cell needs an order and nothing decides.
        told: the reason, for people, with counts and lines.
    """

    order: str
    is_open: bool
    told: str


def readings(text: str) -> dict[str, date]:
    """Return the day that a text of numbers is in each order that it allows; none for any other text.

    >>> {order: str(day) for order, day in readings("04-07-2017").items()}
    {'mdy': '2017-04-07', 'dmy': '2017-07-04'}
    >>> list(readings("1/23/2014")), list(readings("2014/1/23")), readings("in May")
    (['mdy'], ['ymd'], {})
    """
    text = text.strip()
    if found := _NAMED.fullmatch(text):
        first, month, last = found[1], found[2].lower(), found[3]
        if month not in _MONTHS:
            return {}
        number = str(_MONTHS.index(month) + 1)
        orders = {"ymd": (first, number, last), "mdy": (last, number, first), "dmy": (last, number, first)}
    elif found := _NUMBERS.fullmatch(text):
        first, middle, last = found.groups()
        orders = {"ymd": (first, middle, last), "mdy": (last, first, middle), "dmy": (last, middle, first)}
        if len(first) == 4:
            orders = {"ymd": orders["ymd"]}
    else:
        return {}
    days = {order: _day(*parts) for order, parts in orders.items()}
    return {order: day for order, day in days.items() if day is not None}


def decide(cells: pd.Series, lines: pd.Series) -> DateOrder:
    """Return the one order in which every date of a column can be read.

    Cells that begin with a year of four digits, and texts of other kinds, need no order and say nothing.

    Args:
        cells: date texts.
        lines: the line of each, by the same index.
    """
    first = pd.DataFrame({"text": cells, "line": lines}).groupby("text", sort=False)["line"]
    seen = first.agg(["min", "size"])
    open_orders = set(ORDERS)
    only: dict[frozenset[str], list[tuple[int, str, int]]] = {}
    needed = False
    for text, line, size in seen.itertuples(name=None):
        days = readings(str(text))
        if not days or set(days) == {"ymd"}:
            continue
        needed |= len(set(days.values())) > 1
        open_orders &= set(days)
        if len(days) < len(ORDERS):
            only.setdefault(frozenset(days), []).append((int(line), str(text), int(size)))
    if not only and not needed:
        return DateOrder("", False, "no date depends on the order of its numbers")
    evidence = _evidence(only)
    if len(open_orders) == 1:
        order = open_orders.pop()
        return DateOrder(order, False, f"{ORDERS[order]}: {evidence}; no cell speaks against it")
    if not open_orders:
        return DateOrder("", True, f"its cells contradict each other: {evidence}")
    if needed and not _alike(seen.index, open_orders):
        return DateOrder("", True, "no cell tells one order from the other")
    return DateOrder(sorted(open_orders)[0], False, "every order that is left gives the same days")


def _alike(texts: pd.Index, orders: set[str]) -> bool:
    return all(
        len({day for order, day in readings(str(text)).items() if order in orders}) < 2 for text in texts
    )


def _evidence(only: Mapping[frozenset[str], list[tuple[int, str, int]]]) -> str:
    parts = []
    for orders, found in sorted(only.items(), key=lambda item: (len(item[0]), sorted(item[0]))):
        if len(orders) == 1 or len(only) == 1:
            count = sum(size for *_, size in found)
            shown = ", ".join(f"line {line}: {text}" for line, text, _ in sorted(found)[:_FEW])
            called = " or ".join(ORDERS[order] for order in ORDERS if order in orders)
            parts.append(f"{count} can only be read {called} ({shown})")
    return "; ".join(parts)


def in_order(cells: pd.Series, order: str) -> tuple[pd.Series, pd.Series]:
    """Return the dates as ISO texts, each other text as it stands, and where the order does not fit.

    Args:
        cells: date texts.
        order: one of `ORDERS`, or "" where no cell needs one.
    """
    made, unfit = {}, set()
    for text in cells.unique():
        days = readings(text)
        fitting = days.get(order) or (days.get("ymd") if set(days) == {"ymd"} else None)
        if fitting is None and len(set(days.values())) == 1 and not order:
            fitting = next(iter(days.values()))
        if fitting is not None:
            made[text] = fitting.isoformat()
        elif days or _NUMBERS.fullmatch(text.strip()):
            unfit.add(text)
    return cells.map(lambda text: made.get(text, text)).astype("str"), cells.isin(unfit)


def _day(year: str, month: str, day: str) -> date | None:
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        return None
    number = int(year)
    if len(year) == 2:
        number += 2000 if number <= LATEST_YEAR % 100 else 1900
    try:
        found = date(number, int(month), int(day))
    except ValueError:
        return None
    return found if EARLIEST_YEAR <= found.year <= LATEST_YEAR else None
