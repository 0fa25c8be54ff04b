"""Sums of money in words: what the charts and tables of sums share."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.charts.language import say
from analysis.charts.words import bare, bounds, count, dollars
from analysis.measures import sums

Row = Mapping[Hashable, Any]


def sum_of(row: "Row | pd.Series[Any]") -> str:
    """The bounds of a sum."""
    if pd.isna(row["usd_low"]) and pd.isna(row["usd_high"]):
        return say("an undisclosed amount")
    return bounds(row["usd_low"], row["usd_high"])


def sums_told(frame: pd.DataFrame, name: Callable[[Row], str], note: Callable[[Row], str]) -> str:
    """Sums one after the other, as alt texts tell of bars: name, bounds, and what is counted in brackets."""
    return say("; ").join(
        say(
            "{name} {amount} ({note})",
            name=name(row),
            amount=bounds(row["usd_low"], row["usd_high"]),
            note=note(row),
        )
        for row in frame.to_dict("records")
    )


def rounds_note(row: Row) -> str:
    """The rounds of a sum, and those of undisclosed size."""
    rounds = count(row["n_rounds"], "round")
    if not row["n_undisclosed"]:
        return rounds
    return say("{rounds}, {n} undisclosed", rounds=rounds, n=row["n_undisclosed"])


def sum_rows(frame: pd.DataFrame, name: str, *more: str) -> pd.DataFrame:
    """A sum a row as text: the column that names it, the money, the counts, and more counts."""
    money = {"At least, US dollars": "usd_low", "Stated": "usd_stated", "At most": "usd_high"}
    shown = {
        header: ["–" if pd.isna(value) else bare(dollars(value)) for value in frame[column]]
        for header, column in money.items()
    }
    counts = {
        column.removeprefix("n_").capitalize(): frame[column].astype(str) for column in (*sums.COUNTS, *more)
    }
    return pd.DataFrame({name.capitalize(): frame[name], **shown, **counts})
