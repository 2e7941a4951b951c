"""Which patterns can match a text at all, told from the characters they cannot do without."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import add

_REPEAT = re.compile(r"\{(\d+)(?:,\d*)?\}|[?*+]")
_LOOK = ("(?!", "(?=", "(?<!", "(?<=")

Needed = frozenset[str] | None
"""Strings one of which every matching text holds; None when that cannot be told."""


class GramIndex:
    """Patterns by one or two characters they need: few of many are worth trying on a text."""

    def __init__(self, patterns: Sequence[Iterable[str]]) -> None:
        """Take the alternative patterns of each thing that is looked for."""
        ones: defaultdict[str, set[int]] = defaultdict(set)
        twos: defaultdict[str, set[int]] = defaultdict(set)
        always: set[int] = set()
        for number, alternatives in enumerate(patterns):
            for pattern in alternatives:
                needed = needed_by(pattern)
                if needed is None:
                    always.add(number)
                    continue
                for one in needed:
                    (twos if len(one) > 1 else ones)[one[:2]].add(number)
        self._found = {key: frozenset(found) for key, found in (ones | twos).items()}
        self._keys = frozenset(self._found)
        self._always = frozenset(always)

    def within(self, text: str) -> set[int]:
        """Return the numbers of the things that may be found in a text."""
        keys = self._keys.intersection(chain(text, map(add, text, text[1:])))
        return set(self._always).union(*map(self._found.__getitem__, keys))


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
    choices = [one for one in (*choices, frozenset((run,))) if "" not in one]
    best = max(choices, key=lambda one: (min(2, *map(len, one), 2), -len(one)), default=None)
    return best, at


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
