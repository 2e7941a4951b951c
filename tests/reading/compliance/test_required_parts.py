"""K07-K13: the parts a report must have, and whether they say something."""

from __future__ import annotations

import pytest

SHORT = "三、存在的不足\n"
NEXT = "五、2024年工作安排\n"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("柳湾镇执法案卷合格率只有81%，仍需改进。", "pass"),
        ("本年度未发现明显存在的问题和不足。", "fail"),
        ("全年工作中没有明显不足，也不存在突出问题。", "fail"),
        ("全年未出现重大问题，但执法力量薄弱，培训还不够经常。", "pass"),
        ("无。", "fail"),
        ("群众反映的部分问题没有及时解决，执法力量薄弱。", "pass"),
    ],
)
def test_section_that_denies_shortcomings_has_none(check, text, result):
    assert check("K08", short=SHORT + text, causes="").result == result


def test_shortcomings_without_a_section(check):
    assert check("K08", short="", causes="").result == "fail"
    denied = check("K08", short="本年度未发现工作中存在的问题。", causes="")
    assert (denied.result, denied.quote) == ("fail", "本年度未发现工作中存在的问题")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("由于编制紧张，柳湾镇执法案卷合格率只有81%。", "pass"),
        ("柳湾镇执法案卷合格率只有81%，主要在于人员变动频繁。", "pass"),
        ("柳湾镇执法案卷质量不高。究其原因，是业务培训没有跟上。", "pass"),
        ("案卷质量不高，是因人员变动频繁所致。", "pass"),
        ("案卷质量不高，其原因一是人员少，二是培训少。", "pass"),
        ("因人员编制有限，案卷质量不高。", "pass"),
        ("人员变动频繁，导致案卷质量不高。", "doubtful"),
        ("柳湾镇执法案卷合格率只有81%。", "fail"),
        ("柳湾镇执法案卷合格率只有81%，原因有待进一步分析。", "fail"),
    ],
)
def test_causes_are_told_with_the_shortcomings(check, text, result):
    found = check("K09", short=SHORT + text, causes="")

    assert found.result == result
    assert bool(found.quote) == (result != "fail")


def test_heading_that_promises_causes_is_no_cause(check):
    heading = "三、存在的不足及原因分析\n"
    bare = check("K09", short=f"{heading}柳湾镇执法案卷合格率只有81%。", causes="")
    told = check("K09", short=f"{heading}案卷质量不高，主要原因在于培训没有跟上。", causes="")

    assert (bare.result, told.result) == ("fail", "pass")
    assert told.quote == "主要原因在于培训没有跟上"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("执法案卷合格率只有81%。", "pass"),
        ("柳湾镇法制审核力量薄弱。", "pass"),
        ("行政诉讼两高一低现象没有扭转。", "doubtful"),
        ("1.思想认识有待提高。2.能力水平还不够。3.宣传力度不大。", "fail"),
        ("2023年以来，还存在一些问题：一是认识有待提高；二是发展不平衡。", "fail"),
        ("主要存在3个方面的不足：认识有待提高，能力还不够，宣传不广。", "fail"),
        ("工作格局有待优化，全局意识还不够强。", "fail"),
        ("部分乡镇和个别局认识有待提高，基层力量还不够。", "fail"),
    ],
)
def test_shortcomings_are_concrete_by_units_fields_or_figures(check, text, result):
    found = check("K10", short=SHORT + text, causes="")

    assert found.result == result
    assert found.quote


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (
            "县长主持召开推进会3次，听取专题汇报2次，对执法案件批示5件，年终书面述法，切实担起职责。"
            * 2,
            "pass",
        ),
        (
            "主要负责人高度重视法治建设，把责任扛在肩上、落到实处，形成齐抓共管的良好格局。" * 3,
            "doubtful",
        ),
        ("", "fail"),
    ],
)
def test_head_is_credited_with_acts_only(check, text, result):
    first = f"二、主要负责人履行第一责任人职责情况\n{text}" if text else ""

    assert check("K11", first=first).result == result


def test_duty_meant_for_next_year_is_not_fulfilled(check):
    plan = NEXT + "严格落实主要负责人推进法治建设第一责任人职责，完善考核。"
    found = check("K11", first="", next=plan)

    assert found.result == "fail"
    assert "第一责任人" in found.quote


def test_plan_is_not_found_in_the_signature(check):
    assert check("K12", next="").result == "fail"
    found = check("K13", next="")
    assert (found.result, found.quote) == ("fail", "")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("一是6月底前配备法制审核人员24名。二是年底前完成执法人员轮训。", "pass"),
        ("一是三季度前出台案卷评查办法。二是年底前组织一次全员考试。", "pass"),
        ("一是6月底前配备法制审核人员。二是提高认识，加强领导。", "doubtful"),
        ("修订《青禾县案卷评查办法》，编制执法事项目录。", "doubtful"),
        ("按照《法治政府建设实施纲要（2021—2025年）》要求，贯彻党的20大精神，提高认识。", "fail"),
        ("我县将重点做好3项工作，提高认识，加强领导，再上新台阶。", "fail"),
    ],
)
def test_plan_is_checkable_by_amounts_and_deadlines(check, text, result):
    assert check("K13", next=NEXT + text).result == result
