"""Who is who: spellings of companies and investors, and the currency of a company's seat."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import pandas as pd

from analysis.clean.sheets import Problem
from analysis.parse.investors import InvestorDirectory
from analysis.parse.names import Aliases

# Currency of a country where it is not that of its own name; used to tell a deal's own currency.
HOME_CURRENCY = {
    "CN": "CNY", "HK": "HKD", "US": "USD", "GB": "GBP", "FR": "EUR", "DE": "EUR", "CA": "CAD", "SG": "SGD",
    "NO": "NOK", "IL": "ILS", "JP": "JPY", "KR": "KRW", "IN": "INR", "TW": "TWD", "CH": "CHF", "SE": "SEK",
}  # fmt: skip


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
    spellings = [
        *companies[["name", "company_id"]].itertuples(index=False, name=None),
        *companies.loc[companies["name_zh"] != "", ["name_zh", "company_id"]].itertuples(
            index=False, name=None
        ),
        *sheets["company_aliases.csv"][["alias", "company_id"]].itertuples(index=False, name=None),
        *companies[["company_id", "company_id"]].itertuples(index=False, name=None),
    ]
    home = {
        company: HOME_CURRENCY[country]
        for company, country in zip(companies["company_id"], companies["country"], strict=True)
        if country in HOME_CURRENCY
    }
    known = set(companies["company_id"])
    problems = [
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
    aliases, investors = Aliases([]), InvestorDirectory([])
    try:
        aliases = Aliases(spellings)
    except ValueError as error:
        problems.append(
            Problem("company_aliases.csv", 1, "alias", "", str(error), "let it stand for one company", True)
        )
    try:
        investors = InvestorDirectory(_rows(sheets["investor_aliases.csv"]))
    except ValueError as error:
        problems.append(
            Problem("investor_aliases.csv", 1, "alias", "", str(error), "let it stand for one investor", True)
        )
    return Directory(aliases, investors, home), problems


def _rows(frame: pd.DataFrame) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", frame.to_dict("records"))
