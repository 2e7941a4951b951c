"""Tables drawn in plain text, with bars or in columns of blanks, as rows parted by tabs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_BAR = re.compile(r"[|\uff5c│┃丨]")
_RULE = re.compile(r"[\s|\uff5c│┃┌┬┐├┼┤└┴┘─━┏┳┓┣╋┫┗┻┛═╔╦╗╠╬╣╚╩╝+:=—–\-]{3,}")
_BLANKS = re.compile(r"(?:[ \u00a0]{2,80}|[ \u00a0]{0,40}\u3000[ \u00a0\u3000]{0,80})")
_BLANK = re.compile("[ \u00a0\u3000]")
_ONE_BLANK = re.compile(r"[ \u00a0\u3000]{1,80}")
_VALUE = re.compile(
    r"[-+−－↑↓约≥≤近超]?\d[\d,\uff0c.\uff0e]{0,16}(?:[-~—至][\d.\uff0e]{1,8})?"
    r"[%％‰\u4e00-\u9fff/\uff0f()（）]{0,8}|[-—–/\uff0f\\*×]{1,4}|第\d{1,3}名?|[无是否]|持平"
)
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_DIGIT = re.compile(r"\d|百分之|[一二三四五六七八九十百千万两]{2}")
_SENTENCE = re.compile(r"[。；]|：$|:$")
_LONGEST_CELL = 40
_MOST_CELLS = 30


class _Cell(NamedTuple):
    """A piece of a line and the columns of the screen it stands in."""

    text: str
    start: int
    end: int


def tabbed(lines: Sequence[str]) -> list[str]:
    """Return lines with every drawn table as rows of as many tabs; other lines as they are."""
    found: list[str] = []
    at = 0
    while at < len(lines):
        end, rows = _table_at(lines, at)
        end = max(end, at + 1)
        if len(rows) > 1:
            width = max(map(len, rows))
            found += ["\t".join([*row, *[""] * (width - len(row))]) for row in rows]
        else:
            found += lines[at:end]
        at = end
    return found


def _table_at(lines: Sequence[str], at: int) -> tuple[int, list[list[str]]]:
    """Return where the lines looked at end, and the rows of the table they make.

    Lines that make none are not looked at again, so that time stays linear.
    """
    line = lines[at]
    if _BAR.search(line) or _RULE.fullmatch(line):
        end, rows = _barred(lines, at)
    elif "\t" in line.strip():
        end, rows = _tab_rows(lines, at)
    elif _BLANK.search(line) and _BLANKS.search(line.strip(" \u3000")):
        end, rows = _aligned(lines, at)
    elif " " in line.strip():
        end, rows = _loose(lines, at)
    else:
        return at, []
    return end, rows


def _next(lines: Sequence[str], at: int) -> int:
    """Return the line behind one; a single empty line between rows is passed over."""
    at += 1
    is_gap = at + 1 < len(lines) and not lines[at].strip() and lines[at + 1].strip()
    return at + 1 if is_gap else at


def _tab_rows(lines: Sequence[str], at: int) -> tuple[int, list[list[str]]]:
    """Return the rows of a table pasted with tabs."""
    rows: list[list[str]] = []
    while at < len(lines):
        cells = _tabs(lines[at])
        if len(cells) < 2:
            break
        rows.append(cells)
        at = _next(lines, at)
    return at, rows


def _tabs(line: str) -> list[str]:
    """Return the cells of a line with tabs; one that only begins with a tab has none."""
    if "\t" not in line.strip():
        return []
    cells = [cell.strip() for cell in line.strip(" \u3000\r\n").split("\t")]
    return cells[:_MOST_CELLS]


def _barred(lines: Sequence[str], at: int) -> tuple[int, list[list[str]]]:
    """Return the rows of a table drawn with bars; lines that only draw are left out."""
    rows: list[list[str]] = []
    while at < len(lines):
        line = lines[at].strip(" \u3000\r\n")
        if _RULE.fullmatch(line):
            at = _next(lines, at)
            continue
        cells = _bars(line)
        if len(cells) < 2 or not any(cells):
            break
        rows.append(cells)
        at = _next(lines, at)
    has_value = any(_DIGIT.search(cell) for row in rows for cell in row[1:])
    return at, rows if has_value and _is_even(rows) else []


def _bars(line: str) -> list[str]:
    """Return the cells between bars; bars at both ends of the line are its frame."""
    if not _BAR.search(line):
        return []
    cells = [cell.strip(" \u3000") for cell in _BAR.split(line)]
    if _BAR.match(line[:1]):
        cells = cells[1:]
    if len(line) > 1 and _BAR.match(line[-1:]):
        cells = cells[:-1]
    return cells[:_MOST_CELLS]


def _is_even(rows: Sequence[Sequence[object]]) -> bool:
    """Return whether most rows have as many cells as the widest one."""
    widest = max(map(len, rows), default=0)
    return sum(len(row) == widest for row in rows) * 2 >= len(rows)


def _aligned(lines: Sequence[str], at: int) -> tuple[int, list[list[str]]]:
    """Return the rows of a table in columns of blanks, each cell under its column."""
    found: list[list[_Cell]] = []
    while at < len(lines):
        if found and _RULE.fullmatch(lines[at].strip()):
            at = _next(lines, at)
            continue
        cells = _spaced(lines[at])
        if len(cells) < 2 or any(len(cell.text) > _LONGEST_CELL for cell in cells):
            break
        if any(_SENTENCE.search(cell.text) for cell in cells):
            break
        found.append(cells)
        at = _next(lines, at)
    widest = max(map(len, found), default=0)
    if not _is_even(found) or not (_has_values(found) or _has_phrases(found)):
        return at, []
    return at, [_placed(row, _columns(found, widest)) for row in found]


def _has_values(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Return whether rows hold values, the first one only when all do."""
    values = [any(_is_value(cell.text) for cell in row[1:]) for row in rows]
    return len(rows) > 1 and any(values) and (all(values) or not values[0])


def _has_phrases(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Return whether rows of phrases with numbers stand under a row of words."""
    told = [any(_DIGIT.search(cell.text) for cell in row[1:]) for row in rows]
    return len(rows) > 2 and not told[0] and all(told[1:])


def _spaced(line: str) -> list[_Cell]:
    """Return the pieces of a line parted by two blanks or a wide one."""
    cells: list[_Cell] = []
    position = len(line) - len(line.lstrip(" \u3000\u00a0"))
    body = line.rstrip(" \u3000\r\n\u00a0")
    while position < len(body):
        gap = _BLANKS.search(body, position)
        end = gap.start() if gap else len(body)
        cells.append(_Cell(body[position:end], _width(body[:position]), _width(body[:end])))
        position = gap.end() if gap else len(body)
        if len(cells) >= _MOST_CELLS:
            break
    return cells


def _columns(rows: Iterable[Sequence[_Cell]], widest: int) -> list[tuple[int, int]]:
    """Return the stretch of every column, over the rows that have all."""
    full = [row for row in rows if len(row) == widest]
    return [
        (min(row[index].start for row in full), max(row[index].end for row in full))
        for index in range(widest)
    ]


def _placed(row: Sequence[_Cell], columns: Sequence[tuple[int, int]]) -> list[str]:
    """Return a row's cells with blanks for the columns it leaves out."""
    if len(row) == len(columns):
        return [cell.text for cell in row]
    found = [""] * len(columns)
    free = 0
    for number, cell in enumerate(row):
        last = len(columns) - (len(row) - number)
        middle = (cell.start + cell.end) / 2
        best = min(range(free, last + 1), key=lambda one: abs(sum(columns[one]) / 2 - middle))
        found[best] = cell.text
        free = best + 1
    return found


def _loose(lines: Sequence[str], at: int) -> tuple[int, list[list[str]]]:
    """Return the rows of a table with one blank between cells: words, then values only."""
    head = _ONE_BLANK.split(lines[at].strip(" \u3000\r\n\u00a0"))
    if not 3 <= len(head) <= _MOST_CELLS or any(map(_is_value, head)):
        return at, []
    rows = [head]
    end = _next(lines, at)
    while end < len(lines):
        cells = _ONE_BLANK.split(lines[end].strip(" \u3000\r\n\u00a0"))
        is_row = len(cells) == len(head) and not _is_value(cells[0])
        if not is_row or not all(_is_value(cell) or _is_mark(cell) for cell in cells[1:]):
            break
        rows.append(cells)
        end = _next(lines, end)
    has_values = all(any(_DIGIT.search(cell) for cell in row[1:]) for row in rows[1:])
    return end, rows if has_values else []


def _is_value(cell: str) -> bool:
    """Return whether a cell is a number or a sign for one; a year is a head."""
    return bool(_VALUE.fullmatch(cell)) and not _YEAR.fullmatch(cell)


def _is_mark(cell: str) -> bool:
    """Return whether a cell is a unit alone: %, 件."""
    is_word = len(cell) <= 4 and not _DIGIT.search(cell) and not cell.isascii()
    return is_word or cell == "%"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)
