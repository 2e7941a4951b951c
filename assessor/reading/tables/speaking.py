"""A cell said as running text: its names in front, its unit behind the bare number."""

from __future__ import annotations

import re
from typing import NamedTuple

from assessor.reading.numbers import Discard, Mention
from assessor.reading.numbers.units import unit_at
from assessor.reading.tables.words import Role

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?"
_LED = re.compile(
    r"(?P<sign>[-+↑↓▲▼]?)(?:约|近|超过|超|逾|≥|≤|>|<|~|不低于|不少于|不高于|不超过|至少|至多|达到|达)?"
    rf"(?P<number>{_NUMBER}(?:[-~—至]{_NUMBER})?)(?P<scale>[百千]?[万亿])?[余多+]?"
)
_LET_IN = re.compile(r"$|以[上下内]|左右|[(,;*#①-⑳↑↓▲▼\s]")
_RANK_OPEN = re.compile(r"(?:并列)?第?(?=[\d一二三四五六七八九十])")
_SPELT = re.compile(r"[一二三四五六七八九十百千万两零〇]")
_DOWN = frozenset("↓▼")
_VERB = re.compile(r"[\u4e00-\u9fff]")
_HAZARD = re.compile(r"[0-9A-Za-z.%一二三四五六七八九十百千万亿两第约近超逾过各每前余多]$")


class Headed(NamedTuple):
    """A cell's text behind its heads, as one clause, with the way back."""

    text: str
    begin: int
    """Where the cell's own text begins in `text`."""
    shift: int
    """A position in `text` before the unit put in, less this, is one in the cell."""
    gap: int
    """Where a unit was put in."""
    added: int
    """How long it is."""
    ranked: str = ""
    """Names of what a rank is of; empty for other numbers."""
    caption: str = ""
    """Stands above the table, for the matter it is about."""

    def back(self, position: int) -> int:
        """Return the place in the cell of a position in `text`."""
        if position > self.gap:
            position = max(position - self.added, self.gap)
        return max(position - self.shift, 0)


def say(cell: str, names: str, role: Role | None, unit: str) -> Headed:
    """Put a cell's names before it and its unit behind its bare number.

    Args:
        cell: the cell in normal form.
        names: what row and column name.
        role: the role its heads give it.
        unit: the unit its heads tell; used only where the cell has none.
    """
    skip, front = 0, names
    led = _LED.match(cell)
    if role is Role.RANK:
        opened = _RANK_OPEN.match(cell)
        if opened is not None:
            skip, front = opened.end(), f"{names}排名第"
        unit = ""
    elif role in (Role.CHANGE, Role.FALL):
        skip, front = _change(cell, led, names, falls=role is Role.FALL)
    elif led is not None and led["sign"] not in ("", "-"):
        skip = 1
    is_glued = role is not Role.RANK and bool(_HAZARD.search(front))
    is_signed = cell.startswith("-") and not skip and front[-1:] not in "长幅率为了"
    is_spelt = bool(front) and role is not Role.RANK and bool(_SPELT.match(cell))
    if is_glued or is_signed or is_spelt:
        front += "为"
    put_in = _unit_for(cell, led, unit)
    at = led.end() if led is not None and put_in else len(cell)
    if role is Role.RANK:
        at, put_in = _behind_rank(cell)
    text = front + cell[skip:at] + put_in + cell[at:]
    ranked = names if role is Role.RANK else ""
    begin = len(front)
    return Headed(text, begin, begin - skip, begin + at - skip, len(put_in), ranked)


def moved(mention: Mention, headed: Headed) -> Mention:
    """Return a mention with positions in the cell's own text."""
    return mention._replace(
        start=headed.back(max(mention.start, headed.begin)),
        end=headed.back(mention.end),
        number_start=headed.back(mention.number_start),
        number_end=headed.back(mention.number_end),
    )


def dropped(discard: Discard, headed: Headed) -> Discard:
    """Return a discarded number with positions in the cell's own text."""
    return discard._replace(
        start=headed.back(max(discard.start, headed.begin)), end=headed.back(discard.end)
    )


def _change(cell: str, led: re.Match[str] | None, names: str, *, falls: bool) -> tuple[int, str]:
    """Return how much of the cell to leave out, and the names with the word for a change."""
    if led is None:
        return 0, f"{names}同比" if _VERB.match(cell) else names
    sign = led["sign"]
    word = "同比下降" if falls or sign in _DOWN else "同比增长"
    return int(sign not in ("", "-")), names + word


def _unit_for(cell: str, led: re.Match[str] | None, unit: str) -> str:
    """Return the unit to put behind a bare number; empty when it has one or none is told."""
    if led is None or not unit:
        return ""
    rest = cell[led.end() :]
    if rest and (unit_at(rest, 0) is not None and not rest.startswith("(")):
        return ""
    if not _LET_IN.match(rest):
        return ""
    return unit.removeprefix("万").removeprefix("亿") if led["scale"] else unit


def _behind_rank(cell: str) -> tuple[int, str]:
    """Return where a comma parts a rank from how many were ranked: 3/11."""
    found = re.match(r"(?:并列)?第?\d{1,4}(?=/)", cell)
    return (found.end(), ",") if found is not None else (len(cell), "")
