"""Which patterns can match a text at all, told from the characters they cannot do without."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import chain
from operator import add, and_

_REPEAT = re.compile(r"\{(\d+)(?:,\d*)?\}|[?*+]")
_LOOK = ("(?!", "(?=", "(?<!", "(?<=")

_KEY = 2
"""Characters of a key of the index."""
_CHOICES = 2
"""Choices of a pattern that are looked at; more would spare few vain trials."""
_String = tuple[str, tuple[tuple[int, int], ...]]
"""A needed string, and by place of the choice the patterns it is a choice of."""

Needed = frozenset[str] | None
"""Strings one of which every matching text holds; None when that cannot be told."""


class GramIndex:
    """Patterns by characters they need: few of many are worth trying on a text.

    Which patterns a text may hold is told as a mask: bit n stands for pattern n.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        """Take the pattern of each thing that is looked for."""
        every = (1 << len(patterns)) - 1
        masks: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        lacking = [every] * _CHOICES
        """By place of a choice: the patterns that have no such choice."""
        for number, pattern in enumerate(patterns):
            for place, choice in enumerate(_most_telling(pattern)):
                lacking[place] &= ~(1 << number)
                for one in choice:
                    masks[one][place] |= 1 << number
        by_key: defaultdict[str, list[_String]] = defaultdict(list)
        for one, key in _keys(masks).items():
            by_key[key].append((one, tuple(masks[one].items())))
        self._lacking = tuple(lacking)
        self._strings = {key: tuple(found) for key, found in by_key.items()}
        self._keys = frozenset(by_key)

    def mask(self, text: str) -> int:
        """Return the patterns a text may match: it holds a string of two choices of theirs."""
        found = list(self._lacking)
        for key in self._keys.intersection(chain(text, map(add, text, text[1:]))):
            for one, masks in self._strings[key]:
                if one == key or one in text:
                    for place, mask in masks:
                        found[place] |= mask
        return reduce(and_, found)

    def within(self, text: str) -> list[int]:
        """Return the numbers of the patterns a text may match, ascending."""
        return numbers_in(self.mask(text))


def _most_telling(pattern: str) -> list[frozenset[str]]:
    """Return the choices of a pattern whose strings are longest and fewest."""
    choices = all_needed_by(pattern)
    return sorted(choices, key=lambda one: (-min(map(len, one)), len(one)))[:_CHOICES]


def _keys(strings: Iterable[str]) -> dict[str, str]:
    """Return for each string its pair of characters that the fewest strings share."""
    pairs = {one: [one[at : at + _KEY] for at in range(max(len(one) - 1, 1))] for one in strings}
    shares = Counter(pair for found in pairs.values() for pair in found)
    return {one: min(found, key=lambda pair: shares[pair]) for one, found in pairs.items()}


def numbers_in(mask: int) -> list[int]:
    """Return the bits that are set, ascending."""
    found: list[int] = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found


def alternatives(pattern: str) -> list[str]:
    """Return the alternatives a pattern consists of; the pattern itself when it has none."""
    found: list[str] = []
    start = at = 0
    while at < len(pattern):
        if pattern[at] == "|":
            found.append(pattern[start:at])
            start = at = at + 1
        else:
            _, _, at = _atom(pattern, at)
    return [*found, pattern[start:]]


def all_needed_by(pattern: str) -> tuple[frozenset[str], ...]:
    """Return sets of strings; every text the pattern matches holds one string of each set."""
    choices, end = _choices(pattern, 0)
    if end == len(pattern):
        return tuple(choices)
    needed = needed_by(pattern)
    return () if needed is None else (needed,)


def needed_by(pattern: str) -> Needed:
    """Return strings one of which stands in every text the pattern matches."""
    needed, end = _branches(pattern, 0)
    return needed if end == len(pattern) else None


def _branches(pattern: str, at: int) -> tuple[Needed, int]:
    """Read alternatives up to a closing parenthesis or the end."""
    found: set[str] = set()
    unknown = False
    while True:
        needed, at = _sequence(pattern, at)
        if needed is None:
            unknown = True
        else:
            found |= needed
        if at >= len(pattern) or pattern[at] != "|":
            return (None if unknown else frozenset(found)), at
        at += 1


def _sequence(pattern: str, at: int) -> tuple[Needed, int]:
    """Read up to the next alternative; of what it needs, the set that is told best."""
    choices, at = _choices(pattern, at)
    best = max(choices, key=lambda one: (min(2, *map(len, one), 2), -len(one)), default=None)
    return best, at


def _choices(pattern: str, at: int) -> tuple[list[frozenset[str]], int]:
    choices: list[frozenset[str]] = []
    run = ""
    while at < len(pattern) and pattern[at] not in "|)":
        literal, needed, after = _atom(pattern, at)
        repeat = _REPEAT.match(pattern, after)
        optional = repeat is not None and (repeat.group() in "?*" or repeat.group(1) == "0")
        if literal and repeat is None:
            run += literal
        else:
            choices.append(frozenset((run,)))
            run = ""
            needed = frozenset((literal,)) if literal else needed
            if needed is not None and not optional:
                choices.append(needed)
        at = after if repeat is None else repeat.end()
    return [one for one in (*choices, frozenset((run,))) if "" not in one], at


def _atom(pattern: str, at: int) -> tuple[str, Needed, int]:
    """Return a literal character, or what a group needs, and where it ends."""
    character = pattern[at]
    if character == "\\":
        escaped = pattern[at + 1]
        return ("" if escaped.isalnum() else escaped), None, at + 2
    if character == "[":
        return "", None, _class_end(pattern, at)
    if character == "(":
        look = pattern.startswith(_LOOK, at)
        start = at + (2 if pattern.startswith("(?", at) else 0) + 1
        if pattern.startswith(("(?<!", "(?<="), at):
            start += 1
        needed, end = _branches(pattern, start)
        return "", (None if look else needed), end + 1
    return ("" if character in ".^$" else character), None, at + 1


def _class_end(pattern: str, at: int) -> int:
    end = at + 2 if pattern[at + 1] == "^" else at + 1
    end += 1
    while pattern[end] != "]":
        end += 2 if pattern[end] == "\\" else 1
    return end + 1
