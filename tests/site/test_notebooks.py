"""Committed notebooks as pages: charts with their files, tables with links, code folded away."""

import json
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.charts import tabulate
from analysis.notebooks import paths
from analysis.site.notebooks import pages, summary
from analysis.site.pictures import Plotted

Made = Callable[..., Plotted]
QUESTION = (
    "# Who?\n\nWords.\n\n- **Acme raised 1.5 million** in 2 rounds of U.S. dollars. More words.\n- **All.**"
)


def shown(chart: Plotted, alt: str | None = None, plain: str | None = None) -> list[NotebookNode]:
    """What `charts.show` and `charts.table` leave in a notebook."""
    rows = chart.rows
    return [
        new_output("display_data", {"image/png": "iVBORw0KGgo=", "text/plain": alt or chart.alt}),
        new_output(
            "display_data",
            {"text/html": tabulate.html(rows), "text/plain": plain or tabulate.plain(rows)},
        ),
    ]


def page(chart: Plotted, *cells: NotebookNode, rounds: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """The cells of the page of a notebook, after its first one."""
    notebook = new_notebook(cells=[new_markdown_cell(QUESTION), *cells])
    sources = pages({"01_acme": notebook}, {chart.name: chart}, rounds)
    assert list(sources) == ["notebooks/01_acme.ipynb"]
    return json.loads(sources["notebooks/01_acme.ipynb"])["cells"][1:]


def html(cell: dict[str, Any], place: int) -> str:
    return "".join(cell["outputs"][place]["data"]["text/html"])


def test_a_notebook_is_summed_up_by_its_question_and_the_bold_sentences() -> None:
    found = summary("01_acme", new_notebook(cells=[new_markdown_cell(QUESTION)]))
    assert found.question == "Who?"
    assert found.findings == ("**Acme raised 1.5 million** in 2 rounds of U.S. dollars.", "**All.**")


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_every_committed_notebook_has_three_findings(path: Any) -> None:
    found = summary(path.stem, nbformat.read(path, as_version=4))
    assert found.question.endswith("?")
    assert len(found.findings) == 3
    assert all(finding.startswith("**") and finding.count("**") == 2 for finding in found.findings)


def test_a_chart_has_its_picture_and_files_and_its_numbers_lead_to_rounds(plotted: Made) -> None:
    chart = plotted()
    [cell] = page(chart, new_code_cell('charts.show("acme", x, y)', outputs=shown(chart)))
    assert 'src="../charts/acme.png" alt="Two rounds."' in html(cell, 0)
    assert 'href="../charts/acme.csv"' in html(cell, 0)
    assert 'href="../charts/acme.html"' in html(cell, 0)
    assert '<a href="../rounds/acme-2026-04.html">5m</a>' in html(cell, 1)


def test_what_another_frame_gave_stays_as_it_was_committed(plotted: Made) -> None:
    chart = plotted()
    outputs = shown(chart, alt="Three rounds.", plain="Company")
    [cell] = page(chart, new_code_cell('charts.show("acme", x, y)', outputs=outputs))
    assert "image/png" in cell["outputs"][0]["data"]
    assert cell["metadata"]["mystnb"]["image"] == {"alt": "Three rounds."}
    assert "<a " not in html(cell, 1)
    assert 'class="table-box"' in html(cell, 1)


def test_code_is_folded_and_says_whether_it_checks(plotted: Made) -> None:
    cells = page(
        plotted(),
        new_code_cell("print(1)", outputs=[new_output("stream", text="1")]),
        new_code_cell("assert 1 == 1"),
    )
    assert [cell["metadata"]["tags"] for cell in cells] == [["hide-input"]] * 2
    assert [cell["metadata"]["mystnb"]["code_prompt_show"] for cell in cells] == [
        "Show the code",
        "Show the code that checks these numbers",
    ]


def test_a_list_of_sources_leads_to_rounds_that_have_a_page(plotted: Made) -> None:
    listed = "<ul>\n<li><b>acme-2026-04</b>: Wire</li>\n<li><b>gone-2020</b>: Wire</li>\n</ul>"
    output = new_output("display_data", {"text/html": listed, "text/plain": "acme"})
    [cell] = page(plotted(), new_code_cell("sources", outputs=[output]), rounds=frozenset(["acme-2026-04"]))
    assert '<b><a href="../rounds/acme-2026-04.html">acme-2026-04</a></b>: Wire' in html(cell, 0)
    assert "<li><b>gone-2020</b>" in html(cell, 0)


def test_the_notebook_itself_stays_as_it_is(plotted: Made) -> None:
    chart = plotted()
    cell = new_code_cell('charts.show("acme", x, y)', outputs=shown(chart))
    before = json.dumps(cell)
    page(chart, cell)
    assert json.dumps(cell) == before
