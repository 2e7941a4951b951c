"""Untrusted files are parsed in a child process that ends when it misbehaves."""

from __future__ import annotations

import json
import os
import signal

import pytest

from assessor.reading.documents import Limits, read_document, read_document_bytes
from assessor.reading.documents.children import Child, Nursery
from assessor.reading.documents.parsing import Source
from assessor.reading.documents.processes import run_limited
from assessor.reading.documents.sandbox import _read
from schemas.errors import SubmissionUnreadable

pytestmark = pytest.mark.slow
PAGE = (
    "<html><body><div id=zoom><p>全年审结行政复议案件704件，纠错率4.97%。</p></div></body></html>"
)


@pytest.fixture
def child():
    child = Child()
    yield child
    child.end()


def order(**changes: object) -> dict[str, object]:
    plain = {"name": "a.html", "kind": "html", "has_ocr": False, "converted": 0}
    return plain | {"memory_bytes": 2**31, "cpu_seconds": 20} | changes


def test_child_gives_what_the_same_process_gives(tmp_path, make, read):
    path = tmp_path / "报告.docx"
    path.write_bytes(make.docx(make.paragraph("全年审结行政复议案件704件。")))

    assert read_document(path) == read(path.read_bytes(), "报告.docx")


def test_refusal_of_the_child_keeps_code_and_reason(make):
    with pytest.raises(SubmissionUnreadable, match="没有正文文字") as refusal:
        read_document_bytes(make.docx("<w:p/>"), "空.docx")

    assert (refusal.value.code, refusal.value.path) == ("no-text", "空.docx")


def test_slow_file_is_stopped():
    content = PAGE.replace("</p>", "</p><p>审结704件，纠错率4.97%。</p>" * 100_000).encode()

    with pytest.raises(SubmissionUnreadable, match=r"解析超过 0\.05 秒，已停止") as refusal:
        read_document_bytes(content, "慢.html", limits=Limits(time_seconds=0.05))

    assert refusal.value.code == "timeout"


def test_greedy_file_is_stopped():
    content = PAGE.replace("</p>", "</p><p>审结704件，纠错率4.97%。</p>" * 100_000).encode()

    with pytest.raises(SubmissionUnreadable, match="请把正文复制到新") as refusal:
        read_document_bytes(content, "大.html", limits=Limits(memory_bytes=150 * 2**20))

    assert refusal.value.code in {"too-heavy", "crashed"}


def test_child_serves_one_file_after_another(child):
    answers = [child.ask(order(), PAGE.encode(), 20.0) for _ in range(3)]

    assert len(set(answers)) == 1
    assert child.files == 3
    assert child.is_usable


def test_child_that_dies_gives_no_answer_and_is_not_used_again(child):
    os.kill(child._process.pid, signal.SIGKILL)

    assert child.ask(order(), PAGE.encode(), 20.0) == b""
    assert not child.is_usable


def test_nursery_keeps_a_child_that_answered():
    nursery = Nursery()
    nursery.ask(order(), PAGE.encode(), 20.0)
    first = nursery._idle[0]
    nursery.ask(order(), PAGE.encode(), 20.0)

    assert nursery._idle == [first]
    assert first.files == 2

    nursery.end()
    assert first._process.returncode is not None


def test_nursery_drops_a_child_that_was_stopped():
    nursery = Nursery()

    assert nursery.ask(order(), PAGE.encode() * 2000, 0.01) is None
    assert nursery._idle == []


@pytest.mark.parametrize(
    "answer",
    [b"", b"[]", b"{}", b'{"refused": 1}', b'{"document": {"text": "x"}, "issues": []}'],
)
def test_answer_of_another_shape_is_refused(answer):
    with pytest.raises(SubmissionUnreadable, match="进程异常退出"):
        _read(answer, Source(b"x", "a.html", "html"))


def test_answer_about_another_file_is_refused(read):
    document = read(PAGE.encode(), "a.html").document.model_dump(mode="json")
    answer = json.dumps({"document": document, "issues": []}).encode()

    with pytest.raises(SubmissionUnreadable, match="与文件不符"):
        _read(answer, Source(b"other", "a.html", "html"))


def test_program_past_its_time_ends_with_all_it_started(tmp_path):
    mark = tmp_path / "mark"
    script = f"(sleep 2; touch {mark}) & wait"

    assert run_limited(["sh", "-c", script], time_limit=0.1) is None
    assert run_limited(["sleep", "2.2"], time_limit=5.0) is not None
    assert not mark.exists()


def test_child_never_gets_keys_of_the_environment(monkeypatch):
    from assessor.reading.documents import children

    monkeypatch.setenv("ASSESSOR_MODEL_KEY", "very-secret")
    monkeypatch.setenv("HARMLESS", "1")

    environment = children._environment("here")

    assert "ASSESSOR_MODEL_KEY" not in environment
    assert environment["HARMLESS"] == "1"
