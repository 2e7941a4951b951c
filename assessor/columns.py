"""Plain-text tables whose columns line up although Chinese characters are two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

GAP = "  "


def width(text: str) -> int:
    """Return how many terminal columns a text takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def table(rows: Iterable[Sequence[str]], head: Sequence[str] = ()) -> str:
    """Return rows as aligned lines; the last column is never padded."""
    body = [list(row) for row in rows]
    lines = [list(head), *body] if head else body
    if not lines:
        return ""
    sizes = [max(width(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join(_line(line, sizes) for line in lines)


def _line(cells: Sequence[str], sizes: Sequence[int]) -> str:
    padded = [
        cell + " " * (size - width(cell)) for cell, size in zip(cells[:-1], sizes, strict=False)
    ]
    return GAP.join((*padded, cells[-1])).rstrip()
