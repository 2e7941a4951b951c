"""Pages set in two columns: their lines in reading order, as if they stood in one column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from assessor.reading.documents.pdf_page import Character, Line

_LEAST_LINES = 6
_FILLED = 0.6
_CROSSING = 0.2
_NEAREST, _FURTHEST = 0.3, 0.7
_GUTTER = 1.2
_STEPS = 40

ToLines = Callable[[list[Character], int], list[Line]]


class Gutter(NamedTuple):
    """The blank stripe between two columns; points from the left."""

    left: float
    right: float


def find_gutter(pieces: Sequence[Sequence[Character]]) -> Gutter | None:
    """Return the stripe between two columns of running text; None on an ordinary page.

    Args:
        pieces: runs of characters on one line without a wide gap inside.
    """
    spans = [(piece[0].left, piece[-1].right) for piece in pieces]
    if len(spans) < 2 * _LEAST_LINES:
        return None
    left, right = min(one for one, _ in spans), max(one for _, one in spans)
    width = right - left
    places = [
        left + width * (_NEAREST + (_FURTHEST - _NEAREST) * step / _STEPS)
        for step in range(_STEPS + 1)
    ]
    crossed = {at: sum(one < at < other for one, other in spans) for at in places}
    at = min(places, key=lambda place: (crossed[place], abs(place - left - width / 2)))
    if crossed[at] > _CROSSING * len(spans):
        return None
    ends = [span for span in spans if span[1] <= at]
    begins = [span for span in spans if span[0] >= at]
    if min(len(ends), len(begins)) < _LEAST_LINES:
        return None
    gutter = Gutter(max(one for _, one in ends), min(one for one, _ in begins))
    size = median(character.size for piece in pieces for character in piece[:1])
    columns = ((left, gutter.left, ends), (gutter.right, right, begins))
    is_running = all(_is_running(*column) for column in columns)
    return gutter if is_running and gutter.right - gutter.left > 0.5 * size else None


def _is_running(left: float, right: float, spans: list[tuple[float, float]]) -> bool:
    """Say whether most lines fill a column, as those of running text do and table cells not."""
    return median(one[1] - one[0] for one in spans) > _FILLED * (right - left)


def split_at_gaps(row: Sequence[Character]) -> list[list[Character]]:
    """Split a line where a wide gap stands in it."""
    ordered = sorted(row, key=lambda one: one.left)
    found = [[ordered[0]]]
    for before, character in pairwise(ordered):
        if character.left - before.right > _GUTTER * (before.right - before.left):
            found.append([])
        found[-1].append(character)
    return found


def in_reading_order(
    pieces: Sequence[list[Character]], gutter: Gutter, page: int, to_lines: ToLines
) -> list[Line]:
    """Return the lines column by column; what crosses the stripe parts the page into bands."""
    middle = (gutter.left + gutter.right) / 2
    left: list[Character] = []
    right: list[Character] = []
    across: list[Character] = []
    for piece in pieces:
        if piece[-1].right <= middle:
            left += piece
        elif piece[0].left >= middle:
            right += piece
        else:
            across += piece
    columns = [to_lines(left, page), _moved(to_lines(right, page), to_lines(left, page))]
    found: list[Line] = []
    for line in [*to_lines(across, page), None]:
        for index, column in enumerate(columns):
            above = [one for one in column if line is None or one.middle > line.middle]
            found += above
            columns[index] = column[len(above) :]
        if line is not None:
            found.append(line)
    return found


def _moved(lines: list[Line], onto: list[Line]) -> list[Line]:
    """Move the lines of the right column over those of the left one."""
    if not lines or not onto:
        return lines
    shift = min(line.left for line in lines) - min(line.left for line in onto)
    return [line._replace(left=line.left - shift, right=line.right - shift) for line in lines]
