"""Run many tasks in processes; a task that kills its worker twice is set aside.

The run knows only `Executor.run`, so that an existing cluster engine can take its place.

`concurrent.futures` is not enough here: it loses every task in flight when one worker dies,
takes an error that cannot be unpickled for a dead worker, and leaves orphans behind a parent
that was killed.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

T = TypeVar("T")
R = TypeVar("R")

RECYCLE_AFTER = 500
"""Tasks a worker does before a fresh one takes its place."""
WORKER_MEMORY = 2 * 1024**3
"""Address space a worker may take, in bytes."""
TASK_SECONDS = 300.0
"""A worker silent for longer is killed; a task has its own, shorter limit where it can."""
LEAVE_SECONDS = 5.0
"""How long a dismissed worker may take to leave by itself."""

_COLLECT_EVERY = 100_000
"""Objects made before a worker looks for garbage; one document makes many more."""


@dataclass(frozen=True)
class Done(Generic[T, R]):
    """What became of one task."""

    task: T
    result: R | None = None
    error: BaseException | None = None
    """Set when the task raised, or `WorkerDied` when it killed its worker twice."""


Answers: TypeAlias = Generator[Done[T, R], None, None]


class Executor(Protocol):
    """Runs a function over tasks and yields each as it ends, in any order."""

    def run(self, function: Callable[[T], R], tasks: Sequence[T]) -> Answers[T, R]:
        """Yield one `Done` for every task; an error of one never stops the others."""
        ...


class WorkerDied(Exception):
    """A task brought its worker down, e.g. by memory; it was tried alone and died again."""


class TaskError(Exception):
    """Stands for an error that cannot travel between processes; says its type and text."""


class InProcess:
    """Runs tasks one after the other in this process; for tests and single files."""

    def run(self, function: Callable[[T], R], tasks: Sequence[T]) -> Answers[T, R]:
        """Yield results in order."""
        for task in tasks:
            try:
                yield Done(task, function(task))
            except Exception as error:  # noqa: BLE001 - every task gets an answer
                yield Done(task, error=error)


@dataclass(frozen=True)
class Processes:
    """Spawned, recycled, memory-bounded processes on this machine; none outlives its parent."""

    jobs: int
    warm_up: Callable[[], None] | None = None
    memory: int = WORKER_MEMORY
    recycle_after: int = RECYCLE_AFTER
    limit: float = TASK_SECONDS

    def run(self, function: Callable[[T], R], tasks: Sequence[T]) -> Answers[T, R]:
        """Yield results as they come; what killed its worker is tried again alone, at the end."""
        suspects: list[int] = []
        for index, done in self._round(function, tasks, range(len(tasks)), self.jobs):
            if done is None:
                suspects.append(index)
            else:
                yield done
        for suspect in suspects:
            for index, done in self._round(function, tasks, [suspect], 1):
                yield done or Done(tasks[index], error=WorkerDied())

    def _round(
        self, function: Callable[[T], R], tasks: Sequence[T], indexes: Iterable[int], jobs: int
    ) -> Iterator[tuple[int, Done[T, R] | None]]:
        """Do some tasks once; yield None for one whose worker died."""
        waiting = deque(indexes)
        crew: list[_Worker] = []
        try:
            self._hand_out(function, tasks, waiting, crew, jobs)
            while crew:
                for worker in _heard_from(crew):
                    index = worker.index
                    answer = worker.answer()
                    if answer is None or worker.n_done >= self.recycle_after or not waiting:
                        crew.remove(worker)
                        worker.dismiss()
                    self._hand_out(function, tasks, waiting, crew, jobs)
                    yield index, None if answer is None else Done(tasks[index], *answer)
        finally:
            for worker in crew:
                worker.process.kill()
                worker.dismiss()

    def _hand_out(
        self,
        function: Callable[[T], R],
        tasks: Sequence[T],
        waiting: deque[int],
        crew: list[_Worker],
        jobs: int,
    ) -> None:
        """Give everyone without work the next task, and hire up to the number of jobs."""
        while waiting:
            worker = next((one for one in crew if one.index == IDLE), None)
            if worker is None:
                if len(crew) == jobs:
                    return
                worker = _Worker(self.memory, self.warm_up, self.limit)
                crew.append(worker)
            worker.give(waiting.popleft(), function, tasks)


IDLE = -1


class _Worker:
    """One process, what it is doing, and the line to it."""

    def __init__(self, memory: int, warm_up: Callable[[], None] | None, limit: float) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.line, theirs = spawn.Pipe()
        self.process = spawn.Process(target=_serve, args=(theirs, memory, warm_up), daemon=True)
        with _no_interruption():
            self.process.start()
        theirs.close()
        self.limit = limit
        self.index = IDLE
        self.n_done = 0
        self.deadline = 0.0
        self._unsent: Exception | None = None

    def give(self, index: int, function: Callable[[T], R], tasks: Sequence[T]) -> None:
        """Send a task; a worker that is no longer there is noticed when it is heard."""
        self.index, self.deadline = index, time.monotonic() + self.limit
        try:
            message = pickle.dumps((function, tasks[index]))
        except Exception as error:  # noqa: BLE001 - a task that cannot travel gets its answer too
            self._unsent = error
            message = pickle.dumps((_nothing, None))
        with suppress(OSError):
            self.line.send_bytes(message)

    def answer(self) -> tuple[Any, BaseException | None] | None:
        """Return result and error of the task in hand, or None when the worker is dead."""
        self.index, unsent = IDLE, self._unsent
        self.n_done, self._unsent = self.n_done + 1, None
        try:
            if not self.line.poll():
                return None
            message = self.line.recv_bytes()
        except (EOFError, OSError):
            return None
        if unsent is not None:
            return None, unsent
        try:
            result, error = pickle.loads(message)  # noqa: S301 - from our own worker
        except Exception as error:  # noqa: BLE001 - an answer that cannot be read is an answer
            return None, error
        return result, error

    def dismiss(self) -> None:
        """Hang up, which ends the worker, and see it off."""
        self.line.close()
        self.process.join(LEAVE_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


def _heard_from(crew: Sequence[_Worker]) -> list[_Worker]:
    """Wait for workers that answered or died; kill those that are silent for too long."""
    ears: dict[Any, _Worker] = {}
    for worker in crew:
        ears[worker.line] = ears[worker.process.sentinel] = worker
    left = min(worker.deadline for worker in crew) - time.monotonic()
    ready = {id(worker): worker for ear in wait(list(ears), max(left, 0)) for worker in [ears[ear]]}
    if not ready:
        for worker in crew:
            if worker.deadline <= time.monotonic():
                worker.process.kill()
                worker.process.join()
                ready[id(worker)] = worker
    return list(ready.values())


@contextmanager
def _no_interruption() -> Iterator[None]:
    """Hold Ctrl-C back; a process started meanwhile never sees one, the parent gets it after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # starting it would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(line: Any, memory: int, warm_up: Callable[[], None] | None) -> None:
    """Be a worker: leave Ctrl-C to the parent, bound the memory, answer until it hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):
        pass
    if warm_up is not None:
        warm_up()
    with suppress(EOFError, OSError):
        line.send_bytes(_answer(line.recv_bytes()))
        gc.collect()
        gc.freeze()  # what is loaded by now stays; the collector need not look at it again
        gc.set_threshold(_COLLECT_EVERY)
        while True:
            line.send_bytes(_answer(line.recv_bytes()))


def _leave_with_parent() -> None:
    """End at once when the parent is gone: nobody is left to take the answer."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(message: bytes) -> bytes:
    try:
        function, task = pickle.loads(message)  # noqa: S301 - from our own parent
        return pickle.dumps((function(task), None))
    except Exception as error:  # noqa: BLE001 - every task gets an answer
        return pickle.dumps((None, _portable(error)))


def _portable(error: Exception) -> Exception:
    """Return an error that survives the journey, itself where it does."""
    try:
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever its own code raises
        return TaskError(f"{type(error).__name__}: {error}")
    return error if isinstance(copy, type(error)) else TaskError(f"{type(error).__name__}: {error}")


def _nothing(task: object) -> None:
    del task
