"""Amounts as officials write them: each gives just these figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.reading.normal import normalise
from assessor.reading.numbers import Flag, Why, find_numbers
from scoring.yaml_strict import parse_yaml

CASES = parse_yaml((Path(__file__).parent / "amounts.yaml").read_text(encoding="utf-8")).value


def found_in(text: str) -> list[str]:
    return [
        f"{one.number_text} {one.value} {one.unit} {one.bound.value}"
        for one in find_numbers(normalise(text).text).mentions
    ]


@pytest.mark.parametrize(("text", "gives"), [tuple(row.values()) for row in CASES["cases"]])
def test_amount_gives_its_figures_and_no_other(text, gives):
    assert found_in(text) == gives


FLAGGED = [
    ("出庭应诉率97,78%", Flag.BROKEN),
    ("持证率98，6%", Flag.BROKEN),
    ("持证率98。6%", Flag.BROKEN),
    ("检查企业1,23家", Flag.BROKEN),
    ("应诉率位列全市前10%", Flag.RANK),
    ("满意度进入全省前百分之五", Flag.RANK),
    ("满意度居全省前三成", Flag.RANK),
    ("考核处于全市后20%", Flag.RANK),
    ("县委、县政府各聘请法律顾问8名", Flag.EACH),
    ("两个局各配备法制审核人员3名", Flag.EACH),
    ("各镇均聘请法律顾问2名", Flag.EACH),
    ("服务十几万人次", Flag.VAGUE),
    ("败诉率为零", Flag.ZERO),
]


@pytest.mark.parametrize(("text", "flag"), FLAGGED)
def test_doubtful_amount_carries_its_flag(text, flag):
    assert flag in find_numbers(normalise(text).text).mentions[-1].flags


@pytest.mark.parametrize(
    "text",
    [
        "受理案件1,234件",
        "1,3件典型案例",
        "办结率98%,6件转办",
        "各级各部门共聘请法律顾问8名",
        "各镇街累计聘请法律顾问18名",
        "全市提前10%完成",
        "全市改革后98%的事项",
        "各类案件12件",
        "各级行政机关均已配齐,审核案件20件",
    ],
)
def test_plain_amount_carries_no_flag(text):
    assert find_numbers(text).mentions[-1].flags == ()


def test_every_member_of_a_list_with_a_bare_measure_word_says_so():
    mentions = find_numbers("分别提高1.2个、2.3个和5个百分点").mentions

    assert [one.flags for one in mentions] == [(Flag.ELIDED_UNIT,), (Flag.ELIDED_UNIT,), ()]


@pytest.mark.parametrize(
    ("text", "of", "why"),
    [
        ("发放宣传品2万8份", "2万8", Why.UNCLEAR),
        ("未发生1起事故", "1起", Why.DENIED),
        ("县十七届人大三次会议", "三次", Why.SESSION),
        ("届人大3次会议", "3次", Why.SESSION),
    ],
)
def test_number_that_is_none_says_why(text, of, why):
    assert (of, why) in [(one.text, one.why) for one in find_numbers(text).discarded]
