"""Values of printed numbers, Chinese and Arabic."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from assessor.reading.numbers.stepped import DIGITS, SCALES, plain, stepped_at

HAN = "零〇一二三四五六七八九十百千万亿两"
"""Characters of Chinese numerals."""
MAX_DIGITS = 15
_MAX_HAN = 16
_D = "一二三四五六七八九两"
_SECTION = re.compile(
    f"(?:(?P<k>[{_D}])千)?(?P<z1>零)?(?:(?P<h>[{_D}])百)?(?P<z2>零)?"
    f"(?P<t>(?P<td>[{_D}])?十)?(?P<z3>零)?(?P<d>[{_D}])?"
)
_BARE = {
    "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
_ARABIC = re.compile(
    r"(?P<sign>[-+])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"[余多来]?(?P<scale>[百千]?(?:万亿|[万亿])|[百千])?"
)
_OF = re.compile(r"(?P<whole>.{1,16})分之(?P<part>.{1,16})")
_TENTHS = re.compile(
    r"(?P<n>[1-9](?:\.\d)?|[一二三四五六七八九])成(?P<more>半|[1-9一二三四五六七八九])?"
)
_MARKED = re.compile(rf"(?P<head>[{HAN}]{{1,16}})[余多来几](?P<scale>[百千]?[万亿])")
_POINTED = re.compile(rf"(?P<head>[{HAN}]{{1,16}}点[{HAN[:11]}]{{1,6}})(?P<scale>[百千]?[万亿])?")
_PAIR = re.compile(r"(?P<first>\d+(?:\.\d+)?)(?P<sign>[/:比])(?P<second>\d+(?:\.\d+)?)")


def parse_number(text: str) -> Decimal | None:
    """Return the value of a number as printed, without hedge and unit, or None.

    万 and 亿 are expanded, 百分之N gives N, N成 gives 10 N, a fraction gives percent, a ratio its
    first term.
    """
    for read in (_arabic, parse_han, _part, _tenths, _pair, han_decimal, _stepped):
        value = read(text)
        if value is not None:
            return value
    return None


@lru_cache(maxsize=1024)
def parse_han(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral such as 二十三, or None when it is none.

    Refused because they can be read in two ways: 三百五, 一万二, 二三.
    """
    if text in _BARE:
        return Decimal(_BARE[text])
    if not 0 < len(text) <= _MAX_HAN:
        return None
    total, rest = 0, text
    for scale in ("亿", "万"):
        head, found, tail = rest.partition(scale)
        if found:
            value = _section(head)
            if not value or scale in tail:
                return None
            total += value * SCALES[scale]
            rest = tail
    if rest:
        value = _section(rest)
        if value is None or (total and value < 1000 and not rest.startswith("零")):
            return None
        total += value
    return Decimal(total)


def han_decimal(text: str) -> Decimal | None:
    """Return the value of 一百二十三点五万, 零点五, 一百一十余万 or 十几万, or None."""
    found = _POINTED.fullmatch(text) or _MARKED.fullmatch(text)
    if found is None:
        return None
    head = decimal_words(found["head"])
    return None if head is None else scaled(str(head), found["scale"] or "")


def as_percent(part: Decimal, whole: Decimal) -> Decimal:
    """Return a share in percent, exact when it ends within two places, else rounded to two."""
    return plain((part * 100 / whole).quantize(Decimal("0.01")))


def scaled(digits: str, scale: str) -> Decimal:
    """Return digits times 万, 百万, 亿 and the like, without trailing zeros it did not have."""
    value = Decimal(digits.replace(",", ""))
    if not scale:
        return value
    for character in scale:
        value *= SCALES[character]
    return plain(value)


def _section(text: str) -> int | None:
    """Return the value of a numeral below ten thousand."""
    found = _SECTION.fullmatch(text)
    if found is None:
        return None
    part = found.groupdict()
    zero = part["z2"] or part["z3"] or (part["z1"] and not part["h"])
    if part["d"] and (part["h"] or part["k"]) and not (part["t"] or zero):
        return None
    if not any(part[name] for name in "khtd"):
        return None
    tens = (DIGITS[part["td"]] if part["td"] else 1) if part["t"] else 0
    return (
        DIGITS.get(part["k"] or "〇", 0) * 1000
        + DIGITS.get(part["h"] or "〇", 0) * 100
        + tens * 10
        + DIGITS.get(part["d"] or "〇", 0)
    )


def _arabic(text: str) -> Decimal | None:
    found = _ARABIC.fullmatch(text)
    if found is None or len(text) > 2 * MAX_DIGITS:
        return None
    value = scaled(found["digits"], found["scale"] or "")
    return -value if found["sign"] == "-" else value


def _part(text: str) -> Decimal | None:
    if text == "百分百":
        return Decimal(100)
    found = _OF.fullmatch(text)
    if found is None:
        return None
    part, whole = decimal_words(found["part"]), parse_han(found["whole"])
    if part is None or not whole:
        return None
    return part if found["whole"] in _BARE else as_percent(part, whole)


def decimal_words(text: str) -> Decimal | None:
    """Return the value of 九十八点五 or 98.5, or None."""
    if text[:1].isdecimal():
        return _arabic(text)
    whole, point, places = text.partition("点")
    value = Decimal(0) if whole in ("零", "〇") else parse_han(whole)
    if value is None or not point:
        return value
    if not places or any(one not in DIGITS for one in places):
        return None
    return value + Decimal("0." + "".join(str(DIGITS[one]) for one in places))


def _stepped(text: str) -> Decimal | None:
    found = stepped_at(text, 0)
    return found[1] if found is not None and found[0] == len(text) else None


def _tenths(text: str) -> Decimal | None:
    found = _TENTHS.fullmatch(text)
    if found is None:
        return None
    more = found["more"] or "〇"
    tens = DIGITS.get(found["n"]) or Decimal(found["n"])
    ones = 5 if more == "半" else DIGITS.get(more, more)
    return plain(Decimal(tens) * 10 + Decimal(ones))


def _pair(text: str) -> Decimal | None:
    found = _PAIR.fullmatch(text)
    if found is None:
        return None
    first, second = Decimal(found["first"]), Decimal(found["second"])
    if found["sign"] != "/":
        return first
    return as_percent(first, second) if second else None
