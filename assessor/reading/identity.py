"""Whose report it is, of which year, plan or report, and when it was signed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from assessor.reading.genres import genre_of, kind_by_words
from assessor.reading.naming import entity_in_text, entity_of, level_of, number_of_year, year_of
from schemas.base import Level
from schemas.reading import ReadDocument
from schemas.submission import Period

_TITLE_TOPIC = re.compile(r"法治政府|依法行政|依法治|法治建设")
_WIDER_TOPIC = re.compile(r"法治|依法|述法")
_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）])"
)
_SENTENCE = re.compile(r"[。；;！]|[，,：:]$")
_PLACE_NAMED = re.compile(r"法治([\u4e00-\u9fff]{2,6}?)建设")
_LONGEST_TITLE = 79
_SIGNED = re.compile(
    r"^\s*((?:20\d\d|二[〇○零Oo]\S{2}))\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月"
    r"\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日\s*$"
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
    kind: Literal["report", "plan", "other"]
    genre: str
    """The word of the title that tells the kind; empty where the text had to."""
    is_demand: bool
    """It tells others what to do or how they are judged."""


def identify(document: ReadDocument) -> Identity:
    """Return whose document it is; empty or None where it cannot be told."""
    title = _title(document)
    entity, level = entity_of(title)
    if level is None:
        guesses = (entity_of(_signer(document)), _opened(document), _completed(title, document))
        entity, level = next((one for one in guesses if one[1] is not None), (entity, level))
    genre = genre_of(title) if _may_be_title(title) else None
    kind = kind_by_words(document.text) if genre is None else genre.kind
    return Identity(
        title=title,
        entity=entity,
        level=level,
        year=_year(title, document),
        signed=_signed(document),
        kind="other" if kind == "demand" else kind,
        genre="" if genre is None else genre.word,
        is_demand=kind == "demand",
    )


def _may_be_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not _SENTENCE.search(text)


def period_of(year: int | None) -> Period | None:
    """Return the calendar year as a period."""
    if year is None:
        return None
    return Period(start=date(year, 1, 1), end=date(year, 12, 31))


def _title(document: ReadDocument) -> str:
    heads = [document.text[b.start : b.end].strip() for b in document.blocks[:12]]
    likely = [t for t in heads if len(t) <= 80 and "。" not in t and not _NUMBERED.match(t)]
    on_topic = [t for t in likely if _TITLE_TOPIC.search(t)]
    broken = _broken_title(heads)
    named = [t for t in (document.title, *on_topic) if _TITLE_TOPIC.search(t) and genre_of(t)]
    dated = [t for t in named if year_of(t) is not None]
    if document.title and _TITLE_TOPIC.search(document.title):
        return dated[0] if dated else document.title
    wider = [t for t in likely if _WIDER_TOPIC.search(t) and genre_of(t)]
    found = (*dated, *named, *on_topic, *wider, broken, document.title)
    return next(filter(None, found), heads[0][:80] if heads else "")


def _broken_title(heads: list[str]) -> str:
    """Return a title set over several short lines."""
    for index in range(len(heads) - 1):
        joined = heads[index] + heads[index + 1]
        if len(joined) <= 80 and _TITLE_TOPIC.search(joined) and "。" not in joined:
            return joined
    return ""


def _year(title: str, document: ReadDocument) -> int | None:
    found = year_of(title)
    if found is not None:
        return found
    years = Counter(int(y) for y in re.findall(r"(20[0-3]\d)年", document.text[:20000]))
    for day in (document.publish_date, _signed(document)):
        if day is not None and years.get(day.year - 1):
            return day.year - 1
    return years.most_common(1)[0][0] if years else None


def _opened(document: ReadDocument) -> tuple[str, Level | None]:
    """Return the unit the first paragraphs speak of."""
    for block in document.blocks[:6]:
        found = entity_in_text(document.text[block.start : block.end].strip())
        if found[1] is not None:
            return found
    return "", None


def _completed(title: str, document: ReadDocument) -> tuple[str, Level | None]:
    """Return the place of 法治湖州建设规划 as the text names it: 湖州市."""
    named = _PLACE_NAMED.search(title)
    if named is None:
        return "", None
    found = Counter(re.findall(named[1] + r"[省市县区州盟旗镇乡]", document.text[:20000]))
    name = found.most_common(1)[0][0] if found else ""
    return name, level_of(name)


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
        return (number_of_year(tens) if tens else 1) * 10 + (number_of_year(ones) if ones else 0)
    return number_of_year(text)
