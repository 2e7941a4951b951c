"""The PDF: its numbers, its attachment, its tags and its running parts."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from assessor.render import ATTACHMENT, render_html, result_json

pytestmark = pytest.mark.slow

STATIC = {
    Decimal(one)
    for one in (
        "0", "1", "2", "3",  # V0–V3: the evidence levels in the notes
    )
}  # fmt: skip


class Words(HTMLParser):
    """The text of a page, without its styles."""

    def __init__(self):
        super().__init__()
        self.pieces: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag, attrs):
        del attrs
        self._in_style = tag == "style"

    def handle_endtag(self, tag):
        del tag
        self._in_style = False

    def handle_data(self, data):
        if not self._in_style:
            self.pieces.append(data)


@pytest.mark.parametrize("name", ["sample", "review", "nothing"])
def test_every_number_in_the_pdf_is_in_the_embedded_result(name, readers, page_texts, numbers_in):
    """What is left must be page numbers, the list's own numbering or a count of names."""
    result = json.loads(readers(name).attachments[ATTACHMENT][0])
    known = numbers_in(json.dumps(result, ensure_ascii=False))
    pages = page_texts(name)
    counted = {Decimal(one) for one in range(1, max(len(pages), len(result["gaps"])) + 1)}
    if result["next_grade"]:
        counted.add(Decimal(len(result["next_grade"]["codes"])))
    unknown = {
        (number, page)
        for page, text in enumerate(pages, start=1)
        for number in numbers_in(text)
        if number not in known | counted | STATIC
    }

    assert unknown == set()


@pytest.mark.parametrize("name", ["sample", "review"])
def test_digests_in_the_pdf_are_those_of_the_result(name, assessments, page_texts):
    result = assessments(name)
    printed = set(re.findall(r"\b[0-9a-f]{16,64}\b", "\n".join(page_texts(name))))
    ruler = result.rules.ruler

    assert printed == {ruler, ruler[:16], result.submission_sha256}


def test_key_figures_are_printed(assessments, page_texts):
    totals = assessments("sample").totals
    cover, summary = page_texts("sample")[:2]

    for figure in (totals.total_points, totals.low_points, totals.high_points):
        assert str(figure) in cover
        assert str(figure) in summary


def test_browser_page_has_the_numbers_of_the_pdf(assessments, page_texts, numbers_in):
    words = Words()
    words.feed(render_html(assessments("sample")))
    in_html = numbers_in(" ".join(words.pieces))
    in_pdf = numbers_in("\n".join(page_texts("sample")))
    page_numbers = {Decimal(one) for one in range(1, len(page_texts("sample")) + 1)}

    assert in_pdf - page_numbers <= in_html
    # The page also describes the two charts in words, which the PDF keeps as alternative text.
    assert in_html - numbers_in(result_json(assessments("sample"))) <= page_numbers | {
        Decimal(one) for one in range(1, len(assessments("sample").gaps) + 1)
    }


def test_embedded_result_is_the_result(assessments, readers):
    attached = readers("sample").attachments

    assert list(attached) == [ATTACHMENT]
    assert attached[ATTACHMENT][0].decode("utf-8") == result_json(assessments("sample"))


def test_pdf_is_tagged_and_says_its_language(readers):
    root = readers("sample").trailer["/Root"]

    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def _kinds(node, found):
    node = node.get_object()
    if isinstance(node, dict):
        if "/S" in node:
            found[node["/S"]] = found.get(node["/S"], 0) + 1
        children = node.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            if not isinstance(child, int):
                _kinds(child, found)
    return found


def test_tables_have_tagged_headers_and_charts_are_figures(readers):
    kinds = _kinds(readers("core").trailer["/Root"]["/StructTreeRoot"], {})

    assert kinds["/TH"] > 20
    assert kinds["/Table"] > 10
    assert kinds["/Figure"] >= 3
    assert kinds["/H1"] == 1
    assert kinds["/H2"] == 6


def test_metadata_comes_from_the_result(readers):
    info = readers("sample").metadata
    xmp = readers("sample").xmp_metadata

    assert info.title == "云栖县2024年度法治政府建设年度报告评估评分单"
    assert info.author.startswith("fazhi-report-assessor ")
    assert info["/CreationDate"] == "D:20241231000000+08'00"
    assert xmp.dc_title["x-default"] == info.title


def test_bookmarks_name_the_parts_and_the_dimensions(readers):
    outline = readers("sample").outline
    first = [one.title for one in outline if not isinstance(one, list)]
    second = [one.title for group in outline if isinstance(group, list) for one in group]

    assert first == [
        "封面", "一、总体评价", "二、逐项评分", "三、整改清单",
        "四、数据质量", "五、方法与规则", "六、依据与来源",
    ]  # fmt: skip
    assert sum(title[:2] in [f"{letter} " for letter in "ABCDEFGHI"] for title in second) == 9


def test_every_page_but_the_cover_is_numbered_and_headed(page_texts):
    pages = page_texts("sample")
    count = len(pages)

    assert "页 / 共" not in pages[0]
    for number, text in enumerate(pages[1:], start=2):
        assert f"第 {number} 页 / 共 {count} 页" in text
        assert "云栖县 · 2024年度 " in text


def test_running_header_names_the_part_the_page_begins_with(page_texts):
    begins = {
        header[1]
        for text in page_texts("sample")[1:]
        if (header := re.search(r"云栖县 · 2024年度 (\S+)", text))
    }

    assert begins >= {"一、总体评价", "二、逐项评分", "三、整改清单", "四、数据质量"}


def test_headers_are_repeated_where_a_table_goes_on(page_texts):
    pages = page_texts("sample")
    going_on = [text for text in pages if "三、整改清单" in text]

    assert len(going_on) > 1
    assert all("发现的问题" in text for text in going_on)
    lines = [text for text in pages if re.search(r"年度 二、逐项评分", text)]
    assert len(lines) > 3
    assert all("目标与条款" in text for text in lines)


def test_only_the_remediation_list_lies_across(readers, page_texts):
    """A list without entries takes no page of its own."""
    across = {
        name: [
            "三、整改清单" in text
            for page, text in zip(readers(name).pages, page_texts(name), strict=True)
            if page.mediabox.width > page.mediabox.height
        ]
        for name in ("sample", "core")
    }

    assert across["sample"]
    assert all(across["sample"])
    assert across["core"] == []
