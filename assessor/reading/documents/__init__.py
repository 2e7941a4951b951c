"""Published reports as text and blocks: txt, html, mht, docx, pdf, and old Word formats."""

from __future__ import annotations

from pathlib import Path, PurePath

from assessor.reading.documents.assembling import DocumentIntake
from assessor.reading.documents.legacy import to_docx
from assessor.reading.documents.ocr import find_ocr
from assessor.reading.documents.parsing import Source, parse
from assessor.reading.documents.sandbox import Limits, parse_in_child
from assessor.reading.documents.sniff import SUFFIXES, Format, sniff
from schemas.errors import SubmissionUnreadable

MAX_BYTES = 20 * 1024 * 1024
OCR_MISSING = (
    "是扫描件，要识别文字须先装好 tesseract 及简体中文数据："
    "apt-get install tesseract-ocr tesseract-ocr-chi-sim；或提供 Word、网页或带文字层的 PDF"
)
_LEGACY = ("doc", "wps")


def read_document(
    path: Path, *, in_process: bool = False, ocr: bool = False, limits: Limits | None = None
) -> DocumentIntake:
    """Read a published report.

    Args:
        path: the file; its content decides the format, not its suffix.
        in_process: parse without a child process, for callers that are themselves workers.
        ocr: recognise scanned pages with tesseract where it is installed.
        limits: what the child process may use.

    Raises:
        SubmissionUnreadable: when the file cannot be read; the reason says what to do.
    """
    from assessor.intake.guard import read_bytes  # noqa: PLC0415 - the child does without intake

    return read_document_bytes(
        read_bytes(path), path.name, in_process=in_process, ocr=ocr, limits=limits
    )


def read_document_bytes(
    content: bytes,
    name: str,
    *,
    in_process: bool = False,
    ocr: bool = False,
    limits: Limits | None = None,
) -> DocumentIntake:
    """Read a published report from memory; see `read_document`.

    Raises:
        SubmissionUnreadable: when it cannot be read; the reason says what to do.
    """
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise SubmissionUnreadable(name, "empty", "文件是空的；请重新导出或下载")
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise SubmissionUnreadable(name, "too-large", f"文件超过 {limit} MB 上限；请去掉图片等附件")
    kind = sniff(content, name)
    converted = to_docx(content, name, _old_suffix(content, kind)) if kind in _LEGACY else b""
    source = Source(content, name, kind, converted, ocr and kind == "pdf" and find_ocr())
    try:
        if in_process or kind == "txt":
            return parse(source)
        return parse_in_child(source, limits or Limits())
    except SubmissionUnreadable as refusal:
        if ocr and refusal.code == "scan" and not source.has_ocr:
            raise SubmissionUnreadable(name, "no-ocr", OCR_MISSING) from refusal
        raise


def _old_suffix(content: bytes, kind: Format) -> str:
    return ".rtf" if content.startswith(b"{\\rtf") else f".{kind}"


def is_supported(name: str) -> bool:
    """Say whether a file's suffix is one of a report."""
    return PurePath(name).suffix.lower() in SUFFIXES


__all__ = [
    "SUFFIXES",
    "DocumentIntake",
    "Limits",
    "is_supported",
    "read_document",
    "read_document_bytes",
]
