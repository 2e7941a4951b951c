"""Table cells: what a number means stands in its row and column heads, not around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assessor.reading.normal import Normal, normalise
from assessor.reading.numbers import Mention, find_numbers
from schemas.reading import Block, BlockKind, ReadDocument

_UNIT = re.compile(r"\((?:单位:?)?([^()0-9]{1,6})\)|单位:([^()0-9\s]{1,6})")
_BARE_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_LONGEST = 80


class Headed(NamedTuple):
    """A cell's text behind its heads, as one clause."""

    text: str
    shift: int
    """Length of the heads: a position in `text` less this is one in the cell."""
    end: int
    """Where the cell's own text ends in `text`; a unit from a head follows it."""


class Tables:
    """The heads of every cell of a document."""

    def __init__(self, document: ReadDocument) -> None:
        self._texts: dict[tuple[int, int, int], str] = {}
        for block in document.blocks:
            if block.kind is BlockKind.CELL and block.cell is not None:
                place = (block.cell.table, block.cell.row, block.cell.column)
                text = normalise(document.text[block.start : block.end]).text.strip()
                self._texts[place] = (self._texts.get(place, "") + text)[:_LONGEST]
        self._numbers = {place: _has_number(text) for place, text in self._texts.items()}

    def headed(self, block: Block, normal: Normal) -> Headed | None:
        """Return a cell with a number behind its heads; None for heads and other blocks."""
        cell = block.cell
        if block.kind is not BlockKind.CELL or cell is None:
            return None
        place = (cell.table, cell.row, cell.column)
        if not self._numbers.get(place):
            return None
        above = [(cell.table, row, cell.column) for row in range(1, cell.row)]
        beside = [(cell.table, cell.row, column) for column in range(1, cell.column)]
        heads = [self._texts[p] for p in (*above, *beside) if not self._numbers.get(p, True)]
        unit = ""
        for head in reversed(heads):
            found = _UNIT.search(head)
            if found:
                unit = found.group(1) or found.group(2)
                break
        named = "".join(_UNIT.sub("", head) for head in heads)
        bare = _BARE_NUMBER.fullmatch(normal.text.strip())
        text = named + normal.text
        return Headed(text + unit if bare and unit else text, len(named), len(text))


def inside(headed: Headed, mentions: Sequence[Mention]) -> list[int]:
    """Return the indices of the mentions that stand in the cell itself."""
    return [i for i, one in enumerate(mentions) if one.number_start >= headed.shift]


def moved(mention: Mention, headed: Headed) -> Mention:
    """Return a mention with positions in the cell's own text."""
    shift = headed.shift
    return mention._replace(
        start=max(mention.start - shift, 0),
        end=min(mention.end, headed.end) - shift,
        number_start=mention.number_start - shift,
        number_end=min(mention.number_end, headed.end) - shift,
    )


def _has_number(text: str) -> bool:
    if _BARE_NUMBER.fullmatch(text):
        return True
    return bool(find_numbers(text).mentions)
