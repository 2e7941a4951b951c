"""All tables of a document: every cell with its names, its unit and what its heads tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from assessor.reading.normal import Normal, normalise
from assessor.reading.tables.captions import Caption, captions_of, read_caption
from assessor.reading.tables.grid import Field, Grid, make_field
from assessor.reading.tables.heads import Head, is_unit, read_head, units_in
from assessor.reading.tables.layout import make_grid
from assessor.reading.tables.parts import Share, is_total, share_of
from assessor.reading.tables.speaking import Headed, say
from assessor.reading.tables.telling import NOTHING_TOLD, Told, told_of
from assessor.reading.tables.units import Side, role_of, unit_of
from assessor.reading.tables.words import Column, Role
from schemas.reading import Block, BlockKind, FigureStatus, ReadDocument

_YEAR = re.compile(r"(?:19|20)\d\d")
_CODE = re.compile(r"0\d{1,8}")
"""A code, never an amount."""
_NEITHER = Share()
_MOST_NAMES = 80
_MOST_ROWS = 60


class Cell(NamedTuple):
    """A cell's text behind its heads in the orders worth trying, and what they tell."""

    ways: tuple[Headed, ...]
    told: Told = NOTHING_TOLD


class Tables:
    """The tables of a document."""

    def __init__(self, document: ReadDocument) -> None:
        self._entity = normalise(document.entity).text
        self._grids: dict[int, Grid] = {}
        self._captions: dict[int, Caption] = {}
        cells = [block for block in document.blocks if block.kind is BlockKind.CELL and block.cell]
        above = captions_of(document) if cells else {}
        for table, blocks in groupby(cells, key=lambda one: one.cell.table if one.cell else 0):
            grid = make_grid(_fields(document, list(blocks)))
            self._grids[table] = grid
            self._captions[table] = read_caption([*above.get(table, ()), *grid.titles])

    def cell(self, block: Block, normal: Normal) -> Cell | None:
        """Return a cell with numbers behind its heads; None for heads and other blocks."""
        place = block.cell
        if block.kind is not BlockKind.CELL or place is None:
            return None
        grid, caption = self._grids[place.table], self._captions[place.table]
        field = grid.fields[place.row, place.column]
        text = normal.text.strip()
        if _YEAR.fullmatch(text) and (field.row not in grid.rows or field.column in grid.names):
            return Cell((say(normal.text, "", None, "年"),))
        kind = grid.kinds.get(field.column)
        if (kind is Column.SEQUENCE and field.is_value) or _CODE.fullmatch(text):
            return Cell((Headed(f"第{normal.text}", 1, 1, len(normal.text) + 1, 0),))
        if not field.has_number or field.row not in grid.rows:
            return None
        is_named = field.column in grid.names and not field.is_value
        first = min(grid.names, default=0)
        if kind in (Column.UNIT, Column.ASIDE) or (is_named and field.column == first):
            return None
        return self._said(grid, caption, field, normal.text)

    def _said(self, grid: Grid, caption: Caption, field: Field, text: str) -> Cell:
        row, column = self._row_side(grid, field), self._column_side(grid, field)
        told = told_of(row.heads, column.heads)
        if not grid.has_aims:
            told = told._replace(flags=tuple(one for one in told.flags if one != "completion"))
        told = _with_caption(told, caption, (*row.heads, *column.heads))
        shares = (*row.shares, *column.shares)
        flags = tuple(share.flag for share in shares if share.flag)
        scope = next(
            (
                t
                for t, s in zip((*row.texts, *column.texts), shares, strict=True)
                if s.flag or s.says
            ),
            "",
        )
        role = role_of(row, column)
        names = _ways(row, column, caption, _band_name(grid, field))
        unit, is_guessed = unit_of(grid, field, (row, column), caption, names[0])
        if is_guessed:
            flags = (*flags, "implied_unit")
        told = told._replace(scope=scope, flags=tuple(dict.fromkeys((*told.flags, *flags))))
        front = "".join(share.says for share in shares)
        ways = (say(text, (front + name)[-_MOST_NAMES:], role, unit) for name in names)
        return Cell(tuple(way._replace(caption=caption.text) for way in ways), told)

    def _row_side(self, grid: Grid, field: Field) -> Side:
        found = _row_names(grid, field)
        heads = [read_head(one.text) for one in found]
        shares = [
            _NEITHER
            if head.year is not None and not head.name
            else share_of(
                one.text,
                _kind_of(grid, one, is_last=one is found[-1]),
                self._entity,
                has_total=one.column in grid.totals,
            )
            for one, head in zip(found, heads, strict=True)
        ]
        if any(share.is_whole for share in shares):
            shares = [
                share._replace(flag="") if share.flag == "part" else share for share in shares
            ]
        return Side(
            tuple(heads),
            tuple(shares),
            tuple(one.text for one in found),
        )

    def _column_side(self, grid: Grid, field: Field) -> Side:
        found = grid.column_heads(field.row, field.column)
        heads = [_column_head(one.text) for one in found]
        total = grid.heads_of(field.row) in grid.total_heads
        shares = [
            share_of(
                one.text,
                None,
                self._entity,
                has_total=total and one is found[-1] and not head.role and not head.year,
            )
            for one, head in zip(found, heads, strict=True)
        ]
        return Side(tuple(heads), tuple(shares), tuple(one.text for one in found))


def _fields(document: ReadDocument, blocks: Sequence[Block]) -> Iterator[Field]:
    texts: dict[tuple[int, int], list[str]] = {}
    places = {}
    for block in blocks:
        if block.cell is not None:
            at = (block.cell.row, block.cell.column)
            places[at] = block.cell
            text = normalise(document.text[block.start : block.end]).text.strip()
            texts.setdefault(at, []).append(text)
    for at, place in places.items():
        spans = (*at, place.width, place.height)
        yield make_field(spans, "".join(texts[at]), is_header=place.is_header)


def _kind_of(grid: Grid, field: Field, *, is_last: bool) -> Column | None:
    """Return what a name's column is for; a field of work that groups quantities parts none."""
    kind = grid.kinds.get(field.column)
    return None if kind is Column.SLICE and not is_last else kind


def _column_head(text: str) -> Head:
    if is_unit(text):
        return Head(text, "", units_in(text), None, None)
    return read_head(text)


def _row_names(grid: Grid, field: Field) -> list[Field]:
    """Return the fields that name a row, from left to right: the nearest run of names."""
    found: list[Field] = []
    for column in range(field.column - 1, 0, -1):
        if column in grid.names:
            one = grid.fields.get((field.row, column)) or _category(grid, field.row, column, found)
            is_name = one is not None and (one.is_name or _YEAR.fullmatch(one.text))
            if one is not None and is_name and one not in found and one is not field:
                found.insert(0, one)
        elif found and grid.kinds.get(column) is None:
            break
    return found


def _category(grid: Grid, row: int, column: int, found: Sequence[Field]) -> Field | None:
    """Return the nearest name above in a column left empty where the one above holds on."""
    if not found or is_total(found[0].text):
        return None
    for other in range(row - 1, max(row - _MOST_ROWS, 0), -1):
        if other not in grid.rows:
            return None
        one = grid.fields.get((other, column))
        if one is not None:
            return one if one.is_name else None
    return None


def _band_name(grid: Grid, field: Field) -> str:
    band = grid.rows[field.row].band
    return read_head(band).name if band else ""


def _ways(row: Side, column: Side, caption: Caption, band: str) -> list[str]:
    """Return the names of a cell in the orders worth trying."""
    one, other = row.name, column.name
    found = [one + other]
    if one and other:
        found.append(other + one)
    if band:
        found.append(band + one + other)
    if caption.name:
        found += [caption.name + one + other]
    return list(dict.fromkeys(found))


def _with_caption(told: Told, caption: Caption, heads: Sequence[Head]) -> Told:
    """Let the caption tell year and aims where no head does."""
    says_done = any(head.role in (Role.DONE, Role.CURRENT) for head in heads)
    if told.year is None and told.status is not FigureStatus.PREVIOUS_YEAR:
        told = told._replace(year=caption.year)
    if caption.is_aims and told.status is None and not says_done:
        told = told._replace(status=FigureStatus.TARGET)
    return told
