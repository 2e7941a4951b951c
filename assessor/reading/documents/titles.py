"""Headings and titles by their form, the same in every format."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assessor.reading.documents.pieces import Piece
from schemas.reading import BlockKind

_NUMERAL = "[一二三四五六七八九十百]{1,4}"
_NUMBERED = re.compile(
    f"(?:{_NUMERAL}、|[（(]{_NUMERAL}[）)]、?|第{_NUMERAL}[部章节](?:分)?[ 、]?|"
    r"\d{1,2}(?:[.．、]|\.\d{1,2} ?))\s*\S.{1,48}"
)
_SENTENCE_END = re.compile(r"[。；;！？]|[，,：:]$")
_TITLE_WORD = re.compile(
    r"报告|总结|情况|方案|纲要|规划|计划|要点|通知|意见|办法|决定|公报|年报|述职|自评|汇报|说明"
)
_ENUMERATED = re.compile(
    f"(?:{_NUMERAL}、|[（(]{_NUMERAL}[）)]|第{_NUMERAL}[部章节](?:分)?[ 、]?)(?![二三四]季)"
)
_LEVELS = (
    (1, re.compile(f"第{_NUMERAL}[部章]|{_NUMERAL}、")),
    (2, re.compile(f"第{_NUMERAL}节|[（(]{_NUMERAL}[）)]")),
    (4, re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}\.\d")),
    (3, re.compile(r"\d{1,2}[.．、]")),
)
_STOPS = ("。", "！", "？", "；", ";", "：", ":", "”", "）", ")")
_PUNCTUATED = re.compile(r"[。！？：；，）)”》]$")
_LONGEST_ALONE = 30
_DIGIT_FIRST = re.compile(r"\d(?!\d{3}年)")
_BODY = re.compile(r"[。；！？]|[：:，,]$|^(?:附件|来源|附表)")
_ISSUER = re.compile(
    r"(?:政府|委员会|委|局|厅|办公室|办|部|中心|院|会|署|街道|镇|乡|县|市|区|省|大队)(?:文件)?$"
)
_MAX_TITLE = 90


def is_heading(text: str, number: str = "") -> bool:
    """Say whether a paragraph is a numbered heading: short and not a sentence."""
    whole = number + text
    return bool(_NUMBERED.fullmatch(whole)) and not _SENTENCE_END.search(whole)


def heading_level(text: str, number: str = "") -> int:
    """Return the depth of a heading by the form of its number, from 1; 1 without a number."""
    whole = (number + text).lstrip()
    return next((level for level, form in _LEVELS if form.match(whole)), 1)


def is_enumerated(text: str) -> bool:
    """Say whether a line begins with the number of a section: `一、`, `（二）`, `第三部分`."""
    return bool(_ENUMERATED.match(text))


def begins_paragraph(before: str, line: str, *, is_full: bool, has_indents: bool) -> bool:
    """Say whether the words of a printed line tell that a paragraph begins, though none is shown.

    Args:
        before: the line above, which fills its width.
        line: the line in question.
        is_full: whether it fills its width too.
        has_indents: whether the place of a line already tells where paragraphs begin.
    """
    if is_enumerated(line) and (before.endswith(_STOPS) or is_heading(before)):
        return True
    if before.endswith("。") and not is_full and not _PUNCTUATED.search(line):
        return True
    if has_indents or not is_heading(before):
        return False
    is_body = is_full or "。" in line or "，" in line
    is_short_heading = len(before) <= _LONGEST_ALONE and "，" not in before
    return is_short_heading and is_body and not _DIGIT_FIRST.match(line)


def is_title_like(text: str) -> bool:
    """Say whether a line may be a document's title or the last line of one."""
    return (
        4 <= len(text) <= _MAX_TITLE
        and bool(_TITLE_WORD.search(text))
        and not _BODY.search(text)
        and not _NUMBERED.fullmatch(text)
    )


def find_title(pieces: Sequence[Piece]) -> tuple[int, int]:
    """Return the span of the pieces that hold the title, end exclusive; (0, 0) without one."""
    for index, piece in enumerate(pieces[:12]):
        if piece.cell is not None or _BODY.search(piece.text) or len(piece.text) > _MAX_TITLE:
            if len(piece.text) > _MAX_TITLE:
                break
            continue
        if is_title_like(piece.text):
            start = index
            while start and index - start < 2 and _leads_into(pieces[start - 1]):
                start -= 1
            return start, index + 1
    return 0, 0


def _leads_into(piece: Piece) -> bool:
    """Say whether a line is the issuer above the rest of a title."""
    text = piece.text
    is_plain = piece.cell is None and piece.kind is not BlockKind.NOTE
    return is_plain and len(text) <= 40 and bool(_ISSUER.search(text))
