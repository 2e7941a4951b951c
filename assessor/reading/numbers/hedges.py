"""Words beside a number that say how exact it is meant."""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.reading import Bound

NONE, MORE, LESS, ABOUT = 0, 1, 2, 4
"""Directions of hedge words; those of one number are added bit by bit."""


_UPWARD = ("超过", "超出", "超", "高于", "大于", "多于")
_DOWNWARD = ("低于", "少于", "小于")
_NEGATIONS = ("不", "不得", "不能", "不应", "不可", "不会", "未", "没有")
_BEFORE = (
    dict.fromkeys((*_UPWARD, "突破", "逾", "愈", "至少", "最少", "不下于", "不下", "≥", ">"), MORE)
    | dict.fromkeys(
        (*_DOWNWARD, "不足", "不到", "未满", "将近", "接近", "近", "至多", "最多", "≤", "<"), LESS
    )
    | dict.fromkeys(("约", "约为", "约占", "约达", "约有", "大约", "大概", "≈"), ABOUT)
    | {negation + word: LESS for negation in _NEGATIONS for word in _UPWARD}
    | {negation + word: MORE for negation in _NEGATIONS for word in _DOWNWARD}
)
_NOT_BEHIND = {
    "近": "附最临相新亲逼贴靠邻",
    "约": "节签预违公条特履续邀缔合契简制立毁解失相",
    "不足": "找摆题点陷短处在析诸与和的、",
    "突破": "点新创难重大",
    "超": "反赶",
}
"""Characters before a hedge word that make another word of it: 节约120万元 is exact."""
_WITH_HAN = {"上": MORE}
"""Only before 百, 千 and 万: 上百人."""
_BEHIND = re.compile(
    r"(?:\(含(?:本数)?\))?(?:(?:及|或|\(含\))?(?P<more>以上)|(?P<less>(?:及|或)?以下(?!简称)|以内|之内)"
    r"|(?P<about>左右|上下))(?:\(含(?:本数)?\))?"
)
_INSIDE = re.compile("内(?![部设容审控外])")
_WITHIN = {"余": MORE, "多": MORE, "+": MORE, "来": ABOUT}
_LAST: dict[str, tuple[str, ...]] = {
    last: tuple(sorted((word for word in _BEFORE if word[-1] == last), key=lambda w: -len(w)))
    for last in {word[-1] for word in _BEFORE}
}


class Prefix(NamedTuple):
    """A hedge word directly before a number."""

    start: int
    hedge: int


class Suffix(NamedTuple):
    """A hedge word directly behind a unit."""

    end: int
    hedge: int


def hedge_before(text: str, position: int, *, bare_han: bool = False) -> Prefix:
    """Return the hedge word that ends at a position."""
    last = text[position - 1 : position]
    for word in _LAST.get(last, ()):
        start = position - len(word)
        if start < 0 or not text.startswith(word, start):
            continue
        if start and text[start - 1] in _NOT_BEHIND.get(word, ""):
            return Prefix(position, NONE)
        return Prefix(start, _BEFORE[word])
    if bare_han and last in _WITH_HAN:
        return Prefix(position - 1, _WITH_HAN[last])
    return Prefix(position, NONE)


def hedge_behind(text: str, position: int, *, is_time: bool = False) -> Suffix:
    """Return the hedge word that begins at a position; `3个工作日内` only for times."""
    found = _BEHIND.match(text, position)
    if found is not None:
        kind = {"more": MORE, "less": LESS, "about": ABOUT}
        return Suffix(found.end(), kind[found.lastgroup or "about"])
    if is_time and _INSIDE.match(text, position):
        return Suffix(position + 1, LESS)
    return Suffix(position, NONE)


def hedge_within(words: str) -> int:
    """Return the direction of the marks between number and unit, such as 余 and 多."""
    found = NONE
    for word in words:
        found |= _WITHIN[word]
    return found


def is_opposite(hedge: int) -> bool:
    """Return whether hedges contradict each other, as in 近2300余."""
    return hedge & (MORE | LESS) == MORE | LESS


def bound_of(hedge: int) -> Bound:
    """Return the bound that all hedges of one number make together."""
    if hedge == NONE:
        return Bound.EXACT
    if hedge & ABOUT or is_opposite(hedge):
        return Bound.APPROX
    return Bound.AT_LEAST if hedge == MORE else Bound.AT_MOST
