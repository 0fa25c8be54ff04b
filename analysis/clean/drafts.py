"""Events to drafts of rounds: the choice for every field, and the values that lost."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.clean import settling
from analysis.clean.book import Book
from analysis.clean.chosen import CHOICE, DATE, SUM, WHOLE, Chosen
from analysis.clean.compiled import MANY, compiled
from analysis.clean.ledger import (
    ROUND,
    Happening,
    Leads,
    Ledger,
    Seat,
    Telling,
    count_sources,
    write_ledger,
)
from analysis.clean.voting import RELIABILITY_WEIGHT, UNKNOWN, Sources
from analysis.columns import KINDS


class Losses(NamedTuple):
    """The values that were not chosen, one row a value, those of an event in the order they were met.

    Attributes:
        event, field, value, currency, verdict, first, end: as in `clean.losing.Loss`.
        stated, low, high, points: as there.
    """

    event: NDArray[np.int64]
    field: NDArray[np.int64]
    value: NDArray[np.int64]
    currency: NDArray[np.int64]
    verdict: NDArray[np.int64]
    first: NDArray[np.int64]
    end: NDArray[np.int64]
    stated: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    points: NDArray[np.float64]


@dataclass(frozen=True)
class Settled:
    """The choices of all events of a ledger, in numbers.

    Attributes:
        ledger: the reports that they were taken from.
        sources: how much each of them counts.
        chosen: the choices.
        losses: the values that lost.
        behind: reports behind the losses (places in the ledger).
        holdings: pairs of events: the amount of the first may hold that of the second.
        leads: lead investors, from `first_lead` to before `end_lead` of each event.
    """

    ledger: Ledger
    sources: Sources
    chosen: Chosen
    losses: Losses
    behind: NDArray[np.int64]
    holdings: NDArray[np.int64]
    leads: NDArray[np.int64]

    @property
    def event_of_lead(self) -> NDArray[np.int64]:
        """The event that each of `leads` led."""
        first, end = (self.chosen.whole[name] for name in ("first_lead", "end_lead"))
        in_turn = np.argsort(first, kind="stable")
        return np.repeat(in_turn, (end - first)[in_turn])

    def lead_names(self, names: Mapping[str, str]) -> list[str | None]:
        """The lead investors of each event by name, separated by "; "."""
        named = [names[self.ledger.investors[lead]] for lead in self.leads.tolist()]
        whole = self.chosen.whole
        return [
            "; ".join(named[first:end]) or None
            for first, end in zip(whole["first_lead"].tolist(), whole["end_lead"].tolist(), strict=True)
        ]


@dataclass(frozen=True)
class Drafts(Settled):
    """Rounds in the making: the choices, and the name of each event.

    Attributes:
        round_ids: of each event.
    """

    round_ids: NDArray[np.object_]

    @property
    def in_order(self) -> NDArray[np.intp]:
        """The events by their names."""
        return np.argsort(self.round_ids, kind="stable")

    @property
    def round_of(self) -> dict[str, str]:
        """The name of the round of each report."""
        named = self.round_ids[self.ledger.event_of]
        return dict(zip(self.ledger.reports["report_id"], named, strict=True))

    def count_rounds(self) -> dict[str, int]:
        """Count the closed rounds that name each investor."""
        events = self.ledger.events
        is_round = (events["kind"] == ROUND) & (events["is_talks"] == 0)
        pairs = {
            (event, investor)
            for event, found in zip(self.ledger.event_of.tolist(), self.ledger.reports["named"], strict=True)
            if is_round[event]
            for investor, _ in found
        }
        return Counter(investor for _, investor in pairs)


def draft_rounds(reports: pd.DataFrame, links: pd.DataFrame, home_currency: Mapping[str, str]) -> Drafts:
    """Choose the value of every field of every event.

    Args:
        reports: typed reports, as `clean.reports.read_reports` returns them.
        links: one row a report, as `clean.linking.link` returns them.
        home_currency: currency of each company's seat.
    """
    ledger = write_ledger(reports, links, home_currency)
    settled = settle(ledger, count_sources(ledger, weights(ledger), ledger.reports["origin_key"]))
    return Drafts(**vars(settled), round_ids=_names(settled))


def weights(ledger: Ledger) -> NDArray[np.float64]:
    """Return points of the reliability of each report."""
    return np.array(ledger.reports["reliability"].map(RELIABILITY_WEIGHT), np.float64)


def settle(ledger: Ledger, sources: Sources, is_valued: bool = True) -> Settled:
    """Choose the value of every field of every event, each report counting as `sources` say.

    Without `is_valued` no valuation is chosen, as none is asked for where other rules are tried.
    """
    n = len(ledger.events)
    chosen = Chosen(
        np.zeros(n, CHOICE),
        np.zeros(n, CHOICE),
        np.zeros(n, DATE),
        np.zeros(n, SUM),
        np.zeros(n, SUM),
        np.zeros(n, WHOLE),
    )
    is_early = np.zeros(len(ledger.tellings), bool)
    counted = sources
    tables: Any = (ledger.companies, ledger.tellings, ledger.leads, ledger.events, ledger.plain_labels)
    run = settling.settle
    if len(ledger.tellings) < MANY:
        tables, sources = _as_lists(ledger, sources)
    else:
        run = compiled(settling.settle)
    companies, tellings, leads, events, plain_labels = tables
    book = Book(tellings, leads, events, plain_labels, is_early)
    whole, floats, behind, holdings, led = run(companies, book, sources, chosen, is_valued)
    return Settled(ledger, counted, chosen, Losses(*whole.T, *floats.T), behind, holdings, led)


def _as_lists(ledger: Ledger, sources: Sources) -> tuple[Any, Sources]:
    """Return the columns of a ledger as lists of named tuples: the same parts, quicker to read one by one."""
    leads: Any = ledger.leads
    counted: Any = sources
    tables = (
        list(map(Seat._make, ledger.companies.tolist())),
        list(map(Telling._make, ledger.tellings.tolist())),
        Leads(leads.investor.tolist(), leads.group.tolist()),
        list(map(Happening._make, ledger.events.tolist())),
        ledger.plain_labels.tolist(),
    )
    lists = Sources(*(column.tolist() for column in counted))
    return tables, lists


def iso_days(days: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return days since 1970 as texts, None for UNKNOWN."""
    texts = days.astype("datetime64[D]").astype(str).astype(object)
    texts[days == UNKNOWN] = None
    return texts


def _names(settled: Settled) -> NDArray[np.object_]:
    """Give each event an id of company, month and kind.

    In a shared month the event that was collected first has the plain id, then the larger one.
    """
    ledger, dates, amount = settled.ledger, settled.chosen.date, settled.chosen.amount
    events = ledger.events
    company = ledger.reports["company_id"].to_numpy()[events["first"]]
    starts, ends = iso_days(dates["start"]), iso_days(dates["end"])
    plain = []
    for owner, kind, is_talks, start, end in zip(
        company, events["kind"].tolist(), events["is_talks"].tolist(), starts, ends, strict=True
    ):
        when = "undated" if start is None else start[:7] if start[:7] == end[:7] else start[:4]
        ending = "" if kind == ROUND else f"-{KINDS[kind]}"
        plain.append(f"{owner}-{when}{ending}{'-talks' if is_talks else ''}")
    collected = pd.factorize(ledger.reports["collected"], sort=True)[0]
    usd = np.nan_to_num(amount["stated"] * amount["source_rate"])
    order = np.lexsort(
        (
            ledger.tellings["id_rank"][events["first"]],
            -usd,
            np.minimum.reduceat(collected, events["first"]),
        )
    )
    names = pd.Series(plain, dtype=object).iloc[order]
    place = names.groupby(names).cumcount() + 1
    numbered = names.where(place == 1, names + "-" + place.astype(str))
    return numbered.sort_index().to_numpy(object)
