"""Lines of a PDF into paragraphs: running heads out, broken lines and pages joined."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from assessor.reading.documents.characters import join
from assessor.reading.documents.pdf_page import Line
from assessor.reading.documents.titles import begins_paragraph, is_heading, is_title_like

_ZONE = 0.14
_EDGE_LINES = 3
_SAME_HEIGHT = 8.0
_FOLIO = re.compile(
    r"[—–\-·.\s]*(?:第)?\s*\d{1,4}\s*(?:页)?(?:\s*[/共,，]\s*(?:共)?\s*\d{1,4}\s*页?)?[—–\-·.\s]*"
)
_MARKED_FOLIO = re.compile(r"[—–\-].*[—–\-]|第.*页|.*/.*")
_SENTENCE_END = ("。", "！", "？", "：", "；")
_MARGIN = 0.06
_SMALLER = 0.95
_PERIODICAL = re.compile(r"第\s?\d{1,3}\s?期|总第\s?\d|公报|https?://|www\.")
_HEAD_WORD = re.compile(r"简报|年度报告|第\s?\d{1,3}\s?号")
_ISSUER = re.compile(r"(?:政府|委员会|县委|市委|区委|党委|局|厅|办公室)$")
_SHORT = 2.3
_INDENT = 1.2
_OTHER_SIZE = 0.15
_WIDE_GAP = 1.45
_TITLE_GAP = 2.6
_OPENING = "（(《〈【[‘“"
_CLOSING = "）)》〉】]，。、；：！？,.;:!?%％‰年月日"
_QUOTES = "‘’“”"


class Sheet(NamedTuple):
    """The lines of one page outside its tables."""

    number: int
    height: float
    lines: list[Line]


class Margins(NamedTuple):
    """Where full lines begin and end, and how far apart lines stand."""

    left: float
    right: float
    pitch: float
    size: float
    has_indents: bool
    is_wrapped: bool = True
    """Some line breaks off in mid-sentence; without one every line is a paragraph."""


class Paragraph(NamedTuple):
    """Text of a paragraph and the lines it was made of."""

    text: str
    lines: tuple[Line, ...]


def without_running_heads(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Drop what stands on several pages at one height, and small lines in a page's margin."""
    everything = [line.size for sheet in sheets for line in sheet.lines]
    size = median(everything) if everything else 0.0
    sheets = [
        sheet._replace(lines=[line for line in sheet.lines if not _is_in_margin(line, sheet, size)])
        for sheet in sheets
    ]
    seen: dict[tuple[bool, str], list[Line]] = defaultdict(list)
    for sheet in sheets:
        for line, is_top in _edge_lines(sheet):
            seen[is_top, _shape(line.text)].append(line)
    dropped = {
        id(line)
        for (_, shape), lines in seen.items()
        for line in lines
        if _is_running(shape, line, lines, len(sheets))
    }
    return [
        sheet._replace(lines=[line for line in sheet.lines if id(line) not in dropped])
        for sheet in sheets
    ]


def _edge_lines(sheet: Sheet) -> Iterable[tuple[Line, bool]]:
    upper, lower = sheet.height * (1 - _ZONE), sheet.height * _ZONE
    lines = sorted(sheet.lines, key=lambda line: -line.middle)
    for line in lines[:_EDGE_LINES]:
        if line.middle >= upper:
            yield line, True
    for line in lines[-_EDGE_LINES:]:
        if line.middle <= lower:
            yield line, False


def _is_in_margin(line: Line, sheet: Sheet, size: float) -> bool:
    """Say whether a line is a head or foot by its place and print alone, as on a single page.

    Args:
        line: the line.
        sheet: its page.
        size: width of an ideograph of the body.
    """
    is_top = line.middle > sheet.height * (1 - _MARGIN)
    if not is_top and line.middle >= sheet.height * _MARGIN:
        return False
    is_small = line.size < _SMALLER * size
    is_periodical = bool(_PERIODICAL.search(line.text))
    if not is_top:
        return is_small or is_periodical
    lower = [one for one in sheet.lines if line.middle - one.middle > _SAME_HEIGHT]
    following = max(lower, key=lambda one: one.middle, default=None)
    if following is None or _ISSUER.search(line.text):
        return False
    is_over_title = is_title_like(following.text) and line.size < _SMALLER * following.size
    return is_periodical or is_over_title or (is_small and bool(_HEAD_WORD.search(line.text)))


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text.replace(" ", ""))


def _is_running(shape: str, line: Line, lines: list[Line], pages: int) -> bool:
    level = [one for one in lines if abs(one.middle - line.middle) <= _SAME_HEIGHT]
    count = len({one.page for one in level})
    if _FOLIO.fullmatch(line.text):
        if _MARKED_FOLIO.fullmatch(line.text.strip()):
            return pages == 1 or count >= 2
        return _counts_pages(level)
    return count >= 3 or (count == 2 and pages <= 4 and shape != "#")


def _counts_pages(lines: list[Line]) -> bool:
    """Say whether bare numbers go up with the pages."""
    found = [
        int(number.group()) - one.page for one in lines if (number := re.search(r"\d+", one.text))
    ]
    if not found:
        return False
    most = Counter(found).most_common(1)[0][1]
    return most >= 2 and most * 3 >= len(found) * 2


def margins_of(lines: Sequence[Line]) -> Margins:
    """Measure the text area of some lines."""
    size = median(line.size for line in lines)
    right = _shared_maximum([line.right for line in lines], size)
    lefts = sorted(_continuations(lines, right, size))
    left = lefts[len(lefts) // 5] if lefts else min(line.left for line in lines)
    gaps = [
        above.middle - below.middle
        for above, below in pairwise(lines)
        if above.page == below.page and 0 < above.middle - below.middle < 4 * size
    ]
    indented = sum(_INDENT * size < line.left - left < 4 * size for line in lines)
    pitch = median(gaps) if gaps else 2 * size
    return Margins(left, right, pitch, size, indented >= 2, bool(lefts))


def _continuations(lines: Sequence[Line], right: float, size: float) -> Iterable[float]:
    """Yield where lines begin that go on with a sentence the full line above breaks off."""
    leftmost = min(line.left for line in lines)
    for above, below in pairwise(lines):
        is_full = right - above.right < _SHORT * size
        is_wide = above.right - above.left > 0.5 * (right - leftmost)
        is_open = not above.text.endswith(_SENTENCE_END) and not is_heading(above.text)
        if is_full and is_wide and is_open and not _is_enlarged(above, below):
            yield below.left


def _is_enlarged(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) > _OTHER_SIZE * max(one.size, other.size)


def _shared_maximum(values: list[float], size: float) -> float:
    ordered = sorted(values, reverse=True)
    for one, following in pairwise(ordered):
        if one - following <= size:
            return one
    return ordered[0]


def to_paragraphs(lines: Sequence[Line], margins: Margins) -> list[Paragraph]:
    """Join the lines of a run of text into paragraphs."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, margins):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(_text(group), tuple(group)) for group in groups]


def _text(lines: Iterable[Line]) -> str:
    text = ""
    for line in lines:
        text = join(text, line.text)
    return text


def _goes_on(group: list[Line], line: Line, margins: Margins) -> bool:
    last = group[-1]
    size = last.size
    if _is_enlarged(last, line):
        return False
    is_same_page = last.page == line.page
    pitch = max(margins.pitch, 1.2 * size)
    if _is_wrapped_title(last, line, margins):
        return True
    if is_same_page and last.middle - line.middle > _WIDE_GAP * pitch:
        return False
    room = margins.right - last.right
    is_short = room > max(_SHORT * size, (_unbreakable(line.text) + 1) * size)
    is_apart = not margins.is_wrapped or is_short or line.left - margins.left > _INDENT * size
    if is_apart or begins_paragraph(
        _text(group[-2:]),
        line.text,
        is_full=margins.right - line.right <= _SHORT * line.size,
        has_indents=margins.has_indents or len(group) > 1,
    ):
        return False
    if is_same_page or margins.has_indents:
        return True
    return not last.text.endswith(_SENTENCE_END)


def _is_wrapped_title(last: Line, line: Line, margins: Margins) -> bool:
    """Say whether a large or centred line is the rest of the wide one above it."""
    is_large = min(last.size, line.size) > 1.1 * margins.size
    width = margins.right - margins.left
    if not is_large:
        is_narrow = line.right - line.left < 0.8 * width
        if not (is_narrow and _is_centred(last, margins) and _is_centred(line, margins)):
            return False
    is_wide = last.right - last.left > 0.6 * width
    is_near = last.middle - line.middle < _TITLE_GAP * line.size
    is_numbered = is_heading(line.text) or is_heading(last.text)
    return is_wide and is_near and last.page == line.page and not is_numbered


def _unbreakable(text: str) -> float:
    """Return the width, in ideographs, of what printers keep together at the start of a line."""
    width = 0.0
    for before, after in pairwise(f"{text} "):
        width += 0.6 if before.isascii() else 1.0
        if _may_break(before, after):
            break
    return width


def _may_break(before: str, after: str) -> bool:
    if before in _OPENING or after in _CLOSING or before in _QUOTES or after in _QUOTES:
        return False
    return not (before.isascii() and after.isascii()) or after == " "


def _is_centred(line: Line, margins: Margins) -> bool:
    before, after = line.left - margins.left, margins.right - line.right
    return min(before, after) > _INDENT * line.size and abs(before - after) < line.size
