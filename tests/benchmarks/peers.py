"""What other libraries make of the same texts: how often right, silent or wrong, and how fast.

A library answers with a number, or None where it finds none. An answer is right when it lies within what the
label allows, give or take two percent; a wrong one is silent, since nothing marks it.
"""

import csv
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

import pandas as pd

from analysis.parse.amounts import parse_amount, parse_amounts
from analysis.parse.dates import parse_date

CASES = Path(__file__).parents[1] / "cases"
PEERS = Path(__file__).parents[2] / "build" / "peers"
sys.path.append(str(PEERS))  # behind our own packages, whatever theirs bring along
_PATIENCE = 10.0  # seconds for which a library is timed
AMOUNTS = ("amounts", "more_amounts", "raw_amounts", "raw_valuations")
DATES = ("dates", "more_dates", "raw_dates")


@dataclass(frozen=True)
class Score:
    """Answers of one library to labelled texts."""

    right: int
    silent: int
    wrong: int
    rows_a_second: float


def labelled(names: Iterable[str]) -> list[dict[str, str]]:
    """Return the labelled cases of some files."""
    rows = []
    for name in names:
        with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows


def _price_parser(text: str) -> float | None:
    amount = import_module("price_parser").parse_price(text).amount
    return None if amount is None else float(amount)


def _quantulum(text: str) -> float | None:
    found = import_module("quantulum3.parser").parse(text)
    return found[0].value if found else None


def _jionlp(text: str) -> float | None:
    try:
        found = import_module("jionlp").parse_money(text)
    except ValueError:
        return None
    number = found["num"] if isinstance(found, dict) else None
    return float(number[0] if isinstance(number, list) else number) if number is not None else None


def _ours(text: str) -> float | None:
    amount = parse_amount(text)
    return next((value for value in (amount.stated, amount.low, amount.high) if value is not None), None)


READERS: Mapping[str, Callable[[str], float | None]] = {
    "this project": _ours,
    "price-parser": _price_parser,
    "quantulum3": _quantulum,
    "jionlp (Chinese texts)": _jionlp,
}


def amounts(column: pd.Series) -> dict[str, Score | str]:
    """Score each installed library on the labelled amounts, and time it on a column of texts (a Series)."""
    cases = labelled(AMOUNTS)
    found: dict[str, Score | str] = {}
    for name, read in READERS.items():
        own = [case for case in cases if "Chinese" not in name or _is_chinese(case["text"])]
        try:
            read("$5 million")
        except ModuleNotFoundError as error:
            found[name] = f"{error.name} is not installed"
            continue
        counts = {"right": 0, "silent": 0, "wrong": 0}
        for case in own:
            counts[_judged(read(case["text"]), case)] += 1
        found[name] = Score(**counts, rows_a_second=_speed(name, read, column))
    return found


def _speed(name: str, read: Callable[[str], float | None], column: pd.Series) -> float:
    """Texts a second: ours as a build reads them, those of the slow on the first of them."""
    start = time.perf_counter()
    if name == "this project":
        parse_amounts(column)
        return len(column) / (time.perf_counter() - start)
    n_read = 0
    for text in column:
        read(text)
        n_read += 1
        if time.perf_counter() - start > _PATIENCE:
            break
    return n_read / (time.perf_counter() - start)


def _is_chinese(text: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", text)) and not re.search("[\u3040-\u30ff\uac00-\ud7af]", text)


def _judged(answer: float | None, case: Mapping[str, str]) -> str:
    low, high = (float(case[end]) if case[end] else None for end in ("low", "high"))
    if answer is None:
        return "right" if low is None and high is None else "silent"
    if low is None and high is None:
        return "wrong"
    above = low is None or answer >= low * 0.98
    below = high is None or answer <= high * 1.02
    return "right" if above and below else "wrong"


def _dateutil(text: str) -> date | None:
    try:
        return import_module("dateutil.parser").parse(text).date()
    except (ValueError, OverflowError):
        return None


def _dateparser(text: str) -> date | None:
    found = import_module("dateparser").parse(text)
    return found.date() if found else None


def dates() -> dict[str, Score | str]:
    """Score each installed library on the labelled dates that need no day of reference."""
    cases = [case for case in labelled(DATES) if not case["ref"]]
    found: dict[str, Score | str] = {}
    readers: dict[str, Callable[[str], date | None]] = {
        "this project": lambda text: parse_date(text).start,
        "dateutil": _dateutil,
        "dateparser": _dateparser,
    }
    for name, read in readers.items():
        try:
            read("5 May 2024")
        except ModuleNotFoundError as error:
            found[name] = f"{error.name} is not installed"
            continue
        counts = {"right": 0, "silent": 0, "wrong": 0}
        start = time.perf_counter()
        answers = [read(case["text"]) for case in cases]
        seconds = time.perf_counter() - start
        for answer, case in zip(answers, cases, strict=True):
            inside = case["low"] and answer and case["low"] <= answer.isoformat() <= case["high"]
            none = answer is None
            counts["right" if inside or (none and not case["low"]) else "silent" if none else "wrong"] += 1
        found[name] = Score(**counts, rows_a_second=len(cases) / seconds)
    return found
