"""Ruled tables of a PDF page: lines drawn on it become a grid of cells."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from assessor.reading.documents.pdf_page import Character

_NEAR = 3.0
_SHORTEST = 6.0
_MAX_POINTS = 40_000
_MAX_RULES = 400


class Rule(NamedTuple):
    """A drawn line: horizontal at height `at`, or vertical at `at` from the left."""

    is_level: bool
    at: float
    start: float
    end: float


class Grid(NamedTuple):
    """A table's columns from left to right, rows from top to bottom, and its cells."""

    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    cells: dict[tuple[int, int], tuple[int, int]]
    """Row and column of a field to those of the cell it belongs to, from 0."""

    def holds(self, character: Character) -> bool:
        """Say whether a character stands inside the table."""
        across = (character.left + character.right) / 2
        return (
            self.lefts[0] <= across <= self.lefts[-1]
            and self.tops[-1] <= character.middle <= self.tops[0]
        )

    def cell_at(self, character: Character) -> tuple[int, int]:
        """Return row and column, from 0, of the cell a character stands in."""
        across = (character.left + character.right) / 2
        row = sum(character.middle < top for top in self.tops[1:-1])
        column = sum(across > left for left in self.lefts[1:-1])
        return self.cells[row, column]

    def span_of(self, place: tuple[int, int]) -> tuple[int, int]:
        """Return how many columns and rows the cell at a place reaches over."""
        own = [field for field, owner in self.cells.items() if owner == place]
        return len({column for _, column in own}), len({row for row, _ in own})


def find_grids(page: Any) -> list[Grid]:
    """Return the ruled tables of an upright page, from top to bottom."""
    rules = _merged(_rules(page))
    if not 6 <= len(rules) <= _MAX_RULES:
        return []
    grids = [_grid(group) for group in _groups(rules)]
    return sorted((grid for grid in grids if grid), key=lambda grid: -grid.tops[0])


def _rules(page: Any) -> Iterator[Rule]:
    count = 0
    x, y = ctypes.c_float(), ctypes.c_float()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        matrix = item.get_matrix()
        segments = pdfium.FPDFPath_CountSegments(item.raw)
        count += segments
        if count > _MAX_POINTS:
            return
        first = last = (0.0, 0.0)
        for index in range(segments):
            segment = pdfium.FPDFPath_GetPathSegment(item.raw, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = matrix.on_point(x.value, y.value)
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                first = point
            else:
                yield from _straight(last, point)
            last = point
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield from _straight(point, first)


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    across, down = abs(one[0] - other[0]), abs(one[1] - other[1])
    if down < 1 and across >= _SHORTEST:
        yield Rule(True, one[1], min(one[0], other[0]), max(one[0], other[0]))
    elif across < 1 and down >= _SHORTEST:
        yield Rule(False, one[0], min(one[1], other[1]), max(one[1], other[1]))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Join pieces of one line; the two edges of a thin box become one line."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda one: (one.is_level, one.at)):
        last = levels[-1] if levels else None
        if last and last[0].is_level == rule.is_level and rule.at - last[0].at <= _NEAR:
            last.append(rule)
        else:
            levels.append([rule])
    found: list[Rule] = []
    for level in levels:
        level.sort(key=lambda one: one.start)
        current = level[0]
        for rule in level[1:]:
            if rule.start <= current.end + _NEAR:
                current = current._replace(end=max(current.end, rule.end))
            else:
                found.append(current)
                current = rule._replace(at=level[0].at)
        found.append(current)
    return found


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    left = set(range(len(rules)))
    groups: list[list[Rule]] = []
    while left:
        todo = [left.pop()]
        group: list[int] = []
        while todo:
            index = todo.pop()
            group.append(index)
            near = [other for other in left if _touch(rules[index], rules[other])]
            left.difference_update(near)
            todo += near
        groups.append([rules[index] for index in group])
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.is_level != other.is_level
        and one.start - _NEAR <= other.at <= one.end + _NEAR
        and other.start - _NEAR <= one.at <= other.end + _NEAR
    )


def _grid(rules: list[Rule]) -> Grid | None:
    level = [rule for rule in rules if rule.is_level]
    upright = [rule for rule in rules if not rule.is_level]
    lefts = _positions(upright)
    tops = tuple(reversed(_positions(level)))
    if len(lefts) < 3 or len(tops) < 3:
        return None
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(tops) - 1):
        middle = (tops[row] + tops[row + 1]) / 2
        for column in range(len(lefts) - 1):
            across = (lefts[column] + lefts[column + 1]) / 2
            if column and not _is_ruled(upright, lefts[column], middle):
                owner[row, column] = owner[row, column - 1]
            elif row and not _is_ruled(level, tops[row], across):
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = row, column
    return Grid(lefts, tops, owner)


def _positions(rules: list[Rule]) -> tuple[float, ...]:
    found: list[float] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if not found or rule.at - found[-1] > _NEAR:
            found.append(rule.at)
    return tuple(found)


def _is_ruled(rules: list[Rule], at: float, through: float) -> bool:
    return any(
        abs(rule.at - at) <= _NEAR and rule.start - 1 <= through <= rule.end + 1 for rule in rules
    )
