"""A whole city in one run: resumable, interruptible, nothing lost."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Self

from assessor.city.archive import Archive, Work
from assessor.city.executor import Executor, WorkerDied
from assessor.city.learning import gather
from assessor.city.planning import Outcome, Plan, plan_run, tasks_of
from assessor.city.storing import Scored, packed
from assessor.city.work import Task, WorkResult, process, ruler_for, sha256_of
from assessor.garbage import uncollected
from assessor.store import remove_leftovers
from schemas.manifest import Manifest, Timing
from scoring.ruler import Ruler
from scoring.ruler_content import ruler_content

Tell = Callable[[int, int, str], None]
"""Told after each unit: done, all, name."""
_THOUSANDTH = Decimal("0.001")


def run_city(
    plan: Plan, archive: Archive, executor: Executor, *, tell: Tell | None = None
) -> Manifest:
    """Score every unit that is not done yet, then gather what the city learns.

    Units already in the ledger whose outputs are unchanged are not done again. Everything a
    unit brings is written down as soon as it is there, so a run may be killed at any moment.

    Raises:
        ArchiveError: when the archive cannot be written.
    """
    clock = _Clock()
    remove_leftovers(plan.out)
    ruler: Ruler = ruler_for(plan.options)
    archive.keep_ruler(ruler.digest, packed(ruler_content(ruler)))
    try:
        with clock.step("score"):
            outcomes = _scored(plan, archive, executor, ruler, tell)
    finally:
        remove_leftovers(plan.out)
    with clock.step("gather"), uncollected():
        manifest = gather(plan, archive, ruler, outcomes)
    return manifest.model_copy(update={"timings": clock.timings()})


def _scored(
    plan: Plan, archive: Archive, executor: Executor, ruler: Ruler, tell: Tell | None
) -> list[Outcome]:
    tasks = tasks_of(plan, ruler)
    known = archive.works([task.key for task in tasks])
    works: dict[str, Work] = {}
    for papers, task in zip(plan.papers, tasks, strict=True):
        if papers.trouble:
            status = "blocked" if papers.form or papers.report else "missing"
            works[task.key] = Work(task.key, task.entity, status, papers.trouble, {}, {})
        elif _is_done(known.get(task.key), Path(task.out)):
            works[task.key] = _light(known[task.key])
    waiting = [task for task in tasks if task.key not in works]
    with closing(executor.run(process, waiting)) as answers, _Writer(archive) as writer:
        for done in answers:
            work = _finished(done.task, done.result, done.error)
            works[work.key] = _light(work)
            if done.result is not None:
                writer.add(work, done.result.scored)
            if tell is not None:
                tell(len(works), len(tasks), done.task.entity)
    return [Outcome(task, works[task.key]) for task in tasks]


def _is_done(work: Work | None, out: Path) -> bool:
    """Whether a unit was scored and its outputs are all there, unchanged."""
    if work is None or work.status != "scored":
        return False
    return all(
        (out / name).is_file() and sha256_of(out / name) == digest
        for name, digest in work.outputs.items()
    )


def _finished(task: Task, result: WorkResult | None, error: BaseException | None) -> Work:
    """Return what became of a unit; without a result the machine is to blame, not its papers."""
    if result is None:
        if isinstance(error, WorkerDied):
            reason = "处理时进程两次意外终止（可能是内存不足），已搁置；请核对文件后重新运行"
            return Work(task.key, task.entity, "set_aside", reason, {}, {})
        what = f"{type(error).__name__}：{error}"
        if isinstance(error, OSError):
            what = f"{error.filename or ''} {error.strerror or error}"
        return Work(task.key, task.entity, "blocked", f"处理失败（{what}），可重新运行", {}, {})
    return Work(task.key, task.entity, result.status, result.reason, result.outputs, result.facts)


def _light(work: Work) -> Work:
    """Return work whose fingerprint takes a tenth of the memory, for all are kept to the end."""
    facts = {**work.facts, "text": array("I", work.facts.get("text", ()))}
    return work._replace(facts=facts)


class _Writer:
    """Writes work down: at once when units take long, some together when they come fast.

    A run that is killed does again what was not written down yet: a few units, with the same
    outputs. Troubles of the machine are never written down, so that the next run retries.
    """

    TOGETHER = 64
    """Most units kept back."""
    SECONDS = 0.25
    """How long after writing the next unit is kept back for others to join it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._waiting: list[tuple[Work, Scored | None]] = []
        self._written = -self.SECONDS

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._write()

    def add(self, work: Work, found: Scored | None) -> None:
        """Take a finished unit.

        Raises:
            ArchiveError: when the archive cannot be written.
        """
        self._waiting.append((work, found))
        is_late = time.perf_counter() - self._written >= self.SECONDS
        if is_late or len(self._waiting) >= self.TOGETHER:
            self._write()

    def _write(self) -> None:
        items, self._waiting = self._waiting, []
        if items:
            self._archive.finish_all(items)
        self._written = time.perf_counter()


class _Clock:
    """Wall times of the steps."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, float]] = []

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        begin = time.perf_counter()
        try:
            yield
        finally:
            self._steps.append((name, time.perf_counter() - begin))

    def timings(self) -> tuple[Timing, ...]:
        """Return what was measured so far, to a thousandth of a second."""
        return tuple(
            Timing(step=name, seconds=Decimal(seconds).quantize(_THOUSANDTH))
            for name, seconds in self._steps
        )


__all__ = ["Plan", "plan_run", "run_city"]
