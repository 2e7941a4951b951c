"""Which names of quantities may stand in a stretch of text: few of thousands are worth trying."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from assessor.reading.edges import edges_of
from assessor.reading.grams import GramIndex, numbers_in


class Name(NamedTuple):
    """One way to name a term, and on which sides of a number it may stand."""

    term: int
    pattern: re.Pattern[str]
    is_before: bool
    is_behind: bool


class NameIndex:
    """The names of all terms, asked stretch by stretch. A mask has a bit for each name."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = tuple(names)
        self._before = self.mask_of(lambda name: name.is_before)
        self._behind = self.mask_of(lambda name: name.is_behind)
        patterns = [name.pattern.pattern for name in names]
        edges = [edges_of(pattern) for pattern in patterns]
        self._strings = GramIndex(patterns)
        self._first = _End([one.first for one in edges])
        self._last = _End([one.last for one in edges])

    def mask_of(self, wanted: Callable[[Name], bool]) -> int:
        """Return the mask of the names wanted."""
        return sum(1 << number for number, name in enumerate(self.names) if wanted(name))

    def before(self, text: str, allowed: int) -> Sequence[Name]:
        """Return the names for in front of a number that may stand in a stretch, in order."""
        return self._within(text, allowed & self._before) if text else ()

    def behind(self, text: str, allowed: int) -> Sequence[Name]:
        """Return the names for behind a number that may stand in a stretch, in order."""
        return self._within(text, allowed & self._behind) if text else ()

    def _within(self, text: str, allowed: int) -> list[Name]:
        mask = allowed & self._first.mask(text[0]) & self._last.mask(text[-1])
        return [self.names[number] for number in numbers_in(mask & self._strings.mask(text))]


class _End:
    """What names ask of the first or the last character of a stretch."""

    def __init__(self, asked: Sequence[frozenset[str] | None]) -> None:
        self._open = sum(1 << number for number, one in enumerate(asked) if one is None)
        self._masks: dict[str, int] = {}
        for number, characters in enumerate(asked):
            for one in characters or ():
                self._masks[one] = self._masks.get(one, self._open) | 1 << number

    def mask(self, character: str) -> int:
        return self._masks.get(character, self._open)
