"""The charts of notebook 02: Alibaba's own cheques."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.alibaba_portfolio import NOTEBOOK
from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import range_bars
from analysis.charts.house import Mark, Theme
from analysis.charts.language import name, say, term
from analysis.charts.sum_words import sum_of
from analysis.charts.video_models import square
from analysis.charts.words import bare, bounds, count, listing, month, short_month, unit
from analysis.measures import alibaba_backers

SHOWN = 4
"""Rounds with a cheque at most, those with the largest ones."""

Row = Mapping[Hashable, Any]


def _cheques(tables: Tables) -> pd.DataFrame:
    return alibaba_backers.cheques(tables.closed_rounds(), tables.round_investors())


def _cheques_title(frame: pd.DataFrame) -> str:
    known = frame[frame["of"].eq(alibaba_backers.CHEQUE) & frame["usd_low"].notna()]
    if known.empty:
        return say("None of Alibaba’s own cheques is on record")
    told = [
        say(
            "{part} of {company}’s {amount}",
            part=sum_of(row),
            company=name(row["company"]),
            amount=_total(frame, row),
        )
        for row in known.to_dict("records")
    ]
    return say(
        "Alibaba’s own money is on record in {rounds}: {list}",
        rounds=count(len(known), "round"),
        list=listing(told),
    )


def _total(frame: pd.DataFrame, cheque: Row) -> str:
    """The whole round of a cheque."""
    whole = frame[frame["round_id"].eq(cheque["round_id"]) & frame["of"].eq(alibaba_backers.ROUND)]
    return sum_of(whole.iloc[0])


def _cheques_subtitle(frame: pd.DataFrame) -> str:
    if frame.loc[frame["of"].eq(alibaba_backers.CHEQUE), "usd_low"].isna().all():
        return say("Closed rounds that Alibaba was in, its cheque in none of them known; {unit}", unit=unit())
    return say(
        "Rounds of any company in which its cheque is known, against the whole round; {unit}", unit=unit()
    )


def _cheques_alt(frame: pd.DataFrame) -> str:
    bars = [
        say(
            "{company}, {month}, {of} {amount}",
            company=name(row["company"]),
            month=month(row["date_end"]),
            of=term(row["of"]),
            amount=bounds(row["usd_low"], row["usd_high"]),
        )
        for row in frame.head(2 * SHOWN).to_dict("records")
    ]
    return say(
        "Pairs of bars, the whole round and Alibaba’s cheque in it: {bars}.", bars=say("; ").join(bars)
    )


def _cheques_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Company": frame["company"],
            "When": frame["date_end"].map(month),
            "Alibaba": frame["alibaba"],
            "Money": frame["of"],
            "US dollars": [bare(bounds(row["usd_low"], row["usd_high"])) for row in frame.to_dict("records")],
        }
    )


def _draw_cheques(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    range_bars.draw(figure, body, _cheques_view(frame, theme), theme)


def _cheques_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of bars."""
    shown = frame.head(2 * SHOWN)
    is_round = shown["of"].eq(alibaba_backers.ROUND)
    names = [
        say("{company}, {month}", company=name(row["company"]), month=short_month(row["date_end"]))
        for row in shown.to_dict("records")
    ]
    return shown.assign(
        name=pd.Series(names, shown.index, dtype="str").where(is_round, ""),
        note=shown["of"].map(term),
        color=is_round.map({True: theme.other, False: theme.accent}),
    )


def _cheques_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    colors = {alibaba_backers.ROUND: theme.other, alibaba_backers.CHEQUE: theme.accent}
    marks = range_bars.key(frame, theme, of_sums=False)
    return [
        *(square(term(of), color) for of, color in colors.items()),
        *(mark for mark in marks if mark.style["marker"] != "s"),
    ]


CHARTS = (
    Chart(
        name="alibaba_cheques",
        notebook=NOTEBOOK,
        measure=_cheques,
        title=_cheques_title,
        subtitle=_cheques_subtitle,
        alt=_cheques_alt,
        rows=_cheques_rows,
        key=_cheques_key,
        draw=_draw_cheques,
        size=(800, 640),
        native=lambda frame, theme: range_bars.native(_cheques_view(frame, theme), theme),
    ),
)
