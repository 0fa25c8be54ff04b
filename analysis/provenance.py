"""Where every value of a round comes from: its reports, the choices made between them, what lost.

The content of `explain` without its form: a structure of plain texts that a terminal or a page can show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.amounts_in_words import amount_in_words, dollars_in_words, figures_in_words
from analysis.columns import FIELDS

TABLES = ("rounds", "reports", "conflicts", "round_investors", "investors")
"""The tables of data/processed that `explain_round` reads."""

# The cell of a report in which a field was read.
_CELLS = {"label": "round", "date": "announced"}


@dataclass(frozen=True)
class Correction:
    """A cell of a report that was corrected by hand: what the page says, what was read instead, and why."""

    field: str
    page_text: str
    corrected_text: str
    reason: str


@dataclass(frozen=True)
class Telling:
    """One report of the round, its cells as written ("" where the source says nothing).

    Attributes:
        link_reason: why the report was joined to this round.
        line: line of funding_reports.csv.
        chosen_for: the fields whose value was taken from this report.
    """

    report_id: str
    publisher: str
    reliability: str
    origin: str
    seen_as: str
    published: str
    announced: str
    company: str
    label: str
    amount: str
    valuation: str
    lead_investors: str
    kind: str
    status: str
    url: str
    note: str
    link_reason: str
    line: int
    chosen_for: tuple[str, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class Value:
    """The chosen value of a field in words, the report it was taken from, and why.

    Attributes:
        source_round_id: the round of that report, usually this one (else the talks before a closing).
        as_written: the cell of that report, "" where the value is not a cell.
    """

    field: str
    value: str
    report_id: str
    source_round_id: str
    publisher: str
    as_written: str
    why: str
    disputed: bool


@dataclass(frozen=True)
class Dollars:
    """An amount in dollars, with the reference rate that made it."""

    amount: str
    currency: str
    usd_per_unit: float
    rate_date: str


@dataclass(frozen=True)
class Lost:
    """A value that was not chosen, what it probably is, and the rule that says so."""

    field: str
    value: str
    report_ids: tuple[str, ...]
    points: float
    probably: str
    rule: str


@dataclass(frozen=True)
class Stake:
    """An investor of the round; `cheque` is what it put in itself, "" where no source says."""

    investor: str
    parent_group: str
    role: str
    n_independent: int
    cheque: str
    report_ids: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """Another event in a line: the talks before a round, or the closing after talks."""

    round_id: str
    date: str
    amount: str
    status: str
    n_reports: int


@dataclass(frozen=True)
class Explanation:
    """Everything that is known about how a round got its values.

    Attributes:
        dollars: None where the amount is in dollars already, or cannot be converted.
        became: the closing that these talks turned into.
        talks: the talks that turned into this closing.
        as_of: the newest day of collection in the whole record, ISO 8601.
    """

    round_id: str
    company: str
    name: str
    status: str
    values: tuple[Value, ...]
    dollars: Dollars | None
    lost: tuple[Lost, ...]
    reports: tuple[Telling, ...]
    n_independent: int
    stakes: tuple[Stake, ...]
    became: Event | None
    talks: tuple[Event, ...]
    as_of: str

    @property
    def parts(self) -> tuple[Telling, ...]:
        """The reports that tell of one investor's share or one tranche."""
        return tuple(report for report in self.reports if report.kind == "part")


def explain_round(
    round_id: str, tables: Mapping[str, pd.DataFrame], corrections: pd.DataFrame | None = None
) -> Explanation:
    """Return the explanation of a round.

    Args:
        round_id: an id of the table rounds.
        tables: the tables named in TABLES, as `analysis.load.table` returns them.
        corrections: the rows of data/raw/corrections.csv; without them none is shown.

    Raises:
        KeyError: there is no such round.
    """
    if not (found := rows(tables["rounds"], round_id=round_id)):
        raise KeyError(round_id)
    round_ = found[0]
    by_page = tables["reports"].sort_values(["published_start", "report_id"])
    names = dict(zip(tables["investors"]["investor_id"], tables["investors"]["investor"], strict=True))
    became = rows(tables["rounds"], round_id=round_["became_round_id"]) if round_["became_round_id"] else []
    return Explanation(
        round_id=round_id,
        company=round_["company"],
        name=round_name(round_),
        status=round_["status"],
        values=tuple(_value(field, round_, tables["reports"]) for field in FIELDS),
        dollars=_dollars(round_),
        lost=tuple(_lost(row, names) for row in rows(tables["conflicts"], round_id=round_id)),
        reports=tuple(_telling(row, round_, corrections) for row in rows(by_page, round_id=round_id)),
        n_independent=round_["n_independent"],
        stakes=tuple(_stake(row) for row in rows(tables["round_investors"], round_id=round_id)),
        became=_event(became[0]) if became else None,
        talks=tuple(_event(row) for row in rows(tables["rounds"], became_round_id=round_id)),
        as_of=_day(tables["reports"]["collected"].max()),
    )


def rows(table: pd.DataFrame, **wanted: str) -> list[dict[str, Any]]:
    """Return the rows in which the columns have the wanted values; a missing text is ""."""
    for column, value in wanted.items():
        table = table[table[column] == value]
    texts = {name: table[name].fillna("") for name in table.columns if table[name].dtype == "str"}
    return table.assign(**texts).to_dict("records")  # type: ignore[return-value]


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
    start, end = _day(row["date_start"])[:length], _day(row["date_end"])[:length]
    if row["date_basis"] == "published":
        return f"by {end}"
    return start if start == end else f"{start} to {end}"


def round_amount(row: Mapping[str, Any]) -> str:
    """Return the amount of a row of the table rounds in words."""
    ends = (row["amount_stated"], row["amount_low"], row["amount_high"])
    return amount_in_words(*ends, row["currency"], row["amount_qualifier"])


def round_dollars(row: Mapping[str, Any]) -> str:
    """Return the amount of a row of the table rounds in dollars, to four significant digits."""
    ends = (row["usd_stated"], row["usd_low"], row["usd_high"])
    return amount_in_words(*ends, "USD", row["amount_qualifier"], digits=4)


def round_name(row: Mapping[str, Any]) -> str:
    """Return the label of a row of the table rounds, and its kind where that is no plain round.

    >>> round_name({"round_label": "Series A", "kind": "round"})
    'Series A'
    >>> round_name({"round_label": "IPO", "kind": "ipo"}), round_name({"round_label": "", "kind": "debt"})
    ('IPO', 'debt')
    """
    named = "" if row["kind"] in ("round", row["round_label"].casefold()) else row["kind"]
    return ", ".join(filter(None, [row["round_label"], named]))


def _day(moment: pd.Timestamp) -> str:
    return f"{moment:%Y-%m-%d}"


def _value(field: str, row: Mapping[str, Any], reports: pd.DataFrame) -> Value:
    report_id = row[f"{field}_report_id"]
    source = next(iter(rows(reports, report_id=report_id)), None)
    cell = _CELLS.get(field, field)
    if field == "date" and row["date_basis"] == "published":
        cell = "published"
    return Value(
        field=field,
        value={
            "label": row["round_label"],
            "kind": row["kind"],
            "status": row["status"],
            "date": date_in_words(row),
            "amount": round_amount(row),
            "valuation": _valuation(row),
            "lead_investors": row["lead_investors"],
        }[field],
        report_id=report_id,
        source_round_id=source["round_id"] if source else "",
        publisher=source["publisher"] if source else "",
        as_written=source[cell] if source and field not in ("kind", "status") else "",
        why=figures_in_words(row[f"{field}_why"]),
        disputed=field in row["disputed_fields"].split("; "),
    )


def _valuation(row: Mapping[str, Any]) -> str:
    ends = (row["valuation_usd_stated"], row["valuation_usd_low"], row["valuation_usd_high"])
    if all(pd.isna(end) for end in ends):
        return ""
    words = amount_in_words(*ends, "USD", "", digits=4)
    return f"{words}, {row['valuation_basis']}-money" if row["valuation_basis"] else words


def _dollars(row: Mapping[str, Any]) -> Dollars | None:
    if row["currency"] == "USD" or pd.isna(row["usd_per_unit"]):
        return None
    return Dollars(round_dollars(row), row["currency"], row["usd_per_unit"], _day(row["rate_date"]))


def _lost(row: Mapping[str, Any], names: Mapping[str, str]) -> Lost:
    value = names.get(row["value"], row["value"]) if row["field"] == "lead_investors" else row["value"]
    return Lost(
        row["field"],
        figures_in_words(value),
        tuple(row["report_ids"].split("; ")),
        row["support"],
        row["probably"],
        row["rule"],
    )


def _telling(row: Mapping[str, Any], round_: Mapping[str, Any], corrections: pd.DataFrame | None) -> Telling:
    report_id = row["report_id"]
    cells = {name: row[name] for name in Telling.__dataclass_fields__ if name in row}
    return Telling(
        **cells,
        label=row["round"],
        chosen_for=tuple(field for field in FIELDS if round_[f"{field}_report_id"] == report_id),
        corrections=tuple(
            Correction(c["field"], c["expected_text"], c["corrected_text"], c["reason"])
            for c in ([] if corrections is None else rows(corrections, report_id=report_id))
            if c["field"] in row and row[c["field"]] != c["expected_text"]  # else not in these tables yet
        ),
    )


def _stake(row: Mapping[str, Any]) -> Stake:
    return Stake(
        row["investor"],
        row["parent_group"],
        row["role"],
        row["n_independent"],
        "" if pd.isna(row["known_cheque_usd"]) else dollars_in_words(row["known_cheque_usd"]),
        tuple(row["report_ids"].split("; ")),
    )


def _event(row: Mapping[str, Any]) -> Event:
    return Event(row["round_id"], date_in_words(row), round_amount(row), row["status"], row["n_reports"])
