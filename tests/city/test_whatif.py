"""Suppositions: everyone's score, rank and grade before and after, nobody else's bit moved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from schemas.city import (
    DropEntity,
    DropIndicator,
    SetPolicy,
    SetTarget,
    SetValue,
    SetWeight,
    Supposition,
    SwapWeights,
)
from scoring import assess
from scoring.panel import build_panel, single_removals
from scoring.whatif import City, assess_city, suppose, what_if

PROPERTY = settings(derandomize=True, max_examples=40, deadline=None, database=None)


@pytest.fixture(scope="module")
def city(make):
    """甲 85, 乙 75, 丙 30 of 100; 丙 is silent on B."""
    ruler = make.ruler_of({"A": 50, "B": 50}, weight_sets=[make.weights_of(X=80, Y=20)])
    values = {"甲县": {"a": 80, "b": 90}, "乙县": {"a": 90, "b": 60}, "丙县": {"a": 60}}
    return City(tuple(make.submission_of(name, given_) for name, given_ in values.items()), ruler)


def after(result):
    return {
        line.entity: (line.after.total_points, line.after.rank, line.after.grade)
        for line in result.lines
        if line.after is not None
    }


def test_nothing_supposed_changes_nothing(city):
    result = what_if(city, [])

    assert [line.entity for line in result.lines] == ["丙县", "乙县", "甲县"]
    assert all(line.before == line.after for line in result.lines)
    assert all(line.change == 0 for line in result.lines)
    assert after(result) == {
        "甲县": (85, 1, "良好"),
        "乙县": (75, 2, "合格"),
        "丙县": (30, 3, "不合格"),
    }


def test_other_value_moves_its_entity_alone(city):
    result = what_if(city, [SetValue(entity="丙县", item="b", value=100)])

    assert after(result) == {
        "甲县": (85, 1, "良好"),
        "乙县": (75, 3, "合格"),
        "丙县": (80, 2, "良好"),
    }
    assert [line.change for line in result.lines] == [50, 0, 0]
    assert result.before_ruler == result.after_ruler == city.ruler.digest


def test_value_taken_away_is_silence(city):
    result = what_if(city, [SetValue(entity="甲县", item="b")])

    assert after(result)["甲县"] == (40, 2, "不合格")


def test_supposed_value_replaces_fraction_and_claim(make):
    ruler = make.ruler_of({"A": 100})
    claimed = {"value": None, "numerator": 1, "denominator": 2, "is_claim": True}
    city = City((make.submission_of("甲县", {"a": claimed}),), ruler)
    answer = suppose(city, SetValue(entity="甲县", item="a", value=70)).submissions[0].answers[0]

    assert (answer.numerator, answer.denominator, answer.is_claim) == (None, None, False)
    assert after(what_if(city, [SetValue(entity="甲县", item="a", value=70)]))["甲县"][0] == 70


def test_other_target(city):
    # Against 50, b of 90 and 60 is full: 甲 40 + 50, 乙 45 + 50.
    result = what_if(city, [SetTarget(target="T-b", value=50)])

    assert after(result) == {
        "甲县": (90, 2, "优秀"),
        "乙县": (95, 1, "优秀"),
        "丙县": (30, 3, "不合格"),
    }
    assert result.after_ruler != result.before_ruler


def test_other_target_keeps_clause_and_source_and_says_it_is_supposed(city):
    changed = suppose(city, SetTarget(target="T-b", value=50))
    target = assess_city(changed)[0].indicators[1].parts[0].target

    assert (target.value, target.clause, target.source_title) == (50, "第一条", "自拟")
    assert target.note == "假设值"


def test_only_the_value_in_force_on_the_day_is_replaced(make):
    ruler = make.ruler_of({"A": 100}, targets={"a": {"2021-01-01": 100, "2025-01-01": 80}})
    city = City((make.submission_of("甲县", {"a": 40}, year=2024),), ruler)
    changed = suppose(city, SetTarget(target="T-a", value=50)).ruler.plans[0].targets[0]

    assert [value.value for value in changed.values] == [50, 80]


def test_other_weight_of_an_indicator_or_a_group(city):
    # A 80, B 20: 甲 64 + 18, 乙 72 + 12, 丙 48. Indicator A is alone in group X.
    expected = {
        "甲县": (82, 2, "良好"),
        "乙县": (84, 1, "良好"),
        "丙县": (48, 3, "不合格"),
    }

    assert after(what_if(city, [SetWeight(code="A", points=80)])) == expected
    assert after(what_if(city, [SetWeight(code="X", points=80)])) == expected
    assert after(what_if(city, [SwapWeights(weights="other")])) == expected


def test_weights_of_the_others_keep_their_ratio(make):
    ruler = make.ruler_of({"A": 40, "B": 40, "C": 20})
    found = suppose(City((), ruler), SetWeight(code="A", points=Decimal(70))).ruler.points

    assert found == {"A": (70,), "B": (20,), "C": (10,)}


def test_other_policy(city):
    result = what_if(city, [SetPolicy(policy="rescale")])

    assert after(result)["丙县"] == (60, 3, "合格")
    assert after(result)["甲县"][0] == 85


def test_policy_that_blocks_takes_total_and_rank(city):
    result = what_if(city, [SetPolicy(policy="block")])
    line = result.lines[0]

    assert (line.entity, line.after.total_points, line.after.rank) == ("丙县", None, None)
    assert line.change is None


def test_dropped_indicator_hands_its_points_to_the_rest(city):
    result = what_if(city, [DropIndicator(code="B")])

    assert after(result) == {
        "甲县": (80, 2, "良好"),
        "乙县": (90, 1, "优秀"),
        "丙县": (60, 3, "合格"),
    }


def test_dropped_entity_moves_ranks_but_no_score(city):
    result = what_if(city, [DropEntity(entity="甲县")])

    assert after(result) == {"乙县": (75, 1, "合格"), "丙县": (30, 2, "不合格")}
    assert [line.change for line in result.lines] == [0, 0, None]


def test_suppositions_follow_each_other(city):
    steps = [DropEntity(entity="乙县"), SetValue(entity="丙县", item="b", value=60)]
    result = what_if(city, [*steps, SetWeight(code="A", points=20)])

    # 甲 0.2 * 80 + 0.8 * 90, 丙 0.2 * 60 + 0.8 * 60
    assert after(result) == {"甲县": (88, 1, "良好"), "丙县": (60, 2, "合格")}


def test_city_itself_is_left_as_it_was(city):
    before = [one.model_dump_json() for one in assess_city(city)]
    what_if(city, [SetValue(entity="丙县", item="b", value=1), DropIndicator(code="A")])

    assert [one.model_dump_json() for one in assess_city(city)] == before


def test_every_change_of_rules_gives_another_ruler(city):
    changes = [
        SetTarget(target="T-b", value=50),
        SetTarget(target="T-b", value=51),
        SetWeight(code="A", points=80),
        SetPolicy(policy="rescale"),
        DropIndicator(code="A"),
        SwapWeights(weights="other"),
    ]
    digests = {suppose(city, one).ruler.digest for one in changes}

    assert len(digests | {city.ruler.digest}) == 7


@PROPERTY
@given(
    values=st.lists(
        st.lists(st.none() | st.decimals(0, 100, places=2), min_size=3, max_size=3),
        min_size=2,
        max_size=6,
    ),
    policy=st.sampled_from(["zero", "rescale", "floor"]),
    gone=st.integers(0, 5),
)
def test_removing_any_entity_leaves_every_other_result_bit_identical(make, values, policy, gone):
    ruler = make.ruler_of({"A": 41, "B": 37, "C": 22}, policy=policy)
    submissions = tuple(
        make.submission_of(f"{i}号县", dict(zip("abc", row, strict=True)))
        for i, row in enumerate(values)
    )
    city = City(submissions, ruler)
    name = f"{gone % len(values)}号县"
    before = {one.entity.name: one.model_dump_json() for one in assess_city(city)}
    rest = assess_city(suppose(city, DropEntity(entity=name)))
    shown = what_if(city, [DropEntity(entity=name)])
    del before[name]

    assert {one.entity.name: one.model_dump_json() for one in rest} == before
    for line in shown.lines:
        if line.entity == name:
            assert line.after is None
        else:
            assert line.after.total_points == line.before.total_points
            assert line.after.grade == line.before.grade
            assert line.after.rank is None or line.after.rank <= line.before.rank


@PROPERTY
@given(values=st.lists(st.none() | st.integers(0, 20).map(lambda n: n * 5), min_size=4, max_size=4))
def test_removal_in_arrays_is_the_engines_when_shares_print_exactly(make, values):
    # Full points of 25 and shares of 5 %: every printed share is the exact one.
    ruler = make.ruler_of(dict.fromkeys("ABCD", 25))
    city = City((make.submission_of("甲县", dict(zip("abcd", values, strict=True))),), ruler)
    panel = build_panel(assess_city(city))
    found = [panel.points(int(row[0])) for row in single_removals(panel)]

    for code, total in zip("ABCD", found, strict=True):
        changed = assess_city(suppose(city, DropIndicator(code=code)))[0]
        assert changed.totals.indicator_points == total


def test_review_and_day_stay_with_the_entity(make):
    ruler = make.ruler_of({"A": 100}, targets={"a": {"2021-01-01": 100, "2026-01-01": 50}})
    review = make.review_of("甲县", ("bonus", "P1"))
    city = City((make.submission_of("甲县", {"a": 40}),), ruler, {"甲县": review}, date(2026, 3, 1))

    # On the later day 40 of 50 is 80, and 2 of bonus.
    assert after(what_if(city, []))["甲县"][0] == 82
    assert after(what_if(city, [SetTarget(target="T-a", value=40)]))["甲县"][0] == 102


def test_suppositions_are_data():
    read = TypeAdapter(list[Supposition]).validate_json(
        '[{"kind":"set_weight","code":"A","points":"80"},{"kind":"drop_entity","entity":"甲县"}]'
    )

    assert read == [SetWeight(code="A", points=80), DropEntity(entity="甲县")]


def test_assessments_are_the_engines_own(city):
    expected = [assess(one, city.ruler).model_dump_json() for one in city.submissions]

    assert [one.model_dump_json() for one in assess_city(city)] == expected
