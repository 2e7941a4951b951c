"""The numbers of a text: which are figures, which are not and why."""

from __future__ import annotations

from assessor.reading.numbers.model import Discard, Flag, Mention, NumberScan, Why
from assessor.reading.numbers.numerals import parse_number
from assessor.reading.numbers.scan import find_numbers

__all__ = ["Discard", "Flag", "Mention", "NumberScan", "Why", "find_numbers", "parse_number"]
