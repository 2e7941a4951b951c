"""Who signed a document and when: the last lines, or a line that holds both."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from assessor.reading.compliance.rules import words
from assessor.reading.normal import normalise
from schemas.reading import Block, BlockKind, ReadDocument

_TAIL = 8
_LONGEST = 60


class Signature(NamedTuple):
    """The signature of a document; spans are offsets into its text."""

    bodies: tuple[str, ...] = ()
    body_span: tuple[int, int] | None = None
    day: date | None = None
    day_span: tuple[int, int] | None = None
    blocks: tuple[int, ...] = ()
    """Blocks that hold nothing but the signature."""

    @property
    def span(self) -> tuple[int, int] | None:
        """Return the span from the first body to the day."""
        spans = [one for one in (self.body_span, self.day_span) if one is not None]
        return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else None


def find_signature(document: ReadDocument) -> Signature:
    """Return the signature at the end of a document; empty parts for what is missing."""
    found = Signature(day=document.signed_date)
    printed = [block for block in document.blocks if block.kind is not BlockKind.NOTE]
    for block in reversed(printed[-_TAIL:]):
        text = normalise(document.text[block.start : block.end]).text.strip()
        if not text or words("attachment").match(text):
            continue
        if not _may_sign(block, text):
            break
        day = words("signed_day").search(text)
        body = text[: day.start()] if day else text
        if day and found.day_span is None:
            found = found._replace(
                day=found.day or _day_of(day.group()), day_span=(block.start, block.end)
            )
        body = words("seal").sub("", body).strip()
        if not body and day:
            found = found._replace(blocks=(*found.blocks, block.index))
        elif words("signing_body").fullmatch(body):
            found = found._replace(
                bodies=(body, *found.bodies),
                body_span=(block.start, (found.body_span or (0, block.end))[1]),
                blocks=(*found.blocks, block.index),
            )
        elif not day:
            break
    return found


def _may_sign(block: Block, text: str) -> bool:
    is_line = 0 < len(text) <= _LONGEST and "。" not in text and block.cell is None
    is_head = block.kind is BlockKind.HEADING and not words("signed_day").search(text)
    return is_line and not (is_head and words("heading").match(text))


def _day_of(text: str) -> date | None:
    numbers = words("day_parts").match(text)
    if numbers is None:
        return None
    try:
        return date(*(int(part) for part in numbers.groups()))
    except ValueError:
        return None
