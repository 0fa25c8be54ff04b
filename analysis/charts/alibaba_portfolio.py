"""The charts of notebook 02."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import range_bars, timeline
from analysis.charts.house import Mark, Theme
from analysis.charts.words import bounds, count, dollars, listing, month, period
from analysis.measures import alibaba_portfolio as measures
from analysis.measures import sums

NOTEBOOK = "02_alibaba_portfolio"
MEANINGS = {"led": "Alibaba led", "joined": "Alibaba took part", "not named": "Alibaba not named"}
UNIT = "nominal US dollars at the ECB rate of the day"


def _rounds(tables: Tables) -> pd.DataFrame:
    return measures.trio_rounds(tables.closed_rounds(), tables.companies(), tables.round_investors())


def _capital(tables: Tables) -> pd.DataFrame:
    return measures.capital_by_company(_rounds(tables), tables.companies(), tables.known_gaps())


def _part(tables: Tables) -> pd.DataFrame:
    return measures.alibaba_part(_rounds(tables), tables.round_investors())


def _colors(theme: Theme) -> dict[str, str]:
    """The colour of each role of Alibaba."""
    return {"led": theme.accent, "joined": theme.accent_soft, "not named": theme.other}


def _months(frame: pd.DataFrame) -> str:
    """From the first month of the rounds to the last."""
    first, last = frame["date_start"].min(), frame["date_end"].max()
    return f"{month(first)} to {month(last)}" if pd.notna(first) else "dates unknown"


# The trio's rounds over time


def _rounds_title(frame: pd.DataFrame) -> str:
    led = frame[frame["alibaba"].eq("led")]
    of = f"of {len(frame)} closed rounds of {listing(sorted(frame['company'].unique()))}"
    if led.empty:
        return f"Alibaba led none {of}"
    since = f", the first in {month(led['date_start'].min())}" if led["date_start"].notna().all() else ""
    return f"Alibaba led {len(led)} {of}{since}"


def _rounds_alt(frame: pd.DataFrame) -> str:
    total = sums.total(frame)
    lanes = "; ".join(
        f"{company}: {listing([f'{bounds(row.usd_low, row.usd_high)} ({period(row.date_start, row.date_end)})' for row in rounds.itertuples()])}"
        for company, rounds in frame.groupby("company", sort=False)
    )
    return (
        f"Timeline of {count(len(frame), 'closed round')}, one lane a company, as high as the amount. "
        f"{_rounds_title(frame)}. Together {bounds(total['usd_low'], total['usd_high'])}, "
        f"{count(total['n_undisclosed'], 'round')} undisclosed. {lanes}."
    )


def _rounds_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "When": [period(*dates) for dates in zip(frame["date_start"], frame["date_end"], strict=True)],
            "Company": frame["company"],
            "Round": frame["round_label"].fillna("unnamed"),
            "US dollars": [bounds(*ends) for ends in zip(frame["usd_low"], frame["usd_high"], strict=True)],
            "Alibaba": frame["alibaba"],
            "Reports": frame["n_reports"].astype(str),
            "Independent": frame["n_independent"].astype(str),
            "Disputed": frame["disputed_fields"].fillna("–").str.replace("; ", ", "),
        }
    )


def _rounds_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    roles = [role for role in measures.ROLES if frame["alibaba"].eq(role).any()]
    dots = [
        Mark(MEANINGS[role], {"marker": "o", "markersize": 8, "color": _colors(theme)[role], "ls": ""})
        for role in roles
    ]
    return [*dots, *timeline.key(theme)]


def _draw_rounds(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    by_company = sums.by(frame, "company").set_index("company")
    notes = {
        str(company): f"{count(row.n_rounds, 'round')}, {bounds(row.usd_low, row.usd_high)}"
        + (f" and {row.n_undisclosed} undisclosed" if 0 < row.n_undisclosed < row.n_rounds else "")
        for company, row in zip(by_company.index, by_company.itertuples(), strict=True)
    }
    view = frame.assign(
        lane=frame["company"],
        lane_note=frame["company"].map(notes),
        label=frame["round_label"].fillna(""),
        color=frame["alibaba"].map(_colors(theme)),
    )
    timeline.draw(figure, body, view, theme)


# Capital by company


def _capital_title(frame: pd.DataFrame) -> str:
    low, high = _ends(frame)
    return f"{listing(sorted(frame['company']))} raised {bounds(low, high)}"


def _capital_alt(frame: pd.DataFrame) -> str:
    bars = [f"{row['company']} {bounds(row['usd_low'], row['usd_high'])}" for row in frame.to_dict("records")]
    return (
        f"Bars of what each company raised in closed rounds, from the lower bound to the upper: {'; '.join(bars)}. "
        f"{count(frame['n_undisclosed'].sum(), 'round')} of undisclosed size and "
        f"{count(frame['n_gaps'].sum(), 'event')} without a source are in no bar."
    )


def _draw_capital(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    notes = [
        f"{_rounds_note(row)}, {count(row['n_gaps'], 'known gap')}" if row["n_gaps"] else _rounds_note(row)
        for row in frame.to_dict("records")
    ]
    range_bars.draw(figure, body, frame.assign(name=frame["company"], note=notes, color=theme.accent), theme)


# Alibaba's part


def _part_title(frame: pd.DataFrame) -> str:
    led, _, cheques = frame.to_dict("records")
    if not led["n_rounds"]:
        return "Alibaba led no closed round of the three companies"
    brought = f"The {count(led['n_rounds'], 'round')} that Alibaba led brought {bounds(led['usd_low'], led['usd_high'])}"
    n_known = cheques["n_rounds"] - cheques["n_undisclosed"]
    own = (
        f"its own known cheques are {bounds(cheques['usd_low'], cheques['usd_high'])}"
        if n_known
        else ("none of its own cheques is on record")
    )
    return f"{brought}; {own}"


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


def _part_note(row: dict[str, Any]) -> str:
    if row["view"] == measures.CHEQUES:
        return f"known in {row['n_rounds'] - row['n_undisclosed']} of {count(row['n_rounds'], 'round')}"
    return f"{_rounds_note(row)}, all investors’ money" if row["n_rounds"] else "no rounds"


# Shared


def _rounds_note(row: dict[str, Any]) -> str:
    """The rounds of a sum, and those of undisclosed size."""
    undisclosed = f", {row['n_undisclosed']} undisclosed" if row["n_undisclosed"] else ""
    return f"{count(row['n_rounds'], 'round')}{undisclosed}"


def _ends(frame: pd.DataFrame) -> tuple[float, float]:
    """The lower and the upper bound of all rows of sums together; NaN for an open end."""
    together = sums.total(frame.assign(round_id=frame["round_ids"]))
    return together["usd_low"], together["usd_high"]


def _sum_rows(frame: pd.DataFrame, name: str, *more: str) -> pd.DataFrame:
    """A sum a row as text: the column that names it, the money, the counts, and more counts."""
    money = {"At least": "usd_low", "Stated": "usd_stated", "At most": "usd_high"}
    shown = {
        header: [dollars(value) if value == value else "–" for value in frame[column]]
        for header, column in money.items()
    }
    counts = {
        column.removeprefix("n_").capitalize(): frame[column].astype(str) for column in (*sums.COUNTS, *more)
    }
    return pd.DataFrame({name.capitalize(): frame[name], **shown, **counts})


CHARTS = (
    Chart(
        name="alibaba_rounds",
        notebook=NOTEBOOK,
        measure=_rounds,
        title=_rounds_title,
        subtitle=lambda frame: f"Closed rounds by date and amount, {_months(frame)}; {UNIT}",
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
        subtitle=lambda frame: (
            f"Sum of {frame['n_rounds'].sum()} closed rounds by company; {UNIT}. "
            "Rounds of undisclosed size and gaps in the record are in no bar"
        ),
        alt=_capital_alt,
        rows=lambda frame: _sum_rows(frame, "company", "n_gaps"),
        key=range_bars.key,
        draw=_draw_capital,
        size=(800, 440),
    ),
    Chart(
        name="alibaba_part",
        notebook=NOTEBOOK,
        measure=_part,
        title=_part_title,
        subtitle=lambda frame: (
            f"Closed rounds of the three companies, three views that do not add up; {UNIT}"
        ),
        alt=_part_alt,
        rows=lambda frame: _sum_rows(frame, "view"),
        key=range_bars.key,
        draw=_draw_part,
        size=(800, 420),
    ),
)
