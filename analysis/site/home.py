"""What the pages written by hand include: findings, picture, sections of the README, how to cite."""

import re
from collections.abc import Sequence

import pandas as pd

from analysis.charts import about
from analysis.site.markup import html, text
from analysis.site.notebooks import Summary, figure
from analysis.site.pictures import Plotted

FOLDER = "parts"
"""Where these sources stand; they are no pages of their own."""

_FILE_LINK = re.compile(r"(\]\(data/[^)]+\))")


def parts(main: Plotted, summaries: Sequence[Summary], readme: str, reports: pd.DataFrame) -> dict[str, str]:
    """The sources that the pages in site/ include.

    Args:
        main: the chart of the first page.
        summaries: the notebooks in order.
        readme: README.md of the project.
        reports: all reports.

    Raises:
        ValueError: the README lacks a section.
    """
    included = {
        "main_chart": html(figure(main, "")),
        "findings": "\n\n".join(map(_findings, summaries)),
        "reading": section(readme, "How to read the numbers"),
        "method": section(readme, "Method in ten lines"),
        "citation": text(about.citation(reports)),
        "licence": text(about.licence()),
    }
    return {f"{FOLDER}/{name}.md": source for name, source in included.items()}


def _findings(summary: Summary) -> str:
    """A notebook's question with a link, and what it found."""
    lines = "\n".join(f"- {finding}" for finding in summary.findings)
    return f"### [{summary.question}](notebooks/{summary.stem}.ipynb)\n\n{lines}"


def section(readme: str, heading: str) -> str:
    """What stands under a heading of the second level; links to tables lead to their downloads.

    Raises:
        ValueError: there is no such heading.
    """
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f"README.md has no section {heading!r}, which the site shows.")
    return _FILE_LINK.sub(r"\1{.external}", found[1].strip())
