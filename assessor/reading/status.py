"""Is a figure a result, a promise, last year's, a change or a rank; whose is it, of which year."""

from __future__ import annotations

import re
from typing import NamedTuple

from assessor.reading.bodies import is_foreign, is_part, scope_of
from assessor.reading.context import Context, Owner
from assessor.reading.periods import COMPARED, is_previous, may_be_previous, time_of
from assessor.reading.promises import is_hoped, promised
from schemas.reading import FigureStatus, SectionRole

__all__ = [
    "CHANGE_VERBS",
    "COMPARED",
    "TIMES_LAST_YEAR",
    "Context",
    "Owner",
    "Standing",
    "standing",
]

CHANGE_VERBS = (
    "增长|增加|增多|增大|上升|上涨|攀升|跃升|提高|提升|扩大|翻番|下降|下滑|减少|降低|缩减|压减|压降|压缩|精简"
    "|回落|回升|缩短"
)
"""Verbs that say a quantity has changed."""
_CHANGE_BEFORE = re.compile(
    rf"(?:{CHANGE_VERBS}|前移|后移|进位"
    r"|[高低]于|增|降|多|少|[比较][^,。;]{1,12}[高低])(?:了|出|约|近|超|达|幅度?为|率为?|逾|超过)?"
    r"(?:上年|去年|上一年)?(?:同期)?$"
    r"|(?:增幅|降幅|涨幅|(?:增长|上升|提升|提高|下降|降低|减少)幅度)(?:分别)?(?:为|是|达到?|约|近|超过?)*$"
)
TIMES_LAST_YEAR = re.compile(r"(?:上年|去年|上一年度?|20\d\d年)(?:同期|全年)?的(?:约|近)?$")
"""达到上一年的4.4倍."""
_SIZE = re.compile(r"(?:增幅|降幅|涨幅|幅度)(?:分别)?(?:为|是|达到?|约|近|超过?)*$")
"""The word that says a size is told, not a level."""
_LIST_BEFORE = re.compile(r"(?:[0-9][0-9.,]*(?:%|个百分点|倍)?(?:、|和|与|及|以及|,))+$")
"""The numbers of a list before its later ones: 分别增长12.5%、."""
_LEVEL_BEFORE = re.compile(r"(?:到|至|为|达到|达)(?:了|约|近|超)?$")
_EACH = re.compile(r"分别(?![为是达])[^,、;。0-9]{2,12}$")
"""两家单位分别聘请法律顾问8名: so many each, unless a list of numbers follows."""
_INSIDE = re.compile(r"含|其中|包括|内含")


class Standing(NamedTuple):
    """What a figure may be used for."""

    status: FigureStatus
    year: int | None
    scope: str
    is_cumulative: bool
    flags: tuple[str, ...]
    """Why a person should look: `other_year`, `other_body`, `span`, `part_year`, `ensured`,
    `part`, `each`, `shortcoming`."""


def standing(context: Context, year: int | None, owner: Owner) -> Standing:
    """Return the status of a figure from its words; the document's kind and section go first."""
    time = time_of(context)
    status, doubts = _dated(_status(context), time.year, year)
    flags = [*doubts, *time.flags]
    if status is FigureStatus.ACHIEVED and is_hoped(context):
        flags.append("ensured")
    if status is FigureStatus.ACHIEVED and may_be_previous(context):
        flags.append("other_year")
    if is_foreign(context, owner):
        flags.append("other_body")
    if _EACH.search(context.before) and not context.after.startswith(("、", "和", ",")):
        flags.append("each")
    inside = context.in_parenthesis and _INSIDE.match(context.before)
    if inside or is_part(context, owner):
        flags.append("part")
    if context.role in (SectionRole.SHORTCOMINGS, SectionRole.CAUSES):
        flags.append("shortcoming")
    return Standing(status, time.year or year, scope_of(context), time.is_cumulative, tuple(flags))


def _dated(
    status: FigureStatus, own: int | None, year: int | None
) -> tuple[FigureStatus, tuple[str, ...]]:
    """Return the status with the year named held against the year reported on, and doubts."""
    if status is not FigureStatus.ACHIEVED or own is None or year is None or own == year:
        return status, ()
    if own > year:
        return status, ("other_year",)
    return FigureStatus.PREVIOUS_YEAR, ("other_year",) if own != year - 1 else ()


def _status(context: Context) -> FigureStatus:
    if context.is_plan:
        return FigureStatus.TARGET
    if context.role is SectionRole.NEXT_YEAR:
        return FigureStatus.PLANNED
    if context.is_rank:
        return FigureStatus.RANK
    if not context.names_change and _is_change(context):
        return FigureStatus.CHANGE
    if is_previous(context):
        return FigureStatus.PREVIOUS_YEAR
    return promised(context)


def _is_change(context: Context) -> bool:
    before, unit = _LIST_BEFORE.sub("", context.before), context.unit
    if unit == "个百分点" or (unit == "倍" and TIMES_LAST_YEAR.search(before)):
        return True
    if not _CHANGE_BEFORE.search(before) or _LEVEL_BEFORE.search(_SIZE.sub("", before)):
        return False
    compared = COMPARED.search(before) or COMPARED.search(context.sentence[-60:])
    return unit in ("%", "倍", "‰") or bool(compared)
