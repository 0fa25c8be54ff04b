"""Companies that the alias table does not know: each becomes one of its own, and like names are shown."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePath

import numpy as np
import pandas as pd
from babel import Locale
from rapidfuzz import fuzz, process

from analysis.clean.sheets import Problem
from analysis.layouts.source import Source
from analysis.parse.addresses import LONGEST, is_id
from analysis.parse.names import Aliases, fold

_LIKE = 90.0  # likeness in percent from which two names are shown to a person
_SHORT = 4  # letters; that shorter names are alike is chance
_BLOCK = 2_000  # names that are compared at once
# Short names that CLDR does not list.
_COUNTRIES = {
    "usa": "US", "unitedstatesofamerica": "US", "uk": "GB", "england": "GB", "hongkong": "HK", "香港": "HK",
    "macau": "MO", "澳门": "MO", "uae": "AE", "korea": "KR", "czechrepublic": "CZ", "turkey": "TR",
}  # fmt: skip
NOWHERE = "ZZ"
"""CLDR's code of an unknown country."""


def company_id(name: str) -> str:
    """Return an id made of a name alone, the same for every spelling that folds to the same form.

    >>> company_id("Billion Loans Ltd."), company_id("BILLION LOANS")
    ('billionloans', 'billionloans')
    >>> company_id("爱诗科技") == company_id("愛詩科技"), is_id(company_id("爱诗科技"))
    (True, True)
    """
    folded = fold(name)
    if is_id(folded):
        return folded
    letters = re.sub("[^a-z0-9]", "", folded)[: LONGEST // 2]
    digits = hashlib.sha256(folded.encode()).hexdigest()[:12]
    return f"{letters}-{digits}" if letters else f"x{digits}"


def new_companies(reports: pd.DataFrame, known: Aliases) -> pd.DataFrame:
    """Return a row of companies.csv for each company that is not known, and nothing for nameless ones.

    The name is the most frequent spelling.

    Args:
        reports: text columns company, country, cohort and segment, and `line`.
        known: spellings of known companies.
    """
    spellings = reports.groupby(["company", "country", "cohort", "segment"], sort=False)
    seen = spellings["line"].agg(["size", "min"]).reset_index()
    unknown = {name for name in seen["company"].unique() if fold(name) and known.resolve(name) is None}
    seen = seen[seen["company"].isin(unknown)]
    seen = seen.assign(folded=seen["company"].map(fold))
    seen = seen.sort_values(["folded", "size", "company"], ascending=[True, False, True])
    countries = {text: country_code(text) for text in seen["country"].unique()}
    first = seen.drop_duplicates("folded")
    return pd.DataFrame(
        {
            "company_id": first["company"].map(company_id),
            "name": first["company"],
            "name_zh": "",
            "country": first["country"].map(countries),
            "segment": first["segment"],
            "cohort": first["cohort"],
            "line": first["min"],
        }
    ).reset_index(drop=True)


def unfit_segments(added: pd.DataFrame, known: Iterable[str], sources: Iterable[Source]) -> list[Problem]:
    """Return a fatal problem for each layout whose new companies would have no known segment.

    Args:
        added: as `new_companies` returns them.
        known: the segments that can be read.
        sources: the tables that the companies come from.
    """
    words = sorted(set(known))
    unfit = set(added["segment"]) - set(words)
    remedy = f"write segment = one of {', '.join(words)}; segment_readings.csv can have more"
    return [
        Problem(
            PurePath(source.file).with_suffix(".toml").name,
            0,
            "companies.segment",
            source.layout.segment,
            "new companies need a segment that segment_readings.csv reads",
            f"nothing was built; {remedy}",
            True,
        )
        for source in sources
        if source.layout.segment in unfit
    ]


def country_code(text: str) -> str:
    """Return the ISO 3166 code of a country by its code or its name in English or Chinese, else `NOWHERE`.

    >>> [country_code(text) for text in ("China", "美国", "in", "Atlantis", "")]
    ['CN', 'US', 'IN', 'ZZ', 'ZZ']
    """
    word = text.strip()
    if re.fullmatch("[A-Za-z]{2}", word) and word.upper() in Locale("en").territories:
        return word.upper()
    if short := _COUNTRIES.get(fold(word)):
        return short
    for language in ("en", "zh"):
        for code, name in Locale(language).territories.items():
            if fold(name) == fold(word) and re.fullmatch("[A-Z]{2}", code):
                return str(code)
    return NOWHERE


def near_duplicates(made: pd.DataFrame, known: Iterable[str], file: str) -> list[Problem]:
    """Return a problem for each new company whose name is like that of another, new or known.

    Names are compared where they begin with the same sign, so that time does not grow with the square.

    Args:
        made: as `new_companies` returns them.
        known: spellings of known companies.
        file: name used in the problems.
    """
    new = dict(zip(made["name"], made["line"], strict=True))
    names = [*new, *(name for name in known if name not in new)]
    groups: dict[str, list[str]] = {}
    for name in names:
        if len(fold(name).encode()) >= _SHORT:  # an ideograph has three bytes
            groups.setdefault(fold(name)[0], []).append(name)
    problems = []
    for name, other in sorted(pair for group in groups.values() for pair in _alike(group, new)):
        reason = f"a new company, and {other} is nearly the same name"
        action = "nothing was merged; if they are one, add this spelling to company_aliases.csv"
        problems.append(Problem(file, new[name], "company", name, reason, action))
    return problems


def _alike(group: list[str], new: dict[str, int]) -> Iterable[tuple[str, str]]:
    """Each new name with the name most like it; of two new ones the first in the group is the other."""
    folded = [fold(name) for name in group]
    is_new = np.array([name in new for name in group])
    places = np.flatnonzero(is_new)
    for start in range(0, len(places), _BLOCK):
        block = places[start : start + _BLOCK]
        likeness = process.cdist(
            [folded[place] for place in block],
            folded,
            scorer=fuzz.ratio,
            score_cutoff=_LIKE,
            dtype=np.uint8,
        )
        for row, place in enumerate(block):
            scores = likeness[row].copy()
            scores[place] = 0
            scores[place + 1 :][is_new[place + 1 :]] = 0
            best = int(scores.argmax())
            if scores[best] and folded[best] != folded[place]:
                yield group[place], group[best]
