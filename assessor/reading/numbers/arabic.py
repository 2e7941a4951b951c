"""Numbers printed in Arabic digits."""

from __future__ import annotations

import re
from string import ascii_letters

from assessor.reading.numbers import dates, names
from assessor.reading.numbers.hedges import hedge_within
from assessor.reading.numbers.model import Flag, Why
from assessor.reading.numbers.numerals import MAX_DIGITS, scaled
from assessor.reading.numbers.page import Page, Printed
from assessor.reading.numbers.pairs import (
    PAIRED,
    read_ordinal,
    read_pair,
)
from assessor.reading.numbers.stepped import stepped_at
from assessor.reading.numbers.telling import flags_before
from assessor.reading.numbers.units import Found, unit_at
from assessor.reading.numbers.unsaid import unsaid_unit

_TAIL = re.compile(
    r"(?P<early>[余多来])?(?P<scale>[百千]?(?:万亿|[万亿])|[百千](?![米瓦克伏姓卡]|家[万讲争]|分[点之]))?"
    r"(?P<late>[余多来+])?"
)
_TAIL_FIRST = frozenset("余多来百千万亿+")
_MARKS = frozenset("余多来+")
_RATIO_WORD = re.compile(
    r"比(?:例|值|率|重)?(?:约?为|是|达到?|接近|约|稳定在|保持在|上升至|提升至)?(?:约|近)?$"
)
_DOCUMENT = re.compile(r"[\u3014\[(【](?:19|20)\d\d[\u3015\])】](?:第?\d{1,5}号)?")
_CUT = re.compile(r"(?P<head>\d+) ?\. ?$|\d+ $")
_COUNTER = re.compile(r"(?:浏览|访问|阅读|点击)(?:次数|人次|量|数)?:$")
_METRE = re.compile(r"km(?![A-Za-z])")
_LIST_AND_COUNT = re.compile(r"[1-9]\d?\.(?P<rest>\d{1,4})")
_SIGNED = re.compile(r"[长幅率为了]-$")
_MORE_THAN = re.compile(r"[多余](?:月|小时|工作日)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LETTERS = frozenset(ascii_letters)
_OPEN = frozenset("\u3014[(【")
_JOINTS = frozenset("、至到-和")
_SIGNS = frozenset("+·×")
_TELLING_BEFORE = _LETTERS | _OPEN | _JOINTS | _SIGNS | {"第"}
_TELLING_BEHIND = _LETTERS | frozenset("+·•・×*号")
_TIMED = dates.DATE_NEXT | {":", "时"}
_LIST_SIGNS = frozenset("、.)")
_CUT_SIGNS = frozenset(" .,。")
_COMMAS = frozenset(",。")
_MORE_PARTS = frozenset("0123456789〇零一二三四五六七八九两万亿")
"""Behind 万 or 3千余: the number goes on."""
_REST = re.compile(r"[\d.,〇零一二三四五六七八九十百千万亿两]{1,20}")
_VERSIONED = frozenset("版代")
_LINE_MARKS = frozenset(("", "\n", "(", "。", ";"))
_TIMES = frozenset(("day", "month", "year", "hour"))
_RATE = frozenset(("percent",))
_WHOLE = frozenset(
    ("case", "document", "person", "persontime", "time", "unit", "dept", "household", "team")
)
"""Unit classes that are counted in whole numbers."""


def read(page: Page, start: int, end: int) -> None:
    """Sort one number of Arabic digits that begins at the page's position."""
    text = page.text
    if end - start > MAX_DIGITS and _digits(text, start, end) > MAX_DIGITS:
        page.drop(start, end, Why.TOO_LONG)
        return
    if page.waiting:
        page.settle(start)
    following = text[end : end + 1]
    if _by_neighbours(page, start, end, following):
        return
    if (following in _TIMED or "." in text[start:end]) and _by_time(page, start, end):
        return
    if not (following in PAIRED and read_pair(page, start, end)):
        _plain(page, start, end)


def _digits(text: str, start: int, end: int) -> int:
    return end - start - text.count(",", start, end) - text.count(".", start, end)


def _by_neighbours(page: Page, start: int, end: int, following: str) -> bool:
    """Read numbers that the characters beside them make ordinals, names or document numbers."""
    text = page.text
    last = text[start - 1 : start]
    if last not in _TELLING_BEFORE and following not in _TELLING_BEHIND:
        is_service = names.is_service_number(text[start:end], text, end)
        if is_service:
            page.drop(start, end, Why.PHONE)
        return is_service
    if last == "第" or (start - 1 == page.ordinal_end and last in _JOINTS):
        read_ordinal(page, start, end)
    elif last in _OPEN and (found := _DOCUMENT.match(text, start - 1)):
        page.drop(start, found.end() if found.group().endswith("号") else end, Why.DOCUMENT)
    elif last in _LETTERS or (following in _LETTERS and not _METRE.match(text, end)):
        page.drop(start, end, Why.NAME)
    elif (chained := names.chain_end(text, end)) and not unit_at(text, end + 1):
        page.drop(start, chained, Why.NAME)
    elif last in _SIGNS and text[max(0, start - 2) : start - 1].isalnum():
        page.drop(start, end, Why.NAME)
    elif following == "号":
        page.drop(start, end + 1, Why.DOCUMENT)
    else:
        return False
    return True


def _by_time(page: Page, start: int, end: int) -> bool:
    """Read dates and times of day."""
    text = page.text
    found = dates.date_at(text, start, end)
    if found and not _is_duration_day(page, start, end, found):
        page.drop(start, found, Why.DATE)
        return True
    if text[end : end + 1] == ":" and _RATIO_WORD.search(page.before(start)):
        return False
    found = dates.clock_at(text, start, end)
    if found:
        page.drop(start, found, Why.CLOCK)
    return found > 0


def _is_duration_day(page: Page, start: int, end: int, date_end: int) -> bool:
    """Return whether N日 is a length of time: 压缩至5日."""
    if date_end != end + 1 or page.text[end] != "日":
        return False
    behind = page.text[date_end : date_end + 8]
    return not dates.is_lapse(page.before(start), behind, "日", page.text[start:end])


def _plain(page: Page, start: int, end: int) -> None:
    """Read a number with a unit behind it, or say why it is no figure."""
    text = page.text
    if text.count(".", start, end) > 1:
        page.drop(start, end, Why.VERSION)
        return
    marks = scale = ""
    number_end = tail_end = end
    if text[end : end + 1] in _TAIL_FIRST and (tail := _TAIL.match(text, end)):
        early, scale, late = tail.groups(default="")
        marks = early + late
        number_end = tail.end("scale") if scale else end
        tail_end = tail.end()
        if scale and text[tail_end : tail_end + 1] in _MORE_PARTS:
            read_in_parts(page, start, tail_end, scale)
            return
    unit = unit_at(text, tail_end)
    if unit is None:
        unit = unsaid_unit(page, start, tail_end, is_scaled=bool(scale))
    if unit is None and not page.is_linked(tail_end):
        page.drop(start, number_end, _why_unitless(text, start, end))
        return
    if unit is not None:
        start = _own_start(page, start, end, unit, is_whole=not scale)
    signed = start - 1 if start > 1 and _SIGNED.search(text, start - 2, start) else start
    value = scaled(text[signed:end], scale)
    printed = Printed(signed, number_end, value, hedge_within(marks), scale)
    if unit is None:
        if not page.wait(printed):
            page.drop(start, number_end, _why_unitless(text, start, end))
    elif (why := _why_none(page, printed, unit)) is not None:
        page.drop(start, unit.end, why)
    else:
        page.figure(printed._replace(flags=_flags(page, printed, unit)), unit)


def read_in_parts(page: Page, start: int, end: int, scale: str) -> None:
    """Read a number that goes on behind its 万 or 千: 2万8千份; what is unclear is dropped."""
    text = page.text
    found = stepped_at(text, start)
    if found is None:
        rest = _REST.match(text, end)
        page.drop(start, rest.end() if rest else end, Why.UNCLEAR)
        return
    number_end, value = found
    mark = text[number_end : number_end + 1]
    mark = mark if mark in _MARKS else ""
    tail_end = number_end + len(mark)
    unit = unit_at(text, tail_end) or unsaid_unit(page, start, tail_end, is_scaled=True)
    inner = text[number_end - 2]
    within = hedge_within(mark + (inner if inner in _MARKS else ""))
    printed = Printed(start, number_end, value, within, scale)
    if unit is None:
        if not page.wait(printed):
            page.drop(start, number_end, Why.NO_UNIT)
    elif (why := _why_none(page, printed, unit)) is not None:
        page.drop(start, unit.end, why)
    else:
        page.figure(printed._replace(flags=_flags(page, printed, unit)), unit)


def _flags(page: Page, printed: Printed, unit: Found) -> tuple[Flag, ...]:
    start = page.hedge(printed.start).start
    flags = flags_before(page.before(start), unit)
    return (*flags, Flag.BROKEN) if _is_cut(page, printed.start, unit) else flags


def _is_cut(page: Page, start: int, unit: Found) -> bool:
    """Return whether a blank or comma parts a number from digits before it, lists apart."""
    last = page.text[max(0, start - 1) : start]
    if last not in _CUT_SIGNS:
        return False
    if last in _COMMAS:
        return _follows_lone_number(page, start - 1, unit)
    found = _CUT.search(page.before(start))
    if found is None:
        return False
    head = start - len(found.group())
    return found["head"] is None or page.text[max(0, head - 1) : head] not in _LINE_MARKS


def _follows_lone_number(page: Page, comma: int, unit: Found) -> bool:
    """Return whether a number without a unit ends at a comma, as in 97,78%."""
    lone = page.discarded[-1] if page.discarded else None
    if lone is None or lone.end != comma or lone.why is not Why.NO_UNIT:
        return False
    opens_line = lone.start == 0 or page.text[lone.start - 1] == "\n"
    return not (opens_line and unit.classes.isdisjoint(_RATE))


def _own_start(page: Page, start: int, end: int, unit: Found, *, is_whole: bool) -> int:
    """Return where the number really begins when a list number or a comma was read with it."""
    text = page.text
    comma = text.rfind(",", start, end)
    if comma > 0 and not unit.classes.isdisjoint(_RATE):
        page.drop(start, comma, Why.NO_UNIT)
        return comma + 1
    if not is_whole or text[start - 1 : start] not in _LINE_MARKS:
        return start
    if text.strip() == text[start : unit.end]:  # a table cell, no entry of a list
        return start
    found = _LIST_AND_COUNT.fullmatch(text, start, end)
    if found is None or unit.classes.isdisjoint(_WHOLE):
        return start
    page.drop(start, found.start("rest"), Why.LIST)
    return found.start("rest")


def _why_unitless(text: str, start: int, end: int) -> Why:
    following = text[end : end + 1]
    if following in _VERSIONED or (text.endswith(".0", start, end) and end - start <= 4):
        return Why.VERSION
    if following in ("级", "大"):
        return Why.NAME
    if following in _LIST_SIGNS and text[start - 1 : start] in _LINE_MARKS:
        return Why.LIST
    is_long = end - start >= 7 and text[start:end].isdecimal()
    return Why.PHONE if is_long else Why.NO_UNIT


def _why_none(page: Page, printed: Printed, unit: Found) -> Why | None:
    """Return why a number with a unit is no figure after all, or None."""
    text, start = page.text, printed.start
    before, behind = page.before(page.hedge(start).start), text[unit.end : unit.end + 10]
    number = text[start : printed.end]
    why: Why | None = None
    if unit.shown == "页":
        why = Why.PAGE
    elif (unit.shown == "个" and _MORE_THAN.match(behind)) or (
        not unit.classes.isdisjoint(_TIMES) and dates.is_lapse(before, behind, unit.shown, number)
    ):
        why = Why.DURATION
    elif unit.shown == "起" and _YEAR.fullmatch(number) and before.endswith(("自", "从")):
        why = Why.DATE
    elif before.endswith(":") and _COUNTER.search(before):
        why = Why.COUNTER
    elif unit.shown == "次" and names.is_session(before, behind):
        why = Why.SESSION
    elif number == "1" and names.is_denied(before):
        why = Why.DENIED
    elif printed.end - start <= 2 and names.is_set_phrase(text, start, before):
        why = Why.IDIOM
    return why
