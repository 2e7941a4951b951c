"""Optional text recognition of scans with the tesseract program; its figures need review."""

from __future__ import annotations

import shutil
from typing import Any, NamedTuple

from assessor.reading.documents.characters import clean, is_cjk
from assessor.reading.documents.pdf_page import Line
from assessor.reading.documents.processes import run_limited
from schemas.errors import SubmissionUnreadable

_PROGRAM = "tesseract"
_LANGUAGE = "chi_sim"
_DOTS_PER_INCH = 200
_PAGE_SECONDS = 60.0
_LIST_SECONDS = 10.0
_COLUMNS = 12
_WORD_LEVEL = "5"


class Word(NamedTuple):
    """A recognised word; pixels, y grows downward."""

    line: tuple[str, str, str]
    left: float
    top: float
    width: float
    height: float
    text: str


def find_ocr() -> bool:
    """Say whether tesseract with simplified Chinese is installed."""
    program = shutil.which(_PROGRAM)
    if program is None:
        return False
    done = run_limited([program, "--list-langs"], time_limit=_LIST_SECONDS)
    return done is not None and _LANGUAGE in done.output.decode("utf-8", "replace").split()


def recognise(page: Any, number: int) -> list[Line]:
    """Recognise the text of an open PDF page.

    Raises:
        SubmissionUnreadable: tesseract fails or takes too long.
    """
    scale = _DOTS_PER_INCH / 72
    bitmap = page.render(scale=scale, grayscale=True, rev_byteorder=False)
    rows = bytes(bitmap.buffer)
    picture = b"".join(
        rows[at * bitmap.stride : at * bitmap.stride + bitmap.width] for at in range(bitmap.height)
    )
    header = f"P5 {bitmap.width} {bitmap.height} 255\n".encode()
    command = [shutil.which(_PROGRAM) or _PROGRAM, "stdin", "stdout", "-l", _LANGUAGE]
    command += ["--dpi", str(_DOTS_PER_INCH), "--psm", "6", "tsv"]
    done = run_limited(command, time_limit=_PAGE_SECONDS, stdin=header + picture)
    if done is None or done.code:
        raise SubmissionUnreadable(
            f"第{number}页", "ocr", "文字识别没有完成；请提供 Word、网页或带文字层的 PDF"
        )
    words = read_table(done.output.decode("utf-8", "replace"))
    return to_lines(words, number, bitmap.height, scale)


def read_table(table: str) -> list[Word]:
    """Read tesseract's table of words; lines it cannot be are left out."""
    words: list[Word] = []
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        words.append(Word((cells[2], cells[3], cells[4]), left, top, width, height, cells[11]))
    return words


def to_lines(words: list[Word], page: int, height: float, scale: float) -> list[Line]:
    """Put words into lines, in points with y upward."""
    rows: dict[tuple[str, str, str], list[Word]] = {}
    for word in words:
        rows.setdefault(word.line, []).append(word)
    return [_line(row, page, height, scale) for row in rows.values()]


def _line(row: list[Word], page: int, height: float, scale: float) -> Line:
    text = ""
    for word in row:
        is_latin = text[-1:].isalpha() and word.text[0].isalpha()
        is_latin = is_latin and not is_cjk(text[-1]) and not is_cjk(word.text[0])
        text += f" {word.text}" if is_latin else word.text
    top = min(word.top for word in row)
    bottom = max(word.top + word.height for word in row)
    return Line(
        clean(text),
        min(word.left for word in row) / scale,
        max(word.left + word.width for word in row) / scale,
        (height - (top + bottom) / 2) / scale,
        (bottom - top) / scale,
        page,
    )
