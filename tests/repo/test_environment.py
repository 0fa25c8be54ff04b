"""pyproject.toml, requirements.lock and environment.yml describe one environment."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

import analysis

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()

# conda-forge names two packages after what they leave out (a window toolkit) or bring along ([pandas]).
CONDA_NAMES = {"matplotlib-base": "matplotlib"}

LOCK_LINE = re.compile(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [a-z_]+ (==|!=|<|>=) '[^']+'.*)?")

PYTHONS = [
    classifier.removeprefix("Programming Language :: Python :: ") for classifier in PROJECT["classifiers"]
]
PLATFORMS = {
    "Linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    "macOS": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    "Windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
}


def declared() -> dict[str, SpecifierSet]:
    """The packages that pyproject.toml names, those of its extras among them, with the versions it takes."""
    lines = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    requirements = [Requirement(line) for line in chain.from_iterable(lines)]
    return {canonicalize_name(requirement.name): requirement.specifier for requirement in requirements}


def locked(python: str, platform: str = "Linux") -> dict[str, Version]:
    """The packages of requirements.lock that one Python on one platform gets."""
    environment = {**PLATFORMS[platform], "python_version": python, "python_full_version": f"{python}.0"}
    versions: dict[str, Version] = {}
    for line in LOCK:
        if line and not line.lstrip().startswith("#"):
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate(environment):
                name = canonicalize_name(requirement.name)
                assert name not in versions, f"{name} is locked twice for Python {python} on {platform}"
                versions[name] = Version(str(requirement.specifier).removeprefix("=="))
    return versions


def minor(version: Version) -> str:
    return f"{version.major}.{version.minor}"


def conda_versions() -> dict[str, str]:
    """The packages of environment.yml and the minor version of each, the pip section among them."""
    *packages, last = CONDA["dependencies"]
    versions = {}
    for package in packages:
        name, _, version = package.partition("=")
        if name not in ("pip", "python"):
            versions[CONDA_NAMES.get(name, name)] = version
    for package in last["pip"]:
        if package != "-e .":
            name, _, version = package.partition("==")
            versions[name] = version.removesuffix(".*")
    return versions


def test_every_line_of_the_lock_is_one_exact_version() -> None:
    lines = [line for line in LOCK if line and not line.startswith("#")]
    assert [line for line in lines if not LOCK_LINE.fullmatch(line)] == []
    assert lines


@pytest.mark.parametrize(
    "line",
    [
        "pandas>=3.1",
        "pandas",
        "--index-url somewhere",
        "-e .",
        "pandas==3.1.*",
        "pandas @ https://example.org/pandas.whl",
        "--find-links wheels",
    ],
)
def test_any_other_line_would_be_found(line: str) -> None:
    assert not LOCK_LINE.fullmatch(line)


def test_no_address_in_the_lock() -> None:
    assert [line for line in LOCK if "://" in line or line.startswith("-")] == []


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_holds_every_declared_package_for_every_python(python: str, platform: str) -> None:
    versions = locked(python, platform)
    for name, specifier in declared().items():
        assert name in versions, f"{name} is not locked: run `make lock`"
        assert versions[name] in specifier, f"{name} {versions[name]} is locked, {specifier} declared"


def test_a_declared_package_takes_one_minor_version() -> None:
    versions = locked(PYTHONS[0])
    for name, specifier in declared().items():
        major, micro = versions[name].major, versions[name].minor
        assert f"{major}.{micro}.999" in specifier, f"{name}{specifier} refuses a bug fix of {major}.{micro}"
        assert f"{major}.{micro + 1}" not in specifier, f"{name}{specifier} is wider than a minor version"


def test_conda_gets_the_same_packages_at_the_same_minor_versions() -> None:
    versions = locked(PYTHONS[0])
    assert conda_versions() == {name: minor(versions[name]) for name in declared()}


def test_conda_installs_the_package_itself_and_is_named_like_it() -> None:
    assert CONDA["dependencies"][-1]["pip"][-1] == "-e ."
    assert "pip" in CONDA["dependencies"]
    assert CONDA["name"] == PROJECT["name"]
    assert CONDA["channels"][0] == "conda-forge"


def test_one_range_of_pythons() -> None:
    requires = SpecifierSet(PROJECT["requires-python"])
    assert all(python in requires for python in PYTHONS)
    assert "3.10" not in requires
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"--python-version {PYTHONS[0]} " in makefile


def test_binder_gets_the_python_of_the_lock() -> None:
    # repo2docker takes the first line that reads `python=3.11`, and knows no ranges.
    read = [line for line in CONDA["dependencies"] if re.match(r"python\s*=+\s*[\d.]+", str(line))]
    assert read == [f"python={PYTHONS[0]}"]


def test_one_version_number() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == analysis.__version__
