"""The steps from the raw files to the tables, one by one: each gives what data/processed holds.

A change of the code that changes no figure leaves these tests alone. One that changes a figure fails
here until `make data` has written the new tables, so that it is seen as a difference in them.
"""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.build import PROCESSED, RAW, Built, read_raw
from analysis.clean import records
from analysis.clean.corrections import apply_corrections
from analysis.clean.directory import read_directory
from analysis.clean.drafts import draft_rounds
from analysis.clean.linking import link
from analysis.clean.policies import round_policies_table
from analysis.clean.reports import read_reports
from analysis.clean.rounds import conflicts_table, round_investors_table, rounds_table
from analysis.clean.sheets import Problem
from analysis.tables import TABLES, csv_bytes, shape


def differences(name: str, frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Lines of a table and of its file that differ."""
    made = csv_bytes(TABLES[name], shape(TABLES[name], frame)).decode().splitlines()
    held = (PROCESSED / f"{name}.csv").read_text("utf-8").splitlines()
    assert len(made) == len(held)
    return [pair for pair in zip(made, held, strict=True) if pair[0] != pair[1]]


def committed_problems(file: str, built: Built) -> list[tuple[object, ...]]:
    """The rows of the table problems that name a file."""
    held = built.tables["problems"]
    return sorted(held[held["file"] == file].drop(columns="file").itertuples(index=False, name=None))


def as_rows(problems: list[Problem]) -> list[tuple[object, ...]]:
    return sorted((p.line, p.column, p.text, p.reason, p.action) for p in problems)


@pytest.fixture(scope="session")
def given(built: Built) -> SimpleNamespace:
    """What the later steps are given."""
    sheets, _, rates = read_raw(RAW)
    names = dict(zip(sheets["companies.csv"]["company_id"], sheets["companies.csv"]["name"], strict=True))
    investors = built.tables["investors"]
    return SimpleNamespace(
        sheets=sheets,
        directory=read_directory(sheets)[0],
        rates=rates,
        names=(names, dict(zip(investors["investor_id"], investors["investor"], strict=True))),
        links=link(built.reports, sheets["judgements.csv"]),
    )


def test_reports(given: SimpleNamespace, built: Built) -> None:
    corrected = apply_corrections(given.sheets["funding_reports.csv"], given.sheets["corrections.csv"])
    assert not corrected.problems
    reports, problems = read_reports(corrected.reports, given.directory, given.rates)
    assert as_rows(problems) == committed_problems("funding_reports.csv", built)
    linked = built.tables["reports"].set_index("report_id")[["round_id", "link_reason"]]
    assert differences("reports", reports.join(linked, on="report_id")) == []


def test_links(given: SimpleNamespace, built: Built) -> None:
    links = link(built.reports, given.sheets["judgements.csv"])
    held = built.tables["reports"].set_index("report_id").loc[links.index]
    assert links["link_reason"].tolist() == held["link_reason"].tolist()
    pairs = set(zip(links["event"], held["round_id"], strict=True))
    assert len(pairs) == links["event"].nunique() == held["round_id"].nunique()


def test_rounds(given: SimpleNamespace, built: Built) -> None:
    drafts = draft_rounds(built.reports, given.links, given.directory.home_currency)
    assert differences("rounds", rounds_table(drafts, *given.names, given.rates)) == []
    assert differences("conflicts", conflicts_table(drafts, given.names[1])) == []
    assert differences("round_investors", round_investors_table(drafts, built.tables["investors"])) == []


def test_round_policies(given: SimpleNamespace, built: Built) -> None:
    policies = round_policies_table(
        built.reports, given.links, built.drafts, given.names[1], given.directory.home_currency,
        given.rates,
    )  # fmt: skip
    assert differences("round_policies", policies) == []


@pytest.mark.parametrize("name", records.COLUMNS)
def test_records(name: str, given: SimpleNamespace, built: Built) -> None:
    sheet = given.sheets[f"{name}.csv"]
    found, problems = records.read_records(name, sheet, given.directory.companies, built.as_of)
    assert differences(name, found) == []
    assert as_rows(problems) == committed_problems(f"{name}.csv", built)
