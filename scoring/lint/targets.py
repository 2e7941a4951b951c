"""Items and targets: references, sides, units and dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas.errors import RuleFault
from schemas.target import Comparator, DueBasis, Item, Source, Target, TargetSet, Unit
from scoring.library import Library, RuleFile
from scoring.lint.references import known_ids, unknown

_UPWARD = frozenset((Comparator.AT_LEAST, Comparator.ABOVE, Comparator.COUNT, Comparator.GROWTH))
_DOWNWARD = frozenset(
    (
        Comparator.AT_MOST,
        Comparator.BELOW,
        Comparator.ZERO,
        Comparator.DECLINE,
        Comparator.RELATIVE_AT_MOST,
    )
)
_WITHOUT_NUMBER = frozenset(
    (
        Comparator.EXISTS,
        Comparator.DECLINE,
        Comparator.GROWTH,
        Comparator.RELATIVE_AT_MOST,
        Comparator.RANK,
    )
)
_WITNESSED = frozenset(("yes_no", "tier", "day"))
"""Items that only record whether; a plan may ask for a number of them (每年1次)."""
_COUNTABLE = frozenset(("yes_no", "tier", "day", "count"))


def item_faults(library: Library) -> Iterator[RuleFault]:
    """Yield items whose unit is unknown."""
    units = known_ids(library, Unit)
    for file in library.files:
        for index, item in enumerate(file.models):
            if isinstance(item, Item) and item.unit not in units:
                yield unknown(file, "unit", item.unit, units, "items", index, "unit")


def target_faults(library: Library) -> Iterator[RuleFault]:
    """Yield faults of every target set."""
    items = {item.id: item for _, item in library.models(Item)}
    units = {unit.id: unit for _, unit in library.models(Unit)}
    sources = known_ids(library, Source)
    for file, plan in library.models(TargetSet):
        if plan.source not in sources:
            yield unknown(file, "source", plan.source, sources, "source")
        for index, target in enumerate(plan.targets):
            yield from _references(file, index, target, items, units, sources)
            yield from _dates(file, index, target, plan)
            if target.item in items and target.unit in units:
                yield from _fit(file, index, target, items[target.item], units)


def _references(  # noqa: PLR0913 - a target and everything it can name
    file: RuleFile,
    index: int,
    target: Target,
    items: Mapping[str, Item],
    units: Mapping[str, Unit],
    sources: set[str],
) -> Iterator[RuleFault]:
    path = ("targets", index)
    if target.item is not None and target.item not in items:
        yield unknown(file, "item", target.item, items, *path, "item")
    if target.unit not in units:
        yield unknown(file, "unit", target.unit, units, *path, "unit")
    for number, value in enumerate(target.values):
        if value.source is not None and value.source not in sources:
            yield unknown(file, "source", value.source, sources, *path, "values", number, "source")
        if value.value is None and not value.repealed and target.comparator not in _WITHOUT_NUMBER:
            message = f"comparator {target.comparator.value!r} needs a number"
            yield file.fault("field", message, *path, "values", number)
    needs = target.comparator in (Comparator.RELATIVE_AT_MOST, Comparator.RANK)
    if needs and target.item is not None and not target.benchmark:
        yield file.fault("unknown-reference", "a relative target names its benchmark", *path)


def _dates(file: RuleFile, index: int, target: Target, plan: TargetSet) -> Iterator[RuleFault]:
    previous = None
    for number, value in enumerate(target.values):
        path = ("targets", index, "values", number)
        start = value.effective_from
        if previous is not None and start <= previous:
            yield file.fault("date-order", f"{start} does not follow {previous}", *path)
        previous = start
        if not plan.period.start <= start <= plan.period.end:
            message = f"{start} lies outside the plan {plan.period.start}..{plan.period.end}"
            yield file.fault("date-order", message, *path)
        for due in (value.due, value.due_other):
            if due is not None and due < start:
                yield file.fault("date-order", f"due {due} before its first day {start}", *path)
        if value.due_other is not None and value.due is not None and value.due_other > value.due:
            message = f"due_other {value.due_other} after due {value.due}: due is the kinder one"
            yield file.fault("date-order", message, *path)
        if value.due is None and value.due_basis is DueBasis.STATED:
            yield file.fault("date-order", "due_basis stated without a due day", *path)


def _fit(
    file: RuleFile, index: int, target: Target, item: Item, units: Mapping[str, Unit]
) -> Iterator[RuleFault]:
    path, comparator = ("targets", index), target.comparator
    wrong = {"higher_is_better": _DOWNWARD, "lower_is_better": _UPWARD}
    if comparator in wrong.get(item.direction or "", frozenset()):
        message = f"{comparator.value!r} is on the wrong side: {item.id} is {item.direction}"
        yield file.fault("wrong-side", message, *path, "comparator")
    unit = units.get(item.unit)
    if unit is None or target.unit == item.unit:
        return
    if comparator is Comparator.RANK and target.unit == "rank":
        return
    if unit.dimension in _WITNESSED and units[target.unit].dimension in _COUNTABLE:
        return
    message = f"target in {target.unit!r}, item {item.id} in {item.unit!r}"
    yield file.fault("unit-mismatch", message, *path, "unit")
