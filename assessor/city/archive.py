"""The archive of assessments and the ledger of work: SQLite by default, any SQLAlchemy URL.

Append-only: an assessment is never changed; a new one names the one it follows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from assessor.city.database import ArchiveError, open_engine, reading, said, wait_for_turn
from assessor.city.storing import Scored, unpacked
from assessor.city.tables import ASSESSMENT, RULER, WORK
from schemas.result import Assessment
from schemas.submission import Review, Submission


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

    @property
    def place(self) -> str:
        """Return what another process opens it by; it may hold a password, so never show it."""
        url = self.engine.url
        if url.get_backend_name() == "sqlite":
            return url.database or ""  # as a URL, odd characters of a path would mean something
        return url.render_as_string(hide_password=False)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                wait_for_turn(connection)
                yield connection
        except DBAPIError as error:
            raise ArchiveError(
                f"档案写入失败（{said(error)}）；"
                "请检查磁盘空间、权限和连接后重新运行，已完成的不会重做"
            ) from error

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                yield reading(connection)
        except DBAPIError as error:
            raise ArchiveError(
                f"档案读取失败（{said(error)}）；请检查文件、权限和连接后重新运行"
            ) from error

    def keep_ruler(self, digest: str, content: bytes) -> None:
        """Keep the resolved rules of a ruler, once."""
        with self._writing() as connection:
            known = connection.execute(select(RULER.c.digest).where(RULER.c.digest == digest))
            if known.first() is None:
                row = {"digest": digest, "content": content}
                connection.execute(_insert_once(connection, RULER), row)

    def ruler(self, digest: str) -> bytes | None:
        """Return the content of a ruler."""
        with self._reading() as connection:
            row = connection.execute(select(RULER.c.content).where(RULER.c.digest == digest))
            found = row.first()
        return None if found is None else bytes(found[0])

    def finish(self, work: Work, found: Scored | None) -> None:
        """Write down a finished item, and its assessment, in one transaction."""
        self.finish_all([(work, found)])

    def finish_all(self, items: Sequence[tuple[Work, Scored | None]]) -> None:
        """Write down finished items, and their assessments, in one transaction.

        Raises:
            ArchiveError: when nothing of it could be written.
        """
        rows = {work.key: _ledger_row(work) for work, _ in items}
        with self._writing() as connection:
            _append(connection, {work.key: found for work, found in items if found is not None})
            for some in _portions(list(rows), 500):
                connection.execute(WORK.delete().where(WORK.c.key.in_(some)))
            if rows:
                connection.execute(_insert_once(connection, WORK), list(rows.values()))

    def works(self, keys: Sequence[str]) -> dict[str, Work]:
        """Return the ledger's rows for keys."""
        found: dict[str, Work] = {}
        with self._reading() as connection:
            for some in _portions(keys, 500):
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
        for _, content in self.contents([key]):
            return Assessment.model_validate_json(content)
        raise ArchiveError(f"档案中没有 {key[:16]} 的评估结果")

    def contents(self, keys: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield key and JSON of assessments, a few at a time, in any order."""
        for some in _portions(keys, 50):
            query = select(ASSESSMENT.c.key, ASSESSMENT.c.result).where(ASSESSMENT.c.key.in_(some))
            with self._reading() as connection:
                rows = connection.execute(query).all()
            for row in rows:
                yield row[0], unpacked(row[1])

    def entries(self, entity: str) -> list[Entry]:
        """Return every assessment of an entity, oldest period first, then oldest entry."""
        query = (
            select(ASSESSMENT)
            .where(ASSESSMENT.c.entity == entity)
            .order_by(ASSESSMENT.c.period_end, ASSESSMENT.c.id)
        )
        with self._reading() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def latest(self, entity: str, before: str) -> Entry | None:
        """Return the last assessment of the newest period that ends before a day (ISO)."""
        query = (
            select(ASSESSMENT)
            .where((ASSESSMENT.c.entity == entity) & (ASSESSMENT.c.period_end < before))
            .order_by(ASSESSMENT.c.period_end.desc(), ASSESSMENT.c.id.desc())
            .limit(1)
        )
        with self._reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else _entry(row)

    def with_earlier(self, before: str) -> set[str]:
        """Return the entities that have an assessment of a period that ends before a day (ISO)."""
        query = select(ASSESSMENT.c.entity).where(ASSESSMENT.c.period_end < before).distinct()
        with self._reading() as connection:
            return {row[0] for row in connection.execute(query)}

    def entry(self, key: str) -> Entry:
        """Return the archived assessment of a work item, with what it was made from.

        Raises:
            ArchiveError: when there is none.
        """
        with self._reading() as connection:
            row = connection.execute(select(ASSESSMENT).where(ASSESSMENT.c.key == key)).first()
        if row is None:
            raise ArchiveError(f"档案中没有 {key[:16]} 的评估结果")
        return _entry(row)

    def names(self) -> list[str]:
        """Return every entity's name, sorted by code point."""
        with self._reading() as connection:
            rows = connection.execute(select(ASSESSMENT.c.entity).distinct())
            return sorted(row[0] for row in rows)


def open_archive(place: str | Path) -> Archive:
    """Open an archive, bringing its tables up to date.

    Args:
        place: a file for SQLite, or an SQLAlchemy URL such as `postgresql://…`.

    Raises:
        ArchiveError: when it cannot be opened; passwords never appear in the message.
    """
    return Archive(open_engine(place))


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


def _ledger_row(work: Work) -> dict[str, str]:
    return {
        "key": work.key,
        "entity": work.entity,
        "status": work.status,
        "reason": work.reason,
        "outputs": json.dumps(work.outputs, ensure_ascii=False, sort_keys=True),
        "facts": json.dumps(work.facts, ensure_ascii=False, sort_keys=True),
    }


def _append(connection: Connection, found: Mapping[str, Scored]) -> None:
    """Add assessments that are not there yet; each follows the newest of its entity and year."""
    known: set[str] = set()
    for some in _portions(list(found), 500):
        query = select(ASSESSMENT.c.key).where(ASSESSMENT.c.key.in_(some))
        known.update(row[0] for row in connection.execute(query))
    waiting = {key: one for key, one in found.items() if key not in known}
    while waiting:
        newest = _newest(connection, {one.entity for one in waiting.values()})
        now: dict[tuple[str, str], dict[str, Any]] = {}
        for key, one in waiting.items():
            year = (one.entity, one.period_end)
            now.setdefault(year, {"key": key, "follows": newest.get(year), **one._asdict()})
        connection.execute(_insert_once(connection, ASSESSMENT), list(now.values()))
        for row in now.values():
            del waiting[row["key"]]


def _newest(connection: Connection, entities: set[str]) -> dict[tuple[str, str], int]:
    """Return the newest assessment of each entity and period."""
    table, found = ASSESSMENT.c, {}
    for some in _portions(sorted(entities), 500):
        query = select(table.entity, table.period_end, func.max(table.id))
        query = query.where(table.entity.in_(some)).group_by(table.entity, table.period_end)
        found.update({(row[0], row[1]): row[2] for row in connection.execute(query)})
    return found


def _insert_once(connection: Connection, table: Any) -> Any:
    """Return an insert that leaves a row alone which another run was quicker with."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return insert(table)


def _portions(keys: Sequence[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(keys), size):
        yield list(keys[start : start + size])
