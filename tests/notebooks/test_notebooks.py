"""The committed notebooks: executed in order, short cells, checked numbers, nothing of this machine."""

import ast
import base64
import re
import struct
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from analysis.notebooks import ROOT, normalised, paths

NOTEBOOKS = paths()
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)

DIGIT = re.compile(r"\d")
PERIOD = re.compile(r"\b(19|20)\d\d\b")
# A folder of a person or a system, or a drive letter.
ABSOLUTE = re.compile(r"""(?<![\w:/.])/(home|Users|root|tmp|work|usr|opt|var|mnt)/|\b[A-Z]:\\\\""")
# Sections that every notebook has besides its findings.
FIXED = ["What is counted, and what is not", "What could change these results", "Sources"]


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def headings(notebook: NotebookNode) -> list[str]:
    """The headings of the second level."""
    texts = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return re.findall(r"^## (.+)$", texts, flags=re.MULTILINE)


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@each_notebook
def test_it_is_valid_and_as_the_project_writes_it(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert path.read_text(encoding="utf-8") == normalised(notebook, path.name)
    assert path.stat().st_size < 1_000_000


@each_notebook
def test_it_was_executed_from_top_to_bottom_without_errors(path: Path) -> None:
    cells = code(read(path))
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [
        output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"
    ]


@each_notebook
def test_its_code_only_reads_measures_and_draws(path: Path) -> None:
    notebook = read(path)
    for cell in code(notebook):
        assert len(cell.source.splitlines()) <= 10, cell.source
        assert max(map(len, cell.source.splitlines())) <= 110, cell.source
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda), (
                cell.source
            )
            if isinstance(node, ast.Import):
                pytest.fail(f"imports a package: {cell.source}")
            if isinstance(node, ast.ImportFrom):
                whole = {f"{node.module}.{name.name}" for name in node.names}
                allowed = ("analysis.load", "analysis.measures", "analysis.charts")
                assert all(name.startswith(allowed) for name in whole), cell.source
    assert 2 * len(code(notebook)) <= len(notebook.cells)


@each_notebook
def test_names_are_given_before_the_first_assert_of_a_cell(path: Path) -> None:
    """A sentence that no longer holds must not keep later cells from their names."""
    for cell in code(read(path)):
        steps = [isinstance(step, ast.Assert) for step in ast.parse(cell.source).body]
        assert steps == sorted(steps), cell.source


@each_notebook
def test_it_holds_no_paths(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert not ABSOLUTE.search(text)
    sources = "\n".join(cell.source for cell in code(read(path)))
    assert not re.search(r"""["'][^"']*(\.csv|\.\./|data/)""", sources)


@each_notebook
def test_every_picture_has_alt_text_and_a_width(path: Path) -> None:
    pictures = [
        output
        for cell in code(read(path))
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]
    assert pictures
    for output in pictures:
        metadata = output.metadata["image/png"]
        assert len(metadata["alt"]) > 60
        assert DIGIT.search(metadata["alt"])
        pixels = struct.unpack(">I", base64.b64decode(output.data["image/png"])[16:20])[0]
        assert pixels == 2 * metadata["width"]


@each_notebook
def test_the_first_screen_answers_the_question(path: Path) -> None:
    first, second, *_ = read(path).cells
    title, *rest = first.source.splitlines()
    assert re.fullmatch(r"# .+\?", title)
    findings = [line for line in rest if line.startswith("- ")]
    assert len(findings) == 3
    assert all(DIGIT.search(line) or re.search(r"\b(one|two|three|none|no)\b", line) for line in findings)
    assert sum(bool(DIGIT.search(line)) for line in findings) >= 2
    printed = "".join(output.get("text", "") for output in second.outputs)
    assert re.search(r"As of \d{1,2} \w+ \d{4}: \d+ reports of \d+ ", printed)


@each_notebook
def test_findings_are_sentences_with_a_number_and_a_period(path: Path) -> None:
    found = headings(read(path))
    assert [heading for heading in found if heading in FIXED] == FIXED
    findings = [heading for heading in found if heading not in FIXED]
    assert len(findings) >= 3
    for finding in findings:
        assert DIGIT.search(PERIOD.sub("", finding)), finding
        assert PERIOD.search(finding), finding


@each_notebook
def test_prose_with_numbers_is_followed_by_asserts(path: Path) -> None:
    """Between a text with a number and the next finding stands a cell that asserts."""
    unchecked = ""
    for cell in read(path).cells:
        if cell.cell_type == "code":
            unchecked = "" if "assert " in cell.source else unchecked
        else:
            heading = cell.source.splitlines()[0].lstrip("# ")
            assert not (cell.source.startswith("#") and unchecked), unchecked
            if heading not in (FIXED[0], FIXED[2]) and DIGIT.search(cell.source):
                unchecked = cell.source
    assert not unchecked


@each_notebook
def test_dollar_signs_in_prose_are_words(path: Path) -> None:
    """Two dollar signs in a text are a formula for the notebook."""
    assert not [
        cell.source for cell in read(path).cells if cell.cell_type == "markdown" and "$" in cell.source
    ]
