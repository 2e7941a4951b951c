"""Where paragraphs of a PDF begin: short pages, margins, notes, columns, sideways pages, scans."""

from __future__ import annotations

import base64
import io
import shutil

import pypdfium2
import pytest

from assessor.reading.documents import read_document_bytes
from assessor.reading.documents.ocr import find_ocr
from assessor.reading.documents.pdf_layout import margins_of, to_paragraphs
from assessor.reading.documents.pdf_page import Line
from schemas.errors import SubmissionUnreadable
from schemas.issue import IssueCode
from schemas.reading import BlockFlag, BlockKind

pytestmark = pytest.mark.slow

TITLE = "云溪县2024年法治政府建设年度报告"
STYLE = """<style>@page { size: A4; margin: 2cm %s }
body { font: 12pt/1.8 "Noto Sans CJK SC"; %s } h1 { font-size: 17pt; text-align: center }
p { margin: 0; text-indent: %s; text-align: justify } sup { font-size: smaller }</style>"""
PARAGRAPHS = [
    "一、年度主要工作",
    "全县办结行政复议申请112件。",
    "二、2025年打算",
    "行政执法证持证率达到100%。",
]


def style(head: str = "", body: str = "", indent: str = "2em") -> str:
    box = f'; @top-center {{ content: "{head}" }}' if head else ""
    return STYLE % (box, body, indent)


def page_of(paragraphs: list[str]) -> str:
    return f"<h1>{TITLE}</h1>" + "".join(f"<p>{one}</p>" for one in paragraphs)


@pytest.mark.parametrize("indent", ["0", "2em"])
def test_lines_that_never_break_off_are_paragraphs(indent, make, read, texts):
    document = read(make.pdf(page_of(PARAGRAPHS), style(indent=indent)), "a.pdf").document

    assert texts(document) == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize("indent", ["0", "2em"])
@pytest.mark.parametrize("fill", range(0, 24, 3))
def test_heading_never_joins_its_neighbours(fill, indent, make, read, texts):
    long = f"全县办结行政复议申请112件，其中直接纠错5件，调解结案34件。{'稳步' * fill}推进。"
    paragraphs = [PARAGRAPHS[0], long, *PARAGRAPHS[2:]]
    document = read(make.pdf(page_of(paragraphs), style(indent=indent)), "a.pdf").document

    assert texts(document) == [TITLE, *paragraphs]
    assert document.blocks[3].kind is BlockKind.HEADING


def test_full_heading_of_a_page_without_indents_stands_alone():
    def line(text: str, row: int, right: float = 300.0) -> Line:
        return Line(text, 40, right, 700 - 20.0 * row, 12, 1)

    lines = [
        line("过去一年，全县着力提升行政执法水", 0),
        line("平，效果明显。", 1, 120),
        line("三、二〇二五年法治政府建设工作计划", 2),
        line("县政府将推动规范性文件审核率达到百", 3),
        line("分之百。", 4, 90),
    ]

    assert [one.text for one in to_paragraphs(lines, margins_of(lines))] == [
        "过去一年，全县着力提升行政执法水平，效果明显。",
        "三、二〇二五年法治政府建设工作计划",
        "县政府将推动规范性文件审核率达到百分之百。",
    ]


@pytest.mark.parametrize(
    "head", ["云溪县法治政府建设年度报告 2025年第8期", "云溪县人民政府公报 2025年第3期"]
)
def test_head_of_a_single_page_is_no_title(head, make, read, texts):
    document = read(make.pdf(page_of(PARAGRAPHS), style(head)), "a.pdf").document

    assert document.title == TITLE
    assert texts(document) == [TITLE, *PARAGRAPHS]


def test_issuer_high_on_the_page_stays(make, read, texts):
    top = "<style>@page { margin: 1cm }</style><p>云溪县人民政府</p>"

    assert texts(read(make.pdf(style() + top + page_of(PARAGRAPHS), ""), "a.pdf").document)[0] == (
        "云溪县人民政府"
    )


@pytest.mark.parametrize("size", ["smaller", "50%", "70%"])
def test_raised_note_mark_is_no_digit(size, make, read, texts):
    marked = (
        "审核文件33<sup>2</sup>件，开展检查4<sup>[1]</sup>次，复议决定<sup>3</sup>9份，"
        "新增绿地120m<sup>2</sup>。"
    )
    rule = f"<style>sup {{ font-size: {size}; vertical-align: super }}</style>"
    found = texts(read(make.pdf(f"{rule}<p>{marked}</p>", style()), "a.pdf").document)

    assert found == ["审核文件33件，开展检查4次，复议决定9份，新增绿地120m²。"]


def test_two_columns_are_read_one_after_the_other(make, read, texts):
    paragraphs = [
        f"{number}、{what}，全县各级行政机关负责人带头学法用法，依法行政能力有了新的提高。"
        f"全年组织学法{number}次。"
        for number, what in zip("一二三四五六七八", "党政军民学东西南", strict=True)
    ]
    columns = style("云溪县年鉴 2025年第8期", body="columns: 2; column-fill: balance")
    intake = read(make.pdf(page_of(paragraphs), columns), "a.pdf")

    assert texts(intake.document) == [TITLE, *paragraphs]
    assert [(one.code, one.found) for one in intake.issues] == [
        (IssueCode.DOCUMENT_LAYOUT, "分两栏排版")
    ]


def test_words_and_numbers_side_by_side_are_no_columns(make, read):
    rows = "".join(f"<tr><td>检查事项{one}</td><td>{one}次</td></tr>" for one in range(3, 15))
    table = f"<table style='width: 100%'>{rows}</table>"

    assert not read(make.pdf(f"<p>检查情况如下：</p>{table}", style()), "a.pdf").issues


def turned(content: bytes, turn: int) -> bytes:
    """Return a PDF whose pages are displayed turned though their text runs upright."""
    from pypdf import PdfWriter

    writer, target = PdfWriter(clone_from=io.BytesIO(content)), io.BytesIO()
    for page in writer.pages:
        page.rotate(turn)
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_displayed_sideways_is_read_as_it_is_written(turn, make, read, texts):
    content = turned(make.pdf(page_of(PARAGRAPHS), style()), turn)

    assert texts(read(content, "a.pdf").document) == [TITLE, *PARAGRAPHS]


def scan(make, note: str = "") -> bytes:
    """Return a PDF of pictures of pages, with a line of text a program added."""
    pages = pypdfium2.PdfDocument(make.pdf(page_of(PARAGRAPHS), style()))
    target = io.BytesIO()
    pages[0].render(scale=150 / 72).to_pil().save(target, format="PNG")
    pages.close()
    source = base64.b64encode(target.getvalue()).decode()
    half = "position: absolute; left: 0; width: 210mm; height: 297mm; clip-path: inset(%s)"
    body = "".join(
        f"<img src='data:image/png;base64,{source}' style='{half % part}'>"
        for part in ("0 0 50% 0", "50% 0 0 0")
    )
    plain = "<style>@page { size: A4; margin: 0 } p { position: absolute; bottom: 5mm }</style>"
    return make.pdf(f"{body}<p>{note}</p>", plain)


@pytest.mark.parametrize(
    "note", ["", "- 1 - CamScanner 扫描全能王 创建", "由云溪扫描助手扫描生成", "第 1 页 共 1 页"]
)
def test_scan_with_the_line_of_a_program_is_refused(note, make, read):
    with pytest.raises(SubmissionUnreadable, match="--ocr") as refusal:
        read(scan(make, note), "a.pdf")

    assert refusal.value.code == "scan"


def test_recognition_asked_for_but_not_installed_says_how(make, monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(SubmissionUnreadable, match="apt-get install tesseract-ocr"):
        read_document_bytes(scan(make), "a.pdf", in_process=True, ocr=True)


@pytest.mark.skipif(
    not (shutil.which("tesseract") and find_ocr()), reason="tesseract with chi_sim is missing"
)
def test_real_recognition_flags_every_block(make):
    content = scan(make, "CamScanner 扫描全能王 创建")
    document = read_document_bytes(content, "a.pdf", in_process=True, ocr=True).document

    assert "112件" in document.text
    assert {block.flags for block in document.blocks} == {(BlockFlag.OCR,)}


def test_command_line_offers_recognition(make, tmp_path, monkeypatch, capfd):
    from assessor.cli import run

    path = tmp_path / "扫描.pdf"
    path.write_bytes(scan(make))
    monkeypatch.setattr("assessor.reading.documents.find_ocr", lambda: False)
    codes = [
        run(["read", str(path), "--ocr"]),
        run(["mark", str(path), "--ocr", "-o", str(tmp_path / "m.html")]),
        run(["assess", str(path), "--ocr", "-o", str(tmp_path / "out")]),
    ]

    assert 0 not in codes
    assert capfd.readouterr().err.count("apt-get install tesseract-ocr") == 3
