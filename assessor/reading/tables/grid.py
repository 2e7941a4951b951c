"""A table as a grid: which rows are heads, which columns hold names, which hold values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assessor.reading.numbers import find_numbers
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
    has_aims: bool = False
    """A head speaks of aims or of what was done, beside which a rate of completion stands."""
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

    def kind_above(self, row: int, column: int) -> Column | None:
        """Return what the heads above a place say its column is for; the uppermost first."""
        words = table_words()
        heads = (_ENCLOSED.sub("", one.text) for one in self.column_heads(row, column))
        return next((kind for kind in map(words.column_of, heads) if kind is not None), None)


def make_field(place: tuple[int, int, int, int], text: str, *, is_header: bool) -> Field:
    """Return a field; the place is row, column, width, height."""
    row, column, width, height = place
    has_number, is_value = _numbers_in(text)
    return Field(row, column, width, height, text, is_header, is_value, has_number)


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
