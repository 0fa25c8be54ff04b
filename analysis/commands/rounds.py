"""`explain` and `find`: the rounds as data/processed holds them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.terminal import columns, console, fail

if TYPE_CHECKING:
    import pandas as pd

    from analysis.lookup import Index

Data = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help="Processed tables [default: data/processed]")
]
Raw = Annotated[
    Path | None,
    typer.Option("--raw", metavar="DIR", help="Raw files: aliases, corrections [default: data/raw]"),
]


def explain(
    round_id: Annotated[
        str,
        typer.Argument(metavar="ROUND_ID", help="A round, the beginning of its id, or one of its reports"),
    ],
    data: Data = None,
    raw: Raw = None,
) -> None:
    """Say why a round has the values it has.

    Shown are its reports, why they were joined, the value of each field and why, and the values that lost.

    \b
    Examples:
      python -m analysis explain shengshu-2026-04
      python -m analysis explain r7d7620d5
    """
    from analysis import lookup, provenance
    from analysis.commands.explanation import show

    tables = _tables({*lookup.TABLES, *provenance.TABLES}, data)
    index = _index(tables, raw)
    meant = index.resolve(round_id)
    if len(meant) != 1:
        _ask_back(round_id, meant, index)
    corrections = _raw_rows("corrections.csv", raw)
    show(provenance.Provenance(tables, corrections).explain(meant[0]))


def find(
    text: Annotated[
        list[str],
        typer.Argument(metavar="TEXT...", help="A company, investor or label, in English or Chinese"),
    ],
    data: Data = None,
    raw: Raw = None,
) -> None:
    """List rounds by company, investor or label.

    A group finds the rounds of all its investors. The oldest round comes first.

    \b
    Examples:
      python -m analysis find Vidu
      python -m analysis find 阿里巴巴
      python -m analysis find Series B
    """
    from analysis import lookup
    from analysis.wording import date_in_words, round_amount, round_dollars, round_name, rows

    wanted = " ".join(text)
    index = _index(_tables(lookup.TABLES, data), raw)
    found = index.find(wanted)
    if found.empty:
        close = index.like_name(wanted)
        known = "Names of companies, investors and rounds can be found, such as Vidu, Ant Group or Series B."
        fail(f"Nothing was found for {wanted!r}.", f"Did you mean {' or '.join(close)}?" if close else known)
    columns(
        console(),
        (
            (
                row["round_id"],
                row["company"],
                round_name(row),
                date_in_words(row) or "unknown",
                round_amount(row) or "not reported",
                round_dollars(row, bounds=False),
                row["lead_investors"],
                row["status"],
                row["disputed_fields"].replace("_", " "),
            )
            for row in rows(found)
        ),
        ("round_id", "company", "label", "date", "amount", "in dollars", "leads", "status", "disputed"),
    )


def _tables(names: "set[str] | tuple[str, ...]", data: Path | None) -> "dict[str, pd.DataFrame]":
    from analysis import load

    try:
        return {name: load.table(name, data) for name in sorted(names)}
    except (OSError, ValueError) as error:
        fail(str(error))


def _index(tables: "dict[str, pd.DataFrame]", raw: Path | None) -> "Index":
    from analysis.lookup import Index

    companies = _raw_rows("company_aliases.csv", raw)[["alias", "company_id"]]
    investors = _raw_rows("investor_aliases.csv", raw)[["alias", "investor"]]
    return Index(
        tables,
        companies.itertuples(index=False, name=None),
        investors.itertuples(index=False, name=None),
    )


def _raw_rows(name: str, raw: Path | None) -> "pd.DataFrame":
    """The rows of a raw sheet as they can be read; none where there is no such file."""
    from analysis.build import RAW, SHEETS
    from analysis.clean.sheets import read_sheet

    path = (raw or RAW) / name
    return read_sheet(path.read_bytes() if path.exists() else b"", name, *SHEETS[name]).rows


def _ask_back(text: str, meant: list[str], index: "Index") -> None:
    if meant:
        fail(
            f"{text!r} is the beginning of {len(meant)} rounds. Which one?", *(f"  {name}" for name in meant)
        )
    close = index.like_id(text) or index.find(text)["round_id"].tolist()
    hints = ["Did you mean one of these?", *(f"  {name}" for name in close)] if close else []
    fail(f"There is no round {text!r}.", *hints, "python -m analysis find TEXT lists rounds by name.")
