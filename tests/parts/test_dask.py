"""A build on Dask, in processes of their own: the same rounds, whatever happens to a worker."""

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import distributed
import pandas as pd
import pytest
from dask.utils import parse_bytes

from analysis import load
from analysis.build import RAW, REPORTS, build
from analysis.parts import engines
from analysis.parts.build import build_parts
from analysis.tables import TABLES
from tests.conftest import write_raw

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


def test_a_partition_larger_than_the_memory_of_a_worker(tmp_path: Path) -> None:
    limit, n_reports = "700MB", 80_000
    letters = random.Random(1)
    companies = [
        {"company_id": f"acme-{number}", "name": f"Acme {number}", "country": "US"}
        for number in range(n_reports // 10)
    ]
    reports = [
        {
            "report_id": f"r{number}",
            "company": f"Acme {number // 10}",
            "amount": f"${number % 9 + 1} million",
            "announced": f"20{number % 7 + 18}-11-20",
            "publisher": f"Paper {number % 50}",
            "url": f"https://example.org/{number}",
            "published": f"20{number % 7 + 18}-11-21",
        }
        for number in range(n_reports)
    ]
    raw = tmp_path / "raw"
    sheets = {"companies.csv": companies, "segment_readings.csv": [{}], REPORTS: reports}
    write_raw(raw, sheets, ["2026-11-19,1.1,8", "2026-11-20,1.1,8"])
    build(raw, tmp_path / "whole")
    frame = pd.read_csv(raw / REPORTS, dtype="str", keep_default_na=False)
    frame["note"] = [f"{letters.getrandbits(4 * 9_000):09000x}" for _ in range(n_reports)]
    assert frame["note"].str.len().sum() > parse_bytes(limit)
    frame.to_parquet(raw / "funding_reports.parquet", index=False)  # one row group
    (raw / REPORTS).unlink()
    del frame
    with cluster(memory_limit=limit) as client, engines.dask(client.scheduler.address, 2) as tasks:
        pids = set(client.run(os.getpid).values())
        build_parts(raw, tmp_path / "out", tasks, size=1 << 24)
        assert set(client.run(os.getpid).values()) == pids  # none was ended for its memory
    for name in ("rounds", "conflicts", "round_policies"):
        pd.testing.assert_frame_equal(
            load.table(name, tmp_path / "out"), load.table(name, tmp_path / "whole")
        )
