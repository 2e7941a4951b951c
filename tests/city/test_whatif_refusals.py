"""Suppositions that name what does not exist, or do not fit, are refused in Chinese."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.city import (
    DropEntity,
    DropIndicator,
    SetPolicy,
    SetTarget,
    SetValue,
    SetWeight,
    SwapWeights,
)
from schemas.errors import AssessorError, UnknownRule
from scoring import make_ruler, shipped_rulebook
from scoring.ruler import Choice
from scoring.whatif import City, suppose


@pytest.fixture(scope="module")
def city(make):
    ruler = make.ruler_of({"A": 50, "B": 50})
    return City(
        tuple(make.submission_of(name, {"a": 80}) for name in ("甲县", "乙县", "丙县")), ruler
    )


@pytest.mark.parametrize(
    ("supposition", "message"),
    [
        (SetValue(entity="丁县", item="a", value=1), "没有单位“丁县”；现有：甲县、乙县、丙县"),
        (SetValue(entity="甲县", item="z", value=1), "没有填报项“z”"),
        (SetValue(entity="甲县", item="a", value=True), "a应为数字，不能设为“True”"),
        (SetValue(entity="甲县", item="a", value=101), "a的值 101% 超出允许范围"),
        (SetValue(entity="甲县", item="a", value=-1), "a的值 -1% 超出允许范围"),
        (DropEntity(entity="丁县"), "没有单位“丁县”"),
        (SetTarget(target="T-z", value=1), "没有目标“T-z”"),
        (SetTarget(target="T-a", value=1, plan="other"), "没有目标“T-a”"),
        (SetWeight(code="Q", points=1), "没有计分的指标“Q”"),
        (SetWeight(code="A", points=100), "分值须小于满分 100"),
        (SetWeight(code="A", points=Decimal("1.005")), "分值最多 2 位小数"),
        (SetPolicy(policy="mild"), "没有结果处理方式“mild”"),
        (DropIndicator(code="Q"), "没有计分的指标“Q”"),
        (SwapWeights(weights="none"), "没有指标体系 small 的权重方案“none”"),
    ],
    ids=lambda one: one.kind if hasattr(one, "kind") else "",
)
def test_supposition_that_does_not_fit_is_refused(city, supposition, message):
    with pytest.raises(AssessorError, match=message):
        suppose(city, supposition)


def test_last_indicator_can_neither_be_dropped_nor_weighed(make):
    city = City((), make.ruler_of({"A": 100}))

    with pytest.raises(AssessorError, match="不能去掉全部指标"):
        suppose(city, DropIndicator(code="A"))
    with pytest.raises(AssessorError, match="给其他指标留有分值"):
        suppose(city, SetWeight(code="A", points=50))


def test_target_without_a_number_on_the_day_is_refused(make):
    ruler = make.ruler_of({"A": 100}, targets={"a": {"2027-01-01": 50}})
    city = City((make.submission_of("甲县", {"a": 40}),), ruler)

    with pytest.raises(AssessorError, match="在 2025-12-31 没有可以改动的数值"):
        suppose(city, SetTarget(target="T-a", value=40))


def test_code_used_by_two_plans_asks_for_the_plan(city):
    twin = city.ruler.plans[0].model_copy(update={"id": "twin"})
    both = city._replace(ruler=make_two(city.ruler, twin))

    with pytest.raises(AssessorError, match="请指明：plan、twin"):
        suppose(both, SetTarget(target="T-a", value=1))
    changed = suppose(both, SetTarget(target="T-a", value=1, plan="twin")).ruler.plans

    assert [plan.targets[0].values[0].value for plan in changed] == [100, 1]


def make_two(ruler, twin):
    """Return the ruler with a second plan."""
    sets = {**ruler.rulebook.target_sets, "twin": twin}
    return make_ruler(
        type(ruler.rulebook)(**{**vars(ruler.rulebook), "target_sets": sets}),
        Choice(framework="small"),
    )


def test_yes_no_and_days_are_checked_by_their_unit(make):
    book = shipped_rulebook()
    kinds = {unit.dimension: unit.id for unit in book.units.values()}
    items = {
        name: next(item.id for item in book.items.values() if item.unit == kinds[name])
        for name in ("yes_no", "day")
    }
    city = City((make.submission_of("甲县", {}),), make_ruler(book, Choice()))

    for name, right, wrong in (("yes_no", True, 1), ("day", "2026-02-01", 1)):
        changed = suppose(city, SetValue(entity="甲县", item=items[name], value=right))
        assert changed.submissions[0].answers[0].item == items[name]
        with pytest.raises(AssessorError, match="不能设为“1”"):
            suppose(city, SetValue(entity="甲县", item=items[name], value=wrong))


def test_unknown_rule_is_the_error_for_names(city):
    with pytest.raises(UnknownRule, match="没有填报项"):
        suppose(city, SetValue(entity="甲县", item="z"))
