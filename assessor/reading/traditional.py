"""Texts in traditional characters, read through their simplified shape of the same length."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from schemas.reading import Discarded, ReadDocument, Reading, Section

FILE = "traditional.txt"
_LEAST = 12
_SHARE = 0.05
_BASIC = 0xFFFF
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
_BOTH = "乾夥後徵摺於麼么"
"""Belong to simplified writing too, in names and old words, so they tell nothing."""


class _Table(NamedTuple):
    mapping: dict[int, str]
    telling: re.Pattern[str]
    """One traditional character; those beyond the basic plane are too rare to tell anything."""


@cache
def _table() -> _Table:
    raw = files("assessor.reading").joinpath(FILE).read_text(encoding="utf-8")
    pairs = "".join(line for line in raw.splitlines() if not line.startswith("#"))
    mapping = {ord(old): new for old, new in zip(pairs[::2], pairs[1::2], strict=True)}
    telling = "".join(chr(code) for code in mapping if code <= _BASIC and chr(code) not in _BOTH)
    return _Table(mapping, re.compile(f"[{telling}]"))


def is_traditional(text: str) -> bool:
    """Say whether a text is in traditional characters; some old names in a text are not enough."""
    telling = _table().telling
    count = len(telling.findall(text))
    return count >= _LEAST and count >= _SHARE * len(_IDEOGRAPH.findall(text))


def simplified(text: str) -> str:
    """Return a text with every traditional character changed to one simplified character."""
    return text.translate(_table().mapping)


def as_simplified(document: ReadDocument) -> ReadDocument:
    """Return a document in traditional characters as a simplified one with the same offsets."""
    if not is_traditional(document.text):
        return document
    return document.model_copy(
        update={"text": simplified(document.text), "title": simplified(document.title)}
    )


def as_printed(reading: Reading, printed: ReadDocument) -> Reading:
    """Return a reading of the simplified shape with every quote as it was printed."""
    text = printed.text
    if text == reading.document.text:
        return reading
    figures = tuple(
        one.model_copy(
            update={
                "quote": text[one.start : one.end],
                "number_text": _same(one.number_text, reading, text, one.number_start),
            }
        )
        for one in reading.figures
    )
    return reading.model_copy(
        update={
            "document": reading.document.model_copy(update={"text": text}),
            "figures": figures,
            "discarded": tuple(_quoted(one, text) for one in reading.discarded),
            "statements": tuple(
                one.model_copy(update={"quote": text[one.start : one.end]})
                for one in reading.statements
            ),
            "compliance": tuple(
                one
                if one.start is None or one.end is None
                else one.model_copy(update={"quote": text[one.start : one.end]})
                for one in reading.compliance
            ),
            "sections": tuple(_headed(one, reading, text) for one in reading.sections),
        }
    )


def _quoted(one: Discarded, text: str) -> Discarded:
    return one.model_copy(update={"quote": text[one.start : one.end]})


def _same(part: str, reading: Reading, text: str, start: int) -> str:
    """Return what was printed for a part of the simplified text; the part itself if it differs."""
    end = start + len(part)
    return text[start:end] if reading.document.text[start:end] == part else part


def _headed(section: Section, reading: Reading, text: str) -> Section:
    block = reading.document.blocks[section.first_block]
    start = reading.document.text.find(section.heading, block.start, block.end)
    if not section.heading or start < 0:
        return section
    return section.model_copy(update={"heading": text[start : start + len(section.heading)]})
