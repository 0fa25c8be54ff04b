"""The claims of notebook 01 and its rounds: charts, and the table with links to the evidence."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts import alibaba_portfolio, tabulate
from analysis.charts.chart import Chart, Tables
from analysis.charts.forms import checklist
from analysis.charts.house import Mark, Theme
from analysis.charts.language import name, say, term
from analysis.charts.words import bounds, count, listing, period, tally
from analysis.measures import article as measures
from analysis.measures.article import ROUNDS_OF, VERDICTS

NOTEBOOK = "01_the_article_checked"


# The claims


def evidence(tables: Tables) -> pd.DataFrame:
    """The pieces of evidence behind every claim."""
    records = {name: tables.table(name) for name in measures.RECORDS}
    return measures.evidence(tables.table("article_checks"), tables.reports(), records)


def _claims(tables: Tables) -> pd.DataFrame:
    return measures.claims(tables.table("article_checks"), tables.companies(), evidence(tables))


def _claims_title(frame: pd.DataFrame) -> str:
    confirmed, nuanced, contradicted, unfound = (
        tally(int(frame["verdict"].eq(verdict).sum())) for verdict in VERDICTS
    )
    return say(
        "{claims}: {confirmed} confirmed, {nuanced} with a nuance, {contradicted} contradicted, "
        "{unfound} not found",
        claims=count(len(frame), "claim"),
        confirmed=confirmed,
        nuanced=nuanced,
        contradicted=contradicted,
        unfound=unfound,
    )


def _claims_subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Claims of the article of April 2026 against the reports of {rounds} and the records of products "
        "and boards. “Not found” is not “false”: its hollow bar counts sources that might have told of it",
        rounds=count(frame["round_id"].nunique(), "round"),
    )


def _claims_alt(frame: pd.DataFrame) -> str:
    groups = []
    for group, told in frame.groupby("group", sort=False)["verdict"]:
        counts = [
            say("{n} {verdict}", n=n, verdict=term(str(verdict)))
            for verdict, n in told.value_counts().items()
        ]
        groups.append(say("{group}: {verdicts}", group=_group(str(group)), verdicts=listing(counts)))
    return say(
        "A list of {claims}, each with its verdict and a bar of independent sources. {title}. {groups}.",
        claims=count(len(frame), "claim"),
        title=_claims_title(frame),
        groups=say("; ").join(groups),
    )


def _group(group: str) -> str:
    """What the claims of a group are about."""
    company = group.removeprefix(ROUNDS_OF)
    return term(group) if company == group else say("Rounds of {company}", company=name(company))


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
    return [Mark(term(verdict), {**ink, **style}) for verdict, style in zip(VERDICTS, styles, strict=True)]


def _draw_claims(figure: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    view = frame.assign(
        group=frame["group"].map(_group),
        text=frame["claim"].map(term),
        column=frame["verdict"].map(term),
        n=frame["n_independent"],
        is_firm=frame["verdict"].ne("not found"),
    )
    checklist.draw(figure, body, view, _columns(theme), say("independent sources"), theme)


def verdicts(claims: pd.DataFrame, evidence: pd.DataFrame) -> None:
    """Display claims, verdicts and what the record shows, each with links to the pages of its evidence."""
    rows = _claims_rows(claims)
    pages = evidence.assign(link=list(map(tabulate.link, evidence["publisher"], evidence["url"])))
    links = pages.drop_duplicates(["claim_id", "url"]).groupby("claim_id")["link"].agg(", ".join)
    cells = rows.map(tabulate.text).assign(Evidence=rows["No"].map(links).fillna("–"))
    body = "\n".join(_line("td", row) for row in cells.to_numpy().tolist())
    table = f"<table>\n<thead>{_line('th', cells.columns)}</thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    display({"text/plain": tabulate.plain(rows), "text/html": table}, raw=True)  # type: ignore[no-untyped-call]


def _line(tag: str, cells: Iterable[str]) -> str:
    """A line of a table for the browser; each cell says its side because notebooks bring no styles."""
    told = (f'<{tag} align="left" style="text-align: left">{cell}</{tag}>' for cell in cells)
    return f"<tr>{''.join(told)}</tr>"


# The rounds of the article over time


def _rounds(tables: Tables) -> pd.DataFrame:
    trio = alibaba_portfolio.CHARTS[0].measure(tables)
    return measures.article_rounds(tables.table("article_checks"), trio, tables.rounds())


def _rounds_title(frame: pd.DataFrame) -> str:
    dated = frame.dropna(subset=["date_start"])
    twice = dated[dated.groupby("company")["round_id"].transform("size").eq(2)]
    apart = [
        say(
            "{company}’s two rounds are {days} days apart",
            company=name(told["company"].iloc[0]),
            days=gap.days,
        )
        for _, told in twice.groupby("company", sort=False)
        for gap in told["date_start"].iloc[1:] - told["date_end"].iloc[0]
    ]
    if apart:
        return listing(apart)
    return say("The article tells of {rounds}", rounds=count(len(frame), "round"))


def _rounds_alt(frame: pd.DataFrame) -> str:
    told = [
        say(
            "{company} {amount}, {when}",
            company=name(row["company"]),
            amount=bounds(row["usd_low"], row["usd_high"]),
            when=period(row["date_start"], row["date_end"]),
        )
        for row in frame.to_dict("records")
    ]
    return say(
        "Timeline of the article’s rounds ({n}): {title}. {rounds}.",
        n=len(frame),
        title=_rounds_title(frame),
        rounds=say("; ").join(told),
    )


CHARTS = (
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
        sizes={"column": (480, 1120), "page": (670, 1240)},
    ),
    replace(
        alibaba_portfolio.CHARTS[0],
        name="article_rounds",
        notebook=NOTEBOOK,
        measure=_rounds,
        title=_rounds_title,
        alt=_rounds_alt,
        size=(800, 560),
        sizes={"column": (480, 700)},
    ),
)
