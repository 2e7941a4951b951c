"""Read YAML without surprises: exact numbers, no implicit types, no aliases, line numbers kept.

Typed plain scalars: `null`, `~` and nothing, `true`, `false`, integers without leading zeros,
decimals (as `Decimal`) and ISO days (as `date`). Everything else is text, so `no`, `1:20`,
`012` and `1e3` stay what was written. Duplicate keys, anchors, tags and deep nesting are faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

import yaml

MAX_DEPTH = 32
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,30})")
_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,30})\.\d{1,20}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIGURES = frozenset("-0123456789")
"""What a number or a day begins with."""
_SIGNS = re.compile("[&*!]")
"""Without these a text holds no anchor, alias or tag, and need not be searched for them."""
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path = tuple[str | int, ...]


class _TooDeep(Exception):
    """Composing went below `MAX_DEPTH` collections."""


class _Loader(_BASE):  # type: ignore[misc]
    """Watches the depth and leaves tags alone: `_scalar` tells types apart much faster."""

    _depth = 0

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        """Return one tag for everything; called for each collection before what is in it.

        Raises:
            _TooDeep: for a collection inside `MAX_DEPTH` others.
        """
        del value, implicit
        if self._depth > MAX_DEPTH and kind is not yaml.ScalarNode:
            raise _TooDeep
        return "plain"

    def descend_resolver(self, parent: object, index: object) -> None:
        """Enter a node."""
        del parent, index
        self._depth += 1

    def ascend_resolver(self) -> None:
        """Leave it."""
        self._depth -= 1


class YamlFault(NamedTuple):
    """One thing wrong in a YAML text; lines count from 1."""

    line: int
    code: str
    message: str


class YamlDocument(NamedTuple):
    """A parsed text: plain values and the line each of them starts on."""

    value: object
    lines: Mapping[Path, int]
    faults: tuple[YamlFault, ...]

    def line(self, path: Path) -> int:
        """Return the line of a path, or of its nearest known ancestor."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Forbidden(Exception):
    """Carries the fault of a text that holds what is not allowed."""

    def __init__(self, fault: YamlFault) -> None:
        self.fault = fault
        super().__init__(str(fault))


def parse_yaml(text: str) -> YamlDocument:
    """Parse one YAML document and collect every fault instead of raising."""
    try:
        node = _composed(text)
    except _Forbidden as found:
        return YamlDocument(None, {}, (found.fault,))
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark or error.context_mark)
        return YamlDocument(None, {}, (YamlFault(line, "syntax", str(error.problem)),))
    except yaml.YAMLError as error:
        return YamlDocument(None, {}, (YamlFault(1, "syntax", str(error).splitlines()[0]),))
    if node is None:
        return YamlDocument(None, {}, ())
    builder = _Builder()
    value = builder.build(node)
    return YamlDocument(value, _Lines(node, builder.n_values), tuple(builder.faults))


def _composed(text: str) -> Any:
    """Return the root node; what is not allowed stops it before anything is built.

    Raises:
        _Forbidden: for an anchor, an alias, a tag, or nesting over `MAX_DEPTH`.
    """
    forbidden = _forbidden(text) if _SIGNS.search(text) else None
    if forbidden is None:
        try:
            return yaml.compose(text, Loader=_Loader)
        except _TooDeep:
            forbidden = _forbidden(text)
    assert forbidden is not None  # noqa: S101 - both ways count depth alike
    raise _Forbidden(forbidden)


def _line(mark: object) -> int:
    line = getattr(mark, "line", 0)
    return int(line) + 1


def _forbidden(text: str) -> YamlFault | None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        fault = _plainness_fault(event)
        if fault is not None:
            return fault
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return YamlFault(_line(event.start_mark), "too-deep", f"nesting over {MAX_DEPTH}")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _plainness_fault(event: yaml.Event) -> YamlFault | None:
    """Return a fault for anchors, aliases and tags: values must read as they are written."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return YamlFault(_line(event.start_mark), "alias", "anchors and aliases are not allowed")
    tag = getattr(event, "tag", None)
    if tag:
        return YamlFault(_line(event.start_mark), "tag", f"tag {tag} is not allowed")
    return None


class _Builder:
    """Builds plain values."""

    def __init__(self) -> None:
        self.n_values = 1
        self.faults: list[YamlFault] = []

    def build(self, node: yaml.Node) -> object:
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        assert isinstance(node, yaml.SequenceNode)  # noqa: S101 - YAML has three node kinds
        self.n_values += len(node.value)
        return [self.build(child) for child in node.value]

    def _mapping(self, node: yaml.MappingNode) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if not isinstance(key_node, yaml.ScalarNode):
                line = _line(key_node.start_mark)
                self.faults.append(YamlFault(line, "key", "a key must be plain text"))
            elif key in found:
                first = next(_line(one.start_mark) for one, _ in node.value if one.value == key)
                message = f"key {key!r} repeats line {first}"
                fault = YamlFault(_line(key_node.start_mark), "duplicate-key", message)
                self.faults.append(fault)
            else:
                found[key] = self.build(value_node)
        self.n_values += len(found)
        return found


class _Lines(Mapping[Path, int]):
    """The line each value starts on; worked out when asked for, which few texts ever are.

    A value of a mapping has its key's line, a repeated key the first one's.
    """

    def __init__(self, root: yaml.Node, n_values: int) -> None:
        self._root, self._n_values = root, n_values

    @cached_property
    def _found(self) -> dict[Path, int]:
        return dict(_lines_below(self._root, (), _line(self._root.start_mark)))

    def __getitem__(self, path: Path) -> int:
        return self._found[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._found)

    def __len__(self) -> int:
        return self._n_values


def _lines_below(node: yaml.Node, path: Path, line: int) -> Iterator[tuple[Path, int]]:
    yield path, line
    if isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value):
            yield from _lines_below(child, (*path, number), _line(child.start_mark))
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if isinstance(key_node, yaml.ScalarNode) and key not in seen:
                seen.add(key)
                yield from _lines_below(value_node, (*path, key), _line(key_node.start_mark))


def _scalar(node: yaml.ScalarNode) -> object:
    text = str(node.value)
    if node.style:  # quoted or block; the C loader writes plain as ""
        return text
    if text in _WORDS:
        return _WORDS[text]
    return _number_or_day(text) if text[0] in _FIGURES else text


def _number_or_day(text: str) -> object:
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
