"""The terms whose names stand around one number: unit gate, name, forbidden and needed words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assessor.reading.clauses import flat
from assessor.reading.lexicon import Lexicon, Term
from assessor.reading.linking.names import Match, Site, named_at, site_of
from assessor.reading.linking.places import Place

_CLOSE = 4
"""Scores nearer than this are a tie a person decides."""
_ASPECT = re.compile(r"(?:方面|板块|大类|层面|维度|部分|步骤|阶段)(?!军)")
"""Counted so, a number says how a matter is divided, not how much there is of it."""
_BOTH = re.compile(r"均|都|双双|皆|全部|同为|同样|同步")
_FULL = re.compile(r"(?:全)?覆盖|完成|达标|落实|实现")
_LISTED = re.compile(r"[、和与及]")


def ranked(found: list[Match]) -> tuple[Match, ...]:
    """Return matches, best first."""
    return tuple(sorted(found, key=lambda m: (-m.score, m.term.entry.id)))


class Matcher:
    """Finds the names around numbers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._topics: dict[str, tuple[tuple[str, int], ...]] = {}

    def direct(self, place: Place) -> tuple[Match, ...]:
        """Return the terms named around a number, best first."""
        site = site_of(place)
        found = self._fitting(site, self.lexicon.names_counted_in(place.mention.classes))
        if _ASPECT.match(place.right) or _ASPECT.match(place.mention.unit):
            found = [one for one in found if one.term.entry.aspects]
        return ranked(found)

    def any_unit(self, place: Place, text: str) -> tuple[Match, ...]:
        """Return the terms a stretch names, whatever their unit."""
        if len(text) < 2:
            return ()
        site = site_of(place._replace(own_left=text, left=text, right="", host=""))
        return ranked(self._fitting(site, self.lexicon.names_counted_in(None)))

    def named(self, place: Place, text: str) -> Match | None:
        """Return the term that a name on its own stands for."""
        probe = place._replace(own_left=text, clause=text, right="", host="")
        near = [match for match in self.direct(probe) if match.score >= 100]
        if not near:
            return None
        best = max(near, key=lambda m: (m.score, m.term.entry.id))
        return best._replace(score=90, start=-1, how="respectively")

    def _fitting(self, site: Site, allowed: int) -> list[Match]:
        """Return the terms named around a number whose other words agree."""
        return [
            best._replace(score=best.score - penalty) if penalty else best
            for best in named_at(site, self.lexicon, allowed)
            if (penalty := self._penalty(best.term, site)) is not None
        ]

    def _penalty(self, term: Term, site: Site) -> int | None:
        """Return what a term loses for the distance of its topic; None when words forbid it."""
        place = site.place
        if term.forbid is not None and term.forbid.search(site.whole):
            return None
        for need in term.need:
            if not need.search(place.sentence):
                return None
        for need in term.need_before:
            if not need.search(place.sentence_left):
                return None
        return self._topic_penalty(term, place)

    def _topic_penalty(self, term: Term, place: Place) -> int | None:
        """Return what the distance of the term's topic costs; None when another topic rules."""
        wanted = term.entry.topic
        if wanted is None:
            return 0
        stretches = (
            (flat(place.left) + place.right, 0),
            (place.host, 4),
            (place.sentence_left, 6),
            (place.sentence if wanted in self.lexicon.late_topics else "", 10),
            (place.earlier, 14),
            (place.heading, 16),
        )
        for text, cost in stretches:
            topics = self._topics_in(text)
            if not topics:
                continue
            names = {name for name, _ in topics}
            if cost == 0:
                return 0 if wanted in names else None
            last = max(position for _, position in topics)
            nearest = {name for name, position in topics if position == last}
            if wanted in nearest:
                return cost
            return cost + 8 if wanted in names else None
        return None

    def _topics_in(self, text: str) -> tuple[tuple[str, int], ...]:
        known = self._topics.get(text)
        if known is None:
            found: list[tuple[str, int]] = []
            for number in self.lexicon.topic_index.within(text):
                name, pattern = self.lexicon.topics[number]
                last = -1
                for match in pattern.finditer(text):
                    last = match.end()
                if last >= 0:
                    found.append((name, last))
            known = tuple(found)
            if len(self._topics) < 4096:
                self._topics[text] = known
        return known


def is_tie(matches: Sequence[Match]) -> bool:
    """Return whether two terms of different meaning fit about equally well."""
    if len(matches) < 2:
        return False
    one, other = matches[0].term.entry, matches[1].term.entry
    differ = one.label != other.label or one.item != other.item
    return differ and matches[0].score - matches[1].score < _CLOSE


def shared_names(place: Place, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Return all terms one number serves, in their order: A率、B率、C率均达到100%.

    Empty unless the clause says that several share the number.
    """
    is_shared = _BOTH.search(place.own_left[-12:]) or (
        "percent" in place.mention.classes and _FULL.match(place.right)
    )
    if not matches or not is_shared:
        return ()
    offset = place.mention.start - len(place.own_left)
    by_start: dict[int, Match] = {}
    for match in matches:
        if match.how == "before" and match.start >= offset:
            by_start.setdefault(match.start, match)
    if not by_start or not _LISTED.search(place.own_left, min(by_start) - offset):
        return ()
    chosen: list[Match] = []
    for start in sorted(by_start):
        match = by_start[start]
        if all(match.term.entry.label != other.term.entry.label for other in chosen):
            chosen.append(match)
    return tuple(chosen) if len(chosen) > 1 else ()
