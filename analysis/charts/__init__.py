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
    alibaba_cheques,
    alibaba_models,
    alibaba_part,
    alibaba_portfolio,
    article,
    article_dollars,
    disputed_amounts,
    disputed_counts,
    disputed_slips,
    disputed_totals,
    field_lean,
    field_shares,
    field_talks,
    files,
    house,
    investor_fields,
    investor_network,
    investor_reach,
    language,
    model_rankings,
    sizes,
    slides,
    tabulate,
    video_players,
    world_model_field,
)
from analysis.charts.chart import Chart, Tables
from analysis.charts.house import LIGHT, Texts, Theme
from analysis.charts.language import ENGLISH, Language
from analysis.swap import replaced

FORMATS = ("png", "svg", "pdf", "csv", "pptx")


class NothingToPlotError(ValueError):
    """The tables have no row for a chart."""


CHARTS: dict[str, Chart] = {
    chart.name: chart
    for module in (
        article_dollars,
        article,
        alibaba_portfolio,
        alibaba_part,
        alibaba_cheques,
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
        disputed_slips,
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


def draw(
    name: str,
    frame: pd.DataFrame,
    reports: pd.DataFrame,
    theme: Theme = LIGHT,
    size: str = "screen",
    speech: Language = ENGLISH,
) -> Figure:
    """Return a chart as a figure.

    Args:
        name: the chart.
        frame: the rows to plot, in the shape of its measure.
        reports: all reports; the source line is derived from those behind the rows.
        theme: colours.
        size: one of `sizes.SIZES`.
        speech: the language, as `language.get` returns it.

    Raises:
        NothingToPlotError: the frame is empty.
        ValueError: no size of that name.
        ModuleNotFoundError: the faces of the language are not installed.
    """
    chart = get(name)
    if frame.empty:
        raise NothingToPlotError(f"Chart {name!r} has no rows to plot.")
    with language.speaking(speech), house.style():
        texts = words_of(chart, frame, reports)
        figure, body = house.page(sizes.layout(chart, size), texts, chart.key(frame, theme), theme)
        chart.draw(figure, body, frame, theme)
        house.settle(figure)
    return figure


def words_of(chart: Chart, frame: pd.DataFrame, reports: pd.DataFrame) -> Texts:
    """The words around a chart, in the language of the moment."""
    return Texts(chart.title(frame), chart.subtitle(frame), house.source_line(frame, reports))


def show(name: str, frame: pd.DataFrame, reports: pd.DataFrame) -> None:
    """Display a chart in a notebook at screen size, with its alt text in the output."""
    chart = get(name)
    picture = files.png(draw(name, frame, reports), LIGHT, sizes.get("screen").picture_width)
    alt = chart.alt(frame)
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
    formats: Sequence[str] = FORMATS,
    theme: str = "light",
    size: str = "screen",
    lang: str = "en",
) -> list[Path]:
    """Write a chart and its plotted rows into a folder, as `export("alibaba_rounds", load)`.

    One file a format; beside them `NAME.txt` (title, alt text, source, licence, how to cite) and
    `NAME_sources.csv` (every report behind the chart). What differs from the usual language, size and theme
    stands in the name: `NAME_zh_slide_dark.png`. The same input gives the same bytes on every run.

    Raises:
        ValueError: no chart, format, theme, size or language has that name.
        ModuleNotFoundError: the faces of the language are not installed.
        SwapError, OSError: the folder cannot be written; it is as it was.
    """
    contents = exported(name, tables, formats, theme, size, lang)
    with replaced(Path(folder)) as fresh:
        for file, content in contents.items():
            (fresh / file).write_bytes(content)
    return [Path(folder) / file for file in contents]


def exported(
    name: str, tables: Tables, formats: Sequence[str], theme: str, size: str, lang: str
) -> dict[str, bytes]:
    """What `export` writes: the content of each file by its name."""
    check([name], formats, theme, size, lang)
    chart, colors, speech = get(name), house.THEMES[theme], language.get(lang, tables.companies())
    plotted, reports = frame(name, tables), tables.reports()
    in_language = "" if speech is ENGLISH else f"_{lang}"
    in_size, in_theme = (
        f"_{own}" if own != usual else "" for own, usual in ((size, "screen"), (theme, "light"))
    )
    words, slide = f"{name}{in_language}", f"{name}{in_language}{in_theme}"
    picture = f"{name}{in_language}{in_size}{in_theme}"
    figure = draw(name, plotted, reports, colors, size, speech)
    contents = {}
    with language.speaking(speech):
        for format_ in formats:
            match format_:
                case "png":
                    contents[f"{picture}.png"] = files.png(figure, colors, sizes.get(size).picture_width)
                case "svg":
                    contents[f"{picture}.svg"] = files.svg(figure)
                case "pdf":
                    contents[f"{picture}.pdf"] = files.pdf(figure)
                case "csv":
                    contents[f"{name}.csv"] = files.csv(plotted)
                case "pptx":
                    contents[f"{slide}.pptx"] = _slide(chart, plotted, reports, colors)
        contents[f"{words}.txt"] = about.text(chart, plotted, reports).encode()
    contents[f"{name}_sources.csv"] = files.csv(about.sources(plotted, reports))
    return contents


def _slide(chart: Chart, frame: pd.DataFrame, reports: pd.DataFrame, theme: Theme) -> bytes:
    """A chart on a slide, in the language of the moment; it has one size whatever that of the pictures is."""
    key, notes = chart.key(frame, theme), about.text(chart, frame, reports)
    native = chart.native(frame, theme) if chart.native else None
    texts = words_of(chart, frame, reports)

    def picture(size: tuple[int, int]) -> bytes:
        with house.style():
            figure, body = house.page(size, Texts("", "", ""), key, theme)
            chart.draw(figure, body, frame, theme)
        return files.png(figure, theme, 2 * size[0])

    return slides.pptx(texts, key, chart.alt(frame), notes, native, picture, chart.size, theme)


def check(names: Sequence[str], formats: Sequence[str], theme: str, size: str, lang: str) -> None:
    """Refuse a name that does not exist, and say which do.

    Raises:
        ValueError: no chart, format, theme, size or language has that name.
    """
    for what, asked, known in (
        ("chart", names, CHARTS),
        ("format", formats, FORMATS),
        ("theme", [theme], house.THEMES),
        ("size", [size], sizes.SIZES),
        ("language", [lang], language.LANGUAGES),
    ):
        for unknown in set(asked) - set(known):
            raise ValueError(f"There is no {what} {unknown!r}. There are: {', '.join(known)}.")
