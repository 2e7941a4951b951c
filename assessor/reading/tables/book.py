"""All tables of a document: every cell with its names, its unit and what its heads tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from assessor.reading.normal import Normal, normalise
from assessor.reading.tables.captions import Caption, captions_of, read_caption
from assessor.reading.tables.grid import Field, Grid, make_field, make_grid
from assessor.reading.tables.heads import Head, is_unit, read_head, units_in
from assessor.reading.tables.parts import Share, is_total, share_of
from assessor.reading.tables.speaking import Headed, say
from assessor.reading.tables.telling import NOTHING_TOLD, Told, told_of
from assessor.reading.tables.words import Column, Role, table_words
from schemas.reading import Block, BlockKind, FigureStatus, ReadDocument

_YEAR = re.compile(r"(?:19|20)\d\d")
_PERCENT = "%"
_TIMES = frozenset((Role.CHANGE, Role.FALL))
_ABSOLUTE = re.compile(r"(?:量|值|数|件|人|次|户|家)\)?$")
_MOST_NAMES = 80
_MOST_ROWS = 60


class Cell(NamedTuple):
    """A cell's text behind its heads in the orders worth trying, and what they tell."""

    ways: tuple[Headed, ...]
    told: Told = NOTHING_TOLD


class _Side(NamedTuple):
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
        if kind is Column.SEQUENCE and field.is_value:
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
        role = _role(row, column)
        names = _ways(row, column, caption, _band_name(grid, field))
        unit, is_guessed = _unit(grid, field, (row, column), caption, names[0])
        if is_guessed and _doubtful_rate(text):
            flags = (*flags, "implied_unit")
        told = told._replace(scope=scope, flags=tuple(dict.fromkeys((*told.flags, *flags))))
        front = "".join(share.says for share in shares)
        ways = (say(text, (front + name)[-_MOST_NAMES:], role, unit) for name in names)
        return Cell(tuple(way._replace(caption=caption.text) for way in ways), told)

    def _row_side(self, grid: Grid, field: Field) -> _Side:
        found = _row_names(grid, field)
        shares = [
            share_of(
                one.text,
                grid.kinds.get(one.column),
                self._entity,
                has_total=one.column in grid.totals and not _YEAR.fullmatch(one.text),
            )
            for one in found
        ]
        if any(share.is_whole for share in shares):
            shares = [
                share._replace(flag="") if share.flag == "part" else share for share in shares
            ]
        return _Side(
            tuple(read_head(one.text) for one in found),
            tuple(shares),
            tuple(one.text for one in found),
        )

    def _column_side(self, grid: Grid, field: Field) -> _Side:
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
        return _Side(tuple(heads), tuple(shares), tuple(one.text for one in found))


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


def _ways(row: _Side, column: _Side, caption: Caption, band: str) -> list[str]:
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


def _role(row: _Side, column: _Side) -> Role | None:
    for side in (column, row):
        for head in reversed(side.heads):
            if head.role in (Role.RANK, *_TIMES):
                return head.role
    return None


def _with_caption(told: Told, caption: Caption, heads: Sequence[Head]) -> Told:
    """Let the caption tell year and aims where no head does."""
    says_done = any(head.role in (Role.DONE, Role.CURRENT) for head in heads)
    if told.year is None and told.status is not FigureStatus.PREVIOUS_YEAR:
        told = told._replace(year=caption.year)
    if caption.is_aims and told.status is None and not says_done:
        told = told._replace(status=FigureStatus.TARGET)
    return told


def _unit(
    grid: Grid, field: Field, sides: tuple[_Side, _Side], caption: Caption, name: str
) -> tuple[str, bool]:
    """Return the unit the heads tell, and whether only a name tells it."""
    row, column = sides
    role = _role(row, column)
    implied = table_words().unit_of(name)
    told = _told_units(grid, field, row, column)
    if role in _TIMES:
        return _change_unit(column, told, implied), False
    if any(head.role in (Role.SHARE, Role.COMPLETION) for head in (*row.heads, *column.heads)):
        own = column.heads[-1].units if column.heads else ()
        return (own[0] if own else _PERCENT), False
    if told:
        return _chosen(told, implied), False
    chosen = _chosen(caption.units, implied)
    if implied and (not chosen or (implied == _PERCENT) != (chosen == _PERCENT)):
        return implied, True
    return chosen, False


def _told_units(grid: Grid, field: Field, row: _Side, column: _Side) -> tuple[str, ...]:
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


def _change_unit(column: _Side, told: tuple[str, ...], implied: str) -> str:
    """Return the unit of a change: its own, % for a rate of change, else the quantity's."""
    for head in reversed(column.heads):
        if head.units:
            return head.units[0]
        if head.role in _TIMES:
            if "百分点" in head.text:
                return "个百分点"
            if not _is_difference(head.text):
                return _PERCENT
    unit = told[0] if told else implied
    return unit or _PERCENT


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


def _doubtful_rate(text: str) -> bool:
    """Return whether a bare number may be a share of one rather than of a hundred."""
    bare = text.strip().replace(",", "")
    is_number = bool(re.fullmatch(r"\d{1,12}(?:\.\d{1,8})?", bare))
    return is_number and not 1 < float(bare) <= 100
