"""A reviewer's score."""

from __future__ import annotations

from decimal import Decimal

from schemas.outcome import Outcome, Reason
from schemas.rules import Expert
from scoring.case import Case, Verdict, settle, unknown
from scoring.rounding import FULL, HUNDRED, NOTHING, Share


def expert(score: Decimal) -> Share:
    """Return score / 100, held to [0, 1]."""
    if score >= HUNDRED:
        return FULL
    return Share(score, HUNDRED) if score > 0 else NOTHING


def judge(case: Case) -> Verdict:
    """Use the reviewer's score; until there is one the outcome is pending."""
    rule = case.rule
    assert isinstance(rule, Expert)  # noqa: S101 - the KINDS mapping pairs them
    score = case.expert_scores.get(rule.item)
    if score is None:
        return unknown(Outcome.PENDING_REVIEW, Reason.AWAITING_EXPERT)
    share = expert(score)
    return settle(
        case, share, holds=share == FULL, reached=Reason.EXPERT, short=Reason.EXPERT, value=score
    )
