"""The words of each language, read once from words/*.toml.

One file a language, so that a language is added without code. Number words, month names and
currency names that CLDR knows come from Babel and are not repeated in the files.
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
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(files("analysis.parse").joinpath("words").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            table = tomllib.loads(path.read_text("utf-8"))
            if section in table:
                found[path.name.split(".")[0]] = table[section]
    return found
