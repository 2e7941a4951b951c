"""Numbers whose 千, 万 and 亿 stand each behind digits of its own: 2万8千, 3亿4567.8万."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
}
SCALES = {"": 1, "十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_D = "一二三四五六七八九两"
_STEP = re.compile(
    rf"(?P<digits>\d{{1,4}}(?:\.\d{{1,4}})?(?![\d.])|[{_D}])(?P<small>[十百千])?"
    r"(?P<mark>[余多来](?=[万亿]))?(?P<big>[万亿])?(?P<zero>零)?"
)
_PLACES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_MOST = 8
"""Most parts of one number."""
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")


class Sum(NamedTuple):
    """What the parts read so far make together."""

    total: Decimal = Decimal(0)
    """Of all parts up to the last 万 or 亿."""
    section: Decimal = Decimal(0)
    """Of the parts behind it."""
    last: str = ""
    """The smallest of 十, 百, 千, 万, 亿 so far; empty before the first part."""
    big: str = ""
    """The last 万 or 亿."""
    is_closed: bool = False
    """Nothing may follow: the last part had places, or no 十, 百, 千, 万, 亿."""


def stepped_at(text: str, start: int) -> tuple[int, Decimal] | None:
    """Return end and value of the number in parts at a position.

    None where there is none, or where it can be read in two ways: 2万8.
    """
    state, position, has_zero = Sum(), start, False
    for _ in range(_MOST):
        found = _STEP.match(text, position)
        if found is None:
            break
        following = _added(state, found, has_zero=has_zero)
        if following is None:
            return None
        state, position, has_zero = following, found.end(), found["zero"] is not None
    behind = text[position : position + 1]
    if has_zero or not state.last or behind.isdecimal() or behind in _NUMERALS:
        return None
    return position, plain(state.total + state.section)


def plain(value: Decimal) -> Decimal:
    """Return a decimal without trailing zeros and without an exponent."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def _added(state: Sum, found: re.Match[str], *, has_zero: bool) -> Sum | None:
    """Return the sum with one more part, or None when it cannot be one."""
    digits, small, big = found["digits"], found["small"] or "", found["big"] or ""
    if state.is_closed:
        return None
    if not (small or big) and (
        not state.last or not (has_zero or len(digits) == _PLACES[state.last])
    ):
        return None
    value = (DIGITS.get(digits) or Decimal(digits)) * Decimal(SCALES[small])
    if state.last and value >= SCALES[state.last]:
        return None
    section = state.section + value
    is_closed = "." in digits or not (small or big)
    if not big:
        return state._replace(section=section, last=small or state.last, is_closed=is_closed)
    total = section * SCALES[big]
    if state.big and total >= SCALES[state.big]:
        return None
    return Sum(state.total + total, Decimal(0), big, big, is_closed)
