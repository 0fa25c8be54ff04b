"""The charts of notebook 02: Alibaba's part in the rounds."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.alibaba_portfolio import NOTEBOOK, role_colors, role_key, trio_rounds, when
from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import matrix, range_bars
from analysis.charts.house import Theme
from analysis.charts.language import name, say, term
from analysis.charts.sum_words import rounds_note, sum_of, sum_rows, sums_told
from analysis.charts.words import bare, bounds, count, listing, sentence, short_month, unit
from analysis.measures import alibaba_bets, alibaba_portfolio

THREE, OTHERS = "the three", "other companies"

Row = Mapping[Hashable, Any]


# Led, joined, not named


def _roles(tables: Tables) -> pd.DataFrame:
    return alibaba_portfolio.numbered(trio_rounds(tables))


def _roles_title(frame: pd.DataFrame) -> str:
    first = frame[frame["alibaba"].ne("not named")].drop_duplicates("company")
    if first.empty:
        return say("Alibaba is named in none of {rounds}", rounds=count(len(frame), "closed round"))
    came = [
        say("the {ordinal} of {company}", ordinal=ordinal(row["number"]), company=name(row["company"]))
        for row in first.to_dict("records")
    ]
    return say("The first known round with Alibaba is {rounds}", rounds=listing(came))


def _roles_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Closed rounds on record by company, in order of time; {unit}. "
        "Alibaba led {led} and joined {joined} of {all}",
        unit=unit(),
        led=frame["alibaba"].eq("led").sum(),
        joined=frame["alibaba"].eq("joined").sum(),
        all=len(frame),
    )


def _roles_alt(frame: pd.DataFrame) -> str:
    lanes = []
    for company, rounds in frame.groupby("company", sort=False):
        told = [
            say("{role} {when}", role=term(row["alibaba"]), when=when(row))
            for row in rounds.to_dict("records")
        ]
        lanes.append(say("{name}: {list}", name=name(company), list=listing(told)))
    return say(
        "A row for each company, a cell for each of {rounds}. {lanes}.",
        rounds=count(len(frame), "closed round"),
        lanes=say("; ").join(lanes),
    )


def _roles_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Company": frame["company"],
            "Place": [ordinal(row["number"]) for row in rows],
            "When": [when(row) for row in rows],
            "US dollars": [bare(bounds(row["usd_low"], row["usd_high"])) for row in rows],
            "Alibaba": frame["alibaba"],
            "Leads": frame["lead_investors"].fillna("none named").replace("", "none named"),
        }
    )


def _draw_roles(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    rows = frame.to_dict("records")
    n_known = frame.groupby("company")["company"].transform("size")
    n_led = frame["alibaba"].eq("led").groupby(frame["company"]).transform("sum")
    view = frame.assign(
        row=frame["company"].map(name),
        row_note=[
            say("led {n} of {all}", n=led, all=known) for led, known in zip(n_led, n_known, strict=True)
        ],
        column=[ordinal(number) for number in frame["number"]],
        label=[f"{_month_of(row)}\n{bounds(row['usd_low'], row['usd_high'])}" for row in rows],
        shade=frame["alibaba"].map({"led": 1.0, "joined": 1.0, "not named": 0.35}),
        color=frame["alibaba"].map(role_colors(theme)),
    )
    # Columns come in the order of their first cell.
    matrix.draw(figure, body, view.sort_values("number", kind="stable"), theme)


def _month_of(row: Row) -> str:
    """The month of a round, or its days where they do not lie within one."""
    months = {short_month(row[end]) for end in ("date_start", "date_end") if not pd.isna(row[end])}
    if len(months) != 1:
        return when(row)
    (found,) = months
    return say("by {days}", days=found) if row["date_basis"] == "published" else found


def ordinal(number: int) -> str:
    """The place of a round in words.

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return say("{n}{ending}", n=number, ending=ending)


# Its part in three views


def _part(tables: Tables) -> pd.DataFrame:
    investors = tables.round_investors()
    rounds = alibaba_bets.bet_rounds(tables.closed_rounds(), tables.companies(), investors)
    is_three = rounds["field"].eq(alibaba_bets.THREE)
    parts = {THREE: rounds[is_three], OTHERS: rounds[~is_three]}
    return pd.concat(
        [alibaba_portfolio.alibaba_part(own, investors).assign(where=name) for name, own in parts.items()],
        ignore_index=True,
    )


def _part_title(frame: pd.DataFrame) -> str:
    led, _, cheques = frame[frame["where"].eq(THREE)].to_dict("records")
    if not led["n_rounds"]:
        return say("Alibaba led no closed round of the three companies")
    brought = {"rounds": count(led["n_rounds"], "round"), "amount": sum_of(led)}
    if cheques["n_rounds"] == cheques["n_undisclosed"]:
        return say(
            "The {rounds} that Alibaba led brought {amount}; none of its own cheques there is known",
            **brought,
        )
    return say(
        "The {rounds} that Alibaba led brought {amount}; its known cheques there are {cheques}",
        cheques=sum_of(cheques),
        **brought,
    )


def _part_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Closed rounds in three views that do not add up; whole rounds hold all investors’ money; {unit}",
        unit=unit(),
    )


def _part_alt(frame: pd.DataFrame) -> str:
    bars = sums_told(
        frame,
        lambda row: say("{where}, {view}:", where=term(row["where"]), view=term(row["view"])),
        _part_note,
    )
    return say("Bars in two groups of three that are not shares of one another. {bars}.", bars=bars)


def _draw_part(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    range_bars.draw(figure, body, _part_view(frame, theme), theme)


def _part_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of bars."""
    rows = frame.to_dict("records")
    names = [say("{where}: {view}", where=term(row["where"]), view=term(row["view"])) for row in rows]
    is_whole = frame["view"].eq(alibaba_portfolio.IN_IT)
    return frame.assign(
        name=sentence(pd.Series(names, frame.index, dtype="str")),
        note=[_part_note(row) for row in rows],
        color=is_whole.map({True: theme.accent_soft, False: theme.accent}),
    )


def _part_note(row: Row) -> str:
    """What a view counts."""
    if row["view"] != alibaba_portfolio.CHEQUES or not row["n_rounds"]:
        return rounds_note(row)
    return say(
        "known in {n} of {rounds}",
        n=row["n_rounds"] - row["n_undisclosed"],
        rounds=count(row["n_rounds"], "round"),
    )


CHARTS = (
    Chart(
        name="alibaba_roles",
        notebook=NOTEBOOK,
        measure=_roles,
        title=_roles_title,
        subtitle=_roles_subtitle,
        alt=_roles_alt,
        rows=_roles_rows,
        key=lambda frame, theme: role_key(frame, theme, "s"),
        draw=_draw_roles,
        size=(800, 460),
        sizes={"column": (480, 660), "page": (670, 560)},
    ),
    Chart(
        name="alibaba_part",
        notebook=NOTEBOOK,
        measure=_part,
        title=_part_title,
        subtitle=_part_subtitle,
        alt=_part_alt,
        rows=lambda frame: sum_rows(frame.assign(part=frame["where"] + ": " + frame["view"]), "part"),
        key=range_bars.key,
        draw=_draw_part,
        size=(800, 540),
        sizes={"column": (480, 700)},
        native=lambda frame, theme: range_bars.native(_part_view(frame, theme), theme),
    ),
)
