"""A layout: what a person writes in a TOML file about how someone else's table is to be read."""

import codecs
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from babel import Locale
from rapidfuzz import process

from analysis.clean.reports import VOCABULARY
from analysis.clean.sheets import DELIMITERS, Problem
from analysis.columns import COHORTS
from analysis.parse.addresses import is_id, is_web
from analysis.parse.currencies import iso_codes
from analysis.parse.dates import parse_date

DETECT = "detect"
ORDERS = {"ymd": "year first", "mdy": "month first", "dmy": "day first"}
UNITS = ("thousand", "million", "billion", "千", "万", "百万", "千万", "亿", "億", "lakh", "crore")
FIELDS = (
    "id", "company", "country", "round", "amount", "currency", "valuation", "valuation_currency", "date",
    "leads", "investors", "status", "kind", "url", "publisher", "published", "origin", "note",
)  # fmt: skip
"""What a column of the table can be."""
FIXED = (
    "round", "date", "status", "kind", "url", "publisher", "published", "origin", "note", "seen_as",
    "reliability", "language", "collected",
)  # fmt: skip
"""What can be said once for all rows; a column of the same name wins where its cell is not empty."""
DEFAULTS = {
    "status": "closed", "kind": "round", "seen_as": "digest", "reliability": "medium", "language": "en",
}  # fmt: skip
_NEEDED = {
    "publisher": "who made the table",
    "url": "the address of the page that it comes from",
    "collected": "the day of the export, such as 2026-11-23",
}


@dataclass(frozen=True)
class Money:
    """How a column of sums is written.

    Attributes:
        unit: one of `UNITS`, for figures that name none; "" if they are whole units of money.
        currency: ISO 4217 code, for figures that name none; "" if nothing says it.
        decimal: the sign before the decimals; "" leaves it to the reader of each cell.
        undisclosed: marks of an unknown sum besides the usual ones, casefolded.
    """

    unit: str = ""
    currency: str = ""
    decimal: str = ""
    undisclosed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Layout:
    """How to read one table; the keys of the TOML file are explained in shipped/plain.toml.

    Attributes:
        columns: for each of `FIELDS` that the table has, its columns; the first filled cell counts.
        fixed: for each of `FIXED` what holds for every row.
        date_order: one of `ORDERS`; "" takes it from the cells.
        fill_down: fields whose empty cells repeat the one above, as merged cells are saved.
        one_per_investor: a round stands in several rows, each with one of its investors.
        status, kind: for the table's words, casefolded, those of funding_reports.csv.
        cohort, segment, country: of companies that are not known yet.
    """

    columns: Mapping[str, tuple[str, ...]]
    fixed: Mapping[str, str] = field(default_factory=dict)
    encoding: str = DETECT
    delimiter: str = ","
    header: int = 1
    sheet: str = ""
    amount: Money = Money()
    valuation: Money = Money()
    date_order: str = ""
    fill_down: tuple[str, ...] = ()
    one_per_investor: bool = False
    status: Mapping[str, str] = field(default_factory=dict)
    kind: Mapping[str, str] = field(default_factory=dict)
    cohort: str = "context"
    segment: str = ""
    country: str = ""

    @property
    def names(self) -> list[str]:
        """Every column of the table that the layout reads, once."""
        return list(dict.fromkeys(name for names in self.columns.values() for name in names))


class _Checks:
    """The values of a TOML file while they are checked; every mistake becomes a fatal problem."""

    def __init__(self, told: Mapping[str, Any], file: str) -> None:
        self.told, self.file = told, file
        self.problems: list[Problem] = []

    def wrong(self, key: str, value: object, reason: str, remedy: str) -> None:
        text = "" if value is None else str(value)
        self.problems.append(Problem(self.file, 0, key, text, reason, f"nothing was read; {remedy}", True))

    def section(self, name: str, known: tuple[str, ...] | None) -> dict[str, Any]:
        """The keys of a section; unknown ones are named, None takes any."""
        section = self.told.get(name, {})
        if not isinstance(section, dict):
            self.wrong(name, section, "not a section", f"write it as [{name}] with its keys below")
            return {}
        for key in section if known else ():
            if known and key not in known:
                self.unknown(f"{name}.{key}", key, known)
        return section

    def unknown(self, key: str, word: str, known: tuple[str, ...]) -> None:
        close = process.extractOne(word, known, score_cutoff=60)
        remedy = f"did you mean {close[0]}?" if close else f"choose from {', '.join(known)}"
        self.wrong(key, word, "an unknown key", remedy)

    def value(self, section: str, key: str, default: Any, fits: Callable[[Any], bool], remedy: str) -> Any:
        """The value of a key, `default` if there is none or it does not fit."""
        value = self.section(section, None).get(key, default)
        if type(value) is not type(default) or (value != default and not fits(value)):
            kind = {str: "a text in quotes", int: "a whole number", bool: "true or false", list: "a list"}
            reason = "not a value for this key"
            if type(value) is not type(default):
                reason = f"not {kind[type(default)]}"
            self.wrong(f"{section}.{key}", value, reason, remedy)
            return default
        return value

    def texts(self, section: str, key: str) -> list[str]:
        return list(self.value(section, key, [], _are_texts, 'write texts in brackets: ["…", "…"]'))


_SECTIONS: dict[str, tuple[str, ...] | None] = {
    "file": ("encoding", "delimiter", "header", "sheet"),
    "columns": FIELDS,
    "fixed": FIXED,
    "amount": ("unit", "currency", "decimal", "undisclosed"),
    "valuation": ("unit", "currency", "decimal", "undisclosed"),
    "dates": ("order",),
    "rows": ("fill_down", "one_per_investor"),
    "status": None,
    "kind": None,
    "companies": ("cohort", "segment", "country"),
}


def read_layout(data: bytes, file: str) -> tuple[Layout | None, list[Problem]]:
    """Return the layout of a TOML file, None if it has a mistake, and every mistake with its key.

    Args:
        data: the bytes of the file.
        file: its name, for the problems.
    """
    try:
        told = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        action = "nothing was read; mend the line that it names"
        return None, [Problem(file, 0, "", "", f"no TOML: {error}", action, True)]
    checks = _Checks(told, file)
    for name in told:
        if name not in _SECTIONS:
            checks.unknown(name, name, tuple(_SECTIONS))
    for name, known in _SECTIONS.items():
        checks.section(name, known)
    layout = Layout(
        columns=_columns(checks),
        fixed=_fixed(checks),
        encoding=checks.value("file", "encoding", DETECT, _is_encoding, "write detect, utf-8, gb18030 …"),
        delimiter=checks.value("file", "delimiter", ",", DELIMITERS.__contains__, "write , ; | or \\t"),
        header=checks.value("file", "header", 1, lambda line: line > 0, "write the line of the header"),
        sheet=checks.value("file", "sheet", "", bool, "write the name of the sheet"),
        amount=_money(checks, "amount"),
        valuation=_money(checks, "valuation"),
        date_order=checks.value("dates", "order", "", ORDERS.__contains__, f"write {_choice(ORDERS)}"),
        fill_down=tuple(checks.texts("rows", "fill_down")),
        one_per_investor=checks.value("rows", "one_per_investor", False, bool, "write true or false"),
        status=_words(checks, "status"),
        kind=_words(checks, "kind"),
        cohort=checks.value(
            "companies", "cohort", "context", COHORTS.__contains__, f"write {_choice(COHORTS)}"
        ),
        segment=checks.value("companies", "segment", "", is_id, "write a segment of segment_readings.csv"),
        country=checks.value("companies", "country", "", _is_country, "write two letters, such as CN"),
    )
    for name in layout.fill_down:
        if name not in layout.columns:
            checks.wrong("rows.fill_down", name, "no column is named for it", "name a key of [columns]")
    told_fixed = checks.section("fixed", None)
    for name, meaning in _NEEDED.items():
        if not told_fixed.get(name) and (name == "collected" or name not in layout.columns):
            checks.wrong(f"fixed.{name}", None, "missing", f'write {name} = "…" under [fixed]: {meaning}')
    return (None if checks.problems else layout), checks.problems


def _columns(checks: _Checks) -> dict[str, tuple[str, ...]]:
    columns = {}
    remedy = 'write the name of a column in quotes, or several: ["…", "…"]'
    for key, value in checks.section("columns", None).items():
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not names or not _are_texts(names) or not all(names):
            checks.wrong(f"columns.{key}", value, "not the name of a column", remedy)
        else:
            columns[key] = tuple(names)
    if "company" not in checks.section("columns", None):
        checks.wrong("columns.company", None, "missing", 'write company = "…": the column of its name')
    return columns


def _fixed(checks: _Checks) -> dict[str, str]:
    fits: dict[str, tuple[Callable[[str], bool], str]] = {
        **{name: (words.__contains__, f"write {_choice(words)}") for name, words in VOCABULARY.items()},
        "url": (is_web, "write an address that begins with https://"),
        "collected": (_is_day, "write a day such as 2026-11-23"),
        "language": (lambda text: bool(re.fullmatch("[a-z]{2}", text)), "write two letters, such as en"),
    }
    fixed = dict(DEFAULTS)
    for key in checks.section("fixed", None):
        fit, remedy = fits.get(key, (bool, "write a text"))
        fixed[key] = checks.value("fixed", key, "", fit, remedy)
    return {key: value for key, value in fixed.items() if value}


def _money(checks: _Checks, section: str) -> Money:
    return Money(
        unit=checks.value(section, "unit", "", UNITS.__contains__, f"write {_choice(UNITS)}"),
        currency=checks.value(section, "currency", "", iso_codes().__contains__, "write a code such as USD"),
        decimal=checks.value(section, "decimal", "", (",", ".").__contains__, 'write "." or ","'),
        undisclosed=frozenset(mark.strip().casefold() for mark in checks.texts(section, "undisclosed")),
    )


def _words(checks: _Checks, section: str) -> dict[str, str]:
    words = {}
    for word, meaning in checks.section(section, None).items():
        if meaning not in VOCABULARY[section]:
            remedy = f"write {_choice(VOCABULARY[section])}"
            checks.wrong(f"{section}.{word}", meaning, "not a value for this key", remedy)
        words[word.strip().casefold()] = meaning
    return words


def _choice(words: Any) -> str:
    return f"one of {', '.join(words)}"


def _are_texts(values: list[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _is_encoding(name: str) -> bool:
    try:
        return codecs.lookup(name).name in _TEXT_ENCODINGS
    except LookupError:
        return False


# Python's other codecs are no encodings of text, or such as no program saves tables in.
_TEXT_ENCODINGS = frozenset(
    codecs.lookup(name).name
    for name in (
        *("ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312"),
        *("big5", "big5hkscs", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949", "cp1250", "cp1251"),
        *("cp1252", "cp1253", "cp1254", "cp1257", "cp1258", "cp437", "cp850", "latin-1", "iso8859-2"),
        *("iso8859-5", "iso8859-9", "iso8859-15", "koi8-r", "mac_roman"),
    )
)


def _is_day(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)) and parse_date(text).precision == "day"


def _is_country(code: str) -> bool:
    return bool(re.fullmatch("[A-Z]{2}", code)) and code in Locale("en").territories
