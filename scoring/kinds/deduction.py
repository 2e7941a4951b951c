"""FM5: points taken off per case."""

from __future__ import annotations

from decimal import Decimal

from schemas.outcome import Reason
from schemas.rules import Deduction
from scoring.case import Case, Reading, Verdict, read_figure, settle
from scoring.rounding import FULL, HUNDRED, NOTHING, Share


def deduction(cases: Decimal, each: Decimal, cap: Decimal, *, to_zero: bool = False) -> Share:
    """Return 1 - min(cap, cases * each) / 100, never below nothing (FM5).

    `each` and `cap` in percent of the points; with `to_zero` one case loses everything.
    """
    if cases <= 0:
        return FULL
    if to_zero:
        return NOTHING
    lost = min(cap, cases * each, HUNDRED)
    return NOTHING if lost == HUNDRED else Share(HUNDRED - lost, HUNDRED)


def judge(case: Case) -> Verdict:
    """Take points off for the cases reported; nothing reported is not the same as no case."""
    rule = case.rule
    assert isinstance(rule, Deduction)  # noqa: S101 - the KINDS mapping pairs them
    reading = read_figure(case, rule.item)
    if not isinstance(reading, Reading):
        return reading
    share = deduction(reading.value, rule.each, rule.cap, to_zero=rule.to_zero)
    return settle(
        case,
        share,
        holds=share == FULL,
        reached=Reason.TARGET_REACHED,
        short=Reason.DEDUCTED,
        value=reading.value,
    )
