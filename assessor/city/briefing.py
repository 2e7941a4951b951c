"""Archived assessments as far as the city looks at them: points and values, no texts.

A whole assessment takes about 1 MB of memory, a brief one a fortieth of it.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache, lru_cache
from sys import intern
from typing import Any, NamedTuple

from schemas.base import AnswerValue, parse_answer_value
from schemas.outcome import Outcome, PolicyAction
from schemas.result import Assessment, UsedRules

_LEFT_OUT = ("issues", "waiting", "sources", "bonuses", "gaps")


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


class Briefing:
    """Reads assessments of one run; what they share is kept once."""

    def __init__(self) -> None:
        self._rules: list[tuple[dict[str, Any], UsedRules]] = []

    def read(self, content: bytes) -> Assessment:
        """Return an assessment whose indicators and parts hold only what `gathering` reads.

        Args:
            content: JSON of an assessment this product wrote.
        """
        raw: dict[str, Any] = json.loads(content)
        indicators = tuple(_indicator(one) for one in raw["indicators"])
        rest = dict.fromkeys((*_LEFT_OUT, "indicators"), ())
        whole = Assessment.model_validate({**raw, **rest, "rules": self._shared(raw["rules"])})
        return whole.model_copy(update={"indicators": indicators})

    def _shared(self, raw: dict[str, Any]) -> UsedRules:
        for known, rules in self._rules:
            if known == raw:
                return rules
        rules = UsedRules.model_validate(raw)
        self._rules.append((raw, rules))
        return rules


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
_value = lru_cache(maxsize=None, typed=True)(parse_answer_value)
_outcome = cache(Outcome)
_action = cache(PolicyAction)
