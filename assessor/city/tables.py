"""The archive's tables. Scores are whole numbers of a fixed unit, so that no engine rounds them."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()
PLACES = 6
"""Scores are stored in millionths of a point."""

RULER = Table(
    "ruler",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
ASSESSMENT = Table(
    "assessment",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("entity", String(80), nullable=False),
    Column("period_end", String(10), nullable=False),
    Column("ruler", String(64), nullable=False),
    Column("engine", String(20), nullable=False),
    Column("mode", String(10), nullable=False),
    Column("grade", String(40), nullable=False),
    Column("total", BigInteger),
    Column("low", BigInteger, nullable=False),
    Column("high", BigInteger, nullable=False),
    Column("result", LargeBinary, nullable=False),
    Column("submission", LargeBinary, nullable=False),
    Column("review", LargeBinary, nullable=False),
    Column("follows", Integer),
    Index("assessment_entity", "entity", "period_end", "id"),
)
WORK = Table(
    "work",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("entity", String(80), nullable=False),
    Column("status", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("outputs", Text, nullable=False),
    Column("facts", Text, nullable=False),
)


def stored(points: Decimal | None) -> int | None:
    """Return points as a whole number of millionths, exactly.

    Raises:
        ValueError: for points finer than a millionth.
    """
    if points is None:
        return None
    steps = points.scaleb(PLACES)
    if steps != steps.to_integral_value():
        raise ValueError(f"{points} is finer than 10^-{PLACES}")
    return int(steps)


def restored(steps: int | None) -> Decimal | None:
    """Return stored points as a decimal."""
    return None if steps is None else Decimal(steps).scaleb(-PLACES)
