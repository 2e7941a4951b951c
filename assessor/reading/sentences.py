"""The sentences of a document, normalised once for all that reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from assessor.reading.normal import Normal, normalise
from schemas.reading import Block, ReadDocument

_SENTENCE = re.compile(r"[^。!?\n;]{4,600}")
"""A sentence, or a part of one between semicolons."""


class Sentence(NamedTuple):
    """One sentence of a block."""

    text: str
    """Normalised."""
    start: int
    """Offset in the block's normalised text."""
    block: Block
    normal: Normal

    def raw_span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Return where it, or a stretch of it, stands in the document's text, end exclusive."""
        stop = len(self.text) if end is None else end
        first, last = self.normal.raw_span(self.start + start, self.start + stop)
        return self.block.start + first, self.block.start + last


def normals_of(document: ReadDocument) -> tuple[Normal, ...]:
    """Return the normalised text of every block."""
    return tuple(normalise(document.text[block.start : block.end]) for block in document.blocks)


def sentences_of(document: ReadDocument, normals: Iterable[Normal]) -> tuple[Sentence, ...]:
    """Return all sentences in reading order.

    Args:
        document: text and blocks.
        normals: the normalised text of every block.
    """
    return tuple(
        Sentence(found.group(), found.start(), block, normal)
        for block, normal in zip(document.blocks, normals, strict=True)
        for found in _SENTENCE.finditer(normal.text)
    )
