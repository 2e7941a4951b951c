"""What the recalculation brought to light in the engine."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.framework import Rounding
from schemas.outcome import Outcome, Reason
from scoring import shipped_rulebook
from scoring.case import Verdict
from scoring.kinds.lower_is_better import lower_is_better
from scoring.kinds.proportional import proportional
from scoring.kinds.relative import relative
from scoring.rounding import EXACT, NOTHING, Share, points_of
from scoring.totals import _share

CENTS = Rounding(places=2, mode="half_up")
EVEN = Rounding(places=2, mode="half_even")


def rate(part: int, whole: int) -> Decimal:
    """Return a rate as the engine reads it from numerator and denominator."""
    return EXACT.divide(Decimal(100 * part), Decimal(whole))


@pytest.mark.parametrize(
    ("full", "part", "whole", "points"),
    [
        # 75/90 = 83 1/3 %; (83 1/3 - 80) / 20 = 1/6; 21.69 / 6 = 3.615
        ("21.69", 75, 90, "3.62"),
        # 672/704 = 21/22; (95.4545.. - 80) / 20 = 17/22; 34.43 x 17/22 = 26.605
        ("34.43", 672, 704, "26.61"),
    ],
)
def test_a_true_half_behind_an_endless_rate_is_rounded_up(full, part, whole, points):
    share = proportional(rate(part, whole), Decimal(100), Decimal(80))

    assert points_of(Decimal(full), share, CENTS) == Decimal(points)


def test_a_true_half_behind_an_endless_rate_goes_to_the_even_neighbour():
    # 3.615 lies between 3.61 and 3.62
    share = proportional(rate(75, 90), Decimal(100), Decimal(80))

    assert points_of(Decimal("21.69"), share, EVEN) == Decimal("3.62")


def test_a_true_half_above_a_limit_is_rounded_up():
    # 1/6 = 16 2/3 %, limit 10, nothing at 20: (20 - 16 2/3) / 10 = 1/3; 0.015 / 3 = 0.005
    share = lower_is_better(rate(1, 6), Decimal(10), Decimal(20))

    assert points_of(Decimal("0.015"), share, CENTS) == Decimal("0.01")


def test_a_true_half_beside_a_benchmark_is_rounded_up():
    # 16 2/3 is 6 2/3 from 10; band 5, nothing at 10: (10 - 6 2/3) / 5 = 2/3; 0.0075 x 2/3 = 0.005
    share = relative(rate(1, 6), Decimal(10), "within_range", Decimal(5), Decimal(2))

    assert points_of(Decimal("0.0075"), share, CENTS) == Decimal("0.01")


@pytest.mark.parametrize(
    ("policy", "points"),
    [
        ("reference", "5.01"),  # silence left aside: 1 of the 2 answered; 10.01 / 2 = 5.005
        ("binding", "3.34"),  # silence counts nothing: 1 of 3; 10.01 / 3 = 3.3366
        ("floor", "4.00"),  # 1/3 and a fifth of the silent third: 1/3 + 1/15 = 0.4; 4.004
    ],
)
def test_a_checklist_half_answered_is_shared_exactly(policy, points):
    share = Share(Decimal(1), Decimal(3))
    shown = EXACT.divide(Decimal(2), Decimal(3))
    verdict = Verdict(Outcome.PARTLY_MET, Reason.CHECKLIST, share, NOTHING, NOTHING, shown, shown)
    policies = {one.id: one for one in shipped_rulebook().scheme("standard").policies}

    found = points_of(Decimal("10.01"), _share(verdict, None, policies[policy]), CENTS)

    assert found == Decimal(points)


def test_a_line_scored_against_a_benchmark_names_it(make):
    """Without it nobody could check the score: the plan has no target there."""
    ruler = make.ruler_of()
    results = make.city_of(ruler, 4)
    lines = {
        one.entity.name: part
        for one in results
        for indicator in one.indicators
        for part in indicator.parts
        if part.code == "F5.2"
    }

    assert lines["甲001县"].kind == "relative"
    assert lines["甲001县"].benchmark == Decimal("5.5")
    assert lines["甲000县"].benchmark is None  # filed without benchmarks
