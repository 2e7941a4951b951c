"""FM6: this year against last year."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from schemas.outcome import Outcome, Reason
from schemas.rules import Trend
from scoring.case import Case, Reading, Verdict, read_figure, settle, unknown
from scoring.rounding import FULL, HALF, NOTHING, Share

_REASONS = {FULL: Reason.IMPROVED, HALF: Reason.UNCHANGED, NOTHING: Reason.WORSENED}


def trend(
    current: Decimal, previous: Decimal, improves: Literal["up", "down"], tolerance: Decimal
) -> Share:
    """Return full when improved, half when equal within the tolerance, else nothing (FM6).

    A difference of exactly the tolerance counts as equal.
    """
    change = current - previous if improves == "up" else previous - current
    if abs(change) <= tolerance:
        return HALF
    return FULL if change > 0 else NOTHING


def judge(case: Case) -> Verdict:
    """Compare two years; without last year's figure nothing can be said."""
    rule = case.rule
    assert isinstance(rule, Trend)  # noqa: S101 - the KINDS mapping pairs them
    reading = read_figure(case, rule.item)
    if not isinstance(reading, Reading):
        return reading
    previous = reading.answer.previous
    if previous is None:
        return unknown(Outcome.NOT_ASSESSABLE, Reason.NO_PREVIOUS, disclosed=True)._replace(
            value=reading.value
        )
    share = trend(reading.value, previous, rule.improves, rule.tolerance)
    return settle(
        case,
        share,
        holds=share == FULL,
        reached=Reason.IMPROVED,
        short=_REASONS[share],
        value=reading.value,
    )
