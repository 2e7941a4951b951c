"""The numbers of one cell with their terms: the heads in the order that names most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assessor.reading.linking import Linker, Match, Place, places_of, worth_keeping
from assessor.reading.numbers import Discard, find_numbers
from assessor.reading.numbers.model import Why
from assessor.reading.tables.speaking import Headed, dropped, moved
from assessor.reading.zeros import find_zeros

_DIGITS = re.compile(r"\d{1,40}")
_SURE = 100
"""A name scoring so high is not looked for in another order of the heads."""

Linked = list[tuple[Place, tuple[Match, ...]]]


class _Reading(NamedTuple):
    linked: Linked
    discarded: list[Discard]
    score: int


def link_cell(
    linker: Linker, ways: Sequence[Headed], cell: str, heading: str
) -> tuple[Linked, Sequence[Discard]]:
    """Return a cell's numbers in their surroundings with their terms, and what is no figure.

    Args:
        linker: links numbers to terms.
        ways: the cell behind its heads, in every order worth trying.
        cell: its own text.
        heading: heading of the section.
    """
    best: _Reading | None = None
    for headed in ways:
        one = _read(linker, headed, heading)
        if best is None or one.score > best.score:
            best = one
        if best.score >= _SURE:
            break
    if best is None:
        return [], []
    return best.linked, [*best.discarded, *_left_over(cell, best)]


def _read(linker: Linker, headed: Headed, heading: str) -> _Reading:
    scan = find_numbers(headed.text)
    context = f"{heading}{headed.caption}"
    places = places_of(headed.text, scan.mentions, context)
    links = worth_keeping(places, linker.link(places))
    found = list(zip(places, links, strict=True))
    found += find_zeros(headed.text, linker.lexicon, context)
    found.sort(key=lambda one: one[0].mention.number_start)
    own = [
        (place._replace(mention=moved(place.mention, headed)), matches)
        for place, matches in found
        if place.mention.number_start >= headed.begin
    ]
    if headed.ranked:
        named = _named(linker, headed.ranked, context)
        own = [(place, matches or named) for place, matches in own]
    drops = [dropped(one, headed) for one in scan.discarded if one.end > headed.begin]
    score = max((matches[0].score for _, matches in own if matches), default=0)
    return _Reading(own, drops, score)


def _named(linker: Linker, name: str, heading: str) -> tuple[Match, ...]:
    """Return the terms of a name that a rank is of, whatever their unit."""
    text = f"{name}同比增长1%"
    places = places_of(text, find_numbers(text).mentions, heading)
    found = linker.link(places)[-1] if places else ()
    return tuple(one._replace(how="rank", start=-1) for one in found if one.how == "change")


def _left_over(cell: str, best: _Reading) -> Iterator[Discard]:
    """Yield the digits of a cell that came out as neither, so that no number is lost."""
    spans = [(place.mention.start, place.mention.end) for place, _ in best.linked]
    spans += [(one.start, one.end) for one in best.discarded]
    for found in _DIGITS.finditer(cell):
        if not any(start <= found.start() < end for start, end in spans):
            yield Discard(found.start(), found.end(), found.group(), Why.NO_UNIT)
