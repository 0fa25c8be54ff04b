"""The chart of notebook 07 that shows slips of the press."""

from collections.abc import Hashable, Mapping
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.charts.chart import Chart, Tables
from analysis.charts.disputed_amounts import colors, when
from analysis.charts.forms import spread
from analysis.charts.house import Mark, Theme
from analysis.charts.language import ENGLISH, name, say, spoken, term
from analysis.charts.words import bare, capital, count, dollars, figure, tally, unit
from analysis.measures import where_sources_disagree as measures

Row = Mapping[Hashable, Any]


def _measure(tables: Tables) -> pd.DataFrame:
    return measures.slips(tables.rounds(), tables.reports(), tables.conflicts(), tables.companies())


def _title(frame: pd.DataFrame) -> str:
    tenfold, low = int(frame["probably"].eq("tenfold slip").sum()), int(frame["reliability"].eq("low").sum())
    parts = {
        "figures": count(tenfold, "figure"),
        "n": tally(len(frame) - tenfold),
        "judged": say("all") if low == len(frame) else say("{n} of them", n=tally(low)),
    }
    if tenfold == 1:
        return capital(
            say(
                "{figures} in the press was wrong tenfold and {n} by currency, "
                "{judged} in reports of low reliability",
                **parts,
            )
        )
    return capital(
        say(
            "{figures} in the press were wrong tenfold and {n} by currency, "
            "{judged} in reports of low reliability",
            **parts,
        )
    )


def _subtitle(frame: pd.DataFrame) -> str:
    return say(
        "Reported figure against the better supported one, amounts and valuations, talks included; {unit}, "
        "equal distances are equal factors",
        unit=unit(),
    )


def _alt(frame: pd.DataFrame) -> str:
    told = [
        say(
            "{company} ({field}): {slip}, {verdict}",
            company=name(row["company"]),
            field=_field(row),
            slip=_slip(row),
            verdict=term(row["probably"]),
        )
        for row in frame.head(12).to_dict("records")
    ]
    return say(
        "Dot plot of reported against chosen values. {title}. {slips}.",
        title=_title(frame),
        slips=say("; ").join(told),
    )


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return pd.DataFrame(
        {
            "Company": frame["company"],
            "Field": frame["field"],
            "Slip": frame["probably"].str.removesuffix(" slip"),
            "Reported": frame["reported"],
            "In US dollars": ["–" if pd.isna(row["value"]) else bare(dollars(row["value"])) for row in rows],
            "Chosen": [bare(_chosen(row)) for row in rows],
            "Publisher": frame["publisher"].fillna("–"),
            "Page": frame["url"].fillna("–"),
        }
    )


def _key(frame: pd.DataFrame, theme: Theme) -> list[Mark]:
    color = theme.ink if frame["is_trio"].any() else theme.other
    hollow = spread.hollow(color, theme)
    told = [Mark(say("reported, a slip"), hollow)] if frame["value"].notna().any() else []
    return [*told, *spread.key(_with_ends(frame), theme)]


def _draw(page: Figure, body: Bbox, frame: pd.DataFrame, theme: Theme) -> None:
    spread.draw(page, body, _view(frame, theme), theme)


def _view(frame: pd.DataFrame, theme: Theme) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return _with_ends(frame).assign(
        lane=range(len(frame)),
        name=frame["company"].map(name),
        note=[_field(row) for row in rows],
        remark=[_slip(row) for row in rows],
        color=colors(frame, theme),
        is_hollow=True,
    )


def _field(row: Row) -> str:
    """What was told of a round, and when it was."""
    return say("{field}, {when}", field=term(row["field"]), when=when(row))


def _slip(row: Row) -> str:
    """Who said what instead of what."""
    return say(
        "{site}: {told}, not {chosen}",
        site=_site(row),
        told=say("a figure") if pd.isna(row["value"]) else dollars(row["value"]),
        chosen=_chosen(row),
    )


def _site(row: Row) -> str:
    """Who published a page; in English its site, because the face has no Chinese."""
    if spoken() is not ENGLISH and not pd.isna(row["publisher"]):
        return name(row["publisher"])
    if pd.isna(row["url"]):
        return say("unknown page")
    return urlsplit(row["url"]).netloc.removeprefix("www.")


def _chosen(row: Row) -> str:
    """The better supported value."""
    return figure(row["usd_low"], row["usd_stated"], row["usd_high"])


def _with_ends(frame: pd.DataFrame) -> pd.DataFrame:
    """Values that are figures, with the ends that the form wants."""
    return frame.assign(value_low=frame["value"], value_high=frame["value"])


CHARTS = (
    Chart(
        name="disagree_slips",
        notebook="07_where_sources_disagree",
        measure=_measure,
        title=_title,
        subtitle=_subtitle,
        alt=_alt,
        rows=_rows,
        key=_key,
        draw=_draw,
        size=(800, 620),
        native=lambda frame, theme: spread.native(_view(frame, theme), theme),
    ),
)
