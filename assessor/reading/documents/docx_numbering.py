"""Automatic numbers of Word: `一、`, `（二）`, `3.` as they are printed."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from assessor.reading.documents.docx_package import W

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_CHINESE_FORMS = (
    "chineseCounting chineseCountingThousand taiwaneseCounting taiwaneseCountingThousand"
    " japaneseCounting ideographTraditional"
)
_CHINESE = frozenset(_CHINESE_FORMS.split())
_PLACE = re.compile(r"%([1-9])")
_FEW = 100_000


class _Level(NamedTuple):
    form: str
    text: str
    start: int
    is_legal: bool


class Numbering:
    """Counts the numbered paragraphs of one document."""

    def __init__(self, part: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._overrides: dict[tuple[str, int], int] = {}
        if part is None:
            return
        for one in part.findall(f"{W}abstractNum"):
            self._levels[one.get(f"{W}abstractNumId", "")] = _levels(one)
        for one in part.findall(f"{W}num"):
            self._read_num(one)

    def next_number(self, num_id: str, level: int) -> str:
        """Count a paragraph of a list and return its number; empty for bullets."""
        abstract = self._abstract.get(num_id, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counters = self._counters.setdefault(abstract, {})
        override = self._overrides.pop((num_id, level), None)
        if override is not None:
            counters[level] = override
        else:
            counters[level] = counters.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counters if one > level]:
            del counters[deeper]
        own = levels[level]
        if own.form == "bullet":
            return ""
        return _PLACE.sub(lambda found: self._part(levels, counters, own, found), own.text).strip()

    def _part(
        self,
        levels: dict[int, _Level],
        counters: dict[int, int],
        own: _Level,
        found: re.Match[str],
    ) -> str:
        index = int(found.group(1)) - 1
        other = levels.get(index)
        if other is None:
            return ""
        form = "decimal" if own.is_legal else other.form
        return format_number(counters.get(index, other.start), form)

    def _read_num(self, num: Element) -> None:
        num_id = num.get(f"{W}numId", "")
        abstract = num.find(f"{W}abstractNumId")
        self._abstract[num_id] = "" if abstract is None else abstract.get(f"{W}val", "")
        for override in num.findall(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                level = _integer(override.get(f"{W}ilvl"), 0)
                self._overrides[num_id, level] = _integer(start.get(f"{W}val"), 1)


def format_number(value: int, form: str) -> str:  # noqa: PLR0911 - one return per form
    """Write a number in one of Word's forms; decimal where the form is unknown."""
    if form == "none" or not 0 <= value < _FEW:
        return ""
    if form in _CHINESE:
        return _chinese(value)
    if form == "ideographDigital":
        return "".join(_DIGITS[int(one)] for one in str(value)).replace("零", "〇")
    if form == "chineseLegalSimplified":
        return _chinese(value, _LEGAL, "拾佰仟")
    if form in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if form in {"lowerLetter", "upperLetter"} and value:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 % 5 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and value < 4000:
        roman = _roman(value)
        return roman.lower() if form == "lowerRoman" else roman
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _chinese(value: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    if value >= 10_000:
        return str(value)
    written, gap = "", False
    places = str(value)
    for index, one in enumerate(places):
        power = len(places) - 1 - index
        if one == "0":
            gap = bool(written)
            continue
        written += (
            (digits[0] if gap else "") + digits[int(one)] + (units[power - 1] if power else "")
        )
        gap = False
    if digits == _DIGITS and 10 <= value < 20:
        written = written[1:]
    return written or digits[0]


def _roman(value: int) -> str:
    pairs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    written = ""
    for size, sign in pairs:
        written += sign * (value // size)
        value %= size
    return written


def _levels(abstract: Element) -> dict[int, _Level]:
    return {
        _integer(one.get(f"{W}ilvl"), 0): _Level(
            _value(one, "numFmt", "decimal"),
            _value(one, "lvlText", ""),
            _integer(_value(one, "start", "1"), 1),
            one.find(f"{W}isLgl") is not None,
        )
        for one in abstract.findall(f"{W}lvl")
    }


def _value(parent: Element, tag: str, default: str) -> str:
    child = parent.find(f"{W}{tag}")
    return default if child is None else child.get(f"{W}val", default)


def _integer(raw: str | None, default: int) -> int:
    text = raw or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else default
