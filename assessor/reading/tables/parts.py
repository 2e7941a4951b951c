"""Whose numbers a row or column holds: all of the unit's, one part's, another body's."""

from __future__ import annotations

import re
from typing import NamedTuple

from assessor.reading.tables.words import Column, table_words

_ENCLOSED = re.compile(r"\([^()]{0,30}\)")
_REGION = re.compile(r"[省市县区州旗镇乡]")


class Share(NamedTuple):
    """What a head says of whose numbers follow."""

    is_whole: bool = False
    flag: str = ""
    """`part` or `other_body`; empty for neither."""
    says: str = ""
    """Words of it that the status rules look for, such as 全市."""


_NEITHER = Share()
_DIVIDED = frozenset((Column.BODY, Column.SLICE))


def share_of(text: str, kind: Column | None, entity: str, *, has_total: bool) -> Share:
    """Return whose numbers stand under a head.

    Args:
        text: the head in normal form.
        kind: what its column is for.
        entity: the reporting unit's name.
        has_total: whether a neighbour of the head stands for the whole.
    """
    words = table_words()
    bare = _ENCLOSED.sub("", text).strip(" :")
    is_own = bare == entity or (kind is not None and len(bare) >= 2 and bare in entity)
    if words.says("average", bare) or bare.endswith(("平均", "均值")):
        return Share(flag="part", says=bare if words.says("superior", bare) else "")
    if words.says("whole", bare):
        return Share(is_whole=True, says=bare if bare.startswith("全") else "")
    if words.says("superior", bare):
        return Share(says=bare)
    if is_own or (words.says("body", bare) and entity.endswith(bare)):
        return Share(is_whole=True)
    is_body = words.says("body", bare) and not words.says("not_body", bare)
    is_one = kind in _DIVIDED and not words.unit_of(bare)
    is_one = is_one or (has_total and kind is not Column.YEAR)
    if is_body or is_one or words.says("part", bare):
        return Share(flag=_beside(bare, entity))
    return _NEITHER


def is_total(text: str) -> bool:
    """Return whether a head stands for the whole of its neighbours."""
    return table_words().says("whole", _ENCLOSED.sub("", text).strip(" :"))


def _beside(text: str, entity: str) -> str:
    """Return `other_body` for a region of the unit's own kind, else `part`."""
    last = text[-1:]
    is_peer = bool(_REGION.fullmatch(last)) and entity.endswith(last) and text != entity
    return "other_body" if is_peer else "part"
