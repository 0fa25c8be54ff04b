"""What several tests share: the tables of the real data, and small made-up reports."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

from analysis.build import RATES as ECB
from analysis.build import RAW, SHEETS, Built, make
from analysis.clean.directory import Directory
from analysis.clean.drafts import Drafts, draft_rounds
from analysis.clean.ledger import WAYS
from analysis.clean.linking import link
from analysis.clean.rates import read_rates
from analysis.clean.reports import COLUMNS, read_reports
from analysis.clean.rounds import conflicts_table
from analysis.columns import KINDS
from analysis.parse.investors import InvestorDirectory
from analysis.parse.names import Aliases

# How long an example takes says how busy the machine is, not whether it is right.
settings.register_profile("untimed", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# A yuan is 0.14 dollars, a Hong Kong dollar 0.128 and a euro 1.1, every Monday of three years.
_DAYS = pd.date_range("2024-01-01", "2026-12-31", freq="W-MON")
RATES, _ = read_rates(
    "\n".join(
        ["date,USD_per_EUR,CNY_per_EUR,HKD_per_EUR"]
        + [f"{day:%Y-%m-%d},1.1,{1.1 / 0.14},{1.1 / 0.128}" for day in _DAYS]
    ).encode()
)
DIRECTORY = Directory(
    Aliases([("Acme", "acme"), ("Bolt", "bolt"), ("Coda", "coda")]),
    InvestorDirectory(
        [
            {"alias": name, "investor": name, "parent_group": group, "kind": "fund"}
            for name, group in (
                ("North Fund", "North"),
                ("North Cloud", "North"),
                ("South Fund", "none"),
                ("East Fund", "none"),
                ("West Fund", "none"),
            )
        ]
    ),
    {"acme": "USD", "bolt": "CNY", "coda": "USD"},
)
BLANK = {
    **dict.fromkeys(COLUMNS, ""),
    "company": "Acme", "status": "closed", "kind": "round", "seen_as": "page", "reliability": "medium",
    "language": "en", "collected": "2026-11-23",
}  # fmt: skip
Rows = Sequence[Mapping[str, str]]


class Draft(NamedTuple):
    """An event with some of its choices."""

    round_id: str
    report_ids: list[str]
    kind: str
    is_talks: bool
    status: str
    amount_stated: float
    conflicts: list[dict[str, Any]]


class Settled(NamedTuple):
    """What came of some made-up reports."""

    reports: pd.DataFrame
    links: pd.DataFrame
    drafts: Drafts

    def together(self) -> set[frozenset[str]]:
        """The events as sets of report ids."""
        return {frozenset(ids) for ids in self.links.groupby("event").groups.values()}

    def events(self) -> list[Draft]:
        """The events by their names."""
        drafts = self.drafts
        ids, events = drafts.ledger.reports["report_id"].tolist(), drafts.ledger.events
        lost = conflicts_table(drafts, {}).to_dict("records")
        return [
            Draft(
                drafts.round_ids[event],
                ids[events["first"][event] : events["end"][event]],
                KINDS[events["kind"][event]],
                bool(events["is_talks"][event]),
                WAYS[drafts.chosen.status["value"][event]],
                drafts.chosen.amount["stated"][event],
                [row for row in lost if row["round_id"] == drafts.round_ids[event]],
            )
            for event in drafts.in_order
        ]

    def draft(self, report_id: str) -> Draft:
        """The event that a report ended in."""
        return next(event for event in self.events() if report_id in event.report_ids)


def raw_rows(rows: Rows) -> pd.DataFrame:
    """Raw rows from what is special about them; ids r1, r2, …, a publisher and a page of its own for each."""
    filled = [
        {**BLANK, "report_id": f"r{k}", "publisher": f"Paper {k}", "url": f"https://example.org/{k}", **row}
        for k, row in enumerate(rows, 1)
    ]
    return pd.DataFrame(filled, columns=list(COLUMNS), dtype="str").assign(
        line=pd.Series(range(2, len(filled) + 2), dtype="int64")
    )


def write_raw(folder: Path, sheets: Mapping[str, Rows], rates: Iterable[str]) -> None:
    """Write raw files: what is special about the rows of some sheets, and the header of every other.

    Args:
        folder: where; it must not exist yet.
        sheets: rows by file name.
        rates: lines of the ECB's table: day, dollars and yuan for a euro.
    """
    folder.mkdir(parents=True)
    usual: dict[str, dict[str, str]] = {
        "funding_reports.csv": BLANK,
        "companies.csv": {"segment": "video", "cohort": "video-rival"},
        "investor_aliases.csv": {"kind": "fund"},
        "segment_readings.csv": {
            "segment": "video",
            "name": "video",
            "ring": "outer",
            "digital_or_physical": "digital",
            "human_level_need": "none",
            "reason": "made up",
        },
    }
    for name, (columns, _) in SHEETS.items():
        rows = [{**usual.get(name, {}), **row} for row in sheets.get(name, ())]
        frame = pd.DataFrame(rows, columns=list(columns), dtype="str")
        frame.to_csv(folder / name, index=False, lineterminator="\n")
    (folder / ECB).write_text("\n".join(["date,USD_per_EUR,CNY_per_EUR", *rates, ""]), encoding="utf-8")


@pytest.fixture(scope="session")
def tell() -> Callable[..., pd.DataFrame]:
    """Typed reports from rows that say only what matters."""

    def typed(*rows: Mapping[str, str]) -> pd.DataFrame:
        frame, problems = read_reports(raw_rows(rows), DIRECTORY, RATES)
        # A day without a rate is what some tests are about.
        assert not [p for p in problems if "no reference rate" not in p.reason], problems
        return frame

    return typed


@pytest.fixture(scope="session")
def settle(tell: Callable[..., pd.DataFrame]) -> Callable[..., Settled]:
    """Link such rows and choose the values of their events."""

    def settled(*rows: Mapping[str, str], judgements: Sequence[tuple[str, str, str]] = ()) -> Settled:
        reports = tell(*rows)
        judged = pd.DataFrame(
            [{"report_id": a, "round": b, "judgement": word, "reason": "so"} for a, b, word in judgements],
            columns=["report_id", "round", "judgement", "reason"],
        )
        links = link(reports, judged)
        return Settled(reports, links, draft_rounds(reports, links, DIRECTORY.home_currency))

    return settled


@pytest.fixture(scope="session")
def built() -> Built:
    """The tables of the committed raw files."""
    return make()


@pytest.fixture(scope="session")
def unjudged() -> Built:
    """The same without human decisions."""
    return make(use_judgements=False)


@pytest.fixture
def raw_copy(tmp_path: Path) -> Path:
    """A copy of the raw files that a test may damage."""
    return Path(shutil.copytree(RAW, tmp_path / "raw"))


@pytest.fixture(scope="session")
def rates() -> pd.DataFrame:
    """The rates that hold for the made-up reports."""
    return RATES
