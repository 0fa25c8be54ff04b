"""The charts of notebook 06: how far backers reach, and the money of the rounds that they were in."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import count_bars, matrix, range_bars
from analysis.charts.house import Mark, Theme
from analysis.charts.investor_network import NOTEBOOK, SHOWN, Row, grid, ties
from analysis.charts.sum_words import rounds_note, sum_of, sum_rows
from analysis.charts.video_models import square
from analysis.charts.words import UNIT, count, listing, sentence
from analysis.measures import co_investment
from analysis.measures import investor_network as measures
from analysis.measures.alibaba_portfolio import ALIBABA

MOST, LEADING = 12, 5
"""Backers at most that the charts of reach and standing, and that of money, show."""
STANDING = {
    "n_together": "closest partner, and rounds together",
    "between": "share of chains, by all ties",
    "firm_between": "share of chains, by ties told twice",
}
"""Columns of the chart of standing."""


def _colors(frame: pd.DataFrame, theme: Theme) -> "pd.Series[str]":
    return frame["backer"].eq(ALIBABA).map({True: theme.accent, False: theme.other})


# Backers of several companies


def _reach(tables: Tables) -> pd.DataFrame:
    return measures.foremost(measures.backed(ties(tables)), MOST)


def _reach_title(frame: pd.DataFrame) -> str:
    first, *others = frame.head(2).to_dict("records")
    also = "".join(f"; {row['backer']} {row['n_companies']}, {_sure(row)}" for row in others)
    return f"{first['backer']} backs {count(first['n_companies'], 'company')}, {_sure(first)}{also}"


def _sure(row: Row) -> str:
    """How many of the companies are told twice."""
    is_all = row["n_twice_told"] == row["n_companies"]
    return f"{'all' if is_all else row['n_twice_told'] or 'none'} told twice"


def _reach_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"Backers named in closed rounds of at least {count(int(frame['n_companies'].min()), 'company')}. "
        "Told twice: by two or more independent reports of a round"
    )


def _reach_alt(frame: pd.DataFrame) -> str:
    told = [
        f"{row['backer']} {row['n_companies']} ({row['n_twice_told']} told twice, {row['n_led']} led)"
        for row in frame.head(SHOWN).to_dict("records")
    ]
    return f"Bars of the number of companies by backer. {_reach_title(frame)}. {'; '.join(told)}."


def _reach_rows(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = {"Companies": "n_companies", "Told twice": "n_twice_told", "Led": "n_led", "Rounds": "n_rounds"}
    counts = {header: frame[column].astype(str) for header, column in numbers.items()}
    return pd.DataFrame({"Backer": frame["backer"], "Is a": frame["type"], **counts})


def _draw_reach(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    heads = {
        "n_companies": ("All", "named in a round"),
        "n_twice_told": ("Told twice", "by independent reports"),
        "n_led": ("Led", "at least one round"),
    }
    count_bars.draw(
        figure, body, frame.assign(name=frame["backer"], color=_colors(frame, theme)), heads, theme
    )


# Standing in the graph


def _standing(tables: Tables) -> pd.DataFrame:
    tied = ties(tables)
    return co_investment.standings(tied, measures.foremost(measures.backed(tied), MOST))


def _standing_title(frame: pd.DataFrame) -> str:
    rows = frame[frame["between"].gt(0)].nlargest(2, "between").to_dict("records")
    if not rows:
        return "No backer stands between others"
    first, *others = rows
    also = "".join(f", {row['backer']} on {_label(row, 'between')}" for row in others)
    return f"{first['backer']} lies on {_label(first, 'between')} of the chains between backers{also}"


def _standing_subtitle(frame: pd.DataFrame) -> str:
    return (
        "Partners are named in the same closed round; long lists count less. A chain is the shortest way "
        "from one backer to another"
    )


def _standing_alt(frame: pd.DataFrame) -> str:
    told = [
        f"{row['backer']} {_label(row, 'between')} ({_label(row, 'firm_between')} told twice)"
        for row in frame.to_dict("records")
    ]
    return (
        f"Matrix of backers and measures of standing. {_standing_title(frame)}. "
        f"Share of chains through each: {', '.join(told)}."
    )


def _standing_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Backer": frame["backer"],
            "Companies": frame["n_companies"].astype(str),
            "Shared rounds": frame["n_shared"].astype(str),
            "Partners": frame["n_partners"].astype(str),
            "Closest partner": frame["partner"].fillna("–"),
            "Together": frame["n_together"].astype(str),
            "Told twice": frame["firm_together"].astype(str),
            "Chains, %": [f"{100 * share:.1f}" for share in frame["between"]],
            "Place": frame["place"].astype(str),
            "Told twice, %": [
                "–" if pd.isna(share) else f"{100 * share:.1f}" for share in frame["firm_between"]
            ],
            "Place then": ["–" if pd.isna(place) else str(place) for place in frame["firm_place"]],
        }
    )


def _label(row: Row, column: str) -> str:
    """What stands in a cell."""
    value = row[column]
    if pd.isna(value):
        return "–"
    if column in ("between", "firm_between"):
        return f"{100 * value:.0f}%" if value == 0 or value >= 0.01 else "<1%"
    if column == "n_together":
        return f"{row['partner']}, {value}" if value else "–"
    return str(value)


def _draw_standing(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    parts = [
        pd.DataFrame(
            {
                "row": frame["backer"],
                "column": head,
                "label": [_label(row, column) for row in frame.to_dict("records")],
                "shade": (frame[column] / (frame[column].max() or 1)).fillna(0),
                "color": _colors(frame, theme),
            }
        )
        for column, head in STANDING.items()
    ]
    matrix.draw(figure, body, grid(pd.concat(parts), list(STANDING.values()), theme), theme)


# Money of the rounds with the leading backers


def _money(tables: Tables) -> pd.DataFrame:
    tied = ties(tables)
    return measures.money(tied, tables.closed_rounds(), _leading(tied))


def _leading(tied: pd.DataFrame) -> pd.DataFrame:
    return measures.foremost(measures.backed(tied), LEADING)


def _money_title(frame: pd.DataFrame) -> str:
    names = frame["backer"].iloc[2:].tolist()
    return f"Rounds with {listing(names).replace(' and ', ' or ')} brought {sum_of(frame.iloc[0])}"


def _money_subtitle(frame: pd.DataFrame) -> str:
    return (
        "Closed rounds in which the backers took part, with all other investors’ money; a round may be in "
        f"several bars; {UNIT}"
    )


def _money_alt(frame: pd.DataFrame) -> str:
    bars = [f"{row['backer']} {sum_of(row)} ({rounds_note(row)})" for row in frame.to_dict("records")]
    return f"Bars of whole rounds, from the lower bound to the upper; they do not add up. {'; '.join(bars)}."


def _money_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame, "backer", "n_companies")
    return rows.assign(**{"Rounds told twice": frame["n_rounds_twice_told"].astype(str)})


def _money_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    marks = range_bars.key(frame, theme)
    own = [square("Alibaba", theme.accent)] if frame["backer"].eq(ALIBABA).any() else []
    return own + [
        square(mark.meaning, theme.other) if mark.style["marker"] == "s" else mark for mark in marks
    ]


def _draw_money(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    notes = [rounds_note(row) for row in frame.to_dict("records")]
    names = sentence(frame["backer"])
    view = frame.assign(name=names, note=notes, color=_colors(frame, theme))
    range_bars.draw(figure, body, view, theme)


CHARTS = (
    Chart(
        name="network_reach",
        notebook=NOTEBOOK,
        measure=_reach,
        title=_reach_title,
        subtitle=_reach_subtitle,
        alt=_reach_alt,
        rows=_reach_rows,
        key=lambda frame, theme: [],
        draw=_draw_reach,
        size=(800, 480),
    ),
    Chart(
        name="network_standing",
        notebook=NOTEBOOK,
        measure=_standing,
        title=_standing_title,
        subtitle=_standing_subtitle,
        alt=_standing_alt,
        rows=_standing_rows,
        key=lambda frame, theme: [],
        draw=_draw_standing,
        size=(800, 460),
    ),
    Chart(
        name="network_money",
        notebook=NOTEBOOK,
        measure=_money,
        title=_money_title,
        subtitle=_money_subtitle,
        alt=_money_alt,
        rows=_money_rows,
        key=_money_key,
        draw=_draw_money,
        size=(800, 520),
    ),
)
