"""A page for each chart, and the gallery of all of them."""

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from analysis.charts import about
from analysis.site import numbers, pictures
from analysis.site.markup import html, text
from analysis.site.notebooks import Summary
from analysis.site.pictures import Plotted

ROOT = "../"
"""The way from a page of this folder to the first page of the site."""


def pages(
    plotted: Mapping[str, Plotted], summaries: Sequence[Summary], reports: pd.DataFrame
) -> dict[str, str]:
    """The sources of the gallery and of the page of each chart."""
    gallery = {"charts/index.md": _gallery(plotted, summaries)}
    questions = {summary.stem: summary.question for summary in summaries}
    return gallery | {
        f"charts/{name}.md": _chart(chart, questions[chart.chart.notebook], reports)
        for name, chart in plotted.items()
    }


def _chart(plotted: Plotted, question: str, reports: pd.DataFrame) -> str:
    chart, frame = plotted.chart, plotted.frame
    notebook = f"[{text(question)}](../notebooks/{chart.notebook}.ipynb)"
    return "\n\n".join(
        [
            f"# {text(plotted.title)}",
            f"{text(chart.subtitle(frame))}. From: {notebook}",
            html(f"<figure>{pictures.picture(plotted, '')}</figure>"),
            "## Downloads",
            html(pictures.downloads(plotted, "")),
            "## The numbers",
            f"Source: {text(about.source(frame, reports))}. A number leads to what is behind it.",
            html(numbers.table(plotted, ROOT)),
            "## In words",
            text(plotted.alt),
            "## How to cite",
            f"{text(about.citation(reports))} Chart {text(plotted.name)}.",
            text(about.licence()),
        ]
    )


def _gallery(plotted: Mapping[str, Plotted], summaries: Sequence[Summary]) -> str:
    parts = [
        "# Charts",
        "Every chart of the notebooks with its files. "
        "The page of a chart has its numbers, its sources and every language, size and theme.",
    ]
    for summary in summaries:
        cards = [_card(chart) for chart in plotted.values() if chart.chart.notebook == summary.stem]
        parts += [
            f"## [{text(summary.question)}](../notebooks/{summary.stem}.ipynb)",
            html(f'<ul class="cards">{"".join(cards)}</ul>'),
        ]
    return "\n\n".join(parts)


def _card(plotted: Plotted) -> str:
    """A small picture of a chart with its title and the links to its files."""
    page, title = f"{plotted.name}.html", escape(plotted.title)
    return (
        f'<li><a href="{page}" tabindex="-1">{pictures.picture(plotted, "", is_read=False)}</a>'
        f'<h3><a href="{page}">{title}</a></h3>{pictures.main_downloads(plotted, "")}</li>'
    )
