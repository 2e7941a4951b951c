"""Walk through a text once and sort its numbers into figures and others."""

from __future__ import annotations

import re
from decimal import Decimal

from assessor.reading.finding import finditer
from assessor.reading.numbers import arabic, han
from assessor.reading.numbers.model import NumberScan, Why
from assessor.reading.numbers.names import Wrap, Zone, is_quoted_percent
from assessor.reading.numbers.page import Page, Printed
from assessor.reading.numbers.pairs import percent_until
from assessor.reading.numbers.units import unit_at

_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)*)"
    r"|(?P<han>[零〇一二三四五六七八九十百千万亿两]+)"
    r"|(?P<blank>[*×□■○●]+|[xX]+|_+)",
    re.ASCII,
)
_FIRST = re.compile(r"[0-9零〇一二三四五六七八九十百千万亿两*×□■○●xX_]")


def find_numbers(text: str) -> NumberScan:
    """Find all figures of a normalised text, and all numbers that are none with the reason.

    Every character is looked at a bounded number of times, so time is linear in the text.
    """
    page = Page(text)
    for token in finditer(_TOKEN, _FIRST, text):
        start, end = token.span()
        if start < page.position:
            continue
        kind = token.lastgroup
        if kind == "blank":
            _blank(page, start, end)
        elif (zone := page.zone_at(start)) is not None:
            _enclosed(page, start, end, zone)
        elif kind == "digits":
            arabic.read(page, start, end)
        else:
            han.read(page, start, end)
    page.settle()
    return NumberScan(tuple(page.mentions), tuple(page.discarded))


def _blank(page: Page, start: int, end: int) -> None:
    """Record a number that was printed as signs only: ×件, **次."""
    last = page.text[start - 1 : start]
    if last.isascii() and last.isalnum():
        return
    unit = unit_at(page.text, end)
    if unit is not None and "area" not in unit.classes:
        page.drop(start, unit.end, Why.REDACTED)


def _enclosed(page: Page, start: int, end: int, zone: Zone) -> None:
    """Read a number inside a title or a quoted name; only a lone percentage is a figure."""
    if zone.wrap is Wrap.QUOTE and is_quoted_percent(page.text, zone):
        page.settle()
        printed = Printed(start, end, Decimal(page.text[start:end]))
        page.figure(printed, percent_until(end + 1))
        return
    page.drop(start, end, Why.TITLE if zone.wrap is Wrap.TITLE else Why.NAME)
