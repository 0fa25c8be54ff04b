"""The charts of notebook 02: Alibaba's other companies."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.alibaba_portfolio import NOTEBOOK, role_colors, role_key
from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import range_bars, steps
from analysis.charts.house import Mark, Theme
from analysis.charts.language import name, say, term
from analysis.charts.sum_words import rounds_note, sum_of, sum_rows, sums_told
from analysis.charts.video_models import square
from analysis.charts.words import bare, bounds, count, listing, month, period, unit
from analysis.measures import alibaba_bets as measures
from analysis.measures import sums

BASES = {"pre": "before the round", "post": "after the round"}

Row = Mapping[Hashable, Any]


# Its wider bets


def _bets(tables: Tables) -> pd.DataFrame:
    return measures.bets(
        measures.bet_rounds(tables.closed_rounds(), tables.companies(), tables.round_investors())
    )


def _bets_title(frame: pd.DataFrame) -> str:
    rounds = count(int(frame["n_rounds"].sum()), "round")
    if frame["field"].eq(measures.THREE).all():
        return say("Alibaba is named in {rounds}, all of the three companies", rounds=rounds)
    total = sums.total(frame.assign(round_id=frame["round_ids"]))
    return say(
        "Outside the three, Alibaba was in {rounds} of {companies}, which brought {amount}",
        rounds=rounds,
        companies=count(len(frame), "company"),
        amount=sum_of(total),
    )


def _bets_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Closed rounds with Alibaba among the investors, by company; {unit}. It is all investors’ money, "
        "never Alibaba’s own",
        unit=unit(),
    )


def _bets_alt(frame: pd.DataFrame) -> str:
    bars = sums_told(
        frame,
        lambda row: say("{company} ({field})", company=name(row["company"]), field=term(row["field"])),
        _bets_note,
    )
    return say("Bars of whole rounds that Alibaba was in, not its own money: {bars}.", bars=bars)


def _bets_note(row: Row) -> str:
    """The rounds of a company, what Alibaba did in them, and how sure that is."""
    rounds = rounds_note(row)
    note = (
        say("{rounds}; led {n}", rounds=rounds, n=row["n_led"])
        if row["n_led"]
        else say("{rounds}; led none", rounds=rounds)
    )
    return say("{note}; {n} by one source", note=note, n=row["n_alone"]) if row["n_alone"] else note


def _draw_bets(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    range_bars.draw(figure, body, _bets_view(frame, theme), theme)


def _bets_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of bars."""
    return frame.assign(
        name=frame["company"].map(name) + "\n" + frame["field"].map(term),
        note=[_bets_note(row) for row in frame.to_dict("records")],
        color=frame["n_led"].gt(0).map({True: theme.accent, False: theme.accent_soft}),
    )


def _bets_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame, "company", "n_led", "n_alone")
    rows.insert(1, "Field", frame["field"])
    return rows.rename(columns={"Alone": "By one source"})


def _bets_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    meanings = {True: say("Alibaba led a round"), False: say("Alibaba took part only")}
    colors = {True: theme.accent, False: theme.accent_soft}
    led = [square(meanings[led], colors[led]) for led in (True, False) if frame["n_led"].gt(0).eq(led).any()]
    return [*led, *(mark for mark in range_bars.key(frame, theme) if mark.style["marker"] != "s")]


# Valuations


def _valuations(tables: Tables) -> pd.DataFrame:
    return measures.valuations(tables.closed_rounds(), tables.companies(), tables.round_investors())


def _valuations_title(frame: pd.DataFrame) -> str:
    latest = frame.groupby("company", sort=False).tail(1)
    told = [
        say(
            "{company} at {amount} ({month})",
            company=name(row["company"]),
            amount=_valuation(row),
            month=month(row["date_end"]),
        )
        for row in latest[latest["is_trio"]].to_dict("records")
    ]
    if not told:
        return say("None of the three companies has a valuation on record")
    if len(told) == 1:
        return say("One of the three companies has a valuation on record: {valuation}", valuation=told[0])
    return say("Valuations on record, the last of each: {list}", list=listing(told))


def _valuations_subtitle(frame: pd.DataFrame) -> str:
    n_others = frame.loc[~frame["is_trio"], "company"].nunique()
    first = frame["date_start"].min().year
    if not n_others:
        return say(
            "Valuations of the three since {year}, at closed rounds, pre-money or post-money where told; "
            "{unit}",
            year=first,
            unit=unit(),
        )
    return say(
        "Valuations of the three since {year} and of the {n} others with Alibaba that have most, at closed "
        "rounds, pre-money or post-money where told; {unit}",
        year=first,
        n=n_others,
        unit=unit(),
    )


def _valuations_alt(frame: pd.DataFrame) -> str:
    lanes = []
    for company, rounds in frame.groupby("company", sort=False):
        told = [
            say("{amount} ({when})", amount=_valuation(row), when=_days(row))
            for row in rounds.to_dict("records")
        ]
        lanes.append(say("{name}: {list}", name=name(company), list=listing(told)))
    return say(
        "Steps of valuation, one lane a company, each from one round to the next. {lanes}.",
        lanes=say("; ").join(lanes),
    )


def _valuations_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Company": frame["company"],
            "When": [_days(row) for row in rows],
            "Round": frame["round_label"].fillna("unnamed"),
            "Valuation, US dollars": [bare(_valuation(row)) for row in rows],
            "Basis": frame["valuation_basis"].map(BASES).fillna("not told"),
            "Alibaba": frame["alibaba"],
            "Independent": frame["n_independent"].astype(str),
        }
    )


def _valuation(row: Row) -> str:
    return bounds(row["valuation_usd_low"], row["valuation_usd_high"])


def _days(row: Row) -> str:
    return period(row["date_start"], row["date_end"])


def _valuations_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of steps."""
    amounts = {f"valuation_{name}": name for name in sums.MONEY}
    return frame.rename(columns=amounts).assign(
        lane=frame["company"].map(name),
        lane_note=frame["is_trio"].map({True: term(measures.THREE), False: ""}),
        label=frame["valuation_basis"].map({"pre": say("pre-money"), "post": say("post-money")}).fillna(""),
        color=frame["alibaba"].map(role_colors(theme)),
    )


def _valuations_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    return [*role_key(frame, theme), *steps.key(_valuations_view(frame, theme), theme)]


def _draw_valuations(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    steps.draw(figure, body, _valuations_view(frame, theme), theme)


CHARTS = (
    Chart(
        name="alibaba_bets",
        notebook=NOTEBOOK,
        measure=_bets,
        title=_bets_title,
        subtitle=_bets_subtitle,
        alt=_bets_alt,
        rows=_bets_rows,
        key=_bets_key,
        draw=_draw_bets,
        size=(800, 740),
        sizes={"column": (480, 900), "page": (670, 840)},
        native=lambda frame, theme: range_bars.native(_bets_view(frame, theme), theme),
    ),
    Chart(
        name="alibaba_valuations",
        notebook=NOTEBOOK,
        measure=_valuations,
        title=_valuations_title,
        subtitle=_valuations_subtitle,
        alt=_valuations_alt,
        rows=_valuations_rows,
        key=_valuations_key,
        draw=_draw_valuations,
        size=(800, 860),
        sizes={"column": (480, 1150)},
        native=lambda frame, theme: steps.native(_valuations_view(frame, theme), theme),
    ),
)
