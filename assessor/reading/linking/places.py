"""Every number with the text around it that may name it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assessor.reading.clauses import Clause, Clauses, flat
from assessor.reading.numbers import Mention

BARE = re.compile(
    r"(?:全年|年内|今年|上半年|下半年|年底|年末|截至目前|目前|先后|共计?|总计|合计|累计|已|均|约|近|超过?|达到?|为|是|有|升至|降至|提高到|上升到|上升至|下降到|下降至"
    r"|提升到|提升至|增至|减至|分别|总数|总量|总人数|总件数|其中|20\d\d年度?)*"
)
"""A clause that has no name of its own: the one before it names the quantity."""
_JOINT = re.compile(r"(?:、|和|与|及|以及)$")
_DIVIDED = re.compile(r"(?<!部)分(?:别)?$")
_NEXT = re.compile(r"[^\W中]{1,4}")
"""A short noun between two numbers: 23家单位26名负责人述法."""
_LEFT, _RIGHT, _WHOLE, _SENTENCE = 120, 60, 240, 300
_NAME_LEAST = 5
"""A stretch behind the number of the clause before must be this long to name another one."""
_CHAIN = 5
"""Most numbers of a list looked over for the words behind its last one."""


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
    tail: str
    """`right`, the 、 left out, and what stands behind the last number of its list."""
    sentence_left: str
    sentence: str
    earlier: str
    """Text of the block before its sentence, the last stretch only."""
    heading: str
    clause: str
    in_parenthesis: bool
    host: str
    opens: bool
    """It begins its clause: `own_left` is the clause before."""
    sentence_start: int = 0


def places_of(text: str, mentions: Sequence[Mention], heading: str) -> list[Place]:
    """Return the surroundings of every number of a block's normalised text."""
    if not mentions:
        return []
    clauses = Clauses(text)
    return [_place(text, clauses, mentions, index, heading) for index in range(len(mentions))]


def _place(
    text: str, clauses: Clauses, mentions: Sequence[Mention], index: int, heading: str
) -> Place:
    mention = mentions[index]
    clause = clauses.clauses[clauses.index_at(mention.number_start)]
    before = mentions[index - 1] if index else None
    own = wide = clause.start
    opens = False
    if before is not None and before.end > clause.start:
        own = wide = min(before.end, mention.start)
        comma = text.find("、", own, mention.start)
        own = comma + 1 if comma >= 0 else own
    elif BARE.fullmatch(text[own : mention.start]):
        own = wide = _named_before(text, clause, before)
        opens = own < clause.start
    stop = clause.end
    if index + 1 < len(mentions) and mentions[index + 1].start < clause.end:
        stop = max(mentions[index + 1].start, mention.end)
    host = text[max(clause.host, 0) : clause.start] if clause.host >= 0 else ""
    right = text[mention.end : min(stop, mention.end + _RIGHT)]
    return Place(
        mention=mention,
        left=flat(text[max(clause.start, mention.start - _WHOLE) : mention.start]),
        own_left=flat(text[max(own, mention.start - _LEFT) : mention.start]),
        wide_left=flat(text[max(wide, mention.start - _LEFT) : mention.start]),
        right=right,
        tail=_tail(text, clause, mentions, index, right),
        sentence_left=text[max(clause.sentence, mention.start - _SENTENCE) : mention.start],
        sentence=text[clause.sentence : clauses.sentence_end(clause.sentence)],
        earlier=text[max(clause.sentence - 160, 0) : clause.sentence],
        heading=heading,
        clause=text[clause.start : min(clause.end, clause.start + _WHOLE)],
        in_parenthesis=clause.host >= 0,
        host=host[-_LEFT:],
        opens=opens,
        sentence_start=clause.sentence,
    )


def _named_before(text: str, clause: Clause, before: Mention | None) -> int:
    """Return where the clause before a bare one begins, or the part of it behind its number."""
    if clause.host >= 0 or clause.start <= clause.sentence:
        return clause.start
    edge = max(text.rfind(mark, clause.sentence, clause.start - 1) for mark in ",;:")
    start = max(edge + 1, clause.sentence, clause.start - 60)
    if before is None or before.end <= start:
        return start
    left_over = clause.start - 1 - before.end
    return before.end if left_over >= _NAME_LEAST else clause.start


def _tail(text: str, clause: Clause, mentions: Sequence[Mention], index: int, right: str) -> str:
    """Return a list member's noun with what the end of the list says of all of them.

    2个集体、5名个人获省级表彰: 集体个人获省级表彰. Also 人员分6期参训. Empty outside lists.
    """
    last = index
    for other in range(index + 1, min(index + _CHAIN, len(mentions))):
        between = text[mentions[last].end : mentions[other].start]
        if mentions[other].start >= clause.end or len(between) > _RIGHT:
            break
        joined = _JOINT.search(between) or (
            last == index and (_DIVIDED.search(between) or _NEXT.fullmatch(between))
        )
        if not joined:
            break
        last = other
    if last == index:
        return ""
    noun = _DIVIDED.sub("", _JOINT.sub("", right))
    return noun + text[mentions[last].end : min(clause.end, mentions[last].end + _RIGHT)]
