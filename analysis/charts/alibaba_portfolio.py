"""The charts of notebook 02: rounds and capital."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import range_bars, timeline
from analysis.charts.house import Mark, Theme
from analysis.charts.sum_words import rounds_note, sum_of, sum_rows
from analysis.charts.words import UNIT, bare, bounds, count, listing, month, period
from analysis.measures import alibaba_portfolio as measures
from analysis.measures import sums

NOTEBOOK = "02_alibaba_portfolio"
MEANINGS = {"led": "Alibaba led", "joined": "Alibaba took part", "not named": "Alibaba not named"}
FIRST_TOLD = "first told then"
"""The label of a round whose days are those of the first page that tells of it."""

Row = Mapping[Hashable, Any]


# The trio's rounds over time


def trio_rounds(tables: Tables) -> pd.DataFrame:
    """The rounds of the three companies."""
    return measures.trio_rounds(tables.closed_rounds(), tables.companies(), tables.round_investors())


def _rounds_title(frame: pd.DataFrame) -> str:
    led = frame[frame["alibaba"].eq("led")]
    of = f"of {len(frame)} closed rounds of {listing(sorted(frame['company'].unique()))}"
    if led.empty:
        return f"Alibaba led none {of}"
    first = f", the first in {month(led['date_start'].min())}" if led["date_start"].notna().all() else ""
    return f"Alibaba led {len(led)} {of}{first}"


def _rounds_subtitle(frame: pd.DataFrame) -> str:
    first, last = frame["date_start"].min(), frame["date_end"].max()
    dated = frame["date_start"].notna()
    undated = "" if dated.all() else f"; {count(len(frame) - dated.sum(), 'round')} without a date not shown"
    return f"Closed rounds by date and amount, {month(first)} to {month(last)}; {UNIT}{undated}"


def _rounds_alt(frame: pd.DataFrame) -> str:
    total = sums.total(frame)
    lanes = []
    for company, rounds in frame.groupby("company", sort=False):
        told = [
            f"{bounds(row['usd_low'], row['usd_high'])} ({when(row)})" for row in rounds.to_dict("records")
        ]
        lanes.append(f"{company}: {listing(told)}")
    return (
        f"Timeline of {count(len(frame), 'closed round')}, one lane a company, as high as the amount. "
        f"{_rounds_title(frame)}. Together {bounds(total['usd_low'], total['usd_high'])}, "
        f"{count(total['n_undisclosed'], 'round')} undisclosed. {'; '.join(lanes)}."
    )


def _rounds_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "When": [when(row) for row in rows],
            "Company": frame["company"],
            "Round": frame["round_label"].fillna("unnamed"),
            "US dollars": [bare(bounds(row["usd_low"], row["usd_high"])) for row in rows],
            "Alibaba": frame["alibaba"],
            "Reports": frame["n_reports"].astype(str),
            "Independent": frame["n_independent"].astype(str),
            "Disputed": frame["disputed_fields"].fillna("–").str.replace("; ", ", "),
        }
    )


def _rounds_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    return [*role_key(frame, theme), *timeline.key(frame, theme)]


def _draw_rounds(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    notes = {
        row["company"]: f"{rounds_note(row)}, together {sum_of(row)}"
        for row in sums.by(frame, "company").to_dict("records")
    }
    view = frame.assign(
        lane=frame["company"],
        lane_note=frame["company"].map(notes),
        label=frame["round_label"].fillna("").mask(frame["date_basis"].eq("published"), FIRST_TOLD),
        color=frame["alibaba"].map(role_colors(theme)),
    )
    timeline.draw(figure, body, view, theme)


def role_colors(theme: Theme) -> dict[str, str]:
    """The colour of each role of Alibaba."""
    return {"led": theme.accent, "joined": theme.accent_soft, "not named": theme.other}


def role_key(frame: pd.DataFrame, theme: Theme, marker: str = "o") -> list[Mark]:
    """What the colours of the roles that occur in the frame mean."""
    return [
        Mark(MEANINGS[role], {"marker": marker, "markersize": 8, "color": color, "ls": ""})
        for role, color in role_colors(theme).items()
        if frame["alibaba"].eq(role).any()
    ]


def when(row: Row) -> str:
    """The days of a round; those of one that no report dates are its latest possible ones."""
    days = period(row["date_start"], row["date_end"])
    return f"by {days}" if row["date_basis"] == "published" else days


# Capital by company


def _capital(tables: Tables) -> pd.DataFrame:
    missing = measures.missing_rounds(tables.known_gaps())
    return measures.capital_by_company(trio_rounds(tables), tables.companies(), missing)


def _capital_title(frame: pd.DataFrame) -> str:
    together = sums.total(frame.assign(round_id=frame["round_ids"]))
    return f"{listing(sorted(frame['company']))} raised {sum_of(together)}"


def _capital_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Sum of {count(int(frame['n_rounds'].sum()), 'closed round')} by company; {UNIT}. "
        "Rounds of undisclosed size or without a source are in no bar"
    )


def _capital_alt(frame: pd.DataFrame) -> str:
    bars = [f"{row['company']} {bounds(row['usd_low'], row['usd_high'])}" for row in frame.to_dict("records")]
    return (
        "Bars of what each company raised in closed rounds, from the lower bound to the upper: "
        f"{'; '.join(bars)}. {count(int(frame['n_undisclosed'].sum()), 'round')} of undisclosed size and "
        f"{frame['n_gaps'].sum()} or more without a source are in no bar."
    )


def _draw_capital(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    notes = [
        rounds_note(row) + (f"; {row['n_gaps']} or more without a source" if row["n_gaps"] else "")
        for row in frame.to_dict("records")
    ]
    range_bars.draw(figure, body, frame.assign(name=frame["company"], note=notes, color=theme.accent), theme)


CHARTS = (
    Chart(
        name="alibaba_rounds",
        notebook=NOTEBOOK,
        measure=trio_rounds,
        title=_rounds_title,
        subtitle=_rounds_subtitle,
        alt=_rounds_alt,
        rows=_rounds_rows,
        key=_rounds_key,
        draw=_draw_rounds,
        size=(800, 720),
    ),
    Chart(
        name="alibaba_capital",
        notebook=NOTEBOOK,
        measure=_capital,
        title=_capital_title,
        subtitle=_capital_subtitle,
        alt=_capital_alt,
        rows=lambda frame: sum_rows(frame, "company", "n_gaps"),
        key=range_bars.key,
        draw=_draw_capital,
        size=(800, 440),
    ),
)
