"""Plain text: encodings, wrapped lines, tables pasted with tabs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from assessor.reading.documents.characters import clean, join
from assessor.reading.documents.encoding import decode
from assessor.reading.documents.pieces import Parsed, Piece, TableCell, cell_pieces
from assessor.reading.documents.text_tables import tabbed

_MARGIN = " \u3000\r\n"
_WRAPPED_SHARE = 0.5
_LEAST_WRAPPED = 8
_NARROWEST, _WIDEST = 30, 120


def read_text(content: bytes, name: str) -> Parsed:
    """Read a text file; every line is a paragraph unless the lines were wrapped.

    Raises:
        SubmissionUnreadable: unknown encoding, binary content, damage that touches a digit.
    """
    return Parsed(tuple(pieces_of(decode(content, name).text)))


def pieces_of(text: str) -> Iterator[Piece]:
    """Yield the paragraphs and pasted tables of a text."""
    tables = 0
    for columns, lines in groupby(_unwrapped(tabbed(text.splitlines())), key=_columns):
        rows = [line.strip(_MARGIN).split("\t") for line in lines]
        if columns > 1 and len(rows) > 1:
            tables += 1
            cells = [
                TableCell(row, column, (clean(cell),))
                for row, line in enumerate(rows, 1)
                for column, cell in enumerate(line, 1)
            ]
            yield from cell_pieces(cells, tables, 0)
        else:
            for row in rows:
                yield Piece(" ".join(row).strip())


def _columns(line: str) -> int:
    return line.strip(_MARGIN).count("\t") + 1 if line.strip() else 1


def _unwrapped(lines: list[str]) -> list[str]:
    """Join lines that an editor or a printer wrapped at a fixed width."""
    filled = [line for line in lines if line]
    longest = max(map(len, filled), default=0)
    if len(filled) < _LEAST_WRAPPED or not _NARROWEST <= 2 * longest <= 2 * _WIDEST:
        return filled
    widths = [_width(line.rstrip()) for line in lines]
    widest = max(widths)
    full = [width >= widest - 3 for width in widths]
    if not _NARROWEST <= widest <= _WIDEST or sum(full) < _WRAPPED_SHARE * len(filled):
        return filled
    joined: list[str] = []
    goes_on = False
    for line, is_full in zip(lines, full, strict=True):
        if (
            goes_on
            and line.strip()
            and "\t" not in line
            and not line.startswith((" ", "\u3000", "\t"))
        ):
            joined[-1] = join(joined[-1], line.rstrip())
        else:
            joined.append(line.rstrip(_MARGIN))
        goes_on = is_full and "\t" not in line
    return joined


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in line)
