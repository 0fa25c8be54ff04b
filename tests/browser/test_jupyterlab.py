"""JupyterLab runs every notebook: each chart is drawn, nothing fails and nothing is written to stderr."""

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from analysis.notebooks import FOLDER
from tests.browser.jupyterlab import SECONDS, TOKEN, serving

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
# JupyterLab marks the trace of an error like text on stderr.
FAILED = "[data-mime-type='application/vnd.jupyter.stderr']"
IS_DONE = """failed => {
    const panel = document.querySelector('.jp-NotebookPanel');
    const prompts = [...panel.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(one => one.textContent);
    const kernel = panel.querySelector('.jp-Notebook-ExecutionIndicator').dataset.status;
    const stopped = panel.querySelector(failed) !== null;
    return kernel === 'idle' && (stopped || prompts.every(one => /^\\[\\d+\\]:$/.test(one)));
}"""
PICTURES = """async () => {
    const pictures = [...document.querySelectorAll('.jp-OutputArea-output img')];
    await Promise.allSettled(pictures.map(one => one.decode()));
    return pictures.map(one => ({pixels: one.naturalWidth, shown: one.getBoundingClientRect().width}));
}"""


def pictures(path: Path) -> int:
    """How many pictures the committed notebook shows."""
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return sum("image/png" in output.get("data", {}) for cell in code for output in cell.outputs)


def copy_without_outputs(folder: Path) -> None:
    """What is seen afterwards comes from this run."""
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, folder / path.name)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab of its own, on a copy of the notebooks."""
    home = tmp_path_factory.mktemp("jupyter")
    folder = home / "notebooks"
    folder.mkdir()
    copy_without_outputs(folder)
    with serving(home, folder) as address:
        yield address


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_run_all_draws_every_chart_without_error(path: Path, lab: str, open_page) -> None:
    with open_page(lab, viewport={"width": 1280, "height": 900}) as (page, trouble):
        page.set_default_timeout(SECONDS * 1000)
        page.goto(f"{lab}lab/workspaces/{path.stem}/tree/{path.name}?token={TOKEN}")
        # The indicator of the notebook says idle before there is a kernel, the status bar does not.
        page.locator("#jp-main-statusbar").get_by_text(re.compile(r"^Python 3 .* \| Idle$")).wait_for()
        assert page.locator(".jp-CodeCell .jp-OutputArea-output").count() == 0

        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_function(IS_DONE, arg=FAILED)

        assert page.locator(FAILED).all_inner_texts() == []
        drawn = page.evaluate(PICTURES)
        assert len(drawn) == pictures(path) > 0
        assert [picture for picture in drawn if min(picture.values()) < 100] == []
        assert trouble.take() == []
