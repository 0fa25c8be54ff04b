"""The workflows run commands that exist, with no more rights than they need."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "workflows"
NAMES = sorted(path.name for path in FOLDER.iterdir())
CI = ".ci/run"

PINNED = re.compile(r"actions/[\w-]+@(v\d+|[0-9a-f]{40})")
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)
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
    """Whether a command is neither `make` with targets that exist nor the script of CI."""
    program, *words = line.split()
    return not (line == f"bash {CI}" or (program == "make" and set(words) <= targets()))


def test_there_is_one_to_test_and_one_to_publish() -> None:
    assert NAMES == ["publish.yml", "test.yml"]
    assert set(triggers("test.yml")) == {"push", "pull_request"}
    assert triggers("publish.yml")["push"] == {"branches": ["main"]}
    assert "pull_request" not in triggers("publish.yml")


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


@pytest.mark.parametrize("path", [*(f".github/workflows/{name}" for name in NAMES), CI])
def test_no_host_is_named(path: str) -> None:
    assert HOST.findall((ROOT / path).read_text(encoding="utf-8")) == []
