"""The state of one walk through a text: what was found and what waits for its unit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from assessor.reading.numbers.hedges import (
    NONE,
    Prefix,
    bound_of,
    hedge_before,
    hedge_behind,
    is_opposite,
)
from assessor.reading.numbers.model import Discard, Flag, Mention, Why
from assessor.reading.numbers.names import Zone, zones_of
from assessor.reading.numbers.numerals import scaled
from assessor.reading.numbers.telling import is_front
from assessor.reading.numbers.units import Found
from schemas.reading import Bound

_NO_CLASSES: frozenset[str] = frozenset()
_TIMES = frozenset(("day", "hour", "minute", "month", "year"))
_JOINT = re.compile(r"(?:[-—–~]{1,2}|[至到])$")
_LINK = re.compile(r"(?P<span>[-—–~]{1,2}|[至到])|(?P<list>[、和与及])")
_LINKS = frozenset("-—–~至到、和与及")
_LIST_SIGNS = frozenset(("和", "与", "及", "、", "至", "到", "-"))
_LONG_PIECES = frozenset(("个百分点", "个工作日", "个月", "个小时", "个学时", "个课时"))
"""Units of which only 个 is printed behind the numbers before the last."""
_BEFORE = 26
"""How many characters before a number are looked at."""


class Printed(NamedTuple):
    """A number with the hedge marks behind it, before its unit is known."""

    start: int
    end: int
    value: Decimal
    within: int = NONE
    scale: str = ""
    flags: tuple[Flag, ...] = ()
    is_bare_han: bool = False


class Waiting(NamedTuple):
    """A number without a unit in front of another one: 12、35和7件, 3-5件."""

    printed: Printed
    link_end: int
    is_range: bool


class Page:
    """One text under reading."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.mentions: list[Mention] = []
        self.discarded: list[Discard] = []
        self.position = 0
        """Everything before it has been read."""
        self.ordinal_end = -1
        """End of the last ordinal, so that 第2、3批 stays one."""
        self.waiting: list[Waiting] = []
        self._zones = zones_of(text)
        self._zone = 0
        self._hedged: tuple[int, bool, Prefix] = (-1, False, Prefix(-1, NONE))

    def hedge(self, position: int, *, bare_han: bool = False) -> Prefix:
        """Return the hedge word that ends at a position; the last one found is kept."""
        start, is_bare, prefix = self._hedged
        if start != position or is_bare != bare_han:
            prefix = hedge_before(self.text, position, bare_han=bare_han)
            self._hedged = (position, bare_han, prefix)
        return prefix

    def before(self, position: int) -> str:
        """Return the characters before a position that are looked at."""
        return self.text[max(0, position - _BEFORE) : position]

    def zone_at(self, position: int) -> Zone | None:
        """Return the title or quoted name a position lies in; positions must ascend."""
        while self._zone < len(self._zones) and self._zones[self._zone].end <= position:
            self._zone += 1
        if self._zone < len(self._zones) and self._zones[self._zone].start <= position:
            return self._zones[self._zone]
        return None

    def starts_clause(self, position: int) -> bool:
        """Return whether a position begins a line or follows a mark that ends a clause."""
        return position == 0 or self.text[position - 1] in "\n。;:!?,."

    def drop(self, start: int, end: int, why: Why) -> None:
        """Record a number that is no figure; numbers waiting for its unit are none either."""
        if self.waiting:
            self.settle()
        self.discarded.append(Discard(start, end, self.text[start:end], why))
        self.position = end
        if why is Why.ORDINAL:
            self.ordinal_end = end

    def settle(self, start: int = -1) -> None:
        """Give up numbers that wait, unless the next number begins at `start` behind them."""
        if self.waiting and self.waiting[-1].link_end != start:
            for one in self.waiting:
                span = one.printed
                text = self.text[span.start : span.end]
                self.discarded.append(Discard(span.start, span.end, text, Why.NO_UNIT))
            self.waiting.clear()

    def is_linked(self, position: int) -> bool:
        """Return whether a sign of a range or a list stands at a position."""
        return self.text[position : position + 1] in _LINKS

    def wait(self, printed: Printed) -> bool:
        """Let a number without a unit wait for that of the next one; False when none follows."""
        text, end = self.text, printed.end
        if not self.is_linked(end) or printed.within:
            return False
        link = _LINK.match(text, end)
        if link is None or (link["list"] and self.starts_clause(printed.start)):
            return False
        if not text[link.end() : link.end() + 1].isnumeric():
            return False
        self.waiting.append(Waiting(printed, link.end(), link["span"] is not None))
        self.position = max(self.position, link.end())
        return True

    def figure(self, printed: Printed, unit: Found) -> None:
        """Record a figure with its hedges, and those that waited for its unit."""
        is_time = not _TIMES.isdisjoint(unit.classes)
        prefix = self.hedge(printed.start, bare_han=printed.is_bare_han)
        suffix = hedge_behind(self.text, unit.end, is_time=is_time)
        hedge = prefix.hedge | printed.within | suffix.hedge
        flags = list(printed.flags)
        if unit.shown == "%" and is_front(self.text, prefix.start):
            flags.append(Flag.RANK)
        if is_opposite(hedge):
            flags.append(Flag.OPPOSITE_HEDGES)
        bound = bound_of(hedge)
        if self.waiting and self._release(unit, printed.scale):
            flags.append(Flag.RANGE)
            bound = Bound.AT_MOST
        self.add(printed, (prefix.start, suffix.end), unit, bound, tuple(flags))
        self._join()

    def add(
        self,
        printed: Printed,
        span: tuple[int, int],
        unit: Found,
        bound: Bound,
        flags: tuple[Flag, ...],
    ) -> None:
        """Record a figure as it is."""
        self.mentions.append(
            Mention(
                span[0],
                span[1],
                printed.start,
                printed.end,
                self.text[printed.start : printed.end],
                printed.value,
                unit.shown,
                unit.classes,
                bound,
                flags,
            )
        )
        self.position = max(self.position, span[1])

    def _release(self, unit: Found, scale: str) -> bool:
        """Record the numbers that waited; return whether the last one begins a range."""
        waiting, self.waiting = self.waiting, []
        for one in waiting:
            first = hedge_before(self.text, one.printed.start)
            is_range = one.is_range and not self._is_course(first.start)
            flags: tuple[Flag, ...] = (Flag.RANGE,) if is_range else (Flag.ELIDED_UNIT,)
            if scale and is_range and not one.printed.scale:
                flags = (Flag.RANGE, Flag.ELIDED_UNIT)
            bound = Bound.AT_LEAST if is_range else bound_of(first.hedge)
            printed = _rescaled(one.printed, scale)
            end = printed.end
            self.add(printed, (first.start, end), unit, bound, flags)
        return waiting[-1].is_range and not self._is_course(waiting[-1].printed.start)

    def _is_course(self, start: int) -> bool:
        """Return whether 由 or 从 makes two numbers a change instead of a range."""
        return self.text[start - 1 : start] in ("由", "从") and start > 0

    def _join(self) -> None:
        """Mark two figures with nothing but a dash or 至 between them as a range."""
        if len(self.mentions) < 2:
            return
        low, high = self.mentions[-2:]
        between = self.text[low.end : high.start]
        if low.unit == "个" and high.unit in _LONG_PIECES and between in _LIST_SIGNS:
            self._lend(high)
            return
        if not between or low.unit != high.unit or not _JOINT.fullmatch(between):
            return
        if self._is_course(low.start):
            return
        self.mentions[-2:] = [
            low._replace(bound=Bound.AT_LEAST, flags=(*low.flags, Flag.RANGE)),
            high._replace(bound=Bound.AT_MOST, flags=(*high.flags, Flag.RANGE)),
        ]

    def _lend(self, last: Mention) -> None:
        """Give numbers with a bare 个 the unit of the last of their list: 2.3个和5个百分点."""
        behind = last
        for index in range(len(self.mentions) - 2, max(-1, len(self.mentions) - 7), -1):
            one = self.mentions[index]
            if one.unit != "个" or self.text[one.end : behind.start] not in _LIST_SIGNS:
                return
            flags = (*one.flags, Flag.ELIDED_UNIT)
            self.mentions[index] = one._replace(unit=last.unit, classes=last.classes, flags=flags)
            behind = one


def _rescaled(printed: Printed, scale: str) -> Printed:
    """Return a number with the 万 or 亿 that stands only behind the next one."""
    if not scale or printed.scale:
        return printed
    return printed._replace(value=scaled(str(printed.value), scale))
