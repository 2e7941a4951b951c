"""Defects reproduced in comparable packages, turned into tests that this engine passes.

The number in each docstring is that of the study of composite-index and audit tools; numbers
without a counterpart here (plots, sensitivity draws, the Word report) are left out.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from schemas.framework import DimensionWeight, Node, Part
from schemas.outcome import Outcome, Reason
from schemas.rules import Rule
from schemas.submission import Answer
from scoring import shipped_rulebook
from scoring.checks import check_submission
from scoring.kinds import KINDS
from scoring.kinds.lower_is_better import lower_is_better
from scoring.kinds.proportional import proportional
from scoring.kinds.relative import relative
from scoring.kinds.tiered import tiered
from scoring.kinds.trend import trend
from scoring.rounding import FULL, NOTHING, apportion

HEADS = {"kind": "count", "item": "heads"}
RATE = {"kind": "proportional", "item": "rate", "floor": 0}
LOSS = {"kind": "lower_is_better", "item": "loss", "zero_at": 15}
TREND = {"kind": "trend", "item": "volume", "improves": "down"}
LIST = {"kind": "checklist", "items": ["a", "b"]}


def mixed(make, *, action="zero", rate=50):
    """Build a framework that mixes target, limit, count, trend and yes/no."""
    rules = [RATE, LOSS, HEADS, TREND, LIST]
    rows = [{"code": f"I{i}", "points": 20, "rule": rule} for i, rule in enumerate(rules, 1)]
    targets = [
        {"item": "rate", "comparator": ">=", "value": rate},
        {"item": "loss", "comparator": "<=", "value": 2},
        {"item": "heads", "comparator": "count", "value": 10},
    ]
    scheme = make.scheme_of(policies=[make.policy_of(action=action)])
    return make.ruler_of(rows, targets=targets, scheme=scheme)


COMPLETE = {
    "rate": 50,
    "loss": 2,
    "heads": 10,
    "volume": {"value": 1, "previous": 2},
    "a": True,
    "b": True,
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_works_through_the_whole_pipeline(make, kind):
    """Defect 1: a documented method could not be called by the pipeline."""
    rule = {
        "checklist": LIST,
        "deduction": {"item": "x", "each": 10},
        "trend": TREND,
        "deadline": {"item": "x", "month": 4, "day": 1},
        "relative": {"item": "x", "direction": "within_range"},
    }.get(kind, {"item": "x"}) | {"kind": kind}
    result = make.score(make.ruler_of([{"code": "C", "points": 10, "rule": rule}]))

    assert result.indicators[0].parts[0].kind == kind
    assert result.indicators[0].points == 0


def test_every_kind_of_the_schema_has_a_rule():
    """Defect 1: documented and usable are the same set."""
    schema = TypeAdapter(Rule).json_schema()

    assert set(schema["discriminator"]["mapping"]) == set(KINDS)


@pytest.mark.parametrize("missing", COMPLETE)
def test_missing_cell_leaves_every_other_line_alone(make, missing):
    """Defect 2, and pymcdm and pyDecision of 2.3: one gap spoiled the whole."""
    full = make.score(mixed(make), COMPLETE)
    gap = make.score(mixed(make), {k: v for k, v in COMPLETE.items() if k != missing})
    changed = [
        before.code
        for before, after in zip(full.indicators, gap.indicators, strict=True)
        if before.model_dump() != after.model_dump()
    ]

    assert len(changed) == 1
    assert full.totals.total_points == 100
    assert gap.totals.total_points == (90 if missing in "ab" else 80)


def test_explicit_nothing_is_a_setting_and_unknown_settings_are_refused():
    """Defect 3: a setting was dropped in silence and the default used."""
    adapter = TypeAdapter(Rule)

    assert adapter.validate_python({**RATE, "floor": None}).floor is None
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        adapter.validate_python({**RATE, "winmax": None})


@pytest.mark.parametrize(
    "change", [{"floor": 10}, {"strict": True}, {"accepts": ["other"]}, {"related": ["other"]}]
)
def test_every_setting_changes_the_ruler(make, change):
    """Defects 3 and 15: which settings made a score could not be told."""
    base = make.ruler_of([{"code": "C", "points": 10, "rule": RATE}])
    other = make.ruler_of([{"code": "C", "points": 10, "rule": RATE | change}])

    assert base.digest != other.digest


def test_extreme_value_earns_full_points_and_no_more(make):
    """Defect 5: an outlier stayed although treatment was asked for."""
    normal = make.score(mixed(make), COMPLETE)
    extreme = make.score(mixed(make), COMPLETE | {"heads": 10**20})

    assert extreme.indicators[2].points == normal.indicators[2].points == 20
    assert extreme.totals.total_points == normal.totals.total_points


@pytest.mark.parametrize(("value", "points"), [(0, 0), (25, 10), (50, 20)])
def test_indicator_constant_among_units_keeps_its_weight(make, value, points):
    """Defect 6 and 2.3: a constant column was dropped, or gave everyone full marks or 0."""
    units = [{"rate": value}, {"rate": value, "heads": 10}, {"rate": value, "loss": 9}]
    lines = [make.score(mixed(make), unit).indicators[0] for unit in units]

    assert [line.points for line in lines] == [points] * 3
    assert [line.max_points for line in lines] == [20] * 3


@pytest.mark.parametrize("action", ["zero", "rescale", "floor"])
def test_missing_cell_is_traced_in_the_result(make, action):
    """Defect 7: a score on part of the evidence looked like any other."""
    result = make.score(mixed(make, action=action), {"rate": 50, "loss": 2, "heads": 10})
    totals = result.totals

    assert (totals.n_applicable, totals.n_disclosed) == (5, 3)
    assert (totals.disclosure_rate, totals.evidenced_share) == (60, 60)
    assert (totals.low_points, totals.high_points) == (60, 100)
    assert [line.outcome for line in result.indicators[3:]] == [Outcome.NOT_REPORTED] * 2
    assert result.gaps == ("I4", "I5")
    assert totals.total_points == {"zero": 60, "rescale": 100, "floor": 68}[action]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e5", float("nan"), 0.5])
def test_not_a_number_is_refused_at_the_door(value):
    """Defect 8: a table of NA came back instead of a failure."""
    with pytest.raises(ValidationError, match="a number must be"):
        Answer(item="rate", value=value)


def test_target_at_the_smallest_value_is_full_or_nothing():
    """Defect 9: a target equal to the minimum gave NaN and Inf."""
    zero, tiny = Decimal(0), Decimal("0.01")

    assert proportional(zero, zero, zero) == FULL
    assert proportional(-tiny, zero, zero) == NOTHING
    assert lower_is_better(zero, zero, zero) == FULL
    assert lower_is_better(tiny, zero, zero) == NOTHING


def test_distance_to_target_is_the_units_own(make):
    """Defect 9: distance to target depended on the sample's minimum."""
    alone = make.score(mixed(make), {"rate": 25})
    ruler = mixed(make)
    for other in ({"rate": 0}, {"rate": 50}, {"rate": 100}):
        make.score(ruler, other)

    assert make.score(ruler, {"rate": 25}).model_dump_json() == alone.model_dump_json()


@pytest.mark.parametrize("weight", [0, -1, Decimal("-0.5")])
def test_weights_that_are_not_positive_are_refused(weight):
    """Defect 10: negative weights were accepted, zero weights gave NaN."""
    with pytest.raises(ValidationError, match="greater than"):
        Node(code="C", label="C", points=weight, rule=RATE)
    with pytest.raises(ValidationError, match="greater than 0"):
        Part(rule=TypeAdapter(Rule).validate_python(RATE), share=weight)
    with pytest.raises(ValidationError, match="greater than 0"):
        DimensionWeight(code="C", weight=weight)
    with pytest.raises(ValueError, match="weights must be positive"):
        apportion(Decimal(100), [Decimal(1), Decimal(weight)], 2)


def test_kinds_mix_without_a_target_for_all(make):
    """Defect 11: a target had to be given for every indicator or for none."""
    result = make.score(mixed(make), COMPLETE)
    kinds = [line.parts[0].kind for line in result.indicators]
    has_target = [line.parts[0].target is not None for line in result.indicators]

    assert kinds == ["proportional", "lower_is_better", "count", "trend", "checklist"]
    assert has_target == [True, True, True, False, False]
    assert result.totals.total_points == 100


def test_natural_posts_of_a_lower_is_better_indicator_tell_units_apart(make):
    """Defect 13: natural posts (2, 15) gave 0 to every unit, the documented fix gave 100."""
    values = [2, Decimal("8.5"), 15]
    points = [make.score(mixed(make), {"loss": one}).indicators[1].points for one in values]

    assert points == [20, 10, 0]  # 20 x (15 - 8.5) / 13 = 10


@pytest.mark.parametrize("text", ["$Log$Treat$x", "__import__('os')", "1+1", "rate; drop"])
def test_rules_hold_names_not_code(text):
    """Defect 15: settings were addressed by strings that were run as code."""
    with pytest.raises(ValidationError, match="String should match pattern"):
        TypeAdapter(Rule).validate_python({**RATE, "item": text})


def test_leaving_a_unit_out_changes_no_other_unit(make):
    """Min-max of 2.2: leaving one unit out reversed the order of others for 24 of 51."""
    ruler = mixed(make)
    units = {f"县{i:02}": {"rate": 7 * i % 60, "loss": i % 16, "heads": i} for i in range(12)}

    def batch(ruler, names):
        region = ["甲县"]
        return {
            name: make.score(ruler, units[name], name=name, regions=region).model_dump_json()
            for name in names
        }

    everyone = batch(ruler, units)
    for left_out in units:
        others = batch(mixed(make), [name for name in units if name != left_out])

        assert others == {name: text for name, text in everyone.items() if name != left_out}


def test_two_units_with_identical_data_score_alike(make):
    """2.3, ProMCDA: two units with identical data were refused."""
    one, two = (
        make.score(mixed(make), COMPLETE, name=name, regions=["甲县"]) for name in ("一队", "二队")
    )

    assert one.entity.name != two.entity.name
    assert one.indicators == two.indicators


def test_zero_in_a_lower_is_better_column_is_the_best_value(make):
    """2.3, pyDecision: a zero in a cost column gave NaN."""
    assert make.score(mixed(make), {"loss": 0}).indicators[1].points == 20
    assert trend(Decimal(0), Decimal(0), "down", Decimal(0)) == (1, 2)


def test_zero_benchmark_divides_nothing():
    """2.3: a zero yardstick must not break the arithmetic."""
    zero, two = Decimal(0), Decimal(2)

    assert relative(zero, zero, "lower_is_better", zero, two) == FULL
    assert relative(zero, zero, "higher_is_better", zero, two) == FULL
    assert relative(Decimal(1), zero, "lower_is_better", zero, two) == NOTHING


@pytest.mark.parametrize("action", ["zero", "rescale", "floor", "block"])
def test_all_not_applicable_is_never_zero(make, action):
    """2.3, Lighthouse: all audits not applicable gave 0."""
    reason = {"not_applicable_because": "无此事项"}
    result = make.score(mixed(make, action=action), dict.fromkeys(COMPLETE, reason))

    assert {line.outcome for line in result.indicators} == {Outcome.NOT_APPLICABLE}
    assert (result.totals.total_points, result.totals.rate, result.grade.grade) == (None, None, "")


def test_one_part_not_applicable_leaves_the_others(make):
    """2.3, Lighthouse: what does not apply loses its weight and nothing else."""
    answers = COMPLETE | {"loss": {"not_applicable_because": "无此事项"}}
    result = make.score(mixed(make), answers)

    assert result.totals.total_points == 100
    assert result.indicators[1].reason is Reason.DECLARED
    assert [line.max_points for line in result.indicators] == [25, 0, 25, 25, 25]


@pytest.mark.parametrize("action", ["zero", "block"])
def test_what_cannot_be_assessed_never_inflates_the_total(make, action):
    """2.3, Lighthouse: an error must not raise a score; here it is 0 or no total at all."""
    answers = COMPLETE | {"volume": 5}
    result = make.score(mixed(make, action=action), answers)

    assert result.indicators[3].reason is Reason.NO_PREVIOUS
    assert result.totals.total_points == (80 if action == "zero" else None)


def test_minus_one_is_a_value_out_of_range_and_no_sentinel(make):
    """2.3, Scorecard: -1 meant inconclusive and was dropped, its weight re-spread."""
    submission = make.submission_of({"head-appearance-rate": -1, "first-responsible-person": -1})
    codes = {one.code for one in check_submission(submission, shipped_rulebook())}
    line = make.score(mixed(make), {"rate": -1}).indicators[0]

    assert {"value.out_of_range", "value.not_tier"} <= codes
    assert (line.outcome, line.points, line.max_points) == (Outcome.NOT_MET, 0, 20)
    with pytest.raises(IndexError, match="-1"):
        tiered(-1, (Decimal(0), Decimal(40), Decimal(70), Decimal(100)))
