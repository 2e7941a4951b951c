"""Tables of a page: data or layout, and where each cell stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assessor.reading.documents.html_tree import Element

_LONGEST_CELL = 1500
_WIDEST = 200
_SHARE_FRAME = 0.8
_FRAME_PARAGRAPHS = 3


class Place(NamedTuple):
    """A cell element and where it begins."""

    row: int
    column: int
    element: Element
    width: int = 1
    height: int = 1


def is_data_table(table: Element) -> bool:
    """Say whether a table holds data: two rows, two columns, no cell with a whole text."""
    rows = list(_rows(table))
    cells = [len(list(_cells(row))) for row in rows]
    if len(rows) < 2 or max(cells, default=0) < 2:
        return False
    longest = max((cell for row in rows for cell in _cells(row)), key=lambda cell: cell.prose)
    is_frame = longest.prose >= _SHARE_FRAME * table.prose and _has_paragraphs(longest)
    return longest.prose <= _LONGEST_CELL and not is_frame


def _has_paragraphs(cell: Element) -> bool:
    """Say whether a cell holds running text of several paragraphs, as a frame does."""
    prose = (one for one in cell.descendants() if one.tag in {"p", "div", "br"})
    return sum(bool(one.prose) or one.tag == "br" for one in prose) >= _FRAME_PARAGRAPHS


def places(table: Element) -> list[Place]:
    """Return every cell with its row and column, counting merged cells at their first place."""
    found: list[Place] = []
    taken: dict[int, int] = {}
    """Column to the last row a cell above reaches down to."""
    for number, row in enumerate(_rows(table), 1):
        column = 1
        for cell in _cells(row):
            while taken.get(column, 0) >= number:
                column += 1
            if column > _WIDEST:
                break
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            found.append(Place(number, column, cell, width, height))
            taken |= dict.fromkeys(range(column, column + width), number + height - 1)
            column += width
    return found


def header_rows(table: Element) -> int:
    """Return how many rows stand in the table's head; 0 without one."""
    heads = [child for child in table.elements if child.tag == "thead"]
    return sum(len(list(_rows(head))) for head in heads)


def _rows(table: Element) -> Iterator[Element]:
    for child in table.elements:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child.elements if row.tag == "tr")


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row.elements if cell.tag in {"td", "th"})


def _span(cell: Element, name: str) -> int:
    raw = cell.attributes.get(name, "1").strip()
    return min(max(int(raw), 1), _WIDEST) if raw.isascii() and raw.isdigit() else 1
