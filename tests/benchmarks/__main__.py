"""`make bench`: prints what a build costs at growing sizes, and how our parsers do beside others.

python -m tests.benchmarks [SIZE ...], by default 10000 100000 1000000; 10000000 takes long and 20 GB of disk.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from rich.console import Console
from rich.table import Table

from analysis.build import REPORTS
from tests.benchmarks import peers, stages
from tests.benchmarks.files import write

SIZES = (10_000, 100_000, 1_000_000)
WORKERS = 2
COLUMN = 100_000
"""Texts that the parsers are timed on."""
IN_MEMORY = 1_000_000
"""The most reports that are also built as a whole."""


def builds(sizes: list[int], folder: Path) -> Table:
    """Build made-up folders of each size: whole in one process, and in parts in two."""
    shown = Table(title="Builds of made-up reports, tables written as Parquet")
    for name in ("reports", "how", "seconds", "reports/s", "µs/report", "growth", "floors", "peak", "stages"):
        shown.add_column(name, justify="left" if name in ("how", "stages") else "right")
    before: dict[int, float] = {}
    for size in sizes:
        raw = folder / str(size)
        path = write(raw, size)
        bare = stages.floor(path)
        pyarrow = (f"{bare:.1f}", f"{size / bare:,.0f}", f"{1e6 * bare / size:.1f}", "", "1")
        shown.add_row(f"{size:,}", "the floor: pyarrow reads and writes", *pyarrow)
        for workers in (0, WORKERS) if size <= IN_MEMORY else (WORKERS,):
            found = stages.in_process(raw, workers)
            seconds, peak = found.pop("seconds"), found.pop("peak")
            cost = seconds / size
            growth = f"{cost / before[workers]:.2f}" if workers in before else ""
            before[workers] = cost
            told = ", ".join(f"{name.lower()} {spent:.1f}" for name, spent in found.items())
            shown.add_row(
                "", f"in parts, {workers} processes" if workers else "whole", f"{seconds:.1f}",
                f"{size / seconds:,.0f}", f"{1e6 * cost:.1f}", growth, f"{seconds / bare:.1f}",
                f"{peak / 1e9:.1f} GB", told,
            )  # fmt: skip
    return shown


def parsers(column: pd.Series) -> list[Table]:
    """Our parsers beside others: on the labelled texts, and on a column of a made-up file."""
    tables = []
    for title, found in (("Amounts", peers.amounts(column)), ("Dates", peers.dates())):
        shown = Table(title=f"{title}: answers to the labelled texts, and speed")
        for name in ("library", "right", "silent", "wrong", "texts/s"):
            shown.add_column(name, justify="left" if name == "library" else "right")
        for name, score in found.items():
            if isinstance(score, str):
                shown.add_row(name, score)
            else:
                counts = (score.right, score.silent, score.wrong)
                shown.add_row(name, *map(str, counts), f"{score.rows_a_second:,.0f}")
        tables.append(shown)
    return tables


def main() -> None:
    """Print all tables."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    console = Console(width=None if sys.stdout.isatty() else 200)
    with TemporaryDirectory() as folder:
        console.print(builds(sizes, Path(folder)))
        path = Path(folder) / str(min(sizes, key=lambda size: abs(size - COLUMN))) / REPORTS
        texts = pd.read_csv(path, usecols=["amount"], dtype="str")["amount"].dropna()
    for table in parsers(texts.head(COLUMN)):
        console.print(table)


if __name__ == "__main__":
    main()
