"""Single characters: radicals, blanks, control characters, joining pieces of a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assessor.reading.mapping import CharacterMap

_SUPPLEMENT = (
    "⺁厂⺄乙⺅亻⺇几⺈刀⺉刂⺋卩⺌小⺍小⺎兀⺐尢⺒巳⺓幺⺔彑⺖忄⺗小⺘扌⺙攵⺛旡⺝月⺠民⺡氵⺢水⺣灬⺤爫⺧牛⺨犭"
    "⺩王⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺲罒⺳网⺶羊⺷羊⺹耂⺺聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠"
    "⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒長⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻠饣⻡首⻢马"
    "⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫齐⻬齐⻭齿⻮齿⻯龙⻰龙⻱龟⻲龟"
)
"""Radical and ideograph in turn; the compatibility forms of Unicode leave these alone."""
_BLANKS = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_RUN_OF_BLANKS = re.compile(f"[ {_BLANKS}]+")
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufe00-\ufe0f\ufeff\ufffe\uffff\ud800-\udfff]"
)
_CJK = (
    "\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31c0-\u31ef\u3200-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff00-\uffef\u2014\u2018\u2019\u201c\u201d\u2026\u00b7\u25cb"
    "\U00020000-\U0003ffff"
)
_IS_CJK = re.compile(f"[{_CJK}]")
_GAP_AT_DIGIT = re.compile(f"(?<=[{_CJK}]) +(?=[0-9])|(?<=[0-9%‰]) +(?=[{_CJK}])")
_SEGMENT_BREAK = re.compile(r"[ \t\f]*[\r\n][ \t\f\r\n]*")
_DIGITS = "0123456789\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19"
_PERCENT = "%‰"
_DAMAGE = "\ufffd"


def _radicals() -> dict[int, str]:
    table = {
        code: mapped
        for code in (*range(0x2F00, 0x2FD6), 0x2E9F, 0x2EF3)
        if (mapped := unicodedata.normalize("NFKC", chr(code))) != chr(code)
    }
    pairs = zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)
    return table | {ord(radical): ideograph for radical, ideograph in pairs}


_RADICALS = CharacterMap(_radicals())


def clean(raw: str) -> str:
    """Return one line of text: ideographs for radicals, plain blanks, no control characters."""
    text = _RADICALS.apply(raw)
    text = _RUN_OF_BLANKS.sub(" ", text.replace("\n", " "))
    return _DROPPED.sub("", text).strip()


def is_cjk(character: str) -> bool:
    """Say whether a character is an ideograph or a full-width sign."""
    return bool(_IS_CJK.match(character))


def join(left: str, right: str) -> str:
    """Join two halves of a broken line: a blank only between words of Latin letters."""
    if not left or not right:
        return left + right
    before, after = left[-1], right[0]
    if before.isspace() or after.isspace():
        return left + right
    is_word = before.isascii() and after.isascii() and (before.isalnum() and after.isalnum())
    is_number = before.isdigit() and after.isdigit()
    return f"{left} {right}" if is_word and not is_number else left + right


def join_lines(lines: Iterable[str]) -> str:
    """Join the lines of one table cell; two numbers never become one."""
    text = ""
    for line in lines:
        part = clean(line)
        touching = text[-1:].isascii() and part[:1].isascii()
        touching = touching and text[-1:].isalnum() and part[:1].isalnum()
        text = f"{text} {part}" if touching else text + part
    return text


def close_gaps(text: str) -> str:
    """Remove the blanks some printers put between ideographs and digits."""
    return _GAP_AT_DIGIT.sub("", text)


def collapse(raw: str) -> str:
    """Collapse blanks as a browser does; a line end next to an ideograph leaves nothing."""
    if "\n" not in raw and "\r" not in raw:
        return raw
    return _SEGMENT_BREAK.sub(_segment_break, raw)


def _segment_break(found: re.Match[str]) -> str:
    start, end = found.span()
    before, after = found.string[max(0, start - 1) : start], found.string[end : end + 1]
    is_tight = is_cjk(before or " ") or is_cjk(after or " ") or after in _PERCENT
    return "" if is_tight else " "


def is_damaged(text: str) -> bool:
    """Say whether undecodable bytes were replaced in the text."""
    return _DAMAGE in text


def damaged_number(text: str) -> str:
    """Return the surroundings of a replaced byte that touches a digit; empty when none does."""
    for found in re.finditer(_DAMAGE, text):
        position = found.start()
        near = text[max(0, position - 1) : position] + text[position + 1 : position + 2]
        if any(one in _DIGITS for one in near):
            return clean(text[max(0, position - 8) : position + 9])
    return ""
