"""From pieces to a document: one text, blocks with offsets, title and day of publication."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from assessor.reading.documents.characters import clean, is_damaged, join
from assessor.reading.documents.chrome import trim
from assessor.reading.documents.origin import source_of
from assessor.reading.documents.pieces import Parsed, Piece, issue
from assessor.reading.documents.sniff import Format, expected
from assessor.reading.documents.titles import find_title, heading_level, is_heading
from assessor.reading.traditional import is_traditional, simplified
from schemas.errors import SubmissionUnreadable
from schemas.issue import Issue, IssueCode
from schemas.reading import Block, BlockFlag, BlockKind, ReadDocument

_HEAD, _TAIL = 40, 25
MAX_BLOCKS = 50_000
_FORMAT_NAMES: dict[Format, str] = {
    "txt": "文本",
    "html": "网页",
    "mht": "网页归档（mht）",
    "docx": "Word 文档（docx）",
    "pdf": "PDF",
    "doc": "旧版 Word 文档（doc、rtf）",
    "wps": "WPS 文字",
}
_FLAG_ORDER = tuple(BlockFlag)
_MARKS = {
    BlockFlag.TRACKED: "修订",
    BlockFlag.HIDDEN: "隐藏文字",
    BlockFlag.STRUCK: "删除线",
}


class DocumentIntake(NamedTuple):
    """A document read, and what was doubtful about its file."""

    document: ReadDocument
    issues: tuple[Issue, ...]


def assemble(parsed: Parsed, content: bytes, name: str, kind: Format) -> DocumentIntake:
    """Give every piece its offsets.

    Args:
        parsed: what the format reader found.
        content: the file's bytes, for the hash.
        name: file name.
        kind: what the file really is.

    Raises:
        SubmissionUnreadable: when no text is left, or far too much.
    """
    if len(parsed.pieces) > MAX_BLOCKS:
        raise SubmissionUnreadable(
            name, "too-long", f"段落超过 {MAX_BLOCKS} 个，不像一份报告；请只提交报告部分"
        )
    pieces = [_cleaned(piece) for piece in parsed.pieces]
    pieces = [piece for piece in pieces if piece.text]
    read_as = _in_simplified(pieces)
    around = [one.text for one in (*read_as[:_HEAD], *read_as[_HEAD:][-_TAIL:]) if not one.cell]
    trimmed = trim(read_as)
    if not trimmed.pieces:
        raise SubmissionUnreadable(name, "no-text", "里面没有正文文字；请核对是否选错文件")
    first, last = find_title(trimmed.pieces)
    title = parsed.title or _joined(trimmed.pieces[first:last]) or trimmed.file_title
    printed = {id(one): piece.text for one, piece in zip(read_as, pieces, strict=True)}
    shaped = [
        _headed(piece, in_title=first <= index < last)._replace(text=printed[id(piece)])
        for index, piece in enumerate(trimmed.pieces)
    ]
    document = ReadDocument(
        text="".join(f"{piece.text}\n" for piece in shaped),
        sha256=hashlib.sha256(content).hexdigest(),
        format=kind,
        file=name,
        title=title,
        publish_date=parsed.publish_date or trimmed.publish_date,
        publish_words=parsed.publish_words if parsed.publish_date else trimmed.publish_words,
        column=parsed.column or trimmed.column,
        source=parsed.source or source_of(around),
        blocks=tuple(_blocks(shaped, last)),
    )
    issues = [*_mislabelled(name, kind), *parsed.issues, *_doubts(shaped, name)]
    if read_as is not pieces:
        issues.append(issue(IssueCode.DOCUMENT_TRADITIONAL, name))
    return DocumentIntake(document, tuple(issues))


def _in_simplified(pieces: list[Piece]) -> list[Piece]:
    """Return pieces in traditional characters as simplified ones of the same length."""
    if not is_traditional("\n".join(piece.text for piece in pieces)):
        return pieces
    return [piece._replace(text=simplified(piece.text)) for piece in pieces]


def _cleaned(piece: Piece) -> Piece:
    text = clean(piece.text)
    flags = piece.flags | {BlockFlag.DAMAGED} if is_damaged(text) else piece.flags
    return piece._replace(text=text, flags=flags)


def _headed(piece: Piece, *, in_title: bool) -> Piece:
    if piece.kind is not BlockKind.PARAGRAPH or piece.flags:
        return piece
    is_head = in_title or is_heading(piece.text, piece.number)
    return piece._replace(kind=BlockKind.HEADING) if is_head else piece


def _joined(pieces: Iterable[Piece]) -> str:
    title = ""
    for piece in pieces:
        title = join(title, piece.text)
    return title


def _blocks(pieces: Iterable[Piece], title_end: int) -> Iterable[Block]:
    start = 0
    above: list[tuple[int, int]] = []
    for index, piece in enumerate(pieces):
        end = start + len(piece.text)
        level = heading_level(piece.text, piece.number)
        is_head = piece.kind is BlockKind.HEADING and index >= title_end
        if is_head:
            above = [one for one in above if one[0] < level]
        path = () if piece.kind is BlockKind.NOTE else tuple(at for _, at in above)
        if is_head:
            above.append((level, index))
        yield Block(
            index=index,
            kind=piece.kind,
            start=start,
            end=end,
            page=piece.page,
            number=piece.number,
            cell=piece.cell,
            section=path,
            flags=tuple(sorted(piece.flags, key=_FLAG_ORDER.index)) if piece.flags else (),
        )
        start = end + 1


def _mislabelled(name: str, kind: Format) -> tuple[Issue, ...]:
    promised = expected(name)
    if promised is None or promised == kind:
        return ()
    found = f"扩展名是{_FORMAT_NAMES[promised]}，内容是{_FORMAT_NAMES[kind]}"
    return (issue(IssueCode.DOCUMENT_MISLABELLED, name, found=found),)


def _doubts(pieces: list[Piece], name: str) -> Iterable[Issue]:
    damaged = [index for index, piece in enumerate(pieces) if BlockFlag.DAMAGED in piece.flags]
    if damaged:
        text = pieces[damaged[0]].text
        at = max(0, text.find("\ufffd") - 10)
        yield issue(
            IssueCode.DOCUMENT_DAMAGED, name, place=_places(damaged), found=text[at : at + 21]
        )
    for flag, label in _MARKS.items():
        marked = [index for index, piece in enumerate(pieces) if flag in piece.flags]
        if marked:
            yield issue(IssueCode.DOCUMENT_MARKED, name, place=_places(marked), found=label)


def _places(indexes: list[int]) -> str:
    shown = "、".join(str(index + 1) for index in indexes[:5])
    return f"第{shown}段" + ("等" if len(indexes) > 5 else "")
