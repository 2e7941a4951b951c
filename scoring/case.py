"""What a rule kind is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from schemas.outcome import Outcome, Reason
from schemas.result import TargetInForce
from schemas.rules import Rule
from schemas.submission import Answer, EvidenceLevel
from scoring.rounding import EXACT, FULL, HUNDRED, NOTHING, Share

_ONE, _NONE = Decimal(1), Decimal(0)
_SILENT = frozenset((Reason.SILENT, Reason.STATEMENT_ONLY))


class Case(NamedTuple):
    """One rule and everything it may look at."""

    rule: Rule
    answers: Mapping[str, Answer]
    target: TargetInForce | None
    period_end: date
    is_rate: bool
    """The item is a percentage, so numerator / denominator gives its value."""
    claim_rate: Decimal
    confirmed: frozenset[str]
    """Items whose claim a reviewer confirmed."""
    benchmarks: Mapping[str, Decimal]
    expert_scores: Mapping[str, Decimal]
    core_disclosure: Decimal


class Verdict(NamedTuple):
    """What a rule found. `low` and `high` bound the share while something is unknown."""

    outcome: Outcome
    reason: Reason
    share: Share
    low: Share
    high: Share
    disclosed: Decimal
    """Part of the rule's items that was disclosed, 0..1."""
    evidenced: Decimal
    """Part that counts as proven, 0..1."""
    value: bool | Decimal | date | None = None
    detail: str = ""


class Reading(NamedTuple):
    """A usable figure of an item."""

    answer: Answer
    value: Decimal


def known(outcome: Outcome, reason: Reason, share: Share, **more: object) -> Verdict:
    """Return a verdict without doubt: both bounds are the share itself."""
    return Verdict(outcome, reason, share, share, share, _ONE, _ONE, **more)  # type: ignore[arg-type]


def unknown(
    outcome: Outcome, reason: Reason, *, disclosed: bool = False, detail: str = ""
) -> Verdict:
    """Return a verdict whose true share lies anywhere between nothing and full."""
    shown = _ONE if disclosed else _NONE
    return Verdict(outcome, reason, NOTHING, NOTHING, FULL, shown, _NONE, detail=detail)


INAPPLICABLE = Verdict(
    Outcome.NOT_APPLICABLE, Reason.LEVEL, NOTHING, NOTHING, NOTHING, _NONE, _NONE
)
"""The indicator does not apply to entities of this level."""


def no_target(reading: Reading | Verdict) -> Verdict:
    """Return the verdict where no target is in force, whatever was reported."""
    if isinstance(reading, Reading):
        found = unknown(Outcome.NOT_ASSESSABLE, Reason.NO_TARGET, disclosed=True)
        return found._replace(value=reading.value)
    if reading.outcome is Outcome.NOT_APPLICABLE:
        return reading
    return unknown(Outcome.NOT_ASSESSABLE, Reason.NO_TARGET)


def silence(answer: Answer | None) -> Verdict:
    """Return the verdict for an answer without a usable value."""
    if answer is not None and answer.not_applicable_because:
        return Verdict(
            Outcome.NOT_APPLICABLE, Reason.DECLARED, NOTHING, NOTHING, NOTHING, _NONE, _NONE
        )
    if answer is not None and answer.is_weakness:
        return unknown(Outcome.NOT_REPORTED, Reason.ADMITTED_WEAKNESS)
    if answer is not None and answer.evidence:
        return unknown(Outcome.NOT_REPORTED, Reason.STATEMENT_ONLY)
    return unknown(Outcome.NOT_REPORTED, Reason.SILENT)


def read_figure(case: Case, item: str) -> Reading | Verdict:
    """Return the figure of an item, or the verdict its absence leads to."""
    answer = case.answers.get(item)
    if answer is None or answer.not_applicable_because:
        return silence(answer)
    if isinstance(answer.value, Decimal):
        return Reading(answer, answer.value)
    if answer.numerator is not None and case.is_rate:
        if answer.denominator:
            ratio = EXACT.divide(EXACT.multiply(answer.numerator, HUNDRED), answer.denominator)
            return Reading(answer, ratio)
        return unknown(Outcome.NOT_ASSESSABLE, Reason.NO_DENOMINATOR, disclosed=True)
    if answer.is_claim and case.is_rate:
        return Reading(answer, HUNDRED)  # 全覆盖 claims 100 %; it counts at a factor
    return silence(answer)


def read_equivalent(
    case: Case, item: str, accepts: tuple[str, ...], related: tuple[str, ...]
) -> Reading | Verdict:
    """Return the figure of an item or of one accepted in its place.

    A figure that is only related proves nothing: the verdict is `not_assessable`.
    """
    first = read_figure(case, item)
    if isinstance(first, Reading) or first.reason not in _SILENT:
        return first
    for other in accepts:
        reading = read_figure(case, other)
        if isinstance(reading, Reading):
            return reading
    if any(isinstance(read_figure(case, other), Reading) for other in related):
        return unknown(Outcome.NOT_ASSESSABLE, Reason.NOT_EQUIVALENT, disclosed=True)
    return first


def settle(
    case: Case, share: Share, *, holds: bool, reached: Reason, short: Reason, **more: object
) -> Verdict:
    """Turn a share into a verdict: met, partly met, not met, or not due yet."""
    if holds:
        return known(Outcome.MET, reached, FULL, **more)
    if case.target is not None and not case.target.is_due:
        return known(Outcome.NOT_DUE, Reason.BEFORE_DEADLINE, share, **more)
    if share.earned >= share.of:
        return known(Outcome.NOT_MET, Reason.STRICT_BOUND, share, **more)
    outcome = Outcome.PARTLY_MET if share.earned > 0 else Outcome.NOT_MET
    return known(outcome, short, share, **more)


def discount_claim(case: Case, reading: Reading, verdict: Verdict) -> Verdict:
    """Hold a met target that rests on a claim to the claim rate until it is confirmed.

    A rate is met only by a figure (V3); a mere 全覆盖 counts `claim_rate` percent.
    """
    answer = reading.answer
    is_weak = answer.is_claim or (
        answer.evidence_level is not None and answer.evidence_level is not EvidenceLevel.V3
    )
    if verdict.outcome is not Outcome.MET or not is_weak or answer.item in case.confirmed:
        return verdict
    share = Share(case.claim_rate, HUNDRED)
    return Verdict(
        Outcome.PARTLY_MET,
        Reason.CLAIM_UNCONFIRMED,
        share,
        NOTHING,
        FULL,
        _ONE,
        _NONE,
        verdict.value,
        verdict.detail,
    )
