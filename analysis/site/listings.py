"""The pages of all rounds, all companies and all investors: tables to sort, search and filter.

They are HTML with keys of sorting beside the words. Full-text search finds the pages that they lead to.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.charts.sum_words import sum_of
from analysis.charts.words import bounds, unit
from analysis.site import markup
from analysis.site.companies import country, event_month, event_note, raised
from analysis.site.datatables import anchor, listing, td, th
from analysis.site.markup import cell
from analysis.wording import date_in_words, round_amount, round_name, rows

TABLES = ("rounds", "companies", "segment_readings", "investors", "reports", "round_investors")
"""The tables of data/processed that the pages are made of."""

_FEW = 6
"""More events than these in one cell open at a click."""
_NOTHING = {"n_rounds": 0, "n_undisclosed": 0, "usd_low": math.nan}
Row = Mapping[Any, Any]


def pages(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """The sources of the three pages, from the tables named in TABLES."""
    segments = tables["segment_readings"][["segment", "name"]].rename(columns={"name": "builds"})
    companies = tables["companies"].merge(segments, on="segment", how="left")
    return {
        "rounds/index.md": _rounds(tables["rounds"], companies),
        "companies/index.md": _companies(tables["rounds"], companies),
        "investors.md": _investors(tables),
    }


def _rounds(rounds: pd.DataFrame, companies: pd.DataFrame) -> str:
    about = {row["company_id"]: row for row in rows(companies)}
    newest = rounds.sort_values(["date_start", "round_id"], ascending=[False, True], na_position="last")
    lines = []
    for row in rows(newest):
        company, page = about[row["company_id"]], f"{markup.name(row['round_id'])}.html"
        lines.append(
            (
                td(date_in_words(row) or "unknown", page, _day(row["date_start"]), "date"),
                _company(row, company["name_zh"]),
                td(company["builds"]),
                td(country(company)),
                td(round_name(row) or row["kind"], page),
                td(row["kind"]),
                td(row["status"]),
                td(round_amount(row, bounds=False) or "not reported", page),
                td(bounds(row["usd_low"], row["usd_high"]), page, _money(row, "usd_")),
                td(_valuation(row), page, _money(row, "valuation_usd_")),
                td(row["lead_investors"]),
                td(f"{row['n_reports']} ({row['n_independent']})", page, row["n_reports"]),
                td(row["disputed_fields"].replace("_", " ").replace(";", ",")),
            )
        )
    header = (
        th("Date", "date"),
        th("Company"),
        th("Builds", "", "filter", "visible=false"),
        th("Country", "", "filter", "visible=false"),
        th("Round"),
        th("Kind", "", "filter", "visible=false"),
        th("Status", "", "filter"),
        th("Amount", "", "orderable=false"),
        th("US dollars", "number"),
        th("Valuation", "number"),
        th("Led by"),
        th("Reports", "number"),
        th("Disputed"),
    )
    return markup.page(
        "Rounds",
        [
            "Only closed rounds and listings are money raised. Talks, debts, parts, totals, sales of shares "
            "and acquisitions stand beside them and are never added. A number leads to the page of its "
            f"round: what each report said, what was chosen and why. The second amount is in {unit()}; it "
            "sorts by the stated figure, else by the lower bound. Independent reports are in brackets.",
            listing("Rounds", header, lines, "../"),
        ],
    )


def _companies(rounds: pd.DataFrame, companies: pd.DataFrame) -> str:
    sums_ = raised(rounds)
    talks = rounds[rounds["status"] != "closed"].groupby("company_id").size()
    lines = []
    for row in rows(companies.sort_values("company_id")):
        page = f"{markup.name(row['company_id'])}.html"
        sum_ = sums_.get(row["company_id"], _NOTHING)
        money = sum_of(sum_) if sum_["n_rounds"] else "none"
        n_talks = int(talks.get(row["company_id"], 0))
        lines.append(
            (
                td(row["name"], page),
                td(row["name_zh"], page),
                td(row["builds"]),
                td(country(row)),
                td(row["cohort"]),
                td(money, page, sum_["usd_low"]),
                td(str(sum_["n_rounds"]), page, sum_["n_rounds"]),
                td(str(sum_["n_undisclosed"]), page, sum_["n_undisclosed"]),
                td(str(n_talks), page, n_talks),
            )
        )
    header = (
        th("Company"),
        th("Chinese name"),
        th("Builds", "", "filter"),
        th("Country", "", "filter"),
        th("Cohort", "", "filter"),
        th("Raised, US dollars", "number"),
        th("Closed rounds", "number"),
        th("Of unknown size", "number"),
        th("Talks", "number"),
    )
    return markup.page(
        "Companies",
        [
            "What each company raised in closed rounds and listings: the sum of the lower bounds to the sum "
            "of the upper bounds. Rounds of undisclosed size are in neither, and are counted beside. Talks "
            f"are never money. Sums are in {unit()} and sort by their lower end.",
            listing("Companies", header, lines, "../"),
        ],
    )


def _investors(tables: Mapping[str, pd.DataFrame]) -> str:
    lines = []
    events = _events(tables)
    for row in rows(tables["investors"].sort_values(["n_rounds", "investor_id"], ascending=[False, True])):
        by_company: dict[str, list[str]] = defaultdict(list)
        for event in events[row["investor_id"]]:
            note = f" ({cell(event_note(event))})" if event_note(event) else ""
            page = f"rounds/{markup.name(event['round_id'])}.html"
            company = anchor(event["company"], f"companies/{markup.name(event['company_id'])}.html")
            by_company[company].append(anchor(event_month(event), page) + note)
        named = "; ".join(f"{company} {', '.join(found)}" for company, found in by_company.items())
        n_events = len(events[row["investor_id"]])
        if n_events > _FEW:
            named = f"<details><summary>{n_events} events</summary>{named}</details>"
        lines.append(
            (
                td(row["investor"]),
                td(row["parent_group"]),
                td(row["kind"] or "not recorded"),
                td(str(row["n_rounds"]), key=row["n_rounds"]),
                td(str(len(by_company)), key=len(by_company)),
                f'<td class="events">{named}</td>',
            )
        )
    header = (
        th("Investor"),
        th("Group"),
        th("Kind", "", "filter"),
        th("Closed rounds", "number"),
        th("Companies", "number"),
        th("Named in", "", "orderable=false"),
    )
    return markup.page(
        "Investors",
        [
            "Every investor that an accepted report names, with the events in which it is named. Closed "
            "rounds are counted. Talks, totals and other kinds are marked and not counted. The group is the "
            "one that controls the investor.",
            listing("Investors", header, lines, ""),
        ],
    )


def _events(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[Row]]:
    """The events whose reports name an investor, with its role if it has one, by investor."""
    named = tables["reports"][["round_id", "investor_ids"]].dropna()
    named = named.assign(investor_id=named["investor_ids"].str.split("; ")).explode("investor_id")
    stakes = tables["round_investors"][["round_id", "investor_id", "role"]]
    events = (
        named[["round_id", "investor_id"]]
        .drop_duplicates()
        .merge(tables["rounds"], on="round_id")
        .merge(stakes, on=["round_id", "investor_id"], how="left")
        .sort_values(["company_id", "date_start", "round_id"])
    )
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(events):
        found[row["investor_id"]].append(row)
    return found


def _company(row: Row, name_zh: str) -> str:
    """A cell with a company, which a search finds by its Chinese name too."""
    link = anchor(row["company"], f"../companies/{markup.name(row['company_id'])}.html")
    names = cell(f"{row['company']} {name_zh}")
    return f'<td data-search="{names}">{link}</td>'


def _day(day: pd.Timestamp) -> float:
    return math.nan if pd.isna(day) else day.toordinal()


def _money(row: Row, prefix: str) -> float:
    """What an amount sorts by: the stated figure, else the lower bound, 0 where only the upper is known."""
    stated, low, high = (row[f"{prefix}{end}"] for end in ("stated", "low", "high"))
    least = low if math.isnan(high) or not math.isnan(low) else 0.0
    return float(least if math.isnan(stated) else stated)


def _valuation(row: Row) -> str:
    ends = row["valuation_usd_low"], row["valuation_usd_high"]
    return "" if all(map(math.isnan, ends)) else bounds(*ends)
