"""The ten worked examples of the field study, end to end with the shipped rules.

`keep_all` is a policy under which nothing leaves the total, so that every indicator carries
its own points and the examples can be read off as they were computed on paper.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from schemas.framework import Framework
from schemas.outcome import Outcome, Reason
from scoring import Choice, assess, make_ruler, shipped_rulebook

JIAXING = {"name": "嘉兴市", "level": "city", "regions": ["嘉兴市", "浙江省"], "year": 2021}
XINCHANG = {"name": "新昌县", "level": "county", "regions": ["新昌县", "绍兴市"], "year": 2019}
JIASHAN = {"name": "嘉善县", "level": "county", "regions": ["嘉善县", "嘉兴市"], "year": 2025}
HUZHOU = {"name": "湖州市", "level": "city", "regions": ["湖州市", "浙江省"], "year": 2025}
DISTRICT = {"name": "某区", "level": "county", "regions": ["某区"], "year": 2025}
PLANS = ("jiashan-2021-2025", "huzhou-14th-plan")


def line(make, code, answers, *, plan=(), **entity):
    ruler = make.shipped_ruler(*plan, keep_all=True)
    return make.line_of(make.score(ruler, answers, **entity), code)


@pytest.mark.parametrize("plan", PLANS)
def test_appearance_rate_97_78_earns_33_06(make, plan):
    # 35 x (97.78 - 60) / 40 = 33.0575
    found = line(make, "F1", {"head-appearance-rate": "97.78"}, plan=(plan,), **JIAXING)

    assert found.max_points == 35
    assert found.points == Decimal("33.06")
    assert found.points_lost == Decimal("1.94")


@pytest.mark.parametrize("plan", PLANS)
def test_loss_rate_4_35_earns_35_under_both_plans(make, plan):
    found = line(make, "F3", {"first-instance-loss-rate": "4.35"}, plan=(plan,), **JIAXING)

    assert (found.outcome, found.points) == (Outcome.MET, 35)


def test_loss_rate_of_exactly_8_is_met_where_8_is_included(make):
    found = line(make, "F3", {"first-instance-loss-rate": "8.00"}, **JIASHAN)

    assert found.parts[0].target.id == "JS19"
    assert (found.outcome, found.reason) == (Outcome.MET, Reason.TARGET_REACHED)
    assert found.points == 35


def test_loss_rate_of_exactly_8_is_not_met_where_it_must_stay_below(make):
    found = line(make, "F3", {"first-instance-loss-rate": "8.00"}, **HUZHOU)

    assert found.parts[0].target.id == "HZ27"
    assert (found.outcome, found.reason) == (Outcome.NOT_MET, Reason.STRICT_BOUND)
    assert found.is_short


def test_certificate_rate_91_3_earns_16_63_as_a_reference(make):
    # 25 x (91.3 - 78) / 20 = 16.625, half up
    ruler = make.shipped_ruler("jiashan-2021-2025", keep_all=True)
    result = make.score(
        ruler, {"certificate-holding-rate": "91.3"}, as_of=date(2025, 12, 31), **XINCHANG
    )
    found = make.line_of(result, "D1")

    assert result.mode == "reference"
    assert found.parts[0].target.id == "JS30"
    assert (found.outcome, found.points) == (Outcome.PARTLY_MET, Decimal("16.63"))


def test_certificate_rate_91_3_is_progress_before_2025(make):
    found = line(
        make, "D1", {"certificate-holding-rate": "91.3"}, plan=("jiashan-2021-2025",), **XINCHANG
    )

    assert (found.outcome, found.points) == (Outcome.NOT_DUE, Decimal("16.63"))


def test_fifteen_meeting_studies_are_not_lectures(make):
    found = line(make, "H1", {"meeting-law-study": 15}, plan=("jiashan-2021-2025",), **JIAXING)

    assert found.parts[0].target.id == "JS27"
    assert (found.outcome, found.reason) == (Outcome.NOT_ASSESSABLE, Reason.NOT_EQUIVALENT)
    assert (found.max_points, found.points) == (20, 0)


def test_fifteen_meeting_studies_are_full_where_the_scheme_accepts_them(make):
    shipped = shipped_rulebook().frameworks["house-59"].model_dump()
    for node in shipped["nodes"]:
        if node["code"] == "H1":
            node["rule"] |= {"accepts": ("meeting-law-study",), "related": ()}
    ruler = make_ruler(
        shipped_rulebook(),
        Choice(targets=("jiashan-2021-2025",), policy="binding"),
        framework=Framework.model_validate(shipped),
    )
    result = assess(make.submission_of({"meeting-law-study": 15}, **JIAXING), ruler)
    found = make.line_of(result, "H1")

    assert found.nominal_points == 20
    assert (found.outcome, found.points) == (Outcome.MET, found.max_points)


def test_277_lawyers_without_a_denominator_cannot_be_assessed(make):
    answers = {"public-lawyer-coverage": {"numerator": 277}, "public-lawyer-count": 277}
    found = line(make, "H4", answers, plan=("huzhou-14th-plan",), **JIAXING)

    assert found.parts[0].target.id == "HZ40"
    assert (found.outcome, found.reason) == (Outcome.NOT_ASSESSABLE, Reason.NO_DENOMINATOR)


def test_157_supervisors_earn_15_as_a_reference(make):
    ruler = make.shipped_ruler("jiashan-2021-2025", keep_all=True)
    result = make.score(ruler, {"rule-of-law-supervisors": 157}, **JIAXING)
    found = make.line_of(result, "G6")

    assert result.mode == "reference"
    assert {reason.split(":")[0] for reason in result.mode_reasons} == {"region", "level"}
    assert (found.parts[0].target.id, found.parts[0].target.standing) == ("JS20", "reference")
    assert (found.outcome, found.points) == (Outcome.MET, 15)


def test_admitted_weakness_is_zero_and_in_the_gap_list(make):
    answers = {"first-instance-loss-rate": {"is_weakness": True, "evidence": [{"quote": "高"}]}}
    ruler = make.shipped_ruler("jiashan-2021-2025")
    result = make.score(ruler, answers, **XINCHANG)
    found = make.line_of(result, "F3")

    assert result.rules.policy == "reference"
    assert (found.outcome, found.reason) == (Outcome.NOT_REPORTED, Reason.ADMITTED_WEAKNESS)
    assert found.parts[0].action == "zero"
    assert found.max_points > 0
    assert found.points == 0
    assert "F3" in result.gaps
    assert found.remedy


def test_published_on_2022_03_04_earns_15_and_is_28_days_early(make):
    found = line(make, "I5", {"report-published-on": "2022-03-04"}, **JIAXING)

    assert (found.outcome, found.points) == (Outcome.MET, 15)
    assert found.parts[0].detail == "提前28天"


def test_loss_rate_7_1_against_a_city_mean_of_6_4_earns_31_17(make):
    # 35 x (1 - 0.7 / 6.4) = 31.171875
    mean = {"key": "city-mean-loss-rate-previous-year", "value": "6.4", "source": "市通报"}
    found = line(make, "F3", {"first-instance-loss-rate": "7.1"}, benchmarks=[mean], **DISTRICT)
    part = found.parts[0]

    assert part.target.id == "CQ02"
    assert (part.benchmark, part.target.value) == (Decimal("6.4"), Decimal("6.4"))
    assert part.target.words == "不高于基准值（6.4%）"
    assert (found.outcome, found.points) == (Outcome.PARTLY_MET, Decimal("31.17"))


def test_loss_rate_without_its_city_mean_leaves_the_total(make):
    ruler = make.shipped_ruler()
    result = make.score(ruler, {"first-instance-loss-rate": "7.1"}, **DISTRICT)
    found = make.line_of(result, "F3")

    assert result.mode == "binding"
    assert (found.outcome, found.reason) == (Outcome.NOT_ASSESSABLE, Reason.NO_BENCHMARK)
    assert (found.max_points, found.parts[0].action) == (0, "rescale")
    assert not found.is_short
