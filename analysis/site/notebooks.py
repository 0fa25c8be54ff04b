"""The committed notebooks as pages: findings, charts and tables in front, code folded away behind them."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from analysis.charts import tabulate
from analysis.site import numbers, pictures
from analysis.site.pictures import Plotted

ROOT = "../"
"""The way from a notebook's page to the first page of the site."""

_SHOW = re.compile(r'charts\.show\("(\w+)"')
# A sentence ends where a blank and a capital follow, or the item ends.
_FINDING = re.compile(r"^- (\*\*.+?\.(?:\*\*)?)(?= [A-Z]|$)", re.MULTILINE)
_ROUND = re.compile(r"<li><b>([\w-]+)</b>")


@dataclass(frozen=True)
class Summary:
    """What a notebook asks, and what it found: its title and its bold sentences, in Markdown."""

    stem: str
    question: str
    findings: tuple[str, ...]


def summary(stem: str, notebook: NotebookNode) -> Summary:
    """Return the question and the findings that stand in the first cell of a notebook."""
    first = notebook.cells[0].source
    return Summary(stem, first.partition("\n")[0].removeprefix("# "), tuple(_FINDING.findall(first)))


def pages(
    notebooks: Mapping[str, NotebookNode], plotted: Mapping[str, Plotted], rounds: frozenset[str]
) -> dict[str, str]:
    """The source of a page for each notebook: the notebook itself, its outputs ready for readers.

    Args:
        notebooks: committed notebooks by the stem of their file.
        plotted: the charts by name.
        rounds: every `round_id` that has a page.
    """
    return {
        f"notebooks/{stem}.ipynb": nbformat.writes(_page(notebook, plotted, rounds))  # type: ignore[no-untyped-call]
        for stem, notebook in notebooks.items()
    }


def _page(notebook: NotebookNode, plotted: Mapping[str, Plotted], rounds: frozenset[str]) -> NotebookNode:
    page = deepcopy(notebook)
    for cell in page.cells:
        if cell.cell_type == "code":
            shown = [plotted[name] for name in _SHOW.findall(cell.source) if name in plotted]
            for output in cell.outputs:
                if "data" in output:
                    _prepare(output, shown, rounds)
            asks = "Show the code" if cell.outputs else "Show the code that checks these numbers"
            hides = asks.replace("Show", "Hide")
            drawn = [output.get("data", {}).get("text/plain", "") for output in cell.outputs]
            cell.metadata = {
                "tags": ["hide-input"],
                "mystnb": {
                    "code_prompt_show": asks,
                    "code_prompt_hide": hides,
                    "image": {"alt": drawn[0]} if drawn else {},
                },
            }
    return page


def _prepare(output: NotebookNode, shown: list[Plotted], rounds: frozenset[str]) -> None:
    """Let a picture be followed by its files, and the numbers of a table lead to what is behind them.

    Only where an output says the same as a chart does now are the files of the chart those of the picture,
    and its rows those of the table; any other output stays as it was committed.
    """
    data = output["data"]
    said, html = data["text/plain"], data.get("text/html")
    if html is None:
        for chart in (chart for chart in shown if chart.alt == said):
            output["data"], output["metadata"] = {"text/html": figure(chart, ROOT)}, {}
        return
    for chart in (chart for chart in shown if tabulate.plain(chart.rows) == said):
        html = numbers.linked(html, numbers.targets(chart, ROOT), numbers.label(chart))
        break
    else:
        html = numbers.boxed(html, "Numbers")
    data["text/html"] = _ROUND.sub(lambda item: _round(item, rounds), html)


def figure(plotted: Plotted, root: str) -> str:
    """A picture with links to its page and its files under it, as HTML."""
    charts = f"{root}charts/"
    page = f'<a href="{charts}{plotted.name}.html">Downloads, sources, how to cite</a>'
    files = pictures.main_downloads(plotted, charts)
    return f'<figure>{pictures.picture(plotted, charts)}<div class="files">{files} {page}</div></figure>'


def _round(item: re.Match[str], rounds: frozenset[str]) -> str:
    """An item of a list of sources with a link to the page of its round."""
    if item[1] not in rounds:
        return item[0]
    return f'<li><b><a href="{ROOT}rounds/{item[1]}.html">{item[1]}</a></b>'
