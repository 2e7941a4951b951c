"""What sentences may speak of beside figures, as data: qualitative items, and claims of all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from assessor.reading.grams import GramIndex, alternatives
from assessor.reading.polarity import role_after
from assessor.reading.sections import Roles
from assessor.reading.sentences import Sentence
from schemas.reading import SectionRole
from scoring.yaml_strict import parse_yaml


class Matter(NamedTuple):
    """How reports speak of one qualitative item."""

    item: str
    find: re.Pattern[str]
    fact: re.Pattern[str] | None
    never: re.Pattern[str] | None
    other: re.Pattern[str] | None
    """Clauses with this speak of something else."""
    named: re.Pattern[str] | None
    """What names a measure of this matter, besides the words that name any."""
    own: re.Pattern[str] | None
    """Labels of the figures that belong to it, besides those that name it."""
    may_end: bool
    """Giving it up is what is wanted."""
    moves: bool
    """Its very work is to demand and to push."""


class Claim(NamedTuple):
    """How reports claim 100 % of a rate."""

    item: str
    find: re.Pattern[str]


class Spoken(NamedTuple):
    """A sentence, what its part of the report is about, and what it may speak of."""

    sentence: Sentence
    role: SectionRole
    matters: Sequence[Matter]
    claims: Sequence[Claim]


@cache
def matters() -> tuple[Matter, ...]:
    """Return the patterns of all qualitative items."""
    return tuple(_matter(row) for row in _rows("statements.yaml"))


@cache
def claims() -> tuple[Claim, ...]:
    """Return the patterns of all rates that words may claim."""
    return tuple(Claim(row["item"], re.compile(row["find"])) for row in _rows("claims.yaml"))


def _rows(name: str) -> Iterable[Mapping[str, Any]]:
    path = Path(str(files("assessor.reading") / name))
    document: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    rows: Iterable[Mapping[str, Any]] = document["items"]
    return rows


def _matter(row: Mapping[str, Any]) -> Matter:
    def pattern(key: str) -> re.Pattern[str] | None:
        return re.compile(row[key]) if key in row else None

    return Matter(
        row["item"],
        re.compile(row["find"]),
        pattern("fact"),
        pattern("never"),
        pattern("other"),
        pattern("named"),
        pattern("own"),
        may_end=bool(row.get("may_end", False)),
        moves=bool(row.get("moves", False)),
    )


class _Index:
    """All ways to speak of a matter or a claim, each needing strings of its own."""

    def __init__(self) -> None:
        finders = [*(one.find for one in matters()), *(one.find for one in claims())]
        ways = [
            (way, number)
            for number, finder in enumerate(finders)
            for way in alternatives(finder.pattern)
        ]
        self._strings = GramIndex([way for way, _ in ways])
        self._numbers = [number for _, number in ways]

    def within(self, text: str) -> list[int]:
        """Return the matters, and behind them the claims, that a sentence may speak of."""
        return sorted({self._numbers[way] for way in self._strings.within(text)})


@cache
def _index() -> _Index:
    return _Index()


def spoken_in(sentences: Iterable[Sentence], roles: Roles) -> Iterator[Spoken]:
    """Yield each sentence that may speak of a matter or claim all of a rate, in reading order.

    A paragraph may turn to shortcomings or plans; its later sentences follow.
    """
    block, role = -1, SectionRole.OTHER
    count = len(matters())
    for sentence in sentences:
        if sentence.block.index != block:
            block = sentence.block.index
            role = roles.of_block[block]
        if block in roles.turns and sentence.raw_span()[0] >= roles.turns[block]:
            role = SectionRole.NEXT_YEAR
        role = role_after(sentence.text, role)
        numbers = _index().within(sentence.text)
        if numbers:
            found = [matters()[number] for number in numbers if number < count]
            claimed = [claims()[number - count] for number in numbers if number >= count]
            yield Spoken(sentence, role, found, claimed)
