"""Result, promise, last year's, change or rank: told from the words around a number."""

from __future__ import annotations

import pytest

from assessor.reading.status import Context, Owner, Standing, standing
from schemas.base import Level
from schemas.reading import FigureStatus, SectionRole

YEAR = 2024


def stand(
    before: str,
    after: str = "",
    unit: str = "%",
    level: Level | None = Level.COUNTY,
    *,
    sentence: str = "",
    **more: object,
) -> Standing:
    fields: dict[str, object] = {
        "before": before,
        "sentence": sentence + before,
        "after": after,
        "unit": unit,
        "role": SectionRole.RESULTS,
        "is_plan": False,
        "in_parenthesis": False,
    }
    return standing(Context(**(fields | more)), YEAR, Owner(level))


@pytest.mark.parametrize(
    ("before", "unit", "status"),
    [
        ("持证率达到", "%", "achieved"),
        ("持证率上升至", "%", "achieved"),
        ("持证率上升", "%", "change"),
        ("较上年提高", "个百分点", "change"),
        ("比2023年多", "件", "change"),
        ("较去年同期减少", "件", "change"),
        ("较上年前移", "位", "change"),
        ("高于去年", "个百分点", "change"),
        ("全年减少", "件", "achieved"),
        ("去年同期受理", "件", "previous_year"),
        ("与2023年的", "人次", "previous_year"),
        ("上年结转", "件", "achieved"),
        ("同期免罚", "件", "achieved"),
        ("力争持证率达到", "%", "target"),
        ("目标值为", "%", "target"),
        ("拟新建", "个", "planned"),
        ("对拟出台的文件", "件", "achieved"),
        ("清理中拟修改", "件", "achieved"),
        ("计划硬化道路", "公里", "planned"),
        ("年度抽查计划", "项", "achieved"),
        ("较计划提前", "个月", "achieved"),
        ("我县将举办培训", "期", "planned"),
    ],
)
def test_words_before_a_number_decide_its_status(before, unit, status):
    assert stand(before, unit=unit).status.value == status


@pytest.mark.parametrize(
    "after",
    ["提升至", "减到", "降低到", "调整为", "压缩至"],
)
def test_first_number_of_a_move_is_last_years(after):
    wanted = "achieved" if after == "调整为" else "previous_year"

    assert stand("许可事项由", after=after, unit="项").status.value == wanted


def test_number_of_something_under_way_is_a_plan():
    assert stand("其中", after="正在按程序办理", unit="项").status is FigureStatus.PLANNED


def test_cases_under_trial_are_no_plan():
    assert stand("其中", after="正在审理", unit="件").status is FigureStatus.ACHIEVED


def test_next_years_section_makes_every_number_a_plan():
    found = stand("持证率达到", role=SectionRole.NEXT_YEAR)

    assert found.status is FigureStatus.PLANNED


def test_plan_document_makes_every_number_a_target():
    assert stand("去年持证率达到", is_plan=True).status is FigureStatus.TARGET


def test_plan_word_at_the_head_of_a_sentence_reaches_its_later_clauses():
    found = stand("培训", sentence="下一步,举办讲座4场,", unit="人次")

    assert found.status is FigureStatus.PLANNED


def test_quantity_that_is_a_change_itself_is_a_result():
    found = stand("审批时限压缩", names_change=True)

    assert found.status is FigureStatus.ACHIEVED


def test_year_compared_with_does_not_date_the_number():
    found = stand("办理公证", sentence="法律援助412件,比2023年多57件;", unit="件")

    assert (found.status, found.year) == (FigureStatus.ACHIEVED, YEAR)


def test_earlier_year_in_the_sentence_makes_a_number_previous():
    found = stand("持证率为", sentence="2023年,")

    assert (found.status, found.year) == (FigureStatus.PREVIOUS_YEAR, 2023)


def test_older_year_is_flagged_as_well():
    assert "other_year" in stand("持证率为", sentence="2020年,").flags


@pytest.mark.parametrize(
    ("before", "flag"),
    [
        ("全省持证率为", "other_body"),
        ("市中级人民法院审结案件", "other_body"),
        ("检察机关制发检察建议", "other_body"),
        ("县公安局持证率为", "part"),
        ("其中,城关镇调解纠纷", "part"),
        ("两个单位分别聘请法律顾问", "each"),
    ],
)
def test_figure_of_another_body_or_a_part_is_flagged(before, flag):
    assert flag in stand(before, unit="件").flags


@pytest.mark.parametrize(
    "before",
    [
        "收到人民法院司法建议",
        "全县持证率为",
        "县司法局审核合同",
        "全省首创",
        "分别为",
    ],
)
def test_own_figure_is_not_flagged(before):
    assert stand(before, unit="件").flags == ()


def test_subject_named_later_takes_over_from_a_court():
    found = stand("全县行政机关败诉", sentence="据法院统计,", unit="件")

    assert found.flags == ()


def test_court_stays_the_subject_of_the_next_clause():
    found = stand("审结", sentence="县人民法院全年收案62件,", unit="件")

    assert found.flags == ("other_body",)


def test_department_report_may_speak_of_itself():
    found = stand("县公安局持证率为", level=Level.DEPARTMENT)

    assert found.flags == ()


def test_figure_among_the_shortcomings_is_flagged():
    found = stand("败诉率为", role=SectionRole.SHORTCOMINGS)

    assert found.flags == ("shortcoming",)


def test_list_behind_each_pairs_instead_of_multiplying():
    assert stand("法治讲座、普法活动分别开展活动", after="、", unit="场").flags == ()
