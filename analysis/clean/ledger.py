"""The accepted reports as flat columns of numbers, those of one event side by side.

Words stand in it as numbers: -1 for none, else their place in a list of `Words`. Days count from 1970.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.clean.voting import UNKNOWN, Sources
from analysis.columns import KINDS, PRECISIONS, STATUSES

QUALIFIERS = (
    "undisclosed", "unreadable", "exact", "about", "nearly", "at_least", "at_most", "range", "order",
    "second",
)  # fmt: skip
(
    UNDISCLOSED, UNREADABLE, EXACT, ABOUT, NEARLY, AT_LEAST, AT_MOST, RANGE, ORDER, SECOND,
) = range(len(QUALIFIERS))  # fmt: skip
ROUND, PART, TOTAL = (KINDS.index(kind) for kind in ("round", "part", "total"))
WAYS = tuple(sorted(STATUSES))  # how far a deal got, in the order of the alphabet
CLOSED, IN_TALKS = (WAYS.index(way) for way in ("closed", "in talks"))
SPANNED = PRECISIONS.index("range")
BASES = ("announced", "published")
ANNOUNCED, PUBLISHED = range(len(BASES))
PRICED = ("pre", "post")  # a valuation before or after the new money
# The currency that a page means when it names none, by language.
PAGE_CURRENCY = {"zh": "CNY", "ja": "JPY", "ko": "KRW", "vi": "VND", "id": "IDR", "pl": "PLN", "ru": "RUB"}


def currency_number(code: str | None) -> int:
    """Return the number of an ISO 4217 code: its letters as bytes, so that numbers sort as codes do."""
    return UNKNOWN if code is None else int.from_bytes(code.encode(), "big")


def currency_code(number: int) -> str | None:
    """Return the ISO 4217 code of a number."""
    return None if number == UNKNOWN else int(number).to_bytes(3, "big").decode()


USD = currency_number("USD")


class Telling(NamedTuple):
    """A row of the ledger: what one report says, in numbers; nan or -1 where it says nothing.

    Attributes:
        id_rank: its place among all reports by report_id.
        page_currency: the currency that its page means when it names none.
        home_rate: dollars for a unit of the currency of the company's seat.
        first_lead, end_lead: its leads are those from the first to before the end in `Leads`.
    """

    id_rank: int
    kind: int
    status: int
    label: int
    basis: int
    date_start: int
    date_end: int
    date_precision: int
    published_start: int
    published_end: int
    published_precision: int
    amount_stated: float
    amount_low: float
    amount_high: float
    amount_currency: int
    amount_qualifier: int
    amount_rate: float
    second_stated: float
    second_low: float
    second_high: float
    second_currency: int
    second_rate: float
    valuation_stated: float
    valuation_low: float
    valuation_high: float
    valuation_currency: int
    valuation_qualifier: int
    valuation_rate: float
    valuation_basis: int
    page_currency: int
    home_rate: float
    first_lead: int
    end_lead: int


TELLING = np.dtype([(name, "i8" if kind is int else "f8") for name, kind in Telling.__annotations__.items()])


class Leads(NamedTuple):
    """The leads that reports name, report after report: numbers of the investor and of its group."""

    investor: Sequence[int]
    group: Sequence[int]


class Happening(NamedTuple):
    """An event as linking left it.

    Attributes:
        kind: as in KINDS.
        is_talks: 1 for talks.
        became: place of the event that the talks turned into, -1 without one.
        first, end: its reports are those from the first to before the end in the ledger.
    """

    kind: int
    is_talks: int
    became: int
    first: int
    end: int


HAPPENING = np.dtype([(name, "i8") for name in Happening._fields])


class Seat(NamedTuple):
    """A company: its events from the first to before the end, and the currency of its seat."""

    first: int
    end: int
    home: int


SEAT = np.dtype([(name, "i8") for name in Seat._fields])


# The columns of the reports that choosing reads.
COLUMNS = (
    "report_id", "company_id", "publisher", "reliability", "origin_key", "language", "collected", "kind",
    "status", "round_label", "published_start", "published_end", "published_precision", "date_start",
    "date_end", "date_precision", "date_basis", "home_rate", "usd_stated", "leads", "named", "cheques",
    "valuation_basis", "second_stated", "second_low", "second_high", "second_currency", "second_rate",
    *(
        f"{sum_of}_{name}"
        for sum_of in ("amount", "valuation")
        for name in ("stated", "low", "high", "currency", "qualifier", "rate")
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Ledger:
    """The accepted reports, sorted by company, event and report_id.

    Attributes:
        reports: the columns of the table that it came from, in this order.
        tellings: the reports in numbers (dtype TELLING).
        leads: the leads that they name.
        events: the events, those of a company side by side (dtype HAPPENING).
        companies: the companies (dtype SEAT).
        plain_labels: for each label of an extension the label without it, else UNKNOWN.
        event_numbers: what linking calls each event.
        labels, investors: the words behind the numbers, in the order of the alphabet.
    """

    reports: pd.DataFrame
    tellings: NDArray[Any]
    leads: Leads
    events: NDArray[Any]
    companies: NDArray[Any]
    plain_labels: NDArray[np.int64]
    event_numbers: NDArray[np.int64]
    labels: list[str]
    investors: list[str]

    @property
    def event_of(self) -> NDArray[np.int64]:
        """The place of the event of each report."""
        return np.repeat(np.arange(len(self.events)), self.events["end"] - self.events["first"])


def write_ledger(reports: pd.DataFrame, links: pd.DataFrame, home_currency: Mapping[str, str]) -> Ledger:
    """Return reports and their links as numbers.

    Args:
        reports: typed reports, as `clean.reports.read_reports` returns them.
        links: one row a report, as `clean.linking.link` returns them.
        home_currency: currency of each company's seat.
    """
    ids = pd.Index(reports["report_id"]).argsort()
    id_rank = np.empty(len(reports), np.int64)
    id_rank[ids] = np.arange(len(reports))
    numbers = links["event"].to_numpy(np.int64)
    company, names = pd.factorize(reports["company_id"])
    order = np.lexsort((id_rank, numbers, company))
    reports, links = reports[list(COLUMNS)].iloc[order], links.iloc[order]
    numbers, company, id_rank = numbers[order], company[order], id_rank[order]

    first = np.flatnonzero(np.diff(numbers, prepend=UNKNOWN))
    events = np.empty(len(first), HAPPENING)
    events["kind"] = numbered(links["event_kind"].iloc[first], KINDS)
    events["is_talks"] = links["is_talks"].to_numpy(bool)[first]
    became = links["became_event"].iloc[first].to_numpy(np.int64, na_value=UNKNOWN)
    events["became"] = pd.Index(numbers[first]).get_indexer(pd.Index(became))
    events["first"], events["end"] = first, np.append(first, len(numbers))[1:]

    first_event = np.flatnonzero(np.diff(company[first], prepend=UNKNOWN))
    companies = np.empty(len(first_event), SEAT)
    companies["first"], companies["end"] = first_event, np.append(first_event, len(first))[1:]
    homes = [home_currency.get(names[number]) for number in company[first][first_event]]
    companies["home"] = [currency_number(home) for home in homes]

    labels = _sorted_words(reports["round_label"])
    leads, investors, ends = _leads(reports["leads"])
    tellings = _tellings(reports, labels)
    tellings["id_rank"] = id_rank
    tellings["first_lead"], tellings["end_lead"] = ends[:-1], ends[1:]
    plain = [label.removesuffix(" extension") for label in labels]
    plain_labels = numbered(pd.Series(plain, dtype=object), labels)
    plain_labels[plain_labels == np.arange(len(labels))] = UNKNOWN
    return Ledger(
        reports, tellings, leads, events, companies, plain_labels, numbers[first], labels, investors
    )


def _tellings(reports: pd.DataFrame, labels: Sequence[str]) -> NDArray[Any]:
    tellings = np.empty(len(reports), TELLING)
    for name, words in (
        ("kind", KINDS),
        ("status", WAYS),
        ("valuation_basis", PRICED),
        ("amount_qualifier", QUALIFIERS),
        ("valuation_qualifier", QUALIFIERS),
        ("date_precision", PRECISIONS),
        ("published_precision", PRECISIONS),
    ):
        tellings[name] = numbered(reports[name], words)
    tellings["label"] = numbered(reports["round_label"], labels)
    tellings["basis"] = numbered(reports["date_basis"], BASES)
    for name in ("date_start", "date_end", "published_start", "published_end"):
        tellings[name] = _days(reports[name])
    for name in ("amount_currency", "second_currency", "valuation_currency"):
        tellings[name] = currencies(reports[name])
    tellings["page_currency"] = currencies(reports["language"].map(PAGE_CURRENCY))
    for name, kind in Telling.__annotations__.items():
        if kind is float:
            tellings[name] = reports[name].to_numpy(np.float64, na_value=np.nan)
    return tellings


def _leads(column: pd.Series) -> tuple[Leads, list[str], NDArray[np.int64]]:
    """Return the leads of all reports, the investors among them, and where those of each report end."""
    ends = np.cumsum([0, *map(len, column)])
    pairs = [pair for found in column for pair in found]
    investors = sorted({investor for investor, _ in pairs})
    groups = pd.factorize(np.array([group for _, group in pairs], dtype=object))[0]
    named = numbered(pd.Series([investor for investor, _ in pairs], dtype=object), investors)
    numbers: Any = (named, groups.astype(np.int64))
    return Leads(*numbers), investors, ends


def numbered(column: pd.Series, words: Sequence[str]) -> NDArray[np.int64]:
    """Return the place of each cell among `words`, UNKNOWN for none."""
    codes, found = pd.factorize(column)
    places = {word: place for place, word in enumerate(words)}
    return np.array([*(places.get(word, UNKNOWN) for word in found), UNKNOWN], np.int64)[codes]


def currencies(column: pd.Series) -> NDArray[np.int64]:
    """Return the number of the ISO 4217 code in each cell, UNKNOWN for none."""
    codes, found = pd.factorize(column)
    return np.array([*map(currency_number, found), UNKNOWN], np.int64)[codes]


def _days(column: pd.Series) -> NDArray[np.int64]:
    codes, found = pd.factorize(column)
    days = np.array([*found, "1969-12-31"], "datetime64[D]").astype(np.int64)
    return days[codes]


def _sorted_words(column: pd.Series) -> list[str]:
    return sorted(column.dropna().unique())


def count_sources(ledger: Ledger, weight: NDArray[np.float64], origin: pd.Series) -> Sources:
    """Return how much each report counts.

    Args:
        ledger: the reports.
        weight: points of each.
        origin: the story that each repeats.
    """
    published = ledger.tellings["published_end"]
    published = np.where(published == UNKNOWN, np.iinfo(np.int64).max, published)
    seniority = np.empty(len(weight), np.int64)
    seniority[np.lexsort((ledger.tellings["id_rank"], published, -weight))] = np.arange(len(weight))
    number = pd.factorize(origin)[0]
    columns: Any = (np.array(weight), number, seniority, np.zeros(len(weight)))
    return Sources(*columns)
