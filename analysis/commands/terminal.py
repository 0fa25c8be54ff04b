"""What the commands print: plain in a pipe, wrapped and coloured on a terminal, harmless on both."""

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.stages import Progress

Workers = Annotated[
    int | None,
    typer.Option(min=1, metavar="NUMBER", help="How many work at the same time [default: the processors]"),
]
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_DAY = len("2026-04-10")  # a cell so short stays whole
_WIDE = 10_000_000  # columns; nothing is wrapped or cut in a pipe


def visible(text: str) -> str:
    r"""Return a text of one line without signs that steer a terminal: each stands there as its escape.

    >>> print(visible("a\x1b[2Jb\nc\u202ed, Über 生数科技"))
    a\x1b[2Jb\nc\u202ed, Über 生数科技
    """
    return "".join(repr(sign)[1:-1] if unicodedata.category(sign) in _UNPRINTABLE else sign for sign in text)


def console(stderr: bool = False) -> "Console":
    """Return where to print; colour follows NO_COLOR and FORCE_COLOR."""
    from rich.console import Console

    shown = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not shown.file.isatty():
        shown.width = _WIDE
    return shown


def paragraph(out: "Console", text: str, indent: int = 0, style: str = "") -> None:
    """Print a text; on a terminal its further lines are indented like the first."""
    from rich.padding import Padding
    from rich.text import Text

    words = Text(visible(text), style=style, overflow="fold")
    if out.width == _WIDE:
        out.print(" " * indent, words, sep="", style=None, soft_wrap=True)
    else:
        out.print(Padding(words, (0, 0, 0, indent)))


def columns(
    out: "Console", rows: Iterable[Sequence[str]], header: Sequence[str] = (), indent: int = 0
) -> None:
    """Print rows in columns; on a terminal long cells are folded, but never those of the first column."""
    from rich.cells import cell_len, set_cell_size
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    cells = [[visible(cell) for cell in row] for row in rows]
    if out.width == _WIDE:
        lines = [list(header), *cells] if header else cells
        widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            filled = "  ".join(map(set_cell_size, line, widths))
            out.out(" " * indent + filled.rstrip(), highlight=False)
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=bool(header))
    for place, column in enumerate(zip(*cells, strict=True)):
        whole = place == 0 or max(map(cell_len, column)) <= _DAY
        table.add_column(header[place] if header else "", no_wrap=whole, overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    out.print(Padding(table, (0, 0, 0, indent)))


def count(number: float, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "report"), count(2, "report")
    ('1 report', '2 reports')
    """
    return f"{number:g} {noun}{'' if number == 1 else 's'}"


def fail(message: str, *hints: str) -> NoReturn:
    """Print why a command cannot go on, and end it with exit code 1."""
    out = console(stderr=True)
    paragraph(out, f"Error: {message}", style="bold red")
    for hint in hints:
        paragraph(out, hint)
    raise typer.Exit(1)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """End a command plainly when a folder cannot be written; it is as it was then."""
    from analysis.swap import SwapError

    try:
        yield
    except (FileNotFoundError, SwapError) as error:
        fail(str(error), "Nothing was written.")
    except OSError as error:
        fail(f"Cannot write {folder}: {error.strerror or error}.", "Nothing was written.")
    except BrokenExecutor:
        fail("A worker process was ended from outside; is there enough memory?", "Nothing was written.")


@contextmanager
def progress_bar() -> Iterator["Progress"]:
    """Give a function to tell the progress of long work; on a terminal it draws a bar, gone at the end."""
    from rich import progress

    shown = console(stderr=True)
    shape = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(elapsed_when_finished=True),
    )
    with progress.Progress(*shape, console=shown, transient=True, disable=not shown.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda stage, done, number: bar.update(task, description=stage, completed=done, total=number)


def speak_utf8() -> None:
    """Let every text be printed, whatever the code page of the console."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
