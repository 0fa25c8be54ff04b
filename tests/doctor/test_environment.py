"""Python, packages, fonts, folders: what is there, and what is not."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from filelock import FileLock

from analysis import swap
from analysis.charts import house
from analysis.doctor import environment
from analysis.doctor.environment import (
    browser,
    extras,
    faces,
    folders,
    fonts,
    is_writable,
    leftovers,
    missing,
    packages,
    python,
    versions,
)

REQUIRES = [
    "Typer>=0.29,<0.30",
    "pandas>=3.1,<3.2",
    "colorama>=0.4 ; sys_platform == 'nowhere'",
    'Sphinx>=9.0,<9.1 ; extra == "site"',
    'myst-nb>=1.4,<1.5 ; extra == "site"',
    'mypy>=2.4 ; extra == "test"',
]
WHOLE = {"typer": "0.29.2", "pandas": "3.1.1", "sphinx": "9.0.4", "myst-nb": "1.4.0", "mypy": "2.4.1"}
LOCK = """\
# made by hand
mypy==2.4.1
numpy==2.4.6
pandas==3.1.1
nothing==1.0 ; sys_platform == 'nowhere'
"""


@pytest.mark.parametrize(
    ("version", "level"),
    [("3.10.14", "error"), ("3.11.0", "ok"), ("3.14.2", "ok"), ("3.15.0a1", "ok"), ("4.0.0", "ok")],
)
def test_a_python_that_is_too_old_is_an_error(version: str, level: str) -> None:
    found = python(version, ">=3.11")
    assert found.level == level
    assert version in found.what
    assert bool(found.advice) == (level == "error")


def test_a_package_that_every_command_needs_is_named() -> None:
    assert packages(REQUIRES, WHOLE).level == "ok"
    found = packages(REQUIRES, {"pandas": "3.1.1"})
    assert (found.level, found.what) == ("error", "not installed: Typer")
    assert found.advice == "python -m pip install --no-deps -r requirements.lock"


def test_an_extra_that_is_not_installed_is_named_with_the_command() -> None:
    assert [found.level for found in extras(REQUIRES, ["site", "test"], WHOLE)] == ["ok", "ok"]
    found, sound = extras(REQUIRES, ["site", "test"], {"mypy": "2.4.1", "myst-nb": "1.4.0"})
    assert (found.level, found.subject, found.what) == ("note", "[site]", "not installed: Sphinx")
    assert found.advice == "python -m pip install 'world-model-funding[site]'"
    assert sound.level == "ok"


def test_a_requirement_for_another_system_is_not_missed() -> None:
    assert missing(REQUIRES, {}) == ["Typer", "pandas"]
    assert missing(REQUIRES, {}, "test") == ["mypy"]


INSTALLED = {"mypy": "2.4.1", "numpy": "2.4.6", "pandas": "3.1.1", "other": "1.0"}


def test_versions_are_those_of_the_lock() -> None:
    assert versions(LOCK, INSTALLED, is_whole=True).level == "ok"
    # The same version spelt otherwise.
    assert versions(LOCK, {**INSTALLED, "pandas": "3.1.1.0"}, is_whole=True).level == "ok"


def test_another_version_than_the_locked_one_is_named_with_both() -> None:
    found = versions(LOCK, {**INSTALLED, "pandas": "3.2.0"}, is_whole=True)
    assert (found.level, found.what) == ("warning", "1 are not as in requirements.lock: pandas 3.2.0 (3.1.1)")
    assert found.advice.endswith("-r requirements.lock")


def test_a_locked_package_may_be_missing_only_with_an_extra() -> None:
    without = {name: version for name, version in INSTALLED.items() if name != "numpy"}
    assert versions(LOCK, without, is_whole=False).level == "ok"
    found = versions(LOCK, without, is_whole=True)
    assert (found.level, found.what) == ("warning", "1 are not as in requirements.lock: numpy is missing")


def test_without_a_lock_nothing_is_compared_and_that_is_said() -> None:
    found = versions(None, INSTALLED, is_whole=True)
    assert found.level == "note"
    assert "not compared" in found.what


def test_a_lock_that_cannot_be_read_is_an_error() -> None:
    found = versions(LOCK + "<<<<<<< HEAD\n", INSTALLED, is_whole=True)
    assert found.level == "error"
    assert "git checkout requirements.lock" in found.advice


def test_without_its_faces_a_language_cannot_be_drawn() -> None:
    assert [found.level for found in fonts({"en": True, "zh": True})] == ["ok", "ok"]
    english, chinese = fonts({"en": False, "zh": False})
    assert (english.level, chinese.level) == ("error", "note")
    assert english.advice.endswith("-r requirements.lock")
    assert chinese.advice == "python -m pip install 'world-model-funding[chinese]'"


def test_faces_are_found_where_their_packages_are(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faces("en")
    assert faces("zh") == (find_spec("cvttf_NotoSansCJK_Regular") is not None)

    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(house, "import_module", absent)
    house._register.cache_clear()
    assert not faces("en")
    assert not faces("zh")


def test_a_face_that_matplotlib_does_not_know_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "FACE", "No Such Face")
    monkeypatch.setattr(house, "_register", lambda face: None)
    assert not faces("en")


def test_folders_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "file").write_text("in the way")
    names = {"exports": tmp_path / "exports", "site/build": tmp_path / "site" / "build"}
    assert folders(names).level == "ok"
    found = folders({**names, "blocked": tmp_path / "file" / "blocked"})
    assert (found.level, found.what) == ("error", "cannot be written: blocked")


@pytest.mark.parametrize("closed", ["out", "."])
def test_a_folder_needs_the_right_to_write_in_it_and_beside_it(
    tmp_path: Path, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert is_writable(out)
    # Root may write everywhere, so the answer of the system is made up.
    refused = (tmp_path / closed).resolve()
    monkeypatch.setattr(os, "access", lambda path, mode: path != refused)
    assert not is_writable(out)
    assert is_writable(out / "inner") == (closed == ".")


def test_a_run_that_is_under_way_and_one_that_was_killed(tmp_path: Path) -> None:
    tables, others = tmp_path / "processed", tmp_path / "notebooks"
    names = {"data/processed": tables, "notebooks": others}
    assert leftovers(names).level == "ok"
    swap.staging(tables).mkdir()
    with FileLock(swap.lock(tables)):
        busy = leftovers(names)
    assert (busy.level, busy.what) == ("note", "one is writing data/processed")
    left = leftovers(names)
    assert (left.level, left.what) == ("note", "one was killed and left .processed.new")
    swap.staging(tables).rmdir()
    swap.lock(tables).touch()  # alone it is in nobody's way
    assert leftovers(names).level == "ok"


def test_what_a_killed_run_left_is_gone_after_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    swap.staging(folder).mkdir()
    assert leftovers({"exports": folder}).level == "note"
    with swap.replaced(folder) as fresh:
        (fresh / "a.txt").write_text("new")
    assert leftovers({"exports": folder}).level == "ok"


def test_chromium() -> None:
    assert browser("/usr/bin/chromium").level == "ok"
    found = browser(None)
    assert (found.level, found.advice) == ("note", "apt-get install chromium")


def test_this_environment_is_looked_at() -> None:
    found = {one.subject: one for one in environment.look()}
    assert found["Python"].level == found["packages"].level == found["fonts, en"].level == "ok"
    assert {"[chinese]", "[site]", "[test]", "versions", "folders", "other runs", "browser"} <= found.keys()
    assert all(one.advice for one in found.values() if one.level != "ok")
