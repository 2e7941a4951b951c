"""Numbers printed in Chinese numerals: few of them are figures."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from assessor.reading.numbers import dates, names
from assessor.reading.numbers.arabic import read_in_parts
from assessor.reading.numbers.hedges import MORE, NONE, hedge_before, hedge_within
from assessor.reading.numbers.model import Flag, Why
from assessor.reading.numbers.numerals import (
    decimal_words,
    han_decimal,
    parse_han,
    parse_number,
)
from assessor.reading.numbers.page import Page, Printed, Waiting
from assessor.reading.numbers.pairs import (
    is_zero_rate,
    percent_until,
    read_ordinal,
    read_tenths,
)
from assessor.reading.numbers.telling import flags_before
from assessor.reading.numbers.units import Found, unit_at

_D = "零〇一二三四五六七八九"
_N = "零〇一二三四五六七八九十百千万两"
_OF = re.compile(rf"分之(?:\d{{1,3}}(?:\.\d{{1,4}})?(?!\.?\d)|[{_N}]{{1,10}}(?:点[{_D}]{{1,6}})?)")
_SESSION = re.compile(
    rf"届(?:(?:历次|[{_N}]{{1,3}}次)(?:全会|全体|会议)?|[{_N}]{{1,3}}中(?:全会)?|[{_N}]{{1,3}}次)?"
    r"|中(?=[、和全及,。])|次(?:全会|全体\(?扩大|党代会|代表大会)"
)
_POINT = re.compile(
    rf"点[{_D}]{{1,6}}(?:[百千]?[万亿]|(?=个百分点|百分点|倍|元|公里|平方|小时|个?[学课]时|吨|亩|%))"
)
_SCALE = re.compile(r"[余多来几][百千]?[万亿]")
_TO = re.compile(rf"[至到~—–-]{{1,2}}(?P<high>[{_N}]{{1,6}}(?:点[{_D}]{{1,4}})?)(?![{_N}分点个])")
_RANGE_SIGNS = frozenset("至到~—–-")
_BARE = frozenset("百千万亿")
_GOES_ON = frozenset("点余多来几")
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
    elif text[end : end + 1].isdecimal() and text[end - 1] in _BARE:
        read_in_parts(page, start, end, text[end - 1])
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
    shown = _WHOLES.get(whole, "%")
    high = _TO.match(text, stop) if text[stop : stop + 1] in _RANGE_SIGNS and not flags else None
    top = None if high is None else decimal_words(high["high"])
    if high is None or top is None:
        page.figure(Printed(start, stop, value, flags=flags), percent_until(stop, shown))
        return True
    page.waiting.append(Waiting(Printed(start, stop, value), high.start("high"), is_range=True))
    page.figure(Printed(high.start("high"), high.end(), top), percent_until(high.end(), shown))
    return True


def _placed(page: Page, start: int, end: int, last: str) -> bool:
    """Read dates, sessions of congresses, list numbers and vague counts."""
    text = page.text
    following = text[end : end + 1]
    if text[start] in "零〇" and end - start < 4 and following != "点":
        if end - start == 1 and is_zero_rate(text, start, end):
            page.figure(Printed(start, end, Decimal(0), flags=(Flag.ZERO,)), percent_until(end))
            return True
        page.drop(start, end, Why.IDIOM)
    elif following in _DATED and (stop := dates.han_date_at(text, start)):
        page.drop(start, stop, Why.DATE)
    elif following in _GATHERED and (found := _SESSION.match(text, end)):
        page.drop(start, found.end(), Why.SESSION)
    elif following == "次" and names.is_session(page.before(start), text[end + 1 : end + 3]):
        page.drop(start, end + 1, Why.SESSION)
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
    shape = _shape(text, end)
    unit = unit_at(text, shape.tail)
    if unit is None and text[start : shape.end] == "一":
        page.drop(start, end, Why.IDIOM)
        return
    is_plain = shape.end == end
    value = parse_han(text[start:end]) if is_plain else han_decimal(text[start : shape.end])
    if value is None:
        page.drop(start, end, Why.VAGUE if unit and end - start > 1 else Why.IDIOM)
        return
    bare = text[start] in _BARE
    printed = Printed(start, shape.end, value, shape.within, flags=shape.flags, is_bare_han=bare)
    if unit is None and not bare and page.wait(printed):
        return
    why = _why_none(page, printed, unit)
    if unit is None or why is not None:
        page.drop(start, unit.end if unit and why is not Why.IDIOM else end, why or Why.IDIOM)
        return
    hedged = hedge_before(text, start, bare_han=bare).start
    more = flags_before(page.before(hedged), unit)
    page.figure(printed._replace(flags=(*shape.flags, *more)), unit)


class Shape(NamedTuple):
    """What belongs to a numeral behind its first run of characters."""

    end: int
    tail: int
    """Where the unit begins."""
    within: int = NONE
    flags: tuple[Flag, ...] = ()


def _shape(text: str, end: int) -> Shape:
    """Return how a numeral whose first characters end at `end` goes on: 点五万, 余万, 几, 多."""
    following = text[end : end + 1]
    if following not in _GOES_ON:
        return Shape(end, end)
    number_end, within, is_vague = end, NONE, False
    if following == "点":
        point = _POINT.match(text, end)
        number_end = point.end() if point else end
    elif scale := _SCALE.match(text, end):
        number_end, is_vague = scale.end(), following == "几"
        within = MORE if is_vague else hedge_within(following)
    tail = number_end
    if text[tail : tail + 1] == "几":
        is_vague, within, tail = True, MORE, tail + 1
    if text[tail : tail + 1] in _EARLY:
        within, tail = within | hedge_within(text[tail]), tail + 1
    return Shape(number_end, tail, within, (Flag.VAGUE,) if is_vague else ())


def _why_none(page: Page, printed: Printed, unit: Found | None) -> Why | None:
    """Return why a numeral is no figure, or None; without a unit it never is one."""
    if unit is None or not unit.unit.takes_han:
        return Why.IDIOM
    text, start = page.text, printed.start
    hedged = page.hedge(start, bare_han=printed.is_bare_han)
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
