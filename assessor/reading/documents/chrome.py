"""What a web page prints around an article: metadata to keep, furniture to drop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from assessor.reading.documents.pieces import Piece
from assessor.reading.documents.titles import is_title_like

_HEAD = 40
_TAIL = 25
_LONGEST = 200
_PUBLISHED = r"(?:(?:信息)?发布|公开|公布|发文|发表)(?:日期|时间)"
_OTHER_DAYS = r"(?:录入|信息|上传|更新|生成|添加)?(?:日期|时间)"
_NEVER = r"成文(?:日期|时间)|制发日期|签发日期|印发日期|实施日期|生效日期|废止日期|失效日期"
_COUNTERS = r"(?:浏览|访问|阅读|点击|查看)(?:次数|量|数|率|人次)?|人气|阅读"
_SOURCES = (
    r"(?:信息|文章|稿件|内容)?来\s{0,4}源|稿源|供稿(?:单位)?|作者|(?:责任)?编辑|撰稿|责编|"
    r"审核|初审|终审|校对"
)
_CATALOGUE = (
    r"(?:信息)?索引号|索\s*引\s*号|统一编号|文件编号|发文字号|文\s*号|发文机[关构]|发布(?:机构|单位|部门|人)|公开(?:方式|时限|"
    r"范围|主体|形式|程序|责任部门|类别)|(?:主题|体裁|组配|信息|公文|所属)?(?:分类|类别)|主题词|服务对象|有效性|"
    r"效力状态|时效性?|有效期|信息名称|文件名称|关键[词字]|所属(?:机构|部门)|语种|内容概述|概述|责任部门"
)
_FURNITURE = (
    r"字号|字体(?:大小|颜色)?|分享(?:到|至)?|打印(?:本页|文章|页面)?|关闭(?:本页|窗口|页面)?|收藏(?:本[页站])?|"
    r"保护视力色|视力保护色?|背景色?|语音(?:播报|朗读)?|扫一扫[^。]{0,30}|我要纠错|返回(?:顶部|首页|列表)?|复制链接|下载|默认|超大"
)
_KEY = re.compile(
    rf"[\[【（(|]?\s*(?P<key>(?P<published>{_PUBLISHED})|(?P<never>{_NEVER})|(?P<other>{_OTHER_DAYS})|"
    rf"{_COUNTERS}|{_SOURCES}|{_CATALOGUE}|{_FURNITURE})\s*(?:[:：]|(?=\s*[\]】|]|$))"
)
_CRUMBS = re.compile(
    r"(?:(?:您)?(?:现在|当前|目前)?(?:所在|的)?(?:的)?位置(?:是|为)?\s*[:：]|首\s*页\s*(?:$|[>＞»\u203a/|→-]|&gt;))"
    r"|^[>＞»\u203a]|^[•·]?\s*\S{0,30}\s*[>＞»\u203a]\s*$"
)
_ARROWS = ">＞»\u203a"
_COLUMN = re.compile(r"[^:：。]{1,30}")
_BUTTONS = re.compile(
    r"[\s\[\]【】（）()|：:/,，、.。+\-—A-]*(?:(?:字号|字体|大小|大|中|小|特大|打印(?:本页|文章|页面)?|关闭(?:本页|窗口|页面)?|"
    r"收藏|分享(?:到|至)?|微信|微博|新浪|QQ(?:空间)?|默认|超大|返回(?:顶部|首页|列表)?|首页|繁体|简体|无障碍(?:阅读)?|"
    r"纠错|下载|朗读|T)[\s\[\]【】（）()|：:/,，、.。+\-—A]*){1,14}"
)
_FOOT = re.compile(
    r"^(?:上一[篇条页]|下一[篇条页]|相关(?:链接|文章|信息|新闻|文档|解读|阅读|附件下载)|主办(?:单位)?[:：]|承办(?:单位)?[:：]|"
    r"版权所有|网站(?:标识码|地图|声明)|政府网站标识码|技术支持|建议使用|关于我们|联系我们|Copyright|©|推荐阅读|延伸阅读|"
    r"政府网站找错|友情链接|总访问|今日访问|访问总量|扫一扫|微信扫)|ICP备|公网安备|网安备"
)
_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*日?"
    r"(?:\s*[T ]?\s*\d{1,2}\s*[:：时]\s*\d{1,2}(?:\s*[:：分]\s*\d{1,2})?)?"
)
_BARE_DAY = re.compile(rf"[\[【(（]?\s*(?:{_DAY.pattern})\s*[\]】)）]?")
_DAY_LINE = re.compile(rf"^\s*[\[【(（]?\s*(?:{_DAY.pattern})")
_PUBLISHED_DAY = re.compile(rf"(?:{_PUBLISHED})\s*[:：]\s*[\[【(（]?\s*(?:{_DAY.pattern})")
_TRAILER = re.compile(rf"(?:{_SOURCES}|{_COUNTERS}|{_FURNITURE})\s*[:：\[【]")
_ATTACHED = re.compile(
    r"(?:(?:相关)?附[件表]|\d{1,2}[.、．]|.{1,60}\.(?:docx?|xlsx?|pdf|wps|et|zip|rar))[^。]{0,80}"
    r"(?:(?:下载|点击|浏览)(?:次数|量|数)?\s*[:：]?\s*\d{1,9}\s*次|\d[\d.]{0,8}\s*[KkMm][Bb])[^。]{0,40}"
)
"""The line of an attachment with its size or how often it was fetched."""
_FILE_NAME = re.compile(r".{2,80}\.(?:docx?|pdf|wps|txt|html?)", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,9}\s*次?")


class Trimmed(NamedTuple):
    """Pieces of the article alone, and what the furniture said."""

    pieces: tuple[Piece, ...]
    publish_date: date | None = None
    publish_words: str = ""
    """The line that names the day."""
    column: str = ""
    """Where on its site the page stands: 首页 > 政务公开."""
    file_title: str = ""
    """Title of a file name printed above the text."""


class _Day(NamedTuple):
    rank: int
    day: date
    words: str


class Published(NamedTuple):
    """The day a page was published and the line that says so."""

    day: date
    words: str


def trim(pieces: Sequence[Piece]) -> Trimmed:
    """Take web furniture off the head and the tail; keep the day it names."""
    head, days, file_title = _trim_head(_without_catalogue(pieces[:_HEAD]))
    days = [*_catalogue_days(pieces[:_HEAD]), *days]
    tail, late = _trim_tail([*head, *pieces[_HEAD:]])
    ranked = sorted([*days, *late], key=lambda found: found.rank)
    column = column_of([piece.text for piece in pieces[:_HEAD]])
    if not ranked:
        return Trimmed(tuple(tail), column=column, file_title=file_title)
    return Trimmed(tuple(tail), ranked[0].day, ranked[0].words, column, file_title)


def column_of(lines: Sequence[str]) -> str:
    """Return where on its site a page stands, by the trail of links at its head; empty for none."""
    trail: list[str] = []
    for line in [*lines, ""]:
        words = line.strip()
        is_open = bool(trail) and trail[-1][-1] in _ARROWS and _COLUMN.fullmatch(words)
        if words and len(words) <= _LONGEST and (_CRUMBS.search(words[:60]) or is_open):
            trail.append(words)
            continue
        column = " ".join(trail)[:_LONGEST]
        if any(arrow in column for arrow in _ARROWS):
            return column
        trail.clear()
    return ""


def publish_day(lines: Sequence[str]) -> Published | None:
    """Return the day of publication that lines around an article name; None without one."""
    days: list[_Day] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if is_furniture(line):
            days += _days_in(line, following)
    best = min(days, key=lambda found: found.rank, default=None)
    return None if best is None else Published(best.day, best.words)


def first_day(text: str) -> date | None:
    """Return the first calendar day written in a text; None without a real one."""
    for found in _DAY.finditer(text):
        day = _as_day(found)
        if day is not None:
            return day
    return None


def is_furniture(line: str) -> bool:
    """Say whether a whole line is page furniture or metadata, at the head of a page."""
    if not line or len(line) > _LONGEST:
        return False
    if _ATTACHED.fullmatch(line):
        return True
    if _BUTTONS.fullmatch(line[:80]) or _CRUMBS.search(line[:60]) or _FOOT.search(line):
        return True
    if "。" in line:
        return False
    if _DAY_LINE.match(line) and _TRAILER.search(line):
        return True
    return bool(_KEY.match(line)) or bool(_PUBLISHED_DAY.search(line))


def _trim_head(head: Sequence[Piece]) -> tuple[list[Piece], list[_Day], str]:
    kept: list[Piece] = []
    days: list[_Day] = []
    file_title, dropped_at, skip_next = "", 0, False
    for index, piece in enumerate(head):
        following = head[index + 1].text if index + 1 < len(head) else ""
        if skip_next:
            skip_next = False
            dropped_at = len(kept)
        elif piece.cell is None and is_furniture(piece.text):
            days += _days_in(piece.text, following)
            after = head[index + 2].text if index + 2 < len(head) else ""
            skip_next = _value_of_bare_key(piece.text, following, after)
            dropped_at = len(kept)
        elif index == 0 and _FILE_NAME.fullmatch(piece.text):
            file_title = piece.text.rpartition(".")[0]
        elif len(piece.text) > _LONGEST // 2:
            return _once([*kept, *head[index:]], dropped_at), days, file_title
        else:
            kept.append(piece)
    return _once(kept, dropped_at), days, file_title


def _once(pieces: list[Piece], dropped_at: int) -> list[Piece]:
    """Drop the page's title when the article repeats it below the metadata."""
    shapes = [piece.text.replace(" ", "") for piece in pieces]
    for index in range(dropped_at):
        if is_title_like(shapes[index]) and shapes[index] in shapes[dropped_at : dropped_at + 3]:
            return pieces[:index] + pieces[index + 1 :]
    return pieces


def _value_of_bare_key(line: str, following: str, after: str) -> bool:
    key = _KEY.match(line)
    if not key or key.end() < len(line.rstrip()) or not line.rstrip().endswith((":", "：")):
        return False
    if _BARE_DAY.fullmatch(following) or _COUNT.fullmatch(following):
        return True
    is_name = len(following) <= 16 and not is_title_like(following) and "。" not in following
    return is_name and bool(following) and not is_furniture(following) and is_furniture(after)


def _days_in(line: str, following: str = "") -> list[_Day]:
    """Return the days a metadata line names, with how well each one is the day of publication."""
    days: list[_Day] = []
    for found in _DAY.finditer(line):
        keys = list(_KEY.finditer(line, 0, found.start()))
        day = _as_day(found)
        if day is None or (keys and keys[-1].group("never")):
            continue
        if keys or (_DAY_LINE.match(line) and _TRAILER.search(line)):
            days.append(_Day(_rank(keys[-1] if keys else None), day, line.strip()))
    key = _KEY.match(line)
    bare = _BARE_DAY.fullmatch(following)
    if not days and key and bare and not key.group("never"):
        day = _as_day(bare)
        if day is not None and (key.group("published") or key.group("other")):
            days.append(_Day(_rank(key), day, f"{line.strip()}{following.strip()}"))
    return days


def _rank(key: re.Match[str] | None) -> int:
    if key is None:
        return 2
    if key.group("published"):
        return 1 if key.group("published").startswith("发文") else 0
    return 3 if key.group("other") else 4


def _as_day(found: re.Match[str]) -> date | None:
    year, month, day = (int(part) for part in found.groups()[:3])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _without_catalogue(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces without tables that only list metadata."""
    drop = {number for number, cells in _tables(pieces) if _is_catalogue(cells)}
    return [piece for piece in pieces if piece.cell is None or piece.cell.table not in drop]


def _catalogue_days(pieces: Sequence[Piece]) -> list[_Day]:
    days: list[_Day] = []
    for _, cells in _tables(pieces):
        if _is_catalogue(cells):
            texts = [cell.text for cell in cells]
            for text, following in zip(texts, [*texts[1:], ""], strict=True):
                days += _days_in(text, following)
    return days


def _tables(pieces: Sequence[Piece]) -> list[tuple[int, list[Piece]]]:
    cells = [piece for piece in pieces if piece.cell is not None]
    grouped = groupby(cells, key=lambda piece: piece.cell.table if piece.cell else 0)
    return [(number, list(found)) for number, found in grouped]


def _is_catalogue(cells: Sequence[Piece]) -> bool:
    keys = sum(bool(_KEY.match(cell.text)) for cell in cells)
    return keys >= 2 and keys * 3 >= len(cells)


def _trim_tail(pieces: list[Piece]) -> tuple[list[Piece], list[_Day]]:
    days: list[_Day] = []
    end = len(pieces)
    while end and len(pieces) - end < _TAIL:
        piece = pieces[end - 1]
        if piece.cell is not None or piece.flags or not is_furniture(piece.text):
            break
        days += [found._replace(rank=found.rank + 5) for found in _days_in(piece.text)]
        end -= 1
    return pieces[:end], days
