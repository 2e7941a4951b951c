"""Reports in traditional characters: read through the simplified ones, quoted as printed."""

from __future__ import annotations

import pytest

from assessor.reading.documents import read_document_bytes
from assessor.reading.normal import normalise
from assessor.reading.reader import read_text
from assessor.reading.traditional import _table, is_traditional, simplified
from schemas.issue import IssueCode
from schemas.reading import Reading
from scoring import shipped_rulebook

OLD = (
    "臨江縣2024年法治政府建設年度報告\n來源：臨江縣司法局　瀏覽次數：345次\n一、主要舉措和成效\n"
    "全縣受理行政復議案件一萬二千餘件，審結行政復議案件112件，糾錯率為4.46%。\n"
    "行政機關負責人出庭應訴率達97.78%。\n二、存在的不足\n少數部門執法記錄不夠規範。\n"
    "三、2025年工作計劃\n行政執法證持證率達到100%。\n"
)
NEW = simplified(OLD)


def reading_of(text: str, encoding: str = "utf-8") -> Reading:
    book = shipped_rulebook()
    intake = read_document_bytes(text.encode(encoding), "报告.txt", in_process=True)
    return read_text(
        intake.document, book, framework=book.framework("house-59"), issues=intake.issues
    )


def test_every_character_becomes_one():
    assert all(len(one) == 1 for one in _table().mapping.values())
    assert len(simplified(OLD)) == len(OLD)


@pytest.mark.parametrize("encoding", ["utf-8", "big5"])
def test_figures_are_those_of_the_simplified_text_and_quotes_those_printed(encoding):
    old, new = reading_of(OLD, encoding), reading_of(NEW)

    def facts(reading: Reading) -> list[tuple[object, ...]]:
        return [
            (one.start, one.end, one.value, one.unit, one.item, one.status, one.confidence)
            for one in reading.figures
        ]

    assert facts(old) == facts(new)
    assert sum(one.item is not None for one in old.figures) >= 5
    assert old.document.text == OLD.replace("來源：臨江縣司法局　瀏覽次數：345次\n", "")
    parts = [*old.figures, *old.discarded, *old.statements]
    assert all(old.document.text[one.start : one.end] == one.quote for one in parts)
    assert {"一萬二千"} <= {one.number_text for one in old.figures}
    assert [one.heading for one in old.sections][-1] == "三、2025年工作計劃"
    assert (old.document.entity, old.document.source) == ("临江县", "临江县司法局")
    assert [(one.code, one.result) for one in old.compliance] == [
        (one.code, one.result) for one in new.compliance
    ]


def test_a_note_says_so():
    assert [one.code for one in reading_of(OLD).issues] == [IssueCode.DOCUMENT_TRADITIONAL]
    assert not reading_of(NEW).issues


def test_old_names_in_a_simplified_report_change_nothing():
    text = NEW + "調解員朱鎔、陳喆在昇平路、乾元鎮工作。\n"

    assert not is_traditional(text)
    assert reading_of(text).document.text.endswith("調解員朱鎔、陳喆在昇平路、乾元鎮工作。\n")
    assert normalise("乾元").text == "乾元"
