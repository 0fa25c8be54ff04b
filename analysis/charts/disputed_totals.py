"""The chart of notebook 07 that holds our rules of choosing against others."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import matrix
from analysis.charts.house import Mark, Theme
from analysis.charts.words import UNIT, bare, bounds, count, dollars, sentence
from analysis.measures import where_sources_disagree as measures

STRONGEST = 0.25
"""The relative change from which a cell is filled wholly."""
SAME = "same"


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
    moved = [f"of {total} by {change:.0%}" for total, change in most.items() if change >= 0.005]
    if not moved:
        return "No other rule of choosing moves any of the totals by a percent"
    return f"Another rule of choosing moves the sum {', '.join(moved[:2])}"


def _subtitle(frame: pd.DataFrame) -> str:
    n_rules = frame.loc[frame["rule"].ne(measures.OURS), "policy"].nunique()
    return (
        f"{count(frame['total'].nunique(), 'total')} by our rules (first row) and by {n_rules} other rules, "
        f"one at a time; {UNIT}"
    )


def _alt(frame: pd.DataFrame) -> str:
    ours = frame[frame["policy"].eq(measures.OURS)]
    told = [f"{row['total']} {_figure(row)}" for row in ours.to_dict("records")]
    moved = frame[frame["change"].abs().ge(0.005)]
    changes = [f"{row['policy']}: {row['total']} {_figure(row)}" for row in moved.to_dict("records")]
    return (
        f"Matrix of totals by rule. {_title(frame)}. As chosen: {'; '.join(told)}. "
        f"Changes: {'; '.join(changes) or 'none'}."
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
        return "no figure" if pd.isna(row["usd_stated"]) else dollars(row["usd_stated"])
    low, high = row["usd_low"], row["usd_high"]
    return f"{dollars(low)}+" if low == low and high != high else bounds(low, high)


def _change(change: float) -> str:
    return "–" if pd.isna(change) else f"{change:+.1%}"


def _key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    mark = {"marker": "s", "markersize": 10, "ls": ""}
    shades = {f"changed by {STRONGEST / 2:.1%}": 0.5, f"by {STRONGEST:.0%} or more": 1.0}
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
            "row": sentence(frame["policy"]),
            "column": sentence(frame["total"]),
            "label": figures.mask(is_same, SAME),
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
    ),
)
