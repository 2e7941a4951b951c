"""Lines of the result: several parts, groups within groups, what is shown of the answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.outcome import Outcome, Reason
from schemas.result import Assessment, PartScore
from scoring.kinds.veto import limit_grade

RATE = {"kind": "proportional", "item": "rate", "floor": 0}
HEADS = {"kind": "count", "item": "heads"}
EXPERT = {"kind": "expert", "item": "e1"}
TARGETS = [
    {"item": "rate", "comparator": ">=", "value": 100},
    {"item": "heads", "comparator": "count", "value": 10},
]
NOT_APPLICABLE = {"not_applicable_because": "无此事项"}


def two_parts(make, answers, rules=(RATE, HEADS), *, targets=TARGETS, action="zero"):
    parts = [{"rule": rule, "share": share} for rule, share in zip(rules, (2, 1), strict=True)]
    scheme = make.scheme_of(policies=[make.policy_of(action=action)])
    ruler = make.ruler_of(
        [{"code": "C", "points": 30, "parts": parts}],
        targets=targets,
        scheme=scheme,
    )
    return make.score(ruler, answers).indicators[0]


@pytest.mark.parametrize(
    ("answers", "outcome", "reason", "points"),
    [
        ({"rate": 100, "heads": 10}, "met", "composite", 30),
        ({"rate": 50, "heads": 5}, "partly_met", "short_of_target", 15),
        ({"rate": 100}, "partly_met", "composite", 20),
        ({"rate": 0, "heads": 0}, "not_met", "short_of_target", 0),
        ({"rate": 0}, "not_met", "composite", 0),
        ({"heads": 10}, "partly_met", "composite", 10),
        ({}, "not_reported", "silent", 0),
        ({"rate": {"is_weakness": True}}, "not_reported", "composite", 0),
        ({"rate": {"numerator": 3}}, "not_reported", "composite", 0),
        ({"rate": NOT_APPLICABLE, "heads": 10}, "met", "counted", 30),
        ({"rate": NOT_APPLICABLE, "heads": NOT_APPLICABLE}, "not_applicable", "declared", 0),
    ],
)
def test_outcome_of_an_indicator_sums_up_its_parts(make, answers, outcome, reason, points):
    line = two_parts(make, answers)

    assert (line.outcome, line.reason, line.points) == (outcome, reason, points)


def test_worst_open_outcome_names_the_indicator(make):
    open_parts = two_parts(make, {"rate": {"numerator": 3}}, (RATE, EXPERT))
    not_due = two_parts(
        make, {"rate": 0}, (RATE, EXPERT), targets=[TARGETS[0] | {"due": "2026-12-31"}]
    )
    pending = two_parts(make, {}, (EXPERT | {"item": "e2"}, EXPERT))

    assert open_parts.outcome is Outcome.NOT_ASSESSABLE
    assert not_due.outcome is Outcome.NOT_DUE
    assert (pending.outcome, pending.reason) == (Outcome.PENDING_REVIEW, Reason.AWAITING_EXPERT)


def test_parts_split_the_points_by_share_and_number_themselves(make):
    line = two_parts(make, {"rate": 100, "heads": 5})

    assert [part.code for part in line.parts] == ["C.1", "C.2"]
    assert [part.max_points for part in line.parts] == [20, 10]
    assert [part.points for part in line.parts] == [20, 5]
    assert line.points_to_gain == line.points_lost == 5


def test_gain_of_a_line_with_one_part_out_of_the_total(make):
    # kept: 20 points half earned; brought back 10 and mended: 30 of 30
    line = two_parts(make, {"rate": 50}, action="rescale")

    assert [part.max_points for part in line.parts] == [30, 0]
    assert line.points == 15
    assert line.points_to_gain == 15
    assert line.disclosed == Decimal("66.67")


def test_line_nobody_can_mend_is_not_short(make):
    policy = make.policy_of(reasons=[{"reason": "no_target", "action": "rescale"}])
    ruler = make.ruler_of(
        [{"code": "C", "points": 30, "rule": RATE}, *make.experts_of(70)],
        scheme=make.scheme_of(policies=[policy]),
    )
    result = make.score(ruler, {"rate": 10}, review=make.expert_entries(100))
    line = result.indicators[0]

    assert (line.reason, line.max_points) == (Reason.NO_TARGET, 0)
    assert not line.is_short
    assert line.points_to_gain == 0
    assert result.totals.high_points == 100
    assert "C" not in result.gaps


def test_groups_within_groups_sum_what_is_below(make):
    rows = [one | {"parent": "X"} for one in make.experts_of(30, 20, 50)]
    rows[0]["parent"], rows[1]["parent"] = "X1", "X1"
    framework = make.framework_of(rows)
    nodes = [
        node.model_copy(update={"parent": "X"}) if node.code == "X1" else node
        for node in framework.nodes
    ]
    ruler = make.ruler_of(rows)
    changed = framework.model_copy(update={"nodes": tuple(nodes)})
    object.__setattr__(ruler, "framework", changed)
    result = make.score(ruler, review=make.expert_entries(100, 50, 10))
    by_code = {node.code: node for node in result.nodes}

    assert (by_code["X1"].level, by_code["X"].level) == (2, 1)
    assert (by_code["X1"].points, by_code["X1"].max_points) == (40, 50)
    assert (by_code["X"].points, by_code["X"].max_points) == (45, 100)
    assert (by_code["X1"].rate, by_code["X"].rate) == (80, 45)
    assert {line.dimension for line in result.indicators} == {"X"}
    assert dict(by_code["X"].outcomes) == {Outcome.MET: 1, Outcome.PARTLY_MET: 2}


def test_recurring_value_is_shown_with_four_places_but_scored_exactly(make):
    answers = {"rate": {"numerator": 28, "denominator": 644}, "heads": 10}
    part = two_parts(make, answers).parts[0]

    assert part.value == Decimal("4.3478")  # 2800 / 644 = 4.34782...
    assert part.points == Decimal("0.87")  # 20 x 0.0434782... = 0.8695...
    assert (part.numerator, part.denominator) == (28, 644)


def test_evidence_and_notes_of_a_checklist_are_gathered_without_repeats(make):
    shared, own = {"quote": "甲"}, {"quote": "乙"}
    rule = {"kind": "checklist", "items": ["a", "b", "c"]}
    answers = {
        "a": {"value": True, "evidence": [shared], "note": "一"},
        "b": {"value": True, "evidence": [shared, own], "note": "二"},
    }
    ruler = make.ruler_of([{"code": "C", "points": 30, "rule": rule}])
    part = make.score(ruler, answers).indicators[0].parts[0]

    assert [one.quote for one in part.evidence] == ["甲", "乙"]
    assert part.note == "一；二"


def test_checklist_shows_the_first_item_answered(make):
    rule = {"kind": "checklist", "items": ["a", "b"]}
    ruler = make.ruler_of([{"code": "C", "points": 30, "rule": rule}])
    some = make.score(ruler, {"b": {"value": True, "scope": "全县"}}).indicators[0].parts[0]
    none = make.score(ruler).indicators[0].parts[0]

    assert (some.item, some.scope) == ("b", "全县")
    assert (none.item, none.evidence) == ("a", ())


def test_engine_lines_pass_full_validation(make):
    result = make.score(make.shipped_ruler(), {"head-appearance-rate": 90}, name="嘉善县")
    again = Assessment.model_validate(result.model_dump())

    assert again.model_dump_json() == result.model_dump_json()
    assert again.indicators[0].parts[0].model_fields_set == set(PartScore.model_fields)


def test_stamp_names_the_rules(make):
    ruler = make.shipped_ruler()
    result = make.score(ruler, name="嘉善县")

    assert result.rules.ruler == ruler.digest
    assert len(ruler.digest) == len(result.submission_sha256) == 64
    assert (result.rules.framework, result.rules.weight_set) == ("house-59", "house")
    assert ("not_reported", "zero") in result.rules.actions
    assert ("no_target", "rescale") in result.rules.actions


def test_shipped_vetoes_reach_their_indicator(make):
    answers = {"report-published-on": "2026-03-04"}
    ruler = make.shipped_ruler(keep_all=True)
    clean = make.score(ruler, answers, name="嘉善县")
    vetoed = make.score(ruler, answers, name="嘉善县", review=[{"kind": "veto", "code": "V2"}])

    assert make.line_of(clean, "I5").points == 15
    assert make.line_of(vetoed, "I5").points == 0
    assert make.line_of(vetoed, "I5").vetoed_by == "V2"
    assert clean.totals.total_points - vetoed.totals.total_points == 15
    assert "veto:V2" in vetoed.grade.limited_by


def test_no_grade_cannot_be_limited(make):
    veto = make.shipped_ruler().scheme.vetoes[0]

    assert limit_grade("", veto, ("优秀", "不合格")) == ""


def test_claim_is_disclosed_but_not_evidenced(make):
    ruler = make.ruler_of(
        [{"code": "C", "points": 40, "rule": RATE}, *make.experts_of(60)], targets=TARGETS
    )
    answers = {"rate": {"value": 100, "is_claim": True}}
    totals = make.score(ruler, answers, review=make.expert_entries(100)).totals

    assert (totals.disclosure_rate, totals.evidenced_share) == (100, 60)
    assert (totals.low_points, totals.total_points, totals.high_points) == (60, 92, 100)


def test_line_the_engine_computes_is_no_disclosure_of_the_entity(make):
    computed = {"code": "I", "points": 10, "rule": {"kind": "disclosure", "item": "core-rate"}}
    rows = [computed, *(one | {"core": True} for one in make.experts_of(45, 45))]
    totals = make.score(make.ruler_of(rows), review=make.expert_entries(100)).totals

    assert (totals.n_applicable, totals.n_disclosed) == (2, 1)
    assert (totals.disclosure_rate, totals.core_disclosure_rate) == (50, 50)
    assert totals.total_points == 50  # 45 and half of 10
