"""One module per rule kind: a pure function over decimals, and how it reads a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from scoring.case import Case, Verdict
from scoring.kinds import (
    checklist,
    count,
    deadline,
    deduction,
    disclosure,
    expert,
    lower_is_better,
    proportional,
    relative,
    tiered,
    trend,
)

KINDS: Mapping[str, Callable[[Case], Verdict]] = MappingProxyType(
    {
        "proportional": proportional.judge,
        "lower_is_better": lower_is_better.judge,
        "count": count.judge,
        "checklist": checklist.judge,
        "tiered": tiered.judge,
        "deduction": deduction.judge,
        "trend": trend.judge,
        "deadline": deadline.judge,
        "relative": relative.judge,
        "expert": expert.judge,
        "disclosure": disclosure.judge,
    }
)

__all__ = ["KINDS"]
