"""The charts of notebook 07 that count: verdicts and widths of dates."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import count_bars
from analysis.charts.house import Theme
from analysis.charts.language import say, term
from analysis.charts.words import capital, count, sentence, tally
from analysis.measures import where_sources_disagree as measures

NOTEBOOK = "07_where_sources_disagree"
VERDICTS = {"rounding": "rounding or conversion", "other": "outvoted, reason unknown"}
DATE_HEADS = {"announced": "A report says when", "published": "Only the page’s date"}


# Verdicts on values that were not chosen


def _verdicts(tables: Tables) -> pd.DataFrame:
    return measures.verdicts(tables.conflicts(), tables.reports())


def _verdicts_title(frame: pd.DataFrame) -> str:
    rounded = int(frame.loc[frame["probably"].eq(measures.AGREEING), "n_values"].sum())
    parts = {"n": tally(rounded), "values": count(int(frame["n_values"].sum()), "value")}
    if rounded == 1:
        return say("{n} of {values} that were not chosen is the chosen one rounded or converted", **parts)
    return capital(
        say("{n} of {values} that were not chosen are the chosen one rounded or converted", **parts)
    )


def _verdicts_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Values that were not chosen, by what they most likely are and by the best reliability "
        "of the reports behind them; amounts compared in nominal US dollars"
    )


def _verdicts_alt(frame: pd.DataFrame) -> str:
    told = [
        say(
            "{verdict} {n} ({high} high, {medium} medium, {low} low)",
            verdict=term(row["probably"]),
            n=row["n_values"],
            **{tier: row[tier] for tier in measures.TIERS},
        )
        for row in frame.to_dict("records")
    ]
    return say(
        "Bars of counts by reliability of the source. {title}. {verdicts}.",
        title=_verdicts_title(frame),
        verdicts=say("; ").join(told),
    )


def _verdicts_rows(frame: pd.DataFrame) -> pd.DataFrame:
    tiers = {tier.capitalize(): frame[tier].astype(str) for tier in measures.TIERS}
    return pd.DataFrame(
        {"Probably": frame["probably"].replace(VERDICTS), **tiers, "All": frame["n_values"].astype(str)}
    )


def _draw_verdicts(figure_: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    count_bars.draw(figure_, body, _verdicts_view(frame, theme), _verdicts_heads(frame), theme)


def _verdicts_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    return frame.assign(name=sentence(frame["probably"].replace(VERDICTS).map(term)), color=theme.other)


def _verdicts_heads(frame: pd.DataFrame) -> dict[str, tuple[str, str]]:
    return {
        tier: (capital(say("{tier} reliability", tier=term(tier))), count(int(frame[tier].sum()), "value"))
        for tier in measures.TIERS
    }


# How finely dates are known


def _dates_title(frame: pd.DataFrame) -> str:
    to_the_day = int(frame.loc[frame["width"].eq("one day"), "announced"].sum())
    parts = {"n": tally(to_the_day), "rounds": count(int(frame["n_rounds"].sum()), "closed round")}
    if to_the_day == 1:
        return say("{n} of {rounds} is dated to the day by a report", **parts)
    return capital(say("{n} of {rounds} are dated to the day by a report", **parts))


def _dates_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Closed rounds by the width of the range in which their date lies, and by what the date rests on"
    )


def _dates_alt(frame: pd.DataFrame) -> str:
    told = [
        say(
            "{width} {n} ({published} by the page alone)",
            width=term(row["width"]),
            n=row["n_rounds"],
            published=row["published"],
        )
        for row in frame.to_dict("records")
    ]
    return say(
        "Bars of counts by width of the date range. {title}. {widths}.",
        title=_dates_title(frame),
        widths=say("; ").join(told),
    )


def _dates_rows(frame: pd.DataFrame) -> pd.DataFrame:
    counts = {head: frame[column].astype(str) for column, head in DATE_HEADS.items()}
    return pd.DataFrame({"Range": frame["width"], **counts, "All": frame["n_rounds"].astype(str)})


def _draw_dates(figure_: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    count_bars.draw(figure_, body, _dates_view(frame, theme), _dates_heads(frame), theme)


def _dates_view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    return frame.assign(name=sentence(frame["width"].map(term)), color=theme.other)


def _dates_heads(frame: pd.DataFrame) -> dict[str, tuple[str, str]]:
    return {
        column: (term(head), count(int(frame[column].sum()), "round")) for column, head in DATE_HEADS.items()
    }


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
        sizes={"column": (480, 700)},
        native=lambda frame, theme: count_bars.native(
            _verdicts_view(frame, theme), _verdicts_heads(frame), theme
        ),
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
        native=lambda frame, theme: count_bars.native(_dates_view(frame, theme), _dates_heads(frame), theme),
    ),
)
