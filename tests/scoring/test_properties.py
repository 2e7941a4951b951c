"""What holds whatever is submitted: bounds, order, sums, round trip, direction of change."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.result import Assessment
from schemas.submission import Submission
from scoring import assess

PROPERTY = settings(derandomize=True, max_examples=60, deadline=None, database=None)
POLICIES = ("zero", "rescale", "floor")
PERCENT = st.decimals(0, 100, places=2)
COUNTS = st.integers(0, 200).map(Decimal)
CAUSE = {"not_applicable_because": "无此事项"}


def answer(value, **fields):
    """Return a strategy of one item's answer: silent, words, weak, not applicable, or valued."""
    valued = st.fixed_dictionaries({"value": value, **fields})
    claimed = st.fixed_dictionaries({"value": value, "is_claim": st.booleans()})
    words = st.just({"evidence": [{"quote": "有所推进"}]})
    return st.one_of(
        st.none(), words, st.just({"is_weakness": True}), st.just(CAUSE), valued, claimed
    )


ANSWERS = st.fixed_dictionaries(
    {
        "rate": answer(PERCENT),
        "slope": answer(PERCENT),
        "loss": answer(PERCENT),
        "heads": answer(COUNTS),
        "a": answer(st.booleans()),
        "b": answer(st.booleans()),
        "c": answer(st.booleans()),
        "tier": answer(st.integers(0, 3)),
        "cases": answer(st.integers(0, 5)),
        "volume": answer(PERCENT, previous=PERCENT),
        "done": answer(st.dates().map(str)),
        "near": answer(PERCENT),
    }
).map(lambda found: {item: given_ for item, given_ in found.items() if given_ is not None})


@pytest.fixture(scope="module")
def ruler_for(make):
    """Give the ruler of a policy over a small framework of every kind, in three groups."""
    indicators = [
        ("R", 20, {"kind": "proportional", "item": "rate", "floor": 60}),
        ("L", 15, {"kind": "lower_is_better", "item": "loss"}),
        ("H", 12, {"kind": "count", "item": "heads"}),
        ("K", 11, {"kind": "checklist", "items": ["a", "b", "c"]}),
        ("T", 9, {"kind": "tiered", "item": "tier"}),
        ("D", 8, {"kind": "deduction", "item": "cases", "each": 30, "cap": 80}),
        ("V", 7, {"kind": "trend", "item": "volume", "improves": "down", "tolerance": 1}),
        ("P", 6, {"kind": "deadline", "item": "done", "month": 4, "day": 1, "grace_days": 9}),
        ("N", 5, {"kind": "relative", "item": "near", "direction": "within_range", "band": 3}),
        ("E", 4, {"kind": "expert", "item": "e1"}),
    ]
    groups = ("X", "X", "X", "Y", "Y", "Y", "Z", "Z", "Z", "Z")
    rows = [
        {"code": code, "points": points, "rule": rule, "parent": group, "core": group == "X"}
        for (code, points, rule), group in zip(indicators, groups, strict=True)
    ]
    parts = [
        {"rule": {"kind": "proportional", "item": "slope", "floor": 0}, "share": 2},
        {"rule": {"kind": "trend", "item": "volume", "improves": "down"}},
    ]
    rows.append({"code": "M", "points": 3, "parts": parts, "parent": "Z"})
    targets = [
        {"item": "rate", "comparator": ">=", "value": 95, "due": "2024-12-31"},
        {"item": "slope", "comparator": ">=", "value": 90},
        {"item": "loss", "comparator": "<", "value": 8},
        {"item": "heads", "comparator": "count", "value": 80},
    ]
    schemes = {name: make.scheme_of(policies=[make.policy_of(action=name)]) for name in POLICIES}
    rulers = {
        name: make.ruler_of(rows, targets=targets, scheme=scheme)
        for name, scheme in schemes.items()
    }

    def of_policy(name):
        return rulers[name]

    return of_policy


def submission(make, answers, year=2025):
    benchmarks = [{"key": "near", "value": 20, "source": "通报"}]
    self_scores = [{"code": "R", "points": 9}, {"code": "L", "points": 8}]
    return make.submission_of(answers, year=year, benchmarks=benchmarks, self_scores=self_scores)


@pytest.mark.parametrize("policy", POLICIES)
@PROPERTY
@given(answers=ANSWERS, year=st.sampled_from([2023, 2025]))
def test_points_stay_between_nothing_and_full(make, ruler_for, policy, answers, year):
    result = assess(submission(make, answers, year), ruler_for(policy))
    lines = [*result.indicators, *(part for one in result.indicators for part in one.parts)]

    assert all(0 <= line.points <= line.max_points for line in lines)
    assert all(line.points_lost == line.max_points - line.points for line in lines)
    assert all(
        part.low_points <= part.high_points for one in result.indicators for part in one.parts
    )
    assert all(line.points_to_gain >= 0 for line in result.indicators)


@pytest.mark.parametrize("policy", POLICIES)
@PROPERTY
@given(answers=ANSWERS, year=st.sampled_from([2023, 2025]))
def test_contributions_sum_to_the_total(make, ruler_for, policy, answers, year):
    result = assess(submission(make, answers, year), ruler_for(policy))
    indicators = result.indicators
    full = 100 if any(line.max_points for line in indicators) else 0

    assert sum(line.points for line in indicators) == result.totals.indicator_points
    assert result.totals.total_points in (None, result.totals.indicator_points)
    assert sum(line.max_points for line in indicators) == full
    assert sum(node.points for node in result.nodes) == result.totals.indicator_points
    for line in indicators:
        assert line.points == sum(part.points for part in line.parts)
        assert line.max_points == sum(part.max_points for part in line.parts)
        assert line.nominal_points == sum(part.nominal_points for part in line.parts)
    for node in result.nodes:
        mine = [line for line in indicators if line.parent == node.code]

        assert node.points == sum(line.points for line in mine)
        assert node.max_points == sum(line.max_points for line in mine)
        assert node.nominal_points == sum(line.nominal_points for line in mine)


@pytest.mark.parametrize("policy", POLICIES)
@PROPERTY
@given(answers=ANSWERS)
def test_total_lies_within_its_bounds(make, ruler_for, policy, answers):
    totals = assess(submission(make, answers), ruler_for(policy)).totals
    total = totals.low_points if totals.total_points is None else totals.total_points

    assert 0 <= totals.low_points <= total <= totals.high_points <= 100


@PROPERTY
@given(answers=ANSWERS, seed=st.integers(0, 999))
def test_order_of_the_input_changes_no_byte(make, ruler_for, answers, seed):
    given_ = submission(make, answers)
    mixed = given_.model_dump(by_alias=True)
    for name in ("answers", "benchmarks", "self_scores"):
        rows = list(mixed[name])
        random.Random(seed).shuffle(rows)  # noqa: S311 - no secret
        mixed[name] = rows
    first = assess(given_, ruler_for("rescale")).model_dump_json()
    second = assess(Submission.model_validate(mixed), ruler_for("rescale")).model_dump_json()

    assert first == second


def test_order_of_review_entries_changes_no_byte(make):
    scheme = make.scheme_of(
        bonuses=[
            {"code": "P1", "label": "甲", "rate": 2},
            {"code": "P2", "label": "乙", "rate": 2},
        ],
        bonus_cap=3,
        vetoes=[
            {"code": "V1", "label": "甲", "effect": "cap_grade", "cap": "合格"},
            {"code": "V2", "label": "乙", "effect": "cap_grade", "cap": "良好"},
        ],
    )
    ruler = make.ruler_of(make.experts_of(60, 40), scheme=scheme)
    entries = make.expert_entries(90, 80)
    entries += [{"kind": "bonus", "code": code} for code in ("P2", "P1")]
    entries += [{"kind": "veto", "code": code} for code in ("V2", "V1")]
    first = make.score(ruler, review=entries).model_dump_json()
    second = make.score(ruler, review=entries[::-1]).model_dump_json()

    assert first == second


@pytest.mark.parametrize("policy", POLICIES)
@PROPERTY
@given(answers=ANSWERS, year=st.sampled_from([2023, 2025]))
def test_result_survives_a_json_round_trip(make, ruler_for, policy, answers, year):
    text = assess(submission(make, answers, year), ruler_for(policy)).model_dump_json()

    assert Assessment.model_validate_json(text).model_dump_json() == text


@PROPERTY
@given(answers=ANSWERS)
def test_scoring_twice_gives_the_same_bytes(make, ruler_for, answers):
    once, again = (assess(submission(make, answers), ruler_for("zero")) for _ in range(2))

    assert once.model_dump_json() == again.model_dump_json()


@PROPERTY
@given(answers=ANSWERS)
def test_zero_scored_line_turned_not_applicable_never_lowers_the_rate(make, ruler_for, answers):
    result = assess(submission(make, answers), ruler_for("rescale"))
    items = {"R": ["rate"], "L": ["loss"], "H": ["heads"], "K": ["a", "b", "c"], "D": ["cases"]}
    for line in result.indicators:
        if line.code not in items or line.points or not line.max_points:
            continue
        without = answers | dict.fromkeys(items[line.code], CAUSE)
        after = assess(submission(make, without), ruler_for("rescale"))

        assert after.totals.rate is None or after.totals.rate >= result.totals.rate


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("raised", [("rate", 95), ("loss", 0), ("heads", 80), ("cases", 0)])
@PROPERTY
@given(answers=ANSWERS)
def test_raising_a_value_to_its_target_never_lowers_the_total(
    make, ruler_for, policy, raised, answers
):
    item, full = raised
    if answers.get(item) == CAUSE:
        return
    before = assess(submission(make, answers), ruler_for(policy)).totals
    after = assess(submission(make, answers | {item: full}), ruler_for(policy)).totals

    assert after.total_points >= (before.total_points or Decimal(0))
    assert after.low_points >= before.low_points
    assert after.evidenced_share >= before.evidenced_share
