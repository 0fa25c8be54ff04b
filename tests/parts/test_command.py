"""`build --engine` and `--format` on the command line."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analysis import load
from analysis.__main__ import app

ROOT = Path(__file__).parents[2]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


def test_a_build_in_processes_counts_what_it_wrote(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("build", "--raw", small, "--out", out, "--engine", "processes", "--workers", "1")
    assert result.exit_code == 0, result.output
    assert "9 read, 9 accepted, 0 set aside" in result.stdout
    assert f"Rounds: {len(load.table('rounds', out))}" in result.stdout
    assert not [path for path in tmp_path.iterdir() if path.name not in ("raw", "out")]


def test_tables_can_be_written_as_parquet(small: Path, tmp_path: Path) -> None:
    for form in ("csv", "parquet"):
        assert run("build", "--raw", small, "--out", tmp_path / form, "--format", form).exit_code == 0
    assert {path.suffix for path in (tmp_path / "parquet").iterdir()} == {".parquet", ".json", ".md"}
    assert load.table("rounds", tmp_path / "parquet").equals(load.table("rounds", tmp_path / "csv"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--workers", "2"], "go with --engine"),
        (["--scheduler", "tcp://x:1"], "go with --engine"),
        (["--engine", "processes", "--format", "csv"], "writes Parquet"),
        (["--engine", "processes", "--new-companies"], "companies.csv alone"),
        (["--engine", "threads"], "threads"),
    ],
)
def test_options_that_do_not_go_together_say_so(
    words: list[str], told: str, small: Path, tmp_path: Path
) -> None:
    result = run("build", "--raw", small, "--out", tmp_path / "out", *words)
    assert result.exit_code != 0
    assert told in result.stderr
    assert not (tmp_path / "out").exists()


def test_faults_stop_a_build_in_parts_by_name(small: Path, tmp_path: Path) -> None:
    (small / "companies.csv").write_text("company_id\n", encoding="utf-8")
    result = run("build", "--raw", small, "--out", tmp_path / "out", "--engine", "processes")
    assert result.exit_code == 1
    assert "companies.csv:1" in result.stderr
    assert "Nothing was written." in result.stderr


def test_a_layout_is_not_built_in_parts(small: Path, tmp_path: Path) -> None:
    (small / "mine.csv").write_text("Firm\nAcme\n", encoding="utf-8")
    (small / "mine.toml").write_text('[columns]\ncompany = "Firm"\n', encoding="utf-8")
    result = run("build", "--raw", small, "--out", tmp_path / "out", "--engine", "processes")
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_a_terminal_shows_a_bar_and_a_pipe_none(small: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "analysis", "build", "--raw", small, "--out", tmp_path / "out"]
    piped = subprocess.run(command, cwd=ROOT, capture_output=True)
    assert piped.stderr == b""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs) as running:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
    assert running.returncode == 0
    assert b"Writing the tables" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1000)
    except OSError:  # its other end is closed
        return b""
