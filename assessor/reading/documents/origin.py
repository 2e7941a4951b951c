"""Where a page says it comes from, and pages that are no article at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from assessor.reading.documents.chrome import first_day, is_furniture
from assessor.reading.documents.titles import is_title_like

_ENDS = r"$|[\s|\uff5c\[\]【】()（），。；]"
_NEXT_KEY = (
    r"(?:发布|公开|公布|更新|浏览|访问|阅读|点击|作者|编辑|责编|审核|字号|字体|索引)"
    r"[^\s:：]{0,4}[:：]"
)
_SOURCE = re.compile(
    r"(?<![\u4e00-\u9fff])(?:信息|文章|稿件|内容|新闻)?来\s{0,4}源(?:于|单位|部门)?\s*[:：]\s*[\[【(（]?\s*"
    rf"(?P<name>[^\s:：|\uff5c\[\]【】()（），。；]{{2,40}}?)(?={_ENDS}|{_NEXT_KEY})"
)
_BARE_KEY = re.compile(r"[\[【(（]?(?:信息|文章|稿件|内容|新闻)?来\s{0,4}源\s*[:：]")
_NAME = re.compile(r"[^\s:：，。；\d]{2,30}")
_TIMED_DAY = re.compile(
    r"[\[【(（]?\s*20\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?\s*[T ]?\s*"
    r"\d{1,2}\s*[:：时]\s*\d{1,2}(?:\s*[:：分]\s*\d{1,2}\s*秒?)?\s*分?\s*[\]】)）]?"
)
_LINES_BELOW_TITLE = 4
_NO_ARTICLE = re.compile(
    r"(?<!\d)(?:40[034]|50[0234])(?!\d)[^。]{0,20}(?:页面|错误|出错|找不到|error|$)|"
    r"(?:页面|网页|内容|文章|信息)(?:不存在|已删除|已被删除|找不到|走丢|无法(?:访问|显示|打开))|找不到(?:您|你|该|网)|"
    r"not found|forbidden|bad gateway|(?:正在|努力)加载|加载中|loading|请稍[候后等]|"
    r"(?:启用|开启|支持)\s?javascript|浏览器版本(?:过低|太低)|系统维护|访问(?:过于频繁|验证|受限)|安全验证",
    re.IGNORECASE,
)
_SHORT = 200
_LINES_OF_BODY = 3


def source_of(lines: Sequence[str]) -> str:
    """Return where lines around an article say it comes from; empty when they do not."""
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        if not is_furniture(line):
            continue
        found = _SOURCE.search(line)
        if found:
            return found.group("name")
        if _BARE_KEY.fullmatch(line) and _NAME.fullmatch(following):
            return following
    return ""


def day_below_title(lines: Sequence[str]) -> date | None:
    """Return the day, with its hour, printed right below a title; None without one."""
    for index, line in enumerate(lines):
        above = lines[max(0, index - _LINES_BELOW_TITLE) : index]
        if _TIMED_DAY.fullmatch(line) and any(map(is_title_like, above)):
            return first_day(line)
    return None


def is_no_article(lines: Sequence[str], title: str) -> bool:
    """Say whether a page is an error page, or a shell that a script would have filled.

    Args:
        lines: what was read of the page.
        title: of the browser window.
    """
    rest = [line for line in lines if line.replace(" ", "") not in title.replace(" ", "")]
    if not rest:
        return bool(title) and not any("。" in line for line in lines)
    has_body = len(rest) >= _LINES_OF_BODY and any(map(is_title_like, lines))
    if has_body or sum(map(len, rest)) > _SHORT:
        return False
    return bool(_NO_ARTICLE.search("\n".join([title, *lines])))
