"""The chart of notebook 05 on who has how much of the field."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import shares
from analysis.charts.house import Theme
from analysis.charts.language import name, say, term
from analysis.charts.video_players import COUNTRIES
from analysis.charts.words import count, percent
from analysis.charts.world_model_field import NOTEBOOK, capitalised, field_rounds
from analysis.measures import world_model_field as measures

Row = Mapping[Hashable, Any]


def _shares(tables: Tables) -> pd.DataFrame:
    return measures.parts_of_the_field(field_rounds(tables))


def _shares_title(frame: pd.DataFrame) -> str:
    if frame["share"].isna().all():
        return say("{parts} of the field, none of a known size", parts=count(len(frame), "part"))
    of_all = frame[frame["whole"].eq(measures.FIELD)].set_index("part")
    shown = of_all["share"].map(percent)
    trio = term(measures.TRIO)
    if measures.LARGEST not in shown.index:
        return say("By lower bound, {part} {share}", part=trio, share=shown[measures.TRIO])
    largest = of_all.loc[measures.LARGEST].to_dict()
    parts = {"company": _companies(largest), "share": shown[measures.LARGEST]}
    if measures.TRIO not in shown.index:
        return say("By lower bound, {company} has {share} of the field’s money", **parts)
    return say(
        "By lower bound, {company} has {share} of the field’s money, {trio} {trio_share}",
        **parts, trio=trio, trio_share=shown[measures.TRIO],
    )  # fmt: skip


def _shares_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Share of the whole field’s money in closed rounds, in nominal US dollars, or of the part of the "
        "field that is named. Bar and whisker take an open end at the largest figure told; rounds of "
        "undisclosed size are in no share"
    )


def _shares_alt(frame: pd.DataFrame) -> str:
    told = [
        say(
            "{part} ({companies}) of {whole}: {share}, {ends}",
            part=term(row["part"]), companies=_companies(row), whole=_of(row), share=_range(row),
            ends=_strict(row),
        )
        for row in frame.to_dict("records")
    ]  # fmt: skip
    return say("Bars of shares in the field, with whiskers. {shares}.", shares=say("; ").join(told))


def _of(row: Row) -> str:
    """What a part is a part of."""
    if not row["where"]:
        return term(row["whole"])
    places = say(", ").join(term(COUNTRIES.get(place, place)) for place in row["where"].split(", "))
    return say("{whole} ({places})", whole=term(row["whole"]), places=places)


def _companies(row: Row) -> str:
    if not row["companies"]:
        return say("none of a known size")
    return say(", ").join(map(name, row["companies"].split(", ")))


def _range(row: Row) -> str:
    """The ends of a share by what was told."""
    if pd.isna(row["share"]):
        return say("undisclosed")
    ends = dict.fromkeys(percent(row[end]) for end in ("told_low", "told_high"))
    return "–".join(ends)


def _strict(row: Row) -> str:
    """Which ends of a share are known even if open ends may be anything."""
    low, high = row["share_low"], row["share_high"]
    if pd.isna(row["share"]):
        return say("no amount known")
    if _is_open(row):
        return say("neither end certain")
    if pd.isna(low):
        return say("certainly not above {share}", share=percent(high))
    if pd.isna(high):
        return say("certainly not below {share}", share=percent(low))
    return say("both ends certain")


def _is_open(row: Row) -> bool:
    """Whether neither end of a known share is certain, as its two arrows say."""
    return bool(pd.notna(row["share"]) and pd.isna(row["share_low"]) and pd.isna(row["share_high"]))


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
    shares.draw(figure, body, _shares_view(frame, theme), theme)


def _shares_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the form."""
    rows = frame.to_dict("records")
    return frame.assign(
        name=frame["part"].map(term).map(capitalised),
        name_note=[say("of {whole}", whole=_of(row)) if row["is_trio"] else _companies(row) for row in rows],
        label=[_range(row) for row in rows],
        note=["" if _is_open(row) else _strict(row) for row in rows],
        color=frame["is_trio"].map({True: theme.accent, False: theme.other}),
    )


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
        sizes={"column": (480, 860)},
        native=lambda frame, theme: shares.native(_shares_view(frame, theme), theme),
    ),
)
