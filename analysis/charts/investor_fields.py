"""The charts of notebook 06: backers by what the companies make."""

from collections import Counter

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import matrix
from analysis.charts.house import Mark, Theme
from analysis.charts.investor_network import (
    NOTEBOOK,
    SHOWN,
    STRONG,
    WEAK,
    Row,
    grid,
    list_of,
    names_of,
    strength_key,
    ties,
)
from analysis.charts.video_models import square
from analysis.charts.words import count
from analysis.measures import investor_network as measures
from analysis.measures.alibaba_portfolio import ALIBABA

# Rivals with a common backer


def _rivals_title(frame: pd.DataFrame) -> str:
    most = frame.groupby("backer", sort=False)["n_companies"].max()
    if most.max() < 2:
        return "No backer is named in two rivals"
    first = most.index[0]
    also = f" and {ALIBABA} {most[ALIBABA]}" if ALIBABA in most and first != ALIBABA else ""
    verb = "funds" if len(most) == 1 else "fund"
    backers = count(len(most), "backer").capitalize()
    return f"{backers} {verb} rivals, {first} {most.iloc[0]} in one field{also}"


def _rivals_subtitle(frame: pd.DataFrame) -> str:
    return (
        "Backers of two or more makers of video models, or of world models. A star: named by one "
        "independent report"
    )


def _rivals_alt(frame: pd.DataFrame) -> str:
    told = [
        f"{row['backer']}, {row['field']}: {list_of(row['companies'])}" for row in frame.to_dict("records")
    ]
    rest = f"; and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
    return f"Matrix of backers and fields. {_rivals_title(frame)}. {'; '.join(told[:SHOWN])}{rest}."


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
    cells = pd.DataFrame(
        {
            "row": frame["backer"],
            "column": frame["field"],
            "label": [_starred(row) for row in frame.to_dict("records")],
            "shade": frame["n_twice_told"].ge(2).map({True: STRONG, False: WEAK}),
            "color": frame["backer"].eq(ALIBABA).map({True: theme.accent, False: theme.other}),
        }
    )
    columns = [field for field in measures.FIELDS if frame["field"].eq(field).any()]
    matrix.draw(figure, body, grid(cells, columns, theme), theme)


def _rivals_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    marks = strength_key(frame, theme)
    meanings = {"two or more independent reports": "two or more without a star", "one report": "fewer"}
    return [Mark(meanings.get(mark.meaning, mark.meaning), mark.style) for mark in marks]


def _starred(row: Row) -> str:
    """The companies of a cell, with a star on those that one report tells of."""
    firm = names_of(row["twice_told"])
    return ", ".join(name if name in firm else f"{name}*" for name in names_of(row["companies"]))


# Corporate groups by field


def _fields(tables: Tables) -> pd.DataFrame:
    return measures.groups(ties(tables))


def _by_field(row: Row) -> dict[str, int]:
    """How many companies a group backs in each field, most first."""
    return dict(Counter(names_of(row["fields"])).most_common())


def _fields_title(frame: pd.DataFrame) -> str:
    first = frame.to_dict("records")[0]
    field, number = next(iter(_by_field(first).items()))
    return f"{first['backer']} backs {count(first['n_companies'], 'company')}, {number} of them in {field}"


def _fields_subtitle(frame: pd.DataFrame) -> str:
    return "Companies in whose closed rounds a corporate group is named, or which it led, by what they make"


def _fields_alt(frame: pd.DataFrame) -> str:
    told = [f"{row['backer']}: {_fields_of(row)}" for row in frame.head(SHOWN).to_dict("records")]
    return f"Matrix of corporate groups and fields. {_fields_title(frame)}. {'; '.join(told)}."


def _fields_of(row: Row) -> str:
    """The fields of a group with their counts."""
    return ", ".join(f"{field} {number}" for field, number in _by_field(row).items())


def _fields_rows(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = {"Companies": "n_companies", "Led": "n_led", "Twice told": "n_twice_told"}
    counts = {header: frame[column].astype(str) for header, column in numbers.items()}
    fields = [_fields_of(row) for row in frame.to_dict("records")]
    return pd.DataFrame({"Group": frame["backer"], **counts, "By field": fields})


def _draw_fields(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    cells = []
    for row in frame.to_dict("records"):
        makes = dict(zip(names_of(row["companies"]), names_of(row["fields"]), strict=True))
        led = Counter(makes[name] for name in names_of(row["led"]))
        for field, number in _by_field(row).items():
            label = f"{number}, {led[field]} led" if field in led else str(number)
            cells.append((row["backer"], field, label, number))
    view = pd.DataFrame(cells, columns=["row", "column", "label", "n"])
    view["shade"] = view["n"] / view["n"].max()
    view["color"] = view["row"].eq(ALIBABA).map({True: theme.accent, False: theme.other})
    columns = [field for field in measures.FIELDS if view["column"].eq(field).any()]
    matrix.draw(figure, body, grid(view.drop(columns="n"), columns, theme), theme)


def _fields_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    own = [square("Alibaba", theme.accent)] if frame["backer"].eq(ALIBABA).any() else []
    return [*own, square("other groups; the more companies the darker", theme.other)]


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
    ),
)
