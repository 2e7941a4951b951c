"""FM9: points by evidence level V0–V3."""

from __future__ import annotations

from decimal import Decimal

from schemas.outcome import Reason
from schemas.rules import Tiered, TierRates
from scoring.case import Case, Reading, Verdict, read_figure, settle, silence
from scoring.rounding import FULL, HUNDRED, Share


def tiered(level: int, rates: TierRates) -> Share:
    """Return the rate of an evidence level 0..3, percent of the points (FM9).

    Raises:
        IndexError: for a level outside 0..3.
    """
    if level < 0:
        raise IndexError(level)
    rate = rates[level]
    return FULL if rate == HUNDRED else Share(rate, HUNDRED)


def judge(case: Case) -> Verdict:
    """Give the rate of the level; level 0 means the report does not mention it."""
    rule = case.rule
    assert isinstance(rule, Tiered)  # noqa: S101 - the KINDS mapping pairs them
    reading = read_figure(case, rule.item)
    if not isinstance(reading, Reading):
        return reading
    level = int(reading.value)
    if level == 0:
        return silence(reading.answer)
    share = tiered(level, rule.rates)
    return settle(
        case,
        share,
        holds=share == FULL,
        reached=Reason.TIER,
        short=Reason.TIER,
        value=Decimal(level),
        detail=f"V{level}",
    )
