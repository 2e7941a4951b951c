"""Units left unsaid behind a number because the words before it imply them."""

from __future__ import annotations

import re

from assessor.reading.numbers import names
from assessor.reading.numbers.page import Page
from assessor.reading.numbers.pairs import (
    POINT,
    RATIO,
    READERS,
    YUAN,
    is_zero_rate,
    percent_until,
)
from assessor.reading.numbers.units import Found

_REACHED = (
    r"(?:达到|达|高达|为|是|共|提升至|提升到|提高到|提高至|上升至|超过|突破|约为|不低于)?"
    r"(?:近|约|超|逾)?$"
)
_SEEN = r"(?:人次|(?:浏览|阅读|点击|播放|观看|访问|收看|转发)(?:总?量|总?数|次数|人数))"
_UNSAID = (
    (READERS, None, re.compile(rf"{_SEEN}{_REACHED}")),
    (
        RATIO,
        False,
        re.compile(
            rf"(?:万人[^\d,。;、]{{0,6}}比|比值|之比|(?:复议)?诉讼比(?:全面|首次|均|已)?|指数|系数){_REACHED}"
        ),
    ),
    (POINT, False, re.compile(rf"(?:得分|评分|均分|总分){_REACHED}")),
    (
        YUAN,
        True,
        re.compile(
            rf"(?:投入|资金|金额|经费|损失|罚款|罚没款?|贷款|税收|讨薪|欠薪|工资|报酬|挽回|追回|薪酬){_REACHED}"
        ),
    ),
)
"""Units left unsaid behind a number, whether only behind 万 and 亿, and the words before it."""
_UNSAID_SIGNS = frozenset("比数分入金额费失款没收薪资酬回次量")


def unsaid_unit(page: Page, start: int, end: int, *, is_scaled: bool) -> Found | None:
    """Return the unit the words before a number imply: 律师万人比达到3.5, 投入1.2亿."""
    if end - start == 1 and page.text[start] == "0" and is_zero_rate(page.text, start, end):
        return percent_until(end)
    before = page.before(start)
    if _UNSAID_SIGNS.isdisjoint(before[-8:]) or names.is_han(page.text[end : end + 1]):
        return None
    for unit, scaled_only, words in _UNSAID:
        if scaled_only in (None, is_scaled) and words.search(before):
            return Found(unit, unit.shown, unit.classes, end)
    return None
