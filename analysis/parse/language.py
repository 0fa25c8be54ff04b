"""The words of each language, read once from words/*.toml.

One file a language, so that a language is added without code. Number words, month names and currency
names that CLDR knows come from Babel and are not repeated in the files.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(section: str) -> dict[str, dict[str, Any]]:
    """Return the table named `section` of every language file, by language code.

    Args:
        section: top-level table of the TOML files, such as "amounts" or "dates".
    """
    return {code: tables[section] for code, tables in _languages() if section in tables}


@cache
def _languages() -> list[tuple[str, dict[str, Any]]]:
    found = sorted(files("analysis.parse").joinpath("words").iterdir(), key=lambda path: path.name)
    return [
        (path.name.removesuffix(".toml"), tomllib.loads(path.read_text("utf-8")))
        for path in found
        if path.name.endswith(".toml")
    ]
