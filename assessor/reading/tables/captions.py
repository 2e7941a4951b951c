"""What stands above a table: its caption, the unit of all its numbers, the year they are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assessor.reading.normal import normalise
from assessor.reading.tables.heads import units_in
from assessor.reading.tables.words import table_words
from schemas.reading import Block, BlockKind, ReadDocument

_UNIT = re.compile(r"单位[::]([^()\s。;:]{1,16})")
_BRACKETED = re.compile(r"\(([^()]{1,12})\)$")
_UNIT_LINE = re.compile(r"\(?(?:计量|数据|金额)?单位[::][^()。;:]{1,16}\)?")
_YEAR = re.compile(r"(20[0-3]\d)年(?!以来|起|至|到|-)")
_TITLE = re.compile(r"《[^《》]{0,80}》")
_NUMBERED = re.compile(
    r"^(?:附?表格?[\d一二三四五六七八九十]{0,3}[::.、\s]?|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))"
)
_ENDING = re.compile(
    r"(?:基本|有关|总体)?(?:情况|数据|指标)?(?:统计|汇总|一览|明细|对比|对照)?(?:情况)?表?(?:如下|见下表)?[::]?$"
)
_LONGEST = 60


class Caption(NamedTuple):
    """What a caption says of a whole table."""

    text: str = ""
    name: str = ""
    """What it may name: without its number, year, unit and 统计表."""
    units: tuple[str, ...] = ()
    year: int | None = None
    is_aims: bool = False
    """It announces aims or plans, not what was done."""


NO_CAPTION = Caption()


def read_caption(texts: Sequence[str]) -> Caption:
    """Read the lines of a caption, in normal form."""
    kept = [text for text in texts if 0 < len(text) <= _LONGEST and "。" not in text]
    if not kept:
        return NO_CAPTION
    whole = _TITLE.sub("", "\n".join(kept))
    units = _units(whole)
    years = {int(year) for year in _YEAR.findall(whole)}
    title = "".join(text for text in kept if not _UNIT_LINE.fullmatch(text))
    words = table_words()
    bare = _BRACKETED.sub("", _UNIT.sub("", title)).strip("() :")
    return Caption(
        text=title,
        name=_name(bare),
        units=units,
        year=years.pop() if len(years) == 1 else None,
        is_aims=bool(words.aims.search(bare)) and not words.achieved.search(bare),
    )


def captions_of(document: ReadDocument) -> dict[int, tuple[str, ...]]:
    """Return the lines right above every table, by the table's number."""
    found: dict[int, tuple[str, ...]] = {}
    above: list[Block] = []
    for block in document.blocks:
        if block.kind is not BlockKind.CELL or block.cell is None:
            above = [*above[-1:], block]
            continue
        if block.cell.table not in found:
            raw = (document.text[one.start : one.end] for one in above)
            found[block.cell.table] = tuple(normalise(one).text.strip() for one in raw)
        above = []
    return {table: _nearest(lines) for table, lines in found.items()}


def _nearest(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return the line above a table; with the one before it when it only tells the unit."""
    if len(lines) == 2 and not _UNIT_LINE.fullmatch(lines[1]):
        return lines[1:]
    return lines


def _units(text: str) -> tuple[str, ...]:
    for found in _UNIT.finditer(text):
        units = units_in(found.group(1))
        if units:
            return units
    for line in text.split("\n"):
        last = _BRACKETED.search(line)
        if last is not None:
            return units_in(last.group(1))
    return ()


def _name(text: str) -> str:
    text = _NUMBERED.sub("", _YEAR.sub("", text)).lstrip("度全年 ")
    return _ENDING.sub("", text).strip(" :()")
