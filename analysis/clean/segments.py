"""How each segment of companies.csv is read: an interpretation by the authors, kept as a table of data."""

from collections.abc import Mapping

import pandas as pd

from analysis.clean.sheets import Problem
from analysis.columns import SEGMENT_WORDS

FILE = "segment_readings.csv"
COLUMNS = ("segment", "name", *SEGMENT_WORDS, "reason")


def check_segments(sheets: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Return what keeps the readings from being one for each segment of a company.

    Args:
        sheets: rows of the raw files by file name.
    """
    readings, companies = sheets[FILE], sheets["companies.csv"]
    first = companies[companies["segment"] != ""].drop_duplicates("segment")
    known = f": {', '.join(sorted(set(readings['segment'])))}" if len(readings) else ""
    problems = [
        Problem(
            "companies.csv",
            row["line"],
            "segment",
            row["segment"],
            f"no row of {FILE} reads this segment",
            f"add one, or take a segment that it reads{known}",
            True,
        )
        for row in first[~first["segment"].isin(readings["segment"])].to_dict("records")
    ]
    is_again = readings.duplicated("segment")
    is_unused = ~readings["segment"].isin(companies["segment"])
    for row in readings[is_again].to_dict("records"):
        reason = "the segment is read twice"
        problems.append(
            Problem(FILE, row["line"], "segment", row["segment"], reason, "delete one of the rows", True)
        )
    for row in readings[is_unused & ~is_again].to_dict("records"):
        reason, action = "no company is of this segment", "the row is unused; mend its spelling or delete it"
        problems.append(Problem(FILE, row["line"], "segment", row["segment"], reason, action))
    for column, words in SEGMENT_WORDS.items():
        for row in readings[~readings[column].isin(words)].to_dict("records"):
            choice = f"choose from {', '.join(words)}"
            problems.append(
                Problem(FILE, row["line"], column, row[column], "not a word for this column", choice, True)
            )
    return problems
