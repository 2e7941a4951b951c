"""What each part of a report is about: its role decides the status of its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from assessor.reading.headings import plans_begin
from assessor.reading.mapping import CharacterMap
from assessor.reading.walking import Walker
from schemas.reading import BlockKind, ReadDocument, Section, SectionRole

_WIDE = CharacterMap({0xFF10 + digit: str(digit) for digit in range(10)})
"""Full-width digits."""
_BLANK = re.compile(r"\s")
_GAP = re.compile(r"(?<=\d)\s{1,4}(?=年)|(?<=年)\s{1,4}(?=\d)")


class Roles(NamedTuple):
    """Sections, and the role of each block by its index."""

    sections: tuple[Section, ...]
    of_block: tuple[SectionRole, ...]
    headings: tuple[str, ...]
    """Heading above each block, empty for none."""
    turns: Mapping[int, int] = MappingProxyType({})
    """Where in the document's text a block turns to plans, by the block's index."""

    def at(self, block: int, position: int) -> SectionRole:
        """Return the role that holds at a position of the document's text."""
        turn = self.turns.get(block)
        is_behind = turn is not None and position >= turn
        return SectionRole.NEXT_YEAR if is_behind else self.of_block[block]


def find_roles(document: ReadDocument, year: int | None) -> Roles:
    """Return the role of every block.

    Args:
        document: with blocks; `text[start:end]` is a block's text.
        year: reporting year; a heading with a later year speaks of plans.
    """
    texts = [
        _ungapped(_WIDE.apply(block.number + document.text[block.start : block.end]))
        for block in document.blocks
    ]
    texts = [text.strip() for text in texts]
    walker = Walker(year, texts, document.title)
    for block, text in zip(document.blocks, texts, strict=True):
        walker.step(block, text)
    turns = MappingProxyType(dict(_turns(document, walker)))
    return Roles(_sections(walker), tuple(walker.roles), tuple(walker.headings), turns)


def _ungapped(text: str) -> str:
    """Return a text without the blanks beside the 年 of a year."""
    return _GAP.sub("", text) if _BLANK.search(text) else text


def _turns(document: ReadDocument, walker: Walker) -> Iterator[tuple[int, int]]:
    """Yield blocks that turn to plans behind their first sentence, and where."""
    for block, role in zip(document.blocks, walker.roles, strict=True):
        if block.kind is not BlockKind.PARAGRAPH or role is SectionRole.NEXT_YEAR:
            continue
        begin = plans_begin(document.text[block.start : block.end], walker.year)
        if begin is not None:
            yield block.index, block.start + begin


def _sections(walker: Walker) -> tuple[Section, ...]:
    """Return the runs of blocks with one role under one heading."""
    sections: list[Section] = []
    first = 0
    for (role, heading), run in groupby(zip(walker.roles, walker.headings, strict=True)):
        behind = first + sum(1 for _ in run)
        sections.append(
            Section(role=role, heading=heading, first_block=first, last_block=behind - 1)
        )
        first = behind
    return tuple(sections)


def blocks_of(roles: Roles, wanted: SectionRole) -> Sequence[int]:
    """Return the indices of the blocks of a role."""
    return [index for index, role in enumerate(roles.of_block) if role is wanted]


def first_shortcoming(roles: Roles) -> int:
    """Return the first block on shortcomings, from where causes may be told; 0 without one."""
    return next(iter(blocks_of(roles, SectionRole.SHORTCOMINGS)), 0)
