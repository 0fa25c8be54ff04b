"""The chart of notebook 07 that holds our rules of choosing against others."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import matrix
from analysis.charts.house import Mark, Theme
from analysis.charts.language import say, term
from analysis.charts.words import bare, bounds, count, dollars, sentence, unit
from analysis.measures import where_sources_disagree as measures

STRONGEST = 0.25
"""The relative change from which a cell is filled wholly."""


def _policies(tables: Tables) -> pd.DataFrame:
    return measures.policy_totals(
        tables.closed_rounds(),
        tables.table("round_policies"),
        tables.companies(),
        tables.table("investors"),
        tables.table("segment_readings"),
    )


def _title(frame: pd.DataFrame) -> str:
    most = frame["change"].abs().groupby(frame["total"]).max().sort_values(ascending=False, kind="stable")
    moved = [
        say("of {total} by {change}", total=term(str(total)), change=f"{change:.0%}")
        for total, change in most.items()
        if change >= 0.005
    ]
    if not moved:
        return say("No other rule of choosing moves any of the totals by a percent")
    return say("Another rule of choosing moves the sum {totals}", totals=say(", ").join(moved[:2]))


def _subtitle(frame: pd.DataFrame) -> str:
    return say(
        "{totals} by our rules (first row) and by {n} other rules, one at a time; {unit}",
        totals=count(frame["total"].nunique(), "total"),
        n=frame.loc[frame["rule"].ne(measures.OURS), "policy"].nunique(),
        unit=unit(),
    )


def _alt(frame: pd.DataFrame) -> str:
    ours = frame[frame["policy"].eq(measures.OURS)]
    told = [
        say("{total} {amount}", total=term(row["total"]), amount=_figure(row))
        for row in ours.to_dict("records")
    ]
    changes = [
        say(
            "{rule}: {total} {amount}",
            rule=term(row["policy"]),
            total=term(row["total"]),
            amount=_figure(row),
        )
        for row in frame[frame["change"].abs().ge(0.005)].to_dict("records")
    ]
    return say(
        "Matrix of totals by rule. {title}. As chosen: {totals}. Changes: {changes}.",
        title=_title(frame),
        totals=say("; ").join(told),
        changes=say("; ").join(changes) or say("none"),
    )


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Rule": frame["rule"],
            "Instead": frame["policy"],
            "Sum of": frame["total"],
            "US dollars": [bare(_figure(row)) for row in rows],
            "Change": [_change(row["change"]) for row in rows],
            "Rounds": frame["n_rounds"].astype(str),
            "Undisclosed": frame["n_undisclosed"].astype(str),
        }
    )


def _figure(row: "dict[Any, Any]") -> str:
    """The bounds of a sum, short, or the one figure that a rule makes of it."""
    if row["policy"] in measures.ONE_FIGURE.values():
        return say("no figure") if pd.isna(row["usd_stated"]) else dollars(row["usd_stated"])
    low, high = row["usd_low"], row["usd_high"]
    return say("{amount}+", amount=dollars(low)) if low == low and high != high else bounds(low, high)


def _change(change: float) -> str:
    return "–" if pd.isna(change) else f"{change:+.1%}"


def _key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    mark = {"marker": "s", "markersize": 10, "ls": ""}
    shades = {
        say("changed by {share}", share=f"{STRONGEST / 2:.1%}"): 0.5,
        say("by {share} or more", share=f"{STRONGEST:.0%}"): 1.0,
    }
    return [
        Mark(meaning, {**mark, "color": matrix.tint(theme.other, shade, theme.paper)})
        for meaning, shade in shades.items()
    ]


def _draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    figures = frame.apply(lambda row: _figure(row.to_dict()), axis=1)
    ours = figures[frame["policy"].eq(measures.OURS)].set_axis(frame["total"].unique())
    is_same = figures.eq(frame["total"].map(ours)) & frame["policy"].ne(measures.OURS)
    view = pd.DataFrame(
        {
            "row": sentence(frame["policy"].map(term)),
            "column": sentence(frame["total"].map(term)),
            "label": figures.mask(is_same, say("same")),
            "shade": (frame["change"].abs() / STRONGEST).clip(upper=1).fillna(0),
            "color": theme.other,
        }
    )
    matrix.draw(figure, body, view, theme)


CHARTS = (
    Chart(
        name="disagree_policies",
        notebook="07_where_sources_disagree",
        measure=_policies,
        title=_title,
        subtitle=_subtitle,
        alt=_alt,
        rows=_rows,
        key=_key,
        draw=_draw,
        size=(800, 640),
        sizes={"column": (480, 900)},
    ),
)
