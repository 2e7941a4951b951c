"""A table as a grid: which rows are heads, which columns hold names, which hold values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from assessor.reading.numbers import find_numbers
from assessor.reading.tables.heads import is_unit, read_head
from assessor.reading.tables.parts import is_total
from assessor.reading.tables.words import Column, table_words

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?"
_BARE = re.compile(
    rf"[-+↑↓▲▼≥≤<>~约近超逾]{{0,2}}{_NUMBER}(?:[-~—至]{_NUMBER})?(?:[百千]?[万亿])?[余多]?"
    r"(?:以上|以下|左右)?[*#①-⑳↑↓▲▼]{0,2}"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_WHOLE_NUMBER = re.compile(r"\d{1,3}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ENCLOSED = re.compile(r"\([^()]{0,30}\)")
_SENTENCE = re.compile(r"[。;；]")
_LONGEST_NAME = 40
_MOST_HEADS = 5
_MOST_PLACES = 200_000


class Field(NamedTuple):
    """One cell with its text in normal form."""

    row: int
    column: int
    width: int
    height: int
    text: str
    is_header: bool
    is_value: bool
    """A number with little beside it."""
    has_number: bool

    @property
    def is_name(self) -> bool:
        """Whether its text may name a row."""
        return (
            not self.is_value
            and len(self.text) <= _LONGEST_NAME
            and not _SENTENCE.search(self.text)
            and not table_words().says("blank", self.text)
        )


class Row(NamedTuple):
    """What holds for the cells of a row of values."""

    heads: tuple[int, ...] = ()
    """Its rows of heads, from top to bottom."""
    band: str = ""
    """Text of the row of one field that groups it with its neighbours."""


_NO_ROW = Row()


class Grid(NamedTuple):
    """A table's fields by place, and what its rows and columns are for."""

    fields: dict[tuple[int, int], Field]
    """By every place a field covers."""
    titles: tuple[str, ...]
    """Texts of rows of one field above the heads."""
    rows: dict[int, Row]
    """The rows of values; those of heads, titles and groups are left out."""
    names: frozenset[int] = frozenset()
    """Columns that hold names."""
    kinds: Mapping[int, Column] = {}
    """Columns whose head says what their words are for."""
    totals: frozenset[int] = frozenset()
    """Columns of names one of whose rows stands for all."""
    total_heads: frozenset[tuple[int, ...]] = frozenset()
    """Rows of heads one of whose columns stands for all."""

    def heads_of(self, row: int) -> tuple[int, ...]:
        """Return the rows of heads that hold for a row of values."""
        return self.rows.get(row, _NO_ROW).heads

    def column_heads(self, row: int, column: int) -> list[Field]:
        """Return the heads above a place, from top to bottom."""
        rows = self.heads_of(row)
        found: list[Field] = []
        for number in rows:
            field = self.fields.get((number, column)) or self._reaching(number, column, rows)
            if field is not None and field not in found:
                found.append(field)
        return found

    def _reaching(self, row: int, column: int, rows: Sequence[int]) -> Field | None:
        """Return the head to the left that a format without merged cells leaves alone."""
        if len(rows) < 2 or row == rows[-1] or column in self.names:
            return None
        for other in range(column - 1, 0, -1):
            field = self.fields.get((row, other))
            if field is not None:
                return None if other in self.names else field
        return None

    def corner(self, row: int, column: int) -> str:
        """Return the lowest head above a place."""
        heads = self.column_heads(row, column)
        return heads[-1].text if heads else ""


def make_field(place: tuple[int, int, int, int], text: str, *, is_header: bool) -> Field:
    """Return a field; the place is row, column, width, height."""
    row, column, width, height = place
    has_number, is_value = _numbers_in(text)
    return Field(row, column, width, height, text, is_header, is_value, has_number)


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
    return grid._replace(
        kinds=kinds,
        names=names,
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
    words = table_words()
    kinds: dict[int, Column] = {}
    for column in range(1, wide + 1):
        own = [grid.fields[row, column] for row in body if (row, column) in grid.fields]
        texts = [field.text for field in own]
        head = grid.corner(body[0], column) if body else ""
        found = words.column_of(_ENCLOSED.sub("", head))
        units = sum(is_unit(text) for text in texts)
        if texts and units * 2 > len(texts) and not any(field.is_value for field in own):
            kinds[column] = Column.UNIT
        elif found is not None and found is not Column.UNIT:
            kinds[column] = found
        elif found is Column.UNIT and texts and not units:
            kinds[column] = Column.BODY
        elif column == 1 and not head and _counts_up(texts):
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


def _numbers_in(text: str) -> tuple[bool, bool]:
    """Return whether a text holds a number, and whether it is little else."""
    if _BARE.fullmatch(text):
        return True, True
    mentions = find_numbers(text).mentions
    if not mentions:
        return any(character.isdigit() for character in text), _is_led(text)
    outside = _ENCLOSED.sub("", text[: mentions[0].start] + "|" + text[mentions[-1].end :])
    before, _, behind = outside.partition("|")
    is_short = len(_HAN.findall(before)) <= 3 and len(_HAN.findall(behind)) <= 2
    return True, is_short and len(mentions) <= 2


def _is_led(text: str) -> bool:
    """Return whether a text is numbers without a unit and signs: 128/112, 128(112), 第3/11."""
    return bool(re.match(r"第?\d", text)) and not _HAN.search(text.removeprefix("第"))
