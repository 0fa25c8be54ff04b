"""A full disk and a folder that cannot be written: a plain error, and the old files stay."""

import resource
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.runs.commands import COMMANDS, Command, contents

every_command = pytest.mark.parametrize("name", COMMANDS)
# A name space of its own, in which anybody may mount.
_MOUNT = ("unshare", "--map-root-user", "--mount", "sh", "-ec")


@pytest.fixture(scope="module")
def can_mount() -> None:
    """Skip where the system lets nobody mount; a limit on sizes of files is tried everywhere."""
    if (
        not shutil.which("unshare")
        or subprocess.run([*_MOUNT, "mount -t tmpfs none /mnt"], check=False).returncode
    ):
        pytest.skip("nothing can be mounted here")


def fails_plainly(command: Command, line: list[str], reason: str, **options: Callable[[], None]) -> None:
    """Run a command that has to fail and to say why."""
    done = subprocess.run(line, capture_output=True, encoding="utf-8", check=False, **options)
    assert done.returncode == 1, done.stderr
    assert reason in done.stderr
    assert "Nothing was written." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@every_command
@pytest.mark.usefixtures("can_mount")
def test_a_full_disk_leaves_the_old_files(name: str, tmp_path: Path) -> None:
    """The commands write into a disk of 64 KB; what is on it afterwards is copied off before it vanishes."""
    command, disk, after = COMMANDS[name], tmp_path / "disk", tmp_path / "after"
    command.lay(tmp_path / "before" / "out")
    disk.mkdir()
    script = (
        'mount -t tmpfs -o size=64k none "$0"; cp -r "$1" "$0"; head -c 40k /dev/zero >"$0/fill"; '
        'after=$2; shift 2; code=0; "$@" || code=$?; rm "$0/fill"; cp -r "$0" "$after"; exit $code'
    )
    places = [str(disk), str(tmp_path / "before" / "out"), str(after)]
    line = [*_MOUNT, script, *places, *command.line(disk / "out")]
    fails_plainly(command, line, "No space left on device")
    assert contents(after) == {f"out/{name}": content for name, content in command.old.items()}


@pytest.mark.slow
@every_command
@pytest.mark.usefixtures("can_mount")
def test_a_read_only_disk_leaves_the_old_files(name: str, tmp_path: Path) -> None:
    command, disk = COMMANDS[name], tmp_path / "disk"
    command.lay(disk / "out")
    script = 'mount --bind "$0" "$0"; mount -o remount,ro,bind "$0"; exec "$@"'
    line = [*_MOUNT, script, str(disk), *command.line(disk / "out")]
    fails_plainly(command, line, "Permission denied")
    assert contents(disk) == {f"out/{name}": content for name, content in command.old.items()}


@pytest.mark.slow
@every_command
def test_a_file_that_cannot_grow_leaves_the_old_files(name: str, tmp_path: Path) -> None:
    """What a full disk is where nothing can be mounted."""
    command, folder = COMMANDS[name], tmp_path / "out"
    command.lay(folder)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    fails_plainly(command, command.line(folder), "File too large", preexec_fn=limit)
    assert contents(folder) == command.old
    assert list(tmp_path.iterdir()) == [folder]
