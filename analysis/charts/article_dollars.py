"""The chart of notebook 01 that holds dollar figures against the sum in yuan."""

from collections.abc import Hashable
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import dots
from analysis.charts.house import Mark, Theme
from analysis.charts.language import ENGLISH, name, say, spoken, term
from analysis.charts.words import bare, bounds, count, day, dollars, listing, quantity
from analysis.measures import article as measures
from analysis.measures.article import CONVERSION, REPORTED

NAMES = {"CNY": "yuan", "USD": "dollars"}


def _measure(tables: Tables) -> pd.DataFrame:
    return measures.dollar_figures(tables.table("article_checks"), tables.rounds(), tables.reports())


def _title(frame: pd.DataFrame) -> str:
    told = frame.loc[frame["kind"].eq(REPORTED), "usd_stated"]
    amount = _amount(frame)
    of = say("One sum of {amount}", amount=amount) if amount else _no_figure()
    if told.empty:
        return say("{sum}, and no figure in dollars", sum=of)
    ends = _exact(told.min()), _exact(told.max())
    return say(
        "{sum}, {figures} in dollars: {range}",
        sum=of,
        figures=count(told.nunique(), "figure"),
        range=say("{low} to {high}", low=ends[0], high=ends[1]) if told.nunique() > 1 else ends[1],
    )


def _amount(frame: pd.DataFrame) -> str:
    """The sum of the round in its own currency, empty where there is none."""
    amount, currency = frame["amount_stated"].iloc[0], frame["currency"].iloc[0]
    if pd.isna(amount):
        return ""
    return say("{amount} {currency}", amount=quantity(amount), currency=term(NAMES.get(currency, currency)))


def _no_figure() -> str:
    return say("One sum without a figure")


def _subtitle(frame: pd.DataFrame) -> str:
    return say(
        "The round that the article opens with: what each publisher gives in nominal US dollars, against "
        "the sum at the ECB rate of {day}; the scale does not begin at zero",
        day=_rate_day(frame),
    )


def _rate_day(frame: pd.DataFrame) -> str:
    found = frame["rate_date"].iloc[0]
    return say("the day") if pd.isna(found) else day(found)


def _alt(frame: pd.DataFrame) -> str:
    sums = frame[frame["kind"].eq(CONVERSION)].iloc[0]
    told = frame[frame["kind"].eq(REPORTED)]
    counts = told.groupby("usd_stated")["n_reports"].sum()[::-1].reset_index()
    figures = [
        say("{amount} ({reports})", amount=_exact(usd), reports=count(n_reports, "report"))
        for usd, n_reports in counts[["usd_stated", "n_reports"]].itertuples(index=False)
    ]
    return say(
        "Dots on rows, one a publisher and figure. {title}. At the ECB rate of {day} the sum is {sum}, "
        "with bounds {bounds}. Reported: {figures}.",
        title=_title(frame),
        day=_rate_day(frame),
        sum=_exact(sums["usd_stated"]),
        bounds=bounds(sums["usd_low"], sums["usd_high"]),
        figures=listing(figures) if figures else say("nothing"),
    )


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    reported = frame["kind"].eq(REPORTED)
    ends = zip(frame["usd_low"], frame["usd_high"], strict=True)
    return pd.DataFrame(
        {
            "Given by": frame["told_by"].where(reported, f"ECB rate of {_rate_day(frame)}"),
            "US dollars": frame["usd_stated"].map(_exact).str.removeprefix("$"),
            "Bounds": ["–" if low == high else bare(bounds(low, high)) for low, high in ends],
            "After": frame["origin"].where(reported).fillna("–"),
            "Reports": frame["n_reports"].astype(str).where(reported, "–"),
        }
    )


def _exact(amount: float) -> str:
    """A figure with all the digits that tell it from its neighbours.

    >>> _exact(292.6e6), _exact(292_895_820), _exact(290e6), _exact(float("nan"))
    ('$292.6m', '$292.9m', '$290m', 'undisclosed')
    """
    return say("undisclosed") if pd.isna(amount) else dollars(amount, digits=4)


def _exact_bounds(row: dict[object, float]) -> str:
    """A sum with its bounds where it has some."""
    ends = dict.fromkeys([_exact(row["usd_low"]), _exact(row["usd_high"])])
    if pd.isna(row["usd_high"]) and len(ends) > 1:
        return say("{amount} or more", amount=_exact(row["usd_low"]))
    return "–".join(ends)


def _key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    told = frame[frame["kind"].eq(REPORTED)]
    exact = told["usd_low"].eq(told["usd_high"])
    ink = {"color": theme.ink, "ls": ""}
    marks = [
        (exact, Mark(say("given as exact"), dots.mark(theme.other, True, theme))),
        (~exact, Mark(say("given as approximate"), dots.mark(theme.other, False, theme))),
        (
            frame["kind"].eq(CONVERSION) & frame["usd_low"].ne(frame["usd_high"]),
            Mark(say("bounds of the sum"), {**ink, "marker": "|", "markersize": 12, "markeredgewidth": 1.6}),
        ),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


def _draw(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    dots.draw(figure, body, _view(frame, theme), theme)


def _view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    is_sum, rows = frame["kind"].eq(CONVERSION), frame.to_dict("records")
    amount = _amount(frame) or _no_figure()
    return frame.assign(
        name=[amount if row["kind"] == CONVERSION else _legible(row["told_by"], row["url"]) for row in rows],
        note=[say("at the ECB rate") if row["kind"] == CONVERSION else _whose_story(row) for row in rows],
        label=[
            _exact_bounds(row) if row["kind"] == CONVERSION else _exact(row["usd_stated"]) for row in rows
        ],
        color=is_sum.map({True: theme.accent, False: theme.other}),
        is_firm=is_sum | frame["usd_low"].eq(frame["usd_high"]),
        is_reference=is_sum,
        # What "about" allows is in the table; here it is a hollow dot.
        usd_low=frame["usd_low"].where(is_sum, frame["usd_stated"]),
        usd_high=frame["usd_high"].where(is_sum, frame["usd_stated"]),
    )


def _whose_story(row: dict[Hashable, Any]) -> str:
    """Whom a publisher tells a figure after, if it is another."""
    if pd.isna(row["origin"]) or row["origin"] == row["told_by"]:
        return ""
    return say("after {publisher}", publisher=name(row["origin"]))


def _legible(publisher: str, url: str) -> str:
    """The name of a publisher, or the name of its site where the face of the language lacks its letters."""
    if spoken() is ENGLISH and not publisher.isascii():
        return str(urlsplit(url).hostname).removeprefix("www.")
    return name(publisher)


CHARTS = (
    Chart(
        name="article_dollars",
        notebook="01_the_article_checked",
        measure=_measure,
        title=_title,
        subtitle=_subtitle,
        alt=_alt,
        rows=_rows,
        key=_key,
        draw=_draw,
        size=(800, 520),
        sizes={"column": (480, 760)},
        native=lambda frame, theme: dots.native(_view(frame, theme), theme),
    ),
)
