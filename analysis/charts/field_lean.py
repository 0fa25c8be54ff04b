"""The charts of notebook 05: which way the field leans, by side, country and need."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import range_bars
from analysis.charts.house import Mark, Theme
from analysis.charts.language import say, term
from analysis.charts.sum_words import rounds_note, sum_of, sum_rows, sums_told
from analysis.charts.video_players import COUNTRIES
from analysis.charts.words import count, unit
from analysis.charts.world_model_field import NOTEBOOK, field_rounds, together
from analysis.measures import world_model_field as measures

SIDES = {
    "digital": "Digital",
    "physical": "Physical",
    "both": "Digital and physical",
    "neither": "Neither",
}
WORLDS = {"digital": "the digital world", "physical": "the physical world"}
NEEDS = {
    "reasoning": "Reasoning",
    "physical understanding": "Understanding of the physical world",
    "continuous learning": "Continuous learning",
    "none": "None of the three",
}

Row = Mapping[Hashable, Any]


# Digital and physical


def _sides(tables: Tables) -> pd.DataFrame:
    return measures.funding_by_side(field_rounds(tables))


def _sides_title(frame: pd.DataFrame) -> str:
    parts = [
        say("{side}: {amount}", side=term(WORLDS.get(str(side), str(side))), amount=together(rows))
        for side, rows in frame.groupby("side", sort=False)
    ]
    return say("Raised to build for {parts}", parts=say("; for ").join(parts))


def _sides_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Sum of {rounds} by where the products act, in the digital or the physical world; {unit}. What a "
        "segment is for is our reading",
        rounds=_all_rounds(frame), unit=unit(),
    )  # fmt: skip


def _all_rounds(frame: pd.DataFrame) -> str:
    return count(int(frame["n_rounds"].sum()), "closed round")


def _sides_alt(frame: pd.DataFrame) -> str:
    return say("Bars of closed rounds by side and ring. {bars}.", bars=sums_told(frame, _side, _note))


def _side(row: Row) -> str:
    segments = say(", ").join(term(segment) for segment in row["segments"].split(", "))
    return say("{side}: {segments}", side=term(SIDES[row["side"]]), segments=segments)


def _note(row: Row) -> str:
    """The companies and rounds of a sum."""
    return say(
        "{companies}, {rounds}", companies=count(row["n_companies"], "company"), rounds=rounds_note(row)
    )


def _with_largest(rows: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table, and the company with most money."""
    return rows.assign(Largest=frame["largest"].mask(frame["largest"].eq(""), "–"))


def _sides_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame.assign(side=frame["side"].map(SIDES)), "side", "n_companies")
    rows.insert(1, "Ring", frame["ring"])
    rows.insert(2, "Segments", frame["segments"])
    return _with_largest(rows, frame)


def _sides_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the bars."""
    rows = frame.to_dict("records")
    names, notes = [_side(row) for row in rows], [_note(row) for row in rows]
    return frame.assign(name=names, note=notes, color=theme.other)


def _draw_sides(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    range_bars.draw(figure, body, _sides_view(frame, theme), theme)


# Countries


def _countries(tables: Tables) -> pd.DataFrame:
    return measures.funding_by_country(field_rounds(tables))


def _countries_title(frame: pd.DataFrame) -> str:
    first, *others = frame.head(2).to_dict("records")
    country, amount = _country(first["country"]), sum_of(first)
    if not others:
        return say("Companies of {country} raised {amount}", country=country, amount=amount)
    second, its_amount = _country(others[0]["country"]), sum_of(others[0])
    return say(
        "Companies of {country} raised {amount}, those of {second} {its_amount}",
        country=country, amount=amount, second=second, its_amount=its_amount,
    )  # fmt: skip


def _country(code: str) -> str:
    """A country in a sentence."""
    country = COUNTRIES[code]
    return term(f"the {country}" if country in ("US", "UK") else country)


def _countries_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Sum of {rounds} by country of the company’s seat, wherever the money came from; {unit}",
        rounds=_all_rounds(frame), unit=unit(),
    )  # fmt: skip


def _countries_alt(frame: pd.DataFrame) -> str:
    bars = sums_told(frame, lambda row: term(COUNTRIES[row["country"]]), _note)
    return say("Bars of closed rounds by country, most by lower bound first: {bars}.", bars=bars)


def _countries_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame.assign(country=frame["country"].map(COUNTRIES)), "country", "n_companies")
    return _with_largest(rows, frame)


def _countries_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the bars."""
    names, notes = frame["country"].map(COUNTRIES).map(term), [_note(row) for row in frame.to_dict("records")]
    return frame.assign(name=names, note=notes, color=theme.other)


def _draw_countries(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    range_bars.draw(figure, body, _countries_view(frame, theme), theme)


# What human-level AI needs


def _needs(tables: Tables) -> pd.DataFrame:
    readings = tables.table("segment_readings")
    return measures.funding_by_need(tables.closed_rounds(), tables.companies(), readings)


def _needs_title(frame: pd.DataFrame) -> str:
    first, *others = frame[frame["need"].ne("none")].to_dict("records")
    also = [say("{need} {amount}", need=term(row["need"]), amount=_drawn(row)) for row in others]
    return say(
        "In this record {need} drew {amount}, {others}",
        need=term(first["need"]), amount=_drawn(first), others=say(", ").join(also),
    )  # fmt: skip


def _drawn(row: Row) -> str:
    return sum_of(row) if row["n_rounds"] else say("nothing")


def _needs_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Sum of all {rounds} by the need of human-level AI that they serve; {unit}. What a segment serves "
        "is our reading",
        rounds=_all_rounds(frame), unit=unit(),
    )  # fmt: skip


def _needs_alt(frame: pd.DataFrame) -> str:
    bars = sums_told(frame, lambda row: term(NEEDS[row["need"]]), _need_note)
    return say(
        "Bars of closed rounds by the need of human-level AI that segments work on: {bars}.", bars=bars
    )


def _need_note(row: Row) -> str:
    if row["n_rounds"]:
        return _note(row)
    return (
        say("no closed round on record") if row["segments"] else say("no segment of the record is about it")
    )


def _needs_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame.assign(need=frame["need"].map(NEEDS)), "need", "n_companies")
    rows.insert(1, "Segments", frame["segments"].mask(frame["segments"].eq(""), "–"))
    return _with_largest(rows, frame)


def _needs_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the bars."""
    names, notes = frame["need"].map(NEEDS).map(term), [_need_note(row) for row in frame.to_dict("records")]
    return frame.assign(name=names, note=notes, color=theme.other)


def _draw_needs(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    range_bars.draw(figure, body, _needs_view(frame, theme), theme)


def _grey_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    """The key of bars that are not of Alibaba's companies."""
    marks = range_bars.key(frame, theme)
    return [
        Mark(mark.meaning, {**mark.style, "color": theme.other}) if mark.style["marker"] == "s" else mark
        for mark in marks
    ]


CHARTS = (
    Chart(
        name="field_sides",
        notebook=NOTEBOOK,
        measure=_sides,
        title=_sides_title,
        subtitle=_sides_subtitle,
        alt=_sides_alt,
        rows=_sides_rows,
        key=_grey_key,
        draw=_draw_sides,
        size=(800, 460),
        native=lambda frame, theme: range_bars.native(_sides_view(frame, theme), theme),
    ),
    Chart(
        name="field_countries",
        notebook=NOTEBOOK,
        measure=_countries,
        title=_countries_title,
        subtitle=_countries_subtitle,
        alt=_countries_alt,
        rows=_countries_rows,
        key=_grey_key,
        draw=_draw_countries,
        size=(800, 560),
        sizes={"column": (480, 820)},
        native=lambda frame, theme: range_bars.native(_countries_view(frame, theme), theme),
    ),
    Chart(
        name="field_needs",
        notebook=NOTEBOOK,
        measure=_needs,
        title=_needs_title,
        subtitle=_needs_subtitle,
        alt=_needs_alt,
        rows=_needs_rows,
        key=_grey_key,
        draw=_draw_needs,
        size=(800, 460),
        native=lambda frame, theme: range_bars.native(_needs_view(frame, theme), theme),
    ),
)
