"""A folder of exported tables, each with its layout beside it, as one sheet of reports."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.clean.reports import COLUMNS
from analysis.clean.sheets import Problem, visible
from analysis.layouts.files import WORKBOOK
from analysis.layouts.layout import read_layout
from analysis.layouts.source import Source, read_source

ENDINGS = (".csv", WORKBOOK)


@dataclass(frozen=True)
class Exports:
    """The reports of all exported tables of a folder.

    Attributes:
        rows: as in `Source.rows`, with the columns cohort and segment; `line` counts on from table to table,
            so that it names one row of one file.
        problems: as the sources have them, by the files' own names and lines.
        sources: in the order of their names.
        starts: for each source the number that was added to its lines.
        after: the sheet of reports that the rows stand below, by its name.
    """

    rows: pd.DataFrame
    problems: tuple[Problem, ...]
    sources: tuple[Source, ...]
    starts: tuple[int, ...]
    after: str

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems of the joined sheet with file, line and column of the exported tables."""
        return [self._placed(problem) for problem in problems]

    def _placed(self, problem: Problem) -> Problem:
        place = bisect_right(self.starts, problem.line - 1) - 1
        if problem.file != self.after or place < 0:
            return problem
        source = self.sources[place]
        column = source.columns.get(problem.column, problem.column)
        return replace(problem, file=source.file, line=problem.line - self.starts[place], column=column)


def layouts_in(folder: Path) -> list[Path]:
    """Return the layouts of a folder in the order of their names."""
    return sorted(path for path in folder.glob("*.toml") if path.is_file())


def read_exports(layouts: Sequence[Path], after: str, last: int) -> Exports:
    """Return the reports of the tables that stand beside the layouts.

    Args:
        layouts: TOML files.
        after: name of the sheet of reports that the rows are put below.
        last: the last line of that sheet.

    Raises:
        OSError: a file cannot be read.
    """
    problems: list[Problem] = []
    sources: list[Source] = []
    for path in layouts:
        layout, mistakes = read_layout(path.read_bytes(), path.name)
        problems += mistakes
        beside = [path.with_suffix(ending) for ending in ENDINGS if path.with_suffix(ending).is_file()]
        if len(beside) != 1:
            names = [path.with_suffix(ending).name for ending in ENDINGS]
            reason = f"{'both' if beside else 'none'} of {' and '.join(names)} beside it"
            action = "nothing was read; put the one table that the layout is about beside it"
            problems.append(Problem(path.name, 0, "", "", reason, action, True))
        elif layout:
            sources.append(read_source(layout, beside[0].read_bytes(), beside[0].name))
            problems += sources[-1].problems
    starts, frames = [], []
    for source in sources:
        starts.append(last)
        country = source.rows["country"].mask(source.rows["country"] == "", source.layout.country)
        frames.append(
            source.rows.assign(
                country=country,
                cohort=source.layout.cohort,
                segment=source.layout.segment,
                line=source.rows["line"] + last,
            )
        )
        # No problem and no row of a table lies beyond its last line.
        last += max(0, *(problem.line for problem in source.problems), *source.rows["line"].tail(1))
    columns = [*COLUMNS, "country", "cohort", "segment"]
    empty = pd.DataFrame(columns=columns, dtype="str").assign(line=pd.Series(dtype="int64"))
    rows = pd.concat([empty, *frames], ignore_index=True)
    made = Exports(rows, (), tuple(sources), tuple(starts), after)
    again = rows.duplicated("report_id")
    first = rows.drop_duplicates("report_id").set_index("report_id")["line"]
    for line, company, name in rows.loc[again, ["line", "company", "report_id"]].itertuples(
        index=False, name=None
    ):
        [above] = made.placed([Problem(after, first[name], "", "", "", "")])
        reason = f"the same report stands in {above.file}"
        action = "row set aside; exports that overlap count once"
        text = visible(f"{company}, as line {above.line}")
        problems += made.placed([Problem(after, line, "", text, reason, action)])
    return replace(made, rows=rows[~again].reset_index(drop=True), problems=tuple(problems))
