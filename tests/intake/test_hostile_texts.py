"""YAML and JSON files, names and paths made to harm or simply broken."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from assessor.intake import guard, read_submission, text_files
from assessor.intake.guard import shown_name
from assessor.messages import issue_sentence
from schemas.errors import SubmissionUnreadable
from schemas.issue import IssueCode

OPEN = (
    '{"schema": "submission/1", "period": {"from": "2024-01-01", "to": "2024-12-31"}, '
    '"entity": {"name": "错例县", "level": "county", "regions": ["错例县"]}, '
)


@pytest.mark.parametrize(
    ("name", "text", "code", "words"),
    [
        ("深.json", '{"a":' * 100_000, "json", "嵌套过深"),
        ("深.json", "[" * 200_000, "json", "嵌套过深"),
        ("深.yaml", "[" * 200_000, "yaml", "嵌套过深"),
        ("深.yaml", "- " * 50_000, "yaml", "嵌套过深"),
        ("别名.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "yaml", "不允许"),
        ("标签.yaml", "a: !!python/object/apply:os.system [id]\n", "yaml", "第1行"),
        ("两份.yaml", "a: 1\n---\nb: 2\n", "yaml", "第2行"),
        ("控制.yaml", "a: \x01\n", "yaml", "第1行"),
        ("重复.yaml", "a: 1\nb: 2\na: 3\nb: 4\n", "yaml", "第3行 同一字段写了两次；第4行"),
        ("重复.json", '{"a": 1, "b": 2, "a": 3}', "json", "“a”写了两次"),
        ("重复.json", '{"x": [{"a": 1, "a": 1}]}', "json", "“a”写了两次"),
        ("非数.json", OPEN + '"note": NaN}', "json", "NaN"),
        ("无穷.json", OPEN + '"note": -Infinity}', "json", "-Infinity"),
        ("截断.json", OPEN, "json", "可能不完整"),
        ("两份.json", "{} {}", "json", "第1行"),
        ("列表.json", "[1, 2]", "shape", "最外层"),
        ("列表.yaml", "- 1\n", "shape", "最外层"),
        ("文字.yaml", "只是一句话\n", "shape", "最外层"),
        ("注释.yaml", "# 只有注释\n", "shape", "最外层"),
        ("空.json", "", "empty", "空的"),
        ("空.yaml", "\ufeff \n\n", "empty", "空的"),
    ],
)
def test_broken_text_is_refused_with_its_reason(filed_text, name, text, code, words):
    started = time.monotonic()
    with pytest.raises(SubmissionUnreadable, match=name) as caught:
        filed_text(text, name)

    assert time.monotonic() - started < 10
    assert caught.value.code == code
    assert words in caught.value.reason


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["填报.yaml", "填报.json"])
def test_other_encodings_are_refused(tmp_path, book, encoding, name):
    path = tmp_path / name
    path.write_bytes("name: 云栖县".encode(encoding))

    with pytest.raises(SubmissionUnreadable, match="另存为 UTF-8"):
        read_submission(path, book)


@pytest.mark.parametrize("name", ["长.yaml", "长.json"])
def test_overlong_text_is_refused(filed_text, name):
    with pytest.raises(SubmissionUnreadable, match="超过 1024 KB 上限"):
        filed_text("# " + "x" * guard.MAX_TEXT_BYTES, name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("多.json", "{" + f'"a": [{"0," * text_files.MAX_VALUES}0]' + "}"),
        ("多.yaml", "a: [" + "0, " * text_files.MAX_VALUES + "0]\n"),
    ],
)
def test_very_many_values_are_refused_before_they_are_judged(filed_text, name, text):
    started = time.monotonic()
    with pytest.raises(SubmissionUnreadable, match="超过 50000 项上限"):
        filed_text(text, name)

    assert time.monotonic() - started < 10


def test_oversized_file_is_not_even_opened(tmp_path, book):
    path = tmp_path / "大.xlsx"
    with path.open("wb") as stream:
        stream.truncate(guard.MAX_BYTES + 1)

    with pytest.raises(SubmissionUnreadable, match="超过 20 MB 上限"):
        read_submission(path, book)


@pytest.mark.parametrize(
    "number",
    [
        "1" + "0" * 400,
        "-1" + "0" * 400,
        "1" + "0" * 5000,
        "0." + "3" * 40,
        "1e400",
        "1e-400",
        "1E999999999",
        "1e99999999999999999999",
    ],
)
@pytest.mark.parametrize(
    ("field", "place"),
    [
        ('"answers": [{"item": "contract-lost-cases", "value": %s}]', "answers[0].value"),
        ('"answers": [{"item": "contract-lost-cases", "rank": %s}]', "answers[0].rank"),
        ('"benchmarks": [{"key": "a", "value": %s, "source": "某文"}]', "benchmarks[0].value"),
        ('"self_scores": [{"code": "total", "points": %s}]', "self_scores[0].points"),
    ],
)
def test_numbers_beyond_any_report_are_issues_of_bounded_length(filed_text, number, field, place):
    intake = filed_text(OPEN + field % number + "}", "数.json")

    assert [issue.location.place for issue in intake.issues] == [place]
    assert len(issue_sentence(intake.issues[0])) < 500
    assert intake.submission is None


def test_yaml_infinities_are_only_words(filed_text):
    text = (
        "schema: submission/1\nperiod: {from: 2024-01-01, to: 2024-12-31}\n"
        "entity: {name: 错例县, level: county, regions: [错例县]}\n"
        "answers:\n- {item: contract-lost-cases, value: .inf}\n"
        "- {item: lawyers-per-10k, value: .nan}\n"
    )

    codes = [(i.code, i.found) for i in filed_text(text, "数.yaml").issues]

    assert codes == [
        (IssueCode.VALUE_NOT_NUMBER, ".inf"),
        (IssueCode.VALUE_NOT_NUMBER, ".nan"),
    ]


@pytest.mark.parametrize("hidden", ["\x00", "\x1b[31m", "\u202e", "\u200b", "\ud800"])
def test_hidden_characters_never_reach_name_or_message(filed, hidden):
    intake = filed(entity={"name": f"错{hidden}例县", "level": "county", "regions": ["错例县"]})

    assert [issue.code for issue in intake.issues] == [IssueCode.VALUE_CONTROL_CHARACTER]
    assert intake.submission.entity.name == "错" + hidden[1:] + "例县"
    assert hidden[0] not in issue_sentence(intake.issues[0])
    assert intake.submission.model_dump_json()


@pytest.mark.parametrize("hidden", ["\x00", "\u202e", "\ud800"])
def test_hidden_characters_in_field_names_do_not_reach_the_message(filed, hidden):
    intake = filed(**{f"fo{hidden}o": 1})

    assert intake.submission is None
    for issue in intake.issues:
        assert hidden not in issue_sentence(issue)
        assert issue.model_dump_json()


def test_folder_is_no_file(tmp_path, book):
    path = tmp_path / "填报.yaml"
    path.mkdir()

    with pytest.raises(SubmissionUnreadable, match="是文件夹"):
        read_submission(path, book)


def test_missing_file_is_named_with_its_path(tmp_path, book):
    with pytest.raises(SubmissionUnreadable, match=r"文件不存在；请核对路径 .*没有 这个\.yaml"):
        read_submission(tmp_path / "没有 这个.yaml", book)


def test_circle_of_links_is_no_file(tmp_path, book):
    first, second = tmp_path / "甲.yaml", tmp_path / "乙.yaml"
    first.symlink_to(second)
    second.symlink_to(first)

    with pytest.raises(SubmissionUnreadable, match="文件不存在"):
        read_submission(first, book)


def test_file_without_permission_is_refused_in_chinese(tmp_path, book, monkeypatch):
    path = tmp_path / "填报.yaml"
    path.write_text("a: 1", encoding="utf-8")

    def deny(_self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", deny)  # root may read everything

    with pytest.raises(SubmissionUnreadable, match="打不开（没有权限）"):
        read_submission(path, book)


def test_pipe_is_not_waited_for(tmp_path, book):
    path = tmp_path / "管道.yaml"
    os.mkfifo(path)

    with pytest.raises(SubmissionUnreadable, match="是管道或设备"):
        read_submission(path, book)


def test_name_that_is_no_text_is_shown_as_text():
    path = Path(os.fsdecode(b"\xb4\xed\xc0\xfd.yaml"))

    assert shown_name(path).encode("utf-8").endswith(b".yaml")
