"""The archive's tables. Scores are whole millionths of a point, so that no engine rounds them."""

from __future__ import annotations

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
    Column("entity", Text, nullable=False),
    Column("period_end", String(10), nullable=False),
    Column("ruler", String(64), nullable=False),
    Column("engine", Text, nullable=False),
    Column("mode", String(10), nullable=False),
    Column("grade", Text, nullable=False),
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
    Column("entity", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("outputs", Text, nullable=False),
    Column("facts", Text, nullable=False),
)
