"""A ruler: rules resolved, points split, hashed. Two scores compare only under one ruler."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from schemas.base import Level, Model
from schemas.errors import UnknownRule
from schemas.framework import Blend, Framework, Node, Part, Policy, Scheme, WeightSet
from schemas.outcome import Outcome, PolicyAction, Reason
from schemas.result import PartScore, TargetInForce, UsedSource
from schemas.rules import items_of
from schemas.submission import Entity
from schemas.target import TargetSet
from scoring import wording
from scoring.comparison import suits
from scoring.resolve import ANY_REGION, Found, find_targets, is_due, plan_faults, standing_of
from scoring.rulebook import HOUSE, Rulebook
from scoring.weights import part_points

Mode = Literal["binding", "reference"]
_PLANS_KEPT = 64
"""Plans a ruler remembers; entities under the same plans by the same right share one."""


class Choice(NamedTuple):
    """What the user asked for; None means the default."""

    framework: str = "house-59"
    weights: str = HOUSE
    targets: tuple[str, ...] = ()
    """Plans chosen by name; empty means every plan that binds the entity."""
    policy: str | None = None
    blend: str = "report-only"


class PartPlan(NamedTuple):
    """One part of an indicator, ready to be scored."""

    indicator: Node
    code: str
    label: str
    part: Part
    items: tuple[str, ...]
    unit: str
    is_rate: bool
    words: str
    nominal: Decimal
    """Full points before any re-spreading."""
    benchmark: str
    """Key of the benchmark a relative target needs, else empty."""
    target: TargetInForce | None
    found: Found | None
    applies: bool
    line: dict[str, object]
    """What a result line of this part shows before anything is reported."""


class Plan(NamedTuple):
    """All parts as they stand for entities of one level and region on one day."""

    parts: tuple[PartPlan, ...]
    mode: Mode
    mode_reasons: tuple[str, ...]
    sources: tuple[UsedSource, ...]


@dataclass(frozen=True)
class Ruler:
    """Resolved rules of one choice; `plan` is worked out once per level, right and day."""

    rulebook: Rulebook
    framework: Framework
    scheme: Scheme
    weight_set: WeightSet | None
    plans: tuple[TargetSet, ...]
    chosen: frozenset[str]
    blend: Blend
    policy_id: str | None
    points: Mapping[str, tuple[Decimal, ...]]
    """Nominal points of each indicator's parts."""
    digest: str
    _cache: dict[tuple[object, ...], Plan] = field(default_factory=dict, compare=False, repr=False)

    @property
    def full_mark(self) -> Decimal:
        """Return the framework's full mark."""
        assert self.framework.full_mark is not None  # noqa: S101 - scorable frameworks have one
        return self.framework.full_mark

    def policy(self, mode: Mode) -> Policy:
        """Return the policy asked for, or the scheme's default for a mode."""
        wanted = self.policy_id or self.scheme.default_policy[mode]
        for policy in self.scheme.policies:
            if policy.id == wanted:
                return policy
        choices = "、".join(policy.id for policy in self.scheme.policies)
        raise UnknownRule(f"没有结果处理方式“{wanted}”；可用：{choices}")

    def plan(self, entity: Entity, period_end: date, as_of: date) -> Plan:
        """Return the parts with the targets in force for an entity on a day."""
        rights = tuple(standing_of(plan, entity) for plan in self.plans)
        key = (entity.level, rights, period_end, as_of)
        if key not in self._cache:
            if len(self._cache) >= _PLANS_KEPT:
                self._cache.clear()
            self._cache[key] = _plan(self, entity, period_end, as_of)
        return self._cache[key]


def make_ruler(rulebook: Rulebook, choice: Choice, framework: Framework | None = None) -> Ruler:
    """Resolve a choice of rules into a ruler.

    Args:
        rulebook: all rules known.
        choice: what to use.
        framework: used instead of the one named, e.g. read from a user's own file.

    Raises:
        UnknownRule: when a name does not exist; the message lists what does.
    """
    chosen = framework or rulebook.framework(choice.framework)
    scheme = rulebook.scheme(str(chosen.scheme))
    weight_set = rulebook.weight_set(choice.weights, chosen.id)
    named = [rulebook.target_set(set_id) for set_id in choice.targets]
    yardsticks = [plan for plan in rulebook.target_sets.values() if plan.region == ANY_REGION]
    plans = [*named, *yardsticks] if named else list(rulebook.target_sets.values())
    blend = next((one for one in scheme.blends if one.id == choice.blend), None)
    if blend is None:
        choices = "、".join(one.id for one in scheme.blends)
        raise UnknownRule(f"没有综合方式“{choice.blend}”；可用：{choices}")
    ruler = Ruler(
        rulebook=rulebook,
        framework=chosen,
        scheme=scheme,
        weight_set=weight_set,
        plans=tuple({plan.id: plan for plan in plans}.values()),
        chosen=frozenset(choice.targets),
        blend=blend,
        policy_id=choice.policy,
        points=part_points(chosen, weight_set, scheme.rounding.places),
        digest="",
    )
    ruler.policy("binding")
    return _stamped(ruler)


def action_for(policy: Policy, outcome: Outcome, reason: Reason) -> PolicyAction:
    """Return what a policy does with an outcome; a rule for the reason goes first."""
    for by_reason in policy.reasons:
        if by_reason.reason is reason:
            return by_reason.action
    for by_outcome in policy.outcomes:
        if by_outcome.outcome is outcome:
            return by_outcome.action
    return PolicyAction.BLOCK


def _plan(ruler: Ruler, entity: Entity, period_end: date, as_of: date) -> Plan:
    found = find_targets(ruler.plans, entity, as_of, ruler.chosen, period_end=period_end)
    by_item: dict[str, list[Found]] = {}
    for one in found:
        if one.target.item is not None:
            by_item.setdefault(one.target.item, []).append(one)
    parts = tuple(
        _part_plan(ruler, node, number, by_item, as_of, entity.level)
        for node in ruler.framework.nodes
        if node.code in ruler.points
        for number in range(len(node.scored_parts))
    )
    used = [part.found for part in parts if part.found is not None]
    standings = {one.standing for one in used}
    binds = bool(standings & {"own", "superior"}) and "reference" not in standings
    reasons: dict[str, None] = {}
    for one in used:
        if one.standing == "reference":
            for fault in plan_faults(one.plan, entity, period_end):
                reasons[f"{fault}:{one.plan.label}"] = None
    if not binds and not reasons:
        reasons["no_plan"] = None
    return Plan(parts, "binding" if binds else "reference", tuple(reasons), _sources(ruler, used))


def _part_plan(  # noqa: PLR0913 - the inner step of _plan
    ruler: Ruler,
    node: Node,
    number: int,
    by_item: Mapping[str, list[Found]],
    as_of: date,
    level: Level,
) -> PartPlan:
    part = node.scored_parts[number]
    rule, items = part.rule, items_of(part.rule)
    item = ruler.rulebook.items[items[0]]
    unit = ruler.rulebook.units[item.unit]
    own = items if rule.kind == "checklist" else items[:1]
    candidates = [one for name in own for one in by_item.get(name, ())]
    found = next((one for one in candidates if suits(rule.kind, one.target.comparator)), None)
    labels = {name: ruler.rulebook.items[name].label for name in items}
    single = len(node.scored_parts) == 1
    code = node.code if single else f"{node.code}.{number + 1}"
    label = part.label or (node.label if single or rule.kind == "checklist" else item.label)
    shown_unit = unit.label if unit.dimension not in ("yes_no", "tier", "day") else ""
    words = wording.rule_in_words(rule, labels, unit.label)
    nominal = ruler.points[node.code][number]
    return PartPlan(
        indicator=node,
        code=code,
        label=label,
        part=part,
        items=items,
        unit=shown_unit,
        is_rate=unit.id == "percent",
        words=words,
        nominal=nominal,
        benchmark=found.target.benchmark if found is not None else "",
        target=None if found is None else _in_force(ruler, found, as_of),
        found=found,
        applies=not node.levels or level in node.levels,
        line=blank_line(code, label, items[0], rule.kind, words, shown_unit, nominal),
    )


def blank_line(  # noqa: PLR0913 - the fixed fields of a line
    code: str, label: str, item: str, kind: str, words: str, unit: str, nominal: Decimal
) -> dict[str, object]:
    """Return every field of a result line as it is before anything is reported."""
    blank = PartScore(
        code=code,
        label=label,
        item=item,
        kind=kind,
        rule=words,
        unit=unit,
        outcome=Outcome.NOT_REPORTED,
        reason=Reason.SILENT,
        nominal_points=nominal,
        max_points=nominal,
        points=Decimal(0),
        points_lost=Decimal(0),
        low_points=Decimal(0),
        high_points=Decimal(0),
    )
    return dict(blank.__dict__)


def _in_force(ruler: Ruler, found: Found, as_of: date) -> TargetInForce:
    target, value, plan = found.target, found.value, found.plan
    unit = ruler.rulebook.units[target.unit]
    source = ruler.rulebook.sources[value.source or plan.source]
    return TargetInForce(
        id=target.id,
        label=target.label,
        plan=plan.id,
        plan_label=plan.label,
        standing=found.standing,
        comparator=target.comparator,
        value=value.value,
        words=wording.requirement(target, value, unit),
        unit=unit.label,
        clause=value.clause or target.clause,
        source_title=source.title,
        provenance=plan.provenance,
        force=target.force,
        effective_from=value.effective_from,
        due=value.due,
        due_other=value.due_other,
        due_basis=value.due_basis,
        is_due=is_due(value, as_of),
        note="；".join(note for note in (value.note, target.note) if note),
    )


def _sources(ruler: Ruler, used: list[Found]) -> tuple[UsedSource, ...]:
    ids = [ruler.framework.source, ruler.scheme.source]
    if ruler.weight_set is not None:
        ids.append(ruler.weight_set.source)
    ids += [one.value.source or one.plan.source for one in used]
    known = ruler.rulebook.sources
    return tuple(
        UsedSource(
            id=source.id,
            title=source.title,
            document_number=source.document_number,
            provenance=source.provenance,
            note=source.note,
        )
        for source in (known[source_id] for source_id in dict.fromkeys(ids))
    )


def _stamped(ruler: Ruler) -> Ruler:
    """Return the ruler with the SHA-256 of everything that can change a score."""
    book = ruler.rulebook
    items = sorted(
        {
            name
            for node in ruler.framework.nodes
            for part in node.scored_parts
            if node.is_indicator
            for name in items_of(part.rule)
        }
    )
    parts: list[Model | None] = [
        ruler.framework,
        ruler.scheme,
        ruler.weight_set,
        ruler.blend,
        *ruler.plans,
        *(book.items[name] for name in items),
        *(book.units[name] for name in sorted(book.units)),
    ]
    content = {
        "rules": [None if part is None else part.model_dump(mode="json") for part in parts],
        "policy": ruler.policy_id,
        "chosen": sorted(ruler.chosen),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Ruler(**{**vars(ruler), "digest": digest, "_cache": {}})
