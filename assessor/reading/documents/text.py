"""Plain text: encodings, wrapped lines, tables pasted with tabs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from assessor.reading.documents.characters import clean, join
from assessor.reading.documents.encoding import decode
from assessor.reading.documents.pieces import Parsed, Piece, TableCell, cell_pieces
from assessor.reading.documents.text_tables import tabbed
from assessor.reading.documents.titles import begins_paragraph

_MARGIN = " \u3000\r\n"
_LEAST_WRAPPED = 8
_LEAST_FULL = 4
_LEAST_SHARE = 0.2
_BROKEN_SHARE = 0.6
_MORE = 1.2
"""How many times more full lines a looser measure must find."""
_STOPS = ("。", "；", "：", "！", "？")
_CUT_BEFORE = re.compile(r"[\u4e00-\u9fff][，、；。][^\n\t]{0,40}[\u4e00-\u9fff]\d{1,6}\.?$")
_LONGEST_CUT, _TAIL = 2000, 60
_CUT_AFTER = re.compile(
    r"(?:\d{0,6}\.?\d{0,4})(?:[%‰件份人次个项名家起万亿条期场][^\n]{0,200})?[，；。]"
)
_INDENTS = (" ", "\u3000", "\t")
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
        return _with_whole_numbers(filled)
    full = _full_lines(lines)
    if not any(full):
        return _with_whole_numbers(filled)
    indented = sum(line.startswith(_INDENTS) for line in filled)
    has_indents = indented * 5 >= len(filled)
    joined: list[list[str]] = []
    goes_on, above = False, ""
    for raw, is_full in zip(lines, full, strict=True):
        line = raw.rstrip(_MARGIN)
        is_rest = goes_on and bool(line) and not line.startswith(_INDENTS) and "\t" not in line
        if is_rest and not begins_paragraph(
            above.strip(), line, is_full=is_full, has_indents=has_indents
        ):
            joined[-1].append(join(above, line)[len(above) :])
        else:
            joined.append([line])
        goes_on, above = is_full and "\t" not in line, line
    return ["".join(parts) for parts in joined]


def _with_whole_numbers(lines: list[str]) -> list[str]:
    """Join lines between which a number of running text is cut, where too few show a width."""
    joined: list[str] = []
    for line in lines:
        above = joined[-1] if joined else ""
        may_be_cut = above[-1:].isdigit() or above.endswith(".")
        is_cut = may_be_cut and len(above) < _LONGEST_CUT and _CUT_BEFORE.search(above[-_TAIL:])
        if is_cut and _CUT_AFTER.match(line):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _full_lines(lines: list[str]) -> list[bool]:
    """Say of every line whether it fills the width lines were wrapped at; none when they were not.

    Programs count characters or columns, so both are tried; the lines must break off sentences.
    """
    best = [False] * len(lines)
    stripped = [line.rstrip() for line in lines]
    widths, lengths = list(map(_width, stripped)), list(map(len, stripped))
    if not _NARROWEST <= max(widths) <= _WIDEST:
        return best
    filled = sum(map(bool, stripped))
    for sizes, slack in ((lengths, 0), (widths, 1), (lengths, 1), (widths, 3)):
        least = max(sizes) - slack
        full = [size >= least for size in sizes]
        count = sum(full)
        pairs = zip(stripped, full, strict=True)
        broken = sum(is_full and not line.endswith(_STOPS) for line, is_full in pairs)
        is_wrapped = count >= max(_LEAST_FULL, _LEAST_SHARE * filled)
        if is_wrapped and broken >= _BROKEN_SHARE * count and count > _MORE * sum(best):
            best = full
    return best


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in line)
