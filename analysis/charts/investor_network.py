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
from analysis.charts.forms import cells, matrix, network
from analysis.charts.house import Mark, Theme
from analysis.charts.language import name, say, term
from analysis.charts.video_models import square
from analysis.charts.words import count, listing, period, short_month
from analysis.charts.world_model_field import capitalised
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
    return strengths(frame, say("two or more independent reports"), say("one report"), theme)


def strengths(frame: pd.DataFrame, strong: str, weak: str, theme: Theme) -> list[Mark]:
    """The key of cells that are filled strongly or weakly, in Alibaba's colour or another."""
    pale = to_hex(matrix.tint(theme.other, WEAK, theme.paper))
    return [*alibabas(frame, theme), square(strong, theme.other), square(weak, pale)]


def alibabas(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    """The key of Alibaba's colour, where it is among the backers."""
    return [square(name(ALIBABA), theme.accent)] if frame["backer"].eq(ALIBABA).any() else []


def _led_or_joined(row: Row, theme: Theme) -> str:
    """The colour of a tie."""
    if row["backer"] != ALIBABA:
        return theme.other
    return theme.accent if row["role"] == "led" else theme.accent_soft


# The backers of the trio


def _trio_title(frame: pd.DataFrame) -> str:
    companies = frame["company"].unique()
    reach = frame.groupby("backer", sort=False)["company"].nunique()
    backers, n = count(len(reach), "backer"), len(companies)
    if n == 1 and len(reach) == 1:
        return say("{backers} is named in {company}", backers=backers, company=name(companies[0]))
    if n == 1:
        return say("{backers} are named in {company}", backers=backers, company=name(companies[0]))
    whole = reach.index[reach.eq(n)]
    if len(whole) == 1:
        backer = name(whole[0])
        return say(
            "{backer} alone of {backers} is named in all {n} companies", backer=backer, backers=backers, n=n
        )
    if whole.empty:
        return say("None of {backers} is named in all {n} companies", backers=backers, n=n)
    return say("{m} of {backers} are named in all {n} companies", m=len(whole), backers=backers, n=n)


def _trio_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Backers named in closed rounds, {years}; in brackets the number of independent reports",
        years=_years(frame),
    )


def _trio_alt(frame: pd.DataFrame) -> str:
    told = [
        say("{backer} in {rounds}", backer=name(str(backer)), rounds=_told(own))
        for backer, own in frame.groupby("backer", sort=False)
    ]
    return say(
        "Matrix of backers and companies. {title}. {backers}.", title=_trio_title(frame), backers=some(told)
    )


def some(told: Sequence[str]) -> str:
    """What is told of the first backers, as alt texts say it, and how many others there are."""
    first = say("; ").join(told[:SHOWN])
    if len(told) <= SHOWN:
        return first
    return say("{first}; and {backers} more", first=first, backers=count(len(told) - SHOWN, "backer"))


def _told(own: pd.DataFrame) -> str:
    """The rounds of a backer, as the alt text says them."""
    rows = own.to_dict("records")
    return listing(
        [say("{company} ({round})", company=name(row["company"]), round=_cell(row)) for row in rows]
    )


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
    held = []
    for (backer, company), own in frame[frame["backer"].isin(shown)].groupby(
        ["backer", "company"], sort=False
    ):
        rows = own.sort_values("role", ascending=False).to_dict("records")
        label = say(", ").join(_cell(row) for row in own.to_dict("records"))
        shade = STRONG if own["is_firm"].any() else WEAK
        held.append((name(str(backer)), name(str(company)), label, shade, _led_or_joined(rows[0], theme)))
    rest = frame[~frame["backer"].isin(shown)]
    others = _others(rest["backer"].nunique())
    for company, own in rest.groupby("company"):
        held.append((others, name(str(company)), str(own["backer"].nunique()), WEAK, theme.other))
    view = pd.DataFrame(held, columns=["row", "column", "label", "shade", "color"])
    columns = [name(company) for company in sorted(frame["company"].unique())]
    cells.draw(figure, body, grid(view, columns, theme), theme)


def _others(n: int) -> str:
    """The row of backers that one report names."""
    if n == 1:
        return say("1 other, by one report")
    return say("{n} others, each by one report", n=n)


def _cell(row: Row) -> str:
    """A round in a cell."""
    start, n = row["date_start"], row["n_independent"]
    if _is_month(row) and row["date_basis"] != "published":
        # The month is handed over in parts, for a language may say it shorter in so little room.
        month = {"month_name": f"{start:%b}", "month": start.month, "year": start.year}
        if row["role"] == "led":
            return say("{month_name} {year} led ({n})", n=n, **month)
        return say("{month_name} {year} ({n})", n=n, **month)
    if row["role"] == "led":
        return say("{date} led ({n})", date=_when(row), n=n)
    return say("{date} ({n})", date=_when(row), n=n)


def _is_month(row: Row) -> bool:
    """Whether the days of a round lie in one month."""
    start, end = row["date_start"], row["date_end"]
    return bool((start.year, start.month) == (end.year, end.month))


def _when(row: Row) -> str:
    """The month of a round, or its days where they lie in several; "by" where no report dates it."""
    start, end = row["date_start"], row["date_end"]
    days = short_month(start) if _is_month(row) else period(start, end)
    return say("by {days}", days=days) if row["date_basis"] == "published" else days


def _years(frame: pd.DataFrame) -> str:
    """The years of the rounds behind ties."""
    first, last = frame["date_start"].min().year, frame["date_end"].max().year
    end = say("{year}", year=last)
    return end if first == last else say("{first} to {last}", first=first, last=end)


# The network


def _map_title(frame: pd.DataFrame) -> str:
    named = frame["companies"].str.split("; ").explode().nunique()
    first = frame.iloc[0]
    if first["n_companies"] < 2:
        return say("No backer is named in rounds of two companies")
    own = frame.loc[frame["backer"].eq(ALIBABA), "n_companies"]
    parts = {
        "backer": name(first["backer"]), "n": first["n_companies"], "companies": count(named, "company")
    }  # fmt: skip
    if own.empty or first["backer"] == ALIBABA:
        return say("{backer} backs {n} of {companies} that share a backer", **parts)
    return say(
        "{backer} backs {n} of {companies} that share a backer, {other} {m}",
        **parts, other=name(ALIBABA), m=own.iloc[0],
    )  # fmt: skip


def _map_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Backers named in closed rounds of {n} or more makers of video, pictures, 3D objects or worlds",
        n=frame["n_companies"].min(),
    )


def _map_alt(frame: pd.DataFrame) -> str:
    told = [
        say("{backer}: {companies}", backer=name(row["backer"]), companies=list_of(row["companies"]))
        for row in frame.to_dict("records")
    ]
    return say(
        "Network of backers and companies. {title}. {backers}.", title=_map_title(frame), backers=some(told)
    )


def _map_rows(frame: pd.DataFrame) -> pd.DataFrame:
    alone = [
        list_of(
            "; ".join(own for own in row["companies"].split("; ") if own not in names_of(row["twice_told"]))
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
    is_in = frame["backer"].eq(ALIBABA).any()
    own = [network.mark(name(ALIBABA), theme.accent, is_wide=True)] if is_in else []
    return [
        *own,
        network.mark(say("led a round"), theme.other, is_wide=True),
        network.mark(say("took part"), theme.other),
        network.mark(say("named by one report only"), theme.other, is_dashed=True),
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
            block = capitalised(term(field))
            lines.append((name(row["backer"]), name(company), block, is_left, color, is_led, not is_firm))
    columns = ["side", "middle", "block", "is_left", "color", "is_wide", "is_dashed"]
    view = pd.DataFrame(lines, columns=columns)
    view = view.sort_values("color", key=lambda color: color.ne(theme.other), kind="stable")
    own = view[view["side"].eq(name(ALIBABA))]
    heads = (say("Companies and states"), say("The companies they back"), say("Funds and persons"))
    network.draw(figure, body, view, heads, {name(ALIBABA), *own["middle"]}, theme)


def names_of(listed: str) -> list[str]:
    """The names of a cell of a frame."""
    return listed.split("; ") if listed else []


def list_of(listed: str) -> str:
    """Names with commas, for a cell."""
    return say(", ").join(map(name, names_of(listed))) or "–"


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
        sizes={"column": (480, 860), "page": (670, 860), "slide": (1088, 612)},
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
        sizes={"column": (480, 940), "slide": (1280, 720)},
    ),
)
