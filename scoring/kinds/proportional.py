"""FM1: higher is better, in proportion between a floor and the target."""

from __future__ import annotations

from decimal import Decimal

from schemas.outcome import Reason
from schemas.rules import Proportional
from scoring.case import Case, Reading, Verdict, discount_claim, no_target, read_equivalent, settle
from scoring.comparison import holds
from scoring.rounding import EXACT, FULL, NOTHING, Share


def proportional(value: Decimal, target: Decimal, floor: Decimal) -> Share:
    """Return (value - floor) / (target - floor), held to [0, 1] (FM1).

    All three in the item's unit. Full at the target (inclusive), nothing at the floor
    (inclusive) and below. A floor that is not below the target leaves only full or nothing.
    """
    if value >= target:
        return FULL
    if value <= floor:
        return NOTHING
    return Share(EXACT.subtract(value, floor), EXACT.subtract(target, floor))


def judge(case: Case) -> Verdict:
    """Hold a figure against the target in force."""
    rule, target = case.rule, case.target
    assert isinstance(rule, Proportional)  # noqa: S101 - the KINDS mapping pairs them
    reading = read_equivalent(case, rule.item, rule.accepts, rule.related)
    if target is None or target.value is None:
        return no_target(reading)
    if not isinstance(reading, Reading):
        return reading
    is_met = holds(target.comparator, reading.value, target.value)
    floor = rule.floor if rule.floor is not None else target.value - rule.floor_gap
    share = proportional(reading.value, target.value, floor)
    if rule.strict and not is_met:
        share = NOTHING
    verdict = settle(
        case,
        share,
        holds=is_met,
        reached=Reason.TARGET_REACHED,
        short=Reason.SHORT_OF_TARGET,
        value=reading.value,
    )
    return discount_claim(case, reading, verdict)
