"""Killed, interrupted, out of space, twice at once: the next run completes, byte for byte."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

import kill_test
import pytest

pytestmark = pytest.mark.slow
NAMES = tuple(f"第{number:02d}县" for number in range(12))


@pytest.fixture(scope="module")
def whole(city, tmp_path_factory):
    """Return a folder of forms and what an undisturbed run makes of it."""
    base = tmp_path_factory.mktemp("whole")
    folder = city.write_forms(base / "in", *NAMES)
    city.run_in(folder, base / "out")
    return folder, city.contents(base / "out"), city.archived(base / "out" / "档案.sqlite3")


def batch_of(city, folder, out, *more: str) -> tuple[str, ...]:
    return (
        "batch",
        folder,
        "-o",
        out,
        "--no-pages",
        "--as-of",
        city.DAY,
        "--title",
        "临江市",
        *more,
    )


def wait_for(is_so) -> None:
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.01)


def n_results(out) -> int:
    return len(list(out.glob("*/*.json")))


def test_ten_random_kills_lose_nothing(tmp_path):
    tally = kill_test.run_test(tmp_path, kills=10, seed=11, units=16, pages=False, reports=False)

    assert tally.faults == ()
    assert tally.kills_of_workers + tally.kills_of_parents >= 10
    assert tally.kills_of_workers
    assert tally.kills_of_parents


def test_ctrl_c_exits_130_and_the_next_run_completes(city, whole, start, cli, tmp_path):
    folder, wanted, results = whole
    out = tmp_path / "out"
    process = start(*batch_of(city, folder, out, "--jobs", "1"))
    wait_for(lambda: n_results(out))
    workers = kill_test.children(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    printed, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert printed == ""
    assert said.splitlines()[-1] == "已中断。"
    assert "Traceback" not in said
    assert n_results(out) < len(NAMES)
    assert workers
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert not list(out.rglob(".*"))

    assert cli(*batch_of(city, folder, out)).code == 0
    assert city.contents(out) == wanted
    assert city.archived(out / "档案.sqlite3") == results


def test_two_batches_at_once_share_archive_and_output(city, whole, start, tmp_path):
    folder, wanted, results = whole
    out = tmp_path / "out"
    both = [start(*batch_of(city, folder, out)) for _ in range(2)]
    for process in both:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said

    assert city.contents(out) == wanted
    assert city.archived(out / "档案.sqlite3") == results


def test_a_file_too_large_for_the_disk_is_reported_and_made_by_the_next_run(
    city, whole, start, cli, tmp_path
):
    """A limit of the system on file size stands in for a full disk: writing fails half-way."""
    folder, wanted, results = whole
    out = tmp_path / "out"

    def few_bytes() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    process = start(*batch_of(city, folder, out), preexec_fn=few_bytes)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "空间" in said
    assert not list(out.rglob(".*"))

    assert cli(*batch_of(city, folder, out)).code == 0
    assert city.contents(out) == wanted
    assert city.archived(out / "档案.sqlite3") == results


@pytest.fixture
def tiny_disk(tmp_path):
    """Mount a file system of its own, small and full soon; its size can be changed."""
    if os.getuid() != 0:
        pytest.skip("only root may mount a file system")
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(place)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=True)


def test_a_full_disk_is_reported_and_the_next_run_completes(city, whole, cli, tiny_disk, tmp_path):
    folder, wanted, _ = whole
    out, archive = tiny_disk / "out", tmp_path / "archive.sqlite3"
    found = cli(*batch_of(city, folder, out, "--archive", str(archive)))
    assert found.code == 1
    assert "No space left" in found.out + found.err or "空间" in found.out + found.err
    assert not list(out.rglob(".*"))
    assert 0 < n_results(out) < len(NAMES)

    words = ["mount", "-o", "remount,size=20m", str(tiny_disk)]
    subprocess.run(words, capture_output=True, check=True)
    assert cli(*batch_of(city, folder, out, "--archive", str(archive))).code == 0
    assert city.contents(out) == wanted
    assert len(city.archived(archive)) == len(NAMES)


def test_a_full_disk_under_the_archive_is_reported(city, whole, cli, tiny_disk, tmp_path):
    folder, wanted, _ = whole
    (tiny_disk / "ballast").write_bytes(bytes(500_000))
    out, archive = tmp_path / "out", tiny_disk / "archive.sqlite3"
    found = cli(*batch_of(city, folder, out, "--archive", str(archive)))
    assert found.code == 1
    assert "档案" in found.err
    assert "full" in found.err

    subprocess.run(["mount", "-o", "remount,size=20m", tiny_disk], capture_output=True, check=True)
    assert cli(*batch_of(city, folder, out, "--archive", str(archive))).code == 0
    assert city.contents(out) == wanted


@pytest.fixture
def read_only(request, tmp_path):
    """Return a folder nobody can write to, root neither."""
    if os.getuid() != 0:
        place = tmp_path / "closed"
        place.mkdir()
        place.chmod(0o555)
        return place
    place = request.getfixturevalue("tiny_disk")
    words = ["mount", "-o", "remount,ro", str(place)]
    subprocess.run(words, capture_output=True, check=True)
    return place


def test_an_output_folder_that_cannot_be_written_is_reported(city, whole, cli, read_only):
    found = cli(*batch_of(city, whole[0], read_only))

    assert found.code == 1
    assert f"打不开档案 {read_only}" in found.err
    assert found.out == ""


def test_an_output_folder_that_cannot_be_made_is_reported(city, whole, cli, read_only):
    found = cli(*batch_of(city, whole[0], read_only / "out"))

    assert found.code == 1
    assert "读写失败" in found.err
    assert "out" in found.err


def test_outputs_that_cannot_be_written_are_named_unit_by_unit(
    city, whole, cli, read_only, tmp_path
):
    found = cli(*batch_of(city, whole[0], read_only, "--archive", str(tmp_path / "a.sqlite3")))

    assert found.code == 1
    assert "读写失败" in found.err or "处理失败" in found.out


def test_an_output_folder_in_place_of_a_file_is_reported(city, whole, cli, tmp_path):
    folder, _, _ = whole
    (tmp_path / "file").write_text("x")
    found = cli(*batch_of(city, folder, tmp_path / "file"))

    assert found.code == 1
    assert "读写失败" in found.err


def test_leftovers_of_killed_writers_are_cleared_by_the_next_run(city, whole, cli, tmp_path):
    folder, wanted, _ = whole
    out = tmp_path / "out"
    (out / NAMES[0]).mkdir(parents=True)
    for place in (out / ".writing-a.json", out / NAMES[0] / ".writing-b.pdf"):
        place.write_text("half")
    assert cli(*batch_of(city, folder, out)).code == 0

    assert city.contents(out) == wanted


def test_the_same_run_without_its_archive_starts_over(city, whole, cli, tmp_path):
    folder, wanted, results = whole
    out = tmp_path / "out"
    cli(*batch_of(city, folder, out))
    (out / "档案.sqlite3").unlink()
    shutil.rmtree(out / NAMES[3])
    assert cli(*batch_of(city, folder, out)).code == 0

    assert city.contents(out) == wanted
    assert city.archived(out / "档案.sqlite3") == results
