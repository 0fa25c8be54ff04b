"""The runner of notebooks, on small notebooks made for it."""

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis import notebooks
from analysis.notebooks import NotebookError, run


def write(folder: Path, name: str, *sources: str) -> Path:
    """Write an unexecuted notebook."""
    path = folder / f"{name}.ipynb"
    cells = [new_markdown_cell("# Why?"), *map(new_code_cell, sources)]
    nbformat.write(new_notebook(cells=cells), path)
    return path


def test_notebooks_are_executed_counted_and_cleaned(tmp_path: Path) -> None:
    first = write(tmp_path, "01_one", "x = 40", "x + 2")
    second = write(tmp_path, "02_two", "import os\nprint(os.environ.get('PYTHONWARNINGS'))")
    done: list[str] = []
    executed = run((), tmp_path, on_done=lambda one: done.append(one.path.stem))
    assert sorted(done) == ["01_one", "02_two"]
    assert [(one.path, one.is_changed, one.stale) for one in executed] == [
        (first, True, ()),
        (second, True, ()),
    ]
    one = json.loads(first.read_text(encoding="utf-8"))
    assert [cell["execution_count"] for cell in one["cells"][1:]] == [1, 2]
    assert one["cells"][2]["outputs"][0]["data"]["text/plain"] == ["42"]
    assert one["metadata"]["language_info"] == {"name": "python"}
    assert not any("execution" in cell["metadata"] for cell in one["cells"])

    before = first.stat().st_mtime_ns
    assert [one.is_changed for one in run(["01"], tmp_path)] == [False]
    assert first.stat().st_mtime_ns == before
    assert not list(tmp_path.parent.glob(f".{tmp_path.name}.*"))


def test_the_callers_settings_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONWARNINGS", "always")
    path = write(tmp_path, "01_one", "import os\nprint(os.environ.get('PYTHONWARNINGS'), os.getcwd())")
    monkeypatch.setattr(notebooks, "ROOT", tmp_path.parent)
    run((), tmp_path)
    (output,) = json.loads(path.read_text(encoding="utf-8"))["cells"][1]["outputs"]
    assert output["text"] == [f"None {tmp_path.name}\n"]


def test_a_failing_cell_names_notebook_cell_and_message(tmp_path: Path) -> None:
    broken = write(tmp_path, "01_broken", "x = 1", "y = x / 0")
    sound = write(tmp_path, "02_sound", "1 + 1")
    before = [path.read_bytes() for path in (broken, sound)]
    with pytest.raises(
        NotebookError, match=r"01_broken\.ipynb, code cell 2: ZeroDivisionError: division by zero"
    ):
        run((), tmp_path)
    assert [path.read_bytes() for path in (broken, sound)] == before


def test_a_notebook_that_is_saved_while_it_runs_is_not_overwritten(tmp_path: Path) -> None:
    write(tmp_path, "01_one", "open('01_one.ipynb', 'a').write('\\n');")
    with pytest.raises(NotebookError, match=r"01_one\.ipynb was saved while it ran"):
        run((), tmp_path)
    assert '"execution_count": null' in (tmp_path / "01_one.ipynb").read_text(encoding="utf-8")


def test_a_warning_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "01_loud", "import warnings\nwarnings.warn('mind the gap')")
    with pytest.raises(NotebookError, match=r"01_loud\.ipynb, code cell 1 wrote to stderr: .*mind the gap"):
        run((), tmp_path)


def test_text_that_no_longer_holds_is_named_and_the_rest_is_updated(tmp_path: Path) -> None:
    path = write(tmp_path, "01_stale", "rounds = 16\nassert rounds == 15, rounds", "rounds")
    (executed,) = run((), tmp_path)
    assert executed.stale == ("code cell 1: AssertionError: 16",)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert cells[2]["outputs"][0]["data"]["text/plain"] == ["16"]
    assert str(tmp_path) not in path.read_text(encoding="utf-8")


def test_a_check_that_finds_nothing_to_check_is_stale_too(tmp_path: Path) -> None:
    path = write(tmp_path, "01_stale", "(row,) = []\nassert row == 15", "1 + 1")
    (executed,) = run((), tmp_path)
    (told,) = executed.stale
    assert told.startswith("code cell 1: ValueError: not enough values to unpack")
    assert "tags" not in path.read_text(encoding="utf-8")


def test_an_unknown_name_names_those_that_exist(tmp_path: Path) -> None:
    write(tmp_path, "01_one", "1")
    with pytest.raises(ValueError, match=r"no notebook '09'\. There are: 01_one\."):
        run(["09"], tmp_path)
