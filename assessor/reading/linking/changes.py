"""Sizes of changes, shares and ranks: they speak of a quantity named before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assessor.reading.linking.matching import Matcher
from assessor.reading.linking.names import Match
from assessor.reading.linking.places import Place
from assessor.reading.status import CHANGE_VERBS, COMPARED, TIMES_LAST_YEAR

_THAN = (
    r"(?:(?:较|比|与|同)?(?:上年度?|去年|上一年度?|20\d\d年|同期|往年)(?:同期|同一时期)?(?:相比|比)?(?:同比)?"
    r"|同比|环比)"
)
"""What a quantity is compared with."""
_CHANGED = re.compile(
    rf"(?:[,(]?(?:分别)?{_THAN})?,?"
    r"(?:全年)?(?:大幅|明显|略有|有所|持续|进一步|整体|平均|年均|共|净|再|还|又)*"
    rf"(?:{CHANGE_VERBS}|增幅|降幅|涨幅|高于|低于|多|少|增|降|减|高|低)"
    r"(?:了|约|近|超|达|到|为|幅度|率|出)*(?:上年|去年|上一年)?(?:同期)?$"
)
"""What stands between a name and the size of its change."""
_CHANGE_WORD = re.compile(r"压减|压缩|缩减|精简|减少|缩短|提速|下降|增长|提升|增加")
_SHARE = re.compile(r"(?:占|比重|比例)[^,。;0-9]{0,16}$")
_SHARE_ALONE = re.compile(
    r"[,、;(]?(?:其中|约|仅|分别|均|合计|共|各|件数|数量|总数|人数|在[^,。;0-9]{2,10}中)*(?:占|比重|比例)"
)
"""A share that names nothing itself speaks of the count before it."""
_NO_SUBJECT = re.compile(
    r"[,、;(]?(?:其中|分别|均|都|也|又|则|共|全年|件数|总数|数量|总量|金额|总金额|人数|人次|案件|案件数|案件量|比例|这一数据|该项|此项|同期)*"
)
_PEER = re.compile(r"[,、;]?[^\W\d]{2,8}(?:领域|类|方面|系统|部门)")
"""The next of several kinds whose changes are told in a row: 物价领域下降33.4%."""
_KINDS = (
    ("金额", "money"),
    ("件", "case"),
    ("案", "case"),
    ("人次", "persontime"),
    ("人数", "person"),
)
"""General subjects of a change and the units they speak of."""
_TRAILING = re.compile(
    r"(?:件数|数量|总量|总数|案件|申请|人数|次数|数|量|率|均|也|则|共|同比|环比|总体|整体|频次|频率|比例|由|从|已|较|比|为|的|了)*"
)
_PAIRED = re.compile(
    rf"[,(]?{_THAN}?,?(?:年均|平均)?"
    rf"(?P<size>{CHANGE_VERBS}|增幅|降幅|涨幅)?(?:幅度)?"
    rf"分别(?:大幅|同比|环比)?(?P<sizes>{CHANGE_VERBS}|增幅|降幅)?"
    r"(?:了|约|近|超|达到?|为|是|幅度)*$"
)
"""Sizes of several changes in the order of what changed: 同比分别增长12%、8%."""
_OF_SEVERAL = re.compile(r"、|,|以及|和(?!解)|与|及(?!时)")
RATES = frozenset(("percent", "percent_point", "multiple", "ratio"))
_REACH = 5


def names_change(match: Match, place: Place) -> bool:
    """Return whether the name itself speaks of a change: 审批时限压缩, 申请材料缩减."""
    named = match.how == "before" and bool(_CHANGE_WORD.search(match.text))
    return named and not COMPARED.search(place.left)


class Changes:
    """Links what is said about a quantity to the quantity."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def link(
        self, places: Sequence[Place], linked: Sequence[tuple[Match, ...]], index: int
    ) -> tuple[Match, ...] | None:
        """Return the terms a change, share or rank is about; None for other numbers."""
        place = places[index]
        is_rate = bool(place.mention.classes & RATES)
        may_change = is_rate or COMPARED.search(place.left + place.sentence_left[-40:])
        changed = _CHANGED.search(place.own_left) if may_change else None
        if changed is not None:
            direct = self._matcher.direct(place)
            if direct and names_change(direct[0], place):
                return None
            subject = place.own_left[: changed.start()]
            found = self._subject(place, subject)
            if not found and _NO_SUBJECT.fullmatch(subject):
                found = _previous(places, linked, index, kind=_kind_of(subject))
            elif not found and index and _PEER.fullmatch(subject):
                found = tuple(one for one in linked[index - 1] if one.how == "change")
            return tuple(match._replace(how="change") for match in found[:3])
        if place.mention.unit == "倍" and TIMES_LAST_YEAR.search(place.own_left):
            before = _previous(places, linked, index)
            return tuple(match._replace(how="change") for match in before)
        if "rank" in place.mention.flags:
            of_rate = bool(index) and bool(places[index - 1].mention.classes & RATES)
            before = _previous(places, linked, index, reach=1) if of_rate else ()
            return tuple(match._replace(how="rank") for match in before[:1])
        if "percent" in place.mention.classes and _SHARE.search(place.own_left):
            return self._share(places, linked, index)
        return None

    def pair(self, places: Sequence[Place], linked: list[tuple[Match, ...]]) -> None:
        """Give sizes of changes in a row to as many quantities before them, in order."""
        for index, place in enumerate(places):
            if not place.mention.classes & RATES:
                continue
            found = _PAIRED.search(place.own_left)
            if found is None or not (found["size"] or found["sizes"]):
                continue
            run = run_of(places, index)
            if len(run) < 2:
                continue
            subject = place.own_left[: found.start()]
            changed = self._several(place, subject, len(run)) or _counted(
                places, linked, index, len(run)
            )
            for number, match in zip(run, changed, strict=False):
                linked[number] = (match._replace(score=70, start=-1, how="change"),)

    @staticmethod
    def follow(
        places: Sequence[Place],
        linked: list[tuple[Match, ...]],
        before: Sequence[tuple[Match, ...]],
    ) -> None:
        """Give a change said of a number the name that number has got since."""
        for index in range(1, len(places)):
            if not places[index].mention.classes & RATES:
                continue
            changed = _CHANGED.search(places[index].own_left)
            if changed is None:
                continue
            if not _NO_SUBJECT.fullmatch(places[index].own_left[: changed.start()]):
                continue
            for other in range(index - 1, max(index - _REACH - 1, -1), -1):
                if not places[other].mention.classes & RATES:
                    if linked[other] != before[other] and linked[other]:
                        linked[index] = (linked[other][0]._replace(score=70, how="change"),)
                    break

    def _several(self, place: Place, subject: str, count: int) -> list[Match]:
        """Return the quantities a list names, when it names just so many."""
        parts = [part for part in _OF_SEVERAL.split(subject) if part]
        named = [self._matcher.any_unit(place, part) for part in parts[-count:]]
        return [one[0] for one in named] if len(named) == count and all(named) else []

    def _subject(self, place: Place, subject: str) -> tuple[Match, ...]:
        """Return the terms a change is said of: their name must end the stretch."""
        first = place.mention.start - len(place.own_left)
        return tuple(
            match
            for match in self._matcher.any_unit(place, subject)
            if _TRAILING.fullmatch(subject, self._end(match, place, subject) if first >= 0 else 0)
        )

    @staticmethod
    def _end(match: Match, place: Place, subject: str) -> int:
        """Return where a name ends in the stretch it was found in."""
        return match.start - (place.mention.start - len(subject)) + len(match.text)

    def _share(
        self, places: Sequence[Place], linked: Sequence[tuple[Match, ...]], index: int
    ) -> tuple[Match, ...] | None:
        place = places[index]
        if self._matcher.direct(place) or not _SHARE_ALONE.match(place.own_left):
            return None
        if not index or places[index - 1].mention.classes & RATES:
            return None
        before = _previous(places, linked, index, reach=1)
        return tuple(self._as_share(match, place) for match in before[:1]) or None

    def _as_share(self, match: Match, place: Place) -> Match:
        """Return what a share of a quantity is called: a rate of its own, or a share.

        Lost cases as a share of all lost cases are no loss rate.
        """
        rate = self._matcher.lexicon.share_of(match.term.entry)
        if rate is not None and match.text and match.text in place.own_left:
            rate = None
        return match._replace(term=rate or match.term, how="share")


def _previous(
    places: Sequence[Place],
    linked: Sequence[tuple[Match, ...]],
    index: int,
    reach: int = _REACH,
    kind: str = "",
) -> tuple[Match, ...]:
    """Return what the nearest number before it in the sentence was linked to, rates left out.

    Where a kind is asked for, numbers of another unit class are passed over.
    """
    for other in range(index - 1, max(index - reach - 1, -1), -1):
        if places[other].sentence_start != places[index].sentence_start:
            break
        if kind and kind not in places[other].mention.classes:
            continue
        if linked[other]:
            return (linked[other][0]._replace(score=70, start=-1),)
        if not places[other].mention.classes & RATES:
            break
    return ()


def _kind_of(subject: str) -> str:
    """Return the unit class a general subject asks for: 金额同比上升5% speaks of money."""
    return next((kind for word, kind in _KINDS if word in subject), "")


def _counted(
    places: Sequence[Place], linked: Sequence[tuple[Match, ...]], index: int, count: int
) -> list[Match]:
    """Return the last quantities counted before a number in its sentence, as many as asked."""
    found: list[Match] = []
    for other in range(index - 1, -1, -1):
        if places[other].sentence_start != places[index].sentence_start:
            break
        if places[other].mention.classes & RATES:
            break
        if not linked[other]:
            return []
        found.insert(0, linked[other][0])
        if len(found) == count:
            return found
    return []


def run_of(places: Sequence[Place], first: int) -> list[int]:
    """Return the numbers of one list: nothing but joints between them."""
    run = [first]
    for index in range(first + 1, len(places)):
        own = places[index].wide_left.strip("、,;和与及以 ")
        if own or places[index].sentence_start != places[first].sentence_start:
            break
        run.append(index)
    return run
