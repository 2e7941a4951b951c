"""Whose report it is, of which year, plan or report, and when it was signed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from schemas.base import Level
from schemas.reading import ReadDocument
from schemas.submission import Period

_REPORT = re.compile(r"报告|总结|工作情况|情况(?:汇报|通报|说明|公示|公告)|年报")
_PLAN = re.compile(r"规划|纲要|方案|要点|计划|实施意见|工作安排|行动(?:计划|方案)|任务分工")
_TITLE_TOPIC = re.compile(r"法治政府|依法行政|依法治|法治建设")
_YEAR = re.compile(
    r"(20[0-3]\d|二[〇○零Oo]二[〇○零Oo一二三四五六七八九]|二[〇○零]一[〇○零一二三四五六七八九])\s*年"
)
_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_SIGNED = re.compile(
    r"^\s*((?:20\d\d|二[〇○零Oo]\S{2}))\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月"
    r"\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日\s*$"
)
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (
        Level.DEPARTMENT,
        re.compile(
            r"(?:局|厅|委员会|委|办公室|办|中心|大队|支队|总队|分局|海关|院|所|处|署|部|站|公司|集团)$"
        ),
    ),
    (Level.TOWNSHIP, re.compile(r"(?:镇|乡|街道|街道办事处|办事处|苏木)$")),
    (Level.COUNTY, re.compile(r"(?:县|区|旗|新区|开发区|高新区)$")),
    (Level.PROVINCE, re.compile(r"(?:省|自治区|北京市|上海市|天津市|重庆市)$")),
    (Level.CITY, re.compile(r"(?:市|州|盟|地区)$")),
)
_TAIL = re.compile(
    r"(?:市委|县委|区委|党委|党组|党工委)?[、和,\s]*(?:人民)?政府(?:办公室)?$|关于$|[:：]$"
)


class Identity(NamedTuple):
    """Facts of a document that its title, head and tail give."""

    title: str
    entity: str
    level: Level | None
    year: int | None
    signed: date | None
    kind: str


def identify(document: ReadDocument) -> Identity:
    """Return whose document it is; empty or None where it cannot be told."""
    title = _title(document)
    year = _year(title, document)
    entity, level = _entity(title)
    if not entity:
        entity, level = _entity(_signer(document))
    return Identity(title, entity, level, year, _signed(document), _kind(title, document))


def period_of(year: int | None) -> Period | None:
    """Return the calendar year as a period."""
    if year is None:
        return None
    return Period(start=date(year, 1, 1), end=date(year, 12, 31))


def _title(document: ReadDocument) -> str:
    heads = [document.text[b.start : b.end].strip() for b in document.blocks[:12]]
    likely = [t for t in heads if _TITLE_TOPIC.search(t) and len(t) <= 80 and "。" not in t]
    named = [t for t in likely if _REPORT.search(t) or _PLAN.search(t)]
    joined = _broken_title(heads)
    if document.title and _TITLE_TOPIC.search(document.title):
        return document.title
    return (named or likely or [joined, document.title])[0] or (heads[0][:80] if heads else "")


def _broken_title(heads: list[str]) -> str:
    """Return a title set over several short lines."""
    for index in range(len(heads) - 1):
        joined = heads[index] + heads[index + 1]
        if len(joined) <= 80 and _TITLE_TOPIC.search(joined) and "。" not in joined:
            return joined
    return ""


def _year(title: str, document: ReadDocument) -> int | None:
    found = _YEAR.search(title)
    if found:
        return number_of_year(found.group(1))
    years = Counter(int(y) for y in re.findall(r"(20[0-3]\d)年", document.text[:20000]))
    if document.publish_date is not None and years.get(document.publish_date.year - 1):
        return document.publish_date.year - 1
    return years.most_common(1)[0][0] if years else None


def number_of_year(text: str) -> int:
    """Return a year written in digits or Chinese."""
    return int(text.translate(_DIGITS))


def _entity(title: str) -> tuple[str, Level | None]:
    head = re.split(r"关于|20\d\d|二[〇○零]|法治政府|依法行政|法治建设", title, maxsplit=1)[0]
    head = re.sub(r"^(?:中共|中国共产党)", "", head.strip(' 　、,:：《“"')).strip()
    parts = [part for part in re.split(r"[、\s]+", head) if part]
    name = parts[-1] if parts else ""
    name = _TAIL.sub("", name).strip(" 　,，")
    if not name or len(name) > 40:
        return "", None
    for level, pattern in _LEVELS:
        if pattern.search(name):
            return name, level
    return name, None


def _signed(document: ReadDocument) -> date | None:
    for block in reversed(document.blocks[-8:]):
        match = _SIGNED.match(document.text[block.start : block.end])
        if match:
            try:
                year, month, day = (_number(part) for part in match.groups())
                return date(year, month, day)
            except ValueError:
                return None
    return None


def _signer(document: ReadDocument) -> str:
    """Return the line above the date at the end of the document."""
    texts = [document.text[b.start : b.end].strip() for b in document.blocks[-8:]]
    for above, line in pairwise(texts):
        if _SIGNED.match(line) and 2 < len(above) <= 40:
            return above
    return ""


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if len(text) == 4:
        return number_of_year(text)
    tens, _, ones = text.rpartition("十")
    if "十" in text:
        return (int(tens.translate(_DIGITS)) if tens else 1) * 10 + (
            int(ones.translate(_DIGITS)) if ones else 0
        )
    return int(text.translate(_DIGITS))


def _kind(title: str, document: ReadDocument) -> str:
    if _REPORT.search(title) and not title.rstrip("》").endswith(("规划", "纲要", "方案")):
        return "report"
    if _PLAN.search(title):
        return "plan"
    text = document.text[:20000]
    ahead = len(re.findall(r"到20\d\d年|力争|应当|责任单位|牵头单位|完成时限", text))
    behind = len(re.findall(r"一年来|全年|共(?:受理|办理|审核|开展)|同比", text))
    if ahead == behind == 0:
        return "other"
    return "plan" if ahead > behind * 2 else "report"
