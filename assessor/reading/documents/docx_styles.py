"""What Word styles say about a paragraph or run: numbering, heading, hidden, struck."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from assessor.reading.documents.docx_package import W
from schemas.reading import BlockFlag

_OFF = frozenset(("0", "false", "off", "none"))
_STRIKES = (f"{W}strike", f"{W}dstrike")
_HIDES = (f"{W}vanish", f"{W}specVanish")
_DEEPEST = 30
_SMALLEST = 4
"""Half points: nobody reads two points."""
_WHITE = "FFFFFF"


class Style(NamedTuple):
    """A style with what it inherits."""

    num_id: str = ""
    level: int = 0
    is_heading: bool = False
    is_contents: bool = False
    """A line of the table of contents."""
    is_hidden: bool = False
    is_struck: bool = False


_PLAIN = Style()


class Styles:
    """The styles of one document."""

    def __init__(self, part: Element | None) -> None:
        self._found: dict[str, Style] = {}
        self._raw: dict[str, Element] = {}
        self.default = _PLAIN
        for one in part.findall(f"{W}style") if part is not None else ():
            self._raw[one.get(f"{W}styleId", "")] = one
            if one.get(f"{W}type") == "paragraph" and is_on(one.get(f"{W}default")):
                self.default = self.get(one.get(f"{W}styleId", ""))

    def get(self, style_id: str, depth: int = 0) -> Style:
        """Return a style; a plain one when it does not exist."""
        if style_id not in self._found:
            raw = self._raw.get(style_id)
            if raw is None or depth > _DEEPEST:
                return _PLAIN
            base = value_of(raw, "basedOn")
            parent = self.get(base, depth + 1) if base else _PLAIN
            self._found[style_id] = _style(raw, parent)
        return self._found[style_id]


def _style(raw: Element, parent: Style) -> Style:
    name = value_of(raw, "name").lower()
    properties, run = raw.find(f"{W}pPr"), raw.find(f"{W}rPr")
    num_id, level = numbering_of(properties)
    outline = value_of(properties, "outlineLvl")
    return Style(
        num_id or parent.num_id,
        parent.level if level is None else level,
        parent.is_heading
        or name.startswith(("heading", "标题"))
        or name == "title"
        or outline in set("012345678"),
        name.startswith(("toc ", "目录")) or parent.is_contents,
        parent.is_hidden if (hidden := toggled(run, _HIDES)) is None else hidden,
        parent.is_struck if (struck := toggled(run, _STRIKES)) is None else struck,
    )


def apart_of(
    run: Element | None, style: Style, paragraph: Style, on_white: bool = False
) -> BlockFlag | None:
    """Say whether a run is struck or hidden, by itself or by its styles.

    Args:
        run: its properties.
        style: its own style.
        paragraph: style of the paragraph.
        on_white: whether the paper behind it is white for certain.
    """
    struck = toggled(run, _STRIKES)
    if style.is_struck or paragraph.is_struck if struck is None else struck:
        return BlockFlag.STRUCK
    hidden = toggled(run, _HIDES)
    is_hidden = style.is_hidden or paragraph.is_hidden if hidden is None else hidden
    if is_hidden or _is_invisible(run, on_white=on_white):
        return BlockFlag.HIDDEN
    return None


def _is_invisible(run: Element | None, *, on_white: bool) -> bool:
    """Say whether a run is white on white paper or too small to be seen."""
    if run is None:
        return False
    size = value_of(run, "sz")
    if size.isascii() and size.isdigit() and int(size) <= _SMALLEST:
        return True
    is_white = value_of(run, "color").upper() == _WHITE
    is_plain = not is_shaded(run) and value_of(run, "highlight") in {"", "none", "white"}
    return on_white and is_white and is_plain


def is_shaded(properties: Element | None) -> bool:
    """Say whether a paragraph, run or cell stands on a coloured ground."""
    shading = properties.find(f"{W}shd") if properties is not None else None
    if shading is None:
        return False
    is_filled = shading.get(f"{W}fill", "auto").upper() not in {"AUTO", _WHITE}
    return is_filled or shading.get(f"{W}val", "clear") not in {"clear", "nil"}


def numbering_of(properties: Element | None) -> tuple[str, int | None]:
    """Return list id and level of paragraph properties; an empty id and None where absent."""
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return "", None
    level = value_of(found, "ilvl")
    return value_of(found, "numId"), int(level) if level in set("012345678") else None


def toggled(properties: Element | None, tags: tuple[str, ...]) -> bool | None:
    """Return whether one of some on/off properties is on; None when none is given."""
    if properties is None:
        return None
    given = [is_on(one.get(f"{W}val", "1")) for one in properties if one.tag in tags]
    return any(given) if given else None


def is_on(raw: str | None) -> bool:
    """Read Word's on/off values."""
    return raw is not None and raw.lower() not in _OFF


def value_of(parent: Element | None, tag: str) -> str:
    """Return the value of a child property; empty when absent."""
    child = parent.find(f"{W}{tag}") if parent is not None else None
    return "" if child is None else child.get(f"{W}val", "")
