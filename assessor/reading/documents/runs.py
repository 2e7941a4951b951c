"""Collects the text of one paragraph; struck and hidden words never touch the rest."""

from __future__ import annotations

import re

from assessor.reading.documents.characters import clean, collapse
from assessor.reading.documents.pieces import NO_FLAGS, Flags, Piece
from schemas.reading import BlockFlag, BlockKind

_NOTE_MARK = re.compile(r"[\[［【(（\u3014]?\s*\d{1,3}\s*[\]］】)）\u3015]?")


_LENGTHS = "m米里"
_SQUARED = str.maketrans("23", "²³")


class Runs:
    """The runs of a paragraph in the making."""

    def __init__(self) -> None:
        self.apart: list[str] = []
        """In a table cell: words kept apart, of all paragraphs."""
        self._parts: list[str] = []
        self._aside: dict[BlockFlag, list[str]] = {}
        self._flags: set[BlockFlag] = set()

    def add(self, text: str, apart: BlockFlag | None = None) -> None:
        """Add text; with `apart` it is kept away from the paragraph and marks it."""
        if apart is None:
            self._parts.append(text)
        elif text.strip():
            self._aside.setdefault(apart, []).append(text)

    def mark(self, flag: BlockFlag) -> None:
        """Mark the paragraph as doubtful."""
        self._flags.add(flag)

    def add_raised(self, text: str) -> None:
        """Add superscript text unless it is the mark of a note: `[1]`, or a digit after one."""
        before = self._last()
        stripped = text.strip()
        if stripped in {"2", "3"} and before and before in _LENGTHS:
            self._parts.append(stripped.translate(_SQUARED))
            return
        if _NOTE_MARK.fullmatch(stripped) and (not stripped.isdigit() or before.isdigit()):
            return
        self._parts.append(text)

    def take(
        self, kind: BlockKind = BlockKind.PARAGRAPH, number: str = "", flags: Flags = NO_FLAGS
    ) -> list[Piece]:
        """Return what was collected and start anew; words kept apart follow as own pieces."""
        if not (self._parts or self._aside):
            self._flags = set()
            return []
        text, aside = self._text(), self._aside
        marks = flags | self._flags
        self._parts, self._aside, self._flags = [], {}, set()
        found: list[Piece] = []
        if text:
            found.append(Piece(text, kind, None, number, None, marks | set(aside)))
        for flag, parts in aside.items():
            rest = clean(collapse("".join(parts)))
            if rest:
                whole = number if not text else ""
                found.append(Piece(rest, BlockKind.PARAGRAPH, None, whole, None, marks | {flag}))
        return found

    def take_main(self) -> tuple[str, Flags]:
        """Return the paragraph's text and flags; what was kept apart is added to `apart`."""
        text, marks = self._text(), frozenset(self._flags | set(self._aside))
        self.apart += [clean(collapse("".join(parts))) for parts in self._aside.values()]
        self._parts, self._aside, self._flags = [], {}, set()
        return text, marks

    def _text(self) -> str:
        return clean(collapse("".join(self._parts)))

    def _last(self) -> str:
        for part in reversed(self._parts):
            if part.strip():
                return part.rstrip()[-1]
        return ""
