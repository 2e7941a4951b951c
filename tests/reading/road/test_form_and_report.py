"""A filled form and the published report of the same county, taken down the road together."""

from __future__ import annotations

import json
from decimal import Decimal
from html import escape

import pytest
from openpyxl import load_workbook

from assessor.template import write_template
from assessor.workbook_layout import BASIC_FIELDS, BASIC_FIRST_ROW, BASICS, FIGURES
from schemas.issue import IssueCode
from scoring import shipped_rulebook

pytestmark = pytest.mark.slow

HEAD = "云栖县2024年法治政府建设年度报告\n\n一、主要工作\n"
FORM = """schema: submission/1
entity: {{name: 云栖县, level: county, regions: [云栖县, 临江市]}}
period: {{from: 2024-01-01, to: 2024-12-31}}
answers:
  - item: {item}
    value: {value}
    unit: "%"
    evidence_level: V3
    evidence: [{{quote: 通报所列数据, document: 《年度通报》, dated: 2025-01-22}}]
"""


def part_of(result, item):
    return next(
        part for one in result["indicators"] for part in one["parts"] if part["item"] == item
    )


def contradictions(issues):
    return [one for one in issues if one["code"] == IssueCode.FORM_CONTRADICTS]


def test_agreement_puts_the_reports_quotes_beside_the_forms(walk, samples):
    found = walk(samples / "reports" / "云栖县2024.html", "--form", samples / "云栖县2024.yaml")
    part = part_of(found.result, "head-appearance-rate")
    quotes = [(one["document"], one["quote"]) for one in part["evidence"]]

    assert found.ran.code == 0
    assert quotes[0] == ("《云栖县2024年行政诉讼情况通报》", "负责人出庭44/45，即97.78%")
    assert ("云栖县2024.html", "行政机关负责人出庭应诉率97.78%") in quotes
    assert (part["value"], part["numerator"], part["denominator"]) == ("97.78", "44", "45")


@pytest.mark.parametrize(("value", "use"), [("97.78", "scored"), ("99.5", "linked")])
def test_figure_the_form_agrees_with_is_told_as_scored(judge, save, value, use):
    report = HEAD + "全县行政机关负责人出庭应诉率97.78%。\n"
    form = save(FORM.format(item="head-appearance-rate", value=value), "填报.yaml")
    used = dict(judge(report, form).assessment.report.figures)

    assert {one.value for one in used} == {use}


def test_report_that_equals_its_form_contradicts_no_number(judge, text, samples):
    """Only matters of words may be read otherwise than the form puts them."""
    book = shipped_rulebook()
    issues = judge(text, samples / "云栖县2024.yaml").issues
    items = {one.location.item for one in issues if one.code is IssueCode.FORM_CONTRADICTS}

    assert {book.units[book.items[one].unit].dimension for one in items} <= {"tier", "yes_no"}


def test_contradiction_names_both_values_and_the_place_in_the_report(walk, save):
    report = save(HEAD + "全县行政机关负责人出庭应诉率97.78%。\n")
    form = save(FORM.format(item="head-appearance-rate", value="99.5"), "填报.yaml")
    found = walk(report, "--form", form)
    issues = contradictions(found.result["issues"])
    part = part_of(found.result, "head-appearance-rate")

    assert len(issues) == 1
    assert issues[0]["location"]["item"] == "head-appearance-rate"
    assert issues[0]["found"] == (
        "填报 99.5%，报告 97.78%（报告.txt 第3段：全县行政机关负责人出庭应诉率97.78%）"
    )
    assert part["value"] == "99.5"
    assert "行政机关负责人出庭应诉率" in found.ran.err
    assert "填报 99.5%，报告 97.78%" in found.html


def test_only_the_form_gives_what_the_report_leaves_out(judge, save):
    form = save(FORM.format(item="certificate-holding-rate", value="95.16"), "填报.yaml")
    found = judge(HEAD + "全县行政机关负责人出庭应诉率97.78%。\n", form)
    values = {one.item: one.value for one in found.submission.answers}

    assert values["certificate-holding-rate"] == Decimal("95.16")
    assert values["head-appearance-rate"] == Decimal("97.78")
    assert [one for one in found.issues if one.code is IssueCode.FORM_CONTRADICTS] == []


def test_scorecard_shows_quote_and_page_of_every_figure_from_prose(walk, samples):
    found = walk(samples / "reports" / "云栖县2024.pdf")
    from_prose = [
        one
        for indicator in found.result["indicators"]
        for part in indicator["parts"]
        for one in part["evidence"]
        if one["document"] == "云栖县2024.pdf" and part["kind"] != "checklist"
    ]

    assert len(from_prose) > 60
    assert all(one["locator"].startswith("第") and "页第" in one["locator"] for one in from_prose)
    assert all(escape(one["quote"][:20]) in found.html for one in from_prose)
    assert all(one["locator"] in found.html for one in from_prose)


def test_every_file_of_the_road_is_written_and_named(walk, samples):
    found = walk(samples / "reports" / "云栖县2024.docx", "--format", "json")

    assert found.names == (
        "云栖县2024-阅读核对.html",
        "云栖县2024.html",
        "云栖县2024.json",
        "云栖县2024.pdf",
    )
    assert [line.rpartition("/")[2] for line in found.ran.err.splitlines()[-4:]] == [
        "云栖县2024.json",
        "云栖县2024.html",
        "云栖县2024.pdf",
        "云栖县2024-阅读核对.html",
    ]
    assert json.loads(found.ran.out) == found.result


def test_waiting_list_says_how_the_score_would_move(judge, save):
    """Another body's rate waits; put into the form it gives just the total that was promised."""
    body = HEAD + "全县行政机关负责人出庭应诉率97.78%。全市行政执法人员持证率95.16%。\n"
    form = save(FORM.format(item="certificate-holding-rate", value="95.16"), "填报.yaml")
    first, second = judge(body).assessment, judge(body, form).assessment

    assert [one.item for one in first.waiting] == ["certificate-holding-rate"]
    waiting = first.waiting[0]
    assert (waiting.quote, waiting.place) == ("全市行政执法人员持证率95.16%", "第3段")
    assert waiting.value == "95.16%"
    assert "不是本单位范围的数据" in waiting.reason
    assert waiting.change != 0
    assert waiting.total_if_accepted == first.totals.total_points + waiting.change
    assert waiting.total_if_accepted == second.totals.total_points
    assert second.waiting == ()


def test_waiting_list_stands_on_the_scorecard(walk, save):
    found = walk(save(HEAD + "全市行政执法人员持证率95.16%。\n"))

    assert "报告中待复核的数据" in found.html
    assert "全市行政执法人员持证率95.16%（第3段）" in found.html


PLAN = (
    "云栖县法治政府建设规划（2021—2025年）\n\n一、主要目标\n"
    "到2025年，行政机关负责人出庭应诉率达到98%，行政执法人员持证率达到98%，"
    "一审行政诉讼败诉率低于6%。\n二、重点任务\n"
    "县政府常务会议学法12次，新建“枫桥式”司法所6个，完成应急预案修订，印发执法公示办法。\n"
)


@pytest.mark.parametrize(
    "options", [(), ("--entity", "云栖县", "--level", "county", "--year", "2024")]
)
def test_plan_is_refused_with_what_it_is(walk, save, options):
    found = walk(save(PLAN), *options)

    assert found.ran.code == 1
    assert found.names == ()
    assert "【错误】报告.txt!标题" in found.ran.err
    assert "这是规划、方案、纲要、要点一类文件，不是年度报告" in found.ran.err


@pytest.mark.parametrize(
    "title",
    [
        "云栖县2024年法治政府建设工作要点",
        "关于印发《云栖县法治政府建设实施方案》的通知",
        "法治云栖建设“十四五”规划",
        "云栖县法治政府建设实施纲要（2021—2025年）",
    ],
)
def test_plan_is_told_by_its_title(read, title):
    document = read(f"{title}\n\n云栖县将坚持依法行政，应当压实责任。\n").document

    assert document.kind == "plan"
    assert document.entity == "云栖县"


@pytest.mark.parametrize(
    "title",
    [
        "云栖县2024年法治政府建设情况和2025年工作安排",
        "云栖县2024年法治政府建设工作总结及2025年工作计划",
        "云栖县《法治政府建设实施纲要（2021—2025年）》2024年度落实情况报告",
        "关于印发《云栖县2024年度法治政府建设情况报告》的通知",
    ],
)
def test_report_that_names_a_plan_stays_a_report(read, title):
    document = read(f"{title}\n\n一年来，全县共办理行政复议案件20件。\n").document

    assert (document.kind, document.entity) == ("report", "云栖县")


REPORT = "云栖县人民政府关于2024年度法治政府建设情况的报告\n\n一、主要工作\n"
RATES = REPORT + "全县审核文件的工作稳步开展。全县行政机关负责人出庭应诉率97.78%。\n"


def other_form(save, name="云栖县", year=2024, value="97.78"):
    text = FORM.format(item="head-appearance-rate", value=value)
    text = text.replace("云栖县", name).replace("2024-", f"{year}-")
    return save(text, "填报.yaml")


@pytest.mark.parametrize(
    ("name", "year", "code", "said"),
    [
        ("荻浦县", 2024, "report.form_other_unit", "填报表 荻浦县，报告 云栖县"),
        ("云栖县", 2023, "report.form_other_year", "填报表 2023年，报告 2024年"),
    ],
)
def test_form_of_another_unit_or_year_is_not_mixed_in(walk, save, name, year, code, said):  # noqa: PLR0913 - fixtures and a case
    found = walk(save(RATES), "--form", other_form(save, name, year))

    assert (found.ran.code, found.names) == (1, ())
    assert code in found.ran.err
    assert said in found.ran.err
    assert "【错误】填报.yaml!第" in found.ran.err
    assert "报告.txt 标题：云栖县人民政府关于2024年度" in found.ran.err


@pytest.mark.parametrize(
    ("name", "year", "option"),
    [("荻浦县", 2024, ("--entity", "云栖县")), ("云栖县", 2023, ("--year", "2024"))],
)
def test_user_may_say_that_form_and_report_belong_together(walk, save, name, year, option):
    found = walk(save(RATES), "--form", other_form(save, name, year), *option)

    assert found.ran.code == 0
    assert (found.result["entity"]["name"], found.result["period"]["from"]) == (
        "云栖县",
        "2024-01-01",
    )
    assert "【提醒】填报.yaml!第" in found.ran.err


@pytest.mark.parametrize("name", ["云栖县人民政府", "临江市云栖县", "云栖"])
def test_one_unit_may_be_written_in_several_ways(judge, save, name):
    issues = judge(RATES, other_form(save, name)).issues

    assert {one.code for one in issues} == {IssueCode.FORM_AGREES}


def test_both_values_and_places_stand_in_finding_and_evidence(walk, save):
    report = save(
        REPORT + "全县行政机关负责人应出庭45件，实际出庭44件，行政机关负责人出庭应诉率97.78%。\n"
    )
    found = walk(report, "--form", other_form(save, value="100"))
    issue = contradictions(found.result["issues"])[0]
    part = part_of(found.result, "head-appearance-rate")
    told = [(one["quote"], one["document"], one["locator"]) for one in part["evidence"][:2]]

    assert issue["location"]["place"].startswith("第")
    assert issue["location"]["label"] == "行政机关负责人出庭应诉率"
    assert "（报告.txt 第3段：行政机关负责人出庭应诉率97.78%）" in issue["found"]
    assert told == [
        ("填报 100%", "填报.yaml", f"{issue['location']['place']}（填报与报告不一致）"),
        ("行政机关负责人出庭应诉率97.78%", "报告.txt", "第3段（填报与报告不一致）"),
    ]
    assert part["note"] == "填报与报告不一致：填报 100%，报告 97.78%"
    assert "填报值与公开报告不一致，暂按填报值计分" in found.html


def test_cell_of_a_workbook_is_the_forms_place(judge, tmp_path):
    rules, path = shipped_rulebook(), tmp_path / "填报.xlsx"
    write_template(rules.framework("house-59"), rules, path)
    book = load_workbook(path)
    for row, (field, _, _) in enumerate(BASIC_FIELDS, start=BASIC_FIRST_ROW):
        book[BASICS].cell(row, 2).value = {
            "entity_name": "云栖县",
            "entity_level": "县级",
            "region_own": "云栖县",
            "year": 2024,
        }.get(field)
    sheet = book[FIGURES]
    number = next(
        row
        for row in range(1, sheet.max_row + 1)
        if sheet[f"B{row}"].value == "行政机关负责人出庭应诉率"
    )
    sheet[f"E{number}"].value = "100%"
    book.save(path)
    issues = judge(RATES, path).issues

    assert [(one.code, one.location.place) for one in issues] == [
        (IssueCode.FORM_CONTRADICTS, f"指标填报!E{number}")
    ]


def test_agreement_is_recorded_and_shown(walk, save):
    found = walk(save(RATES), "--form", other_form(save))
    part = part_of(found.result, "head-appearance-rate")
    notes = [one for one in found.result["issues"] if one["code"] == "report.form_agrees"]

    assert part["note"] == "填报与报告一致"
    assert part["evidence"][-1]["locator"] == "第3段（填报与报告一致）"
    assert [one["found"] for one in notes] == ["1 项：行政机关负责人出庭应诉率"]
    assert "填报与报告一致" in found.html


def test_hedged_figure_neither_agrees_nor_contradicts(judge, save):
    form = save(
        FORM.format(item="meeting-law-study", value="123").replace('"%"', "次"),
        "填报.yaml",
    )
    issues = judge(REPORT + "县政府常务会议学法120余次。\n", form).issues

    assert [one for one in issues if one.code is IssueCode.FORM_CONTRADICTS] == []


def test_findings_of_read_name_items_in_words(cli, save, tmp_path):
    report = save(REPORT + "行政复议纠错率为4.93%。全年审结行政复议案件704件。\n")
    ran = cli("read", report, "-o", tmp_path / "填报.json")

    assert "“行政复议纠错率”按所报精度" in ran.err
    assert "reconsideration" not in ran.err + ran.out
