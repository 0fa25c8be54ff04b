"""Execute notebooks in place, so that what readers see is what the data say."""

import asyncio
import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from analysis import load
from analysis.swap import replaced, unchanged

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"
CELL_SECONDS = 120

# Settings of the caller's shell that would show in outputs.
_CHECK = re.compile(r"^assert\b", re.MULTILINE)
_LEAKS = ("PYTHONHASHSEED", "PYTHONWARNINGS", "PYTHONSTARTUP", "PYTHONDEVMODE", "MPLBACKEND", "MPLCONFIGDIR")


class NotebookError(Exception):
    """A cell failed or wrote a warning: names the notebook, the cell and the message."""


@dataclass(frozen=True)
class Executed:
    """A notebook that ran through.

    Attributes:
        path: the file.
        seconds: how long it took, start of the kernel included.
        is_changed: whether its outputs are other ones than before.
        stale: checks of sentences that the data no longer bear out, as "code cell 3: AssertionError: 16".
            The charts and tables are up to date; the text wants editing.
    """

    path: Path
    seconds: float
    is_changed: bool
    stale: tuple[str, ...]


def paths(names: Sequence[str] = (), folder: Path = FOLDER) -> list[Path]:
    """Return the notebooks whose names begin so ("02" or "02_alibaba_portfolio"), all of them for no names.

    Raises:
        ValueError: a name fits no notebook.
    """
    every = sorted(folder.glob("*.ipynb"))
    chosen = []
    for name in names:
        fitting = [path for path in every if path.stem.startswith(name.removesuffix(".ipynb"))]
        if not fitting:
            raise ValueError(
                f"There is no notebook {name!r}. There are: {', '.join(path.stem for path in every)}."
            )
        chosen += fitting
    return list(dict.fromkeys(chosen)) if names else every


def run(
    names: Sequence[str] = (),
    folder: Path = FOLDER,
    on_done: Callable[[Executed], None] = lambda executed: None,
    workers: int | None = None,
) -> list[Executed]:
    """Execute notebooks, side by side, and write those whose outputs changed, all of them at once.

    Args:
        names: as for `paths`.
        folder: where the notebooks are; also the folder that they run in.
        on_done: called with each notebook when it has run.
        workers: how many run at the same time, by default as many as there are processors.

    Raises:
        ValueError: a name fits no notebook.
        NotebookError: a cell failed that checks no sentence, or somebody saved a notebook while it ran.
        SwapError: the tables were replaced while the notebooks ran.
        OSError: the folder cannot be written.
            After any of these every notebook is as it was.
    """
    chosen = paths(names, folder)
    with replaced(folder) as fresh, unchanged(load.directory()):
        before = {path: path.read_text(encoding="utf-8") for path in chosen}

        async def run_all() -> list[tuple[Executed, str]]:
            seats = asyncio.Semaphore(workers or os.cpu_count() or 1)

            async def run_one(path: Path) -> tuple[Executed, str]:
                async with seats:
                    executed, after = await _run(path, before[path])
                on_done(executed)
                return executed, after

            # All are tried, so that the first failure does not hide what came of the others.
            results = await asyncio.gather(*map(run_one, chosen), return_exceptions=True)
            for result in results:
                if isinstance(result, BaseException):
                    raise result
            return [result for result in results if not isinstance(result, BaseException)]

        results = asyncio.run(run_all())
        for executed, after in results:
            if executed.path.read_text(encoding="utf-8") != before[executed.path]:
                raise NotebookError(f"{executed.path.name} was saved while it ran: run it again")
            if executed.is_changed:
                (fresh / executed.path.name).write_text(after, encoding="utf-8", newline="\n")
    return [executed for executed, _ in results]


async def _run(path: Path, before: str) -> tuple[Executed, str]:
    """Execute one notebook; what came of it, and the text of the file with its new outputs."""
    started = time.perf_counter()
    notebook = _read(before)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        coalesce_streams=True,
        # The kernel's own notices are not for the reader of the command line.
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
    )
    environment = {name: value for name, value in os.environ.items() if name not in _LEAKS}
    try:
        await client.async_execute(env=environment)
    except CellExecutionError as error:
        raise NotebookError(f"{path.name}, {_errors(notebook)[-1]}") from error
    after = normalised(notebook, path.name)
    seconds = time.perf_counter() - started
    return Executed(path, seconds, after != before, tuple(_errors(notebook))), after


def _read(text: str) -> NotebookNode:
    """A notebook whose every cell has a name that does not change from run to run.

    A cell that checks sentences may fail in any way: other data may leave it nothing to look at.
    """
    raw = json.loads(text)
    for place, cell in enumerate(raw["cells"]):
        cell.setdefault("id", hashlib.sha256(f"{place} {cell['source']}".encode()).hexdigest()[:8])
    raw["nbformat_minor"] = max(raw["nbformat_minor"], 5)
    notebook: NotebookNode = nbformat.reads(json.dumps(raw), as_version=4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        if cell.cell_type == "code" and _CHECK.search(cell.source):
            cell.metadata["tags"] = ["raises-exception"]  # nbclient goes on after an error in it
    return notebook


def normalised(notebook: NotebookNode, name: str) -> str:
    """Return an executed notebook as text, without anything that varies from run to run.

    Raises:
        NotebookError: a cell wrote a warning, which would differ from machine to machine.
    """
    notebook["metadata"] = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        cell.metadata.pop("execution", None)
        cell.metadata.pop("tags", None)
        cell.execution_count = number
        for output in cell.outputs:
            if output.get("name") == "stderr":
                raise NotebookError(f"{name}, code cell {number} wrote to stderr: {output['text'].strip()}")
            if "execution_count" in output:
                output.execution_count = number
        for output in cell.outputs:
            output.update(_without_paths(output))
    return f"{nbformat.writes(notebook)}\n"  # type: ignore[no-untyped-call]


def _without_paths(value: Any) -> Any:
    """Outputs with the folder of the project cut from every path."""
    if isinstance(value, str):
        return value.replace(f"{ROOT}{os.sep}", "").replace(str(ROOT), ".")
    if isinstance(value, list):
        return [_without_paths(part) for part in value]
    if isinstance(value, dict):
        return {key: _without_paths(part) for key, part in value.items()}
    return value


def _errors(notebook: NotebookNode) -> list[str]:
    """Which code cells hold an error, and what it says."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [
        f"code cell {number}: {output.ename}: {output.evalue}".rstrip(": ")
        for number, cell in enumerate(code, start=1)
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
