"""Every rule kind against tables computed by hand (`tests/cases`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.submission import EvidenceLevel
from scoring.kinds import KINDS
from scoring.yaml_strict import parse_yaml

CASES = Path(__file__).parents[1] / "cases"
GRADE_VETOES = [
    {"code": "V1", "label": "造假", "effect": "fail"},
    {"code": "V2", "label": "未公开", "effect": "zero_indicator", "indicator": "E1"},
    {"code": "V3", "label": "违法文件", "effect": "cap_grade", "cap": "合格"},
    {"code": "V4", "label": "违法执法", "effect": "cap_grade", "cap": "良好"},
]


def table(kind):
    document = parse_yaml((CASES / f"{kind}.yaml").read_text(encoding="utf-8"))
    assert not document.faults, document.faults
    return document.value


def cases_of(*kinds):
    return [
        pytest.param(content, case, id=f"{kind}: {case['name']}")
        for kind in kinds
        for content in (table(kind),)
        for case in content["cases"]
    ]


def assessed(make, content, case):
    """Score one case in a framework of its indicator, the core asked for, and a filler."""
    rule = {"kind": content["kind"]} | case.get("rule", content["rule"])
    core = case.get("core", {"n": 1, "disclosed": 0})
    indicators = [{"code": "C", "points": content["points"], "rule": rule}]
    indicators += [one | {"core": "core" in case} for one in make.experts_of(*[10] * core["n"])]
    target = case.get("target", content.get("target"))
    ruler = make.ruler_of(indicators, targets=[target] if target else [], units=_units(case))
    main = rule.get("item")
    answers = case.get("answers", {main: case["answer"]} if "answer" in case else {})
    review = make.expert_entries(*[50] * core["disclosed"])
    review += [{"kind": "confirm_claim", "code": one} for one in case.get("confirmed", ())]
    if "expert" in case:
        review.append({"kind": "expert_score", "code": main, "score": case["expert"]})
    benchmarks = case.get("benchmarks", content.get("benchmarks", {}))
    result = make.score(
        ruler,
        answers,
        review=review,
        as_of=case.get("as_of"),
        year=content.get("year", 2025),
        benchmarks=[{"key": k, "value": v, "source": "通报"} for k, v in benchmarks.items()],
    )
    return make.line_of(result, "C")


def _units(case):
    return {"meetings": "time"} if "meetings" in case.get("answers", {}) else {}


@pytest.mark.parametrize(("content", "case"), cases_of(*KINDS))
def test_case_computed_by_hand(make, content, case):
    line = assessed(make, content, case)
    expect, part = case["expect"], line.parts[0]

    assert (line.outcome, line.reason) == (expect["outcome"], expect["reason"])
    assert line.points == part.points == expect["points"]
    assert part.low_points == expect.get("low", part.points)
    assert part.high_points == expect.get("high", part.high_points)
    assert part.detail == expect.get("detail", part.detail)


@pytest.mark.parametrize(("content", "case"), cases_of(*KINDS))
def test_bounds_are_equal_unless_the_table_says_otherwise(make, content, case):
    expect = case["expect"]
    part = assessed(make, content, case).parts[0]

    is_open = part.low_points != part.high_points
    says_open = expect.get("low", expect["points"]) != expect.get("high", expect["points"])
    unstated = "high" not in expect and expect["outcome"] in ("not_reported", "not_assessable")

    assert is_open is (says_open or unstated)


def test_every_kind_has_a_table():
    names = {path.stem for path in CASES.glob("*.yaml")}

    assert names >= {*KINDS, "bonus", "veto"}


@pytest.mark.parametrize("kind", [*KINDS, "bonus", "veto"])
def test_every_case_says_why_and_has_its_own_name(kind):
    cases = table(kind)["cases"]

    assert all(case["why"] for case in cases)
    assert len({case["name"] for case in cases}) == len(cases)


@pytest.mark.parametrize(("content", "case"), cases_of("bonus"))
def test_bonus_computed_by_hand(make, content, case):
    scheme = make.scheme_of(
        bonuses=[
            {"code": code, "label": code, "rate": rate} for code, rate in content["bonuses"].items()
        ],
        bonus_cap=content["cap"],
    )
    days = case.get("days", ["2026-02-01"] * len(case["granted"]))
    entries = [
        {"kind": "bonus", "code": code, "decided_on": day}
        for code, day in zip(case["granted"], days, strict=True)
    ]
    ruler = make.ruler_of(make.experts_of(content["full_mark"]), scheme=scheme)
    result = make.score(ruler, review=[*make.expert_entries(50), *entries])

    assert [one.counted for one in result.bonuses] == case["expect"]["counted"]
    assert result.totals.total_points == case["expect"]["total"]
    assert result.totals.bonus_points == sum(case["expect"]["counted"])


@pytest.mark.parametrize(("content", "case"), cases_of("veto"))
def test_veto_computed_by_hand(make, content, case):
    del content
    ruler = make.ruler_of(make.experts_of(200, 800), scheme=make.scheme_of(vetoes=GRADE_VETOES))
    entries = [{"kind": "veto", "code": code} for code in case["vetoes"]]
    result = make.score(ruler, review=[*make.expert_entries(*case["scores"]), *entries])
    expect = case["expect"]

    assert result.grade.grade == expect["grade"]
    assert result.grade.by_points == expect["by_points"]
    assert list(result.grade.limited_by) == expect["limited_by"]
    assert result.totals.total_points == expect["total"]


@pytest.mark.parametrize(
    ("answer", "level"),
    [
        (100, EvidenceLevel.V3),
        ({"value": 100, "is_claim": True}, EvidenceLevel.V2),
        ({"value": 100, "evidence_level": "V1"}, EvidenceLevel.V1),
        ({"evidence": [{"quote": "已落实"}]}, EvidenceLevel.V0),
    ],
)
def test_evidence_level_defaults_to_what_was_given(make, answer, level):
    content = table("proportional")
    part = assessed(make, content, {"answer": answer}).parts[0]

    assert part.evidence_level is level


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_evidence_level_of_a_tiered_item_is_its_tier(make, tier):
    part = assessed(make, table("tiered"), {"answer": tier}).parts[0]

    assert part.evidence_level == f"V{tier}"
