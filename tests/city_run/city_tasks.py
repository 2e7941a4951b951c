"""Functions the tests of the executor send to workers, which import them by name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


class Stubborn(Exception):
    """Pickles, but cannot be made again from its pickle."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other}")


class Closed(Exception):
    """Cannot be pickled at all."""

    def __init__(self) -> None:
        super().__init__("closed")
        self.inside = lambda: None


def double(number: int) -> int:
    return 2 * number


def process_id(number: int) -> tuple[int, int]:
    return number, os.getpid()


def slowest_first(number: int) -> int:
    time.sleep(0.05 * (4 - number))
    return number


def die_by_exit(number: int) -> int:
    if number == 3:
        os._exit(7)
    return number


def die_by_signal(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_by_leaving(number: int) -> int:
    if number == 3:
        raise SystemExit(1)
    return number


def die_once(task: tuple[int, str]) -> int:
    """Die at the first attempt of task 3, which leaves a mark."""
    number, mark = task
    if number == 3 and not Path(mark).exists():
        Path(mark).touch()
        os._exit(1)
    return number


def eat_memory(number: int) -> int:
    return len(bytearray(8 * 1024**3)) if number == 3 else number


def sleep_long(number: int) -> int:
    if number == 3:
        while True:
            time.sleep(60)
    return number


def fail_oddly(number: int) -> int:
    errors = {1: KeyError("one"), 2: Stubborn("a", "b"), 3: Closed(), 4: OSError(28, "full", "f")}
    if number in errors:
        raise errors[number]
    return number


def answer_oddly(number: int) -> object:
    return (lambda: None) if number == 3 else number


def big(number: int) -> bytes:
    return bytes([number]) * 3_000_000


def note_and_wait(task: tuple[int, str]) -> int:
    """Write down the process id, then wait."""
    number, folder = task
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(60)
    return number


def write_many(task: tuple[str, int, int]) -> int:
    """Open an archive and write as many items as asked; return how many went through."""
    from assessor.city.archive import Work, open_archive

    place, writer, count = task
    store = open_archive(place)
    try:
        for number in range(count):
            key = f"{writer}-{number}"
            store.finish(Work(key, f"县{number}", "scored", "", {}, {}), scored(f"县{number}"))
    finally:
        store.close()
    return count


def write_same(task: tuple[str, int, int]) -> int:
    """Like `write_many`, but every writer writes the same items."""
    place, _, count = task
    return write_many((place, 0, count))


def scored(name: str):
    from assessor.city.storing import Scored

    return Scored(name, "2024-12-31", "r", "1", "binding", "", 1, 1, 1, b"r", b"s", b"")


def open_only(task: tuple[str, int]) -> str:
    """Open an archive at the same moment as the others do."""
    from sqlalchemy import text

    from assessor.city.archive import open_archive

    place, begin = task
    time.sleep(max(begin - time.time(), 0))
    store = open_archive(place)
    try:
        with store.engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    finally:
        store.close()
