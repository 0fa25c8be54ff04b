"""The labelled cases against the raw reports: labels that fit nothing would score nothing."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from analysis.build import RAW, Built

CASES = Path(__file__).parents[1] / "cases"
PREFIXES = ["", "more_"]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("prefix", PREFIXES)
def test_labels_are_about_raw_reports(prefix: str) -> None:
    events, rounds = read(CASES / f"{prefix}report_events.csv"), read(CASES / f"{prefix}rounds.csv")
    ids = Counter(row["report_id"] for row in events)
    assert max(ids.values()) == 1
    assert set(ids) <= {row["report_id"] for row in read(RAW / "funding_reports.csv")}
    assert {row["event"] for row in rounds} <= {row["event"] for row in events}
    assert {row["certainty"] for row in events} <= {"sure", "unsure"}


def test_no_report_is_labelled_twice() -> None:
    given, more = ({row["report_id"] for row in read(CASES / f"{p}report_events.csv")} for p in PREFIXES)
    assert given & more == set()


@pytest.mark.parametrize("prefix", PREFIXES)
def test_an_event_is_of_one_company(prefix: str) -> None:
    companies: dict[str, set[str]] = {}
    for row in read(CASES / f"{prefix}report_events.csv"):
        companies.setdefault(row["event"], set()).add(row["company_id"])
    assert {event: found for event, found in companies.items() if len(found) > 1} == {}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_accepted_ranges_are_ranges(prefix: str) -> None:
    for row in read(CASES / f"{prefix}rounds.csv"):
        assert re.fullmatch("[A-Z]{3}", row["currency"]), row
        assert row["date_start"] <= row["date_end"], row
        if row["amount_min"] and row["amount_max"]:
            assert float(row["amount_min"]) <= float(row["amount_max"]), row


def test_every_accepted_lead_is_named_by_a_report(built: Built) -> None:
    """A label that no report supports could be met by chance only."""
    reports = built.tables["reports"].set_index("report_id")
    for prefix in PREFIXES:
        members: dict[str, list[str]] = {}
        for row in read(CASES / f"{prefix}report_events.csv"):
            members.setdefault(row["event"], []).append(row["report_id"])
        for row in read(CASES / f"{prefix}rounds.csv"):
            rounds = set(reports.loc[members[row["event"]], "round_id"])
            texts = reports.loc[reports["round_id"].isin(rounds), ["lead_investors", "lead_investor_ids"]]
            told = " ".join(texts.fillna("").to_numpy().ravel()).casefold()
            for lead in filter(None, row["lead"].casefold().split("; ")):
                assert lead in told or lead.replace(" ", "-") in told, row["event"]
