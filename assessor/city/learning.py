"""What a city learns from the work of its units: the manifest, out of the archive."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assessor.city.archive import Archive
from assessor.city.briefing import Briefing
from assessor.city.database import ArchiveError
from assessor.city.gathering import (
    Facts,
    entry_of,
    grade_counts,
    mode_rules,
    odd_periods,
    weaknesses,
    with_next_rank,
)
from assessor.city.planning import Outcome, Plan
from assessor.city.questions import copies, jumps, outliers
from assessor.city.storing import unpacked
from assessor.city.work import Task, sha256_of
from schemas.base import slim
from schemas.city import Change, Removal
from schemas.errors import AssessorError
from schemas.manifest import EntityEntry, FileHash, Manifest, Question
from schemas.result import Assessment
from scoring.change import Filing, explain_change
from scoring.panel import build_panel, removals
from scoring.ranking import rank_city
from scoring.ruler import Ruler
from scoring.ruler_content import ruler_from
from scoring.uncertainty import rank_uncertainty
from scoring.version import ENGINE


def gather(plan: Plan, archive: Archive, ruler: Ruler, outcomes: Sequence[Outcome]) -> Manifest:
    """Return everything a city learns from the work of its units.

    Raises:
        ArchiveError: when the archive cannot be read.
    """
    results = _results(archive, [o.work.key for o in outcomes if o.work.status == "scored"])
    outcomes = _refused(plan, outcomes, results)
    kept = {o.task.key for o in outcomes if o.work.status == "scored"}
    scored = [results[o.task.key] for o in outcomes if o.task.key in kept]
    rules = ruler.rulebook.city
    changes, questions = _against_last_year(archive, ruler, outcomes, results)
    entries = [_entry(plan, o, results.get(o.task.key), changes.get(o.task.key)) for o in outcomes]
    entries += _missing(plan, {o.task.entity for o in outcomes} | {e.entity for e in entries})
    labels = {one.code: one.label for result in scored[:1] for one in result.indicators}
    bands = [band.grade for band in ruler.scheme.bands]
    first = scored[0] if scored else None
    ranking = rank_city(scored, rules) if scored else None
    entries = with_next_rank(entries, ranking)
    return Manifest(
        engine=ENGINE,
        title=plan.title,
        period=None if first is None else first.period,
        rules=None if first is None else first.rules,
        modes=mode_rules(scored),
        city_rules=rules,
        weight_provenance=None if first is None else first.rules.weight_provenance,
        indicators=()
        if first is None
        else tuple((one.code, one.label, one.nominal_points) for one in first.indicators),
        entities=tuple(sorted(entries, key=lambda entry: (entry.entity, entry.key))),
        grades=grade_counts(entries, bands),
        ranking=ranking,
        uncertainty=rank_uncertainty(scored, ruler, rules) if scored else (),
        removals=_removals(scored),
        weaknesses=weaknesses(entries, labels),
        questions=tuple(questions + outliers(scored, rules.questions)),
        inputs=_roster_file(plan),
    )


def _removals(scored: Sequence[Assessment]) -> tuple[Removal, ...]:
    """Return what leaving out each indicator does to the longer list; the lists never mix."""
    lists = [[one for one in scored if one.mode == mode] for mode in ("binding", "reference")]
    longest = max(lists, key=len)
    return removals(build_panel(longest)) if len(longest) > 1 else ()


def _refused(
    plan: Plan, outcomes: Sequence[Outcome], results: Mapping[str, Assessment]
) -> list[Outcome]:
    """Block units that cannot stand in one list: one name twice, a wrong name, another year."""
    owners: dict[str, list[Outcome]] = {}
    reasons: dict[str, str] = {}
    filed_under = {outcome.task.entity for outcome in outcomes}
    for outcome in outcomes:
        if outcome.task.key in results:
            name, filed = results[outcome.task.key].entity.name, outcome.task.entity
            owners.setdefault(name, []).append(outcome)
            is_known = name in plan.rostered and filed in plan.rostered
            if name != filed and (is_known or name in filed_under):
                reasons[outcome.task.key] = (
                    f"材料放在“{filed}”名下，里面写的却是“{name}”；请核对后放回原处"
                )
    for name, mine in owners.items():
        places = "、".join(_place(plan, path) for one in mine for _, path in _papers(one.task))
        for one in mine if len(mine) > 1 else ():
            reasons.setdefault(
                one.task.key, f"单位“{name}”有 {len(mine)} 份材料（{places}），请只保留一份"
            )
    odd = odd_periods({key: result.period for key, result in results.items()})
    for key, period in odd.items():
        reasons.setdefault(
            key,
            f"报告年度为 {period.end.year} 年（{period.start} 至 {period.end}），"
            "与本次其他单位不同，不能一并排名",
        )
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
    rules = ruler.rulebook.city.questions
    first = next((results[o.task.key] for o in outcomes if o.work.status == "scored"), None)
    known = set() if first is None else archive.with_earlier(first.period.start.isoformat())
    for outcome in outcomes:
        if outcome.work.status != "scored":
            continue
        key, result = outcome.task.key, results[outcome.task.key]
        name = result.entity.name
        if outcome.work.facts.get("text"):
            sketches[name] = outcome.work.facts["text"]
        entry = archive.latest(name, result.period.start.isoformat()) if name in known else None
        if entry is None:
            continue
        questions += jumps(result, entry.result, rules)
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
    return changes, copies(sketches, last, rules) + questions


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
    folder = Path(task.out).name
    is_scored = result is not None and work.status == "scored"
    name = result.entity.name if result is not None and is_scored else task.entity
    facts = Facts(
        entity=task.entity,
        status=work.status,
        reason=work.reason,
        key=work.key,
        inputs=tuple(
            slim(
                FileHash.model_validate(
                    {"name": _place(plan, path), "role": role, "sha256": sha256_of(path)}
                )
            )
            for role, path in _papers(task)
        ),
        outputs={f"{folder}/{file}": digest for file, digest in work.outputs.items()},
        n_issues=int(work.facts.get("n_issues", 0)),
        n_waiting=int(work.facts.get("n_waiting", 0)),
        roster=plan.rostered.get(task.entity) or plan.rostered.get(name),
        change=change,
    )
    return entry_of(facts, result if is_scored else None)


def _papers(task: Task) -> Iterator[tuple[str, Path]]:
    papers = (("form", task.form), ("report", task.report), *(("review", p) for p in task.reviews))
    for role, path in papers:
        if path:
            yield role, Path(path)


def _place(plan: Plan, path: Path) -> str:
    """Return where a paper lies in the folder read, with `/`, as text that can be stored."""
    return os.fsencode(path.relative_to(plan.folder).as_posix()).decode(errors="replace")


def _missing(plan: Plan, there: set[str]) -> Iterator[EntityEntry]:
    """Yield an entry for everyone on the roster who filed nothing."""
    for entry in plan.rostered.values():
        if entry.entity not in there:
            reason = "名单上有，没有找到填报表或报告"
            facts = Facts(entry.entity, "missing", reason, "", (), {}, 0, 0, entry, None)
            yield entry_of(facts, None)


def _roster_file(plan: Plan) -> tuple[FileHash, ...]:
    if plan.roster_path is None:
        return ()
    digest = sha256_of(plan.roster_path)
    return (FileHash(name=plan.roster_path.name, role="roster", sha256=digest),)


def _results(archive: Archive, keys: Sequence[str]) -> dict[str, Assessment]:
    briefing = Briefing()
    results = {key: briefing.read(content) for key, content in archive.contents(keys)}
    for key in keys:
        if key not in results:
            raise ArchiveError(f"档案中没有 {key[:16]} 的评估结果，请重新运行")
    return results
