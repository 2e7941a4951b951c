"""How scores and results are stored: whole numbers of a fixed unit, and compressed JSON.

Workers need this and not the database, which is slow to load.
"""

from __future__ import annotations

import zlib
from decimal import Decimal
from typing import NamedTuple

from schemas.result import Assessment
from schemas.submission import Review, Submission

PLACES = 6
"""Scores are stored in millionths of a point."""


class Scored(NamedTuple):
    """An assessment and what it was made from, ready to be archived."""

    entity: str
    period_end: str
    ruler: str
    engine: str
    mode: str
    grade: str
    total: int | None
    """Of this and the bounds: millionths of a point."""
    low: int
    high: int
    result: bytes
    """Compressed JSON, like the next two."""
    submission: bytes
    review: bytes
    """Empty for none."""


def scored_of(result: Assessment, submission: Submission, review: Review | None) -> Scored:
    """Return an assessment as it is archived."""
    totals = result.totals
    return Scored(
        result.entity.name,
        result.period.end.isoformat(),
        result.rules.ruler,
        result.engine,
        result.mode,
        result.grade.grade,
        None if totals.total_points is None else stored(totals.total_points),
        stored(totals.low_points),
        stored(totals.high_points),
        packed(result.model_dump_json(by_alias=True)),
        packed(submission.model_dump_json(by_alias=True)),
        packed(review.model_dump_json(by_alias=True)) if review is not None else b"",
    )


def stored(points: Decimal) -> int:
    """Return points as a whole number of millionths, exactly.

    Raises:
        ValueError: for points finer than a millionth.
    """
    steps = points.scaleb(PLACES)
    if steps != steps.to_integral_value():
        raise ValueError(f"{points} is finer than 10^-{PLACES}")
    return int(steps)


def restored(steps: int) -> Decimal:
    """Return stored points as a decimal."""
    return Decimal(steps).scaleb(-PLACES)


def packed(text: str) -> bytes:
    """Return a text compressed; equal texts give equal bytes."""
    return zlib.compress(text.encode("utf-8"), 3)


def unpacked(content: bytes) -> bytes:
    """Return what `packed` took."""
    return zlib.decompress(content)
