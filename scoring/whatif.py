"""What if: other values, targets, weights, policies, indicators or entities, scored anew.

Every function is pure: it takes a city and gives back another one. Results come from the engine
itself, entity by entity, so nothing done to one entity can move a bit of another's score.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from schemas.city import (
    CityRules,
    DropEntity,
    DropIndicator,
    Position,
    SetPolicy,
    SetTarget,
    SetValue,
    SetWeight,
    Supposition,
    SwapWeights,
    WhatIf,
    WhatIfLine,
)
from schemas.errors import AssessorError, UnknownRule
from schemas.result import Assessment
from schemas.submission import Answer, Review, Submission
from schemas.target import DatedValue, Item, TargetSet, Unit
from scoring.engine import assess
from scoring.ranking import rank_city
from scoring.resolve import ANY_REGION
from scoring.rounding import apportion
from scoring.ruler import Ruler
from scoring.weights import part_points

_STANDARD = CityRules()
_ZERO = Decimal(0)
_SUPPOSED = "假设值"


class City(NamedTuple):
    """Everyone of one year and the ruler they are scored with."""

    submissions: tuple[Submission, ...]
    ruler: Ruler
    reviews: Mapping[str, Review] = {}
    """By name of the entity."""
    as_of: date | None = None


def what_if(
    city: City, suppositions: Iterable[Supposition], rules: CityRules = _STANDARD
) -> WhatIf:
    """Apply suppositions one after the other and show everyone before and after.

    Raises:
        AssessorError: when a supposition names something that does not exist or does not fit.
    """
    applied = tuple(suppositions)
    after = city
    for one in applied:
        after = suppose(after, one)
    old = assess_city(city)
    new = assess_city(after, city, old)
    before, then = _positions(old, rules), _positions(new, rules)
    return WhatIf(
        suppositions=applied,
        before_ruler=city.ruler.digest,
        after_ruler=after.ruler.digest,
        lines=tuple(_line(name, before[name], then.get(name)) for name in sorted(before)),
    )


def assess_city(
    city: City, known: City | None = None, results: Sequence[Assessment] = ()
) -> list[Assessment]:
    """Assess everyone; who and what did not change is taken over from a known city's results."""
    same: dict[int, Assessment] = {}
    if known is not None and known.ruler is city.ruler:
        for submission, result in zip(known.submissions, results, strict=True):
            same[id(submission)] = result
    return [
        same.get(id(one))
        or assess(one, city.ruler, as_of=city.as_of, review=city.reviews.get(one.entity.name))
        for one in city.submissions
    ]


def suppose(city: City, supposition: Supposition) -> City:
    """Return the city under one supposition.

    Raises:
        AssessorError: when it names something that does not exist or does not fit.
    """
    if isinstance(supposition, SetValue):
        return _set_value(city, supposition)
    if isinstance(supposition, DropEntity):
        return _drop_entity(city, supposition)
    text = f"{city.ruler.digest}\n{supposition.model_dump_json()}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    changed = _other_rules(city, supposition)
    return city._replace(ruler=replace(changed, digest=digest, _cache={}))


def _other_rules(
    city: City, supposition: SetTarget | SetWeight | SetPolicy | DropIndicator | SwapWeights
) -> Ruler:
    match supposition:
        case SetTarget():
            return _set_target(city, supposition)
        case SetWeight():
            return _set_weight(city.ruler, supposition)
        case SetPolicy():
            changed = replace(city.ruler, policy_id=supposition.policy)
            changed.policy("binding")
            return changed
        case DropIndicator():
            return _drop_indicator(city.ruler, supposition)
    return _swap_weights(city.ruler, supposition)


def _positions(results: Sequence[Assessment], rules: CityRules) -> dict[str, Position]:
    ranking = rank_city(results, rules)
    ranks = {line.entity: line.rank for line in (*ranking.binding, *ranking.reference)}
    return {
        one.entity.name: Position(
            mode=one.mode,
            total_points=one.totals.total_points,
            grade=one.grade.grade,
            rank=ranks.get(one.entity.name),
        )
        for one in results
    }


def _line(name: str, before: Position, after: Position | None) -> WhatIfLine:
    change = None
    if after is not None and None not in (before.total_points, after.total_points):
        change = (after.total_points or _ZERO) - (before.total_points or _ZERO)
    return WhatIfLine(entity=name, before=before, after=after, change=change)


def _find(city: City, name: str) -> Submission:
    for one in city.submissions:
        if one.entity.name == name:
            return one
    names = "、".join(one.entity.name for one in city.submissions)
    raise AssessorError(f"没有单位“{name}”；现有：{names}")


def _drop_entity(city: City, supposition: DropEntity) -> City:
    gone = _find(city, supposition.entity)
    return city._replace(submissions=tuple(one for one in city.submissions if one is not gone))


def _set_value(city: City, supposition: SetValue) -> City:
    mine = _find(city, supposition.entity)
    items = city.ruler.rulebook.items
    if supposition.item not in items:
        raise UnknownRule(f"没有填报项“{supposition.item}”")
    _check_value(items[supposition.item], city.ruler.rulebook.units, supposition)
    old = next((one for one in mine.answers if one.item == supposition.item), None)
    others = tuple(one for one in mine.answers if one.item != supposition.item)
    if supposition.value is None:
        answers = others
    else:
        known = old or Answer(item=supposition.item)
        # The old fraction, claim and hedge spoke of the old figure; they would contradict it.
        fresh = {
            "value": supposition.value,
            "numerator": None,
            "denominator": None,
            "evidence_level": None,
            "is_claim": False,
            "is_approximate": False,
            "is_weakness": False,
            "not_applicable_because": "",
        }
        answers = (*others, known.model_copy(update=fresh))
    changed = mine.model_copy(update={"answers": answers})
    return city._replace(
        submissions=tuple(changed if one is mine else one for one in city.submissions)
    )


def _check_value(item: Item, units: Mapping[str, Unit], supposition: SetValue) -> None:
    unit, value = units[item.unit], supposition.value
    wanted: tuple[type, str] = (Decimal, "数字")
    if unit.dimension == "yes_no":
        wanted = (bool, "是或否")
    elif unit.dimension == "day":
        wanted = (date, "日期")
    if value is None:
        return
    if not isinstance(value, wanted[0]):
        raise AssessorError(f"{item.label}应为{wanted[1]}，不能设为“{value}”")
    if isinstance(value, Decimal) and (
        (unit.minimum is not None and value < unit.minimum)
        or (unit.maximum is not None and value > unit.maximum)
    ):
        raise AssessorError(f"{item.label}的值 {value}{unit.label} 超出允许范围")


def _set_target(city: City, supposition: SetTarget) -> Ruler:
    ruler = city.ruler
    plans = [
        plan
        for plan in ruler.plans
        if supposition.plan in (None, plan.id)
        and any(target.id == supposition.target for target in plan.targets)
    ]
    if not plans:
        raise UnknownRule(f"所用的规划中没有目标“{supposition.target}”")
    if len(plans) > 1:
        names = "、".join(plan.id for plan in plans)
        raise AssessorError(f"目标“{supposition.target}”在几个规划中都有，请指明：{names}")
    days = [city.as_of or one.period.end for one in city.submissions]
    changed = _with_value(plans[0], supposition, max(days, default=plans[0].period.end))
    return replace(
        ruler, plans=tuple(changed if plan is plans[0] else plan for plan in ruler.plans)
    )


def _with_value(plan: TargetSet, supposition: SetTarget, day: date) -> TargetSet:
    """Replace the dated value in force; clause and source stay, the note says it is supposed."""
    on = day if plan.region == ANY_REGION else min(max(day, plan.period.start), plan.period.end)
    targets = []
    for target in plan.targets:
        if target.id != supposition.target:
            targets.append(target)
            continue
        current = [value for value in target.values if value.effective_from <= on]
        if not current or current[-1].repealed or current[-1].value is None:
            raise AssessorError(f"目标“{target.id}”在 {on} 没有可以改动的数值")
        values = tuple(_supposed(v, supposition) if v is current[-1] else v for v in target.values)
        targets.append(target.model_copy(update={"values": values}))
    return plan.model_copy(update={"targets": tuple(targets)})


def _supposed(value: DatedValue, supposition: SetTarget) -> DatedValue:
    note = "；".join(part for part in (_SUPPOSED, value.note) if part)
    return value.model_copy(update={"value": supposition.value, "note": note})


def _codes_under(ruler: Ruler, code: str) -> frozenset[str]:
    """Return the scored indicators that are or hang under a node."""
    parents = {node.code: node.parent for node in ruler.framework.nodes}
    found: set[str] = set()
    for indicator in ruler.points:
        at: str | None = indicator
        while at is not None and at != code:
            at = parents[at]
        if at is not None:
            found.add(indicator)
    if not found:
        raise UnknownRule(f"指标体系中没有计分的指标“{code}”")
    return frozenset(found)


def _drop_indicator(ruler: Ruler, supposition: DropIndicator) -> Ruler:
    gone = _codes_under(ruler, supposition.code)
    kept = {code: parts for code, parts in ruler.points.items() if code not in gone}
    if not kept:
        raise AssessorError("不能去掉全部指标")
    return replace(ruler, points=_scaled(kept, ruler.full_mark, ruler.scheme.rounding.places))


def _set_weight(ruler: Ruler, supposition: SetWeight) -> Ruler:
    mine = _codes_under(ruler, supposition.code)
    places = ruler.scheme.rounding.places
    given = supposition.points
    others = {code: parts for code, parts in ruler.points.items() if code not in mine}
    if given >= ruler.full_mark or not others:
        raise AssessorError(
            f"“{supposition.code}”的分值须小于满分 {ruler.full_mark}，并给其他指标留有分值"
        )
    if given != round(given, places):
        raise AssessorError(f"分值最多 {places} 位小数，不能设为 {given}")
    own = {code: parts for code, parts in ruler.points.items() if code in mine}
    found = _scaled(own, given, places) | _scaled(others, ruler.full_mark - given, places)
    return replace(ruler, points={code: found[code] for code in ruler.points})


def _scaled(
    points: Mapping[str, tuple[Decimal, ...]], total: Decimal, places: int
) -> dict[str, tuple[Decimal, ...]]:
    """Scale parts to a sum by largest remainder over all of them."""
    shares = iter(apportion(total, [part for parts in points.values() for part in parts], places))
    return {code: tuple(next(shares) for _ in parts) for code, parts in points.items()}


def _swap_weights(ruler: Ruler, supposition: SwapWeights) -> Ruler:
    weight_set = ruler.rulebook.weight_set(supposition.weights, ruler.framework.id)
    points = part_points(ruler.framework, weight_set, ruler.scheme.rounding.places)
    return replace(ruler, weight_set=weight_set, points=points)
