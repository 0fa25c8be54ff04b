"""The charts of notebook 03: money."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from babel import Locale
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts import video_models, video_revenue, video_valuations
from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import range_bars
from analysis.charts.house import Mark, Theme
from analysis.charts.language import ENGLISH, name, say, spoken, term
from analysis.charts.sum_words import rounds_note, sum_of, sum_rows, sums_told
from analysis.charts.video_models import NOTEBOOK, square
from analysis.charts.words import bounds, count, listing, sentence, unit
from analysis.measures import alibaba_portfolio, sums
from analysis.measures import video_players as measures

COUNTRIES = {**Locale("en").territories, "GB": "UK", "US": "US"}
SHOWN = 6
"""Bars whose amounts the alt text names."""

Row = Mapping[Hashable, Any]


def country(code: str) -> str:
    """A country by its ISO code, in the language of the moment."""
    if spoken() is ENGLISH:
        return str(COUNTRIES[code])
    return str(Locale.parse(spoken().tag, sep="-").territories[code])


# Capital by player


def _capital(tables: Tables) -> pd.DataFrame:
    companies = tables.companies()
    rounds = measures.video_rounds(tables.closed_rounds(), companies)
    missing = alibaba_portfolio.missing_rounds(tables.known_gaps())
    return measures.capital_by_player(rounds, companies, missing)


def _capital_title(frame: pd.DataFrame) -> str:
    first = frame.iloc[0]
    if len(frame) == 1 or not first["usd_low"] > 0:
        companies = listing([name(company) for company in sorted(frame["company"].head(2))])
        return say("{companies} raised {amount}", companies=companies, amount=sum_of(_total(frame)))
    return say(
        "{company} raised {amount}, the most of {n} companies by lower bound",
        company=name(first["company"]),
        amount=sum_of(first),
        n=len(frame),
    )


def _capital_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Sum of {rounds} by company; {unit}. Rounds of undisclosed size or without a source are in no bar; "
        "larger firms are left out",
        rounds=count(int(frame["n_rounds"].sum()), "closed round"),
        unit=unit(),
    )


def _capital_alt(frame: pd.DataFrame) -> str:
    bars = [
        say(
            "{company} ({country}) {amount}",
            company=name(row["company"]),
            country=country(row["country"]),
            amount=bounds(row["usd_low"], row["usd_high"]),
        )
        for row in frame.head(SHOWN).to_dict("records")
    ]
    if len(frame) > SHOWN:
        bars.append(say("{others} with less", others=count(len(frame) - SHOWN, "other")))
    return say(
        "Bars of what each company raised in closed rounds, from the lower bound to the upper, most first: "
        "{bars}. {rounds} of undisclosed size and {gaps} or more without a source are in no bar.",
        bars=say("; ").join(bars),
        rounds=count(int(frame["n_undisclosed"].sum()), "round"),
        gaps=frame["n_gaps"].sum(),
    )


def _capital_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame, "company", "n_gaps")
    rows.insert(1, "Country", frame["country"].map(COUNTRIES))
    rows.insert(2, "Makes", frame["group"])
    return rows


def _capital_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    marks = _grey_key(frame, theme)
    return [square(say("backed by Alibaba"), theme.accent), *marks] if frame["is_trio"].any() else marks


def _capital_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the bars."""
    return frame.assign(
        name=frame["company"].map(name),
        note=[_capital_note(row) for row in frame.to_dict("records")],
        color=frame["is_trio"].map({True: theme.accent, False: theme.other}),
    )


def _draw_capital(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    range_bars.draw(figure, body, _capital_view(frame, theme), theme)


def _capital_note(row: Row) -> str:
    where = country(row["country"])
    if row["group"] != measures.VIDEO:
        where = say("{country}, {group}", country=where, group=term(row["group"]))
    if not row["n_gaps"]:
        return say("{where}: {rounds}", where=where, rounds=rounds_note(row))
    return say(
        "{where}: {rounds}, {gaps}+ without a source",
        where=where, rounds=rounds_note(row), gaps=row["n_gaps"],
    )  # fmt: skip


def _total(frame: pd.DataFrame) -> "pd.Series[Any]":
    """The sum of sums."""
    return sums.total(frame.assign(round_id=frame["round_ids"]))


# Capital by what the companies make


def _groups(tables: Tables) -> pd.DataFrame:
    return measures.capital_by_group(measures.video_rounds(tables.closed_rounds(), tables.companies()))


def _groups_title(frame: pd.DataFrame) -> str:
    raised = {row["group"]: sum_of(row) for row in frame.to_dict("records")}
    group = measures.VIDEO if measures.VIDEO in raised else frame["group"].iloc[0]
    told = {"group": term(group), "amount": raised[group]}
    if measures.LARGER not in raised:
        return say("Companies of {group} raised {amount}", **told)
    return say(
        "Companies of {group} raised {amount}; larger firms, for all they do, {larger}",
        **told,
        larger=raised[measures.LARGER],
    )


def _groups_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Sum of {rounds} by what the companies make; {unit}. "
        "The capital of larger firms was raised for all they do",
        rounds=count(int(frame["n_rounds"].sum()), "closed round"),
        unit=unit(),
    )


def _groups_alt(frame: pd.DataFrame) -> str:
    bars = sums_told(frame, lambda row: term(row["group"]), _groups_note)
    return say("Bars of closed rounds by what the companies make: {bars}.", bars=bars)


def _groups_note(row: Row) -> str:
    return say(
        "{companies}, {rounds}", companies=count(row["n_companies"], "company"), rounds=rounds_note(row)
    )


def _groups_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the bars."""
    notes = [_groups_note(row) for row in frame.to_dict("records")]
    return frame.assign(name=sentence(frame["group"].map(term)), note=notes, color=theme.other)


def _draw_groups(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    range_bars.draw(figure, body, _groups_view(frame, theme), theme)


# Capital by quarter


def _quarters(tables: Tables) -> pd.DataFrame:
    return measures.capital_by_quarter(measures.video_rounds(tables.closed_rounds(), tables.companies()))


def _quarters_title(frame: pd.DataFrame) -> str:
    known = frame[frame["quarter"].ne(measures.NO_QUARTER) & frame["usd_low"].gt(0)]
    if known.empty:
        rounds = count(int(frame["n_rounds"].sum()), "closed round")
        return say("{rounds}, no amount known to the quarter", rounds=rounds)
    most = known.nlargest(1, "usd_low").iloc[0]
    return say(
        "{quarter} brought {amount}, the most of any quarter by lower bound",
        quarter=_quarter(most["quarter"]),
        amount=sum_of(most),
    )


def _quarters_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Sum of {rounds} by quarter of the closing, larger firms left out; {unit}. "
        "A quarter without a round has no row",
        rounds=count(int(frame["n_rounds"].sum()), "closed round"),
        unit=unit(),
    )


def _quarters_alt(frame: pd.DataFrame) -> str:
    bars = sums_told(frame, lambda row: _quarter(row["quarter"]), rounds_note)
    return say("Bars of closed rounds by quarter of the closing: {bars}.", bars=bars)


def _quarter(quarter: str) -> str:
    """A quarter of the frame ("Q3 2026") in words."""
    if quarter == measures.NO_QUARTER:
        return term(quarter)
    number, year = quarter.removeprefix("Q").split()
    return say("Q{n} {year}", n=number, year=year)


def _quarters_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the bars."""
    notes = [rounds_note(row) for row in frame.to_dict("records")]
    return frame.assign(name=sentence(frame["quarter"].map(_quarter)), note=notes, color=theme.other)


def _draw_quarters(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    range_bars.draw(figure, body, _quarters_view(frame, theme), theme)


# Keys


def _grey_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    """The key of bars that are not all of Alibaba's companies."""
    marks = range_bars.key(frame, theme)
    return [square(mark.meaning, theme.other) if mark.style["marker"] == "s" else mark for mark in marks]


CHARTS = (
    Chart(
        name="video_capital",
        notebook=NOTEBOOK,
        measure=_capital,
        title=_capital_title,
        subtitle=_capital_subtitle,
        alt=_capital_alt,
        rows=_capital_rows,
        key=_capital_key,
        draw=_draw_capital,
        size=(800, 1000),
        sizes={"column": (480, 1500), "page": (670, 1000)},
        native=lambda frame, theme: range_bars.native(_capital_view(frame, theme), theme),
    ),
    Chart(
        name="video_groups",
        notebook=NOTEBOOK,
        measure=_groups,
        title=_groups_title,
        subtitle=_groups_subtitle,
        alt=_groups_alt,
        rows=lambda frame: sum_rows(frame, "group", "n_companies"),
        key=_grey_key,
        draw=_draw_groups,
        size=(800, 480),
        sizes={"column": (480, 620)},
        native=lambda frame, theme: range_bars.native(_groups_view(frame, theme), theme),
    ),
    Chart(
        name="video_quarters",
        notebook=NOTEBOOK,
        measure=_quarters,
        title=_quarters_title,
        subtitle=_quarters_subtitle,
        alt=_quarters_alt,
        rows=lambda frame: sum_rows(frame, "quarter"),
        key=_grey_key,
        draw=_draw_quarters,
        size=(800, 800),
        native=lambda frame, theme: range_bars.native(_quarters_view(frame, theme), theme),
    ),
    *video_valuations.CHARTS,
    *video_revenue.CHARTS,
    *video_models.CHARTS,
)
