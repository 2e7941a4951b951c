"""No gap and no conflict over the years the rules claim. Asserts nothing about the values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from schemas.base import Level
from schemas.errors import NoValueInForce
from schemas.submission import Entity
from schemas.target import DatedValue, Target, TargetSet
from scoring import Choice, Rulebook, make_ruler
from scoring.resolve import value_in_force
from scoring.ruler import Ruler

REGIONS = {
    Level.PROVINCE: ("浙江省",),
    Level.CITY: ("湖州市", "浙江省"),
    Level.COUNTY: ("嘉善县", "嘉兴市", "浙江省"),
    Level.TOWNSHIP: ("罗星街道", "嘉善县", "嘉兴市", "浙江省"),
    Level.DEPARTMENT: ("嘉善县", "嘉兴市", "浙江省"),
}


def _quarters(first: date, last: date) -> Iterator[date]:
    """Return the first and last day of a span and the first and last day of each quarter in it."""
    yield first
    for year in range(first.year, last.year + 1):
        for month in (1, 4, 7, 10):
            start = date(year, month, 1)
            for day in (start - timedelta(days=1), start):
                if first < day < last:
                    yield day
    yield last


def _in_force(target: Target, day: date) -> list[DatedValue]:
    """Return every value whose span holds a day, found without the product's own search."""
    ends = [value.effective_from for value in target.values[1:]] + [date.max]
    return [
        value
        for value, end in zip(target.values, ends, strict=True)
        if value.effective_from <= day < end
    ]


def _plans(book: Rulebook) -> list[TargetSet]:
    return list(book.target_sets.values())


def test_quarters_hold_both_ends_and_both_sides_of_each_turn() -> None:
    days = list(_quarters(date(2021, 1, 1), date(2021, 12, 31)))

    assert days == [
        date(2021, 1, 1),
        date(2021, 3, 31),
        date(2021, 4, 1),
        date(2021, 6, 30),
        date(2021, 7, 1),
        date(2021, 9, 30),
        date(2021, 10, 1),
        date(2021, 12, 31),
    ]


def test_every_target_has_one_value_or_a_repeal_in_every_quarter_of_its_plan(book) -> None:
    lacking = [
        (plan.id, target.id, day)
        for plan in _plans(book)
        for target in plan.targets
        for day in _quarters(plan.period.start, plan.period.end)
        if len(_in_force(target, day)) != 1
    ]

    assert lacking == []


def test_value_found_is_the_one_whose_span_holds_the_day(book) -> None:
    for plan in _plans(book):
        for target in plan.targets:
            for day in _quarters(plan.period.start, plan.period.end):
                (expected,) = _in_force(target, day)
                if not expected.repealed:
                    assert value_in_force(target, day) is expected


def test_before_its_first_day_a_target_has_no_value(book) -> None:
    for plan in _plans(book):
        eve = plan.period.start - timedelta(days=1)
        for target in plan.targets:
            with pytest.raises(NoValueInForce, match=f"{target.id} 在 {eve} 没有生效值"):
                value_in_force(target, eve)


def _rulers(book: Rulebook) -> Iterator[Ruler]:
    for framework in book.frameworks.values():
        if framework.status == "scorable":
            names = [w.id for w in book.weight_sets.values() if w.framework == framework.id]
            for weights in ("house", *names):
                yield make_ruler(book, Choice(framework=framework.id, weights=weights))


@pytest.mark.parametrize("level", Level)
def test_every_framework_resolves_for_every_level_in_every_quarter(book, level: Level) -> None:
    entity = Entity(name=REGIONS[level][0], level=level, regions=REGIONS[level])
    first = min(plan.period.start for plan in _plans(book))
    last = max(plan.period.end for plan in _plans(book))
    for ruler in _rulers(book):
        for day in _quarters(first, last):
            plan = ruler.plan(entity, date(day.year, 12, 31), day)

            assert {part.indicator.code for part in plan.parts} == set(ruler.points)
