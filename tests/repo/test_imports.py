"""Imports run one way (parse <- clean <- build), and every package that is imported is declared."""

import ast
import json
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]

# What each part of the package may import of it. A part that is not named here belongs to the command line:
# it may import everything, and none of these may import it.
ALLOWED = {
    "parse": {"parse"},
    "columns": {"columns"},
    "formulas": {"formulas"},
    "writing": {"formulas", "writing"},
    "tables": {"parse", "columns", "writing", "tables"},
    "clean": {"parse", "columns", "tables", "clean"},
    "layouts": {"parse", "columns", "clean", "layouts"},
    "swap": {"swap"},
    "stages": {"parse", "tables", "clean", "stages"},
    "build": {"parse", "columns", "tables", "clean", "layouts", "stages", "swap", "build"},
    "parts": {"parse", "columns", "tables", "clean", "stages", "build", "swap", "parts"},
    "load": {"columns", "formulas", "tables", "load"},
    "measures": {"columns", "tables", "measures"},
    "charts": {"columns", "formulas", "tables", "measures", "swap", "charts"},
    "notebooks": {"load", "measures", "charts", "swap"},
}


def modules(source: str, package: str) -> Iterator[str]:
    """The dotted name of everything that a source imports, at its top or inside a function.

    `from a import b` is `a.b`, be b a module or not; package is what a relative import starts from.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: -node.level + 1 or None] if node.level else []
            start = ".".join([*parents, *([node.module] if node.module else [])])
            yield from (f"{start}.{name.name}" for name in node.names)


def notebook_source(path: Path) -> str:
    """The code cells of a notebook as one source, without magics."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return "\n".join(line for line in code.splitlines() if not line.lstrip().startswith(("%", "!")))


def sources(root: Path) -> Iterator[tuple[str, Path, str, str]]:
    """Part, file, source and package of every module of analysis/ and every notebook."""
    for path in sorted((root / "analysis").rglob("*.py")):
        inside = path.relative_to(root / "analysis").with_suffix("").parts
        package = ".".join(["analysis", *inside[:-1]])
        yield inside[0], path, path.read_text(encoding="utf-8"), package
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        yield "notebooks", path, notebook_source(path), ""


def wrong_imports(root: Path) -> list[str]:
    """Every import that runs against the direction, as "file imports part"."""
    parts = {path.stem for path in (root / "analysis").iterdir()}
    wrong = []
    for part, path, source, package in sources(root):
        if path.parent == root / "notebooks" or part in ALLOWED:
            for module in modules(source, package):
                top, _, rest = module.partition(".")
                imported = rest.split(".")[0]
                if top == "analysis" and imported in parts and imported not in ALLOWED[part]:
                    wrong.append(f"{path.relative_to(root).as_posix()} imports {imported}")
    return wrong


def test_imports_run_one_way() -> None:
    assert wrong_imports(ROOT) == []


def notebook(source: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": [source]}]})


@pytest.mark.parametrize(
    ("file", "source", "imported"),
    [
        ("analysis/parse/amounts.py", "from analysis.clean import linking", "clean"),
        ("analysis/parse/amounts.py", "import analysis.tables", "tables"),
        ("analysis/parse/amounts.py", "from .. import load", "load"),
        ("analysis/parse/amounts.py", "from ..build import build", "build"),
        ("analysis/clean/linking.py", "def link():\n    from analysis.build import build", "build"),
        ("analysis/clean/linking.py", "from analysis import load", "load"),
        ("analysis/tables.py", "from . import clean", "clean"),
        ("analysis/build.py", "from analysis.load import load", "load"),
        ("analysis/load.py", "from analysis.clean.rates import Rates", "clean"),
        ("analysis/measures/portfolio.py", "from analysis import load", "load"),
        ("analysis/measures/portfolio.py", "from analysis import charts", "charts"),
        ("analysis/charts/style.py", "import analysis.build as b", "build"),
        ("analysis/load.py", "from analysis.__main__ import app", "__main__"),
        ("notebooks/01.ipynb", notebook("%matplotlib inline\nfrom analysis import build, load"), "build"),
    ],
)
def test_an_import_against_the_direction_is_found(
    tmp_path: Path, file: str, source: str, imported: str
) -> None:
    for part in ["parse/a", "clean/a", "measures/a", "charts/a", "tables", "build", "load", "__main__"]:
        path = tmp_path / "analysis" / f"{part}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / file).write_text(source, encoding="utf-8")
    assert wrong_imports(tmp_path) == [f"{file} imports {imported}"]


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("analysis/parse/amounts.py", "from .words import a\nfrom analysis.parse import dates"),
        ("analysis/clean/linking.py", "from analysis import parse, tables\nfrom . import choosing"),
        ("analysis/build.py", "from analysis import __version__\nfrom analysis.clean import reports"),
        ("analysis/export.py", "from analysis import build, charts, load"),
        ("notebooks/01.ipynb", notebook("from analysis import charts, load, measures")),
    ],
)
def test_an_import_along_the_direction_is_not(tmp_path: Path, file: str, source: str) -> None:
    for folder in ["analysis/parse", "analysis/clean", "analysis/charts", "notebooks"]:
        (tmp_path / folder).mkdir(parents=True)
    for part in ["build", "load", "tables", "measures"]:
        (tmp_path / "analysis" / f"{part}.py").touch()
    (tmp_path / file).write_text(source, encoding="utf-8")
    assert wrong_imports(tmp_path) == []


def test_every_imported_package_is_declared_and_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    run, test, site = (
        {canonicalize_name(Requirement(line).name) for line in lines}
        for lines in (project["dependencies"], extras["test"], extras["site"])
    )
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = {canonicalize_name(line.split("==")[0]) for line in lock if "==" in line}

    distributions = packages_distributions()
    own = {"analysis", "tests", *sys.stdlib_module_names}
    for folder, declared in [("analysis", run), ("tests", run | test | site), ("site", run | site)]:
        for path in sorted((ROOT / folder).rglob("*.py")):
            of_site = site if path.is_relative_to(ROOT / "analysis" / "site") else set()
            imported = {name.split(".")[0] for name in modules(path.read_text(encoding="utf-8"), "analysis")}
            for name in sorted(imported - own):
                packages = {canonicalize_name(package) for package in distributions.get(name, [name])}
                where = path.relative_to(ROOT)
                assert packages & (declared | of_site), f"{where} imports {name}: name it in pyproject.toml"
                assert packages & locked, f"{where} imports {name}: run `make lock`"
