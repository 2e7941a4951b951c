"""The archive's database: SQLite or PostgreSQL, opened, brought up to date, written in turn."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from schemas.errors import AssessorError

HEAD = "0001"
BUSY_SECONDS = 30
_PAUSE_SECONDS = 0.01
_TURN = 7_202_411_220
"""Number of the lock writers share on PostgreSQL."""
_READING = "archive_reading"
"""Option of a connection that only reads."""


class ArchiveError(AssessorError):
    """The archive cannot be opened or written; the message says what to do."""


def open_engine(place: str | Path) -> Engine:
    """Open an archive's database, bringing its tables up to date.

    Args:
        place: a file for SQLite, or an SQLAlchemy URL such as `postgresql://…`.

    Raises:
        ArchiveError: when it cannot be opened; passwords never appear in the message.
    """
    shown = str(place)
    if "://" in shown:
        url = _url(shown)
        shown = url.render_as_string(hide_password=True)
    else:
        Path(shown).parent.mkdir(parents=True, exist_ok=True)
        url = URL.create("sqlite", database=shown)
    try:
        return _opened(url)
    except ImportError as error:
        raise ArchiveError(f"打不开档案 {shown}：缺少数据库驱动 {error.name}，请先安装") from error
    except DBAPIError as error:
        raise ArchiveError(
            f"打不开档案 {shown}（{said(error)}）；请检查路径或网址、权限和空间"
        ) from error
    except SQLAlchemyError as error:
        raise ArchiveError(f"打不开档案 {shown}（{type(error).__name__}）；请检查网址") from error


def _opened(url: URL) -> Engine:
    engine = create_engine(url, connect_args=_arguments(url.get_backend_name()))
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)
    try:
        _migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _url(text: str) -> URL:
    """Read a URL; PostgreSQL is spoken to through the driver this product names."""
    try:
        url = make_url(text)
        if url.drivername in ("postgresql", "postgres"):
            url = url.set(drivername="postgresql+psycopg")
        url.get_backend_name()
    except (SQLAlchemyError, ValueError) as error:
        raise ArchiveError(
            "档案网址不合格式；应如 postgresql://用户@主机/库名，或写一个文件路径"
        ) from error
    return url


def said(error: DBAPIError) -> str:
    """Return what the database said, on one line, without the statement and its values."""
    return " ".join(str(error.orig).split())[:200]


def _arguments(backend: str) -> dict[str, Any]:
    return {"timeout": BUSY_SECONDS, "isolation_level": None} if backend == "sqlite" else {}


def _prepare_sqlite(connection: Any, record: object) -> None:
    del record
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Switch to write-ahead logging.

    SQLite does not wait for others at this switch, whatever the time-out: two runs that open a new
    archive at one moment would refuse each other. So it is tried again until the time is up.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() >= deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _begin(connection: Connection) -> None:
    """Take SQLite's write lock at once: two runs wait for each other instead of failing."""
    is_reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def reading(connection: Connection) -> Connection:
    """Return a connection that will not write, so that it never waits for writers."""
    return connection.execution_options(**{_READING: True})


def wait_for_turn(connection: Connection) -> None:
    """Let one writer at a time in, on PostgreSQL as on SQLite, until its transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_TURN)))


def _migrate(engine: Engine) -> None:
    """Bring the tables to the newest step; loads Alembic only when something is to be done."""
    with reading(engine.connect()) as connection:
        if inspect(connection).has_table("alembic_version"):
            version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if version == HEAD:
                return
    from alembic import command  # noqa: PLC0415 - slow
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    migrations = Path(__file__).parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    with engine.begin() as connection:
        wait_for_turn(connection)
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise ArchiveError("档案由更新的版本写成，请先升级 assessor") from error
