"""Look through a workbook's parts before openpyxl builds objects from them.

openpyxl makes one object per cell of every merged, linked or commented range: a range of a few
characters could fill the memory. Here every element is only counted, and nothing is kept.
"""

from __future__ import annotations

import io
import zipfile
from typing import IO, Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser
from openpyxl.utils.cell import range_boundaries

from assessor.intake.guard import ARCHIVE_DAMAGE
from schemas.errors import SubmissionUnreadable

MAX_ELEMENTS = 200_000
"""Elements of all parts together, each cell of a range counted; our own workbook has 10,000."""
_RANGES = frozenset(("mergeCell", "hyperlink", "comment"))
_WHOLE_SHEET = 1_048_576 * 16_384


class _TooMuch(Exception):
    """The workbook holds more than a fill-in workbook ever does."""


def check_parts(content: bytes, name: str) -> None:
    """Refuse a workbook whose parts hold far too much, or declare entities.

    Raises:
        SubmissionUnreadable: damage, entities, or more elements and cells than a person fills in.
    """
    counter = _Counter()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                with archive.open(member) as stream:
                    _count(stream, counter, name)
    except ARCHIVE_DAMAGE as error:
        raise SubmissionUnreadable(
            name, "damaged", "文件不完整或已损坏；请重新下载或重新保存"
        ) from error


def _count(stream: IO[bytes], counter: _Counter, name: str) -> None:
    parser = make_parser()
    parser.setContentHandler(counter)
    parser.forbid_dtd = True
    try:
        parser.parse(stream)
    except SAXParseException:
        return  # a picture, or damage that openpyxl meets at the same place
    except DefusedXmlException as error:
        raise SubmissionUnreadable(
            name, "entities", "含有不允许的 XML 声明；请把填报内容复制到新的填报表"
        ) from error
    except _TooMuch as error:
        raise SubmissionUnreadable(
            name, "far-cell", "单元格或合并区域过多；请把填报内容复制到新的填报表"
        ) from error


class _Counter(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.found = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the name SAX calls
        self.found += 1
        if name.rpartition(":")[2] in _RANGES:
            self.found += _area(str(attrs.get("ref", "")))
        if self.found > MAX_ELEMENTS:
            raise _TooMuch


def _area(ref: str) -> int:
    """Return how many cells a range has; an open range is the whole sheet."""
    try:
        left, top, right, bottom = range_boundaries(ref)
    except (ValueError, TypeError):
        return 0
    if left is None or top is None or right is None or bottom is None:
        return _WHOLE_SHEET
    return (right - left + 1) * (bottom - top + 1)
