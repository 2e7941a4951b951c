"""The share of core indicators disclosed, computed by the engine."""

from __future__ import annotations

from schemas.outcome import Reason
from schemas.rules import Disclosure
from scoring.case import Case, Verdict, settle
from scoring.kinds.proportional import proportional
from scoring.rounding import FULL, HUNDRED


def judge(case: Case) -> Verdict:
    """Give points in proportion to the core disclosure rate; always known."""
    rule = case.rule
    assert isinstance(rule, Disclosure)  # noqa: S101 - the KINDS mapping pairs them
    share = proportional(case.core_disclosure, HUNDRED, rule.floor)
    return settle(
        case,
        share,
        holds=share == FULL,
        reached=Reason.TARGET_REACHED,
        short=Reason.SHORT_OF_TARGET,
        value=case.core_disclosure,
    )
