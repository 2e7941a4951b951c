"""First shape: rulers, assessments (append-only), work ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "ruler",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("entity", sa.Text, nullable=False),
        sa.Column("period_end", sa.String(10), nullable=False),
        sa.Column("ruler", sa.String(64), nullable=False),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("mode", sa.String(10), nullable=False),
        sa.Column("grade", sa.Text, nullable=False),
        sa.Column("total", sa.BigInteger),
        sa.Column("low", sa.BigInteger, nullable=False),
        sa.Column("high", sa.BigInteger, nullable=False),
        sa.Column("result", sa.LargeBinary, nullable=False),
        sa.Column("submission", sa.LargeBinary, nullable=False),
        sa.Column("review", sa.LargeBinary, nullable=False),
        sa.Column("follows", sa.Integer),
    )
    op.create_index("assessment_entity", "assessment", ["entity", "period_end", "id"])
    op.create_table(
        "work",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("entity", sa.Text, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("outputs", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("work")
    op.drop_index("assessment_entity", "assessment")
    op.drop_table("assessment")
    op.drop_table("ruler")
