"""An article's claims in the order of its telling, and the record that they are held against."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from analysis.clean.directory import Directory
from analysis.parse.dates import parse_date
from analysis.parse.names import fold

Row = Mapping[str, Any]

_OF_REPORTS = (
    "report_id", "round_id", "publisher", "origin_key", "reliability", "lead_investor_ids", "investor_ids",
    "amount_stated", "amount_low", "amount_high", "amount_currency", "amount_qualifier",
    "second_stated", "second_low", "second_high", "second_currency",
)  # fmt: skip
_OF_SCORES = (
    "board", "modality", "model", "developer", "company_id", "rank", "snapshot_start", "snapshot_end",
    "coverage", "record_id",
)  # fmt: skip

CONFIRMED, WITH_NUANCE = "confirmed", "confirmed with a nuance"
CONTRADICTED, NOT_FOUND = "contradicted", "not found"


@dataclass(frozen=True, slots=True)
class Claim:
    """What the article says: of whom, the claimed value, and the sentence it stands in."""

    subject: str
    company_id: str | None
    topic: str
    aspect: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the record says of a claim: the verdict, a sentence of figures, and where they stand."""

    verdict: str
    nuance: str
    evidence: tuple[str, ...] = ()
    round_id: str | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which something may have happened, both ends included."""

    start: dt.date
    end: dt.date

    def __str__(self) -> str:
        first, last = self.start, self.end
        if first == last:
            return f"{first.day} {first:%B %Y}"
        after = last + dt.timedelta(days=1)
        if first.day == 1 and after.day == 1:
            if (first.year, first.month) == (last.year, last.month):
                return f"{first:%B %Y}"
            if (first.month, last.month, first.year) == (1, 12, last.year):
                return str(first.year)
        return f"{Days(first, first)} to {Days(last, last)}"


def days(row: Row, prefix: str = "date_") -> Days | None:
    """Return the days in the columns `{prefix}start` and `{prefix}end`, None where they are empty."""
    start, end = row[f"{prefix}start"], row[f"{prefix}end"]
    return Days(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) if start and end else None


@cache
def days_in(text: str, reference: str | None = None) -> Days | None:
    """Return the days that a text names, None where it names none."""
    found = parse_date(text, reference)
    return Days(found.start, found.end) if found.start and found.end else None


def listed(names: Iterable[str]) -> str:
    """Join names as a sentence does.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *most, last = dict.fromkeys(names)
    return f"{', '.join(most)} and {last}" if most else last


def counted(number: int, thing: str) -> str:
    """Return the number of things in words.

    >>> counted(1, "report"), counted(2, "report")
    ('1 report', '2 reports')
    """
    return f"{number} {thing}{'' if number == 1 else 's'}"


def sentence(*parts: str) -> str:
    """Join the parts that say something into one sentence."""
    text = "; ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}."


class Record:
    """The tables as rows: an empty cell is None, a day is its ISO text."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], directory: Directory, rates: pd.DataFrame) -> None:
        self.directory = directory
        self.rates = rates
        self.group_of = cache(lambda name: directory.investors.resolve(name).parent_group)
        self.rounds = {row["round_id"]: row for row in _rows(tables["rounds"])}
        self.reports = _rows(tables["reports"][list(_OF_REPORTS)])
        self.round_investors = _rows(tables["round_investors"])
        self.product_events = _rows(tables["product_events"])
        self.model_capabilities = _rows(tables["model_capabilities"])
        self.leaderboard_scores = _rows(tables["leaderboard_scores"][list(_OF_SCORES)])
        self.company_facts = _rows(tables["company_facts"])
        self.ranked = {
            (fold(row["model"]), row["modality"])
            for row in self.leaderboard_scores
            if row["model"] and row["modality"]
        }

    def reports_of(self, round_id: str) -> list[Row]:
        """Return the reports of a round."""
        return [row for row in self.reports if row["round_id"] == round_id]

    def is_by(self, claim: Claim, row: Row) -> bool:
        """Say whether a row is about the subject of a claim, or about a unit of it."""
        if not claim.subject:
            return False
        name = row.get("developer") or row.get("company") or ""
        if row["company_id"] is not None:
            return bool(row["company_id"] == claim.company_id)
        group = self.group_of(claim.subject)
        return bool(
            re.search(rf"\b{re.escape(claim.subject)}\b", name, re.IGNORECASE)
            or (group and self.group_of(name) == group)
        )


def _rows(frame: pd.DataFrame) -> list[Row]:
    cells = {}
    for name, column in frame.items():
        cells[str(name)] = column.to_numpy(dtype=object, copy=True)
        cells[str(name)][column.isna()] = None
    return [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


def reported(row: Row) -> Days | None:
    """Return the days of a round, None where its date is only that of the first page that tells of it."""
    return days(row) if row["date_basis"] == "announced" else None


def stories(reports: Iterable[Row]) -> int:
    """Return how many independent stories some reports tell."""
    return len({report["origin_key"] for report in reports})


def ids(reports: Iterable[Row]) -> tuple[str, ...]:
    """Return the ids of reports, each once."""
    return tuple(dict.fromkeys(report["report_id"] for report in reports))


def weakness(reports: Collection[Row]) -> str:
    """Return what to say of reports none of which is of high reliability, nothing otherwise."""
    if not reports or any(report["reliability"] == "high" for report in reports):
        return ""
    return "no report of high reliability says so"


@dataclass(frozen=True)
class Article:
    """The rounds that an article speaks of, in its order, and the day it was written.

    Attributes:
        told: the round that each claim with a sum speaks of, None where the record has none; by position.
        companies: the company of each of these claims; by position.
        day: the day of the newest round it tells of, None when no round is dated.
    """

    told: Mapping[int, str | None]
    companies: Mapping[int, str | None]
    day: dt.date | None

    def round_at(self, position: int, company_id: str | None) -> str | None:
        """Return the round that a claim means: that of the last sum told of the company, else of the next."""
        places = [at for at in self.told if self.companies[at] == company_id]
        before = [at for at in places if at <= position]
        return self.told[before[-1]] if before else self.told[places[0]] if places else None

    def rounds_of(self, company_id: str | None) -> list[str]:
        """Return the rounds of a company that the article speaks of, each once."""
        found = (told for at, told in self.told.items() if self.companies[at] == company_id)
        return list(dict.fromkeys(told for told in found if told is not None))

    def is_past(self, happened: Days) -> bool:
        """Say whether something had surely happened when the article was written."""
        return self.day is None or happened.end <= self.day
