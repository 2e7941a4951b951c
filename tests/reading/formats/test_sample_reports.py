"""The stored reports: made from their text, true to the forms, nobody else's sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assessor.reading.documents import read_document
from scoring.yaml_strict import parse_yaml

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ROOT.parent / "shared" / "sources"
SAME = 28
STEMS = ["云栖县2024", "嘉兴市2021", "新昌县2019"]
NOT_IN_PROSE = {
    "嘉兴市2021": {"document-cleanup-total"},
    "新昌县2019": set(),
    "云栖县2024": set(),
}
"""Answers the form computes or that the report says in words."""


def text_of(stem):
    return (ROOT / "samples" / "reports" / f"{stem}.txt").read_text(encoding="utf-8")


def han(text):
    return re.sub(r"[^\u4e00-\u9fff]", "", text)


@pytest.mark.parametrize("name", ["云栖县2024.html", "嘉兴市2021.html"])
def test_stored_page_is_what_the_tool_makes(maker, reports, name):
    stem, _, kind = name.rpartition(".")

    assert (reports / name).read_bytes() == maker.make(text_of(stem), kind)


@pytest.mark.parametrize("name", ["云栖县2024.docx", "新昌县2019.docx"])
def test_stored_word_file_is_what_the_tool_makes(maker, reports, name):
    assert (reports / name).read_bytes() == maker.make(text_of(Path(name).stem), "docx")


@pytest.mark.slow
def test_stored_pdf_holds_the_text_the_tool_prints(read_as, reports):
    """Bytes hang on the fonts of the machine; the text does not."""
    stored = read_document(reports / "云栖县2024.pdf", in_process=True).document

    assert han(stored.text) == han(read_as("云栖县2024", "pdf").document.text)


@pytest.mark.parametrize(
    "kind", ["html", "mht", "docx", pytest.param("pdf", marks=pytest.mark.slow)]
)
def test_same_text_gives_the_same_bytes(maker, kind):
    text = text_of("嘉兴市2021")

    assert maker.make(text, kind) == maker.make(text, kind)


def test_text_without_line_of_publication_is_refused(maker):
    with pytest.raises(ValueError, match="no line of publication"):
        maker.parse_report("标题\n正文第一段。\n")


@pytest.mark.parametrize("stem", STEMS)
def test_report_is_as_long_as_real_ones(stem):
    assert 2500 <= len(text_of(stem)) <= 6000


@pytest.mark.parametrize("stem", STEMS)
def test_report_gives_every_number_of_its_form(stem):
    """Each value, numerator and denominator of the form stands in the prose, digit for digit."""
    form = parse_yaml((ROOT / "samples" / f"{stem}.yaml").read_text(encoding="utf-8")).value
    numbers = set(re.findall(r"(?<![\d.])\d+(?:\.\d+)?", text_of(stem)))
    words = {"0": "没有发生"}
    absent = [
        (answer["item"], name, answer[name])
        for answer in form["answers"]
        for name in ("value", "numerator", "denominator")
        if answer["item"] not in NOT_IN_PROSE[stem]
        and answer.get("unit") not in ("级", "日期", "是/否")
        and not answer.get("is_claim")
        and name in answer
        and str(answer[name]) not in numbers
        and words.get(str(answer[name]), "\n") not in text_of(stem)
    ]

    assert absent == []


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the published reports are not beside the repo")
@pytest.mark.parametrize("stem", STEMS)
def test_no_sentence_is_copied_from_a_published_document(stem):
    """Digits and marks left out, so that a copied list of figures counts as well."""
    own = han(text_of(stem))
    runs = {own[start : start + SAME] for start in range(len(own) - SAME + 1)}
    copied = {
        run
        for path in sorted(SOURCES.glob("*.txt"))
        for run in _runs(han(path.read_text(encoding="utf-8")))
        if run in runs
    }

    assert len(runs) > 1000
    assert copied == set()


def _runs(text):
    return (text[start : start + SAME] for start in range(len(text) - SAME + 1))


def test_demo_begins_with_the_stored_reports_where_the_published_are_absent(tools, tmp_path):
    tools.PUBLISHED = tmp_path
    names = [run.file.name for run in tools.report_runs()]

    assert names == ["嘉兴市2021.html", "新昌县2019.docx", "云栖县2024.pdf"]
    assert all(run.file.is_file() for run in tools.report_runs())
    assert tools.report_runs()[2].options[-2:] == ["--form", str(tools.SAMPLES / "云栖县2024.yaml")]


def test_demo_begins_with_the_published_reports_where_they_are(tools, tmp_path):
    (tmp_path / "002-jiaxing-report-2021.txt").write_text("报告", encoding="utf-8")
    tools.PUBLISHED = tmp_path

    assert [run.file.name for run in tools.report_runs()][:2] == [
        "002-jiaxing-report-2021.txt",
        "新昌县2019.docx",
    ]
