"""Run mutmut with tests that are collected once: `python tests/mutation/run.py run`.

mutmut writes the mutants, keeps the results and shows them. Left alone it starts pytest for each of them,
which takes longer than the tests. Here each mutant is a fork of a process that has collected the tests, and
runs those that reach its function, the quick ones and those that killed its neighbours first.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from functools import _lru_cache_wrapper
from multiprocessing import RawArray
from pathlib import Path
from types import ModuleType

import mutmut.__main__ as program
import pytest
from _pytest.config import _prepareconfig
from hypothesis import Phase, settings
from mutmut.mutation import trampoline
from mutmut.runners.harness import ListAllTestsResult, PytestRunner
from mutmut.state import state
from mutmut.utils.file_utils import change_cwd
from mutmut.workers import isolation

SELECTION = ["tests/parse", "tests/clean"]
COMPILED = "tests/clean/test_compiled.py"  # the compiler cannot read the program's wrapping of mutants
COMMITTED = "tests/clean/test_committed.py"  # what the real rows give: tries what no test of parse/ reaches
SLOW = {"moved"}  # fixtures that build all the data anew
SHARED = ("built", "check", "given", "unjudged")  # fixtures that are made once, without a mutant
SUSPICIOUS = 35  # what mutmut takes for neither killed nor survived
BEHIND_CACHES = Path("mutants/behind_caches.json").absolute()  # functions that only fill caches


def modules() -> dict[str, ModuleType]:
    """The modules of the package that are imported."""
    return {name: module for name, module in sys.modules.items() if name.startswith("analysis.")}


def importers(mutated: str) -> set[str]:
    """A module and those that import it, directly or not."""
    found = {mutated}
    while True:
        more = {
            name
            for name, module in modules().items()
            if found & {getattr(value, "__module__", None) for value in vars(module).values()}
        }
        if more <= found:
            return found
        found |= more


def forget(names: Iterable[str]) -> None:
    """Empty the caches of modules: what they hold was worked out without the mutant."""
    for name in names:
        for value in vars(sys.modules[name]).values():
            if isinstance(value, _lru_cache_wrapper):
                value.cache_clear()


class Failures:
    """A pytest plugin that notes why a test failed."""

    def __init__(self) -> None:
        self.why = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.why = report.longreprtext
            if "previous item was not torn down properly" in self.why:
                raise RuntimeError("a failure of this program, not of the mutant")


class CollectedTests(PytestRunner):
    """Tests that are collected once and run in forks."""

    def __init__(self) -> None:
        super().__init__()
        self.failures = Failures()
        settings.register_profile(
            "mutation",
            max_examples=10,
            phases=[
                Phase.explicit,
                Phase.generate,
            ],  # not the smallest failure
            derandomize=True,
            database=None,
            deadline=None,
        )
        with change_cwd("mutants"):
            quick = ["--assert=plain", "-p", "no:terminal"]
            arguments = ["--rootdir=.", *quick, "-o", "addopts=--import-mode=importlib"]
            arguments.append(f"--ignore={COMPILED}")
            options = _prepareconfig([*arguments, *SELECTION], [self.failures])
            options.option.tbstyle = "native"
            options._do_configure()
            settings.load_profile("mutation")
            self.session = pytest.Session.from_config(options)
            options.hook.pytest_sessionstart(session=self.session)
            options.hook.pytest_collection(session=self.session)
            self.items = {
                item.nodeid: item
                for item in self.session.items
                if not SLOW & set(getattr(item, "fixturenames", ()))
            }
            self.names = list(self.items)
            # What tests share for a session is made here, once and without a mutant.
            for fixture in SHARED:
                name = next(name for name, item in self.items.items() if fixture in item.fixturenames)
                assert self.passes(name, self.elsewhere(name)), self.failures.why
        self.places = {name: place for place, name in enumerate(self.names)}
        self.kills = {
            name: RawArray("i", len(self.items)) for name in modules()
        }  # in memory that forks share

    def passes(self, name: str, following: str) -> bool:
        """Run a test, keep what it shares with the following one, and say whether it passes."""
        self.failures.why = ""
        item = self.items[name]
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=self.items[following])
        return not self.failures.why

    def elsewhere(self, name: str) -> str:
        """A test of another folder: with it to follow, nothing but the session is left set up for forks."""
        folder = Path(name.partition("::")[0]).parent
        return next(other for other in self.names if Path(other.partition("::")[0]).parent != folder)

    def run_stats(self, *, tests: Iterable[str]) -> int:
        """Note which functions of its own package each test reaches, and how long it takes.

        The first case of a test runs twice. What it reaches with empty caches and not with full ones only
        fills caches, and all cases of the test depend on it.
        """
        names = sorted(tests, key=self.places.__getitem__) or self.names
        of_test: dict[str, set[str]] = {}
        from_committed: dict[str, set[str]] = defaultdict(set)
        behind_caches: set[str] = set()
        with change_cwd("mutants"):
            for name, following in zip(names, [*names[1:], self.elsewhere(names[-1])], strict=True):
                test = name.partition("[")[0]
                cold: set[str] = set()
                if test not in of_test:
                    forget(modules())
                    if not self.passes(name, following):
                        print(name, self.failures.why)
                        return 1
                    cold = set(state()._stats)
                    state()._stats.clear()
                start = time.perf_counter()
                if not self.passes(name, following):
                    print(name, self.failures.why)
                    return 1
                state().duration_by_test[name] = time.perf_counter() - start
                if test not in of_test:
                    of_test[test] = cold
                    behind_caches |= cold - state()._stats
                package = name.split("/")[1]
                for function in state()._stats | of_test[test]:
                    if function.split(".")[1] == package:
                        state().tests_by_mangled_function_name[function].add(name)
                    elif name.startswith(COMMITTED):
                        from_committed[function].add(name)
                state()._stats.clear()
        for function, reached in from_committed.items():
            if not state().tests_by_mangled_function_name[function]:
                state().tests_by_mangled_function_name[function] |= reached
        BEHIND_CACHES.write_text(json.dumps(sorted(behind_caches)))
        return 0

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        """Run tests until one fails; 1 if one does."""
        if mutant_name is None:
            return 0  # all passed when the statistics were made
        try:
            return int(not self.all_pass(mutant_name, tests))
        except Exception:  # an error of this program would look like a test that failed
            return SUSPICIOUS

    def all_pass(self, mutant_name: str, tests: Iterable[str]) -> bool:
        function = mutant_name.partition("__mutmut_")[0]
        module = function.rpartition(".")[0]
        if function in json.loads(BEHIND_CACHES.read_text()):
            forget(importers(module))
        took: dict[str, float] = defaultdict(float)
        for name in tests:
            took[name.partition("[")[0]] += state().duration_by_test[name]
        places = sorted(
            map(self.places.__getitem__, tests), key=lambda place: (took[self.test(place)], place)
        )
        # Those that killed the most neighbours go first.
        kills = self.kills[module]
        killers = sorted(filter(kills.__getitem__, places), key=lambda place: -kills[place])[:10]
        order = [self.names[place] for place in dict.fromkeys([*killers, *places])]
        with change_cwd("mutants"):
            for name, following in zip(order, [*order[1:], self.elsewhere(order[-1])], strict=True):
                if not self.passes(name, following):
                    kills[self.places[name]] += 1
                    return False
        return True

    def test(self, place: int) -> str:
        """The test function of a case."""
        return self.names[place].partition("[")[0]

    def run_forced_fail(self) -> int:
        """1 if a test fails once every function raises an error."""
        with change_cwd("mutants"):
            return int(not self.passes(self.names[0], self.elsewhere(self.names[0])))

    def list_all_tests(self) -> ListAllTestsResult:
        return ListAllTestsResult(ids=set(self.items))


if __name__ == "__main__":
    isolation.PytestRunner = CollectedTests
    # The environment is looked up at each call otherwise, which takes longer than many a function.
    trampoline.get_mutant_under_test = lambda: trampoline._mutant_under_test or ""
    program.cli()
