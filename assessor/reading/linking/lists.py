"""Numbers that share a name with their neighbours: elided nouns, counts of one event, pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assessor.reading.linking.changes import RATES, run_of
from assessor.reading.linking.matching import Matcher
from assessor.reading.linking.names import Match
from assessor.reading.linking.places import BARE, Place

_JOINT = re.compile(r"[,、;]?(?:和|与|及|以及|其中)?[^,、;。0-9]{0,14}$")
_RESPECTIVELY = re.compile(r"分别[^,、;。0-9]{0,6}$|分别(?:为|是|达到?|约为|占)")
_ABOVE = re.compile(
    r"(?:以上|上述|前述)[^,。;0-9]{0,6}(?:指标|目标|任务|数据|项)[^,。;0-9]{0,4}分别"
)
"""Names told before: 2024年末以上指标分别为1320名、95.2%."""
_TO_LEVEL = re.compile(
    r"[^,。;0-9]{0,6}(?:提高|提升|增加|增长|上升|减少|降低|下降|压缩|缩短|精简|调整|扩大|拓展|扩展|扩充|升|降|增|减)(?:到|至|为)"
)
_LAST_YEAR = re.compile(
    r"[,(、;]?(?:而|与|较|比|同)?(?:上年度?|去年|上一年度?|前一年|20[0-3]\d年度?)(?:同期)?的?(?:仅|只)?"
    r"(?:又|再)?(?:为|是|有|达到?|升至|升到|增至|增加到|增加至|降至|降到|减至|减少到|减少至)?"
)
_GOAL = re.compile(
    r"[,(、;]?(?:目标(?:值|任务)?(?:是|为)?|力争|计划|预计|到)+(?:20[0-3]\d年)?(?:底|末)?前?"
    r"(?:力争)?(?:达到?|为|实现|提高到|提升到|提高至|提升至)?"
)
_MODIFIER = re.compile(
    r"(?:其中|全国|国家级?|省级?|市级?|县级?|区级?|镇级?|乡级?|村级?|[省市县区]本级|部门|乡镇|街道|镇\(街道\)"
    r"|村\(社区\)|社区|农村|城区|机关|基层|[我本全](?:省|市|县|区|州|旗|镇|乡|街道|局)|[A-C甲乙丙一二三]类"
    r"|优秀|良好|合格|其他|其它|新增|共|约|近|超)*"
)
"""What a list may put in place of its noun."""
_EACH = re.compile(r"[村人户镇乡县]均$")
_OURS = re.compile(
    r"[,、;(]?(?:其中|而)?[我本](?:省|市|县|区|州|旗|镇|乡|街道|局)(?:本级)?(?:占|有|为|是|达到?|收到|共)?"
)
"""One's own part of a figure given for a greater body: 全省1260个,其中我市86个."""
_KIND = re.compile(
    r"(?:其中)?[,、]?[^,、;:。0-9(]{1,8}(?:类|程序|级|领域|方面|系统|信息|局|大队|委|镇|乡|街道)"
)
"""A part named by its kind only: 其中简易程序521起、普通程序163起."""
_COUNTED_TOO = re.compile(
    r"[,、;(]?(?:和|与|及|以及|计|共计?|总计|合计|累计|约|近|超过?|达到?|有|吸引|参加|参与|参训|受训|培训|轮训|覆盖|惠及|服务"
    r"|听众|受众|学员|人员|人数|干部|职工|群众|执法人员|参训人员|参加人员|参与人员|参会人员)*"
)
"""Between the count of an event and the count of those who came."""
_PARTS = 4
"""Numbers looked back over for the whole a part belongs to."""
_COMMON = frozenset(
    ("法治", "行政", "教育", "宣传", "工作", "服务", "管理", "法律", "执法", "社区")
)
"""Words too common to tell that two nouns are of one kind."""
_NOUN = 8
"""Characters before a number that hold the noun it counts."""
_SPLIT = re.compile(r"、|,|以及|和(?!解|谐)|(?<!参)与(?!率)|(?<!以)(?<!普)(?<!涉)及(?!时|格|以)")


class Lists:
    """Names numbers by what their neighbours are named."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def elided(self, place: Place, previous: Place, matches: Sequence[Match]) -> tuple[Match, ...]:
        """Carry a noun over: 国家级民主法治村1个、省级17个、市级110个."""
        if not matches or place.sentence_start != previous.sentence_start:
            return ()
        best, own = matches[0], place.own_left
        if not best.term.units & place.mention.classes:
            return ()
        is_same = any(one.fullmatch(own) for one in (_TO_LEVEL, _LAST_YEAR, _GOAL, _OURS))
        if is_same or (own and BARE.fullmatch(own)):
            return (best._replace(score=best.score - 10, start=-1, how="elided"),)
        barred = best.term.forbid is not None and best.term.forbid.search(place.clause)
        if barred or not _continues(place, previous):
            return ()
        return (best._replace(score=best.score - 30, start=-1, how="elided"),)

    def kind(
        self, places: Sequence[Place], linked: Sequence[tuple[Match, ...]], index: int
    ) -> tuple[Match, ...]:
        """Name a part by the whole before it: 共286件,同比增长8%,其中公安类86件,占30%."""
        place = places[index]
        bare = place.own_left.strip("、,;和与及以")
        if place.mention.classes & RATES or not _KIND.fullmatch(bare):
            return ()
        for other in range(index - 1, max(index - _PARTS - 1, -1), -1):
            if places[other].sentence_start != place.sentence_start:
                break
            if places[other].mention.unit != place.mention.unit or not linked[other]:
                continue
            best = linked[other][0]
            if "其中" not in bare and best.how != "elided":
                break
            return (best._replace(score=best.score - 30, start=-1, how="elided"),)
        return ()

    def companion(
        self, place: Place, previous: Place, matches: Sequence[Match]
    ) -> tuple[Match, ...]:
        """Name the count of people by the event counted before it: 培训5期、220人次."""
        if not matches or place.sentence_start != previous.sentence_start:
            return ()
        if not _COUNTED_TOO.fullmatch(place.wide_left) and not _COUNTED_TOO.fullmatch(
            place.own_left
        ):
            return ()
        event = matches[0].term.entry.id
        found = [
            Match(term, 70, -1, "elided")
            for term in self._matcher.lexicon.companions(event)
            if term.units & place.mention.classes
        ]
        return tuple(found[:1])

    def unused(self, place: Place, previous: Place) -> tuple[Match, ...]:
        """Give a bare number the name that did not fit the one before: 接访268批次、612人次."""
        bare = BARE.fullmatch(place.wide_left.strip("、,;和与及以计"))
        if not bare or place.sentence_start != previous.sentence_start:
            return ()
        name = _EACH.sub("", previous.own_left)
        return tuple(
            match._replace(score=match.score - 20, how="elided")
            for match in self._matcher.direct(place._replace(own_left=name))
            if match.how == "before"
        )

    @staticmethod
    def trail(places: Sequence[Place], linked: list[tuple[Match, ...]]) -> None:
        """Carry a noun back from the end of its list: 甲镇90项、乙镇40项、丙镇38项行政权力事项."""
        for index in range(len(places) - 2, -1, -1):
            place, behind, known = places[index], places[index + 1], linked[index + 1]
            if linked[index] or not known or known[0].how not in ("after", "trailing"):
                continue
            is_listed = place.right.startswith(("、", "和")) and place.clause == behind.clause
            if is_listed and place.mention.unit == behind.mention.unit:
                linked[index] = (known[0]._replace(score=60, start=-1, how="trailing"),)

    def pair(self, places: Sequence[Place], linked: list[tuple[Match, ...]]) -> None:
        """Pair names and numbers in order: A率、B率分别为98%、95%."""
        index = 0
        while index < len(places):
            word = _RESPECTIVELY.search(places[index].own_left)
            if word is None:
                index += 1
                continue
            run = run_of(places, index)
            names = self._names_before(places, run, word.start())
            if _ABOVE.search(places[index].own_left):
                names = _named_above(places, linked, index, len(run))
            if 2 <= len(names) == len(run) and any(names):
                for number, name in zip(run, names, strict=True):
                    linked[number] = (name,) if name else ()
            index = run[-1] + 1

    def _names_before(
        self, places: Sequence[Place], run: Sequence[int], end: int
    ) -> list[Match | None]:
        """Return the terms a list names, in order; parts share their first or last words."""
        text = places[run[0]].own_left[:end]
        parts = [part for part in _SPLIT.split(text) if part]
        parts = parts[-len(run) :] if len(parts) > len(run) else parts
        return [
            next(
                (
                    found
                    for spelt in _spellings(part, parts)
                    if (found := self._matcher.named(places[number], spelt))
                ),
                None,
            )
            for number, part in zip(run, parts, strict=False)
        ]


def _continues(place: Place, previous: Place) -> bool:
    """Return whether a count goes on with a list, its noun left out or much the same."""
    if place.mention.classes & RATES or not _JOINT.fullmatch(place.own_left):
        return False
    bare = place.own_left.strip("、,;和与及以")
    if not bare:
        return True
    if place.mention.unit != previous.mention.unit:
        return False
    akin = place.wide_left.startswith("、") and _akin(bare, previous.own_left)
    return akin or _MODIFIER.fullmatch(bare) is not None


def _akin(noun: str, other: str) -> bool:
    """Return whether two nouns of a list share a word: 示范县1个、单项示范项目2个."""
    pairs = {noun[at : at + 2] for at in range(len(noun) - 1)}
    return any(pair in other[-_NOUN:] for pair in pairs - _COMMON)


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


def _named_above(
    places: Sequence[Place], linked: Sequence[tuple[Match, ...]], index: int, count: int
) -> list[Match | None]:
    """Return the last quantities of the paragraph before a number, when their units agree."""
    first = index - count
    if first < 0 or not all(linked[first:index]):
        return []
    if any(
        places[first + at].mention.unit != places[index + at].mention.unit for at in range(count)
    ):
        return []
    return [one[0]._replace(score=80, start=-1, how="respectively") for one in linked[first:index]]
