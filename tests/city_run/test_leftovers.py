"""Unfinished files: removed when their writer is gone, left alone while it lives."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import pytest

from assessor.store import remove_leftovers, write_atomic, write_text


def test_a_file_being_written_is_left_alone(tmp_path):
    def write(temporary) -> None:
        temporary.write_text("one")
        remove_leftovers(tmp_path)
        assert temporary.exists()

    write_atomic(tmp_path / "a.txt", write)

    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "one"


def test_what_a_killed_writer_left_is_removed(tmp_path):
    writer = multiprocessing.get_context("fork").Process(target=_write_slowly, args=(tmp_path,))
    writer.start()
    end = time.monotonic() + 10
    while not list(tmp_path.glob("*/.writing-*")):
        assert time.monotonic() < end
        time.sleep(0.01)
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    assert len(list(tmp_path.rglob(".*"))) == 1
    remove_leftovers(tmp_path)

    assert list(tmp_path.rglob(".*")) == []


def _write_slowly(folder) -> None:
    def write(temporary) -> None:
        temporary.write_text("half")
        time.sleep(60)

    write_atomic(folder / "县" / "a.txt", write)


def test_other_files_are_nobodys_business(tmp_path):
    (tmp_path / ".gitignore").write_text("x")
    (tmp_path / "writing-a").write_text("x")
    remove_leftovers(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == [".gitignore", "writing-a"]


def test_a_folder_that_is_not_there_holds_no_leftovers(tmp_path):
    remove_leftovers(tmp_path / "none")

    assert list(tmp_path.iterdir()) == []


def test_a_failure_keeps_the_older_file_and_leaves_nothing(tmp_path):
    write_text(tmp_path / "a.txt", "old")

    def write(temporary) -> None:
        temporary.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_atomic(tmp_path / "a.txt", write)

    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"
