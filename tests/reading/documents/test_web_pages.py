"""Saved web pages: the article is found and the page around it is left out."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.errors import SubmissionUnreadable
from schemas.reading import BlockFlag, BlockKind

ARTICLE = [
    "云栖县2024年度法治政府建设情况报告",
    "2024年，全县行政机关负责人出庭应诉率97.78%，行政复议审结131件，纠错6件。",
    "全年开展执法检查4.97万次，办理行政处罚案件2016件，没有一件被法院判决撤销。",
    "下一步，继续加强行政执法监督，推动行政争议实质性化解，不断提高依法行政水平。",
]
INNER = "".join(f"<p>{line}</p>" for line in ARTICLE)


def page(body: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    )


def test_h1_declared_gb2312_keeps_characters_outside_gb2312(read, texts):
    line = "朱镕基同志曾在喆里村调研，全村调解纠纷704件，昇平路司法所参与调解12件。"
    content = page(f"<div id=zoom><p>{line}</p></div>").replace("utf-8", "gb2312").encode("gb18030")

    assert texts(read(content, "报告.htm").document) == [line]


@pytest.mark.parametrize("depth", [300, 1000, 2500])
def test_h2_text_below_256_levels_is_kept(depth, read_html, texts):
    body = "<div>" * depth + INNER + "</div>" * depth

    assert texts(read_html(page(body))) == ARTICLE


def test_h3_numbers_split_by_spans_stay_whole(read_html, texts):
    body = (
        "<div class='TRS_Editor'><p><span>全年审结行政复议案件</span><span>7</span><span>0</span>"
        "<b>4</b>件，纠错率为<font>4</font><span>.</span><span>97</span>\n<span>%</span>，\n"
        "<span>办结</span>\n<span>12</span>\n<span>件</span>。</p></div>"
    )

    assert texts(read_html(page(body))) == ["全年审结行政复议案件704件，纠错率为4.97%，办结12件。"]


def test_h4_counters_sidebars_footers_and_hidden_blocks_are_left_out(read_html, texts):
    body = f"""
      <script>var hits = 889900;</script><style>.off {{ display: none }}</style>
      <div class="header"><a href="/">首页</a> 今日访问 4521 人次，累计访问 9876543 人次。</div>
      <div class="main"><div class="article-body-wrap">{INNER}
        <p style="display:none">隐藏的段落，审结999件，不应读出。</p>
        <p class="off">样式表隐藏的段落，审结888件，不应读出。</p></div>
        <div class="sidebar"><ul><li><a>云栖县2023年度法治政府建设情况报告</a></li>
          <li><a>云栖县2022年度办理案件1234件，创新高。</a></li></ul></div></div>
      <div class="footer">浙ICP备05001234号 联系电话：0571-88888888，访问量：1234567</div>"""

    assert texts(read_html(page(body))) == ARTICLE


def test_h5_data_table_beside_the_article_is_kept(read_html, texts):
    rows = "<tr><td>指标</td><td>数量</td></tr><tr><td>行政复议审结</td><td>131件</td></tr>"
    body = (
        f"<div class='wrap'><div class='text'>{INNER}</div><div><table>{rows}</table></div></div>"
        "<table class='count'><tr><td>访问</td><td>9999</td></tr><tr><td>今日</td><td>8</td></tr>"
        "</table>"
    )

    document = read_html(page(body))

    assert texts(document) == [*ARTICLE, "指标", "数量", "行政复议审结", "131件"]
    assert [block.kind for block in document.blocks[-4:]] == [BlockKind.CELL] * 4


def test_h5_known_container_wins_over_longer_text_elsewhere(read_html, texts):
    other = "<p>网站公告：系统维护期间，办事服务暂停，请市民留意，不便之处敬请谅解。</p>"
    body = f"<div id='UCAP-CONTENT'>{INNER}</div><div class='notice'>{other * 3}</div>"

    assert texts(read_html(page(body))) == ARTICLE


def test_h6_page_saved_as_web_archive_is_read(read, texts):
    content = (
        "From: <Saved by Browser>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----x"\r\n\r\n'
        "------x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit"
        f"\r\n\r\n{page(f'<div id=zoom>{INNER}</div>')}\r\n------x\r\n"
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n"
        "------x--\r\n"
    ).encode()

    document = read(content, "报告.mht").document

    assert (document.format, texts(document)) == ("mht", ARTICLE)


def test_line_breaks_part_paragraphs(read_html, texts):
    body = f"<div id='zoom'>{'<br/><br/>　　'.join(ARTICLE)}</div>"

    assert texts(read_html(page(body))) == ARTICLE


def test_layout_table_is_read_as_paragraphs(read_html, texts):
    body = (
        "<table><tr><td>导航</td><td>新闻</td></tr><tr><td>专题</td>"
        f"<td><table><tr><td>{INNER}</td></tr></table></td></tr></table>"
    )

    document = read_html(page(body))

    assert texts(document) == ARTICLE
    assert not any(block.cell for block in document.blocks)


def test_merged_cells_stand_once_at_their_first_place(read_html):
    rows = (
        "<tr><th rowspan=2>单位</th><th colspan=2>案件</th></tr><tr><th>受理</th><th>审结</th></tr>"
        "<tr><td>县公安局</td><td>40</td><td>38</td></tr>"
    )
    document = read_html(page(f"<div id=zoom>{INNER}<table>{rows}</table></div>"))
    cells = {
        document.text[block.start : block.end]: (block.cell.row, block.cell.column)
        for block in document.blocks
        if block.cell
    }

    assert cells == {
        "单位": (1, 1), "案件": (1, 2), "受理": (2, 2), "审结": (2, 3),
        "县公安局": (3, 1), "40": (3, 2), "38": (3, 3),
    }  # fmt: skip


def test_struck_text_never_touches_the_number_beside_it(read_html, texts):
    body = f"<div id=zoom>{INNER}<p>审结<del>600</del>704件。</p></div>"
    document = read_html(page(body))

    assert texts(document)[-2:] == ["审结704件。", "600"]
    assert all(block.flags == (BlockFlag.STRUCK,) for block in document.blocks[-2:])


@pytest.mark.parametrize(("mark", "text"), [("[1]", "704件"), ("2", "704件")])
def test_note_marks_are_not_read_as_digits(mark, text, read_html, texts):
    body = f"<div id=zoom>{INNER}<p>审结704<sup>{mark}</sup>件，面积3m<sup>2</sup>。</p></div>"

    assert texts(read_html(page(body)))[-1] == f"审结{text}，面积3m²。"


def test_list_items_carry_their_number_beside_the_text(read_html):
    body = f"<div id=zoom>{INNER}<ol start=3><li>第三项措施已经完成。</li><li>第四项。</li></ol>"
    document = read_html(page(body))

    assert [block.number for block in document.blocks[-2:]] == ["3.", "4."]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta name='PubDate' content='2025-03-04 11:07'>", ""),
        ("<meta name='publishdate' content='2025/3/4'>", "<p>发布日期：2025-03-09</p>"),
        ("", "<div class='info'>发布日期：2025-03-04 11:07 信息来源：县司法局 浏览次数：88</div>"),
        ("", "<div><span>来源：县司法局</span> <span>发布时间：2025年3月4日</span></div>"),
        ("", "<div>2025-03-04 10:20 来源：县司法局 字号：[大] [中] [小]</div>"),
        ("", ("<table><tr><td>成文日期</td><td>2025-02-18</td><td>索引号</td><td>001-2</td></tr>"
             "<tr><td>发布机构</td><td>县政府</td><td>发布日期</td><td>2025-03-04</td></tr></table>")),
    ],
)  # fmt: skip
def test_day_of_publication_comes_from_metadata_or_head_lines(head, body, read_html, texts):
    document = read_html(page(f"{body}<div id=zoom>{INNER}</div>", head))

    assert document.publish_date == date(2025, 3, 4)
    assert texts(document) == ARTICLE


def test_days_in_the_article_are_no_day_of_publication(read_html):
    body = f"<div id=zoom>{INNER}<p>2025年2月18日</p></div>"

    assert read_html(page(body)).publish_date is None


def test_title_outside_the_article_becomes_its_first_block(read_html, texts):
    rest = "".join(f"<p>{line}</p>" for line in ARTICLE[1:])
    head = f"<title>{ARTICLE[0]}_政务公开_云栖县人民政府网</title>"
    document = read_html(page(f"<h1>{ARTICLE[0]}</h1><div id=zoom>{rest}</div>", head))

    assert texts(document) == ARTICLE
    assert document.title == ARTICLE[0]
    assert document.blocks[0].kind is BlockKind.HEADING


def test_page_without_article_is_refused(read):
    with pytest.raises(SubmissionUnreadable, match="没有正文"):
        read(page("<script>render()</script><div id=app></div>").encode(), "报告.html")
