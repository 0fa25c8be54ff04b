"""Whatever a source writes is text in everything that this project writes."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from analysis import load
from analysis.site import markup
from analysis.tables import TABLES
from tests.hostile import inspection
from tests.hostile.payloads import LONG
from tests.hostile.project import COMMANDS, Project
from tests.hostile.record import KINDS, Record, company_id

pytestmark = pytest.mark.slow

UNSEEN = {
    # Columns that no output shows.
    "company_aliases.csv alias", "investor_aliases.csv alias", "investor_aliases.csv publisher",
    "investor_aliases.csv url", "judgements.csv reason",
}  # fmt: skip


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def found(root: Path, glob: str, read: Callable[[Path], Iterator[str]]) -> tuple[int, dict[str, list[str]]]:
    """How many files there are, and what is wrong in which."""
    files = sorted(path for path in root.glob(glob) if "_static" not in path.parts)
    faults = {path.name: sorted(set(read(path)))[:5] for path in files}
    return len(files), {name: wrong for name, wrong in faults.items() if wrong}


def test_every_command_ends_well(spoilt: Project) -> None:
    assert spoilt.failed == []
    assert set(spoilt.said) == set(COMMANDS)


def test_nothing_asks_the_network_a_shell_or_another_folder(spoilt: Project) -> None:
    assert spoilt.stopped == []
    assert spoilt.strays == []


def test_no_html_of_the_site_holds_a_payload(spoilt: Project) -> None:
    site = spoilt.root / "site" / "build"
    n, faults = found(site, "**/*.html", lambda path: inspection.faults_of_html(text(path), is_page=True))
    assert (n > 400, faults) == (True, {})


def test_no_output_of_a_notebook_holds_a_payload(spoilt: Project) -> None:
    n, faults = found(
        spoilt.root / "notebooks", "*.ipynb", lambda path: inspection.faults_of_notebook(text(path))
    )
    assert (n, faults) == (7, {})


@pytest.mark.parametrize(
    ("ending", "read"),
    [
        ("svg", inspection.faults_of_svg),
        ("pdf", inspection.faults_of_pdf),
        ("pptx", inspection.faults_of_office),
        ("csv", inspection.faults_of_csv),
    ],
)
def test_no_export_runs_or_loads_anything(
    spoilt: Project, ending: str, read: Callable[[bytes], Iterator[str]]
) -> None:
    n, faults = found(spoilt.root / "exports", f"*.{ending}", lambda path: read(path.read_bytes()))
    assert (n > 40, faults) == (True, {})


def test_no_table_holds_a_formula(spoilt: Project) -> None:
    tables = spoilt.root / "data" / "processed"
    n, faults = found(tables, "*.csv", lambda path: inspection.faults_of_csv(path.read_bytes()))
    assert (n, faults) == (len(TABLES), {})


def test_no_text_file_and_no_terminal_is_steered(spoilt: Project) -> None:
    n, faults = found(
        spoilt.root / "exports", "*.txt", lambda path: inspection.faults_of_terminal(text(path))
    )
    assert (n > 40, faults) == (True, {})
    said = {name: list(inspection.faults_of_terminal(words)) for name, words in spoilt.said.items()}
    assert {name: signs for name, signs in said.items() if signs} == {}


def test_what_cannot_be_accepted_is_a_problem_by_file_line_and_column(spoilt: Project) -> None:
    problems = load.table("problems", spoilt.root / "data" / "processed")
    told = set(problems[["file", "line", "column"]].itertuples(index=False, name=None))
    assert [row for row in spoilt.refused if row not in told] == []
    assert len(spoilt.refused) > 30


def test_texts_come_back_as_they_were_written(spoilt: Project) -> None:
    record, processed = Record(), spoilt.root / "data" / "processed"
    companies = load.table("companies", processed).set_index("company_id")["name"]
    assert {kind: companies[company_id(kind)] for kind in KINDS} == record.companies
    readings = load.table("segment_readings", processed)["reason"]
    assert set(readings) >= {row["reason"] for row in record.rows["segment_readings.csv"]}


def test_a_page_says_the_name_of_its_company_as_text(spoilt: Project) -> None:
    for kind, name in Record().companies.items():
        page = text(spoilt.root / "site" / "build" / "companies" / f"{company_id(kind)}.html")
        heading = inspection.lxml_html.fromstring(page).xpath("//main//h1")[-1].text_content()
        assert heading.startswith(markup.plain(name)), kind


def test_every_column_of_words_reaches_an_output(spoilt: Project) -> None:
    """A payload that nobody shows would prove nothing."""
    said = list(spoilt.said.values())
    for path in (spoilt.root / "site" / "build").rglob("*.html"):
        page = inspection.lxml_html.fromstring(text(path))
        said += [page.text_content(), *page.xpath("//a/@href")]
    shown = {number for words in said for number in re.findall(r"(?<!\d)\d{4}(?!\d)", words)}
    places = {where.partition(" in ")[2] for where in spoilt.cells.values()}
    reached = {where.partition(" in ")[2] for n, where in spoilt.cells.items() if n in shown}
    assert places - reached - UNSEEN == set()


def test_a_long_name_is_whole_in_the_tables_and_cut_in_pictures(spoilt: Project) -> None:
    companies = load.table("companies", spoilt.root / "data" / "processed").set_index("company_id")["name"]
    assert len(companies["hostile-long"]) > LONG
    drawn = [text(path) for path in (spoilt.root / "exports").glob("*.svg")]
    longest = max(max(map(len, re.findall(r">([^<]*)</text>", picture)), default=0) for picture in drawn)
    assert longest < 300


def test_tables_are_of_their_types(spoilt: Project) -> None:
    rounds = load.table("rounds", spoilt.root / "data" / "processed")
    assert pd.api.types.is_float_dtype(rounds["usd_stated"])
    assert rounds["usd_stated"].max() > 20e9
