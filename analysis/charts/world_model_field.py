"""The charts of notebook 05: what was raised by segment and year, the largest rounds, shares of the field."""

from collections.abc import Hashable, Mapping
from math import log10
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import cells, dots
from analysis.charts.house import Mark, Theme
from analysis.charts.language import name, say, term
from analysis.charts.sum_words import sum_of, sum_rows
from analysis.charts.words import bare, bounds, count, listing, period, short, short_month, unit
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
    return short_month(end)


def capitalised(words: str) -> str:
    """Words with a capital at the beginning, and nothing else changed."""
    return words[:1].upper() + words[1:]


# Segments and years


def _segments(tables: Tables) -> pd.DataFrame:
    as_of = tables.reports()["collected"].max()
    return measures.funding_by_segment_and_year(field_rounds(tables), as_of)


def _segments_title(frame: pd.DataFrame) -> str:
    years = frame[frame["segment"].eq(measures.FIELD)]
    known = years[years["year"].ne(measures.NO_YEAR) & years["usd_low"].gt(0)]
    if len(known) < 2:
        rounds = count(int(years["n_rounds"].sum()), "closed round")
        return say("The world-model field raised {amount} in {rounds}", amount=together(years), rounds=rounds)
    most = known.nlargest(1, "usd_low").iloc[0]
    until = _cut_off(most)
    if until is None:
        return say(
            "The world-model field raised {amount}, {most} of it in {year}",
            amount=together(years), most=sum_of(most), year=_year(most),
        )  # fmt: skip
    return say(
        "The world-model field raised {amount}, {most} of it in {year}, up to {day}",
        amount=together(years), most=sum_of(most), year=_year(most), day=until,
    )  # fmt: skip


def _year(row: "Row | pd.Series[Any]") -> str:
    return term(measures.NO_YEAR) if row["year"] == measures.NO_YEAR else say("{year}", year=row["year"])


def _cut_off(row: "Row | pd.Series[Any]") -> str | None:
    """The day on which the record of a year ends, if before the year does."""
    until = row["until"]
    if pd.isna(until) or (until.month, until.day) == (12, 31):
        return None
    return say("{day} {month}", day=until.day, month=term(f"{until:%B}"))


def _column(row: Row) -> str:
    """The head of a column."""
    until = _cut_off(row)
    if until is not None:
        return say("{year} up to {day}", year=_year(row), day=until)
    return say("year not known") if row["year"] == measures.NO_YEAR else _year(row)


def _segments_subtitle(frame: pd.DataFrame) -> str:
    n = int(frame.loc[frame["segment"].eq(measures.FIELD), "n_rounds"].sum())
    return say(
        "Sum of {rounds} by what the company builds and by year of the closing; {unit}. A stronger colour "
        "is more by lower bound, equal steps being equal factors; + is an open end",
        rounds=count(n, "closed round"), unit=unit(),
    )  # fmt: skip


def _segments_alt(frame: pd.DataFrame) -> str:
    rows = []
    for segment, own in frame.groupby("segment", sort=False):
        told = [
            say("{year} {amount}", year=_year(row), amount=short(row["usd_low"], row["usd_high"]))
            for row in own.to_dict("records")
        ]
        rows.append(say("{segment}: {sums}", segment=term(str(segment)), sums=listing(told)))
    return say(
        "Table of sums by segment and year, in a stronger colour where more was raised. {title}. {rows}.",
        title=_segments_title(frame), rows=say("; ").join(rows),
    )  # fmt: skip


def _segments_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame, "segment")
    rows.insert(0, "Ring", frame["ring"])
    rows.insert(2, "Year", frame["year"])
    return rows


def _draw_segments(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    cells.draw(figure, body, _segments_view(frame, theme), theme)


def _segments_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the matrix."""
    notes = {}
    for segment, own in frame.groupby("segment", sort=False):
        amount, ring = together(own), own["ring"].iloc[0]
        is_part = segment != measures.FIELD
        notes[segment] = capitalised(
            say("{ring} ring, {amount}", ring=term(ring), amount=amount) if is_part else amount
        )
    low = frame["usd_low"].where(frame["usd_low"] > 0)
    least, most = low.min(), low.max()
    span = log10(most / least) if most > least else 1.0
    shade = PALEST + (1 - PALEST) * (low / least).map(log10, na_action="ignore") / span
    rows = frame.to_dict("records")
    return frame.assign(
        row=frame["segment"].map(term).map(capitalised),
        column=[_column(row) for row in rows],
        label=[_cell(row) for row in rows],
        shade=shade,
        color=theme.other,
        row_note=frame["segment"].map(notes),
    )


def _cell(row: Row) -> str:
    """The amount of a cell, its rounds, and those of undisclosed size."""
    lines = [short(row["usd_low"], row["usd_high"]), count(row["n_rounds"], "round")]
    if 0 < row["n_undisclosed"] < row["n_rounds"]:
        lines.append(say("{n} undisclosed", n=row["n_undisclosed"]))
    return "\n".join(lines)


# The largest rounds


def _rounds(tables: Tables) -> pd.DataFrame:
    return measures.largest_rounds(field_rounds(tables))


def _rounds_title(frame: pd.DataFrame) -> str:
    first = frame.iloc[0]
    if not first["usd_low"] > 0:
        rounds = count(len(frame), "closed round")
        return say("{rounds} of the field, none of a known size", rounds=rounds)
    company, amount = name(first["company"]), sum_of(first)
    date = when(first["date_start"], first["date_end"])
    if len(frame) == 1:
        return say(
            "The largest round is {company}’s: {amount} in {date}", company=company, amount=amount, date=date
        )
    return say(
        "The largest round is {company}’s: {amount} in {date}; the next {rounds} together: {rest}",
        company=company, amount=amount, date=date, rounds=count(len(frame) - 1, "round"),
        rest=sum_of(sums.total(frame.iloc[1:])),
    )  # fmt: skip


def _rounds_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "The {rounds} of the field with the highest lower bound; {unit}. In brackets the number of "
        "independent reports",
        rounds=count(len(frame), "closed round"), unit=unit(),
    )  # fmt: skip


def _rounds_alt(frame: pd.DataFrame) -> str:
    told = []
    for row in frame.to_dict("records"):
        parts = {
            "company": name(row["company"]), "amount": bounds(row["usd_low"], row["usd_high"]),
            "date": period(row["date_start"], row["date_end"]),
        }  # fmt: skip
        if row["is_firm"]:
            told.append(say("{company} {amount} ({date})", **parts))
        else:
            told.append(say("{company} {amount} ({date}, not firm)", **parts))
    return say(
        "Dots on rows, largest round first, hollow where not firm. {rounds}.", rounds=say("; ").join(told)
    )


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
        (frame["is_trio"], Mark(say("backed by Alibaba"), dots.mark(theme.accent, True, theme))),
        (is_in, Mark(say("Alibaba took part"), dots.mark(theme.accent_soft, True, theme))),
        (is_dot & frame["is_firm"], Mark(say("firm"), dots.mark(theme.muted, True, theme))),
        (
            is_dot & ~frame["is_firm"],
            Mark(say("disputed, or thinly reported"), dots.mark(theme.muted, False, theme)),
        ),
        (is_wide, Mark(say("bounds (arrow: open)"), wide)),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


def _draw_rounds(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    dots.draw(figure, body, _rounds_view(frame, theme), theme)


def _rounds_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the dots."""
    rows = frame.to_dict("records")
    color = pd.Series(theme.other, frame.index).mask(frame["alibaba"].ne("not named"), theme.accent_soft)
    return frame.assign(
        name=frame["company"].map(name),
        note=[when(row["date_start"], row["date_end"]) for row in rows],
        label=[
            say("{amount} ({n})", amount=bounds(row["usd_low"], row["usd_high"]), n=row["n_independent"])
            for row in rows
        ],
        color=color.mask(frame["is_trio"], theme.accent),
        is_reference=False,
    )


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
        sizes={"column": (480, 1160)},
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
        sizes={"column": (480, 860)},
        native=lambda frame, theme: dots.native(_rounds_view(frame, theme), theme),
    ),
)
