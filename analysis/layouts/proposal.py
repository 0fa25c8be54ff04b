"""A layout for a file that has none: what its header and its cells say, with the reason for each choice."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.clean.sheets import DELIMITERS, visible
from analysis.columns import STATUSES
from analysis.layouts.files import Export, header_names, open_export, read_cells
from analysis.layouts.headers import guess_columns, money_of, plain, words
from analysis.layouts.layout import DEFAULTS, DETECT, Layout, Money, read_layout
from analysis.layouts.source import Source, read_source
from analysis.parse.amounts import parse_amounts

SHIPPED = Path(__file__).parent / "shipped"
_TOP = 40  # lines in which a header is looked for
_BODY = 25  # lines below it that tell how wide the table is
_FITS = 0.6  # share of a shipped layout's columns that a file must have
_MARKS = 10  # texts without a figure that are shown
_REPEATED = 0.1  # share of rows that tell a round again with another investor


@dataclass
class Proposal:
    """A layout for a file, and why.

    Attributes:
        layout: as far as the file tells it.
        evidence: the reason for a choice, by the key of the TOML file.
        open: what a person has to decide.
        source: the file as the layout reads it; None if it cannot be read.
    """

    layout: Layout
    evidence: dict[str, str] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    source: Source | None = None


@cache
def shipped() -> dict[str, Layout]:
    """Return the layouts that come with the package, by name; the day of the export is left to the user."""
    layouts = {}
    for path in sorted(SHIPPED.glob("*.toml")):
        text = path.read_text(encoding="utf-8").replace('collected = ""', 'collected = "2000-01-01"')
        layout, mistakes = read_layout(text.encode(), path.name)
        if layout is None:
            raise ValueError(f"{path.name}: {mistakes}")
        layouts[path.stem] = layout
    return layouts


def propose(data: bytes, file: str, day: str) -> Proposal:
    """Return a layout for a file.

    Args:
        data: its bytes.
        file: its name.
        day: the day of the export, ISO 8601, as far as one knows.
    """
    known = {name for layout in shipped().values() for name in layout.names}
    spoken = frozenset(word for found in words().values() for word in found) | known
    export = open_export(data, file, DETECT, "", frozenset(spoken))
    made = Proposal(Layout({}))
    if export.problems:
        made.open = [f"{problem.reason}: {problem.action}" for problem in export.problems]
        return made
    made.evidence["file.encoding"] = export.how
    delimiter, line, why = _header(export, known)
    made.evidence["file.header"] = why
    base = replace(made.layout, delimiter=delimiter, header=line)
    names = [name for name in header_names(export, line, delimiter) if name.strip()]
    repeated = {name for name in names if names.count(name) > 1}
    names = [name for name in names if name not in repeated]
    made.open += [
        f"the column {visible(name)} stands in the header more than once" for name in sorted(repeated)
    ]
    sheet = read_cells(export, file, replace(base, columns={"all": tuple(names)}))
    cells = sheet.rows.drop(columns="line")
    vendor = _vendor(names)
    if vendor:
        _as_shipped(made, vendor, base, names)
    else:
        _as_guessed(made, base, cells)
    made.layout = replace(made.layout, fixed={**made.layout.fixed, "collected": day})
    made.evidence["fixed.collected"] = "the day of the file: is it that of the export?"
    if "company" not in made.layout.columns:
        made.open.append(f"which column is the company: {', '.join(map(visible, names))}")
        return made
    empty = (cells[made.layout.columns["company"][0]].str.strip() == "").sum()
    if empty:
        remedy = 'if these were merged cells, write fill_down = ["company"] under [rows]'
        made.open.append(f"rows without a company: {empty}; {remedy}")
    _repeats(made, cells)
    _open_words(made, cells)
    made.source = read_source(_complete(made.layout), data, file)
    made.open += [f"{problem.reason}: {problem.action}" for problem in made.source.problems if problem.fatal]
    _open_sums(made, made.source)
    return made


def _header(export: Export, known: set[str]) -> tuple[str, int, str]:
    """The sign between cells, the line of the header, and why."""
    best: tuple[tuple[int, float, int], str, int, str] | None = None
    sure = {plain(name) for name in known} | {word for found in words().values() for word in found}
    for delimiter in DELIMITERS if export.rows is None else (",",):
        rows = [header_names(export, line, delimiter) for line in range(1, _TOP + _BODY + 1)]
        for line, names in enumerate(rows[:_TOP], 1):
            if sum(bool(name.strip()) for name in names) < 2:
                continue
            below = [row for row in rows[line : line + _BODY] if any(map(str.strip, row))]
            alike = sum(len(row) == len(names) for row in below) / len(below) if below else 0.0
            hits = sum(plain(name) in sure for name in names)
            score = (hits, alike, -line)
            if best is None or score > best[0]:
                why = f"line {line}: {hits} known headers, {alike:.0%} of the next lines as wide"
                best = score, delimiter, line, why
    return (best[1], best[2], best[3]) if best else (",", 1, "no line has two cells")


def _vendor(names: list[str]) -> str:
    """The shipped layout whose columns the table has; "" if none fits."""
    fits = {
        name: sum(column in names for column in layout.names) / len(layout.names)
        for name, layout in shipped().items()
        if layout.columns["company"][0] in names
    }
    best = max(fits, key=lambda name: fits[name], default="")
    return best if best and fits[best] >= _FITS else ""


def _as_shipped(made: Proposal, vendor: str, base: Layout, names: list[str]) -> None:
    layout = shipped()[vendor]
    columns = {
        name: kept
        for name, known in layout.columns.items()
        if (kept := tuple(c for c in known if c in names))
    }
    found = sum(column in names for column in layout.names)
    why = f"the columns are those of the layout {vendor} ({found} of {len(layout.names)})"
    made.layout = replace(
        layout, columns=columns, delimiter=base.delimiter, header=base.header, encoding=DETECT
    )
    made.evidence |= {f"columns.{name}": why for name in columns}
    if not layout.segment:
        made.open.append("companies.segment: what new companies are, one of segment_readings.csv")


def _as_guessed(made: Proposal, base: Layout, cells: pd.DataFrame) -> None:
    guesses = guess_columns(cells)
    columns = {name: (guess.column,) for name, guess in guesses.items()}
    made.evidence |= {f"columns.{name}": guess.evidence for name, guess in guesses.items()}
    sums = {name: money_of(columns[name][0]) for name in ("amount", "valuation") if name in columns}
    for name, money in sums.items():
        for key, found in (("unit", money.unit), ("currency", money.currency)):
            if found:
                made.evidence[f"{name}.{key}"] = f"{found}: the header is {visible(columns[name][0])!r}"
    made.layout = replace(
        base,
        columns=columns,
        fixed=dict(DEFAULTS),
        amount=sums.get("amount", Money()),
        valuation=sums.get("valuation", Money()),
    )
    read = {name for names in columns.values() for name in names}
    rest = [visible(str(name)) for name in cells.columns if name not in read]
    if rest:
        made.evidence["columns"] = f"not read: {', '.join(rest)}"
    made.open += [
        "fixed.publisher: who made the table",
        "fixed.url: the address that it comes from",
        "companies.segment: what new companies are, one of segment_readings.csv",
    ]


def _repeats(made: Proposal, cells: pd.DataFrame) -> None:
    """Whether rounds stand in several rows that differ in their investors alone."""
    columns = made.layout.columns
    listed = {name for field in ("leads", "investors") for name in columns.get(field, ())}
    others = [name for name in made.layout.names if name not in listed]
    if not listed or not {"date", "amount"} <= set(columns):
        return
    told = cells[(cells[list(columns["company"])] != "").any(axis=1)]
    distinct = told.drop_duplicates(made.layout.names)
    share = distinct.duplicated(others).mean() if len(distinct) else 0.0
    if share > _REPEATED:
        made.layout = replace(made.layout, one_per_investor=True)
        made.evidence["rows.one_per_investor"] = (
            f"{share:.0%} of the rows tell a round again, with another investor"
        )


def _open_words(made: Proposal, cells: pd.DataFrame) -> None:
    """Name the words of a status that the layout does not explain."""
    for column in made.layout.columns.get("status", ()):
        told = {text.strip() for text in cells[column].unique() if text.strip()}
        unknown = sorted(text for text in told if text.casefold() not in {*made.layout.status, *STATUSES})
        if unknown:
            listed = ", ".join(visible(text) for text in unknown[:20])
            made.open.append(f"what these words of {visible(column)} mean, under [status]: {listed}")


def _open_sums(made: Proposal, source: Source) -> None:
    """Name what the cells leave open about their currency, and what the table lacks."""
    for name in ("amount", "valuation"):
        parsed = parse_amounts(source.rows[name])
        unread = source.rows.loc[parsed["qualifier"] == "unreadable", name]
        marks = unread[~unread.str.contains("[0-9]")].value_counts().head(_MARKS)
        if len(marks):
            listed = ", ".join(f"{visible(str(mark))} (cells: {times})" for mark, times in marks.items())
            made.open.append(f"{name}.undisclosed: which of these mean an unknown sum: {listed}")
        bare = (parsed["low"].notna() | parsed["high"].notna()) & parsed["currency"].isna()
        if bare.any():
            first = source.rows.loc[bare].iloc[0]
            example = f"line {first['line']}: {visible(first[name])}"
            made.open.append(
                f"{name}.currency: {bare.sum()} cells name none ({example}); "
                "name one only if the vendor says which"
            )
    if "date" not in made.layout.columns:
        made.open.append('no column is a date: if one is true for every row, write date = "…" under [fixed]')


def _complete(layout: Layout) -> Layout:
    """The layout with a stand-in for what only a person can say, so that the file can be looked at."""
    needed = {"publisher": "?", "url": "https://example.org/", **layout.fixed}
    return replace(layout, fixed=needed)


def toml_text(made: Proposal, file: str) -> str:
    """Return the layout as a TOML file, with the reason for each choice beside it."""
    layout = made.layout
    sections: dict[str, Mapping[str, object]] = {
        "file": {"encoding": layout.encoding, "delimiter": layout.delimiter, "header": layout.header,
                 "sheet": layout.sheet},
        "columns": {name: columns[0] if len(columns) == 1 else list(columns)
                    for name, columns in layout.columns.items()},
        "fixed": {"publisher": "", "url": "", **layout.fixed},
        "amount": _money(layout.amount),
        "valuation": _money(layout.valuation),
        "dates": {"order": layout.date_order},
        "rows": {"fill_down": list(layout.fill_down), "one_per_investor": layout.one_per_investor},
        "status": layout.status,
        "kind": layout.kind,
        "companies": {"cohort": layout.cohort, "segment": layout.segment, "country": layout.country},
    }  # fmt: skip
    lines = [f"# How to read {visible(file)}. What each key means: docs/your-own-data.md."]
    lines += [f"# To decide: {' '.join(visible(text).split())}" for text in made.open]
    for section, keys in sections.items():
        lines += ["", f"[{section}]"]
        if why := made.evidence.get(section):
            lines.append(f"# {why}")
        for key, value in keys.items():
            bare = key if key.replace("_", "").isalpha() and key.isascii() else _quoted(key)
            why = made.evidence.get(f"{section}.{key}", "")
            comment = f"  # {' '.join(visible(why).split())}" if why else ""
            lines.append(f"{bare} = {_quoted(value)}{comment}")
    return "\n".join(lines) + "\n"


def _money(money: Money) -> dict[str, object]:
    return {
        "unit": money.unit,
        "currency": money.currency,
        "decimal": money.decimal,
        "undisclosed": sorted(money.undisclosed),
    }


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
