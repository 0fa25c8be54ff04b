"""`doctor`: what is missing, out of date or about to be."""

import datetime as dt
from typing import TYPE_CHECKING

import typer

from analysis.commands.terminal import columns, console, count, fail, paragraph

if TYPE_CHECKING:
    from analysis.doctor.finding import Finding

_LEVEL, _SUBJECT = len("warning"), len("other runs")


def doctor() -> None:
    """Look for what is missing, out of date or about to be.

    First Python, packages, fonts and folders, then whether tables, notebooks, charts and site are what the
    raw files give now. Nothing is changed. What is not ok comes with what to do about it; the exit code is 1
    if something is an error.

    \b
    Example:
      python -m analysis doctor
    """
    try:
        from analysis.doctor import environment
    except ModuleNotFoundError as error:
        fail(f"The package {error.name} is not installed: python -m pip install -r requirements.lock")
    found = environment.look()
    _list(found)
    if _n(found, "error"):
        fail("Mend this first, then run it again: the rest was not looked at.")
    from analysis.doctor import record

    more = record.look(environment.ROOT, dt.date.today())
    _list(more)
    found += more
    paragraph(
        console(),
        f"{count(len(found), 'thing')} looked at: {count(_n(found, 'error'), 'error')}, "
        f"{count(_n(found, 'warning'), 'warning')}, {count(_n(found, 'note'), 'note')}",
    )
    if _n(found, "error"):
        raise typer.Exit(1)


def _n(found: "list[Finding]", level: str) -> int:
    return sum(finding.level == level for finding in found)


def _list(found: "list[Finding]") -> None:
    """Print findings below each other, in columns that do not depend on what was found."""
    rows = []
    for finding in found:
        rows.append([f"{finding.level:{_LEVEL}}", f"{finding.subject:{_SUBJECT}}", finding.what])
        if finding.advice:
            rows.append(["", "", f"-> {finding.advice}"])
    columns(console(), rows)
