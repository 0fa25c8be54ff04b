"""`layout`: look at someone else's table and propose how to read it."""

from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.terminal import columns, console, count, fail, paragraph

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.layouts.proposal import Proposal

_ROWS = 8
_CELL = 60  # characters of a cell that are shown


def layout(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file or a workbook (.xlsx)")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.toml", help="Write the layout here; never over a file"),
    ] = None,
) -> None:
    """Look at someone else's table and propose how to read it.

    Shows the reason for each choice, the first rows as they would be understood, and what is left to decide.
    docs/your-own-data.md goes from here to a chart.

    \b
    Examples:
      python -m analysis layout my/exports/rounds.csv
      python -m analysis layout my/exports/rounds.csv --out my/exports/rounds.toml
    """
    from analysis.layouts.proposal import propose, toml_text

    try:
        data = file.read_bytes()
        day = datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()
    except OSError as error:
        fail(f"Cannot read {file}: {error.strerror}.")
    made = propose(data, file.name, day)
    shown = console()
    paragraph(shown, f"{file.name}, as a layout would read it", style="bold")
    _show_choices(shown, made)
    _show_rows(shown, made)
    for text in made.open:
        paragraph(shown, f"To decide: {text}", style="bold")
    if out is None:
        hint = file.with_suffix(".toml")
        paragraph(shown, f"Nothing was written; --out {hint} writes the layout, to be completed by hand.")
        return
    try:
        with out.open("x", encoding="utf-8", newline="\n") as target:
            target.write(toml_text(made, file.name))
    except FileExistsError:
        fail(f"{out} exists and was left as it is; name another file or delete it.")
    except OSError as error:
        fail(f"Cannot write {out}: {error.strerror}.")
    paragraph(shown, f"Wrote {out}")


def _show_choices(shown: "Console", made: "Proposal") -> None:
    found = made.layout.columns
    rows = [
        [
            key,
            ", ".join(found.get(key.removeprefix("columns."), ())) if key.startswith("columns.") else "",
            why,
        ]
        for key, why in made.evidence.items()
    ]
    columns(shown, rows, ("key", "column", "why"), indent=2)
    for decision in made.source.told if made.source else ():
        if decision not in made.evidence.values():
            paragraph(shown, decision, 2)
    shown.print()


def _show_rows(shown: "Console", made: "Proposal") -> None:
    """The first rows with their sums and dates as they are understood, and how many could not be read."""
    from analysis.parse.amounts import parse_amounts

    source = made.source
    if source is None:
        return
    head = source.rows.head(_ROWS)
    amounts, valuations = parse_amounts(head["amount"]), parse_amounts(head["valuation"])
    table = [
        [
            str(line),
            company,
            label,
            day,
            _sum(amounts.iloc[place].to_dict()),
            _sum(valuations.iloc[place].to_dict()),
            investors,
        ]
        for place, (line, company, label, day, investors) in enumerate(
            head[["line", "company", "round", "announced", "investors"]].itertuples(index=False, name=None)
        )
    ]
    header = ("line", "company", "round", "date", "amount", "valuation", "investors")
    if table:
        columns(shown, [[cell[:_CELL] for cell in row] for row in table], header, indent=2)
        shown.print()
    lost = sum("set aside" in problem.action for problem in source.problems)
    left = len(source.problems) - lost
    merged = f", {source.n_merged} merged" if source.n_merged else ""
    text = f"{count(source.n_rows, 'row')}: {count(len(source.rows), 'report')}{merged}, {lost} set aside"
    paragraph(shown, f"{text}; {count(left, 'cell')} left out")


def _sum(amount: Mapping[Hashable, object]) -> str:
    """A parsed sum: "USD 1,500,000", "CNY 10,000,000–99,000,000 (order)", "?" for what was not understood."""
    if amount["qualifier"] in ("undisclosed", "unreadable"):
        text = str(amount["text"])
        return "" if amount["qualifier"] == "undisclosed" else f"? {text}"
    ends = [
        f"{end:,.0f}" if isinstance(end, float) and end == end else "…"
        for end in (amount["low"], amount["high"])
    ]
    currency = amount["currency"] if isinstance(amount["currency"], str) else "no currency"
    if amount["qualifier"] == "exact":
        return f"{currency} {ends[0]}"
    return f"{currency} {ends[0]}–{ends[1]} ({amount['qualifier']})"
