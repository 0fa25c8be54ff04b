"""The chart of notebook 07 that shows how far apart the reported amounts of a round are."""

from collections.abc import Hashable, Mapping
from math import ceil
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import spread
from analysis.charts.house import Mark, Theme
from analysis.charts.language import name, say, term
from analysis.charts.words import bare, bounds, count, figure, listing, short_month, tally, unit
from analysis.measures import where_sources_disagree as measures

WIDE = 1.1
"""Figures are apart when the highest is more than a tenth above the lowest."""
MOST_NAMED = 2
"""More values than this of one verdict are counted, not listed."""
OUTVOTED = {"other": "outvoted"}

Row = Mapping[Hashable, Any]


def _measure(tables: Tables) -> pd.DataFrame:
    return measures.spread(tables.closed_rounds(), tables.reports(), tables.conflicts(), tables.companies())


def _title(frame: pd.DataFrame) -> str:
    rounds = frame.drop_duplicates("round_id")
    return say(
        "In {n} of the {total} most reported rounds, figures are more than a tenth apart",
        n=tally(int(rounds["factor"].gt(WIDE).sum())),
        total=len(rounds),
    )


def _subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Amounts in reports of the closed rounds with most independent reports, widest spread first; "
        "{unit}, equal distances are equal factors",
        unit=unit(),
    )


def _alt(frame: pd.DataFrame) -> str:
    lanes = []
    for values in _by_round(frame):
        first, stated = values.iloc[0], values["value"].dropna()
        ends = bounds(stated.min(), stated.max()) if len(stated) else say("no figure")
        lanes.append(
            say("{company}, {when}: {amount}", company=name(first["company"]), when=when(first), amount=ends)
        )
    return say(
        "Dot plot. {title}. Lowest to highest figure: {lanes}.",
        title=_title(frame),
        lanes=say("; ").join(lanes),
    )


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Company": frame["company"],
            "When": [when(row) for row in rows],
            "Independent": frame["n_independent"].astype(str),
            "Reported, US dollars": [bare(_reported(row)) for row in rows],
            "Reports": frame["n_reports"].astype(str),
            "Beside the chosen value": [_verdict(row) for row in rows],
        }
    )


def _key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    agrees = [
        Mark(meaning, spread.filled(color))
        for meaning, color, is_trio in (
            (say("Alibaba’s companies"), theme.accent, True),
            (say("others"), theme.other, False),
        )
        if frame["is_trio"].eq(is_trio).any()
    ]
    lost = (
        [Mark(say("outvoted or slip"), spread.hollow(theme.other, theme))]
        if frame["probably"].notna().any()
        else []
    )
    return [*agrees, *lost, *spread.key(frame, theme)]


def _draw(page: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    spread.draw(page, body, _view(frame, theme), theme)


def _view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    remarks = {values["round_id"].iloc[0]: _remark(values) for values in _by_round(frame)}
    return frame.assign(
        lane=frame["round_id"],
        name=frame["company"].map(name),
        note=[
            say("{when}, {n} independent", when=when(row), n=row["n_independent"])
            for row in frame.to_dict("records")
        ],
        remark=frame["round_id"].map(remarks),
        color=colors(frame, theme),
        is_hollow=frame["probably"].notna(),
    )


def _by_round(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """The values of each round."""
    return [values for _, values in frame.groupby("round_id", sort=False)]


def _remark(values: pd.DataFrame) -> str:
    """What the values of one round that were not chosen are, else how near they all are."""
    lost = values[values["probably"].notna()]
    if lost.empty:
        factor = values["factor"].iloc[0]
        if pd.isna(factor):
            return say("no figure")
        within = ceil(round(100 * (factor - 1), 6))
        return say("all within {n}%", n=within) if within else say("all the same")
    told = []
    for reason in lost["probably"].unique():
        those = [_reported(row) for row in lost[lost["probably"].eq(reason)].to_dict("records")]
        which = listing(those) if len(those) <= MOST_NAMED else count(len(those), "value")
        told.append(say("{values} {verdict}", values=which, verdict=term(OUTVOTED.get(reason, reason))))
    return say("; ").join(told)


def _reported(row: Row) -> str:
    """One reported value."""
    return figure(row["value_low"], row["value"], row["value_high"])


def _verdict(row: Row) -> str:
    """What one value is beside the chosen one."""
    if not row["n_reports"]:
        return "–"
    return "agrees" if pd.isna(row["probably"]) else OUTVOTED.get(row["probably"], row["probably"])


def when(row: "Row | pd.Series[Any]") -> str:
    """The month of an event, short."""
    return say("undated") if pd.isna(row["date_start"]) else short_month(row["date_start"])


def colors(frame: pd.DataFrame, theme: Theme) -> "pd.Series[str]":
    """The accent for Alibaba's companies."""
    return frame["is_trio"].map({True: theme.accent, False: theme.other})


CHARTS = (
    Chart(
        name="disagree_spread",
        notebook="07_where_sources_disagree",
        measure=_measure,
        title=_title,
        subtitle=_subtitle,
        alt=_alt,
        rows=_rows,
        key=_key,
        draw=_draw,
        size=(800, 740),
        sizes={"column": (480, 980), "slide": (1216, 684)},
        native=lambda frame, theme: spread.native(_view(frame, theme), theme),
    ),
)
