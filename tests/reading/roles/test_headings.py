"""Headings, opening sentences, dates and attachments give the parts of a report their roles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assessor.reading.headings import attached_role, plans_begin, starts_plans
from assessor.reading.sections import find_roles
from schemas.reading import Block, BlockKind, ReadDocument, SectionRole
from scoring.yaml_strict import parse_yaml

YEAR = 2024
TITLE = "青溪县2024年法治政府建设年度报告"


def rows(name: str) -> Any:
    return parse_yaml((Path(__file__).parent / name).read_text(encoding="utf-8")).value


def roles_of(*lines: str, title: str = TITLE) -> list[str]:
    blocks, text = [], ""
    for index, line in enumerate(lines):
        blocks.append(
            Block(index=index, kind=BlockKind.PARAGRAPH, start=len(text), end=len(text) + len(line))
        )
        text += line + "\n"
    document = ReadDocument(
        text=text, sha256="0" * 64, format="txt", file="a.txt", title=title, blocks=tuple(blocks)
    )
    return [role.value for role in find_roles(document, YEAR).of_block]


@pytest.mark.parametrize("row", rows("headings.yaml")["headings"], ids=lambda row: row["heading"])
def test_heading_gives_its_part_a_role(row):
    found = roles_of(
        TITLE,
        "一年来，全县推进依法行政。",
        "一、履行职能",
        "办件三百件。",
        row["heading"],
        "办件。",
    )

    wanted = "results" if row["role"] == "none" else row["role"]
    is_within = wanted == "results" and row["heading"].startswith("（")
    assert found[-1] == (wanted if not is_within else "results")


@pytest.mark.parametrize("text", rows("openings.yaml")["plans"])
def test_sentence_opens_what_is_planned(text):
    assert starts_plans(text, YEAR)


@pytest.mark.parametrize("text", rows("openings.yaml")["results"])
def test_sentence_opens_no_plans(text):
    assert not starts_plans(text, YEAR)


@pytest.mark.parametrize(
    "line",
    [
        "（2025年2月10日）",
        "2025年2月20日",
        "【2025年3月12日】",
        "2025年2月",
        "（2025年2月10日在青溪县第十七届人大常委会第二十三次会议上）",
        "青溪县人民政府公报 2025年第3期",
        "青溪县司法局 2025年2月编印",
        "二〇二五年二月十日",
    ],
)
def test_line_under_the_title_is_no_heading(line):
    found = roles_of(TITLE, line, "一、主要成效", "审核文件33件。")

    assert found[-1] == "results"


@pytest.mark.parametrize(
    "title",
    [
        "青溪县2024年工作总结和2025年工作计划",
        "青溪县2024年法治政府建设工作总结及下一步工作计划",
        "青溪县2024年法治政府建设总结暨2025年工作打算",
        "青溪县2024年法治政府建设情况和2025年工作安排的报告",
    ],
)
def test_title_that_names_plans_too_does_not_make_the_report_a_plan(title):
    found = roles_of(title, "一、2024年工作", "审核33件。", "二、2025年打算", "98%。", title=title)

    assert found[2:] == ["results", "results", "next_year", "next_year"][: len(found) - 2] or (
        found[1:] == ["results", "results", "next_year", "next_year"]
    )


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("附件：2024年度统计数据", "results"),
        ("附件1：青溪县2024年行政执法数据汇总表", "results"),
        ("附表：行政复议情况统计", "results"),
        ("附件：2025年重点任务清单", "next_year"),
        ("附件2.法治政府建设考核指标", "next_year"),
        ("附件：2025年度立法计划", "next_year"),
        ("附件", "other"),
        ("附近居民参与普法活动", None),
    ],
)
def test_attachment_has_a_role_by_its_name(line, role):
    found = attached_role(line, YEAR)

    assert found == (role and SectionRole(role))


def test_attachment_behind_the_signature_is_not_part_of_the_plans():
    found = roles_of(
        TITLE,
        "一、主要成效",
        "审核33件。",
        "二、2025年打算",
        "培训八期。",
        "青溪县人民政府",
        "2025年2月20日",
        "附件：2024年度统计数据",
        "受理行政复议128件。",
    )

    assert found[4] == "next_year"
    assert found[-2:] == ["results", "results"]


def test_attachment_whose_name_stands_in_the_next_line():
    head = (TITLE, "一、主要成效", "审核33件。", "二、2025年打算", "培训八期。", "附件1")

    assert roles_of(*head, "2024年度行政执法统计表", "检查128次。")[-1] == "results"
    assert roles_of(*head, "2025年重点任务分解表", "检查128次。")[-1] == "next_year"


def test_list_behind_an_opening_sentence_is_planned_up_to_the_next_section():
    found = roles_of(
        TITLE,
        "一、主要成效",
        "（一）规范执法",
        "检查33次。",
        "下一步，重点抓好以下工作：",
        "1.提高持证率",
        "持证率达到98%。",
        "2.加强培训",
        "培训八期。",
        "（二）化解争议",
        "受理128件。",
    )

    assert found[4:9] == ["next_year"] * 5
    assert found[9:] == ["results", "results"]


def test_list_that_begins_anew_behind_an_opening_sentence_is_planned():
    found = roles_of(
        TITLE,
        "一、主要成效",
        "（一）规范执法",
        "检查33次。",
        "（二）化解争议",
        "受理128件。",
        "2025年，全县上下要做到：",
        "（一）提高持证率。持证率达到98%。",
        "（二）加强培训。培训八期。",
    )

    assert found[6:] == ["next_year"] * 3


def test_answer_to_shortcomings_is_planned():
    found = roles_of(
        TITLE,
        "一、主要成效",
        "受理128件。",
        "二、存在的不足",
        "持证率不高。",
        "针对上述问题，采取以下措施：",
        "一是组织考试，持证率达到98%。",
    )

    assert found[4:] == ["shortcomings", "next_year", "next_year"]


def test_line_broken_in_the_middle_is_no_heading():
    found = roles_of(
        TITLE, "一、主要成效", "全县统筹推进，坚持问题导向，围绕", "2025年工作计划和安排",
        "提前部署，受理128件。"
    )  # fmt: skip

    assert found[-1] == "results"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "全年审核文件33件。下一步，将做好以下工作：一是持证率达到98%。二是培训8期。",
            "全年审核文件33件。",
        ),
        ("培训6期。2025年，要实现持证率98%。", "培训6期。"),
        ("培训6期；今后将加大力度。", "培训6期；"),
    ],
)
def test_paragraph_turns_to_plans_behind_its_first_sentence(text, kept):
    begin = plans_begin(text, YEAR)

    assert begin is not None
    assert text[:begin] == kept


def test_paragraph_of_results_does_not_turn_to_plans():
    assert plans_begin("培训6期。会议要求进一步提高认识。持证率98%。", YEAR) is None
