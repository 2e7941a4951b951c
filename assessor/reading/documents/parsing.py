"""Bytes of a known format to pieces, in this process; every parser fault becomes a message."""

from __future__ import annotations

import zipfile
import zlib
from typing import NamedTuple

from assessor.reading.documents.assembling import DocumentIntake, assemble
from assessor.reading.documents.pieces import Parsed
from assessor.reading.documents.sniff import Format
from schemas.errors import SubmissionUnreadable

_FAULTS = (
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    RuntimeError,
    zlib.error,
    zipfile.BadZipFile,
)
"""What parsers raise on files made to break them; RecursionError is a RuntimeError."""


class Source(NamedTuple):
    """A file to parse."""

    content: bytes
    name: str
    kind: Format
    """What it really is."""
    converted: bytes = b""
    """The .docx made of an old format; empty for the others."""
    has_ocr: bool = False
    """Recognise pages without text."""


def parse(source: Source) -> DocumentIntake:
    """Parse a file in this process.

    Raises:
        SubmissionUnreadable: the only error there is.
    """
    try:
        return assemble(_parsed(source), source.content, source.name, source.kind)
    except SubmissionUnreadable as refusal:
        raise SubmissionUnreadable(source.name, refusal.code, refusal.reason) from refusal
    except MemoryError as error:
        raise SubmissionUnreadable(
            source.name, "too-heavy", "解析时内存超限；请把正文复制到新文件后重新提交"
        ) from error
    except _FAULTS as error:
        raise SubmissionUnreadable(
            source.name, "damaged", "文件不完整或已损坏；请重新下载，或打开后另存再提交"
        ) from error


def _parsed(source: Source) -> Parsed:
    """Choose the reader; the parsers are loaded only when needed."""
    content, name = source.content, source.name
    if source.kind == "txt":
        from assessor.reading.documents.text import read_text  # noqa: PLC0415

        return read_text(content, name)
    if source.kind == "html":
        from assessor.reading.documents.html import read_html  # noqa: PLC0415

        return read_html(content, name)
    if source.kind == "mht":
        from assessor.reading.documents.mht import read_mht  # noqa: PLC0415

        return read_mht(content, name)
    if source.kind == "pdf":
        from assessor.reading.documents.ocr import recognise  # noqa: PLC0415
        from assessor.reading.documents.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(content, name, recognise if source.has_ocr else None)
    from assessor.reading.documents.docx import read_docx  # noqa: PLC0415

    return read_docx(source.converted or content, name)
