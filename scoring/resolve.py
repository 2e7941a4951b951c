"""Which target binds an entity: own plan > superior plan > chosen reference > benchmark > none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from schemas.base import Level
from schemas.errors import NoValueInForce
from schemas.result import Standing
from schemas.submission import Entity
from schemas.target import DatedValue, Target, TargetSet

ANY_REGION = "*"
_ORDER: dict[Standing, int] = {"own": 0, "superior": 1, "reference": 2, "benchmark": 3}


class Found(NamedTuple):
    """A target that may be held against an entity, and by what right."""

    standing: Standing
    plan: TargetSet
    target: Target
    value: DatedValue


def value_in_force(target: Target, day: date) -> DatedValue:
    """Return the dated value of a target on a day; `from` is inclusive.

    Raises:
        NoValueInForce: before the first value, or when the target is repealed on that day.
    """
    current: DatedValue | None = None
    for dated in target.values:
        if dated.effective_from <= day:
            current = dated
    if current is None or current.repealed:
        nearest = tuple(dated.effective_from for dated in target.values)
        raise NoValueInForce(target.id, day, nearest)
    return current


def is_due(value: DatedValue, day: date) -> bool:
    """Return whether pass or fail is judged on a day; the due day itself counts."""
    return value.due is None or day >= value.due


def standing_of(plan: TargetSet, entity: Entity) -> Standing:
    """Return by what right a plan's targets are held against an entity."""
    if plan.region == ANY_REGION:
        return "benchmark"
    if plan.region == entity.regions[0]:
        return "own"
    return "superior" if plan.region in entity.regions[1:] else "reference"


def plan_faults(plan: TargetSet, entity: Entity, period_end: date) -> tuple[str, ...]:
    """Return why a plan does not bind an entity for a period: `region`, `level`, `period`."""
    faults: list[str] = []
    standing = standing_of(plan, entity)
    if standing == "reference":
        faults.append("region")
        if not any(entity.level in target.levels for target in plan.targets):
            faults.append("level")
    if not plan.period.start <= period_end <= plan.period.end:
        faults.append("period")
    return tuple(faults)


def find_targets(
    plans: Iterable[TargetSet],
    entity: Entity,
    day: date,
    chosen: frozenset[str],
    *,
    period_end: date | None = None,
) -> list[Found]:
    """Return every target that may apply, best right first, file order kept within a right.

    A plan binds the reports of its period: the last day of the reporting period decides, also
    when the report is judged after the plan has ended. A plan outside its period or region
    counts only when it was chosen by name, as a reference; the value of the nearest day of its
    period is used.
    """
    reported = period_end or day
    found: list[Found] = []
    for plan in plans:
        standing = standing_of(plan, entity)
        inside = plan.period.start <= reported <= plan.period.end
        if standing != "benchmark" and (standing == "reference" or not inside):
            if plan.id not in chosen:
                continue
            standing = "reference"
        if standing == "benchmark" and not inside:
            continue
        on = min(max(day, plan.period.start), plan.period.end)
        for target in plan.targets:
            if target.outside or (standing != "reference" and entity.level not in target.levels):
                continue
            try:
                value = value_in_force(target, on)
            except NoValueInForce:
                continue
            found.append(Found(standing, plan, target, value))
    found.sort(key=lambda one: (_ORDER[one.standing], not _fits(one.target, entity.level)))
    return found


def _fits(target: Target, level: Level) -> bool:
    return level in target.levels
