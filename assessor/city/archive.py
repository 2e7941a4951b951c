"""The archive of assessments and the ledger of work: SQLite by default, any SQLAlchemy URL.

Append-only: an assessment is never changed; a new one names the one it follows.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError

from assessor.city.tables import ASSESSMENT, RULER, WORK, stored
from schemas.errors import AssessorError
from schemas.result import Assessment
from schemas.submission import Review, Submission

HEAD = "0001"
BUSY_SECONDS = 30


class ArchiveError(AssessorError):
    """The archive cannot be opened or written; the message says what to do."""


class Entry(NamedTuple):
    """One assessment as archived."""

    id: int
    key: str
    entity: str
    period_end: str
    ruler: str
    result: Assessment
    submission: Submission
    review: Review | None


class Scored(NamedTuple):
    """An assessment and what it was made from, as compressed JSON."""

    result: bytes
    submission: bytes
    review: bytes
    """Empty for none."""


class Work(NamedTuple):
    """One work item of the ledger."""

    key: str
    entity: str
    status: str
    reason: str
    outputs: dict[str, str]
    """Relative path to SHA-256."""
    facts: dict[str, Any]
    """What the manifest shows besides the assessment."""


class Archive:
    """An open archive; safe to share between runs on one machine or on a PostgreSQL server."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except OperationalError as error:
            raise ArchiveError(
                f"档案写入失败（{error.orig}）；请检查磁盘空间和权限后重新运行，已完成的不会重做"
            ) from error

    def keep_ruler(self, digest: str, content: bytes) -> None:
        """Keep the resolved rules of a ruler, once."""
        with self._writing() as connection:
            known = connection.execute(select(RULER.c.digest).where(RULER.c.digest == digest))
            if known.first() is None:
                _insert_once(connection, RULER, {"digest": digest, "content": content})

    def ruler(self, digest: str) -> bytes | None:
        """Return the content of a ruler."""
        with self.engine.connect() as connection:
            row = connection.execute(select(RULER.c.content).where(RULER.c.digest == digest))
            found = row.first()
        return None if found is None else bytes(found[0])

    def finish(self, work: Work, found: Scored | None) -> None:
        """Write down a finished item, and its assessment, in one transaction."""
        with self._writing() as connection:
            if found is not None:
                self._append(connection, work.key, found)
            row = {
                "key": work.key,
                "entity": work.entity,
                "status": work.status,
                "reason": work.reason,
                "outputs": json.dumps(work.outputs, ensure_ascii=False, sort_keys=True),
                "facts": json.dumps(work.facts, ensure_ascii=False, sort_keys=True),
            }
            connection.execute(WORK.delete().where(WORK.c.key == work.key))
            _insert_once(connection, WORK, row)

    def _append(self, connection: Connection, key: str, found: Scored) -> None:
        result = Assessment.model_validate_json(unpacked(found.result))
        name, end = result.entity.name, result.period.end.isoformat()
        mine = (ASSESSMENT.c.entity == name) & (ASSESSMENT.c.period_end == end)
        last = connection.execute(
            select(ASSESSMENT.c.id).where(mine).order_by(ASSESSMENT.c.id.desc()).limit(1)
        ).first()
        row = {
            "key": key,
            "entity": name,
            "period_end": end,
            "ruler": result.rules.ruler,
            "engine": result.engine,
            "mode": result.mode,
            "grade": result.grade.grade,
            "total": stored(result.totals.total_points),
            "low": stored(result.totals.low_points),
            "high": stored(result.totals.high_points),
            "result": found.result,
            "submission": found.submission,
            "review": found.review,
            "follows": None if last is None else last[0],
        }
        known = connection.execute(select(ASSESSMENT.c.id).where(ASSESSMENT.c.key == key)).first()
        if known is None:
            _insert_once(connection, ASSESSMENT, row)

    def works(self, keys: Sequence[str]) -> dict[str, Work]:
        """Return the ledger's rows for keys."""
        found: dict[str, Work] = {}
        with self.engine.connect() as connection:
            for start in range(0, len(keys), 500):
                some = list(keys[start : start + 500])
                for row in connection.execute(select(WORK).where(WORK.c.key.in_(some))):
                    found[row.key] = Work(
                        row.key,
                        row.entity,
                        row.status,
                        row.reason,
                        json.loads(row.outputs),
                        json.loads(row.facts),
                    )
        return found

    def result(self, key: str) -> Assessment:
        """Return the assessment of a work item.

        Raises:
            ArchiveError: when there is none.
        """
        with self.engine.connect() as connection:
            row = connection.execute(
                select(ASSESSMENT.c.result).where(ASSESSMENT.c.key == key)
            ).first()
        if row is None:
            raise ArchiveError(f"档案中没有 {key[:16]} 的评估结果")
        return Assessment.model_validate_json(unpacked(row[0]))

    def entries(self, entity: str) -> list[Entry]:
        """Return every assessment of an entity, oldest period first, then oldest entry."""
        query = (
            select(ASSESSMENT)
            .where(ASSESSMENT.c.entity == entity)
            .order_by(ASSESSMENT.c.period_end, ASSESSMENT.c.id)
        )
        with self.engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def latest(self, entity: str, before: str) -> Entry | None:
        """Return the last assessment of the newest period that ends before a day (ISO)."""
        query = (
            select(ASSESSMENT)
            .where((ASSESSMENT.c.entity == entity) & (ASSESSMENT.c.period_end < before))
            .order_by(ASSESSMENT.c.period_end.desc(), ASSESSMENT.c.id.desc())
            .limit(1)
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else _entry(row)

    def entry(self, key: str) -> Entry:
        """Return the archived assessment of a work item, with what it was made from.

        Raises:
            ArchiveError: when there is none.
        """
        with self.engine.connect() as connection:
            row = connection.execute(select(ASSESSMENT).where(ASSESSMENT.c.key == key)).first()
        if row is None:
            raise ArchiveError(f"档案中没有 {key[:16]} 的评估结果")
        return _entry(row)

    def names(self) -> list[str]:
        """Return every entity's name, sorted by code point."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(ASSESSMENT.c.entity).distinct())
            return sorted(row[0] for row in rows)


def open_archive(place: str | Path) -> Archive:
    """Open an archive, bringing its tables up to date.

    Args:
        place: a file for SQLite, or an SQLAlchemy URL such as `postgresql+psycopg://…`.

    Raises:
        ArchiveError: when it cannot be opened; passwords never appear in the message.
    """
    text = str(place)
    if "://" not in text:
        Path(text).parent.mkdir(parents=True, exist_ok=True)
        text = f"sqlite:///{text}"
    try:
        url = make_url(text)
        engine = create_engine(url, connect_args=_arguments(url.get_backend_name()))
        if url.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_immediately)
        _migrate(engine)
    except (SQLAlchemyError, ImportError, ValueError) as error:
        shown = text.split("@")[-1]
        raise ArchiveError(
            f"打不开档案 {shown}（{type(error).__name__}）；请检查路径或网址"
        ) from error
    return Archive(engine)


def packed(text: str) -> bytes:
    """Return a text compressed; equal texts give equal bytes."""
    return zlib.compress(text.encode("utf-8"), 6)


def unpacked(content: bytes) -> bytes:
    """Return what `packed` took."""
    return zlib.decompress(content)


def _entry(row: Any) -> Entry:
    return Entry(
        row.id,
        row.key,
        row.entity,
        row.period_end,
        row.ruler,
        Assessment.model_validate_json(unpacked(row.result)),
        Submission.model_validate_json(unpacked(row.submission)),
        Review.model_validate_json(unpacked(row.review)) if row.review else None,
    )


def _insert_once(connection: Connection, table: Any, row: dict[str, Any]) -> None:
    """Insert a row; another run that was quicker with the same one is no fault."""
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(**row))
    except IntegrityError:
        pass


def _arguments(backend: str) -> dict[str, Any]:
    return {"timeout": BUSY_SECONDS, "isolation_level": None} if backend == "sqlite" else {}


def _prepare_sqlite(connection: Any, record: object) -> None:
    del record
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin_immediately(connection: Connection) -> None:
    """Take the write lock at once: two runs wait for each other instead of failing."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(engine: Engine) -> None:
    """Bring the tables to the newest step; loads Alembic only when something is to be done."""
    from sqlalchemy import inspect, text  # noqa: PLC0415 - only here

    with engine.connect() as connection:
        if inspect(connection).has_table("alembic_version"):
            version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if version == HEAD:
                return
    from alembic import command  # noqa: PLC0415 - slow
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
