"""`kill -9` at random moments of every command that writes; tests/test_swap.py kills at every single step."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.runs.commands import COMMANDS, Contents, contents, run

BATCHES, MOMENTS = (2 if os.environ.get("CI") else 5), 10
PATIENCE = 30  # seconds for workers to notice that nobody waits for them


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Contents, float]]:
    """What a command writes when nobody kills it, and how many seconds it takes."""

    @cache
    def outcome(name: str) -> tuple[Contents, float]:
        command, folder = COMMANDS[name], tmp_path_factory.mktemp(name) / "out"
        command.lay(folder)
        began = time.monotonic()
        run(command.line(folder)).check_returncode()
        return contents(folder), time.monotonic() - began

    return outcome


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_command_leaves_the_old_or_the_new_files(
    name: str, batch: int, tmp_path: Path, undisturbed: Callable[[str], tuple[Contents, float]]
) -> None:
    command = COMMANDS[name]
    new, seconds = undisturbed(name)
    assert new != command.old
    moments = random.Random(f"{name} {batch}")
    folder = tmp_path / "folder" / "out"
    command.lay(folder)
    for moment in range(MOMENTS):
        before = contents(folder)
        process = subprocess.Popen(
            command.line(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(moments.uniform(0, 1.1 * seconds))
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait()
        assert _ends(process.pid), "its workers live on"
        found = contents(folder)
        assert found in (before, new), f"killed at moment {moment}"
        if found == new:
            shutil.rmtree(folder)
            command.lay(folder)

    # Whatever was left there, the next run goes through and tidies up.
    run(command.line(folder)).check_returncode()
    assert contents(folder) == new
    assert list(folder.parent.iterdir()) == [folder]


def _ends(group: int) -> bool:
    """Whether every process that a command started ends by itself."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    os.killpg(group, signal.SIGKILL)
    return False


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_two_runs_at_once_both_end_well(name: str, tmp_path: Path) -> None:
    command = COMMANDS[name]
    folder = tmp_path / "out"
    command.lay(folder)
    both = [
        subprocess.Popen(
            command.line(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        for _ in range(2)
    ]
    errors = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    assert "".join(errors).count("waiting until it ends") == 1
    once = tmp_path / "once" / "out"
    command.lay(once)
    run(command.line(once)).check_returncode()
    assert contents(folder) == contents(once)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["once", "out"]
