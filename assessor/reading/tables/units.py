"""The unit of a bare number: told by a unit column, a head, the caption or the name itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assessor.reading.tables.captions import Caption
from assessor.reading.tables.grid import Field, Grid
from assessor.reading.tables.heads import Head, is_unit, units_in
from assessor.reading.tables.parts import Share
from assessor.reading.tables.words import Column, Role, table_words

_PERCENT = "%"
_POINTS = "个百分点"
_TIMES = frozenset((Role.CHANGE, Role.FALL))
_ABSOLUTE = re.compile(r"(?:量|值|数|件|人|次|户|家)\)?$")


class Side(NamedTuple):
    """The heads of a cell on one side."""

    heads: tuple[Head, ...]
    shares: tuple[Share, ...]
    texts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The names of the heads that are neither the whole nor a part."""
        pairs = zip(self.heads, self.shares, strict=True)
        return "".join(
            head.name for head, share in pairs if not (share.is_whole or share.flag or share.says)
        )


def role_of(row: Side, column: Side) -> Role | None:
    """Return the role that changes how a number is said: a rank, or the size of a change."""
    for side in (column, row):
        for head in reversed(side.heads):
            if head.role in (Role.RANK, *_TIMES):
                return head.role
    return None


def unit_of(
    grid: Grid, field: Field, sides: tuple[Side, Side], caption: Caption, name: str
) -> tuple[str, bool]:
    """Return the unit the heads tell, and whether a person should look at it."""
    row, column = sides
    implied = table_words().unit_of(name)
    told = _told_units(grid, field, row, column)
    roles = {head.role for head in (*row.heads, *column.heads)}
    if role_of(row, column) in _TIMES:
        return _change_unit(column, told, implied), False
    if roles & {Role.SHARE, Role.COMPLETION}:
        own = column.heads[-1].units if column.heads else ()
        return (own[0] if own else _PERCENT), False
    if Role.WEIGHT in roles and not told:
        return "分", False
    if told:
        return _chosen(told, implied), False
    return _guessed(_chosen(caption.units, implied), implied, field.text)


def _guessed(caption: str, implied: str, text: str) -> tuple[str, bool]:
    """Return the unit of caption or name, and whether they disagree or it is doubtful."""
    if not implied or implied == caption:
        return caption, False
    if not caption:
        return implied, implied == _PERCENT and _is_doubtful(text)
    return (implied if _PERCENT in (implied, caption) else caption), True


def _told_units(grid: Grid, field: Field, row: Side, column: Side) -> tuple[str, ...]:
    """Return the units of the unit column, else of the row's heads, else of the column's."""
    beside = sorted(grid.kinds, key=lambda one: (one > field.column, abs(one - field.column)))
    for other in beside:
        one = grid.fields.get((field.row, other))
        if grid.kinds[other] is Column.UNIT and one is not None and is_unit(one.text):
            return units_in(one.text)
    for side in (row, column):
        for head in reversed(side.heads):
            if head.units:
                return head.units
    return ()


def _change_unit(column: Side, told: tuple[str, ...], implied: str) -> str:
    """Return the unit of a change: its own, % for a rate of change, else the quantity's."""
    for head in reversed(column.heads):
        if head.units:
            return head.units[0]
        if head.role in _TIMES:
            if "百分点" in head.text:
                return _POINTS
            if not _is_difference(head.text):
                return _PERCENT
    unit = told[0] if told else implied
    is_points = unit == _PERCENT and any(head.role in _TIMES for head in column.heads)
    return _POINTS if is_points else unit or _PERCENT


def _is_difference(text: str) -> bool:
    return bool(_ABSOLUTE.search(text)) or text.endswith(
        ("增减", "增减情况", "变化", "变化情况", "增减变化")
    )


def _chosen(units: Sequence[str], implied: str) -> str:
    """Return the unit of a list that fits what the name tells."""
    if len(units) < 2:
        return units[0] if units else ""
    if implied in units:
        return implied
    return next((one for one in units if one != _PERCENT), units[0])


def _is_doubtful(text: str) -> bool:
    """Return whether a bare number may be a share of one rather than of a hundred."""
    bare = text.strip().replace(",", "")
    is_number = bool(re.fullmatch(r"\d{1,12}(?:\.\d{1,8})?", bare))
    return is_number and not 1 < float(bare) <= 100
