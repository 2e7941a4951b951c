"""The parts of a .docx as checked XML trees."""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from schemas.errors import SubmissionUnreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAX_PART = 60 * 1024 * 1024
_DEEPEST = 250
_MARGIN_PART = re.compile(r"word/(?:header|footer)\d*\.xml")


class Package(NamedTuple):
    """The parts that hold text, and those needed to read it."""

    document: Element
    styles: Element | None
    numbering: Element | None
    notes: tuple[Element, ...]
    """Footnotes and endnotes."""
    margins: tuple[Element, ...]
    """Headers and footers, in order of their names."""


def open_package(content: bytes, name: str) -> Package:
    """Read the parts of a .docx.

    Raises:
        SubmissionUnreadable: damaged, without a document part, with entities, nested too deep.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            main = "word/document.xml" if "word/document.xml" in names else _other_main(archive)
            parts = {
                one: _parse(archive, one, name)
                for one in (main, "word/styles.xml", "word/numbering.xml", *_NOTES)
                if one in names
            }
            margins = [one for one in sorted(names) if _MARGIN_PART.fullmatch(one)]
            parts |= {one: _parse(archive, one, name) for one in margins}
    except DefusedXmlException as error:
        raise SubmissionUnreadable(
            name, "entity", "文件里有 XML 实体定义，可能有害；请用 WPS 或 Word 另存为 .docx"
        ) from error
    except (ParseError, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise SubmissionUnreadable(
            name, "damaged", "文件不完整或已损坏；请用 WPS 或 Word 打开后另存为 .docx"
        ) from error
    notes = tuple(parts[one] for one in _NOTES if one in parts)
    return Package(
        parts[main],
        parts.get("word/styles.xml"),
        parts.get("word/numbering.xml"),
        notes,
        tuple(parts[one] for one in margins),
    )


_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def _other_main(archive: zipfile.ZipFile) -> str:
    """Return the main part where a writer gave it another name."""
    types = archive.read("[Content_Types].xml").decode("utf-8", errors="replace")
    found = re.search(r'PartName="/(word/[\w.]{1,60})"[^>]{0,40}document\.main\+xml', types)
    if found is None:
        raise KeyError("document part")
    return found.group(1)


def _parse(archive: zipfile.ZipFile, part: str, name: str) -> Element:
    if archive.getinfo(part).file_size > _MAX_PART:
        raise SubmissionUnreadable(name, "bomb", "正文部件异常庞大；请把正文复制到新的 Word 文件")
    raw = archive.read(part)
    if _STRICT.encode() in raw[:4096]:
        raw = raw.replace(_STRICT.encode(), _TRANSITIONAL.encode())
    root: Element = fromstring(raw, forbid_dtd=True)
    _check_depth(root, name)
    return root


def _check_depth(root: Element, name: str) -> None:
    level = list(root)
    depth = 1
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise SubmissionUnreadable(
                name, "nested", f"文件内部嵌套超过 {_DEEPEST} 层；请把正文复制到新的 Word 文件"
            )
        level = [child for element in level for child in element]
