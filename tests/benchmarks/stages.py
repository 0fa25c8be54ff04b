"""How long a build takes and how much memory it needs, and the floor: reading and writing the file alone.

Each build runs in a process of its own, so that its peak of memory is its own.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from pyarrow import csv

from analysis.build import build
from analysis.parts import engines
from analysis.parts.build import build_parts


class Watch:
    """Adds up the seconds of each stage that it is told of."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage, self._since = "Starting", time.perf_counter()

    def tell(self, stage: str, done: int = 0, number: int = 0) -> None:
        """Begin a stage, or go on with it."""
        now = time.perf_counter()
        self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now


def floor(path: Path) -> float:
    """Return the seconds of reading a CSV file with pyarrow and writing it again."""
    start = time.perf_counter()
    table = csv.read_csv(path)
    with TemporaryDirectory() as folder:
        csv.write_csv(table, Path(folder) / "copy.csv")
    return time.perf_counter() - start


def measure(folder: Path, workers: int) -> dict[str, float]:
    """Build a raw folder, in parts if there are workers.

    Returns:
        The seconds of each stage and of all ("seconds"), and the peak of memory in bytes ("peak"): with
        workers that of the main process and, for each worker, of the largest.
    """
    watch = Watch()
    start = time.perf_counter()
    with TemporaryDirectory() as out:
        if workers:
            with engines.processes(workers) as tasks:
                build_parts(folder, Path(out) / "processed", tasks, progress=watch.tell)
        else:
            build(folder, Path(out) / "processed", form="parquet", progress=watch.tell)
    watch.tell("End")
    seconds = time.perf_counter() - start
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, child = (resource.getrusage(process).ru_maxrss * 1024 for process in who)
    return {**watch.seconds, "seconds": seconds, "peak": own + workers * child}


def in_process(folder: Path, workers: int) -> dict[str, float]:
    """Return `measure` of a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks.stages", str(folder), str(workers)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
