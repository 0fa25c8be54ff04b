"""The hostile project, made once for every worker, and Chromium to look at it."""

import os
from pathlib import Path

import pytest

from tests.browser.conftest import chromium, open_page
from tests.hostile import project
from tests.hostile.project import Project

__all__ = ["chromium", "open_page"]

# Programs for other processes: to import them here would guard the tests themselves.
collect_ignore = ["guard"]


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the hostile project is; the same folder for every worker."""
    folder = tmp_path_factory.getbasetemp()
    return (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "hostile"


@pytest.fixture(scope="session")
def spoilt(base: Path) -> Project:
    """The hostile project after all commands."""
    return project.make(base)
