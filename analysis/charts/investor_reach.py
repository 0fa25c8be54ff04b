"""The charts of notebook 06: how far backers reach, and the money of the rounds that they were in."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import count_bars, matrix, range_bars
from analysis.charts.house import Mark, Theme
from analysis.charts.investor_network import NOTEBOOK, SHOWN, Row, alibabas, grid, ties
from analysis.charts.language import name, say, term
from analysis.charts.sum_words import rounds_note, sum_of, sum_rows
from analysis.charts.video_models import square
from analysis.charts.words import count, unit
from analysis.charts.world_model_field import capitalised
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
    parts = {
        "backer": name(first["backer"]), "companies": count(first["n_companies"], "company"),
        "sure": _sure(first),
    }  # fmt: skip
    if not others:
        return say("{backer} backs {companies}, {sure}", **parts)
    (second,) = others
    return say(
        "{backer} backs {companies}, {sure}; {other} {n}, {other_sure}",
        **parts, other=name(second["backer"]), n=second["n_companies"], other_sure=_sure(second),
    )  # fmt: skip


def _sure(row: Row) -> str:
    """How many of the companies are told twice."""
    if row["n_twice_told"] == row["n_companies"]:
        return say("all told twice")
    if row["n_twice_told"] == 0:
        return say("none told twice")
    return say("{n} told twice", n=row["n_twice_told"])


def _reach_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Backers named in closed rounds of at least {companies}. Told twice: by two or more independent "
        "reports of a round",
        companies=count(int(frame["n_companies"].min()), "company"),
    )


def _reach_alt(frame: pd.DataFrame) -> str:
    told = [
        say(
            "{backer} {n} ({twice} told twice, {led} led)",
            backer=name(row["backer"]), n=row["n_companies"], twice=row["n_twice_told"], led=row["n_led"],
        )
        for row in frame.head(SHOWN).to_dict("records")
    ]  # fmt: skip
    return say(
        "Bars of the number of companies by backer. {title}. {backers}.",
        title=_reach_title(frame), backers=say("; ").join(told),
    )  # fmt: skip


def _reach_rows(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = {"Companies": "n_companies", "Told twice": "n_twice_told", "Led": "n_led", "Rounds": "n_rounds"}
    counts = {header: frame[column].astype(str) for header, column in numbers.items()}
    return pd.DataFrame({"Backer": frame["backer"], "Is a": frame["type"], **counts})


def _reach_heads() -> dict[str, tuple[str, str]]:
    """The heads of the columns, and the note under each."""
    return {
        "n_companies": (say("All"), say("named in a round")),
        "n_twice_told": (say("Told twice"), say("by independent reports")),
        "n_led": (say("Led"), say("at least one round")),
    }


def _reach_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the bars."""
    return frame.assign(name=frame["backer"].map(name), color=_colors(frame, theme))


def _draw_reach(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    count_bars.draw(figure, body, _reach_view(frame, theme), _reach_heads(), theme)


# Standing in the graph


def _standing(tables: Tables) -> pd.DataFrame:
    tied = ties(tables)
    return co_investment.standings(tied, measures.foremost(measures.backed(tied), MOST))


def _standing_title(frame: pd.DataFrame) -> str:
    rows = frame[frame["between"].gt(0)].nlargest(2, "between").to_dict("records")
    if not rows:
        return say("No backer stands between others")
    first, *others = rows
    parts = {"backer": name(first["backer"]), "share": _label(first, "between")}
    if not others:
        return say("{backer} lies on {share} of the chains between backers", **parts)
    (second,) = others
    return say(
        "{backer} lies on {share} of the chains between backers, {other} on {other_share}",
        **parts, other=name(second["backer"]), other_share=_label(second, "between"),
    )  # fmt: skip


def _standing_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Partners are named in the same closed round; long lists count less. A chain is the shortest way "
        "from one backer to another"
    )


def _standing_alt(frame: pd.DataFrame) -> str:
    told = [
        say(
            "{backer} {share} ({twice} told twice)",
            backer=name(row["backer"]), share=_label(row, "between"), twice=_label(row, "firm_between"),
        )
        for row in frame.to_dict("records")
    ]  # fmt: skip
    return say(
        "Matrix of backers and measures of standing. {title}. Share of chains through each: {shares}.",
        title=_standing_title(frame), shares=say(", ").join(told),
    )  # fmt: skip


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
        return say("{partner}, {n}", partner=name(row["partner"]), n=value) if value else "–"
    return str(value)


def _draw_standing(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    parts = [
        pd.DataFrame(
            {
                "row": frame["backer"].map(name),
                "column": term(head),
                "label": [_label(row, column) for row in frame.to_dict("records")],
                "shade": (frame[column] / (frame[column].max() or 1)).fillna(0),
                "color": _colors(frame, theme),
            }
        )
        for column, head in STANDING.items()
    ]
    matrix.draw(figure, body, grid(pd.concat(parts), list(map(term, STANDING.values())), theme), theme)


# Money of the rounds with the leading backers


def _money(tables: Tables) -> pd.DataFrame:
    tied = ties(tables)
    return measures.money(tied, tables.closed_rounds(), _leading(tied))


def _leading(tied: pd.DataFrame) -> pd.DataFrame:
    return measures.foremost(measures.backed(tied), LEADING)


def _money_title(frame: pd.DataFrame) -> str:
    *most, last = map(name, frame["backer"].iloc[2:])
    backers = say("{most} or {last}", most=say(", ").join(most), last=last) if most else last
    return say("Rounds with {backers} brought {amount}", backers=backers, amount=sum_of(frame.iloc[0]))


def _backer(row: Row) -> str:
    """What a bar is of: a backer, or several together."""
    backer = str(row["backer"])
    return term(backer) if backer in (measures.TOGETHER, measures.TOLD_TWICE) else name(backer)


def _money_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Closed rounds in which the backers took part, with all other investors’ money; a round may be in "
        "several bars; {unit}",
        unit=unit(),
    )


def _money_alt(frame: pd.DataFrame) -> str:
    bars = [
        say("{name} {amount} ({note})", name=_backer(row), amount=sum_of(row), note=rounds_note(row))
        for row in frame.to_dict("records")
    ]
    return say(
        "Bars of whole rounds, from the lower bound to the upper; they do not add up. {bars}.",
        bars=say("; ").join(bars),
    )


def _money_rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = sum_rows(frame, "backer", "n_companies")
    return rows.assign(**{"Rounds told twice": frame["n_rounds_twice_told"].astype(str)})


def _money_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    marks = range_bars.key(frame, theme)
    return alibabas(frame, theme) + [
        square(mark.meaning, theme.other) if mark.style["marker"] == "s" else mark for mark in marks
    ]


def _money_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    """The frame in the shape of the bars."""
    rows = frame.to_dict("records")
    notes = [rounds_note(row) for row in rows]
    names = [capitalised(_backer(row)) for row in rows]
    return frame.assign(name=names, note=notes, color=_colors(frame, theme))


def _draw_money(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    range_bars.draw(figure, body, _money_view(frame, theme), theme)


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
        sizes={"column": (480, 740)},
        native=lambda frame, theme: count_bars.native(_reach_view(frame, theme), _reach_heads(), theme),
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
        sizes={"column": (480, 700)},
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
        native=lambda frame, theme: range_bars.native(_money_view(frame, theme), theme),
    ),
)
