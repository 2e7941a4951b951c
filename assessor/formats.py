"""Numbers, days and values as they are printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from schemas.result import NodeScore, PartScore
from scoring.wording import plain

DASH = "—"
NOT_COUNTED = "不计入"
_TIERS = {"V0": " 未提及", "V1": " 仅表态", "V2": " 有举措", "V3": " 有数据"}


def points(value: Decimal | None) -> str:
    """Print points with the places they carry."""
    return DASH if value is None else format(value, "f")


def percent(value: Decimal | None) -> str:
    """Print a percentage without trailing zeros."""
    return DASH if value is None else f"{plain(value)}%"


def day(value: date) -> str:
    """Print a day as 2025年3月1日."""
    return f"{value.year}年{value.month}月{value.day}日"


def score(earned: Decimal, most: Decimal) -> str:
    """Print points out of the most possible; what counts for nothing has no score."""
    return f"{points(earned)} / {points(most)}" if most else NOT_COUNTED


def rate_of(node: NodeScore) -> str:
    """Print a dimension's score rate."""
    return percent(node.rate) if node.max_points else NOT_COUNTED


def cut(text: str, limit: int) -> str:
    """Return a text of at most `limit` characters, shortened texts ending in an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def cut_around(text: str, focus: str, limit: int) -> str:
    """Return at most `limit` characters of a text, chosen so that `focus` stays whole."""
    at = text.find(focus) if focus else -1
    end = at + len(focus)
    if at < 0 or end < limit:
        return cut(text, limit)
    if len(text) <= limit:
        return text
    start = min(end + limit // 4, len(text)) - (limit - 2)
    return "…" + cut(text[max(start, 0) :], limit - 1)


def quoted(text: str) -> str:
    """Put a text in quotation marks; marks inside it become single ones."""
    inner = text.replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


def value_of(part: PartScore) -> str:
    """Print what was reported for a part, with what it was worked out from."""
    main, extra = value_alone(part), working_of(part)
    if main == DASH:
        return extra or DASH
    return f"{main}（{extra}）" if extra else main


def working_of(part: PartScore) -> str:
    """Print what a value was worked out from."""
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
    return "，".join(extra)


def value_alone(part: PartScore) -> str:  # noqa: PLR0911 - one return per sort of value
    """Print what was reported for a part."""
    value = part.value
    if part.kind == "checklist" and part.detail:
        return f"{part.detail} 项"
    if part.kind == "tiered" and part.detail:
        return f"{part.detail}{_TIERS.get(part.detail, '')}"
    if part.rank is not None and part.kind == "relative":
        return part.detail
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.isoformat()} {part.detail}".strip()
    if isinstance(value, Decimal):
        return f"{plain(value)}{part.unit}"
    return DASH
