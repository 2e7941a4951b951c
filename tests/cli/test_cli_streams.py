"""Results on stdout, messages on stderr; JSON that the models accept."""

from __future__ import annotations

import json
import re

import pytest
from pydantic import TypeAdapter

from assessor.assessing import ScoreRun
from assessor.shapes import SHAPES
from schemas import Assessment
from schemas.explanation import Explanation, FrameworkEntry, TargetEntry


def test_clean_file_leaves_stderr_empty(cli, good):
    ran = cli("score", good, "--framework", "core-15")

    assert ran.out.startswith("云栖县　2024年度")
    assert [line for line in ran.err.splitlines() if not line.startswith("【")] == []


def test_issues_go_to_stderr_and_results_of_the_others_to_stdout(cli, good, bad):
    ran = cli("score", bad, good)

    assert "没有这个填报项" in ran.err
    assert "没有这个填报项" not in ran.out
    assert ran.out.startswith("云栖县")


def test_nothing_scored_leaves_stdout_empty(cli, bad):
    assert cli("score", bad).out == ""


def test_score_as_json_is_a_score_run(cli, good, bad):
    ran = cli("score", good, bad, "--format", "json")

    run = ScoreRun.model_validate_json(ran.out)
    assert [(one.file, one.is_blocked) for one in run.results] == [
        ("云栖县2024.yaml", False),
        ("01-未知指标.yaml", True),
    ]


def test_json_of_a_blocked_file_still_parses(cli, bad):
    ran = cli("score", bad, "--format", "json")

    assert ran.code == 1
    assert ScoreRun.model_validate_json(ran.out).results[0].issues[0].code == "item.unknown"


def test_score_into_a_folder_writes_the_assessment(cli, good, tmp_path):
    folder = tmp_path / "结果 目录" / "下级"

    ran = cli("score", good, "-o", folder)

    assert ran.code == 0
    (path,) = folder.iterdir()
    assert path.name == "云栖县2024.json"
    assert Assessment.model_validate_json(path.read_text("utf-8")).entity.name == "云栖县"


def test_order_of_files_changes_no_result(cli, samples):
    paths = sorted(samples.glob("*20*.yaml"))
    forth = json.loads(cli("score", *paths, "--format", "json").out)["results"]
    back = json.loads(cli("score", *reversed(paths), "--format", "json").out)["results"]

    assert len(forth) >= 3
    assert forth == list(reversed(back))


def test_same_command_gives_the_same_bytes(cli, good):
    first, second = cli("score", good, "--format", "json"), cli("score", good, "--format", "json")

    assert first == second


def test_explain_as_json_is_an_explanation(cli):
    ran = cli("explain", "出庭应诉率", "--format", "json")

    assert ran.err == ""
    assert Explanation.model_validate_json(ran.out).items


def test_targets_as_json_are_target_entries(cli):
    ran = cli("targets", "--on", "2023-06-30", "--region", "嘉善县", "--format", "json")

    assert TypeAdapter(list[TargetEntry]).validate_json(ran.out)


def test_targets_that_nobody_set_are_an_empty_list(cli):
    ran = cli("targets", "--on", "1999-01-01", "--region", "嘉善县", "--format", "json")

    assert json.loads(ran.out) == []


def test_count_of_targets_is_a_message_and_no_result(cli):
    ran = cli("targets", "--on", "2023-06-30")

    assert re.fullmatch(r"2023-06-30 有效的目标共 \d+ 条。\n", ran.err)
    assert "有效的目标共" not in ran.out


def test_frameworks_as_json_are_framework_entries(cli):
    ran = cli("frameworks", "--format", "json")

    ids = [one.id for one in TypeAdapter(list[FrameworkEntry]).validate_json(ran.out)]
    assert "house-59" in ids


def test_lint_as_json_lists_faults_with_file_and_line(cli, tmp_path):
    path = tmp_path / "规则.yaml"
    path.write_text("schema: nope/1\n", encoding="utf-8")

    (fault,) = json.loads(cli("lint", path, "--format", "json").out)

    assert (fault["line"], fault["code"]) == (1, "schema")
    assert json.loads(cli("lint", "--format", "json").out) == []


@pytest.mark.parametrize("name", SHAPES)
def test_schema_prints_the_json_schema_of_every_shape(cli, name):
    ran = cli("schema", name)

    assert ran.err == ""
    assert json.loads(ran.out) == json.loads(json.dumps(SHAPES[name].model_json_schema()))


def test_every_shape_can_be_named_on_the_command_line(cli):
    assert all(name in cli("schema", "--help").out for name in SHAPES)


def test_check_prints_findings_to_stdout_and_the_count_to_stderr(cli, bad):
    ran = cli("check", bad)

    assert ran.out.startswith("【错误】01-未知指标.yaml!第9行 ")
    assert ran.err == "01-未知指标.yaml：1 个问题，须改正后才能评分\n"


def test_check_speaks_english_on_demand(cli, bad):
    ran = cli("check", bad, "--lang", "en")

    assert "no such item; found head-attendance-ratio" in ran.out
    assert ran.out.startswith("[error]")


def test_check_reports_every_bad_sample_in_one_run(cli, samples):
    paths = sorted((samples / "bad").iterdir())

    ran = cli("check", *paths)

    assert ran.code == 1
    for path in paths:
        assert path.name in ran.out + ran.err


def test_template_prints_its_path_and_is_read_back(cli, tmp_path):
    path = tmp_path / "填报 表.xlsx"

    made, checked = cli("template", "-o", path), cli("check", path)

    assert made == (0, f"{path}\n", "")
    assert checked.code == 1
    assert {line.split("（")[-1] for line in checked.out.splitlines()} <= {
        "field.missing）",
        "field.invalid）",
    }
    assert "基本信息!B3" in checked.out


@pytest.mark.slow
def test_report_prints_only_the_paths_of_the_documents(cli, good, tmp_path):
    ran = cli("report", good, "--framework", "core-15", "-o", tmp_path / "出 单")

    assert ran.code == 0
    assert ran.out == f"{tmp_path / '出 单' / '云栖县2024.pdf'}\n"
    assert {one.name for one in (tmp_path / "出 单").iterdir()} == {
        "云栖县2024.pdf",
        "云栖县2024.html",
        "云栖县2024.json",
    }
