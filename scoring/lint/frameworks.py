"""Frameworks and weight sets: tree, points, rules against items and targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from schemas.errors import RuleFault
from schemas.framework import Framework, Node, Scheme, WeightSet
from schemas.rules import (
    Count,
    Deduction,
    LowerIsBetter,
    Proportional,
    Relative,
    Rule,
    Trend,
    items_of,
)
from schemas.target import Comparator, Item, Source, TargetSet, Unit
from scoring.library import Library, RuleFile
from scoring.lint.references import Path, known_ids, unknown
from scoring.rulebook import HOUSE

_NUMERIC = frozenset(("rate", "count", "density", "time", "money"))
_DIMENSIONS: Mapping[str, frozenset[str]] = {
    "proportional": _NUMERIC,
    "lower_is_better": _NUMERIC,
    "count": _NUMERIC,
    "trend": _NUMERIC,
    "relative": _NUMERIC,
    "deduction": frozenset(("count",)),
    "checklist": frozenset(("yes_no",)),
    "tiered": frozenset(("tier",)),
    "deadline": frozenset(("day",)),
}
_HUNDRED = Decimal(100)


def framework_faults(library: Library) -> Iterator[RuleFault]:
    """Yield faults of every framework: references, tree, sums, rules on the wrong side."""
    sources, schemes = known_ids(library, Source), known_ids(library, Scheme)
    items = {item.id: item for _, item in library.models(Item)}
    units = {unit.id: unit for _, unit in library.models(Unit)}
    limits = _limits(library)
    for file, framework in library.models(Framework):
        if framework.source not in sources:
            yield unknown(file, "source", framework.source, sources, "source")
        if framework.scheme is not None and framework.scheme not in schemes:
            yield unknown(file, "scheme", framework.scheme, schemes, "scheme")
        for number, count in enumerate(framework.counts):
            if count.source not in sources:
                yield unknown(file, "source", count.source, sources, "counts", number, "source")
        yield from _tree(file, framework)
        yield from _sums(file, framework)
        for index, node in enumerate(framework.nodes):
            for path, rule in _rules(index, node):
                yield from _rule(file, path, rule, items, units)
                yield from _reach(file, path, rule, limits)


def weight_faults(library: Library) -> Iterator[RuleFault]:
    """Yield faults of every weight set: unknown codes, left-out dimensions, sums."""
    sources = known_ids(library, Source)
    frameworks = {framework.id: framework for _, framework in library.models(Framework)}
    for file, weights in library.models(WeightSet):
        if weights.source not in sources:
            yield unknown(file, "source", weights.source, sources, "source")
        if weights.id == HOUSE:
            message = f"{HOUSE!r} is kept for the framework's own points"
            yield file.fault("duplicate-id", message, "id")
        framework = frameworks.get(weights.framework)
        if framework is None:
            yield unknown(file, "framework", weights.framework, frameworks, "framework")
            continue
        yield from _weights(file, weights, framework)


def _weights(file: RuleFile, weights: WeightSet, framework: Framework) -> Iterator[RuleFault]:
    tops = {node.code for node in framework.nodes if node.parent is None}
    rows = [("weights", i, row.code) for i, row in enumerate(weights.weights)]
    rows += [("excluded", i, row.code) for i, row in enumerate(weights.excluded)]
    seen: set[str] = set()
    for group, index, code in rows:
        if code not in tops:
            yield unknown(file, "first-level node", code, tops, group, index, "code")
        elif code in seen:
            yield file.fault("duplicate-id", f"{code!r} stands twice", group, index, "code")
        seen.add(code)
    for code in sorted(tops - seen):
        yield file.fault("sum", f"{code!r} has no weight and is not excluded", "weights")
    total = sum((row.weight for row in weights.weights), Decimal(0))
    if total != _HUNDRED:
        yield file.fault("sum", f"the weights sum to {total}, not 100", "weights")


def _tree(file: RuleFile, framework: Framework) -> Iterator[RuleFault]:
    parents = {node.code: node.parent for node in framework.nodes}
    with_children = set(parents.values())
    for index, node in enumerate(framework.nodes):
        path = ("nodes", index)
        if node.parent is not None and node.parent not in parents:
            yield unknown(file, "parent", node.parent, parents, *path, "parent")
        bare = not node.is_indicator and node.code not in with_children
        if bare and framework.status == "scorable":
            yield file.fault("empty-group", f"{node.code!r} has neither rule nor children", *path)
        if node.is_indicator and node.code in with_children:
            yield file.fault("empty-group", f"{node.code!r} has both a rule and children", *path)
        if _is_cyclic(node.code, parents):
            yield file.fault("cycle", f"{node.code!r} is its own ancestor", *path, "parent")
        elif _depth(node.code, parents) > 3:
            yield file.fault("cycle", f"{node.code!r} lies deeper than three levels", *path)


def _is_cyclic(code: str, parents: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    step: str | None = code
    while step is not None and step in parents:
        if step in seen:
            return True
        seen.add(step)
        step = parents[step]
    return False


def _depth(code: str, parents: Mapping[str, str | None]) -> int:
    depth, step = 1, parents.get(code)
    while step is not None:
        depth, step = depth + 1, parents.get(step)
    return depth


def _sums(file: RuleFile, framework: Framework) -> Iterator[RuleFault]:
    parents = {node.code: node.parent for node in framework.nodes}
    if any(_is_cyclic(code, parents) for code in parents):
        return
    sums: dict[str | None, Decimal] = {}
    for node in framework.nodes:
        if node.is_indicator and node.points is not None:
            step: str | None = node.code
            while step is not None:
                step = parents.get(step)
                sums[step] = sums.get(step, Decimal(0)) + node.points
    for index, node in enumerate(framework.nodes):
        if node.is_indicator or node.points is None:
            continue
        found = sums.get(node.code, Decimal(0))
        if found != node.points:
            message = f"{node.code!r} declares {node.points} points, its indicators sum to {found}"
            yield file.fault("sum", message, "nodes", index, "points")
    if framework.full_mark is not None and sums.get(None, Decimal(0)) != framework.full_mark:
        found = sums.get(None, Decimal(0))
        message = f"full_mark is {framework.full_mark}, the indicators sum to {found}"
        yield file.fault("sum", message, "full_mark")


def _rules(index: int, node: Node) -> Iterator[tuple[Path, Rule]]:
    if node.rule is not None:
        yield ("nodes", index, "rule"), node.rule
    for number, part in enumerate(node.parts):
        yield ("nodes", index, "parts", number, "rule"), part.rule


def _rule(
    file: RuleFile,
    path: Path,
    rule: Rule,
    items: Mapping[str, Item],
    units: Mapping[str, Unit],
) -> Iterator[RuleFault]:
    for name in items_of(rule):
        if name not in items:
            yield unknown(file, "item", name, items, *path)
    wanted = _direction(rule)
    for item in (items[name] for name in _scored_items(rule) if name in items):
        if item.unit not in units:
            continue
        dimension = units[item.unit].dimension
        if dimension not in _DIMENSIONS.get(rule.kind, {dimension}):
            message = f"kind {rule.kind!r} cannot read {item.id} in {item.unit!r}"
            yield file.fault("unit-mismatch", message, *path)
        if wanted and item.direction and wanted != item.direction:
            message = f"kind {rule.kind!r} takes {wanted}, but {item.id} is {item.direction}"
            yield file.fault("wrong-side", message, *path)


def _scored_items(rule: Rule) -> tuple[str, ...]:
    """Return the items that can earn points; those only `related` never do."""
    related = rule.related if isinstance(rule, Proportional | Count) else ()
    return tuple(name for name in items_of(rule) if name not in related)


def _direction(rule: Rule) -> str:
    if isinstance(rule, Proportional | Count):
        return "higher_is_better"
    if isinstance(rule, LowerIsBetter | Deduction):
        return "lower_is_better"
    if isinstance(rule, Trend):
        return "lower_is_better" if rule.improves == "down" else "higher_is_better"
    return rule.direction if isinstance(rule, Relative) and not rule.rank_table else ""


def _limits(library: Library) -> dict[str, list[tuple[str, Decimal]]]:
    """Return the numbers targets ask of each item, with where they come from."""
    skip = (Comparator.EXISTS, Comparator.RANK, Comparator.DECLINE, Comparator.GROWTH)
    found: dict[str, list[tuple[str, Decimal]]] = {}
    for _, plan in library.models(TargetSet):
        for target in plan.targets:
            if target.item is None or target.comparator in skip:
                continue
            for value in target.values:
                if value.value is not None:
                    found.setdefault(target.item, []).append((target.id, value.value))
    return found


def _reach(
    file: RuleFile, path: Path, rule: Rule, limits: Mapping[str, list[tuple[str, Decimal]]]
) -> Iterator[RuleFault]:
    """Yield floors and zero points that no target of the item lies beyond.

    One low target of a user's own plan is no fault: short of it there are simply no points.
    """
    if isinstance(rule, Proportional) and rule.floor is not None:
        asked = limits.get(rule.item, ())
        if all(rule.floor >= value for _, value in asked):
            for target, value in asked:
                message = f"floor {rule.floor} is not below target {target} ({value})"
                yield file.fault("wrong-side", message, *path, "floor")
    if isinstance(rule, LowerIsBetter) and rule.zero_at is not None:
        asked = limits.get(rule.item, ())
        if all(rule.zero_at <= value for _, value in asked):
            for target, value in asked:
                message = f"zero_at {rule.zero_at} is not above target {target} ({value})"
                yield file.fault("wrong-side", message, *path, "zero_at")
