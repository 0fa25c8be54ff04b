"""A small made-up record whose texts try to be more than texts, and how its pages are read."""

from collections.abc import Callable, Mapping
from pathlib import Path
from runpy import run_path

import pandas as pd
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.parsers.docutils_ import Parser

from analysis import load
from analysis.build import build
from analysis.charts.chart import Chart
from analysis.site.pictures import Plotted
from analysis.tables import TABLES
from tests.conftest import write_raw

SITE = Path(__file__).parents[2] / "site"
EXTENSIONS = run_path(str(SITE / "conf.py"))["myst_enable_extensions"]

HOSTILE = "</td><script>alert(1)</script> | **b** [x](javascript:alert(1)) {ref}`y` $z$"
DEAL = {
    "company": "Acme", "round": "Series B", "announced": "2026-04-10", "published": "2026-04-10",
    "amount": "2 billion yuan", "lead_investors": "North Fund",
}  # fmt: skip
REPORTS = [
    {**DEAL, "report_id": "r1", "reliability": "high", "publisher": "早报", "note": HOSTILE},
    {**DEAL, "report_id": "r2", "amount": "2 billion yuan ($290 million)", "origin": "Wire",
     "investors": "South Fund", "publisher": HOSTILE},
    {**DEAL, "report_id": "r3", "amount": "$2.9 billion", "reliability": "low"},
    {**DEAL, "report_id": "r4", "amount": "$100 million", "kind": "part", "lead_investors": "North Fund",
     "round": "", "published": "2026-04-12"},
    {**DEAL, "report_id": "r5", "amount": "up to $280 million", "status": "in talks",
     "announced": "2026-03-02", "published": "2026-03-02", "round": ""},
    {"report_id": "r6", "company": "Agme", "round": "A轮", "amount": "over $10 million",
     "announced": "2025-05", "published": "2025-06-01"},
    {"report_id": "r7", "company": "Acme", "round": "Seed", "amount": "undisclosed", "announced": "2024-02",
     "published": "2024-02-20"},
    {"report_id": "r8", "company": "Acme", "round": "", "amount": "$50 million", "announced": "2025-12-01",
     "published": "2025-12-01", "kind": "debt"},
    {"report_id": "r9", "company": "Bolt", "round": "Series A", "amount": "$30 million",
     "announced": "2025-05", "published": "2025-06-02"},
]  # fmt: skip
SHEETS = {
    "companies.csv": [
        {"company_id": "acme", "name": "Acme <i>AI</i>", "name_zh": "爱克米", "country": "CN"},
        {"company_id": "bolt", "name": "Bolt", "name_zh": "", "country": "US"},
        {"company_id": "coda", "name": "Coda", "name_zh": "", "country": "US"},
    ],
    "company_aliases.csv": [{"alias": name, "company_id": name.casefold()} for name in ("Acme", "Bolt")],
    "investor_aliases.csv": [
        {"alias": "North Fund", "investor": "North Fund", "parent_group": "North"},
        {"alias": "South Fund", "investor": "South Fund", "parent_group": "none"},
    ],
    "funding_reports.csv": [
        {"publisher": f"Paper {row['report_id']}", "url": f"https://example.org/{row['report_id']}", **row}
        for row in REPORTS
    ],
    "corrections.csv": [
        {"report_id": "r6", "field": "company", "expected_text": "Agme", "corrected_text": "Bolt",
         "reason": "The page misspells the name."},
    ],
    "segment_readings.csv": [
        {"segment": "video", "name": "video", "ring": "outer", "digital_or_physical": "digital",
         "human_level_need": "none", "reason": "Clips are made to watch."},
    ],
    "product_events.csv": [
        {"developer": "Acme", "product": HOSTILE, "event": "launch", "date": "2026-01-13",
         "publisher": "Daily", "reliability": "high", "url": "https://example.org/product"},
    ],
    "usage_metrics.csv": [
        {"company": "Acme", "product": "Clips", "metric": "users", "value": "over 1 million users",
         "period": "2026-01", "publisher": "Daily", "reliability": "low", "url": "file:///etc/passwd"},
    ],
    "company_facts.csv": [
        {"company": "Acme", "fact": "founded_in", "value": "March 2023", "as_of": "2024",
         "publisher": "Daily", "reliability": "high", "url": "https://example.org/fact"},
    ],
    "known_gaps.csv": [{"company_id": "acme", "what_is_missing": "angel round of 2023", "period": "2023"}],
}  # fmt: skip
ROWS = pd.DataFrame(
    {"Company": ["Acme", "Bolt"], "Dollars": ["5m", "10m"], "round_id": ["acme-2026-04", None]}
)
BEHIND = ("round_id", "round_ids", "url", "publisher")
"""Columns of a frame that say what is behind a row."""
DAYS = [f"{day:%Y-%m-%d},1.2,8.4" for day in pd.date_range("2024-02-01", "2026-04-30", freq="B")]


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, pd.DataFrame]:
    """The processed tables of the record, and its corrections."""
    folder = tmp_path_factory.mktemp("record")
    write_raw(folder / "raw", SHEETS, DAYS)
    build(folder / "raw", folder / "processed")
    tables = {name: load.table(name, folder / "processed") for name in TABLES}
    return tables | {"corrections": pd.DataFrame(SHEETS["corrections.csv"], dtype="str")}


@pytest.fixture(scope="session")
def plotted() -> Callable[..., Plotted]:
    """A chart of two made-up rounds whose frame is its words, with what is special about it."""

    def made(
        name: str = "acme",
        frame: pd.DataFrame = ROWS,
        alt: str = "Two rounds.",
        title: str = "Acme raised 15m",
        files: tuple[str, ...] = ("acme.png", "acme.csv"),
    ) -> Plotted:
        words = frame[[column for column in frame if column not in BEHIND]]
        chart = Chart(
            name, "01_acme", lambda _: frame, lambda _: title, lambda _: "Closed rounds", lambda _: alt,
            lambda _: words, lambda *_: [], lambda *_: None,
        )  # fmt: skip
        return Plotted(chart, frame, words.astype("str"), files)

    return made


def read(source: str) -> nodes.document:
    """What a page says, as MyST understands it; links are left as they were written."""
    document = publish_doctree(
        source,
        parser=Parser(),
        settings_overrides={
            "myst_enable_extensions": EXTENSIONS,
            "myst_all_links_external": True,
            "report_level": 2,
            "halt_level": 2,
            "raw_enabled": True,
            "_disable_config": True,
        },
    )
    assert isinstance(document, nodes.document)
    return document


def addresses(document: nodes.document) -> set[str]:
    """Where the links of a page lead."""
    return {node["refuri"] for node in document.findall(nodes.reference) if "refuri" in node}


def cells_under(document: nodes.document, heading: str) -> list[list[str]]:
    """The table under a heading, its head apart, as text."""
    for section in document.findall(nodes.section):
        if section[0].astext() == heading:
            body = next(section.findall(nodes.tbody))
            return [[entry.astext() for entry in row.findall(nodes.entry)] for row in body.findall(nodes.row)]
    raise AssertionError(f"no section {heading!r}")
