"""A small slice of the real raw files: a few companies, and the rows of every sheet that belong to them."""

import csv
import io
from dataclasses import dataclass
from functools import cache

from analysis.build import RATES, RAW, SHEETS, read_raw

REPORTS = "funding_reports.csv"
COMPANIES = ("tripo", "luma", "general-intuition")
SINCE = "2025-01-01"  # reports and rates of the slice
_FEW = 12  # rows of a sheet that no report needs

Row = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The header of a raw file and its rows, each of one physical line."""

    header: Row
    rows: tuple[Row, ...]


def written(cells: Row) -> str:
    """A row as it stands in a file, without the line end."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n")


@cache
def base() -> dict[str, Sheet]:
    """Return the sheets of the slice by file name."""
    sheets, _, _ = read_raw(RAW)
    rows = {name: frame.drop(columns="line").to_dict("records") for name, frame in sheets.items()}
    companies = [row for row in rows["companies.csv"] if row["company_id"] in COMPANIES]
    aliases = [row for row in rows["company_aliases.csv"] if row["company_id"] in COMPANIES]
    spellings = {row["alias"] for row in aliases}
    spellings |= {row[column] for row in companies for column in ("company_id", "name", "name_zh")}
    corrections = rows["corrections.csv"]
    renamed = {row["report_id"] for row in corrections if row["field"] == "company"}
    reports = [
        row
        for row in rows[REPORTS]
        if row["company"] in spellings and row["published"] >= SINCE and row["report_id"] not in renamed
    ]
    ids = {row["report_id"] for row in reports}
    segments = {row["segment"] for row in companies}
    investors = " ".join(row[column] for row in reports for column in ("lead_investors", "investors"))
    kept = {
        REPORTS: reports,
        "companies.csv": companies,
        "company_aliases.csv": aliases,
        "investor_aliases.csv": [row for row in rows["investor_aliases.csv"] if row["alias"] in investors],
        "corrections.csv": [row for row in corrections if row["report_id"] in ids],
        "judgements.csv": [row for row in rows["judgements.csv"] if {row["report_id"], row["round"]} <= ids],
        "segment_readings.csv": [row for row in rows["segment_readings.csv"] if row["segment"] in segments],
        "article_claims.csv": rows["article_claims.csv"],
    }
    slices = {}
    for name in SHEETS:
        chosen = kept.get(name, rows[name][:: max(1, len(rows[name]) // _FEW)])
        header = tuple(column for column in rows[name][0])
        slices[name] = Sheet(header, tuple(tuple(row.values()) for row in chosen))
    first, *days = csv.reader((RAW / RATES).read_text(encoding="utf-8").splitlines())
    recent = tuple(tuple(day) for day in days if day[0] >= "2024-12-20")
    return {**slices, RATES: Sheet(tuple(first), recent)}
