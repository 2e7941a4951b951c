"""Parts of a whole told by kind: 收到申请153件…从类型看,行政处罚类84件、占54.9%.

Which whole a part belongs to is told by arithmetic where its share is printed: 84 is 54.9% of 153
and of no other count nearby. A part takes the name of its whole, marked as left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from assessor.reading.linking.matching import Matcher
from assessor.reading.linking.names import Match
from assessor.reading.linking.places import Place

_MARKER = re.compile(
    r"(?:从|按照?|依据?)[^,。;:0-9]{2,20}?(?:来看|上看|看|划分|区分|分类|统计|分布|分(?!别))(?=[,:、]|[^,。;0-9]{0,12}[0-9])"
    r"|[件宗起],[^。;,0-9]{0,8}主要(?:集中[在于]|涉及)"
    r"|(?:类型|领域|事项|类别|区域|对象|结构|案由)(?:主要|相对|较为|比较)?(?:分布|集中|涉及|构成|包括)"
    r"|(?:受理|审结|办结|收到|新收)的?[^,。;0-9]{0,6}(?:案件|申请)(?:当中|之中|中),"
)
"""What follows are parts of a whole told before."""
_HEADED = re.compile(r"(?:^|[。;])[^。;,0-9]{2,16}(?:集中|分布|构成|情况)[。;]$")
"""A short sentence before that says what the next one tells: 被申请对象相对集中。"""
_ASKED = re.compile(r"被申请(?:人|对象|机关|单位)|申请(?:复议)?事项|申请人(?:类型|类别|身份)")
_SUED = re.compile(r"应诉(?:机关|主体|单位)|被告(?:类型|类别|主体|机关)")
_SPOKEN = ((_ASKED, "收到行政复议申请"), (_SUED, "行政应诉案件"))
"""What kinds are told of decides the whole where no count of it was read."""
_TOTAL = re.compile(
    r"占(?:比)?(?:全部|所有|总)?(?:案件|申请|收案|受案|受理|审结|复议|诉讼){0,3}(?:总数|总量|总案件数|案件)?(?:的)?(?:约|近|超过?)?$"
)
_SEVERAL = re.compile(
    r"(?:集中(?:在|于)|等)[^。;]{0,60}$|[0-9一二三四五六七八九十]+(?:大|个)(?:类|方面|领域)[^。;]{0,30}$"
)
"""Kinds named together before their one share: 集中在土地、公安等领域,占69%."""
_SHARE = re.compile(r"[,、;(]?[^,。;0-9]{0,12}(?:占|比重|比例)[^,。;0-9]{0,16}$")
_OF = re.compile(
    r"(?:占|在)(?:全[省市县区州部])?(?P<of>[^,。;0-9占]{2,14}?)(?:的|中占)(?:比例)?(?:约|为|近|超过?)?$"
)
"""What a share is said to be a share of: 占收到申请总数的, 在受理总数中占."""
_AMONG = re.compile(
    r"(?:^|[,;:。])在?(?:全[年省市县区部])?(?P<of>[^,。;:0-9]{4,18}?)(?:当中|之中|中),"
)
"""The same, told first: 在收到的复议申请中,…18件,占11.8%."""
_OF_ALL = re.compile(
    r"(?:^|[,;:。])在?(?P<of>[^,。;:0-9]{0,8}(?:收到|新收|受理|审结|办结)的?[^,。;:0-9]{0,8}(?:案件|申请))"
    r"(?:当中|之中|中)"
)
"""The same, before the first kind: 受理案件中乡镇政府占3.6%、县政府占58.6%."""
_CASES = frozenset(("reconsideration", "first-instance", "second-instance", "litigation"))
"""Topics whose wholes are told by kind; the kinds have names of other quantities."""
_KIND = re.compile(r"类|领域|方面")
_SHARE_ALONE = re.compile(r"[^\W\d]{2,}占(?:比)?(?:为|达)?$")
_OUTCOMES = ("行政复议", "复议", "行政诉讼", "行政案件", "行政应诉", "一审", "二审")
"""Beginnings of the names of what becomes of a case: no kinds, they keep their names."""
_MEMORY = 8
"""Wholes of earlier paragraphs kept in mind."""
_SCORE = 60


class Whole(NamedTuple):
    """A count that may be told by kind afterwards; its value, or the bounds a share puts on it."""

    least: Decimal
    most: Decimal
    match: Match


class Breakdown:
    """Names the parts of one document's wholes, paragraph by paragraph."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._known: list[Whole] = []

    def name_parts(self, places: Sequence[Place], linked: list[tuple[Match, ...]]) -> None:
        """Give parts the name of their whole, and shares the name of what they are a share of."""
        told: dict[int, Whole] = {}
        """Wholes told by kind, by the start of the sentence that does so."""
        for index, place in enumerate(places):
            whole = self._shared(places, linked, index, told.get(place.sentence_start))
            if whole is not None:
                if place.sentence_start not in told:
                    told[place.sentence_start] = whole
                    self._keep(whole)
                self._take(linked, index - 1, whole, "elided")
                self._take(linked, index, whole, "share")
            elif (implied := _implied(places, linked, index)) is not None:
                told.setdefault(place.sentence_start, implied)
                self._take(linked, index - 1, implied, "elided")
        for index, place in enumerate(places):
            if not linked[index] or not _is_outcome(linked[index][0]):
                self._name_part(place, linked, index, told.get(place.sentence_start))
            self._remember(place, linked[index])

    def _name_part(
        self, place: Place, linked: list[tuple[Match, ...]], index: int, told: Whole | None
    ) -> None:
        """Name a number where its sentence tells a whole by kind."""
        is_marked = _is_marked(place)
        is_rate = "percent" in place.mention.classes
        is_several = is_rate and not linked[index] and _tells_several(place)
        is_share = is_several or (is_marked and is_rate and _tells_share(place))
        is_told = is_marked or is_several
        whole = told or (self._nearest(place, is_share=is_share) if is_told else None)
        if whole is None and is_share:
            whole = self._said(place)
        if whole is None and is_marked:
            whole = self._spoken(place)
        if whole is None or not (is_told or not linked[index]):
            return
        if is_share:
            self._take(linked, index, whole, "share")
        elif _fits(place, whole):
            self._take(linked, index, whole, "elided")

    @staticmethod
    def _take(linked: list[tuple[Match, ...]], index: int, whole: Whole, how: str) -> None:
        linked[index] = (whole.match._replace(score=_SCORE, start=-1, how=how),)

    def _shared(
        self,
        places: Sequence[Place],
        linked: Sequence[tuple[Match, ...]],
        index: int,
        told: Whole | None,
    ) -> Whole | None:
        """Return the whole a printed share is a share of, told by arithmetic."""
        place = places[index]
        if not index or "percent" not in place.mention.classes:
            return None
        part = places[index - 1]
        if not _SHARE.fullmatch(place.own_left) or part.sentence_start != place.sentence_start:
            return None
        known = linked[index - 1]
        if known and _is_outcome(known[0]) and known[0].how != "elided":
            return None
        named = self._named(place, part)
        if named is not None:
            return named
        counts = [*self._known, *_wholes(places[: index - 1], linked), *([told] if told else [])]
        low, high = _bounds(part, place)
        for whole in reversed(counts):
            if whole.most >= low and whole.least <= high and _fits(part, whole):
                return whole
        return None

    def _named(self, place: Place, part: Place) -> Whole | None:
        """Return the whole that the words of a share name; its value is told elsewhere."""
        found = _OF.search(place.own_left) or _AMONG.search(part.sentence_left)
        if found is None or "case" not in part.mention.classes:
            return None
        for match in self._matcher.any_unit(place, found["of"]):
            if match.term.entry.told_by_kind == "whole":
                return Whole(*_bounds(part, place), match)
        return None

    def _said(self, place: Place) -> Whole | None:
        """Return the whole the sentence names only: 受理案件中乡镇政府占3.6%."""
        found = _OF_ALL.search(place.sentence_left)
        for match in self._matcher.any_unit(place, found["of"]) if found else ():
            if match.term.entry.told_by_kind == "whole":
                return Whole(Decimal(0), Decimal("Infinity"), match)
        return None

    def _spoken(self, place: Place) -> Whole | None:
        """Return the whole that the kinds themselves speak of: 从被申请人看,乡镇政府36件."""
        text = place.earlier[-30:] + place.sentence_left
        for kinds, name in _SPOKEN:
            for match in self._matcher.any_unit(place, name) if kinds.search(text) else ():
                if match.term.entry.told_by_kind == "whole":
                    return Whole(Decimal(0), Decimal("Infinity"), match)
        return None

    def _nearest(self, place: Place, *, is_share: bool) -> Whole | None:
        fitting = [whole for whole in self._known if is_share or _fits(place, whole)]
        return fitting[-1] if fitting else None

    def _remember(self, place: Place, matches: tuple[Match, ...]) -> None:
        if matches and _is_whole(place, matches[0]):
            self._keep(Whole(place.mention.value, place.mention.value, matches[0]))

    def _keep(self, whole: Whole) -> None:
        if whole not in self._known:
            self._known.append(whole)
            del self._known[:-_MEMORY]


def _is_marked(place: Place) -> bool:
    """Return whether what stands in a sentence is told to be parts of a whole."""
    if _MARKER.search(place.sentence_left):
        return True
    heads = _HEADED.search(place.earlier) if place.earlier else None
    return heads is not None and _MARKER.search(heads.group()) is not None


def _tells_several(place: Place) -> bool:
    """Return whether a share is that of several kinds together of all cases."""
    return (
        _TOTAL.search(place.own_left) is not None
        and _SEVERAL.search(place.sentence_left[: -len(place.own_left) or None] + place.own_left)
        is not None
    )


def _tells_share(place: Place) -> bool:
    """Return whether a share has a kind of its own, no count before it: 乡镇政府占3.6%."""
    return _SHARE_ALONE.search(place.own_left) is not None


def _implied(
    places: Sequence[Place], linked: Sequence[tuple[Match, ...]], index: int
) -> Whole | None:
    """Return the whole of which a kind is told with its share: 治安类复议案件13件,占22%."""
    place = places[index]
    if not index or "percent" not in place.mention.classes or not _SHARE.fullmatch(place.own_left):
        return None
    part, known = places[index - 1], linked[index - 1]
    is_whole = known and known[0].term.entry.told_by_kind == "whole"
    if not is_whole or not _KIND.search(part.own_left):
        return None
    return Whole(*_bounds(part, place), known[0])


def _wholes(places: Sequence[Place], linked: Sequence[tuple[Match, ...]]) -> list[Whole]:
    return [
        Whole(place.mention.value, place.mention.value, matches[0])
        for place, matches in zip(places, linked, strict=False)
        if matches and _is_whole(place, matches[0])
    ]


def _is_outcome(match: Match) -> bool:
    """Return whether a term tells what became of cases; by whose acts they came is a kind."""
    entry = match.term.entry
    if entry.told_by_kind == "part":
        return False
    return entry.topic in _CASES or entry.label.startswith(_OUTCOMES)


def _is_whole(place: Place, match: Match) -> bool:
    return (
        match.term.entry.told_by_kind == "whole"
        and match.how not in ("elided", "share", "change", "rank")
        and "case" in place.mention.classes
    )


def _fits(place: Place, whole: Whole) -> bool:
    """Return whether a number can be a part of a whole: a count of cases, not greater."""
    return "case" in place.mention.classes and place.mention.value <= whole.most


def _bounds(part: Place, share: Place) -> tuple[Decimal, Decimal]:
    """Return between which values a whole lies, its printed share rounded or cut."""
    printed, hundredfold = share.mention.value, part.mention.value * 100
    step = Decimal(1).scaleb(-len(share.mention.number_text.partition(".")[2]))
    low = hundredfold / (printed + step)
    return low, hundredfold / (printed - step / 2) if printed > step / 2 else low * 1000
