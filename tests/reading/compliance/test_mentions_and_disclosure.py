"""K14-K16, K18, K19: who was told, which figures are there, against what, for whom."""

from __future__ import annotations

import pytest

LEAD = "2023年，青禾县稳步推进法治政府建设。"
NEXT = "五、2024年工作安排\n一是6月底前配备法制审核人员24名。"
RATE = "持证率98%，比上年提高1个百分点"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("向县委、县人大常委会和市政府报告了法治政府建设情况。", "pass"),
        ("县人大常委会听取和审议县政府依法行政工作情况报告。", "pass"),
        ("年度法治政府建设情况报告按时报送县人大常委会。", "pass"),
        ("将法治政府建设情况向县人大常委会作了专题报告。", "pass"),
        ("因故未向县人大常委会报告法治政府建设情况。", "fail"),
        ("没有按时向县人大常委会报告法治政府建设情况。", "fail"),
        ("向县人大常委会报告法治政府建设情况的工作尚未开展。", "fail"),
        ("就法治建设向人大代表征求意见40条。", "doubtful"),
        ("办理人大代表建议30件，接受人大监督。", "doubtful"),
        ("将主动向县人大常委会报告法治政府建设情况。", "doubtful"),
        ("要求定期向县人大常委会报告法治政府建设情况。", "doubtful"),
        ("落实向县人大常委会报告法治政府建设情况制度。", "doubtful"),
        ("及时向县人大常委会报备行政规范性文件。", "doubtful"),
        ("向县人大常委会报告国有资产管理情况。", "doubtful"),
    ],
)
def test_congress_was_told_only_when_it_was(check, text, result):
    assert check("K14", lead=LEAD + text).result == result


def test_plan_to_tell_congress_tells_nothing(check):
    found = check("K14", lead=LEAD, next=f"{NEXT}二是向县人大常委会报告法治政府建设情况。")

    assert found.result == "doubtful"
    assert "没有写已报告" in found.reason


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("县委常委会会议专题研究法治政府建设。", "pass"),
        ("县政府党组会议审议法治政府建设要点。", "pass"),
        ("重大执法改革事项提请县政府常务会议讨论。", "pass"),
        ("自觉接受县人大常委会监督，执行法治建设决议。", "doubtful"),
        ("县人大常委会审议了法治政府建设情况报告。", "doubtful"),
        ("县政府常务会议没有专题研究法治政府建设。", "doubtful"),
        ("县政府常务会议组织学法。", "doubtful"),
    ],
)
def test_deliberation_is_by_party_or_government(check, text, result):
    found = check("K15", lead=LEAD + text, first="", results="一、主要工作\n全县执法工作平稳有序。")

    assert found.result == result
    assert bool(found.quote) or "没有找到" in found.reason


def test_core_figures_of_the_made_up_report_are_all_there(check):
    found = check("K16")

    assert (found.result, found.reason) == ("pass", "7项核心数据披露7项")
    assert found.quote


@pytest.mark.parametrize(
    ("results", "absent"),
    [
        ("全县1200名执法人员证件信息完善率100%。", "执法持证率"),
        ("建立败诉分析制度，一审行政诉讼结案100件。", "败诉率"),
        ("加强行政决策，编制任务清单。", "决策目录"),
        ("努力提高出庭应诉率，开展出庭培训3次。", "出庭应诉率"),
    ],
)
def test_words_near_a_core_figure_do_not_disclose_it(check, results, absent):
    found = check(
        "K16", results=f"一、主要工作\n{results}", lead=LEAD, first="", short="", causes=""
    )

    assert found.result == "fail"
    assert absent in found.reason


def test_figures_of_the_plan_disclose_nothing(check):
    plan = "力争出庭应诉率达到100%，败诉率低于8%，持证率达到98%，常务会议学法12次。"
    found = check(
        "K16", results="一、主要工作\n工作平稳有序。", lead=LEAD, first="", next=NEXT + plan
    )

    assert found.reason.startswith("7项核心数据披露0项")


def test_rate_of_one_department_is_not_that_of_the_county(check):
    results = "一、主要工作\n全县工作平稳有序。\n县城管局行政诉讼败诉率6%。"
    found = check("K16", results=results, lead=LEAD, first="", short="", causes="")

    assert "败诉率" in found.reason


@pytest.mark.parametrize(
    ("change", "result"),
    [
        ("持证率98%，同比提高1个百分点", "pass"),
        ("持证率98%，较2022年提高1个百分点", "pass"),
        ("持证率98%，上年为97%", "pass"),
        ("持证率98%，较上年明显提高", "doubtful"),
        ("持证率98%，高于全市平均水平3个百分点", "fail"),
        ("持证率98%，高于目标3个百分点", "fail"),
        ("持证率98%，办理时限较法定时限压缩30%", "fail"),
        ("持证率98%", "fail"),
    ],
)
def test_comparison_is_with_last_year(check, parts, change, result):
    found = check("K18", results=parts["results"].replace(RATE, change))

    assert found.result == result
    assert bool(found.quote) == (result != "fail")


def test_scope_is_quoted_either_way(check):
    bare = "一、主要工作\n审核文件16件。处罚案件30件。学法8次。培训4期。公开信息300条。"
    named, unnamed = check("K19"), check("K19", results=bare, lead=LEAD, first="", short="")

    assert (named.result, unnamed.result) == ("pass", "doubtful")
    assert "全县" in named.quote
    assert unnamed.quote
