"""Where a page comes from, its preformatted text, counters, pages without an article."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.errors import SubmissionUnreadable
from schemas.reading import BlockKind

TITLE = "云溪县2024年法治政府建设年度报告"
LINES = [
    TITLE,
    "一、主要举措和成效",
    "全县办结行政复议申请112件，直接纠错5件。",
    "二、存在的不足",
    "少数部门的执法记录不够规范。",
    "云溪县人民政府",
    "2025年2月18日",
]
BODY = "".join(f"<p>{line}</p>" for line in LINES[1:])


def page(body: str, head: str = "") -> str:
    return f"<html><head><meta charset=utf-8>{head}<title>{TITLE}</title></head>{body}</html>"


@pytest.mark.parametrize(
    "line",
    [
        "发布日期：2025-03-12 来源：云溪县司法局 浏览次数：345次",
        "发布日期：2025-03-12来源：云溪县司法局浏览次数：345次",
        "信息来源： 云溪县司法局",
        "[来源：云溪县司法局] [字号：大 中 小]",
        "来  源：云溪县司法局",
    ],
)
def test_source_of_the_head_is_kept(line, read_html, read, texts):
    web = read_html(page(f"<h1>{TITLE}</h1><div>{line}</div><div id=zoom>{BODY}</div>"))
    plain = read("\n".join([TITLE, line, *LINES[1:]]).encode(), "a.txt").document

    assert (web.source, plain.source) == ("云溪县司法局", "云溪县司法局")
    assert texts(plain) == LINES


def test_source_of_metadata_and_of_an_account(read_html):
    meta = read_html(page(BODY, "<meta name=ContentSource content='云溪县政府办公室'>"))
    account = read_html(
        page(
            f"<h1>{TITLE}</h1><a id=js_name> 法治云溪 </a><em id=publish_time>2025-03-12 18:30</em>"
            f"<div id=js_content>{BODY}</div>"
        )
    )

    assert meta.source == "云溪县政府办公室"
    assert (account.source, account.publish_date) == ("法治云溪", date(2025, 3, 12))


def test_source_of_money_in_the_text_is_none(read_html):
    assert not read_html(page(f"{BODY}<p>资金来源：县级财政</p>")).source


@pytest.mark.parametrize("day", ["2025年03月12日 09:12", "2025-03-12 09:12:30"])
def test_day_with_its_hour_below_the_title_is_the_day_of_publication(day, read_html):
    document = read_html(page(f"<h2>{TITLE}</h2><h3>{day}</h3><div class=content>{BODY}</div>"))

    assert document.publish_date == date(2025, 3, 12)


def test_bare_day_below_the_title_is_none(read_html):
    body = f"<h2>{TITLE}</h2><p>2025年2月10日</p><div class=content>{BODY}</div>"

    assert read_html(page(body)).publish_date is None


@pytest.mark.parametrize("end", ["\n", "<br>", "\r\n"])
def test_lines_of_preformatted_text_are_paragraphs(end, read_html, texts):
    document = read_html(page(f"<pre>{end.join(LINES)}</pre>"))

    assert texts(document) == LINES
    assert [block.kind for block in document.blocks[:2]] == [BlockKind.HEADING] * 2


def test_preformatted_text_with_paragraphs_is_read_as_usual(read_html, texts):
    assert texts(read_html(page(f"<pre><p>{'</p><p>'.join(LINES)}</p></pre>"))) == LINES


@pytest.mark.parametrize(
    "line",
    [
        "附件：1.统计表.xls（下载次数：88次，大小：56KB）",
        "附件：年度统计表.xlsx（56KB，下载666次）",
        "统计表.docx [1.2MB] 下载 35 次",
    ],
)
@pytest.mark.parametrize("wrap", ["<p>%s</p>", "<br>%s", "<div class=fj>%s</div>"])
def test_counter_of_an_attachment_is_left_out(wrap, line, read_html, texts):
    body = f"<div class=unknown>{BODY}{wrap % line}</div>"

    assert texts(read_html(page(body))) == LINES


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("404", "<h1>404 您访问的页面不存在</h1><p>5秒后跳转</p>"),
        ("错误", "<p>抱歉，您访问的文章已被删除</p>"),
        ("云溪县人民政府", "<div>正在加载，请稍候……</div>"),
        (TITLE, "<div id=app></div><script>var text = '全年112件。'</script>"),
    ],
)
def test_page_without_an_article_is_refused(title, body, read):
    content = f"<html><meta charset=utf-8><title>{title}</title><body>{body}</body></html>"

    with pytest.raises(SubmissionUnreadable) as refusal:
        read(content.encode(), "报告.html")

    assert refusal.value.code == "no-article"


def test_report_that_speaks_of_404_cases_is_read(read_html):
    body = "<p>全年办结案件404件，网上平台的页面访问更快，信息已删除重复项。</p>"

    assert "404件" in read_html(page(f"<h1>{TITLE}</h1>{body}{BODY}")).text
