"""A copy of the project, for tests that change its raw files or run it somewhere else."""

import shutil
from pathlib import Path

from analysis.build import ROOT

_PARTS = ("analysis", "data", "notebooks", "site", "CHANGELOG.md", "README.md", "pyproject.toml")
_WRITTEN = shutil.ignore_patterns("__pycache__", "build", "processed", ".*")


def copy_project(to: Path) -> Path:
    """Copy what the commands read, and nothing that they wrote but the notebooks."""
    to.mkdir(parents=True)
    for name in _PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=_WRITTEN)
        else:
            shutil.copyfile(ROOT / name, to / name)
    return to
