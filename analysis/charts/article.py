"""The charts of notebook 01, and its table of claims with links to what they were held against."""

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts import alibaba_portfolio, tabulate
from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import checklist, dots
from analysis.charts.house import Mark, Theme
from analysis.charts.words import bare, bounds, count, day, dollars, listing, period
from analysis.measures import article as measures
from analysis.measures.article import CONVERSION, REPORTED, VERDICTS

NOTEBOOK = "01_the_article_checked"
NAMES = {"CNY": "yuan", "USD": "dollars"}


# One sum, several figures in dollars


def _figures(tables: Tables) -> pd.DataFrame:
    return measures.dollar_figures(tables.table("article_checks"), tables.rounds(), tables.reports())


def _figures_title(frame: pd.DataFrame) -> str:
    told = frame.loc[frame["kind"].eq(REPORTED), "usd_stated"]
    if told.empty:
        return f"{_sum(frame)}, and no figure in dollars"
    between = f"{_exact(told.min())} to {_exact(told.max())}" if told.nunique() > 1 else _exact(told.max())
    return f"{_sum(frame)}, {count(told.nunique(), 'figure')} in dollars: {between}"


def _sum(frame: pd.DataFrame) -> str:
    """The sum of the round in its own currency."""
    amount, currency = frame["amount_stated"].iloc[0], frame["currency"].iloc[0]
    if pd.isna(amount):
        return "One sum without a figure"
    return f"One sum of {dollars(amount).removeprefix('$')} {NAMES.get(currency, currency)}"


def _figures_subtitle(frame: pd.DataFrame) -> str:
    return (
        f"The round that the article opens with: what each publisher gives in nominal US dollars, against "
        f"the sum at the ECB rate of {_rate_day(frame)}; the scale does not begin at zero"
    )


def _rate_day(frame: pd.DataFrame) -> str:
    found = frame["rate_date"].iloc[0]
    return "the day" if pd.isna(found) else day(found)


def _figures_alt(frame: pd.DataFrame) -> str:
    sums = frame[frame["kind"].eq(CONVERSION)].iloc[0]
    told = frame[frame["kind"].eq(REPORTED)]
    figures = [
        f"{_exact(row['usd_stated'])} ({count(row['n_reports'], 'report')})"
        for row in told.groupby("usd_stated")["n_reports"].sum().reset_index()[::-1].to_dict("records")
    ]
    return (
        f"Dots on rows, one a publisher and figure. {_figures_title(frame)}. "
        f"At the ECB rate of {_rate_day(frame)} the sum is {_exact(sums['usd_stated'])}, with bounds "
        f"{bounds(sums['usd_low'], sums['usd_high'])}. Reported: {listing(figures or ['nothing'])}."
    )


def _figures_rows(frame: pd.DataFrame) -> pd.DataFrame:
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
    return "undisclosed" if pd.isna(amount) else f"${amount / 1e6:,.4g}m"


def _exact_bounds(row: dict[object, float]) -> str:
    """A sum with its bounds where it has some."""
    ends = dict.fromkeys([_exact(row["usd_low"]), _exact(row["usd_high"])])
    return "–".join(ends).replace("–undisclosed", " or more")


def _figures_key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    told = frame[frame["kind"].eq(REPORTED)]
    exact = told["usd_low"].eq(told["usd_high"])
    ink = {"color": theme.ink, "ls": ""}
    marks = [
        (exact, Mark("given as exact", dots.mark(theme.other, True, theme))),
        (~exact, Mark("given as approximate", dots.mark(theme.other, False, theme))),
        (
            frame["kind"].eq(CONVERSION) & frame["usd_low"].ne(frame["usd_high"]),
            Mark("bounds of the sum", {**ink, "marker": "|", "markersize": 12, "markeredgewidth": 1.6}),
        ),
    ]
    return [mark for occurs, mark in marks if occurs.any()]


def _draw_figures(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    is_sum, rows = frame["kind"].eq(CONVERSION), frame.to_dict("records")
    amount = _sum(frame).removeprefix("One sum of ")
    others = frame["origin"].where(frame["origin"].ne(frame["told_by"]) & ~is_sum)
    view = frame.assign(
        name=[amount if row["kind"] == CONVERSION else _legible(row["told_by"], row["url"]) for row in rows],
        note=("after " + others).fillna("").mask(is_sum, "at the ECB rate"),
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
    dots.draw(figure, body, view, theme)


def _legible(publisher: str, url: str) -> str:
    """The name of a publisher, or the name of its site where the face has no letters for it."""
    return publisher if publisher.isascii() else str(urlsplit(url).hostname).removeprefix("www.")


# The claims


def evidence(tables: Tables) -> pd.DataFrame:
    """The pieces of evidence behind every claim."""
    records = {name: tables.table(name) for name in measures.RECORDS}
    return measures.evidence(tables.table("article_checks"), tables.reports(), records)


def _claims(tables: Tables) -> pd.DataFrame:
    return measures.claims(tables.table("article_checks"), tables.companies(), evidence(tables))


def _claims_title(frame: pd.DataFrame) -> str:
    counts = frame["verdict"].value_counts()
    told = [f"{counts.get(verdict) or 'none'} {verdict}" for verdict in VERDICTS]
    return f"{count(len(frame), 'claim')}: {', '.join(told)}".replace(" confirmed with a", " with a")


def _claims_subtitle(frame: pd.DataFrame) -> str:
    rounds = count(frame["round_id"].nunique(), "round")
    return (
        f"Claims of the article of April 2026 against the reports of {rounds} and the records of products "
        "and boards. “Not found” is not “false”: its hollow bar counts sources that might have told of it"
    )


def _claims_alt(frame: pd.DataFrame) -> str:
    groups = [
        f"{group}: {listing([f'{n} {verdict}' for verdict, n in told.value_counts().items()])}"
        for group, told in frame.groupby("group", sort=False)["verdict"]
    ]
    return (
        f"A list of {count(len(frame), 'claim')}, each with its verdict and a bar of independent sources. "
        f"{_claims_title(frame)}. {'; '.join(groups)}."
    )


def _claims_rows(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "No": frame["claim_id"],
            "Verdict": frame["verdict"],
            "Independent": frame["n_independent"].astype(str),
            "Claim": frame["claim"].str.replace("$", "USD ", regex=False),
            "What the record shows": frame["nuance"].fillna("–").str.replace("$", "USD ", regex=False),
        }
    )


def _columns(theme: Theme) -> list[Mark]:
    """The verdicts, each with a mark of its own shape."""
    ink = {"color": theme.ink, "ls": "", "markersize": 10, "markeredgewidth": 1.6}
    styles: tuple[dict[str, Any], ...] = (
        {"marker": "o"},
        {"marker": "o", "fillstyle": "left", "markerfacecoloralt": theme.paper, "markeredgecolor": theme.ink},
        {"marker": "x", "markeredgewidth": 2.4},
        {"marker": "o", "markerfacecolor": theme.paper, "markeredgecolor": theme.muted},
    )
    return [Mark(verdict, {**ink, **style}) for verdict, style in zip(VERDICTS, styles, strict=True)]


def _draw_claims(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    view = frame.assign(
        text=frame["claim"],
        column=frame["verdict"],
        n=frame["n_independent"],
        is_firm=frame["verdict"].ne("not found"),
    )
    checklist.draw(figure, body, view, _columns(theme), "independent sources", theme)


def verdicts(claims: pd.DataFrame, evidence: pd.DataFrame) -> None:
    """Display claims, verdicts and what the record shows, each with links to the pages of its evidence."""
    rows = _claims_rows(claims)
    pages = evidence.assign(link=[_link(row) for row in evidence.to_dict("records")])
    links = pages.drop_duplicates(["claim_id", "url"]).groupby("claim_id")["link"].agg(", ".join)
    cells = rows.map(escape).assign(Evidence=rows["No"].map(links).fillna("–"))
    body = "\n".join(_line("td", row) for row in cells.to_numpy().tolist())
    table = f"<table>\n<thead>{_line('th', cells.columns)}</thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    display({"text/plain": tabulate.plain(rows), "text/html": table}, raw=True)  # type: ignore[no-untyped-call]


def _line(tag: str, cells: Iterable[str]) -> str:
    """A line of a table for the browser; each cell says its side because notebooks bring no styles."""
    told = (f'<{tag} align="left" style="text-align: left">{cell}</{tag}>' for cell in cells)
    return f"<tr>{''.join(told)}</tr>"


def _link(row: dict[object, str]) -> str:
    publisher = escape("unknown" if pd.isna(row["publisher"]) else row["publisher"])
    return publisher if pd.isna(row["url"]) else f'<a href="{escape(row["url"])}">{publisher}</a>'


# The rounds of the article over time


def _rounds(tables: Tables) -> pd.DataFrame:
    trio = alibaba_portfolio.CHARTS[0].measure(tables)
    return measures.article_rounds(tables.table("article_checks"), trio, tables.rounds())


def _rounds_title(frame: pd.DataFrame) -> str:
    dated = frame.dropna(subset=["date_start"])
    twice = dated[dated.groupby("company")["round_id"].transform("size").eq(2)]
    apart = [
        f"{told['company'].iloc[0]}’s two rounds are {gap.days} days apart"
        for _, told in twice.groupby("company", sort=False)
        for gap in told["date_start"].iloc[1:] - told["date_end"].iloc[0]
    ]
    return listing(apart) if apart else f"The article tells of {count(len(frame), 'round')}"


def _rounds_alt(frame: pd.DataFrame) -> str:
    told = [
        f"{row['company']} {bounds(row['usd_low'], row['usd_high'])}, "
        f"{period(row['date_start'], row['date_end'])}"
        for row in frame.to_dict("records")
    ]
    return f"Timeline of the article’s rounds ({len(frame)}): {_rounds_title(frame)}. {'; '.join(told)}."


CHARTS = (
    Chart(
        name="article_dollars",
        notebook=NOTEBOOK,
        measure=_figures,
        title=_figures_title,
        subtitle=_figures_subtitle,
        alt=_figures_alt,
        rows=_figures_rows,
        key=_figures_key,
        draw=_draw_figures,
        size=(800, 520),
    ),
    Chart(
        name="article_claims",
        notebook=NOTEBOOK,
        measure=_claims,
        title=_claims_title,
        subtitle=_claims_subtitle,
        alt=_claims_alt,
        rows=_claims_rows,
        key=lambda frame, theme: [],
        draw=_draw_claims,
        size=(800, 1000),
    ),
    replace(
        alibaba_portfolio.CHARTS[0],
        name="article_rounds",
        notebook=NOTEBOOK,
        measure=_rounds,
        title=_rounds_title,
        alt=_rounds_alt,
        size=(800, 560),
    ),
)
