"""Run many tasks in processes; a task that kills its worker twice is set aside.

The run knows only `Executor.run`, so that an existing cluster engine can take its place.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MAX_DEATHS = 2
RECYCLE_AFTER = 100
"""Tasks a worker does before a fresh one takes its place."""
WORKER_MEMORY = 2 * 1024**3
"""Address space a worker may take, in bytes."""


@dataclass(frozen=True)
class Done(Generic[T, R]):
    """What became of one task."""

    task: T
    result: R | None = None
    error: BaseException | None = None
    """Set when the task raised, or when it killed its worker `MAX_DEATHS` times."""


class Executor(Protocol):
    """Runs a function over tasks and yields each as it ends, in any order."""

    def run(self, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[Done[T, R]]:
        """Yield one `Done` for every task; an error of one never stops the others."""
        ...


class WorkerDied(Exception):
    """A task brought its worker down, e.g. by memory; it was tried alone and died again."""


class InProcess:
    """Runs tasks one after the other in this process; for tests and single files."""

    def run(self, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[Done[T, R]]:
        """Yield results in order."""
        for task in tasks:
            try:
                yield Done(task, function(task))
            except Exception as error:  # noqa: BLE001 - every task gets an answer
                yield Done(task, error=error)


@dataclass
class Processes:
    """A pool of spawned, recycled, memory-bounded processes on this machine."""

    jobs: int
    warm_up: Callable[[], None] | None = None
    memory: int = WORKER_MEMORY
    _deaths: dict[int, int] = field(default_factory=dict)

    def run(self, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[Done[T, R]]:
        """Yield results as they come; tasks in flight when a worker dies are tried alone."""
        suspects: list[int] = []
        pending = list(range(len(tasks)))
        while pending:
            in_flight: list[int] = []
            for index, done in self._pool_pass(function, tasks, pending):
                if done is None:
                    in_flight.append(index)
                else:
                    pending.remove(index)
                    yield done
            suspects = in_flight
            for index in suspects:
                pending.remove(index)
                yield self._alone(function, tasks[index])

    def _pool_pass(
        self, function: Callable[[T], R], tasks: Sequence[T], pending: Sequence[int]
    ) -> Iterator[tuple[int, Done[T, R] | None]]:
        """Run until all is done or the pool breaks; then yield the suspects with None."""
        pool = self._pool(self.jobs)
        waiting = list(pending)
        running: dict[Future[R], int] = {}
        try:
            while waiting or running:
                while waiting and len(running) < self.jobs * 2:
                    index = waiting.pop(0)
                    running[pool.submit(function, tasks[index])] = index
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                broken = False
                for future in finished:
                    index = running.pop(future)
                    error = future.exception()
                    if isinstance(error, BrokenProcessPool):
                        broken = True
                        yield index, None
                    else:
                        yield index, _done(tasks[index], future)
                if broken:
                    for index in running.values():
                        yield index, None
                    return
        except BrokenProcessPool:
            for index in running.values():
                yield index, None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _alone(self, function: Callable[[T], R], task: T) -> Done[T, R]:
        """Try a suspect by itself until it ends or has killed `MAX_DEATHS` workers."""
        for _ in range(MAX_DEATHS):
            pool = self._pool(1)
            try:
                future = pool.submit(function, task)
                if not isinstance(future.exception(), BrokenProcessPool):
                    return _done(task, future)
            except BrokenProcessPool:
                continue
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
        return Done(task, error=WorkerDied())

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            max_workers=jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(self.memory, self.warm_up),
            max_tasks_per_child=RECYCLE_AFTER,
        )


def _done(task: T, future: Future[R]) -> Done[T, R]:
    error = future.exception()
    return Done(task, error=error) if error is not None else Done(task, future.result())


def _prepare(memory: int, warm_up: Callable[[], None] | None) -> None:
    """Bound a worker's memory, leave Ctrl-C to the parent, load what is slow."""
    import signal  # noqa: PLC0415 - only in workers

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):
        pass
    if warm_up is not None:
        warm_up()
