"""Change against last year, split by cause on paper, and never across two rulers unasked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.city import Cause
from schemas.errors import AssessorError
from scoring import assess
from scoring.change import ORDER, Filing, compare_results, explain_change, rescore_under

PROPERTY = settings(derandomize=True, max_examples=60, deadline=None, database=None)
VALUE = st.none() | st.decimals(0, 100, places=2)


def causes(shares):
    """Return what each cause contributed, the silent ones left out."""
    return {share.cause.value: share.points for share in shares if share.points}


def of(change, code):
    return next(line for line in change.indicators if line.code == code)


@pytest.fixture(scope="module")
def half(make):
    return make.ruler_of({"A": 50, "B": 50})


@pytest.fixture
def file(make):
    """Return a filing of 甲县."""

    def build(ruler, year=2025, review=(), **values):
        entries = make.review_of("甲县", *review, year=year) if review else None
        return Filing(make.submission_of("甲县", values, year=year), ruler, entries)

    return build


def test_order_of_replacement_is_declared():
    assert [cause.value for cause in ORDER] == [
        "data",
        "target",
        "weights",
        "policy",
        "membership",
    ]


def test_only_the_figures_changed(half, file):
    change = explain_change(file(half, 2024, a=60, b=80), file(half, a=70, b=76))

    assert (change.before_points, change.after_points, change.change) == (70, 73, 3)
    assert causes(change.causes) == {"data": 3}
    assert causes(of(change, "A").causes) == {"data": 5}
    assert causes(of(change, "B").causes) == {"data": -2}
    assert (change.previous_period.end.year, change.period.end.year) == (2024, 2025)


def test_target_of_the_later_year_is_its_own_cause_under_one_ruler(make, file):
    # From 2025 on A is measured against 80: 60/80 of 50 is 37.5 instead of 30.
    ruler = make.ruler_of({"A": 50, "B": 50}, targets={"a": {"2021-01-01": 100, "2025-01-01": 80}})
    change = explain_change(file(ruler, 2024, a=60, b=80), file(ruler, a=64, b=80))

    # Data first: 64 against 100 is 32, so +2; then 64/80 of 50 is 40, so +8.
    assert causes(change.causes) == {"data": 2, "target": 8}
    assert causes(of(change, "A").causes) == {"data": 2, "target": 8}


def test_target_changed_between_two_rulers(make, half, file):
    harder = make.ruler_of({"A": 50, "B": 50}, targets={"a": 50})
    change = explain_change(file(half, 2024, a=40, b=0), file(harder, a=40, b=0))

    # 40/100 of 50 is 20; 40/50 of 50 is 40.
    assert causes(change.causes) == {"target": 20}


def test_weights_changed_by_another_weight_set(make, file):
    # A 50, B 50; then 80 and 20: 60 and 10 percent give 30 + 5 and 48 + 2.
    rulers = [
        make.ruler_of({"A": 50, "B": 50}, weight_sets=[make.weights_of(X=80, Y=20)], **choice)
        for choice in ({}, {"weights": "other"})
    ]
    change = explain_change(file(rulers[0], 2024, a=60, b=10), file(rulers[1], a=60, b=10))

    assert causes(change.causes) == {"weights": 15}
    assert causes(of(change, "A").causes) == {"weights": 18}
    assert causes(of(change, "B").causes) == {"weights": -3}


def test_group_a_weight_set_leaves_out_falls_to_weights_and_comes_back_by_weights(make, file):
    # Only X counts: A alone, 60 of 100 instead of 30 + 5.
    both = make.ruler_of({"A": 50, "B": 50}, weight_sets=[make.weights_of(X=1)])
    only = make.ruler_of({"A": 50, "B": 50}, weight_sets=[make.weights_of(X=1)], weights="other")
    out = explain_change(file(both, 2024, a=60, b=10), file(only, a=60, b=10))
    back = explain_change(file(only, 2024, a=60, b=10), file(both, a=60, b=10))

    assert causes(out.causes) == {"weights": 25}
    assert causes(of(out, "B").causes) == {"weights": -5}
    assert causes(back.causes) == {"weights": -25}
    assert causes(of(back, "B").causes) == {"weights": 5}


def test_policy_changed(make, half, file):
    # B silent: zero counts 30 of 100; rescale spreads B's points over A: 60.
    rescale = make.ruler_of({"A": 50, "B": 50}, policy="rescale")
    change = explain_change(file(half, 2024, a=60), file(rescale, a=60))

    assert causes(change.causes) == {"policy": 30}
    assert causes(of(change, "A").causes) == {"policy": 30}
    assert (of(change, "A").before_max, of(change, "A").after_max) == (50, 100)


def test_new_indicator_is_membership_and_the_others_points_are_weights(make, file):
    # A and B 50 each; then A 60, B 20, C 20. Weights alone keep A : B at 60 : 20, scaled to 100:
    # 75 and 25. Values a 60, b 20, c 50.
    before = make.ruler_of({"A": 50, "B": 50})
    after = make.ruler_of({"A": 60, "B": 20, "C": 20}, edition="2")
    change = explain_change(file(before, 2024, a=60, b=20), file(after, a=60, b=20, c=50))

    # 30 + 10 = 40; weights 45 + 5 = 50; membership 36 + 4 + 10 = 50.
    assert causes(change.causes) == {"weights": 10}
    assert change.change == 10
    assert causes(of(change, "A").causes) == {"weights": 15, "membership": -9}
    assert causes(of(change, "B").causes) == {"weights": -5, "membership": -1}
    assert causes(of(change, "C").causes) == {"membership": 10}
    assert (of(change, "C").before_max, of(change, "C").after_max) == (0, 20)


def test_indicator_taken_out_of_the_framework_falls_to_membership(make, file):
    # A 40, B 40, C 20; then A 50, B 50. Weights: C keeps its 20 of 120: 41.67, 41.67, 16.66 by
    # largest remainder (fractions .666, .666, .666 of a cent: the earlier two get the steps).
    before = make.ruler_of({"A": 40, "B": 40, "C": 20})
    after = make.ruler_of({"A": 50, "B": 50}, edition="2")
    change = explain_change(file(before, 2024, a=100, b=0, c=100), file(after, a=100, b=0))

    # Data: C falls silent, 60 -> 40. Weights: 40 -> 41.67. Membership: 41.67 -> 50.
    assert causes(change.causes) == {
        "data": -20,
        "weights": Decimal("1.67"),
        "membership": Decimal("8.33"),
    }
    assert of(change, "C").after_points == 0
    assert causes(of(change, "C").causes) == {"data": -20}


def test_bonus_and_outside_score_are_shown_beside_the_indicators(make, file):
    ruler = make.ruler_of({"A": 50, "B": 50}, blend="mixed")
    before = file(ruler, 2024, [("outside_score", "social", 50)], a=60, b=60)
    after = file(ruler, 2025, [("outside_score", "social", 80), ("bonus", "P1")], a=60, b=60)
    change = explain_change(before, after)

    # 0.8 * 60 + 10 = 58; 0.8 * 62 + 16 = 65.6; no indicator moved.
    assert causes(change.causes) == {"data": Decimal("7.60")}
    assert causes(change.outside) == {"data": Decimal("7.60")}
    assert all(not line.change for line in change.indicators)


def test_weights_that_leave_out_everything_the_old_edition_had_fall_to_membership(make, file):
    # Old: B alone. New: A and B, but only A's group has weight: B 60 of 100, then A 80 of 100.
    old = make.ruler_of({"B": 100})
    new = make.ruler_of(
        {"A": 50, "B": 50}, edition="2", weight_sets=[make.weights_of(X=1)], weights="other"
    )
    change = explain_change(file(old, 2024, b=60), file(new, a=80, b=60))

    assert causes(change.causes) == {"membership": 20}
    assert causes(of(change, "A").causes) == {"membership": 80}
    assert causes(of(change, "B").causes) == {"membership": -60}


def test_side_without_total_or_another_full_mark_is_refused(make, half, file):
    blocked = make.ruler_of({"A": 50, "B": 50}, policy="block")
    short = make.ruler_of({"A": 5, "B": 5})

    with pytest.raises(AssessorError, match="甲县 2025 年没有总分"):
        explain_change(file(half, 2024, a=1), file(blocked, a=1))
    with pytest.raises(AssessorError, match="满分不同（100 与 10）"):
        explain_change(file(half, 2024, a=1), file(short, a=1))


def test_frameworks_without_a_common_indicator_replace_everything(make, half, file):
    other = make.ruler_of({"C": 50, "D": 50}, edition="2")
    change = explain_change(file(half, 2024, a=60, b=60), file(other, c=80, d=80))

    # Data: the new submission answers none of the old items.
    assert causes(change.causes) == {"data": -60, "membership": 80}


@PROPERTY
@given(
    old=st.lists(VALUE, min_size=3, max_size=3),
    new=st.lists(VALUE, min_size=4, max_size=4),
    policies=st.lists(st.sampled_from(["zero", "rescale", "floor"]), min_size=2, max_size=2),
    target=st.integers(50, 100),
    points=st.permutations([17, 23, 29, 31]),
)
def test_parts_sum_exactly_and_the_ends_are_the_engines(  # noqa: PLR0913 - strategies
    make, old, new, policies, target, points
):
    first = make.ruler_of({"A": 41, "B": 37, "C": 22}, parts={"B": 2}, policy=policies[0])
    second = make.ruler_of(
        dict(zip("ABDE", points, strict=True)),
        targets={"a": target},
        edition="2",
        policy=policies[1],
    )
    before = Filing(
        make.submission_of("甲县", dict(zip(("a", "b.1", "c"), old, strict=True)), year=2024), first
    )
    after = Filing(make.submission_of("甲县", dict(zip("abde", new, strict=True))), second)
    ends = [assess(filing.submission, filing.ruler) for filing in (before, after)]
    if any(end.totals.total_points is None for end in ends):
        with pytest.raises(AssessorError, match="没有总分"):
            explain_change(before, after)
        return
    change = explain_change(before, after)

    assert [change.before_points, change.after_points] == [e.totals.total_points for e in ends]
    assert sum(share.points for share in change.causes) == change.change
    for number, cause in enumerate(Cause):
        inside = sum(line.causes[number].points for line in change.indicators)

        assert change.causes[number].cause is cause
        assert inside + change.outside[number].points == change.causes[number].points
    for end, side in zip(ends, ("before", "after"), strict=True):
        points_of = {line.code: line.points for line in end.indicators}
        for line in change.indicators:
            assert getattr(line, f"{side}_points") == points_of.get(line.code, 0)
    for line in change.indicators:
        assert sum(share.points for share in line.causes) == line.change


def test_results_of_two_rulers_are_not_compared_until_one_is_scored_again(make, half, file):
    harder = make.ruler_of({"A": 50, "B": 50}, targets={"a": 50})
    old, new = file(half, 2024, a=40, b=0), file(harder, a=40, b=10)
    results = [assess(one.submission, one.ruler) for one in (old, new)]

    with pytest.raises(AssessorError, match=r"标尺不同.*请先把其中一份按另一份的规则重新评分"):
        compare_results(*results)
    found = compare_results(rescore_under(old, harder), results[1])

    assert (found.before_points, found.after_points, found.change) == (40, 45, 5)
    assert [(line.code, line.change) for line in found.indicators] == [("A", 0), ("B", 5)]


def test_result_without_total_is_not_compared(make):
    ruler = make.ruler_of({"A": 50, "B": 50}, policy="block")
    whole, part = make.city_of(ruler, 甲县={"a": 1, "b": 1}, 乙县={"a": 1})

    with pytest.raises(AssessorError, match="乙县 2025 年没有总分"):
        compare_results(whole, part)
