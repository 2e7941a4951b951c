"""Printed units and what they may count, from `units.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

from schemas.errors import RuleFault, RuleFileError
from scoring.yaml_strict import YamlDocument, parse_yaml

_FILE = "units.yaml"
_SCHEMA = "printed-units/1"
_KEYS = frozenset(("printed", "shown", "classes", "not_before", "han"))
_INNER = frozenset("次期批场宗起例人名位户家个项条份册部件处所间支篇轮") | {
    "单位",
    "街道",
    "社区",
    "居",
    "园区",
    "村",
    "人次",
    "件次",
    "场次",
}
"""What may stand in parentheses behind a unit and belongs to it: 部门(单位)."""


class Unit(NamedTuple):
    """A unit behind a number."""

    printed: str
    shown: str
    classes: frozenset[str]
    not_before: str
    takes_han: bool
    """Chinese numerals before it count."""


class Found(NamedTuple):
    """A unit found behind a number."""

    unit: Unit
    shown: str
    classes: frozenset[str]
    end: int


@cache
def units() -> dict[str, tuple[Unit, ...]]:
    """Return all units by first character, longest first.

    Raises:
        RuleFileError: when `units.yaml` is damaged; carries every fault with its line.
    """
    text = files("assessor.reading").joinpath(_FILE).read_text(encoding="utf-8")
    return _by_first(read_units(text))


def read_units(text: str) -> tuple[Unit, ...]:
    """Return the units of a unit file's text.

    Raises:
        RuleFileError: when it is damaged.
    """
    document = parse_yaml(text)
    faults = [RuleFault(_FILE, one.line, one.code, one.message) for one in document.faults]
    if not faults:
        faults = list(_faults(document))
    if faults:
        raise RuleFileError(tuple(faults))
    rows = cast("dict[str, Any]", document.value)["units"]
    return tuple(
        Unit(
            row["printed"],
            row.get("shown", row["printed"]),
            frozenset(row["classes"]),
            row.get("not_before", ""),
            row["han"],
        )
        for row in rows
    )


def unit_at(text: str, position: int) -> Found | None:
    """Return the longest unit that begins at a position, with a parenthesis such as `(次)`."""
    if text.startswith("(", position):
        return _behind_parenthesis(text, position)
    for unit in units().get(text[position : position + 1], ()):
        if not text.startswith(unit.printed, position):
            continue
        end = position + len(unit.printed)
        if unit.not_before and text[end : end + 1] in unit.not_before and end < len(text):
            continue
        behind = text[end : end + 1]
        if behind == "(":
            return _with_parenthesis(text, unit, end)
        if behind == "/" and (times := _per_time(text, unit, end)):
            return times
        return Found(unit, unit.shown, unit.classes, end)
    return None


def _behind_parenthesis(text: str, position: int) -> Found | None:
    """Return a unit whose first part stands in a parenthesis: 260(场)次."""
    close = text.find(")", position + 1, position + 4)
    if close < 0 or text[position + 1 : close] not in _INNER:
        return None
    inner, found = unit_at(text[position + 1 : close], 0), unit_at(text, close + 1)
    if inner is None or found is None or inner.classes.isdisjoint(found.classes):
        return None
    return found._replace(shown=text[position : found.end], classes=inner.classes & found.classes)


def _per_time(text: str, unit: Unit, end: int) -> Found | None:
    """Return a unit of times printed with a slash: 3200人/次 is 人次."""
    if not text.startswith("/次", end) or text.startswith("/次均", end):
        return None
    whole = f"{unit.printed}次"
    for times in units().get(whole[0], ()):
        if times.printed == whole:
            return Found(times, f"{unit.printed}/次", times.classes, end + 2)
    return None


def _with_parenthesis(text: str, unit: Unit, end: int) -> Found:
    close = text.find(")", end + 1, end + 5)
    inner = text[end + 1 : close] if close > 0 else ""
    if inner not in _INNER:
        return Found(unit, unit.shown, unit.classes, end)
    more = unit_at(f"{inner}\n", 0)
    classes = unit.classes | (more.classes if more else frozenset())
    return Found(unit, text[end - len(unit.printed) : close + 1], classes, close + 1)


def _by_first(rows: tuple[Unit, ...]) -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for unit in sorted(rows, key=lambda one: -len(one.printed)):
        found.setdefault(unit.printed[0], []).append(unit)
    return {first: tuple(group) for first, group in found.items()}


def _faults(document: YamlDocument) -> list[RuleFault]:
    value = document.value
    if not isinstance(value, dict) or value.get("schema") != _SCHEMA:
        return [RuleFault(_FILE, 1, "schema", f"schema must be {_SCHEMA}")]
    rows = value.get("units")
    if not isinstance(rows, list) or not rows:
        return [RuleFault(_FILE, 1, "field", "units must be a list")]
    found: list[RuleFault] = []
    seen: set[str] = set()
    for index, row in enumerate(rows):
        problem = _problem(row, seen)
        if problem:
            found.append(RuleFault(_FILE, document.line(("units", index)), "field", problem))
    return found


def _problem(row: object, seen: set[str]) -> str:
    if not isinstance(row, dict) or not _KEYS >= row.keys() >= {"printed", "classes", "han"}:
        return "a unit has printed, classes, han and maybe shown, not_before"
    printed, classes = row["printed"], row["classes"]
    texts = (printed, row.get("shown", "-"), row.get("not_before", "-"))
    if not all(isinstance(text, str) and text for text in texts):
        return "printed, shown and not_before are text"
    if not isinstance(classes, list) or not all(isinstance(one, str) for one in classes):
        return "classes is a list of unit classes"
    if not isinstance(row["han"], bool):
        return "han is true or false"
    if printed in seen:
        return f"{printed} stands twice"
    seen.add(printed)
    return ""
