"""Where every value of a round comes from: its reports, the choices made between them, what lost.

The content of `explain` without its form: a structure of plain texts that a terminal or a page can show.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.columns import FIELDS
from analysis.wording import (
    date_in_words,
    day_in_words,
    dollars_in_words,
    figures_in_words,
    round_amount,
    round_dollars,
    round_name,
    round_valuation,
    rows,
)

TABLES = ("rounds", "reports", "conflicts", "round_investors")
"""The tables of data/processed that `Provenance` reads."""

UNTOLD = "no report says it"
"""What stands in place of a value that was not chosen."""

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
    investors: str
    kind: str
    status: str
    url: str
    note: str
    link_reason: str
    chosen_for: tuple[str, ...]
    corrections: tuple[Correction, ...]

    @property
    def said(self) -> dict[str, str]:
        """What the source says, word by word, by the words for each cell; silent cells are left out."""
        cells = {
            "round": self.label,
            "amount": self.amount,
            "valuation": self.valuation,
            "announced": self.announced,
            "led by": self.lead_investors,
            "investors": self.investors,
        }
        return {name: text for name, text in cells.items() if text}

    @property
    def whose(self) -> str:
        """The investors that it names."""
        return "; ".join(filter(None, [self.lead_investors, self.investors])) or "whose is not said"

    @property
    def nature(self) -> str:
        """What kind of report it is, and how far it can be trusted."""
        origin = f", repeats {self.origin}" if self.origin else ""
        return (
            f"reliability {self.reliability}{origin}, {self.kind}, {self.status}, "
            f"seen as {self.seen_as or 'not recorded'}"
        )


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

    @property
    def rate(self) -> str:
        """The rate in words."""
        return (
            f"{self.currency} {1 / self.usd_per_unit:.6g} for USD 1, "
            f"the ECB's reference rate of {self.rate_date}"
        )


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
        stakes: leads first, then by how many independent reports name the investor.
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
    def title(self) -> str:
        """Company, name and status."""
        return ", ".join(filter(None, [self.company, self.name, self.status]))

    @property
    def parts(self) -> tuple[Telling, ...]:
        """The reports that tell of one investor's share or one tranche."""
        return tuple(report for report in self.reports if report.kind == "part")


class Provenance:
    """The whole record, indexed so that any number of rounds can be explained."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], corrections: pd.DataFrame | None = None) -> None:
        """Take the tables named in TABLES, as `analysis.load.table` returns them.

        Args:
            tables: the tables by name.
            corrections: the rows of data/raw/corrections.csv; without them none is shown.
        """
        reports = rows(tables["reports"].sort_values(["published_start", "report_id"]))
        rounds = rows(tables["rounds"])
        self._rounds = {row["round_id"]: row for row in rounds}
        self._reports = {row["report_id"]: row for row in reports}
        self._reports_of = _grouped(reports, "round_id")
        self._talks_of = _grouped(rounds, "became_round_id")
        self._conflicts_of = _grouped(rows(tables["conflicts"]), "round_id")
        self._stakes_of = _grouped(rows(tables["round_investors"]), "round_id")
        self._corrections_of = _grouped([] if corrections is None else rows(corrections), "report_id")
        self._as_of = day_in_words(tables["reports"]["collected"].max())

    def explain(self, round_id: str) -> Explanation:
        """Return the explanation of a round.

        Raises:
            KeyError: there is no such round.
        """
        row = self._rounds[round_id]
        became = self._rounds.get(row["became_round_id"])
        return Explanation(
            round_id=round_id,
            company=row["company"],
            name=round_name(row),
            status=row["status"],
            values=tuple(self._value(field, row) for field in FIELDS),
            dollars=_dollars(row),
            lost=tuple(map(_lost, self._conflicts_of[round_id])),
            reports=tuple(self._telling(report, row) for report in self._reports_of[round_id]),
            n_independent=row["n_independent"],
            stakes=tuple(
                sorted(
                    map(_stake, self._stakes_of[round_id]),
                    key=lambda stake: (stake.role != "lead", -stake.n_independent, stake.investor),
                )
            ),
            became=_event(became) if became else None,
            talks=tuple(map(_event, self._talks_of[round_id])),
            as_of=self._as_of,
        )

    def _value(self, field: str, row: Mapping[str, Any]) -> Value:
        report_id = row[f"{field}_report_id"]
        source = self._reports.get(report_id)
        cell = _CELLS.get(field, field)
        if field == "date" and row["date_basis"] == "published":
            cell = "published"
        words = {
            "label": row["round_label"],
            "date": date_in_words(row),
            "amount": round_amount(row),
            "valuation": round_valuation(row),
        }
        return Value(
            field=field,
            value=words[field] if field in words else row[field],
            report_id=report_id,
            source_round_id=source["round_id"] if source else "",
            publisher=source["publisher"] if source else "",
            as_written=source[cell] if source and field not in ("kind", "status") else "",
            why=figures_in_words(row[f"{field}_why"]),
            disputed=field in row["disputed_fields"].split("; "),
        )

    def _telling(self, report: Mapping[str, Any], row: Mapping[str, Any]) -> Telling:
        report_id = report["report_id"]
        cells = {name: report[name] for name in Telling.__dataclass_fields__ if name in report}
        return Telling(
            **cells,
            label=report["round"],
            chosen_for=tuple(field for field in FIELDS if row[f"{field}_report_id"] == report_id),
            corrections=tuple(
                Correction(c["field"], c["expected_text"], c["corrected_text"], c["reason"])
                for c in sorted(self._corrections_of[report_id], key=lambda c: str(c["field"]))
                if report.get(c["field"]) != c["expected_text"]  # else it came after these tables
            ),
        )


def _grouped(found: Iterable[dict[str, Any]], column: str) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        groups[row[column]].append(row)
    return groups


def _dollars(row: Mapping[str, Any]) -> Dollars | None:
    if row["currency"] == "USD" or pd.isna(row["usd_per_unit"]):
        return None
    return Dollars(round_dollars(row), row["currency"], row["usd_per_unit"], day_in_words(row["rate_date"]))


def _lost(row: Mapping[str, Any]) -> Lost:
    return Lost(
        row["field"],
        figures_in_words(row["value"]),
        tuple(row["report_ids"].split("; ")),
        row["support"],
        row["probably"],
        row["rule"],
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
    amount = round_amount(row) or "no amount reported"
    return Event(row["round_id"], date_in_words(row), amount, row["status"], row["n_reports"])
