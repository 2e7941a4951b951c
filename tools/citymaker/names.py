"""Names of places that do not exist."""

from __future__ import annotations

from random import Random

_FIRST = "霁岚澹漪筠蓼荻榛檀槿漱皑黛葭蘅芷沅潆澈浔曦旖璟珺琤"
_SECOND = "畈坞渚埠埭垄岙墅浦汀堰塘桥陂洲"
_THIRD = "东西南北上下前后新旧里外大小长平安宁丰乐"
_KINDS = ("县", "县", "县", "区", "市")
CITY = "望澜市"


def unit_names(count: int, random: Random) -> list[str]:
    """Return that many different names of counties, districts and county-level cities.

    Raises:
        ValueError: more names are asked for than can be made.
    """
    stems = [a + b for a in _FIRST for b in _SECOND]
    random.shuffle(stems)
    longer = [a + b for a in stems for b in _THIRD]
    stems += longer
    if count > len(stems):
        raise ValueError(f"at most {len(stems)} entities")
    return [stem + random.choice(_KINDS) for stem in stems[:count]]
