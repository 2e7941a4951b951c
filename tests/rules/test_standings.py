"""Own plan before the superior's, before a plan chosen for comparison, before a benchmark."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from schemas.base import Level
from schemas.submission import Answer, Entity
from scoring import Choice, Rulebook, assess, make_ruler
from scoring.ruler import Plan

FRAMEWORK = """\
schema: framework/1
id: one
edition: "1"
label: 单项
provenance: house
source: house-framework-2026
checked_on: 2026-01-10
status: scorable
full_mark: 10
scheme: standard
nodes:
  - {code: A1, label: 合格率, points: 10, rule: {kind: proportional, item: case-pass-rate}}
"""
PLAN = """\
schema: target-set/1
id: {id}
label: {id}
source: district-scheme
provenance: official
checked_on: 2026-01-10
region: "{region}"
level: county
period: {{from: {start}, to: {end}}}
targets:
  - id: T1
    label: 合格率
    item: case-pass-rate
    kind: quantified
    comparator: ">="
    unit: percent
    levels: [{levels}]
    clause: 第一条
    values:
      - {{from: {start}, value: {value}, due_basis: ongoing}}
"""
PLANS = (
    # id, region, levels, first day, last day, value
    ("own", "甲县", "county", "2021-01-01", "2025-12-31", 99),
    ("city", "乙市", "county", "2021-01-01", "2025-12-31", 97),
    ("foreign", "丙县", "county", "2021-01-01", "2025-12-31", 95),
    ("yardstick", "*", "county, city", "2016-01-01", "2035-12-31", 80),
)
COUNTY = ("甲县", "乙市")


@pytest.fixture
def mine(write, rulebook_with) -> Rulebook:
    paths = [write("framework.yaml", FRAMEWORK)]
    for name, region, levels, start, end, value in PLANS:
        text = PLAN.format(id=name, region=region, levels=levels, start=start, end=end, value=value)
        paths.append(write(f"{name}.yaml", text))
    return rulebook_with(*paths)


def _plan(
    book: Rulebook,
    regions: tuple[str, ...],
    day: date,
    *,
    level: Level = Level.COUNTY,
    targets: tuple[str, ...] = (),
) -> Plan:
    ruler = make_ruler(book, Choice(framework="one", targets=targets))
    entity = Entity(name=regions[0], level=level, regions=regions)
    return ruler.plan(entity, day, day)


def _held(plan: Plan) -> tuple[str, Decimal | None] | None:
    (part,) = plan.parts
    return None if part.found is None else (part.found.standing, part.found.value.value)


@pytest.mark.parametrize(
    ("regions", "level", "expected"),
    [
        (("甲县", "乙市"), Level.COUNTY, ("own", 99)),
        (("丁县", "乙市"), Level.COUNTY, ("superior", 97)),
        (("丁县", "戊市", "乙市"), Level.COUNTY, ("superior", 97)),
        (("丁县", "戊市"), Level.COUNTY, ("benchmark", 80)),
        (("乙市",), Level.CITY, ("benchmark", 80)),
        (("甲县", "乙市"), Level.TOWNSHIP, None),
    ],
)
def test_best_right_wins_by_region_and_level(
    mine: Rulebook, regions: tuple[str, ...], level: Level, expected: tuple[str, int] | None
) -> None:
    plan = _plan(mine, regions, date(2023, 12, 31), level=level)

    assert _held(plan) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2015, 12, 31), None),
        (date(2020, 12, 31), ("benchmark", 80)),
        (date(2021, 1, 1), ("own", 99)),
        (date(2025, 12, 31), ("own", 99)),
        (date(2026, 1, 1), ("benchmark", 80)),
        (date(2036, 1, 1), None),
    ],
)
def test_best_right_wins_by_date(
    mine: Rulebook, day: date, expected: tuple[str, int] | None
) -> None:
    assert _held(_plan(mine, COUNTY, day)) == expected


@pytest.mark.parametrize(
    ("regions", "mode", "reasons"),
    [
        (("甲县", "乙市"), "binding", ()),
        (("丁县", "乙市"), "binding", ()),
        (("丁县", "戊市"), "reference", ("no_plan",)),
    ],
)
def test_assessment_binds_only_under_a_plan_that_binds(
    mine: Rulebook, regions: tuple[str, ...], mode: str, reasons: tuple[str, ...]
) -> None:
    plan = _plan(mine, regions, date(2023, 12, 31))

    assert (plan.mode, plan.mode_reasons) == (mode, reasons)


def test_foreign_plan_counts_only_when_chosen_and_then_as_reference(mine: Rulebook) -> None:
    regions, day = ("丁县", "戊市"), date(2023, 12, 31)
    unasked, chosen = _plan(mine, regions, day), _plan(mine, regions, day, targets=("foreign",))

    assert _held(unasked) == ("benchmark", 80)
    assert _held(chosen) == ("reference", 95)
    assert (chosen.mode, chosen.mode_reasons) == ("reference", ("region:foreign",))


def test_foreign_plan_never_comes_before_ones_that_bind(mine: Rulebook) -> None:
    both = _plan(mine, COUNTY, date(2023, 12, 31), targets=("foreign", "city"))

    assert _held(both) == ("superior", 97)
    assert both.mode == "binding"


def test_own_plan_outside_its_years_is_a_reference_when_chosen(mine: Rulebook) -> None:
    plan = _plan(mine, COUNTY, date(2019, 12, 31), targets=("own",))

    assert _held(plan) == ("reference", 99)
    assert (plan.mode, plan.mode_reasons) == ("reference", ("period:own",))


def test_foreign_plan_of_another_level_and_time_says_all_three(mine: Rulebook) -> None:
    plan = _plan(mine, ("乙市",), date(2019, 12, 31), level=Level.CITY, targets=("foreign",))

    assert _held(plan) == ("reference", 95)
    assert plan.mode_reasons == ("region:foreign", "level:foreign", "period:foreign")


def test_repealed_target_gives_way_to_the_next_right(write, rulebook_with) -> None:
    paths = [write("framework.yaml", FRAMEWORK)]
    for name, region, levels, start, end, value in PLANS[:2]:
        text = PLAN.format(id=name, region=region, levels=levels, start=start, end=end, value=value)
        if name == "own":
            text += "      - {from: 2024-01-01, value: null, repealed: true, due_basis: ongoing}\n"
        paths.append(write(f"{name}.yaml", text))
    book = rulebook_with(*paths)

    assert _held(_plan(book, COUNTY, date(2023, 12, 31))) == ("own", 99)
    assert _held(_plan(book, COUNTY, date(2024, 1, 1))) == ("superior", 97)


def test_the_standing_changes_the_score(mine: Rulebook, submission) -> None:
    answer = Answer(item="case-pass-rate", value=89)
    ruler = make_ruler(mine, Choice(framework="one"))
    scores = {
        regions: assess(submission(answer, regions=regions), ruler)
        for regions in (COUNTY, ("丁县", "乙市"), ("丁县", "戊市"))
    }

    # Nothing at 20 below the target: (89 - 79) / 20 of 10, (89 - 77) / 20 of 10, all above 80.
    assert [str(one.totals.total_points) for one in scores.values()] == ["5.00", "6.00", "10.00"]
    assert [one.mode for one in scores.values()] == ["binding", "binding", "reference"]


def test_report_of_2019_against_plans_of_2021_is_a_reference_with_its_reasons(book) -> None:
    ruler = make_ruler(book, Choice(targets=("jiashan-2021-2025",)))
    entity = Entity(name="新昌县", level=Level.COUNTY, regions=("新昌县", "绍兴市", "浙江省"))
    plan = ruler.plan(entity, date(2019, 12, 31), date(2019, 12, 31))
    label = "嘉善县法治政府建设实施纲要（2021—2025年）"

    assert plan.mode == "reference"
    assert plan.mode_reasons == (f"region:{label}", f"period:{label}")
    assert {part.found.standing for part in plan.parts if part.found} == {"reference", "benchmark"}
