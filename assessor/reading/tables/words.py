"""The words of table heads, from `tables.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

from schemas.errors import RuleFault, RuleFileError
from scoring.yaml_strict import parse_yaml

_FILE = "tables.yaml"
_SCHEMA = "table-heads/1"
_SINGLE = ("generic", "whole", "superior", "average", "part", "body", "not_body", "blank")
_KEYS = frozenset(
    ("schema", "roles", "label_columns", "aims", "achieved", "implied", "units", *_SINGLE)
)
_UNSAFE = re.compile(r"[+*}]\)?[+*{]|(?<!\\)[.\w)\]][+*](?![/-])")


class Role(StrEnum):
    """What a head says its numbers are."""

    COMPLETION = "completion"
    SHARE = "share"
    WEIGHT = "weight"
    RANK = "rank"
    FALL = "fall"
    CHANGE = "change"
    TARGET = "target"
    PLANNED = "planned"
    DONE = "done"
    PREVIOUS = "previous"
    CURRENT = "current"


class Column(StrEnum):
    """What a column of words is for."""

    UNIT = "unit"
    SEQUENCE = "sequence"
    ASIDE = "aside"
    BODY = "body"
    YEAR = "year"
    SLICE = "slice"
    """Each row is a part of the whole: by field, month, kind of case."""
    KIND = "kind"


class RoleWords(NamedTuple):
    """How a head says a role."""

    role: Role
    whole: re.Pattern[str] | None
    end: re.Pattern[str] | None
    start: re.Pattern[str] | None


class Implied(NamedTuple):
    """A unit that a name tells by its end."""

    name: re.Pattern[str]
    unit: str


@dataclass(frozen=True)
class Words:
    """All patterns of the file, compiled; those of `single` must match a whole head."""

    roles: tuple[RoleWords, ...]
    columns: tuple[tuple[Column, re.Pattern[str]], ...]
    single: dict[str, re.Pattern[str]]
    aims: re.Pattern[str]
    achieved: re.Pattern[str]
    implied: tuple[Implied, ...]
    units: dict[str, str]

    def says(self, what: str, text: str) -> bool:
        """Return whether a whole head is of a kind, such as `blank` or `whole`."""
        return self.single[what].fullmatch(text) is not None

    def column_of(self, text: str) -> Column | None:
        """Return what a column with this head is for; None when it says nothing."""
        return next((kind for kind, pattern in self.columns if pattern.fullmatch(text)), None)

    def unit_of(self, name: str) -> str:
        """Return the unit a name tells by its end; empty when it tells none."""
        return next((one.unit for one in self.implied if one.name.search(name)), "")


@cache
def table_words() -> Words:
    """Return the words shipped with the product.

    Raises:
        RuleFileError: when `tables.yaml` is damaged.
    """
    text = files("assessor.reading.tables").joinpath(_FILE).read_text(encoding="utf-8")
    return read_words(text)


def read_words(text: str) -> Words:
    """Return the words of a file's text.

    Raises:
        RuleFileError: when it is damaged; carries the faults.
    """
    document = parse_yaml(text)
    faults = [RuleFault(_FILE, one.line, one.code, one.message) for one in document.faults]
    value = document.value
    if not faults and (not isinstance(value, dict) or value.get("schema") != _SCHEMA):
        faults.append(RuleFault(_FILE, 1, "schema", f"schema must be {_SCHEMA}"))
    if not faults and cast("dict[str, Any]", value).keys() != _KEYS:
        faults.append(RuleFault(_FILE, 1, "field", f"fields must be {sorted(_KEYS)}"))
    if faults:
        raise RuleFileError(tuple(faults))
    return _words(cast("dict[str, Any]", value))


def _words(value: dict[str, Any]) -> Words:
    return Words(
        roles=tuple(
            RoleWords(
                Role(one["role"]),
                _pattern(one.get("whole")),
                _pattern(one.get("end"), behind="$"),
                _pattern(one.get("start"), before="^"),
            )
            for one in value["roles"]
        ),
        columns=tuple(
            (Column(kind), _required(pattern)) for kind, pattern in value["label_columns"].items()
        ),
        single={name: _required(value[name]) for name in _SINGLE},
        aims=_required(value["aims"], behind="$"),
        achieved=_required(value["achieved"]),
        implied=tuple(
            Implied(_required(one["name"], behind="$"), one["unit"]) for one in value["implied"]
        ),
        units={str(name): str(unit) for name, unit in value["units"].items()},
    )


def _pattern(text: str | None, *, before: str = "", behind: str = "") -> re.Pattern[str] | None:
    return None if text is None else _required(text, before=before, behind=behind)


def _required(text: str, *, before: str = "", behind: str = "") -> re.Pattern[str]:
    """Compile a pattern.

    Raises:
        RuleFileError: when it repeats without bound or is no pattern.
    """
    if _UNSAFE.search(text):
        raise RuleFileError((RuleFault(_FILE, 1, "pattern", f"unbounded repeat: {text}"),))
    try:
        return re.compile(f"{before}(?:{text}){behind}")
    except re.error as error:
        raise RuleFileError((RuleFault(_FILE, 1, "pattern", f"{error}: {text}"),)) from error
