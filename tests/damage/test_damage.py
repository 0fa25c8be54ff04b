"""Damaged raw files give the right answer for what is left, or a problem that names file, line and column.

A case that fails prints its plan; `hold(plan)` runs it again.
"""

import os
import random
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from analysis.__main__ import app
from analysis.build import RATES
from tests.damage.base import REPORTS, base
from tests.damage.damages import HUGE, ROWS, WHOLE, Stroke
from tests.damage.oracle import KEYED, RECORDS, Outcome, count, damaged, folder_of, hold, run, undamaged

FILES = tuple(base())
# A damaged row of these costs only itself; one of the others says how rows of these are read.
ALONE = (REPORTS, RATES, *RECORDS, "article_claims.csv")
FEEDING = tuple(name for name in FILES if name not in ALONE)
CHUNKS, CHUNK = 100, 100  # 10,000 files
_MOST = 10_000
Plan = tuple[Stroke, ...]


def held(plan: Plan) -> tuple[Outcome, int]:
    """Hold a plan to the promise; the outcome, and the number of files that it damages."""
    try:
        return hold(plan), count(damaged(plan))
    except Exception as error:
        error.add_note(f"hold({plan!r})")
        raise


def strokes(rng: random.Random, files: Sequence[str], kinds: Sequence[str], most: int = 1) -> Plan:
    """Strokes at random rows of some files, up to `most` at each."""
    return tuple(
        Stroke(name, rng.choice(kinds), *(rng.randrange(_MOST) for _ in range(3)))
        for name in files
        for _ in range(rng.randint(1, most))
    )


def some(rng: random.Random, files: Sequence[str], least: int, most: int) -> list[str]:
    return rng.sample(files, rng.randint(least, most))


def plans(seed: int) -> Iterator[Plan]:
    """Plans without end: for some seeds a huge one; rows of many files, files as a whole, a bit of all."""
    rng = random.Random(seed)
    rows, whole = tuple(ROWS), tuple(WHOLE)
    if seed % 3 == 0:
        yield strokes(rng, some(rng, FILES, 1, 1), tuple(HUGE))
    while True:
        yield strokes(rng, ALONE, rows, 2)
        yield strokes(rng, some(rng, FILES, 4, 8), whole)
        yield strokes(rng, ALONE, rows, 4)
        yield strokes(rng, some(rng, ALONE, 5, 8), rows, 4)
        yield strokes(rng, some(rng, FEEDING, 1, 2), rows, 2) + strokes(rng, some(rng, ALONE, 2, 6), rows)
        yield strokes(rng, some(rng, FILES, 1, 1), (*rows, *whole))


@pytest.fixture(scope="module", autouse=True)
def sound():
    """The slice is sound, and says of each thing what the checks compare."""
    built = undamaged().built
    assert not any(problem.fatal or "set aside" in problem.action for problem in built.problems)
    reports = built.tables["reports"]
    assert {"CNY", "USD"} <= set(reports["amount_currency"].dropna())
    assert reports["usd_stated"].notna().sum() > 20
    assert len(built.tables["rounds"]) >= 8
    assert all(len(built.tables[name]) >= 10 for name in RECORDS.values())
    assert all(len(built.tables[name]) >= 3 for name, _ in KEYED.values())


# --- a kind at a time: some 300 files -----------------------------------------------------------------


def turn(kinds: dict[str, object], files: Sequence[str], times: int) -> list[Plan]:
    """Plans in which each file takes one stroke, and each kind is tried on `times` files at least."""
    names = list(kinds)
    rng = random.Random(1)
    cases = -(-len(names) * times // len(files))
    return [
        tuple(
            Stroke(
                name, names[(case * len(files) + place) % len(names)], *(rng.randrange(_MOST) for _ in "abc")
            )
            for place, name in enumerate(files)
        )
        for case in range(cases)
    ]


@pytest.mark.parametrize("plan", turn(ROWS, ALONE, 2))
def test_damaged_rows(plan):
    outcome, _ = held(plan)
    assert outcome.built is not None


@pytest.mark.parametrize("plan", turn(ROWS, FEEDING, 1))
def test_damaged_rows_of_the_sheets_that_others_need(plan):
    held(plan)


@pytest.mark.parametrize("place", range(0, len(WHOLE), 2))
def test_files_damaged_as_a_whole(place):
    kinds = list(WHOLE)[place : place + 2]
    rng = random.Random(place)
    held(tuple(stroke for kind in kinds for stroke in strokes(rng, some(rng, FILES, 4, 4), [kind])))


def test_the_fast_cases_are_three_hundred():
    plans = [*turn(ROWS, ALONE, 2), *turn(ROWS, FEEDING, 1)]
    tried = {stroke.kind for plan in plans for stroke in plan}
    assert tried == set(ROWS)
    assert sum(map(len, plans)) + 4 * len(WHOLE) + 2 * len(ODD) >= 300


@settings(max_examples=6, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
@given(
    st.lists(
        st.builds(
            Stroke,
            st.sampled_from(ALONE),
            st.sampled_from(list(ROWS)),
            *(st.integers(0, _MOST) for _ in range(3)),
        ),
        min_size=1,
        max_size=12,
    ).map(tuple)
)
def test_several_damages_at_once(plan):
    held(plan)


# --- what is no file -------------------------------------------------------------------------------------


def _loop(path):
    path.symlink_to(path.name)


ODD = {
    "missing": lambda path: None,
    "directory": lambda path: path.mkdir(),
    "link to nothing": lambda path: path.symlink_to("nothing.csv"),
    "link to itself": _loop,
    "pipe": lambda path: os.mkfifo(path),
    "device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("file", [REPORTS, RATES])
@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_file_is_named(kind, file):
    if kind == "pipe" and not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes in folders")
    with folder_of(damaged(())) as folder:
        (folder / file).unlink()
        ODD[kind](folder / file)
        outcome = run(folder)
    assert outcome.built is None
    (problem,) = outcome.problems
    assert (problem.file, problem.fatal) == (file, True)
    assert "cannot be read" in problem.reason


@pytest.mark.parametrize("mode", [0o000, 0o200])
def test_a_file_that_may_not_be_read(mode):
    with folder_of(damaged(())) as folder:
        (folder / REPORTS).chmod(mode)
        is_readable = os.access(folder / REPORTS, os.R_OK)  # root may
        outcome = run(folder)
    assert (outcome.built is not None) is is_readable
    assert is_readable or ["Permission denied" in p.reason for p in outcome.problems] == [True]


def test_no_folder(tmp_path):
    (tmp_path / "file").touch()
    for folder in (tmp_path / "nothing", tmp_path / "file"):
        outcome = run(folder)
        assert {problem.file for problem in outcome.problems} == set(FILES)


# --- through the command line ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        ((), 0),
        (tuple(Stroke(name, "stray quote", 3, 1, 7) for name in ALONE), 0),
        ((Stroke(REPORTS, "GB18030"),), 1),
        ((Stroke("companies.csv", "missing column", column=2),), 1),
        ((Stroke(RATES, "binary file"), Stroke("judgements.csv", "empty file")), 1),
        ((Stroke(REPORTS, "a million columns"),), 1),
    ],
)
def test_the_commands_end_as_they_should(plan, code, tmp_path):
    out = tmp_path / "out"
    with folder_of(damaged(plan)) as folder:
        for command in (["check"], ["build", "--out", str(out)]):
            ran = CliRunner().invoke(app, [*command, "--raw", str(folder)])
            assert ran.exit_code == code, ran.output
            assert isinstance(ran.exception, SystemExit | None), ran.output
            assert "Traceback" not in ran.output
            assert all(stroke.file in ran.output for stroke in plan)
    assert out.exists() is (code == 0)
    assert code == 0 or list(tmp_path.iterdir()) == []


# --- ten thousand files ---------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(CHUNKS // 3 if os.environ.get("CI") else CHUNKS))
def test_damaged_files(seed):
    tried = 0
    for plan in plans(seed):
        tried += held(plan)[1]
        if tried >= CHUNK:
            return
