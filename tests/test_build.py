"""From raw files to a folder of tables: nothing is lost, nothing is half written, order does not matter."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import analysis.build
from analysis.build import PROCESSED, BuildError, Built, build, make

REPORTS = "funding_reports.csv"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def same(
    one: Built, other: Built, name: str, where: Callable[[pd.DataFrame], pd.Series] | None = None
) -> None:
    """Assert that a table is equal in two builds, as far as `where` chooses its rows."""
    frames = []
    for built in (one, other):
        frame = built.tables[name]
        frames.append(frame[where(frame)].reset_index(drop=True) if where else frame)
    pd.testing.assert_frame_equal(*frames)


# --- the committed tables ---------------------------------------------------------------------------


def test_the_committed_tables_are_what_the_raw_files_give(built: Built) -> None:
    files = built.files()
    assert sorted(path.name for path in PROCESSED.iterdir()) == sorted(files)
    stale = [name for name, content in files.items() if (PROCESSED / name).read_bytes() != content]
    assert stale == [], "run `make data` and commit data/processed"


def test_a_build_gives_the_same_bytes_again(built: Built) -> None:
    assert built.files() == built.files()
    names = {
        name for name, content in built.files().items() if b"\r" in content or not content.endswith(b"\n")
    }
    assert names == set()


def test_conservation(built: Built) -> None:
    assert built.n_raw == len(read(analysis.build.RAW / REPORTS))
    assert built.n_raw == len(built.tables["reports"]) + built.n_set_aside
    gone = built.tables["problems"].query("file == @REPORTS and action.str.contains('set aside')")
    assert len(gone) == built.n_set_aside


# --- other orders, more rows, fewer rows ----------------------------------------------------------------


def test_the_order_of_the_raw_rows_makes_no_difference(built: Built, raw_copy: Path) -> None:
    rows = read(raw_copy / REPORTS)
    write(raw_copy / REPORTS, sorted(rows, key=lambda row: row["report_id"][::-1]))
    turned = make(raw_copy)
    for name in set(built.tables) - {"problems"}:
        same(built, turned, name)
    # Only the table of problems says on which line a row stands.
    assert not turned.tables["problems"].equals(built.tables["problems"])


@pytest.fixture(scope="module")
def changed(tmp_path_factory, built: Built) -> tuple[Built, dict[str, str]]:
    """A build with rows added, removed and damaged, and the ids of the companies and rounds concerned."""
    folder = tmp_path_factory.mktemp("changed")
    for path in analysis.build.RAW.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    rows = read(folder / REPORTS)
    about = {"added": "krea", "removed": "shengshu-2026-04", "damaged": "haiper"}
    judged = {row[name] for row in read(folder / "judgements.csv") for name in ("report_id", "round")}
    corrected = {row["report_id"] for row in read(folder / "corrections.csv")}
    home = dict(zip(built.tables["reports"]["report_id"], built.tables["reports"]["round_id"], strict=True))
    # One report fewer for a well supported round: the last that no human decision names.
    about["gone"] = next(
        row["report_id"]
        for row in reversed(rows)
        if home[row["report_id"]] == about["removed"] and row["report_id"] not in judged | corrected
    )
    rows = [row for row in rows if row["report_id"] != about["gone"]]
    pattern = next(row for row in rows if home[row["report_id"]] == "haiper-2024-03")
    krea = next(row for row in rows if row["company"] == "Krea")
    rows.append(
        {
            **krea,
            "report_id": "new1",
            "round": "Series C",
            "amount": "$90 million",
            "announced": "2026-09-09",
            "published": "2026-09-09",
            "origin": "",
            "publisher": "The Daily",
        }
    )
    for k, damage in enumerate(
        (
            {"url": ""},
            {"company": "Haipr"},
            {"report_id": pattern["report_id"]},
            {"status": "done"},
            {"reliability": ""},
            {"collected": "2026-13-45"},
            {"amount": "abc"},
            {"announced": "2026-13-45"},
        )
    ):
        rows.append({**pattern, "report_id": f"bad{k}", **damage})
    write(folder / REPORTS, rows)
    with (folder / REPORTS).open("a", encoding="utf-8") as file:
        file.write('bad9,Haiper,"a stray "quote",,\n')
    return make(folder), about


def test_damaged_rows_are_named_and_nothing_else_is_lost(changed, built: Built) -> None:
    after, _ = changed
    found = set(after.tables["reports"]["report_id"])
    assert set(built.tables["reports"]["report_id"]) - found == {changed[1]["gone"]}
    assert found - set(built.tables["reports"]["report_id"]) == {"new1", "bad6", "bad7"}
    assert after.n_raw == built.n_raw - 1 + 1 + 8 + 1
    assert after.n_set_aside == 7
    last = built.n_raw + 1  # the line of the last sound row
    problems = after.tables["problems"].query("file == @REPORTS and line > @last").set_index("line")
    columns = ["url", "company", "report_id", "status", "reliability", "collected", "amount", "announced"]
    told = {last + k: column for k, column in enumerate(columns, 1)}
    assert problems["column"].to_dict() == {**told, last + 9: "round"}
    assert "did you mean haiper" in problems.loc[last + 2, "action"].casefold()


def test_a_report_added_elsewhere_changes_no_other_company(changed, built: Built) -> None:
    after, about = changed
    concerned = {"krea", "shengshu", "haiper"}
    for name in ("reports", "rounds"):
        same(built, after, name, lambda frame: ~frame["company_id"].isin(concerned))
    for name in ("round_investors", "conflicts"):
        same(built, after, name, lambda frame: ~frame["round_id"].str.match("|".join(concerned)))
    rounds = {
        name: set(b.tables["rounds"].query("company_id == 'krea'")["round_id"])
        for name, b in (("b", built), ("a", after))
    }
    assert rounds["a"] - rounds["b"] == {"krea-2026-09"}
    assert rounds["b"] <= rounds["a"]
    assert about["added"] == "krea"


def test_a_well_supported_round_keeps_its_id_without_one_report(changed, built: Built) -> None:
    after, about = changed
    before, now = (b.tables["rounds"].set_index("round_id").loc[about["removed"]] for b in (built, after))
    assert now["n_reports"] == before["n_reports"] - 1
    assert now[["currency", "amount_stated", "date_start"]].equals(
        before[["currency", "amount_stated", "date_start"]]
    )


# --- the folder --------------------------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, built: Built) -> Built:
    """Let `build` write tables that are made already."""
    monkeypatch.setattr(analysis.build, "make", lambda *_: built)
    return built


def test_build_writes_every_file(quick: Built, tmp_path: Path) -> None:
    out = tmp_path / "new" / "tables"
    assert build(out=out) is quick
    assert {path.name: path.read_bytes() for path in out.iterdir()} == quick.files()
    assert list(out.parent.iterdir()) == [out]
    assert out.stat().st_mode & 0o777 == 0o755


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A folder of tables of an earlier build."""
    out = tmp_path / "tables"
    out.mkdir()
    (out / "rounds.csv").write_text("old")
    return out


def test_build_replaces_tables_and_leaves_other_files_alone(quick: Built, tables: Path) -> None:
    (tables / "my notes.txt").write_text("mine")
    build(out=tables)
    assert (tables / "rounds.csv").read_bytes() == quick.files()["rounds.csv"]
    assert (tables / "my notes.txt").read_text() == "mine"
    assert list(tables.parent.iterdir()) == [tables]


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("companies.csv", None, "cannot be read"),
        ("funding_reports.csv", "", "empty"),
        ("funding_reports.csv", "id;company\n", "semicolons"),
        ("ecb_reference_rates.csv", "nothing\n", "ecb_reference_rates"),
        (
            "corrections.csv",
            "report_id,field,expected_text,corrected_text,reason\nr0077e225,amount,$3,$4,so\n",
            "the cell now reads",
        ),
        (
            "judgements.csv",
            "report_id,round,judgement,reason\nnobody,r0077e225,same,so\n",
            "no accepted report",
        ),
    ],
)  # fmt: skip
def test_a_fatal_problem_stops_the_build(
    file: str, content: str | None, reason: str, raw_copy: Path, tmp_path: Path
) -> None:
    if content is None:
        (raw_copy / file).unlink()
    else:
        (raw_copy / file).write_text(content, encoding="utf-8")
    out = tmp_path / "tables"
    with pytest.raises(BuildError, match=reason) as error:
        build(raw=raw_copy, out=out)
    assert any(problem.fatal and problem.file == file for problem in error.value.problems)
    assert not out.exists()
