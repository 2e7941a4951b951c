"""The same report as txt, html, mht, docx and pdf gives the same blocks."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from html import escape

import pytest

from schemas.reading import BlockKind

TITLE = "云栖县人民政府关于2024年度法治政府建设情况的报告"
BODY = [
    "2024年，云栖县围绕建设职能科学、权责法定的政府这一目标，把依法办事写进各部门的责任清单，全县依法行政水平稳步提高。现将有关情况报告如下：",
    "一、主要工作和成效",
    "（一）依法决策更加规范",
    "全年县政府常务会议学法12次，审查重大行政决策事项27件，合法性审查率100%；制定行政规范性文件9件，备案审查率、及时率均为100%。",
    "（二）行政争议化解更加有力",
    "全年收到行政复议申请146件，审结131件，直接纠错6件，直接纠错率4.58%；行政机关负责人出庭应诉率97.78%，行政诉讼败诉率由上年的8.2%下降到5.06%。",
    "二、存在的问题",
    "基层执法力量仍然偏弱，个别单位对行政诉讼败诉原因分析不够，普法的针对性有待提高。",
    "三、2025年工作打算",
    "计划新建公共法律服务站点15个，培训执法人员1200人次，力争行政机关负责人出庭应诉率保持在95%以上。",
    "云栖县人民政府",
    "2025年2月18日",
]
ALL = [TITLE, *BODY]
HEADINGS = {0, 2, 3, 5, 7, 9}


def page(lines: list[str]) -> str:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f"<html><head><meta charset='gb2312'><title>{lines[0]}_云栖县人民政府网</title></head>"
        f"<body><div class='nav'>首页 &gt; 政务公开</div><div id='zoom'>{body}</div>"
        "<div class='footer'>版权所有 云栖县人民政府 访问总数：1234567</div></body></html>"
    )


def envelope(lines: list[str]) -> bytes:
    message = EmailMessage()
    message["Subject"] = "report"
    message.make_related()
    part = EmailMessage()
    part.set_content(page(lines).replace("gb2312", "utf-8"), subtype="html", cte="base64")
    message.attach(part)
    return message.as_bytes()


@pytest.fixture(params=["txt", "html", "mht", "docx", pytest.param("pdf", marks=pytest.mark.slow)])
def document(request, read, make):
    kind = request.param
    if kind == "txt":
        content = "\r\n".join(f"　　{line}" for line in ALL).encode("gb18030")
    elif kind == "html":
        content = page(ALL).encode("gb18030")
    elif kind == "mht":
        content = envelope(ALL)
    elif kind == "docx":
        content = make.docx("".join(map(make.paragraph, ALL)))
    else:
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in BODY)
        content = make.pdf(f"<h1>{TITLE}</h1>{paragraphs}")
    intake = read(content, f"报告.{kind}")

    assert intake.issues == ()
    assert intake.document.format == kind
    assert intake.document.sha256 == hashlib.sha256(content).hexdigest()
    return intake.document


def test_every_format_gives_the_same_blocks(document, texts):
    assert texts(document) == ALL


def test_every_format_gives_the_same_title_and_headings(document):
    headings = {block.index for block in document.blocks if block.kind is BlockKind.HEADING}

    assert document.title == TITLE
    assert headings == HEADINGS


def test_only_pdf_has_pages(document):
    pages = {block.page for block in document.blocks}

    assert pages == ({1, 2} if document.format == "pdf" else {None})


ROWS = [
    ["指标", "2023年", "2024年"],
    ["行政复议审结（件）", "118", "131"],
    ["败诉率", "8.2%", "5.06%"],
]
RULED = """<style>body { font: 12pt "Noto Sans CJK SC" }
table { border-collapse: collapse; width: 100% } td { border: 1pt solid }</style>"""
BEFORE, AFTER = (
    "主要数据见下表，口径与上年一致，由县司法局汇总后公布。",
    "以上数据不含垂直管理部门。",
)


def html_table() -> str:
    rows = "".join("<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>" for row in ROWS)
    return f"<p>{BEFORE}</p><table>{rows}</table><p>{AFTER}</p>"


def word_table(paragraph) -> str:
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(one)}</w:tc>" for one in row) + "</w:tr>"
        for row in ROWS
    )
    return f"{paragraph(BEFORE)}<w:tbl>{rows}</w:tbl>{paragraph(AFTER)}"


@pytest.mark.parametrize(
    "kind", ["txt", "html", "docx", pytest.param("pdf", marks=pytest.mark.slow)]
)
def test_every_format_gives_the_same_table_cells(kind, read, make, texts):
    if kind == "txt":
        content = "\n".join([BEFORE, *("\t".join(row) for row in ROWS), AFTER]).encode()
    elif kind == "html":
        content = f"<html><body><div id=zoom>{html_table()}</div></body></html>".encode()
    elif kind == "docx":
        content = make.docx(word_table(make.paragraph))
    else:
        content = make.pdf(html_table(), RULED)

    document = read(content, f"表.{kind}").document

    assert texts(document) == [BEFORE, *(one for row in ROWS for one in row), AFTER]
    places = [block.cell for block in document.blocks if block.cell]
    assert [(place.table, place.row, place.column) for place in places] == [
        (1, row, column) for row in (1, 2, 3) for column in (1, 2, 3)
    ]
    assert [place.is_header for place in places] == [True] * 3 + [False] * 6
