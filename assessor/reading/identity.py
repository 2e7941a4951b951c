"""Whose report it is, of which year, plan or report, and when it was signed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from schemas.base import Level
from schemas.reading import ReadDocument
from schemas.submission import Period

_REPORT = re.compile(r"报告|总结|情况|汇报|通报|年报|述职|述法")
_PLAN = re.compile(
    r"规划|纲要|方案|要点|计划|实施意见|指导意见|工作安排|行动(?:计划|方案)|任务(?:分工|清单)"
)
_PLAN_ITSELF = re.compile(
    r"(?:规划|纲要|方案|要点|计划|实施意见|指导意见|工作安排|任务分工|任务清单)"
    r"(?:[(（][^()（）]{0,24}[)）])?[》”]?(?:的(?:通知|函|公告|公示))?$"
)
"""What a plan's title ends with: …工作要点, …实施纲要（2021—2025年）, …方案》的通知."""
_MIN_AHEAD = 3
"""Words of duty that make a plan of a text whose title does not say what it is."""
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
    (Level.PROVINCE, re.compile(r"(?:省|自治区|北京市|上海市|天津市|重庆市)$")),
    (
        Level.DEPARTMENT,
        re.compile(
            r"(?:局|厅|委员会|委|办公室|办|中心|大队|支队|总队|分局|海关|院|所|处|署|部|站|公司|集团)$"
        ),
    ),
    (Level.TOWNSHIP, re.compile(r"(?:镇|乡|街道|街道办事处|办事处|苏木)$")),
    (Level.COUNTY, re.compile(r"(?:县|区|旗|新区|开发区|高新区)$")),
    (Level.CITY, re.compile(r"(?:市|州|盟|地区)$")),
)
_TAIL = re.compile(
    r"(?:市委|县委|区委|党委|党组|党工委)?[、和,\s]*(?:人民)?政府(?:办公室)?$|关于$|[:：]$"
)


_LEAD = re.compile(
    r"^[\s《“]{0,3}(?:印发|报送|上报|呈报|公布|公开|发布)?[《“]?(?:20\d\d年度?|二[〇○零]..年度?)?"
)
"""What may stand before a unit's name in a title."""
_UNIT_ENDS = re.compile(
    r"关于|20\d\d|二[〇○零]|法治政府|依法行政|法治建设|年度|法治[\u4e00-\u9fff]{2,6}建设|“"
)
_NO_UNIT = re.compile(
    r"政府|社会|中国|国家|机关|做好|开展|推进|推动|加强|加快|贯彻|落实|进一步|新时代|深入|全面"
)
"""What a title may say behind 关于 that is no unit."""


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
        entity, level = _unit_in(_signer(document))
    if entity and (level is None or len(entity) == 2):
        entity = _completed(entity, document)
        level = level_of(entity)
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
    """Return whose document a title says it is: the author before 关于, else the subject."""
    return next(iter(_units_of(title)), ("", None))


def unit_names(title: str) -> tuple[str, ...]:
    """Return every unit a title names: 清河县司法局关于清河县…的报告 names two."""
    return tuple(name for name, _ in _units_of(title))


def _units_of(title: str) -> Iterator[tuple[str, Level | None]]:
    inner = re.search(r"《([^《》]{4,60})》", title)
    about = re.search(r"法治([\u4e00-\u9fff]{2,6}?)建设", title)
    author, _, subject = title.partition("关于")
    for text, needs_level in (
        (inner.group(1) if inner else "", True),
        (author, False),
        (subject, True),
        (about.group(1) if about else "", False),
    ):
        name, level = _unit_in(text)
        if name and (level is not None or not needs_level):
            yield name, level


def _unit_in(text: str) -> tuple[str, Level | None]:
    """Return the unit a piece of a title begins with."""
    text = _LEAD.sub("", text, count=1)
    if not text or _NO_UNIT.match(text):
        return "", None
    head = _UNIT_ENDS.split(text, maxsplit=1)[0]
    head = re.sub(r"^(?:中共|中国共产党)", "", head.strip(' 　、,:：《“"')).strip()
    parts = [part for part in re.split(r"[、\s]+", head) if part]
    name = parts[-1] if parts else ""
    name = _TAIL.sub("", name).strip(" 　,，的")
    if len(name) < 2 or len(name) > 40 or _PLAN.search(name) or re.search(r"[“”《》]", name):
        return "", None
    return name, level_of(name)


def level_of(name: str) -> Level | None:
    """Return the level a unit's name ends in."""
    return next((level for level, pattern in _LEVELS if pattern.search(name)), None)


def _completed(name: str, document: ReadDocument) -> str:
    """Return a place named without its kind as the text names it: 湖州 is 湖州市."""
    found = Counter(re.findall(re.escape(name) + r"[省市县区州盟旗镇乡]", document.text[:20000]))
    return found.most_common(1)[0][0] if found else name


def same_unit(one: str, other: str) -> bool:
    """Return whether two names may mean one unit: 临江市云栖县, 云栖县人民政府, 云栖县."""
    first, second = (_core(name) for name in (one, other))
    short, long = sorted((first, second), key=len)
    if len(short) < 2:
        return True
    return long.endswith(short) or (len(short) + 1 == len(long) and long.startswith(short))


def _core(name: str) -> str:
    """Return a unit's name without what every government is called."""
    bare = re.sub(r"[\s　]|^中共|^中国共产党|^[我本全]", "", name)
    return _TAIL.sub("", bare)


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
    stripped = title.strip()
    if _PLAN_ITSELF.search(stripped) and not _reports_on(stripped):
        return "plan"
    if _REPORT.search(stripped):
        return "report"
    if _PLAN.search(stripped):
        return "plan"
    text = document.text[:20000]
    ahead = len(re.findall(r"到20\d\d年|力争|应当|责任单位|牵头单位|完成时限", text))
    behind = len(re.findall(r"一年来|全年|共(?:受理|办理|审核|开展)|同比", text))
    if ahead == behind == 0:
        return "other"
    return "plan" if ahead >= _MIN_AHEAD and ahead > behind * 2 else "report"


def _reports_on(title: str) -> bool:
    """Return whether a title that ends in a plan's word reports first: …总结及下年工作计划."""
    found = _REPORT.search(title)
    return found is not None and re.search(r"[和及与暨]", title[found.end() :]) is not None
