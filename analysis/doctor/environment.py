"""What a run needs around it: Python, packages, fonts, folders it may write, nobody in its way.

Only `faces` needs more than the standard library and `packaging`, so that a missing package can be named.
"""

import os
import platform
import shutil
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path

from filelock import FileLock, Timeout
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from analysis import swap
from analysis.doctor.finding import Finding, some

ROOT = Path(__file__).parents[2]
PROJECT = "world-model-funding"
LOCK = "requirements.lock"
_FROM_LOCK = f"python -m pip install --no-deps -r {LOCK}"
OUTPUTS = {name: ROOT / name for name in ("data/processed", "notebooks", "exports", "site/build")}
"""What commands write."""


def python(version: str, requires: str) -> Finding:
    """Hold the version of Python against what the package requires."""
    if SpecifierSet(requires).contains(Version(version), prereleases=True):
        return Finding("ok", "Python", f"{version}, and {requires} is needed")
    return Finding(
        "error",
        "Python",
        f"{version}, but {requires} is needed",
        "install a newer Python, then: make clean setup PYTHON=python3.12",
    )


def missing(requires: Iterable[str], installed: Mapping[str, str], extra: str = "") -> list[str]:
    """Return the declared packages that are not installed.

    Args:
        requires: requirements as the package declares them.
        installed: versions by canonical name.
        extra: the extra whose packages to look for; none for those that every command needs.
    """
    names = []
    for requirement in map(Requirement, requires):
        marker = requirement.marker
        is_basic = marker is None or marker.evaluate({"extra": ""})
        is_wanted = not is_basic and marker is not None and marker.evaluate({"extra": extra})
        if (is_wanted if extra else is_basic) and canonicalize_name(requirement.name) not in installed:
            names.append(requirement.name)
    return names


def packages(requires: Sequence[str], installed: Mapping[str, str]) -> Finding:
    """Look for the packages that every command needs."""
    if absent := missing(requires, installed):
        return Finding("error", "packages", f"not installed: {some(absent)}", _FROM_LOCK)
    return Finding("ok", "packages", "all that every command needs are installed")


def extras(requires: Sequence[str], names: Iterable[str], installed: Mapping[str, str]) -> list[Finding]:
    """Look for the packages of each extra."""
    found = []
    for name in names:
        absent = missing(requires, installed, name)
        if absent:
            advice = f"python -m pip install '{PROJECT}[{name}]'"
            found.append(Finding("note", f"[{name}]", f"not installed: {some(absent)}", advice))
        else:
            found.append(Finding("ok", f"[{name}]", "installed"))
    return found


def versions(lock: str | None, installed: Mapping[str, str], is_whole: bool) -> Finding:
    """Hold the installed versions against the locked ones that are meant for this Python and system.

    Args:
        lock: the text of the lock, None where there is none.
        installed: versions by canonical name.
        is_whole: whether every extra is installed, so that no locked package may be missing.
    """
    if lock is None:
        what = f"no {LOCK} is there, so versions were not compared"
        return Finding("note", "versions", what, "fine for an installed package; else work in a clone")
    try:
        locked = _locked(lock)
    except InvalidRequirement as error:
        return Finding("error", "versions", f"{LOCK}: {str(error).splitlines()[0]}", f"git checkout {LOCK}")
    other = [
        f"{name} {installed[name]} ({version})"
        for name, version in locked.items()
        if name in installed and Version(installed[name]) != version
    ]
    absent = [f"{name} is missing" for name in locked if is_whole and name not in installed]
    if other or absent:
        what = f"{len(other) + len(absent)} are not as in {LOCK}: {some(absent + other)}"
        return Finding("warning", "versions", what, _FROM_LOCK)
    return Finding("ok", "versions", f"all as in {LOCK}")


def _locked(lock: str) -> dict[str, Version]:
    """The versions that a lock names for this Python and system, by canonical name."""
    lines = [line for line in lock.splitlines() if line and not line.startswith("#")]
    return {
        canonicalize_name(requirement.name): Version(str(requirement.specifier).removeprefix("=="))
        for requirement in map(Requirement, lines)
        if requirement.marker is None or requirement.marker.evaluate()
    }


def fonts(has_faces: Mapping[str, bool]) -> list[Finding]:
    """Say in which languages charts can be drawn.

    Args:
        has_faces: whether the faces of a language are found, by its code.
    """
    found = []
    for code, is_found in has_faces.items():
        subject = f"fonts, {code}"
        if is_found:
            found.append(Finding("ok", subject, "found"))
        elif code == "en":
            found.append(Finding("error", subject, "not found, no chart can be drawn", _FROM_LOCK))
        else:
            advice = f"python -m pip install '{PROJECT}[chinese]'"
            found.append(Finding("note", subject, "not found, no Chinese chart can be drawn", advice))
    return found


def faces(code: str) -> bool:
    """Whether matplotlib finds the faces of a language as charts ask for them."""
    from analysis.charts import house, language

    speech = language.ENGLISH if code == "en" else language.Language(code, code, ())
    try:
        with language.speaking(speech), house.style():
            return all(
                house.face_path(face, weight).is_file()
                for face in house.faces(speech)
                for weight in house.WEIGHTS
            )
    except (ModuleNotFoundError, ValueError):
        return False


def folders(names: Mapping[str, Path]) -> Finding:
    """Look whether a run may replace each of some folders, given by the name to show."""
    if closed := [name for name, folder in names.items() if not is_writable(folder)]:
        advice = "let yourself write there (chown, chmod), or name another folder with --out"
        return Finding("error", "folders", f"cannot be written: {some(closed)}", advice)
    return Finding("ok", "folders", f"can be written: {', '.join(names)}")


def is_writable(folder: Path) -> bool:
    """Whether a folder can be replaced, which takes the right to write in it and beside it, or be made."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    places = [folder, folder.parent] if existing == folder else [existing]
    return all(place.is_dir() and os.access(place, os.W_OK | os.X_OK) for place in places)


def leftovers(names: Mapping[str, Path]) -> Finding:
    """Look for runs that are replacing one of some folders, or were killed while they did."""
    busy = [name for name, folder in names.items() if _is_held(swap.lock(folder))]
    if busy:
        return Finding("note", "other runs", f"one is writing {some(busy)}", "wait until it ends")
    left = [
        path.name
        for folder in names.values()
        for path in sorted(folder.parent.glob(f".{folder.name}.*"))
        if path != swap.lock(folder)
    ]
    if left:
        what = f"one was killed and left {some(left)}"
        return Finding("note", "other runs", what, "run the same command again, which clears them")
    return Finding("ok", "other runs", "none is under way, none was killed")


def _is_held(lock: Path) -> bool:
    """Whether a run holds a lock; the file alone stays after one that was killed, and holds nobody up."""
    if not lock.exists():
        return False
    try:
        with FileLock(lock, blocking=False):
            return False
    except Timeout:
        return True


def browser(path: str | None) -> Finding:
    """Say whether the tests in the browser can run, from where it was found."""
    if path is None:
        what = "no chromium is installed, which only make test-browser needs"
        return Finding("note", "browser", what, "apt-get install chromium")
    return Finding("ok", "browser", "chromium is installed")


def look() -> list[Finding]:
    """Look at everything around a run, at the fonts only if the packages are there that read them."""
    own = metadata.distribution(PROJECT)
    requires, names = own.requires or [], own.metadata.get_all("Provides-Extra") or []
    installed: dict[str, str] = {canonicalize_name(one.name): one.version for one in metadata.distributions()}
    lock = ROOT / LOCK
    basic, of_extras = packages(requires, installed), extras(requires, names, installed)
    has_faces = {code: faces(code) for code in ("en", "zh")} if basic.level == "ok" else {}
    return [
        python(platform.python_version(), own.metadata["Requires-Python"]),
        basic,
        *of_extras,
        versions(
            lock.read_text(encoding="utf-8") if lock.exists() else None,
            installed,
            is_whole=all(finding.level == "ok" for finding in of_extras),
        ),
        *fonts(has_faces),
        folders(OUTPUTS),
        leftovers(OUTPUTS),
        browser(shutil.which("chromium")),
    ]
