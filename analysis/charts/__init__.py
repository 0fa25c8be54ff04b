"""Charts by name: draw, show, tabulate, export.

`frame` makes the numbers of a chart from the tables, `draw` the figure, `show` puts it into a notebook,
`table` the plotted numbers under it, `export` writes files. A chart is drawn from any frame of its shape,
so a notebook can show what changes when a row does.
"""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure

from analysis.charts import (
    about,
    alibaba_backers,
    alibaba_bets,
    alibaba_models,
    alibaba_part,
    alibaba_portfolio,
    article,
    disputed_amounts,
    disputed_counts,
    disputed_totals,
    field_lean,
    field_shares,
    field_talks,
    files,
    house,
    investor_fields,
    investor_network,
    investor_reach,
    model_rankings,
    tabulate,
    video_players,
    world_model_field,
)
from analysis.charts.chart import Chart, Tables
from analysis.charts.house import LIGHT, Texts, Theme

CHARTS: dict[str, Chart] = {
    chart.name: chart
    for module in (
        article,
        alibaba_portfolio,
        alibaba_part,
        alibaba_backers,
        alibaba_bets,
        alibaba_models,
        video_players,
        model_rankings,
        world_model_field,
        field_shares,
        field_lean,
        field_talks,
        investor_network,
        investor_fields,
        investor_reach,
        disputed_amounts,
        disputed_counts,
        disputed_totals,
    )
    for chart in module.CHARTS
}
"""Every chart of the project, in the order of the notebooks."""


def get(name: str) -> Chart:
    """Return the entry of a chart.

    Raises:
        ValueError: no chart has that name.
    """
    if name not in CHARTS:
        raise ValueError(f"There is no chart {name!r}. There are: {', '.join(CHARTS)}.")
    return CHARTS[name]


def frame(name: str, tables: Tables) -> pd.DataFrame:
    """Return the numbers that a chart plots, as `frame("alibaba_rounds", load)`."""
    return get(name).measure(tables)


def draw(name: str, frame: pd.DataFrame, reports: pd.DataFrame, theme: Theme = LIGHT) -> Figure:
    """Return a chart as a figure of its screen size.

    Args:
        name: the chart.
        frame: the rows to plot, in the shape of its measure.
        reports: all reports; the source line is derived from those behind the rows.
        theme: colours.

    Raises:
        ValueError: there is nothing to plot.
    """
    chart = get(name)
    if frame.empty:
        raise ValueError(f"Chart {name!r} has no rows to plot.")
    texts = Texts(chart.title(frame), chart.subtitle(frame), house.source_line(frame, reports))
    with house.style():
        figure, body = house.page(chart.size, texts, chart.key(frame, theme), theme)
        chart.draw(figure, body, frame, theme)
    return figure


def show(name: str, frame: pd.DataFrame, reports: pd.DataFrame) -> None:
    """Display a chart in a notebook at screen size, with its alt text in the output."""
    chart = get(name)
    picture, alt = files.png(draw(name, frame, reports), LIGHT), chart.alt(frame)
    # As the plain text of the picture the alt text is compared when the notebook is tested; as metadata it is
    # found by the programs that make pages of notebooks.
    data = {"image/png": b64encode(picture).decode("ascii"), "text/plain": alt}
    metadata = {"image/png": {"alt": alt, "width": chart.size[0]}}
    display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]


def table(name: str, frame: pd.DataFrame) -> None:
    """Display the plotted numbers of a chart in words, as an aligned table."""
    rows = get(name).rows(frame)
    display({"text/plain": tabulate.plain(rows), "text/html": tabulate.html(rows)}, raw=True)  # type: ignore[no-untyped-call]


def sources(frame: pd.DataFrame, reports: pd.DataFrame) -> None:
    """Display every report behind the rows of a frame, round by round, with a link to each page."""
    behind = house.behind(frame, reports).sort_values(["round_id", "publisher", "report_id"])
    display(  # type: ignore[no-untyped-call]
        {"text/plain": tabulate.listed(behind), "text/html": tabulate.links(behind)}, raw=True
    )


def export(
    name: str,
    tables: Tables,
    folder: Path | str = "exports",
    formats: Sequence[str] = files.FORMATS,
    theme: str = "light",
) -> list[Path]:
    """Write a chart and its plotted rows into a folder, as `export("alibaba_rounds", load)`.

    One file a format; beside them `NAME.txt` (title, alt text, source, licence, how to cite) and
    `NAME_sources.csv` (every report behind the chart). The same input gives the same bytes on every run.

    Raises:
        ValueError: no chart, format or theme has that name.
    """
    if theme not in house.THEMES:
        raise ValueError(f"There is no theme {theme!r}. There are: {', '.join(house.THEMES)}.")
    colors, plotted, reports = house.THEMES[theme], frame(name, tables), tables.reports()
    figure = draw(name, plotted, reports, colors)
    contents = {f"{name}.{format_}": files.written(format_, figure, plotted, colors) for format_ in formats}
    contents[f"{name}.txt"] = about.text(get(name), plotted, reports).encode()
    contents[f"{name}_sources.csv"] = files.csv(about.sources(plotted, reports))
    into = Path(folder)
    into.mkdir(parents=True, exist_ok=True)
    for file, content in contents.items():
        (into / file).write_bytes(content)
    return [into / file for file in contents]
