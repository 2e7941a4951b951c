"""What a person typed into one field, as a value of the item's unit. Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from schemas.issue import IssueCode
from schemas.target import Unit

ANY_UNIT = "number"
"""A count whose unit may be written any way: 277人, 15件."""

_BLANKS = frozenset(
    ("", "/", "\\", "-", "--", "—", "——", "无", "无数据", "未统计", "暂无", "n/a", "na")
)
_YES = frozenset(("是", "有", "true", "yes", "y", "√", "✓", "1", "已"))
_NO = frozenset(("否", "无", "没有", "false", "no", "n", "×", "✗", "0", "未"))
_NUMBER = re.compile(r"([+-]?\d{1,30}(?:\.\d{1,20})?)\s*(\D*)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,.])")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_TIER = re.compile(r"[vV]?([0-3])")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]"
)
_ERRORS = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)")


def holds_control(source: str) -> bool:
    """Whether a file's text holds control characters, or a backslash that may stand for one."""
    return "\\" in source or _CONTROL.search(source) is not None


class Cell(NamedTuple):
    """A converted field: its value and what had to be said about it."""

    value: bool | Decimal | date | None
    issues: tuple[tuple[IssueCode, str, str], ...] = ()
    """(code, found, allowed)."""


class Typed(NamedTuple):
    """A field as typed; `shows_percent` tells an Excel percent format."""

    raw: object
    shows_percent: bool = False


def clean_text(raw: str) -> tuple[str, bool]:
    """Return text without control, bidirectional and half characters; whether there were any."""
    cleaned = _CONTROL.sub("", raw)
    return cleaned, cleaned != raw


def convert(typed: Typed, unit: Unit) -> Cell:
    """Convert a field to the item's unit, or say why that is not possible."""
    raw = typed.raw
    if raw is None:
        return Cell(None)
    issues: list[tuple[IssueCode, str, str]] = []
    if isinstance(raw, str):
        text, had_control = clean_text(raw)
        if had_control:
            issues.append((IssueCode.VALUE_CONTROL_CHARACTER, repr(raw), ""))
        raw = unicodedata.normalize("NFKC", text).replace("\u00a0", " ").strip()
        if _ERRORS.fullmatch(raw):
            return Cell(None, (*issues, (IssueCode.VALUE_CELL_ERROR, raw, "")))
        if _looks_like_formula(raw):
            return Cell(None, (*issues, (IssueCode.VALUE_FORMULA_TEXT, raw, unit.label)))
    cell = _CONVERTERS.get(unit.dimension, _number)(Typed(raw, typed.shows_percent), unit)
    return Cell(cell.value, (*issues, *cell.issues))


def _looks_like_formula(text: str) -> bool:
    if text in _BLANKS:
        return False
    return text[:1] in ("=", "@") or (text.startswith(("+", "-")) and not _looks_numeric(text))


def _looks_numeric(text: str) -> bool:
    return bool(_NUMBER.match(text.replace(",", "")))


def _yes_no(typed: Typed, unit: Unit) -> Cell:
    del unit
    if isinstance(typed.raw, bool):
        return Cell(typed.raw)
    word = str(typed.raw).strip().lower()
    if word in _YES:
        return Cell(True)
    if word in _NO:
        return Cell(False)
    if word in _BLANKS:
        return Cell(None)
    return Cell(None, ((IssueCode.VALUE_NOT_YES_NO, str(typed.raw), "是、否"),))


def _day(typed: Typed, unit: Unit) -> Cell:
    del unit
    raw = typed.raw
    if isinstance(raw, datetime):
        return Cell(raw.date())
    if isinstance(raw, date):
        return Cell(raw)
    text = str(raw)
    if text.lower() in _BLANKS:
        return Cell(None)
    match = _DAY.fullmatch(text.replace(" ", ""))
    if match:
        try:
            return Cell(date(*(int(group) for group in match.groups())))
        except ValueError:
            pass
    return Cell(None, ((IssueCode.VALUE_NOT_DAY, text, "YYYY-MM-DD"),))


def _tier(typed: Typed, unit: Unit) -> Cell:
    del unit
    text = _plain(typed.raw)
    if text.lower() in _BLANKS:
        return Cell(None)
    match = _TIER.fullmatch(text)
    if match:
        return Cell(Decimal(match.group(1)))
    return Cell(None, ((IssueCode.VALUE_NOT_TIER, text, "0、1、2、3"),))


def _plain(raw: object) -> str:
    """Print a workbook number as a person sees it: 12 significant digits, no exponent."""
    if isinstance(raw, float):
        number = Decimal(format(raw, ".12g"))
        text = format(number, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(raw)


def _shifted(fraction: Decimal) -> Decimal:
    """Turn a fraction into percent without claiming more places than it was given with."""
    return Decimal(format(fraction.scaleb(2), "f"))


def _number(typed: Typed, unit: Unit) -> Cell:
    raw = typed.raw
    if isinstance(raw, bool | date):
        return Cell(None, ((IssueCode.VALUE_NOT_NUMBER, str(raw), unit.label),))
    text = _plain(raw)
    if text.lower() in _BLANKS:
        note = ((IssueCode.VALUE_CONVERTED, text, "留空＝未披露，0＝确为零"),) if text else ()
        return Cell(None, note)
    issues: list[tuple[IssueCode, str, str]] = []
    bare = text.replace(",", "") if _GROUPED.match(text) else text
    match = _NUMBER.fullmatch(bare)
    if match is None:
        return Cell(None, ((IssueCode.VALUE_NOT_NUMBER, text, unit.label),))
    number, suffix = Decimal(match.group(1)), match.group(2).strip()
    if suffix and unit.id != ANY_UNIT and suffix not in (unit.label, unit.id):
        return Cell(None, ((IssueCode.UNIT_MISMATCH, text, unit.label),))
    if typed.shows_percent and unit.id == "percent":
        return Cell(_shifted(number))
    shown = f"{number}{unit.label}"
    if text != shown and ((isinstance(raw, str) and text != match.group(1)) or suffix):
        issues.append((IssueCode.VALUE_CONVERTED, text, shown))
    if unit.id == "percent" and not suffix and 0 < number <= 1:
        issues.append((IssueCode.PERCENT_AMBIGUOUS, text, f"{_shifted(number)}% / {number}%"))
    return Cell(number, tuple(issues))


_CONVERTERS = {"yes_no": _yes_no, "day": _day, "tier": _tier}
