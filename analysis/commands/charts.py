"""`charts` and `export`: charts by name, and as files."""

from pathlib import Path
from typing import Annotated

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
        str, typer.Option("--format", metavar="LIST", help="png, svg, pdf, csv, with commas")
    ] = "png,svg,pdf,csv",
    theme: Annotated[str, typer.Option(help="light, dark, or print for one ink")] = "light",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to write")] = Path("exports"),
) -> None:
    """Write charts as files, with their numbers, words and sources.

    Beside the pictures stand the plotted numbers, a text with title, alt text, licence and how to cite, and
    the list of reports behind the chart.

    \b
    Examples:
      python -m analysis export alibaba_rounds
      python -m analysis export --all --format png,csv --theme print
    """
    from analysis import charts, load

    chosen = list(charts.CHARTS) if every else names or []
    if not chosen:
        fail("Name a chart, or use --all. `python -m analysis charts` lists the names.")
    out_console = console()
    try:
        for name in chosen:
            charts.get(name)
        for name in chosen:
            written = charts.export(name, load, out, formats.replace(" ", "").split(","), theme)
            paragraph(out_console, ", ".join(map(str, written)))
    except ValueError as error:
        fail(str(error))
