"""Every printed form of a figure: value, unit, bound, number text, span."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assessor.reading.normal import normalise
from assessor.reading.numbers import Flag, Mention, find_numbers, parse_number
from schemas.reading import Bound

EXACT, LEAST, MOST, APPROX = Bound.EXACT, Bound.AT_LEAST, Bound.AT_MOST, Bound.APPROX


def only(text: str) -> Mention:
    mentions = find_numbers(normalise(text).text).mentions
    assert len(mentions) == 1, mentions
    return mentions[0]


FORMS = [
    ("受理67件", "67", "67", "件"),
    ("受理1,234件", "1,234", "1234", "件"),
    ("受理1,234,567件", "1,234,567", "1234567", "件"),
    ("受理１２３件", "123", "123", "件"),
    ("受理1，234件", "1,234", "1234", "件"),
    ("纠错率4.97％", "4.97", "4.97", "%"),
    ("发案率1.5‰", "1.5", "1.5", "‰"),
    ("覆盖率为 98 %", "98", "98", "%"),
    ("普查二十三家", "二十三", "23", "家"),
    ("审结一百零五件", "一百零五", "105", "件"),
    ("评查三千二百份", "三千二百", "3200", "份"),
    ("召开会议两次", "两", "2", "次"),
    ("发放3万份", "3万", "30000", "份"),
    ("发放3千份", "3千", "3000", "份"),
    ("投入1.2亿元", "1.2亿", "120000000", "元"),
    ("投入300百万元", "300百万", "300000000", "元"),
    ("投入3,456.78万元", "3,456.78万", "34567800", "元"),
    ("培训1.25万人次", "1.25万", "12500", "人次"),
    ("合格率百分之九十八点五", "百分之九十八点五", "98.5", "%"),
    ("合格率百分之百", "百分之百", "100", "%"),
    ("合格率百分百", "百分百", "100", "%"),
    ("合格率百分之95", "百分之95", "95", "%"),
    ("投诉率千分之三", "千分之三", "3", "‰"),
    ("提高4.4个百分点", "4.4", "4.4", "个百分点"),
    ("提高4.4百分点", "4.4", "4.4", "个百分点"),
    ("提高零点五个百分点", "零点五", "0.5", "个百分点"),
    ("提高一点五个百分点", "一点五", "1.5", "个百分点"),
    ("占比达八成", "八成", "80", "%"),
    ("占比达8成半", "8成半", "85", "%"),
    ("占比三分之二", "三分之二", "66.67", "%"),
    ("占比1/4", "1/4", "25", "%"),
    ("占比四分之一", "四分之一", "25", "%"),
    ("复议诉讼比1:2.3", "1:2.3", "1", ":2.3"),
    ("复议诉讼比2.3\u22361", "2.3:1", "2.3", ":1"),
    ("二者约为1:3", "1:3", "1", ":3"),
    ("复议诉讼之比为3比1", "3比1", "3", "比1"),
    ("增长3倍", "3", "3", "倍"),
    ("增长一倍", "一", "1", "倍"),
    ("解读60件次", "60", "60", "件次"),
    ("培训60人(次)", "60", "60", "人(次)"),
    ("覆盖138部门(单位)", "138", "138", "部门(单位)"),
    ("执法60场次", "60", "60", "场次"),
    ("巡查12平方公里", "12", "12", "平方公里"),
    ("检查12户次", "12", "12", "户次"),
    ("满意度达95.5分", "95.5", "95.5", "分"),
    ("增长-3.2%", "-3.2", "-3.2", "%"),
    ("建议0件", "0", "0", "件"),
    ("每村1名", "1", "1", "名"),
    ("万人律师比达3.8", "3.8", "3.8", ""),
    ("第三方评估得分92.3", "92.3", "92.3", "分"),
    ("累计投入12.5亿", "12.5亿", "1250000000", "元"),
    ("实现“100%”覆盖", "100", "100", "%"),
    ("新增三千零五件", "三千零五", "3005", "件"),
    ("平均用时1.5小时", "1.5", "1.5", "小时"),
    ("最多跑0.5次", "0.5", "0.5", "次"),
    ("审批提速3天", "3", "3", "天"),
    ("律师万人比达到3.5", "3.5", "3.5", ""),
    ("提前2个月", "2", "2", "个月"),
    ("连续三年", "三", "3", "年"),
    ("时限压缩至5日", "5", "5", "日"),
    ("发生一起案件", "一", "1", "起"),
    ("案例一例", "一", "1", "例"),
    ("案例仅一个", "一", "1", "个"),
    ("召开专题会议一次。", "一", "1", "次"),
]


@pytest.mark.parametrize(("text", "number", "value", "unit"), FORMS)
def test_form_gives_number_value_and_unit(text, number, value, unit):
    mention = only(text)

    assert mention.number_text == number
    assert mention.value == Decimal(value)
    assert mention.unit == unit


HEDGED = [
    ("受理67件", "67件", EXACT),
    ("受理20000余次", "20000余次", LEAST),
    ("受理40多个", "40多个", LEAST),
    ("受理1398万余件", "1398万余件", LEAST),
    ("受理3000多万元", "3000多万元", LEAST),
    ("受理100+件", "100+件", LEAST),
    ("达到超1.2亿元", "超1.2亿元", LEAST),
    ("达到超过20件", "超过20件", LEAST),
    ("达到突破20件", "突破20件", LEAST),
    ("达到逾20件", "逾20件", LEAST),
    ("达到20件以上", "20件以上", LEAST),
    ("达到80%及以上", "80%及以上", LEAST),
    ("达到80%(含)以上", "80%(含)以上", LEAST),
    ("安排至少20件", "至少20件", LEAST),
    ("要求不少于20件", "不少于20件", LEAST),
    ("要求不低于95%", "不低于95%", LEAST),
    ("要求不得低于95%", "不得低于95%", LEAST),
    ("要求不得超过3件", "不得超过3件", MOST),
    ("比例未超过3%", "未超过3%", MOST),
    ("共受理突破一万件", "突破一万件", LEAST),
    ("要求至少一次", "至少一次", LEAST),
    ("参加上百人", "上百人", LEAST),
    ("参加百余人", "百余人", LEAST),
    ("参加十几人", "十几人", LEAST),
    ("达到近100人", "近100人", MOST),
    ("达到近百人", "近百人", MOST),
    ("达到20件以下", "20件以下", MOST),
    ("达到20件以内", "20件以内", MOST),
    ("达到不足20件", "不足20件", MOST),
    ("达到不到20件", "不到20件", MOST),
    ("安排至多20件", "至多20件", MOST),
    ("要求低于3%", "低于3%", MOST),
    ("要求不超过3个工作日", "不超过3个工作日", MOST),
    ("时限在3个工作日内", "3个工作日内", MOST),
    ("达到约20件", "约20件", APPROX),
    ("通过率约为95%", "约为95%", APPROX),
    ("达到20件左右", "20件左右", APPROX),
    ("达到20来个", "20来个", APPROX),
    ("建言近2300余次", "近2300余次", APPROX),
    ("约300余人", "约300余人", APPROX),
    ("节约120万元", "120万元", EXACT),
    ("签约12个", "12个", EXACT),
    ("最近3次", "3次", EXACT),
    ("查找不足15条", "15条", EXACT),
    ("重点突破3项", "3项", EXACT),
]


@pytest.mark.parametrize(("text", "printed", "bound"), HEDGED)
def test_hedge_words_make_the_bound_and_belong_to_the_span(text, printed, bound):
    mention = only(text)

    assert normalise(text).text[mention.start : mention.end] == printed
    assert mention.bound is bound


FLAGGED = [
    ("各1名", (Flag.EACH,)),
    ("每年2次", (Flag.PER_PERIOD,)),
    ("每季度至少1次", (Flag.PER_PERIOD,)),
    ("近2300余次", (Flag.OPPOSITE_HEDGES,)),
    ("达三分之一", (Flag.FRACTION,)),
    ("有十几家", (Flag.VAGUE,)),
    ("排名全省第3位", (Flag.RANK,)),
    ("败诉率全省第二低", (Flag.RANK,)),
    ("上升至第3位", (Flag.RANK,)),
    ("受理6 7件", (Flag.BROKEN,)),
    ("可办率达到99 . 5%", (Flag.BROKEN,)),
    ("可办率达到99. 5%", (Flag.BROKEN,)),
    ("1. 3件典型案例", ()),
    ("进入全省前10名", (Flag.RANK,)),
    ("受理67件", ()),
    ("召开三次", ()),
]


@pytest.mark.parametrize(("text", "flags"), FLAGGED)
def test_doubtful_figure_carries_its_flag(text, flags):
    assert only(text).flags == flags


RANGES = [
    ("建成3-5件", [("3", LEAST), ("5", MOST)]),
    ("建成15至20个", [("15", LEAST), ("20", MOST)]),
    ("建成15个至20个", [("15", LEAST), ("20", MOST)]),
    ("达到60%—80%", [("60", LEAST), ("80", MOST)]),
    ("建成三到五件", [("3", LEAST), ("5", MOST)]),
    ("投入3-5万元", [("30000", LEAST), ("50000", MOST)]),
]


@pytest.mark.parametrize(("text", "ends"), RANGES)
def test_range_gives_its_two_ends(text, ends):
    mentions = find_numbers(text).mentions

    assert [(one.value, one.bound) for one in mentions] == [(Decimal(v), b) for v, b in ends]
    assert all(Flag.RANGE in one.flags for one in mentions)


def test_colon_between_a_list_number_and_a_count_is_no_ratio():
    assert only("任务1:3个").value == Decimal(3)


@pytest.mark.parametrize("text", ["由20项至5项", "由494项减到304项", "从16个压缩到5个"])
def test_change_from_one_to_another_is_no_range(text):
    mentions = find_numbers(text).mentions

    assert len(mentions) == 2
    assert all(one.bound is EXACT and one.flags == () for one in mentions)


def test_list_with_one_unit_at_its_end_gives_all_its_figures():
    mentions = find_numbers("分别为12、35和7件").mentions

    assert [(one.value, one.unit) for one in mentions] == [(12, "件"), (35, "件"), (7, "件")]
    assert [one.flags for one in mentions] == [(Flag.ELIDED_UNIT,), (Flag.ELIDED_UNIT,), ()]


def test_comma_before_a_percentage_separates():
    assert only("共10,100%办结").value == Decimal(100)


def test_list_number_before_a_count_is_cut_off():
    assert only("2.5个单位").value == Decimal(5)


@pytest.mark.parametrize(
    "text", ["三百五", "一万二", "二三", "千百", "十五五", "", "百分之", "1.2.3", "一二"]
)
def test_text_that_is_no_number_has_no_value(text):
    assert parse_number(text) is None
