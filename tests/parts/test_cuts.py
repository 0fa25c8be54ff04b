"""Parts of a sheet hold what the sheet holds, wherever it is cut."""

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from analysis.clean.sheets import Problem, read_sheet
from analysis.parts import cuts
from analysis.parts.cuts import cut, read_part

COLUMNS = tuple("abcdefg")
HEADER = ",".join(COLUMNS)

cells = st.sampled_from(["1", "x", '"a, b"', '"c\nd"', '"e ""f""\n\ng"', ""])
sound = st.lists(cells, min_size=7, max_size=7).map(",".join)
odd = st.lists(st.sampled_from(["a", '"', ",", "\n", '"x"', '"y\nz"', ' "']), max_size=9).map("".join)
rows = st.one_of(sound, sound, sound, odd, st.just("1,2,3,4,5,6,7"))


def in_parts(path: Path, size: int) -> tuple[pd.DataFrame, list[Problem], int]:
    parts = [read_part(part, COLUMNS, "x.csv") for part in cut(path, size)]
    together = pd.concat([part.rows for part in parts], ignore_index=True)
    return together, [problem for part in parts for problem in part.problems], len(parts)


@settings(max_examples=300)
@given(
    st.lists(rows, min_size=1, max_size=14),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n"]),
    st.sampled_from(["", "\ufeff", "\n\n"]),
    st.integers(1, 60),
    st.integers(3, 80),
)
def test_a_cut_sheet_reads_as_the_whole(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    end: str,
    last: str,
    first: str,
    size: int,
    block: int,
) -> None:
    data = (first + "\n".join([HEADER, *lines]) + last).replace("\n", end).encode()
    path = tmp_path_factory.mktemp("cut") / "x.csv"
    path.write_bytes(data)
    whole = read_sheet(data, "x.csv", COLUMNS)
    assume(not any(problem.fatal for problem in whole.problems))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cuts, "BLOCK", block)
        together, problems, _ = in_parts(path, size)
    pd.testing.assert_frame_equal(together, whole.rows.reset_index(drop=True))
    assert problems == list(whole.problems)


def test_parts_are_near_the_size_and_none_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("\n".join([HEADER, *["1,2,3,4,5,6,7"] * 100]) + "\n", encoding="utf-8")
    parts = cut(path, 140)
    assert len(parts) == 10
    assert [part.number for part in parts] == list(range(10))
    assert all(one.end == other.start for one, other in pairwise(parts))
    assert {len(read_part(part, COLUMNS, "x.csv").rows) for part in parts} == {10}


@pytest.mark.parametrize(
    "data",
    [
        "\n".join([HEADER, *["1,2,3,4,5,6,7"] * 50]).encode("utf-16"),
        "\r".join([HEADER, *["1,2,3,4,5,6,7"] * 50]).encode(),
    ],
    ids=["UTF-16", "CR"],
)
def test_a_sheet_that_cannot_be_cut_is_one_part(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(data)
    together, problems, n_parts = in_parts(tmp_path / "x.csv", 20)
    assert (len(together), problems, n_parts) == (50, [], 1)


def test_a_fault_of_the_header_is_in_its_line_in_every_part(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("\n" + "\n".join(["a,b,z", *["1,2,3"] * 9]), encoding="utf-8")
    _, problems, n_parts = in_parts(tmp_path / "x.csv", 10)
    assert n_parts > 1
    assert {problem.line for problem in problems} == {2}
    assert all(problem.fatal for problem in problems)


@pytest.mark.parametrize("group", [3, 8, 100])
@pytest.mark.parametrize("size", [20, 100, 10_000])
def test_parquet_files_read_as_the_same_rows_in_csv(group: int, size: int, tmp_path: Path) -> None:
    frame = pd.DataFrame({name: [f"{name}{row}" for row in range(40)] for name in COLUMNS})
    frame.loc[7, "c"] = None
    frame.loc[9] = None
    folder = tmp_path / "x.parquet"
    folder.mkdir()
    for number, rows_ in enumerate((frame[:25], frame[25:])):
        table = pa.Table.from_pandas(rows_, preserve_index=False)
        parquet.write_table(table, folder / f"{number}.parquet", row_group_size=group)
    together, problems, _ = in_parts(folder, size)
    frame.to_csv(tmp_path / "x.csv", index=False)
    text = (tmp_path / "x.csv").read_text(encoding="utf-8").replace("\n,,,,,,\n", "\n\n")
    pd.testing.assert_frame_equal(together, read_sheet(text.encode(), "x.csv", COLUMNS).rows)
    assert problems == []


def test_a_damaged_row_of_a_parquet_file_is_named(tmp_path: Path) -> None:
    frame = pd.DataFrame({name: ["1", "2", "3"] for name in COLUMNS})
    frame.loc[1, "d"] = "x\x07y"
    frame.loc[2, "e"] = "y" * 10_001
    frame.to_parquet(tmp_path / "x.parquet")
    together, problems, _ = in_parts(tmp_path / "x.parquet", 10_000)
    assert together["line"].tolist() == [2]
    assert [(p.line, p.column, p.reason.split(",")[0]) for p in problems] == [
        (3, "d", "control character U+0007"),
        (4, "e", "a cell of 10"),
    ]
    assert all("set aside" in p.action for p in problems)


def test_a_parquet_file_needs_the_columns_of_the_sheet(tmp_path: Path) -> None:
    pd.DataFrame({name: ["1"] for name in "abcdefh"}).to_parquet(tmp_path / "x.parquet")
    _, problems, _ = in_parts(tmp_path / "x.parquet", 10_000)
    assert {(p.column, p.fatal) for p in problems} == {("h", True), ("g", True)}
