"""This year against last year: each change split by cause, the parts summing to it exactly.

The new is put in place of the old one component at a time, in the order of `Cause`; what a
component contributes is the difference between the totals before and after its turn. Every state
in between is scored by the engine's own steps, so the sum of the parts is the change by
construction. What two components do only together falls to the later one.

A plan that ends, or binds another year, can turn a binding assessment into a reference one; the
treatment of silence then changes with it, and that is counted under `target`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from schemas.city import (
    Cause,
    CauseShare,
    Change,
    Difference,
    IndicatorChange,
    IndicatorDifference,
)
from schemas.errors import AssessorError
from schemas.result import Assessment, IndicatorScore
from schemas.submission import Review, Submission
from scoring.engine import assess
from scoring.judging import Bench, core_disclosure_rate, judge_all
from scoring.lines import build_indicators
from scoring.reviewing import decide
from scoring.rounding import apportion
from scoring.ruler import Ruler
from scoring.totals import add_up, blended, spread

ORDER = tuple(Cause)
_ZERO = Decimal(0)


class Filing(NamedTuple):
    """A submission and what it is scored with."""

    submission: Submission
    ruler: Ruler
    review: Review | None = None
    as_of: date | None = None

    @property
    def day(self) -> date:
        """Return the day on which targets are judged."""
        return self.as_of or self.submission.period.end


class _State(NamedTuple):
    """From which filing each component is taken; the fields follow `ORDER`."""

    data: Filing
    target: Filing
    weights: Filing
    policy: Filing
    membership: Filing


class _Score(NamedTuple):
    lines: Mapping[str, IndicatorScore]
    total: Decimal
    is_open: bool
    """There is no printed total."""

    def points(self, code: str) -> Decimal:
        """Return an indicator's points; absent counts nothing."""
        return self.lines[code].points if code in self.lines else _ZERO

    def full(self, code: str) -> Decimal:
        """Return an indicator's full points; absent counts nothing."""
        return self.lines[code].max_points if code in self.lines else _ZERO


def explain_change(before: Filing, after: Filing) -> Change:
    """Split the change from one filing to another by cause, in total and per indicator.

    Raises:
        AssessorError: when a side has no total, or the full marks differ.
    """
    if before.ruler.full_mark != after.ruler.full_mark:
        raise AssessorError(
            f"满分不同（{before.ruler.full_mark} 与 {after.ruler.full_mark}），分数变化没有意义"
        )
    state = _State(before, before, before, before, before)
    scores = [_score(state)]
    for cause in ORDER:
        state = state._replace(**{cause.value: after})
        scores.append(_score(state) if _differs(cause, before, after) else scores[-1])
    for filing, score in ((before, scores[0]), (after, scores[-1])):
        if score.is_open:
            raise AssessorError(
                f"{filing.submission.entity.name} {filing.submission.period.end.year} 年没有总分，"
                "不能计算变化"
            )
    codes = dict.fromkeys(code for score in (scores[-1], *scores) for code in score.lines)
    totals = [score.total for score in scores]
    inside = [sum((score.points(code) for code in codes), _ZERO) for score in scores]
    others = [total - own for total, own in zip(totals, inside, strict=True)]
    return Change(
        entity=after.submission.entity.name,
        previous_entity=before.submission.entity.name,
        period=after.submission.period,
        previous_period=before.submission.period,
        ruler=after.ruler.digest,
        previous_ruler=before.ruler.digest,
        order=ORDER,
        before_points=totals[0],
        after_points=totals[-1],
        change=totals[-1] - totals[0],
        causes=_shares(totals),
        outside=_shares(others),
        indicators=tuple(_indicator(code, scores) for code in codes),
    )


def compare_results(before: Assessment, after: Assessment) -> Difference:
    """Compare two results under one ruler, line by line.

    Raises:
        AssessorError: for two rulers or engines, or a side without a total.
    """
    if before.rules.ruler != after.rules.ruler or before.engine != after.engine:
        raise AssessorError(
            f"两份结果的标尺不同（{before.rules.ruler[:12]} 与 {after.rules.ruler[:12]}），"
            "分数不能直接比较；请先把其中一份按另一份的规则重新评分"
        )
    for one in (before, after):
        if one.totals.total_points is None:
            raise AssessorError(f"{one.entity.name} {one.period.end.year} 年没有总分，不能比较")
    old, new = before.totals.total_points or _ZERO, after.totals.total_points or _ZERO
    known = {line.code: line for line in before.indicators}
    return Difference(
        before=before.entity.name,
        after=after.entity.name,
        before_points=old,
        after_points=new,
        change=new - old,
        indicators=tuple(
            IndicatorDifference(
                code=line.code,
                label=line.label,
                before_points=known[line.code].points,
                after_points=line.points,
                change=line.points - known[line.code].points,
            )
            for line in after.indicators
        ),
    )


def rescore_under(filing: Filing, ruler: Ruler) -> Assessment:
    """Score a filing again under another ruler, so that its result may be compared."""
    return assess(filing.submission, ruler, as_of=filing.as_of, review=filing.review)


def _differs(cause: Cause, before: Filing, after: Filing) -> bool:
    """Return whether replacing a component can matter at all."""
    return cause in (Cause.DATA, Cause.TARGET) or before.ruler.digest != after.ruler.digest


def _shares(series: Sequence[Decimal]) -> tuple[CauseShare, ...]:
    return tuple(
        CauseShare(cause=cause, points=after - before)
        for cause, before, after in zip(ORDER, series[:-1], series[1:], strict=True)
    )


def _indicator(code: str, scores: Sequence[_Score]) -> IndicatorChange:
    points = [score.points(code) for score in scores]
    line = next(score.lines[code] for score in reversed(scores) if code in score.lines)
    return IndicatorChange(
        code=code,
        label=line.label,
        before_points=points[0],
        after_points=points[-1],
        before_max=scores[0].full(code),
        after_max=scores[-1].full(code),
        change=points[-1] - points[0],
        causes=_shares(points),
    )


def _score(state: _State) -> _Score:
    """Score a mixture: figures of one filing against targets of another, and so on."""
    ruler = _mixed_ruler(state)
    data, target = state.data.submission, state.target.submission
    plan = ruler.plan(target.entity, target.period.end, state.target.day)
    policy = ruler.policy(plan.mode)
    decisions = decide(state.data.review, ruler.scheme, ruler.full_mark)
    answers = {answer.item: answer for answer in data.answers}
    benchmarks = {one.key: one.value for one in target.benchmarks}
    judged = judge_all(plan, Bench(data, answers, benchmarks, decisions, policy))
    zeroed = frozenset(line.indicator for line in decisions.vetoes if line.indicator)
    parts = spread(judged, ruler.full_mark, ruler.scheme.rounding, policy, zeroed)
    indicators = build_indicators(parts, answers, data, ruler, decisions)
    totals = add_up(parts, indicators, ruler, decisions, core_disclosure_rate(judged))
    return _Score(
        lines={line.code: line for line in indicators},
        total=blended(totals.blend, totals.indicator_points + totals.bonus_points),
        is_open=totals.total_points is None,
    )


def _mixed_ruler(state: _State) -> Ruler:
    members, target = state.membership.ruler, state.target.ruler
    weights, policy = state.weights.ruler, state.policy.ruler
    if members is target is weights is policy:
        return members
    books = [ruler.rulebook for ruler in (weights, policy, target, members)]
    book = replace(
        members.rulebook,
        items={name: item for one in books for name, item in one.items.items()},
        units={name: unit for one in books for name, unit in one.units.items()},
        sources={name: source for one in books for name, source in one.sources.items()},
    )
    return replace(
        members,
        rulebook=book,
        scheme=policy.scheme,
        blend=policy.blend,
        policy_id=policy.policy_id,
        plans=target.plans,
        chosen=target.chosen,
        weight_set=weights.weight_set,
        points=_mixed_points(members, weights, policy.scheme.rounding.places),
        digest="",
        _cache={},
    )


def _mixed_points(members: Ruler, weights: Ruler, places: int) -> Mapping[str, tuple[Decimal, ...]]:
    """Give the indicators of one ruler the full points they have under another.

    An indicator only the first knows keeps its points, one the second leaves out on purpose is
    left out; then all are scaled so that they sum to the full mark. If that leaves nothing, the
    points stay as they are and the whole difference falls to membership.
    """
    if members is weights and places == members.scheme.rounding.places:
        return members.points
    known = {node.code for node in weights.framework.nodes}
    wanted: dict[str, Decimal] = {}
    shares: dict[str, Sequence[Decimal]] = {}
    for node in members.framework.nodes:
        own = weights.points.get(node.code)
        if own is None and node.code not in known:
            own = members.points.get(node.code)
        if own is not None:
            wanted[node.code] = sum(own, _ZERO)
            shares[node.code] = members.points.get(node.code) or [
                part.share for part in node.scored_parts
            ]
    if not wanted:
        return members.points
    full = apportion(members.full_mark, list(wanted.values()), places)
    return {
        code: apportion(points, shares[code], places)
        for code, points in zip(wanted, full, strict=True)
    }
