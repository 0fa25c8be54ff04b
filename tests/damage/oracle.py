"""What must hold of a folder of damaged raw files, whatever the damage: the promise of the build.

Nothing lost: each row of each damaged file is in its table or named by a problem. Nothing wrong in silence:
a row that was not struck has the values of the undamaged run, a struck one has them or a problem names it.
"""

import contextlib
import signal
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import analysis.build
from analysis import tables as t
from analysis.build import RATES, SHEETS, BuildError, Built, Raw, make, read_folder
from analysis.clean import records
from analysis.clean.sheets import LONGEST_CELL, Problem
from tests.damage.base import REPORTS, base
from tests.damage.damages import KINDS, File, Line, Stroke, fresh, physical

LONGEST = 60  # seconds after which a build counts as hung
# Files that say how the rows of others are read.
FEEDERS = (
    "companies.csv", "company_aliases.csv", "investor_aliases.csv", "corrections.csv", "judgements.csv",
    RATES,
)  # fmt: skip
RECORDS = {f"{name}.csv": name for name in records.COLUMNS}
KEYED = {
    "companies.csv": ("companies", "company_id"),
    "article_claims.csv": ("article_checks", "claim_id"),
    "segment_readings.csv": ("segment_readings", "segment"),
}
# Made from several reports, or from the place in the file.
_JOINT = ("round_id", "link_reason", "origin_key")
_READ = ("company_id", "round_label", "lead_investor_ids", "investor_ids")
_TEXT = 10_100  # signs of a problem's text: of the longest cell, and what says that more was there
Files = dict[str, File]


@dataclass(frozen=True)
class Outcome:
    """What became of a folder: its tables, or why there are none; and the rows of its sheets."""

    built: Built | None
    problems: Sequence[Problem]
    sheets: dict[str, pd.DataFrame]


def damaged(plan: Sequence[Stroke]) -> Files:
    """The files of the slice after the strokes of a plan."""
    files = {name: fresh(sheet) for name, sheet in base().items()}
    for stroke in plan:
        KINDS[stroke.kind](files[stroke.file], stroke)
    return files


def count(files: Files) -> int:
    """The number of files that are not as they were."""
    return sum(file.content() != fresh(base()[name]).content() for name, file in files.items())


@contextlib.contextmanager
def folder_of(files: Files) -> Iterator[Path]:
    """A folder that holds the files."""
    with tempfile.TemporaryDirectory() as name:
        for file, held in files.items():
            (Path(name) / file).write_bytes(held.content())
        yield Path(name)


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """Raise TimeoutError where the code stands when it takes too long."""

    def hung(*_: object) -> None:
        raise TimeoutError(f"not done in {LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, hung)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def run(folder: Path) -> Outcome:
    """Make everything, and keep what was read; any exception but BuildError passes through."""
    sheets: dict[str, pd.DataFrame] = {}

    def reading(where: Path) -> Raw:
        read = read_folder(where)
        sheets.update(read.sheets)
        return read

    with watched(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis.build, "read_folder", reading)
        try:
            built = make(folder)
        except BuildError as error:
            return Outcome(None, error.problems, sheets)
    return Outcome(built, built.problems, sheets)


@cache
def undamaged() -> Outcome:
    """What becomes of the slice as it is."""
    with folder_of(damaged(())) as folder:
        return run(folder)


def hold(plan: Sequence[Stroke]) -> Outcome:
    """Assert that the promise holds after the strokes of a plan."""
    files = damaged(plan)
    with folder_of(files) as folder:
        outcome = run(folder)
    _well_formed(outcome, files)
    for name in SHEETS:
        if not any(p.fatal and p.file == name for p in outcome.problems):
            _kept_or_named(name, files[name], outcome)
    if outcome.built is None:
        _blamed(outcome, files)
        return outcome
    _told(outcome)
    for name, file in files.items():
        _named(name, file, outcome)
    _reports(files, outcome)
    _rounds(files, outcome)
    for name in RECORDS:
        _records(name, files, outcome)
    for name in KEYED:
        _keyed(name, files[name], outcome)
    return outcome


# --- problems -------------------------------------------------------------------------------------


def _well_formed(outcome: Outcome, files: Files) -> None:
    for problem in outcome.problems:
        assert problem.reason, problem
        assert problem.action, problem
        assert len(problem.text) <= _TEXT, (len(problem.text), problem.file, problem.line)
        assert problem.file, problem
        if problem.file in files:
            count = len(physical(files[problem.file].content().decode("latin1")))
            assert problem.line > 0, problem
            assert problem.line <= max(count, 2) or files[problem.file].whole, problem
    assert len(outcome.problems) < 2_000


def _told(outcome: Outcome) -> None:
    """problems.csv holds all that was met."""
    table = outcome.built.tables["problems"]
    held = {
        (row["file"], None if pd.isna(row["line"]) else int(row["line"]), row["reason"])
        for row in table.to_dict("records")
    }
    assert {(p.file, p.line or None, p.reason) for p in outcome.problems} <= held


def _named_at(outcome: Outcome, name: str, first: int, last: int) -> list[Problem]:
    """The problems that name a line from the first to the last."""
    return [
        p
        for p in outcome.problems
        if p.file == name and p.line <= last and first <= p.line + p.text.count("\n")
    ]


def _at(outcome: Outcome, name: str, start: int, line: Line) -> list[Problem]:
    """The problems that name a row."""
    return _named_at(outcome, name, start, start + len(physical(line.text)) - 1)


def _kept_or_named(name: str, file: File, outcome: Outcome) -> None:
    """Each row below the header is read as it stands, or a problem names it."""
    rows = outcome.sheets[name].set_index("line")
    assert rows.index.is_unique
    cells = rows.to_dict("index")
    covered = {
        line
        for start, row in cells.items()
        for line in range(start, start + 1 + sum(cell.count("\n") for cell in row.values()))
    }
    for start, line in zip(file.starts(), file.lines, strict=True):
        if line.struck or line.origin is None:
            lines = physical(line.text)
            for below, text in enumerate(lines[:1] if len(line.text) > LONGEST_CELL else lines):
                at = start + below
                named = at in covered or _named_at(outcome, name, at, at)
                assert named or not text.strip(), (name, at, line.text[:300])
        else:
            expected = dict(zip(file.header, file.rows[line.origin], strict=True))
            assert cells.get(start) == expected, (name, start, line.text[:300])


def _named(name: str, file: File, outcome: Outcome) -> None:
    for start, line in zip(file.starts(), file.lines, strict=True):
        if line.named:
            found = _at(outcome, name, start, line)
            assert found, (name, start, line.struck, line.text[:300])
            if "" not in line.struck and line.struck:
                columns = {p.column for p in found}
                assert columns & (line.struck | {""}), (name, start, line.struck, found)


def _blamed(outcome: Outcome, files: Files) -> None:
    """A build that stops names a damaged file, and does not stop for one row of reports or records."""
    struck = {name for name, file in files.items() if _is_damaged(file)}
    named = {p.file for p in outcome.problems}
    assert struck & named, (struck, named)
    fatal = [p for p in outcome.problems if p.fatal]
    assert fatal
    for problem in fatal:
        if problem.file in (REPORTS, RATES, *RECORDS):
            file = files[problem.file]
            assert file.whole or not _sound(file) or not _sound(files[REPORTS]), problem


def _sound(file: File) -> bool:
    return any(not line.struck and line.origin is not None for line in file.lines)


def _is_damaged(file: File) -> bool:
    return bool(file.whole or file.lost or file.tail or any(line.struck for line in file.lines))


# --- values ---------------------------------------------------------------------------------------


def _by(frame: pd.DataFrame, key: str) -> dict[object, dict[str, object]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return {row[key]: row for row in plain.to_dict("records")}


def _lined(outcome: Outcome, name: str) -> dict[int, dict[str, object]]:
    """The rows of a table by the line of the raw file on which they begin."""
    if name == REPORTS:
        table, key, frame = "reports", "report_id", outcome.built.reports
        lines = dict(zip(frame["report_id"], frame["line"], strict=True))
    else:
        table, key, frame = RECORDS[name], "record_id", outcome.sheets[name]
        ids = records.record_ids(frame[list(records.COLUMNS[table])])
        lines = dict(zip(ids, frame["line"], strict=True))
    return {lines[row_id]: row for row_id, row in _by(outcome.built.tables[table], key).items()}


@cache
def _before(name: str) -> dict[int, dict[str, object]]:
    return _lined(undamaged(), name)


def _typed(table: str) -> list[str]:
    """The columns whose value was read from a text, not copied."""
    return [
        column.name
        for column in t.TABLES[table].columns
        if (column.type in ("number", "integer", "date") or column.enum or column.name in _READ)
        and column.name not in _JOINT
    ]


def _fed(files: Files, outcome: Outcome, *feeders: str) -> bool:
    """Whether a file that says how rows are read lost rows, or was damaged and a problem says so."""
    found = [name for name in feeders if _is_damaged(files[name])]
    return any(files[name].lost for name in found) or any(p.file in found for p in outcome.problems)


def _corrected(files: Files) -> set[str]:
    """Ids of reports whose correction is damaged."""
    file = files["corrections.csv"]
    gone = {file.rows[origin][0] for origin in file.lost if origin >= 0}
    return gone | {
        file.rows[line.origin][0] for line in file.lines if line.struck and line.origin is not None
    }


def _reports(files: Files, outcome: Outcome) -> None:
    built, file = outcome.built, files[REPORTS]
    after, before = _lined(outcome, REPORTS), _before(REPORTS)
    aside = {
        (p.line, p.column, p.reason)
        for p in outcome.problems
        if p.file == REPORTS and "set aside" in p.action
    }
    assert built.n_raw == len(after) + len({line for line, _, _ in aside})
    corrected = _corrected(files)
    typed = _typed("reports")
    kept = [name for name in t.TABLES["reports"].names if name not in _JOINT]
    for start, line in zip(file.starts(), file.lines, strict=True):
        if not line.text.strip():
            continue
        problems = _at(outcome, REPORTS, start, line)
        row = next((after[at] for at in range(start, start + len(physical(line.text))) if at in after), None)
        assert row is not None or problems, (start, line.text[:300])
        old = None if line.origin is None else before.get(line.origin + 2)
        if old is None or line.again or line.replaced or old["report_id"] in corrected:
            continue
        if row is None:
            fed = any(_is_damaged(files[name]) for name in FEEDERS)
            assert line.struck or fed, (start, line.text[:300])
            continue
        columns = typed if line.struck else kept
        changed = {name: (old[name], row[name]) for name in columns if row[name] != old[name]}
        if changed and line.struck:
            assert problems or _fed(files, outcome, *FEEDERS), (start, line.struck, line.text[:300], changed)
        elif changed:
            assert _fed(files, outcome, *FEEDERS), (start, line.text[:300], changed)


def _rounds(files: Files, outcome: Outcome) -> None:
    if _fed(files, outcome, *FEEDERS):
        return
    file = files[REPORTS]
    before = _before(REPORTS)
    struck = {line.origin for line in file.lines if line.struck} | file.lost
    touched = {before[origin + 2]["company_id"] for origin in struck if origin is not None and origin >= 0}
    ids = set(outcome.built.tables["reports"]["report_id"])
    touched |= {row["company_id"] for row in before.values() if row["report_id"] not in ids}
    starts = {start for start, line in zip(file.starts(), file.lines, strict=True) if line.struck}
    touched |= {row["company_id"] for line, row in _lined(outcome, REPORTS).items() if line in starts}
    after = _by(outcome.built.tables["rounds"], "round_id")
    for name, old in _by(undamaged().built.tables["rounds"], "round_id").items():
        if old["company_id"] not in touched:
            assert after.get(name) == old, (name, after.get(name), old)


def _records(name: str, files: Files, outcome: Outcome) -> None:
    table, file = RECORDS[name], files[name]
    after, before = _lined(outcome, name), _before(name)
    typed, kept = _typed(table), t.TABLES[table].names
    for start, line in zip(file.starts(), file.lines, strict=True):
        if not line.text.strip():
            continue
        problems = _at(outcome, name, start, line)
        row = next((after[at] for at in range(start, start + len(physical(line.text))) if at in after), None)
        assert row is not None or problems, (name, start, line.text[:300])
        old = None if line.origin is None else before.get(line.origin + 2)
        if old is None or line.again or line.replaced:
            continue
        if row is None:
            assert line.struck, (name, start, line.text[:300])
            continue
        columns = typed if line.struck else kept
        changed = {column: (old[column], row[column]) for column in columns if row[column] != old[column]}
        if not line.struck and set(changed) <= {"company_id"} and _fed(files, outcome, *FEEDERS):
            continue
        said = row.get("value_qualifier") == "unreadable"
        assert not changed or (line.struck and (problems or said)), (name, start, line.text[:300], changed)


def _keyed(name: str, file: File, outcome: Outcome) -> None:
    """Each row of a sheet with a key of its own is in its table, or a problem names it."""
    table, key = KEYED[name]
    after, before = (_by(one.built.tables[table], key) for one in (outcome, undamaged()))
    place = file.header.index(key)
    for start, line in zip(file.starts(), file.lines, strict=True):
        if line.origin is None or line.again:
            continue
        old = before[file.rows[line.origin][place]]
        row = after.get(old[key])
        if line.struck:
            assert row is not None or _at(outcome, name, start, line) or line.cells, (name, start, line)
        else:
            assert row is not None, (name, start, line.text[:300])
            same = [column for column in file.header if column in old]
            assert [row[column] for column in same] == [old[column] for column in same], (name, start)
