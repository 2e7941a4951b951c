"""What is found in a text: figures, and numbers that are none."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from schemas.reading import Bound


class Flag(StrEnum):
    """Why a person should look at a figure before it counts."""

    RANGE = "range"
    """One end of a range; the lower end is meant as at least, the upper as at most."""
    ELIDED_UNIT = "elided_unit"
    """Its unit, and a following 万 or 亿, stands only behind the next number of the list."""
    FRACTION = "fraction"
    """Printed as a fraction, given in percent, two places where it does not end."""
    VAGUE = "vague"
    """十几: the value is the smallest it can be."""
    RANK = "rank"
    """A place in an order."""
    EACH = "each"
    """各1名: so many for each of several bodies."""
    PER_PERIOD = "per_period"
    """每年2次: so many in each period or for each body."""
    BROKEN = "broken"
    """A blank parts it from digits before it; the number may be cut."""
    ZERO = "zero"
    """败诉率为零: the words say that there was none."""
    OPPOSITE_HEDGES = "opposite_hedges"
    """近2300余: the hedges contradict each other."""


class Why(StrEnum):
    """Why a number is no figure, as shown to the user."""

    DATE = "日期或年份"
    CLOCK = "时刻"
    DURATION = "期限或时段"
    FREQUENCY = "频次说明"
    ORDINAL = "序数"
    LIST = "条目序号"
    SESSION = "届次或会议名称"
    DOCUMENT = "文号或编号"
    VERSION = "版本号"
    NAME = "名称中的数字"
    TITLE = "文件名称中的数字"
    IDIOM = "习惯用语中的数字"
    VAGUE = "概数，没有确数"
    REDACTED = "数字被隐去"
    PHONE = "电话号码"
    PAGE = "页码"
    COUNTER = "网页计数"
    NO_UNIT = "没有单位"
    DENIED = "否定说法中的数字"
    UNCLEAR = "数字写法不明，有多种读法"
    TOO_LONG = "数字过长"


class Mention(NamedTuple):
    """A figure in a normalised text; all spans end exclusive."""

    start: int
    """First hedge word directly before the number, else the number."""
    end: int
    """Behind the unit and the hedge words directly after it."""
    number_start: int
    number_end: int
    number_text: str
    """`text[number_start:number_end]`: with 万, 亿, 百分之, without unit and hedge."""
    value: Decimal
    """Percent as printed; 万 and 亿 expanded; of a ratio the first term."""
    unit: str
    """As printed; `%` for 百分之, 成 and fractions, `名次` for a bare rank."""
    classes: frozenset[str]
    bound: Bound
    flags: tuple[str, ...] = ()


class Discard(NamedTuple):
    """A number that is no figure."""

    start: int
    end: int
    text: str
    why: Why


class NumberScan(NamedTuple):
    """All numbers of a text in reading order."""

    mentions: tuple[Mention, ...]
    discarded: tuple[Discard, ...]
