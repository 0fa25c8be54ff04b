"""Raw files to processed tables: the only writer of data/processed.

raw rows -> corrections -> reports -> links -> rounds -> tables
"""

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import tables as t
from analysis.clean import records, segments
from analysis.clean.claims import check_claims
from analysis.clean.corrections import apply_corrections
from analysis.clean.directory import read_directory
from analysis.clean.drafts import Drafts
from analysis.clean.rates import FILE as RATES_FILE
from analysis.clean.rates import read_rates
from analysis.clean.reports import COLUMNS, read_reports
from analysis.clean.sheets import Problem, read_sheet, without_repeats
from analysis.clean.signs import check_signs
from analysis.layouts.companies import near_duplicates, new_companies, unfit_segments
from analysis.layouts.folder import Exports, layouts_in, read_exports
from analysis.stages import (
    Progress,
    Reference,
    investors_table,
    named_investors,
    problems_table,
    quietly,
    read_beside,
    settle,
    shape_tables,
    unfit_judgements,
    waiting,
)
from analysis.swap import replaced

ROOT = Path(__file__).parent.parent
RAW = ROOT / "data" / "raw"
PROCESSED = ROOT / "data" / "processed"

SHEETS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "funding_reports.csv": (COLUMNS, ()),
    "companies.csv": (
        ("company_id", "name", "name_zh", "country", "segment", "cohort"),
        ("company_id", "name", "country", "segment", "cohort"),
    ),
    "company_aliases.csv": (("alias", "company_id"), ("alias", "company_id")),
    "investor_aliases.csv": (
        ("alias", "investor", "parent_group", "kind", "publisher", "url"),
        ("alias", "investor"),
    ),
    "corrections.csv": (
        ("report_id", "field", "expected_text", "corrected_text", "reason"),
        ("report_id", "reason"),
    ),
    "judgements.csv": (
        ("report_id", "round", "judgement", "reason"),
        ("report_id", "round", "judgement", "reason"),
    ),
    "article_claims.csv": (
        ("claim_id", "subject", "topic", "aspect", "value", "claim"),
        ("claim_id", "claim"),
    ),
    segments.FILE: (segments.COLUMNS, segments.COLUMNS),
    **{f"{name}.csv": (columns, records.REQUIRED[name]) for name, columns in records.COLUMNS.items()},
}
_STAGES = 5  # in which progress is told
RATES = RATES_FILE
REPORTS = "funding_reports.csv"
# Sheets about single reports: beside exported tables they are not taken from data/raw.
_OWN = frozenset({REPORTS, "corrections.csv", "judgements.csv"})
# Sheets in which no row may stand twice, and the column, if any, that names a row: two rows with one name
# would be two answers. Reports are told apart by their ids, after the corrections.
KEYS = {
    **dict.fromkeys([name for name in SHEETS if name != "funding_reports.csv"]),
    "companies.csv": "company_id",
    "article_claims.csv": "claim_id",
}


class BuildError(Exception):
    """The raw files cannot be built, nothing was written; `problems` holds all that was met, fatal or not."""

    def __init__(self, problems: list[Problem]) -> None:
        fatal = [problem for problem in problems if problem.fatal]
        super().__init__("; ".join(f"{p.file}:{p.line}: {p.reason}" for p in fatal[:10]))
        self.problems = problems


@dataclass(frozen=True)
class Raw:
    """The raw files of a folder.

    Attributes:
        sheets: rows by file name; the reports of exported tables stand below those of funding_reports.csv.
        problems: what was met in reading.
        rates: the reference rates.
        exports: the tables that have a layout beside them.
        borrowed: files that came from data/raw, because a folder of exported tables need not have them.
    """

    sheets: dict[str, pd.DataFrame]
    problems: list[Problem]
    rates: pd.DataFrame
    exports: Exports
    borrowed: tuple[str, ...]


@dataclass(frozen=True)
class Built:
    """The outcome of a build: tables by name, drafts with their choices, problems, counts."""

    tables: Mapping[str, pd.DataFrame]
    drafts: Drafts
    reports: pd.DataFrame
    problems: list[Problem]
    n_raw: int
    as_of: str
    raw: "Raw"

    @property
    def n_merged(self) -> int:
        """Rows of exported tables that named a further investor of a round in another row."""
        return sum(source.n_merged for source in self.raw.exports.sources)

    @property
    def n_set_aside(self) -> int:
        """Raw report rows that were not accepted."""
        return self.n_raw - self.n_merged - len(self.reports)

    def files(self, form: str = "csv") -> dict[str, bytes]:
        """Return the content of every file of data/processed by name, the tables in one of `FORMATS`."""
        rows = {name: len(frame) for name, frame in self.tables.items()}
        return {
            **{
                f"{name}.{form}": t.content(t.TABLES[name], frame, form)
                for name, frame in self.tables.items()
            },
            "datapackage.json": t.datapackage(self.as_of, form).encode(),
            "README.md": t.dictionary(self.as_of, rows, form).encode(),
        }


def read_folder(folder: Path, with_reports: bool = True) -> Raw:
    """Return what a folder of raw files holds; beside a layout, missing sheets come from data/raw.

    Args:
        folder: raw files, or exported tables with their layouts.
        with_reports: read funding_reports.csv, too.
    """
    layouts = layouts_in(folder)
    sheets: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    content: dict[str, bytes] = {}
    borrowed = []
    for name in (*SHEETS, RATES):
        if name == REPORTS and not with_reports:
            continue
        path = folder / name
        if layouts and not path.exists():
            if name in _OWN:
                content[name] = ",".join(SHEETS[name][0]).encode()
                continue
            path = RAW / name
            borrowed.append(name)
        try:
            content[name] = _content(path)
        except OSError as error:
            reason = f"the file cannot be read: {error.strerror}"
            problems.append(Problem(name, 0, "", "", reason, f"look for it in {path.parent}", True))
    for name, (columns, required) in SHEETS.items():
        if name in content:
            sheet = read_sheet(content[name], name, columns, required)
            problems += sheet.problems
            problems += check_signs(sheet.rows, name)
            sheets[name] = sheet.rows
            if name in KEYS:
                sheets[name], again = without_repeats(sheet.rows, name, KEYS[name])
                problems += again
    rates = pd.DataFrame()
    if RATES in content:
        rates, more = read_rates(content[RATES])
        problems += more
    own = [problem.line for problem in problems if problem.file == REPORTS]
    own += sheets[REPORTS]["line"].tail(1).tolist() if REPORTS in sheets else []
    exports = read_exports(layouts, REPORTS, max(own, default=0))
    if layouts:
        problems += exports.problems
        problems += exports.placed(check_signs(exports.rows[[*COLUMNS, "line"]], REPORTS))
        if REPORTS in sheets:
            below = exports.rows[[*COLUMNS, "line"]]
            sheets[REPORTS] = pd.concat([sheets[REPORTS], below], ignore_index=True)
    return Raw(sheets, problems, rates, exports, tuple(borrowed))


def read_raw(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Problem], pd.DataFrame]:
    """Return the rows of every raw sheet by file name, the problems met, and the reference rates."""
    raw = read_folder(folder)
    return raw.sheets, raw.problems, raw.rates


def _content(path: Path) -> bytes:
    """The bytes of a file. A pipe or a device is none: reading it may never end."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "Not a regular file")
    return path.read_bytes()


def make(
    folder: Path = RAW,
    use_judgements: bool = True,
    add_companies: bool = False,
    progress: Progress = quietly,
) -> Built:
    """Read the raw files in `folder` and return every processed table, writing nothing.

    Args:
        folder: raw files, or exported tables with their layouts.
        use_judgements: heed judgements.csv.
        add_companies: make a company of each unknown one that an exported table names.
        progress: told of each stage.

    Raises:
        BuildError: a raw file is missing or so damaged that no honest table can be made.
    """
    progress("Reading the sheets", 0, _STAGES)
    told = read_folder(folder)
    problems = list(told.problems)
    stop_if_fatal(problems)
    raw = told.sheets[REPORTS]
    files = {REPORTS, *(source.file for source in told.exports.sources)}
    damaged = [p.text for p in problems if p.file in files and "set aside" in p.action]
    n_raw = len(raw) + len(damaged) + sum(source.n_merged for source in told.exports.sources)
    reference, more = read_reference(told, use_judgements, add_companies)
    problems += more
    progress("Reading reports", 1, _STAGES)
    corrected = apply_corrections(raw, reference.sheets["corrections.csv"])
    problems += told.exports.placed(waiting(corrected.problems, damaged))
    reports, more = read_reports(corrected.reports, reference.directory, reference.rates)
    problems += told.exports.placed(more)
    as_of = str(reports["collected"].max())
    records, more = read_beside(reference, as_of)
    problems += more
    if reports.empty:
        reason = "no report could be accepted"
        problems.append(Problem(REPORTS, 0, "", "", reason, "mend or add reports", True))
    companies = dict(zip(reports["report_id"], reports["company_id"], strict=True))
    unfit = unfit_judgements(reference.judgements, companies)
    problems += waiting(unfit, [*damaged, *raw["report_id"]])
    stop_if_fatal(problems)
    progress("Settling rounds", 2, _STAGES)
    named = named_investors(reports)
    settled = settle(reports, reference, named)
    problems += settled.problems
    progress("Checking the tables", 3, _STAGES)
    made = {
        **settled.tables,
        **records,
        "investors": investors_table(named, settled.n_rounds, reference.directory),
    }
    made["article_checks"] = check_claims(
        reference.sheets["article_claims.csv"], made, reference.directory, reference.rates
    )
    made["problems"] = problems_table(problems)
    shaped, broken = shape_tables(made)
    problems += broken
    stop_if_fatal(problems)
    return Built(shaped, settled.drafts, reports, problems, n_raw, as_of, told)


def read_reference(told: Raw, use_judgements: bool, add_companies: bool) -> tuple[Reference, list[Problem]]:
    """Return what reports are read against, and the problems of its sheets.

    Raises:
        BuildError: a sheet contradicts itself.
    """
    sheets, problems = told.sheets, list(told.problems)
    directory, more = read_directory(sheets)
    problems += more
    if add_companies:
        added = new_companies(told.exports.rows, directory.companies)
        problems += told.exports.placed(near_duplicates(added, directory.companies.ids, REPORTS))
        readings = sheets[segments.FILE]["segment"]
        problems += unfit_segments(added, readings, told.exports.sources)
        stop_if_fatal(problems)
        sheets = {**sheets, "companies.csv": pd.concat([sheets["companies.csv"], added], ignore_index=True)}
        directory, more = read_directory(sheets)
        problems += more
    problems += segments.check_segments(sheets)
    stop_if_fatal(problems)
    judgements = sheets["judgements.csv"] if use_judgements else sheets["judgements.csv"].iloc[:0]
    small = {name: sheet for name, sheet in sheets.items() if name != REPORTS}
    return Reference(small, directory, told.rates, judgements), problems[len(told.problems) :]


def build(
    raw: Path = RAW,
    out: Path = PROCESSED,
    judgements: bool = True,
    add_companies: bool = False,
    form: str = "csv",
    progress: Progress = quietly,
) -> Built:
    """Make all tables and write them to `out`, replacing the folder at once.

    Args:
        raw, judgements, add_companies: as in `make`.
        out: the folder; its tables of another format go.
        form: one of `tables.FORMATS`.
        progress: told of each stage.

    Raises:
        BuildError, SwapError, OSError: nothing is written then.
    """
    with replaced(out, without=t.files_of_others(form)) as fresh:
        built = make(raw, judgements, add_companies, progress)
        progress("Writing the tables", 4, _STAGES)
        for name, content in built.files(form).items():
            (fresh / name).write_bytes(content)
    return built


def stop_if_fatal(problems: list[Problem]) -> None:
    """Raise BuildError if one of the problems is fatal."""
    if any(problem.fatal for problem in problems):
        raise BuildError(problems)
