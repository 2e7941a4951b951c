"""Automatic numbers, headings and tables of Word documents."""

from __future__ import annotations

import pytest

from assessor.reading.documents.docx_numbering import format_number
from schemas.reading import BlockKind


def numbering(*levels: tuple[str, str]) -> str:
    shown = "".join(
        f"<w:lvl w:ilvl='{index}'><w:start w:val='1'/><w:numFmt w:val='{form}'/>"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
        for index, (form, text) in enumerate(levels)
    )
    return (
        f"<w:numbering><w:abstractNum w:abstractNumId='5'>{shown}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='5'/></w:num></w:numbering>"
    )


def numbered(make, text: str, level: int) -> str:
    properties = f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>"
    return make.paragraph(text, f"<w:pPr>{properties}</w:pPr>")


def test_automatic_numbers_stand_beside_the_text(make, read, texts):
    levels = numbering(
        ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")
    )
    marks = [
        ("工作成效", 0),
        ("依法决策", 1),
        ("学法12次。", 2),
        ("公开听证", 1),
        ("存在问题", 0),
        ("短板", 1),
    ]
    body = "".join(numbered(make, text, level) for text, level in marks)
    document = read(make.docx(body, numbering=levels), "a.docx").document

    assert texts(document) == [text for text, _ in marks]
    assert [block.number for block in document.blocks] == [
        "一、", "（一）", "1.", "（二）", "二、", "（一）",
    ]  # fmt: skip
    assert [block.kind for block in document.blocks[:2]] == [BlockKind.HEADING] * 2


def test_number_of_a_style_counts(make, read):
    styles = (
        "<w:styles><w:style w:type='paragraph' w:styleId='h'><w:name w:val='heading 1'/><w:pPr>"
        "<w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style></w:styles>"
    )
    body = make.paragraph("总体情况", "<w:pPr><w:pStyle w:val='h'/></w:pPr>") * 2
    document = read(
        make.docx(body, styles=styles, numbering=numbering(("decimal", "第%1部分"))), "a.docx"
    ).document

    assert [block.number for block in document.blocks] == ["第1部分", "第2部分"]
    assert document.blocks[0].kind is BlockKind.HEADING


def test_bullets_give_no_number(make, read):
    body = numbered(make, "审结704件。", 0)
    document = read(make.docx(body, numbering=numbering(("bullet", "•"))), "a.docx").document

    assert document.blocks[0].number == ""


@pytest.mark.parametrize(
    ("value", "form", "written"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (1004, "chineseCounting", "一千零四"),
        (10, "chineseLegalSimplified", "壹拾"),
        (20, "ideographDigital", "二〇"),
        (3, "decimalEnclosedCircle", "③"),
        (7, "decimalZero", "07"),
        (27, "lowerLetter", "aa"),
        (2, "upperLetter", "B"),
        (2024, "upperRoman", "MMXXIV"),
        (9, "lowerRoman", "ix"),
        (5, "none", ""),
        (5, "unheardOf", "5"),
    ],
)
def test_numbers_are_written_as_word_prints_them(value, form, written):
    assert format_number(value, form) == written


def cell(make, text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{make.paragraph(text)}</w:tc>"


def places(document) -> dict[str, tuple[int, int, int]]:
    return {
        document.text[block.start : block.end]: (
            block.cell.table,
            block.cell.row,
            block.cell.column,
        )
        for block in document.blocks
        if block.cell
    }


def test_merged_cells_stand_once(make, read):
    wide, start, more = "<w:gridSpan w:val='2'/>", "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    rows = [
        cell(make, "单位", start) + cell(make, "案件", wide),
        cell(make, "", more) + cell(make, "受理") + cell(make, "审结"),
        cell(make, "公安局") + cell(make, "40") + cell(make, "38"),
    ]
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"

    assert places(read(make.docx(body), "a.docx").document) == {
        "单位": (1, 1, 1), "案件": (1, 1, 2), "受理": (1, 2, 2), "审结": (1, 2, 3),
        "公安局": (1, 3, 1), "40": (1, 3, 2), "38": (1, 3, 3),
    }  # fmt: skip


def test_nested_table_follows_its_cell(make, read, texts):
    inner = f"<w:tbl><w:tr>{cell(make, '内1')}{cell(make, '内2')}</w:tr></w:tbl>"
    outer = f"<w:tr><w:tc>{make.paragraph('外1')}{inner}<w:p/></w:tc>{cell(make, '外2')}</w:tr>"
    document = read(make.docx(f"<w:tbl>{outer}</w:tbl>"), "a.docx").document

    assert texts(document) == ["外1", "外2", "内1", "内2"]
    assert places(document) == {
        "外1": (1, 1, 1),
        "外2": (1, 1, 2),
        "内1": (2, 1, 1),
        "内2": (2, 1, 2),
    }


def test_lines_of_a_cell_become_one_and_numbers_stay_apart(make, read, texts):
    lines = "".join(make.paragraph(text) for text in ("行政复议", "案件数", "12", "13"))
    body = f"<w:tbl><w:tr><w:tc>{lines}</w:tc>{cell(make, '件')}</w:tr></w:tbl>"

    assert texts(read(make.docx(body), "a.docx").document) == ["行政复议案件数12 13", "件"]


def test_marked_header_row_is_header(make, read):
    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell(make, '指标')}{cell(make, '数')}</w:tr>"
    row = f"<w:tr>{cell(make, '审结')}{cell(make, '多')}</w:tr>"
    document = read(make.docx(f"<w:tbl>{head}{row}</w:tbl>"), "a.docx").document

    assert [block.cell.is_header for block in document.blocks] == [True, True, False, False]


def test_table_of_one_column_is_a_frame(make, read, texts):
    body = (
        f"<w:tbl><w:tr><w:tc>{make.paragraph('甲。')}{make.paragraph('乙。')}</w:tc></w:tr></w:tbl>"
    )
    document = read(make.docx(body), "a.docx").document

    assert texts(document) == ["甲。", "乙。"]
    assert not any(block.cell for block in document.blocks)


def test_restarted_list_and_legal_numbers_follow_the_file(make, read):
    levels = (
        "<w:lvl w:ilvl='0'><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/><w:isLgl/></w:lvl>"
    )
    start = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='3'/></w:lvlOverride>"
    part = (
        f"<w:numbering><w:abstractNum w:abstractNumId='5'>{levels}</w:abstractNum>"
        f"<w:num w:numId='1'><w:abstractNumId w:val='5'/>{start}</w:num></w:numbering>"
    )
    body = numbered(make, "甲", 0) + numbered(make, "乙", 1) + numbered(make, "丙", 0)
    document = read(make.docx(body, numbering=part), "a.docx").document

    assert [block.number for block in document.blocks] == ["三、", "3.1", "四、"]
