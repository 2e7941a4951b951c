"""What each policy does with each outcome, and what the totals say beside the points."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.errors import UnknownRule
from schemas.outcome import Outcome, PolicyAction, Reason
from schemas.submission import Submission
from scoring import assess
from scoring.ruler import action_for

RATE = {"kind": "proportional", "item": "rate"}
TREND = {"kind": "trend", "item": "rate", "improves": "down"}
EXPERT = {"kind": "expert", "item": "rate"}
TARGET = {"item": "rate", "comparator": ">=", "value": 100}
OPEN_CASES = {
    Outcome.NOT_REPORTED: (RATE, {}),
    Outcome.NOT_ASSESSABLE: (TREND, {"rate": 5}),
    Outcome.PENDING_REVIEW: (EXPERT, {}),
}
# 60 points met, 40 points open: 60 / all that is left / 60 + 20 % of 40 / no total
EXPECTED = {"zero": 60, "rescale": 100, "floor": 68, "block": None}


def two_lines(make, rule, answers, policy, *, applies=("county",)):
    """Score 60 points that are met and 40 points under `rule`."""
    indicators = [
        *make.experts_of(60),
        {"code": "C", "points": 40, "rule": rule, "levels": list(applies)},
    ]
    ruler = make.ruler_of(indicators, targets=[TARGET], scheme=make.scheme_of(policies=[policy]))
    return make.score(ruler, answers, review=make.expert_entries(100))


@pytest.mark.parametrize("outcome", OPEN_CASES)
@pytest.mark.parametrize(("action", "total"), EXPECTED.items())
def test_action_on_what_is_open(make, outcome, action, total):
    rule, answers = OPEN_CASES[outcome]
    result = two_lines(make, rule, answers, make.policy_of(action=action))
    line = make.line_of(result, "C")

    assert line.outcome is outcome
    assert line.parts[0].action == action
    assert result.totals.total_points == total
    assert result.totals.rate == total
    assert (result.totals.low_points, result.totals.high_points) == (60, 100)
    assert line.max_points == (0 if action == "rescale" else 40)
    assert line.points == (8 if action == "floor" else 0)


@pytest.mark.parametrize(("action", "total"), EXPECTED.items())
@pytest.mark.parametrize("because", ["level", "declared"])
def test_action_on_what_does_not_apply(make, because, action, total):
    answers = {"rate": {"not_applicable_because": "无此事项"}} if because == "declared" else {}
    applies = ("city",) if because == "level" else ("county",)
    policy = make.policy_of(not_applicable=action)
    result = two_lines(make, RATE, answers, policy, applies=applies)
    line = make.line_of(result, "C")

    assert (line.outcome, line.reason) == (Outcome.NOT_APPLICABLE, because)
    assert result.totals.total_points == total
    assert not line.is_short
    assert result.totals.n_applicable == 1
    assert result.totals.disclosure_rate == 100


@pytest.mark.parametrize(
    ("action", "total", "points"),
    [("progress", 80, 20), ("zero", 60, 0), ("floor", 68, 8), ("rescale", 100, 0)],
)
def test_action_on_what_is_not_due(make, action, total, points):
    # 90 of 100 with a floor of 80: half of 40 points
    target = TARGET | {"due": "2025-12-31"}
    indicators = [*make.experts_of(60), {"code": "C", "points": 40, "rule": RATE}]
    scheme = make.scheme_of(policies=[make.policy_of(not_due=action)])
    ruler = make.ruler_of(indicators, targets=[target], scheme=scheme)
    result = make.score(ruler, {"rate": 90}, review=make.expert_entries(100), year=2024)
    line = make.line_of(result, "C")

    assert (line.outcome, line.reason) == (Outcome.NOT_DUE, Reason.BEFORE_DEADLINE)
    assert (result.totals.total_points, line.points) == (total, points)
    assert line.parts[0].action == (None if action == "progress" else action)


def test_not_due_under_block_gives_no_total(make):
    target = TARGET | {"due": "2025-12-31"}
    scheme = make.scheme_of(policies=[make.policy_of(not_due="block")])
    ruler = make.ruler_of(
        [{"code": "C", "points": 40, "rule": RATE}], targets=[target], scheme=scheme
    )

    assert make.score(ruler, {"rate": 90}, year=2024).totals.total_points is None


def test_a_rule_for_the_reason_goes_before_the_outcome(make):
    policy = make.policy_of(
        action="rescale", reasons=[{"reason": "admitted_weakness", "action": "zero"}]
    )
    silent = two_lines(make, RATE, {}, policy)
    weak = two_lines(make, RATE, {"rate": {"is_weakness": True}}, policy)

    assert silent.totals.total_points == 100
    assert weak.totals.total_points == 60
    assert weak.gaps == ("C",)


def test_an_outcome_without_a_rule_blocks(make):
    policy = make.scheme_of(
        policies=[
            {"id": "zero", "label": "x", "outcomes": [{"outcome": "not_due", "action": "zero"}]}
        ]
    ).policies[0]

    assert action_for(policy, Outcome.NOT_REPORTED, Reason.SILENT) is PolicyAction.BLOCK


@pytest.mark.parametrize("action", EXPECTED)
def test_not_reported_is_never_not_met(make, action):
    policy = make.policy_of(action=action)
    silent = two_lines(make, RATE, {}, policy)
    failed = two_lines(make, RATE, {"rate": 0}, policy)
    quiet, bad = make.line_of(silent, "C"), make.line_of(failed, "C")

    assert (quiet.outcome, bad.outcome) == (Outcome.NOT_REPORTED, Outcome.NOT_MET)
    assert quiet.reason is not bad.reason
    assert (quiet.disclosed, bad.disclosed) == (0, 100)
    assert (quiet.parts[0].high_points, bad.parts[0].high_points) == (40, 0)
    assert (silent.totals.evidenced_share, failed.totals.evidenced_share) == (60, 100)
    assert (silent.totals.disclosure_rate, failed.totals.disclosure_rate) == (50, 100)


@pytest.mark.parametrize("action", ["zero", "rescale", "floor", "block"])
def test_all_not_applicable_gives_no_total_and_no_crash(make, action):
    scheme = make.scheme_of(policies=[make.policy_of(action=action)])
    indicators = [one | {"levels": ["city"]} for one in make.experts_of(60, 40)]
    result = make.score(make.ruler_of(indicators, scheme=scheme))

    assert result.totals.total_points is None
    assert result.totals.rate is None
    assert (result.totals.low_points, result.totals.high_points) == (0, 0)
    assert result.grade.grade == ""
    assert result.next_grade is None
    assert result.gaps == ()
    assert result.totals.n_applicable == 0
    assert result.nodes[0].rate == 0
    assert result.nodes[0].max_points == 0


def test_all_silent_under_rescale_gives_no_total_but_full_bounds(make):
    scheme = make.scheme_of(policies=[make.policy_of(action="rescale")])
    result = make.score(make.ruler_of(make.experts_of(60, 40), scheme=scheme))

    assert result.totals.total_points is None
    assert (result.totals.low_points, result.totals.high_points) == (0, 100)
    assert [one.points_to_gain for one in result.indicators] == [100, 100]


@pytest.mark.parametrize(
    ("action", "points", "low", "high"),
    [
        ("zero", "10.00", 10, 20),  # 1 of 3
        ("rescale", "15.00", 10, 20),  # 1 of the 2 disclosed
        ("floor", "12.00", 10, 20),  # 1 + 20 % of the third one: 30 x 1.2 / 3
        ("block", "10.00", 10, 20),
    ],
)
def test_checklist_disclosed_in_part_follows_the_policy_for_silence(
    make, action, points, low, high
):
    rule = {"kind": "checklist", "items": ["a", "b", "c"]}
    scheme = make.scheme_of(policies=[make.policy_of(action=action)])
    ruler = make.ruler_of([{"code": "C", "points": 30, "rule": rule}], scheme=scheme)
    result = make.score(ruler, {"a": True, "b": False})
    part = result.indicators[0].parts[0]

    assert part.points == Decimal(points)
    assert (part.low_points, part.high_points) == (low, high)
    assert result.indicators[0].disclosed == Decimal("66.67")


def test_weight_of_what_leaves_is_spread_over_the_rest_to_the_cent(make):
    # 100 x 30 / 70 = 42.857..., 100 x 40 / 70 = 57.142...: the cent goes to the larger remainder
    scheme = make.scheme_of(policies=[make.policy_of(action="rescale")])
    ruler = make.ruler_of(make.experts_of(30, 40, 30), scheme=scheme)
    result = make.score(ruler, review=make.expert_entries(100, 50, None))

    assert [one.max_points for one in result.indicators] == [Decimal("42.86"), Decimal("57.14"), 0]
    assert result.totals.total_points == Decimal("71.43")
    assert result.indicators[2].points_to_gain == Decimal("8.57")  # 50 + 30 of 100 - 71.43


BLEND = {
    "id": "social",
    "label": "八二",
    "provenance": "published",
    "parts": [
        {"id": "report", "label": "报告", "weight": 80},
        {"id": "social", "label": "社会评议", "weight": 20},
    ],
}


def blended(make, *scores, social=None):
    only = {"id": "report-only", "label": "仅报告", "provenance": "house"}
    scheme = make.scheme_of(
        blends=[only | {"parts": [{"id": "report", "label": "报告", "weight": 100}]}, BLEND]
    )
    ruler = make.ruler_of(make.experts_of(600, 400), scheme=scheme, blend="social")
    entries = make.expert_entries(*scores)
    if social is not None:
        entries.append({"kind": "outside_score", "code": "social", "score": social})
    return make.score(ruler, review=entries)


def test_blend_of_80_and_20(make):
    # 0.8 x 900 + 0.2 x 500 = 820
    result = blended(make, 90, 90, social=50)

    assert [share.points for share in result.totals.blend] == [720, 100]
    assert [share.score for share in result.totals.blend] == [900, 500]
    assert (result.totals.indicator_points, result.totals.total_points) == (900, 820)
    assert result.grade.grade == "良好"


def test_blend_bounds_move_with_the_report_only(make):
    # 540 known, 400 open: 0.8 x 540 + 100 = 532; 0.8 x 940 + 100 = 852
    result = blended(make, 90, None, social=50)

    assert (result.totals.low_points, result.totals.high_points) == (532, 852)


def test_missing_ingredient_leaves_the_report_alone(make):
    result = blended(make, 90, 90)

    assert result.totals.total_points == 900
    assert [share.score for share in result.totals.blend] == [900, None]


def test_unknown_policy_and_blend_name_what_exists(make):
    with pytest.raises(UnknownRule, match="可用：zero"):
        make.ruler_of(make.experts_of(1), policy="none")
    with pytest.raises(UnknownRule, match="可用：report-only"):
        make.ruler_of(make.experts_of(1), blend="none")


def test_veto_on_an_indicator_out_of_the_total_brings_it_back_with_nothing(make):
    scheme = make.scheme_of(
        policies=[make.policy_of(action="rescale")],
        vetoes=[{"code": "V2", "label": "未公开", "effect": "zero_indicator", "indicator": "E1"}],
    )
    ruler = make.ruler_of(make.experts_of(20, 80), scheme=scheme)
    entries = [*make.expert_entries(None, 100), {"kind": "veto", "code": "V2"}]
    result = make.score(ruler, review=entries)
    line = result.indicators[0]

    assert (line.max_points, line.points, line.vetoed_by) == (20, 0, "V2")
    assert result.totals.total_points == 80
    assert (result.totals.low_points, result.totals.high_points) == (80, 80)
    assert line.points_to_gain == 0
    assert line.is_short


def test_claim_of_full_coverage_without_a_figure_counts_as_a_claimed_hundred_percent(make):
    """The workbook asks for a tick where a report says 全覆盖 and gives no figure."""
    ruler = make.shipped_ruler()
    entity = {"name": "某县", "level": "county", "regions": ["某县"]}
    answers = [{"item": "document-review-rate", "is_claim": True}]
    submission = Submission.model_validate(
        {
            "schema": "submission/1",
            "entity": entity,
            "period": {"from": "2024-01-01", "to": "2024-12-31"},
            "answers": answers,
        }
    )
    line = next(one for one in assess(submission, ruler).indicators if one.code == "B1")

    assert line.reason is Reason.CLAIM_UNCONFIRMED
    assert line.points == line.max_points * Decimal("0.8")
