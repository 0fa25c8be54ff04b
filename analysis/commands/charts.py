"""`charts` and `export`: charts by name, and as files."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.commands.terminal import columns, console, fail, paragraph


def charts() -> None:
    """List the charts: name, notebook, title.

    \b
    Example:
      python -m analysis charts
    """
    from analysis import charts, load

    rows = [
        [chart.name, chart.notebook, chart.title(charts.frame(name, load))]
        for name, chart in charts.CHARTS.items()
    ]
    columns(console(), rows)


def export(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="CHART...", help="Charts by name, see `charts`")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every chart")] = False,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="png, svg, pdf, csv, pptx, with commas")
    ] = "png,svg,pdf,csv",
    size: Annotated[str, typer.Option(help="screen, column, slide, or page")] = "screen",
    lang: Annotated[str, typer.Option(help="en, or zh for simplified Chinese")] = "en",
    theme: Annotated[str, typer.Option(help="light, dark, or print for one ink")] = "light",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to write")] = Path("exports"),
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
    from analysis import charts

    chosen = list(charts.CHARTS) if every else names or []
    if not chosen:
        fail("Name a chart, or use --all. `python -m analysis charts` lists the names.")
    listed = formats.replace(" ", "").split(",")
    write = partial(_export, out=out, formats=listed, theme=theme, size=size, lang=lang)
    out_console = console()
    try:
        charts.check(chosen, listed, theme, size, lang)
        for written in _side_by_side(write, chosen):
            paragraph(out_console, ", ".join(map(str, written)))
    except (ValueError, ModuleNotFoundError) as error:
        fail(str(error))


def _side_by_side(write: Callable[[str], list[Path]], names: Sequence[str]) -> Iterator[list[Path]]:
    """Write charts in as many processes as there are processors; what each wrote, in the order of names."""
    workers = min(os.cpu_count() or 1, len(names))
    if workers == 1:
        yield from map(write, names)
        return
    with ProcessPoolExecutor(workers) as processes:
        yield from processes.map(write, names)


def _export(name: str, **options: Any) -> list[Path]:
    """Write one chart."""
    from analysis import charts

    return charts.export(name, _tables(), options.pop("out"), **options)


@cache
def _tables() -> Any:
    """The tables, read once in each process."""
    from analysis import load

    return load.Once(load)
