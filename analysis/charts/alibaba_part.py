"""The charts of notebook 02: Alibaba's part in the rounds."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.alibaba_portfolio import NOTEBOOK, role_colors, role_key, trio_rounds, when
from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import matrix, range_bars
from analysis.charts.house import Mark, Theme
from analysis.charts.sum_words import rounds_note, sum_of, sum_rows, sums_told
from analysis.charts.video_models import square
from analysis.charts.words import UNIT, bare, bounds, count, listing, month, sentence
from analysis.measures import alibaba_backers, alibaba_bets, alibaba_portfolio

THREE, OTHERS = "the three", "other companies"
SHOWN = 4
"""Rounds with a cheque at most, those with the largest ones."""

Row = Mapping[Hashable, Any]


# Led, joined, not named


def _roles(tables: Tables) -> pd.DataFrame:
    return alibaba_portfolio.numbered(trio_rounds(tables))


def _roles_title(frame: pd.DataFrame) -> str:
    first = frame[frame["alibaba"].ne("not named")].drop_duplicates("company")
    if first.empty:
        return f"Alibaba is named in none of {count(len(frame), 'closed round')}"
    came = [f"the {ordinal(row['number'])} of {row['company']}" for row in first.to_dict("records")]
    return f"The first known round with Alibaba is {listing(came)}"


def _roles_subtitle(frame: pd.DataFrame) -> str:
    n = [f"{role} {frame['alibaba'].eq(role).sum()}" for role in ("led", "joined")]
    return (
        f"Closed rounds on record by company, in order of time; {UNIT}. Alibaba {listing(n)} of {len(frame)}"
    )


def _roles_alt(frame: pd.DataFrame) -> str:
    told = [
        f"{company}: {listing([row['alibaba'] + ' ' + when(row) for row in rounds.to_dict('records')])}"
        for company, rounds in frame.groupby("company", sort=False)
    ]
    return (
        f"A row for each company, a cell for each of {count(len(frame), 'closed round')}. {'; '.join(told)}."
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
        row=frame["company"],
        row_note=[f"led {led} of {known}" for led, known in zip(n_led, n_known, strict=True)],
        column=[ordinal(number) for number in frame["number"]],
        label=[f"{_month_of(row)}\n{bounds(row['usd_low'], row['usd_high'])}" for row in rows],
        shade=frame["alibaba"].map({"led": 1.0, "joined": 1.0, "not named": 0.35}),
        color=frame["alibaba"].map(role_colors(theme)),
    )
    # Columns come in the order of their first cell.
    matrix.draw(figure, body, view.sort_values("number", kind="stable"), theme)


def _month_of(row: Row) -> str:
    """The month of a round, or its days where they do not lie within one."""
    months = {f"{row[end]:%b %Y}" for end in ("date_start", "date_end") if not pd.isna(row[end])}
    by = "by " if row["date_basis"] == "published" else ""
    return by + months.pop() if len(months) == 1 else when(row)


def ordinal(number: int) -> str:
    """A place in words.

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


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
        return "Alibaba led no closed round of the three companies"
    known = cheques["n_rounds"] - cheques["n_undisclosed"]
    own = (
        f"its known cheques there are {sum_of(cheques)}"
        if known
        else "none of its own cheques there is known"
    )
    return f"The {count(led['n_rounds'], 'round')} that Alibaba led brought {sum_of(led)}; {own}"


def _part_subtitle(frame: pd.DataFrame) -> str:
    return f"Closed rounds in three views that do not add up; whole rounds hold all investors’ money; {UNIT}"


def _part_alt(frame: pd.DataFrame) -> str:
    bars = sums_told(frame, lambda row: f"{row['where']}, {row['view']}:", _part_note)
    return f"Bars in two groups of three that are not shares of one another. {bars}."


def _draw_part(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    where = sentence(frame["where"])
    names = where + ": " + frame["view"]
    notes = [_part_note(row) for row in frame.to_dict("records")]
    is_whole = frame["view"].eq(alibaba_portfolio.IN_IT)
    color = is_whole.map({True: theme.accent_soft, False: theme.accent})
    range_bars.draw(figure, body, frame.assign(name=names, note=notes, color=color), theme)


def _part_note(row: Row) -> str:
    """What a view counts."""
    if not row["n_rounds"]:
        return "no rounds"
    if row["view"] == alibaba_portfolio.CHEQUES:
        return f"known in {row['n_rounds'] - row['n_undisclosed']} of {count(row['n_rounds'], 'round')}"
    return rounds_note(row)


# Known cheques against round totals


def _cheques(tables: Tables) -> pd.DataFrame:
    return alibaba_backers.cheques(tables.closed_rounds(), tables.round_investors())


def _cheques_title(frame: pd.DataFrame) -> str:
    known = frame[frame["of"].eq(alibaba_backers.CHEQUE) & frame["usd_low"].notna()]
    if known.empty:
        return "None of Alibaba’s own cheques is on record"
    told = [f"{sum_of(row)} of {row['company']}’s {_total(frame, row)}" for row in known.to_dict("records")]
    return f"Alibaba’s own money is on record in {count(len(known), 'round')}: {listing(told)}"


def _total(frame: pd.DataFrame, cheque: Row) -> str:
    """The whole round of a cheque."""
    whole = frame[frame["round_id"].eq(cheque["round_id"]) & frame["of"].eq(alibaba_backers.ROUND)]
    return sum_of(whole.iloc[0])


def _cheques_subtitle(frame: pd.DataFrame) -> str:
    if frame.loc[frame["of"].eq(alibaba_backers.CHEQUE), "usd_low"].isna().all():
        return f"Closed rounds that Alibaba was in, its cheque in none of them known; {UNIT}"
    return f"Rounds of any company in which its cheque is known, against the whole round; {UNIT}"


def _cheques_alt(frame: pd.DataFrame) -> str:
    bars = [
        f"{row['company']}, {month(row['date_end'])}, {row['of']} {bounds(row['usd_low'], row['usd_high'])}"
        for row in frame.head(2 * SHOWN).to_dict("records")
    ]
    return f"Pairs of bars, the whole round and Alibaba’s cheque in it: {'; '.join(bars)}."


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
    is_round = frame["of"].eq(alibaba_backers.ROUND)
    names = frame["company"] + ", " + frame["date_end"].dt.strftime("%b %Y")
    view = frame.assign(
        name=names.where(is_round, ""),
        note=frame["of"],
        color=is_round.map({True: theme.other, False: theme.accent}),
    )
    range_bars.draw(figure, body, view.head(2 * SHOWN), theme)


def _cheques_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    colors = [square(alibaba_backers.ROUND, theme.other), square(alibaba_backers.CHEQUE, theme.accent)]
    marks = [mark for mark in range_bars.key(frame, theme) if mark.style["marker"] != "s"]
    return [*colors, *(Mark(mark.meaning.removesuffix(" added up"), mark.style) for mark in marks)]


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
    ),
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
    ),
)
