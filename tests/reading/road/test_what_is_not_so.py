"""What a report denies, promises or blames elsewhere never becomes a point for it."""

from __future__ import annotations

import pytest

from assessor.reading.drafting import draft_submission
from schemas.reading import ComplianceResult, SectionRole
from scoring import shipped_rulebook

HEAD = "云栖县2024年法治政府建设年度报告\n一、主要工作\n"
SHORT = "二、存在的问题\n基层执法力量薄弱，个别单位负责人出庭应诉率偏低，有待提高。\n"


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("有2项重大行政决策的案卷材料不齐全，没有按时归档。", "decision-archiving"),
        ("评查由县司法局自行组织，案卷没有委托第三方评查。", "third-party-case-review"),
        ("年度内没有发布本县的行政执法指导案例。", "enforcement-guiding-case"),
        ("社会应急力量信息库还没有录入名册，应急力量数据库未建成。", "emergency-force-database"),
        ("规范性文件清理结果目录尚未公布。", "document-cleanup-published"),
        ("重大行政决策事项目录未按时公布。", "decision-catalogue-published"),
    ],
)
def test_denied_statement_is_never_positive(read, sentence, item):
    found = [one for one in read(HEAD + sentence + "\n").statements if one.item == item]

    assert [one.polarity for one in found] == ["negative"]


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("修订应急预案24件，未发生重大执法事件。", "emergency-plan"),
        ("推行行政执法公示，未公示的执法结果一律退回。", "enforcement-publicity"),
        (
            "公布重大行政决策事项目录，未纳入目录的决策不得提交审议。",
            "decision-catalogue-published",
        ),
    ],
)
def test_rule_about_what_is_missing_denies_nothing(read, sentence, item):
    found = [one for one in read(HEAD + sentence + "\n").statements if one.item == item]

    assert [one.polarity for one in found] == ["positive"]


def test_cause_of_something_else_is_no_cause_of_the_shortcomings(read):
    reading = read(HEAD + "全年行政合同败诉案件1件，主要原因是补充协议未送审。\n" + SHORT)
    check = next(one for one in reading.compliance if one.code == "K09")

    assert check.result is ComplianceResult.FAIL
    assert [one for one in reading.statements if one.item == "report-causes"] == []


def test_cause_told_with_the_shortcomings_counts(read):
    reading = read(HEAD + SHORT + "究其原因，主要是编制不足、培训不够经常。\n")
    check = next(one for one in reading.compliance if one.code == "K09")

    assert check.result is ComplianceResult.PASS
    assert check.quote.startswith("究其原因") or "原因" in check.quote
    assert [one.item for one in reading.statements if one.item == "report-causes"]


def test_plan_amid_results_does_not_swallow_what_follows(read):
    body = (
        "今后，全县执法人员培训不少于80学时。\n"
        "全县行政机关负责人出庭应诉率97.78%。\n二、依法决策\n县政府常务会议学法9次。\n"
    )
    found = {one.number_text: one.status for one in read(HEAD + body).figures}

    assert found == {"80": "planned", "97.78": "achieved", "9": "achieved"}


def test_plan_after_the_last_results_runs_to_the_end(read):
    body = (
        "县政府常务会议学法9次。\n下一步，我县将补齐短板。\n"
        "行政机关负责人出庭应诉率98%。\n常务会议学法12次。\n"
    )
    found = {one.number_text: one.status for one in read(HEAD + body).figures}

    assert found == {"9": "achieved", "98": "planned", "12": "planned"}


def test_items_of_a_plan_amid_results_are_planned_too(read):
    body = (
        "下一步，着力抓好两件事。\n一是行政机关负责人出庭应诉率98%。\n二是常务会议学法12次。\n"
        "聘请法治监督员60名。\n二、依法决策\n公平竞争审查覆盖率96.88%。\n"
    )
    found = {one.number_text: one.status for one in read(HEAD + body).figures}

    assert found == {"98": "planned", "12": "planned", "60": "achieved", "96.88": "achieved"}


def test_chapter_on_shortcomings_and_plans_is_read_by_its_parts(read):
    reading = read(
        HEAD + "县政府常务会议学法9次。\n二、存在的不足和2025年主要安排\n（一）存在的不足\n"
        "仍有部分执法人员没有取得执法证，执法力量薄弱。\n（二）2025年主要安排\n"
        "常务会议学法12次。\n"
    )
    roles = [(one.role, one.heading) for one in reading.sections[-2:]]

    assert roles == [
        (SectionRole.SHORTCOMINGS, "（一）存在的不足"),
        (SectionRole.NEXT_YEAR, "（二）2025年主要安排"),
    ]
    assert {one.number_text: one.status for one in reading.figures} == {
        "9": "achieved",
        "12": "planned",
    }


def test_footnote_below_the_plan_is_not_part_of_it(read):
    reading = read(
        HEAD + "一审行政诉讼败诉率①7.14%。\n二、2025年工作打算\n常务会议学法12次。\n"
        "注①：2023年审结一审行政诉讼案件49件。\n"
    )
    found = {one.number_text: one.status for one in reading.figures}

    assert found == {"7.14": "achieved", "12": "planned", "49": "previous_year"}


def test_count_that_does_not_belong_to_a_rate_leaves_it_exact(read):
    """The count is of something else, so neither it nor its `余` becomes part of the answer."""
    body = "全县政务服务线上办件占比94%。便民服务全年受理政务服务办件1398万余件。\n"
    drafted = draft_submission(read(HEAD + body), shipped_rulebook()).submission
    answer = next(one for one in drafted.answers if one.item == "online-service-share")

    assert (answer.value, answer.numerator, answer.denominator) == (94, None, None)
    assert not answer.is_approximate
    assert [one.quote for one in answer.evidence] == ["全县政务服务线上办件占比94%"]
