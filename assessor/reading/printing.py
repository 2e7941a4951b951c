"""Figures and places as a person finds them in the report."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from assessor.reading.numbers.hedges import hedge_before, hedge_behind
from assessor.reading.zeros import ZERO_FLAG
from schemas.reading import Figure, FigureStatus, ReadDocument, Statement

_REACH = 12
"""Characters behind a number in which its unit must stand."""
_SHORTEST = 3
"""Characters from which shared words say what a statement is about."""
_MARKS = re.compile(r"[余多来几+]{0,2}")
_WORDED = re.compile(r"百分之|成|分之|/")
_RANKED = re.compile(r"[低高多少]")


def place_of(block: int, page: int | None) -> str:
    """Return page and paragraph, both counted from 1."""
    return (f"第{page}页" if page else "") + f"第{block + 1}段"


def place_at(document: ReadDocument, start: int) -> str:
    """Return page and paragraph of an offset."""
    index = max(bisect_right([block.start for block in document.blocks], start) - 1, 0)
    if not document.blocks:
        return ""
    return place_of(document.blocks[index].index, document.blocks[index].page)


def as_printed(figure: Figure, text: str) -> str:
    """Return a figure as the report prints it, with its bound words and its unit.

    Args:
        figure: a figure of the report.
        text: text of the whole document.
    """
    if ZERO_FLAG in figure.flags:
        return f"“{figure.number_text}”，即{figure.value}{figure.unit}"
    start = hedge_before(text, figure.number_start).start
    if figure.status is FigureStatus.RANK:
        return _rank(figure, text, start)
    end = _unit_end(figure, text)
    if end is None:
        end = hedge_behind(text, figure.number_end).end
        named = _WORDED.search(figure.number_text) or not figure.unit
        return text[start:end] if named else f"{text[start:end]}（{figure.unit}）"
    return text[start : hedge_behind(text, end).end]


def subject_of(statement: Statement) -> str:
    """Return the longest words a statement shares with the name of its item, if any."""
    name, quote = statement.item_label, statement.quote
    for length in range(len(name), _SHORTEST - 1, -1):
        for start in range(len(name) - length + 1):
            if name[start : start + length] in quote:
                return name[start : start + length]
    return ""


def _rank(figure: Figure, text: str, start: int) -> str:
    """Return a rank with its ordinal sign: 第3位, 第二低."""
    start -= text.startswith("第", max(start - 1, 0))
    end = _unit_end(figure, text)
    if end is not None:
        return text[start:end]
    tail = _RANKED.match(text, figure.number_end)
    return text[start : figure.number_end if tail is None else tail.end()]


def _unit_end(figure: Figure, text: str) -> int | None:
    """Return where the unit behind a number ends; None when it does not stand there."""
    marks = _MARKS.match(text, figure.number_end)
    begin = figure.number_end if marks is None else marks.end()
    while text[begin : begin + 1].isspace() and begin < figure.number_end + _REACH:
        begin += 1
    for end in range(begin + 1, min(begin + _REACH, len(text)) + 1):
        if unicodedata.normalize("NFKC", text[begin:end]) == figure.unit:
            return end
    return None
