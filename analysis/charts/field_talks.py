"""The chart of notebook 05 on talks and the closings that they became."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import spread
from analysis.charts.house import Mark, Theme
from analysis.charts.language import name, say, term
from analysis.charts.words import bare, bounds, period, unit
from analysis.charts.world_model_field import NOTEBOOK, when
from analysis.measures import sums
from analysis.measures import talks as talking
from analysis.measures import world_model_field as measures

Row = Mapping[Hashable, Any]


def _talks(tables: Tables) -> pd.DataFrame:
    companies = measures.field_companies(tables.companies(), tables.table("segment_readings"))
    return talking.talks(tables.rounds(), companies, tables.reports())


def _talks_title(frame: pd.DataFrame) -> str:
    became = frame["outcome"].eq(talking.BECAME)
    known = frame[became & frame["amount"].ne(talking.NO_FIGURE)]
    if known.empty:
        return say("{n} of {m} talks became a round", n=became.sum(), m=len(frame))
    more, less = (int(known["amount"].eq(word).sum()) for word in (talking.MORE, talking.LESS))
    above, below = say("none closed above what was talked of"), say("none below")
    if more:
        above = say("{n} closed above what was talked of", n=more)
    if less:
        below = say("{n} below", n=less)
    return say(
        "{n} of {m} talks became a round: {above}, {below}",
        n=became.sum(), m=len(frame), above=above, below=below,
    )  # fmt: skip


def _talks_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Amounts talked of (dates at the left) and closed at (dates at the right); {unit}. Equal distances "
        "are equal factors; talks are in no sum of the other charts",
        unit=unit(),
    )


def _talks_alt(frame: pd.DataFrame) -> str:
    told = []
    for row in frame.to_dict("records"):
        became = row["outcome"] == talking.BECAME
        end = say("closed at {amount}", amount=_closing(row)) if became else term(row["outcome"])
        parts = {"company": name(row["company"]), "amount": _talked(row), "date": _when(row)}
        told.append(say("{company} {amount} ({date}), {outcome}", **parts, outcome=end))
    return say(
        "Talked-of amounts as hollow dots over the closing, a row a deal. {talks}.",
        talks=say("; ").join(told),
    )


def _talks_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Company": frame["company"],
            "Talks": [_when(row) for row in rows],
            "Talked of, US dollars": [bare(_talked(row)) for row in rows],
            "Closed at": [bare(_closing(row)) if row["outcome"] == talking.BECAME else "–" for row in rows],
            "Closing is": frame["amount"],
            "Valuation talked of": [bare(_valuation(row, "")) for row in rows],
            "At closing": [bare(_valuation(row, "closed_")) for row in rows],
            "Outcome": frame["outcome"],
        }
    )


def _talked(row: Row) -> str:
    return bounds(row["usd_low"], row["usd_high"])


def _closing(row: Row) -> str:
    return bounds(row["closed_usd_low"], row["closed_usd_high"])


def _valuation(row: Row, prefix: str) -> str:
    """A valuation with its bounds."""
    low, high = row[f"{prefix}valuation_usd_low"], row[f"{prefix}valuation_usd_high"]
    return "–" if pd.isna(low) and pd.isna(high) else bounds(low, high)


def _remark(row: Row) -> str:
    """What came of the talks."""
    if row["outcome"] == talking.BECAME:
        date = when(row["closed_start"], row["closed_end"])
        return say("{amount}, {date}", amount=_closing(row), date=date)
    outcome = term(row["outcome"])
    if pd.isna(row["usd_low"]) and pd.isna(row["usd_high"]):
        return say("no amount, {outcome}", outcome=outcome)
    return outcome


def _when(row: Row) -> str:
    return period(row["date_start"], row["date_end"])


def _talks_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    tick = {"marker": "|", "markersize": 14, "markeredgewidth": 1.6, "color": theme.ink, "ls": ""}
    band = {"marker": "s", "markersize": 11, "color": theme.faint, "ls": ""}
    line = {"marker": "_", "markersize": 14, "markeredgewidth": 1.6, "color": theme.other, "ls": ""}
    low, high = frame["closed_usd_low"], frame["closed_usd_high"]
    only_bounds = frame["usd_stated"].isna() & frame[["usd_low", "usd_high"]].notna().any(axis=1)
    marks = [
        (frame["usd_stated"].notna(), Mark(say("talked of"), spread.hollow(theme.muted, theme))),
        (only_bounds, Mark(say("talked of, bounds only"), line)),
        (frame["closed_usd_stated"].notna(), Mark(say("closed at"), tick)),
        (low.notna() & ~low.eq(high), Mark(say("bounds of the closing"), band)),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


def _draw_talks(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    spread.draw(figure, body, _talks_view(frame, theme), theme)


def _talks_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the spread: a lane for each closing, and for talks without one."""
    lane = frame["closed_id"].fillna(frame["talks_id"])
    rows = frame.to_dict("records")
    days = pd.Series([when(row["date_start"], row["date_end"]) for row in rows], frame.index)
    days = days.mask(frame["date_start"].isna(), say("no date"))
    notes = days.groupby(lane).agg(lambda dates: say(", ").join(dict.fromkeys(dates)))
    talked = {"usd_low": "value_low", "usd_stated": "value", "usd_high": "value_high"}
    closed = {f"closed_{name}": name for name in sums.MONEY}
    return frame.rename(columns=talked).rename(columns=closed).assign(
        lane=lane,
        name=frame["company"].map(name),
        note=lane.map(notes),
        remark=[_remark(row) for row in rows],
        color=frame["is_trio"].map({True: theme.accent, False: theme.muted}),
        is_hollow=True,
    )  # fmt: skip


CHARTS = (
    Chart(
        name="field_talks",
        notebook=NOTEBOOK,
        measure=_talks,
        title=_talks_title,
        subtitle=_talks_subtitle,
        alt=_talks_alt,
        rows=_talks_rows,
        key=_talks_key,
        draw=_draw_talks,
        size=(800, 860),
        sizes={"column": (480, 1420)},
        native=lambda frame, theme: spread.native(_talks_view(frame, theme), theme),
    ),
)
