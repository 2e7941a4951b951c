"""A whole city in one run: resumable, interruptible, nothing lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from assessor.city.archive import Archive, Scored, Work, packed, unpacked
from assessor.city.executor import Executor, WorkerDied
from assessor.city.finding import Papers, find_papers
from assessor.city.gathering import Facts, entry_of, grade_counts, odd_years, weaknesses
from assessor.city.questions import copies, jumps, outliers
from assessor.city.roster import ROSTER_NAMES, Roster, read_roster
from assessor.city.work import (
    Options,
    Task,
    WorkResult,
    process,
    ruler_for,
    sha256_of,
    task_key,
)
from assessor.store import file_stem
from schemas.city import Change, CityRules
from schemas.errors import AssessorError
from schemas.manifest import EntityEntry, FileHash, Manifest, Question, RosterEntry, Timing
from schemas.result import Assessment
from scoring.change import Filing, explain_change
from scoring.panel import build_panel, removals
from scoring.ranking import rank_city
from scoring.ruler import Ruler
from scoring.ruler_content import ruler_content, ruler_from
from scoring.uncertainty import rank_uncertainty
from scoring.version import ENGINE

Tell = Callable[[int, int, str], None]
"""Told after each unit: done, all, name."""
_THOUSANDTH = Decimal("0.001")


class Plan(NamedTuple):
    """What a run is about to do."""

    folder: Path
    out: Path
    options: Options
    title: str
    roster: Roster | None
    papers: tuple[Papers, ...]
    unclaimed: tuple[Path, ...]


class Outcome(NamedTuple):
    """One unit after its work."""

    task: Task
    work: Work
    roster: RosterEntry | None


def plan_run(folder: Path, out: Path, options: Options, title: str = "") -> Plan:
    """Look at a folder without doing anything yet.

    Raises:
        AssessorError: when the folder is missing or holds no papers at all.
    """
    if not folder.is_dir():
        raise AssessorError(f"没有文件夹 {folder}")
    names = [folder / name for name in sorted(ROSTER_NAMES) if (folder / name).is_file()]
    roster = read_roster(names[0]) if names else None
    finding = find_papers(folder, roster)
    if not finding.papers and roster is None:
        raise AssessorError(
            f"{folder} 里没有填报表或报告；应为一单位一文件夹，或以单位名命名的文件"
        )
    return Plan(folder, out, options, title or folder.name, roster, *finding)


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
    ruler: Ruler = ruler_for(plan.options)
    archive.keep_ruler(ruler.digest, packed(ruler_content(ruler)))
    with clock.step("score"):
        outcomes = _scored(plan, archive, executor, ruler, tell)
    with clock.step("gather"):
        return _gathered(plan, archive, ruler, outcomes, clock)


def _scored(
    plan: Plan, archive: Archive, executor: Executor, ruler: Ruler, tell: Tell | None
) -> list[Outcome]:
    roster = {entry.entity: entry for entry in plan.roster.entries} if plan.roster else {}
    tasks = [_task(plan, papers, roster.get(papers.entity), ruler) for papers in plan.papers]
    known = archive.works([task.key for task in tasks])
    works: dict[str, Work] = {}
    for papers, task in zip(plan.papers, tasks, strict=True):
        if papers.trouble:
            works[task.key] = Work(task.key, task.entity, "blocked", papers.trouble, {}, {})
        elif _is_done(known.get(task.key), Path(task.out)):
            works[task.key] = known[task.key]
    waiting = [task for task in tasks if task.key not in works]
    for done in executor.run(process, waiting):
        work = _finished(done.task, done.result, done.error, archive)
        works[work.key] = work
        if tell is not None:
            tell(len(works), len(tasks), done.task.entity)
    return [Outcome(task, works[task.key], roster.get(task.entity)) for task in tasks]


def _task(plan: Plan, papers: Papers, roster: RosterEntry | None, ruler: Ruler) -> Task:
    level = roster.level.value if roster is not None and roster.level is not None else ""
    task = Task(
        key="",
        entity=papers.entity,
        level=level,
        regions=roster.regions if roster is not None else (),
        form=str(papers.form or ""),
        report=str(papers.report or ""),
        reviews=tuple(str(path) for path in papers.reviews),
        out=str(plan.out / file_stem(papers.entity)),
        options=plan.options,
    )
    return task._replace(key=task_key(ruler.digest, task))


def _is_done(work: Work | None, out: Path) -> bool:
    """Whether a unit was scored and its outputs are all there, unchanged."""
    if work is None or work.status != "scored":
        return False
    return all(
        (out / name).is_file() and sha256_of(out / name) == digest
        for name, digest in work.outputs.items()
    )


def _finished(
    task: Task, result: WorkResult | None, error: BaseException | None, archive: Archive
) -> Work:
    """Write a unit's work down; troubles of the machine are not, so that the next run retries."""
    if result is None:
        if isinstance(error, WorkerDied):
            reason = "处理时进程两次意外终止（可能是内存不足），已搁置；请核对文件后重新运行"
            return Work(task.key, task.entity, "set_aside", reason, {}, {})
        what = f"{type(error).__name__}：{error}"
        if isinstance(error, OSError):
            what = f"{error.filename or ''} {error.strerror or error}"
        return Work(task.key, task.entity, "blocked", f"处理失败（{what}），可重新运行", {}, {})
    work = Work(task.key, task.entity, result.status, result.reason, result.outputs, result.facts)
    is_scored = result.status == "scored"
    found = Scored(result.result, result.submission, result.review) if is_scored else None
    archive.finish(work, found)
    return work


def _gathered(
    plan: Plan, archive: Archive, ruler: Ruler, outcomes: Sequence[Outcome], clock: _Clock
) -> Manifest:
    results = {
        o.task.key: archive.result(o.work.key) for o in outcomes if o.work.status == "scored"
    }
    outcomes = _refused(outcomes, results)
    kept = {o.task.key for o in outcomes if o.work.status == "scored"}
    scored = [results[o.task.key] for o in outcomes if o.task.key in kept]
    changes, questions = _against_last_year(archive, ruler, outcomes, results)
    entries = [_entry(plan, o, results.get(o.task.key), changes.get(o.task.key)) for o in outcomes]
    entries += _missing(plan, outcomes)
    labels = {one.code: one.label for result in scored[:1] for one in result.indicators}
    bands = [band.grade for band in ruler.scheme.bands]
    first = scored[0] if scored else None
    rules = CityRules()
    return Manifest(
        engine=ENGINE,
        title=plan.title,
        period=None if first is None else first.period,
        rules=None if first is None else first.rules,
        weight_provenance=None if first is None else first.rules.weight_provenance,
        indicators=()
        if first is None
        else tuple((one.code, one.label, one.nominal_points) for one in first.indicators),
        entities=tuple(sorted(entries, key=lambda entry: entry.entity)),
        grades=grade_counts(entries, bands),
        ranking=rank_city(scored, rules) if scored else None,
        uncertainty=rank_uncertainty(scored, ruler, rules) if scored else (),
        removals=removals(build_panel(scored)) if len(scored) > 1 else (),
        weaknesses=weaknesses(entries, labels),
        questions=tuple(questions + outliers(scored)),
        issues=(),
        timings=clock.timings(),
    )


def _refused(outcomes: Sequence[Outcome], results: Mapping[str, Assessment]) -> list[Outcome]:
    """Block units that cannot stand in one list: one name twice, another year."""
    owners: dict[str, list[str]] = {}
    for key, result in results.items():
        owners.setdefault(result.entity.name, []).append(key)
    reasons = {
        key: f"单位“{name}”有 {len(keys)} 份材料，请只保留一份"
        for name, keys in owners.items()
        if len(keys) > 1
        for key in keys
    }
    odd = odd_years({key: result.period.end for key, result in results.items()})
    for key, day in odd.items():
        reasons.setdefault(key, f"报告年度为 {day.year} 年，与本次其他单位不同，不能一并排名")
    return [
        o._replace(work=o.work._replace(status="blocked", reason=reasons[o.task.key]))
        if o.task.key in reasons
        else o
        for o in outcomes
    ]


def _against_last_year(
    archive: Archive, ruler: Ruler, outcomes: Sequence[Outcome], results: Mapping[str, Assessment]
) -> tuple[dict[str, Change], list[Question]]:
    """Return each unit's change with its causes, and what looks odd beside last year."""
    changes: dict[str, Change] = {}
    questions: list[Question] = []
    sketches: dict[str, Sequence[int]] = {}
    last: dict[str, Sequence[int]] = {}
    rulers: dict[str, Ruler] = {ruler.digest: ruler}
    for outcome in outcomes:
        if outcome.work.status != "scored":
            continue
        key, result = outcome.task.key, results[outcome.task.key]
        name = result.entity.name
        sketches[name] = outcome.work.facts.get("text", [])
        entry = archive.latest(name, result.period.start.isoformat())
        if entry is None:
            continue
        questions += jumps(result, entry.result)
        earlier = archive.works([entry.key]).get(entry.key)
        last[name] = earlier.facts.get("text", []) if earlier is not None else []
        before = rulers.get(entry.ruler) or _old_ruler(archive, entry.ruler)
        if before is None:
            continue
        rulers[entry.ruler] = before
        mine = archive.entry(outcome.work.key)
        try:
            changes[key] = explain_change(
                Filing(entry.submission, before, entry.review, entry.result.as_of),
                Filing(mine.submission, ruler, mine.review, result.as_of),
            )
        except AssessorError:
            continue  # one side has no total: there is no change to explain
    return changes, copies(sketches, last) + questions


def _old_ruler(archive: Archive, digest: str) -> Ruler | None:
    content = archive.ruler(digest)
    if content is None:
        return None
    try:
        return ruler_from(unpacked(content).decode("utf-8"), digest)
    except AssessorError:
        return None


def _entry(
    plan: Plan, outcome: Outcome, result: Assessment | None, change: Change | None
) -> EntityEntry:
    task, work = outcome.task, outcome.work
    papers = (("form", task.form), ("report", task.report), *(("review", p) for p in task.reviews))
    inputs = tuple(
        FileHash.model_validate(
            {
                "name": Path(path).relative_to(plan.folder).as_posix(),
                "role": role,
                "sha256": sha256_of(Path(path)),
            }
        )
        for role, path in papers
        if path
    )
    folder = Path(task.out).name
    facts = Facts(
        entity=task.entity,
        status=work.status,
        reason=work.reason,
        key=work.key,
        inputs=inputs,
        outputs={f"{folder}/{name}": digest for name, digest in work.outputs.items()},
        n_issues=int(work.facts.get("n_issues", 0)),
        n_waiting=int(work.facts.get("n_waiting", 0)),
        roster=outcome.roster,
        change=change,
    )
    return entry_of(facts, result if work.status == "scored" else None)


def _missing(plan: Plan, outcomes: Sequence[Outcome]) -> Iterator[EntityEntry]:
    """Yield an entry for everyone on the roster who filed nothing."""
    there = {outcome.task.entity for outcome in outcomes}
    for entry in plan.roster.entries if plan.roster else ():
        if entry.entity not in there:
            reason = "名单上有，没有找到填报表或报告"
            facts = Facts(entry.entity, "missing", reason, "", (), {}, 0, 0, entry, None)
            yield entry_of(facts, None)


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
