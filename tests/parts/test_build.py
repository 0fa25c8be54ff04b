"""A build in parts makes the tables of a whole one, row for row."""

import csv
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pandas as pd
import pytest

from analysis import load
from analysis.build import RAW, REPORTS, BuildError, Built, build, make
from analysis.clean.sheets import Problem
from analysis.parts import engines
from analysis.parts.build import BuiltParts, build_parts
from analysis.parts.engines import Engine
from analysis.tables import TABLES

SMALL = 40_000  # bytes of a part, so that the committed reports are ten


def edit(folder: Path, change: Callable[[list[dict[str, str]]], None], name: str = REPORTS) -> None:
    """Rewrite a sheet of a raw folder."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, names = list(reader), reader.fieldnames
    change(rows)
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names or [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def damaged(rows: list[dict[str, str]]) -> None:
    """Ids used twice near and far, pages with several publishers, cells that nobody can read."""
    for row, like in ((30, 29), (500, 3), (700, 3), (800, 801)):
        rows[row]["report_id"] = rows[like]["report_id"]
    for row, like in ((100, 600), (400, 20), (500, 21), (650, 20)):
        rows[row]["url"] = rows[like]["url"]
    rows[60]["amount"], rows[61]["company"], rows[62]["status"] = "lots", "Nobody & Sons", "done"
    for row in rows:
        if row["report_id"] in ("r490a8f5d", rows[500]["report_id"]):
            row["investors"] = "Fund That Nobody Knows; FUND that nobody knows"


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed raw files with faults that only several parts together show."""
    folder = Path(shutil.copytree(RAW, tmp_path_factory.mktemp("parts") / "raw"))
    for name in ("corrections.csv", "judgements.csv"):
        (folder / name).write_text(
            (folder / name).read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8"
        )
    edit(folder, damaged)
    with (folder / REPORTS).open("a", encoding="utf-8") as file:
        file.write('left,"open\n')
    return folder


def in_parts(raw: Path, out: Path, size: int = SMALL) -> BuiltParts:
    with engines.here() as tasks:
        return build_parts(raw, out, tasks, size=size)


def assert_same(out: Path, whole: Path) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(load.table(name, out), load.table(name, whole), obj=name)


@pytest.mark.parametrize(
    "engine",
    [pytest.param(engines.here, marks=pytest.mark.slow), lambda: engines.processes(2)],
    ids=["here", "processes"],
)
def test_the_committed_record_is_the_same_in_parts(
    engine: Callable[[], AbstractContextManager[Engine]], tmp_path: Path
) -> None:
    with engine() as tasks:
        built = build_parts(RAW, tmp_path / "out", tasks, size=SMALL)
    assert_same(tmp_path / "out", load.directory())
    assert len(list((tmp_path / "out" / "rounds.parquet").iterdir())) > 5
    assert built.n_rows == {name: len(load.table(name)) for name in TABLES}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_only_several_parts_show_is_seen(raw: Path, tmp_path: Path) -> None:
    whole = build(raw, tmp_path / "whole")
    built = in_parts(raw, tmp_path / "out")
    assert_same(tmp_path / "out", tmp_path / "whole")
    assert built.n_raw == whole.n_raw
    problems = load.table("problems", tmp_path / "out")
    assert problems["reason"].eq("the id is used twice").sum() == 4
    assert set(built.problems) == set(whole.problems)


@pytest.mark.slow
def test_reports_in_parquet_give_the_same_rounds(tmp_path: Path, raw_copy: Path) -> None:
    frame = pd.read_csv(raw_copy / REPORTS, dtype="str", keep_default_na=False)
    (raw_copy / REPORTS).unlink()
    frame.to_parquet(raw_copy / "funding_reports.parquet", row_group_size=100, index=False)
    with engines.here() as tasks:
        build_parts(raw_copy, tmp_path / "out", tasks, size=SMALL)
    for name in ("rounds", "round_investors", "round_policies", "conflicts", "reports", "investors"):
        pd.testing.assert_frame_equal(load.table(name, tmp_path / "out"), load.table(name))


def add_lines(path: Path, *lines: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def about(name: str, make_tables: Callable[[], Built | BuiltParts]) -> tuple[set[Problem], bool]:
    """The problems of a sheet, and whether they stop the build."""
    try:
        problems, stopped = make_tables().problems, False
    except BuildError as error:
        problems, stopped = error.problems, True
    return {problem for problem in problems if problem.file == name}, stopped


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("corrections.csv", "nobody,amount,$3,$4,so"),
        ("corrections.csv", "r2,amount,$3,$4,so"),
        ("judgements.csv", "r2,nobody,same,so"),
        ("judgements.csv", "r2,r9,same,so"),
        ("judgements.csv", "r2,r1,perhaps,so"),
    ],
)
def test_decisions_that_fit_no_report_stop_it_as_a_whole_build(
    name: str, row: str, small: Path, tmp_path: Path
) -> None:
    add_lines(small / name, row)
    found, stopped = about(name, lambda: make(small))
    assert stopped
    assert found
    assert about(name, lambda: in_parts(small, tmp_path / "out", 300)) == (found, True)
    assert not (tmp_path / "out").exists()


def test_decisions_wait_for_reports_that_were_set_aside(small: Path, tmp_path: Path) -> None:
    add_lines(small / REPORTS, "lost1,Acme", sound_line(small).replace("r1,Acme", "lost2,Nobody & Sons"))
    add_lines(small / "corrections.csv", "lost1,amount,$3,$4,so")
    add_lines(small / "judgements.csv", "lost1,r1,same,so", "lost2,r1,same,so")
    for name, number in (("corrections.csv", 1), ("judgements.csv", 2)):
        found, stopped = about(name, lambda: make(small))
        assert (len(found), stopped) == (number, False)
        assert about(name, lambda: in_parts(small, tmp_path / "out", 300)) == (found, False)


def test_decisions_are_heeded(small: Path, tmp_path: Path) -> None:
    add_lines(small / "corrections.csv", "r3,amount,$5 million,$7 million,so")
    add_lines(small / "judgements.csv", "r1,r2,different,so")
    build(small, tmp_path / "whole")
    in_parts(small, tmp_path / "out", 300)
    assert_same(tmp_path / "out", tmp_path / "whole")
    assert "$7 million" in set(load.table("reports", tmp_path / "out")["amount"])


def sound_line(folder: Path) -> str:
    return (folder / REPORTS).read_text(encoding="utf-8").splitlines()[1]


def test_nothing_is_written_where_nothing_is_sound(small: Path, tmp_path: Path) -> None:
    edit(small, lambda rows: [row.update(status="done") for row in rows])
    with pytest.raises(BuildError, match="no report could be accepted"):
        in_parts(small, tmp_path / "out", 300)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("beside", [True, False])
def test_there_is_one_sheet_of_reports(beside: bool, small: Path, tmp_path: Path) -> None:
    if beside:
        (small / "funding_reports.parquet").mkdir()
    else:
        (small / REPORTS).unlink()
    with pytest.raises(BuildError, match="both of" if beside else "none of"):
        in_parts(small, tmp_path / "out")


def test_tables_of_another_format_do_not_stay(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(small, out)
    (out / "mine.txt").write_text("kept", encoding="utf-8")
    in_parts(small, out)
    assert not list(out.glob("*.csv"))
    build(small, out, form="parquet")
    assert (out / "rounds.parquet").is_file()
    assert_same(out, out)
    build(small, out)
    assert not list(out.glob("*.parquet"))
    assert (out / "mine.txt").read_text(encoding="utf-8") == "kept"


def test_progress_ends_at_the_end(small: Path, tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    with engines.here() as tasks:
        build_parts(small, tmp_path / "out", tasks, progress=lambda *step: steps.append(step), size=300)
    for stage in ("Reading reports", "Settling rounds"):
        own = [(done, number) for name, done, number in steps if name == stage]
        assert len(own) > 3
        assert own == [(done, own[0][1]) for done in range(own[0][1] + 1)]


def test_nobody_else_may_enter_the_scratch_folder(small: Path, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(mode=0o777)
    modes = []

    def look(*_: object) -> None:
        modes.extend(path.stat().st_mode & 0o777 for path in (tmp_path / "shared").iterdir())

    with engines.here() as tasks:
        build_parts(small, tmp_path / "out", tasks, progress=look, scratch=tmp_path / "shared")
    assert set(modes) == {0o700}
    assert not list((tmp_path / "shared").iterdir())
