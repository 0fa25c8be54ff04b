"""The charts of notebook 07 that count: verdicts and widths of dates."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import count_bars
from analysis.charts.house import Theme
from analysis.charts.words import count
from analysis.measures import where_sources_disagree as measures

NOTEBOOK = "07_where_sources_disagree"
VERDICTS = {"rounding": "rounding or conversion", "other": "outvoted, reason unknown"}
DATE_HEADS = {"announced": "A report says when", "published": "Only the page’s date"}


# Verdicts on values that were not chosen


def _verdicts(tables: Tables) -> pd.DataFrame:
    return measures.verdicts(tables.conflicts(), tables.reports())


def _verdicts_title(frame: pd.DataFrame) -> str:
    rounded = frame.loc[frame["probably"].eq(measures.AGREEING), "n_values"].sum()
    return (
        f"{rounded or 'None'} of {count(int(frame['n_values'].sum()), 'value')} that were not chosen "
        f"{'is' if rounded == 1 else 'are'} the chosen one rounded or converted"
    )


def _verdicts_subtitle(frame: pd.DataFrame) -> str:
    return (
        "Values that were not chosen, by what they most likely are and by the best reliability "
        "of the reports behind them; amounts compared in nominal US dollars"
    )


def _verdicts_alt(frame: pd.DataFrame) -> str:
    told = [
        f"{row['probably']} {row['n_values']} ({', '.join(f'{row[tier]} {tier}' for tier in measures.TIERS)})"
        for row in frame.to_dict("records")
    ]
    return f"Bars of counts by reliability of the source. {_verdicts_title(frame)}. {'; '.join(told)}."


def _verdicts_rows(frame: pd.DataFrame) -> pd.DataFrame:
    tiers = {tier.capitalize(): frame[tier].astype(str) for tier in measures.TIERS}
    return pd.DataFrame(
        {"Probably": frame["probably"].replace(VERDICTS), **tiers, "All": frame["n_values"].astype(str)}
    )


def _draw_verdicts(figure_: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    heads = {
        tier: (f"{tier.capitalize()} reliability", count(int(frame[tier].sum()), "value"))
        for tier in measures.TIERS
    }
    names = frame["probably"].replace(VERDICTS).str.capitalize()
    count_bars.draw(figure_, body, frame.assign(name=names, color=theme.other), heads, theme)


# How finely dates are known


def _dates_title(frame: pd.DataFrame) -> str:
    to_the_day = frame.loc[frame["width"].eq("one day"), "announced"].sum()
    rounds = count(int(frame["n_rounds"].sum()), "closed round")
    verb = "is" if to_the_day == 1 else "are"
    return f"{to_the_day or 'None'} of {rounds} {verb} dated to the day by a report"


def _dates_subtitle(frame: pd.DataFrame) -> str:
    return "Closed rounds by the width of the range in which their date lies, and by what the date rests on"


def _dates_alt(frame: pd.DataFrame) -> str:
    told = [
        f"{row['width']} {row['n_rounds']} ({row['published']} by the page alone)"
        for row in frame.to_dict("records")
    ]
    return f"Bars of counts by width of the date range. {_dates_title(frame)}. {'; '.join(told)}."


def _dates_rows(frame: pd.DataFrame) -> pd.DataFrame:
    counts = {head: frame[column].astype(str) for column, head in DATE_HEADS.items()}
    return pd.DataFrame({"Range": frame["width"], **counts, "All": frame["n_rounds"].astype(str)})


def _draw_dates(figure_: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    heads = {column: (head, count(int(frame[column].sum()), "round")) for column, head in DATE_HEADS.items()}
    view = frame.assign(name=frame["width"].str.capitalize(), color=theme.other)
    count_bars.draw(figure_, body, view, heads, theme)


CHARTS = (
    Chart(
        name="disagree_verdicts",
        notebook=NOTEBOOK,
        measure=_verdicts,
        title=_verdicts_title,
        subtitle=_verdicts_subtitle,
        alt=_verdicts_alt,
        rows=_verdicts_rows,
        key=lambda frame, theme: [],
        draw=_draw_verdicts,
        size=(800, 480),
    ),
    Chart(
        name="disagree_dates",
        notebook=NOTEBOOK,
        measure=lambda tables: measures.dates(tables.closed_rounds()),
        title=_dates_title,
        subtitle=_dates_subtitle,
        alt=_dates_alt,
        rows=_dates_rows,
        key=lambda frame, theme: [],
        draw=_draw_dates,
        size=(800, 380),
    ),
)
