"""Write figures.csv and survivors.csv from the results of a run: `python tests/mutation/report.py`.

A reason that survivors.csv gives for a mutant is kept. A new survivor has none yet: a person writes it.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import ndiff
from pathlib import Path

from mutmut.mutation.data import MutantLineSpans, SourceFileMutationData
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import parse_mutant_key

HERE = Path(__file__).parent
STATUSES = {"killed": "killed", "timeout": "killed", "survived": "survived", "no tests": "survived"}
Row = dict[str, object]


def change(path: Path, mutant: str) -> tuple[str, str]:
    """What a mutant changed: the lines before and after, each set in one line."""
    spans = MutantLineSpans.load(path)
    assert spans is not None, f"{path} has no mutants"
    original = mutant.partition("__mutmut_")[0] + "__mutmut_orig"
    before, after = spans.read_function_sources([original, mutant])
    found = list(ndiff(before.replace(original, mutant).splitlines(), after.splitlines()))
    old, new = (" ".join(line[2:].strip() for line in found if line[0] == sign) for sign in "-+")
    return old, new


def survivors(path: Path, statuses: dict[str, str]) -> Iterator[Row]:
    for name, status in statuses.items():
        if status == "survived":
            module, _, mutant = name.rpartition(".")
            function, owner = parse_mutant_key(mutant.partition("__mutmut_")[0])
            old, new = change(path, mutant)
            where = {"module": module, "function": f"{owner}.{function}" if owner else function}
            yield {**where, "old": old, "new": new}


def write(name: str, rows: Iterable[Row]) -> None:
    rows = list(rows)
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def known_reasons() -> dict[tuple[str, ...], str]:
    if not (HERE / "survivors.csv").exists():
        return {}
    with (HERE / "survivors.csv").open(encoding="utf-8", newline="") as file:
        return {tuple(row.values())[:-1]: row["reason"] for row in csv.DictReader(file)}


def main() -> None:
    reasons = known_reasons()
    figures: list[Row] = []
    alive: list[Row] = []
    for path in sorted(walk_mutatable_files()):
        results = SourceFileMutationData(path=path)
        results.load()
        if not results.exit_code_by_key:
            continue
        found = {name: status_by_exit_code[code] for name, code in results.exit_code_by_key.items()}
        if unfinished := found.keys() - {name for name, status in found.items() if status in STATUSES}:
            raise SystemExit(f"{path}: {len(unfinished)} mutants were not tried to the end, run them first")
        statuses = {name: STATUSES[status] for name, status in found.items()}
        counts = Counter(statuses.values())
        module = path.with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        figures.append(
            {"module": module, "mutants": len(statuses)}
            | {column: counts[column] for column in ("killed", "survived")}
        )
        for row in survivors(path, statuses):
            alive.append({**row, "reason": reasons.get(tuple(map(str, row.values())), "")})
    write("figures.csv", figures)
    write("survivors.csv", alive)
    total = {column: sum(int(str(row[column])) for row in figures) for column in list(figures[0])[1:]}
    print(total, f"{sum(not row['reason'] for row in alive)} survivors without a reason")


if __name__ == "__main__":
    main()
