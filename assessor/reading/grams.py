"""Which patterns can match a text at all, told from the characters they cannot do without."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import add

_REPEAT = re.compile(r"\{(\d+)(?:,\d*)?\}|[?*+]")
_LOOK = ("(?!", "(?=", "(?<!", "(?<=")

_KEY = 2
"""Characters of a key of the index."""
_FEW = 80
"""Keys that are looked for one by one; more are told from the pairs of the text."""
_SINGLE = 10
"""How much commoner a single character is taken to be."""

Needed = frozenset[str] | None
"""Strings one of which every matching text holds; None when that cannot be told."""


class GramIndex:
    """Patterns by characters they need: few of many are worth trying on a text."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """Take the pattern of each thing that is looked for."""
        all_needed = [all_needed_by(pattern) for pattern in patterns]
        shares: Counter[str] = Counter(
            one[:2] for needed in all_needed for choice in needed for one in choice
        )
        found: defaultdict[str, set[int]] = defaultdict(set)
        self._rest: list[tuple[tuple[str, ...], ...]] = []
        for number, needed in enumerate(all_needed):
            key = min(needed, key=lambda one: _commonness(one, shares), default=None)
            for one in key or ("",):
                found[one[:2]].add(number)
            self._rest.append(
                tuple(
                    tuple(choice)
                    for choice in needed
                    if choice is not key or any(len(one) > _KEY for one in choice)
                )
            )
        self._always = frozenset(found.pop("", ()))
        self._found = {key: frozenset(numbers) for key, numbers in found.items()}
        self._keys = frozenset(self._found)

    def only(self, numbers: frozenset[int]) -> GramIndex:
        """Return an index of some of the things, under the same numbers."""
        part = GramIndex(())
        part._rest = self._rest
        part._always = self._always & numbers
        pairs = ((key, found & numbers) for key, found in self._found.items())
        part._found = {key: found for key, found in pairs if found}
        part._keys = frozenset(part._found)
        return part

    def within(self, text: str) -> list[int]:
        """Return the numbers of the things that may be found in a text, ascending."""
        return [number for number in self.keyed(text) if self.may_hold(number, text)]

    def keyed(self, text: str) -> list[int]:
        """Return the numbers of the things whose keys stand in a text, ascending."""
        keys: Iterable[str] = (
            [key for key in self._keys if key in text]
            if len(self._keys) <= _FEW
            else self._keys.intersection(chain(text, map(add, text, text[1:])))
        )
        return sorted(self._always.union(*map(self._found.__getitem__, keys)))

    def may_hold(self, number: int, text: str) -> bool:
        """Return whether a text holds all that a thing needs beside its key."""
        for choice in self._rest[number]:
            for one in choice:
                if one in text:
                    break
            else:
                return False
        return True


def _commonness(choice: frozenset[str], shares: Counter[str]) -> int:
    """Return how many patterns share the keys of a choice: the fewer, the better a key it is."""
    return sum(shares[one[:2]] * (1 if len(one) >= _KEY else _SINGLE) for one in choice)


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
