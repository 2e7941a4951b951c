"""PDF reports: lines and pages joined, running heads out, ruled tables, scans refused."""

from __future__ import annotations

import base64
import io
import struct
import zlib

import pytest

from assessor.reading.documents.characters import clean, close_gaps
from assessor.reading.documents.pdf_layout import Sheet, without_running_heads
from assessor.reading.documents.pdf_page import Line
from schemas.errors import SubmissionUnreadable
from schemas.issue import IssueCode

pytestmark = pytest.mark.slow

STYLE = """<style>
@page { size: 400pt 500pt; margin: 60pt 40pt;
  @top-center { content: "法治政府建设年度报告"; font-size: 9pt }
  @bottom-center { content: "— " counter(page) " —"; font-size: 9pt } }
body { font: 16pt/28pt "Noto Sans CJK SC" }
p { margin: 0; text-indent: 2em } .on { text-indent: 0; break-before: page }
</style>"""
PLAIN = """<style>@page { size: 400pt 500pt; margin: 40pt }
body { font: 16pt/28pt "Noto Sans CJK SC" } p { margin: 0; text-indent: 2em }
table { border-collapse: collapse; width: 100% } td { border: 1pt solid } </style>"""
SENTENCE = "全县行政机关负责人出庭应诉率稳定在较高水平，依法行政能力进一步提高。"


def picture_page(make) -> bytes:
    """Return a page that is one grey picture, as a scanner makes it."""
    size = 64
    rows = (b"\x00" + b"\x88" * size) * size

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows))
    source = base64.b64encode(png + chunk(b"IEND", b"")).decode()
    style = (
        "<style>@page { margin: 0; size: 300pt 400pt } img { width: 300pt; height: 400pt }</style>"
    )
    return make.pdf(f"<img src='data:image/png;base64,{source}'>", style)


def test_p1_number_cut_at_a_page_break_is_joined(make, read, texts):
    first = "全县新建成公共法律服务站点146"
    second = "个，较上年增加12个，覆盖所有乡镇。"
    filler = f"<p>{SENTENCE}</p>" * 2
    body = f"{filler}<p style='text-indent:0'>{first}</p><p class=on>{second}</p>{filler}"
    document = read(make.pdf(body, STYLE.replace("400pt 500pt", "334pt 500pt")), "a.pdf").document

    assert texts(document) == [SENTENCE, SENTENCE, first + second, SENTENCE, SENTENCE]
    assert [block.page for block in document.blocks] == [1, 1, 1, 2, 2]


def test_p1_figure_alone_on_the_last_line_is_no_page_number():
    def sheet(number: int, last: str) -> Sheet:
        lines = [
            Line("依法行政年度报告", 150, 250, 480, 9, number),
            Line("正文。", 40, 300, 400, 16, number),
            Line(last, 40, 60, 66, 16, number),
            Line(f"— {number} —", 190, 210, 30, 9, number),
        ]
        return Sheet(number, 500, lines)

    kept = without_running_heads([sheet(1, "146"), sheet(2, "18"), sheet(3, "完。")])

    assert [[line.text for line in one.lines] for one in kept] == [
        ["正文。", "146"],
        ["正文。", "18"],
        ["正文。", "完。"],
    ]


def test_bare_page_numbers_that_count_up_are_dropped():
    sheets = [
        Sheet(
            number,
            500,
            [
                Line("正文。", 40, 300, 400, 16, number),
                Line(str(number + 4), 190, 210, 30, 9, number),
            ],
        )
        for number in (1, 2, 3)
    ]

    assert [len(sheet.lines) for sheet in without_running_heads(sheets)] == [1, 1, 1]


def test_p2_radicals_are_ideographs_in_pdf_and_in_copied_text(make, read, texts):
    printed = "全县人民群众满意度98%，风险可控，食品安全。"
    document = read(make.pdf(f"<p>{printed}</p>", PLAIN), "a.pdf").document

    assert texts(document) == [printed]
    assert clean("⼈⺠⻔⻝⻛⻓⻩⻅⻣⻆⻋⽇") == "人民门食风长黄见骨角车日"


def test_p3_reading_prints_nothing(make, read, capfd):
    read(make.pdf(f"<p>{SENTENCE}</p>", PLAIN), "a.pdf")

    assert capfd.readouterr() == ("", "")


def test_p4_blanks_between_ideographs_and_digits_are_closed(make, read, texts):
    body = "<p>全年审结 704 件，纠错率 4.97 %，共 2 个批次，Word 文档</p>"

    assert texts(read(make.pdf(body, PLAIN), "a.pdf").document) == [
        "全年审结704件，纠错率4.97 %，共2个批次，Word 文档"
    ]
    assert close_gaps("上升 4.4 个百分点") == "上升4.4个百分点"


@pytest.mark.parametrize(
    "style",
    [
        "p { margin: 0; text-indent: 2em; text-align: justify }",
        "p { margin: 0 0 14pt; text-indent: 0 }",
        "p { margin: 12pt 0; text-indent: 2em } body { font-size: 11pt; line-height: 1.5 }",
        "p { margin: 0; text-indent: 2em } body { line-height: 1.9 }",
    ],
)
def test_paragraphs_are_rebuilt_in_usual_layouts(style, make, read, texts):
    lines = [
        "一、依法履行政府职能情况",
        SENTENCE + "全年办理行政复议案件131件，直接纠错6件。",
        SENTENCE * 4,
        "（二）行政执法",
        "开展执法检查4.97万次，办理行政处罚案件2016件，公开执法结果信息98000条。" * 5,
    ]  # fmt: skip
    body = "".join(f"<p>{line}</p>" for line in lines)

    assert texts(read(make.pdf(body, f"{PLAIN}<style>{style}</style>"), "a.pdf").document) == lines


def test_merged_cells_of_a_ruled_table_stand_once(make, read):
    rows = (
        "<tr><td rowspan=2>单位</td><td colspan=2>案件</td></tr><tr><td>受理</td><td>审结</td></tr>"
        "<tr><td>公安局</td><td>40</td><td>38</td></tr>"
    )
    document = read(make.pdf(f"<p>{SENTENCE}</p><table>{rows}</table>", PLAIN), "a.pdf").document

    assert {
        document.text[block.start : block.end]: (block.cell.row, block.cell.column)
        for block in document.blocks
        if block.cell
    } == {
        "单位": (1, 1), "案件": (1, 2), "受理": (2, 2), "审结": (2, 3),
        "公安局": (3, 1), "40": (3, 2), "38": (3, 3),
    }  # fmt: skip


def test_table_over_two_pages_goes_on_counting_rows(make, read):
    rows = "".join(
        f"<tr><td>第{chr(0x4E00 + row)}行</td><td>{row}件</td></tr>" for row in range(1, 24)
    )
    document = read(make.pdf(f"<table>{rows}</table>", PLAIN), "a.pdf").document
    cells = [block.cell for block in document.blocks]

    assert {block.page for block in document.blocks} == {1, 2}
    assert {cell.table for cell in cells} == {1}
    assert sorted({cell.row for cell in cells}) == list(range(1, 24))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_page_is_read_upright(turn, make, read, texts):
    from pypdf import PdfWriter, Transformation

    content = make.pdf(f"<p>{SENTENCE}</p><p>第二段。</p>", PLAIN)
    writer, target = PdfWriter(clone_from=io.BytesIO(content)), io.BytesIO()
    page = writer.pages[0]
    width, height = page.mediabox.width, page.mediabox.height
    shift = {90: (height, 0), 180: (width, height), 270: (0, width)}[turn]
    page.add_transformation(Transformation().rotate(turn).translate(*shift))
    if turn != 180:
        page.mediabox.upper_right = (height, width)
    page.rotate(turn)
    writer.write(target)

    assert texts(read(target.getvalue(), "a.pdf").document) == [SENTENCE, "第二段。"]


def test_scan_is_refused_with_advice(make, read):
    with pytest.raises(SubmissionUnreadable, match=r"扫描件.*tesseract") as refusal:
        read(picture_page(make), "a.pdf")

    assert refusal.value.code == "scan"


def test_page_that_is_a_picture_is_named_in_an_issue(make, read):
    from pypdf import PdfWriter

    writer, target = PdfWriter(), io.BytesIO()
    writer.append(io.BytesIO(make.pdf(f"<p>{SENTENCE}</p>", PLAIN)))
    writer.append(io.BytesIO(picture_page(make)))
    writer.write(target)
    issues = read(target.getvalue(), "a.pdf").issues

    assert [(one.code, one.location.place) for one in issues] == [
        (IssueCode.DOCUMENT_DAMAGED, "第2页")
    ]


def test_encrypted_pdf_is_refused(make, read):
    from pypdf import PdfWriter

    writer, target = PdfWriter(), io.BytesIO()
    writer.append(io.BytesIO(make.pdf(f"<p>{SENTENCE}</p>", PLAIN)))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(target)

    with pytest.raises(SubmissionUnreadable, match="密码"):
        read(target.getvalue(), "a.pdf")


def test_pdf_without_chinese_is_refused(make, read):
    with pytest.raises(SubmissionUnreadable, match="读不出汉字"):
        read(
            make.pdf("<p>" + "Annual report on law-based government. " * 3 + "</p>", PLAIN), "a.pdf"
        )
