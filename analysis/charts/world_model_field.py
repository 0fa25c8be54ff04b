"""The charts of notebook 05: what was raised by segment and year, the largest rounds, shares of the field."""

from collections.abc import Hashable, Mapping
from math import log10
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import dots, matrix
from analysis.charts.house import Mark, Theme
from analysis.charts.sum_words import sum_of, sum_rows
from analysis.charts.words import UNIT, bare, bounds, count, listing, period, short
from analysis.measures import sums
from analysis.measures import world_model_field as measures

NOTEBOOK = "05_world_model_field"
PALEST = 0.12
"""How strongly the cell with the least money is filled."""

Row = Mapping[Hashable, Any]


def field_rounds(tables: Tables) -> pd.DataFrame:
    """The closed rounds of the field."""
    readings = tables.table("segment_readings")
    return measures.field_rounds(
        tables.closed_rounds(), tables.companies(), readings, tables.round_investors()
    )


def together(frame: pd.DataFrame) -> str:
    """The bounds of several sums added up."""
    return sum_of(sums.total(frame.assign(round_id=frame["round_ids"])))


def when(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """The month of a date that is known to one, else the days from first to last."""
    if pd.isna(start) or pd.isna(end) or (start.year, start.month) != (end.year, end.month):
        return period(start, end)
    return f"{end:%b %Y}"


def capitalised(words: str) -> str:
    """Words with a capital at the beginning, and nothing else changed."""
    return words[:1].upper() + words[1:]


# Segments and years


def _segments(tables: Tables) -> pd.DataFrame:
    as_of = tables.reports()["collected"].max()
    return measures.funding_by_segment_and_year(field_rounds(tables), as_of)


def _segments_title(frame: pd.DataFrame) -> str:
    years = frame[frame["segment"].eq(measures.FIELD)]
    raised = f"The world-model field raised {together(years)}"
    known = years[years["year"].ne(measures.NO_YEAR) & years["usd_low"].gt(0)]
    if len(known) < 2:
        return f"{raised} in {count(int(years['n_rounds'].sum()), 'closed round')}"
    most = known.nlargest(1, "usd_low").iloc[0]
    return f"{raised}, {sum_of(most)} of it in {_year(most)}"


def _year(row: "Row | pd.Series[Any]", sep: str = ", ") -> str:
    """A year, with the day on which the record of it ends before the year does."""
    until = row["until"]
    if pd.isna(until) or (until.month, until.day) == (12, 31):
        return f"year {row['year']}" if row["year"] == measures.NO_YEAR else str(row["year"])
    return f"{row['year']}{sep}up to {until.day} {until:%B}"


def _segments_subtitle(frame: pd.DataFrame) -> str:
    n = int(frame.loc[frame["segment"].eq(measures.FIELD), "n_rounds"].sum())
    return (
        f"Sum of {count(n, 'closed round')} by what the company builds and by year of the closing; {UNIT}. "
        "Darker cells hold more by lower bound, equal steps being equal factors; + is an open end"
    )


def _segments_alt(frame: pd.DataFrame) -> str:
    rows = []
    for segment, cells in frame.groupby("segment", sort=False):
        told = [f"{row['year']} {short(row['usd_low'], row['usd_high'])}" for row in cells.to_dict("records")]
        rows.append(f"{segment}: {listing(told)}")
    return (
        f"Table of sums by segment and year, darker where more was raised. {_segments_title(frame)}. "
        f"{'; '.join(rows)}."
    )


def _segments_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame, "segment")
    rows.insert(0, "Ring", frame["ring"])
    rows.insert(2, "Year", frame["year"])
    return rows


def _draw_segments(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    matrix.draw(figure, body, _segments_view(frame, theme), theme)


def _segments_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the matrix."""
    notes = {}
    for segment, cells in frame.groupby("segment", sort=False):
        ring = "" if segment == measures.FIELD else f"{cells['ring'].iloc[0]} ring, "
        notes[segment] = capitalised(f"{ring}{together(cells)}")
    low = frame["usd_low"].where(frame["usd_low"] > 0)
    least, most = low.min(), low.max()
    span = log10(most / least) if most > least else 1.0
    shade = PALEST + (1 - PALEST) * (low / least).map(log10, na_action="ignore") / span
    rows = frame.to_dict("records")
    return frame.assign(
        row=frame["segment"].map(capitalised),
        column=[_year(row, sep=" ") for row in rows],
        label=[_cell(row) for row in rows],
        shade=shade,
        color=theme.other,
        row_note=frame["segment"].map(notes),
    )


def _cell(row: Row) -> str:
    """The amount of a cell, its rounds, and those of undisclosed size."""
    lines = [short(row["usd_low"], row["usd_high"]), count(row["n_rounds"], "round")]
    if 0 < row["n_undisclosed"] < row["n_rounds"]:
        lines.append(f"{row['n_undisclosed']} undisclosed")
    return "\n".join(lines)


# The largest rounds


def _rounds(tables: Tables) -> pd.DataFrame:
    return measures.largest_rounds(field_rounds(tables))


def _rounds_title(frame: pd.DataFrame) -> str:
    first = frame.iloc[0]
    if not first["usd_low"] > 0:
        return f"{count(len(frame), 'closed round')} of the field, none of a known size"
    date = when(first["date_start"], first["date_end"])
    largest = f"The largest round is {first['company']}’s: {sum_of(first)} in {date}"
    if len(frame) == 1:
        return largest
    rest = sums.total(frame.iloc[1:])
    return f"{largest}; the next {count(len(frame) - 1, 'round')} together: {sum_of(rest)}"


def _rounds_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"The {count(len(frame), 'closed round')} of the field with the highest lower bound; {UNIT}. In "
        "brackets the number of independent reports"
    )


def _rounds_alt(frame: pd.DataFrame) -> str:
    told = [
        f"{row['company']} {bounds(row['usd_low'], row['usd_high'])} "
        f"({period(row['date_start'], row['date_end'])}{'' if row['is_firm'] else ', not firm'})"
        for row in frame.to_dict("records")
    ]
    return f"Dots on rows, largest round first, hollow where not firm. {'; '.join(told)}."


def _rounds_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Company": frame["company"],
            "When": [period(row["date_start"], row["date_end"]) for row in rows],
            "Segment": frame["segment"],
            "US dollars": [bare(bounds(row["usd_low"], row["usd_high"])) for row in rows],
            "Alibaba": frame["alibaba"],
            "Independent": frame["n_independent"].astype(str),
            "Firm": frame["is_firm"].map({True: "yes", False: "no"}),
        }
    )


def _rounds_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    wide = {"marker": "|", "markersize": 11, "markeredgewidth": 1.6, "color": theme.muted, "ls": ""}
    is_wide = frame["usd_low"].notna() & ~frame["usd_low"].eq(frame["usd_high"])
    is_dot = frame["usd_stated"].notna()
    is_in = frame["alibaba"].ne("not named") & ~frame["is_trio"]
    marks = [
        (frame["is_trio"], Mark("backed by Alibaba", dots.mark(theme.accent, True, theme))),
        (is_in, Mark("Alibaba took part", dots.mark(theme.accent_soft, True, theme))),
        (is_dot & frame["is_firm"], Mark("firm", dots.mark(theme.muted, True, theme))),
        (
            is_dot & ~frame["is_firm"],
            Mark("disputed, or thinly reported", dots.mark(theme.muted, False, theme)),
        ),
        (is_wide, Mark("bounds (arrow: open)", wide)),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


def _draw_rounds(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    rows = frame.to_dict("records")
    color = pd.Series(theme.other, frame.index).mask(frame["alibaba"].ne("not named"), theme.accent_soft)
    view = frame.assign(
        name=frame["company"],
        note=[when(row["date_start"], row["date_end"]) for row in rows],
        label=[f"{bounds(row['usd_low'], row['usd_high'])} ({row['n_independent']})" for row in rows],
        color=color.mask(frame["is_trio"], theme.accent),
        is_reference=False,
    )
    dots.draw(figure, body, view, theme)


CHARTS = (
    Chart(
        name="field_segments",
        notebook=NOTEBOOK,
        measure=_segments,
        title=_segments_title,
        subtitle=_segments_subtitle,
        alt=_segments_alt,
        rows=_segments_rows,
        key=lambda frame, theme: [],
        draw=_draw_segments,
        size=(800, 760),
    ),
    Chart(
        name="field_rounds",
        notebook=NOTEBOOK,
        measure=_rounds,
        title=_rounds_title,
        subtitle=_rounds_subtitle,
        alt=_rounds_alt,
        rows=_rounds_rows,
        key=_rounds_key,
        draw=_draw_rounds,
        size=(800, 560),
    ),
)
