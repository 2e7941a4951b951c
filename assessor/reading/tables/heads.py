"""One head of a row or column: its name, unit, year, and what it says its numbers are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from assessor.reading.numbers.units import unit_at
from assessor.reading.tables.words import Role, table_words

_ENCLOSED = re.compile(r"[(\[【](?:(?:计量)?单位[::]?)?([^()\[\]【】]{1,12})[)\]】]")
_SAID = re.compile(r"[(,;]?(?:计量)?单位:([^()\s。;]{1,12})\)?")
_SIGNED_PERCENT = re.compile(r"\(?[±+/-]{0,3}(%|‰)\)?$")
_BEHIND_SLASH = re.compile(r"(?<=[^\W\d_])[/,]([^\W\d_]{1,3}|%|‰)$")
_YEAR = re.compile(
    r"\(?(?<!\d)(?<![较比与同])(20[0-3]\d)(?:年度?|$)(?:全年|年末|年底|底|末|1-12月份?)?\)?"
)
_SPAN = re.compile(r"20[0-3]\d年?[-—~至到]20[0-3]\d")
_MARKS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.](?!\d)|[①-⑳]|[-·•●○◆■□※])"
)
_OWN_NAME = re.compile(r"《[^《》]{0,60}》|“[^“”]{0,40}”")
_EMPTY = re.compile(r"[(\[【]\s{0,4}[)\]】]")
_SPLIT = re.compile(r"[、,;和或]")
_ONE_YEAR = re.compile(r"20[0-3]\d")
_MOST = 60


class Head(NamedTuple):
    """What one head says."""

    text: str
    """Without list marks."""
    name: str
    """What is left as the name of a quantity; empty when the head names none."""
    units: tuple[str, ...]
    year: int | None
    role: Role | None

    @property
    def tells(self) -> bool:
        """Whether it says something besides a name."""
        return bool(self.units or self.role or self.year)


@lru_cache(maxsize=1024)
def read_head(raw: str) -> Head:
    """Read one head in normal form."""
    words = table_words()
    text = _MARKS.sub("", raw.strip()[:_MOST]).strip(" :;,")
    bare, units = _without_units(text)
    plain = _OWN_NAME.sub("", bare)
    found = None if _SPAN.search(plain) else _YEAR.search(plain)
    if found is None and _ONE_YEAR.fullmatch(plain):
        found = _ONE_YEAR.match(plain)
    year = int(re.sub(r"\D", "", found.group())[:4]) if found else None
    if found is not None:
        bare = bare.replace(found.group(), "", 1)
    bare = _EMPTY.sub("", bare).strip("的 :").lstrip(")").rstrip("(")
    role, name = _role_of(bare)
    if words.says("generic", name) or words.says("blank", name):
        name = ""
    return Head(text, name, units, year, role)


def is_unit(text: str) -> bool:
    """Return whether a text is a unit, or a list of units, and nothing else."""
    return bool(units_in(text))


def units_in(text: str) -> tuple[str, ...]:
    """Return the units a text lists; empty when it is anything else."""
    whole = _unit(text)
    if whole:
        return (whole,)
    parts = [_unit(part) for part in _SPLIT.split(text)]
    return tuple(parts) if len(parts) > 1 and all(parts) else ()


def _unit(text: str) -> str:
    text = text.strip(" :()")
    known = table_words().units.get(text)
    if known:
        return known
    scale = "万" if text.startswith("万") and len(text) > 1 else ""
    if not scale and text.startswith("亿") and len(text) > 1:
        scale = "亿"
    rest = text[len(scale) :]
    found = unit_at(f"{rest}\n", 0) if rest else None
    return text if found is not None and found.end == len(rest) else ""


def _without_units(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a head without the units it names, and the units."""
    for pattern in (_ENCLOSED, _SAID, _BEHIND_SLASH, _SIGNED_PERCENT):
        for found in pattern.finditer(text):
            units = units_in(found.group(1))
            if units:
                return text[: found.start()] + text[found.end() :], units
    return text, ()


def _role_of(text: str) -> tuple[Role | None, str]:
    """Return the role a head says and what stands beside it as a name."""
    for one in table_words().roles:
        if one.whole is not None and one.whole.fullmatch(text):
            return one.role, ""
        found = one.end.search(text) if one.end is not None else None
        if found is not None and found.group():
            return one.role, text[: found.start()].strip(" ,、的(")
        found = one.start.match(text) if one.start is not None else None
        if found is not None and found.group():
            return one.role, text[found.end() :].strip(" ,、的)")
    return None, text
