"""How alike two reports are: shared runs of characters, by min-hash sketches."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

RUN = 13
"""Characters of unbroken text that count as one shared stretch."""
KEEP = 256
"""Stretches kept of each report: those with the smallest hashes."""
LIKE = 30
"""Percent of shared stretches from which a question is asked."""

_PLAIN = re.compile(r"[^\u4e00-\u9fff]+")


class Likeness(NamedTuple):
    """Two reports that share much of their text."""

    one: str
    other: str
    percent: int
    """Estimated share of common stretches, 0-100."""


def fingerprint(text: str) -> list[int]:
    """Return the sketch of a text: Chinese characters only, so that figures do not matter."""
    plain = _PLAIN.sub("", text)
    runs = {
        zlib.crc32(plain[i : i + RUN].encode("utf-8")) for i in range(max(len(plain) - RUN + 1, 0))
    }
    return sorted(runs)[:KEEP]


def resemblance(one: Sequence[int], other: Sequence[int]) -> int:
    """Return the estimated share of common stretches in percent; 0 when either is empty."""
    if not one or not other:
        return 0
    union = sorted({*one, *other})[:KEEP]
    both = set(one) & set(other)
    return round(100 * sum(run in both for run in union) / len(union))


def alike(sketches: Mapping[str, Sequence[int]], least: int = LIKE) -> list[Likeness]:
    """Return every pair at least so alike, most alike first."""
    names = sorted(sketches)
    found = [
        Likeness(one, other, percent)
        for index, one in enumerate(names)
        for other in names[index + 1 :]
        if (percent := resemblance(sketches[one], sketches[other])) >= least
    ]
    return sorted(found, key=lambda pair: (-pair.percent, pair.one, pair.other))
