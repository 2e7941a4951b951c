"""Where the name of a term stands around one number: before it, behind it, or on both sides."""

from __future__ import annotations

import re
from typing import NamedTuple

from assessor.reading.clauses import flat
from assessor.reading.lexicon import Candidate, Term
from assessor.reading.linking.places import Place

_AFTER_REACH = 30
_AFTER_SKIP = 16
_AROUND_LEFT, _AROUND_RIGHT = 40, 20
_FAR = 14
"""A name farther off than this speaks of something else."""
_FAR_ATTRIBUTE = 32
"""The same for 继续有效的…文件393件."""
MOST_AROUND = 108
"""Score of a name of 16 characters or more that stands on both sides of a number."""
_AMONG = re.compile(r"(?:当中|之中|中|里)(?![心央小学队层级介期午科])")
"""Behind a name: 892名执法人员中846名持证 counts a part, not what is named."""
_AVERAGE = re.compile(
    r"(?:[村人户镇乡县件日周月]均|平均(?:每[^,、;。0-9]{1,4})?)[^,、;。0-9]{0,4}$"
    r"|每[村镇乡户人家个][^,、;。0-9]{0,12}$"
)
"""So many for each of several: no total of what is named before."""
_LEVELS = frozenset(
    ("percent", "percent_point", "ratio", "day", "hour", "minute", "month", "money")
)
"""Units whose averages are quantities of their own."""
_APART = re.compile(r"[、,;:。]|\((?![^()]*\))")
_BREAK = re.compile(r"[,、;:(]")
_DATE = re.compile(
    r"(?:19|20)\d\d(?=年)|(?<=年)\d{1,2}(?=月)|(?<=月)\d{1,2}(?=日)|(?<!\d)\d{1,2}(?=月)"
)
"""Digits of a date: they count nothing, so that a name may go across them."""
_BODIES = re.compile(r"(?<=[部厅局委办院会])、(?=[^,。;、0-9]{1,10}[部厅局委办院会])")
"""Between bodies that act together: 个人获司法部、省司法厅表彰."""


class Match(NamedTuple):
    """A term that may name a number."""

    term: Term
    score: int
    start: int
    """Where its name begins, in the block's normalised text; -1 when inherited."""
    how: str
    """`before`, `after`, `around`, `elided`, `respectively`, `change`, `share`, `rank`,
    `similar`."""
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
    is_rate: bool
    """A rate is named behind it only by names made for that: 100%持证上岗."""


def _undated(text: str) -> str:
    """Return a text of the same length whose dates hold no digits."""
    return _DATE.sub(lambda found: "□" * len(found.group()), text) if "年" in text else text


def site_of(place: Place) -> Site:
    """Prepare a place once for the many terms that are tried on it."""
    mention, left, right = place.mention, _undated(place.own_left), _undated(place.right)
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
        ""
        if is_rate and not right.startswith("的")
        else _BODIES.sub("和", flat(right)[:_AFTER_REACH]),
        before + right[:_AROUND_RIGHT] if inside else "",
        len(before),
        f"{left}{mention.number_text}{mention.unit}{near(right)}",
        is_rate,
    )


def stretches_of(site: Site) -> list[str]:
    """Return the stretches names are looked for in."""
    return [*(text for text, _, _ in site.before), site.after, site.around]


def better(one: Match | None, other: Match | None) -> Match | None:
    """Return the match of the higher score; the first of two equal ones."""
    return other if one is None or (other is not None and other.score > one.score) else one


def name_before(candidate: Candidate, site: Site) -> Match | None:
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


def name_behind(candidate: Candidate, site: Site) -> Match | None:
    """Find a name behind the number, in the same clause."""
    best: Match | None = None
    reach = site.after
    if site.is_rate and not reach.startswith("的") and not candidate.term.entry.after:
        return None
    for head in candidate.after if reach else ():
        match = head.search(reach)
        if match is None or match.start() > _AFTER_SKIP:
            continue
        if _BREAK.search(reach, 0, match.start() + 1):
            continue
        if candidate.term.entry.role == "numerator" and _AMONG.match(reach, match.end()):
            continue  # 31个领域中已有20个: of the two numbers, this one is the whole
        length = match.end() - match.start()
        score = 98 - 3 * match.start() + 2 * min(length, 16)
        if best is None or score > best.score:
            start = site.place.mention.end + match.start()
            best = Match(candidate.term, score, start, "after", match.group())
    return best


def name_around(candidate: Candidate, site: Site) -> Match | None:
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
                    MOST_AROUND - max(16 - length, 0),
                    start,
                    "around",
                    found.group(),
                )
    return None


def near(right: str) -> str:
    """Return what belongs to a number behind it: nothing across a comma or into a parenthesis."""
    return _APART.split(flat(right), maxsplit=1)[0]
