"""Corrections: mistakes of a page or a collector that no rule can see, mended before anything is parsed.

A correction names the text it expects, so it fails, loudly, as soon as the raw cell is another.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz, process

from analysis.clean.sheets import Problem

COLUMNS = ("report_id", "field", "expected_text", "corrected_text", "reason")


@dataclass(frozen=True)
class Corrected:
    """What came of the corrections.

    Attributes:
        reports: the reports with the corrected cells; the rest as it was.
        audit: the corrections that were applied, one a row, with the columns of the sheet of corrections.
        problems: the corrections that could not be; each is fatal.
    """

    reports: pd.DataFrame
    audit: pd.DataFrame
    problems: tuple[Problem, ...]


def apply_corrections(
    reports: pd.DataFrame, corrections: pd.DataFrame, file: str = "corrections.csv"
) -> Corrected:
    """Replace the expected text of a cell by the corrected one.

    Args:
        reports: text columns, `report_id` among them, and `line`.
        corrections: the columns COLUMNS and `line`, as `read_sheet` gives them.
        file: name of the sheet of corrections, for the problems.
    """
    problems = tuple(_problems(reports, corrections, file))
    failed = {problem.line for problem in problems}
    audit = corrections[~corrections["line"].isin(failed)].reset_index(drop=True)
    corrected = reports.copy()
    # Of two rows with one id the first is meant; the other will be set aside.
    ids = reports["report_id"].drop_duplicates()
    row_of = {report_id: row for row, report_id in ids[ids.isin(audit["report_id"])].items()}
    for field, mended in audit.groupby("field"):
        rows = [row_of[report_id] for report_id in mended["report_id"]]
        corrected.loc[rows, field] = mended["corrected_text"].to_list()
    return Corrected(corrected, audit, problems)


def _problems(reports: pd.DataFrame, corrections: pd.DataFrame, file: str) -> Iterator[Problem]:
    """One problem for each correction that does not fit the reports."""
    fields = [name for name in reports.columns if name not in ("report_id", "line")]
    named = reports[reports["report_id"].isin(corrections["report_id"])]
    texts = named.drop_duplicates("report_id").set_index("report_id")[fields].to_dict("index")
    first: dict[tuple[str, str], int] = {}
    for correction in corrections.to_dict("records"):
        report_id, field, line = correction["report_id"], correction["field"], correction["line"]
        column, reason, remedy = "report_id", "", ""
        if report_id not in texts:
            reason, remedy = "no report has this id", "correct the id or delete the line"
        elif field not in fields:
            column, reason = "field", "the reports have no such column"
            remedy = f"did you mean {process.extract(field, fields, scorer=fuzz.ratio, limit=1)[0][0]}?"
        elif (earlier := first.setdefault((report_id, field), line)) != line:
            column, reason, remedy = "field", f"line {earlier} corrects the same cell", "keep one of the two"
        elif texts[report_id][field] != correction["expected_text"]:
            column, reason = "expected_text", f"the cell now reads {texts[report_id][field]!r}"
            remedy = "look at the report again, then change or delete the line"
        if reason:
            yield Problem(
                file, line, column, correction[column], reason, f"not applied; {remedy}", fatal=True
            )
