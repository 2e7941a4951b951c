"""Extra points granted by a reviewer, capped in all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def capped_bonuses(granted: Sequence[Decimal], cap: Decimal) -> tuple[Decimal, ...]:
    """Return what each bonus still counts, in the order granted, the sum never above `cap`."""
    counted: list[Decimal] = []
    left = cap
    for points in granted:
        counts = min(points, left)
        counted.append(counts)
        left -= counts
    return tuple(counted)
