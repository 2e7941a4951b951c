"""Words before a figure that tell what kind it is: a place in an order, so many for each."""

from __future__ import annotations

import re

from assessor.reading.numbers import dates
from assessor.reading.numbers.model import Flag
from assessor.reading.numbers.units import Found

_RANKED = re.compile(
    r"(?:位列|位居|名列|居|列|排名?|进入|跻身|荣获|获|全国|全省|全市|全县|全区|全州|省|市)[^,。;、]{0,8}前$"
)
_FRONT = re.compile(
    r"(?:位列|位居|名列|居|列|排名?|处于|进入|跻身|挺进|[全本][国省市县区州]|[省市县区]级?|同类|同级)"
    r"[^,。;、]{0,8}(?<![提以之目此会年当事岗])(?<!上市)前$"
    r"|(?:位列|位居|居|列|排名?|处于)[^,。;、]{0,8}(?:后|末位?|倒数)$"
)
_FRONT_SIGNS = frozenset("前后末位数")
_EACH_DOES = (
    r"(?:聘请?|聘任|选聘|配备|配置|配|设立|设置|设|安排|明确|确定|指定|选派|委派|派驻|派出|派|建立|建成|成立|打造|拥?有|组建|培育"
    r"|组织|开展|召开|举办|举行|评选|抽取|抽查|推荐|报送|完成|选取|办理|承办|发放|印制|订阅)"
)
_EACH = re.compile(
    rf"各(?:自|都|均)?(?:{_EACH_DOES}[^,。;、:各\d]{{0,14}})?$"
    rf"|各[^,。;、:\d]{{1,8}}(?:均|都|分别|至少){_EACH_DOES}[^,。;、:共计各\d]{{0,12}}$"
)


def flags_before(before: str, unit: Found) -> tuple[Flag, ...]:
    """Return the flags the words before a figure give it."""
    if "各" in before and _EACH.search(before):
        return (Flag.EACH,)
    if unit.shown in ("名", "位", "个") and _RANKED.search(before):
        return (Flag.RANK,)
    if "每" in before and dates.is_per_period(before):
        return (Flag.PER_PERIOD,)
    return ()


def is_front(text: str, start: int) -> bool:
    """Return whether a share that begins at a position is a place: 位列全省前10%."""
    if start == 0 or text[start - 1] not in _FRONT_SIGNS:
        return False
    return _FRONT.search(text, max(0, start - 20), start) is not None
