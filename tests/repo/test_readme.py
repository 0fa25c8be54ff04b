"""Every path and every command that README.md names exists.

A path is the target of a link, or a word in code that ends like a file of this project or starts like one of
its folders. The layout of the project stands in a fence marked `tree`: each line starts with a path, below
the folder that is indented less; what follows two blanks is a description.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from analysis.__main__ import app

ROOT = Path(__file__).parents[2]

FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)[^)]*\)|<(?:img|a)[^>]+(?:src|href)=\"([^\"]+)\"")
MAKE = re.compile(r"(?:^|[;&$] *|`)make((?: +[\w.=-]+)*)", re.MULTILINE)
ANALYSIS = re.compile(r"-m analysis\b([^\n;&|`#]*)")
SUFFIX = re.compile(r"\.(csv|json|yml|toml|lock|cff|md|py|ipynb|png|svg)$")
SHELLS = {"", "sh", "bash", "shell", "console", "bat", "powershell", "text"}


def code(readme: str) -> Iterator[str]:
    """The code spans of the running text and the lines of the fences that hold commands."""
    yield from SPAN.findall(FENCE.sub("", readme))
    for language, body in FENCE.findall(readme):
        if language in SHELLS:
            yield from body.splitlines()


def commands() -> dict[str, set[str]]:
    """The subcommands of `python -m analysis` and the options of each."""
    group = typer.main.get_group(app)
    return {
        name: {
            option for parameter in command.params for option in [*parameter.opts, *parameter.secondary_opts]
        }
        for name, command in group.commands.items()
    }


def wrong_commands(readme: str, makefile: str, known: dict[str, set[str]]) -> list[str]:
    """Every `make …` and `python -m analysis …` that does not exist."""
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    variables = set(re.findall(r"^([A-Z]+) *[?:]?=", makefile, re.MULTILINE))
    wrong = []
    for line in code(readme):
        for words in MAKE.findall(line):
            for word in words.split():
                name, is_variable, _ = word.partition("=")
                if name not in (variables if is_variable else targets):
                    wrong.append(f"make {word}")
        for words in ANALYSIS.findall(line):
            name, *rest = words.split() or [""]
            if name.startswith("-") or not name:
                continue
            if name not in known:
                wrong.append(f"python -m analysis {name}")
                continue
            options = {word.partition("=")[0] for word in rest if word.startswith("-")}
            wrong += [f"python -m analysis {name} {option}" for option in options - known[name] - {"--help"}]
    return wrong


def layout(tree: str) -> Iterator[str]:
    """The paths of an indented tree, whole."""
    above: list[tuple[int, str]] = []
    for line in re.sub(r"[│├└─]", " ", tree).splitlines():
        if name := re.split(r" {2,}", line.strip())[0]:
            indent = len(line) - len(line.lstrip())
            above = [(depth, path) for depth, path in above if depth < indent]
            path = f"{above[-1][1]}/{name.rstrip('/')}" if above else name.rstrip("/")
            above.append((indent, path))
            yield path


def paths(readme: str, folders: set[str]) -> Iterator[str]:
    """Every path that the text names, relative to the project."""
    for targets in LINK.findall(readme):
        target = "".join(targets).partition("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            yield target
    for language, body in FENCE.findall(readme):
        if language == "tree":
            yield from layout(body)
    for line in code(readme):
        for word in re.split(r"[\s\"',;()=]+", line):
            path = word.replace("\\", "/").removeprefix("./").rstrip(".:/")
            if "://" not in word and (SUFFIX.search(path) or path.split("/")[0] in folders):
                yield path


def missing_paths(readme: str, root: Path) -> list[str]:
    """Every named path that neither exists nor is one of those that git ignores because they are made."""
    made = {line.strip("/") for line in (root / ".gitignore").read_text(encoding="utf-8").splitlines()}
    folders = {path.name for path in root.iterdir() if path.is_dir() and path.name not in made}
    return [
        path
        for path in paths(readme, folders)
        if made.isdisjoint(path.split("/")) and not any(root.glob(path)) and not _file_name_alone(path, root)
    ]


def _file_name_alone(path: str, root: Path) -> bool:
    """A table or notebook may be named without its folder."""
    return "/" not in path and any(root.glob(f"*/**/{path}"))


def test_every_command_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert wrong_commands(readme, (ROOT / "Makefile").read_text(encoding="utf-8"), commands()) == []


def test_every_path_exists() -> None:
    assert missing_paths((ROOT / "README.md").read_text(encoding="utf-8"), ROOT) == []


def test_it_names_the_commands_and_shows_the_layout() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = {line.strip() for _, body in FENCE.findall(readme) for line in body.splitlines()}
    assert {"make", "make test", "conda env create -f environment.yml"} <= {
        line.partition("  ")[0].partition(" #")[0].strip() for line in lines
    }
    assert any(language == "tree" for language, _ in FENCE.findall(readme))


MAKEFILE = "PYTHON = python3\nall: a\ntest: b\n"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("`make tests`", ["make tests"]),
        ("```sh\nmake all\nmake nothing\n```", ["make nothing"]),
        ("`make test SNAKE=1`", ["make SNAKE=1"]),
        ("`python -m analysis biuld`", ["python -m analysis biuld"]),
        ("```\n.venv/bin/python -m analysis build --row X\n```", ["python -m analysis build --row"]),
        ("`make`, `make test PYTHON=python3.12` and `python -m analysis build --raw DIR --help`", []),
        ("```sh\ncd x && make test   # make no mistake\n```", []),
        ("To make sense of it, see `python -m analysis --help`.", []),
    ],
)
def test_a_command_that_does_not_exist_is_found(text: str, wrong: list[str]) -> None:
    assert wrong_commands(text, MAKEFILE, {"build": {"--raw"}}) == wrong


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("[data](data/none.csv)", ["data/none.csv"]),
        ('<img src="docs/a.png">', ["docs/a.png"]),
        ("see `data/gone/`", ["data/gone"]),
        ("see `nothing.csv`", ["nothing.csv"]),
        ("```sh\npip install -r requirements.lock\n```", ["requirements.lock"]),
        ("```tree\ndata/\n  raw/  what they said\n    a.csv\n  cooked/\n```", ["data/cooked"]),
        ("```tree\n├── data/\n│   ├── raw/   said\n│   │   └── b.csv\n```", ["data/raw/b.csv"]),
        ("[rows](data/raw/a.csv#L1), [web](https://example.org/a.csv), `a.csv`, `data/raw/*.csv`", []),
        ("```bat\n.venv\\Scripts\\python data\\raw\\a.csv > exports/a.png\n```", []),
        ("a ratio of `3/4`, `and/or`", []),
    ],
)
def test_a_path_that_does_not_exist_is_found(tmp_path: Path, text: str, missing: list[str]) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "a.csv").touch()
    (tmp_path / ".gitignore").write_text(".venv/\nexports/\n", encoding="utf-8")
    assert missing_paths(text, tmp_path) == missing
