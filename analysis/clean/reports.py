"""Raw rows to typed reports, and the rows that had to be set aside.

Every row ends in exactly one of two places: among the accepted reports, or in a problem that says
why it was set aside. A cell that is not understood leaves its row accepted and is a problem of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pandas as pd

from analysis.clean.directory import Directory
from analysis.clean.rates import usd_rates
from analysis.clean.sheets import Problem
from analysis.columns import KINDS, RELIABILITIES, SEEN_AS, STATUSES
from analysis.parse.addresses import is_id, is_web
from analysis.parse.amounts import parse_amount, parse_amounts, valuation_basis
from analysis.parse.dates import parse_dates
from analysis.parse.investors import NamedInvestor
from analysis.parse.names import fold
from analysis.parse.round_labels import parse_round_label

COLUMNS = (
    "report_id", "company", "round", "amount", "valuation", "announced", "lead_investors", "investors",
    "status", "kind", "publisher", "origin", "seen_as", "reliability", "url", "published", "language", "note",
    "collected",
)  # fmt: skip
REQUIRED = (
    "report_id", "company", "status", "kind", "publisher", "seen_as", "reliability", "url", "language",
    "collected",
)  # fmt: skip
_FEW_UNKNOWN = 500  # names of companies for which a known spelling is looked for
CLOSED = frozenset({"closed", "ipo", "acquisition", "grant"})
VOCABULARY = {
    "status": (*STATUSES, "ipo", "acquisition", "grant"),
    "kind": KINDS,
    "reliability": RELIABILITIES,
    "seen_as": SEEN_AS,
}


def read_reports(
    rows: pd.DataFrame, directory: Directory, rates: pd.DataFrame, file: str = "funding_reports.csv"
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the accepted reports, typed, and the problems met.

    Args:
        rows: text columns `COLUMNS` and `line`, corrections already applied.
        directory: aliases of companies and investors.
        rates: reference rates, as in ecb_reference_rates.csv.
        file: name used in problems.
    """
    rows, problems = _set_aside(rows, directory, file)
    frame = rows.reset_index(drop=True)
    frame = frame.mask(frame == "", None)
    frame["company_id"] = frame["company"].map(
        {n: directory.companies.resolve(n) for n in frame["company"].unique()}
    )
    frame["status"] = frame["status"].where(~frame["status"].isin(CLOSED), "closed")
    frame["round_label"] = _distinct(frame["round"], lambda text: str(parse_round_label(text)) or None)
    # Reports of one page are one source, whatever the page is called.
    page = frame["publisher"].groupby(frame["url"]).transform("min")
    frame["origin_key"] = frame["origin"].fillna(page).map(fold)
    frame = _dates(frame, problems, file)
    frame = _amounts(frame, directory, rates, problems, file)
    frame = _investors(frame, directory, rates)
    return frame, sorted(problems, key=lambda p: (p.file, p.line, p.column))


def _distinct(column: pd.Series, read: Callable[[str], object]) -> pd.Series:
    """Apply `read` to each distinct text once."""
    return column.map({text: read(text) for text in column.dropna().unique()}).astype(object)


def _set_aside(rows: pd.DataFrame, directory: Directory, file: str) -> tuple[pd.DataFrame, list[Problem]]:
    problems: list[Problem] = []
    bad = pd.Series(False, index=rows.index)

    def refuse(where: pd.Series, column: str, reason: str, action: str) -> None:
        nonlocal bad
        problems.extend(_unread(rows, where & ~bad, column, reason, f"row set aside; {action}", file))
        bad |= where

    for column in REQUIRED:
        refuse(rows[column].str.strip() == "", column, "the cell is empty", f"give the {column}")
    for column, allowed in VOCABULARY.items():
        refuse(~rows[column].isin(allowed), column, "not a known word", f"use one of {', '.join(allowed)}")
    refuse(
        ~rows["report_id"].map(is_id).astype(bool),
        "report_id",
        "not an id that can name a page",
        "use small letters and digits, with - between",
    )
    links = rows["url"].map(is_web).astype(bool)
    refuse(
        ~links, "url", "not an address that begins with http:// or https://", "give the address of the page"
    )
    collected = rows["collected"].str.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
    collected &= parse_dates(rows["collected"])["precision"] == "day"
    refuse(~collected, "collected", "not a day", "write it as 2026-11-23")
    named = rows.loc[~bad, "company"].unique()
    unknown = [name for name in named if directory.companies.resolve(name) is None]
    # So many names are those of another field, which nobody mends one by one.
    close = {name: directory.companies.suggest(name) for name in unknown if len(unknown) <= _FEW_UNKNOWN}
    remedy = "add the spelling to company_aliases.csv, or the company to companies.csv"
    lost = ~bad & rows["company"].isin(unknown)
    for line, name in rows.loc[lost, ["line", "company"]].itertuples(index=False, name=None):
        hint = f"did you mean {' or '.join(close[name])}? " if close.get(name) else ""
        action = f"row set aside; {hint}{remedy}"
        problems.append(Problem(file, line, "company", name, "unknown company", action))
    bad |= lost
    first = rows[~bad].drop_duplicates("report_id").set_index("report_id")["line"]
    again = ~bad & rows[~bad].duplicated("report_id").reindex(rows.index, fill_value=False)
    problems += [
        repeated_id(file, line, name, first[name])
        for line, name in rows.loc[again, ["line", "report_id"]].itertuples(index=False, name=None)
    ]
    return rows[~bad & ~again], problems


def repeated_id(file: str, line: int, report_id: str, first: int) -> Problem:
    """Return the problem of a row whose id stands in an earlier line, `first`, too."""
    action = f"row set aside; the same id stands in line {first}, give this report its own"
    return Problem(file, line, "report_id", report_id, "the id is used twice", action)


def _unread(
    frame: pd.DataFrame, where: pd.Series, column: str, reason: str, action: str, file: str
) -> list[Problem]:
    found = frame[where]
    return [
        Problem(file, line, column, text, reason, action)
        for line, text in zip(found["line"], found[column], strict=True)
    ]


def _dates(frame: pd.DataFrame, problems: list[Problem], file: str) -> pd.DataFrame:
    collected = frame["collected"]
    page = parse_dates(frame["published"], collected)
    known = page["precision"] != "none"
    problems += _unread(
        frame,
        frame["published"].notna() & ~known,
        "published",
        "not a date that could be read",
        "cell left out; write it as 2026-11-23, 2026-11 or 2026",
        file,
    )
    start, end = _iso(page["start"]), _iso(page["end"])
    future = known & (start > collected)
    problems += _unread(
        frame, future, "published", "later than the day of collection", "cell left out; check both days", file
    )
    frame["published_start"] = start.where(known & ~future)
    frame["published_end"] = end.where(end <= collected, collected).where(known & ~future)
    frame["published_precision"] = page["precision"].where(known & ~future)

    event = parse_dates(frame["announced"], frame["published"].where(frame["published_start"].notna()))
    told = event["precision"] != "none"
    problems += _unread(
        frame,
        frame["announced"].notna() & ~told,
        "announced",
        "no date could be taken from it",
        "the day of publication is used instead; write a date if the source gives one",
        file,
    )
    frame["date_start"] = _iso(event["start"]).where(told, frame["published_start"])
    frame["date_end"] = _iso(event["end"]).where(told, frame["published_end"])
    frame["date_precision"] = event["precision"].where(told, frame["published_precision"]).fillna("none")
    frame["date_basis"] = pd.Series("announced", index=frame.index).where(
        told, pd.Series("published", index=frame.index).where(frame["published_start"].notna())
    )
    return frame


def _iso(days: pd.Series) -> pd.Series:
    places, distinct = pd.factorize(days)
    texts = pd.array([*(day.isoformat() for day in distinct), None], dtype="str")
    return pd.Series(texts.take(places), days.index)


def middle(start: pd.Series, end: pd.Series) -> pd.Series:
    """Return the middle day of each range, the day whose rate is used."""
    first, last = pd.to_datetime(start), pd.to_datetime(end)
    return (first + (last - first) / 2).dt.normalize()


def _amounts(
    frame: pd.DataFrame, directory: Directory, rates: pd.DataFrame, problems: list[Problem], file: str
) -> pd.DataFrame:
    day = middle(frame["date_start"], frame["date_end"])
    for column in ("amount", "valuation"):
        parsed = parse_amounts(frame[column])
        for end in ("stated", "low", "high", "currency", "qualifier"):
            frame[f"{column}_{end}"] = parsed[end].where(frame[column].notna())
        if column == "amount":
            for end in ("stated", "low", "high", "currency"):
                frame[f"second_{end}"] = parsed[f"second_{end}"]
            frame["second_rate"] = _rates(frame["second_currency"], day, rates)
        unread = frame[f"{column}_qualifier"] == "unreadable"
        problems += _unread(
            frame,
            unread,
            column,
            "no amount could be taken from it",
            "the report counts without it; write the amount as the source does",
            file,
        )
        rate = usd_rates(pd.DataFrame({"currency": frame[f"{column}_currency"], "date": day}), rates)[
            "usd_per_unit"
        ]
        frame[f"{column}_rate"] = rate
        problems += _unconverted(frame, column, day, rates, file)
        prefix = "usd_" if column == "amount" else "valuation_usd_"
        for end in ("stated", "low", "high"):
            frame[f"{prefix}{end}"] = (frame[f"{column}_{end}"] * rate).round(0)
    frame["valuation_basis"] = _distinct(frame["valuation"], valuation_basis)
    frame["home_rate"] = _rates(frame["company_id"].map(directory.home_currency), day, rates)
    return frame


def _unconverted(
    frame: pd.DataFrame, column: str, day: pd.Series, rates: pd.DataFrame, file: str
) -> list[Problem]:
    """The dated sums in other money than dollars that have no rate, or that of a day before the rates end."""
    told = frame[f"{column}_high"].notna() | frame[f"{column}_low"].notna()
    abroad = told & frame[f"{column}_currency"].notna() & (frame[f"{column}_currency"] != "USD") & day.notna()
    none = abroad & frame[f"{column}_rate"].isna()
    last = rates.index.max()
    remedy = "write the rates anew with python -m analysis refresh-rates"
    return [
        *_unread(
            frame,
            none,
            column,
            "no reference rate of its currency at most 7 days old",
            f"the sum has no dollars; {remedy}, if the bank gives one",
            file,
        ),
        *_unread(
            frame,
            abroad & ~none & (day > last),
            column,
            f"of a day after the last reference rate, {last:%Y-%m-%d}",
            f"its dollars are those of that day; {remedy}",
            file,
        ),
    ]


def _rates(currency: pd.Series, day: pd.Series, rates: pd.DataFrame) -> pd.Series:
    return usd_rates(pd.DataFrame({"currency": currency, "date": day}), rates)["usd_per_unit"]


def _investors(frame: pd.DataFrame, directory: Directory, rates: pd.DataFrame) -> pd.DataFrame:
    """The frame with the investors that its lists name, each distinct pair of lists looked at once."""
    lists = pd.MultiIndex.from_frame(frame[["lead_investors", "investors"]].fillna(""))
    places, pairs = pd.factorize(lists)
    read = cache(directory.investors.read)
    told = [(read(lead) if lead else (), read(other) if other else ()) for lead, other in pairs]
    mentions = [(*first, *rest) for first, rest in told]
    led = [_ids((*first, *(m for m in rest if m.role == "lead"))) for first, rest in told]
    named = [_ids(found) for found in mentions]
    columns: dict[str, list[Any]] = {
        "mentions": mentions,
        "leads": led,
        "named": named,
        "lead_groups": [{group for _, group in found} for found in led],
        "investor_groups": [{group for _, group in found} for found in named],
        "lead_investor_ids": [_joined(i for i, _ in found) for found in led],
        "investor_ids": [_joined(i for i, _ in found) for found in named],
    }
    by_pair = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})
    frame[by_pair.columns] = by_pair.take(places).set_axis(frame.index)
    frame["cheques"] = pd.Series(_cheques(frame, rates), frame.index, dtype=object)
    return frame


def _cheques(frame: pd.DataFrame, rates: pd.DataFrame) -> list[tuple[tuple[str, float], ...]]:
    """Return the sums that stand in brackets behind an investor's name, in dollars, for each report."""
    read = cache(parse_amount)
    notes = [
        (row, mention.investor.investor_id, read(mention.note))
        for row, found in enumerate(frame["mentions"])
        for mention in found
        if mention.note
    ]
    currency = pd.Series([amount.currency for _, _, amount in notes], dtype="str")
    day = middle(frame["date_start"], frame["date_end"]).iloc[[row for row, _, _ in notes]]
    rate = _rates(currency, day.reset_index(drop=True), rates)
    told: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for (row, investor, amount), usd in zip(notes, rate, strict=True):
        if amount.stated is not None and pd.notna(usd):
            told[row].append((investor, round(amount.stated * usd)))
    return [tuple(told.get(row, ())) for row in range(len(frame))]


def _ids(mentions: Iterable[NamedInvestor]) -> tuple[tuple[str, str], ...]:
    """Return (investor id, group or id) of each mention once, in the order of the text."""
    pairs = ((m.investor.investor_id, m.investor.parent_group or m.investor.investor_id) for m in mentions)
    return tuple(dict.fromkeys(pairs))


def _joined(names: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(names)) or None
