"""Notes, formulas, powers, unseen words; the section and the outer cell of a block; refusals."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assessor.intake.guard import read_bytes
from assessor.reading.documents.sniff import archive_fault
from schemas.errors import SubmissionUnreadable
from schemas.reading import Block, BlockFlag

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def raised(text: str) -> str:
    return run(text, '<w:vertAlign w:val="superscript"/>')


def math(body: str) -> str:
    return f"<m:oMath {MATH}>{body}</m:oMath>"


def term(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def test_notes_have_a_flag_of_their_own(make, read):
    note = (
        f"<w:footnotes><w:footnote>{make.paragraph('含上年结转10件。')}</w:footnote></w:footnotes>"
    )
    head = f"<w:hdr>{make.paragraph('临江县年报')}</w:hdr>"
    content = make.docx(make.paragraph("办结112件。"), footnotes=note, header1=head)

    assert [block.flags for block in read(content, "a.docx").document.blocks] == [
        (),
        (BlockFlag.FOOTNOTE,),
        (BlockFlag.HEADER,),
    ]


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (
            f"<m:f><m:num>{term('1')}</m:num><m:den>{term('3')}</m:den></m:f>",
            "占比1/3。",
        ),
        (
            f"<m:f><m:num>{term('a+b')}</m:num><m:den>{term('3')}</m:den></m:f>",
            "占比(a+b)/3。",
        ),
        (f"<m:sSup><m:e>{term('m')}</m:e><m:sup>{term('2')}</m:sup></m:sSup>", "占比m²。"),
        (term("4.35%"), "占比4.35%。"),
    ],
)
def test_formula_stands_on_one_line(formula, text, make, read, texts):
    content = make.docx(f"<w:p>{run('占比')}{math(formula)}{run('。')}</w:p>")

    assert texts(read(content, "a.docx").document) == [text]


def test_raised_two_behind_a_unit_is_a_power(make, read, texts):
    body = f"<w:p>{run('绿地12m')}{raised('2')}{run('，办结112')}{raised('2')}{run('件。')}</w:p>"

    assert texts(read(make.docx(body), "a.docx").document) == ["绿地12m²，办结112件。"]


@pytest.mark.parametrize("mark", ['<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'])
def test_words_nobody_sees_are_kept_apart_and_flagged(mark, make, read, texts):
    body = f"<w:p>{run('办结112件。')}{run('持证率100%。', mark)}</w:p>"
    document = read(make.docx(body), "a.docx").document

    assert texts(document) == ["办结112件。", "持证率100%。"]
    assert all(BlockFlag.HIDDEN in block.flags for block in document.blocks)


def test_white_words_on_a_coloured_ground_are_seen(make, read):
    white = '<w:color w:val="FFFFFF"/>'
    ground = '<w:shd w:val="clear" w:fill="1F4E79"/>'
    body = (
        f"<w:p>{run('办结112件。', white + ground)}</w:p>"
        f"<w:p><w:pPr>{ground}</w:pPr>{run('办结113件。', white)}</w:p>"
    )

    assert not any(block.flags for block in read(make.docx(body), "a.docx").document.blocks)


@pytest.mark.parametrize(
    "style",
    [
        "color:#fff",
        "color: White;",
        "color:rgb(255, 255, 255)",
        "text-indent:-9999px",
        "position:absolute;left:-10000px",
        "height:0;overflow:hidden",
        "font-size:1px",
        "opacity: 0",
    ],
)
def test_unseen_words_of_a_page_are_flagged(style, read_html):
    document = read_html(f"<p>全县办结112件。</p><p style='{style}'>持证率100%。</p>")

    assert [block.flags for block in document.blocks] == [(), (BlockFlag.HIDDEN,)]


@pytest.mark.parametrize(
    "body",
    [
        "<div style='background:#1f4e79'><p style='color:#fff'>办结112件。</p></div>",
        "<p style='background-color: red; color: white'>办结112件。</p>",
        "<p style='background-color:#fff;color:#333;line-height:0.9'>办结112件。</p>",
        "<p style='text-indent:-2em;min-height:0'>办结112件。</p>",
    ],
)
def test_words_that_are_seen_are_not_flagged(body, read_html):
    document = read_html(f"<p>全县办结112件。</p>{body}")

    assert not any(block.flags for block in document.blocks)


def test_every_block_knows_the_headings_it_stands_under(read):
    lines = [
        ("临江县2024年法治政府建设年度报告", []),
        ("全县工作如下。", []),
        ("一、主要举措和成效", []),
        ("（一）制度建设", [2]),
        ("1.文件审核", [2, 3]),
        ("审核文件33件。", [2, 3, 4]),
        ("（二）化解争议", [2]),
        ("办结112件。", [2, 6]),
        ("二、存在的不足", []),
        ("力量不足。", [8]),
    ]
    document = read("\n".join(text for text, _ in lines).encode(), "a.txt").document

    assert [list(block.section) for block in document.blocks] == [path for _, path in lines]


def outer_of(blocks: tuple[Block, ...], text: str, whole: str) -> tuple[int, int, int] | None:
    """Return table, row and column of the cell around the block with a text."""
    place = next(one.cell for one in blocks if whole[one.start : one.end] == text)
    assert place is not None
    outer = place.outer
    return None if outer is None else (outer.table, outer.row, outer.column)


def test_table_inside_a_cell_knows_the_cell(make, read, read_html):
    def cell(content: str) -> str:
        return f"<w:tc>{content}</w:tc>"

    words = make.paragraph
    inner = f"<w:tbl><w:tr>{cell(words('受理'))}{cell(words('128件'))}</w:tr></w:tbl>"
    rows = f"<w:tr>{cell(words('项目'))}{cell(words('情况'))}</w:tr>"
    rows += f"<w:tr>{cell(words('复议'))}{cell(inner + words('说明'))}</w:tr>"
    word = read(make.docx(f"<w:tbl>{rows}</w:tbl>"), "a.docx").document
    web = read_html(
        "<table><tr><td>项目<td>情况</tr><tr><td>复议<td>说明"
        "<table><tr><td>受理<td>128件</tr><tr><td>办结<td>112件</tr></table></tr></table>"
    )

    for document in (word, web):
        assert outer_of(document.blocks, "128件", document.text) == (1, 2, 2)
        assert outer_of(document.blocks, "说明", document.text) is None


@pytest.mark.parametrize(
    ("members", "unpacked", "packed", "said"),
    [
        (6000, 10, 10, "部件过多（6000 个"),
        (3, 300 * 2**20, 2**28, "庞大（300 MB"),
        (3, 800_000, 2000, "压缩比异常（解压后 781 KB，是原来的 400 倍"),
        (3, 8000, 2000, ""),
    ],
)
def test_archive_is_refused_for_what_is_wrong_with_it(members, unpacked, packed, said):
    fault = archive_fault(members, unpacked, packed)

    assert said in fault
    assert bool(said) == bool(fault)


def test_folder_without_a_name_is_named_by_its_path():
    with pytest.raises(SubmissionUnreadable, match=r"^\.：是文件夹"):
        read_bytes(Path())


def test_pipe_is_no_missing_file(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names here")
    os.mkfifo(tmp_path / "管道.txt")

    with pytest.raises(SubmissionUnreadable, match="是管道或设备"):
        read_bytes(tmp_path / "管道.txt")
