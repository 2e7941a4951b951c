"""Exit codes 0, 1, 2, 3, 4, 70 and 130, and what is said with each."""

from __future__ import annotations

import pytest

import assessor.assessing


def test_a_low_grade_is_still_success(cli, samples):
    ran = cli("score", samples / "新昌县2019.yaml")

    assert ran.code == 0
    assert "总分" in ran.out


@pytest.mark.parametrize("command", ["score", "check"])
def test_blocking_issue_exits_1(cli, bad, command):
    ran = cli(command, bad)

    assert ran.code == 1
    assert "没有这个填报项" in ran.out + ran.err


def test_warning_does_not_change_the_exit_code(cli, samples):
    ran = cli("score", samples / "bad" / "04-分子非整数.yaml")

    assert ran.code == 0
    assert "【提醒】" in ran.err


@pytest.mark.parametrize("command", ["score", "check"])
def test_single_unreadable_file_exits_4(cli, tmp_path, command):
    ran = cli(command, tmp_path / "没有 这个.yaml")

    assert ran.code == 4
    assert ran.out == ""
    assert ran.err.startswith("没有 这个.yaml：文件不存在")


@pytest.mark.parametrize("command", ["score", "check"])
def test_unreadable_file_in_a_batch_exits_1_and_the_rest_is_done(cli, good, tmp_path, command):
    ran = cli(command, tmp_path / "无.yaml", good)

    assert ran.code == 1
    assert "云栖县" in ran.out + ran.err


def test_unreadable_review_exits_4(cli, good, tmp_path):
    ran = cli("score", good, "--review", tmp_path / "无.yaml")

    assert ran.code == 4
    assert ran.out == ""


def test_review_of_another_entity_exits_1_with_the_result(cli, good, tmp_path):
    review = tmp_path / "评审.yaml"
    review.write_text(
        "schema: review/1\nentity: 别处县\nperiod: {from: 2024-01-01, to: 2024-12-31}\nentries:\n"
        "- {kind: veto, code: V1, document: 文, author: 甲, decided_on: 2025-03-01, reason: 假}\n",
        encoding="utf-8",
    )

    ran = cli("score", good, "--review", review)

    assert ran.code == 1
    assert "评审意见不是针对这个单位或年度" in ran.err
    assert ran.out.startswith("云栖县")


@pytest.mark.parametrize(
    ("option", "choices"),
    [
        ("--framework", ["house-59", "core-15"]),
        ("--weights", ["house", "guangdong-draft", "cupl-2014-2018"]),
        ("--targets", ["jiashan-2021-2025", "huzhou-14th-plan"]),
        ("--policy", ["binding", "reference", "floor", "block"]),
        ("--blend", ["report-only", "social-80-20"]),
    ],
)
def test_unknown_rule_exits_2_and_lists_the_choices(cli, good, option, choices):
    ran = cli("score", good, option, "nope")

    assert ran.code == 2
    assert ran.out == ""
    assert "“nope”" in ran.err
    assert all(choice in ran.err for choice in choices)


@pytest.mark.parametrize("day", ["garbage", "2025-13-01", "20251231x", "2025/12/31", "", "今天"])
def test_wrong_day_exits_2(cli, good, day):
    ran = cli("score", good, "--as-of", day)

    assert ran.code == 2
    assert "应写成 2025-12-31" in ran.err


def test_framework_without_points_exits_2_and_says_why(cli, good):
    ran = cli("score", good, "--framework", "demonstration-2019")

    assert ran.code == 2
    assert "不能评分" in ran.err


@pytest.mark.parametrize("framework", ["demonstration-2019", "nope"])
def test_template_of_a_framework_that_cannot_be_filled_in_exits_2(cli, tmp_path, framework):
    path = tmp_path / "表.xlsx"

    ran = cli("template", "--framework", framework, "-o", path)

    assert ran.code == 2
    assert not path.exists()


def test_unknown_indicator_exits_2(cli):
    assert cli("explain", "没有这个指标").code == 2


@pytest.mark.parametrize(
    "command", [["score"], ["check"], ["explain", "F1"], ["targets"], ["frameworks"], ["lint"]]
)
def test_wrong_rule_files_exit_3_with_every_fault(cli, good, tmp_path, command):
    rules = tmp_path / "规则.yaml"
    rules.write_text("schema: target-set/1\nid: x\n", encoding="utf-8")
    more = {"score": [good], "check": [good]}.get(command[0], [])
    option = [rules] if command == ["lint"] else ["--rules", rules]

    ran = cli(*command, *more, *option)

    assert ran.code == 3
    assert (ran.out + ran.err).count("规则.yaml:") > 1


def test_sound_rule_files_exit_0(cli):
    ran = cli("lint")

    assert (ran.code, ran.out) == (0, "")


def test_internal_error_exits_70_without_a_traceback(cli, good, monkeypatch):
    def fail(*_args, **_kwargs):
        raise ZeroDivisionError("机器内部")

    monkeypatch.setattr(assessor.assessing, "assess_files", fail)

    ran = cli("score", good)

    assert ran.code == 70
    assert ran.out == ""
    assert ran.err.startswith("内部错误（ZeroDivisionError：机器内部）")


def test_interrupt_exits_130_and_says_so(cli, good, monkeypatch):
    def interrupt(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(assessor.assessing, "assess_files", interrupt)

    assert cli("score", good) == (130, "", "已中断。\n")


@pytest.mark.parametrize(
    ("out", "why"), [("占用", "已有同名文件"), ("占用/下级", "路径中有一段不是目录")]
)
def test_output_folder_that_is_a_file_exits_1(cli, good, tmp_path, out, why):
    (tmp_path / "占用").write_text("x", encoding="utf-8")

    ran = cli("score", good, "-o", tmp_path / out)

    assert ran.code == 1
    assert why in ran.err
    assert (tmp_path / "占用").read_text(encoding="utf-8") == "x"


def test_full_disk_is_said_in_chinese(cli, good, tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device", "云栖县2024.json")

    monkeypatch.setattr("assessor.store.write_text", full)

    ran = cli("score", good, "-o", tmp_path)

    assert ran.code == 1
    assert ran.err.startswith("读写失败：云栖县2024.json 磁盘已满")
