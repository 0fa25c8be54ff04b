"""Who is who: spellings of companies and investors, and the currency of a company's seat."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import pandas as pd
from babel import Locale

from analysis.clean.sheets import Problem
from analysis.columns import COHORTS
from analysis.parse.addresses import is_id, is_web
from analysis.parse.investors import InvestorDirectory
from analysis.parse.names import Aliases

# Currency of a country where it is not that of its own name; used to tell a deal's own currency.
HOME_CURRENCY = {
    "CN": "CNY", "HK": "HKD", "US": "USD", "GB": "GBP", "FR": "EUR", "DE": "EUR", "CA": "CAD", "SG": "SGD",
    "NO": "NOK", "IL": "ILS", "JP": "JPY", "KR": "KRW", "IN": "INR", "TW": "TWD", "CH": "CHF", "SE": "SEK",
}  # fmt: skip

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Directory:
    """What the raw alias files know: company spellings, investor spellings, home currencies."""

    companies: Aliases
    investors: InvestorDirectory
    home_currency: dict[str, str]


def read_directory(sheets: Mapping[str, pd.DataFrame]) -> tuple[Directory, list[Problem]]:
    """Return the directory of companies.csv and the alias files, and what is wrong with them.

    Args:
        sheets: rows of the raw files by file name.
    """
    companies = sheets["companies.csv"]
    in_chinese = companies[companies["name_zh"] != ""]
    spellings = [
        (row[column], row["company_id"], file, row["line"], column)
        for file, frame, column in (
            ("companies.csv", companies, "name"),
            ("companies.csv", in_chinese, "name_zh"),
            ("company_aliases.csv", sheets["company_aliases.csv"], "alias"),
            ("companies.csv", companies, "company_id"),
        )
        for row in frame.to_dict("records")
    ]
    home = {
        company: HOME_CURRENCY[country]
        for company, country in zip(companies["company_id"], companies["country"], strict=True)
        if country in HOME_CURRENCY
    }
    known = set(companies["company_id"])
    unfit, remedy = "not an id that can name a page", "use small letters and digits, with - between"
    problems = [
        Problem("companies.csv", row["line"], "company_id", row["company_id"], unfit, remedy, True)
        for row in companies.to_dict("records")
        if not is_id(row["company_id"])
    ]
    problems += [
        Problem(
            "company_aliases.csv",
            row["line"],
            "company_id",
            row["company_id"],
            "no company has this id",
            "name a company of companies.csv",
            True,
        )
        for row in sheets["company_aliases.csv"].to_dict("records")
        if row["company_id"] not in known
    ]
    for column, is_known, remedy in (
        ("country", _is_country, "write it as two letters of ISO 3166, such as CN"),
        ("cohort", COHORTS.__contains__, f"use one of {', '.join(COHORTS)}"),
    ):
        problems += [
            Problem("companies.csv", row["line"], column, row[column], "not a known word", remedy, True)
            for row in companies.to_dict("records")
            if not is_known(row[column])
        ]
    aliases, more = _made(
        lambda rows: Aliases((alias, company) for alias, company, *_ in rows),
        spellings,
        [(file, line, column, alias) for alias, _, file, line, column in spellings],
        "let it stand for one company",
    )
    problems += more
    shifted = [row for row in _rows(sheets["investor_aliases.csv"]) if not _is_sourced(row)]
    problems += [
        Problem(
            "investor_aliases.csv",
            int(row["line"]),
            "url",
            row["url"],
            "a publisher without an address that begins with http:// or https://",
            "row set aside; give the address of the page, and see that no cell is shifted",
        )
        for row in shifted
    ]
    rows = [row for row in _rows(sheets["investor_aliases.csv"]) if _is_sourced(row)]
    places = [("investor_aliases.csv", int(row["line"]), "investor", row["investor"]) for row in rows]
    investors, more = _made(InvestorDirectory, rows, places, "let it stand for one investor of one group")
    return Directory(aliases, investors, home), problems + more


def _made(
    make: Callable[[Sequence[Item]], Made],
    rows: Sequence[Item],
    places: Sequence[tuple[str, int, str, str]],
    remedy: str,
) -> tuple[Made, list[Problem]]:
    """What `make` makes of the rows; else of those before the first that contradicts them, and that one."""
    try:
        return make(rows), []
    except ValueError as error:
        reason = str(error)

    def fails(count: int) -> bool:
        try:
            make(rows[:count])
        except ValueError:
            return True
        return False

    at = bisect_left(range(1, len(rows) + 1), True, key=fails)
    return make(rows[:at]), [Problem(*places[at], reason, remedy, fatal=True)]


def _is_sourced(row: Mapping[str, str]) -> bool:
    """Whether the cells of publisher and address can be what they stand for; a row may have neither."""
    publisher, url = row.get("publisher", ""), row.get("url", "")
    return is_web(url) if publisher or url else True


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code in Locale("en").territories


def _rows(frame: pd.DataFrame) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", frame.to_dict("records"))
