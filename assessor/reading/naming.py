"""Unit, level and year as titles name them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from assessor.reading.genres import genres_of, plain_title
from schemas.base import Level
from scoring.yaml_strict import parse_yaml

_LONGEST_NAME = 40
_YEAR = re.compile(
    r"(20[0-3]\d|二[〇○零0Oo]二[〇○零0Oo一二三四五六七八九]|二[〇○零0Oo]一[〇○零0一二三四五六七八九])"
    r"(?=年|法治|依法|\))"
)
_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_DAY = re.compile(
    r"20[0-3]\d年(?=\d{1,2}月)|20[0-3]\d年第[一二三四五六七八九十\d]{1,4}[期号次]"
    r"|20[0-3]\d[-./]\d{1,2}[-./]\d{1,2}"
)
"""A day or the number of an issue: when a paper was made, not what it is about."""
_SPAN = re.compile(r"20[0-3]\d年?[-—–~至到]{1,2}(20[0-3]\d)年?")
_OTHER_PAPER = re.compile(r"《[^》]{0,60}(?:规划|纲要|方案|意见|计划|条例|规定)[^》]{0,30}》")
_PIECE = re.compile(r"[()_|:\-—\[\]【】《》]+")


class _Rules(NamedTuple):
    levels: tuple[tuple[Level, re.Pattern[str]], ...]
    tails: tuple[re.Pattern[str], ...]
    stops: re.Pattern[str]
    lead: re.Pattern[str]
    bare: re.Pattern[str]
    opening: re.Pattern[str]
    not_a_name: re.Pattern[str]


@cache
def _rules() -> _Rules:
    path = Path(str(files("assessor.reading") / "names.yaml"))
    data: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    return _Rules(
        tuple((Level(row["level"]), re.compile(row["find"])) for row in data["levels"]),
        tuple(re.compile(one) for one in data["tails"]),
        *(re.compile(data[name]) for name in _Rules._fields[2:]),
    )


def entity_of(title: str) -> tuple[str, Level | None]:
    """Return the unit a title names and its level; empty and None where it names none."""
    plain = _labelled(title)
    head, _, rest = plain.partition("关于")
    unknown = ""
    for part in (head, rest, *_PIECE.split(plain)):
        name = _name(part)
        level = level_of(name)
        if level is not None:
            return name, level
        unknown = unknown or (name if part is head else "")
    return unknown, None


def units_in(title: str) -> tuple[str, ...]:
    """Return every unit a title names: 清河县司法局关于清河县…的报告 names two."""
    named = (entity_of(part) for part in (title, title.partition("关于")[2]) if part)
    return tuple(dict.fromkeys(name for name, level in named if level is not None))


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
    return re.sub(r"(?:人民)?政府(?:办公室)?$|[市县区镇乡]?委$|党工委$", "", bare)


def _labelled(title: str) -> str:
    """Return a plain title that keeps the spaces between the names of two issuers."""
    text = unicodedata.normalize("NFKC", title[:200])
    text = re.sub(r"(?<=[一-龥])\s{1,20}(?=中共|[一-龥]{2,14}人民政府)", "、", text)
    return plain_title(text)


def level_of(name: str) -> Level | None:
    """Return the level of a unit by how its name ends."""
    return next((level for level, find in _rules().levels if find.search(name)), None)


def _name(part: str) -> str:
    """Return the unit at the head of a part of a title, of several the last one named in full."""
    rules = _rules()
    head = rules.stops.split(rules.lead.sub("", part), maxsplit=1)[0]
    for one in reversed(re.split(r"[、,]|(?<=[委府组])和", head)):
        name = rules.lead.sub("", one)
        for tail in rules.tails:
            name = tail.sub("", name)
        name = name.strip('《》“”"()【】[]:-—')
        if name and len(name) <= _LONGEST_NAME and not rules.bare.match(name):
            return name
    return ""


def entity_in_text(line: str) -> tuple[str, Level | None]:
    """Return the unit that the first sentences of a text speak of."""
    rules = _rules()
    text = unicodedata.normalize("NFKC", line[:400])
    for found in rules.opening.finditer(text):
        name = found.group(1)
        if not rules.not_a_name.search(name) and not rules.bare.match(name):
            return name, level_of(name)
    return "", None


def year_of(title: str) -> int | None:
    """Return the year a title is about; days, issues and other papers in it do not count."""
    plain = _DAY.sub("", plain_title(title))
    for text in (_SPAN.sub("", _OTHER_PAPER.sub("", plain)), _SPAN.sub(r"\1年", plain)):
        years = [(found.start(), found.group(1)) for found in _YEAR.finditer(text)]
        if not years:
            continue
        report = next((one.end for one in genres_of(text) if one.kind == "report"), len(text))
        before = [year for start, year in years if start < report]
        return number_of_year(before[-1] if before else years[0][1])
    return None


def number_of_year(text: str) -> int:
    """Return a year written in digits or Chinese."""
    return int(text.translate(_DIGITS))
