"""Which part of a page is the article: known containers, then density, then tables beside it."""

from __future__ import annotations

import re

from assessor.reading.documents.html_table import is_data_table
from assessor.reading.documents.html_tree import Element

_KNOWN_NAMES = (
    "zoom ucap-content trs_editor trs_ueditor pages_content js_content vsb_content v_news_content"
    " articlecontent article-content article_content article-con articlecon content_article arc_con"
    " xxgk_content news_content newscontent news-content newscont detail-content detail_content"
    " ewb-article-info zx-xxxqy-nr wznr con_text contentregion custom_unionstyle rich_media_content"
    " main-txt text-content contenttext content-text content_text maintext bodytext article-body"
    " article_body articlebody zw-con zwnr nr_con nrcon bt-content bt_content xl_content xlcontent"
    " details-content zfxxgk_content gknbxq_detail wz_content info-content info_content infocontent"
    " wzcontent cont_text txtcon conbody"
)
_KNOWN = frozenset(_KNOWN_NAMES.split())
_SHARE_KNOWN = 0.5
_SHARE_DESCEND = 0.8
_SHARE_FURNITURE = 0.3
_LEVELS_FOR_TABLES = 3
_COUNTERS = re.compile(r"访问|浏览|备案|版权|点击")


def find_article(body: Element) -> list[Element]:
    """Return the elements that hold the article, in document order."""
    dense = _densest(body)
    known = _known(body)
    chosen = [dense]
    if known and sum(one.prose for one in known) >= _SHARE_KNOWN * dense.prose:
        chosen = known
    tables = _tables_beside(chosen[0], chosen)
    return sorted([*chosen, *tables], key=lambda element: element.order)


def is_left_out(element: Element, article_prose: int) -> bool:
    """Say whether a part inside the article is page furniture that must not be read."""
    return element.is_furniture and element.prose <= _SHARE_FURNITURE * article_prose


def _densest(body: Element) -> Element:
    """Go down while one child holds nearly all running text."""
    current = body
    while True:
        rooms = [
            child
            for child in current.elements
            if not (child.is_furniture and child.prose * 2 <= body.prose)
        ]
        total = sum(room.prose for room in rooms)
        best = max(rooms, key=lambda room: room.prose, default=None)
        if best is None or not total or best.prose < _SHARE_DESCEND * total:
            return current
        if current.prose - total > 0.5 * best.prose or best.tag in {"p", "span", "table"}:
            return current if best.tag != "table" or is_data_table(best) else _into(best)
        current = best


def _into(table: Element) -> Element:
    """Return the cell of a layout table that holds the text."""
    current = table
    while True:
        best = max(current.elements, key=lambda child: child.prose, default=None)
        if best is None or best.prose < _SHARE_DESCEND * current.prose:
            return current
        if current.tag in {"td", "th"}:
            return _densest(current)
        current = best


def _known(body: Element) -> list[Element]:
    """Return the largest known container and its like beside it."""
    found = [
        element
        for element in body.descendants()
        if element.tag == "article" or (element.names and _is_known(element))
    ]
    if not found:
        return []
    best = max(found, key=lambda element: (element.prose, element.text_length, -element.order))
    if not best.text_length:
        return []
    return [one for one in found if one is best or (one.parent is best.parent and one.prose)]


def _is_known(element: Element) -> bool:
    return not _KNOWN.isdisjoint(element.names.split())


def _tables_beside(article: Element, chosen: list[Element]) -> list[Element]:
    """Return data tables next to the article that are no navigation and no counter."""
    found: list[Element] = []
    path = article
    for _ in range(_LEVELS_FOR_TABLES):
        above = path.parent
        if above is None:
            break
        for sibling in above.elements:
            if sibling is path or sibling in chosen or sibling.is_furniture:
                continue
            found += [one for one in sibling.descendants() if _is_wanted(one)]
        path = above
    return found


def _is_wanted(element: Element) -> bool:
    if element.tag != "table" or not is_data_table(element):
        return False
    above: Element | None = element
    while above is not None:
        if above.is_furniture:
            return False
        above = above.parent
    has_digits = any(one.isdigit() for one in element.text())
    is_links = element.link_length * 3 > element.text_length
    return has_digits and not is_links and not _COUNTERS.search(element.text())
