"""Characters of a PDF page with their boxes, put into lines."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable
from statistics import median
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from assessor.reading.documents.characters import clean, close_gaps, is_cjk

_SPACE = 32
_DAMAGED = "\ufffd"
_SAME_LINE = 0.45
_WORD_GAP = 0.22
_COLUMN_GAP = 1.5
_TWICE = 0.2
_LEVEL = 0.09
_QUARTER = 1.5707963267948966
_SMALLER = 0.93
_RAISED = 0.2
_NOTE_MARK = re.compile(r"[\[［【(（\u3014]\d{1,3}[\]］】)）\u3015]|\d{1,2}")
_LENGTHS = frozenset("m米里")
_SQUARED = str.maketrans("23", "²³")


class Character(NamedTuple):
    """One character; lengths in points, y grows upward."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def middle(self) -> float:
        """Height of the middle above the page's lower edge."""
        return (self.bottom + self.top) / 2

    @property
    def size(self) -> float:
        """Height of the box."""
        return self.top - self.bottom


class Line(NamedTuple):
    """A printed line."""

    text: str
    left: float
    right: float
    middle: float
    size: float
    """Width of an ideograph, points."""
    page: int


class Glyphs(NamedTuple):
    """The characters of a page and how many of them have no meaning."""

    characters: list[Character]
    unmapped: int
    turn: int = 0
    """How the page was turned to set most text upright, degrees clockwise."""
    turned: int = 0
    """Characters left out because they stand another way than the rest."""


def read_characters(text_page: Any, width: float, height: float) -> Glyphs:
    """Return the characters of a page upright, without those set askew (watermarks).

    The page is turned the way most of its text runs, however it is displayed.

    Args:
        text_page: an open `PdfTextPage`.
        width: of the page as it is stored, points.
        height: of the page as it is stored, points.
    """
    raw = text_page.raw
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    found: dict[int, list[Character]] = {}
    unmapped = 0
    get_code, get_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = get_code(raw, index)
        if code in (10, 13) or (code == _SPACE and pdfium.FPDFText_IsGenerated(raw, index) == 1):
            continue
        text = _meaning(code)
        unmapped += text in (_DAMAGED, "")
        if not text or not get_box(raw, index, pointer):
            continue
        turn = _turn(raw, index)
        if turn is not None:
            one = Character(text, box.left, box.right, box.bottom, box.top)
            found.setdefault(turn, []).append(one)
    turn = max(found, key=lambda one: len(found[one]), default=0)
    upright = found.get(turn, [])
    others = sum(map(len, found.values())) - len(upright)
    if turn:
        upright = [Character(one.text, *_upright(one[1:], turn, width, height)) for one in upright]
    return Glyphs(upright, unmapped, turn, others)


def _turn(raw: Any, index: int) -> int | None:
    """Return how far to turn a character clockwise to set it upright; None when it is askew."""
    angle: float = pdfium.FPDFText_GetCharAngle(raw, index)
    if angle <= 0:
        return 0
    quarters = round(angle / _QUARTER)
    return None if abs(angle / _QUARTER - quarters) > _LEVEL else -quarters % 4 * 90


def _meaning(code: int) -> str:
    """Return the character of a code; empty for symbols of private fonts."""
    if 0xE000 <= code <= 0xF8FF or (0 < code < _SPACE) or code in (0xFFFE, 0xFFFF):
        return ""
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return _DAMAGED
    return chr(code)


def _upright(
    corners: tuple[float, float, float, float], rotation: int, width: float, height: float
) -> tuple[float, float, float, float]:
    left, right, bottom, top = corners
    if rotation == 90:
        return bottom, top, width - right, width - left
    if rotation == 180:
        return width - right, width - left, height - top, height - bottom
    return height - top, height - bottom, left, right


def to_lines(characters: Iterable[Character], page: int) -> list[Line]:
    """Put characters into lines from top to bottom."""
    rows = to_rows(characters)
    rows.sort(key=lambda row: -row[0].middle)
    merged: list[list[Character]] = []
    for row in rows:
        if merged and _is_level(merged[-1][0], row[0]):
            merged[-1] += row
        else:
            merged.append(row)
    lines = [_line(row, page) for row in merged]
    return [line for line in lines if line.text]


def to_rows(characters: Iterable[Character]) -> list[list[Character]]:
    """Put characters that follow each other on one line together, in the order they are stored."""
    rows: list[list[Character]] = []
    for character in characters:
        row = rows[-1] if rows else None
        if row is not None and _is_level(row[-1], character) and character.left > row[-1].left:
            row.append(character)
        else:
            rows.append([character])
    return rows


def _is_level(one: Character, other: Character) -> bool:
    return abs(one.middle - other.middle) < _SAME_LINE * max(one.size, other.size)


def _line(row: list[Character], page: int) -> Line:
    row.sort(key=lambda character: character.left)
    size = _em(row)
    text = ""
    last: Character | None = None
    for character in _without_note_marks(row):
        if last is not None:
            if character.text == last.text and character.left - last.left < _TWICE * size:
                continue
            gap = character.left - last.right
            if _needs_blank(last.text, character.text, gap / size if size else 0):
                text += " "
        text += character.text
        last = character
    inked = [one for one in row if not one.text.isspace()] or row
    return Line(
        close_gaps(clean(text)),
        inked[0].left,
        max(one.right for one in inked),
        median(one.middle for one in inked),
        size,
        page,
    )


def _em(row: list[Character]) -> float:
    """Return the width of an ideograph of the row, or a guess from its height."""
    widths = [one.right - one.left for one in row if is_cjk(one.text)]
    return median(widths) if widths else 0.7 * median(one.size for one in row)


def _needs_blank(before: str, after: str, gap: float) -> bool:
    if gap > _COLUMN_GAP:
        return True
    return gap > _WORD_GAP and not is_cjk(before) and not is_cjk(after)


def _without_note_marks(row: list[Character]) -> list[Character]:
    """Leave out the raised marks of notes; a raised 2 or 3 behind a unit of length is a power."""
    kept: list[Character] = []
    at = 0
    while at < len(row):
        end = at
        while kept and end < len(row) and _is_raised(kept[-1], row[end]):
            end += 1
        mark = "".join(one.text for one in row[at:end])
        before = kept[-1].text if kept else ""
        if mark in ("2", "3") and before in _LENGTHS:
            kept.append(row[at]._replace(text=mark.translate(_SQUARED)))
        elif not _NOTE_MARK.fullmatch(mark):
            end = max(end, at + 1)
            kept += row[at:end]
        at = end
    return kept


def _is_raised(last: Character, character: Character) -> bool:
    is_small = character.size < _SMALLER * last.size
    return is_small and character.bottom - last.bottom > _RAISED * last.size
