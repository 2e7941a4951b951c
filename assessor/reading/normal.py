"""Bring printed text to one shape and keep the way back to what was printed."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import chain
from typing import NamedTuple

from assessor.reading.mapping import CharacterMap

_BLOCKS = (
    range(0xFF01, 0xFFE7),  # full-width and half-width forms
    range(0xF900, 0xFB00),  # compatibility ideographs
    range(0x2F800, 0x2FA20),
    range(0x2F00, 0x2FE0),  # Kangxi radicals
    range(0xFE10, 0xFE70),  # vertical and small forms
)
_RADICALS = (
    "⺁厂⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋卩⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺖忄⺗小⺘扌⺙攵⺛旡⺜日⺞歹⺟母⺠民"
    "⺡氵⺢水⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺬示⺭礻⺯纟⺰纟⺱罓⺲罒⺳网⺴罓⺶羊⺷羊⺸羋⺹耂⺺聿⺻聿⺼月"
    "⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门"
    "⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐"
    "⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""Radical and ideograph in turn; NFKC leaves most of the supplement alone."""
_SINGLES = {
    "\u2236": ":",
    "\u2215": "/",
    "\u2044": "/",
    "\u2212": "-",
    "\u2010": "-",
    "\u2011": "-",
    "\u301c": "~",
    "\u066a": "%",
}
"""Signs that look like another one: ratio, division and fraction slash, minus, hyphens, wave."""
_SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_ZERO_WIDTH = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_CJK = "\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\u2018-\u201d\U00020000-\U0002fa1f"
_GAP = re.compile(f"[ {_ZERO_WIDTH}]+")
_IS_CJK = re.compile(f"[{_CJK}]")
_TIGHT_RIGHT = "%‰"


def _table() -> dict[int, str]:
    found: dict[int, str] = {}
    for code in chain.from_iterable(_BLOCKS):
        mapped = unicodedata.normalize("NFKC", chr(code))
        if len(mapped) == 1 and mapped != chr(code) and not 0xFE00 <= code <= 0xFE0F:
            found[code] = mapped
    found |= {ord(old): new for old, new in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)}
    found |= {ord(old): new for old, new in _SINGLES.items()}
    return found | {ord(space): " " for space in _SPACES}


_SHAPES = CharacterMap(_table(), common="，：；（）！？％")


class Normal(NamedTuple):
    """A text in one shape; every offset leads back to the printed text."""

    text: str
    starts: tuple[int, ...]
    """Offsets in `text` from which on another shift holds; ascending, the first is 0."""
    shifts: tuple[int, ...]
    """What to add to an offset from the start beside it on."""

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the printed text that became `text[start:end]`; end exclusive."""
        if len(self.shifts) == 1:
            return (start, end) if end > start else (start, start)
        first = self._raw(start)
        return (first, first) if end <= start else (first, self._raw(end - 1) + 1)

    def _raw(self, offset: int) -> int:
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]


def normalise(raw: str) -> Normal:
    """Return a text with half-width digits and signs and no gaps inside Chinese.

    Changed one by one: full-width and compatibility forms, Kangxi and CJK radicals, signs that
    look like another, odd spaces. Left out: zero-width characters, and blanks next to a Chinese
    character, at the edge of a line, before `%` and `‰`; other blanks become one. Tabs stay.
    """
    mapped = _SHAPES.apply(raw)
    parts: list[str] = []
    starts, shifts = [0], [0]
    length = position = 0
    for gap in _GAP.finditer(mapped):
        start, end = gap.span()
        space = mapped.find(" ", start, end)
        keep = 1 if space >= 0 and not _is_tight(mapped, start, end) else 0
        if keep and end - start == 1:
            continue
        parts.append(mapped[position:start])
        length += start - position
        if keep:
            parts.append(" ")
            starts.append(length)
            shifts.append(space - length)
            length += 1
        starts.append(length)
        shifts.append(end - length)
        position = end
    parts.append(mapped[position:])
    return Normal("".join(parts), tuple(starts), tuple(shifts))


def _is_tight(text: str, start: int, end: int) -> bool:
    """Return whether a blank means nothing: at an edge, by a Chinese character, before `%`."""
    if start == 0 or end == len(text):
        return True
    left, right = text[start - 1], text[end]
    if right in _TIGHT_RIGHT or "\n" in (left, right):
        return True
    return bool(_IS_CJK.match(left) or _IS_CJK.match(right))
