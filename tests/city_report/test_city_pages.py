"""The 通报 on paper: tags, bookmarks, running parts, tables over pages, nothing off the page."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.slow

NAMES = ("twelve", "one", "blocked", "two-hundred", "nobody", "missing")
PARTS = [
    "封面", "一、总体情况", "二、排名", "三、一级指标得分率", "四、共性短板", "五、与上年相比",
    "六、报送情况", "七、数据质量", "八、请单位说明的问题", "九、方法",
]  # fmt: skip
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)


@pytest.mark.parametrize("name", NAMES)
def test_bookmarks_name_all_parts_in_order(name, readers):
    first = [one.title for one in readers(name).outline if not isinstance(one, list)]

    assert first == PARTS


@pytest.mark.parametrize("name", NAMES)
def test_cover_and_summary_take_one_page_each(name, page_texts):
    pages = page_texts(name)

    assert "评估通报" in pages[0]
    assert "一、总体情况" in pages[1]
    assert "二、排名" in pages[2]


@pytest.mark.parametrize("name", NAMES)
def test_every_page_but_the_cover_is_numbered(name, page_texts):
    pages = page_texts(name)
    count = len(pages)

    assert "页 / 共" not in pages[0]
    for number, text in enumerate(pages[1:], start=2):
        assert f"第 {number} 页 / 共 {count} 页" in text


@pytest.mark.parametrize("name", NAMES)
def test_every_character_can_be_drawn(name, pdfs):
    assert pdfs(name).missing == ()


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_without_text(name, page_texts):
    assert [number for number, text in enumerate(page_texts(name), 1) if len(text) < 60] == []


def test_pdf_is_tagged_and_says_its_language(readers):
    root = readers("twelve").trailer["/Root"]

    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def test_metadata_comes_from_the_manifest(readers):
    info = readers("twelve").metadata
    xmp = readers("twelve").xmp_metadata

    assert info.title == "临江市2024年度法治政府建设年度报告评估通报"
    assert info["/CreationDate"] == "D:20241231000000+08'00"
    assert xmp.dc_title["x-default"] == info.title


def test_manifest_without_a_year_has_no_date(readers):
    assert "/CreationDate" not in readers("nobody").metadata


def test_binding_and_reference_stand_in_tables_of_their_own(readers):
    second = [
        one.title for group in readers("twelve").outline if isinstance(group, list) for one in group
    ]

    assert [title for title in second if title.endswith("排名")] == [
        "约束性考核排名", "参照评估排名",
    ]  # fmt: skip
    assert [title for title in second if title in ("约束性考核", "参照评估")] == [
        "约束性考核", "参照评估",
    ]  # fmt: skip


def test_only_the_ranking_lies_across(readers, page_texts):
    across = [
        "二、排名" in text
        for page, text in zip(readers("two-hundred").pages, page_texts("two-hundred"), strict=True)
        if page.mediabox.width > page.mediabox.height
    ]

    assert len(across) > 10
    assert all(across)


@pytest.mark.parametrize(
    ("part", "header", "least"),
    [
        ("二、排名", "可能名次", 11),
        ("三、一级指标得分率", "B 依法行政制", 5),
        ("七、数据质量", "核心指标披露率", 5),
    ],
)
def test_headers_are_repeated_where_a_table_goes_on(part, header, least, page_texts):
    """The running header names the part a page begins with."""
    going_on = [
        text
        for text in page_texts("two-hundred")
        if re.search(rf"大河市 · 2024年度\s*{part}", text)
    ]

    assert len(going_on) >= least
    assert all(header in text for text in going_on)


def test_two_hundred_entities_all_stand_in_every_table(manifests, page_texts):
    """Once in the ranking as an entity, in the heat map and in the data-quality league."""
    text = "\n".join(page_texts("two-hundred"))
    names = [one.entity for one in manifests("two-hundred").entities]
    rows = {name: len(re.findall(rf"^{re.escape(name)}\b", text, re.MULTILINE)) for name in names}
    short = {name: count for name, count in rows.items() if len(name) < 10 and count < 2}

    assert len(names) == 200
    assert short == {}


def _boxes(content: bytes, tmp_path):
    source, target = tmp_path / "city.pdf", tmp_path / "city.html"
    source.write_bytes(content)
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
