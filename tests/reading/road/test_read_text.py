"""`assessor read` in words: everything found is printed, as it stands and where it stands."""

from __future__ import annotations

import re

import pytest

from assessor.reading.printing import as_printed
from assessor.reading_text import reading_text

HEAD = "青溪县2024年法治政府建设年度报告\n一、主要工作\n"


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("全年办理便民事项1286万余件。", "1286万余件"),
        ("帮助群众挽回损失超1.7亿元。", "超1.7亿元"),
        ("提供法律咨询约3200人次。", "约3200人次"),
        ("建言献策近1900余次。", "近1900余次"),
        ("处理投诉举报320多件。", "320多件"),
        ("事项办结率达99.5%以上。", "99.5%以上"),
        ("不到6%的案件被改判。", "不到6%"),
        ("近八成案件当庭化解。", "近八成"),
        ("百分之九十六的事项网上可办。", "百分之九十六"),
        ("行政诉讼败诉率全省第二低。", "第二低"),
        ("执法质量考评列全市第3位。", "第3位"),
        ("全年无行政合同败诉案件。", "“无”，即0件"),
        ("公平竞争审查覆盖率100％。", "100％"),
    ],
)
def test_figure_is_printed_with_bound_words_and_unit(read, sentence, printed):
    reading = read(HEAD + sentence + "\n")
    shown = [as_printed(one, reading.document.text) for one in reading.figures]

    assert shown == [printed]
    assert f"  {printed}  " in reading_text(reading)


def test_every_figure_statement_and_section_is_printed_with_its_place(read, text):
    reading = read(text)
    lines = reading_text(reading).splitlines()

    for figure in reading.figures:
        printed = as_printed(figure, reading.document.text)
        place = f"第{figure.block + 1}段"
        quote = " ".join(figure.quote.split())[:40]
        assert any(
            line.split()[0] == printed and place in line and quote in line
            for line in lines
            if line.startswith("  ")
        ), printed
    for one in reading.statements:
        assert any(
            one.item_label in line and f"第{one.block + 1}段" in line and one.quote[:20] in line
            for line in lines
        )
    at = lines.index("章节")
    assert len(lines[at + 1 :][: len(reading.sections)]) == len(reading.sections)
    assert all(line.startswith("  ") for line in lines[at + 1 : at + 1 + len(reading.sections)])


def test_counts_in_the_headings_add_up(read, text):
    reading = read(text)
    heads = [line for line in reading_text(reading).splitlines() if line.endswith("）")]
    counts = [int(line.rsplit("（", 1)[1][:-1]) for line in heads if not line.startswith(" ")]

    assert sum(counts) == len(reading.figures) + len(reading.statements)


def test_page_is_named_where_the_format_has_pages(cli, samples):
    ran = cli("read", samples / "reports" / "云栖县2024.pdf")

    assert re.search(r"第1页第4段 +「政务服务线上办件占比88\.6%」", ran.out)


def test_compliance_carries_its_quote_and_place(read):
    printed = reading_text(read(HEAD + "公平竞争审查覆盖率100%。\n"))
    lines = printed.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("  K01"))

    assert lines[at + 1].strip() == "「青溪县2024年法治政府建设年度报告」［第1段］"


SHORT = "虽然取得了一定成效，但仍存在一些薄弱环节，如执法力量不足，有待进一步加强。"


def test_part_in_running_text_does_not_borrow_the_heading_before_it(read):
    body = "公平竞争审查覆盖率100%。\n二、化解矛盾纠纷\n矛盾纠纷化解率98%。\n"
    printed = reading_text(read(f"{HEAD}{body}{SHORT}\n"))
    (line,) = [one for one in printed.splitlines() if one.startswith("  不足 ")]

    assert "（没有单列标题）虽然取得了一定成效" in line
    assert "化解矛盾纠纷" not in line


def test_findings_name_items_not_ids(cli, save, tmp_path):
    report = save(HEAD + "备案审查规范性文件41件，备案纠错1件，备案纠错率9.5%。\n")
    ran = cli("read", report, "-o", tmp_path / "out.json", "--level", "county")

    assert "document-" not in ran.out + ran.err
