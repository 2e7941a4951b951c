"""Links that mean nothing by themselves: look-alikes, and parts of a rate without the rest."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.reading.linking.names import Match
from assessor.reading.linking.places import Place

_NEAR = 200
"""Characters within which the figures of one rate stand."""
_SURE = 108
"""Least score of a name that takes over from a part without the rest."""


def worth_keeping(
    places: Sequence[Place], links: Sequence[tuple[Match, ...]]
) -> list[tuple[Match, ...]]:
    """Return the links without look-alikes and without parts that stand alone."""
    by_item: dict[str, list[int]] = {}
    for index, matches in enumerate(links):
        if matches and matches[0].term.entry.item is not None:
            by_item.setdefault(matches[0].term.entry.item, []).append(index)
    return [_kept(places, links, index, by_item) for index in range(len(links))]


def _kept(
    places: Sequence[Place],
    links: Sequence[tuple[Match, ...]],
    index: int,
    by_item: dict[str, list[int]],
) -> tuple[Match, ...]:
    """Return a number's terms, those in front left out that are parts without the rest."""
    for first, match in enumerate(links[index]):
        if match.term.entry.distractor or (first and match.score < _SURE):
            return ()
        if _is_whole(places, links, index, match, by_item):
            return links[index][first:]
    return ()


def _is_whole(
    places: Sequence[Place],
    links: Sequence[tuple[Match, ...]],
    index: int,
    match: Match,
    by_item: dict[str, list[int]],
) -> bool:
    """Return whether a term needs no other figure of its item, or has one nearby."""
    entry = match.term.entry
    if not entry.paired or entry.item is None:
        return True
    here = places[index].mention.start
    return any(
        links[other][0].term.entry.role != entry.role
        and abs(places[other].mention.start - here) <= _NEAR
        for other in by_item.get(entry.item, ())
    )
