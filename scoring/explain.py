"""Questions to the rules: what an indicator asks, which targets stand on a day, what there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from schemas.base import Level
from schemas.errors import NoValueInForce, UnknownRule
from schemas.explanation import (
    Explanation,
    FrameworkEntry,
    ItemText,
    PointsUnder,
    TargetEntry,
    UseOfItem,
)
from schemas.framework import Framework, Node, WeightSet
from schemas.rules import items_of
from schemas.target import DatedValue, Item, Target, TargetSet
from scoring.resolve import ANY_REGION, value_in_force
from scoring.rulebook import HOUSE, Rulebook
from scoring.weights import indicator_points
from scoring.wording import OWN_POINTS, requirement, rule_in_words

MAX_CLOSE = 5
_PLACES = 2


def explain(book: Rulebook, query: str) -> Explanation:
    """Explain an indicator or item, by code, id, full label or part of a label.

    Args:
        book: all rules.
        query: `F1`, `head-appearance-rate`, `出庭应诉率`; the exact match goes first.

    Returns:
        Items, their use in every scorable framework, and all dated targets with clauses.

    Raises:
        UnknownRule: when nothing matches; the message names what comes close.
    """
    wanted = query.strip()
    nodes = [
        (framework, node)
        for framework in book.frameworks.values()
        if framework.status == "scorable"
        for node in framework.nodes
        if node.is_indicator
    ]
    items = _matching_items(book, nodes, wanted)
    uses = [
        (framework, node)
        for framework, node in nodes
        if _matches(node.code, node.label, wanted) or items.keys() & set(_items(node))
    ]
    targets = tuple(
        _entry(book, plan, target, value)
        for plan in _plans(book.target_sets.values())
        for target in plan.targets
        if target.item in items or wanted == target.id
        for value in target.values
    )
    if not items and not uses and not targets:
        raise _nothing(book, nodes, wanted)
    return Explanation(
        query=wanted,
        items=tuple(_item_text(book, item) for item in items.values()),
        uses=tuple(_use(book, framework, node) for framework, node in uses),
        targets=targets,
    )


def targets_on(
    book: Rulebook,
    day: date,
    *,
    regions: tuple[str, ...] = (),
    level: Level | None = None,
    plans: tuple[str, ...] = (),
) -> tuple[TargetEntry, ...]:
    """Return the targets in force on a day, in plan order.

    Args:
        book: all rules.
        day: a plan counts from its first to its last day, both inclusive.
        regions: the entity's region and those above it; empty means every plan.
        level: keep targets that bind entities of this level.
        plans: keep these target sets only.

    Raises:
        UnknownRule: a plan that does not exist.
    """
    chosen = _plans([book.target_set(name) for name in plans] or book.target_sets.values())
    return tuple(
        entry
        for plan in chosen
        if plan.period.start <= day <= plan.period.end
        if not regions or plan.region == ANY_REGION or plan.region in regions
        for entry in _in_force(book, plan, day, level)
    )


def frameworks(book: Rulebook) -> tuple[FrameworkEntry, ...]:
    """Return every framework with its editions, counts and weight sets."""
    return tuple(_framework(book, one) for one in book.frameworks.values())


def _plans(plans: Iterable[TargetSet]) -> list[TargetSet]:
    """Return plans in their order, benchmarks that bind nobody after them."""
    return sorted(plans, key=lambda plan: plan.region == ANY_REGION)


def _in_force(
    book: Rulebook, plan: TargetSet, day: date, level: Level | None
) -> Iterator[TargetEntry]:
    for target in plan.targets:
        if level is not None and level not in target.levels:
            continue
        try:
            value = value_in_force(target, day)
        except NoValueInForce:
            continue
        yield _entry(book, plan, target, value)


def _matches(code: str, label: str, wanted: str) -> bool:
    return wanted in (code, label) or (len(wanted) > 1 and wanted in label)


def _items(node: Node) -> list[str]:
    return [name for part in node.scored_parts for name in items_of(part.rule)]


def _matching_items(
    book: Rulebook, nodes: list[tuple[Framework, Node]], wanted: str
) -> dict[str, Item]:
    """Return matching items, exact ones first; an indicator's code or target id brings its own."""
    named = [
        name for _, node in nodes if wanted in (node.code, node.label) for name in _items(node)
    ]
    named += [
        target.item
        for plan in book.target_sets.values()
        for target in plan.targets
        if target.id == wanted and target.item is not None
    ]
    exact = [item.id for item in book.items.values() if wanted in (item.id, item.label)]
    if not named and not exact:
        exact = [item.id for item in book.items.values() if _matches(item.id, item.label, wanted)]
    return {name: book.items[name] for name in (*exact, *named)}


def _nothing(book: Rulebook, nodes: list[tuple[Framework, Node]], wanted: str) -> UnknownRule:
    labels = {item.label for item in book.items.values()} | {node.label for _, node in nodes}
    names = labels | set(book.items) | {node.code for _, node in nodes}
    close = get_close_matches(wanted, sorted(names), n=MAX_CLOSE, cutoff=0.4)
    hint = f"；相近的有：{'、'.join(close)}" if close else "；可用 assessor frameworks 查看指标体系"
    return UnknownRule(f"没有名为“{wanted}”的指标或填报项{hint}")


def _item_text(book: Rulebook, item: Item) -> ItemText:
    return ItemText(
        id=item.id,
        label=item.label,
        unit=book.units[item.unit].label,
        definition=item.definition,
        numerator=item.numerator,
        denominator=item.denominator,
        evidence=item.evidence,
    )


def _use(book: Rulebook, framework: Framework, node: Node) -> UseOfItem:
    return UseOfItem(
        framework=framework.id,
        edition=framework.edition,
        code=node.code,
        label=node.label,
        core=node.core,
        rules=tuple(_words(book, node)),
        items=tuple(dict.fromkeys(_items(node))),
        points=tuple(_points(book, framework, node)),
        remedy=node.remedy,
        owner=node.owner,
    )


def _words(book: Rulebook, node: Node) -> Iterator[str]:
    for part in node.scored_parts:
        names = items_of(part.rule)
        labels = {name: book.items[name].label for name in names}
        unit = book.units[book.items[names[0]].unit].label
        head = f"{part.label or labels[names[0]]}：" if len(node.scored_parts) > 1 else ""
        yield head + rule_in_words(part.rule, labels, unit)


def _points(book: Rulebook, framework: Framework, node: Node) -> Iterator[PointsUnder]:
    for weight_set in (None, *_weight_sets(book, framework)):
        points = indicator_points(framework, weight_set, _PLACES).get(node.code)
        yield _points_under(framework, weight_set, points)


def _weight_sets(book: Rulebook, framework: Framework) -> list[WeightSet]:
    return [one for one in book.weight_sets.values() if one.framework == framework.id]


def _points_under(
    framework: Framework, weight_set: WeightSet | None, points: Decimal | None
) -> PointsUnder:
    if weight_set is None:
        return PointsUnder(
            weight_set=HOUSE, label=OWN_POINTS, provenance=framework.provenance, points=points
        )
    return PointsUnder(
        weight_set=weight_set.id,
        label=weight_set.label,
        provenance=weight_set.provenance,
        points=points,
    )


def _entry(book: Rulebook, plan: TargetSet, target: Target, value: DatedValue) -> TargetEntry:
    return TargetEntry(
        id=target.id,
        label=target.label,
        item=target.item or "",
        plan=plan.id,
        plan_label=plan.label,
        region=plan.region,
        comparator=target.comparator,
        value=value.value,
        words="已废止" if value.repealed else requirement(target, value, book.units[target.unit]),
        effective_from=value.effective_from,
        due=value.due,
        due_other=value.due_other,
        due_basis=value.due_basis,
        levels=target.levels,
        force=target.force,
        clause=value.clause or target.clause,
        source_title=book.sources[value.source or plan.source].title,
        provenance=plan.provenance,
        checked_on=plan.checked_on,
        scope=target.scope,
        outside=target.outside,
        repealed=value.repealed,
        note="；".join(note for note in (value.note, target.note) if note),
    )


def _framework(book: Rulebook, framework: Framework) -> FrameworkEntry:
    parents = {node.code: node.parent for node in framework.nodes}
    known = {count.level: count.count for count in framework.counts}
    depths = [_depth(code, parents) for code in parents]
    deepest = max((*known, *depths), default=0)
    scorable = framework.status == "scorable"
    return FrameworkEntry(
        id=framework.id,
        edition=framework.edition,
        label=framework.label,
        status=framework.status,
        provenance=framework.provenance,
        checked_on=framework.checked_on,
        full_mark=framework.full_mark,
        n_by_level=tuple(known.get(n) or depths.count(n) for n in range(1, deepest + 1)),
        weight_sets=tuple(
            _points_under(framework, one, framework.full_mark)
            for one in (None, *_weight_sets(book, framework))
        )
        if scorable
        else (),
        note=framework.note,
    )


def _depth(code: str, parents: Mapping[str, str | None]) -> int:
    depth, step = 1, parents[code]
    while step is not None:
        depth, step = depth + 1, parents[step]
    return depth
