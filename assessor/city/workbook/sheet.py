"""Sheets written row by row: openpyxl makes the frame, the rows are streamed as XML.

openpyxl writes some fifty thousand cells a second; a city has half a million. Texts are written
as inline strings, so that none can become a formula, whatever it begins with.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Literal, NamedTuple, Self
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assessor.city.workbook.packing import Body, save_workbook

FONT = "微软雅黑"
A4, A3 = 9, 8
_LONGEST = 32_000
_LINE, _MOST_LINES = 14.5, 27
"""Height of a line of text in points, and most lines of a row: Excel ends at 409 points."""

_STACKED = 255
"""Text rotation that means: one character under the other."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LOOKALIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_DAY_ZERO = date(1899, 12, 30)
_THIN = Side(style="thin", color="BFC7D1")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_PAGE = "第 &P 页，共 &N 页"


class Fragment(NamedTuple):
    """A cell without its address."""

    xml: str
    width: int = 0
    """Of its text, in halves of a Chinese character."""


class Style(NamedTuple):
    """Numbers of a cell format, and of the same with the quote mark of texts."""

    plain: int
    quoted: int


class Styles:
    """The cell formats of a workbook."""

    def __init__(self, frame: Worksheet, points: str) -> None:
        """Register every format; `points` is the number format of points."""
        self._frame = frame
        white = Font(name=FONT, size=10, bold=True, color="FFFFFF")
        head = PatternFill("solid", fgColor="1F3A5F")
        given = PatternFill("solid", fgColor="FFF9E5")
        title = Font(name=FONT, size=15, bold=True, color="1F3A5F")
        self.title = self._style(font=title, boxed=False)
        self.note = self._style(font=Font(name=FONT, size=9, color="5A6675"), boxed=False)
        self.head = self._style(font=white, fill=head, at="center")
        self.tall = self._style(font=white, fill=head, at="center", turned=True)
        self.text = self._style()
        self.strong = self._style(font=Font(name=FONT, size=10, bold=True))
        self.short = self._style(at="center")
        self.line = self._style(is_wrapped=False)
        self.points = self._style(form=points, at="right")
        self.mark = self._style(form=points, at="center")
        self.plain = self._style(form="General", at="right")
        self.whole = self._style(form="0", at="center")
        self.percent = self._style(form='General"%"', at="right")
        self.day = self._style(form="yyyy-mm-dd", at="center")
        self.given = self._style(form="General", at="right", fill=given)
        self.given_day = self._style(form="yyyy-mm-dd", at="right", fill=given)
        self.given_text = self._style(fill=given)
        self.share = self._style(form="0.0000", at="right")

    def _style(  # noqa: PLR0913 - one keyword per property
        self,
        *,
        font: Font | None = None,
        fill: PatternFill | None = None,
        form: str = "General",
        at: Literal["left", "center", "right"] = "left",
        turned: bool = False,
        boxed: bool = True,
        is_wrapped: bool = True,
    ) -> Style:
        numbers = []
        for is_quoted in (False, True):
            cell = WriteOnlyCell(self._frame)  # its format is kept by reference: one for each
            cell.font = font or Font(name=FONT, size=10)
            if fill is not None:
                cell.fill = fill
            if boxed:
                cell.border = _BOX
                cell.alignment = Alignment(
                    horizontal=at,
                    vertical="center",
                    wrap_text=is_wrapped and at != "right",
                    indent=1 if at == "right" else 0,
                    text_rotation=_STACKED if turned else 0,
                )
            cell.number_format = form
            cell.quotePrefix = is_quoted
            numbers.append(cell.style_id)
        return Style(*numbers)


def printable(value: str) -> str:
    """Return a text without the characters XML cannot hold."""
    return _ILLEGAL.sub("", value)


def text(value: str, style: Style, *, is_fitted: bool = True) -> Fragment:
    """Return a cell of text; it stays text whatever it holds.

    Args:
        value: the text.
        style: its look.
        is_fitted: whether the row grows until all of it can be read.
    """
    if not value:
        return blank(style)
    clean = _ESCAPE_LOOKALIKE.sub("_x005F_", printable(value))[:_LONGEST]
    number = style.quoted if clean.startswith(_FORMULA_SIGNS) else style.plain
    xml = f' s="{number}" t="inlineStr"><is><t xml:space="preserve">{escape(clean)}</t></is></c>'
    return Fragment(xml, width_of(clean) if is_fitted else 0)


def width_of(words: str) -> int:
    """Return how wide a text is, in halves of a Chinese character."""
    return len(words) + sum(one > "\u2e7f" for one in words)


def number(value: Decimal | int | None, style: Style) -> Fragment:
    """Return a cell of a number, with all its digits; nothing for None."""
    if value is None:
        return blank(style)
    shown = format(value, "f") if isinstance(value, Decimal) else str(value)
    return Fragment(f' s="{style.plain}"><v>{shown}</v></c>')


def day(value: date | None, style: Style) -> Fragment:
    """Return a cell of a calendar day."""
    return number(None if value is None else (value - _DAY_ZERO).days, style)


def formula(expression: str, style: Style) -> Fragment:
    """Return a cell that computes; `expression` begins without the equals sign.

    No stored result: whoever opens the workbook computes it.
    """
    return Fragment(f' s="{style.plain}"><f>{escape(expression)}</f></c>')


def blank(style: Style) -> Fragment:
    """Return an empty cell with its frame."""
    return Fragment(f' s="{style.plain}"/>')


class Column(NamedTuple):
    """A column's heading and width in characters."""

    title: str
    width: float


class Book:
    """A workbook being written: its frames, formats and sheets."""

    def __init__(self, points: str = "0.00") -> None:
        """Open an empty workbook; `points` is the number format of points."""
        self._workbook = Workbook()
        first = self._workbook.worksheets[0]
        self.styles = Styles(first, points)
        self._workbook.remove(first)
        self._sheets: list[Sheet] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for sheet in self._sheets:
            sheet.close()

    def sheet(self, title: str, columns: Sequence[Column]) -> Sheet:
        """Add a sheet behind the others."""
        self._sheets.append(Sheet(self._workbook.create_sheet(title), self.styles, columns))
        return self._sheets[-1]

    def save(self, path: Path, title: str, engine: str, made_on: date | None) -> None:
        """Write the workbook atomically; same content, same bytes.

        Args:
            path: where to write.
            title: name of the document.
            engine: version of the engine, named as its author.
            made_on: day written as its date; the clock is not asked.
        """
        properties = self._workbook.properties
        properties.title, properties.creator = printable(title), f"assessor {engine}"
        bodies = {one.frame.title: one.finish() for one in self._sheets}
        save_workbook(self._workbook, bodies, path, made_on)


class Sheet:
    """One sheet: title and note, headings, rows."""

    def __init__(self, frame: Worksheet, styles: Styles, columns: Sequence[Column]) -> None:
        """Set up the page and the widths of the columns."""
        self.frame, self._styles = frame, styles
        self.name = f"'{frame.title}'"
        self.rows = 0
        self.head_row = 0
        self._filtered = 0
        self.columns = columns
        self._line_widths = [max(int(column.width) - 1, 2) for column in columns]
        self._widest = 1
        self._letters = [get_column_letter(n) for n in range(1, max(len(columns), 1) + 1)]
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed after saving
        for letter, column in zip(self._letters, columns, strict=True):
            self.frame.column_dimensions[letter].width = column.width
        self._print_setup()

    def _print_setup(self) -> None:
        frame = self.frame
        frame.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        frame.page_setup.orientation = "landscape"
        frame.page_setup.paperSize = A4
        frame.page_setup.fitToWidth, frame.page_setup.fitToHeight = 1, 0
        frame.page_margins.left = frame.page_margins.right = 0.4
        frame.page_margins.top, frame.page_margins.bottom = 0.75, 0.75
        frame.page_margins.header = frame.page_margins.footer = 0.3
        header, footer = frame.oddHeader, frame.oddFooter
        assert header is not None  # noqa: S101 - a new sheet has both
        assert footer is not None  # noqa: S101
        header.right.text, footer.center.text = "&A", _PAGE
        frame.print_options.horizontalCentered = True

    def add(self, cells: Sequence[Fragment | None], height: float | None = None) -> int:
        """Append a row and return its number; None leaves a cell out.

        Without a height the row is made high enough for its texts: not every program does that
        by itself when it opens a file.
        """
        self.rows += 1
        at = self.rows
        pieces = [
            f'<c r="{letter}{at}"{cell.xml}'
            for letter, cell in zip(self._letters, cells, strict=False)
            if cell is not None
        ]
        self._widest = max(self._widest, len(cells))
        if height is None:
            height = _LINE * self._lines(cells) + 3
        head = f'<row r="{at}" ht="{height}" customHeight="1">'
        self._file.write(f"{head}{''.join(pieces)}</row>".encode())
        return at

    def _lines(self, cells: Sequence[Fragment | None]) -> int:
        """Return the most lines a text of the row needs in its column."""
        most = 1
        for cell, width in zip(cells, self._line_widths, strict=False):
            if cell is not None and cell.width > width:
                most = max(most, -(-cell.width // width))
        return min(most, _MOST_LINES)

    def open(self, title: str, *notes: str) -> None:
        """Write the title and notes above the table."""
        self.add([text(title, self._styles.title)], height=26)
        for note in notes:
            self.add([text(note, self._styles.note)], height=16)

    def head(self, *, freeze: int = 1, filtered: int | None = None, height: float = 32) -> None:
        """Write the headings; keep them and the first `freeze` columns in view.

        Args:
            freeze: columns that stay when scrolling and repeat on every page.
            filtered: columns with a filter; default all.
            height: of the row, in points.
        """
        self.head_row = self.add(
            [text(column.title, self._styles.head) for column in self.columns], height=height
        )
        self.frame.freeze_panes = f"{get_column_letter(freeze + 1)}{self.head_row + 1}"
        self.frame.print_title_rows = f"1:{self.head_row}"
        if freeze:
            self.frame.print_title_cols = f"A:{get_column_letter(freeze)}"
        self._filtered = len(self.columns) if filtered is None else filtered

    def column(self, letter: str) -> str:
        """Return the range of a column's cells under the heading."""
        first = self.head_row + 1
        return f"{letter}{first}:{letter}{max(self.rows, first)}"

    def finish(self) -> Body:
        """Set the filter and give back the rows."""
        if self.head_row and self._filtered:
            last = max(self.rows, self.head_row + 1)
            self.frame.auto_filter.ref = (
                f"A{self.head_row}:{self._letters[self._filtered - 1]}{last}"
            )
        self._file.flush()
        return Body(self._file, f"A1:{self._letters[self._widest - 1]}{max(self.rows, 1)}")

    def close(self) -> None:
        """Drop the temporary rows."""
        self._file.close()
