"""Alembic migrations of the archive; each one runs on SQLite and PostgreSQL."""
