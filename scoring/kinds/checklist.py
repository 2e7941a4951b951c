"""FM4: yes/no items met of those asked for."""

from __future__ import annotations

from decimal import Decimal

from schemas.outcome import Reason
from schemas.rules import Checklist
from scoring.case import Case, Verdict, settle, silence
from scoring.rounding import EXACT, FULL, Share


def checklist(met: int, items: int) -> Share:
    """Return met / items (FM4); 0 <= met <= items, items >= 1."""
    return FULL if met == items else Share(Decimal(met), Decimal(items))


def judge(case: Case) -> Verdict:
    """Count the items met; items not disclosed stay open between nothing and full."""
    rule = case.rule
    assert isinstance(rule, Checklist)  # noqa: S101 - the KINDS mapping pairs them
    asked = [case.answers.get(item) for item in rule.items]
    asked = [answer for answer in asked if answer is None or not answer.not_applicable_because]
    if not asked:
        return silence(case.answers[rule.items[0]])
    stated = [answer for answer in asked if answer is not None and isinstance(answer.value, bool)]
    if not stated:
        given = [answer for answer in asked if answer is not None]
        given.sort(key=lambda answer: (not answer.is_weakness, not answer.evidence))
        return silence(given[0] if given else None)
    met = sum(answer.value is True for answer in stated)
    total, silent = len(asked), len(asked) - len(stated)
    verdict = settle(
        case,
        checklist(met, total),
        holds=met == total,
        reached=Reason.CHECKLIST,
        short=Reason.CHECKLIST,
        detail=f"{met}/{total}",
    )
    shown = EXACT.divide(Decimal(len(stated)), Decimal(total))
    return verdict._replace(high=checklist(met + silent, total), disclosed=shown, evidenced=shown)
