"""The same rows give the same bytes: in another folder, time zone, language, order or number of workers."""

import csv
import faulthandler
import io
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.build import ROOT
from tests.copies import copy_project
from tests.runs.commands import Contents, contents

COMMANDS = (
    ("build",),
    ("notebooks", "--workers"),
    ("export", "--all", "--format", "png,svg,pdf,pptx,csv", "--workers"),
    ("export", "alibaba_rounds", "field_shares", "--format", "png,svg,pptx", "--lang", "zh", "--workers"),
    ("site", "--workers"),
)
SECONDS = 900
WRITTEN = ("data/processed", "notebooks", "exports", "site/build")


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the languages of two countries, which few machines have installed."""
    folder = tmp_path_factory.mktemp("locales")
    for name in ("de_DE", "zh_CN"):
        made = shutil.which("localedef") and subprocess.run(
            ["localedef", "--inputfile", name, "--charmap", "UTF-8", folder / f"{name}.UTF-8"], check=False
        )
        if not made or made.returncode:
            pytest.skip("localedef and the package locales make the languages of this test")
    return folder


def shuffle(raw: Path, seed: int) -> None:
    """Put the rows of every raw file into another order, but for the rates, which are in order of days."""
    for path in raw.glob("*.csv"):
        if path.name != "ecb_reference_rates.csv":
            header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
            random.Random(seed).shuffle(rows)
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *rows])


def written(project: Path, workers: int, **settings: str) -> Contents:
    """Everything that the commands write in a copy of the project."""
    environment = {**os.environ, "PYTHONPATH": str(project), **settings}
    environment.pop("WORLD_MODEL_DATA", None)
    # Each command has a limit of its own; together they may take longer than one test may.
    faulthandler.cancel_dump_traceback_later()
    for command in COMMANDS:
        given = [*command, str(workers)] if command[-1] == "--workers" else command
        done = subprocess.run(
            [sys.executable, "-m", "analysis", *given],
            cwd=project,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=SECONDS,
        )
        assert done.returncode == 0, done.stderr
        assert "no longer holds" not in done.stdout
    return {
        f"{folder}/{name}": content
        for folder in WRITTEN
        for name, content in without_places(contents(project / folder)).items()
    }


def without_places(files: Contents) -> Contents:
    """Files of which the table of problems, wherever it is, does not say on which line a row stands."""
    return {
        name: _placeless(content) if name.endswith("problems.csv") else content
        for name, content in files.items()
    }


def _placeless(problems: bytes) -> bytes:
    header, *rows = csv.reader(io.StringIO(problems.decode()))
    line = header.index("line")
    return repr(sorted(row[:line] + row[line + 1 :] for row in rows)).encode()


@pytest.mark.slow
def test_all_that_is_written_has_the_same_bytes_everywhere(tmp_path: Path, locales: Path) -> None:
    here = copy_project(tmp_path / "here")
    there = copy_project(tmp_path / "another folder ü 世界")
    shuffle(there / "data" / "raw", 1)
    one = written(here, 1, TZ="UTC", LC_ALL="C", PYTHONHASHSEED="0")
    other = written(
        there, 2, TZ="Asia/Shanghai", LC_ALL="zh_CN.UTF-8", LOCPATH=str(locales), PYTHONHASHSEED="1"
    )
    assert len(one) > 600
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_tables_have_the_same_bytes_in_german_and_in_any_order(
    tmp_path: Path, locales: Path, seed: int
) -> None:
    project = copy_project(tmp_path / "project")
    shuffle(project / "data" / "raw", seed)
    settings = {"TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8", "LOCPATH": str(locales)}
    subprocess.run(
        [sys.executable, "-m", "analysis", "build"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project), "PYTHONHASHSEED": str(seed), **settings},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    found, committed = (without_places(contents(of / "data" / "processed")) for of in (project, ROOT))
    assert sorted(found) == sorted(committed)
    assert [name for name in found if found[name] != committed[name]] == []
