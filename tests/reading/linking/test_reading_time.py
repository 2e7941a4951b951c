"""Reading takes time in step with the length of a text, realistic or hostile; CPU time only."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assessor.reading.documents import read_document_bytes
from assessor.reading.reader import MAX_CHARACTERS, MAX_NUMBERS, read_text
from schemas.errors import SubmissionUnreadable
from schemas.reading import Reading
from scoring import shipped_rulebook

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "reports" / "云栖县2024.txt"
PROSE = (
    "坚持把依法行政贯穿各项工作，健全工作机制，压实各级责任，推动执法部门规范履职，"
    "加强规范性文件管理和行政复议应诉工作，法治环境不断改善。\n"
)
HEAD = "云栖县2024年法治政府建设年度报告\n一、主要工作\n"


@pytest.fixture(scope="module")
def timed() -> Callable[[str], tuple[float, Reading]]:
    """Return the CPU seconds a text takes from blocks to reading, and the reading."""
    book = shipped_rulebook()
    framework = book.framework("house-59")

    def _timed(text: str) -> tuple[float, Reading]:
        intake = read_document_bytes(text.encode(), "报告.txt", in_process=True)
        start = time.process_time()
        reading = read_text(intake.document, book, framework=framework)
        return time.process_time() - start, reading

    _timed(HEAD + "培训3期。")
    return _timed


def test_ten_thousand_characters_of_a_report_are_read_in_a_blink(timed):
    """The sample is dense with figures; with prose it comes near a published report.

    The figure the product promises is measured by `make bench`; here only a step in the order of
    magnitude fails, so that a slow machine never does.
    """
    text = SAMPLE.read_text(encoding="utf-8")
    long = text + PROSE * ((10_000 - len(text)) // len(PROSE) + 1)
    seconds, reading = min((timed(long) for _ in range(5)), key=lambda one: one[0])

    assert len(long) >= 10_000
    assert len(reading.figures) >= 150
    assert seconds <= 0.5


@pytest.mark.parametrize(
    "piece",
    [
        "无行政复议案件,",
        "分别占、",
        "规范性文件均经合法性审核全覆盖",
        "县公安局法院(",
        "其中公安类、",
    ],
)
def test_hostile_text_of_the_greatest_length_takes_two_seconds(timed, piece):
    room = MAX_CHARACTERS - len(HEAD) - 10
    seconds, reading = timed(HEAD + (piece * (room // len(piece) + 1))[:room])

    assert seconds <= 2
    assert len(reading.figures) <= MAX_NUMBERS


def test_paragraph_of_thousands_of_numbers_takes_two_seconds(timed):
    count = MAX_NUMBERS - 100
    seconds, reading = timed(HEAD + ",".join(["受理行政复议案件36件并按期办结"] * count))

    assert seconds <= 2
    assert len(reading.figures) == count


@pytest.mark.parametrize("number", ["36", "三十六"])
def test_more_numbers_than_any_report_has_are_refused(timed, number):
    text = HEAD + ",".join([f"受理案件{number}件"] * (MAX_NUMBERS + 1))

    with pytest.raises(SubmissionUnreadable, match="处数字，超过 3000 处"):
        timed(text)
