"""What the heads of a cell tell about its numbers, and what follows for their status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assessor.reading.status import Standing
from assessor.reading.tables.heads import Head
from assessor.reading.tables.words import Role
from schemas.reading import FigureStatus

_STATUS = {
    Role.RANK: FigureStatus.RANK,
    Role.CHANGE: FigureStatus.CHANGE,
    Role.FALL: FigureStatus.CHANGE,
    Role.TARGET: FigureStatus.TARGET,
    Role.PLANNED: FigureStatus.PLANNED,
    Role.PREVIOUS: FigureStatus.PREVIOUS_YEAR,
}
_FIRST = tuple(_STATUS)
"""Roles in the order in which one goes before the others of a cell."""
_FLAGS = {
    Role.SHARE: "share",
    Role.COMPLETION: "completion",
    Role.WEIGHT: "weight",
}
_OF_RESULTS = frozenset((FigureStatus.ACHIEVED, FigureStatus.PLANNED))
_OF_HEADS = frozenset((FigureStatus.RANK, FigureStatus.CHANGE))


class Told(NamedTuple):
    """What heads and caption tell about the numbers of a cell."""

    status: FigureStatus | None = None
    year: int | None = None
    scope: str = ""
    flags: tuple[str, ...] = ()


NOTHING_TOLD = Told()


def told_of(rows: Sequence[Head], columns: Sequence[Head]) -> Told:
    """Return what heads tell; the nearest head that says something goes before its like.

    Args:
        rows: heads of the row, from left to right.
        columns: heads of the column, from top to bottom.
    """
    near = [*reversed(columns), *reversed(rows)]
    own = [
        next((head.role for head in reversed(group) if head.role is not None), None)
        for group in (columns, rows)
    ]
    role = next((one for one in _FIRST if one in own), None)
    year = next((head.year for head in near if head.year is not None), None)
    flags = tuple(_FLAGS[one] for one in own if one in _FLAGS)
    return Told(_STATUS[role] if role is not None else None, year, "", flags)


def settled(stand: Standing, told: Told, year: int | None) -> Standing:
    """Return a number's standing with what its table tells; a plan stays a plan.

    Args:
        stand: what the words around the number make of it.
        told: what heads and caption tell.
        year: the reporting year.
    """
    if told == NOTHING_TOLD:
        return stand
    flags = [*stand.flags, *told.flags]
    status, own = _status(stand.status, told, year), told.year or stand.year
    if status is FigureStatus.PREVIOUS_YEAR and year is not None and told.year is not None:
        if told.year >= year:
            own = told.year - 1
        if own != year - 1:
            flags.append("other_year")
    return stand._replace(
        status=status,
        year=own,
        scope=told.scope or stand.scope,
        flags=tuple(dict.fromkeys(flags)),
    )


def _status(status: FigureStatus, told: Told, year: int | None) -> FigureStatus:
    is_promised = status is FigureStatus.PLANNED
    if status is FigureStatus.TARGET or (is_promised and told.status in _OF_HEADS):
        return status
    own = told.year if year is not None else None
    is_later = own is not None and year is not None and own > year
    is_earlier = own is not None and year is not None and own < year
    if told.status is FigureStatus.TARGET:
        return FigureStatus.PLANNED if is_promised or is_later else FigureStatus.TARGET
    if told.status is None and is_later:
        return FigureStatus.PLANNED
    if told.status is None and is_earlier and status in _OF_RESULTS:
        return FigureStatus.PREVIOUS_YEAR
    return told.status or status
