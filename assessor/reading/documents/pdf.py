"""PDF reports: characters with boxes into lines, paragraphs and table cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2

from assessor.reading.documents.characters import is_cjk, join_lines
from assessor.reading.documents.pdf_columns import find_gutter, in_reading_order, split_at_gaps
from assessor.reading.documents.pdf_grid import Grid, find_grids
from assessor.reading.documents.pdf_layout import (
    Margins,
    Sheet,
    margins_of,
    to_paragraphs,
    without_running_heads,
)
from assessor.reading.documents.pdf_page import (
    Character,
    Line,
    read_characters,
    to_lines,
    to_rows,
)
from assessor.reading.documents.pdf_scan import has_large_image, is_invisible, is_picture
from assessor.reading.documents.pieces import (
    NO_FLAGS,
    Flags,
    Parsed,
    Piece,
    TableCell,
    cell_pieces,
    issue,
)
from schemas.errors import SubmissionUnreadable
from schemas.issue import Issue, IssueCode
from schemas.reading import BlockFlag

MAX_PAGES = 1000
_UNMAPPED_SHARE = 0.2
_MOST_TURNED = 15
_OTHER_FORMAT = "请提供 Word、网页或带文字层的 PDF"
_SCAN_ADVICE = (
    f"{_OTHER_FORMAT}；确需使用扫描件时，安装 tesseract-ocr 和 tesseract-ocr-chi-sim，"
    "再加 --ocr 识别文字，识别出的数据须逐项复核"
)

OcrReader = Callable[[Any, int], list[Line]]
"""Recognises the text of an open page, given its number."""


class _Page(NamedTuple):
    sheet: Sheet
    tables: list[tuple[Grid, list[TableCell]]]
    is_scanned: bool
    flags: Flags
    unmapped: int
    characters: int
    is_chinese: bool
    is_in_columns: bool = False
    is_turned: bool = False
    """Much of its text stands another way than the rest and is left out."""


class _Table(NamedTuple):
    page: int
    top: float
    grid: Grid
    cells: list[TableCell]


def read_pdf(content: bytes, name: str, ocr: OcrReader | None = None) -> Parsed:
    """Read a PDF.

    Args:
        content: the file's bytes.
        name: file name for messages.
        ocr: recogniser for pages without text; None refuses scans.

    Raises:
        SubmissionUnreadable: encrypted, damaged, scanned, or with unreadable fonts.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise SubmissionUnreadable(
                name, "encrypted", "有密码保护；请去掉密码后重新保存"
            ) from error
        raise SubmissionUnreadable(
            name, "damaged", "PDF 不完整或已损坏；请重新下载或重新导出"
        ) from error
    try:
        if len(document) > MAX_PAGES:
            raise SubmissionUnreadable(
                name,
                "too-long",
                f"有 {len(document)} 页，超过 {MAX_PAGES} 页上限；请只提交报告部分",
            )
        pages = [_read_page(document, index, ocr) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise SubmissionUnreadable(
            name, "damaged", "PDF 有损坏的页面；请重新下载或重新导出"
        ) from error
    finally:
        document.close()
    _refuse_unreadable(pages, name)
    return Parsed(tuple(_pieces(pages)), issues=tuple(_issues(pages, name)))


def _read_page(document: pypdfium2.PdfDocument, index: int, ocr: OcrReader | None) -> _Page:
    page = document[index]
    number = index + 1
    width, height = page.get_size()
    if page.get_rotation() in (90, 270):
        width, height = height, width
    text_page = page.get_textpage()
    glyphs = read_characters(text_page, width, height)
    is_scanned = is_picture(glyphs.characters) and has_large_image(page, width * height)
    grids = [] if glyphs.turn else find_grids(page)
    outside, tables = _split(glyphs.characters, grids, number)
    (lines, is_in_columns), flags = _in_lines(outside, number), NO_FLAGS
    if is_scanned:
        lines, tables = [], []
    if is_scanned and ocr is not None:
        lines, flags, is_scanned = ocr(page, number), frozenset({BlockFlag.OCR}), False
    elif is_invisible(text_page, len(glyphs.characters)):
        flags = frozenset({BlockFlag.OCR})
    text_page.close()
    page.close()
    is_chinese = any(is_cjk(one.text) for one in glyphs.characters) or BlockFlag.OCR in flags
    return _Page(
        Sheet(number, width if glyphs.turn in (90, 270) else height, lines),
        tables,
        is_scanned,
        flags,
        glyphs.unmapped,
        len(glyphs.characters),
        is_chinese,
        is_in_columns,
        glyphs.turned >= _MOST_TURNED,
    )


def _in_lines(characters: list[Character], number: int) -> tuple[list[Line], bool]:
    """Return a page's lines in reading order, and whether it is set in two columns."""
    pieces = [piece for row in to_rows(characters) for piece in split_at_gaps(row)]
    gutter = find_gutter(pieces)
    if gutter is None:
        return to_lines(characters, number), False
    return in_reading_order(pieces, gutter, number, to_lines), True


def _split(
    characters: list[Character], grids: list[Grid], page: int
) -> tuple[list[Character], list[tuple[Grid, list[TableCell]]]]:
    """Separate the characters of ruled tables from the rest."""
    if not grids:
        return characters, []
    outside: list[Character] = []
    inside: list[dict[tuple[int, int], list[Character]]] = [{} for _ in grids]
    for character in characters:
        index = next((at for at, grid in enumerate(grids) if grid.holds(character)), None)
        if index is None:
            outside.append(character)
        else:
            place = grids[index].cell_at(character)
            inside[index].setdefault(place, []).append(character)
    tables = [
        (
            grid,
            [_table_cell(grid, place, found, page) for place, found in sorted(cells.items())],
        )
        for grid, cells in zip(grids, inside, strict=True)
        if len(cells) > 1
    ]
    return outside, tables


def _table_cell(
    grid: Grid, place: tuple[int, int], characters: list[Character], page: int
) -> TableCell:
    width, height = grid.span_of(place)
    lines = _lines_of(characters, page)
    row, column = place
    return TableCell(row + 1, column + 1, lines, page=page, width=width, height=height)


def _lines_of(characters: list[Character], page: int) -> tuple[str, ...]:
    return (join_lines(line.text for line in to_lines(characters, page)),)


def _refuse_unreadable(pages: list[_Page], name: str) -> None:
    total = sum(page.characters for page in pages)
    if pages and all(page.is_scanned or not page.characters for page in pages):
        has_text = any(page.sheet.lines for page in pages)
        if any(page.is_scanned for page in pages) and not has_text:
            raise SubmissionUnreadable(name, "scan", f"是扫描件，没有文字层；{_SCAN_ADVICE}")
        if not has_text:
            raise SubmissionUnreadable(name, "no-text", f"里面没有文字；{_OTHER_FORMAT}")
    unmapped = sum(page.unmapped for page in pages)
    if unmapped > _UNMAPPED_SHARE * (total + unmapped) or not any(one.is_chinese for one in pages):
        raise SubmissionUnreadable(name, "glyphs", f"字体没有编码表，读不出汉字；{_OTHER_FORMAT}")


def _issues(pages: list[_Page], name: str) -> Iterator[Issue]:
    missing = [page.sheet.number for page in pages if page.is_scanned]
    if missing:
        yield issue(
            IssueCode.DOCUMENT_DAMAGED, name, place=_places(missing), found="整页是图片，未能读取"
        )
    recognised = [page.sheet.number for page in pages if BlockFlag.OCR in page.flags]
    if recognised:
        yield issue(
            IssueCode.DOCUMENT_DAMAGED, name, place=_places(recognised), found="文字由图像识别得到"
        )
    columns = [page.sheet.number for page in pages if page.is_in_columns]
    if columns:
        yield issue(IssueCode.DOCUMENT_LAYOUT, name, place=_places(columns), found="分两栏排版")
    turned = [page.sheet.number for page in pages if page.is_turned]
    if turned:
        yield issue(
            IssueCode.DOCUMENT_LAYOUT, name, place=_places(turned), found="部分文字横放，没有读取"
        )


def _places(numbers: list[int]) -> str:
    shown = "、".join(map(str, numbers[:8]))
    return f"第{shown}页" + ("等" if len(numbers) > 8 else "")


def _pieces(pages: list[_Page]) -> Iterator[Piece]:
    sheets = without_running_heads([page.sheet for page in pages])
    flags = {page.sheet.number: page.flags for page in pages}
    everything = [line for sheet in sheets for line in sheet.lines]
    margins = margins_of(everything) if everything else Margins(0, 0, 0, 0, False)
    waiting: list[Line] = []
    table = 0
    last: _Table | None = None
    for page, sheet in zip(pages, sheets, strict=True):
        lines = list(sheet.lines)
        for grid, cells in page.tables:
            above = [line for line in lines if line.middle > grid.tops[0]]
            lines = [line for line in lines if line.middle <= grid.tops[0]]
            waiting += above
            if waiting:
                yield from _paragraphs(waiting, margins, flags)
                waiting, last = [], None
            current = _Table(sheet.number, grid.tops[0], grid, cells)
            current, is_continued = _continued(last, current)
            table += not is_continued
            yield from cell_pieces(current.cells, table, 0)
            last = current
        waiting += lines
    yield from _paragraphs(waiting, margins, flags)


def _paragraphs(lines: list[Line], margins: Margins, flags: dict[int, Flags]) -> Iterator[Piece]:
    for paragraph in to_paragraphs(lines, margins):
        marks = frozenset[BlockFlag]().union(*(flags[line.page] for line in paragraph.lines))
        yield Piece(paragraph.text, page=paragraph.lines[0].page, flags=marks)


def _continued(last: _Table | None, table: _Table) -> tuple[_Table, bool]:
    """Let a table go on with the rows of the page before when its columns are the same."""
    if last is None or last.page + 1 != table.page or len(last.grid.lefts) != len(table.grid.lefts):
        return table, False
    pairs = zip(last.grid.lefts, table.grid.lefts, strict=True)
    if any(abs(one - other) > 5 for one, other in pairs):
        return table, False
    first_row = [cell.text for cell in table.cells if cell.row == 1]
    is_repeated = first_row == [cell.text for cell in last.cells if cell.row == 1]
    shift = max(cell.row for cell in last.cells) - is_repeated
    rows = [
        cell._replace(row=cell.row + shift)
        for cell in table.cells
        if not (is_repeated and cell.row == 1)
    ]
    return table._replace(cells=rows), True
