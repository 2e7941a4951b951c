"""From a number to the quantity it gives: unit gate, name in the clause, topic, ambiguity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assessor.reading.lexicon import Lexicon
from assessor.reading.linking.breakdown import Breakdown
from assessor.reading.linking.changes import Changes, names_change
from assessor.reading.linking.lists import Lists
from assessor.reading.linking.matching import Matcher, is_tie, shared_names
from assessor.reading.linking.names import Match
from assessor.reading.linking.parts import worth_keeping
from assessor.reading.linking.places import Place, places_of
from assessor.reading.linking.similar import Beside, Similar

__all__ = [
    "Linker",
    "Match",
    "Place",
    "is_tie",
    "names_change",
    "places_of",
    "shared_names",
    "worth_keeping",
]

_NOUN = re.compile(r"[^,、;:。()的\s]")


class Named(NamedTuple):
    """What the words around the numbers of a block name."""

    linked: list[tuple[Match, ...]]
    sizes: set[int]
    """Numbers that say how much another one changed or which share of it they are."""

    def beside(self, index: int) -> Beside:
        """Return the names of the numbers before and behind one."""
        first, last = (
            self.linked[at][0].term.entry.label
            if 0 <= at < len(self.linked) and self.linked[at]
            else ""
            for at in (index - 1, index + 1)
        )
        return Beside(first, last)


class Linker:
    """Links the numbers of a document block by block: lists may leave out their noun."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._matcher = Matcher(lexicon)
        self._changes = Changes(self._matcher)
        self._lists = Lists(self._matcher)
        self._breakdown = Breakdown(self._matcher)
        self._similar = Similar(lexicon)

    def link(self, places: Sequence[Place]) -> list[tuple[Match, ...]]:
        """Return the possible terms of every number, best first; empty when none fits."""
        named = self.named(places)
        linked = list(named.linked)
        for index, place in enumerate(places):
            if not linked[index] and index not in named.sizes:
                linked[index] = self._similar.suggest(place, named.beside(index))
        return linked

    def named(self, places: Sequence[Place]) -> Named:
        """Return what the words around the numbers name, without suggestions."""
        linked: list[tuple[Match, ...]] = []
        sizes: set[int] = set()
        for index, place in enumerate(places):
            derived = self._changes.link(places, linked, index)
            if derived is not None:
                sizes.add(index)
                linked.append(derived)
                continue
            matches = self._own(place)
            if index and not matches:
                matches = self._inherited(places, linked, index)
            linked.append(matches or self._of_list(place))
        self._lists.trail(places, linked)
        self._lists.pair(places, linked)
        self._changes.pair(places, linked)
        before = list(linked)
        self._breakdown.name_parts(places, linked)
        self._changes.follow(places, linked, before)
        return Named(linked, sizes)

    def _own(self, place: Place) -> tuple[Match, ...]:
        """Return the terms named around a number; what follows goes before another clause."""
        if place.opens and _NOUN.match(place.right):
            found = self._matcher.direct(place._replace(own_left=""))
            if found:
                return found
        return self._matcher.direct(place)

    def _inherited(
        self, places: Sequence[Place], linked: Sequence[tuple[Match, ...]], index: int
    ) -> tuple[Match, ...]:
        """Return the terms a number takes over from its list, in the order of trust."""
        place, previous, before = places[index], places[index - 1], linked[index - 1]
        if place.wide_left != place.own_left:
            taken = {match.term.entry.id for match in before[:1]}
            wide = self._matcher.direct(place._replace(own_left=place.wide_left))
            found = tuple(match for match in wide if match.term.entry.id not in taken)
            if found:
                return found
        if not before:
            return self._lists.unused(place, previous)
        return (
            self._lists.elided(place, previous, before)
            or self._lists.companion(place, previous, before)
            or self._lists.kind(places, linked, index)
        )

    def _of_list(self, place: Place) -> tuple[Match, ...]:
        """Name a list member by what the list's end says of all: 2个集体、5名个人受表彰."""
        if not place.tail:
            return ()
        found = self._matcher.direct(place._replace(own_left="", right=place.tail))
        return tuple(match._replace(score=match.score - 10) for match in found)
