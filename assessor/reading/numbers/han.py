"""Numbers printed in Chinese numerals: few of them are figures."""

from __future__ import annotations

import re
from decimal import Decimal

from assessor.reading.numbers import dates, names
from assessor.reading.numbers.arabic import flags_before
from assessor.reading.numbers.hedges import MORE, NONE, hedge_before, hedge_within
from assessor.reading.numbers.model import Flag, Why
from assessor.reading.numbers.numerals import parse_han, parse_number
from assessor.reading.numbers.page import Page, Printed
from assessor.reading.numbers.pairs import percent_until, read_ordinal, read_tenths
from assessor.reading.numbers.units import Found, unit_at

_D = "零〇一二三四五六七八九"
_N = "零〇一二三四五六七八九十百千万两"
_OF = re.compile(rf"分之(?:\d{{1,3}}(?:\.\d{{1,4}})?(?!\.?\d)|[{_N}]{{1,10}}(?:点[{_D}]{{1,6}})?)")
_SESSION = re.compile(
    rf"届(?:(?:历次|[{_N}]{{1,3}}次)(?:全会|全体|会议)?|[{_N}]{{1,3}}中(?:全会)?|[{_N}]{{1,3}}次)?"
    r"|中(?=[、和全及,。])|次(?:全会|全体\(?扩大|党代会|代表大会)"
)
_POINT = re.compile(rf"点[{_D}]{{1,6}}(?=个百分点|倍|[万亿])")
_SHARED = frozenset("分成")
_WHOLES = {"百": "%", "千": "‰", "万": "‱"}
_EARLY = frozenset("余多来")
_VAGUE_BEFORE = frozenset("几数")
_JOINTS = frozenset("、至到和")
_DATED = frozenset("年月季世周")
_GATHERED = frozenset("届中次")
_NUMBERED = frozenset("是要")
_LINE_STARTS = frozenset(("", "\n"))
_MAX = 24
_CLAUSE_MARKS = frozenset("\n。;:!?,(")


def read(page: Page, start: int, end: int) -> None:
    """Sort one run of Chinese numerals that begins at the page's position."""
    if end - start > _MAX:
        page.drop(start, end, Why.TOO_LONG)
        return
    if page.waiting:
        page.settle(start)
    text = page.text
    last = text[start - 1 : start]
    if last == "第" or (start - 1 == page.ordinal_end and last in _JOINTS):
        read_ordinal(page, start, end)
    elif not _share(page, start, end) and not _placed(page, start, end, last):
        _counted(page, start, end)


def _share(page: Page, start: int, end: int) -> bool:
    """Read 百分之九十八点五, 三分之二, 百分百 and 八成."""
    text = page.text
    following = text[end : end + 1]
    if following not in _SHARED or text[start - 1 : start] in _VAGUE_BEFORE:
        return False
    if following == "成":
        return end - start == 1 and read_tenths(page, start)
    found = _OF.match(text, end)
    stop = found.end() if found else start + 3
    value = parse_number(text[start:stop])
    if value is None:
        return False
    whole = text[start:end]
    flags = () if whole in _WHOLES else (Flag.FRACTION,)
    printed = Printed(start, stop, value, flags=flags)
    page.figure(printed, percent_until(stop, _WHOLES.get(whole, "%")))
    return True


def _placed(page: Page, start: int, end: int, last: str) -> bool:
    """Read dates, sessions of congresses, list numbers and vague counts."""
    text = page.text
    following = text[end : end + 1]
    if text[start] in "零〇" and end - start < 4 and following != "点":
        page.drop(start, end, Why.IDIOM)
    elif following in _DATED and (stop := dates.han_date_at(text, start)):
        page.drop(start, stop, Why.DATE)
    elif following in _GATHERED and (found := _SESSION.match(text, end)):
        page.drop(start, found.end(), Why.SESSION)
    elif following == "大":
        page.drop(start, end + 1, Why.SESSION if end - start > 1 else Why.NAME)
    elif last in _VAGUE_BEFORE:
        page.drop(start - 1, end, Why.VAGUE)
    elif _is_list_number(last, following):
        page.drop(start, end, Why.LIST)
    else:
        return False
    return True


def _is_list_number(last: str, following: str) -> bool:
    if last == "(" and following == ")":
        return True
    if following == "、":
        return last in _LINE_STARTS
    return following in _NUMBERED and (not last or last in _CLAUSE_MARKS)


def _counted(page: Page, start: int, end: int) -> None:
    """Read a numeral with a measure word where it counts."""
    text = page.text
    number_end = end
    if text[end : end + 1] == "点" and (point := _POINT.match(text, end)):
        number_end = point.end()
    many = "几" if text.startswith("几", number_end) else ""
    tail = number_end + len(many)
    early = text[tail : tail + 1] if text[tail : tail + 1] in _EARLY else ""
    unit = unit_at(text, tail + len(early))
    if unit is None and text[start:end] == "一":
        page.drop(start, end, Why.IDIOM)
        return
    value = _value(text, start, number_end)
    if value is None:
        page.drop(start, end, Why.VAGUE if unit and end - start > 1 else Why.IDIOM)
        return
    flags: tuple[Flag, ...] = (Flag.VAGUE,) if many else ()
    within = hedge_within(early) | (MORE if many else NONE)
    bare = text[start] in "百千万亿"
    printed = Printed(start, number_end, value, within, flags=flags, is_bare_han=bare)
    if unit is None and not bare and page.wait(printed):
        return
    why = _why_none(page, printed, unit)
    if unit is None or why is not None:
        page.drop(start, unit.end if unit and why is not Why.IDIOM else end, why or Why.IDIOM)
        return
    hedged = hedge_before(text, start, bare_han=bare).start
    more = flags_before(page.before(hedged), unit)
    page.figure(printed._replace(flags=(*flags, *more)), unit)


def _value(text: str, start: int, end: int) -> Decimal | None:
    whole, point, places = text[start:end].partition("点")
    if not point:
        return parse_han(whole)
    return parse_number(f"百分之{whole}点{places}")


def _why_none(page: Page, printed: Printed, unit: Found | None) -> Why | None:
    """Return why a numeral is no figure, or None; without a unit it never is one."""
    if unit is None or not unit.unit.takes_han:
        return Why.IDIOM
    text, start = page.text, printed.start
    hedged = hedge_before(text, start, bare_han=printed.is_bare_han)
    before, behind = page.before(hedged.start), text[unit.end : unit.end + 10]
    why: Why | None = None
    if printed.is_bare_han and not (hedged.hedge or printed.within):
        why = Why.IDIOM
    elif not unit.classes.isdisjoint(("day", "month", "year", "hour", "minute")):
        lapses = unit.shown != "分钟" and dates.is_lapse(before, behind, unit.shown, "")
        why = Why.DURATION if lapses or _is_one(text, printed) else None
    elif dates.is_frequency(before):
        why = Why.FREQUENCY
    elif names.is_set_phrase(text, start, before) or behind[:1].isdecimal():
        why = Why.IDIOM
    else:
        why = None if _counts(page, printed, unit, before, behind) else Why.IDIOM
    return why


def _counts(page: Page, printed: Printed, unit: Found, before: str, behind: str) -> bool:
    """Return whether a small numeral counts things instead of introducing them."""
    if _is_one(page.text, printed):
        return names.one_counts(page.before(printed.start), unit.shown, behind)
    if _is_few(page.text, printed, unit):
        return names.few_count(before, page.text, unit.end)
    return True


def _is_few(text: str, printed: Printed, unit: Found) -> bool:
    few = printed.end - printed.start == 1 and text[printed.start] in "两二三四五六七八九"
    return few and unit.shown in ("个", "项", "条") and not printed.within


def _is_one(text: str, printed: Printed) -> bool:
    return text[printed.start : printed.end] == "一"
