"""The stages of a build, each a function of what it is given: whole folders and parts of one go through them.

Reports are typed one by one; those of whole companies are then linked and settled; what is left is about all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis import tables as t
from analysis.clean import records, segments
from analysis.clean.directory import Directory
from analysis.clean.drafts import Drafts, draft_rounds
from analysis.clean.linking import link
from analysis.clean.policies import round_policies_table
from analysis.clean.rounds import conflicts_table, round_investors_table, rounds_table
from analysis.clean.sheets import Problem
from analysis.parse.investors import Investor


@dataclass(frozen=True)
class Reference:
    """What reports are read against.

    Attributes:
        sheets: rows of every raw sheet but the reports, by file name.
        directory: spellings of companies and investors.
        rates: dollars for one unit of each currency by day.
        judgements: rows of judgements.csv that are heeded.
    """

    sheets: Mapping[str, pd.DataFrame]
    directory: Directory
    rates: pd.DataFrame
    judgements: pd.DataFrame


Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


def quietly(stage: str, done: int, number: int) -> None:
    """Tell nobody of the progress."""


Named = Mapping[str, tuple[int, Investor]]
"""Investors by id, each as the report in this line names it."""


@dataclass(frozen=True)
class Settled:
    """Rounds of whole companies.

    Attributes:
        tables: reports, rounds, round_policies, round_investors and conflicts, not yet shaped.
        drafts: the rounds with the choice for each field.
        problems: sums without dollars.
        n_rounds: closed rounds by the id of each investor that a report of theirs names.
    """

    tables: Mapping[str, pd.DataFrame]
    drafts: Drafts
    problems: list[Problem]
    n_rounds: Mapping[str, int]


def named_investors(reports: pd.DataFrame) -> Named:
    """Return every investor that typed reports name, as the last of them does."""
    return {
        mention.investor.investor_id: (line, mention.investor)
        for line, found in zip(reports["line"], reports["mentions"], strict=True)
        for mention in found
    }


def settle(reports: pd.DataFrame, reference: Reference, named: Named) -> Settled:
    """Link the reports of whole companies and choose the values of their rounds.

    Args:
        reports: typed reports, as `clean.reports.read_reports` returns them: all of each company.
        reference: what they are read against.
        named: every investor that they name.
    """
    directory, rates = reference.directory, reference.rates
    links = link(reports, reference.judgements)
    drafts = draft_rounds(reports, links, directory.home_currency)
    companies = reference.sheets["companies.csv"]
    names = dict(zip(companies["company_id"], companies["name"], strict=True))
    investors = {name: who.name for name, (_, who) in named.items()}
    rounds = rounds_table(drafts, names, investors, rates)
    tables = {
        "reports": reports.assign(
            round_id=reports["report_id"].map(drafts.round_of), link_reason=links["link_reason"].to_numpy()
        ).sort_values("report_id", ignore_index=True),
        "rounds": rounds,
        "round_policies": round_policies_table(
            reports, links, drafts, investors, directory.home_currency, rates
        ),
        "round_investors": round_investors_table(drafts, investors_table(named, {}, directory)),
        "conflicts": conflicts_table(drafts, investors),
    }
    return Settled(tables, drafts, _unconverted(rounds), drafts.count_rounds())


def _unconverted(rounds: pd.DataFrame) -> list[Problem]:
    money = rounds[
        rounds["usd_per_unit"].isna()
        & rounds["amount_qualifier"].notna()
        & (rounds["amount_qualifier"] != "undisclosed")
    ]
    return [
        Problem(
            "rounds.csv",
            0,
            "currency",
            row["currency"] or "",
            f"no dollars for {row['round_id']}: no currency is named, no date is known, or there is no "
            "reference rate at most 7 days old",
            "the amount stays in its own currency and is left out of dollar sums; add a report that gives "
            "date and currency, or write the rates anew with python -m analysis refresh-rates",
        )
        for row in money.to_dict("records")
    ]


def investors_table(named: Named, n_rounds: Mapping[str, int], directory: Directory) -> pd.DataFrame:
    """Return the table investors: every one that an accepted report names.

    Args:
        named: the investors by id.
        n_rounds: closed rounds that name each; none for those that are missing.
        directory: the investors that investor_aliases.csv lists.
    """
    listed = {investor.investor_id for investor in directory.investors}
    return pd.DataFrame(
        [
            {
                "investor_id": name,
                "investor": who.name,
                "parent_group": who.parent_group or None,
                "group_note": who.group.note or None,
                "kind": who.kind or None,
                "is_resolved": name in listed,
                "n_rounds": n_rounds.get(name, 0),
            }
            for name, (_, who) in named.items()
        ],
        columns=[
            *("investor_id", "investor", "parent_group", "group_note", "kind", "is_resolved", "n_rounds"),
        ],
    )


def read_beside(reference: Reference, as_of: str) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Return the tables that need no report: companies, products, usage, scores and the like.

    Args:
        reference: its sheets hold the rows.
        as_of: the newest day of collection, ISO 8601.
    """
    companies = reference.sheets["companies.csv"]
    made = {
        "companies": companies.mask(companies == "", None),
        "segment_readings": reference.sheets[segments.FILE],
    }
    problems: list[Problem] = []
    for name in records.COLUMNS:
        sheet = reference.sheets[f"{name}.csv"]
        read, more = records.read_records(name, sheet, reference.directory.companies, as_of)
        made[name] = t.in_order(t.TABLES[name], read)
        problems += more
    return made, problems


def unfit_judgements(judgements: pd.DataFrame, companies: Mapping[str, str]) -> list[Problem]:
    """Return a fatal problem for each judgement that names no two reports of one company.

    Args:
        judgements: rows of judgements.csv.
        companies: the company of each accepted report that a judgement may name.
    """
    unknown, remedy = "no accepted report has this id", "name a report of funding_reports.csv"
    problems = []
    for row in judgements.to_dict("records"):
        one, other = companies.get(row["report_id"]), companies.get(row["round"])
        strangers = one is not None and other is not None and one != other
        for column, unfit, reason, action in (
            ("report_id", one is None, unknown, remedy),
            ("round", other is None, unknown, remedy),
            ("judgement", strangers, f"{row['round']} is of another company", "name one of the same company"),
            (
                "judgement",
                row["judgement"] not in ("same", "different"),
                "not a known word",
                "use same or different",
            ),
        ):
            if unfit:
                problems.append(
                    Problem("judgements.csv", row["line"], column, row[column], reason, action, True)
                )
    return problems


def waiting(problems: Iterable[Problem], set_aside: Sequence[str]) -> Iterator[Problem]:
    """Let a decision about a report wait while the report itself is set aside: that is no reason to stop.

    Args:
        problems: what is wrong with decisions.
        set_aside: ids and texts of the rows that were not accepted.
    """
    for problem in problems:
        about_report = problem.column in ("report_id", "round")
        if about_report and any(problem.text in text for text in set_aside):
            action = "the decision waits until the report is mended"
            problem = replace(problem, reason="its report was set aside", action=action, fatal=False)
        yield problem


def problems_table(problems: Sequence[Problem]) -> pd.DataFrame:
    """Return the table problems, not yet shaped; one row for what was met twice."""
    return pd.DataFrame(
        [
            {
                "file": p.file,
                "line": p.line or None,
                "column": p.column or None,
                "text": p.text or None,
                "reason": p.reason,
                "action": p.action,
            }
            for p in problems
        ],
        columns=["file", "line", "column", "text", "reason", "action"],
    ).drop_duplicates(["file", "line", "column", "reason"])


def shape_tables(made: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Return tables with the columns, types and order of their schema; a fatal problem for each breach."""
    shaped, problems = {}, []
    for name, table in t.TABLES.items():
        if name in made:
            try:
                shaped[name] = t.shape(table, made[name])
            except t.SchemaError as error:
                problems.append(Problem(table.source, 0, "", "", str(error), "mend the raw file", True))
    if not problems:
        problems = [
            Problem("", 0, "", "", sentence, "check the raw files", True) for sentence in t.dangling(shaped)
        ]
    return shaped, problems
