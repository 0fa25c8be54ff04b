"""A page for each company: what it raised and how sure that is, who invested, what it sells."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from babel import Locale

from analysis.charts.sum_words import rounds_note, sum_of
from analysis.charts.words import bounds, unit
from analysis.load import ROUND_KINDS
from analysis.measures import sums
from analysis.site import markup
from analysis.site.markup import link, reference, section, strong, text
from analysis.wording import date_in_words, round_amount, round_name, round_valuation, rows

TABLES = (
    "companies",
    "segment_readings",
    "rounds",
    "round_investors",
    "product_events",
    "usage_metrics",
    "company_facts",
    "known_gaps",
)
"""The tables of data/processed that the pages are made of."""

COUNTRIES: Mapping[str, str] = Locale("en").territories
PRODUCTS = {"When": "date", "Product": "product", "What happened": "event", "Detail": "detail"}
USAGE = {"Period": "period", "Product": "product", "What is measured": "metric", "Figure": "value"}
FACTS = {"Fact": "fact", "As told": "value", "As of": "as_of"}
Row = Mapping[Any, Any]


def pages(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """The source of a page for each company, from the tables named in TABLES."""
    rounds = tables["rounds"].sort_values(["date_start", "round_id"], na_position="first")
    stakes = tables["round_investors"].merge(
        rounds[["round_id", "company_id", "kind", "status", "date_start"]]
    )
    told = {
        "rounds": rounds.assign(is_counted=is_counted(rounds)).iloc[::-1],
        "stakes": stakes.sort_values(["date_start", "round_id"]),
        "gaps": tables["known_gaps"],
        "products": tables["product_events"].sort_values(["date_start", "record_id"], ascending=False),
        "usage": tables["usage_metrics"].sort_values(["period_start", "record_id"], ascending=False),
        "facts": tables["company_facts"],
    }
    about = {name: _by_company(frame) for name, frame in told.items()}
    segments = tables["segment_readings"].set_index("segment")["name"]
    sums_ = raised(rounds)
    return {
        f"companies/{markup.name(company['company_id'])}.md": _page(
            company,
            segments[company["segment"]],
            sums_.get(company["company_id"]),
            {name: found[company["company_id"]] for name, found in about.items()},
        )
        for company in rows(tables["companies"])
    }


def is_counted(rounds: pd.DataFrame) -> "pd.Series[bool]":
    """Which events are money raised: closed rounds and listings, as `load.closed_rounds` takes them."""
    return rounds["status"].eq("closed") & rounds["kind"].isin(ROUND_KINDS)


def raised(rounds: pd.DataFrame) -> dict[str, Row]:
    """What each company raised, as `sums.by` gives it; a company without a closed round is left out."""
    total = sums.by(rounds[is_counted(rounds)], "company_id")
    return {row["company_id"]: row for row in rows(total)}


def _by_company(table: pd.DataFrame) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(table):
        found[row["company_id"]].append(row)
    return found


def _page(company: Row, segment: str, total: Row | None, told: Mapping[str, Sequence[Row]]) -> str:
    """The page of a company from what is told of it."""
    counted = [row for row in told["rounds"] if row["is_counted"]]
    apart = [row for row in told["rounds"] if row["status"] == "closed" and not row["is_counted"]]
    talks = [row for row in told["rounds"] if row["status"] != "closed"]
    facts = [{**row, "fact": row["fact"].replace("_", " ")} for row in told["facts"]]
    return markup.page(
        " ".join(filter(None, [company["name"], company["name_zh"]])),
        [
            f"{text(country(company))}, {text(segment)}. Cohort: {text(company['cohort'])}.",
            _sum(total),
            *section("Closed rounds", _rounds(counted)),
            *section("Other deals, never added to rounds", _rounds(apart)),
            *section("Talks, never money", _rounds(talks)),
            *section("Known gaps: believed to have happened, no source found", _gaps(told["gaps"])),
            *section("Investors", _investors(told["stakes"])),
            *section("Products, as told", _told(told["products"], PRODUCTS)),
            *section("Usage and revenue, as told", _told(told["usage"], USAGE)),
            *section("Facts, as told", _told(facts, FACTS)),
        ],
    )


def country(company: Row) -> str:
    """The name of a company's country, its code where the code has none."""
    return COUNTRIES.get(company["country"], str(company["country"]))


def _sum(total: Row | None) -> str:
    if total is None:
        return "No closed round is on record."
    return f"Closed rounds add up to {strong(sum_of(total))}: {rounds_note(total)}. In {unit()}."


def _rounds(rounds: Sequence[Row]) -> str:
    lines = []
    for row in rounds:
        page = f"../rounds/{markup.name(row['round_id'])}.md"
        cells = (
            date_in_words(row) or "unknown",
            round_name(row) or row["kind"],
            round_amount(row) or "not reported",
            bounds(row["usd_low"], row["usd_high"]),
            round_valuation(row),
        )
        disputed = row["disputed_fields"].replace("_", " ").replace("; ", ", ")
        became = f"became [{row['became_round_id']}](../rounds/{row['became_round_id']}.md)"
        status = became if row["became_round_id"] else text(row["status"].replace("closed", ""))
        lines.append(
            (
                *(reference(cell, page) for cell in cells),
                text(row["lead_investors"]),
                reference(f"{row['n_reports']} ({row['n_independent']} independent)", page),
                text(disputed),
                status,
            )
        )
    header = ["Date", "Round", "Amount", "US dollars", "Valuation", "Led by", "Reports", "Disputed", "Status"]
    return markup.table(header, lines)


def _investors(stakes: Sequence[Row]) -> str:
    """Each investor once with the events that it is named in, the one with most of them first."""
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in stakes:
        note = f" ({event_note(row)})" if event_note(row) else ""
        page = f"../rounds/{markup.name(row['round_id'])}.md"
        named[row["investor"], row["parent_group"]].append(reference(event_month(row), page) + note)
    ordered = sorted(named.items(), key=lambda item: (-len(item[1]), item[0]))
    lines = [(text(investor), text(group), ", ".join(events)) for (investor, group), events in ordered]
    return markup.table(["Investor", "Group", "Named in"], lines)


def event_month(row: Row) -> str:
    """The month of an event in short, its name where no date is known."""
    return row["round_id"] if pd.isna(row["date_start"]) else f"{row['date_start']:%Y-%m}"


def event_note(row: Row) -> str:
    """What sets an investor's event apart from a closed round in which it is one of several."""
    apart = {"role": "participant", "kind": "round", "status": "closed"}
    return ", ".join(row[name] for name, usual in apart.items() if row[name] not in (usual, ""))


def _gaps(gaps: Sequence[Row]) -> str:
    return "\n".join(
        f"- {text(row['what_is_missing'])} ({text(row['period'] or 'time not known')})" for row in gaps
    )


def _told(told: Sequence[Row], columns: Mapping[str, str]) -> str:
    """Rows as their sources wrote them, at the end the source with a link and how reliable it is."""
    lines = [
        (
            *(text(row[column]) for column in columns.values()),
            f"{link(row['publisher'] or 'page', row['url'])} ({text(row['reliability'])})",
        )
        for row in told
    ]
    return markup.table([*columns, "Source"], lines)
