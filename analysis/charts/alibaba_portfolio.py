"""The charts of notebook 02: rounds and capital."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import range_bars, timeline
from analysis.charts.house import Mark, Theme
from analysis.charts.language import name, say, term
from analysis.charts.sum_words import rounds_note, sum_of, sum_rows
from analysis.charts.words import bare, bounds, count, listing, month, period, unit
from analysis.measures import alibaba_portfolio as measures
from analysis.measures import sums

NOTEBOOK = "02_alibaba_portfolio"
MEANINGS = {"led": "Alibaba led", "joined": "Alibaba took part", "not named": "Alibaba not named"}
FIRST_TOLD = "first told then"
"""The label of a round whose days are those of the first page that tells of it."""

Row = Mapping[Hashable, Any]


# The trio's rounds over time


def trio_rounds(tables: Tables) -> pd.DataFrame:
    """The rounds of the three companies."""
    return measures.trio_rounds(tables.closed_rounds(), tables.companies(), tables.round_investors())


def _rounds_title(frame: pd.DataFrame) -> str:
    led = frame[frame["alibaba"].eq("led")]
    of = {"all": len(frame), "companies": _companies(frame)}
    if led.empty:
        return say("Alibaba led none of {all} closed rounds of {companies}", **of)
    if led["date_start"].isna().any():
        return say("Alibaba led {n} of {all} closed rounds of {companies}", n=len(led), **of)
    first = month(led["date_start"].min())
    return say(
        "Alibaba led {n} of {all} closed rounds of {companies}, the first in {month}",
        n=len(led),
        month=first,
        **of,
    )


def _rounds_subtitle(frame: pd.DataFrame) -> str:
    said = say(
        "Closed rounds by date and amount, {first} to {last}; {unit}",
        first=month(frame["date_start"].min()),
        last=month(frame["date_end"].max()),
        unit=unit(),
    )
    n_undated = int(frame["date_start"].isna().sum())
    if not n_undated:
        return said
    return say("{said}; {rounds} without a date not shown", said=said, rounds=count(n_undated, "round"))


def _rounds_alt(frame: pd.DataFrame) -> str:
    total = sums.total(frame)
    lanes = []
    for company, rounds in frame.groupby("company", sort=False):
        told = [
            say("{amount} ({when})", amount=bounds(row["usd_low"], row["usd_high"]), when=when(row))
            for row in rounds.to_dict("records")
        ]
        lanes.append(say("{name}: {list}", name=name(company), list=listing(told)))
    return say(
        "Timeline of {rounds}, one lane a company, as high as the amount. {finding}. Together {amount}, "
        "{undisclosed} undisclosed. {lanes}.",
        rounds=count(len(frame), "closed round"),
        finding=_rounds_title(frame),
        amount=bounds(total["usd_low"], total["usd_high"]),
        undisclosed=count(total["n_undisclosed"], "round"),
        lanes=say("; ").join(lanes),
    )


def _rounds_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "When": [when(row) for row in rows],
            "Company": frame["company"],
            "Round": frame["round_label"].fillna("unnamed"),
            "US dollars": [bare(bounds(row["usd_low"], row["usd_high"])) for row in rows],
            "Alibaba": frame["alibaba"],
            "Reports": frame["n_reports"].astype(str),
            "Independent": frame["n_independent"].astype(str),
            "Disputed": frame["disputed_fields"].fillna("–").str.replace("; ", ", "),
        }
    )


def _rounds_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    return [*role_key(frame, theme), *timeline.key(frame, theme)]


def _draw_rounds(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    timeline.draw(figure, body, _rounds_view(frame, theme), theme)


def _rounds_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the timeline."""
    notes = {
        row["company"]: say("{rounds}, together {amount}", rounds=rounds_note(row), amount=sum_of(row))
        for row in sums.by(frame, "company").to_dict("records")
    }
    return frame.assign(
        lane=frame["company"].map(name),
        lane_note=frame["company"].map(notes),
        label=frame["round_label"]
        .fillna("")
        .map(name)
        .mask(frame["date_basis"].eq("published"), term(FIRST_TOLD)),
        color=frame["alibaba"].map(role_colors(theme)),
    )


def role_colors(theme: Theme) -> dict[str, str]:
    """The colour of each role of Alibaba."""
    return {"led": theme.accent, "joined": theme.accent_soft, "not named": theme.other}


def role_key(frame: pd.DataFrame, theme: Theme, marker: str = "o") -> list[Mark]:
    """What the colours of the roles that occur in the frame mean."""
    return [
        Mark(term(MEANINGS[role]), {"marker": marker, "markersize": 8, "color": color, "ls": ""})
        for role, color in role_colors(theme).items()
        if frame["alibaba"].eq(role).any()
    ]


def when(row: Row) -> str:
    """The days of a round; those of one that no report dates are its latest possible ones."""
    days = period(row["date_start"], row["date_end"])
    return say("by {days}", days=days) if row["date_basis"] == "published" else days


def _companies(frame: pd.DataFrame) -> str:
    """The companies of the rows, each once."""
    return listing([name(company) for company in sorted(frame["company"].unique())])


# Capital by company


def _capital(tables: Tables) -> pd.DataFrame:
    missing = measures.missing_rounds(tables.known_gaps())
    return measures.capital_by_company(trio_rounds(tables), tables.companies(), missing)


def _capital_title(frame: pd.DataFrame) -> str:
    together = sums.total(frame.assign(round_id=frame["round_ids"]))
    return say("{companies} raised {amount}", companies=_companies(frame), amount=sum_of(together))


def _capital_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Sum of {rounds} by company; {unit}. Rounds of undisclosed size or without a source are in no bar",
        rounds=count(int(frame["n_rounds"].sum()), "closed round"),
        unit=unit(),
    )


def _capital_alt(frame: pd.DataFrame) -> str:
    bars = [
        say("{name} {amount}", name=name(row["company"]), amount=bounds(row["usd_low"], row["usd_high"]))
        for row in frame.to_dict("records")
    ]
    return say(
        "Bars of what each company raised in closed rounds, from the lower bound to the upper: {bars}. "
        "{rounds} of undisclosed size and {n} or more without a source are in no bar.",
        bars=say("; ").join(bars),
        rounds=count(int(frame["n_undisclosed"].sum()), "round"),
        n=frame["n_gaps"].sum(),
    )


def _draw_capital(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    range_bars.draw(figure, body, _capital_view(frame, theme), theme)


def _capital_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of bars."""
    notes = [_capital_note(row) for row in frame.to_dict("records")]
    return frame.assign(name=frame["company"].map(name), note=notes, color=theme.accent)


def _capital_note(row: Row) -> str:
    """The rounds of a company, and those that have no source."""
    if not row["n_gaps"]:
        return rounds_note(row)
    return say("{rounds}; {n} or more without a source", rounds=rounds_note(row), n=row["n_gaps"])


CHARTS = (
    Chart(
        name="alibaba_rounds",
        notebook=NOTEBOOK,
        measure=trio_rounds,
        title=_rounds_title,
        subtitle=_rounds_subtitle,
        alt=_rounds_alt,
        rows=_rounds_rows,
        key=_rounds_key,
        draw=_draw_rounds,
        size=(800, 720),
        sizes={"column": (480, 1000)},
        native=lambda frame, theme: timeline.native(_rounds_view(frame, theme), theme),
    ),
    Chart(
        name="alibaba_capital",
        notebook=NOTEBOOK,
        measure=_capital,
        title=_capital_title,
        subtitle=_capital_subtitle,
        alt=_capital_alt,
        rows=lambda frame: sum_rows(frame, "company", "n_gaps"),
        key=range_bars.key,
        draw=_draw_capital,
        size=(800, 440),
        native=lambda frame, theme: range_bars.native(_capital_view(frame, theme), theme),
    ),
)
