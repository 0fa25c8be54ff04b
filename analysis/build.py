"""Raw files to processed tables: the only writer of data/processed.

raw rows -> corrections -> reports -> links -> rounds -> tables
"""

import errno
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis import tables as t
from analysis.clean import records, segments
from analysis.clean.claims import check_claims
from analysis.clean.corrections import apply_corrections
from analysis.clean.directory import Directory, read_directory
from analysis.clean.drafts import Drafts, draft_rounds
from analysis.clean.linking import link
from analysis.clean.policies import round_policies_table
from analysis.clean.rates import FILE as RATES_FILE
from analysis.clean.rates import read_rates
from analysis.clean.reports import COLUMNS, read_reports
from analysis.clean.rounds import conflicts_table, round_investors_table, rounds_table
from analysis.clean.sheets import Problem, read_sheet, without_repeats
from analysis.clean.signs import check_signs
from analysis.layouts.companies import near_duplicates, new_companies, unfit_segments
from analysis.layouts.folder import Exports, layouts_in, read_exports
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

    def files(self) -> dict[str, bytes]:
        """Return the content of every file of data/processed by name."""
        rows = {name: len(frame) for name, frame in self.tables.items()}
        return {
            **{f"{name}.csv": t.csv_bytes(t.TABLES[name], frame) for name, frame in self.tables.items()},
            "datapackage.json": t.datapackage(self.as_of).encode(),
            "README.md": t.dictionary(self.as_of, rows).encode(),
        }


def read_folder(folder: Path) -> Raw:
    """Return what a folder of raw files holds; beside a layout, missing sheets come from data/raw."""
    layouts = layouts_in(folder)
    sheets: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    content: dict[str, bytes] = {}
    borrowed = []
    for name in (*SHEETS, RATES):
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


def make(folder: Path = RAW, use_judgements: bool = True, add_companies: bool = False) -> Built:
    """Read the raw files in `folder` and return every processed table, writing nothing.

    Args:
        folder: raw files, or exported tables with their layouts.
        use_judgements: heed judgements.csv.
        add_companies: make a company of each unknown one that an exported table names.

    Raises:
        BuildError: a raw file is missing or so damaged that no honest table can be made.
    """
    told = read_folder(folder)
    sheets, problems, rates = told.sheets, list(told.problems), told.rates
    _stop_if_fatal(problems)
    raw = sheets[REPORTS]
    files = {REPORTS, *(source.file for source in told.exports.sources)}
    damaged = [p.text for p in problems if p.file in files and "set aside" in p.action]
    n_raw = len(raw) + len(damaged) + sum(source.n_merged for source in told.exports.sources)
    directory, more = read_directory(sheets)
    problems += more
    if add_companies:
        added = new_companies(told.exports.rows, directory.companies)
        problems += told.exports.placed(near_duplicates(added, directory.companies.ids, REPORTS))
        readings = sheets[segments.FILE]["segment"]
        problems += unfit_segments(added, readings, told.exports.sources)
        _stop_if_fatal(problems)
        sheets = {**sheets, "companies.csv": pd.concat([sheets["companies.csv"], added], ignore_index=True)}
        directory, more = read_directory(sheets)
        problems += more
    problems += segments.check_segments(sheets)
    _stop_if_fatal(problems)
    corrected = apply_corrections(raw, sheets["corrections.csv"])
    problems += told.exports.placed(_waiting(corrected.problems, damaged))
    companies = sheets["companies.csv"]
    reports, more = read_reports(corrected.reports, directory, rates)
    problems += told.exports.placed(more)
    as_of = str(reports["collected"].max())
    typed = {}
    for name in records.COLUMNS:
        read, more = records.read_records(name, sheets[f"{name}.csv"], directory.companies, as_of)
        typed[name] = t.in_order(t.TABLES[name], read)
        problems += more
    if reports.empty:
        reason = "no report could be accepted"
        problems.append(Problem(REPORTS, 0, "", "", reason, "mend or add reports", True))
    judgements = sheets["judgements.csv"] if use_judgements else sheets["judgements.csv"].iloc[:0]
    problems += _waiting(_unfit_judgements(judgements, reports), [*damaged, *raw["report_id"]])
    _stop_if_fatal(problems)
    links = link(reports, judgements)
    drafts = draft_rounds(reports, links, directory.home_currency)

    names = dict(zip(companies["company_id"], companies["name"], strict=True))
    investors = _investors(directory, reports, drafts)
    investor_names = dict(zip(investors["investor_id"], investors["investor"], strict=True))
    rounds = rounds_table(drafts, names, investor_names, rates)
    problems += _unconverted(rounds)
    made = {
        "reports": reports.assign(
            round_id=reports["report_id"].map(drafts.round_of), link_reason=links["link_reason"].to_numpy()
        ).sort_values("report_id", ignore_index=True),
        "rounds": rounds,
        "round_policies": round_policies_table(
            reports, links, drafts, investor_names, directory.home_currency, rates
        ),
        "round_investors": round_investors_table(drafts, investors),
        "conflicts": conflicts_table(drafts, investor_names),
        "companies": companies.mask(companies == "", None),
        "investors": investors,
        "segment_readings": sheets[segments.FILE],
        **typed,
    }
    made["article_checks"] = check_claims(sheets["article_claims.csv"], made, directory, rates)
    made["problems"] = _problems(problems)
    shaped = {}
    for name, table in t.TABLES.items():
        try:
            shaped[name] = t.shape(table, made[name])
        except t.SchemaError as error:
            problems.append(Problem(table.source, 0, "", "", str(error), "mend the raw file", True))
    _stop_if_fatal(problems)
    problems += [
        Problem("", 0, "", "", sentence, "check the raw files", True) for sentence in t.dangling(shaped)
    ]
    _stop_if_fatal(problems)
    return Built(shaped, drafts, reports, problems, n_raw, as_of, told)


def build(
    raw: Path = RAW, out: Path = PROCESSED, judgements: bool = True, add_companies: bool = False
) -> Built:
    """Make all tables and write them to `out`, replacing the folder at once.

    Raises:
        BuildError, SwapError, OSError: nothing is written then.
    """
    with replaced(out) as fresh:
        built = make(raw, judgements, add_companies)
        for name, content in built.files().items():
            (fresh / name).write_bytes(content)
    return built


def _stop_if_fatal(problems: list[Problem]) -> None:
    if any(problem.fatal for problem in problems):
        raise BuildError(problems)


def _unfit_judgements(judgements: pd.DataFrame, reports: pd.DataFrame) -> list[Problem]:
    company = dict(zip(reports["report_id"], reports["company_id"], strict=True))
    unknown, remedy = "no accepted report has this id", "name a report of funding_reports.csv"
    problems = []
    for row in judgements.to_dict("records"):
        one, other = company.get(row["report_id"]), company.get(row["round"])
        strangers = one is not None and other is not None and one != other
        for column, unfit, reason, action in (
            ("report_id", one is None, unknown, remedy),
            ("round", other is None, unknown, remedy),
            ("judgement", strangers, f"{row['round']} is of another company", "name one of the same company"),
            (
                "judgement",
                row["judgement"] not in ("same", "different"),
                "not a known word",
                "use same or different",
            ),
        ):
            if unfit:
                problems.append(
                    Problem("judgements.csv", row["line"], column, row[column], reason, action, True)
                )
    return problems


def _waiting(problems: Iterable[Problem], damaged: Sequence[str]) -> Iterator[Problem]:
    """Let a decision about a report wait while the report itself is set aside: that is no reason to stop."""
    for problem in problems:
        about_report = problem.column in ("report_id", "round")
        if about_report and any(problem.text in text for text in damaged):
            action = "the decision waits until the report is mended"
            problem = replace(problem, reason="its report was set aside", action=action, fatal=False)
        yield problem


def _investors(directory: Directory, reports: pd.DataFrame, drafts: Drafts) -> pd.DataFrame:
    """Return every investor that an accepted report names, with the closed rounds that name it."""
    listed = {investor.investor_id for investor in directory.investors}
    named = {
        mention.investor.investor_id: mention.investor for found in reports["mentions"] for mention in found
    }
    rounds = drafts.count_rounds()
    return pd.DataFrame(
        [
            {
                "investor_id": name,
                "investor": who.name,
                "parent_group": who.parent_group or None,
                "group_note": who.group.note or None,
                "kind": who.kind or None,
                "is_resolved": name in listed,
                "n_rounds": rounds.get(name, 0),
            }
            for name, who in named.items()
        ],
        columns=[
            *("investor_id", "investor", "parent_group", "group_note", "kind", "is_resolved", "n_rounds"),
        ],
    )


def _unconverted(rounds: pd.DataFrame) -> list[Problem]:
    money = rounds[
        rounds["usd_per_unit"].isna()
        & rounds["amount_qualifier"].notna()
        & (rounds["amount_qualifier"] != "undisclosed")
    ]
    return [
        Problem(
            "rounds.csv",
            0,
            "currency",
            row["currency"] or "",
            f"no dollars for {row['round_id']}: no currency is named, no date is known, or there is no "
            "reference rate at most 7 days old",
            "the amount stays in its own currency and is left out of dollar sums; add a report that gives "
            "date and currency, or write the rates anew with python -m analysis refresh-rates",
        )
        for row in money.to_dict("records")
    ]


def _problems(problems: list[Problem]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "file": p.file,
                "line": p.line or None,
                "column": p.column or None,
                "text": p.text or None,
                "reason": p.reason,
                "action": p.action,
            }
            for p in problems
        ],
        columns=["file", "line", "column", "text", "reason", "action"],
    ).drop_duplicates(["file", "line", "column", "reason"])
