"""One exported table and its layout to rows as funding_reports.csv has them; nothing is lost on the way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.clean.reports import COLUMNS, VOCABULARY
from analysis.clean.sheets import Problem, visible
from analysis.layouts.cells import cleaned
from analysis.layouts.dates import decide, in_order
from analysis.layouts.files import open_export, read_cells
from analysis.layouts.layout import ORDERS, Layout, Money
from analysis.layouts.sums import SMALLEST, odd_commas, sum_texts
from analysis.parse.addresses import is_web
from analysis.parse.amounts import parse_amounts

# Column of funding_reports.csv for each field of a layout that has another name there.
_RENAMED = {"id": "report_id", "date": "announced", "leads": "lead_investors"}
# What makes a report the same one in the next export.
_CONTENT = (
    "company", "round", "amount", "valuation", "announced", "lead_investors", "investors", "url", "publisher",
)  # fmt: skip
_SIGNED = re.compile(r"[$€£¥₹]+\s*\d.*")  # companies may be called by a number
_MONEY = re.compile(r"[$€£¥₹]+\s*(?:undisclosed|\d).*|[\d.,]{5,}\s*(?:\W.*)?", re.IGNORECASE)
_HASH_KEYS = ("0123456789123456", "funding_reports_")


@dataclass(frozen=True)
class Source:
    """What came of one exported table.

    Attributes:
        file: its name.
        rows: text columns `COLUMNS` and "country", and `line`, the line of the exported file.
        problems: rows that were set aside, cells that were left out, and what keeps the file from being read.
        columns: the file's own name for columns of `rows`.
        n_rows: rows of the file.
        n_merged: those that named a further investor of a round in another row.
        told: what was decided about the file, and why.
        layout: as it was applied.
    """

    file: str
    rows: pd.DataFrame
    problems: tuple[Problem, ...]
    columns: Mapping[str, str]
    n_rows: int
    n_merged: int
    told: tuple[str, ...]
    layout: Layout


@dataclass
class _Reading:
    """A table while it is read: its rows, one text column for each field, and what was met."""

    layout: Layout
    file: str
    rows: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def called(self, name: str) -> str:
        return ", ".join(self.layout.columns.get(name, ()))

    def note(self, where: pd.Series, name: str, reason: str, action: str) -> None:
        """Add a problem for each row where something is true."""
        found = self.rows.loc[where, ["line", name]]
        self.problems += [
            Problem(self.file, line, self.called(name), visible(text), reason, action)
            for line, text in found.itertuples(index=False, name=None)
        ]

    def refuse(self, where: pd.Series, name: str, reason: str, remedy: str) -> None:
        """Set rows aside."""
        self.note(where, name, reason, f"row set aside; {remedy}")
        self.rows = self.rows[~where]

    def leave_out(self, where: pd.Series, name: str, reason: str, remedy: str) -> None:
        """Empty cells."""
        self.note(where, name, reason, f"cell left out; {remedy}")
        self.rows[name] = self.rows[name].mask(where, "")

    def stop(self, name: str, text: str, reason: str, remedy: str) -> None:
        action = f"nothing was read; {remedy}"
        self.problems.append(Problem(self.file, 0, self.called(name), visible(text), reason, action, True))


def read_source(layout: Layout, data: bytes, file: str) -> Source:
    """Return the reports of an exported table.

    Args:
        layout: how it is laid out.
        data: the bytes of the file.
        file: its name, which tells a workbook (.xlsx) from CSV; problems carry it.
    """
    export = open_export(data, file, layout.encoding, layout.sheet, frozenset(layout.names))
    sheet = read_cells(export, file, layout)
    lost = [problem.line for problem in sheet.problems]
    n_rows = len(sheet.rows) + len(lost)
    reading = _Reading(layout, file, _fields(layout, sheet.rows), list(sheet.problems))
    if export.how:
        reading.told.append(export.how)
    if not any(problem.fatal for problem in reading.problems):
        _fill_down(reading, lost)
        _dates(reading)
        _sums(reading)
        _shifted(reading)
        _words(reading)
        _links(reading)
    n_merged = _merge_investors(reading) if layout.one_per_investor else 0
    rows = _reports(reading)
    columns = {_RENAMED.get(name, name): reading.called(name) for name in layout.columns}
    return Source(file, rows, tuple(reading.problems), columns, n_rows, n_merged, tuple(reading.told), layout)


def _fields(layout: Layout, cells: pd.DataFrame) -> pd.DataFrame:
    """One column for each field of the layout, cleaned; of several columns the first filled cell counts."""
    rows = pd.DataFrame({"line": cells["line"]})
    for name, columns in layout.columns.items():
        between = ", " if name in ("leads", "investors") else " "
        first, *others = (cleaned(cells[column], between) for column in columns)
        for other in others:
            first = first.where(first != "", other)
        rows[name] = first
    return rows


def _fill_down(reading: _Reading, lost: list[int]) -> None:
    """Repeat cells of named fields in the empty ones below; below a row that was lost none is repeated."""
    rows = reading.rows
    for name in reading.layout.fill_down:
        empty = rows[name] == ""
        source = rows["line"].astype("float").mask(empty).ffill()
        before = [np.searchsorted(sorted(lost), place) for place in (rows["line"], source)]
        broken = empty & ((before[0] != before[1]) | source.isna())
        rows[name] = rows[name].mask(empty).ffill().fillna("").mask(broken, "")
        reading.note(
            broken & source.notna(),
            name,
            "an empty cell below a row that was not read, which may have filled it",
            "the cell stays empty; mend that row",
        )


def _dates(reading: _Reading) -> None:
    for name in ("date", "published"):
        if name not in reading.rows:
            continue
        cells, order = reading.rows[name], reading.layout.date_order
        if order:
            reading.told.append(f"dates of {reading.called(name)}: {ORDERS[order]}, named in the layout")
        else:
            found = decide(cells, reading.rows["line"])
            order = found.order
            reading.told.append(f"dates of {reading.called(name)}: {found.told}")
            if found.is_open:
                choice = ", ".join(f'"{word}" ({meaning})' for word, meaning in ORDERS.items())
                remedy = f"write order = one of {choice} under [dates] of the layout"
                reading.stop(name, "", f"the order of the dates is open: {found.told}", remedy)
                continue
        days, unfit = in_order(cells, order)
        called = f" {ORDERS[order]}" if order else ""
        reading.leave_out(unfit, name, f"no date that can be read{called}", "mend it, or the order")
        reading.rows[name] = days.mask(unfit, "")


def _sums(reading: _Reading) -> None:
    for name, money in (("amount", reading.layout.amount), ("valuation", reading.layout.valuation)):
        if name not in reading.rows:
            continue
        odd, either = ([], None) if money.decimal else odd_commas(reading.rows[name])
        if either:
            reason = f"a decimal comma in {either[0]!r}, so that {either[1]!r} can mean two sums"
            reading.stop(name, either[0], reason, f'write decimal = "," or "." under [{name}] of the layout')
        reason = "commas that are those of no other sum in the column"
        reading.leave_out(reading.rows[name].isin(odd), name, reason, "mend it")
        cells = reading.rows[name]
        beside = "currency" if name == "amount" else "valuation_currency"
        texts, unsure = sum_texts(cells, reading.rows.get(beside), money)
        reason = "no sum that is sure: several figures" if money.unit else f"a sum below {SMALLEST:,}"
        remedy = "write it out" if money.unit else f"name the unit of the column under [{name}] of the layout"
        reading.leave_out(unsure, name, reason, remedy)
        reading.rows[name] = texts
        reading.told.append(f"sums of {reading.called(name)}: {_said(money, beside in reading.rows)}")


def _said(money: Money, beside: bool) -> str:
    """What the layout says of a column of sums."""
    parts = [
        f"in {money.unit}" if money.unit else "in whole units",
        "currency from its own column" if beside else "",
        f"{money.currency} where a cell names no currency" if money.currency else "",
        f"{money.decimal!r} before decimals" if money.decimal else "",
    ]
    return ", ".join(filter(None, parts))


def _shifted(reading: _Reading) -> None:
    """Refuse rows in which a sum stands in a column of words and none where it should."""
    for name in ("company", "round", "leads", "investors"):
        if name not in reading.rows:
            continue
        rows = reading.rows
        pattern = _SIGNED if name == "company" else _MONEY
        money = rows[name].isin([text for text in rows[name].unique() if pattern.fullmatch(text)])
        if not money.any():
            continue
        told = pd.Series(False, index=rows.index)
        if "amount" in rows:
            sums = parse_amounts(rows.loc[money, "amount"])
            told[money] = sums["low"].notna() | sums["high"].notna()
        reason = "a sum of money in a column of words"
        if name != "company":
            reading.leave_out(money & told, name, reason, "see that no cell is shifted")
            money &= ~told
        reading.refuse(money, name, f"{reason}: the cells are shifted", "move them to their columns")


def _words(reading: _Reading) -> None:
    for name in ("status", "kind"):
        if name not in reading.rows:
            continue
        words: Mapping[str, str] = getattr(reading.layout, name)
        known = {word.casefold(): word for word in VOCABULARY[name]} | dict(words)
        cells = reading.rows[name]
        unlisted = reading.layout.fixed[name] if name == "kind" else None
        meanings = {text: known.get(text.casefold(), unlisted or text) for text in cells.unique() if text}
        reading.rows[name] = cells.map(lambda text, of=meanings: of.get(text, "")).astype("str")


def _links(reading: _Reading) -> None:
    """Leave out what is no address where the layout has one for every row."""
    if "url" in reading.rows and "url" in reading.layout.fixed:
        cells = reading.rows["url"]
        unfit = cells.isin([text for text in cells.unique() if text and not is_web(text)])
        reason = "not an address that begins with http:// or https://"
        reading.leave_out(unfit, "url", reason, "the address of the layout stands for it")


def _merge_investors(reading: _Reading) -> int:
    """Make one row of those that tell the same but for an investor; return how many rows went into others."""
    rows = reading.rows
    listed = [name for name in ("leads", "investors") if name in rows]
    others = [name for name in rows.columns.drop("line") if name not in listed]
    place = rows.groupby(others, sort=False).ngroup()
    kept = ~place.duplicated()
    for name in listed:
        told = pd.DataFrame({"place": place, "name": rows[name]})
        told = told[told["name"] != ""].drop_duplicates()
        joined = told.groupby("place")["name"].agg("; ".join)
        rows[name] = place.map(joined).fillna("").astype("str")
    reading.rows = rows[kept]
    return int((~kept).sum())


def _reports(reading: _Reading) -> pd.DataFrame:
    """The rows with every column of a report; the fixed text of the layout fills what is empty."""
    told = reading.rows.rename(columns=_RENAMED)
    fixed = {_RENAMED.get(name, name): text for name, text in reading.layout.fixed.items()}
    empty = pd.Series("", index=told.index, dtype="str")
    columns = {}
    for name in (*COLUMNS, "country"):
        cells = told.get(name, empty)
        columns[name] = cells.where(cells != "", fixed[name]) if name in fixed else cells
    rows = pd.DataFrame(columns).assign(line=told["line"])
    if "report_id" in told:
        named = rows["report_id"] != ""
        ids = _hashed(rows[["publisher", "report_id"]]).where(named, _hashed(rows[list(_CONTENT)]))
    else:
        ids = _hashed(rows[list(_CONTENT)])
    rows["report_id"] = ids
    reading.rows = rows
    again = rows.duplicated("report_id")
    first = rows.drop_duplicates("report_id").set_index("report_id")["line"]
    reading.problems += [
        Problem(
            reading.file,
            line,
            "",
            visible(f"{company}, as line {first[name]}"),
            "says what a row above says, in every column that the layout reads",
            "row set aside; delete one of the two, or name the column that tells them apart as id",
        )
        for line, company, name in rows.loc[again, ["line", "company", "report_id"]].itertuples(
            index=False, name=None
        )
    ]
    return rows[~again].reset_index(drop=True)


def _hashed(cells: pd.DataFrame) -> pd.Series:
    """An id for each row, made of its cells alone: 128 bits, so that a hundred million rows stay apart."""
    halves = [
        pd.util.hash_pandas_object(cells, index=False, hash_key=key).to_numpy(">u8") for key in _HASH_KEYS
    ]
    digits = np.stack(halves, axis=1).tobytes().hex()
    names = np.frombuffer(digits.encode(), dtype="S32").astype("U32") if digits else np.array([], "U32")
    return "r" + pd.Series(names, index=cells.index, dtype="str")
