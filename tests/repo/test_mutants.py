"""The last run of mutation testing, as tests/mutation holds it: enough killed, every survivor explained."""

import csv
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "mutation"
ENOUGH = 0.85


def read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FIGURES = {row.pop("module"): {name: int(cell) for name, cell in row.items()} for row in read("figures.csv")}
SURVIVORS = read("survivors.csv")


def test_every_module_was_mutated() -> None:
    written = {
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        for package in ("parse", "clean")
        for path in (ROOT / "analysis" / package).rglob("*.py")
        if re.search(r"^(?!@.*\n)(    )?def ", path.read_text("utf-8"), re.MULTILINE)
    }
    assert written - set(FIGURES) <= {"analysis.parse.language"}  # its functions are cached, so not mutated
    assert set(FIGURES) <= written


def test_enough_mutants_are_killed() -> None:
    for module, row in FIGURES.items():
        assert row["killed"] + row["survived"] == row["mutants"], module
    killed, survived = (sum(row[name] for row in FIGURES.values()) for name in ("killed", "survived"))
    assert killed >= ENOUGH * (killed + survived)


def test_every_survivor_is_listed_and_explained() -> None:
    listed = Counter(row["module"] for row in SURVIVORS)
    assert listed == {module: row["survived"] for module, row in FIGURES.items() if row["survived"]}
    for row in SURVIVORS:
        assert row["old"] != row["new"], row
        assert row["reason"], row


def test_the_page_gives_these_figures() -> None:
    page = (FOLDER / "README.md").read_text("utf-8")
    for name in ("mutants", "killed", "survived"):
        assert f"{sum(row[name] for row in FIGURES.values()):,}" in page, name
