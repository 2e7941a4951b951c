"""Awkward results on paper: nothing leaves the page, the summary keeps to one page."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from assessor.render import missing_glyphs, render_pdf

pytestmark = pytest.mark.slow

NAMES = ("sample", "long-name", "worst", "nothing", "block", "core", "long-texts", "review")
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)


def test_edge_cases_cover_all_prepared_results(case_names):
    assert set(NAMES) == set(case_names)


@pytest.mark.parametrize("name", NAMES)
def test_cover_and_summary_take_one_page_each(name, page_texts):
    pages = page_texts(name)

    assert "标尺（规则指纹）" in pages[0]
    assert "一、总体评价" in pages[1]
    assert pages[2].lstrip().startswith("二、逐项评分")


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_without_text(name, page_texts):
    assert [number for number, text in enumerate(page_texts(name)) if len(text) < 90] == []


def _boxes(content: bytes, tmp_path):
    source = tmp_path / "report.pdf"
    source.write_bytes(content)
    target = tmp_path / "report.html"
    subprocess.run(["pdftotext", "-bbox", str(source), str(target)], check=True)
    words = target.read_text(encoding="utf-8", errors="replace")  # poppler splits rare characters
    for number, page in enumerate(_PAGE.finditer(words), start=1):
        width, height = float(page[1]), float(page[2])
        for word in _WORD.finditer(page[3]):
            yield number, width, height, tuple(float(word[i]) for i in range(1, 5)), word[5]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is absent")
@pytest.mark.parametrize("name", NAMES)
def test_no_word_leaves_the_text_area(name, pdfs, tmp_path):
    """Pages have margins of 14 mm (39.7 pt) or more; the cover's band reaches its edges."""
    margin = 39.0
    outside = [
        (number, box, word)
        for number, width, height, box, word in _boxes(pdfs(name).content, tmp_path)
        if box[0] < (0 if number == 1 else margin)
        or box[2] > width - (0 if number == 1 else margin)
        or box[1] < 0
        or box[3] > height
    ]

    assert outside == []


def test_thirty_characters_stand_whole_on_the_cover(assessments, page_texts):
    name = assessments("long-name").entity.name

    assert len(name) == 30
    assert name in page_texts("long-name")[0].replace("\n", "")
    assert f"{name} · 2024年度" in page_texts("long-name")[1]


def test_cover_says_full_marks_no_marks_and_none(assessments, page_texts):
    assert assessments("core").totals.total_points == 100
    assert "100.00" in page_texts("core")[0]
    assert assessments("nothing").totals.total_points == 0
    assert "0.00" in page_texts("nothing")[0]
    assert assessments("block").totals.total_points is None
    assert "未评定" in page_texts("block")[0]


def test_undisclosed_is_never_printed_as_failed(assessments, page_texts):
    """Only the disclosure rate itself, which the engine counts, is not met."""
    outcomes = {outcome.value: count for outcome, count in assessments("nothing").totals.outcomes}
    summary = page_texts("nothing")[1]

    assert outcomes["not_met"] == 1
    assert f"未披露\n{outcomes['not_reported']} 项" in summary


def test_rare_characters_of_place_names_are_drawn(pdfs):
    assert pdfs("long-texts").missing == ()


def test_missing_characters_are_named(assessments):
    """Hieroglyphs are in no Chinese font; each is named once, whatever its number."""
    result = assessments("core")
    named = result.model_copy(
        update={
            "entity": result.entity.model_copy(
                update={"name": "甲\U00013080县\U00013081\U00013080"}
            )
        }
    )

    assert render_pdf(named).missing == ("\U00013080", "\U00013081")


def test_missing_glyphs_of_ordinary_text_are_none():
    assert missing_glyphs("法治政府建设年度报告") == ()
    assert missing_glyphs("县\U00013080") == ("\U00013080",)
