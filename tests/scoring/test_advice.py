"""The gap list and the shortest way to the next grade, against brute force."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

PROPERTY = settings(derandomize=True, max_examples=60, deadline=None, database=None)
VALUES = st.none() | st.decimals(0, 100, places=2)
LINES = st.lists(st.tuples(st.integers(1, 40), VALUES), min_size=1, max_size=5)


def framework(make, points, *, action="zero", **scheme):
    """Build proportional indicators P1, P2, ...: full at 100, nothing at 0."""
    indicators = [
        {
            "code": f"P{i}",
            "points": full,
            "rule": {"kind": "proportional", "item": f"p{i}", "floor": 0},
            "remedy": "整改",
        }
        for i, full in enumerate(points, 1)
    ]
    targets = [
        {"item": f"p{i}", "comparator": ">=", "value": 100} for i in range(1, len(points) + 1)
    ]
    scheme = make.scheme_of(policies=[make.policy_of(action=action)], **scheme)
    return make.ruler_of(indicators, targets=targets, scheme=scheme)


def answers(values, *, full=()):
    """Return the answers, those of `full` raised to 100."""
    given_ = {f"p{i}": value for i, value in enumerate(values, 1) if value is not None}
    return given_ | {code.lower(): 100 for code in full}


def every_total(make, ruler, values):
    """Score anew for every set of indicators brought to full points."""
    codes = [f"P{i}" for i in range(1, len(values) + 1)]
    return {
        chosen: make.score(ruler, answers(values, full=chosen)).totals.total_points
        for size in range(len(codes) + 1)
        for chosen in combinations(codes, size)
    }


@pytest.mark.parametrize("action", ["zero", "rescale", "floor"])
@PROPERTY
@given(lines=LINES)
def test_shortest_set_is_the_one_brute_force_finds(make, action, lines):
    points, values = zip(*lines, strict=True)
    ruler = framework(make, points, action=action)
    result = make.score(ruler, answers(values))
    totals = every_total(make, ruler, values)
    best = Decimal(90) * ruler.full_mark / 100
    advice = result.next_grade
    if totals[()] is None or totals[()] >= best:
        assert advice is None
        return
    reaching = [chosen for chosen, total in totals.items() if total >= advice.points_needed]

    assert len(advice.codes) == min(map(len, reaching))
    assert advice.reached_points == totals[tuple(sorted(advice.codes))]
    assert advice.reached_points >= advice.points_needed
    assert advice.missing == advice.points_needed - totals[()]


@pytest.mark.parametrize("action", ["zero", "floor"])
@PROPERTY
@given(lines=LINES)
def test_points_to_gain_is_what_the_total_rises_by(make, action, lines):
    points, values = zip(*lines, strict=True)
    ruler = framework(make, points, action=action)
    result = make.score(ruler, answers(values))
    for line in result.indicators:
        mended = make.score(ruler, answers(values, full=[line.code]))
        gained = mended.totals.total_points - result.totals.total_points

        assert line.points_to_gain == gained


@pytest.mark.parametrize("action", ["zero", "rescale", "floor", "block"])
@PROPERTY
@given(lines=LINES)
def test_gaps_are_sorted_by_points_to_gain(make, action, lines):
    points, values = zip(*lines, strict=True)
    result = make.score(framework(make, points, action=action), answers(values))
    gains = [make.line_of(result, code).points_to_gain for code in result.gaps]
    order = [line.code for line in result.indicators]
    ties = [
        (before, after)
        for before, after in zip(result.gaps, result.gaps[1:], strict=False)
        if make.line_of(result, before).points_to_gain == make.line_of(result, after).points_to_gain
    ]

    assert gains == sorted(gains, reverse=True)
    assert all(order.index(before) < order.index(after) for before, after in ties)
    assert set(result.gaps) == {line.code for line in result.indicators if line.is_short}


def test_remedy_is_shown_only_where_it_fell_short(make):
    result = make.score(framework(make, [50, 30, 20]), answers([100, 50, None]))

    assert [line.remedy for line in result.indicators] == ["", "整改", "整改"]
    assert result.gaps == ("P3", "P2")  # 20 to gain, then 15


def test_next_grade_by_hand(make):
    # 500 x 0.5 + 300 x 0.8 + 200 x 0.9 = 670; to 800 are 130 missing; P1 alone gains 250
    result = make.score(framework(make, [500, 300, 200]), answers([50, 80, 90]))
    advice = result.next_grade

    assert result.totals.total_points == 670
    assert (advice.grade, advice.points_needed, advice.missing) == ("良好", 800, 130)
    assert advice.codes == ("P1",)
    assert advice.reached_points == 920


def test_rounding_that_lifts_the_total_saves_an_indicator(make):
    # 30 x 0.6665 = 19.995 -> 20.00, so P2 alone reaches 20.00 + 70 = 90.00; unrounded 89.995
    bands = [{"grade": "优秀", "min": 90}, {"grade": "其他", "min": 0}]
    ruler = framework(make, [30, 70], bands=bands)
    result = make.score(ruler, answers([Decimal("66.65"), 80]))

    assert result.totals.total_points == 76
    assert result.next_grade.codes == ("P2",)
    assert result.next_grade.reached_points == 90


def test_bonus_counts_towards_the_next_grade(make):
    # 205 + 210 + 215 + 220 + 10 = 860; P1 gains 45: 895 of its own and 10 more reach 900
    scheme = {"bonuses": [{"code": "B1", "label": "示范", "rate": 1}], "bonus_cap": 3}
    ruler = framework(make, [250] * 4, **scheme)
    result = make.score(ruler, answers([82, 84, 86, 88]), review=[{"kind": "bonus", "code": "B1"}])
    advice = result.next_grade

    assert result.totals.total_points == 860
    assert (advice.missing, advice.codes, advice.reached_points) == (40, ("P1",), 905)


BLEND = {
    "id": "social",
    "label": "八二",
    "provenance": "house",
    "parts": [
        {"id": "report", "label": "报告", "weight": 80},
        {"id": "social", "label": "社会评议", "weight": 20},
    ],
}


def blended(make, values, social):
    ruler = framework(make, [500, 300, 200], blends=[BLEND | {"id": "report-only"}])
    review = []
    if social is not None:
        review = [{"kind": "outside_score", "code": "social", "score": social}]
    return make.score(ruler, answers(values), review=review)


def test_blend_is_counted_on_the_way_to_the_next_grade(make):
    # 0.8 x 670 + 0.2 x 1000 = 736; 64 missing = 80 of the report; P1 gains 250: 0.8 x 920 + 200
    advice = blended(make, [50, 80, 90], 100).next_grade

    assert (advice.missing, advice.codes, advice.reached_points) == (64, ("P1",), 936)


def test_next_grade_out_of_reach_of_points_has_no_set(make):
    # 0.8 x 950 + 0.2 x 0 = 760; full points give 800 at most, which is 良好 and no more
    reachable = blended(make, [90, 100, 100], 0)
    out_of_reach = blended(make, [100, 100, 100], 0)

    assert reachable.next_grade.codes == ("P1",)
    assert out_of_reach.next_grade.grade == "优秀"
    assert out_of_reach.next_grade.codes == ()
    assert out_of_reach.next_grade.reached_points == out_of_reach.totals.total_points == 800


def test_missing_outside_score_leaves_the_advice_to_the_report(make):
    advice = blended(make, [50, 80, 90], None).next_grade

    assert (advice.missing, advice.codes, advice.reached_points) == (130, ("P1",), 920)


def test_vetoed_indicator_is_no_way_to_the_next_grade(make):
    veto = {"code": "V2", "label": "未公开", "effect": "zero_indicator", "indicator": "P1"}
    ruler = framework(make, [500, 300, 200], vetoes=[veto])
    review = [{"kind": "veto", "code": "V2"}]
    result = make.score(ruler, answers([100, 100, 50]), review=review)

    assert result.totals.total_points == 400
    assert result.next_grade.grade == "合格"
    assert result.next_grade.codes == ()
    assert result.gaps == ("P3", "P1")


def test_best_grade_has_no_next_one(make):
    assert make.score(framework(make, [100]), answers([95])).next_grade is None


def test_disclosure_the_next_grade_asks_for_is_told(make):
    bands = [{"grade": "优秀", "min": 90, "needs_disclosure": 60}, {"grade": "其他", "min": 0}]
    result = make.score(framework(make, [100], bands=bands), answers([50]))

    assert result.next_grade.needs_disclosure == 60
