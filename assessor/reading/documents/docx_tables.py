"""Rows and cells of a Word table on its grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from assessor.reading.documents.docx_package import W
from assessor.reading.documents.docx_styles import is_on, value_of
from assessor.reading.documents.pieces import NO_FLAGS, Flags
from schemas.reading import BlockFlag

_WRAPPERS = frozenset((f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"))
_WIDEST = 200


class GridCell(NamedTuple):
    """A cell that is not the continuation of a merged one."""

    row: int
    column: int
    element: Element
    is_header: bool
    flags: Flags
    width: int = 1
    height: int = 1


def grid_cells(table: Element) -> list[GridCell]:
    """Return the cells of a table; merged cells once, deleted rows and cells left out."""
    found: list[GridCell] = []
    latest: dict[int, int] = {}
    """Column to the index of the last cell that begins there."""
    number = 0
    for row in _children(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if _has(properties, "del"):
            continue
        number += 1
        flags = set(NO_FLAGS)
        if _has(properties, "ins"):
            flags.add(BlockFlag.TRACKED)
        if _has(properties, "hidden"):
            flags.add(BlockFlag.HIDDEN)
        is_header = _has(properties, "tblHeader")
        column = 1 + _integer(value_of(properties, "gridBefore"), 0)
        for cell in _children(row, f"{W}tc"):
            own = cell.find(f"{W}tcPr")
            merge = own.find(f"{W}vMerge") if own is not None else None
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            width = max(_integer(value_of(own, "gridSpan"), 1), 1)
            if goes_on and column in latest:
                above = found[latest[column]]
                found[latest[column]] = above._replace(height=number - above.row + 1)
            elif not goes_on and not _has(own, "cellDel"):
                marks = flags | ({BlockFlag.TRACKED} if _has(own, "cellIns") else NO_FLAGS)
                latest[column] = len(found)
                found.append(GridCell(number, column, cell, is_header, frozenset(marks), width))
            column += width
    return found


def _children(parent: Element, tag: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _has(properties: Element | None, tag: str) -> bool:
    child = properties.find(f"{W}{tag}") if properties is not None else None
    return child is not None and is_on(child.get(f"{W}val", "1"))


def _integer(raw: str, default: int) -> int:
    return min(int(raw), _WIDEST) if raw.isascii() and raw.isdigit() else default
