"""The commands that write, each with a small piece of its work, and the files before and after it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Contents = Mapping[str, bytes]

# The commands themselves, on few pages and small notebooks.
_NOTEBOOKS = """
import sys; from functools import partial; from pathlib import Path
from analysis import notebooks; from analysis.__main__ import app
notebooks.FOLDER = Path(sys.argv[1])
notebooks.run = partial(notebooks.run, folder=notebooks.FOLDER)
app(["notebooks"])
"""
_SITE = """
import sys; from analysis.site import build; from analysis.__main__ import app
pages = {"index.md": "# Home\\n\\n```{toctree}\\none\\ntwo\\n```", "one.md": "# One", "two.md": "# Two"}
def few(out, exports, workers):
    build.publish(pages, {}, out, {"questions": [], "as_of": "today"}, workers)
build.build = few
app(["site", "--out", sys.argv[1]])
"""
_MODULE = ("-m", "analysis")
_CHARTS = ("alibaba_rounds", "field_shares", "--format", "svg,csv", "--workers", "2")


@dataclass(frozen=True)
class Command:
    """A command that replaces a folder.

    Attributes:
        arguments: of Python; the folder follows them.
        old: what the folder holds before.
    """

    arguments: Sequence[str]
    old: Contents

    def line(self, folder: Path) -> list[str]:
        """The command for a folder."""
        return [sys.executable, *self.arguments, str(folder)]

    def lay(self, folder: Path) -> None:
        """Put the old files into a folder."""
        for name, content in self.old.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


def _notebook(*cells: str) -> bytes:
    """A notebook that was never executed."""
    written = [
        {
            "cell_type": "code",
            "source": cell,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "id": str(k),
        }
        for k, cell in enumerate(cells)
    ]
    return json.dumps({"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


COMMANDS = {
    "build": Command(
        (*_MODULE, "build", "--out"), {"rounds.csv": b"old", "reports.csv": b"old", "mine": b"mine"}
    ),
    "notebooks": Command(
        ("-c", _NOTEBOOKS),
        {
            "01_one.ipynb": _notebook("x = 40", "x + 2"),
            "02_two.ipynb": _notebook("'2' * 50_000"),
            "mine": b"mine",
        },
    ),
    "export": Command(
        (*_MODULE, "export", *_CHARTS, "--out"),
        {"alibaba_rounds.svg": b"old", "field_shares.csv": b"old", "mine": b"mine"},
    ),
    "site": Command(("-c", _SITE), {"searchindex.js": b"old", "index.html": b"old", "gone.html": b"old"}),
}


def contents(folder: Path) -> Contents:
    """Every file of a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def run(line: Sequence[str], **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(
        line, env={**os.environ, **settings}, capture_output=True, encoding="utf-8", check=False
    )
