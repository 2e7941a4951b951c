"""From a number to the quantity it gives: unit gate, name in the clause, topic, ambiguity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assessor.reading.clauses import Clause, Clauses, flat
from assessor.reading.lexicon import Lexicon, Term
from assessor.reading.numbers import Mention

_AFTER_REACH = 30
_AFTER_SKIP = 16
_JOINT = re.compile(r"[,、;]?(?:和|与|及|以及|其中)?[^,、;。0-9]{0,10}$")
_RESPECTIVELY = re.compile(r"分别(?:为|是|达到?|有|约为|占)?")
_TO_LEVEL = re.compile(
    r"[^,。;0-9]{0,6}(?:提高|提升|增加|增长|上升|减少|降低|下降|压缩|缩短|精简|升|降|增|减)(?:到|至|为)"
)
_CHANGED = re.compile(
    r"(?:[,(]?(?:分别)?(?:同比|环比|(?:较|比|与)?(?:上年|去年|上一年|20\d\d年|同期|往年)(?:同期)?(?:相比)?))?,?"
    r"(?:大幅|明显|略有|有所|持续|进一步|整体|平均|共|净|再)?"
    r"(?:增长|增加|上升|提高|提升|下降|减少|降低|缩减|压减|压缩|回落|缩短|增幅|降幅|多|少|增|降|减)"
    r"(?:了|约|近|超|达|为|幅度|率)*$"
)
"""What stands between a name and the size of its change."""
_CHANGE_WORD = re.compile(r"压缩|缩减|精简|减少|缩短|提速|下降|增长|提升|增加")
_LAST_YEAR = re.compile(
    r"[,(、;]?(?:而)?(?:上年度?|去年|上一年度?|前一年|20[0-3]\d年度?)(?:同期)?(?:仅|只)?(?:为|是|有)?"
)
_MODIFIER = re.compile(
    r"(?:其中|国家级?|省级?|市级?|县级?|区级?|镇级?|乡级?|村级?|[省市县区]本级|部门|乡镇|街道|镇\(街道\)"
    r"|村\(社区\)|社区|农村|城区|机关|基层|[A-C甲乙丙一二三]类|优秀|良好|合格|新增|共|约|近|超)*"
)
"""What a list may put in place of its noun."""
_BARE = re.compile(
    r"(?:共计?|总计|合计|累计|已|均|约|近|超过?|达到?|为|是|有|升至|降至|提高到|上升到|上升至|下降到|下降至"
    r"|提升到|提升至|增至|减至|分别|总数|总量|总人数|总件数)*"
)
"""A clause that has no name of its own: the one before it names the quantity."""
_SHARE = re.compile(r"(?:占|比重|比例)[^,。;0-9]{0,16}$")
_BOTH = re.compile(r"均|都|双双|皆|全部")
_RATES = frozenset(("percent", "percent_point", "multiple", "ratio"))
_COMPARED = re.compile(r"同比|环比|(?:较|比|与)(?:20\d\d年|上年|去年|上一?年度?|前一年|同期|往年)")
_CLOSE = 4
"""Scores nearer than this are a tie a person decides."""


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


class Place(NamedTuple):
    """A number in its surroundings."""

    mention: Mention
    left: str
    """Its clause up to the number, closed parentheses left out."""
    own_left: str
    """The part of `left` behind the previous number of the clause and the 、 after it."""
    wide_left: str
    """The same, without cutting at the 、."""
    right: str
    """Its clause behind number and unit, up to the next number."""
    sentence_left: str
    sentence: str
    earlier: str
    """Text of the block before its sentence, the last stretch only."""
    heading: str
    clause: str
    in_parenthesis: bool
    host: str


def places_of(text: str, mentions: Sequence[Mention], heading: str) -> list[Place]:
    """Return the surroundings of every number of a block's normalised text."""
    clauses = Clauses(text)
    found: list[Place] = []
    for index, mention in enumerate(mentions):
        clause = clauses.clauses[clauses.index_at(mention.number_start)]
        before = mentions[index - 1] if index else None
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        own = wide = clause.start
        if before is not None and before.end > clause.start:
            own = wide = min(before.end, mention.start)
            comma = text.find("、", own, mention.start)
            own = comma + 1 if comma >= 0 else own
        elif _BARE.fullmatch(text[own : mention.start]):
            own = wide = _named_before(text, clause, before)
        stop = clause.end
        if following is not None and following.start < clause.end:
            stop = max(following.start, mention.end)
        sentence_end = clauses.sentence_end(clause.sentence)
        host = text[max(clause.host, 0) : clause.start] if clause.host >= 0 else ""
        found.append(
            Place(
                mention=mention,
                left=flat(text[clause.start : mention.start])[-240:],
                own_left=flat(text[own : mention.start])[-120:],
                wide_left=flat(text[wide : mention.start])[-120:],
                right=text[mention.end : stop][:60],
                sentence_left=text[clause.sentence : mention.start][-300:],
                sentence=text[clause.sentence : sentence_end][:600],
                earlier=text[max(clause.sentence - 160, 0) : clause.sentence],
                heading=heading,
                clause=text[clause.start : clause.end][:240],
                in_parenthesis=clause.host >= 0,
                host=host[-120:],
            )
        )
    return found


def _named_before(text: str, clause: Clause, before: Mention | None) -> int:
    """Return where the clause before a bare one begins; a number in it keeps it to itself."""
    if clause.host >= 0 or clause.start <= clause.sentence:
        return clause.start
    edge = max(text.rfind(mark, clause.sentence, clause.start - 1) for mark in ",;:")
    start = max(edge + 1, clause.sentence, clause.start - 60)
    taken = before is not None and before.end > start
    return clause.start if taken else start


class Linker:
    """Links the numbers of one block in order, so that lists may leave out their noun."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._topics: dict[str, tuple[tuple[str, int], ...]] = {}

    def link(self, places: Sequence[Place]) -> list[tuple[Match, ...]]:
        """Return the possible terms of every number, best first; empty when none fits."""
        linked: list[tuple[Match, ...]] = []
        for index, place in enumerate(places):
            derived = self._derived(places, linked, index)
            if derived:
                linked.append(derived)
                continue
            matches = self._direct(place)
            if not matches and place.wide_left != place.own_left:
                wide = self._direct(place._replace(own_left=place.wide_left))
                previous = {m.term.entry.id for m in linked[index - 1][:1]} if index else set()
                matches = tuple(m for m in wide if m.term.entry.id not in previous)
            if not matches and index:
                matches = self._elided(place, places[index - 1], linked[index - 1])
            linked.append(matches)
        self._respectively(places, linked)
        return linked

    def _direct(self, place: Place) -> tuple[Match, ...]:
        found: list[Match] = []
        for term in self.lexicon.candidates(place.mention.classes):
            match = self._match(term, place)
            if match is not None:
                found.append(match)
        return tuple(sorted(found, key=lambda m: (-m.score, m.term.entry.id)))

    def _match(self, term: Term, place: Place) -> Match | None:
        best = self._before(term, place)
        for other in (self._after(term, place), self._around(term, place)):
            if other is not None and (best is None or other.score > best.score):
                best = other
        if best is None:
            return None
        if term.forbid is not None and term.forbid.search(_whole(place)):
            return None
        if any(not need.search(place.sentence) for need in term.need):
            return None
        penalty = self._topic_penalty(term, place)
        return None if penalty is None else best._replace(score=best.score - penalty)

    def _before(self, term: Term, place: Place) -> Match | None:
        best: Match | None = None
        for text, cost in ((place.own_left, 0), (place.host if place.in_parenthesis else "", 25)):
            if not text:
                continue
            for head in term.heads:
                last = None
                for last in head.finditer(text):  # noqa: B007 - the last match is wanted
                    pass
                if last is None:
                    continue
                gap = len(text) - last.end()
                length = last.end() - last.start()
                score = 100 - cost - min(gap, 40) + 2 * min(length, 16)
                if best is None or score > best.score:
                    start = place.mention.start - len(text) + last.start()
                    best = Match(term, score, start, "before", last.group())
        return best

    def _after(self, term: Term, place: Place) -> Match | None:
        if "percent" in place.mention.classes and not place.right.startswith("的"):
            return None
        best: Match | None = None
        reach = flat(place.right)[:_AFTER_REACH]
        for head in term.after:
            match = head.search(reach)
            if match is None or match.start() > _AFTER_SKIP:
                continue
            if re.search(r"[,、;:(]", reach[: match.start()]):
                continue
            length = match.end() - match.start()
            score = 98 - 3 * match.start() + 2 * min(length, 16)
            if best is None or score > best.score:
                best = Match(term, score, place.mention.end + match.start(), "after")
        return best

    def _around(self, term: Term, place: Place) -> Match | None:
        """Find a name that the number stands inside of: 常务会议先后3次听取汇报."""
        left, right = place.own_left[-40:], place.right[:20]
        if not left or not right or "percent" in place.mention.classes:
            return None
        text = left + right
        for head in term.heads:
            for found in head.finditer(text):
                if found.start() < len(left) - 1 and found.end() > len(left) + 1:
                    length = found.end() - found.start()
                    start = place.mention.start - len(left) + found.start()
                    return Match(term, 92 + min(length, 16), start, "around")
        return None

    def _derived(
        self, places: Sequence[Place], linked: Sequence[tuple[Match, ...]], index: int
    ) -> tuple[Match, ...]:
        """Link the size of a change, a share or a rank to the quantity it speaks of."""
        place = places[index]
        changed = _CHANGED.search(place.own_left)
        is_rate = bool(place.mention.classes & _RATES)
        compared = changed is not None and _COMPARED.search(place.left + place.sentence_left[-40:])
        if changed is not None and (is_rate or compared):
            direct = self._direct(place)
            if direct and names_change(direct[0], place):
                return ()
            named = self._any_unit(place, place.own_left[: changed.start()])
            found = named or self._previous(places, linked, index)
            return tuple(match._replace(how="change") for match in found[:3])
        if "rank" in place.mention.flags:
            return tuple(m._replace(how="rank") for m in self._previous(places, linked, index)[:1])
        if "percent" in place.mention.classes and _SHARE.search(place.own_left):
            if self._direct(place):
                return ()
            before = self._previous(places, linked, index, counts_only=True)
            return tuple(match._replace(how="share") for match in before[:1])
        return ()

    def _any_unit(self, place: Place, text: str) -> tuple[Match, ...]:
        """Return the terms a stretch names, whatever their unit."""
        if len(text) < 2:
            return ()
        changed = place._replace(own_left=text, left=text, right="", host="")
        found = [
            match
            for term in self.lexicon.terms
            if (match := self._match(term, changed)) is not None and match.how == "before"
        ]
        return tuple(sorted(found, key=lambda m: (-m.score, m.term.entry.id)))

    def _previous(
        self,
        places: Sequence[Place],
        linked: Sequence[tuple[Match, ...]],
        index: int,
        *,
        counts_only: bool = False,
    ) -> tuple[Match, ...]:
        """Return what the nearest linked number before it in the sentence was linked to."""
        for other in range(index - 1, max(index - 6, -1), -1):
            if places[other].sentence != places[index].sentence:
                break
            if counts_only and places[other].mention.classes & _RATES:
                continue
            if linked[other]:
                return (linked[other][0]._replace(score=70, start=-1),)
        return ()

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
            for name, pattern in self.lexicon.topics:
                last = -1
                for match in pattern.finditer(text):
                    last = match.end()
                if last >= 0:
                    found.append((name, last))
            known = tuple(found)
            if len(self._topics) < 4096:
                self._topics[text] = known
        return known

    def _elided(  # noqa: PLR0911 - one return per reason
        self, place: Place, previous: Place, matches: Sequence[Match]
    ) -> tuple[Match, ...]:
        """Carry a noun over: 国家级民主法治村1个、省级17个、市级110个."""
        if not matches:
            return ()
        best = matches[0]
        if place.sentence != previous.sentence or not best.term.units & place.mention.classes:
            return ()
        if _TO_LEVEL.fullmatch(place.own_left):
            return (best._replace(score=best.score - 10, start=-1, how="elided"),)
        if _LAST_YEAR.fullmatch(place.own_left) or (
            place.own_left and _BARE.fullmatch(place.own_left)
        ):
            return (best._replace(score=best.score - 10, start=-1, how="elided"),)
        if "percent" in place.mention.classes or not _JOINT.fullmatch(place.own_left):
            return ()
        bare = place.own_left.strip("、,;和与及以")
        if not _MODIFIER.fullmatch(bare) or (bare and not _same_unit(place, previous)):
            return ()
        if best.term.forbid is not None and best.term.forbid.search(place.clause):
            return ()
        return (best._replace(score=best.score - 30, start=-1, how="elided"),)

    def _respectively(self, places: Sequence[Place], linked: list[tuple[Match, ...]]) -> None:
        """Pair names and numbers in order: A率、B率分别为98%、95%."""
        index = 0
        while index < len(places):
            word = _RESPECTIVELY.search(places[index].own_left)
            if word is None:
                index += 1
                continue
            run = _run_of(places, index)
            names = self._names_before(places[index], word.start())
            if 2 <= len(names) == len(run):
                for number, name in zip(run, names, strict=True):
                    linked[number] = (name,)
            index = run[-1] + 1

    def _names_before(self, place: Place, end: int) -> list[Match]:
        """Return the terms a list names, in order; parts share their first or last words."""
        parts = [part for part in re.split(r"[、和与及,]", place.own_left[:end]) if part]
        found: list[Match] = []
        for part in parts:
            match = next(
                (m for text in _spellings(part, parts) if (m := self._names(place, text))), None
            )
            if match is None and found:
                return []
            if match is not None:
                found.append(match)
        return found

    def _names(self, place: Place, text: str) -> Match | None:
        probe = place._replace(own_left=text, clause=text, right="", host="")
        found = [
            match
            for term in self.lexicon.candidates(place.mention.classes)
            if (match := self._match(term, probe)) is not None
        ]
        near = [m for m in found if m.score >= 100]
        if not near:
            return None
        best = max(near, key=lambda m: (m.score, m.term.entry.id))
        return best._replace(score=90, start=-1, how="respectively")


def _spellings(part: str, parts: Sequence[str]) -> Iterator[str]:
    """Yield a part as it stands, then with the beginning or end it shares with the others."""
    yield part
    first, last = parts[0], parts[-1]
    if part is not first:
        for cut in range(len(first) - 1, 0, -1):
            yield first[:cut] + part
    if part is not last:
        for cut in range(1, len(last)):
            yield part + last[cut:]


def _same_unit(one: Place, other: Place) -> bool:
    return one.mention.unit == other.mention.unit


def _run_of(places: Sequence[Place], first: int) -> list[int]:
    """Return the numbers of one list: same unit classes, nothing but joints between them."""
    run = [first]
    for index in range(first + 1, len(places)):
        own = places[index].own_left.strip("、,;和与及以 ")
        same = places[index].mention.classes & places[first].mention.classes
        if own or not same or places[index].sentence != places[first].sentence:
            break
        run.append(index)
    return run


def _whole(place: Place) -> str:
    """Return a number with what belongs to it on both sides."""
    mention = place.mention
    return f"{place.own_left}{mention.number_text}{mention.unit}{_near(place.right)}"


def _near(right: str) -> str:
    """Return what belongs to a number behind it: nothing across a comma."""
    return re.split(r"[、,;:。]", flat(right), maxsplit=1)[0]


def names_change(match: Match, place: Place) -> bool:
    """Return whether the name itself speaks of a change: 审批时限压缩, 申请材料缩减."""
    named = match.how == "before" and bool(_CHANGE_WORD.search(match.text))
    return named and not _COMPARED.search(place.left)


def is_tie(matches: Sequence[Match]) -> bool:
    """Return whether two terms of different names fit about equally well."""
    return (
        len(matches) > 1
        and matches[0].score - matches[1].score < _CLOSE
        and matches[0].term.entry.label != matches[1].term.entry.label
    )


def shared_names(place: Place, matches: Sequence[Match]) -> tuple[Match, ...]:
    """Return all terms one number serves, in their order: A率、B率、C率均达到100%.

    Empty unless the clause says that several share the number.
    """
    if not matches or not _BOTH.search(place.own_left[-12:]):
        return ()
    offset = place.mention.start - len(place.own_left)
    by_start: dict[int, Match] = {}
    for match in matches:
        if match.how == "before" and match.start >= offset:
            by_start.setdefault(match.start, match)
    chosen: list[Match] = []
    for start in sorted(by_start):
        match = by_start[start]
        between = place.own_left[start - offset :]
        repeats = any(match.term.entry.label == other.term.entry.label for other in chosen)
        if not repeats and (match is matches[0] or re.search(r"[、和与及]", between)):
            chosen.append(match)
    return tuple(chosen) if len(chosen) > 1 else ()
