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
from analysis.charts.video_models import square
from analysis.charts.words import count, listing
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
        return f"None of {count(len(backers), 'investor')} is named in rounds of two of the companies"
    most = several["n_companies"].max()
    top, others = (
        several.loc[is_top, "backer"].tolist()
        for is_top in (several["n_companies"].eq(most), several["n_companies"].lt(most))
    )
    who = f"Only {top[0]} is" if len(top) == 1 else f"{listing(top)} are"
    all_ = "all " if most == frame["company"].nunique() > 2 else ""
    told = f"{who} named in rounds of {all_}{most} companies"
    fewer = several["n_companies"][several["n_companies"].lt(most)].unique()
    n_fewer = str(fewer[0]) if len(fewer) == 1 else "fewer"
    return f"{told}; {listing(others)} in those of {n_fewer}" if others else told


def _backers_subtitle(frame: pd.DataFrame) -> str:
    n = frame["backer"].nunique()
    return (
        f"Investors named in closed rounds of the companies, by corporate group: {n} in all, "
        f"{frame.loc[frame['n_rounds'].ge(2), 'backer'].nunique()} of them in two rounds or more. "
        "An investor that no report names is missing"
    )


def _backers_alt(frame: pd.DataFrame) -> str:
    told = []
    for backer, rounds in list(_again(frame).groupby("backer", sort=False))[:SHOWN]:
        roles = [f"{row['company']} ({_role(row)})" for row in rounds.to_dict("records")]
        told.append(f"{backer}: {listing(roles)}")
    return f"A row for each investor, a column for each company. {_backers_title(frame)}. {'; '.join(told)}."


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
    view["color"] = view["row"].eq(ALIBABA).map({True: theme.accent, False: theme.other})
    matrix.draw(figure, body, view, theme)


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame in the shape of the matrix: investors of several rounds, then how many others there are."""
    again = _again(frame)
    shown = again[again["backer"].isin(again["backer"].unique()[:SHOWN])]
    rest = frame[~frame["backer"].isin(shown["backer"])]
    companies = sorted(frame["company"].unique())
    cells: list[dict[str, object]] = []
    for backer, told in shown.groupby("backer", sort=False):
        names = set("; ".join(told["investors"]).split("; ")) - {str(backer)}
        # The shortest first: the note is cut at its end.
        note = "; ".join(sorted(sorted(names), key=len))
        for company in companies:
            label, shade = _cell(told[told["company"].eq(company)])
            cells.append({"row": backer, "row_note": note, "column": company, "label": label, "shade": shade})
    if len(rest):
        n_rest = rest["backer"].nunique()
        note = "named in one round" if rest["n_rounds"].max() == 1 else "not shown"
        name = f"{n_rest} other{'' if n_rest == 1 else 's'}"
        for company in companies:
            number = rest.loc[rest["company"].eq(company), "backer"].nunique()
            cells.append(
                {"row": name, "row_note": note, "column": company, "label": str(number), "shade": nan}
            )
    return pd.DataFrame(cells)


def _cell(rounds: pd.DataFrame) -> tuple[str, float]:
    """What an investor did in the rounds of one company, and how strongly that is filled."""
    if rounds.empty:
        return "", nan
    label = "\n".join(_role(row) for row in rounds.to_dict("records"))
    if len(rounds) > 2:
        label = ", ".join(f"{role} {n}" for role, n in rounds["role"].map(ROLES).value_counts().items())
    return label, 1.0 if rounds["role"].eq("lead").any() else JOINED


def _backers_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    joined = to_hex(matrix.tint(theme.other, JOINED, theme.paper))
    others = frame[frame["backer"].ne(ALIBABA)]
    marks = [
        (others.size < frame.size, square("Alibaba", theme.accent)),
        (others["role"].eq("lead").any(), square("another investor, led a round", theme.other)),
        (others["role"].ne("lead").any(), square("took part only", joined)),
    ]
    return [mark for occurs, mark in marks if occurs]


def _again(frame: pd.DataFrame) -> pd.DataFrame:
    """The investors in two rounds or more; all where there are none."""
    again = frame[frame["n_rounds"].ge(2)]
    return frame if again.empty else again


def _role(row: Row) -> str:
    """What an investor did, and when."""
    until = "by " if row["date_basis"] == "published" else ""
    return f"{ROLES[row['role']]} {until}{row['date_end']:%b %Y}"


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
    ),
)
