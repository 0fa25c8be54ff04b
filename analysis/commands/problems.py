"""Problems of the raw files as a person reads them: the worst first, those of a kind together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analysis.commands.terminal import count, paragraph

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.clean.sheets import Problem

_FEW = 5  # examples of one kind on a terminal
_SHORT = 100  # characters of a text on a terminal
_REPORTS = "funding_reports.csv"


def place(problem: "Problem") -> str:
    """Return file, line and column, as far as the problem has them: "companies.csv:3:name"."""
    return ":".join(filter(None, [problem.file, str(problem.line or ""), problem.column]))


def severity(problem: "Problem") -> str:
    """Return "fatal", "set aside" (the row is lost) or "not understood" (a cell is)."""
    return "fatal" if problem.fatal else "set aside" if "set aside" in problem.action else "not understood"


def list_problems(out: "Console", problems: Iterable["Problem"], everything: bool = False) -> None:
    """Print the problems, grouped by kind; on a terminal only some of each kind, unless `everything`."""
    groups: dict[tuple[str, ...], list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[severity(problem), problem.file, problem.column, problem.reason, problem.action].append(
            problem
        )
    order = ("fatal", "set aside", "not understood")
    ranked = sorted(
        groups, key=lambda key: (order.index(key[0]), key[1] != _REPORTS, key[1], -len(groups[key]))
    )
    whole = everything or not out.is_terminal
    for key in ranked:
        level, _, _, reason, action = key
        alike = sorted(groups[key], key=lambda problem: problem.line)
        times = f" ({len(alike)} times)" if len(alike) > 1 else ""
        paragraph(out, f"{level.upper()}: {reason}{times}", style="bold red" if level == "fatal" else "bold")
        paragraph(out, f"-> {action}", 2)
        shown = alike if whole or len(alike) <= _FEW + 1 else alike[:_FEW]
        for problem in shown:
            text = problem.text if whole or len(problem.text) <= _SHORT else f"{problem.text[:_SHORT]}…"
            paragraph(out, f"{place(problem)}  {text}".rstrip(), 4)
        if rest := alike[len(shown) :]:
            lines = ", ".join(str(problem.line) for problem in rest)
            paragraph(out, f"and {len(rest)} more, in lines {lines} (--all lists them)", 4)
        out.print()


def summary(problems: Sequence["Problem"]) -> str:
    """Return the number of problems of each severity, and what they mean for a build."""
    levels = [severity(problem) for problem in problems]
    fatal, lost, unread = (levels.count(level) for level in ("fatal", "set aside", "not understood"))
    found = (
        f"{count(len(problems), 'problem')}: {fatal} fatal, {count(lost, 'row')} set aside, "
        f"{count(unread, 'cell')} not understood."
    )
    if fatal:
        return f"{found} Nothing can be built before the fatal ones are mended."
    return f"{found} The tables can be built without them." if problems else "No problem was found."
