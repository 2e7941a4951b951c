"""Links that mean nothing by themselves: look-alikes, and parts of a rate without the rest."""

from __future__ import annotations

from collections.abc import Sequence

from assessor.reading.linking.names import Match
from assessor.reading.linking.places import Place

_NEAR = 200
"""Characters within which the figures of one rate stand."""


def worth_keeping(
    places: Sequence[Place], links: Sequence[tuple[Match, ...]]
) -> list[tuple[Match, ...]]:
    """Return the links without look-alikes and without parts that stand alone."""
    by_item: dict[str, list[int]] = {}
    for index, matches in enumerate(links):
        if matches and matches[0].term.entry.item is not None:
            by_item.setdefault(matches[0].term.entry.item, []).append(index)
    return [
        matches if _is_kept(places, links, index, by_item) else ()
        for index, matches in enumerate(links)
    ]


def _is_kept(
    places: Sequence[Place],
    links: Sequence[tuple[Match, ...]],
    index: int,
    by_item: dict[str, list[int]],
) -> bool:
    matches = links[index]
    if not matches:
        return False
    entry = matches[0].term.entry
    if entry.distractor:
        return False
    if not entry.paired or entry.item is None:
        return True
    here = places[index].mention.start
    return any(
        links[other][0].term.entry.role != entry.role
        and abs(places[other].mention.start - here) <= _NEAR
        for other in by_item[entry.item]
    )
