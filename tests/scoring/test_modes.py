"""Which target binds whom: own plan, superior's plan, chosen foreign plan, yardstick, none."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.errors import AssessorError, UnknownRule
from schemas.issue import Issue, IssueCode, Location, Severity
from scoring import Choice, make_ruler, shipped_rulebook

RULE = [{"code": "C", "points": 10, "rule": {"kind": "proportional", "item": "rate"}}]


def rate(value, **more):
    return {"item": "rate", "comparator": ">=", "value": value} | more


def plan(make, name):
    everyone = ["county", "city"]
    return {
        "own": make.plan_of([rate(90)], plan_id="own"),
        "superior": make.plan_of([rate(80)], plan_id="superior", region="乙市"),
        "foreign": make.plan_of([rate(70)], plan_id="foreign", region="丙县"),
        "city": make.plan_of([rate(75)], plan_id="city", region="丁市", level="city"),
        "old": make.plan_of([rate(50)], plan_id="old", years=(2016, 2020)),
        "yardstick": make.plan_of([rate(60, levels=everyone)], plan_id="yardstick", region="*"),
    }[name]


def scored(make, *names, chosen=(), **more):
    ruler = make.ruler_of(RULE, plans=[plan(make, name) for name in names], chosen=chosen)
    return make.score(ruler, {"rate": 85}, **{"regions": ["甲县", "乙市"]} | more)


def held_against(result):
    target = result.indicators[0].parts[0].target
    return None if target is None else (target.plan, target.standing, target.value)


@pytest.mark.parametrize(
    ("names", "expected", "mode"),
    [
        (("yardstick", "superior", "own"), ("own", "own", 90), "binding"),
        (("yardstick", "superior"), ("superior", "superior", 80), "binding"),
        (("yardstick",), ("yardstick", "benchmark", 60), "reference"),
    ],
)
def test_nearest_plan_goes_first(make, names, expected, mode):
    result = scored(make, *names)

    assert held_against(result) == expected
    assert result.mode == mode


def test_no_plan_is_a_reference_without_a_target(make):
    result = scored(make, "foreign")

    assert held_against(result) is None
    assert result.indicators[0].reason == "no_target"
    assert (result.mode, result.mode_reasons) == ("reference", ("no_plan",))


@pytest.mark.parametrize(
    ("name", "value", "reasons"),
    [
        ("foreign", 70, ("region:foreign",)),
        ("city", 75, ("region:city", "level:city")),
        ("old", 50, ("period:old",)),
    ],
)
def test_chosen_plan_that_does_not_bind_is_a_reference(make, name, value, reasons):
    result = scored(make, name, chosen=[name])

    assert held_against(result) == (name, "reference", value)
    assert (result.mode, result.mode_reasons) == ("reference", reasons)


def test_one_foreign_plan_makes_the_whole_a_reference(make):
    own = make.plan_of([rate(90)], plan_id="own")
    other = make.plan_of([rate(70) | {"item": "other"}], plan_id="foreign", region="丙县")
    second = {"code": "D", "points": 10, "rule": {"kind": "proportional", "item": "other"}}
    ruler = make.ruler_of([*RULE, second], plans=[own, other], chosen=["own", "foreign"])
    result = make.score(ruler, {"rate": 90, "other": 70})

    assert [part.target.standing for line in result.indicators for part in line.parts] == [
        "own",
        "reference",
    ]
    assert (result.mode, result.mode_reasons) == ("reference", ("region:foreign",))


def test_own_plan_outside_its_period_does_not_bind(make):
    assert held_against(scored(make, "old")) is None
    assert held_against(scored(make, "own", year=2026)) is None
    assert held_against(scored(make, "own", year=2020)) is None
    assert held_against(scored(make, "own", year=2021)) == ("own", "own", 90)


def test_yardstick_ends_with_its_period(make):
    assert held_against(scored(make, "yardstick", year=2026)) is None


def test_plan_chosen_outside_its_period_gives_its_nearest_value(make):
    values = [
        {"from": "2016-01-01", "value": 40, "due_basis": "ongoing"},
        {"from": "2018-01-01", "value": 50, "due_basis": "ongoing"},
    ]
    old = make.plan_of([rate(0, values=values)], plan_id="old", years=(2016, 2020))
    ruler = make.ruler_of(RULE, plans=[old], chosen=["old"])

    after = make.score(ruler, {"rate": 85}, year=2025)
    before = make.score(ruler, {"rate": 85}, year=2010)

    assert held_against(after) == ("old", "reference", 50)
    assert held_against(before) == ("old", "reference", 40)


def test_target_not_yet_in_force_is_no_target(make):
    late = make.plan_of([rate(90) | {"from": date(2024, 1, 1)}])
    ruler = make.ruler_of(RULE, plans=[late])

    assert held_against(make.score(ruler, {"rate": 85}, year=2023)) is None
    assert held_against(make.score(ruler, {"rate": 85}, year=2024)) == ("plan", "own", 90)


def test_target_of_another_level_does_not_bind(make):
    townships = make.plan_of([rate(90, levels=["township"])])
    ruler = make.ruler_of(RULE, plans=[townships])

    assert held_against(make.score(ruler, {"rate": 85})) is None


def test_target_outside_the_field_is_never_used(make):
    plan_ = make.plan_of([rate(90)])
    targets = tuple(one.model_copy(update={"outside": "司法"}) for one in plan_.targets)
    ruler = make.ruler_of(RULE, plans=[plan_.model_copy(update={"targets": targets})])

    assert held_against(make.score(ruler, {"rate": 85})) is None


def test_target_with_an_unsuited_comparator_is_passed_over(make):
    both = make.plan_of([rate(None) | {"comparator": "decline"}, rate(88)])
    ruler = make.ruler_of(RULE, plans=[both])

    assert held_against(make.score(ruler, {"rate": 85})) == ("plan", "own", 88)


def test_reference_prefers_a_target_of_the_same_level(make):
    mixed = make.plan_of(
        [rate(70, levels=["city"]), rate(75, levels=["county"])], plan_id="f", region="丙县"
    )
    ruler = make.ruler_of(RULE, plans=[mixed], chosen=["f"])

    assert held_against(make.score(ruler, {"rate": 85})) == ("f", "reference", 75)


def test_each_mode_uses_its_default_policy(make):
    scheme = make.scheme_of(
        policies=[make.policy_of("strict"), make.policy_of("mild", action="rescale")],
        default_policy={"binding": "strict", "reference": "mild"},
    )
    binding = make.ruler_of(RULE, targets=[rate(90)], scheme=scheme)
    reference = make.ruler_of(RULE, scheme=scheme)
    asked_for = make.ruler_of(RULE, scheme=scheme, policy="strict")

    assert make.score(binding).rules.policy == "strict"
    assert make.score(reference).rules.policy == "mild"
    assert make.score(asked_for).rules.policy == "strict"


def test_shipped_reference_assessment_says_why(make):
    ruler = make.shipped_ruler("jiashan-2021-2025")
    result = make.score(ruler, name="新昌县", regions=["新昌县", "绍兴市"], year=2019)
    label = "嘉善县法治政府建设实施纲要（2021—2025年）"

    assert result.mode == "reference"
    assert result.mode_reasons == (f"region:{label}", f"period:{label}")
    assert ("jiashan-2021-2025", label, "official") in result.rules.target_sets
    assert "jiashan-outline-2021-2025" in [source.id for source in result.sources]


def test_shipped_weight_set_scores_its_dimensions_and_names_itself(make):
    result = make.score(make.shipped_ruler(weights="guangdong-draft"), name="嘉善县")
    points = {node.code: node.nominal_points for node in result.nodes}

    assert points == {
        "A": 150, "B": 100, "C": 150, "D": 150, "F": 100, "G": 250, "H": 50, "I": 50
    }  # fmt: skip
    assert result.rules.weight_set == "guangdong-draft"
    assert not any(line.dimension == "E" for line in result.indicators)


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"framework": "none"}, "没有指标体系“none”；可用：.*house-59"),
        ({"framework": "demonstration-2021"}, "只登记了概貌"),
        ({"weights": "none"}, "权重方案“none”；可用：.*house"),
        ({"targets": ("none",)}, "没有目标集“none”；可用：.*jiashan-2021-2025"),
    ],
)
def test_unknown_name_lists_what_exists(choice, message):
    with pytest.raises(UnknownRule, match=message):
        make_ruler(shipped_rulebook(), Choice(**choice))


def test_item_answered_twice_is_refused(make):
    twice = [{"item": "e1", "value": 1}, {"item": "e1", "value": 2}]

    with pytest.raises(AssessorError, match="e1 填报了两次"):
        make.score(make.ruler_of(make.experts_of(10)), answers_list=twice)


def test_issues_are_carried_in_the_order_of_their_places(make):
    issues = [
        Issue(
            code=IssueCode.APPROXIMATE,
            severity=Severity.NOTE,
            location=Location(file="a.yaml", place=place, item="rate"),
        )
        for place in ("line 9", "line 2", "line 5")
    ]
    result = make.score(make.ruler_of(make.experts_of(10)), issues=issues)

    assert [one.location.place for one in result.issues] == ["line 2", "line 5", "line 9"]


def test_self_scores_and_evidence_reach_the_lines(make):
    shown = {
        "value": 85,
        "scope": "全县",
        "note": "自评",
        "is_approximate": True,
        "evidence": [{"quote": "合格率"}],
    }
    ruler = make.ruler_of(RULE, targets=[rate(90)])
    result = make.score(ruler, {"rate": shown}, self_scores=[{"code": "C", "points": 9}])
    line, part = result.indicators[0], result.indicators[0].parts[0]

    assert line.self_points == 9
    assert (part.scope, part.note, part.is_approximate) == ("全县", "自评", True)
    assert [one.quote for one in part.evidence] == ["合格率"]


def test_entities_under_the_same_plans_by_the_same_right_share_one_plan(make):
    names = ("own", "superior", "foreign", "yardstick")
    ruler = make.ruler_of(RULE, plans=[plan(make, name) for name in names])

    def planned(*regions):
        entity = make.score(ruler, {"rate": 85}, regions=list(regions)).entity
        return ruler.plan(entity, date(2024, 12, 31), date(2024, 12, 31))

    assert planned("戊县", "乙市") is planned("己县", "乙市")
    assert planned("戊县", "乙市") is not planned("甲县", "乙市")
    assert planned("戊县") is planned("庚县")
    assert planned("戊县") is not planned("戊县", "乙市")
