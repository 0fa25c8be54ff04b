"""A small raw folder for builds in parts."""

from pathlib import Path

import pytest

from analysis.build import REPORTS
from tests.conftest import write_raw


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Nine made-up reports of three companies."""
    names = ("Acme", "Bolt", "Coda")
    reports = [
        {
            "report_id": f"r{number}",
            "company": names[number // 4],
            "amount": "$5 million",
            "announced": "2026-11-20",
            "investors": "North; South",
            "publisher": f"Paper {number}",
            "url": f"https://example.org/{number}",
            "published": "2026-11-21",
        }
        for number in range(1, 10)
    ]
    companies = [{"company_id": name.lower(), "name": name, "country": "US"} for name in names]
    sheets = {"companies.csv": companies, "segment_readings.csv": [{}], REPORTS: reports}
    write_raw(tmp_path / "raw", sheets, ["2026-11-19,1.1,8", "2026-11-20,1.1,8"])
    return tmp_path / "raw"
