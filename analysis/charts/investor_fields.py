"""The charts of notebook 06: backers by what the companies make."""

from collections import Counter

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import cells, matrix
from analysis.charts.house import Mark, Theme
from analysis.charts.investor_network import (
    NOTEBOOK,
    SHOWN,
    STRONG,
    WEAK,
    Row,
    alibabas,
    grid,
    list_of,
    names_of,
    strengths,
    ties,
)
from analysis.charts.language import name, say, term
from analysis.charts.video_models import square
from analysis.charts.words import count
from analysis.measures import investor_network as measures
from analysis.measures.alibaba_portfolio import ALIBABA

# Rivals with a common backer


def _rivals_title(frame: pd.DataFrame) -> str:
    most = frame.groupby("backer", sort=False)["n_companies"].max()
    if most.max() < 2:
        return say("No backer is named in two rivals")
    first = str(most.index[0])
    parts = {"backers": count(len(most), "backer"), "backer": name(first), "n": most.iloc[0]}
    if len(most) == 1:
        return say("{backers} funds rivals, {backer} {n} in one field", **parts)
    if first == ALIBABA or ALIBABA not in most:
        return say("{backers} fund rivals, {backer} {n} in one field", **parts)
    return say(
        "{backers} fund rivals, {backer} {n} in one field and {other} {m}",
        **parts, other=name(ALIBABA), m=most[ALIBABA],
    )  # fmt: skip


def _rivals_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Backers of two or more makers of video models, or of world models. A star: named by one "
        "independent report"
    )


def _rivals_alt(frame: pd.DataFrame) -> str:
    told = [
        say(
            "{backer}, {field}: {companies}",
            backer=name(row["backer"]), field=term(row["field"]), companies=list_of(row["companies"]),
        )
        for row in frame.to_dict("records")
    ]  # fmt: skip
    first = say("; ").join(told[:SHOWN])
    if len(told) > SHOWN:
        first = say("{first}; and {n} more", first=first, n=len(told) - SHOWN)
    return say("Matrix of backers and fields. {title}. {backers}.", title=_rivals_title(frame), backers=first)


def _rivals_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Backer": frame["backer"],
            "Field": frame["field"],
            "Companies": frame["n_companies"].astype(str),
            "Twice told": frame["n_twice_told"].astype(str),
            "Backs": [_starred(row) for row in frame.to_dict("records")],
        }
    )


def _draw_rivals(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    view = pd.DataFrame(
        {
            "row": frame["backer"].map(name),
            "column": frame["field"].map(term),
            "label": [_starred(row) for row in frame.to_dict("records")],
            "shade": frame["n_twice_told"].ge(2).map({True: STRONG, False: WEAK}),
            "color": frame["backer"].eq(ALIBABA).map({True: theme.accent, False: theme.other}),
        }
    )
    columns = [term(field) for field in measures.FIELDS if frame["field"].eq(field).any()]
    cells.draw(figure, body, grid(view, columns, theme), theme)


def _rivals_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    return strengths(frame, say("two or more without a star"), say("fewer"), theme)


def _starred(row: Row) -> str:
    """The companies of a cell, with a star on those that one report tells of."""
    firm = names_of(row["twice_told"])
    return say(", ").join(
        name(company) if company in firm else f"{name(company)}*" for company in names_of(row["companies"])
    )


# Corporate groups by field


def _fields(tables: Tables) -> pd.DataFrame:
    return measures.groups(ties(tables))


def _by_field(row: Row) -> dict[str, int]:
    """How many companies a group backs in each field, most first."""
    return dict(Counter(names_of(row["fields"])).most_common())


def _fields_title(frame: pd.DataFrame) -> str:
    first = frame.to_dict("records")[0]
    field, number = next(iter(_by_field(first).items()))
    return say(
        "{backer} backs {companies}, {n} of them in {field}",
        backer=name(first["backer"]), companies=count(first["n_companies"], "company"), n=number,
        field=term(field),
    )  # fmt: skip


def _fields_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Companies in whose closed rounds a corporate group is named, or which it led, by what they make"
    )


def _fields_alt(frame: pd.DataFrame) -> str:
    told = [
        say("{group}: {fields}", group=name(row["backer"]), fields=_fields_of(row))
        for row in frame.head(SHOWN).to_dict("records")
    ]
    return say(
        "Matrix of corporate groups and fields. {title}. {groups}.",
        title=_fields_title(frame), groups=say("; ").join(told),
    )  # fmt: skip


def _fields_of(row: Row) -> str:
    """The fields of a group with their counts."""
    return say(", ").join(
        say("{field} {n}", field=term(field), n=number) for field, number in _by_field(row).items()
    )


def _fields_rows(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = {"Companies": "n_companies", "Led": "n_led", "Twice told": "n_twice_told"}
    counts = {header: frame[column].astype(str) for header, column in numbers.items()}
    fields = [_fields_of(row) for row in frame.to_dict("records")]
    return pd.DataFrame({"Group": frame["backer"], **counts, "By field": fields})


def _draw_fields(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    held = []
    for row in frame.to_dict("records"):
        makes = dict(zip(names_of(row["companies"]), names_of(row["fields"]), strict=True))
        led = Counter(makes[company] for company in names_of(row["led"]))
        for field, number in _by_field(row).items():
            label = say("{n}, {led} led", n=number, led=led[field]) if field in led else str(number)
            held.append((row["backer"], field, label, number))
    view = pd.DataFrame(held, columns=["row", "column", "label", "n"])
    view["shade"] = view["n"] / view["n"].max()
    view["color"] = view["row"].eq(ALIBABA).map({True: theme.accent, False: theme.other})
    columns = [term(field) for field in measures.FIELDS if view["column"].eq(field).any()]
    view = view.assign(row=view["row"].map(name), column=view["column"].map(term)).drop(columns="n")
    matrix.draw(figure, body, grid(view, columns, theme), theme)


def _fields_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    others = square(say("other groups; the more companies the stronger"), theme.other)
    return [*alibabas(frame, theme), others]


CHARTS = (
    Chart(
        name="network_rivals",
        notebook=NOTEBOOK,
        measure=lambda tables: measures.rivals(ties(tables)),
        title=_rivals_title,
        subtitle=_rivals_subtitle,
        alt=_rivals_alt,
        rows=_rivals_rows,
        key=_rivals_key,
        draw=_draw_rivals,
        size=(800, 570),
        sizes={"column": (480, 780), "page": (670, 790)},
    ),
    Chart(
        name="network_fields",
        notebook=NOTEBOOK,
        measure=_fields,
        title=_fields_title,
        subtitle=_fields_subtitle,
        alt=_fields_alt,
        rows=_fields_rows,
        key=_fields_key,
        draw=_draw_fields,
        size=(800, 650),
        sizes={"column": (480, 1060), "page": (670, 760), "slide": (1152, 648)},
    ),
)
