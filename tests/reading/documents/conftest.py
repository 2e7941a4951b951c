"""Builds the documents the tests read: Word parts by hand, PDFs with the product's renderer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from html import escape
from typing import NamedTuple

import pytest

from assessor.reading.documents import DocumentIntake, read_document_bytes
from schemas.reading import ReadDocument

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES = f'xmlns:w="{W}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
PAGE = """<style>
@page { size: A4; margin: 3.7cm 2.6cm 3.5cm 2.8cm;
  @top-center { content: "云栖县法治政府建设年度报告"; font-size: 9pt }
  @bottom-center { content: "— " counter(page) " —"; font-size: 9pt } }
body { font: 16pt "Noto Serif CJK SC"; line-height: 28pt }
h1 { font-size: 22pt; text-align: center; line-height: 1.4; margin: 0 0 20pt }
p { margin: 0; text-indent: 2em }
table { border-collapse: collapse; width: 100% } td, th { border: 1pt solid; padding: 2pt }
</style>"""


def _docx(body: str, **parts: str) -> bytes:
    """Return a .docx of a body and other parts, named like `numbering` or `header1`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        document = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", document)
        for part, content in parts.items():
            text = content.replace(">", f" {NAMESPACES}>", 1)
            archive.writestr(f"word/{part}.xml", text)
    return target.getvalue()


def _paragraph(text: str, properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


@cache
def _pdf(body: str, style: str = PAGE) -> bytes:
    from weasyprint import HTML

    written = HTML(string=f"<html><body>{style}{body}</body></html>").write_pdf()
    assert written
    return bytes(written)


def _texts(document: ReadDocument) -> list[str]:
    """Return the blocks' texts, checking on the way that offsets and indexes hold."""
    texts = [document.text[block.start : block.end] for block in document.blocks]

    assert "".join(f"{text}\n" for text in texts) == document.text
    assert [block.index for block in document.blocks] == list(range(len(texts)))
    return texts


class Makers(NamedTuple):
    """What builds documents."""

    docx: Callable[..., bytes] = _docx
    paragraph: Callable[..., str] = _paragraph
    pdf: Callable[..., bytes] = _pdf


@pytest.fixture
def make() -> Makers:
    return Makers()


@pytest.fixture
def make_docx() -> Callable[..., bytes]:
    return _docx


@pytest.fixture
def paragraph() -> Callable[..., str]:
    return _paragraph


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    return _pdf


@pytest.fixture
def texts() -> Callable[[ReadDocument], list[str]]:
    return _texts


@pytest.fixture
def read() -> Callable[[bytes, str], DocumentIntake]:
    def read(content: bytes, name: str) -> DocumentIntake:
        return read_document_bytes(content, name, in_process=True)

    return read


@pytest.fixture
def read_html(read: Callable[[bytes, str], DocumentIntake]) -> Callable[[str], ReadDocument]:
    def read_html(page: str) -> ReadDocument:
        return read(page.encode(), "报告.html").document

    return read_html
