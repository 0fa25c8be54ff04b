"""Raw files, tables, notebooks, charts, site: whether each is what the one before it gives."""

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import charts, load
from analysis.build import RATES, RAW, ROOT, Built, build, make
from analysis.clean.sheets import Problem
from analysis.doctor import record
from analysis.doctor.record import age, notebooks, output, problems, rates, strangers, waiting, years
from tests.conftest import write_raw

DAY = dt.date(2026, 11, 23)


def problem(action: str = "left empty", fatal: bool = False) -> Problem:
    return Problem("funding_reports.csv", 2, "amount", "abc", "not an amount", action, fatal)


@pytest.mark.parametrize(
    ("found", "level", "what"),
    [
        ([], "ok", "every row and cell was understood"),
        ([problem(), problem()], "note", "cells not understood: 2"),
        ([problem(), problem("the row is set aside")], "warning", "rows set aside: 1"),
        (
            [problem("the row is set aside"), problem(fatal=True)],
            "error",
            "1 fatal problems, no table can be made",
        ),
    ],
)
def test_the_worst_problem_counts(found: list[Problem], level: str, what: str) -> None:
    told = problems(found)
    assert (told.level, told.what) == (level, what)
    assert told.advice == ("" if level == "ok" else "python -m analysis check")


def test_a_file_that_nothing_reads_is_named() -> None:
    assert strangers(path.name for path in RAW.iterdir()).level == "ok"
    found = strangers(["funding_reports.csv", RATES, "README.md", "reports (2).csv", ".companies.csv.swp"])
    assert (found.level, found.what) == ("warning", "nothing reads .companies.csv.swp, reports (2).csv")


@pytest.mark.parametrize(
    ("last", "n_waiting", "level"),
    [
        (dt.date(2026, 11, 20), 0, "ok"),
        (dt.date(2026, 11, 16), 0, "ok"),
        (dt.date(2026, 11, 15), 0, "note"),
        (dt.date(2026, 11, 15), 2, "warning"),
    ],
)
def test_rates_that_end_before_the_record(last: dt.date, n_waiting: int, level: str) -> None:
    found = rates(last, DAY, n_waiting)
    assert found.level == level
    assert str(last) in found.what
    assert ("refresh-rates" in found.advice) == (level != "ok")
    if level == "note":
        assert "after 2026-11-22" in found.what


def test_a_round_waits_for_its_rate_if_it_has_an_amount_and_no_dollars() -> None:
    rounds = pd.DataFrame(
        [
            ("2026-11-20", "CNY", float("nan")),
            ("2026-11-20", "CNY", 0.14),
            ("2026-11-20", None, float("nan")),
            ("2026-11-15", "CNY", float("nan")),
            (None, "CNY", float("nan")),
        ],
        columns=["date_end", "currency", "usd_per_unit"],
    )
    assert waiting(rounds, dt.date(2026, 11, 15)) == 1


@pytest.mark.parametrize(
    ("today", "level", "words"),
    [
        (DAY, "ok", "0 days ago"),
        (dt.date(2027, 2, 21), "ok", "90 days ago"),
        (dt.date(2027, 2, 22), "warning", "91 days ago"),
        (dt.date(2026, 11, 22), "warning", "after today, 2026-11-22"),
    ],
)
def test_the_age_of_the_record(today: dt.date, level: str, words: str) -> None:
    found = age(DAY, today)
    assert found.level == level
    assert words in found.what


@pytest.mark.parametrize(
    ("today", "latest", "level"),
    [
        (dt.date(2026, 12, 31), 2027, "ok"),
        (dt.date(2027, 1, 1), 2027, "warning"),
        (dt.date(2027, 1, 1), 2028, "ok"),
        (dt.date(2025, 1, 1), 2026, "warning"),
    ],
)
def test_the_year_after_this_one_can_be_named(today: dt.date, latest: int, level: str) -> None:
    found = years(DAY, today, latest)
    assert found.level == level
    if level == "warning":
        assert found.advice.endswith(f"to {max(today.year, DAY.year) + 1}")


def test_a_folder_is_held_against_what_it_would_be_given(tmp_path: Path) -> None:
    made = {"a.csv": b"1\n", "charts/b.txt": b"two\n"}
    out = tmp_path / "out"

    def found() -> tuple[str, str]:
        told = output("exports", made, out, "make exports", "note")
        assert told.advice == ("" if told.level == "ok" else "make exports")
        return told.level, told.what

    assert found() == ("note", "not made yet")
    (out / "charts").mkdir(parents=True)
    (out / "a.csv").write_bytes(b"1\n")
    (out / "more.csv").write_bytes(b"somebody else's\n")
    assert found() == ("note", "not there: charts/b.txt")
    (out / "charts" / "b.txt").write_bytes(b"two\n")
    assert found() == ("ok", "as the data are now")
    (out / "a.csv").write_bytes(b"0\n")
    assert found() == ("warning", "not as the data are now: a.csv")


def notebook(*texts: str, error: bool = False) -> dict[str, Any]:
    """A notebook that shows some texts, as a file has it."""
    shown: list[dict[str, Any]] = [{"data": {"text/plain": text.splitlines(keepends=True)}} for text in texts]
    failed = [{"output_type": "error", "ename": "AssertionError"}] if error else []
    return {"cells": [{"cell_type": "markdown"}, {"cell_type": "code", "outputs": [*shown, *failed]}]}


def test_a_notebook_shows_what_its_charts_say_now() -> None:
    expected = {"01_a": ["Bars of 2 rounds.", "Company\n-------\nAcme"], "02_b": ["A line."]}
    sound = {"01_a": notebook(*expected["01_a"], "more"), "02_b": notebook("A line."), "03_c": notebook()}
    assert notebooks(sound, expected).level == "ok"
    old = notebooks({**sound, "01_a": notebook("Bars of 3 rounds.", expected["01_a"][1])}, expected)
    assert (old.level, old.what) == ("warning", "not as the data are now: 01_a")
    assert old.advice == "python -m analysis notebooks"
    gone = notebooks({"02_b": sound["02_b"]}, expected)
    assert (gone.level, gone.what) == ("warning", "not as the data are now: 01_a")
    wrong = notebooks({**sound, "02_b": notebook("A line.", error=True)}, expected)
    assert (wrong.level, wrong.what) == ("warning", "their text no longer holds: 02_b")
    assert "edit" in wrong.advice


# --- on files --------------------------------------------------------------------------------------


def levels(root: Path) -> dict[str, str]:
    return {found.subject: found.level for found in record.look(root, DAY)}


def test_tables_that_are_not_what_the_raw_files_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = tmp_path / "data" / "raw", tmp_path / "data" / "processed"
    report = {"company": "Acme", "amount": "$5 million", "announced": "2026-11-20", "investors": "North Fund"}
    write_raw(
        raw,
        {
            "companies.csv": [{"company_id": "acme", "name": "Acme", "country": "US"}],
            "investor_aliases.csv": [{"alias": "North Fund", "investor": "North Fund"}],
            "segment_readings.csv": [{}],
            "funding_reports.csv": [
                {**report, "report_id": "r1", "publisher": "A", "url": "https://example.org/1"}
            ],
        },
        ["2026-11-20,1.1,8"],
    )
    monkeypatch.setenv("WORLD_MODEL_DATA", str(out))
    assert levels(tmp_path)["tables"] == "warning"
    build(raw, out)
    assert output("tables", make(raw).files(), out, "", "warning").level == "ok"
    (out / "rounds.csv").write_bytes((out / "rounds.csv").read_bytes() + b"\n")
    found = {one.subject: one for one in record.look(tmp_path, DAY)}
    assert "rounds.csv" in found["tables"].what
    assert "notebooks" not in found  # what is made from them is not looked at
    assert {name: found[name].level for name in ("raw folder", "rates", "record", "years")} == dict.fromkeys(
        ("raw folder", "rates", "record", "years"), "ok"
    )
    monkeypatch.setenv("WORLD_MODEL_DATA", str(tmp_path / "elsewhere"))
    (elsewhere,) = (one for one in record.look(tmp_path, DAY) if one.subject == "tables")
    assert "unset WORLD_MODEL_DATA" in elsewhere.advice
    assert "WORLD_MODEL_DATA" not in found["tables"].advice
    (raw / "judgements.csv").unlink()
    (broken,) = record.look(tmp_path, DAY)
    assert (broken.level, broken.subject) == ("error", "raw files")


def test_what_is_made_from_the_tables(tmp_path: Path, built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "alibaba_capital"
    monkeypatch.setattr(charts, "CHARTS", {name: charts.CHARTS[name]})
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")

    def found() -> dict[str, str]:
        return {one.subject: one.level for one in record.results(built, tmp_path)}

    assert found() == {"notebooks": "ok", "exports": "note", "site": "note"}
    charts.export(name, load, tmp_path / "exports", ["csv"])
    site = tmp_path / "site" / "build"
    shutil.copytree(tmp_path / "exports", site / "charts")
    (site / "data" / "processed").mkdir(parents=True)
    for file, content in built.files().items():
        (site / "data" / "processed" / file).write_bytes(content)
    assert found() == {"notebooks": "ok", "exports": "ok", "site": "ok"}

    table, words = site / "data" / "processed" / "rounds.csv", tmp_path / "exports" / f"{name}.txt"
    table.write_bytes(table.read_bytes().replace(b"2026-07", b"2026-08"))
    words.write_bytes(words.read_bytes().replace(b"2026", b"2025"))
    path = tmp_path / "notebooks" / "02_alibaba_portfolio.ipynb"
    read = json.loads(path.read_text(encoding="utf-8"))
    for cell in read["cells"]:
        for shown in cell.get("outputs", ()):
            shown["data"] = {
                "text/plain": "".join(shown.get("data", {}).get("text/plain", "")).replace("1", "2")
            }
    path.write_text(json.dumps(read), encoding="utf-8")
    assert found() == {"notebooks": "warning", "exports": "warning", "site": "warning"}
    path.write_text("<<<<<<< HEAD", encoding="utf-8")
    assert found()["notebooks"] == "warning"
