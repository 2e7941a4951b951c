"""Workbooks made to harm: refused in words, at once, without filling the memory."""

from __future__ import annotations

import hashlib
import io
import time
import tracemalloc
import zipfile

import pytest

from assessor.intake import guard, parts
from schemas.errors import SubmissionUnreadable
from schemas.issue import IssueCode

FIGURES = "xl/worksheets/sheet3.xml"
END = b"</sheetData>"
SECONDS, BYTES = 10, 300 * 1024 * 1024
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "hahahahaha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
EXTERNAL = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
MARGINS = b"<pageMargins"


def _after(part, mark, text, *, before=False):
    """Return an edit that puts text after (or before) the first mark of a part."""
    placed = text + mark if before else mark + text

    def edit(name, content):
        if name != part:
            return content
        assert mark in content
        return content.replace(mark, placed, 1)

    return edit


def _plus(part, content):
    """Return an edit that adds a part after the content types."""

    def edit(name, old):
        return old if name != part else content

    return edit


@pytest.fixture
def refused(read):
    """Read a hostile file and return why it was refused; time and memory are bounded."""

    def _refused(content, name="填报.xlsx"):
        tracemalloc.start()
        started = time.monotonic()
        try:
            with pytest.raises(SubmissionUnreadable, match=name) as caught:
                read(content, name)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert time.monotonic() - started < SECONDS
        assert peak < BYTES
        return caught.value

    return _refused


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>', "far-cell"),
        (b'<mergeCells count="1"><mergeCell ref="A:XFD"/></mergeCells>', "far-cell"),
        (b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>', "far-cell"),
    ],
)
def test_ranges_over_the_whole_sheet_are_refused(workbook, repacked, refused, what, code):
    content = repacked(workbook(), _after(FIGURES, MARGINS, what, before=True))

    assert refused(content).code == code


def test_far_cell_is_refused_and_its_sheet_named(workbook, repacked, refused):
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    error = refused(repacked(workbook(), _after(FIGURES, END, row, before=True)))

    assert error.code == "far-cell"
    assert "指标填报" in error.reason


def test_cell_outside_every_sheet_is_refused(workbook, repacked, refused):
    row = b'<row r="99999999999"><c r="XFDZZ99999999999"><v>1</v></c></row>'

    assert refused(repacked(workbook(), _after(FIGURES, END, row, before=True))).code == "damaged"


@pytest.mark.slow
def test_more_cells_than_anybody_fills_in_are_refused(workbook, repacked, refused):
    cells = b"".join(b"<row><c><v>%d</v></c></row>" % (n * 7919) for n in range(200_000))

    assert (
        refused(repacked(workbook(), _after(FIGURES, END, cells, before=True))).code == "far-cell"
    )


def test_our_own_largest_workbook_stays_far_below_the_limit(book, tmp_path):
    from assessor.template import write_template

    path = tmp_path / "表.xlsx"
    write_template(book.framework("house-59"), book, path)
    with zipfile.ZipFile(path) as archive:
        elements = sum(archive.read(name).count(b"<") for name in archive.namelist())

    assert elements * 10 < parts.MAX_ELEMENTS
    parts.check_parts(path.read_bytes(), path.name)


@pytest.mark.parametrize("declared", [LAUGHS, EXTERNAL], ids=["laughs", "external"])
@pytest.mark.parametrize(
    ("part", "root"), [(FIGURES, b"<worksheet"), ("xl/workbook.xml", b"<workbook")]
)
def test_entities_are_refused(  # noqa: PLR0913 - fixtures
    workbook, repacked, refused, declared, part, root
):
    content = repacked(workbook(), _after(part, root, declared, before=True))

    assert refused(content).code == "entities"


def test_zip_bomb_is_refused_by_its_size(workbook, repacked, refused):
    bomb = b" " * (guard.MAX_UNPACKED + 1)

    content = repacked(workbook(), _after(FIGURES, END, bomb))

    assert len(content) < 200_000
    assert refused(content).code == "bomb"


def test_zip_bomb_that_lies_about_its_size_is_refused(workbook, repacked, refused):
    content = repacked(workbook(), _after(FIGURES, END, b" " * 3_000_000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(FIGURES).file_size
    lie = content.replace(size.to_bytes(4, "little"), (999).to_bytes(4, "little"))

    assert lie != content
    assert refused(lie).code == "damaged"


def test_archive_of_very_many_parts_is_refused(refused):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(guard.MAX_MEMBERS + 1):
            archive.writestr(f"{number}.xml", "")

    assert refused(stream.getvalue()).code == "bomb"


def test_macros_are_refused(workbook, refused):
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")

    assert refused(stream.getvalue()).code == "macro"


def test_password_flag_of_an_archive_is_refused(workbook, refused):
    content = workbook()
    central = content.rindex(b"PK\x01\x02")
    locked = content[: central + 8] + b"\x01" + content[central + 9 :]

    assert refused(locked).code == "encrypted"


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "ole", "去掉密码"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "html", "另存为"),
        (b'\r\n <?xml version="1.0"?><Workbook/>', "html", "另存为"),
        (b"", "empty", "空的"),
        (b"\x00" * 4096, "empty", "空的"),
        (b"%PDF-1.7 ...", "not-xlsx", "另存为"),
        (b"PK\x03\x04", "damaged", "重新下载"),
    ],
)
def test_what_is_no_workbook_is_refused_by_content(refused, content, code, words):
    error = refused(content)

    assert error.code == code
    assert words in error.reason


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated_workbook_is_refused(workbook, refused, share):
    content = workbook()

    assert refused(content[: int(len(content) * share)]).code == "damaged"


def test_plain_archive_named_xlsx_is_refused(refused):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("说明.txt", "x")

    assert refused(stream.getvalue()).code == "not-xlsx"


@pytest.mark.parametrize("name", ["填报.xls", "填报.xlsm", "填报.csv", "填报.docx", "填报"])
def test_other_extensions_are_refused_with_the_choices(refused, workbook, name):
    error = refused(workbook(), name)

    assert error.code == "type"
    assert ".xlsx、.json、.yaml" in error.reason


def test_workbook_renamed_to_yaml_is_told_its_extension(refused, workbook):
    assert refused(workbook(), "填报.yaml").code == "mislabelled"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", FIGURES, "xl/_rels/workbook.xml.rels"]
)
@pytest.mark.parametrize("content", [b"", b"<", b"<a>", b"\xff\xfe", None])
def test_broken_part_is_refused(workbook, repacked, refused, part, content):
    error = refused(repacked(workbook(), _plus(part, content)))

    assert error.code in ("damaged", "not-template")


def test_links_to_other_files_are_never_followed(workbook, repacked, read):
    target = (
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"'
    )
    link = b'<Relationship Id="rId99" Target="externalLinks/gone.xml" ' + target + b"/>"
    content = repacked(
        workbook(), _after("xl/_rels/workbook.xml.rels", b"</Relationships>", link, before=True)
    )

    assert read(content).issues == ()


def test_huge_text_in_a_cell_is_cut_in_what_is_said(workbook, read, rows):
    def fill(opened):
        opened["指标填报"][f"E{rows['contract-lost-cases'].number}"] = "甲" * 32_000

    (issue,) = read(workbook(fill)).issues

    assert issue.code is IssueCode.VALUE_NOT_NUMBER
    assert len(issue.found) == 200


@pytest.fixture
def with_strings(workbook, repacked):
    """Return a workbook with a table of shared strings."""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/>'
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

    def _with_strings(strings):
        declared = _after("[Content_Types].xml", b"</Types>", override, before=True)
        stream = io.BytesIO(repacked(workbook(), declared))
        with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/sharedStrings.xml", b"<sst " + space + b">" + strings + b"</sst>")
        return stream.getvalue()

    return _with_strings


def test_very_many_shared_strings_are_refused(with_strings, refused):
    noise = hashlib.shake_256(b"").hexdigest(600_000).encode()
    strings = b"".join(b"<si><t>%s</t></si>" % noise[n : n + 8] for n in range(0, 1_200_000, 8))

    assert refused(with_strings(strings)).code == "far-cell"


def test_one_huge_shared_string_is_read_in_bounded_memory(with_strings, read):
    noise = hashlib.shake_256(b"").hexdigest(5_000_000).encode()
    content = with_strings(b"<si><t>" + noise + b"</t></si>")

    tracemalloc.start()
    intake = read(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert intake.issues == ()
    assert peak < BYTES
