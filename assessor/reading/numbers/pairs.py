"""Numbers of a special make: ranks, ratios, fractions, tenths."""

from __future__ import annotations

import re
from decimal import Decimal

from assessor.reading.numbers.hedges import hedge_within
from assessor.reading.numbers.model import Flag, Why
from assessor.reading.numbers.names import rank_end
from assessor.reading.numbers.numerals import as_percent, parse_number
from assessor.reading.numbers.page import Page, Printed
from assessor.reading.numbers.units import Found, Unit, unit_at
from schemas.reading import Bound

PERCENT = Unit("%", "%", frozenset(("percent",)), "", takes_han=False)
RATIO = Unit("", "", frozenset(("ratio",)), "", takes_han=False)
POINT = Unit("分", "分", frozenset(("point",)), "", takes_han=False)
YUAN = Unit("元", "元", frozenset(("money",)), "", takes_han=False)
READERS = Unit("", "", frozenset(("persontime",)), "", takes_han=False)
RANK = Unit("名次", "名次", frozenset(("rank",)), "", takes_han=True)
"""What a place in an order is counted in."""
_NEXT_RANK = re.compile(r"(?:、|和|与|及|,)第")
_RATE_IS = re.compile(
    r"(?:(?<!概)率(?![先领队])|占比|比例|比重)(?:[^,。;、:\d率]{0,8}(?:为|是|至|到|达|持|现|双|在|近))?$"
)
_ENDS = frozenset(("", ",", "。", ";", "、", ")", "\n", "的"))
_MARKS = frozenset("余多")
PAIRED = frozenset(":比/成")
"""Characters behind a number that may make a ratio, a fraction or tenths of it."""
_RATIO = re.compile(
    r"(?P<first>\d{1,6}(?:\.\d{1,4})?)(?P<sign>[:比])(?P<second>\d{1,6}(?:\.\d{1,4})?)(?![\d:]|\.\d)"
)
_FRACTION = re.compile(r"(?P<part>[1-9]\d?)/(?P<whole>[1-9]\d{0,2})(?![\d/.年月日A-Za-z])")
_TENTHS = re.compile(
    r"(?:[1-9](?:\.\d)?|[一二三四五六七八九])成"
    r"(?:半|[1-9一二三四五六七八九](?![\d.一二三四五六七八九十百千万亿个名位件家类项条次户人起场宗种部份期天年月日倍是要]))?(?![立功为效果员本长绩都型熟就交品分年人份形因文语套建千百不])"
)


def percent_until(end: int, shown: str = "%") -> Found:
    """Return the unit of a share whose print ends at `end`."""
    return Found(PERCENT, shown, PERCENT.classes, end)


def read_ordinal(page: Page, start: int, end: int) -> None:
    """Read a number behind 第: a rank where the words say so, else an ordinal."""
    rank = rank_end(page.text, start, end) or _next_rank(page, start, end)
    value = parse_number(page.text[start:end])
    if not rank or value is None:
        page.drop(start, end, Why.ORDINAL)
        return
    page.settle()
    unit = Found(RANK, page.text[end:rank] or "名次", RANK.classes, rank)
    page.add(Printed(start, end, value), (start - 1, rank), unit, Bound.EXACT, (Flag.RANK,))


def _next_rank(page: Page, start: int, end: int) -> int:
    """Return the end of a rank that follows another one: 分别排名第59、第26; else 0."""
    last = page.mentions[-1] if page.mentions else None
    if last is None or Flag.RANK not in last.flags:
        return 0
    return end if _NEXT_RANK.fullmatch(page.text, last.end, start) else 0


def read_pair(page: Page, start: int, end: int) -> bool:
    """Read a ratio or a fraction in Arabic digits, or tenths; False when it is neither."""
    text = page.text
    sign = text[end : end + 1]
    if sign == "/":
        return _read_fraction(page, start)
    if sign == "成":
        return read_tenths(page, start)
    found = _RATIO.match(text, start)
    if found is None or found.end() <= end or not _is_ratio(page, start, found):
        return False
    unit = Found(RATIO, f"{found['sign']}{found['second']}", RATIO.classes, found.end())
    page.figure(Printed(start, found.end(), Decimal(found["first"])), unit)
    return True


def _is_ratio(page: Page, start: int, found: re.Match[str]) -> bool:
    """Return whether a colon means a ratio: 比 is said, a term has places, or one term is 1."""
    if found["sign"] == "比" or "比" in page.before(start) or "." in found.group():
        return True
    is_to_one = "1" in (found["first"], found["second"])
    return is_to_one and unit_at(page.text, found.end()) is None


def _read_fraction(page: Page, start: int) -> bool:
    found = _FRACTION.match(page.text, start)
    if found is None:
        return False
    part, whole = Decimal(found["part"]), Decimal(found["whole"])
    if part >= whole or page.text[start - 1 : start] == "/":
        page.drop(start, found.end(), Why.DATE)
        return True
    printed = Printed(start, found.end(), as_percent(part, whole), flags=(Flag.FRACTION,))
    page.figure(printed, percent_until(found.end()))
    return True


def read_tenths(page: Page, start: int) -> bool:
    """Read 八成 and 8成半; False when 成 belongs to another word."""
    text = page.text
    found = _TENTHS.match(text, start)
    value = parse_number(found.group()) if found else None
    if found is None or value is None:
        return False
    end = found.end()
    mark = text[end : end + 1] if text[end : end + 1] in _MARKS else ""
    printed = Printed(start, end, value, hedge_within(mark), "十")
    page.figure(printed, percent_until(end + len(mark)))
    return True


def is_zero_rate(text: str, start: int, end: int) -> bool:
    """Return whether a bare 0 or 零 is the value of a rate: 败诉率为零."""
    if text[end : end + 1] not in _ENDS:
        return False
    return _RATE_IS.search(text, max(0, start - 20), start) is not None
