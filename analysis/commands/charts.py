"""`charts` and `export`: charts by name, and as files."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Annotated, Any

import typer

from analysis.commands.terminal import Workers, columns, console, fail, paragraph, writing


def charts() -> None:
    """List the charts: name, notebook, title.

    \b
    Example:
      python -m analysis charts
    """
    from analysis import charts, load

    tables, rows = load.Once(load), []
    for name, chart in charts.CHARTS.items():
        frame = charts.frame(name, tables)
        title = "(no rows in these tables)" if frame.empty else chart.title(frame)
        rows.append([name, chart.notebook, title])
    columns(console(), rows)


def export(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="CHART...", help="Charts by name, see `charts`")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every chart that the tables have rows for")] = False,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="png, svg, pdf, csv, pptx, with commas")
    ] = "png,svg,pdf,csv",
    size: Annotated[str, typer.Option(help="screen, column, slide, or page")] = "screen",
    lang: Annotated[str, typer.Option(help="en, or zh for simplified Chinese")] = "en",
    theme: Annotated[str, typer.Option(help="light, dark, or print for one ink")] = "light",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to write")] = Path("exports"),
    workers: Workers = None,
) -> None:
    """Write charts as files, with their numbers, words and sources.

    Beside the pictures stand the plotted numbers, a text with title, alt text, licence and how to cite, and
    the list of reports behind the chart. What differs from the usual language, size and theme stands in the
    name of a file: alibaba_rounds_zh_slide_dark.png.

    \b
    Examples:
      python -m analysis export alibaba_rounds
      python -m analysis export alibaba_rounds --format pptx,png --size slide --lang zh
      python -m analysis export --all --format png,csv --theme print
    """
    from analysis import charts, load
    from analysis.swap import replaced, unchanged

    chosen = list(charts.CHARTS) if every else list(dict.fromkeys(names or []))
    if not chosen:
        fail("Name a chart, or use --all. `python -m analysis charts` lists the names.")
    listed = list(dict.fromkeys(formats.replace(" ", "").split(",")))
    out_console = console()
    try:
        charts.check(chosen, listed, theme, size, lang)
        with writing(out), replaced(out) as fresh, unchanged(load.directory()):
            write = partial(
                _write, folder=fresh, skip=every, formats=listed, theme=theme, size=size, lang=lang
            )
            every_file = list(_side_by_side(write, chosen, workers))
        for name, written in zip(chosen, every_file, strict=True):
            told = ", ".join(str(out / file) for file in written)
            paragraph(out_console, told or f"{name}: no rows in these tables, nothing to plot")
    except charts.language.UntranslatedError as error:
        fail(error.args[0], "Add it to analysis/charts/zh.po. Nothing was written.")
    except (ValueError, ModuleNotFoundError) as error:
        fail(str(error))


def _side_by_side(
    write: Callable[[str], list[str]], names: Sequence[str], workers: int | None
) -> Iterator[list[str]]:
    """Write charts in several processes; the files of each, in the order of names."""
    number = min(workers or os.cpu_count() or 1, len(names))
    if number == 1:
        yield from map(write, names)
        return
    # Fresh processes: forked ones would hold the lock of the folder for as long as they live.
    with ProcessPoolExecutor(number, get_context("spawn"), initializer=_end_with_parent) as processes:
        yield from processes.map(write, names)


def _end_with_parent() -> None:
    """Let a process end when the one that started it is killed."""

    def wait() -> None:
        if (parent := parent_process()) is not None:
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()


def _write(name: str, folder: Path, skip: bool, **options: Any) -> list[str]:
    """Write the files of one chart; their names, none where there is nothing to plot and that may be."""
    from analysis import charts

    try:
        contents = charts.exported(name, _tables(), **options)
    except charts.NothingToPlotError:
        if not skip:
            raise
        return []
    for file, content in contents.items():
        (folder / file).write_bytes(content)
    return list(contents)


@cache
def _tables() -> Any:
    """The tables, read once in each process."""
    from analysis import load

    return load.Once(load)
