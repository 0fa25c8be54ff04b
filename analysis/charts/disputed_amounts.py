"""The charts of notebook 07 that show amounts."""

from collections.abc import Hashable, Mapping
from math import ceil
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import spread
from analysis.charts.house import Mark, Theme
from analysis.charts.words import UNIT, bare, bounds, count, dollars, figure, listing
from analysis.measures import where_sources_disagree as measures

NOTEBOOK = "07_where_sources_disagree"
WIDE = 1.1
"""Figures are apart when the highest is more than a tenth above the lowest."""
MOST_NAMED = 2
"""More values than this of one verdict are counted, not listed."""
OUTVOTED = {"other": "outvoted"}

Row = Mapping[Hashable, Any]


# What was reported of the rounds with most reports


def _spread(tables: Tables) -> pd.DataFrame:
    return measures.spread(tables.closed_rounds(), tables.reports(), tables.conflicts(), tables.companies())


def _spread_title(frame: pd.DataFrame) -> str:
    rounds = frame.drop_duplicates("round_id")
    wide = rounds["factor"].gt(WIDE).sum()
    return (
        f"In {wide or 'none'} of the {len(rounds)} most reported rounds, figures are more than a tenth apart"
    )


def _spread_subtitle(frame: pd.DataFrame) -> str:
    return (
        "Amounts in reports of the closed rounds with most independent reports, widest spread first; "
        f"{UNIT}, equal distances are equal factors"
    )


def _spread_alt(frame: pd.DataFrame) -> str:
    lanes = []
    for values in _by_round(frame):
        first, stated = values.iloc[0], values["value"].dropna()
        ends = bounds(stated.min(), stated.max()) if len(stated) else "no figure"
        lanes.append(f"{first['company']}, {_when(first)}: {ends}")
    return f"Dot plot. {_spread_title(frame)}. Lowest to highest figure: {'; '.join(lanes)}."


def _spread_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Company": frame["company"],
            "When": [_when(row) for row in rows],
            "Independent": frame["n_independent"].astype(str),
            "Reported, US dollars": [bare(_reported(row)) for row in rows],
            "Reports": frame["n_reports"].astype(str),
            "Beside the chosen value": [_verdict(row) for row in rows],
        }
    )


def _spread_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    agrees = [
        Mark(meaning, spread.filled(color))
        for meaning, color, is_trio in (
            ("Alibaba’s companies", theme.accent, True),
            ("others", theme.other, False),
        )
        if frame["is_trio"].eq(is_trio).any()
    ]
    lost = (
        [Mark("outvoted or slip", spread.hollow(theme.other, theme))]
        if frame["probably"].notna().any()
        else []
    )
    return [*agrees, *lost, *spread.key(frame, theme)]


def _draw_spread(figure_: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    remarks = {values["round_id"].iloc[0]: _remark(values) for values in _by_round(frame)}
    rows = frame.to_dict("records")
    view = frame.assign(
        lane=frame["round_id"],
        name=frame["company"],
        note=[f"{_when(row)}, {row['n_independent']} independent" for row in rows],
        remark=frame["round_id"].map(remarks),
        color=_colors(frame, theme),
        is_hollow=frame["probably"].notna(),
    )
    spread.draw(figure_, body, view, theme)


def _by_round(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """The values of each round."""
    return [values for _, values in frame.groupby("round_id", sort=False)]


def _remark(values: pd.DataFrame) -> str:
    """What the values of one round that were not chosen are, else how near they all are."""
    lost = values[values["probably"].notna()]
    if lost.empty:
        factor = values["factor"].iloc[0]
        if pd.isna(factor):
            return "no figure"
        within = ceil(round(100 * (factor - 1), 6))
        return f"all within {within}%" if within else "all the same"
    told = []
    for reason in lost["probably"].unique():
        those = [_reported(row) for row in lost[lost["probably"].eq(reason)].to_dict("records")]
        which = listing(those) if len(those) <= MOST_NAMED else f"{len(those)} values"
        told.append(f"{which} {OUTVOTED.get(reason, reason)}")
    return "; ".join(told)


def _reported(row: Row) -> str:
    """One reported value."""
    return figure(row["value_low"], row["value"], row["value_high"])


def _verdict(row: Row) -> str:
    """What one value is beside the chosen one."""
    if not row["n_reports"]:
        return "–"
    return "agrees" if pd.isna(row["probably"]) else OUTVOTED.get(row["probably"], row["probably"])


# Tenfold and currency slips


def _slips(tables: Tables) -> pd.DataFrame:
    return measures.slips(tables.rounds(), tables.reports(), tables.conflicts(), tables.companies())


def _slips_title(frame: pd.DataFrame) -> str:
    tenfold, low = frame["probably"].eq("tenfold slip").sum(), frame["reliability"].eq("low").sum()
    judged = "all" if low == len(frame) else f"{low or 'none'} of them"
    return (
        f"{count(tenfold, 'figure').capitalize()} in the press {'was' if tenfold == 1 else 'were'} wrong "
        f"tenfold and {len(frame) - tenfold or 'none'} by currency, {judged} in reports of low reliability"
    )


def _slips_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Reported figure against the better supported one, amounts and valuations, talks included; {UNIT}, "
        "equal distances are equal factors"
    )


def _slips_alt(frame: pd.DataFrame) -> str:
    told = [
        f"{row['company']} ({row['field']}, {_when(row)}): {_slip(row)}, {row['probably']}"
        for row in frame.head(12).to_dict("records")
    ]
    return f"Dot plot of reported against chosen values. {_slips_title(frame)}. {'; '.join(told)}."


def _slips_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Company": frame["company"],
            "Field": frame["field"],
            "Slip": frame["probably"].str.removesuffix(" slip"),
            "Reported": frame["reported"],
            "In US dollars": ["–" if pd.isna(row["value"]) else bare(dollars(row["value"])) for row in rows],
            "Chosen": [bare(_chosen(row)) for row in rows],
            "Publisher": frame["publisher"].fillna("–"),
            "Page": frame["url"].fillna("–"),
        }
    )


def _slips_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    color = theme.ink if frame["is_trio"].any() else theme.other
    told = [Mark("reported, a slip", spread.hollow(color, theme))] if frame["value"].notna().any() else []
    return [*told, *spread.key(_with_ends(frame), theme)]


def _draw_slips(figure_: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    rows = frame.to_dict("records")
    view = _with_ends(frame).assign(
        lane=range(len(frame)),
        name=frame["company"],
        note=[f"{row['field']}, {_when(row)}" for row in rows],
        remark=[_slip(row) for row in rows],
        color=_colors(frame, theme),
        is_hollow=True,
    )
    spread.draw(figure_, body, view, theme)


def _slip(row: Row) -> str:
    """Who said what instead of what; the site, because the house face has no Chinese."""
    site: str = "unknown page" if pd.isna(row["url"]) else urlsplit(row["url"]).netloc.removeprefix("www.")
    told: str = "a figure" if pd.isna(row["value"]) else dollars(row["value"])
    return f"{site}: {told}, not {_chosen(row)}"


def _chosen(row: Row) -> str:
    """The better supported value."""
    return figure(row["usd_low"], row["usd_stated"], row["usd_high"])


# Words and colours


def _when(row: "Row | pd.Series[Any]") -> str:
    """The month of an event, short."""
    return "undated" if pd.isna(row["date_start"]) else f"{row['date_start']:%b %Y}"


def _colors(frame: pd.DataFrame, theme: Theme) -> "pd.Series[str]":
    """The accent for Alibaba's companies."""
    return frame["is_trio"].map({True: theme.accent, False: theme.other})


def _with_ends(frame: pd.DataFrame) -> pd.DataFrame:
    """Values that are figures, with the ends that the form wants."""
    return frame.assign(value_low=frame["value"], value_high=frame["value"])


CHARTS = (
    Chart(
        name="disagree_spread",
        notebook=NOTEBOOK,
        measure=_spread,
        title=_spread_title,
        subtitle=_spread_subtitle,
        alt=_spread_alt,
        rows=_spread_rows,
        key=_spread_key,
        draw=_draw_spread,
        size=(800, 740),
    ),
    Chart(
        name="disagree_slips",
        notebook=NOTEBOOK,
        measure=_slips,
        title=_slips_title,
        subtitle=_slips_subtitle,
        alt=_slips_alt,
        rows=_slips_rows,
        key=_slips_key,
        draw=_draw_slips,
        size=(800, 620),
    ),
)
