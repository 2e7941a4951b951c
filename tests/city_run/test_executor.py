"""Every task gets its answer, whatever its neighbours do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import city_tasks
import pytest

from assessor.city.executor import InProcess, Processes, TaskError, WorkerDied

pytestmark = pytest.mark.slow
SIX = range(1, 7)


def results_of(executor, function, tasks) -> dict[object, object]:
    """Run and return results by task; every task must be answered exactly once."""
    found = list(executor.run(function, tasks))
    assert sorted(done.task for done in found) == sorted(tasks)
    return {done.task: done.result if done.error is None else type(done.error) for done in found}


def test_processes_give_what_one_process_gives():
    wanted = {number: 2 * number for number in range(40)}

    assert results_of(InProcess(), city_tasks.double, range(40)) == wanted
    assert results_of(Processes(3), city_tasks.double, range(40)) == wanted


def test_no_task_needs_no_process():
    assert list(Processes(2).run(city_tasks.double, [])) == []


def test_order_of_ending_does_not_matter():
    tasks = [1, 2, 3, 4]

    assert results_of(Processes(4), city_tasks.slowest_first, tasks) == {n: n for n in tasks}


@pytest.mark.parametrize(
    "function", [city_tasks.die_by_exit, city_tasks.die_by_signal, city_tasks.die_by_leaving]
)
def test_a_task_that_kills_its_worker_is_set_aside_and_the_others_are_done(function):
    wanted = {number: number for number in SIX} | {3: WorkerDied}

    assert results_of(Processes(2), function, SIX) == wanted


def test_a_worker_that_died_once_costs_nothing(tmp_path):
    tasks = [(number, str(tmp_path / "mark")) for number in SIX]
    found = results_of(Processes(2), city_tasks.die_once, tasks)

    assert sorted(found.values()) == list(SIX)


def test_memory_is_bounded():
    found = results_of(Processes(2), city_tasks.eat_memory, SIX)

    assert found == {number: number for number in SIX} | {3: MemoryError}


def test_a_task_that_hangs_is_set_aside():
    found = results_of(Processes(2, limit=1.5), city_tasks.sleep_long, SIX)

    assert found == {number: number for number in SIX} | {3: WorkerDied}


def test_errors_arrive_whatever_they_are_made_of():
    found = {done.task: done.error for done in Processes(2).run(city_tasks.fail_oddly, SIX)}

    assert repr(found[1]) == "KeyError('one')"
    assert isinstance(found[2], TaskError)
    assert str(found[2]) == "Stubborn: a and b"
    assert str(found[3]) == "Closed: closed"
    assert (found[4].errno, found[4].strerror, found[4].filename) == (28, "full", "f")
    assert found[5] is found[6] is None


def test_an_answer_that_cannot_travel_is_an_error_of_its_task_alone():
    found = list(Processes(2).run(city_tasks.answer_oddly, SIX))

    assert {done.task for done in found if done.error is not None} == {3}


def test_a_task_that_cannot_travel_is_an_error_of_its_own():
    tasks = [1, lambda: None, 3]
    found = list(Processes(1).run(city_tasks.double, tasks))

    assert [done.error is None for done in found] == [True, False, True]
    assert [done.result for done in found] == [2, None, 6]


def test_large_answers_do_not_block():
    found = {done.task: done.result for done in Processes(3).run(city_tasks.big, range(12))}

    assert found == {number: bytes([number]) * 3_000_000 for number in range(12)}


def test_workers_are_replaced_after_so_many_tasks():
    found = dict(
        done.result for done in Processes(2, recycle_after=3).run(city_tasks.process_id, range(20))
    )
    by_process = Counter(found.values())

    assert len(found) == 20
    assert max(by_process.values()) == 3
    assert len(by_process) >= 7


def test_stopping_half_way_ends_the_workers():
    answers = Processes(1).run(city_tasks.process_id, range(3))
    _, worker = next(answers).result
    assert is_alive(worker)
    answers.close()

    assert not is_alive(worker)


SCRIPT = """
import sys
sys.path[:0] = {paths!r}
import city_tasks
from assessor.city.executor import Processes
if __name__ == "__main__":
    list(Processes(2).run(city_tasks.note_and_wait, [(n, {folder!r}) for n in range(4)]))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_its_parent(tmp_path, number):
    marks = tmp_path / "marks"
    marks.mkdir()
    script = tmp_path / "parent.py"
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    script.write_text(SCRIPT.format(paths=paths, folder=str(marks)), "utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(script)], stderr=subprocess.DEVNULL, start_new_session=True
    )
    wait_until(lambda: len(list(marks.iterdir())) == 2)
    workers = [int(path.name) for path in marks.iterdir()]
    os.killpg(parent.pid, number) if number == signal.SIGINT else parent.send_signal(number)
    parent.wait(timeout=20)

    wait_until(lambda: not any(is_alive(worker) for worker in workers))


def is_alive(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_until(is_so, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)
