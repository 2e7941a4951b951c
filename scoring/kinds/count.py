"""FM3: a count against a required number."""

from __future__ import annotations

from decimal import Decimal

from schemas.outcome import Reason
from schemas.rules import Count
from scoring.case import Case, Reading, Verdict, discount_claim, no_target, read_equivalent, settle
from scoring.comparison import holds
from scoring.rounding import FULL, Share


def count(number: Decimal, required: Decimal) -> Share:
    """Return number / required, held to [0, 1] (FM3). Nothing required is always full."""
    if number >= required or required <= 0:
        return FULL
    return Share(max(number, Decimal(0)), required)


def judge(case: Case) -> Verdict:
    """Hold a count against the number in force."""
    rule, target = case.rule, case.target
    assert isinstance(rule, Count)  # noqa: S101 - the KINDS mapping pairs them
    reading = read_equivalent(case, rule.item, rule.accepts, rule.related)
    if target is None or target.value is None:
        return no_target(reading)
    if not isinstance(reading, Reading):
        return reading
    share = count(reading.value, target.value)
    verdict = settle(
        case,
        share,
        holds=holds(target.comparator, reading.value, target.value) or share == FULL,
        reached=Reason.COUNTED,
        short=Reason.SHORT_OF_TARGET,
        value=reading.value,
    )
    return discount_claim(case, reading, verdict)
