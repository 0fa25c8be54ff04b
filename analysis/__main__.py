"""The command line: `python -m analysis COMMAND`."""

import typer

from analysis.commands import charts, data, doctor, layout, notebooks, rounds, site
from analysis.commands.terminal import speak_utf8

app = typer.Typer(
    help="""From what sources said about funding rounds to what was most likely raised.

    \b
    Examples:
      python -m analysis find Vidu
      python -m analysis explain shengshu-2026-04
    """,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (
    data.check,
    data.build,
    layout.layout,
    rounds.explain,
    rounds.find,
    notebooks.notebooks,
    charts.charts,
    charts.export,
    site.site,
    data.refresh_rates,
    doctor.doctor,
):
    app.command()(command)


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Show the help when no command is given."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def version() -> None:
    """Print the version.

    \b
    Example:
      python -m analysis version
    """
    from analysis import __version__

    typer.echo(__version__)


if __name__ == "__main__":
    speak_utf8()
    app(prog_name="python -m analysis")
