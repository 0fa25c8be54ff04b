"""A build in parts: the stages of `analysis.build.make`, while no table is ever held as a whole.

parts of the sheet -> reports typed and dealt out -> what stands in several parts -> shares of the companies
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pandas as pd

from analysis import tables as t
from analysis.build import REPORTS, BuildError, read_folder, read_reference, stop_if_fatal
from analysis.clean.claims import check_claims
from analysis.clean.corrections import apply_corrections
from analysis.clean.reports import COLUMNS
from analysis.clean.sheets import Problem
from analysis.parse.names import fold
from analysis.parts.cuts import Part, cut
from analysis.parts.engines import Engine
from analysis.parts.tasks import Plan, Share, Typed, repeated_lines, settle_share, shared_pages, type_part
from analysis.stages import (
    Named,
    Progress,
    Reference,
    investors_table,
    problems_table,
    quietly,
    read_beside,
    shape_tables,
    unfit_judgements,
    waiting,
)
from analysis.swap import replaced

PART = 1 << 24
"""Bytes of reports that a task is given at a time: some 60,000 of them."""

Result = TypeVar("Result")


@dataclass(frozen=True)
class BuiltParts:
    """The outcome of a build in parts.

    Attributes:
        n_rows: of each table.
        problems: all that was met.
        n_raw: rows of the sheet of reports, damaged ones included.
        as_of: the newest day of collection, ISO 8601.
    """

    n_rows: dict[str, int]
    problems: list[Problem]
    n_raw: int
    as_of: str


def build_parts(
    raw: Path,
    out: Path,
    engine: Engine,
    judgements: bool = True,
    progress: Progress = quietly,
    scratch: Path | None = None,
    size: int = PART,
) -> BuiltParts:
    """Make all tables and write them to `out` as Parquet, replacing the folder at once.

    Args:
        raw: raw files; the reports are funding_reports.csv, or funding_reports.parquet: a file or a folder.
        out: gets a file NAME.parquet for each table, or a folder of such files for those of the reports.
        engine: where the tasks run.
        judgements: heed judgements.csv.
        progress: told of each step.
        scratch: a folder for what tasks give each other, as large as the reports; on a cluster all workers
            must see it, and `raw` and `out`. [default: beside `out`]
        size: bytes of reports that a task is given at a time.

    Raises:
        BuildError, SwapError, OSError: nothing is written then.
    """
    told = read_folder(raw, with_reports=False)
    if told.exports.sources:
        reason = "a table with a layout cannot be built in parts"
        action = "leave out --engine, or give its rows as funding_reports.csv"
        told.problems.append(Problem(told.exports.sources[0].file, 0, "", "", reason, action, True))
    stop_if_fatal(told.problems)
    reference, more = read_reference(told, judgements, add_companies=False)
    problems = [*told.problems, *more]
    parts = _parts(raw, size)
    with (
        replaced(out, without=t.files_of_others("parquet")) as fresh,
        TemporaryDirectory(prefix="parts-", dir=scratch or out.resolve().parent) as folder,
    ):
        n_shares = max(1, ceil(sum(part.n_bytes for part in parts) / size))
        plan = Plan(Path(folder), fresh, n_shares)
        plan.keep("reference", reference)
        typed, publishers = _type(plan, parts, engine, progress)
        problems += chain.from_iterable(part.problems for part in typed)
        problems += _misplaced(reference, typed)
        if not any(part.n_accepted for part in typed):
            reason = "no report could be accepted"
            problems.append(Problem(REPORTS, 0, "", "", reason, "mend or add reports", True))
        stop_if_fatal(problems)
        named = _named(typed)
        plan.keep("named", named)
        plan.keep("publishers", publishers)
        plan.keep("claimed", _claimed(reference))
        shares = _watched(
            "Settling rounds", engine.map(partial(settle_share, plan), range(n_shares)), n_shares, progress
        )
        problems += chain.from_iterable(share.problems for share in shares)
        as_of = max(part.as_of for part in typed)
        rest, more = _rest(reference, named, shares, as_of, problems)
        problems += more
        stop_if_fatal(problems)
        n_rows = {name: sum(share.n_rows.get(name, 0) for share in shares) for name in t.TABLES}
        for name, frame in rest.items():
            (fresh / f"{name}.parquet").write_bytes(t.parquet_bytes(t.TABLES[name], frame))
            n_rows[name] = len(frame)
        files = {
            name: [file.relative_to(fresh).as_posix() for file in sorted(fresh.glob(f"{name}.parquet/*"))]
            for name in t.TABLES
        }
        (fresh / "datapackage.json").write_bytes(t.datapackage(as_of, "parquet", files).encode())
        (fresh / "README.md").write_bytes(t.dictionary(as_of, n_rows, "parquet").encode())
    return BuiltParts(n_rows, problems, sum(part.n_rows for part in typed), as_of)


def _parts(raw: Path, size: int) -> list[Part]:
    """The parts of the sheet of reports of a folder."""
    beside = [raw / REPORTS, raw / REPORTS.replace(".csv", ".parquet")]
    found = [path for path in beside if path.exists()]
    if len(found) == 1:
        try:
            return cut(found[0], size)
        except OSError as error:
            reason = f"the file cannot be read: {error.strerror or error}"
    else:
        reason = (
            f"{'both' if found else 'none'} of {' and '.join(path.name for path in beside)} in the folder"
        )
    raise BuildError([Problem(REPORTS, 0, "", "", reason, f"look into {raw}: there must be one", True)])


def _watched(stage: str, results: Iterable[Result], number: int, progress: Progress) -> list[Result]:
    """All results, while `progress` is told of each."""
    found = []
    progress(stage, 0, number)
    for result in results:
        found.append(result)
        progress(stage, len(found), number)
    return found


def _type(
    plan: Plan, parts: Sequence[Part], engine: Engine, progress: Progress
) -> tuple[list[Typed], dict[str, str]]:
    """The typed parts, those with ids of earlier parts a second time, and the publishers of shared pages."""
    stage = "Reading reports"
    first = _watched(
        stage, engine.map(partial(type_part, plan), [(part, {}) for part in parts]), len(parts), progress
    )
    shares = range(plan.n_shares)
    repeats: dict[int, dict[int, int]] = defaultdict(dict)
    found = engine.map(partial(repeated_lines, plan), shares)
    for line, earlier in chain.from_iterable(lines.items() for lines in found):
        repeats[bisect_right([part.line for part in parts], line) - 1][line] = earlier
    again = [(parts[place], lines) for place, lines in repeats.items()]
    typed = {part.part.number: part for part in [*first, *engine.map(partial(type_part, plan), again)]}
    pages = engine.map(partial(shared_pages, plan), shares)
    return list(typed.values()), dict(chain.from_iterable(page.items() for page in pages))


def _misplaced(reference: Reference, typed: Sequence[Typed]) -> Iterator[Problem]:
    """The corrections and judgements that no report of any part fits."""
    present = frozenset[str]().union(*(part.present for part in typed))
    damaged = frozenset[str]().union(*(part.damaged for part in typed))
    corrections = reference.sheets["corrections.csv"]
    nothing = pd.DataFrame(columns=[*COLUMNS, "line"], dtype="str")
    lost = apply_corrections(nothing, corrections[~corrections["report_id"].isin(present)])
    yield from waiting(lost.problems, sorted(damaged))
    companies = dict(chain.from_iterable(part.companies.items() for part in typed))
    yield from waiting(unfit_judgements(reference.judgements, companies), sorted(damaged | present))


def _named(typed: Sequence[Typed]) -> Named:
    """The investors of all parts, each as the last report names it."""
    found = chain.from_iterable(part.named.items() for part in typed)
    return dict(sorted(found, key=lambda item: item[1][0]))


def _claimed(reference: Reference) -> frozenset[str]:
    """The companies that a claim may be about: those whose names stand in one."""
    claims = reference.sheets["article_claims.csv"]
    told = fold("; ".join(claims["subject"] + "; " + claims["value"] + "; " + claims["claim"]))
    spellings = reference.directory.companies.ids.items()
    return frozenset(company for name, company in spellings if told and fold(name) in told)


def _rest(
    reference: Reference, named: Named, shares: Sequence[Share], as_of: str, problems: Sequence[Problem]
) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """The tables that are not written share by share, and what is wrong with them."""
    n_rounds: dict[str, int] = defaultdict(int)
    for name, number in chain.from_iterable(share.n_rounds.items() for share in shares):
        n_rounds[name] += number
    made, unread = read_beside(reference, as_of)
    made["investors"] = investors_table(named, n_rounds, reference.directory)
    claimed = {
        name: pd.concat([share.claimed[name] for share in shares if share.claimed], ignore_index=True)
        for name in ("reports", "rounds", "round_investors")
    }
    keys = {"reports": "report_id", "rounds": "round_id"}
    claimed |= {name: claimed[name].sort_values(key, ignore_index=True) for name, key in keys.items()}
    made["article_checks"] = check_claims(
        reference.sheets["article_claims.csv"], {**made, **claimed}, reference.directory, reference.rates
    )
    made["problems"] = problems_table([*problems, *unread])
    shaped, broken = shape_tables(made)
    return shaped, [*unread, *broken]
