"""Optional recognition of scans; a stand-in plays tesseract."""

from __future__ import annotations

import base64
import stat
import struct
import sys
import zlib

import pytest

from assessor.reading.documents import read_document_bytes
from assessor.reading.documents.children import NURSERY
from assessor.reading.documents.ocr import find_ocr, read_table, to_lines
from schemas.errors import SubmissionUnreadable
from schemas.issue import IssueCode
from schemas.reading import BlockFlag

COLUMNS = "level page_num block_num par_num line_num word_num left top width height conf text"
HEAD = "\t".join(COLUMNS.split()) + "\n"
WORDS = [
    (1, 120, 100, 560, "全年审结行政复议案件"),
    (1, 690, 100, 60, "704"),
    (1, 752, 100, 28, "件"),
    (2, 80, 160, 56, "完成"),
    (2, 140, 160, 120, "Word"),
    (2, 270, 160, 120, "PDF"),
]
TABLE = (
    HEAD
    + "4\t1\t1\t1\t1\t0\t80\t100\t700\t30\t-1\t\n"
    + "".join(
        f"5\t1\t1\t1\t{line}\t{at}\t{left}\t{top}\t{width}\t30\t96.0\t{text}\n"
        for at, (line, left, top, width, text) in enumerate(WORDS, 1)
    )
)
SCRIPT = """#!{python}
import sys
if "--list-langs" in sys.argv:
    print("List of available languages (2):\\nchi_sim\\neng")
else:
    assert sys.stdin.buffer.read(2) == b"P5"
    sys.stdin.buffer.read()
    sys.stdout.buffer.write({table!r}.encode())
    sys.exit({code})
"""


@pytest.fixture
def tesseract(tmp_path, monkeypatch):
    program = tmp_path / "tesseract"

    def write(code: int = 0) -> None:
        text = SCRIPT.format(python=sys.executable, table=TABLE, code=code)
        program.write_text(text, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IEXEC)

    write()
    monkeypatch.setenv("PATH", str(tmp_path))
    NURSERY.end()  # children started before know another PATH
    yield write
    NURSERY.end()


@pytest.fixture
def scan(make):
    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress((b"\x00" + b"\x88" * 8) * 8))
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"")).decode()
    style = (
        "<style>@page { margin: 0; size: 300pt 400pt } img { width: 300pt; height: 400pt }</style>"
    )
    return make.pdf(f"<img src='data:image/png;base64,{png}'>", style)


def test_words_become_lines_in_points_with_y_upward():
    lines = to_lines(read_table(TABLE), 3, 1000.0, 2.0)

    assert [line.text for line in lines] == ["全年审结行政复议案件704件", "完成Word PDF"]
    assert (lines[0].left, lines[0].right, lines[0].middle, lines[0].page) == (60, 390, 442.5, 3)


@pytest.mark.slow
@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("in_process", [True, False])
def test_recognised_text_is_always_flagged(in_process, scan, texts):
    intake = read_document_bytes(scan, "扫描.pdf", in_process=in_process, ocr=True)

    assert texts(intake.document) == ["全年审结行政复议案件704件完成Word PDF"]
    assert all(block.flags == (BlockFlag.OCR,) for block in intake.document.blocks)
    assert [(one.code, one.found) for one in intake.issues] == [
        (IssueCode.DOCUMENT_DAMAGED, "文字由图像识别得到")
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("tesseract")
def test_scan_stays_refused_unless_recognition_is_asked_for(scan):
    with pytest.raises(SubmissionUnreadable, match="扫描件"):
        read_document_bytes(scan, "扫描.pdf", in_process=True)


@pytest.mark.slow
def test_failing_recognition_is_refused(tesseract, scan):
    tesseract(1)

    with pytest.raises(SubmissionUnreadable, match="文字识别没有完成"):
        read_document_bytes(scan, "扫描.pdf", in_process=True, ocr=True)


@pytest.mark.slow
def test_scan_is_refused_where_tesseract_is_missing(tmp_path, monkeypatch, scan):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert not find_ocr()
    with pytest.raises(SubmissionUnreadable, match="扫描件"):
        read_document_bytes(scan, "扫描.pdf", in_process=True, ocr=True)
