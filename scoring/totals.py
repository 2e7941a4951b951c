"""Points per part after the policy, bounds, and the total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from schemas.framework import Policy, Rounding
from schemas.outcome import Outcome, PolicyAction, Reason
from schemas.result import BlendShare, IndicatorScore, TargetInForce, Totals
from scoring.case import Verdict
from scoring.judging import Judged
from scoring.reviewing import Decisions
from scoring.rounding import (
    EXACT,
    FULL,
    HUNDRED,
    NOTHING,
    Share,
    apportion,
    percent_of,
    points_of,
    quantize,
)
from scoring.ruler import PartPlan, Ruler, action_for

_ZERO, _ONE = Decimal(0), Decimal(1)
_OPEN_ENDED = frozenset((Reason.NO_TARGET, Reason.NO_BENCHMARK, Reason.DECLARED, Reason.LEVEL))
"""Reasons nobody can mend by disclosing more: outside the bounds when they leave the total."""


class ScoredPart(NamedTuple):
    """A judged part with its points."""

    plan: PartPlan
    target: TargetInForce | None
    verdict: Verdict
    action: PolicyAction | None
    share: Share
    """Share of the points after the policy's action."""
    max_points: Decimal
    points: Decimal
    bound_points: Decimal
    """Full points in the bounds; 0 when the part is outside them."""
    low_points: Decimal
    high_points: Decimal

    @property
    def is_computed(self) -> bool:
        """Whether the engine works it out itself, so that it is evidence of nothing reported."""
        return self.plan.part.rule.kind == "disclosure"

    @property
    def is_excluded(self) -> bool:
        """Whether the part left the total."""
        return self.action is PolicyAction.RESCALE

    @property
    def is_mendable(self) -> bool:
        """Whether the entity could earn more here."""
        return not (self.is_excluded and self.verdict.reason in _OPEN_ENDED)


def spread(
    judged: Sequence[Judged],
    full_mark: Decimal,
    rounding: Rounding,
    policy: Policy,
    zeroed: frozenset[str] = frozenset(),
) -> list[ScoredPart]:
    """Give each part its points.

    Parts under `rescale` leave the total and their points are spread over the rest in
    proportion, so that full points always sum to the full mark exactly. `zeroed` names
    indicators a veto set to nothing: they stay in the total whatever the policy.
    """
    actions = [
        None if one.plan.indicator.code in zeroed else _action(one.verdict, policy)
        for one in judged
    ]
    nominal = [one.plan.nominal for one in judged]
    counts = [action is not PolicyAction.RESCALE for action in actions]
    bounded = [
        stays or one.verdict.reason not in _OPEN_ENDED
        for stays, one in zip(counts, judged, strict=True)
    ]
    max_points = _respread(nominal, counts, full_mark, rounding.places)
    bound_points = (
        max_points if bounded == counts else _respread(nominal, bounded, full_mark, rounding.places)
    )
    return [
        _score(one, action, most, bound, rounding, policy, zeroed)
        for one, action, most, bound in zip(judged, actions, max_points, bound_points, strict=True)
    ]


def _action(verdict: Verdict, policy: Policy) -> PolicyAction | None:
    if verdict.outcome in (Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET):
        return None
    return action_for(policy, verdict.outcome, verdict.reason)


def _respread(
    nominal: Sequence[Decimal], counts: Sequence[bool], full_mark: Decimal, places: int
) -> list[Decimal]:
    if all(counts):
        return list(nominal)
    kept = [points for points, stays in zip(nominal, counts, strict=True) if stays]
    if not kept:
        return [_ZERO] * len(nominal)
    shares = iter(apportion(full_mark, kept, places))
    return [next(shares) if stays else _ZERO for stays in counts]


def _score(  # noqa: PLR0913 - the inner step of spread
    one: Judged,
    action: PolicyAction | None,
    most: Decimal,
    bound: Decimal,
    rounding: Rounding,
    policy: Policy,
    zeroed: frozenset[str],
) -> ScoredPart:
    verdict = one.verdict
    share = _share(verdict, action, policy)
    low, high = verdict.low, verdict.high
    if one.plan.indicator.code in zeroed:
        share = low = high = NOTHING
    points = points_of(most, share, rounding) if most else _ZERO
    if low is share and high is share and bound == most:
        low_points = high_points = points
    else:
        low_points = points_of(bound, low, rounding) if bound else _ZERO
        high_points = points_of(bound, high, rounding) if bound else _ZERO
    return ScoredPart(
        one.plan, one.target, verdict, action, share, most, points, bound, low_points, high_points
    )


def _share(verdict: Verdict, action: PolicyAction | None, policy: Policy) -> Share:
    if action is PolicyAction.FLOOR:
        return Share(policy.floor, HUNDRED)
    if action in (PolicyAction.ZERO, PolicyAction.BLOCK, PolicyAction.RESCALE):
        return NOTHING
    if _ZERO < verdict.disclosed < 1:
        silent = action_for(policy, Outcome.NOT_REPORTED, Reason.SILENT)
        if silent is PolicyAction.RESCALE:
            return Share(verdict.share.earned, EXACT.multiply(verdict.share.of, verdict.disclosed))
        if silent is PolicyAction.FLOOR:
            hidden = EXACT.multiply(EXACT.subtract(_ONE, verdict.disclosed), policy.floor / HUNDRED)
            earned = EXACT.fma(hidden, verdict.share.of, verdict.share.earned)
            return Share(earned, verdict.share.of)
    return verdict.share


def total_if_met(parts: Sequence[ScoredPart], codes: frozenset[str], ruler: Ruler) -> Decimal:
    """Return the indicator points if some indicators were fully met, scored like the rest.

    Parts under `rescale` come back with their weight when they are among them.
    """
    rounding = ruler.scheme.rounding
    shares = [
        FULL if part.plan.indicator.code in codes and part.is_mendable else part.share
        for part in parts
    ]
    counts = [
        share is FULL or not part.is_excluded for part, share in zip(parts, shares, strict=True)
    ]
    nominal = [part.plan.nominal for part in parts]
    most = _respread(nominal, counts, ruler.full_mark, rounding.places)
    return sum((points_of(m, s, rounding) for m, s in zip(most, shares, strict=True) if m), _ZERO)


def add_up(
    parts: Sequence[ScoredPart],
    indicators: Sequence[IndicatorScore],
    ruler: Ruler,
    decisions: Decisions,
    core_rate: Decimal,
) -> Totals:
    """Sum the rounded lines; the printed total is this sum, not a rounding of another one."""
    own = sum((indicator.points for indicator in indicators), _ZERO)
    bonus = sum((line.counted for line in decisions.bonuses), _ZERO)
    blend = _blend(ruler, own + bonus, decisions)
    is_blocked = any(part.action is PolicyAction.BLOCK for part in parts)
    has_none = all(part.is_excluded or part.is_computed for part in parts)
    total = None if is_blocked or has_none else blended(blend, own + bonus)
    low = sum((part.low_points for part in parts), _ZERO) + bonus
    high = sum((part.high_points for part in parts), _ZERO) + bonus
    bound = [part for part in parts if part.bound_points and not part.is_computed]
    shown = [one for one in indicators if not _is_computed(one)]
    applicable = [one for one in shown if one.outcome is not Outcome.NOT_APPLICABLE]
    disclosed = sum(one.disclosed > 0 for one in applicable)
    outcomes = [one.outcome for one in indicators]
    return Totals(
        full_mark=ruler.full_mark,
        indicator_points=own,
        bonus_points=bonus,
        blend=blend,
        total_points=total,
        rate=None if total is None else EXACT.divide(total * HUNDRED, ruler.full_mark),
        low_points=blended(_blend(ruler, low, decisions), low),
        high_points=blended(_blend(ruler, high, decisions), high),
        disclosure_rate=percent_of(Decimal(disclosed), Decimal(len(applicable))),
        core_disclosure_rate=core_rate,
        evidenced_share=percent_of(
            sum((part.plan.nominal * part.verdict.evidenced for part in bound), _ZERO),
            sum((part.plan.nominal for part in bound), _ZERO),
        ),
        n_applicable=len(applicable),
        n_disclosed=disclosed,
        outcomes=tuple((o, outcomes.count(o)) for o in Outcome if o in outcomes),
    )


def _is_computed(indicator: IndicatorScore) -> bool:
    return all(part.kind == "disclosure" for part in indicator.parts)


def _blend(ruler: Ruler, own: Decimal, decisions: Decisions) -> tuple[BlendShare, ...]:
    """Return the ingredients, or nothing when the report score stands alone."""
    if len(ruler.blend.parts) == 1:
        return ()
    shares: list[BlendShare] = []
    for part in ruler.blend.parts:
        score: Decimal | None = own
        if part.id != "report":
            outside = decisions.outside_scores.get(part.id)
            score = None if outside is None else outside * ruler.full_mark / HUNDRED
        points = _ZERO if score is None else score * part.weight / HUNDRED
        shares.append(
            BlendShare(
                id=part.id,
                label=part.label,
                weight=part.weight,
                score=score,
                points=quantize(points, ruler.scheme.rounding),
            )
        )
    return tuple(shares)


def blended(blend: Sequence[BlendShare], own: Decimal) -> Decimal:
    """Return the total: the ingredients' sum, or the report alone while one is missing."""
    if not blend or any(share.score is None for share in blend):
        return own
    return sum((share.points for share in blend), _ZERO)
