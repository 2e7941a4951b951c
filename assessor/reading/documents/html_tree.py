"""A page as a small tree without scripts, hidden parts and form controls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from schemas.errors import SubmissionUnreadable

_DROPPED_TAGS = (
    "script style noscript template iframe frame object embed svg canvas select option button input"
    " textarea audio video map head link meta title datalist math applet param source"
)
_DROPPED = frozenset(_DROPPED_TAGS.split())
_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "header"))
_FURNITURE = re.compile(
    r"(?:^|[\s])(?:(?:left|right|page|site|main|web|inner|g|m|l|r|ej)[-_]?)?(?:side(?:bar)?|aside|foot(?:er)?|bottom|nav(?:bar|igation)?|"
    r"menu|header|crumbs?|breadcrumbs?|related?|xgxx|recommend|hot(?:news|list)?|rank(?:ing|list)?|share|bdshare\S*|"
    r"copyright|pop(?:up)?|modal|dialog|comments?|toolbar|login|search(?:box|bar)?|banner|ads?|links|"
    r"friend\S*|pag(?:er|ination)|qrcode|ewm|visit\S*|counter|hits|statistics|dqwz|location)(?=$|[\s_\d-])"
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)
_LATE_SHOWN = "js_content"
_WHITE = re.compile(
    r"(?<![\w-])color\s{0,9}:\s{0,9}(?:#fff(?:fff)?(?![0-9a-f])|white(?!\w)|rgba?\(\s{0,9}255\s{0,9},\s{0,9}255\s{0,9},\s{0,9}255)",
    re.IGNORECASE,
)
_GROUND = re.compile(
    r"background(?:-color|-image)?\s{0,9}:\s{0,9}(?!\s{0,9}(?:none|transparent|white|#fff|inherit|initial|rgba?\(255))",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"text-indent\s{0,9}:\s{0,9}-\d{3,}|(?<![\w-])(?:left|top|margin-left)\s{0,9}:\s{0,9}-\d{4,}|"
    r"(?<![\w-])opacity\s{0,9}:\s{0,9}0(?:\.0{1,4})?\s{0,9}(?:;|$)|font-size\s{0,9}:\s{0,9}(?:0?\.\d{1,4}|1)\s{0,9}p[xt]|"
    r"(?<![\w-])(?:max-)?height\s{0,9}:\s{0,9}0(?:px|pt|em)?\s{0,9}(?:;|$)",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"line-through", re.IGNORECASE)
_HIDING_RULE = re.compile(
    r"(?:^|\})\s*([.#][\w-]{1,60})\s*\{[^{}]{0,400}?(?:display\s*:\s*none|visibility\s*:\s*hidden)",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})")
_UNNESTED_TAGS = (
    "br img hr input meta link p li td tr th option dt dd tbody thead tfoot col area base source"
    " wbr param embed"
)
_UNNESTED = frozenset(_UNNESTED_TAGS.split())
_DEEPEST = 3000
_LONG_TAG = re.compile(r"<[^<>]{20000,}")
_MOST_ATTRIBUTES = 2000
_PUNCTUATION = re.compile(r"[，。；：、！？]")
_ATTRIBUTES = ("rowspan", "colspan", "start", "value")


class Element:
    """An element with what choosing the article needs to know about it."""

    __slots__ = (
        "attributes",
        "children",
        "has_ground",
        "is_struck",
        "is_unseen",
        "link_length",
        "names",
        "order",
        "parent",
        "prose",
        "tag",
        "text_length",
    )

    def __init__(self, tag: str, names: str, parent: Element | None, order: int) -> None:
        self.tag, self.names, self.parent, self.order = tag, names, parent, order
        self.children: list[Element | str] = []
        self.attributes: dict[str, str] = {}
        self.is_struck = False
        self.is_unseen = False
        """White on white, one dot high, or moved off the page: kept, but flagged."""
        self.has_ground: bool = parent is not None and parent.has_ground
        """Whether it stands on a coloured ground, its own or one around it."""
        self.text_length = 0
        self.link_length = 0
        self.prose = 0
        """Characters in texts that have Chinese punctuation."""

    @property
    def elements(self) -> list[Element]:
        """Child elements."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def is_furniture(self) -> bool:
        """Whether tag, id or class say navigation, footer, sidebar and the like."""
        return self.tag in _FURNITURE_TAGS or bool(_FURNITURE.search(self.names))

    def descendants(self) -> Iterator[Element]:
        """Yield the element and all below it in document order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.elements))

    def text(self, limit: int = 2000) -> str:
        """Return the text below, at most about `limit` characters."""
        parts: list[str] = []
        length = 0
        stack: list[Element | str] = [self]
        while stack and length < limit:
            node = stack.pop()
            if isinstance(node, str):
                parts.append(node)
                length += len(node)
            else:
                stack.extend(reversed(node.children))
        return "".join(parts)


class Page(NamedTuple):
    """A parsed page."""

    body: Element
    metadata: dict[str, str]
    """Lower-case meta name to content."""
    title: str
    """Of the browser window."""


def parse_page(text: str, name: str) -> Page:
    """Parse a page.

    Raises:
        SubmissionUnreadable: elements nested absurdly deep, or with absurdly many attributes.
    """
    _check_nesting(text, name)
    parser = LexborHTMLParser(text)
    metadata: dict[str, str] = {}
    for node in parser.css("meta")[:300]:
        given = node.attributes
        key, value = given.get("name") or given.get("property"), given.get("content")
        if key and value:
            metadata.setdefault(key.lower(), value.strip())
    title = parser.css_first("title")
    hidden = {
        rule.lower()
        for style in parser.css("style")[:50]
        for rule in _HIDING_RULE.findall(_without_media(style.text()[:200_000]))
    }
    root = parser.body
    body = Element("body", "", None, 0) if root is None else _Builder(hidden).build(root)
    return Page(body, metadata, title.text(strip=True) if title else "")


def _without_media(style: str) -> str:
    return style.partition("@media")[0]


def _check_nesting(text: str, name: str) -> None:
    if any(len(tag.split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        raise SubmissionUnreadable(
            name, "nested", "网页里有属性异常多的元素；请另存为文本或 Word 后提交"
        )
    if text.count("<") <= _DEEPEST:
        return
    depth = 0
    for found in _TAG.finditer(text):
        tag = found.group(2).lower()
        if tag in _UNNESTED:
            continue
        depth = max(0, depth - 1) if found.group(1) else depth + 1
        if depth > _DEEPEST:
            raise SubmissionUnreadable(
                name, "nested", f"网页元素嵌套超过 {_DEEPEST} 层；请另存为文本或 Word 后提交"
            )


class _Builder:
    def __init__(self, hiding_rules: set[str]) -> None:
        self._hiding = hiding_rules
        self._order = 0
        self._after: list[LexborNode | None] = []

    def build(self, root: LexborNode) -> Element:
        """Copy the tree below a node without recursion."""
        top = Element("body", _names(root.attributes), None, 0)
        current, node = top, root.child
        while True:
            while node is None:
                _finish(current)
                if current.parent is None:
                    return top
                current, node = current.parent, self._after.pop()
            entered = self._enter(node, current)
            if entered is None:
                node = node.next
            else:
                self._after.append(node.next)
                current, node = entered, node.child

    def _enter(self, node: LexborNode, parent: Element) -> Element | None:
        if node.is_text_node:
            parent.children.append(node.text_content or "")
            return None
        if not node.is_element_node:
            return None
        tag = node.tag or ""
        if tag in _DROPPED:
            return None
        given = node.attributes
        names = _names(given) if given else ""
        if given and self._is_hidden(given):
            return None
        self._order += 1
        element = Element(tag, names, parent, self._order)
        if given:
            style = given.get("style") or ""
            element.is_struck = bool(_STRUCK.search(style))
            element.has_ground |= bool(_GROUND.search(style)) or bool(given.get("bgcolor"))
            is_white = not element.has_ground and _WHITE.search(style)
            is_on_page = (given.get("id") or "") == _LATE_SHOWN
            element.is_unseen = bool(is_white or _UNSEEN.search(style)) and not is_on_page
            element.attributes = {key: given[key] or "" for key in _ATTRIBUTES if key in given}
        element.is_struck = element.is_struck or tag in {"del", "s", "strike"}
        parent.children.append(element)
        return element

    def _is_hidden(self, given: dict[str, str | None]) -> bool:
        if (given.get("id") or "") == _LATE_SHOWN:
            return False
        if "hidden" in given or _HIDDEN.search(given.get("style") or ""):
            return True
        if not self._hiding:
            return False
        marks = {f".{one}" for one in (given.get("class") or "").lower().split()}
        return bool(self._hiding & (marks | {f"#{(given.get('id') or '').lower()}"}))


def _names(given: dict[str, str | None]) -> str:
    return f"{given.get('id') or ''} {given.get('class') or ''}".lower().strip()


def _finish(element: Element) -> None:
    """Add up the sizes of a finished element."""
    for child in element.children:
        if isinstance(child, str):
            length = len(child.strip())
            element.text_length += length
            if element.tag == "a":
                element.link_length += length
            elif length > 8 and _PUNCTUATION.search(child):
                element.prose += length
        else:
            element.text_length += child.text_length
            element.link_length += child.link_length
            element.prose += child.prose
    if element.tag == "a":
        element.link_length, element.prose = element.text_length, 0
