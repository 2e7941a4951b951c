"""What the target sets hold, told without any outside list."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from schemas.base import Level
from schemas.target import Comparator, Force, Target
from scoring import Rulebook
from scoring.comparison import holds
from scoring.resolve import is_due, value_in_force


@pytest.fixture(scope="module")
def targets(book: Rulebook) -> dict[str, Target]:
    return {target.id: target for plan in book.target_sets.values() for target in plan.targets}


def test_number_of_targets_of_each_set(book: Rulebook) -> None:
    assert {plan.id: len(plan.targets) for plan in book.target_sets.values()} == {
        "jiashan-2021-2025": 53,
        "huzhou-14th-plan": 73,
        "district-scheme": 24,
        "benchmarks-house": 23,
    }


def test_kinds_of_the_150_plan_targets(book: Rulebook) -> None:
    kinds = Counter(
        target.kind
        for plan in book.target_sets.values()
        if plan.region != "*"
        for target in plan.targets
    )

    # 87 quantified rows, of which the implied 全覆盖 ones are told apart; 11 + 3 + 41 + 8 others.
    assert kinds["quantified"] + kinds["implied"] == 87
    assert (kinds["trend"], kinds["relative"]) == (11, 3)
    assert (kinds["boolean"], kinds["zero_tolerance"]) == (41, 8)


@pytest.mark.parametrize(
    ("target", "just_met", "just_missed"),
    [
        ("JS05", "2.99", "3"),
        ("HZ24", "2.99", "3"),
        ("HZ14", "2.99", "3"),
        ("HZ27", "7.99", "8"),
        ("HZ33", "0.49", "0.5"),
        ("HZ34", "0.159", "0.16"),
        ("HZ69", "29.9", "30"),
        ("JS19", "8", "8.01"),
        ("JS13", "98", "97.99"),
        ("HZ03", "60", "59.99"),
        ("HZ39", "5.5", "5.49"),
        ("JS03", "3.5", "3.49"),
        ("JS20", "80", "79"),
        ("JS29", "60", "59.9"),
        ("JS17", "100", "99.99"),
        ("JS37", "0", "1"),
    ],
)
def test_below_is_strict_and_up_to_includes_the_number(
    targets: dict[str, Target], target: str, just_met: str, just_missed: str
) -> None:
    one = targets[target]
    (value,) = one.values

    assert holds(one.comparator, Decimal(just_met), value.value)
    assert not holds(one.comparator, Decimal(just_missed), value.value)


def test_only_clauses_that_say_below_are_strict(targets: dict[str, Target]) -> None:
    strict = {one.id for one in targets.values() if one.comparator is Comparator.BELOW}

    assert strict == {"JS05", "HZ14", "HZ24", "HZ27", "HZ33", "HZ34", "HZ69"}


def test_hopes_are_told_from_duties(targets: dict[str, Target]) -> None:
    hopes = {one.id for one in targets.values() if one.force is Force.ASPIRATIONAL}

    assert hopes == {"JS17", "JS18", "JS19", "HZ01"}


@pytest.mark.parametrize(
    ("target", "due"),
    [
        ("JS09", date(2022, 12, 31)),
        ("JS12", date(2022, 12, 31)),
        ("HZ47", date(2022, 12, 31)),
        ("CQ01", date(2022, 12, 31)),
        ("JS34", date(2023, 12, 31)),
        ("JS13", date(2025, 12, 31)),
    ],
)
def test_target_is_judged_from_its_due_day_on(
    targets: dict[str, Target], target: str, due: date
) -> None:
    value = value_in_force(targets[target], due)

    assert not is_due(value, due.replace(day=30))
    assert is_due(value, due)
    assert is_due(value, due.replace(year=due.year + 1, month=1, day=1))


@pytest.mark.parametrize("target", ["JS21", "JS22"])
def test_ambiguous_date_keeps_both_readings_and_says_so(
    targets: dict[str, Target], target: str
) -> None:
    (value,) = targets[target].values

    assert (value.due, value.due_other) == (date(2023, 12, 31), date(2022, 12, 31))
    assert "两种读法" in value.note


def test_every_other_date_has_one_reading(targets: dict[str, Target]) -> None:
    two = {one.id for one in targets.values() for value in one.values if value.due_other}

    assert two == {"JS21", "JS22"}


def test_same_indicator_has_another_target_in_another_plan(targets: dict[str, Target]) -> None:
    asked = {
        name: (targets[name].comparator.value, str(targets[name].values[0].value))
        for name in ("JS03", "HZ39", "JS04", "HZ40", "JS19", "HZ27")
    }

    assert asked == {
        "JS03": (">=", "3.5"),
        "HZ39": (">=", "5.5"),
        "JS04": ("=", "100"),
        "HZ40": (">=", "90"),
        "JS19": ("<=", "8"),
        "HZ27": ("<", "8"),
    }


def test_law_making_targets_bind_cities_only(targets: dict[str, Target]) -> None:
    assert {targets[name].levels for name in ("HZ15", "HZ16")} == {(Level.CITY,)}


def test_benchmarks_bind_nobody_and_are_our_own(book: Rulebook) -> None:
    plan = book.target_sets["benchmarks-house"]

    assert (plan.region, plan.provenance.value) == ("*", "house")
    assert all(set(one.levels) == set(Level) for one in plan.targets)
    assert all(one.clause.startswith("内部基准") for one in plan.targets)
