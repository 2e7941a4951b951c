"""Several processes on one archive, and archives that cannot be opened."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import city_tasks
import pytest
from sqlalchemy import inspect, select, text

from assessor.city import database
from assessor.city.archive import ArchiveError, Work, open_archive
from assessor.city.executor import Processes
from assessor.city.tables import ASSESSMENT, METADATA, WORK

WRITERS, EACH = 4, 25


def answers_of(function, tasks) -> list[object]:
    found = list(Processes(len(tasks)).run(function, tasks))
    assert [done.error for done in found] == [None] * len(tasks)
    return [done.result for done in found]


@pytest.mark.slow
def test_several_writers_lose_nothing_and_keep_every_chain_whole(place):
    tasks = [(place, writer, EACH) for writer in range(WRITERS)]
    assert answers_of(city_tasks.write_many, tasks) == [EACH] * WRITERS
    store = open_archive(place)
    try:
        with store.engine.connect() as connection:
            works = connection.execute(select(WORK.c.key)).scalars().all()
            rows = connection.execute(select(ASSESSMENT).order_by(ASSESSMENT.c.id)).all()
    finally:
        store.close()
    chains: dict[str, list[tuple[int, int | None]]] = {}
    for row in rows:
        chains.setdefault(row.entity, []).append((row.id, row.follows))

    assert len(works) == len(rows) == WRITERS * EACH
    assert len(chains) == EACH
    for chain in chains.values():
        ids = [own for own, _ in chain]
        assert [follows for _, follows in chain] == [None, *ids[:-1]]


@pytest.mark.slow
def test_writers_of_the_same_items_write_each_once(place):
    answers_of(city_tasks.write_same, [(place, writer, 10) for writer in range(WRITERS)])
    store = open_archive(place)
    try:
        with store.engine.connect() as connection:
            works = connection.execute(select(WORK.c.key)).scalars().all()
            rows = connection.execute(select(ASSESSMENT.c.key)).scalars().all()
    finally:
        store.close()

    assert sorted(works) == sorted(rows) == sorted(f"0-{number}" for number in range(10))


@pytest.mark.slow
def test_archives_opened_at_one_moment_migrate_once(place):
    begin = time.time() + 2  # all workers are up by then
    assert answers_of(city_tasks.open_only, [(place, begin)] * 4) == [database.HEAD] * 4


def test_a_new_archive_waits_for_another_run_that_is_making_it(tmp_path):
    """The switch to write-ahead logging is refused at once while another connection writes."""
    path = tmp_path / "a.sqlite3"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    released = threading.Timer(0.3, other.execute, ["COMMIT"])
    released.start()
    try:
        open_archive(path).close()
    finally:
        released.join()
        other.close()

    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_tables_are_those_the_program_knows(archive):
    found = inspect(archive.engine)

    assert set(METADATA.tables) < set(found.get_table_names())
    for name, table in METADATA.tables.items():
        columns = {column["name"]: column["nullable"] for column in found.get_columns(name)}
        assert columns == {column.name: column.nullable for column in table.columns}
    assert [
        index["column_names"]
        for index in found.get_indexes("assessment")
        if index["name"] == "assessment_entity"
    ] == [["entity", "period_end", "id"]]


def test_an_archive_of_a_newer_version_is_refused(place):
    store = open_archive(place)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()

    with pytest.raises(ArchiveError, match="由更新的版本写成，请先升级"):
        open_archive(place)


def test_a_reader_is_not_held_up_by_a_writer(place):
    store, reader = open_archive(place), open_archive(place)
    try:
        with store._writing() as connection:
            connection.execute(WORK.delete())
            found = reader.works(["a"])
    finally:
        store.close()
        reader.close()

    assert found == {}


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "甲.sqlite3"
    path.write_text("这不是数据库" * 200, "utf-8")

    with pytest.raises(ArchiveError, match=r"打不开档案 .*甲\.sqlite3.*file is not a database"):
        open_archive(path)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path):
    with pytest.raises(ArchiveError, match="打不开档案"):
        open_archive(tmp_path)


def test_a_locked_archive_is_waited_for_and_then_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    path = tmp_path / "a.sqlite3"
    store = open_archive(path)
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="档案写入失败（database is locked）"):
            store.finish(Work("a", "甲县", "blocked", "", {}, {}), None)
    finally:
        other.close()
        store.close()


def test_a_password_never_shows():
    place = "postgresql://user:geheim@127.0.0.1:1/x?connect_timeout=1"
    with pytest.raises(
        ArchiveError, match=r"打不开档案 postgresql\+psycopg://user:\*\*\*@"
    ) as found:
        open_archive(place)

    assert "geheim" not in str(found.value)


@pytest.mark.parametrize("place", ["postgresql://[", "://", "nonsense://x/y"])
def test_an_address_that_makes_no_sense_is_refused(place):
    with pytest.raises(ArchiveError, match="档案"):
        open_archive(place)


def test_a_server_that_goes_away_is_reported(fresh_database):
    store = open_archive(fresh_database)
    try:
        with store.engine.connect() as connection:
            name = connection.execute(text("SELECT current_database()")).scalar_one()
            mine = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            connection.rollback()
        import psycopg

        socket = Path(fresh_database.split("host=")[1])
        with psycopg.connect(host=str(socket), user="tester", dbname="postgres") as admin:
            admin.execute("SELECT pg_terminate_backend(%s)", [mine])
        assert name
        with pytest.raises(ArchiveError, match="档案读取失败"):
            store.works(["a"])
    finally:
        store.close()


def test_a_place_with_odd_characters_is_a_file(tmp_path):
    path = tmp_path / "档 案?50%#.sqlite3"
    store = open_archive(path)
    store.close()
    open_archive(store.place).close()

    assert path.is_file()
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.stat().st_size
