"""`assessor mark`: the whole report, every number in its colour, nothing that runs or loads."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from assessor.render import render_mark
from assessor.view.mark import LEGEND

HOSTILE = """云栖县2024年法治政府建设年度报告
一、主要工作 <script>alert("1")</script>
全县<img src=x onerror=alert(1)>行政机关负责人出庭应诉率97.78%，" onmouseover="alert(2)"。
全县“</mark><b>法治”监督员60名，</p></body>。
https://evil.example/x.js 公布清单4类。
{{ view.title }} {% raw %} 常务会议学法9次。
"""


class Page(HTMLParser):
    """Collects tags, marks of the report and the visible text of its paragraphs."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.marks = []
        self.blocks = []
        self.in_main = False
        self.mark = None
        self.skip = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.in_main = self.in_main or tag == "main"
        if tag == "p" and self.in_main:
            self.blocks.append("")
        if tag == "mark" and self.in_main:
            self.mark = [dict(attrs)["class"], dict(attrs).get("title", ""), ""]
        self.skip = tag == "span"

    def handle_endtag(self, tag):
        if tag == "mark" and self.mark:
            self.marks.append(tuple(self.mark))
            self.mark = None
        if tag == "main":
            self.in_main = False
        if tag == "span":
            self.skip = False

    def handle_data(self, data):
        if self.in_main and self.blocks and not self.skip:
            self.blocks[-1] += data
            if self.mark:
                self.mark[2] += data


@pytest.fixture
def reading(read, text):
    return read(text)


@pytest.fixture
def page(reading):
    return Page(render_mark(reading))


def test_text_of_the_report_is_whole(page, reading):
    document = reading.document
    shown = [block.rstrip("\n") for block in page.blocks]

    assert shown == [document.text[one.start : one.end] for one in document.blocks]


def test_every_figure_is_marked_with_its_number(page, reading):
    marked = Counter(text for css, _, text in page.marks if css != "none")

    assert marked == Counter(one.number_text for one in reading.figures)


def test_numbers_that_are_no_figures_are_marked_and_say_why(page, reading):
    dropped = [(title, text) for css, title, text in page.marks if css == "none"]

    assert len(dropped) > 20
    assert {text for _, text in dropped} <= {one.quote for one in reading.discarded}
    assert all(title.startswith("不是数据：") for title, _ in dropped)


def test_colour_says_what_became_of_a_figure(page):
    of_text = {(text, css) for css, _, text in page.marks}

    assert ("97.78", "scored") in of_text
    assert ("380", "linked") in of_text
    assert ("3006", "waiting") in of_text
    assert ("1.02", "past") in of_text
    assert ("846", "past") in of_text
    assert ("98", "plan") in of_text
    assert ("98", "scored") not in of_text
    assert ("3月", "none") not in of_text


def test_hover_names_item_indicator_year_and_reason(page):
    titles = {text: title for css, title, text in page.marks if css == "scored"}

    assert titles["97.22"] == (
        "民生事项“一证通办”率（A2）＝97.22%；2024年；同一分句内，数字前写明名称"
    )
    assert all(title for _, title, _ in page.marks)


def test_legend_counts_the_marks_of_each_colour(reading, page):
    html = render_mark(reading)
    counts = dict(re.findall(r'<li><mark class="(\w+)">[^<]+</mark> (\d+)</li>', html))
    shown = Counter(css for css, _, _ in page.marks if css != "none")

    assert list(counts) == [css for css, _ in LEGEND]
    assert {css: int(counts[css]) for css in counts if css != "none"} == {
        css: shown[css] for css in counts if css != "none"
    }


def test_page_holds_no_script_and_loads_nothing(page, reading):
    names = {tag for tag, _ in page.tags}
    keys = {key for _, attrs in page.tags for key in attrs}

    assert names.isdisjoint({"script", "img", "link", "iframe", "object", "form", "a"})
    assert keys <= {"lang", "charset", "http-equiv", "content", "name", "class", "title"}
    assert "default-src 'none'" in render_mark(reading)


def test_markup_in_a_report_stays_text(read):
    reading = read(HOSTILE)
    page = Page(render_mark(reading))

    assert [one.value for one in reading.figures][:1]
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "b"})
    assert not [key for _, attrs in page.tags for key in attrs if key.startswith("on")]
    assert '<script>alert("1")</script>' in "".join(page.blocks)
    assert "{{ view.title }} {% raw %}" in "".join(page.blocks)


def test_command_writes_the_page_and_says_where(cli, samples, tmp_path):
    out = tmp_path / "核对.html"
    ran = cli("mark", samples / "reports" / "新昌县2019.docx", "-o", out)
    html = out.read_text(encoding="utf-8")

    assert ran.code == 0
    assert ran.out.strip() == str(out)
    assert "<h1>新昌县2019年度法治政府建设情况报告</h1>" in html
    assert "报告合规检查" in html
