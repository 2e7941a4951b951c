"""Numbers, days and values as they are printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from schemas.result import PartScore
from scoring.wording import plain

DASH = "—"


def points(value: Decimal | None) -> str:
    """Print points with the places they carry."""
    return DASH if value is None else format(value, "f")


def percent(value: Decimal | None) -> str:
    """Print a percentage without trailing zeros."""
    return DASH if value is None else f"{plain(value)}%"


def day(value: date) -> str:
    """Print a day as 2025年3月1日."""
    return f"{value.year}年{value.month}月{value.day}日"


def value_of(part: PartScore) -> str:
    """Print what was reported for a part, with what it was worked out from."""
    main = _main(part)
    extra: list[str] = []
    if part.numerator is not None or part.denominator is not None:
        top = DASH if part.numerator is None else plain(part.numerator)
        bottom = DASH if part.denominator is None else plain(part.denominator)
        extra.append(f"{top}/{bottom}")
    if part.previous is not None:
        extra.append(f"上年{plain(part.previous)}{part.unit}")
    if part.benchmark is not None:
        extra.append(f"基准{plain(part.benchmark)}{part.unit}")
    if part.is_approximate:
        extra.append("约数")
    return f"{main}（{'，'.join(extra)}）" if extra else main


def _main(part: PartScore) -> str:  # noqa: PLR0911 - one return per sort of value
    value = part.value
    if part.kind == "checklist" and part.detail:
        return f"{part.detail} 项"
    if part.kind == "tiered" and part.detail:
        return part.detail
    if part.rank is not None and part.kind == "relative":
        return part.detail
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.isoformat()} {part.detail}".strip()
    if isinstance(value, Decimal):
        return f"{plain(value)}{part.unit}"
    return DASH
