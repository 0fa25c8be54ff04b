"""nbval is awake: a notebook that does not fit its data fails."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import load
from analysis.build import PROCESSED, RAW, build
from analysis.notebooks import FOLDER, run

NOTEBOOK = "02_alibaba_portfolio.ipynb"
TOTALS = "07_where_sources_disagree.ipynb"
"""The notebook with the sums over all rounds, the trio's among them."""


def start_nbval(folder: Path, data: Path) -> "subprocess.Popen[str]":
    """Compare a copy of the notebook with what it gives on some tables."""
    folder.mkdir()
    shutil.copy(FOLDER / TOTALS, folder)
    options = ["--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q", "--tb=line"]
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *options, str(folder / TOTALS)],
        cwd=folder,
        env={**os.environ, "WORLD_MODEL_DATA": str(data), "PYTEST_ADDOPTS": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def decisive_report() -> str:
    """A report that alone tells of a disclosed round of the trio."""
    trio = load.companies().loc[lambda companies: companies["cohort"].eq("alibaba-trio"), "company_id"]
    rounds = load.closed_rounds()
    alone = rounds["company_id"].isin(trio) & rounds["n_reports"].eq(1) & rounds["usd_low"].notna()
    return str(rounds.loc[alone, "amount_report_id"].iloc[0])


def change_amount(raw: Path, report_id: str) -> None:
    """Put another amount into one raw report."""
    path = raw / "funding_reports.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = (row for row in rows if row["report_id"] == report_id)
    row["amount"] = "$777 million"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.slow
def test_one_changed_amount_in_the_raw_data_fails_the_notebook(tmp_path: Path) -> None:
    unchanged = start_nbval(tmp_path / "first", PROCESSED)
    raw = Path(shutil.copytree(RAW, tmp_path / "raw"))
    change_amount(raw, decisive_report())
    build(raw, tmp_path / "changed")
    changed = start_nbval(tmp_path / "second", tmp_path / "changed")

    told, _ = unchanged.communicate(timeout=120)
    assert unchanged.returncode == 0, told
    told, _ = changed.communicate(timeout=120)
    assert changed.returncode == 1, told
    assert "failed" in told


def test_a_report_added_by_hand_reaches_tables_and_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = Path(shutil.copytree(RAW, tmp_path / "raw"))
    with (raw / "funding_reports.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(
            "by-hand-1,ShengShu,Series C,$500 million,,2026-11-20,Alibaba,,closed,round,Paper,,page,high,"
            "https://example.org/series-c,2026-11-20,en,made up,2026-11-23\n"
        )
    built = build(raw, tmp_path / "data")
    added = built.tables["rounds"].set_index("round_id").loc["shengshu-2026-11"]
    assert (added["round_label"], added["usd_stated"], added["lead_investors"]) == (
        "Series C",
        5e8,
        "Alibaba Group",
    )

    folder = tmp_path / "notebooks"
    folder.mkdir()
    shutil.copy(FOLDER / NOTEBOOK, folder)
    monkeypatch.setenv("WORLD_MODEL_DATA", str(tmp_path / "data"))
    (executed,) = run((), folder)
    assert executed.is_changed
    assert executed.stale  # its sentences now want editing
    assert "20 Nov 2026" in (folder / NOTEBOOK).read_text(encoding="utf-8")
