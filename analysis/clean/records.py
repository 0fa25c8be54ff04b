"""The raw files beside the funding reports, typed: products, usage, scores, capabilities, facts, gaps."""

import hashlib
import re

import pandas as pd

from analysis.clean.sheets import Problem
from analysis.columns import RELIABILITIES
from analysis.parse.addresses import is_id, is_web
from analysis.parse.amounts import parse_amounts
from analysis.parse.dates import parse_dates
from analysis.parse.names import Aliases
from analysis.parse.numbers import DIGITS, Separators, read_digits

# Columns of each raw file.
_SOURCE = ("publisher", "reliability", "url")
COLUMNS: dict[str, tuple[str, ...]] = {
    "product_events": ("developer", "product", "event", "date", "detail", "open_weights", *_SOURCE),
    "usage_metrics": ("company", "product", "metric", "value", "period", "published", *_SOURCE),
    "leaderboard_scores": (
        *("board", "modality", "audio", "model", "developer", "rank", "score", "interval", "votes"),
        *("snapshot_date", "coverage", "published", *_SOURCE, "note"),
    ),
    "model_capabilities": ("model", "developer", "attribute", "value", "as_of", *_SOURCE, "note"),
    "company_facts": ("company", "fact", "value", "as_of", *_SOURCE),
    "known_gaps": ("company_id", "what_is_missing", "period"),
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "product_events": ("developer", "product", "event", *_SOURCE),
    "usage_metrics": ("company", "metric", "value", *_SOURCE),
    "leaderboard_scores": ("board", "modality", "model", *_SOURCE),
    "model_capabilities": ("model", "attribute", "value", *_SOURCE),
    "company_facts": ("company", "fact", "value", *_SOURCE),
    "known_gaps": ("company_id", "what_is_missing"),
}
# The most that a column can hold, and whether it holds whole numbers; all are above zero.
_LIMITS = {"rank": (1_000, True), "score": (10_000, False), "votes": (100_000_000, True)}
_UNDATED = "the row counts without a date"
_AROUND = re.compile(
    r"-(?P<below>{0})/\+(?P<above>{0})|\+(?P<up>{0})/-(?P<down>{0})|\+/-(?P<both>{0})".format(
        r"\d+(?:\.\d+)?"
    )
)
_BETWEEN = re.compile(r"(?P<low>\d+(?:\.\d+)?)-(?P<high>\d+(?:\.\d+)?)")


def read_records(
    name: str, rows: pd.DataFrame, companies: Aliases, as_of: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows of raw file `name` typed, and a problem for each cell that was not understood.

    Args:
        name: the raw file without ".csv".
        rows: its columns as text, and `line`.
        companies: spellings of companies.
        as_of: the newest day of collection, ISO 8601; no page and no table of a board is of a later day.
    """
    problems: list[Problem] = []
    frame = rows.mask(rows == "", None).reset_index(drop=True)
    frame["record_id"] = record_ids(rows[list(COLUMNS[name])])
    if "reliability" in frame:
        frame = _judged(frame, f"{name}.csv", problems)
    if "published" in frame:
        frame["published"] = _published(frame, f"{name}.csv", problems, as_of)
    for column in ("company", "developer"):
        if column in frame:
            ids = {text: companies.resolve(text) for text in frame[column].dropna().unique()}
            frame["company_id"] = frame[column].map(ids)
    if name == "known_gaps":  # a company outside companies.csv keeps the id that it has here
        ids = {text: companies.resolve(text) or text.strip() for text in frame["company_id"].unique()}
        frame["company_id"] = frame["company_id"].map(ids)
        for row in frame[~frame["company_id"].map(is_id)].to_dict("records"):
            reason, action = "not an id", "the gap stands alone; give the company_id of companies.csv"
            problems.append(
                Problem("known_gaps.csv", row["line"], "company_id", row["company_id"], reason, action)
            )
    for column, prefix in (
        ("date", "date_"),
        ("period", "period_"),
        ("as_of", "as_of_"),
        ("snapshot_date", "snapshot_"),
    ):
        if column in frame and name != "known_gaps":
            latest = as_of if column == "snapshot_date" else None
            frame = _dated(frame, column, prefix, f"{name}.csv", problems, latest)
    if "url" in frame:
        frame = _linked(frame, f"{name}.csv", problems)
    if name == "usage_metrics":
        parsed = parse_amounts(frame["value"])
        for end in ("stated", "low", "high", "currency", "qualifier"):
            frame[f"value_{end}"] = parsed[end]
    if name == "leaderboard_scores":
        frame = _scores(frame, problems)
    return frame, problems


def _linked(frame: pd.DataFrame, file: str, problems: list[Problem]) -> pd.DataFrame:
    is_link = frame["url"].isna() | frame["url"].map(is_web, na_action="ignore").eq(True)
    for row in frame[~is_link].to_dict("records"):
        reason = "not an address that begins with http:// or https://"
        action = "the row stands without an address; give that of the page"
        problems.append(Problem(file, row["line"], "url", row["url"], reason, action))
    frame["url"] = frame["url"].where(is_link)
    return frame


def _judged(frame: pd.DataFrame, file: str, problems: list[Problem]) -> pd.DataFrame:
    """The rows whose reliability is a known word."""
    known = frame["reliability"].isin(RELIABILITIES)
    for row in frame[~known].to_dict("records"):
        action = f"row set aside; use one of {', '.join(RELIABILITIES)}, and see that no cell is shifted"
        problems.append(
            Problem(file, row["line"], "reliability", row["reliability"], "not a known word", action)
        )
    return frame[known].reset_index(drop=True)


def _published(frame: pd.DataFrame, file: str, problems: list[Problem], as_of: str) -> pd.Series:
    """The days of publication as they were written, without those that are none."""
    told = frame["published"].notna()
    start = parse_dates(frame["published"], pd.Series(as_of, index=frame.index))["start"].map(
        lambda day: day.isoformat(), na_action="ignore"
    )
    unread, future = told & start.isna(), told & (start > as_of)
    for where, reason, remedy in (
        (unread, "not a date that could be read", "write it as 2026-11-23, 2026-11 or 2026"),
        (future, f"later than {as_of}, the newest day of collection", "check the day"),
    ):
        for row in frame[where].to_dict("records"):
            action = f"the row stands without the day of its page; {remedy}"
            problems.append(Problem(file, row["line"], "published", row["published"], reason, action))
    return frame["published"].where(~unread & ~future)


def record_ids(rows: pd.DataFrame) -> list[str]:
    """Return a short name for each row, made of its cells alone."""
    cells = rows.itertuples(index=False, name=None)
    return [hashlib.sha256("\x1f".join(row).encode()).hexdigest()[:12] for row in cells]


def _dated(
    frame: pd.DataFrame,
    column: str,
    prefix: str,
    file: str,
    problems: list[Problem],
    latest: str | None,
) -> pd.DataFrame:
    parsed = parse_dates(frame[column], frame.get("published"))
    known = parsed["precision"] != "none"
    if latest is not None:
        future = parsed["start"].map(lambda day: day.isoformat(), na_action="ignore") > latest
        for row in frame[future].to_dict("records"):
            reason = f"later than {latest}, the newest day of collection"
            action = f"{_UNDATED}; check the day"
            problems.append(Problem(file, row["line"], column, row[column], reason, action))
        parsed.loc[future, ["start", "end"]] = None
        known |= future
    frame[f"{prefix}start"] = parsed["start"].map(lambda day: day.isoformat(), na_action="ignore")
    frame[f"{prefix}end"] = parsed["end"].map(lambda day: day.isoformat(), na_action="ignore")
    if prefix == "date_":
        frame["date_precision"] = parsed["precision"]
    for row in frame[frame[column].notna() & ~known].to_dict("records"):
        problems.append(
            Problem(
                file,
                row["line"],
                column,
                row[column],
                "no date could be taken from it",
                f"{_UNDATED}; write a date if the source gives one",
            )
        )
    return frame


def _scores(frame: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    for column in ("rank", "score", "votes"):
        read = {text: _number(text, *_LIMITS[column]) for text in frame[column].dropna().unique()}
        unread = frame[column].notna() & frame[column].map(read).isna()
        for row in frame[unread].to_dict("records"):
            problems.append(
                Problem(
                    "leaderboard_scores.csv",
                    row["line"],
                    column,
                    row[column],
                    f"not a number above 0 and up to {_LIMITS[column][0]:,}",
                    "the cell is left empty; write the number alone if the source gives one",
                )
            )
        frame[column] = frame[column].map(read)
    ends = [_interval(score, text) for score, text in zip(frame["score"], frame["interval"], strict=True)]
    frame["score_low"] = [low for low, _ in ends]
    frame["score_high"] = [high for _, high in ends]
    told = frame["interval"].notna() & frame["score"].notna()
    for row in frame[told & frame["score_low"].isna()].to_dict("records"):
        problems.append(
            Problem(
                "leaderboard_scores.csv",
                row["line"],
                "interval",
                row["interval"],
                "not an interval such as -7/+9 or 51.2-53.4",
                "the score stands without one; write it in one of these forms",
            )
        )
    return frame


def _number(text: str, most: int, whole: bool) -> float | None:
    digits = text.strip().removesuffix("%").lstrip("~#").strip()
    value = read_digits(digits, Separators(None, None), sized=False) if DIGITS.fullmatch(digits) else None
    if value is None or not 0 < value <= most or (whole and value != int(value)):
        return None
    return float(value)


def _interval(score: float | None, text: object) -> tuple[float | None, float | None]:
    """Return the ends of a board's interval: "-7/+9" is around the score, "51.2-53.4" stands alone."""
    if not isinstance(text, str) or score is None or pd.isna(score):
        return None, None
    if found := _AROUND.fullmatch(text.strip()):
        below = found["below"] or found["down"] or found["both"]
        above = found["above"] or found["up"] or found["both"]
        return round(score - float(below), 6), round(score + float(above), 6)
    if found := _BETWEEN.fullmatch(text.strip()):
        return float(found["low"]), float(found["high"])
    return None, None
