"""The charts of notebook 02."""

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

Row = Mapping[Hashable, Any]


# The trio's rounds over time


def _rounds(tables: Tables) -> pd.DataFrame:
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
            f"{bounds(row['usd_low'], row['usd_high'])} ({period(row['date_start'], row['date_end'])})"
            for row in rounds.to_dict("records")
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
            "When": [period(row["date_start"], row["date_end"]) for row in rows],
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
    dots = [
        Mark(MEANINGS[role], {"marker": "o", "markersize": 8, "color": color, "ls": ""})
        for role, color in _colors(theme).items()
        if frame["alibaba"].eq(role).any()
    ]
    return [*dots, *timeline.key(frame, theme)]


def _draw_rounds(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    notes = {
        row["company"]: f"{rounds_note(row)}, together {sum_of(row)}"
        for row in sums.by(frame, "company").to_dict("records")
    }
    view = frame.assign(
        lane=frame["company"],
        lane_note=frame["company"].map(notes),
        label=frame["round_label"].fillna(""),
        color=frame["alibaba"].map(_colors(theme)),
    )
    timeline.draw(figure, body, view, theme)


def _colors(theme: Theme) -> dict[str, str]:
    """The colour of each role of Alibaba."""
    return {"led": theme.accent, "joined": theme.accent_soft, "not named": theme.other}


# Capital by company


def _capital(tables: Tables) -> pd.DataFrame:
    return measures.capital_by_company(_rounds(tables), tables.companies(), tables.known_gaps())


def _capital_title(frame: pd.DataFrame) -> str:
    together = sums.total(frame.assign(round_id=frame["round_ids"]))
    return f"{listing(sorted(frame['company']))} raised {sum_of(together)}"


def _capital_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Sum of {count(int(frame['n_rounds'].sum()), 'closed round')} by company; {UNIT}. "
        "Rounds of undisclosed size and gaps in the record are in no bar"
    )


def _capital_alt(frame: pd.DataFrame) -> str:
    bars = [f"{row['company']} {bounds(row['usd_low'], row['usd_high'])}" for row in frame.to_dict("records")]
    return (
        "Bars of what each company raised in closed rounds, from the lower bound to the upper: "
        f"{'; '.join(bars)}. {count(int(frame['n_undisclosed'].sum()), 'round')} of undisclosed size and "
        f"{count(int(frame['n_gaps'].sum()), 'event')} without a source are in no bar."
    )


def _draw_capital(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    notes = [
        rounds_note(row) + (f", {count(row['n_gaps'], 'known gap')}" if row["n_gaps"] else "")
        for row in frame.to_dict("records")
    ]
    range_bars.draw(figure, body, frame.assign(name=frame["company"], note=notes, color=theme.accent), theme)


# Alibaba's part


def _part(tables: Tables) -> pd.DataFrame:
    return measures.alibaba_part(_rounds(tables), tables.round_investors())


def _part_title(frame: pd.DataFrame) -> str:
    led, _, cheques = frame.to_dict("records")
    if not led["n_rounds"]:
        return "Alibaba led no closed round of the three companies"
    known = cheques["n_rounds"] - cheques["n_undisclosed"]
    own = f"its known cheques are {sum_of(cheques)}" if known else "none of its own cheques is on record"
    return f"The {count(led['n_rounds'], 'round')} that Alibaba led brought {sum_of(led)}; {own}"


def _part_subtitle(frame: pd.DataFrame) -> str:
    return f"Closed rounds of the three companies, three views that do not add up; {UNIT}"


def _part_alt(frame: pd.DataFrame) -> str:
    bars = [
        f"{row['view']}: {bounds(row['usd_low'], row['usd_high'])} ({_part_note(row)})"
        for row in frame.to_dict("records")
    ]
    return f"Three bars that are not shares of one another. {'; '.join(bars)}."


def _draw_part(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    notes = [_part_note(row) for row in frame.to_dict("records")]
    names = frame["view"].str[0].str.upper() + frame["view"].str[1:]
    range_bars.draw(figure, body, frame.assign(name=names, note=notes, color=theme.accent), theme)


def _part_note(row: Row) -> str:
    """What a view counts."""
    if row["view"] == measures.CHEQUES:
        return f"known in {row['n_rounds'] - row['n_undisclosed']} of {count(row['n_rounds'], 'round')}"
    return f"{rounds_note(row)}, all investors’ money" if row["n_rounds"] else "no rounds"


CHARTS = (
    Chart(
        name="alibaba_rounds",
        notebook=NOTEBOOK,
        measure=_rounds,
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
    Chart(
        name="alibaba_part",
        notebook=NOTEBOOK,
        measure=_part,
        title=_part_title,
        subtitle=_part_subtitle,
        alt=_part_alt,
        rows=lambda frame: sum_rows(frame, "view"),
        key=range_bars.key,
        draw=_draw_part,
        size=(800, 420),
    ),
)
