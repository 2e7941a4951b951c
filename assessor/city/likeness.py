"""How alike two reports are: shared runs of characters, by min-hash sketches."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

RUN = 13
"""Characters of unbroken text that count as one shared stretch."""
KEEP = 256
"""Stretches kept of each report: those with the smallest hashes."""
LIKE = 30
"""Percent of shared stretches from which a question is asked."""
_MEETINGS = 16
"""Rare stretches two reports share before they are compared; more only costs looking up."""

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
    """Return every pair at least so alike, most alike first.

    Args:
        sketches: fingerprint of each report by its name.
        least: percent from which a pair is returned, 1 or more.
    """
    names = sorted(sketches)
    found: list[Likeness] = []
    for one, other in _candidates([sketches[name] for name in names], least):
        percent = resemblance(sketches[names[one]], sketches[names[other]])
        if percent >= least:
            found.append(Likeness(names[one], names[other], percent))
    return sorted(found, key=lambda pair: (-pair.percent, pair.one, pair.other))


def _candidates(given: Sequence[Sequence[int]], least: int) -> Iterator[tuple[int, int]]:
    """Yield every pair that may be alike, as positions, the smaller first.

    Two sketches that are alike share at least `n` stretches. Put the rarest of all first: when
    the last `n - m` of each are left out, two that are alike still share `m` of the others. So
    phrases everybody uses bring nobody together.
    """
    common = _common(given)
    needed: list[int] = []
    seen: dict[int, list[int]] = {}
    for place, one in enumerate(given):
        rare = sorted(set(one), key=lambda stretch: (common.get(stretch, 1), stretch))
        needed.append(_fewest(len(rare), least))
        mine = min(_MEETINGS, needed[place])
        met: Counter[int] = Counter()
        for stretch in rare[: len(rare) - needed[place] + mine]:
            if stretch in common:
                others = seen.setdefault(stretch, [])
                met.update(others)
                others.append(place)
        yield from (
            (other, place)
            for other, count in sorted(met.items())
            if count >= min(mine, needed[other])
        )


def _fewest(size: int, least: int) -> int:
    """Return how many stretches a sketch of a size shares with one it is alike to, or more.

    A percentage is rounded, so half a percent less counts too; the union is never smaller than
    the sketch itself.
    """
    return max(1, math.ceil(size * (2 * least - 1) / 200))


def _common(given: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return the stretches several sketches hold, and how many hold them."""
    import numpy as np  # noqa: PLC0415 - workers take fingerprints without it

    if not given:
        return {}
    every = np.concatenate([np.unique(np.asarray(one, dtype=np.int64)) for one in given])
    stretches, counts = np.unique(every, return_counts=True)
    several = counts > 1
    return dict(zip(stretches[several].tolist(), counts[several].tolist(), strict=True))
