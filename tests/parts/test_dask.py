"""A build on Dask, in processes of their own: the same rounds, whatever happens to a worker."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import distributed
import pandas as pd
import pytest

from analysis import load
from analysis.build import RAW
from analysis.parts import engines
from analysis.parts.build import build_parts
from analysis.tables import TABLES

pytestmark = pytest.mark.slow
SMALL = 40_000


@contextmanager
def cluster(**options: object) -> Iterator[distributed.Client]:
    """Two workers, each a process of its own."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, **options
        ) as running,
        distributed.Client(running) as client,
    ):
        yield client


def assert_same(out: Path, whole: Path) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(load.table(name, out), load.table(name, whole), obj=name)


def test_two_workers_make_the_tables_of_one_process(tmp_path: Path) -> None:
    with engines.dask(None, 2) as tasks:
        build_parts(RAW, tmp_path / "out", tasks, size=SMALL)
    assert_same(tmp_path / "out", load.directory())


@pytest.mark.parametrize("stage", ["Reading reports", "Settling rounds"])
def test_a_worker_that_is_killed_changes_nothing(stage: str, tmp_path: Path) -> None:
    killed = []
    with cluster() as client, engines.dask(client.scheduler.address, 2) as tasks:
        pids = list(client.run(os.getpid).values())

        def kill(now: str, done: int, number: int) -> None:
            if now == stage and done == 1 < number:
                os.kill(pids[0], signal.SIGKILL)
                killed.append(pids[0])

        build_parts(RAW, tmp_path / "out", tasks, progress=kill, size=SMALL)
        assert pids[0] not in client.run(os.getpid).values()
    assert killed == pids[:1]
    assert_same(tmp_path / "out", load.directory())
