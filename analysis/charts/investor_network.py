"""The charts of notebook 06: who backs which companies."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import product
from math import nan
from typing import Any

import pandas as pd
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import matrix, network
from analysis.charts.house import Mark, Theme
from analysis.charts.video_models import square
from analysis.charts.words import count, listing, period
from analysis.measures import investor_network as measures
from analysis.measures.alibaba_portfolio import ALIBABA

NOTEBOOK = "06_investor_network"
STRONG, WEAK = 1.0, 0.3
"""How strongly a cell is filled for a tie told twice, and for one that is not."""
SHOWN = 12
"""Backers that the alt text names."""

Row = Mapping[Hashable, Any]


def ties(tables: Tables) -> pd.DataFrame:
    """The ties of the record, which every chart of the notebook begins with."""
    return measures.ties(
        tables.closed_rounds(),
        tables.companies(),
        tables.round_investors(),
        tables.table("investors"),
        tables.reports(),
    )


def grid(cells: pd.DataFrame, columns: Sequence[str], theme: Theme) -> pd.DataFrame:
    """Cells with empty ones between, so that rows keep their order and columns have the given one."""
    rows = cells.drop(columns=["column", "label", "shade", "color"]).drop_duplicates("row")
    places = pd.DataFrame(product(rows["row"], columns), columns=["row", "column"]).merge(rows, on="row")
    filled = places.merge(cells[["row", "column", "label", "shade", "color"]], how="left")
    return filled.fillna({"label": "", "color": theme.paper, "shade": nan})


def strength_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    """What the fill of a cell means: a colour for Alibaba, strong for what is told twice."""
    strong, weak = theme.other, to_hex(matrix.tint(theme.other, WEAK, theme.paper))
    marks = [square("two or more independent reports", strong), square("one report", weak)]
    own = [square("Alibaba", theme.accent)] if frame["backer"].eq(ALIBABA).any() else []
    return [*own, *marks]


def _led_or_joined(row: Row, theme: Theme) -> str:
    """The colour of a tie."""
    if row["backer"] != ALIBABA:
        return theme.other
    return theme.accent if row["role"] == "led" else theme.accent_soft


# The backers of the trio


def _trio_title(frame: pd.DataFrame) -> str:
    names = sorted(frame["company"].unique())
    reach = frame.groupby("backer", sort=False)["company"].nunique()
    of = f"of {count(len(reach), 'backer')}"
    whole = reach.index[reach.eq(len(names))].tolist()
    if len(names) == 1:
        backers = count(len(reach), "backer").capitalize()
        return f"{backers} {'is' if len(reach) == 1 else 'are'} named in {names[0]}"
    if len(whole) == 1:
        return f"{whole[0]} alone {of} is named in all {len(names)} companies"
    return f"{len(whole) or 'None'} {of} {'are' if whole else 'is'} named in all {len(names)} companies"


def _trio_subtitle(frame: pd.DataFrame) -> str:
    return f"Backers named in closed rounds, {_years(frame)}; in brackets the number of independent reports"


def _trio_alt(frame: pd.DataFrame) -> str:
    told = [f"{name} in {_told(own)}" for name, own in frame.groupby("backer", sort=False)]
    rest = f"; and {count(len(told) - SHOWN, 'backer')} more" if len(told) > SHOWN else ""
    return f"Matrix of backers and companies. {_trio_title(frame)}. {'; '.join(told[:SHOWN])}{rest}."


def _told(own: pd.DataFrame) -> str:
    """The rounds of a backer, as the alt text says them."""
    return listing([f"{row['company']} ({_cell(row)})" for row in own.to_dict("records")])


def _trio_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Backer": frame["backer"],
            "Named as": frame["investors"].str.replace("; ", ", "),
            "Company": frame["company"],
            "Round of": [_when(row) for row in frame.to_dict("records")],
            "Role": frame["role"],
            "Independent reports": frame["n_independent"].astype(str),
        }
    )


def _draw_trio(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    told = frame.groupby("backer", sort=False).agg(n=("company", "nunique"), is_firm=("is_firm", "any"))
    shown = told.index[told["is_firm"] | told["n"].gt(1)] if len(told) > SHOWN else told.index
    cells = []
    for (name, company), own in frame[frame["backer"].isin(shown)].groupby(["backer", "company"], sort=False):
        rows = own.sort_values("role", ascending=False).to_dict("records")
        label = ", ".join(_cell(row) for row in own.to_dict("records"))
        shade = STRONG if own["is_firm"].any() else WEAK
        cells.append((name, company, label, shade, _led_or_joined(rows[0], theme)))
    rest = frame[~frame["backer"].isin(shown)]
    for company, own in rest.groupby("company"):
        name = f"{rest['backer'].nunique()} others, each by one report"
        cells.append((name, company, str(own["backer"].nunique()), WEAK, theme.other))
    view = pd.DataFrame(cells, columns=["row", "column", "label", "shade", "color"])
    matrix.draw(figure, body, grid(view, sorted(frame["company"].unique()), theme), theme)


def _cell(row: Row) -> str:
    """A round in a cell."""
    return f"{_when(row)}{' led' if row['role'] == 'led' else ''} ({row['n_independent']})"


def _when(row: Row) -> str:
    """The month of a round, or its days where they lie in several; "by" where no report dates it."""
    start, end = row["date_start"], row["date_end"]
    days = f"{start:%b %Y}" if f"{start:%b %Y}" == f"{end:%b %Y}" else period(start, end)
    return f"by {days}" if row["date_basis"] == "published" else days


def _years(frame: pd.DataFrame) -> str:
    """The years of the rounds behind ties."""
    first, last = frame["date_start"].min().year, frame["date_end"].max().year
    return str(first) if first == last else f"{first} to {last}"


# The network


def _map_title(frame: pd.DataFrame) -> str:
    named = frame["companies"].str.split("; ").explode().nunique()
    first = frame.iloc[0]
    if first["n_companies"] < 2:
        return "No backer is named in rounds of two companies"
    own = frame.loc[frame["backer"].eq(ALIBABA), "n_companies"]
    also = f", {ALIBABA} {own.iloc[0]}" if len(own) and first["backer"] != ALIBABA else ""
    named_in = count(named, "company")
    return f"{first['backer']} backs {first['n_companies']} of {named_in} that share a backer{also}"


def _map_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Backers named in closed rounds of {frame['n_companies'].min()} or more makers of video, pictures, "
        "3D objects or worlds"
    )


def _map_alt(frame: pd.DataFrame) -> str:
    told = [f"{row['backer']}: {list_of(row['companies'])}" for row in frame.head(SHOWN).to_dict("records")]
    rest = f"; and {count(len(frame) - SHOWN, 'backer')} more" if len(frame) > SHOWN else ""
    return f"Network of backers and companies. {_map_title(frame)}. {'; '.join(told)}{rest}."


def _map_rows(frame: pd.DataFrame) -> pd.DataFrame:
    alone = [
        list_of(
            "; ".join(
                name for name in row["companies"].split("; ") if name not in names_of(row["twice_told"])
            )
        )
        for row in frame.to_dict("records")
    ]
    return pd.DataFrame(
        {
            "Backer": frame["backer"],
            "Is a": frame["type"],
            "Companies": frame["n_companies"].astype(str),
            "Backs": [list_of(names) for names in frame["companies"]],
            "Led a round of": [list_of(names) for names in frame["led"]],
            "By one report": alone,
        }
    )


def _map_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    own = [network.mark("Alibaba", theme.accent, is_wide=True)] if frame["backer"].eq(ALIBABA).any() else []
    return [
        *own,
        network.mark("led a round", theme.other, is_wide=True),
        network.mark("took part", theme.other),
        network.mark("named by one report only", theme.other, is_dashed=True),
    ]


def _draw_map(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    lines = []
    for row in frame.to_dict("records"):
        for company, field in zip(names_of(row["companies"]), names_of(row["fields"]), strict=True):
            is_led = company in names_of(row["led"])
            role: Row = {"backer": row["backer"], "role": "led" if is_led else "joined"}
            is_firm = company in names_of(row["twice_told"])
            is_left = row["type"] in (measures.COMPANY, measures.STATE)
            color = _led_or_joined(role, theme)
            lines.append((row["backer"], company, field.capitalize(), is_left, color, is_led, not is_firm))
    columns = ["side", "middle", "block", "is_left", "color", "is_wide", "is_dashed"]
    view = pd.DataFrame(lines, columns=columns)
    view["block"] = view["block"].replace({"3d models": "3D models"})
    view = view.sort_values("color", key=lambda color: color.ne(theme.other), kind="stable")
    own = view[view["side"].eq(ALIBABA)]
    heads = ("Companies and states", "The companies they back", "Funds and persons")
    network.draw(figure, body, view, heads, {ALIBABA, *own["middle"]}, theme)


def names_of(listed: str) -> list[str]:
    """The names of a cell of a frame."""
    return listed.split("; ") if listed else []


def list_of(listed: str) -> str:
    """Names with commas, for a cell."""
    return ", ".join(names_of(listed)) or "–"


CHARTS = (
    Chart(
        name="network_trio",
        notebook=NOTEBOOK,
        measure=lambda tables: measures.trio_ties(ties(tables)),
        title=_trio_title,
        subtitle=_trio_subtitle,
        alt=_trio_alt,
        rows=_trio_rows,
        key=strength_key,
        draw=_draw_trio,
        size=(800, 600),
    ),
    Chart(
        name="network_map",
        notebook=NOTEBOOK,
        measure=lambda tables: measures.shared(ties(tables)),
        title=_map_title,
        subtitle=_map_subtitle,
        alt=_map_alt,
        rows=_map_rows,
        key=_map_key,
        draw=_draw_map,
        size=(800, 720),
    ),
)
