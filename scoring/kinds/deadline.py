"""FM7: done before a day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from schemas.outcome import Reason
from schemas.rules import Deadline
from scoring.case import Case, Verdict, settle, silence
from scoring.rounding import FULL, HUNDRED, NOTHING, Share


def on_time(done: date, deadline: date, grace_days: int, grace_rate: Decimal) -> Share:
    """Return full before the deadline, `grace_rate` percent within the grace days (FM7).

    The deadline day itself is late (规定 says 4月1日前); the last grace day still counts.
    """
    if done < deadline:
        return FULL
    if done < deadline + timedelta(days=grace_days) and grace_rate > 0:
        return Share(grace_rate, HUNDRED)
    return NOTHING


def judge(case: Case) -> Verdict:
    """Hold a day against the deadline after the reporting period."""
    rule = case.rule
    assert isinstance(rule, Deadline)  # noqa: S101 - the KINDS mapping pairs them
    answer = case.answers.get(rule.item)
    if answer is None or answer.not_applicable_because or not isinstance(answer.value, date):
        return silence(answer)
    deadline = rule.deadline(case.period_end)
    share = on_time(answer.value, deadline, rule.grace_days, rule.grace_rate)
    days = (deadline - answer.value).days
    detail = f"提前{days}天" if days > 0 else f"逾期{-days}天" if days else "当日"
    return settle(
        case,
        share,
        holds=share == FULL,
        reached=Reason.ON_TIME,
        short=Reason.LATE,
        value=answer.value,
        detail=detail,
    )
