"""The choices of all events as columns of numbers, and how a choice is written into them."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.clean.choosing import AmountChoice
from analysis.clean.dating import DateChoice
from analysis.clean.voting import Choice

CHOICE = np.dtype(
    [
        ("value", "i8"),
        ("report", "i8"),
        ("n_origins", "i8"),
        ("points", "f8"),
        ("against", "i8"),
        ("against_points", "f8"),
        ("is_disputed", "?"),
    ]
)
DATE = np.dtype([(n, {int: "i8", float: "f8", bool: "?"}[k]) for n, k in DateChoice.__annotations__.items()])
SUM = np.dtype(
    [
        ("report", "i8"),
        ("n_origins", "i8"),
        ("points", "f8"),
        ("against_stated", "f8"),
        ("against_low", "f8"),
        ("against_high", "f8"),
        ("against_currency", "i8"),
        ("against_points", "f8"),
        ("is_disputed", "?"),
        ("currency", "i8"),
        ("stated", "f8"),
        ("low", "f8"),
        ("high", "f8"),
        ("qualifier", "i8"),
        ("source_low", "f8"),
        ("source_high", "f8"),
        ("source_rate", "f8"),
        ("source_qualifier", "i8"),
        ("is_from_talks", "?"),
    ]
)
WHOLE = np.dtype(
    [
        ("kind_report", "i8"),
        ("n_of_kind", "i8"),
        ("n_origins", "i8"),
        ("valuation_basis", "i8"),
        ("leads_report", "i8"),
        ("leads_origins", "i8"),
        ("leads_points", "f8"),
        ("is_leads_disputed", "?"),
        ("first_lead", "i8"),
        ("end_lead", "i8"),
    ]
)


class Chosen(NamedTuple):
    """The choices of all events, one row an event.

    Attributes:
        label, status: dtype CHOICE.
        date: dtype DATE.
        amount, valuation: dtype SUM.
        whole: what is left (dtype WHOLE).
    """

    label: NDArray[Any]
    status: NDArray[Any]
    date: NDArray[Any]
    amount: NDArray[Any]
    valuation: NDArray[Any]
    whole: NDArray[Any]


def keep_date(event: int, choice: DateChoice, dates: NDArray[Any]) -> None:
    """Write the date of an event into its row (dtype DATE)."""
    dates["start"][event] = choice.start
    dates["end"][event] = choice.end
    dates["precision"][event] = choice.precision
    dates["basis"][event] = choice.basis
    dates["report"][event] = choice.report
    dates["n_origins"][event] = choice.n_origins
    dates["points"][event] = choice.points
    dates["compatible_points"][event] = choice.compatible_points
    dates["is_disputed"][event] = choice.is_disputed


def keep_choice(event: int, choice: Choice, table: NDArray[Any]) -> None:
    """Write the label or the status of an event into its row (dtype CHOICE)."""
    table["value"][event] = choice.value
    table["report"][event] = choice.report
    table["n_origins"][event] = choice.n_origins
    table["points"][event] = choice.points
    table["against"][event] = choice.against
    table["against_points"][event] = choice.against_points
    table["is_disputed"][event] = choice.is_disputed


def keep_sum(event: int, choice: AmountChoice, low: float, is_from_talks: bool, table: NDArray[Any]) -> None:
    """Write the amount or the valuation of an event, with its lower bound, into its row (dtype SUM)."""
    table["report"][event] = choice.report
    table["n_origins"][event] = choice.n_origins
    table["points"][event] = choice.points
    table["against_stated"][event] = choice.against.stated
    table["against_low"][event] = choice.against.low
    table["against_high"][event] = choice.against.high
    table["against_currency"][event] = choice.against.currency
    table["against_points"][event] = choice.against_points
    table["is_disputed"][event] = choice.is_disputed
    table["currency"][event] = choice.currency
    table["stated"][event] = choice.stated
    table["low"][event] = low
    table["high"][event] = choice.high
    table["qualifier"][event] = choice.qualifier
    table["source_low"][event] = choice.source.low
    table["source_high"][event] = choice.source.high
    table["source_rate"][event] = choice.source.rate
    table["source_qualifier"][event] = choice.source.qualifier
    table["is_from_talks"][event] = is_from_talks
