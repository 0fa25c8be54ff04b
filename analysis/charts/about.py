"""What stands beside an exported chart: words, licence and sources."""

import pandas as pd

from analysis import __version__
from analysis.charts import house
from analysis.charts.chart import Chart
from analysis.charts.language import in_a_line, say
from analysis.charts.words import day

AUTHORS, TITLE = (
    "The world-model-funding authors", "World-model funding: what sources said and what was raised",
)  # fmt: skip
SOURCE_COLUMNS = ["round_id", "report_id", "publisher", "reliability", "published", "url"]


def text(chart: Chart, frame: pd.DataFrame, reports: pd.DataFrame) -> str:
    """Title, subtitle, alt text, sources, day of the record, licence and how to cite, a paragraph each."""
    paragraphs = {
        say("Title"): chart.title(frame),
        say("Subtitle"): chart.subtitle(frame),
        say("Alt text"): chart.alt(frame),
        say("Source"): say(
            "{source}. Each of them: {file}", source=source(frame, reports), file=f"{chart.name}_sources.csv"
        ),
        say("As of"): day(reports["collected"].max()),
        say("Licence"): licence(),
        say("Cite as"): say("{citation} Chart {name}.", citation=citation(reports), name=chart.name),
    }
    # A line break in a name begins no paragraph.
    return "\n\n".join(f"{name}: {in_a_line(words)}" for name, words in paragraphs.items()) + "\n"


def source(frame: pd.DataFrame, reports: pd.DataFrame) -> str:
    """The source line without its first word."""
    return house.source_line(frame, reports).removeprefix(say("Source: "))


def licence() -> str:
    """Under what terms charts may be used."""
    return say(
        "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). What others made stays theirs: scores of "
        "Arena are CC BY 4.0 by Arena, scores and prices of Artificial Analysis are its own, exchange rates "
        "are those of the European Central Bank. Name them where the chart does."
    )


def citation(reports: pd.DataFrame) -> str:
    """How to cite the project as it stands on the day of the record."""
    as_of = reports["collected"].max()
    return f"{AUTHORS} ({as_of.year}). {TITLE}. Version {__version__}, data as of {as_of:%Y-%m-%d}."


def sources(frame: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """What sources say behind plotted rows, each once, with those of `SOURCE_COLUMNS` that there are."""
    told = house.told(frame, reports)
    columns = [name for name in SOURCE_COLUMNS if name in told]
    return told[columns].drop_duplicates().sort_values(columns, ignore_index=True)
