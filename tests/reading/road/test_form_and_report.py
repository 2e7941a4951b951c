"""A filled form and the published report of the same county, taken down the road together."""

from __future__ import annotations

import json
from decimal import Decimal
from html import escape

import pytest

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
        "填报 99.5，报告 97.78（报告.txt 第3段：全县行政机关负责人出庭应诉率97.78%）"
    )
    assert part["value"] == "99.5"
    assert "行政机关负责人出庭应诉率" in found.ran.err
    assert "填报 99.5，报告 97.78" in found.html


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


def test_plan_scores_nothing(walk, save):
    plan = save(
        "云栖县法治政府建设规划（2021—2025年）\n\n一、主要目标\n"
        "到2025年，行政机关负责人出庭应诉率达到98%，行政执法人员持证率达到98%，"
        "一审行政诉讼败诉率低于6%。\n二、重点任务\n"
        "县政府常务会议学法12次，新建“枫桥式”司法所6个，完成应急预案修订，印发执法公示办法。\n"
    )
    found = walk(plan)
    parts = [part for one in found.result["indicators"] for part in one["parts"]]

    assert found.ran.code == 0
    assert [one["code"] for one in found.result["issues"]] == ["report.is_plan"]
    assert "像是规划或方案" in found.ran.err
    assert [part["item"] for part in parts if part["value"] not in (None, "0.00")] == []
    assert {part["evidence_level"] for part in parts} <= {None, "V0"}
    assert found.result["waiting"] == []
    assert 'class="scored" title' not in found.mark
