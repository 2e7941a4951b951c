"""Which characters a match can begin or end with, where a pattern is tied to an end of the text."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

_MOST = 64
"""More characters than these are taken as any."""

Node = tuple[Any, Any]


class Edges(NamedTuple):
    """Characters one of which a text must begin, and end, with; None when any will do."""

    first: frozenset[str] | None
    last: frozenset[str] | None


class _Reach(NamedTuple):
    """Characters a part of a pattern may show at its edge, and whether it may be empty."""

    characters: frozenset[str] | None
    is_empty: bool


_ANY = _Reach(None, is_empty=False)
_NOTHING = _Reach(frozenset(), is_empty=True)


def edges_of(pattern: str) -> Edges:
    """Return what a text must begin and end with for a pattern tied there by ^ or $."""
    nodes = list(import_module("re._parser").parse(pattern))
    return Edges(_tied(nodes, "AT_BEGINNING"), _tied(nodes[::-1], "AT_END"))


def _tied(nodes: Sequence[Node], anchor: str) -> frozenset[str] | None:
    """Return the characters beside an anchor that stands first; None without one."""
    if not nodes or str(nodes[0][1]) != anchor:
        return None
    found = _edge_of(nodes[1:], is_reversed=anchor == "AT_END")
    return None if found.is_empty else found.characters


def _edge_of(nodes: Sequence[Node], *, is_reversed: bool) -> _Reach:
    """Return the characters a sequence may show at the edge it is read from."""
    characters: frozenset[str] = frozenset()
    for node in nodes:
        part = _edge_of_one(node, is_reversed=is_reversed)
        if part.characters is None:
            return _ANY
        characters |= part.characters
        if not part.is_empty:
            return _Reach(characters if len(characters) <= _MOST else None, is_empty=False)
    return _Reach(characters, is_empty=True)


def _edge_of_one(node: Node, *, is_reversed: bool) -> _Reach:
    name, value = str(node[0]), node[1]
    if name in ("LITERAL", "IN"):
        return _class([node] if name == "LITERAL" else value)
    if name in ("ASSERT", "ASSERT_NOT", "AT"):
        return _NOTHING
    if name in ("SUBPATTERN", "MAX_REPEAT"):
        inner = _edge_of(_ordered(value[-1], is_reversed=is_reversed), is_reversed=is_reversed)
        is_optional = name == "MAX_REPEAT" and value[0] == 0
        return inner._replace(is_empty=inner.is_empty or is_optional)
    if name == "BRANCH":
        ways = [_ordered(one, is_reversed=is_reversed) for one in value[1]]
        return _either([_edge_of(one, is_reversed=is_reversed) for one in ways])
    return _ANY


def _class(members: Sequence[Node]) -> _Reach:
    """Return what a literal or a class in brackets shows; ranges and complements show any."""
    if any(str(kind) != "LITERAL" for kind, _ in members):
        return _ANY
    return _Reach(frozenset(chr(one) for _, one in members), is_empty=False)


def _either(parts: Sequence[_Reach]) -> _Reach:
    is_empty = any(part.is_empty for part in parts)
    characters: frozenset[str] = frozenset()
    for part in parts:
        if part.characters is None:
            return _Reach(None, is_empty)
        characters |= part.characters
    return _Reach(characters, is_empty)


def _ordered(nodes: Any, *, is_reversed: bool) -> Sequence[Node]:
    return list(nodes)[::-1] if is_reversed else list(nodes)
