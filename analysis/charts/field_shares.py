"""The chart of notebook 05 on who has how much of the field."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import shares
from analysis.charts.house import Theme
from analysis.charts.video_players import COUNTRIES
from analysis.charts.words import count, percent
from analysis.charts.world_model_field import NOTEBOOK, capitalised, field_rounds
from analysis.measures import world_model_field as measures

NEITHER = "neither end certain"
"""What the two arrows of a share say."""

Row = Mapping[Hashable, Any]


def _shares(tables: Tables) -> pd.DataFrame:
    return measures.parts_of_the_field(field_rounds(tables))


def _shares_title(frame: pd.DataFrame) -> str:
    if frame["share"].isna().all():
        return f"{count(len(frame), 'part')} of the field, none of a known size"
    of_all = frame[frame["whole"].eq(measures.FIELD)].set_index("part")
    shown, companies = of_all["share"].map(percent), of_all["companies"]
    parts = []
    if measures.LARGEST in shown.index:
        parts.append(f"{companies[measures.LARGEST]} has {shown[measures.LARGEST]} of the field’s money")
    if measures.TRIO in shown.index:
        parts.append(f"{measures.TRIO} {shown[measures.TRIO]}")
    return f"By lower bound, {', '.join(parts)}"


def _shares_subtitle(frame: pd.DataFrame) -> str:
    return (
        "Share of the whole field’s money in closed rounds, in nominal US dollars, or of the part of the "
        "field that is named. Bar and whisker take an open end at the largest figure told; rounds of "
        "undisclosed size are in no share"
    )


def _shares_alt(frame: pd.DataFrame) -> str:
    told = [
        f"{row['part']} ({_companies(row)}) of {_of(row)}: {_range(row)}, {_strict(row)}"
        for row in frame.to_dict("records")
    ]
    return f"Bars of shares in the field, with whiskers. {'; '.join(told)}."


def _of(row: Row) -> str:
    """What a part is a part of."""
    where = ", ".join(COUNTRIES.get(name, name) for name in row["where"].split(", "))
    return f"{row['whole']}{f' ({where})' if where else ''}"


def _companies(row: Row) -> str:
    return row["companies"] or "none of a known size"


def _range(row: Row) -> str:
    """The ends of a share by what was told."""
    if pd.isna(row["share"]):
        return "undisclosed"
    ends = dict.fromkeys(percent(row[name]) for name in ("told_low", "told_high"))
    return "–".join(ends)


def _strict(row: Row) -> str:
    """Which ends of a share are known even if open ends may be anything."""
    low, high = row["share_low"], row["share_high"]
    if pd.isna(row["share"]):
        return "no amount known"
    if pd.isna(low) and pd.isna(high):
        return NEITHER
    if pd.isna(low):
        return f"certainly not above {percent(high)}"
    if pd.isna(high):
        return f"certainly not below {percent(low)}"
    return "both ends certain"


def _shares_rows(frame: pd.DataFrame) -> pd.DataFrame:
    shown = {
        header: ["–" if pd.isna(value) else percent(value) for value in frame[column]]
        for header, column in (
            ("Of lower bounds", "share"),
            ("Told, least", "told_low"),
            ("Told, most", "told_high"),
            ("Certainly at least", "share_low"),
            ("Certainly at most", "share_high"),
        )
    }
    rows = frame.to_dict("records")
    named = {"Of": [_of(row) for row in rows], "Companies": [_companies(row) for row in rows]}
    return pd.DataFrame({"Part": frame["part"], **named, **shown})


def _draw_shares(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    rows = frame.to_dict("records")
    view = frame.assign(
        name=frame["part"].map(capitalised),
        name_note=[f"of {_of(row)}" if row["is_trio"] else _companies(row) for row in rows],
        label=[_range(row) for row in rows],
        note=["" if _strict(row) == NEITHER else _strict(row) for row in rows],
        color=frame["is_trio"].map({True: theme.accent, False: theme.other}),
    )
    shares.draw(figure, body, view, theme)


CHARTS = (
    Chart(
        name="field_shares",
        notebook=NOTEBOOK,
        measure=_shares,
        title=_shares_title,
        subtitle=_shares_subtitle,
        alt=_shares_alt,
        rows=_shares_rows,
        key=shares.key,
        draw=_draw_shares,
        size=(800, 600),
    ),
)
