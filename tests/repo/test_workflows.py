"""The workflows run commands that exist, with no more rights than they need."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "workflows"
NAMES = sorted(path.name for path in FOLDER.iterdir())
CI, DRIFT = ".ci/run", ".ci/drift"

PINNED = re.compile(r"actions/[\w-]+@(v\d+|[0-9a-f]{40})")
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)
SNIPPET = re.compile(r"<<'END'\n(.+?)^END$", re.MULTILINE | re.DOTALL)
HOST = re.compile(r"(?:https?:)?//[\w.-]+|\b[\w-]+\.(?:com|io|org|dev)\b")


def workflow(name: str) -> dict[Any, Any]:
    parsed: dict[Any, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return parsed


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def commands(name: str) -> list[str]:
    return [step["run"] for step in steps(name) if "run" in step]


def triggers(name: str) -> dict[str, Any]:
    # YAML reads the word `on` as true.
    on: dict[str, Any] = workflow(name)[True]
    return on


def targets() -> set[str]:
    return set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))


def wrong(line: str) -> bool:
    """Whether a command is neither `make` with targets that exist nor a script of CI."""
    program, *words = line.split()
    return not (line in (f"bash {CI}", f"bash {DRIFT}") or (program == "make" and set(words) <= targets()))


def test_there_is_one_to_test_one_to_publish_and_one_to_look_ahead() -> None:
    assert NAMES == ["drift.yml", "publish.yml", "test.yml"]
    assert set(triggers("test.yml")) == {"push", "pull_request"}
    assert triggers("publish.yml")["push"] == {"branches": ["main"]}
    assert "pull_request" not in triggers("publish.yml")
    assert set(triggers("drift.yml")) == {"schedule", "workflow_dispatch"}
    # Once a week: minute and hour, any day of any month, one weekday.
    (schedule,) = triggers("drift.yml")["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", schedule["cron"])


@pytest.mark.parametrize("name", NAMES)
def test_every_command_exists(name: str) -> None:
    assert [line for line in commands(name) if wrong(line)] == []


@pytest.mark.parametrize("line", ["make tests", "make all nothing", "pytest", "bash .ci/other", "make; rm x"])
def test_a_command_that_does_not_exist_is_found(line: str) -> None:
    assert wrong(line)


def test_they_run_what_the_readme_and_ci_run() -> None:
    assert commands("test.yml") == [f"bash {CI}"]
    assert commands("publish.yml") == ["make", "make test"]
    lines = (ROOT / CI).read_text(encoding="utf-8").splitlines()
    made = [line for line in lines if line.startswith("make")]
    assert {"make test", "make test-browser"} <= set(made)
    assert [line for line in made if wrong(line)] == []


def test_the_look_ahead_takes_the_newest_python_and_runs_notebooks_and_tests() -> None:
    assert commands("drift.yml") == [f"bash {DRIFT}"]
    assert [job["container"] for job in workflow("drift.yml")["jobs"].values()] == ["python:3"]
    script = (ROOT / DRIFT).read_text(encoding="utf-8")
    (notebooks, tests) = re.findall(r"-m pytest (.+)", script)
    assert notebooks.startswith("notebooks --override-ini addopts= --nbval-lax ")
    assert tests.startswith("analysis tests ")
    assert not [line for line in script.splitlines() if "pip" in line and "lock" in line]
    assert script.count("|| failed+=") == 3
    assert script.endswith("  exit 1\nfi\n")


def test_the_look_ahead_installs_every_declared_package_without_an_upper_bound() -> None:
    (snippet,) = SNIPPET.findall((ROOT / DRIFT).read_text(encoding="utf-8"))
    told = subprocess.run(
        [sys.executable, "-c", snippet], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    unbound = {one.name: one.specifier for one in map(Requirement, told.split("\n")[:-1])}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    declared = {one.name: one.specifier for line in lists for one in map(Requirement, line)}
    assert unbound.keys() == declared.keys()
    for name, specifier in unbound.items():
        assert "99999" in specifier, name
        assert "99999" not in declared[name], name
        assert {bound.operator for bound in specifier} == {">="}, name


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_an_official_one_at_a_version(name: str) -> None:
    used = [step["uses"] for step in steps(name) if "uses" in step]
    assert used
    assert [action for action in used if not PINNED.fullmatch(action)] == []


@pytest.mark.parametrize("name", NAMES)
def test_only_the_publishing_job_may_write(name: str) -> None:
    assert workflow(name)["permissions"] == {"contents": "read"}
    rights = {
        job: told["permissions"] for job, told in workflow(name)["jobs"].items() if "permissions" in told
    }
    assert rights == ({"publish": {"pages": "write", "id-token": "write"}} if name == "publish.yml" else {})


def test_what_is_published_is_the_site_that_make_builds() -> None:
    uploaded = [step["with"]["path"] for step in steps("publish.yml") if "upload" in step.get("uses", "")]
    assert uploaded == ["site/build"]
    assert workflow("publish.yml")["jobs"]["publish"]["needs"] == "build"


@pytest.mark.parametrize("path", [*(f".github/workflows/{name}" for name in NAMES), CI, DRIFT])
def test_no_host_is_named(path: str) -> None:
    assert HOST.findall((ROOT / path).read_text(encoding="utf-8")) == []
