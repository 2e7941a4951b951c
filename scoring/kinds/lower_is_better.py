"""FM2: lower is better, in proportion between the target and a zero point."""

from __future__ import annotations

from decimal import Decimal

from schemas.outcome import Outcome, Reason
from schemas.rules import LowerIsBetter
from scoring.case import (
    Case,
    Reading,
    Verdict,
    discount_claim,
    no_target,
    read_figure,
    settle,
    unknown,
)
from scoring.comparison import holds
from scoring.rounding import EXACT, FULL, NOTHING, Share


def lower_is_better(value: Decimal, target: Decimal, zero_at: Decimal) -> Share:
    """Return (zero_at - value) / (zero_at - target), held to [0, 1] (FM2).

    All three in the item's unit. Full at the target (inclusive) and below, nothing at `zero_at`
    (inclusive) and above. With a zero point not above the target only full or nothing is left.
    """
    if value <= target:
        return FULL
    if value >= zero_at:
        return NOTHING
    return Share(EXACT.subtract(zero_at, value), EXACT.subtract(zero_at, target))


def judge(case: Case) -> Verdict:
    """Hold a figure against the limit in force.

    A strict limit (`<`) that is exactly reached is not met: the linear formula still gives full
    points there, so the outcome says `not_met` with reason `strict_bound`.
    """
    rule, target = case.rule, case.target
    assert isinstance(rule, LowerIsBetter)  # noqa: S101 - the KINDS mapping pairs them
    reading = read_figure(case, rule.item)
    if target is None:
        return no_target(reading)
    if not isinstance(reading, Reading):
        return reading
    if target.value is None:
        return unknown(Outcome.NOT_ASSESSABLE, Reason.NO_BENCHMARK, disclosed=True)._replace(
            value=reading.value
        )
    is_met = holds(target.comparator, reading.value, target.value)
    zero_at = rule.zero_at if rule.zero_at is not None else 2 * target.value
    share = lower_is_better(reading.value, target.value, zero_at)
    if rule.strict and not is_met:
        share = NOTHING
    verdict = settle(
        case,
        share,
        holds=is_met,
        reached=Reason.TARGET_REACHED,
        short=Reason.BEYOND_LIMIT,
        value=reading.value,
    )
    return discount_claim(case, reading, verdict)
