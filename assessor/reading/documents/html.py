"""Web pages saved from government sites: the article, its title, its day of publication."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from assessor.reading.documents.characters import clean, collapse
from assessor.reading.documents.chrome import column_of, first_day, publish_day
from assessor.reading.documents.encoding import declared_encoding, decode
from assessor.reading.documents.html_article import find_article, is_left_out
from assessor.reading.documents.html_table import header_rows, is_data_table, places
from assessor.reading.documents.html_tree import Element, Page, parse_page
from assessor.reading.documents.origin import day_below_title, is_no_article, source_of
from assessor.reading.documents.pieces import Flags, Parsed, Piece, TableCell, cell_pieces, inside
from assessor.reading.documents.runs import Runs
from assessor.reading.documents.text import pieces_of
from assessor.reading.documents.titles import is_title_like
from schemas.errors import SubmissionUnreadable
from schemas.reading import BlockFlag, BlockKind, CellPlace

_BLOCK_TAGS = (
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table"
    " tbody td tfoot th thead tr ul caption"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TITLE_KEYS = ("articletitle", "article-title", "og:title")
_DAY_KEYS = (
    "pubdate", "publishdate", "publish_date", "publishtime", "releasedate",
    "article:published_time",
)  # fmt: skip
_DAY_NAMES = frozenset(("publish_time", "publish-time", "pubtime", "publishtime"))
_SOURCE_KEYS = ("contentsource", "content_source", "article:source", "source")
_SOURCE_NAMES = frozenset(("js_name", "profilebt"))
_LONGEST_SOURCE = 40
_SITE = re.compile(r"(?:政府|网|网站|门户|平台|司法局|局|办公厅|办公室|政务公开)$")
_SEPARATOR = re.compile(r"\s*(?:(?<!\d)[-–]+|[-–]+(?!\d)|[_|—－\uff3f\uff5c]+)\s*")
_TITLE_TAGS = frozenset(("div", "h2", "h3", "p", "span", "td"))
_TITLE_NAMES = re.compile(r"(?:^|\s|[-_])(?:title|tit|bt|article-?title|content-?title|h1)(?:$|\s)")


def read_html(content: bytes, name: str, charset: str = "") -> Parsed:
    """Read a saved page.

    Args:
        content: the page's bytes.
        name: file name for messages.
        charset: encoding its envelope names; the page's own declaration comes first.

    Raises:
        SubmissionUnreadable: undecodable, nested absurdly deep, or without an article.
    """
    decoded = decode(content, name, declared_encoding(content) or charset)
    page = parse_page(decoded.text, name)
    article = find_article(page.body)
    pieces = _Reader(sum(part.prose for part in article)).read(article)
    if is_no_article([piece.text for piece in pieces], page.title):
        raise SubmissionUnreadable(
            name,
            "no-article",
            "是出错页面或还没有载入内容的空壳，没有报告正文；请在浏览器里等正文显示后另存",
        )
    if not pieces:
        raise SubmissionUnreadable(name, "no-text", "网页里没有正文；请打开原网页后另存为完整网页")
    title = _title(page)
    if is_title_like(title) and not _opens_with(pieces, title):
        pieces.insert(0, Piece(title, BlockKind.HEADING))
    lines = [piece.text for piece in _Reader(0).read([page.body])]
    around = _around(page, lines)
    source = _source(page, lines)
    return Parsed(tuple(pieces), title, around.day, around.words, around.column, source)


class _Around(NamedTuple):
    """What a page says beside its article."""

    day: date | None
    words: str
    column: str


def _opens_with(pieces: list[Piece], title: str) -> bool:
    wanted = title.replace(" ", "")
    head = "".join(piece.text for piece in pieces[:20]).replace(" ", "")
    return wanted in head


def _around(page: Page, lines: list[str]) -> _Around:
    """Return the day of publication, the words that name it, and the page's place on its site."""
    column, shown = column_of(lines), publish_day(lines)
    for key in _DAY_KEYS:
        words = page.metadata.get(key, "")
        day = first_day(words)
        if day is not None:
            is_shown = shown is not None and shown.day == day
            return _Around(day, shown.words if shown and is_shown else f"{key} {words}", column)
    named = _text_of(page, _DAY_NAMES)
    day = first_day(named)
    if day is not None:
        return _Around(day, named, column)
    if shown is not None:
        return _Around(*shown, column)
    below = day_below_title(lines)
    return _Around(below, "" if below is None else below.isoformat(), column)


def _source(page: Page, lines: list[str]) -> str:
    """Return who the page says it comes from: its metadata, its lines, its account."""
    given = [page.metadata.get(key, "") for key in _SOURCE_KEYS]
    found = [clean(one) for one in (*given, source_of(lines), _text_of(page, _SOURCE_NAMES))]
    return next((one for one in found if 2 <= len(one) <= _LONGEST_SOURCE), "")


def _text_of(page: Page, names: frozenset[str]) -> str:
    """Return the text of the first element with one of some ids or classes."""
    for element in page.body.descendants():
        if element.names and not names.isdisjoint(element.names.split()):
            return element.text(200)
    return ""


def _title(page: Page) -> str:
    """Return the article's title: named by the page, shown as a heading, or of the window."""
    parts = _SEPARATOR.split(page.title)
    while len(parts) > 1 and _SITE.search(parts[-1]):
        parts.pop()
    window = clean(max(parts, key=len, default=""))
    named = [clean(page.metadata.get(key, "")) for key in _TITLE_KEYS]
    shown = [
        clean(collapse(one.text(200)))
        for one in page.body.descendants()
        if one.tag == "h1" or (one.tag in _TITLE_TAGS and _TITLE_NAMES.search(one.names))
    ]
    likely = [one for one in (*named, *shown, window) if is_title_like(one)]
    whole = clean(page.title).replace(" ", "")
    fitting = [one for one in likely if one.replace(" ", "") in whole]
    return next(iter((*fitting, *likely)), "")


class _Reader:
    """Turns elements into pieces, without recursion."""

    _takes_lines = True

    def __init__(self, article_prose: int) -> None:
        self._prose = article_prose
        self._pieces: list[Piece] = []
        self._runs = Runs()
        self._kind = BlockKind.PARAGRAPH
        self._number = ""
        self._struck = 0
        self._unseen = 0
        self._tables = 0
        self._counters: dict[int, int] = {}

    def read(self, elements: list[Element]) -> list[Piece]:
        """Return the pieces of the elements in order."""
        for element in elements:
            self._walk(element)
        return self._pieces

    def _walk(self, top: Element) -> None:
        stack: list[Element | str | tuple[Element]] = [top]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                self._runs.add(node, self._apart())
            elif isinstance(node, tuple):
                self._close(node[0])
            elif node.tag == "table" and is_data_table(node):
                self._flush()
                self._table(node)
            elif node.tag == "pre" and self._takes_lines and _is_plain(node):
                self._preformatted(node)
            elif node is top or not (self._prose and is_left_out(node, self._prose)):
                self._open(node)
                if node.tag == "sup":
                    self._runs.add_raised(node.text())
                else:
                    stack.append((node,))
                    stack.extend(reversed(node.children))

    def _preformatted(self, element: Element) -> None:
        """Read text whose own line ends count."""
        self._flush()
        found = list(pieces_of(_lines_of(element)))
        tables = self._tables
        for piece in found:
            place = piece.cell
            if place is not None:
                place = place.model_copy(update={"table": place.table + tables})
                self._tables = max(self._tables, place.table)
            self._pieces.append(piece._replace(cell=place))

    def _open(self, element: Element) -> None:
        if element.tag in _BLOCKS or element.tag == "br":
            self._flush()
        if element.tag in _HEADINGS:
            self._kind = BlockKind.HEADING
        if element.tag == "li":
            self._number = self._next_number(element)
        self._struck += element.is_struck
        self._unseen += element.is_unseen

    def _apart(self) -> BlockFlag | None:
        if self._struck:
            return BlockFlag.STRUCK
        return BlockFlag.HIDDEN if self._unseen else None

    def _close(self, element: Element) -> None:
        if element.tag in _BLOCKS:
            self._flush()
        if element.tag in _HEADINGS:
            self._kind = BlockKind.PARAGRAPH
        if element.tag == "li":
            self._number = ""
        self._struck -= element.is_struck
        self._unseen -= element.is_unseen

    def _flush(self) -> None:
        found = self._runs.take(self._kind, self._number)
        if found:
            self._number = ""
        self._pieces += found

    def _next_number(self, item: Element) -> str:
        above = item.parent
        if above is None or above.tag != "ol":
            return ""
        start = above.attributes.get("start", "1")
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1
        self._counters[above.order] = self._counters.get(above.order, first - 1) + 1
        return f"{self._counters[above.order]}."

    def _table(self, table: Element) -> None:
        self._tables += 1
        cells: list[TableCell] = []
        inner: list[tuple[CellPlace, Element]] = []
        for place in places(table):
            lines, flags, nested = _cell(place.element)
            outer = CellPlace(table=self._tables, row=place.row, column=place.column)
            inner += [(outer, one) for one in nested]
            is_header = place.element.tag == "th"
            cells.append(
                TableCell(
                    place.row,
                    place.column,
                    lines,
                    is_header,
                    flags,
                    width=place.width,
                    height=place.height,
                )
            )
        self._pieces += cell_pieces(cells, self._tables, header_rows(table))
        for outer, one in inner:
            first = len(self._pieces)
            self._walk(one)
            self._pieces[first:] = [inside(piece, outer) for piece in self._pieces[first:]]


def _is_plain(element: Element) -> bool:
    """Say whether an element holds text and line breaks only."""
    inner = (one for one in element.descendants() if one is not element)
    return not any(
        one.is_struck or one.is_unseen or one.tag in _BLOCKS or one.tag == "sup" for one in inner
    )


def _lines_of(element: Element) -> str:
    parts: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
        elif node.tag == "br":
            parts.append("\n")
        else:
            stack.extend(reversed(node.children))
    return "".join(parts)


def _cell(cell: Element) -> tuple[tuple[str, ...], Flags, list[Element]]:
    """Return a cell's lines, its flags and the tables inside it."""
    reader = _CellReader()
    reader.read([cell])
    lines = tuple(reader.lines or reader.apart)
    return lines, frozenset(reader.flags), reader.inner


class _CellReader(_Reader):
    _takes_lines = False

    def __init__(self) -> None:
        super().__init__(0)
        self.lines: list[str] = []
        self.flags: set[BlockFlag] = set()
        self.inner: list[Element] = []

    @property
    def apart(self) -> list[str]:
        """Struck words, kept apart from the rest."""
        return self._runs.apart

    def _flush(self) -> None:
        text, flags = self._runs.take_main()
        self.flags |= flags
        if text:
            self.lines.append(text)

    def _table(self, table: Element) -> None:
        self.inner.append(table)
