"""The charts of notebook 02: co-investors."""

from collections.abc import Hashable, Mapping
from math import nan
from typing import Any

import pandas as pd
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.alibaba_portfolio import NOTEBOOK, trio_rounds, when
from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import matrix
from analysis.charts.house import Mark, Theme
from analysis.charts.language import name, say, term
from analysis.charts.video_models import square
from analysis.charts.words import count, listing, short_month
from analysis.measures import alibaba_backers as measures
from analysis.measures.alibaba_portfolio import ALIBABA

ROLES = {"lead": "led", "participant": "joined"}
SHOWN = 9
"""Rows of the matrix at most."""
JOINED = 0.4
"""How strongly a cell is filled where the investor led nothing."""

Row = Mapping[Hashable, Any]


def _backers(tables: Tables) -> pd.DataFrame:
    return measures.backers(trio_rounds(tables), tables.round_investors())


def _backers_title(frame: pd.DataFrame) -> str:
    backers = frame.drop_duplicates("backer")
    several = backers[backers["n_companies"].ge(2)]
    if several.empty:
        n = count(len(backers), "investor")
        return say("None of {investors} is named in rounds of two of the companies", investors=n)
    most = several["n_companies"].max()
    is_top = several["n_companies"].eq(most)
    named = several["backer"].map(name)
    who = listing(named[is_top].tolist())
    match bool(is_top.sum() == 1), bool(most == frame["company"].nunique() > 2):
        case True, True:
            told = say("Only {who} is named in rounds of all {n} companies", who=who, n=most)
        case True, False:
            told = say("Only {who} is named in rounds of {n} companies", who=who, n=most)
        case False, True:
            told = say("{who} are named in rounds of all {n} companies", who=who, n=most)
        case _:
            told = say("{who} are named in rounds of {n} companies", who=who, n=most)
    others, fewer = named[~is_top].tolist(), several.loc[~is_top, "n_companies"].unique()
    match len(fewer):
        case 0:
            return told
        case 1:
            return say("{told}; {others} in those of {n}", told=told, others=listing(others), n=fewer[0])
        case _:
            return say("{told}; {others} in those of fewer", told=told, others=listing(others))


def _backers_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Investors named in closed rounds of the companies, by corporate group: {all} in all, {n} of them in "
        "two rounds or more. An investor that no report names is missing",
        all=frame["backer"].nunique(),
        n=frame.loc[frame["n_rounds"].ge(2), "backer"].nunique(),
    )


def _backers_alt(frame: pd.DataFrame) -> str:
    told = []
    for backer, rounds in list(_again(frame).groupby("backer", sort=False))[:SHOWN]:
        roles = [
            say("{company} ({role})", company=name(row["company"]), role=_role(row))
            for row in rounds.to_dict("records")
        ]
        told.append(say("{name}: {list}", name=name(backer), list=listing(roles)))
    return say(
        "A row for each investor, a column for each company. {finding}. {list}.",
        finding=_backers_title(frame),
        list=say("; ").join(told),
    )


def _backers_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Investor": frame["backer"],
            "Named as": frame["investors"].str.replace("; ", ", "),
            "Company": frame["company"],
            "When": [when(row) for row in rows],
            "Role": frame["role"].map(ROLES),
        }
    )


def _draw_backers(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    view = _cells(frame)
    view["color"] = view["row"].eq(name(ALIBABA)).map({True: theme.accent, False: theme.other})
    matrix.draw(figure, body, view, theme)


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame in the shape of the matrix: investors of several rounds, then how many others there are."""
    again = _again(frame)
    shown = again[again["backer"].isin(again["backer"].unique()[:SHOWN])]
    rest = frame[~frame["backer"].isin(shown["backer"])]
    companies = sorted(frame["company"].unique())
    cells: list[dict[str, object]] = []
    for backer, told in shown.groupby("backer", sort=False):
        names = [name(own) for own in sorted(set("; ".join(told["investors"]).split("; ")) - {str(backer)})]
        # The shortest first: the note is cut at its end.
        row = {"row": name(backer), "row_note": say("; ").join(sorted(names, key=len))}
        for company in companies:
            label, shade = _cell(told[told["company"].eq(company)])
            cells.append({**row, "column": name(company), "label": label, "shade": shade})
    if len(rest):
        n_rest = rest["backer"].nunique()
        note = say("named in one round") if rest["n_rounds"].max() == 1 else say("not shown")
        row = {"row": count(n_rest, "other"), "row_note": note}
        for company in companies:
            number = rest.loc[rest["company"].eq(company), "backer"].nunique()
            cells.append({**row, "column": name(company), "label": str(number), "shade": nan})
    return pd.DataFrame(cells)


def _cell(rounds: pd.DataFrame) -> tuple[str, float]:
    """What an investor did in the rounds of one company, and how strongly that is filled."""
    if rounds.empty:
        return "", nan
    label = "\n".join(_role(row) for row in rounds.to_dict("records"))
    if len(rounds) > 2:
        roles = rounds["role"].map(ROLES).value_counts()
        label = say(", ").join(say("{role} {n}", role=term(role), n=n) for role, n in roles.items())
    return label, 1.0 if rounds["role"].eq("lead").any() else JOINED


def _backers_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    joined = to_hex(matrix.tint(theme.other, JOINED, theme.paper))
    others = frame[frame["backer"].ne(ALIBABA)]
    marks = [
        (others.size < frame.size, square(name(ALIBABA), theme.accent)),
        (others["role"].eq("lead").any(), square(say("another investor, led a round"), theme.other)),
        (others["role"].ne("lead").any(), square(say("took part only"), joined)),
    ]
    return [mark for occurs, mark in marks if occurs]


def _again(frame: pd.DataFrame) -> pd.DataFrame:
    """The investors in two rounds or more; all where there are none."""
    again = frame[frame["n_rounds"].ge(2)]
    return frame if again.empty else again


def _role(row: Row) -> str:
    """What an investor did, and when."""
    month = short_month(row["date_end"])
    when = say("by {days}", days=month) if row["date_basis"] == "published" else month
    return say("{role} {when}", role=term(ROLES[row["role"]]), when=when)


CHARTS = (
    Chart(
        name="alibaba_backers",
        notebook=NOTEBOOK,
        measure=_backers,
        title=_backers_title,
        subtitle=_backers_subtitle,
        alt=_backers_alt,
        rows=_backers_rows,
        key=_backers_key,
        draw=_draw_backers,
        size=(800, 620),
        sizes={"column": (480, 800), "slide": (1120, 630)},
    ),
)
