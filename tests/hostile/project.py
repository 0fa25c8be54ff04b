"""A copy of the project whose raw files hold hostile texts, and every command run on it: guarded, and alone.

Guarded: `guard/sitecustomize.py` refuses network, shells and files elsewhere, in kernels and workers too.
Alone: in a network namespace without any device but the loopback, where the system allows one.
"""

import faulthandler
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from filelock import FileLock

from analysis.build import RAW
from tests.copies import copy_project
from tests.hostile.record import Record, copied, refused

GUARD = Path(__file__).parent / "guard"
NAMESPACE = ("unshare", "--map-root-user", "--net")
SECONDS = 900
"""How long one command may take, on a busy machine."""

EXPLAINED = ("script", "bidi", "format", "directive", "long", "latex")
COMMANDS: dict[str, Sequence[str]] = {
    "build": ("build",),
    "notebooks": ("notebooks",),
    "export": ("export", "--all", "--format", "png,svg,pdf,pptx,csv"),
    "export zh": (
        *("export", "video_capital", "network_money", "rankings_board", "disagree_spread"),
        *("--lang", "zh", "--theme", "dark", "--format", "png,svg,pdf,pptx"),
    ),
    "site": ("site",),
    "check": ("check", "--all"),
    "charts": ("charts",),
    "find": ("find", "hostile"),
    **{f"explain {kind}": ("explain", f"hostile-{kind}-2026-11") for kind in EXPLAINED},
}
"""What is run, in this order; each writes what later ones read."""


@dataclass(frozen=True)
class Project:
    """What became of it.

    Attributes:
        root: the copy of the project.
        said: what each command printed, by its name in COMMANDS.
        failed: the commands that did not end well.
        stopped: what the guard refused, a line each.
        strays: files that were made or changed outside the folders of outputs.
        refused: the rows that had to become problems: file, line and column.
        cells: where the payload with a number stands.
    """

    root: Path
    said: dict[str, str]
    failed: list[str]
    stopped: list[str]
    strays: list[str]
    refused: list[tuple[str, int, str]]
    cells: dict[str, str]


def make(base: Path) -> Project:
    """Make the project in a folder, once for all who ask, and run the commands."""
    kept = base / "done.json"
    # Every command has a time limit of its own; together they may take longer than one test may.
    faulthandler.cancel_dump_traceback_later()
    with FileLock(base.with_suffix(".lock"), timeout=len(COMMANDS) * SECONDS):
        if not kept.exists():
            made = _made(base)
            kept.write_text(json.dumps({**made.__dict__, "root": str(made.root)}), encoding="utf-8")
    found = json.loads(kept.read_text(encoding="utf-8"))
    return Project(
        **{**found, "root": Path(found["root"]), "refused": [tuple(row) for row in found["refused"]]}
    )


def _made(base: Path) -> Project:
    root = copy_project(base / "project")
    record = Record()
    shutil.rmtree(root / "data" / "raw")
    lines = record.write(copied(RAW, root / "data" / "raw"), refused(record))
    for path in (root / "notebooks").glob("*.ipynb"):
        path.write_text(_without_checks(path.read_text(encoding="utf-8")), encoding="utf-8")
    before = _fingerprints(root)
    said, failed = {}, []
    for name, command in COMMANDS.items():
        done = run(base, [sys.executable, "-m", "analysis", *command])
        said[name] = done.stdout + done.stderr
        if done.returncode:
            failed.append(f"{name}: {done.stderr[-2000:]}")
    after = _fingerprints(root)
    changed = sorted(path for path in after if after[path] != before.get(path))
    gone = sorted(set(before) - set(after))
    strays = [path for path in (*changed, *gone) if not _is_output(path)]
    strays += [
        path.name for path in base.iterdir() if path.name not in ("project", "home", "tmp", "guard.log")
    ]
    return Project(
        root, said, failed, stopped(base), strays,
        [(file, line, wrong.column) for (file, line), wrong in lines.items()],
        {str(n): where for n, where in record.cells.where.items()},
    )  # fmt: skip


def run(base: Path, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in the copy in `base`, guarded, and alone where that is possible."""
    home, tmp, log = base / "home", base / "tmp", base / "guard.log"
    home.mkdir(exist_ok=True)
    tmp.mkdir(exist_ok=True)
    log.touch()
    alone = [*NAMESPACE, sys.executable, str(GUARD / "alone.py")] if has_namespaces() else []
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "SystemRoot") if name in os.environ}
    return subprocess.run(
        [*alone, *command],
        cwd=base / "project",
        env={
            **kept,
            "HOME": str(home),
            "TMPDIR": str(tmp),
            "PYTHONPATH": os.pathsep.join([str(GUARD), str(base / "project")]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "GUARD_LOG": str(log.resolve()),
            "GUARD_WRITES": str(base.resolve()),
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )


def stopped(base: Path) -> list[str]:
    """What the guard refused so far."""
    return (base / "guard.log").read_text(encoding="utf-8").splitlines()


@cache
def has_namespaces() -> bool:
    """Whether this system lets anybody have a network of their own."""
    if shutil.which(NAMESPACE[0]) is None:
        return False
    script = [sys.executable, str(GUARD / "alone.py"), sys.executable, "-c", ""]
    return subprocess.run([*NAMESPACE, *script], capture_output=True, check=False).returncode == 0


def _without_checks(text: str) -> str:
    """A notebook whose sentences may be wrong: its cells check them, and they are of the committed record."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "assert " in source:
            inside = "\n".join(f"    {line}" for line in source.splitlines())
            cell["source"] = f"from contextlib import suppress\nwith suppress(Exception):\n{inside}"
    return json.dumps(notebook)


def _fingerprints(root: Path) -> dict[str, str]:
    """Every file under a folder, with what is in it."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _is_output(path: str) -> bool:
    """Whether a command may write a file: into its own folder, or the lock beside that."""
    own = ("data/processed/", "notebooks/", "exports/", "site/build/")
    return path.startswith(own) or path.endswith(".lock")
