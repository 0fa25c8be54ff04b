"""An article's claims in the order of its telling, and the record that they are held against."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.clean.reports import Directory
from analysis.parse.dates import parse_date
from analysis.parse.names import fold

Row = Mapping[str, Any]

CONFIRMED, WITH_NUANCE = "confirmed", "confirmed with a nuance"
CONTRADICTED, NOT_FOUND = "contradicted", "not found"
RELIABILITY = {"high": 0, "medium": 1, "low": 2}


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
        self.rounds = {row["round_id"]: row for row in rows(tables["rounds"])}
        self.reports = rows(tables["reports"])
        self.round_investors = rows(tables["round_investors"])
        self.product_events = rows(tables["product_events"])
        self.model_capabilities = rows(tables["model_capabilities"])
        self.leaderboard_scores = rows(tables["leaderboard_scores"])
        self.ranked = {(fold(row["model"]), row["modality"]) for row in self.leaderboard_scores}
        self.company_facts = rows(tables["company_facts"])

    def reports_of(self, round_id: str) -> list[Row]:
        """Return the reports of a round."""
        return [row for row in self.reports if row["round_id"] == round_id]

    def is_by(self, claim: Claim, row: Row) -> bool:
        """Say whether a row is about the subject of a claim, or about a unit of it."""
        name = row.get("developer") or row.get("company") or ""
        if claim.company_id is not None:
            return bool(row["company_id"] == claim.company_id)
        group = self.directory.investors.resolve(claim.subject).parent_group
        return bool(
            re.search(rf"\b{re.escape(claim.subject)}\b", name, re.IGNORECASE)
            or (group and self.directory.investors.resolve(name).parent_group == group)
        )


def rows(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a table, an empty cell as None."""
    kept = frame.astype(object)
    return kept.where(kept.notna(), None).to_dict("records")  # type: ignore[return-value]


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
        """Return the round that a claim without a sum means: the last one told of the company, else the next."""
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
