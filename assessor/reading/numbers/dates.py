"""Dates, times of day, periods: numbers that place a thing in time."""

from __future__ import annotations

import re

_YEAR = r"(?:19|20)\d\d"
_TO = r"[-—–~至到、]{1,2}"
_DATE = re.compile(
    rf"{_YEAR}(?:年度?)?{_TO}(?:{_YEAR}|\d\d(?=年))年?(?:度|底|末|间|期间)?"
    rf"|{_YEAR}年(?:代|度|底|末|初)?(?:\d{{1,2}}月(?:份|底|初|末|[上中下]旬|\d{{1,2}}[日号])?)?"
    rf"|\d\d年(?=\d{{1,2}}月)"
    rf"|{_YEAR}[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?(?![\d.%‰万亿元公])(?: ?\d{{1,2}}:\d\d(?::\d\d)?)?"
    rf"|\d{{1,2}}{_TO}\d{{1,2}}月(?:份|底|初|末|[上中下]旬)?"
    rf"|\d{{1,2}}月(?:份|底|初|末|[上中下]旬|\d{{1,2}}[日号])?"
    rf"|\d{{1,2}}{_TO}\d{{1,2}}[日号]"
    r"|\d{1,2}日"
    rf"|\d{{1,3}}周[年岁]|\d{{1,2}}世纪|\d{{1,2}}(?:年代|周|季度|岁)"
)
DATE_NEXT = frozenset("年月日号-—–~至到、./周世季岁")
_CLOCK = re.compile(
    r"\d{1,2}:\d\d(?::\d\d)?(?!\d|\.\d)|\d{1,2}时(?:\d{1,2}分(?!钟)|许|[起至前后])?(?!间|限)"
)
_HAN_DATE = re.compile(
    r"[零〇一二三四五六七八九]{4}年(?:度|[一二三四五六七八九十]{1,2}月(?:份|[一二三四五六七八九十]{1,3}日)?)?"
    r"|[一二三四五六七八九十]{1,2}月(?:份|底|初|末|[上中下]旬|[一二三四五六七八九十]{1,3}日)?"
    r"|[一二三四五六七八九十]{1,3}[至到]?[一二三四五六七八九十]{0,3}(?:季度|世纪|年代|周年|周)"
)
_KEPT_BEFORE = re.compile(
    r"(?:提前|提早|缩短|压缩|压减|缩减|减少|减|提速|延长|平均|用时|耗时|仅需|只需|仅用|时限|时间|工时)"
    r"[^\d,。;、]{0,6}$"
)
_KEPT_BEHIND = re.compile(r"(?:以?内|左右)?(?:缩短|压缩|压减|缩减|减|提速|延长|提前)[^,。;]{0,4}")
_LAPSE = re.compile(
    r"(?:为期|历时|历经|满|每|连续|最长|近|逾|超过?|之日起|日起|任期|届满|[第半隔]|收到[^,。;]{0,8})$"
)
_RUN = re.compile(r"(?:连续|接连|蝉联|实现连|已连)(?:保持|获得|荣获)?$")
_LEGAL = re.compile(r"之?日起$|收到[^,。;、]{0,10}后$")
_OF_PERIOD = re.compile(
    r"每(?:半?年|个?季度?|个?月|周|星期|天|日|学期|人|名|家|村|镇|[^,。;、一\d]{1,5})[^,。;、\d]{0,6}$"
)
_ONCE_PER = re.compile(
    r"(?:[一两半]个?(?:年|季度?|月|周|天|日|学期)|[两三]年)(?:开展|组织|举办|召开|进行)?$"
)


def date_at(text: str, position: int, end: int) -> int:
    """Return the end of the date that begins with the number `text[position:end]`, else 0."""
    following = text[end : end + 1]
    if following not in DATE_NEXT and "." not in text[position:end]:
        return 0
    found = _DATE.match(text, position)
    return found.end() if found is not None and found.end() >= end else 0


def han_date_at(text: str, position: int) -> int:
    """Return the end of the date in Chinese numerals at a position, else 0."""
    found = _HAN_DATE.match(text, position)
    return found.end() if found is not None else 0


def clock_at(text: str, position: int, end: int) -> int:
    """Return the end of the time of day at a position, else 0; ratios of 比 are asked before."""
    if text[end : end + 1] not in (":", "时"):
        return 0
    found = _CLOCK.match(text, position)
    if found is None or found.end() < end:
        return 0
    hours, _, minutes = found.group().partition(":")
    if not minutes:
        return found.end() if int(text[position:end]) <= 24 else 0
    return found.end() if int(hours) <= 24 and int(minutes[:2]) < 60 else 0


def is_lapse(  # noqa: PLR0911 - one return per rule
    before: str, behind: str, unit: str, value: str
) -> bool:
    """Return whether a number of years, months, days or hours is no figure.

    Figures are lengths of handling a matter (压缩至3个工作日), what was gained (提前2个月) and
    running years (连续3年); terms, courses of time and 24小时 are none.
    """
    if unit in ("学时", "课时", "个学时", "个课时"):
        return False
    if unit == "年":
        return _RUN.search(before) is None and _KEPT_BEFORE.search(before) is None
    if _LEGAL.search(before):
        return True
    if _KEPT_BEFORE.search(before) or _KEPT_BEHIND.match(behind):
        return False
    if unit in ("个月", "日"):
        return True
    if unit in ("小时", "个小时") and value == "24":
        return True
    if unit == "天" and (value == "365" or behind.startswith("无理由")):
        return True
    return bool(_LAPSE.search(before)) or behind.startswith("制")


def is_per_period(before: str) -> bool:
    """Return whether a number is said of each period or each body: 每年, 每村."""
    return _OF_PERIOD.search(before) is not None


def is_frequency(before: str) -> bool:
    """Return whether what stands before a number makes it a frequency: 两年|一次."""
    return _ONCE_PER.search(before) is not None
