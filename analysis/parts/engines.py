"""Where tasks run: here one after the other, in processes of this machine, or on a Dask cluster."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from distributed import Client

Item = TypeVar("Item")
Result = TypeVar("Result")
ATTEMPTS = 5
"""How many workers may die over a task before Dask gives up."""


class Engine(Protocol):
    """Runs a function on items; results come in the order of the items."""

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Result]:
        """Return the result for each item."""


class _Here:
    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Result]:
        return map(function, items)


@contextmanager
def here() -> Iterator[Engine]:
    """Run tasks in this process."""
    yield _Here()


@contextmanager
def processes(number: int) -> Iterator[Engine]:
    """Run tasks in so many processes of this machine."""
    with ProcessPoolExecutor(number, mp_context=get_context("spawn")) as pool:
        yield pool


class _Cluster:
    def __init__(self, client: "Client") -> None:
        self._client = client

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Result]:
        futures = self._client.map(function, items, pure=False)
        for future in futures:
            yield future.result()
            future.release()


@contextmanager
def dask(scheduler: str | None, number: int) -> Iterator[Engine]:
    """Run tasks on Dask; those of a worker that dies run again on another one.

    Args:
        scheduler: its address; all workers must see the folders of the build under the same paths. None for
            a cluster of processes on this machine.
        number: of workers on this machine.
    """
    import distributed
    from dask import config

    with config.set({"distributed.scheduler.allowed-failures": ATTEMPTS}):
        cluster = scheduler or distributed.LocalCluster(
            n_workers=number, threads_per_worker=1, dashboard_address=None
        )
        with distributed.Client(cluster) as client:
            yield _Cluster(client)
        if not isinstance(cluster, str):
            cluster.close()
