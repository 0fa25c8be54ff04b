"""What is done with each part of a sheet of reports, and with each share of the companies.

Tasks give each other rows through files of a scratch folder; what they return is small. Each may run twice,
here or on another machine: it writes the same files again.
"""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import tables as t
from analysis.clean.corrections import apply_corrections
from analysis.clean.reports import COLUMNS, read_reports, repeated_id
from analysis.clean.sheets import Problem
from analysis.clean.signs import check_signs
from analysis.parse.names import fold
from analysis.parts.cuts import Part, read_part
from analysis.stages import Named, Reference, named_investors, settle, shape_tables

REPORTS = "funding_reports.csv"


@dataclass(frozen=True)
class Plan:
    """What every task has to know.

    Attributes:
        scratch: a folder that all workers see.
        out: the folder of the tables.
        n_shares: in how many shares the companies, ids and pages are dealt out.
    """

    scratch: Path
    out: Path
    n_shares: int

    def keep(self, name: str, value: Any) -> None:
        """Write something that every task may need."""
        _write(self.scratch / name, value)

    def kept(self, name: str) -> Any:
        """Return what `keep` wrote."""
        return _load(self.scratch / name)

    @property
    def reference(self) -> Reference:
        """What reports are read against."""
        kept: Reference = self.kept("reference")
        return kept

    def deal(self, rows: pd.DataFrame, by: str, number: int) -> None:
        """Write each row of a part into the file of the share that its cell falls to."""
        for old in (self.scratch / by).glob(f"*/{number:06d}"):
            old.unlink()
        share = pd.util.hash_array(rows[by].to_numpy(dtype=object)) % self.n_shares
        for place, own in rows.groupby(share, sort=False):
            folder = self.scratch / by / str(place)
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / f"{number:06d}", own)

    def dealt(self, by: str, share: int) -> pd.DataFrame | None:
        """Return the rows that fell to a share, in the order of the sheet; None if there are none."""
        files = sorted((self.scratch / by / str(share)).glob("[0-9]*"))
        return pd.concat(map(_read, files), ignore_index=True) if files else None


def _write(path: Path, value: Any) -> None:
    """Write a file that is whole or not there."""
    fresh = path.with_name(f".{path.name}")
    fresh.write_bytes(pickle.dumps(value, protocol=5))
    fresh.replace(path)


def _read(path: Path) -> Any:
    return pickle.loads(path.read_bytes())


@lru_cache(maxsize=4)
def _load(path: Path) -> Any:
    return _read(path)


@dataclass(frozen=True)
class Typed:
    """What became of the rows of a part.

    Attributes:
        part: the part.
        n_rows: rows of the sheet, damaged ones included.
        n_accepted: reports.
        problems: of its rows and cells.
        as_of: the newest day of collection, "" if no row was accepted.
        named: the investors that its reports name.
        companies: of each accepted report that a correction or a judgement names.
        present: ids that corrections or judgements name and that a row has, accepted or not.
        damaged: those that stand in a row that could not be read.
    """

    part: Part
    n_rows: int
    n_accepted: int
    problems: list[Problem]
    as_of: str
    named: Named
    companies: Mapping[str, str]
    present: frozenset[str]
    damaged: frozenset[str]


def type_part(plan: Plan, given: tuple[Part, Mapping[int, int]]) -> Typed:
    """Type the reports of a part and deal them out by company, with their ids and pages.

    Args:
        plan: of the build.
        given: a part of the sheet, and its lines whose id stands in an earlier line, with that line.

    Raises:
        OSError: a file cannot be read or written.
    """
    part, repeats = given
    reference = plan.reference
    sheet = read_part(part, COLUMNS, REPORTS)
    problems = [*sheet.problems, *check_signs(sheet.rows, REPORTS)]
    corrections = reference.sheets["corrections.csv"]
    decided = {*corrections["report_id"], *reference.judgements[["report_id", "round"]].stack()}
    again = sheet.rows["line"].isin(list(repeats))
    problems += [
        repeated_id(REPORTS, line, name, repeats[line])
        for line, name in sheet.rows.loc[again, ["line", "report_id"]].itertuples(index=False, name=None)
    ]
    rows = sheet.rows[~again].reset_index(drop=True)
    corrected = apply_corrections(rows, corrections[corrections["report_id"].isin(rows["report_id"])])
    problems += corrected.problems
    reports, more = read_reports(corrected.reports, reference.directory, reference.rates)
    problems += more
    plan.deal(reports.drop(columns="mentions"), "company_id", part.number)
    plan.deal(reports[["report_id", "line"]], "report_id", part.number)
    plan.deal(reports[["url", "publisher"]].drop_duplicates(), "url", part.number)
    known = reports[reports["report_id"].isin(decided)]
    return Typed(
        part,
        len(sheet.rows) + len(sheet.problems),
        len(reports),
        problems,
        "" if reports.empty else str(reports["collected"].max()),
        named_investors(reports),
        dict(zip(known["report_id"], known["company_id"], strict=True)),
        frozenset(decided & set(sheet.rows["report_id"])),
        frozenset(name for name in decided if any(name in problem.text for problem in sheet.problems)),
    )


def repeated_lines(plan: Plan, share: int) -> dict[int, int]:
    """Return the lines whose id stands in an earlier line, and that line, for a share of the ids."""
    ids = plan.dealt("report_id", share)
    if ids is None:
        return {}
    first = ids.groupby("report_id")["line"].transform("min")
    later = ids["line"] != first
    return dict(zip(ids.loc[later, "line"], first[later], strict=True))


def shared_pages(plan: Plan, share: int) -> dict[str, str]:
    """Return the pages of a share that have several publishers, with the first of these by the alphabet."""
    pages = plan.dealt("url", share)
    if pages is None:
        return {}
    called = pages.groupby("url")["publisher"].agg(["min", "nunique"])
    several = called.loc[called["nunique"] > 1, "min"]
    return dict(zip(several.index, several, strict=True))


@dataclass(frozen=True)
class Share:
    """What became of a share of the companies.

    Attributes:
        n_rows: of each table that it wrote.
        n_rounds: closed rounds by investor.
        problems: sums without dollars, and breaches of the schema.
        claimed: the rows of the companies that a claim may be about, by table.
    """

    n_rows: Mapping[str, int]
    n_rounds: Mapping[str, int]
    problems: list[Problem]
    claimed: Mapping[str, pd.DataFrame]


def settle_share(plan: Plan, share: int) -> Share:
    """Link the reports of a share of the companies, choose their values and write their tables.

    Raises:
        OSError: a file cannot be read or written.
    """
    reports = plan.dealt("company_id", share)
    if reports is None:
        return Share({}, {}, [], {})
    reference = plan.reference
    publishers = reports.loc[reports["origin"].isna(), "url"].map(plan.kept("publishers")).dropna()
    reports.loc[publishers.index, "origin_key"] = publishers.map(fold)
    judgements = reference.judgements
    own = judgements[judgements["report_id"].isin(reports["report_id"])]
    named = plan.kept("named")
    settled = settle(reports, Reference(reference.sheets, reference.directory, reference.rates, own), named)
    shaped, broken = shape_tables(settled.tables)
    for name, frame in shaped.items():
        folder = plan.out / f"{name}.parquet"
        folder.mkdir(exist_ok=True)
        (folder / f"part-{share:05d}.parquet").write_bytes(t.parquet_bytes(t.TABLES[name], frame))
    return Share(
        {name: len(frame) for name, frame in shaped.items()},
        settled.n_rounds,
        [*settled.problems, *broken],
        _claimed(settled.tables, plan.kept("claimed")),
    )


def _claimed(tables: Mapping[str, pd.DataFrame], companies: frozenset[str]) -> dict[str, pd.DataFrame]:
    """The rows of some companies in the tables that claims are held against."""
    found = {name: tables[name][tables[name]["company_id"].isin(companies)] for name in ("reports", "rounds")}
    parts = tables["round_investors"]
    if not parts.empty:
        parts = parts[parts["round_id"].isin(found["rounds"]["round_id"])]
    return {**found, "round_investors": parts}
