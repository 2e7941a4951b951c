"""Archived assessments as far as the city looks at them: points and values, no texts.

A whole assessment takes about 1 MB of memory, a brief one a few KB beside what it shares.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from operator import itemgetter
from sys import intern
from typing import Any, NamedTuple

from pydantic_core import from_json

from schemas.base import AnswerValue, Level, parse_answer_value, slim, trusted
from schemas.outcome import Outcome, PolicyAction
from schemas.result import (
    Assessment,
    BlendShare,
    GradeResult,
    NextGrade,
    Totals,
    UsedRules,
    VetoLine,
)
from schemas.submission import Entity, Period


class _Part(NamedTuple):
    """What is left of a `PartScore`."""

    code: str
    label: str
    kind: str
    unit: str
    value: AnswerValue
    action: PolicyAction | None
    nominal_points: Decimal
    max_points: Decimal
    points: Decimal


class _Indicator(NamedTuple):
    """What is left of an `IndicatorScore`."""

    code: str
    label: str
    outcome: Outcome
    nominal_points: Decimal
    max_points: Decimal
    points: Decimal
    points_to_gain: Decimal
    parts: tuple[_Part, ...]


class _Node(NamedTuple):
    """What is left of a `NodeScore`."""

    code: str
    label: str
    level: int
    max_points: Decimal
    points: Decimal
    rate: Decimal


class Briefing:
    """Reads assessments of one run; what they share is kept once."""

    MOST_KEPT = 20_000
    """Different indicator lines that are remembered: enough for most cities to share them."""

    def __init__(self) -> None:
        self._rules: list[tuple[dict[str, Any], UsedRules]] = []
        self._known: dict[tuple[object, ...], _Indicator] = {}

    def read(self, content: bytes) -> Assessment:
        """Return an assessment whose indicators, parts and nodes hold only what the city reads.

        Args:
            content: JSON of an assessment this product wrote.
        """
        raw: dict[str, Any] = from_json(content)
        step = raw["next_grade"]
        return trusted(
            Assessment,
            {
                **dict.fromkeys(Assessment.model_fields, ()),
                "engine": intern(raw["engine"]),
                "rules": self._shared(raw["rules"]),
                "entity": slim(Entity.model_validate(raw["entity"])),
                "level": Level(raw["level"]),
                "period": _period(raw["period"]["from"], raw["period"]["to"]),
                "as_of": _day(raw["as_of"]),
                "mode": intern(raw["mode"]),
                "totals": _totals(raw["totals"]),
                "grade": slim(GradeResult.model_validate(raw["grade"])),
                "next_grade": None if step is None else _step(step),
                "nodes": tuple(_node(one) for one in raw["nodes"] if one["level"] == 1),
                "indicators": tuple(map(self._indicator, raw["indicators"])),
                "vetoes": tuple(VetoLine.model_validate(one) for one in raw["vetoes"]),
            },
        )

    def _shared(self, raw: dict[str, Any]) -> UsedRules:
        for known, rules in self._rules:
            if known == raw:
                return rules
        rules = UsedRules.model_validate(raw)
        self._rules.append((raw, rules))
        return rules

    def _indicator(self, raw: dict[str, Any]) -> _Indicator:
        key = (*_of_indicator(raw), *(value for one in raw["parts"] for value in _of_part(one)))
        found = self._known.get(key)
        if found is None:
            found = _indicator(raw)
            if len(self._known) < self.MOST_KEPT:
                self._known[key] = found
        return found


_of_indicator = itemgetter(
    "code", "label", "outcome", "nominal_points", "max_points", "points", "points_to_gain"
)
_of_part = itemgetter(*_Part._fields)


def _totals(raw: dict[str, Any]) -> Totals:
    """Return the sums, without the counts of outcomes."""
    values = {name: _points(one) if isinstance(one, str) else one for name, one in raw.items()}
    blend = tuple(BlendShare.model_validate(one) for one in raw["blend"])
    return trusted(Totals, values | {"blend": blend, "outcomes": ()})


def _step(raw: dict[str, Any]) -> NextGrade:
    values = {
        name: _points(raw[name])
        for name in ("points_needed", "missing", "reached_points", "needs_disclosure")
    }
    codes = tuple(map(intern, raw["codes"]))
    return trusted(NextGrade, {**values, "grade": intern(raw["grade"]), "codes": codes})


def _node(raw: dict[str, Any]) -> _Node:
    return _Node(
        intern(raw["code"]),
        intern(raw["label"]),
        raw["level"],
        _points(raw["max_points"]),
        _points(raw["points"]),
        _points(raw["rate"]),
    )


@cache
def _period(start: str, end: str) -> Period:
    return Period.model_validate({"from": start, "to": end})


def _indicator(raw: dict[str, Any]) -> _Indicator:
    return _Indicator(
        intern(raw["code"]),
        intern(raw["label"]),
        _outcome(raw["outcome"]),
        _points(raw["nominal_points"]),
        _points(raw["max_points"]),
        _points(raw["points"]),
        _points(raw["points_to_gain"]),
        tuple(_part(one) for one in raw["parts"]),
    )


def _part(raw: dict[str, Any]) -> _Part:
    return _Part(
        intern(raw["code"]),
        intern(raw["label"]),
        intern(raw["kind"]),
        intern(raw["unit"]),
        _value(raw["value"]),
        None if raw["action"] is None else _action(raw["action"]),
        _points(raw["nominal_points"]),
        _points(raw["max_points"]),
        _points(raw["points"]),
    )


_points = cache(Decimal)
_day = cache(date.fromisoformat)
_value = lru_cache(maxsize=None, typed=True)(parse_answer_value)
_outcome = cache(Outcome)
_action = cache(PolicyAction)
