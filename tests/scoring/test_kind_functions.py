"""The pure functions behind the kinds, the comparators and the rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.framework import Rounding
from schemas.rules import RankBand
from schemas.target import Comparator
from scoring.comparison import holds, suits
from scoring.kinds.bonus import capped_bonuses
from scoring.kinds.checklist import checklist
from scoring.kinds.count import count
from scoring.kinds.deduction import deduction
from scoring.kinds.expert import expert
from scoring.kinds.lower_is_better import lower_is_better
from scoring.kinds.proportional import proportional
from scoring.kinds.relative import by_rank, relative
from scoring.kinds.tiered import tiered
from scoring.kinds.trend import trend
from scoring.rounding import FULL, NOTHING, Share, apportion, percent_of, points_of

PROPERTY = settings(derandomize=True, max_examples=60, deadline=None, database=None)
NUMBER = st.decimals(-50, 200, places=2)
POSITIVE = st.decimals("0.01", 200, places=2)
CENTS = Rounding(places=2, mode="half_up")
RATES = (Decimal(0), Decimal(40), Decimal(70), Decimal(100))


def fraction(share):
    return Fraction(share.earned) / Fraction(share.of)


@PROPERTY
@given(values=st.tuples(NUMBER, NUMBER), target=NUMBER, floor=NUMBER)
def test_proportional_never_falls_as_the_value_rises(values, target, floor):
    low, high = (fraction(proportional(one, target, floor)) for one in sorted(values))

    assert 0 <= low <= high <= 1


@PROPERTY
@given(values=st.tuples(NUMBER, NUMBER), target=NUMBER, zero_at=NUMBER)
def test_lower_is_better_never_rises_as_the_value_rises(values, target, zero_at):
    low, high = (fraction(lower_is_better(one, target, zero_at)) for one in sorted(values))

    assert 1 >= low >= high >= 0


@PROPERTY
@given(values=st.tuples(NUMBER, NUMBER), required=st.decimals(0, 200, places=2))
def test_count_never_falls_as_the_count_rises(values, required):
    low, high = (fraction(count(one, required)) for one in sorted(values))

    assert 0 <= low <= high <= 1


@PROPERTY
@given(
    cases=st.tuples(NUMBER, NUMBER),
    each=POSITIVE,
    cap=st.decimals(0, 100, places=2),
    to_zero=st.booleans(),
)
def test_deduction_never_rises_with_more_cases(cases, each, cap, to_zero):
    low, high = (fraction(deduction(n, each, cap, to_zero=to_zero)) for n in sorted(cases))

    assert 1 >= low >= high >= 0


@PROPERTY
@given(values=st.tuples(NUMBER, NUMBER), previous=NUMBER, tolerance=st.decimals(0, 9, places=2))
def test_trend_follows_its_direction(values, previous, tolerance):
    low, high = sorted(values)
    up = [fraction(trend(one, previous, "up", tolerance)) for one in (low, high)]
    down = [fraction(trend(one, previous, "down", tolerance)) for one in (low, high)]

    assert up[0] <= up[1]
    assert down[0] >= down[1]
    assert [u + d for u, d in zip(up, down, strict=True)] == [1, 1]


@PROPERTY
@given(
    distances=st.tuples(POSITIVE, POSITIVE),
    benchmark=NUMBER,
    band=st.decimals(0, 20, places=2),
    ratio=st.decimals("1.01", 5, places=2),
)
def test_within_range_depends_on_the_distance_alone(distances, benchmark, band, ratio):
    near, far = sorted(distances)

    def share(value):
        return fraction(relative(value, benchmark, "within_range", band, ratio))

    assert share(benchmark + near) == share(benchmark - near)
    assert share(benchmark) == 1
    assert 1 >= share(benchmark + near) >= share(benchmark + far) >= 0


@PROPERTY
@given(scores=st.tuples(NUMBER, NUMBER))
def test_expert_share_is_held_to_nothing_and_full(scores):
    low, high = (fraction(expert(one)) for one in sorted(scores))

    assert 0 <= low <= high <= 1


@pytest.mark.parametrize(("met", "items", "share"), [(0, 3, 0), (1, 3, Fraction(1, 3)), (3, 3, 1)])
def test_checklist_is_met_of_asked(met, items, share):
    assert fraction(checklist(met, items)) == share


@pytest.mark.parametrize(("level", "share"), [(0, 0), (1, Fraction(2, 5)), (2, Fraction(7, 10))])
def test_tier_gives_its_rate(level, share):
    assert fraction(tiered(level, RATES)) == share


@pytest.mark.parametrize("level", [-1, 4])
def test_tier_outside_its_scale_is_an_error(level):
    with pytest.raises(IndexError, match=r"-1|out of range"):
        tiered(level, RATES)


def test_rank_beyond_an_empty_table_earns_nothing():
    assert by_rank(1, ()) == NOTHING
    assert by_rank(1, (RankBand(upto=1, rate=Decimal(100)),)) == FULL


@PROPERTY
@given(granted=st.lists(st.decimals(0, 40, places=2), max_size=6), cap=st.decimals(0, 60, places=2))
def test_bonuses_never_pass_their_cap_nor_themselves(granted, cap):
    counted = capped_bonuses(granted, cap)

    assert sum(counted) == min(cap, sum(granted))
    assert all(0 <= one <= full for one, full in zip(counted, granted, strict=True))


@pytest.mark.parametrize(
    ("comparator", "below", "equal", "above"),
    [
        (Comparator.AT_LEAST, False, True, True),
        (Comparator.ABOVE, False, False, True),
        (Comparator.AT_MOST, True, True, False),
        (Comparator.BELOW, True, False, False),
        (Comparator.EQUAL, False, True, False),
        (Comparator.COUNT, False, True, True),
        (Comparator.ZERO, False, True, False),
        (Comparator.RELATIVE_AT_MOST, True, True, False),
    ],
)
def test_comparator_one_last_place_around_its_number(comparator, below, equal, above):
    eight = Decimal("8.00")
    values = (Decimal("7.99"), eight, Decimal("8.01"))

    assert [holds(comparator, one, eight) for one in values] == [below, equal, above]


@pytest.mark.parametrize(
    "comparator", [Comparator.EXISTS, Comparator.DECLINE, Comparator.GROWTH, Comparator.RANK]
)
def test_comparator_without_a_number_cannot_be_held(comparator):
    with pytest.raises(KeyError, match=comparator.value):
        holds(comparator, Decimal(1), Decimal(1))


@pytest.mark.parametrize(
    ("kind", "suited", "unsuited"),
    [
        ("proportional", Comparator.AT_LEAST, Comparator.DECLINE),
        ("lower_is_better", Comparator.BELOW, Comparator.AT_LEAST),
        ("count", Comparator.COUNT, Comparator.EXISTS),
        ("trend", Comparator.DECLINE, Comparator.AT_MOST),
        ("relative", Comparator.RANK, Comparator.AT_LEAST),
        ("deduction", Comparator.ZERO, Comparator.EXISTS),
        ("checklist", Comparator.EXISTS, Comparator.DECLINE),
        ("tiered", Comparator.AT_LEAST, Comparator.BELOW),
    ],
)
def test_kind_is_held_only_against_comparators_of_its_sort(kind, suited, unsuited):
    assert suits(kind, suited)
    assert not suits(kind, unsuited)


@pytest.mark.parametrize(
    ("full", "earned", "of", "points"),
    [
        ("25", "13.3", "20", "16.63"),  # 16.625
        ("35", "37.78", "40", "33.06"),  # 33.0575
        ("1", "1", "3", "0.33"),
        ("1", "2", "3", "0.67"),
        ("0.01", "1", "2", "0.01"),  # 0.005
        ("0.01", "49", "100", "0.00"),
        ("7.5", "1", "1", "7.5"),
    ],
)
def test_points_are_rounded_once_half_up(full, earned, of, points):
    share = Share(Decimal(earned), Decimal(of))

    assert points_of(Decimal(full), share, CENTS) == Decimal(points)


def test_quotient_just_below_a_half_is_not_lifted():
    # 0.005 - 1e-40 is below the half and must not be rounded twice
    share = Share(Decimal("0.4999999999999999999999999999999999999999"), Decimal(1))

    assert points_of(Decimal("0.01"), share, CENTS) == 0


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(1, 3, "33.33"), (2, 3, "66.67"), (1, 800, "0.13"), (0, 5, "0.00"), (0, 0, "0.00")],
)
def test_percent_has_two_places_half_up(part, whole, percent):
    assert str(percent_of(Decimal(part), Decimal(whole))) == percent


@pytest.mark.parametrize(
    ("total", "weights", "places", "shares"),
    [
        (10, [1, 1, 1], 2, ["3.34", "3.33", "3.33"]),  # the tie goes to the first
        (100, [30, 40], 2, ["42.86", "57.14"]),
        (1, [1, 2, 4], 0, ["0", "0", "1"]),
        (15, [2, 1], 2, ["10.00", "5.00"]),
    ],
)
def test_split_gives_the_steps_left_over_to_the_largest_remainders(total, weights, places, shares):
    split = apportion(Decimal(total), [Decimal(one) for one in weights], places)

    assert [str(one) for one in split] == shares


@PROPERTY
@given(weights=st.lists(POSITIVE, min_size=1, max_size=9), total=st.integers(1, 1000))
def test_split_sums_exactly_and_stays_within_one_step(weights, total):
    shares = apportion(Decimal(total), weights, 2)
    exact = [Fraction(total) * Fraction(one) / Fraction(sum(weights)) for one in weights]

    assert sum(shares) == total
    assert all(
        abs(Fraction(share) - want) < Fraction(1, 100)
        for share, want in zip(shares, exact, strict=True)
    )


def test_split_without_weights_is_an_error():
    with pytest.raises(ValueError, match="weights must be positive and not empty"):
        apportion(Decimal(1), [], 2)
