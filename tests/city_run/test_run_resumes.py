"""What is done is not done again; what is changed, gone or damaged is."""

from __future__ import annotations

import json

import pytest

from assessor.city.executor import InProcess, Processes
from assessor.city.storing import unpacked
from schemas.result import Assessment

NAMES = ("甲县", "乙县", "丙县")


class Counting:
    """Runs in this process and remembers what it was given."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def run(self, function, tasks):
        self.done += [task.entity for task in tasks]
        yield from InProcess().run(function, tasks)


@pytest.fixture
def counted(city, tmp_path):
    """Make a city of three, run it once, and return a way to run it again."""
    folder, out = city.write_forms(tmp_path / "in", *NAMES), tmp_path / "out"
    city.run_in(folder, out)

    def _again(**options) -> list[str]:
        executor = Counting()
        city.run_in(folder, out, executor=executor, **options)
        return executor.done

    return _again


def test_a_first_run_scores_everyone(city, tmp_path):
    executor = Counting()
    manifest = city.run_in(
        city.write_forms(tmp_path / "in", *NAMES), tmp_path / "out", executor=executor
    )

    assert sorted(executor.done) == sorted(NAMES)
    assert [one.status for one in manifest.entities] == ["scored"] * 3


def test_a_second_run_does_nothing_and_writes_the_same(city, tmp_path, counted):
    before = city.contents(tmp_path / "out")

    assert counted() == []
    assert city.contents(tmp_path / "out") == before
    assert len(city.archived(tmp_path / "out" / "档案.sqlite3")) == 3


def test_a_changed_form_redoes_only_its_unit(city, tmp_path, counted):
    path = tmp_path / "in" / "乙县" / "填报表.yaml"
    path.write_text(city.form_of("乙县", lost="3"), "utf-8")

    assert counted() == ["乙县"]
    assert len(city.archived(tmp_path / "out" / "档案.sqlite3")) == 4


def test_a_changed_form_put_back_is_known_again(city, tmp_path, counted):
    path = tmp_path / "in" / "乙县" / "填报表.yaml"
    before = city.contents(tmp_path / "out")
    path.write_text(city.form_of("乙县", lost="3"), "utf-8")
    counted()
    path.write_text(city.form_of("乙县"), "utf-8")
    counted()

    assert city.contents(tmp_path / "out") == before


@pytest.mark.parametrize("harm", ["delete", "alter", "cut"])
def test_an_output_that_is_gone_or_altered_is_made_again(city, tmp_path, counted, harm):
    before = city.contents(tmp_path / "out")
    path = tmp_path / "out" / "丙县" / "丙县2024.json"
    if harm == "delete":
        path.unlink()
    else:
        content = path.read_bytes()
        path.write_bytes(content[:100] if harm == "cut" else content.replace(b"0", b"1", 1))

    assert counted() == ["丙县"]
    assert city.contents(tmp_path / "out") == before


def test_a_new_unit_is_done_alone(city, tmp_path, counted):
    city.write_forms(tmp_path / "in", "丁县")

    assert counted() == ["丁县"]


def test_another_day_or_ruler_redoes_everyone(city, counted):
    assert counted(options=city.PLAIN._replace(as_of="2025-01-01")) == sorted(NAMES)
    assert counted(options=city.PLAIN._replace(policy="binding")) == sorted(NAMES)
    assert counted() == sorted(NAMES)  # the outputs are those of another ruler now


def test_a_level_in_the_roster_is_part_of_the_work(tmp_path, counted):
    from openpyxl import Workbook

    book = Workbook()
    for row in (("单位", "层级"), ("甲县", "县级"), ("乙县", None), ("丙县", None)):
        book.active.append(row)
    book.save(tmp_path / "in" / "名单.xlsx")

    # A unit on the roster has regions of its own there, and so other work.
    assert sorted(counted()) == sorted(NAMES)
    assert counted() == []


def test_a_blocked_unit_is_tried_again(city, tmp_path, counted):
    (tmp_path / "in" / "丁县").mkdir()
    bad = tmp_path / "in" / "丁县" / "填报表.yaml"
    bad.write_text(city.form_of("丁县").replace("value: 96\n", "value: 95\n", 1), "utf-8")

    assert counted() == ["丁县"]
    assert counted() == ["丁县"]


def test_another_archive_has_everything_to_do_again(tmp_path, counted):
    assert sorted(counted(archive=tmp_path / "other.sqlite3")) == sorted(NAMES)


def test_another_output_folder_gets_everything_from_one_archive(city, tmp_path, counted):
    archive = tmp_path / "out" / "档案.sqlite3"
    executor = Counting()
    city.run_in(tmp_path / "in", tmp_path / "out2", executor=executor, archive=archive)

    assert sorted(executor.done) == sorted(NAMES)
    assert city.contents(tmp_path / "out2") == city.contents(tmp_path / "out")
    assert len(city.archived(archive)) == 3
    assert counted() == []


@pytest.mark.slow
def test_processes_write_what_one_process_writes(city, tmp_path):
    folder = city.write_forms(tmp_path / "in", *NAMES)
    city.run_in(folder, tmp_path / "one")
    city.run_in(folder, tmp_path / "many", executor=Processes(3))

    assert city.contents(tmp_path / "one") == city.contents(tmp_path / "many")
    assert city.archived(tmp_path / "one" / "档案.sqlite3") == city.archived(
        tmp_path / "many" / "档案.sqlite3"
    )


def test_both_engines_give_the_same_outputs(city, tmp_path, fresh_database):
    folder = city.write_forms(tmp_path / "in", *NAMES)
    city.run_in(folder, tmp_path / "one")
    city.run_in(folder, tmp_path / "two", archive=fresh_database)

    assert city.contents(tmp_path / "one") == city.contents(tmp_path / "two")
    assert city.archived(tmp_path / "one" / "档案.sqlite3") == city.archived(fresh_database)


def test_the_next_year_is_compared_with_the_archive(city, tmp_path):
    archive = tmp_path / "archive.sqlite3"
    options = city.PLAIN._replace(as_of=None)
    for year, lost in ((2023, "5"), (2024, "1")):
        folder = city.write_forms(tmp_path / f"in{year}", *NAMES, year=year, lost=lost)
        manifest = city.run_in(folder, tmp_path / f"out{year}", archive=archive, options=options)
    changes = [one.change for one in manifest.entities]

    assert [change.previous_period.end.year for change in changes] == [2023] * 3
    for change in changes:
        assert change.change == change.after_points - change.before_points
        assert sum(share.points for share in change.causes) == change.change
        assert change.change > 0


def test_the_manifest_lists_every_input_and_output_with_its_hash(city, tmp_path):
    from assessor.city.work import sha256_of

    folder, out = city.write_forms(tmp_path / "in", *NAMES), tmp_path / "out"
    manifest = city.run_in(folder, out)

    for entry in manifest.entities:
        assert [file.role for file in entry.inputs] == ["form"]
        assert [file.role for file in entry.outputs] == ["json"]
        for file in entry.inputs:
            assert sha256_of(folder / file.name) == file.sha256
        for file in entry.outputs:
            assert sha256_of(out / file.name) == file.sha256
    assert [timing.step for timing in manifest.timings] == ["score", "gather", "publish"]


def test_the_ranking_is_that_of_the_whole_results(city, tmp_path):
    """The city reads shortened results; every number must be the one of the full result."""
    folder, out = tmp_path / "in", tmp_path / "out"
    for number, name in enumerate(NAMES):
        city.write_forms(folder, name, lost=str(number))
    manifest = city.run_in(folder, out)
    for entry in manifest.entities:
        whole = Assessment.model_validate_json((out / entry.outputs[0].name).read_bytes())
        assert entry.total_points == whole.totals.total_points
        assert entry.grade == whole.grade.grade
        assert [(one.code, one.points) for one in entry.indicators] == [
            (one.code, one.points) for one in whole.indicators
        ]
        written = json.loads((out / entry.outputs[0].name).read_bytes())
        (content,) = [
            content
            for key, content in city.archived(out / "档案.sqlite3").items()
            if key == entry.key
        ]
        assert json.loads(content) == written


def test_what_is_packed_comes_back():
    from assessor.city.storing import packed

    assert unpacked(packed("甲县 100 分")) == "甲县 100 分".encode()
