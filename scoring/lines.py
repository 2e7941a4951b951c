"""Lines of the result: parts, indicators, dimensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from schemas.base import trusted
from schemas.framework import Node
from schemas.outcome import Outcome, PolicyAction, Reason
from schemas.result import IndicatorScore, NodeScore, PartScore
from schemas.submission import Answer, Evidence, EvidenceLevel, Submission
from scoring.case import Verdict
from scoring.reviewing import Decisions
from scoring.rounding import EXACT, percent_of, quantize
from scoring.ruler import Ruler
from scoring.totals import ScoredPart
from scoring.weights import dimension_of

_ZERO = Decimal(0)
_DISPLAY, _FINEST = Decimal("0.0001"), -4
"""A value worked out from a numerator and a denominator is shown with four places."""
_LEVELS = tuple(EvidenceLevel)
_NOBODYS_FAULT = frozenset((Reason.NO_TARGET, Reason.NO_BENCHMARK))


def build_indicators(
    parts: Sequence[ScoredPart],
    answers: Mapping[str, Answer],
    submission: Submission,
    ruler: Ruler,
    decisions: Decisions,
) -> tuple[IndicatorScore, ...]:
    """Return one line per indicator in framework order."""
    own = {score.code: score.points for score in submission.self_scores}
    vetoed = {line.indicator: line.code for line in decisions.vetoes if line.indicator}
    parents = {node.code: node.parent for node in ruler.framework.nodes}
    base = _Base(parts, ruler, {one.key: one.value for one in submission.benchmarks})
    lines: list[IndicatorScore] = []
    for code, group in groupby(parts, key=lambda part: part.plan.indicator.code):
        mine = list(group)
        lines.append(
            _indicator(
                mine,
                answers,
                base,
                dimension_of(code, parents),
                own.get(code),
                vetoed.get(code, ""),
            )
        )
    return tuple(lines)


class _Base:
    """Nominal sums a re-spread gain is worked out from, and the benchmarks supplied."""

    def __init__(
        self, parts: Sequence[ScoredPart], ruler: Ruler, benchmarks: Mapping[str, Decimal]
    ) -> None:
        self.benchmarks = benchmarks
        kept = [part for part in parts if not part.is_excluded]
        self.applicable = sum((part.plan.nominal for part in kept), _ZERO)
        self.earned = sum((_nominal_earned(part) for part in kept), _ZERO)
        self.ruler = ruler

    def total(self, more_earned: Decimal, more_applicable: Decimal) -> Decimal:
        whole = self.applicable + more_applicable
        if not whole:
            return _ZERO
        exact = EXACT.divide((self.earned + more_earned) * self.ruler.full_mark, whole)
        return quantize(exact, self.ruler.scheme.rounding)


def _nominal_earned(part: ScoredPart) -> Decimal:
    return EXACT.divide(part.plan.nominal * part.share.earned, part.share.of)


def gain_of(parts: Sequence[ScoredPart], base: _Base) -> Decimal:
    """Return what the total rises by if these parts alone became fully met.

    Parts under `rescale` bring their weight back with them, so their gain is worked out on
    the whole: full mark x (earned + own) / (applicable + own).
    """
    back = [part for part in parts if part.is_excluded and part.is_mendable]
    if not back:
        gain = _ZERO
        for part in parts:
            gain += part.max_points - part.points
        return gain
    returned = sum((part.plan.nominal for part in back), _ZERO)
    short = sum(
        (part.plan.nominal - _nominal_earned(part) for part in parts if not part.is_excluded),
        _ZERO,
    )
    return max(base.total(returned + short, returned) - base.total(_ZERO, _ZERO), _ZERO)


def _indicator(  # noqa: PLR0913 - the inner step of build_indicators
    parts: Sequence[ScoredPart],
    answers: Mapping[str, Answer],
    base: _Base,
    dimension: str,
    self_points: Decimal | None,
    vetoed_by: str,
) -> IndicatorScore:
    node: Node = parts[0].plan.indicator
    outcome, reason = summarise([part.verdict for part in parts])
    nominal = most = points = shown = _ZERO
    is_short = bool(vetoed_by)
    for part in parts:
        nominal += part.plan.nominal
        most += part.max_points
        points += part.points
        shown += part.plan.nominal * part.verdict.disclosed
        is_short = is_short or _is_short(part)
    return trusted(
        IndicatorScore,
        {
            "code": node.code,
            "label": node.label,
            "dimension": dimension,
            "parent": node.parent or "",
            "is_core": node.core,
            "outcome": outcome,
            "reason": reason,
            "nominal_points": nominal,
            "max_points": most,
            "points": points,
            "points_lost": most - points,
            "points_to_gain": _ZERO if vetoed_by else gain_of(parts, base),
            "is_short": is_short,
            "disclosed": percent_of(shown, nominal),
            "remedy": node.remedy if is_short else "",
            "owner": node.owner,
            "self_points": self_points,
            "vetoed_by": vetoed_by,
            "parts": tuple(_part(part, answers, base.benchmarks) for part in parts),
        },
    )


def _is_short(part: ScoredPart) -> bool:
    verdict = part.verdict
    if verdict.outcome is Outcome.MET or verdict.outcome is Outcome.NOT_APPLICABLE:
        return False
    return not (verdict.reason in _NOBODYS_FAULT and part.is_excluded)


def summarise(verdicts: Sequence[Verdict]) -> tuple[Outcome, Reason]:
    """Return the outcome of an indicator from its parts, those not applicable left aside."""
    if len(verdicts) == 1:
        return verdicts[0].outcome, verdicts[0].reason
    counted = [v for v in verdicts if v.outcome is not Outcome.NOT_APPLICABLE]
    if not counted:
        return Outcome.NOT_APPLICABLE, verdicts[0].reason
    outcomes = {verdict.outcome for verdict in counted}
    reasons = {verdict.reason for verdict in counted}
    reason = reasons.pop() if len(reasons) == 1 else Reason.COMPOSITE
    if len(outcomes) == 1:
        return outcomes.pop(), reason
    if any(verdict.share.earned > 0 and verdict.outcome.is_scored for verdict in counted):
        return Outcome.PARTLY_MET, Reason.COMPOSITE
    worst = (Outcome.NOT_MET, Outcome.NOT_DUE, Outcome.NOT_REPORTED, Outcome.NOT_ASSESSABLE)
    return next(o for o in (*worst, Outcome.PENDING_REVIEW) if o in outcomes), Reason.COMPOSITE


def _part(
    part: ScoredPart, answers: Mapping[str, Answer], benchmarks: Mapping[str, Decimal]
) -> PartScore:
    plan, verdict = part.plan, part.verdict
    line = plan.line.copy()
    line["outcome"] = verdict.outcome
    line["reason"] = verdict.reason
    line["value"] = _displayed(verdict)
    line["target"] = part.target
    line["detail"] = verdict.detail
    line["action"] = part.action if part.action is not PolicyAction.PROGRESS else None
    line["max_points"] = part.max_points
    line["points"] = part.points
    line["points_lost"] = part.max_points - part.points
    line["low_points"] = part.low_points
    line["high_points"] = part.high_points
    if part.target is not None and plan.benchmark:
        line["benchmark"] = part.target.value
    elif plan.part.rule.kind == "relative":
        line["benchmark"] = benchmarks.get(plan.items[0])
    if len(plan.items) > 1:
        given = [answers[item] for item in plan.items if item in answers]
    else:
        given = [answers[plan.items[0]]] if plan.items[0] in answers else []
    if given:
        _answered(line, given, verdict)
    return trusted(PartScore, line)


def _displayed(verdict: Verdict) -> bool | Decimal | date | None:
    value = verdict.value
    if isinstance(value, Decimal) and int(value.as_tuple().exponent) < _FINEST:
        return value.quantize(_DISPLAY, context=EXACT)
    return value


def _answered(line: dict[str, object], given: Sequence[Answer], verdict: Verdict) -> None:
    """Fill in what was reported: the figures of the first answer, the evidence of all."""
    answer = given[0]
    line["item"] = answer.item
    line["numerator"] = answer.numerator
    line["denominator"] = answer.denominator
    line["previous"] = answer.previous
    line["rank"] = answer.rank
    line["scope"] = answer.scope
    line["evidence_level"] = _evidence_level(answer, verdict)
    line["is_approximate"] = any(one.is_approximate for one in given)
    line["evidence"] = _evidence(given)
    line["note"] = "；".join(one.note for one in given if one.note)


def _evidence(given: Sequence[Answer]) -> tuple[Evidence, ...]:
    if len(given) == 1:
        return given[0].evidence
    return tuple(dict.fromkeys(evidence for answer in given for evidence in answer.evidence))


def _evidence_level(answer: Answer, verdict: Verdict) -> EvidenceLevel:
    if not verdict.disclosed:
        return EvidenceLevel.V0
    if answer.evidence_level is not None:
        return answer.evidence_level
    if verdict.detail.startswith("V") and isinstance(verdict.value, Decimal):
        return _LEVELS[int(verdict.value)]
    return EvidenceLevel.V2 if answer.is_claim else EvidenceLevel.V3


def build_nodes(indicators: Sequence[IndicatorScore], ruler: Ruler) -> tuple[NodeScore, ...]:
    """Return one line per group with anything in it: sums of its indicators."""
    nodes = [node for node in ruler.framework.nodes if not node.is_indicator]
    parents = {node.code: node.parent for node in ruler.framework.nodes}
    below: dict[str, list[IndicatorScore]] = {node.code: [] for node in nodes}
    for indicator in indicators:
        parent = parents[indicator.code]
        while parent is not None:
            below[parent].append(indicator)
            parent = parents[parent]
    return tuple(_node(node, below[node.code], parents) for node in nodes if below[node.code])


def _node(
    node: Node, mine: Sequence[IndicatorScore], parents: Mapping[str, str | None]
) -> NodeScore:
    points = sum((one.points for one in mine), _ZERO)
    most = sum((one.max_points for one in mine), _ZERO)
    outcomes = [one.outcome for one in mine]
    level, code = 1, node.code
    while (parent := parents[code]) is not None:
        level, code = level + 1, parent
    return trusted(
        NodeScore,
        {
            "code": node.code,
            "parent": node.parent or "",
            "label": node.label,
            "level": level,
            "nominal_points": sum((one.nominal_points for one in mine), _ZERO),
            "max_points": most,
            "points": points,
            "points_lost": most - points,
            "rate": percent_of(points, most),
            "outcomes": tuple((o, outcomes.count(o)) for o in Outcome if o in outcomes),
        },
    )
