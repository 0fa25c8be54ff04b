"""Raw folders of any size, made from the phrases, languages, conflicts and slips of the real reports.

A made-up company tells the story of a real one, or of several in a row: the same reports in the same words,
some years earlier, with every sum multiplied by one factor and most investors renamed. So its reports agree
and disagree as the real ones do.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from analysis.build import RATES, RAW, SHEETS

REPORTS = "funding_reports.csv"
VARIANTS = 400
"""How many versions of each real report there are: factors, years and casts of investors."""
CHUNK = 500_000
"""How many reports are made and written at a time."""
KEPT = 0.4
"""The share of the investors that keep their names, and so stand behind many companies."""
_NUMBER = re.compile(r"(?<![A-Za-z0-9.,])\d+(?:[.,]\d+)*(?![\d%])")
_YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")
_SYLLABLES = ("Ka", "Lo", "Mi", "Ru", "Ta", "Ve", "Zo", "Qi", "Sen", "Bel", "Dor", "Fan")


def names(first: int, count: int, ending: str) -> list[str]:
    """Return so many different names: "Kalomi 0 Labs", "Kaloru 1 Labs"."""
    stems = ["".join(parts).capitalize() for parts in product(_SYLLABLES, repeat=3)]
    return [f"{stems[number % len(stems)]} {number} {ending}" for number in range(first, first + count)]


def scaled(text: str, factor: float) -> str:
    """Return a text with its numbers, but for years, times a factor, to three digits."""

    def number(match: re.Match[str]) -> str:
        written = match[0]
        if _YEAR.fullmatch(written):
            return written
        has_decimals = re.fullmatch(r"\d+[.,]\d{1,2}", written)
        plain = written.replace(",", ".") if has_decimals else re.sub("[.,]", "", written)
        value = Decimal(f"{float(plain) * factor:.3g}")
        if value == value.to_integral_value():
            return (
                f"{max(int(value), 1):,}" if "," in written and not has_decimals else f"{max(int(value), 1)}"
            )
        return f"{value:f}".replace(".", "," if "," in written else ".")

    return _NUMBER.sub(number, text)


def years_back(text: str, years: int) -> str:
    """Return a text whose years lie so many years earlier."""
    return _YEAR.sub(lambda match: str(int(match[0]) - years), text).replace("-02-29", "-02-28")


def recast(texts: pd.Series, aliases: list[str], rng: np.random.Generator) -> list[list[str]]:
    """Return each text in every version, most of its known investors under made-up names."""
    kept = set(rng.choice(aliases, int(KEPT * len(aliases)), replace=False))
    renamed = sorted(set(aliases) - kept, key=lambda alias: (-len(alias), alias))
    any_name = re.compile("|".join(rf"(?<!\w){re.escape(alias)}(?!\w)" for alias in renamed))
    made_up = names(0, 20 * VARIANTS, "Capital")
    places = {alias: int(rng.integers(len(made_up))) for alias in renamed}
    versions = {}
    for text in texts.unique():
        parts = re.split(f"({any_name.pattern})", text)
        versions[text] = [
            "".join(
                made_up[(places[part] + 31 * version) % len(made_up)] if place % 2 else part
                for place, part in enumerate(parts)
            )
            for version in range(VARIANTS)
        ]
    return [versions[text] for text in texts]


class Maker:
    """Makes reports out of the real ones."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = np.random.default_rng(seed)
        real = pd.read_csv(RAW / REPORTS, dtype=str, keep_default_na=False)
        aliases = pd.read_csv(RAW / "company_aliases.csv", dtype=str).set_index("alias")["company_id"]
        companies = pd.read_csv(RAW / "companies.csv", dtype=str, keep_default_na=False)
        self.companies = companies.drop_duplicates("company_id").set_index("company_id")
        ids = {**aliases, **{name: row for row, name in self.companies["name"].items()}}
        real["company_id"] = real["company"].map(ids)
        self.real = real[real["company_id"].notna()].sort_values("company_id", ignore_index=True)
        self.stories = [places for _, places in self.real.groupby("company_id").indices.items()]
        investors = pd.read_csv(RAW / "investor_aliases.csv", dtype=str)["alias"].tolist()
        factors = np.exp(self.rng.uniform(-1.0, 1.0, VARIANTS))
        years = self.rng.integers(0, 6, VARIANTS)
        self.versions = {
            **{
                name: [[scaled(text, factor) for factor in factors] for text in self.real[name]]
                for name in ("amount", "valuation")
            },
            **{
                name: [[years_back(text, back) for back in years] for text in self.real[name]]
                for name in ("announced", "published")
            },
            **{
                name: recast(self.real[name], investors, self.rng) for name in ("lead_investors", "investors")
            },
        }
        self.versions = {name: pa.array(np.array(texts).ravel()) for name, texts in self.versions.items()}
        self.n_companies = self.n_reports = 0

    def chunk(self, size: int) -> tuple[pa.Table, pd.DataFrame]:
        """Return so many reports, those of a company together, and the companies that they are about."""
        stories = []
        while sum(map(len, stories)) < size:
            # Most companies have one story, some a dozen in a row.
            told = self.rng.choice(len(self.stories), min(self.rng.zipf(2.5), 40))
            stories.append(np.concatenate([self.stories[story] for story in told]))
        rows = np.concatenate(stories)[:size]
        company = np.repeat(np.arange(len(stories)), list(map(len, stories)))[:size]
        version = self.rng.integers(0, VARIANTS, len(stories))[company]
        called = names(self.n_companies, len(stories), "Labs")
        table = pa.Table.from_pandas(self.real.drop(columns="company_id").take(rows), preserve_index=False)
        columns = {name: table[name] for name in table.column_names}
        for name, texts in self.versions.items():
            columns[name] = texts.take(pa.array(rows * VARIANTS + version))
        number = np.arange(self.n_reports, self.n_reports + size)
        columns["report_id"] = pa.array([f"r{n:08x}" for n in number])
        columns["company"] = pa.array(called).take(pa.array(company))
        pages = self.real["url"].factorize()[0][rows]
        columns["url"] = pa.array(
            [f"https://example.org/{c}/{p}" for c, p in zip(company + self.n_companies, pages, strict=True)]
        )
        about = pd.DataFrame(
            {
                "company_id": [name.lower().replace(" ", "-") for name in called],
                "name": called,
                "name_zh": "",
                **{
                    column: [self.companies.at[self.real["company_id"][s[0]], column] for s in stories]
                    for column in ("country", "segment", "cohort")
                },
            }
        )
        self.n_companies += len(stories)
        self.n_reports += size
        return pa.table(columns), about

    def chunks(self, size: int) -> Iterator[tuple[pa.Table, pd.DataFrame]]:
        """Yield so many reports in pieces."""
        for start in range(0, size, CHUNK):
            yield self.chunk(min(CHUNK, size - start))


def write(folder: Path, size: int, seed: int = 1) -> Path:
    """Write a raw folder of so many reports; return the path of the reports."""
    folder.mkdir(parents=True)
    for name in ("investor_aliases.csv", "segment_readings.csv", RATES):
        (folder / name).write_bytes((RAW / name).read_bytes())
    for name, (columns, _) in SHEETS.items():
        if not (folder / name).exists():
            (folder / name).write_text(",".join(columns) + "\n", encoding="utf-8")
    companies = []
    with (folder / REPORTS).open("wb") as file:
        writer = None
        for table, about in Maker(seed).chunks(size):
            writer = writer or csv.CSVWriter(
                file, table.schema, write_options=csv.WriteOptions(quoting_style="needed")
            )
            writer.write_table(table)
            companies.append(about)
        assert writer is not None
        writer.close()
    pd.concat(companies).to_csv(folder / "companies.csv", index=False, lineterminator="\n")
    return folder / REPORTS
