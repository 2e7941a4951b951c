"""Of which year or stretch of time a figure speaks."""

from __future__ import annotations

import re
from typing import NamedTuple

from assessor.reading.context import Context

COMPARED = re.compile(
    r"同比|环比|(?:较|比|与|[高低]于)(?:20\d\d年|上年|去年|上一?年度?|前一年|同期|往年)"
)
_COMPARED_WITH = re.compile(
    r"(?:较|比|与|同|[高低]于)(?:20\d\d年|上年|去年|上一年度?)(?:同期)?的[^,。;0-9]{0,8}$"
)
"""The number is what this year's is held against: 与2023年的5162人次基本持平."""
_COMPARED_LEVEL = re.compile(
    r"(?:较|比|与|同)(?:20\d\d年|上年|去年|上一年度?)(?:同期)?[^,。;0-9]{0,6}$"
)
_MOVES = re.compile(
    r"^(?:的[^,。;0-9]{0,6})?(?:下降|上升|提高|提升|降低|减少|增加|相比|持平|[增降高低])"
)
"""Behind it: 较2023年7.8%下降."""
_LAST = r"(?:上年度?|去年|上一年度?|前一年|前年)(?:同期|全年)?"
_PREVIOUS = re.compile(rf"{_LAST}(?:的|为|是|共|仅)?[^,，。;；0-9]{{0,6}}$")
_NOT_TOLD = "年?底|末|以来|反馈|督察|存在|遗留|结转|未结|问题|年初|的?基础|考核|印发|相比|开始|起"
"""Behind last year: a day of it or what came from it, nothing that was done in it."""
_PREVIOUS_CLAUSE = re.compile(
    rf"(?:^|[,;:。(]){_LAST}(?:,|:)?(?!{_NOT_TOLD})"
    r"(?![^,;。]{0,20}(?:今年|本年|20\d\d年))[^,;。0-9]{0,40}$"
)
"""The clause, or the one before it, opens with last year."""
_PREVIOUS_SENTENCE = re.compile(
    rf"{_LAST},?(?!{_NOT_TOLD})"
    r"(?![^。]{0,300}(?:今年|本年|当年|20\d\d年|截至|目前|现[有已在]|遗留|结转|同期|相比))"
)
"""The sentence opens with last year and names no other time."""
_NOW = re.compile(r"今年|本年|当年")
_FROM_TO = re.compile(
    r"^[^,，。;；0-9]{0,6}(?:减少?|降低?|下降|增加?|增长|提高|提升|上升|压缩|压减|缩短|缩减|精简|扩大"
    r"|扩展|拓展|跃升|攀升|回升|[升涨])(?:到|至|为)"
)
_FROM = re.compile(r"(?:由|从)(?:原来的?|原先的?|上年的?|去年的?|20\d\d年的?)?[^,，。;；0-9]{0,8}$")
_YEARS = re.compile(r"(20[0-3]\d)年")
_NOT_OWN_YEAR = re.compile(
    r"《[^》]*》|\([^()]*\)|20[0-3]\d年度(?=[^,，。]{0,16}(?:目录|计划|清单|要点|报告))"
    r"|(?:较|比|与|[高低]于)20[0-3]\d年|自?20[0-3]\d年[^,，。;；0-9]{0,10}以来(?=[^。]*(?:今年|本年))"
)
"""Years that name a document or are compared with."""
_PAIRED = re.compile(
    r"((?:20[0-3]\d年?(?:度)?[、和与及,])+20[0-3]\d)年?(?:度)?[^。;0-9]{0,40}分别(?:为|是|达到?)?(?P<told>[^。;]*)$"
)
_NUMBER = re.compile(r"\d[\d.,]*")
_SINCE = re.compile(r"20[0-3]\d年[^,，。;；]{0,10}以来|五年来|三年来|近年来|历年|累计")
_SPAN = re.compile(
    r"20[0-3]\d(?:年(?:\d{1,2}月)?(?:\d{1,2}日)?)?(?:至|到|[-—~])20[0-3]\d年?"
    r"|(?:近|过去|最近)?[二三四五六七八九十两几]年(?:多)?(?:来|间|平均)|近[二三四五六七八九十两几][年届](?!来)"
    r"|“?十[二三四五]五”?(?:期间|以来|时期)|(?:本届|上届)[^,。;]{0,6}以来|[一二]十大以来|十[八九]大以来|任期[内以]"
)
_PART = re.compile(
    r"[上下]半年|前?[一二三四]季度|第[一二三四]季度|(?<!\d)1(?:月)?[-—~至到](?:[2-9]|1[01])月|前[三六九]个月"
)
_SPAN_SIGNS = frozenset("至到-—~来间期届均近")
_PART_SIGNS = frozenset("半季月")


class Time(NamedTuple):
    """The time a figure speaks of."""

    year: int | None
    """The last year named before it; None when none is."""
    is_cumulative: bool
    flags: tuple[str, ...]
    """`span` over several years, `part_year` less than one."""


def time_of(context: Context) -> Time:
    """Return the year named before a figure, and whether more or less than a year is told."""
    flags = []
    now = _after_now(context.sentence)
    if not _SPAN_SIGNS.isdisjoint(now) and _SPAN.search(now):
        flags.append("span")
    if not _PART_SIGNS.isdisjoint(now) and _PART.search(now):
        flags.append("part_year")
    return Time(_year_of(context), bool(_SINCE.search(context.before)), tuple(flags))


def _after_now(sentence: str) -> str:
    """Return the part of a sentence behind its last 今年: what went before is told apart."""
    last = None
    for last in _NOW.finditer(sentence) if "年" in sentence else ():  # noqa: B007 - the last
        pass
    return sentence if last is None else sentence[last.start() :]


def may_be_previous(context: Context) -> bool:
    """Return whether a sentence opens with last year: its later clauses may tell of it too."""
    return _PREVIOUS_SENTENCE.match(context.sentence) is not None


def is_previous(context: Context) -> bool:
    """Return whether a number is last year's, or what a change began from."""
    before = context.before
    if "结转" in before or "遗留" in before:
        return bool(_FROM.search(before) and _FROM_TO.match(context.after))
    if "的" in before and _COMPARED_WITH.search(before):
        return True
    if _COMPARED_LEVEL.search(before) and _MOVES.match(context.after):
        return True
    if "年" in before and not COMPARED.search(before[-10:]) and _PREVIOUS.search(before):
        return True
    if _PREVIOUS_CLAUSE.search(context.sentence[-60:]):
        return True
    return bool(_FROM.search(before) and _FROM_TO.match(context.after))


def _year_of(context: Context) -> int | None:
    """Return the last year named before the figure in its clause, else in its sentence."""
    for text in (context.before, context.sentence):
        if "20" not in text:
            continue
        paired = _PAIRED.search(text)
        if paired is not None:
            years = re.findall(r"20[0-3]\d", paired[1])
            told = len(_NUMBER.findall(paired["told"]))
            return int(years[min(told, len(years) - 1)])
        found = _YEARS.findall(_NOT_OWN_YEAR.sub("", text))
        if found:
            return None if _NOW.search(text, text.rfind(found[-1])) else int(found[-1])
    return None
