"""The terms whose names stand around one number: unit gate, name, forbidden and needed words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assessor.reading.clauses import flat
from assessor.reading.lexicon import Candidate, Lexicon, Term
from assessor.reading.linking.places import Place

_AFTER_REACH = 30
_AFTER_SKIP = 16
_AROUND_LEFT, _AROUND_RIGHT = 40, 20
_FAR = 14
"""A name farther off than this speaks of something else."""
_FAR_ATTRIBUTE = 32
"""The same for 继续有效的…文件393件."""
_CLOSE = 4
"""Scores nearer than this are a tie a person decides."""
_MOST_AROUND = 108
"""Score of a name of 16 characters or more that stands on both sides of a number."""
_AMONG = re.compile(r"(?:当中|之中|中|里)(?![心央小学队层级介期午科])")
"""Behind a name: 892名执法人员中846名持证 counts a part, not what is named."""
_AVERAGE = re.compile(
    r"(?:[村人户镇乡县件户]均|平均(?:每[^,、;。0-9]{1,4})?)[^,、;。0-9]{0,4}$"
    r"|每[村镇乡户人家个][^,、;。0-9]{0,12}$"
)
"""So many for each of several: no total of what is named before."""
_LEVELS = frozenset(
    ("percent", "percent_point", "ratio", "day", "hour", "minute", "month", "money")
)
"""Units whose averages are quantities of their own."""
_ASPECT = re.compile(r"(?:方面|板块|大类|层面|维度|部分|步骤|阶段)(?!军)")
"""Counted so, a number says how a matter is divided, not how much there is of it."""
_BREAK = re.compile(r"[,、;:(]")
_BOTH = re.compile(r"均|都|双双|皆|全部")
_FULL = re.compile(r"(?:全)?覆盖|完成|达标|落实|实现")
_BODIES = re.compile(r"(?<=[部厅局委办院会])、(?=[^,。;、0-9]{1,10}[部厅局委办院会])")
"""Between bodies that act together: 个人获司法部、省司法厅表彰."""
_LISTED = re.compile(r"[、和与及]")


class Match(NamedTuple):
    """A term that may name a number."""

    term: Term
    score: int
    start: int
    """Where its name begins, in the block's normalised text; -1 when inherited."""
    how: str
    """`before`, `after`, `around`, `elided`, `respectively`, `change`, `share`, `rank`."""
    text: str = ""
    """The name as found."""


class Site(NamedTuple):
    """A place with the stretches its names may stand in, made ready once for all terms."""

    place: Place
    before: tuple[tuple[str, int, bool], ...]
    """Text up to the number, what a name in it costs, whether the number is an average there."""
    after: str
    around: str
    """Text on both sides of the number; empty where no name can go across it."""
    middle: int
    """Where the number stands in `around`."""
    whole: str
    """The number with what belongs to it on both sides."""


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
        divides = _ASPECT.match(place.right) or _ASPECT.match(place.mention.unit)
        text = f"{place.host}\n{place.own_left}{place.right}"
        site = site_of(place)
        found: list[Match] = []
        for candidate in self.lexicon.candidates(place.mention.classes, text):
            match = self._match(candidate, site)
            if match is not None and (not divides or candidate.term.entry.aspects):
                found.append(match)
        return ranked(found)

    def any_unit(self, place: Place, text: str) -> tuple[Match, ...]:
        """Return the terms a stretch names, whatever their unit."""
        if len(text) < 2:
            return ()
        site = site_of(place._replace(own_left=text, left=text, right="", host=""))
        found = [
            match
            for candidate in self.lexicon.candidates(None, text)
            if (match := self._match(candidate, site)) is not None and match.how == "before"
        ]
        return ranked(found)

    def named(self, place: Place, text: str) -> Match | None:
        """Return the term that a name on its own stands for."""
        probe = place._replace(own_left=text, clause=text, right="", host="")
        near = [match for match in self.direct(probe) if match.score >= 100]
        if not near:
            return None
        best = max(near, key=lambda m: (m.score, m.term.entry.id))
        return best._replace(score=90, start=-1, how="respectively")

    def _match(self, candidate: Candidate, site: Site) -> Match | None:
        term = candidate.term
        best = _better(_before(candidate, site), _after(candidate, site))
        if best is None or best.score < _MOST_AROUND:
            best = _better(best, _around(candidate, site))
        if best is None:
            return None
        place = site.place
        if term.forbid is not None and term.forbid.search(site.whole):
            return None
        if any(not need.search(place.sentence) for need in term.need):
            return None
        if any(not need.search(place.sentence_left) for need in term.need_before):
            return None
        penalty = self._topic_penalty(term, place)
        return None if penalty is None else best._replace(score=best.score - penalty)

    def _topic_penalty(self, term: Term, place: Place) -> int | None:
        """Return what the distance of the term's topic costs; None when another topic rules."""
        wanted = term.entry.topic
        if wanted is None:
            return 0
        stretches = (
            (flat(place.left) + place.right, 0),
            (place.host, 4),
            (place.sentence_left, 6),
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
            for number in sorted(self.lexicon.topic_index.within(text)):
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


def site_of(place: Place) -> Site:
    """Prepare a place once for the many terms that are tried on it."""
    mention, left, right = place.mention, place.own_left, place.right
    is_rate = "percent" in mention.classes
    has_levels = bool(mention.classes & _LEVELS)
    stretches = ((left, 0), (place.host if place.in_parenthesis else "", 25))
    before = left[-_AROUND_LEFT:]
    inside = before and right and not is_rate and not _BREAK.match(right)
    return Site(
        place,
        tuple(
            (text, cost, not has_levels and _AVERAGE.search(text) is not None)
            for text, cost in stretches
            if text
        ),
        "" if is_rate and not right.startswith("的") else _BODIES.sub("和", flat(right)[:_AFTER_REACH]),
        before + right[:_AROUND_RIGHT] if inside else "",
        len(before),
        f"{left}{mention.number_text}{mention.unit}{near(right)}",
    )


def _better(one: Match | None, other: Match | None) -> Match | None:
    """Return the match of the higher score; the first of two equal ones."""
    return other if one is None or (other is not None and other.score > one.score) else one


def _before(candidate: Candidate, site: Site) -> Match | None:
    """Find a name in front of the number; the last one of each head counts."""
    best: Match | None = None
    for text, cost, is_average in site.before:
        for head in candidate.heads:
            last = None
            for last in head.finditer(text):  # noqa: B007 - the last match is wanted
                pass
            if last is None or _AMONG.match(text, last.end()):
                continue
            if is_average and "均" not in head.pattern:
                continue
            gap = len(text) - last.end()
            if gap > (_FAR_ATTRIBUTE if last.group().endswith("的") else _FAR):
                continue
            length = last.end() - last.start()
            score = 100 - cost - gap + 2 * min(length, 16)
            if best is None or score > best.score:
                start = site.place.mention.start - len(text) + last.start()
                best = Match(
                    candidate.term, score, start, "elided" if cost else "before", last.group()
                )
    return best


def _after(candidate: Candidate, site: Site) -> Match | None:
    """Find a name behind the number, in the same clause."""
    best: Match | None = None
    reach = site.after
    for head in candidate.after if reach else ():
        match = head.search(reach)
        if match is None or match.start() > _AFTER_SKIP:
            continue
        if _BREAK.search(reach, 0, match.start()):
            continue
        length = match.end() - match.start()
        score = 98 - 3 * match.start() + 2 * min(length, 16)
        if best is None or score > best.score:
            start = site.place.mention.end + match.start()
            best = Match(candidate.term, score, start, "after", match.group())
    return best


def _around(candidate: Candidate, site: Site) -> Match | None:
    """Find a name that the number stands inside of: 常务会议先后3次听取汇报."""
    text, middle = site.around, site.middle
    if not text:
        return None
    for head in candidate.heads:
        for found in head.finditer(text):
            if found.start() < middle - 1 and found.end() > middle + 1:
                length = found.end() - found.start()
                start = site.place.mention.start - middle + found.start()
                return Match(
                    candidate.term,
                    _MOST_AROUND - max(16 - length, 0),
                    start,
                    "around",
                    found.group(),
                )
    return None


def near(right: str) -> str:
    """Return what belongs to a number behind it: nothing across a comma."""
    return re.split(r"[、,;:。]", flat(right), maxsplit=1)[0]


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
