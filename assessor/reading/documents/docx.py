"""Word documents: our own walk over WordprocessingML.

Tracked insertions count and deletions do not; struck and hidden words never touch the rest; text
boxes, content controls, nested tables and notes are read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assessor.reading.documents.docx_numbering import Numbering
from assessor.reading.documents.docx_package import Package, W, open_package
from assessor.reading.documents.docx_signs import MATH, formula_text, symbol_of
from assessor.reading.documents.docx_styles import (
    Style,
    Styles,
    apart_of,
    is_shaded,
    numbering_of,
    value_of,
)
from assessor.reading.documents.docx_tables import GridCell, grid_cells
from assessor.reading.documents.pieces import (
    NO_FLAGS,
    Flags,
    Parsed,
    Piece,
    TableCell,
    cell_pieces,
    inside,
)
from assessor.reading.documents.runs import Runs
from schemas.reading import BlockFlag, BlockKind, CellPlace

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_INSERTED = frozenset((f"{W}ins", f"{W}moveTo"))
_DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
_TRANSPARENT_NAMES = "hyperlink smartTag sdtContent fldSimple customXml dir bdo rubyBase"
_TRANSPARENT = frozenset(f"{W}{one}" for one in _TRANSPARENT_NAMES.split())
_BREAKS = frozenset((f"{W}br", f"{W}cr"))
_SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "-"}
_DRAWN = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))
_PAGE_NUMBER = re.compile(r"[\s\-—–·.第页共/\d]*(?:Page)?[\s\d]*(?:of)?[\s\d]*")


def read_docx(content: bytes, name: str) -> Parsed:
    """Read a Word document.

    Raises:
        SubmissionUnreadable: damaged, nested absurdly deep, or with entities.
    """
    return Parsed(tuple(_Reader(open_package(content, name)).read()))


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering)
        self._runs = Runs()
        self._boxes: list[Element] = []
        self._tables = 0
        self._number = ""
        self._is_in_cell = False
        self._inserted = 0
        self._is_on_white = True

    def read(self) -> list[Piece]:
        """Return body, notes, headers and footers, in this order."""
        body = self._package.document.find(f"{W}body")
        pieces = self._blocks(self._package.document if body is None else body, NO_FLAGS)
        pieces += self._runs.take(number=self._number)
        for part in self._package.notes:
            for note in part:
                if note.get(f"{W}type", "normal") == "normal":
                    pieces += [
                        piece._replace(kind=BlockKind.NOTE) if piece.cell is None else piece
                        for piece in self._blocks(note, frozenset({BlockFlag.FOOTNOTE}))
                    ]
        return pieces + self._margins()

    def _margins(self) -> list[Piece]:
        found: dict[str, Piece] = {}
        for part in self._package.margins:
            for piece in self._blocks(part, frozenset({BlockFlag.HEADER})):
                if not _PAGE_NUMBER.fullmatch(piece.text):
                    found.setdefault(piece.text, piece._replace(kind=BlockKind.NOTE, cell=None))
        return list(found.values())

    def _blocks(self, parent: Element, flags: Flags) -> list[Piece]:
        pieces: list[Piece] = []
        for child in parent:
            if child.tag == f"{W}p":
                pieces += self._paragraph(child, flags)
            elif child.tag == f"{W}tbl":
                pieces += self._table(child, flags)
            elif child.tag == f"{W}sdt":
                content = child.find(f"{W}sdtContent")
                if content is not None and not _is_contents(child):
                    pieces += self._blocks(content, flags)
            elif child.tag in _INSERTED:
                pieces += self._blocks(child, flags | {BlockFlag.TRACKED})
            elif child.tag == f"{_COMPATIBILITY}AlternateContent":
                for chosen in _chosen(child):
                    pieces += self._blocks(chosen, flags)
            elif child.tag == f"{W}customXml":
                pieces += self._blocks(child, flags)
        return pieces

    def _paragraph(self, paragraph: Element, flags: Flags) -> list[Piece]:
        properties = paragraph.find(f"{W}pPr")
        style_id = value_of(properties, "pStyle")
        style = self._styles.get(style_id) if style_id else self._styles.default
        if style.is_contents:
            return []
        mark = properties.find(f"{W}rPr") if properties is not None else None
        is_joined = mark is not None and mark.find(f"{W}del") is not None
        if not is_joined:
            self._number = self._number or self._next_number(properties, style)
        kind = BlockKind.HEADING if _is_heading(properties, style) else BlockKind.PARAGRAPH
        self._is_on_white = not self._is_in_cell and not is_shaded(properties)
        pieces: list[Piece] = []
        for node in self._inline(paragraph, style):
            if node is not None:
                self._boxes.append(node)
            else:
                pieces += self._take(kind, flags)
        if is_joined:
            self._runs.mark(BlockFlag.TRACKED)
        else:
            pieces += self._take(kind, flags)
            self._number = ""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            pieces += self._blocks(box, flags | {BlockFlag.TEXT_BOX})
        return pieces

    def _take(self, kind: BlockKind, flags: Flags) -> list[Piece]:
        if self._is_in_cell:
            text, marks = self._runs.take_main()
            text = self._number + text if text else ""
            found = [Piece(text, kind, flags=flags | marks)] if text or marks else []
        else:
            found = self._runs.take(kind, self._number, flags)
        if found:
            self._number = ""
        return found

    def _next_number(self, properties: Element | None, style: Style) -> str:
        num_id, level = numbering_of(properties)
        num_id = num_id or style.num_id
        if not num_id or num_id == "0":
            return ""
        return self._numbering.next_number(num_id, style.level if level is None else level)

    def _inline(self, parent: Element, style: Style) -> Iterator[Element | None]:
        """Collect runs; yield None at a line break and every text box."""
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                yield from self._run(child, style)
            elif tag in _INSERTED:
                self._inserted += 1
                yield from self._inline(child, style)
                self._inserted -= 1
            elif tag in _DELETED:
                self._runs.mark(BlockFlag.TRACKED)
            elif tag in _TRANSPARENT:
                yield from self._inline(child, style)
            elif tag == f"{W}sdt":
                content = child.find(f"{W}sdtContent")
                yield from self._inline(content, style) if content is not None else ()
            elif tag == f"{_COMPATIBILITY}AlternateContent":
                for chosen in _chosen(child):
                    yield from self._inline(chosen, style)
            elif tag.startswith(MATH):
                self._runs.add(formula_text(child))

    def _run(self, run: Element, paragraph: Style) -> Iterator[Element | None]:
        if self._inserted:
            self._runs.mark(BlockFlag.TRACKED)
        properties = run.find(f"{W}rPr")
        style_id = value_of(properties, "rStyle")
        apart = apart_of(properties, self._styles.get(style_id), paragraph, self._is_on_white)
        is_raised = value_of(properties, "vertAlign") == "superscript"
        for child in _run_children(run):
            tag = child.tag
            if tag == f"{W}t":
                text = child.text or ""
                if is_raised and apart is None:
                    self._runs.add_raised(text)
                else:
                    self._runs.add(text, apart)
            elif tag in _SIGNS:
                self._runs.add(_SIGNS[tag], apart)
            elif tag in _BREAKS:
                yield None
            elif tag == f"{W}sym":
                self._runs.add(symbol_of(child), apart)
            elif tag == f"{W}ruby":
                yield from self._inline(child, paragraph)
            elif tag in _DRAWN:
                yield from _text_boxes(child)

    def _table(self, table: Element, flags: Flags) -> list[Piece]:
        cells = grid_cells(table)
        is_one_column = all(cell.column == 1 for cell in cells)
        if is_one_column and not self._is_in_cell:
            return [
                piece for cell in cells for piece in self._blocks(cell.element, flags | cell.flags)
            ]
        self._tables += 1
        number = self._tables
        inner: list[Piece] = []
        read = [self._cell(cell, number, flags, inner) for cell in cells]
        return [*cell_pieces(read, number, 0), *inner]

    def _cell(self, cell: GridCell, table: int, flags: Flags, inner: list[Piece]) -> TableCell:
        was_in_cell, self._is_in_cell = self._is_in_cell, True
        outer, self._runs = self._runs, Runs()
        pieces = self._blocks(cell.element, flags | cell.flags)
        apart = self._runs.apart
        self._runs, self._is_in_cell = outer, was_in_cell
        own = [one for one in pieces if one.cell is None and BlockFlag.TEXT_BOX not in one.flags]
        place = CellPlace(table=table, row=cell.row, column=cell.column)
        inner += [inside(one, place) for one in pieces if one.text and one not in own]
        lines = tuple(one.text for one in own if one.text) or tuple(apart)
        marks = flags | cell.flags | {flag for one in own for flag in one.flags}
        return TableCell(
            cell.row,
            cell.column,
            lines,
            cell.is_header,
            marks,
            width=cell.width,
            height=cell.height,
        )


def _is_heading(properties: Element | None, style: Style) -> bool:
    return style.is_heading or value_of(properties, "outlineLvl") in set("012345678")


def _is_contents(control: Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _chosen(alternatives: Element) -> Iterator[Element]:
    """Yield the one alternative to read: the first choice, else the fallback."""
    for tag in ("Choice", "Fallback"):
        found = alternatives.find(f"{_COMPATIBILITY}{tag}")
        if found is not None:
            yield found
            return


def _run_children(run: Element) -> Iterator[Element]:
    for child in run:
        if child.tag == f"{_COMPATIBILITY}AlternateContent":
            for chosen in _chosen(child):
                yield from chosen
        else:
            yield child


def _text_boxes(drawn: Element) -> Iterator[Element]:
    """Yield the contents of the text boxes of a drawing, each once."""
    for child in drawn:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{_COMPATIBILITY}AlternateContent":
            for chosen in _chosen(child):
                yield from _text_boxes(chosen)
        else:
            yield from _text_boxes(child)
