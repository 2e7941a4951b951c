"""One report as txt, html, mht, docx and pdf: the same figures, statements and checks."""

from __future__ import annotations

from collections import Counter

import pytest

from schemas.reading import BlockKind

PDF = pytest.param("pdf", marks=pytest.mark.slow)
STEMS = ["云栖县2024", "嘉兴市2021", "新昌县2019"]
OF_THE_FILE = {"K04", "K26"}
"""Checks on the web page itself: day of publication, place on the site."""


def figures(reading):
    return Counter(
        (one.value, one.unit, one.bound, one.status, one.year, one.item, one.role, one.number_text)
        for one in reading.figures
    )


def outcome(reading):
    return {
        one.code: (one.result, one.reason)
        for one in reading.compliance
        if one.code not in OF_THE_FILE | {"K24"}
    }


@pytest.mark.parametrize("kind", ["html", "mht", "docx", PDF])
@pytest.mark.parametrize("stem", STEMS)
def test_figures_are_the_same_as_in_plain_text(read_as, stem, kind):
    found, plain = figures(read_as(stem, kind)), figures(read_as(stem, "txt"))

    assert found - plain == Counter()
    assert plain - found == Counter()


@pytest.mark.parametrize("kind", ["html", "mht", "docx", PDF])
@pytest.mark.parametrize("stem", STEMS)
def test_statements_are_the_same_as_in_plain_text(read_as, stem, kind):
    def said(reading):
        return Counter(
            (one.item, one.polarity, one.evidence_level, one.is_claim) for one in reading.statements
        )

    assert said(read_as(stem, kind)) == said(read_as(stem, "txt"))


@pytest.mark.parametrize("kind", ["html", "mht", "docx", PDF])
@pytest.mark.parametrize("stem", STEMS)
def test_checks_of_the_report_come_out_the_same(read_as, stem, kind):
    found = outcome(read_as(stem, kind))

    assert len(found) == 23
    assert found == outcome(read_as(stem, "txt"))


@pytest.mark.parametrize("kind", ["txt", "html", "mht", "docx", PDF])
@pytest.mark.parametrize("stem", STEMS)
def test_every_quote_stands_where_it_is_said_to(read_as, stem, kind):
    reading = read_as(stem, kind)
    text = reading.document.text
    quoted = [*reading.figures, *reading.statements, *reading.discarded]
    checks = [one for one in reading.compliance if one.start is not None]

    assert len(quoted) > 80
    assert checks
    assert all(text[one.start : one.end] == one.quote for one in (*quoted, *checks))
    assert all(text[f.number_start : f.number_end] == f.number_text for f in reading.figures)
    assert all(f.start <= f.number_start < f.number_end <= f.end for f in reading.figures)


@pytest.mark.parametrize("kind", ["txt", "html", "mht", "docx", PDF])
@pytest.mark.parametrize("stem", STEMS)
def test_quotes_lie_in_their_block_and_page(read_as, stem, kind):
    reading = read_as(stem, kind)
    blocks = reading.document.blocks

    assert blocks
    for one in (*reading.figures, *reading.statements):
        block = blocks[one.block]
        assert block.start <= one.start < one.end <= block.end
        assert one.page == block.page
    assert (blocks[0].page is not None) == (kind == "pdf")


@pytest.mark.parametrize("kind", ["txt", "html", "mht", "docx", PDF])
def test_document_is_known_in_every_format(read_as, kind):
    document = read_as("云栖县2024", kind).document
    shown = "2025-03-18" if kind in ("txt", "html", "mht") else "None"

    assert document.format == kind
    assert document.title == "云栖县2024年法治政府建设年度报告"
    assert (document.entity, document.level, document.kind) == ("云栖县", "county", "report")
    assert str(document.period.end) == "2024-12-31"
    assert str(document.signed_date) == "2025-02-26"
    assert str(document.publish_date) == shown


def test_furniture_of_the_site_is_not_read(read_as, maker, reports):
    page = maker.make((reports / "云栖县2024.txt").read_text(encoding="utf-8"), "html").decode()
    text = read_as("云栖县2024", "html").document.text
    furniture = [
        "1286",
        "3285176",
        "99%",
        "突破500件",
        "ICP备",
        "网站标识码",
        "浏览次数",
        "最新公开",
    ]

    assert all(one in page for one in furniture)
    assert [one for one in furniture if one in text] == []


def test_automatic_numbers_of_word_are_numbers_of_blocks(read_as):
    blocks = read_as("云栖县2024", "docx").document.blocks
    numbers = [block.number for block in blocks if block.number]

    assert numbers[:3] == ["一、", "二、", "三、"]
    assert numbers[8:] == ["九、", "（一）", "（二）", "（三）", "十、", "（一）", "（二）"]


def test_footnote_of_word_is_a_note_and_waits_for_a_person(read_as):
    reading = read_as("云栖县2024", "docx")
    notes = [block for block in reading.document.blocks if block.kind is BlockKind.NOTE]
    in_note = [f for f in reading.figures if f.block in {block.index for block in notes}]

    assert len(notes) == 1
    assert [f.number_text for f in in_note] == ["49", "4"]
    assert {f.confidence for f in in_note} == {"review"}


@pytest.mark.slow
def test_running_head_and_page_numbers_of_pdf_are_left_out(read_as):
    document = read_as("云栖县2024", "pdf").document

    assert document.text.count(document.title) == 1
    assert "— 2 —" not in document.text
    assert {block.page for block in document.blocks} == set(range(1, 9))
