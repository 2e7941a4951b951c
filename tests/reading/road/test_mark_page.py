"""`assessor mark`: the whole report, every number in its colour, nothing that runs or loads."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from assessor.reading.drafting import evidence_of
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
        self.stated = []
        self.said = None
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
        if tag == "u" and self.in_main:
            self.said = [dict(attrs)["class"], dict(attrs).get("title", ""), ""]
        self.skip = tag == "span"

    def handle_endtag(self, tag):
        if tag == "mark" and self.mark:
            self.marks.append(tuple(self.mark))
            self.mark = None
        if tag == "u" and self.said:
            self.stated.append(tuple(self.said))
            self.said = None
        if tag == "main":
            self.in_main = False
        if tag == "span":
            self.skip = False

    def handle_data(self, data):
        if self.in_main and self.blocks and not self.skip:
            self.blocks[-1] += data
            if self.mark:
                self.mark[2] += data
            if self.said:
                self.said[2] += data


@pytest.fixture
def found(judge, text):
    return judge(text)


@pytest.fixture
def reading(found):
    return found.reading


@pytest.fixture
def html(found):
    return render_mark(found.reading, found.uses)


@pytest.fixture
def page(html):
    return Page(html)


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
    assert ("846", "scored") in of_text
    assert ("80", "uncounted") not in of_text
    assert ("98", "plan") in of_text
    assert ("98", "scored") not in of_text
    assert ("3月", "none") not in of_text


def test_hover_names_item_indicator_year_and_reason(page):
    titles = {text: title for css, title, text in page.marks if css == "scored"}

    assert titles["97.22"] == (
        "已计分：民生事项“一证通办”率（A2）＝97.22%；2024年；同一分句内，数字前写明名称"
    )
    assert all(title for _, title, _ in page.marks)


def test_legend_counts_the_marks_of_each_colour(html, page):
    counts = dict(re.findall(r'<li><mark class="(\w+)">[^<]+</mark> (\d+)</li>', html))
    shown = Counter(css for css, _, _ in page.marks if css != "none")

    assert list(counts) == [css for css, _ in LEGEND]
    assert {css: int(counts[css]) for css in counts if css != "none"} == {
        css: shown[css] for css in counts if css != "none"
    }


def test_legend_agrees_with_the_scorecard(html, found):
    """Both say the same of every figure and statement: one count, made once."""
    counts = dict(re.findall(r'<li><mark class="(\w+)">[^<]+</mark> (\d+)</li>', html))
    said = dict(re.findall(r'<li><u class="(\w+)">[^<]+</u> (\d+)</li>', html))
    report = found.assessment.report

    assert {use: n for use, n in counts.items() if use != "none" and n != "0"} == {
        use.value: str(n) for use, n in report.figures
    }
    assert {use: n for use, n in said.items() if n != "0"} == {
        use.value: str(n) for use, n in report.statements
    }
    assert sum(n for _, n in report.figures) == len(found.reading.figures)


def test_figure_is_scored_only_where_a_part_that_counts_quotes_it(found):
    counted, shown = set(), set()
    for one in found.assessment.indicators:
        for part in one.parts:
            quotes = {(proof.quote, proof.focus) for proof in part.evidence}
            (counted if part.max_points else shown).update(quotes)
    by_use = {"scored": [], "uncounted": []}
    for figure, use in zip(found.reading.figures, found.uses.figures, strict=True):
        if use.value in by_use:
            proof = evidence_of(figure, found.reading)
            by_use[use.value].append((proof.quote, proof.focus))

    assert by_use["scored"]
    assert set(by_use["scored"]) <= counted
    assert set(by_use["uncounted"]) <= shown


def test_indicator_without_target_counts_nothing_and_its_figure_says_so(judge):
    """A county without a plan of its own: no target for 持证率, so it leaves the total."""
    found = judge(
        "青溪县2024年法治政府建设年度报告\n一、主要工作\n"
        "全县行政执法证件持证率92.5%，公平竞争审查覆盖率100%。\n"
    )
    page = Page(render_mark(found.reading, found.uses))

    assert {(text, css) for css, _, text in page.marks if css in ("scored", "uncounted")} == {
        ("92.5", "uncounted"),
        ("100", "scored"),
    }


def test_without_a_score_nothing_is_marked_as_scored(reading):
    marks = Page(render_mark(reading)).marks

    assert {css for css, _, _ in marks}.isdisjoint({"scored", "uncounted"})


def test_statements_are_marked_and_say_what_became_of_them(page, reading):
    titles = [title for css, title, _ in page.stated if css == "scored"]
    shown = "".join(text for _, _, text in page.stated)

    assert any(
        title.startswith("表述·已计分：年度重大行政决策目录") or "决策目录" in title
        for title in titles
    )
    assert "有2项决策的案卷材料不齐全" in shown
    assert any(css == "negative" for css, _, _ in page.stated)
    assert all(title for _, title, _ in page.stated)
    assert len(reading.statements) > 0


def test_compliance_on_the_page_carries_quote_and_place(html, reading):
    check = next(one for one in reading.compliance if one.quote)

    assert f"<td>{check.quote}（第" in html


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
