"""K17, K20, K21, K24, K25: counts behind rates, contradictions, claims of all, the whole."""

from __future__ import annotations

import pytest

from schemas.reading import Reading

ONE = "一、主要工作\n"


@pytest.mark.parametrize(
    ("results", "result"),
    [
        ("组织资格考试，累计参考300人，通过246人，通过率为82%。", "pass"),
        ("全县事项网上可办率达到97.5%（应上网事项400项，已上网390项）。", "pass"),
        ("组织资格考试，累计参考300人，通过246人，通过率为86%。", "fail"),
        ("一审行政诉讼败诉率6%。行政机关负责人出庭应诉率95%。", "fail"),
        ("参考300人，通过246人，通过率为82%。行政机关负责人出庭应诉率95%。", "doubtful"),
    ],
)
def test_rate_stands_with_its_counts(check, results, result):
    assert check("K17", results=ONE + results).result == result


def test_rates_of_the_shortcomings_need_no_counts(check):
    found = check("K17", short="三、存在的不足\n柳湾镇案卷合格率只有81%，出庭应诉率只有77%。")

    assert found.result == "pass"


@pytest.mark.parametrize(
    ("extra", "result"),
    [
        ("", "pass"),
        ("全县一审行政诉讼败诉率为7.2%。", "fail"),
        ("全县群众满意率105%。", "fail"),
        ("全县重点任务完成率105%。", "pass"),
        ("组织资格考试，参考300人，通过301人。", "fail"),
        ("办理执法监督案件40件，其中督办案件44件。", "fail"),
        ("办理执法监督案件40件，其中督办案件4件。", "pass"),
        ("全县受理行政调解案件40件，办结45件。", "doubtful"),
        ("全县受理行政调解案件40件，加上上年结转共办结45件。", "pass"),
        ("对11个部门及9个乡镇开展督察。再次对17个单位督察，实现督察全覆盖。", "doubtful"),
        ("对11个部门及9个乡镇开展督察。再次对20个单位督察，实现督察全覆盖。", "pass"),
        ("全县应急演练参加30人，已培训50人。", "pass"),
    ],
)
def test_figures_that_cannot_be(check, extra, result):
    found = check("K20", extra)

    assert found.result == result
    assert bool(found.quote) == (result != "pass")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("败诉6件，败诉率6%", "败诉6件，败诉率9%"),
        ("实际出庭76件，出庭应诉率95%", "实际出庭86件，出庭应诉率95%"),
        ("纠错2件，纠错率4%", "纠错率4.97%"),
    ],
)
def test_wrong_arithmetic_fails_and_is_quoted(check, parts, old, new):
    found = check("K20", results=parts["results"].replace(old, new))

    assert found.result == "fail"
    assert "率" in found.quote


@pytest.mark.parametrize(
    ("claim", "result"),
    [
        ("全县12个乡镇合法性审查全覆盖。", "pass"),
        ("按照《青禾县审查办法》，实现乡镇合法性审查全覆盖。", "pass"),
        ("实现乡镇合法性审查全覆盖，得到群众好评。", "fail"),
        ("实现村（社区）法律顾问100%覆盖。", "fail"),
        ("矛盾纠纷调解成功率达100%。", "fail"),
        ("组织培训3次，实现法律顾问全覆盖。", "fail"),
        ("推进公职人员监察监督全覆盖。", "cannot_tell"),
        ("尚未实现乡镇合法性审查全覆盖。", "cannot_tell"),
        (
            "全县设监督点30个，制度更加健全，机制更加完善，队伍更加稳定，实现法律顾问全覆盖。",
            "fail",
        ),
        ("实现法律顾问全覆盖。\n（七）强化监督。全县设监督点30个。", "fail"),
    ],
)
def test_claim_of_all_needs_a_count_or_document_beside_it(check, claim, result):
    found = check("K21", results=f"{ONE}（六）{claim}", first="", next="")

    assert found.result == result


def test_count_of_the_same_item_backs_a_claim_in_the_next_sentence(check):
    results = f"{ONE}实现行政规范性文件合法性审核100%覆盖。2023年，全县审核行政规范性文件16件。"

    assert check("K21", results=results, first="", next="").result == "pass"


@pytest.mark.parametrize(
    ("extra", "result", "absent"),
    [
        ("（六）履行职能。优化营商环境，主动接受监督，列入年度考核，修订应急预案3件。", "pass", ""),
        ("（六）履行职能。优化营商环境，主动接受监督，列入年度考核。", "doubtful", "E应急处置"),
        ("", "fail", "A政府职能"),
    ],
)
def test_groups_that_are_missing_are_named(check, extra, result, absent):
    found = check("K25", extra)

    assert found.result == result
    assert absent in found.reason
    assert found.quote


def test_length_counts_the_whole_text(check):
    found = check("K24")

    assert found.result == "doubtful"
    assert "少于2000字" in found.reason


@pytest.mark.parametrize("gap", [{}, {"next": "", "signed": ""}, {"short": "", "causes": ""}])
def test_every_check_has_a_quote_or_says_nothing_was_found(report, gap):
    reading: Reading = report(**gap)

    assert len(reading.compliance) == 26
    for one in reading.compliance:
        assert one.quote or any(
            word in one.reason for word in ("没有找到", "没有发现", "须", "按全文计数")
        ), one
        if one.start is not None:
            assert reading.document.text[one.start : one.end] == one.quote


def test_plan_is_not_checked(report):
    assert report(title="青禾县法治政府建设实施方案（2021—2025年）", lead="").compliance == ()
