"""Cells to a grid: which rows are heads, titles and groups, which columns hold names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from assessor.reading.tables.grid import Field, Grid, Row
from assessor.reading.tables.heads import is_unit, read_head
from assessor.reading.tables.parts import is_total
from assessor.reading.tables.words import Column, Role

_YEAR = re.compile(r"(?:19|20)\d\d")
_WHOLE_NUMBER = re.compile(r"\d{1,3}")
_MOST_HEADS = 5
_MOST_PLACES = 200_000


def make_grid(fields: Iterable[Field]) -> Grid:
    """Return a table's grid."""
    rows: dict[int, list[Field]] = {}
    for field in fields:
        rows.setdefault(field.row, []).append(field)
    order = sorted(rows)
    wide = max((one.column for own in rows.values() for one in own), default=1)
    titles, at = _titles(rows, order, wide)
    first = _first_heads(rows, order[at:])
    grid = Grid(_places(rows, wide), titles, _rows(rows, order[at + len(first) :], first))
    body = sorted(grid.rows)
    kinds = _kinds(grid, body, wide)
    names = _names(grid, body, wide, kinds)
    tops = {one for row in {row.heads for row in grid.rows.values()} for one in row}
    return grid._replace(
        kinds=kinds,
        names=names,
        has_aims=any(
            read_head(one.text).role in (Role.TARGET, Role.DONE)
            for (row, column), one in grid.fields.items()
            if row in tops and column not in names
        ),
        totals=frozenset(
            column
            for (row, column), one in grid.fields.items()
            if column in names and row in grid.rows and is_total(one.text)
        ),
        total_heads=frozenset(
            heads
            for heads in {row.heads for row in grid.rows.values()}
            if any(
                is_total(grid.fields[row, column].text)
                for row in heads
                for column in range(1, wide + 1)
                if column not in names and (row, column) in grid.fields
            )
        ),
    )


def _places(rows: dict[int, list[Field]], wide: int) -> dict[tuple[int, int], Field]:
    """Return every place with the field that covers it."""
    found: dict[tuple[int, int], Field] = {}
    last = max(rows, default=0)
    for field in sorted(one for own in rows.values() for one in own):
        right = min(field.column + field.width - 1, wide)
        below = min(field.row + field.height - 1, last)
        if len(found) > _MOST_PLACES:
            right, below = field.column, field.row
        for row in range(field.row, below + 1):
            for column in range(field.column, right + 1):
                found.setdefault((row, column), field)
        found[field.row, field.column] = field
    return found


def _rows(
    rows: dict[int, list[Field]], order: Sequence[int], first: Sequence[int]
) -> dict[int, Row]:
    """Return the rows of values, each with the heads and the group that hold for it."""
    known = frozenset(field.text for row in first for field in rows[row])
    found: dict[int, Row] = {}
    heads, band = tuple(first), ""
    for row in order:
        own = rows[row]
        only = own[0]
        if len(own) == 1 and not only.has_number and only.column == 1 and only.height == 1:
            band = only.text
        elif first and _is_later_head(own, known):
            heads, band = (row,), ""
        else:
            found[row] = Row(heads, band)
    return found


def _titles(
    rows: dict[int, list[Field]], order: Sequence[int], wide: int
) -> tuple[tuple[str, ...], int]:
    """Return the texts of the rows of one field at the top, and how many there are."""
    found: list[str] = []
    for row in order[:3]:
        only = rows[row][0]
        is_wide = only.width >= wide or only.width == 1
        if len(rows[row]) > 1 or only.is_value or not is_wide or wide == 1 or only.height > 1:
            break
        found.append(only.text)
    return (tuple(found), len(found)) if len(found) < len(order) else ((), 0)


def _first_heads(rows: dict[int, list[Field]], order: Sequence[int]) -> list[int]:
    """Return the rows of heads at the top of a table."""
    found: list[int] = []
    until = 0
    for row in order[:_MOST_HEADS]:
        if any(_is_amount(field, rows[row]) for field in rows[row]):
            break
        texts = [field.text for field in rows[row]]
        units = sum(is_unit(text) for text in texts)
        is_more = row <= until or (bool(units) and units * 2 >= len(texts))
        is_more = is_more or (len(texts) > 1 and all(field.is_header for field in rows[row]))
        if found and not is_more:
            break
        found.append(row)
        until = max(until, *(_depth(field, rows, row) for field in rows[row]))
    return found if len(found) < len(order) else []


def _depth(field: Field, rows: dict[int, list[Field]], row: int) -> int:
    """Return the last row of heads a head asks for: below a wide one stand its parts."""
    if field.width > 1:
        return field.row + field.height
    below = rows.get(row + 1, ())
    is_alone = field.column > 1 and field.height == 1 and 1 < len(rows[row]) < len(below)
    last = field.row + field.height - 1
    return last + 1 if is_alone and not any(one.is_value for one in below) else last


def _is_amount(field: Field, row: Sequence[Field]) -> bool:
    """Return whether a field holds a value; a bare year among words is a head."""
    if not field.is_value:
        return False
    numbers = [one for one in row if one.is_value]
    return not all(_YEAR.fullmatch(one.text) for one in numbers)


def _is_later_head(row: Sequence[Field], known: frozenset[str]) -> bool:
    """Return whether a row in the middle of a table is one of heads again."""
    if len(row) < 2 or any(_is_amount(field, row) for field in row):
        return False
    again = sum(field.text in known for field in row)
    telling = sum(read_head(field.text).tells for field in row[1:])
    return again * 2 > len(row) or telling * 2 > len(row) or all(f.is_header for f in row)


def _kinds(grid: Grid, body: Sequence[int], wide: int) -> dict[int, Column]:
    """Return what the columns are for whose head says it."""
    kinds: dict[int, Column] = {}
    for column in range(1, wide + 1):
        own = [grid.fields[row, column] for row in body if (row, column) in grid.fields]
        texts = [field.text for field in own]
        found = grid.kind_above(body[0], column) if body else None
        units = sum(is_unit(text) for text in texts)
        if texts and units * 2 > len(texts) and not any(field.is_value for field in own):
            kinds[column] = Column.UNIT
        elif found is not None and found is not Column.UNIT:
            kinds[column] = found
        elif found is Column.UNIT and texts and not units:
            kinds[column] = Column.BODY
        elif column == 1 and found is None and _counts_up(texts):
            kinds[column] = Column.SEQUENCE
    return kinds


def _counts_up(texts: Sequence[str]) -> bool:
    """Return whether texts are 1, 2, 3 and so on."""
    if len(texts) < 3 or not all(_WHOLE_NUMBER.fullmatch(text) for text in texts):
        return False
    return texts[0] == "1" and all(int(b) == int(a) + 1 for a, b in pairwise(texts))


def _names(grid: Grid, body: Sequence[int], wide: int, kinds: dict[int, Column]) -> frozenset[int]:
    """Return the columns that hold names of rows."""
    found: set[int] = set()
    for column in range(1, wide + 1):
        kind = kinds.get(column)
        if kind in (Column.UNIT, Column.SEQUENCE, Column.ASIDE):
            continue
        own = [grid.fields[row, column] for row in body if (row, column) in grid.fields]
        values = sum(field.is_value for field in own)
        years = sum(bool(_YEAR.fullmatch(field.text)) for field in own)
        words = sum(field.is_name for field in own)
        is_years = years and years == values and (kind is Column.YEAR or column == 1)
        if is_years or (words and words > values):
            found.add(column)
    return frozenset(found)
