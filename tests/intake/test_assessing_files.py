"""Several files in one run: each gets its answer, none stops or changes another."""

from __future__ import annotations

import itertools
import json

import pytest

from assessor.assessing import ScoreRun, assess_files
from schemas.issue import IssueCode

RATE = {"item": "head-appearance-rate", "value": "97.78"}


@pytest.fixture
def file(tmp_path):
    """Write a submission of an entity and return its path."""

    def _file(name, *answers, entity="错例县", year=2024, until="12-31"):
        value = {
            "schema": "submission/1",
            "entity": {"name": entity, "level": "county", "regions": [entity]},
            "period": {"from": f"{year}-01-01", "to": f"{year}-{until}"},
            "answers": list(answers),
        }
        path = tmp_path / name
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        return path

    return _file


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "坏.json"
    path.write_text("{", encoding="utf-8")
    return path


def test_a_bad_file_does_not_stop_the_others(file, broken, tmp_path, ruler):
    good = file("好.json", RATE)
    wrong = file("错.json", {**RATE, "value": "132"}, entity="别处县")

    run = assess_files([broken, tmp_path / "无.yaml", wrong, good], ruler)

    assert [(r.file, r.is_blocked, bool(r.unreadable), len(r.issues)) for r in run.results] == [
        ("坏.json", True, True, 0),
        ("无.yaml", True, True, 0),
        ("错.json", True, False, 1),
        ("好.json", False, False, 0),
    ]


def test_warnings_travel_with_the_assessment(file, ruler):
    path = file("甲.json", {"item": "head-appearance-rate", "value": "4.97", "denominator": 100})

    (result,) = assess_files([path], ruler).results

    assert [issue.code for issue in result.issues] == [IssueCode.RATIO_NOT_WHOLE]
    assert [issue.code for issue in result.assessment.issues] == [IssueCode.RATIO_NOT_WHOLE]


def test_two_files_of_one_entity_and_year_block_each_other_and_name_both(file, ruler):
    first, second, other = file("甲.json"), file("乙.json"), file("丙.json", entity="别处县")

    run = assess_files([first, second, other], ruler)

    assert [r.is_blocked for r in run.results] == [True, True, False]
    for result in run.results[:2]:
        (issue,) = result.issues
        assert issue.code is IssueCode.ENTITY_DUPLICATED
        assert issue.found == "错例县 2024：甲.json、乙.json"
        assert issue.location.file == result.file


def test_the_same_file_twice_is_a_duplicate(file, ruler):
    path = file("甲.json")

    run = assess_files([path, path], ruler)

    assert [r.issues[0].code for r in run.results] == [IssueCode.ENTITY_DUPLICATED] * 2


def test_periods_that_end_in_one_year_are_the_same_year(file, ruler):
    run = assess_files([file("甲.json"), file("乙.json", until="06-30")], ruler)

    assert [r.is_blocked for r in run.results] == [True, True]


def test_another_year_is_another_submission(file, ruler):
    run = assess_files([file("甲.json"), file("乙.json", year=2023)], ruler)

    assert [r.is_blocked for r in run.results] == [False, False]


def test_a_file_that_is_blocked_anyway_claims_no_entity(file, ruler):
    good, wrong = file("好.json", RATE), file("错.json", {**RATE, "value": "132"})

    run = assess_files([good, wrong], ruler)

    assert [r.is_blocked for r in run.results] == [False, True]
    assert [i.code for i in run.results[1].issues] == [IssueCode.VALUE_OUT_OF_RANGE]


def test_order_of_files_changes_no_result(file, broken, ruler):
    paths = [
        broken,
        file("甲.json", RATE),
        file("乙.json", entity="别处县"),
        file("丙.json", {**RATE, "value": "x"}, entity="又一县"),
    ]
    runs = [assess_files(order, ruler) for order in itertools.permutations(paths)]

    by_file = [{r.file: r.model_dump_json() for r in run.results} for run in runs]
    assert all(one == by_file[0] for one in by_file)


def test_run_survives_a_json_round_trip(file, broken, ruler):
    run = assess_files([file("甲.json", RATE), broken], ruler)

    assert ScoreRun.model_validate_json(run.model_dump_json(by_alias=True)) == run


def test_no_files_give_an_empty_run(ruler):
    assert assess_files([], ruler).results == ()
