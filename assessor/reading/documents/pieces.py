"""What every format reader hands back: pieces of text in reading order."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from assessor.reading.documents.characters import clean, join_lines
from schemas.issue import Issue, IssueCode, Location, Severity
from schemas.reading import BlockFlag, BlockKind, CellPlace

Flags = frozenset[BlockFlag]
NO_FLAGS: Flags = frozenset()
_LONG_CELL = 300


class Piece(NamedTuple):
    """One paragraph, heading, table cell or note before it gets its offsets."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    page: int | None = None
    number: str = ""
    cell: CellPlace | None = None
    flags: Flags = NO_FLAGS


class Parsed(NamedTuple):
    """A document as its format reader leaves it."""

    pieces: tuple[Piece, ...]
    title: str = ""
    """Title the format itself names; empty when it names none."""
    publish_date: date | None = None
    publish_words: str = ""
    """The line that names the day."""
    column: str = ""
    """Where on its site the page stands."""
    source: str = ""
    """Where the page says it comes from."""
    issues: tuple[Issue, ...] = ()


class TableCell(NamedTuple):
    """A cell with its place, before the table is known to be one."""

    row: int
    column: int
    lines: tuple[str, ...]
    is_header: bool = False
    flags: Flags = NO_FLAGS
    page: int | None = None
    width: int = 1
    height: int = 1

    @property
    def text(self) -> str:
        """The lines of the cell as one."""
        return join_lines(self.lines)


def issue(code: IssueCode, name: str, *, place: str = "", found: str = "") -> Issue:
    """Return a warning about a document."""
    where = Location(file=name, place=place)
    return Issue(code=code, severity=Severity.WARNING, location=where, found=found)


def cell_pieces(cells: list[TableCell], table: int, header_rows: int) -> list[Piece]:
    """Return the cells that hold text as pieces; a cell of one of the first rows is a header.

    Args:
        cells: cells in reading order.
        table: number of the table in the document, from 1.
        header_rows: how many first rows the format marks as header; 0 lets the content decide.
    """
    heads = header_rows or _header_rows(cells)
    found: list[Piece] = []
    for cell in cells:
        place = CellPlace(
            table=table,
            row=cell.row,
            column=cell.column,
            width=cell.width,
            height=cell.height,
            is_header=cell.is_header or cell.row <= heads,
        )
        found += [
            Piece(text, BlockKind.CELL, cell.page, "", place, cell.flags)
            for text in _texts(cell)
            if text
        ]
    return found


def inside(piece: Piece, outer: CellPlace) -> Piece:
    """Return a piece of a table that stands in a cell of another one."""
    if piece.cell is None or piece.cell.outer is not None:
        return piece
    return piece._replace(cell=piece.cell.model_copy(update={"outer": outer}))


def _texts(cell: TableCell) -> list[str]:
    """Return a cell's text; the paragraphs of a long cell stay apart."""
    if len(cell.lines) > 1 and sum(map(len, cell.lines)) > _LONG_CELL:
        return [clean(line) for line in cell.lines]
    return [cell.text]


def _header_rows(cells: list[TableCell]) -> int:
    """Return 1 when the first row has words only and a later row has a bare number."""
    first = [cell.text for cell in cells if cell.row == 1 and cell.text]
    later = any(_is_bare_number(cell.text) for cell in cells if cell.row > 1)
    return int(bool(first) and later and not any(map(_is_bare_number, first)))


def _is_bare_number(text: str) -> bool:
    stripped = text.strip().rstrip("%％‰").replace(",", "").replace(".", "")
    return stripped.isdigit() and not text.strip().endswith("年")
