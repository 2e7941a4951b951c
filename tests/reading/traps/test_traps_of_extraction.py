"""The 15 traps of figure extraction, one test each, from text to figures; own sentences."""

from __future__ import annotations

import pytest

from schemas.reading import Bound


def test_trap_01_number_before_the_noun_chained(read):
    found = read("456名政府法律顾问、277名公职律师参与审查。")

    assert found.figure("456").item_label == "法律顾问人数"
    assert found.figure("277").item_label == "公职律师人数"


def test_trap_02_one_number_three_rates_and_three_nouns_one_sum(read):
    rates = read("账号开通率、激活率、掌上执法应用率均达到100%。")
    total = read("办理行政复议、行政应诉、行政调解案件共计5474件。")

    assert rates.figure("100").feeds == "mobile-enforcement-rate"
    assert total.figure("5474").item_label == "复议应诉调解案件总数"
    assert total.figure("5474").feeds is None


def test_trap_03_ellipsis(read):
    found = read("一审行政诉讼案件115件，审结117件，败诉12件。")

    assert found.labels() == ["一审行政诉讼收案数", "一审行政诉讼审结数", "行政诉讼败诉数"]


def test_trap_04_level_or_change(read):
    found = read("执法证持证率上升至91.3%，同比提高4.4个百分点。许可事项由494项减到304项。")

    assert found.figure("91.3").status.value == "achieved"
    assert found.figure("4.4").status.value == "change"
    assert found.figure("494").status.value == "previous_year"
    assert found.figure("304").status.value == "achieved"
    assert found.figure("304").item_label == "行政许可事项数"


def test_trap_05_parentheses_are_parts(read):
    found = read("行政复议案件审结67件(含2023年结转12件)，纠错6件(部门2件、乡镇4件)。")

    assert found.figure("67").feeds == "reconsideration-correction-rate"
    assert "part" in found.figure("12").flags
    assert found.accepted() == ["reconsideration-correction-rate"] * 2


def test_trap_06_stages_of_a_case_are_different_indicators(read):
    found = read("收到行政复议申请90件，受理80件，审结70件，不予受理7件。")

    assert found.labels() == [
        "行政复议申请数",
        "行政复议受理数",
        "行政复议审结数",
        "行政复议不予受理数",
    ]


def test_trap_07_targets_inherit_from_headings_above(read_whole):
    found = read_whole(
        "云栖县法治政府建设规划（2021—2025年）\n\n二、总体目标\n\n到2025年，实现以下目标。\n\n"
        "行政机关负责人出庭应诉率达到100%。\n\n一审行政诉讼败诉率低于8%。\n"
    )

    assert {one.status.value for one in found.reading.figures} == {"target"}
    assert found.accepted() == []


def test_trap_08_other_year_or_span(read):
    found = read("2008年1月至2010年5月底，审结一审行政诉讼案件88件。2023年，聘请法治监督员12名。")

    assert found.figure("88").status.value == "previous_year"
    assert found.figure("12").status.value == "previous_year"
    assert found.accepted() == []


@pytest.mark.parametrize(
    ("sentence", "flag"),
    [
        ("全省行政机关负责人出庭应诉率为97.3%。", "other_body"),
        ("市中级人民法院审结一审行政诉讼案件97.3万件。", "other_body"),
        ("县人民检察院向法院移送起诉，一审行政诉讼败诉率97.3%。", "other_body"),
        ("其中，县自然资源局一审行政诉讼败诉率为97.3%。", "part"),
        ("县卫生健康局执法证持证率为97.3%。", "part"),
    ],
)
def test_trap_09_figures_of_another_body(read, sentence, flag):
    found = read(sentence)

    assert flag in found.reading.figures[-1].flags
    assert found.accepted() == []


def test_trap_10_each_and_counts_of_events(read):
    found = read("两个单位分别聘请法律顾问8名。干部600人分2次参加法治培训。")

    assert "each" in found.figure("8").flags
    assert found.figure("600").item_label == "法治培训人次"


def test_trap_11_what_is_no_figure(read):
    found = read("第35次会议部署政务服务3.0版、531X、24小时、十九届六中全会、两年一次、“一件事”。")

    assert found.reading.figures == ()


def test_trap_12_approximation_is_kept(read):
    found = read("开展普法活动近2300余次，公职律师超57名。")

    assert found.figure("2300").bound is Bound.APPROX
    assert found.figure("57").bound is Bound.AT_LEAST


def test_trap_13_redacted_or_empty(read):
    found = read("召开会议*次，审结案件×件，聘请法治监督员　　名。")

    assert found.reading.figures == ()


def test_trap_14_typos_and_optical_errors(read):
    found = read("人大代表建235件全部办结，执法证持证率达100%o。")

    assert found.figure("235").item_label == "人大建议办理件数"
    assert (found.figure("100").value, found.figure("100").unit) == (100, "%")


def test_trap_15_tables_are_read_by_row_and_column(read_whole):
    page = (
        "<html><body><h1>云栖县2024年法治政府建设年度报告</h1><p>一、主要工作和成效</p>"
        "<p>全县依法行政工作取得新的进展，有关数据见下表，现予公布。</p><table>"
        "<tr><td>事项</td><td>完成情况(件)</td></tr>"
        "<tr><td>行政复议案件审结</td><td>67</td></tr></table></body></html>"
    )
    found = read_whole(page)

    assert found.figure("67").unit == "件"
    assert found.figure("67").item_label == "行政复议审结数"
