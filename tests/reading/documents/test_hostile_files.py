"""Files made or fit to break a reader end in a message that says what to do."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from assessor.reading.documents import read_document
from schemas.errors import SubmissionUnreadable
from schemas.issue import IssueCode

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PAGE = (
    "<html><body><div id=zoom><p>全年审结行政复议案件704件，纠错率4.97%。</p></div></body></html>"
)


def package(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def word(document: bytes) -> bytes:
    return package(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": document})


def refusal_of(read, content: bytes, name: str) -> SubmissionUnreadable:
    with pytest.raises(SubmissionUnreadable, match=name) as caught:
        read(content, name)
    return caught.value


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf", bytes(64)])
def test_empty_file_is_refused(content, read):
    assert refusal_of(read, content, "空.txt").code == "empty"


def test_t5_declared_sizes_are_summed_before_anything_is_unpacked(read):
    refusal = refusal_of(read, word(bytes(40 * 1024 * 1024)), "大.docx")

    assert refusal.code == "bomb"
    assert "40 MB" in refusal.reason


def test_t5_many_members_are_refused(read):
    members = {f"word/media/{number}": b"" for number in range(5001)}

    assert refusal_of(read, package(**members), "多.docx").code == "bomb"


def test_t5_member_that_lies_about_its_size_is_refused(make, read):
    content = bytearray(make.docx(make.paragraph("审结704件。" * 50)))
    real = zipfile.ZipFile(io.BytesIO(content)).getinfo("word/document.xml").file_size
    lie = bytes(content).replace(struct.pack("<I", real), struct.pack("<I", real - 40))

    assert refusal_of(read, lie, "假.docx").code == "damaged"


def test_t5_entities_are_refused(read):
    lines = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
    bomb = f"<!DOCTYPE w [<!ENTITY e0 '审'>{lines}]><w>&e9;</w>"

    assert refusal_of(read, word(bomb.encode()), "实体.docx").code == "entity"


@pytest.mark.parametrize("depth", [10_000, 200_000])
def test_deep_xml_is_refused(depth, read):
    assert refusal_of(read, word(b"<a>" * depth + b"</a>" * depth), "深.docx").code in {
        "nested",
        "bomb",
    }


@pytest.mark.parametrize("tag", ["div", "b", "span", "table><tr><td"])
@pytest.mark.parametrize("depth", [10_000, 1_000_000])
def test_deep_page_is_refused(tag, depth, read):
    content = f"<html><body>{f'<{tag}>' * depth}审结704件".encode()

    assert refusal_of(read, content, "深.html").code == "nested"


def test_deep_web_archive_is_refused(read):
    head = "MIME-Version: 1.0\r\n"
    for number in range(3000):
        head += f'Content-Type: multipart/related; boundary="b{number}"\r\n\r\n--b{number}\r\n'

    assert refusal_of(read, head.encode(), "深.mht").code in {"no-text", "damaged"}


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_truncated_word_file_is_refused(share, make, read):
    content = make.docx(make.paragraph("全年审结行政复议案件704件。" * 50))

    assert refusal_of(read, content[: int(len(content) * share)], "断.docx").code == "damaged"


def test_truncated_pdf_is_refused(make, read):
    content = make.pdf("<p>全年审结行政复议案件704件。</p>", "")

    assert refusal_of(read, content[: len(content) // 3], "断.pdf").code == "damaged"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密.docx", "encrypted"),
        (OLE + "Workbook".encode("utf-16-le"), "表.doc", "not-report"),
        (OLE, "旧.docx", "ole"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "图.pdf", "image"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "图.docx", "image"),
        (b"Rar!\x1a\x07" + bytes(99), "包.docx", "archive"),
        (package(**{"a.txt": b"x"}), "包.docx", "archive"),
        (package(**{"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "表.docx", "not-report"),
        (package(mimetype=b"application/vnd.oasis"), "文.docx", "odt"),
        (word(b""), "坏.docx", "damaged"),
        (word(b"<a/>"), "空.docx", "no-text"),
        (b"%PDF-1.7\n%%EOF", "坏.pdf", "damaged"),
        (bytes(range(256)) * 9, "坏.txt", "encoding"),
    ],
)
def test_what_is_no_report_is_refused_with_its_reason(content, name, code, read):
    refusal = refusal_of(read, content, name)

    assert refusal.code == code
    assert "；" in refusal.reason


@pytest.mark.parametrize("name", ["报告.pdf", "报告.txt", "报告.doc", "报告.docx"])
def test_mislabelled_page_is_read_with_an_issue(name, read, texts):
    intake = read(PAGE.encode(), name)

    assert texts(intake.document) == ["全年审结行政复议案件704件，纠错率4.97%。"]
    assert [issue.code for issue in intake.issues] == [IssueCode.DOCUMENT_MISLABELLED]
    assert "内容是网页" in intake.issues[0].found


@pytest.mark.parametrize("name", ["报告", "报告.shtml", "报告.asp"])
def test_other_names_of_pages_need_no_issue(name, read):
    assert read(PAGE.encode(), name).issues == ()


def test_element_with_very_many_attributes_is_refused(read):
    attributes = " ".join(f"a{number}=1" for number in range(100_000))

    assert refusal_of(read, f"<html><body><p {attributes}>审".encode(), "属.html").code == "nested"


def test_wide_merged_cells_cost_little(read):
    rows = "<tr><td rowspan=200 colspan=200>1<td>2" * 3000
    document = read(f"<html><body><table>{rows}</table></body></html>".encode(), "a.html").document

    assert max(block.cell.column for block in document.blocks) <= 201


def test_very_many_paragraphs_are_refused(read):
    assert refusal_of(read, "一、甲\n".encode() * 60_000, "长.txt").code == "too-long"


def test_control_and_direction_characters_are_dropped(read, texts):
    content = "审结\u200b7\u202e04\u00ad件\x07，\ufeff完成。".encode()

    assert texts(read(content, "a.txt").document) == ["审结704件，完成。"]


def test_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(SubmissionUnreadable, match="文件不存在"):
        read_document(tmp_path / "无.docx")
