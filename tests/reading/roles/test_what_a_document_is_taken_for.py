"""Only a report's figures count; what else was handed in is said, and fills nothing."""

from __future__ import annotations

import pytest

from assessor.reading.documents import read_document_bytes
from assessor.reading.drafting import draft_submission
from assessor.reading.reader import read_text
from assessor.reading_text import reading_text
from schemas.reading import Confidence, Reading
from scoring import shipped_rulebook

BODY = (
    "\n一、主要内容\n行政机关负责人出庭应诉率达到100%，行政执法证持证率达到98%。"
    "规范性文件全部经过合法性审核。\n"
)


def read(text: str) -> Reading:
    intake = read_document_bytes(text.encode(), "文件.txt", in_process=True)
    book = shipped_rulebook()
    return read_text(intake.document, book, framework=book.framework("house-59"))


@pytest.mark.parametrize(
    "kind",
    [
        "重点工作任务",
        "考核指标",
        "考核细则",
        "任务清单",
        "目标责任书",
        "任务书",
        "责任分解表",
        "意见",
        "指导意见",
        "评分标准",
        "工作制度",
    ],
)
def test_demands_fill_nothing_and_are_named(kind):
    reading = read(f"青溪县2025年法治政府建设{kind}{BODY}")
    drafted = draft_submission(reading, shipped_rulebook())

    assert reading.document.kind == "other"
    assert {one.status.value for one in reading.figures} == {"target"}
    assert [one.code.value for one in drafted.issues] == ["report.is_other"]
    assert drafted.submission is not None
    assert drafted.submission.answers == ()
    assert "不像年度报告" in reading_text(reading)


def test_speech_is_no_report_and_its_figures_wait():
    reading = read(f"在青溪县2025年法治政府建设推进会上的讲话{BODY}")

    assert all(one.confidence is not Confidence.ACCEPTED for one in reading.figures)
    assert all("not_report" in one.flags for one in reading.figures)


def test_plan_is_named_when_it_is_read():
    reading = read(f"青溪县2025年法治政府建设工作要点{BODY}")

    assert [one.code.value for one in reading.issues] == ["report.is_plan"]


def test_report_that_names_plans_in_its_title_counts():
    reading = read(
        "青溪县2024年法治政府建设工作总结和2025年工作计划\n一、2024年工作\n"
        "行政执法证持证率达到98%。\n二、2025年工作\n行政执法证持证率达到99%。\n"
    )

    assert [one.status.value for one in reading.figures] == ["achieved", "planned"]
    assert reading.figures[0].confidence is Confidence.ACCEPTED


@pytest.mark.parametrize(
    "line", ["（2025年2月10日）", "青溪县人民政府\n2025年2月20日", "青溪县政府公报 2025年第3期"]
)
def test_date_under_the_title_changes_no_figure(line):
    reading = read(f"青溪县2024年法治政府建设年度报告\n{line}{BODY}")

    assert {one.status.value for one in reading.figures} == {"achieved"}
    assert {one.year for one in reading.figures} == {2024}


def test_running_head_with_an_issue_is_not_the_title():
    title = "青溪县2024年法治政府建设年度报告"
    reading = read(f"青溪县法治政府建设年度报告 2025年第8期\n{title}{BODY}")

    assert reading.document.title == title
    assert {one.year for one in reading.figures} == {2024}


def test_sentence_in_a_paragraph_that_opens_plans_rules_what_follows():
    reading = read(
        "青溪县2024年法治政府建设年度报告\n一、主要成效\n审核行政规范性文件33件。"
        "下一步，将抓好以下工作：一是提高素质，行政执法证持证率达到98%。二是组织培训8期。\n"
    )

    assert [one.status.value for one in reading.figures] == ["achieved", "planned", "planned"]


def test_unit_and_level_come_from_the_first_sentences_when_the_title_is_silent():
    reading = read(
        "关于2024年度法治政府建设情况的报告\n"
        "2024年，青溪县坚持依法行政。\n一、主要成效\n审核33件。\n"
    )

    assert (reading.document.entity, reading.document.level.value) == ("青溪县", "county")
