"""The raw files beside the funding reports, typed: products, usage, scores, capabilities, facts, gaps."""

import re

import pandas as pd

from analysis.clean.sheets import Problem
from analysis.parse.amounts import parse_amounts
from analysis.parse.dates import parse_dates
from analysis.parse.names import Aliases

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
_NUMBER = re.compile(r"[~#]?\s*(-?\d[\d,]*(?:\.\d+)?)\s*%?")
_AROUND = re.compile(
    r"-(?P<below>{0})/\+(?P<above>{0})|\+(?P<up>{0})/-(?P<down>{0})|\+/-(?P<both>{0})".format(
        r"\d+(?:\.\d+)?"
    )
)
_BETWEEN = re.compile(r"(?P<low>\d+(?:\.\d+)?)-(?P<high>\d+(?:\.\d+)?)")


def read_records(name: str, rows: pd.DataFrame, companies: Aliases) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows of raw file `name` typed, and a problem for each cell that was not understood."""
    problems: list[Problem] = []
    frame = rows.mask(rows == "", None)
    for column in ("company", "developer"):
        if column in frame:
            ids = {text: companies.resolve(text) for text in frame[column].dropna().unique()}
            frame["company_id"] = frame[column].map(ids)
    for column, prefix in (
        ("date", "date_"),
        ("period", "period_"),
        ("as_of", "as_of_"),
        ("snapshot_date", "snapshot_"),
    ):
        if column in frame and name != "known_gaps":
            frame = _dated(frame, column, prefix, f"{name}.csv", problems)
    if name == "usage_metrics":
        parsed = parse_amounts(frame["value"])
        for end in ("stated", "low", "high", "currency", "qualifier"):
            frame[f"value_{end}"] = parsed[end]
    if name == "leaderboard_scores":
        frame = _scores(frame, problems)
    return frame, problems


def _dated(frame: pd.DataFrame, column: str, prefix: str, file: str, problems: list[Problem]) -> pd.DataFrame:
    parsed = parse_dates(frame[column], frame.get("published"))
    known = parsed["precision"] != "none"
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
                "the row counts without a date",
            )
        )
    return frame


def _scores(frame: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    for column in ("rank", "score", "votes"):
        read = {text: _number(text) for text in frame[column].dropna().unique()}
        unread = frame[column].notna() & frame[column].map(read).isna()
        for row in frame[unread].to_dict("records"):
            problems.append(
                Problem(
                    "leaderboard_scores.csv",
                    row["line"],
                    column,
                    row[column],
                    "not a number",
                    "the cell is left empty",
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
                "the score stands without one",
            )
        )
    return frame


def _number(text: str) -> float | None:
    found = _NUMBER.fullmatch(text.strip())
    return float(found[1].replace(",", "")) if found else None


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
