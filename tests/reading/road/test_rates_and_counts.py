"""Rates against the counts they come from, and values that cannot or do not agree."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.issue import IssueCode

HEAD = "云栖县人民政府关于2024年度法治政府建设情况的报告\n\n一、主要工作\n\n"


def found(reading):
    """Return the findings about figures, without those about the document."""
    return [(one.code, one.found, one.allowed) for one in reading.issues]


def rate_of(reading):
    return next(one for one in reading.figures if one.unit == "%")


@pytest.mark.parametrize(
    "sentence",
    [
        "今年参加资格考试的有380人，通过342人，通过率为90%。",
        "全县事项网上可办率达到95%（应上网事项400项，已上网380项）。",
        "应参训干部300名，实际参训285名，参训率95%。",
        "抽查电子屏300块，合格270块，合格率90%。",
    ],
)
def test_counts_the_dictionary_cannot_name_are_bound_by_wording(read, sentence):
    reading = read(f"{HEAD}{sentence}\n")
    group = rate_of(reading).group

    assert found(reading) == []
    assert group is not None
    assert [one.group for one in reading.figures] == [group] * 3


@pytest.mark.parametrize(
    ("sentence", "printed", "computed"),
    [
        ("今年参加资格考试的有380人，通过242人，通过率为90%。", "90%", "242÷380＝64%"),
        ("全县事项网上可办率达到97%（应上网事项400项，已上网380项）。", "97%", "380÷400＝95%"),
        ("应参训干部300名，实际参训285名，参训率96%。", "96%", "285÷300＝95%"),
    ],
)
def test_rate_that_its_counts_do_not_give_is_a_finding(read, sentence, printed, computed):
    reading = read(f"{HEAD}{sentence}\n")

    assert [(code, allowed) for code, _, allowed in found(reading)] == [
        (IssueCode.RATIO_MISMATCH, computed)
    ]
    assert found(reading)[0][1].startswith(f"{printed}（")
    assert rate_of(reading).confidence.value != "accepted"


@pytest.mark.parametrize(
    "sentence",
    [
        "全年接到来电900件，其中投诉120件，办结110件，群众满意率99%。",
        "办理人大代表建议80件、政协提案90件，按期办结率100%。",
        "抽取案卷120份，发现问题15处，合格率97%。",
        "受理案件约300件，办结285件，办结率98%。",
        "应办结申请500件，办结490件，按期办结率100%。",
        "抽检产品800批次，不合格20批次，合格率97.2%。",
        "抽检产品800批次，合格率97.2%，核查不合格产品20批次。",
        "应由负责人出庭的案件90件，负责人出庭90件，主要负责人出庭率35%。",
        "受理案件900件，调解成功300件，调解率36%。",
        "被申请复议5件、被提起诉讼4件，均已办结。",
    ],
)
def test_counts_of_other_matters_raise_no_alarm(read, sentence):
    assert found(read(f"{HEAD}{sentence}\n")) == []


@pytest.mark.parametrize(("rate", "codes"), [("4.93", [IssueCode.RATIO_NOT_WHOLE]), ("4.97", [])])
def test_rate_is_held_against_the_count_in_the_next_sentence(read, rate, codes):
    text = f"{HEAD}行政复议纠错率为{rate}%。全年审结行政复议案件704件。\n"

    assert [code for code, _, _ in found(read(text))] == codes


def test_count_told_in_its_rates_verb_is_the_part(read):
    """The filings are told a sentence part earlier; 1 of 41 is 2.44 %."""
    reading = read(
        f"{HEAD}按期向上级报备41件，报备率97.62%；经上级备案审查后纠错1件，备案纠错率2.44%。\n"
    )
    one = next(one for one in reading.figures if one.number_text == "1")

    assert found(reading) == []
    assert (one.feeds, one.role) == ("document-correction-rate", "numerator")


def test_part_between_a_rate_and_its_whole_is_not_another_rates(read):
    """35 of the 60 is no second count of all that is integrated."""
    reading = read(
        f"{HEAD}全县行政执法事项共1842项，纳入综合行政执法的事项453项，综合行政执法事项占比24.59%；"
        "“三高”事项共60项，已纳入综合执法35项，“三高”事项纳入综合执法占比58.33%。\n"
    )
    feeds = {one.number_text: one.feeds for one in reading.figures}

    assert found(reading) == []
    assert feeds["453"] == "integrated-enforcement-share"
    assert feeds["35"] == "integrated-demand-share"


def test_proven_whole_goes_into_the_answer(judge):
    appraisal = judge(
        f"{HEAD}全年受理政务服务办件300000件，其中线上办件265800件，政务服务线上办件占比88.6%。\n"
    )
    answer = next(one for one in appraisal.submission.answers if one.item == "online-service-share")

    assert (answer.value, answer.numerator, answer.denominator) == (
        Decimal("88.6"),
        Decimal(265800),
        Decimal(300000),
    )
    assert answer.evidence[0].quote == "政务服务线上办件占比88.6%"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全县行政规范性文件合法性审核率为90%", "行政规范性文件合法性审核率为100%"),
        ("全县审核行政规范性文件20件", "县政府审核行政规范性文件25件"),
    ],
)
def test_own_area_said_or_not_is_one_scope(read, first, second):
    reading = read(f"{HEAD}{first}。\n\n{second}。\n")
    issues = found(reading)

    assert [code for code, _, _ in issues] == [IssueCode.VALUES_DIFFER]
    assert first in issues[0][1]
    assert second in issues[0][1]
    assert {one.confidence.value for one in reading.figures} == {"review"}


def test_superior_areas_value_is_no_second_value(read):
    reading = read(
        f"{HEAD}全县行政规范性文件合法性审核率为100%。\n\n全市行政规范性文件合法性审核率为98%。\n"
    )

    assert found(reading) == []


@pytest.mark.parametrize(
    ("sentence", "item"),
    [("投诉举报反馈率180%", "complaint-feedback-rate"), ("饮用水水源水质达标率130%", None)],
)
def test_impossible_rate_is_refused_and_the_rest_goes_on(judge, sentence, item):
    appraisal = judge(f"{HEAD}{sentence}。行政机关负责人出庭应诉率98%。\n")
    figure = next(one for one in appraisal.reading.figures if one.value > 100)
    issues = [one for one in appraisal.issues if one.code is IssueCode.VALUE_OUT_OF_RANGE]

    assert appraisal.assessment is not None
    assert (figure.item, figure.feeds, figure.indicators) == (item, None, ())
    assert "impossible" in figure.flags
    assert figure.confidence.value != "accepted"
    assert [(one.severity.value, one.allowed) for one in issues] == [("warning", "0～100%")]
    assert {one.item for one in appraisal.submission.answers} >= {"head-appearance-rate"}
    assert item not in {one.item for one in appraisal.assessment.waiting}


@pytest.mark.parametrize(
    "sentence", ["市场主体同比增长180%", "年度任务完成率120%", "招商资金到位增长率为130%"]
)
def test_rates_that_may_pass_a_hundred_are_left_alone(read, sentence):
    assert found(read(f"{HEAD}{sentence}。\n")) == []


def test_two_figures_that_exclude_each_other_stop_only_themselves(judge):
    appraisal = judge(
        f"{HEAD}行政机关负责人出庭应诉率60%。行政机关主要负责人出庭应诉率98%。投诉举报反馈率99%。\n"
    )
    items = {one.item for one in appraisal.submission.answers}
    issue = next(one for one in appraisal.issues if one.code is IssueCode.CUMULATIVE_BELOW_YEARLY)

    assert appraisal.assessment is not None
    assert "complaint-feedback-rate" in items
    assert not items & {"head-appearance-rate", "principal-appearance-rate"}
    assert (issue.severity.value, issue.location.place) == ("warning", "第3段")
    assert "行政机关负责人出庭应诉率60%" in issue.found
