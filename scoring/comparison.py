"""Whether a value satisfies a comparator: `低于` is strict, `以下`/`以上` include the number."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal

from schemas.target import Comparator

_TESTS: dict[Comparator, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.ABOVE: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.BELOW: operator.lt,
    Comparator.EQUAL: operator.eq,
    Comparator.COUNT: operator.ge,
    Comparator.ZERO: operator.eq,
    Comparator.RELATIVE_AT_MOST: operator.le,
}

_SUITED: dict[str, frozenset[Comparator]] = {
    "proportional": frozenset(
        (Comparator.AT_LEAST, Comparator.ABOVE, Comparator.EQUAL, Comparator.COUNT)
    ),
    "lower_is_better": frozenset(
        (Comparator.AT_MOST, Comparator.BELOW, Comparator.ZERO, Comparator.RELATIVE_AT_MOST)
    ),
    "count": frozenset((Comparator.AT_LEAST, Comparator.COUNT, Comparator.EQUAL)),
    "trend": frozenset((Comparator.DECLINE, Comparator.GROWTH)),
    "relative": frozenset((Comparator.RELATIVE_AT_MOST, Comparator.RANK)),
    "deduction": frozenset((Comparator.ZERO,)),
}
_NAMED = frozenset((Comparator.EXISTS, Comparator.COUNT, Comparator.EQUAL, Comparator.AT_LEAST))

NEEDS_VALUE = frozenset(("proportional", "lower_is_better", "count"))
"""Kinds that cannot be assessed without a target's number."""


def holds(comparator: Comparator, value: Decimal, threshold: Decimal) -> bool:
    """Return whether `value comparator threshold` is true.

    Raises:
        KeyError: for comparators without a threshold (exists, decline, growth, rank).
    """
    return _TESTS[comparator](value, threshold)


def suits(kind: str, comparator: Comparator) -> bool:
    """Return whether a rule kind can be held against a comparator."""
    return comparator in _SUITED.get(kind, _NAMED)
