"""The charts of notebook 05: which way the field leans, by side, country and need."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import range_bars
from analysis.charts.house import Mark, Theme
from analysis.charts.sum_words import rounds_note, sum_of, sum_rows, sums_told
from analysis.charts.video_players import COUNTRIES
from analysis.charts.words import UNIT, count
from analysis.charts.world_model_field import NOTEBOOK, field_rounds, together
from analysis.measures import world_model_field as measures

SIDES = {
    "digital": "Digital",
    "physical": "Physical",
    "both": "Digital and physical",
    "neither": "Neither",
}
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
    worlds = {side: f"the {side} world" for side in ("digital", "physical")}
    parts = [
        f"{worlds.get(str(side), side)}: {together(rows)}" for side, rows in frame.groupby("side", sort=False)
    ]
    return f"Raised to build for {'; for '.join(parts)}"


def _sides_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Sum of {count(int(frame['n_rounds'].sum()), 'closed round')} by where the products act, "
        f"in the digital or the physical world; {UNIT}. What a segment is for is our reading"
    )


def _sides_alt(frame: pd.DataFrame) -> str:
    return f"Bars of closed rounds by side and ring. {sums_told(frame, _side, _note)}."


def _side(row: Row) -> str:
    return f"{SIDES[row['side']]}: {row['segments']}"


def _note(row: Row) -> str:
    """The companies and rounds of a sum."""
    return f"{count(row['n_companies'], 'company')}, {rounds_note(row)}"


def _with_largest(rows: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table, and the company with most money."""
    return rows.assign(Largest=frame["largest"].mask(frame["largest"].eq(""), "–"))


def _sides_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame.assign(side=frame["side"].map(SIDES)), "side", "n_companies")
    rows.insert(1, "Ring", frame["ring"])
    rows.insert(2, "Segments", frame["segments"])
    return _with_largest(rows, frame)


def _draw_sides(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    names = [_side(row) for row in frame.to_dict("records")]
    _bars(figure, body, frame.assign(name=names), theme)


def _bars(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    notes = [_note(row) for row in frame.to_dict("records")]
    range_bars.draw(figure, body, frame.assign(note=notes, color=theme.other), theme)


# Countries


def _countries(tables: Tables) -> pd.DataFrame:
    return measures.funding_by_country(field_rounds(tables))


def _countries_title(frame: pd.DataFrame) -> str:
    first = frame.iloc[0]
    raised = f"Companies of {_country(first['country'])} raised {sum_of(first)}"
    if len(frame) == 1:
        return raised
    second = frame.iloc[1]
    return f"{raised}, those of {_country(second['country'])} {sum_of(second)}"


def _country(code: str) -> str:
    name = COUNTRIES[code]
    return f"the {name}" if name in ("US", "UK") else name


def _countries_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Sum of {count(int(frame['n_rounds'].sum()), 'closed round')} by country of the company’s seat, "
        f"wherever the money came from; {UNIT}"
    )


def _countries_alt(frame: pd.DataFrame) -> str:
    bars = sums_told(frame, lambda row: COUNTRIES[row["country"]], _note)
    return f"Bars of closed rounds by country, most by lower bound first: {bars}."


def _countries_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame.assign(country=frame["country"].map(COUNTRIES)), "country", "n_companies")
    return _with_largest(rows, frame)


def _draw_countries(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    _bars(figure, body, frame.assign(name=frame["country"].map(COUNTRIES)), theme)


# What human-level AI needs


def _needs(tables: Tables) -> pd.DataFrame:
    readings = tables.table("segment_readings")
    return measures.funding_by_need(tables.closed_rounds(), tables.companies(), readings)


def _needs_title(frame: pd.DataFrame) -> str:
    rows = frame[frame["need"].ne("none")].to_dict("records")
    told = [f"{row['need']} {sum_of(row) if row['n_rounds'] else 'nothing'}" for row in rows]
    return f"In this record {told[0].replace(' ', ' drew ', 1)}, {', '.join(told[1:])}"


def _needs_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Sum of all {count(int(frame['n_rounds'].sum()), 'closed round')} by the need of human-level AI "
        f"that they serve; {UNIT}. What a segment serves is our reading"
    )


def _needs_alt(frame: pd.DataFrame) -> str:
    bars = sums_told(frame, lambda row: NEEDS[row["need"]], _need_note)
    return f"Bars of closed rounds by the need of human-level AI that segments work on: {bars}."


def _need_note(row: Row) -> str:
    if row["n_rounds"]:
        return _note(row)
    return "no closed round on record" if row["segments"] else "no segment of the record is about it"


def _needs_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame.assign(need=frame["need"].map(NEEDS)), "need", "n_companies")
    rows.insert(1, "Segments", frame["segments"].mask(frame["segments"].eq(""), "–"))
    return _with_largest(rows, frame)


def _draw_needs(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    notes = [_need_note(row) for row in frame.to_dict("records")]
    view = frame.assign(name=frame["need"].map(NEEDS), note=notes, color=theme.other)
    range_bars.draw(figure, body, view, theme)


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
    ),
)
