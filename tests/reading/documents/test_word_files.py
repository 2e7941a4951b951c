"""Word documents: every trap of the format, and what stays out of the numbers."""

from __future__ import annotations

import pytest

from schemas.issue import IssueCode
from schemas.reading import BlockFlag, BlockKind


def run(text: str, properties: str = "") -> str:
    shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shown}<w:t xml:space="preserve">{text}</w:t></w:r>'


def deleted(text: str) -> str:
    return f'<w:del w:id="1"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def test_t1_deleted_and_inserted_numbers_never_join(make, read, texts):
    body = (
        f'<w:p>{run("审结")}{deleted("600")}<w:ins w:id="2">{run("704")}</w:ins>{run("件。")}</w:p>'
    )
    intake = read(make.docx(body), "报告.docx")

    assert texts(intake.document) == ["审结704件。"]
    assert intake.document.blocks[0].flags == (BlockFlag.TRACKED,)
    assert [(issue.code, issue.found) for issue in intake.issues] == [
        (IssueCode.DOCUMENT_MARKED, "修订")
    ]


def test_text_after_a_break_inside_an_insertion_is_flagged_too(make, read):
    inserted = f"<w:ins w:id='2'>{run('甲项704件。')}<w:r><w:br/></w:r>{run('乙项8件。')}</w:ins>"
    document = read(make.docx(f"<w:p>{inserted}</w:p>"), "报告.docx").document

    assert [block.flags for block in document.blocks] == [(BlockFlag.TRACKED,)] * 2


def test_moved_text_stands_only_where_it_was_moved_to(make, read, texts):
    body = (
        f"<w:p><w:moveFrom>{run('培训12次。')}</w:moveFrom>{run('甲。')}</w:p>"
        f"<w:p><w:moveTo>{run('培训12次。')}</w:moveTo></w:p>"
    )

    assert texts(read(make.docx(body), "报告.docx").document) == ["甲。", "培训12次。"]


def test_deleted_paragraph_mark_joins_two_paragraphs(make, read, texts):
    body = (
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>" + run("审结7") + "</w:p>"
        f"<w:p>{run('04件。')}</w:p>"
    )

    assert texts(read(make.docx(body), "报告.docx").document) == ["审结704件。"]


def test_deleted_row_is_left_out_and_inserted_row_is_flagged(make, read, texts):
    def row(mark: str, one: str, two: str) -> str:
        cells = "".join(f"<w:tc>{make.paragraph(text)}</w:tc>" for text in (one, two))
        return f"<w:tr><w:trPr>{mark}</w:trPr>{cells}</w:tr>"

    body = (
        row("", "甲", "1")
        + row("<w:del w:id='1'/>", "乙", "2")
        + row("<w:ins w:id='2'/>", "丙", "3")
    )
    document = read(make.docx(f"<w:tbl>{body}</w:tbl>"), "报告.docx").document

    assert texts(document) == ["甲", "1", "丙", "3"]
    assert [block.flags for block in document.blocks] == [(), (), *[(BlockFlag.TRACKED,)] * 2]


def test_number_split_over_runs_is_whole(make, read, texts):
    body = f"<w:p>{run('纠错率')}{run('4')}{run('.', '<w:b/>')}{run('97')}{run('%。')}</w:p>"

    assert texts(read(make.docx(body), "报告.docx").document) == ["纠错率4.97%。"]


@pytest.mark.parametrize(
    ("mark", "flag"),
    [
        ("<w:vanish/>", BlockFlag.HIDDEN),
        ("<w:strike/>", BlockFlag.STRUCK),
        ("<w:dstrike w:val='1'/>", BlockFlag.STRUCK),
    ],
)
def test_hidden_and_struck_words_stand_apart_and_flag_their_paragraph(
    mark, flag, make, read, texts
):
    body = f"<w:p>{run('审结')}{run('600', mark)}{run('704件。')}</w:p>" + make.paragraph("完。")
    document = read(make.docx(body), "报告.docx").document

    assert texts(document) == ["审结704件。", "600", "完。"]
    assert [block.flags for block in document.blocks] == [(flag,), (flag,), ()]


@pytest.mark.parametrize("mark", ["<w:vanish w:val='0'/>", "<w:strike w:val='false'/>"])
def test_property_switched_off_hides_nothing(mark, make, read, texts):
    body = f"<w:p>{run('审结704件。', mark)}</w:p>"
    document = read(make.docx(body), "报告.docx").document

    assert (texts(document), document.blocks[0].flags) == (["审结704件。"], ())


def test_former_properties_of_a_tracked_format_change_do_not_count(make, read):
    mark = "<w:rPrChange w:id='1'><w:rPr><w:strike/><w:vanish/></w:rPr></w:rPrChange>"

    assert (
        read(make.docx(f"<w:p>{run('审结704件。', mark)}</w:p>"), "a.docx").document.blocks[0].flags
        == ()
    )


def test_hidden_style_hides_through_inheritance(make, read):
    styles = (
        "<w:styles><w:style w:type='character' w:styleId='a'><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:type='character' w:styleId='b'><w:basedOn w:val='a'/></w:style></w:styles>"
    )
    style = "<w:rStyle w:val='b'/>"
    body = f"<w:p>{run('内部数据12件。', style)}</w:p>"
    document = read(make.docx(body, styles=styles), "a.docx").document

    assert document.blocks[0].flags == (BlockFlag.HIDDEN,)


def test_content_controls_are_read(make, read, texts):
    body = (
        f"<w:sdt><w:sdtContent>{make.paragraph('块级内容12件。')}</w:sdtContent></w:sdt>"
        f"<w:p>{run('行内')}<w:sdt><w:sdtContent>{run('13')}</w:sdtContent></w:sdt>{run('件。')}</w:p>"
    )

    assert texts(read(make.docx(body), "a.docx").document) == ["块级内容12件。", "行内13件。"]


def test_table_of_contents_is_left_out(make, read, texts):
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    gallery = f"<w:sdtPr>{gallery}</w:sdtPr>"
    body = (
        f"<w:sdt>{gallery}<w:sdtContent>{make.paragraph('一、工作成效 3')}</w:sdtContent></w:sdt>"
        + make.paragraph("正文。")
    )

    assert texts(read(make.docx(body), "a.docx").document) == ["正文。"]


def test_text_box_stands_once_and_is_flagged(make, read, texts):
    box = f"<w:txbxContent>{make.paragraph('框内数据15件。')}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    body = f"<w:p>{run('正文。')}<w:r>{drawing}</w:r></w:p>"
    document = read(make.docx(body), "a.docx").document

    assert texts(document) == ["正文。", "框内数据15件。"]
    assert document.blocks[1].flags == (BlockFlag.TEXT_BOX,)


def test_notes_headers_and_footers_come_last_and_are_flagged(make, read, texts):
    note = f"<w:footnote w:id='2'>{make.paragraph('含上年结转12件。')}</w:footnote>"
    separator = f"<w:footnote w:type='separator'>{make.paragraph('线')}</w:footnote>"
    parts = {
        "footnotes": f"<w:footnotes>{separator}{note}</w:footnotes>",
        "header1": f"<w:hdr>{make.paragraph('内部资料')}</w:hdr>",
        "header2": f"<w:hdr>{make.paragraph('内部资料')}</w:hdr>",
        "footer1": f"<w:ftr>{make.paragraph('— 1 —')}</w:ftr>",
    }
    body = f"<w:p>{run('审结704')}<w:r><w:footnoteReference w:id='2'/></w:r>{run('件。')}</w:p>"
    document = read(make.docx(body, **parts), "a.docx").document

    assert texts(document) == ["审结704件。", "含上年结转12件。", "内部资料"]
    assert [block.kind for block in document.blocks[1:]] == [BlockKind.NOTE] * 2
    assert [block.flags for block in document.blocks[1:]] == [
        (BlockFlag.FOOTNOTE,),
        (BlockFlag.HEADER,),
    ]


@pytest.mark.parametrize(
    ("child", "text"),
    [
        ("<w:tab/>", "审结 704件"),
        ("<w:noBreakHyphen/>", "审结-704件"),
        ("<w:sym w:font='Wingdings' w:char='F081'/>", "审结①704件"),
        ("<w:sym w:font='Symbol' w:char='F037'/>", "审结7704件"),
        ("<w:softHyphen/><w:lastRenderedPageBreak/>", "审结704件"),
        ("<w:instrText>PAGE 9</w:instrText>", "审结704件"),
    ],
)
def test_special_characters_are_read_as_printed(child, text, make, read, texts):
    body = f"<w:p>{run('审结')}<w:r>{child}</w:r>{run('704件')}</w:p>"

    assert texts(read(make.docx(body), "a.docx").document) == [text]


def test_line_break_parts_blocks(make, read, texts):
    body = f"<w:p>{run('甲项12件。')}<w:r><w:br/></w:r>{run('乙项13件。')}</w:p>"

    assert texts(read(make.docx(body), "a.docx").document) == ["甲项12件。", "乙项13件。"]


def test_raised_note_number_is_no_digit(make, read, texts):
    raised = run("2", "<w:vertAlign w:val='superscript'/>")

    assert texts(
        read(make.docx(f"<w:p>{run('审结704')}{raised}{run('件')}</w:p>"), "a.docx").document
    ) == ["审结704件"]


ALTERNATIVES = "<mc:AlternateContent>{}</mc:AlternateContent>"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:customXml>{}</w:customXml>",
        "<w:ins w:id='1'>{}</w:ins>",
        ALTERNATIVES.format(
            "<mc:Choice Requires='x'>{}</mc:Choice><mc:Fallback><w:p/></mc:Fallback>"
        ),
        ALTERNATIVES.format("<mc:Fallback>{}</mc:Fallback>"),
    ],
)
def test_wrapped_paragraphs_are_read(wrapped, make, read, texts):
    body = wrapped.format(make.paragraph("审结704件。"))

    assert texts(read(make.docx(body), "a.docx").document) == ["审结704件。"]


@pytest.mark.parametrize(
    "inside",
    [
        f"<m:oMath xmlns:m='{MATH}'><m:r><m:t>704</m:t></m:r></m:oMath>",
        f"<w:hyperlink>{run('704')}</w:hyperlink>",
        f"<w:fldSimple w:instr='x'>{run('704')}</w:fldSimple>",
        f"<w:r><w:ruby><w:rt>{run('注')}</w:rt><w:rubyBase>{run('704')}</w:rubyBase></w:ruby></w:r>",
        ALTERNATIVES.format(f"<mc:Choice Requires='x'>{run('704')}</mc:Choice>"),
        "<w:r>" + ALTERNATIVES.format("<mc:Fallback><w:t>704</w:t></mc:Fallback>") + "</w:r>",
    ],
)
def test_wrapped_runs_are_read_in_place(inside, make, read, texts):
    body = f"<w:p>{run('审结')}{inside}{run('件。')}</w:p>"

    assert texts(read(make.docx(body), "a.docx").document) == ["审结704件。"]


def test_struck_words_of_a_cell_stay_out_of_its_number(make, read, texts):
    cell = f"<w:tc><w:p>{run('600', '<w:strike/>')}{run('704')}</w:p></w:tc>"
    body = f"<w:tbl><w:tr><w:tc>{make.paragraph('审结')}</w:tc>{cell}</w:tr></w:tbl>"
    document = read(make.docx(body), "a.docx").document

    assert texts(document) == ["审结", "704"]
    assert [block.flags for block in document.blocks] == [(), (BlockFlag.STRUCK,)]


def test_strict_open_xml_is_read(make, read, texts):
    import io
    import zipfile

    source = make.docx(make.paragraph("审结704件。"))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            new.writestr(
                name, text.replace(usual, "http://purl.oclc.org/ooxml/wordprocessingml/main")
            )

    assert texts(read(target.getvalue(), "a.docx").document) == ["审结704件。"]
