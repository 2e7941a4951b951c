"""Sentences and clauses of a normalised block, with parentheses kept apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

MAX_CLAUSE = 240
"""Longest stretch searched for a name, in characters; keeps time linear on hostile text."""
MAX_SENTENCE = 600
_MAX_NEST = 20
_SENTENCE_END = "。!?\n"
_CLAUSE_END = ",;:，；：" + _SENTENCE_END
_MARK = re.compile(f"[(){_CLAUSE_END}]")
_ENDING = re.compile(r"[。!?\n]")
_PAREN = re.compile(r"\([^()]{0,200}\)")
_SHORT_PAREN = re.compile(r"\([^()0-9、,]{1,4}\)")
"""Part of a name, as in 村(居), not a remark on it."""


class Clause(NamedTuple):
    """A stretch between commas, or inside one pair of parentheses; end exclusive."""

    start: int
    end: int
    sentence: int
    """Start of its sentence."""
    host: int
    """Start of the clause a parenthesis hangs on; -1 outside parentheses."""


class Clauses:
    """All clauses of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.clauses = _split(text)
        self._starts = [clause.start for clause in self.clauses]

    def index_at(self, position: int) -> int:
        """Return the index of the clause that holds a position."""
        last = bisect_right(self._starts, position) - 1
        for index in range(last, max(last - _MAX_NEST, -1), -1):
            if position < self.clauses[index].end:
                return index
        return max(last, 0)

    def sentence_end(self, start: int) -> int:
        """Return where the sentence from `start` ends, exclusive, after MAX_SENTENCE at most."""
        found = _ENDING.search(self.text, start, start + MAX_SENTENCE)
        return min(start + MAX_SENTENCE, len(self.text)) if found is None else found.start()


def flat(text: str) -> str:
    """Return a text without its closed parentheses, short ones that belong to a name kept."""
    return _PAREN.sub(_kept, text) if "(" in text else text


def _kept(found: re.Match[str]) -> str:
    return found.group() if _SHORT_PAREN.fullmatch(found.group()) else ""


def _is_thousands(text: str, index: int) -> bool:
    """Return whether a comma groups the digits of a number: 1,816件."""
    return (
        text[index] == ","
        and text[max(index - 1, 0)].isdigit()
        and index + 4 <= len(text)
        and text[index + 1 : index + 4].isdigit()
        and not text[index + 4 : index + 5].isdigit()
    )


def _split(text: str) -> list[Clause]:
    found: list[Clause] = []
    start = sentence = 0
    opened: list[int] = []
    """Starts of the clauses that wait for their parenthesis to close."""
    for mark in _MARK.finditer(text):
        index, character = mark.start(), mark.group()
        if character == "(":
            opened.append(start)
            start = index + 1
        elif character == ")" and opened:
            host = opened.pop()
            found.append(Clause(start, index, sentence, host))
            start = host
        elif character in _SENTENCE_END or (
            character in _CLAUSE_END and not opened and not _is_thousands(text, index)
        ):
            begin = opened[0] if opened else start
            opened.clear()
            found.append(Clause(begin, index, sentence, -1))
            start = index + 1
            sentence = start if character in _SENTENCE_END else sentence
        elif character in _CLAUSE_END and not _is_thousands(text, index):
            found.append(Clause(start, index, sentence, opened[-1]))
            start = index + 1
    if start < len(text) or opened:
        found.append(Clause(opened[0] if opened else start, len(text), sentence, -1))
    return sorted(found)
