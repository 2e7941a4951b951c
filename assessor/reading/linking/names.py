"""Where the name of a term stands around one number: before it, behind it, or on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from assessor.reading.clauses import flat
from assessor.reading.lexicon import Lexicon, Term
from assessor.reading.linking.places import Place
from assessor.reading.name_index import Name

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
    )


def named_at(site: Site, lexicon: Lexicon, allowed: int) -> Iterable[Match]:
    """Return the terms named around a number, each by its best name; the first of equal ones.

    Args:
        site: the number's surroundings.
        lexicon: the terms.
        allowed: mask of the names that may be meant.
    """
    best: dict[int, Match] = {}
    for text, cost, is_average in site.before:
        names = lexicon.index.before(text, allowed)
        if is_average:
            names = [name for name in names if "均" in name.pattern.pattern]
        _before(names, lexicon, site, (text, cost), best)
    _behind(lexicon.index.behind(site.after, allowed), lexicon, site, best)
    _around(lexicon.index.before(site.around, allowed), lexicon, site, best)
    return best.values()


def _before(
    names: Iterable[Name],
    lexicon: Lexicon,
    site: Site,
    stretch: tuple[str, int],
    best: dict[int, Match],
) -> None:
    """Add the names in front of the number; the last place of each counts."""
    text, cost = stretch
    length = len(text)
    for term, pattern, *_ in names:
        last = None
        for last in pattern.finditer(text):  # noqa: B007 - the last match is wanted
            pass
        if last is None:
            continue
        start, end = last.span()
        if _AMONG.match(text, end):
            continue
        gap = length - end
        if gap > _FAR and (gap > _FAR_ATTRIBUTE or text[end - 1] != "的"):
            continue
        score = 100 - cost - gap + 2 * min(end - start, 16)
        if term not in best or score > best[term].score:
            at = site.place.mention.start - length + start
            how = "elided" if cost else "before"
            best[term] = Match(lexicon.terms[term], score, at, how, text[start:end])


def _behind(names: Iterable[Name], lexicon: Lexicon, site: Site, best: dict[int, Match]) -> None:
    """Add the names behind the number, in the same clause."""
    reach = site.after
    for term, pattern, *_ in names:
        match = pattern.search(reach)
        if match is None or match.start() > _AFTER_SKIP:
            continue
        start, end = match.span()
        if _BREAK.search(reach, 0, start + 1):
            continue
        named = lexicon.terms[term]
        if named.entry.role == "numerator" and _AMONG.match(reach, end):
            continue  # 31个领域中已有20个: of the two numbers, this one is the whole
        score = 98 - 3 * start + 2 * min(end - start, 16)
        if term not in best or score > best[term].score:
            at = site.place.mention.end + start
            best[term] = Match(named, score, at, "after", match.group())


def _around(names: Iterable[Name], lexicon: Lexicon, site: Site, best: dict[int, Match]) -> None:
    """Add the names that the number stands inside of: 常务会议先后3次听取汇报."""
    text, middle = site.around, site.middle
    seen: set[int] = set()
    for term, pattern, *_ in names:
        if term in seen or (term in best and best[term].score >= MOST_AROUND):
            continue
        for found in pattern.finditer(text):
            start, end = found.span()
            if start < middle - 1 and end > middle + 1:
                seen.add(term)
                score = MOST_AROUND - max(16 - (end - start), 0)
                if term not in best or score > best[term].score:
                    at = site.place.mention.start - middle + start
                    best[term] = Match(lexicon.terms[term], score, at, "around", found.group())
                break


def near(right: str) -> str:
    """Return what belongs to a number behind it: nothing across a comma or into a parenthesis."""
    return _APART.split(flat(right), maxsplit=1)[0]
